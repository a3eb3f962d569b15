#include "commands/commands.hpp"

#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <system_error>

namespace f8cast {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "silero_vad_16k.f32.safetensors";

fs::path folder_of_this_program() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

/// The shorter way to name a file that stands below the current folder.
std::string from_here(const fs::path& path) {
  std::error_code error;
  const fs::path relative = fs::proximate(path, error);
  return (error || *relative.begin() == ".." ? path : relative).string();
}

}  // namespace

std::string shipped_weights() {
  const fs::path here = folder_of_this_program();
  for (const fs::path& folder : {here / F8CAST_INSTALLED_DATA, fs::path(F8CAST_SOURCE_DATA)}) {
    std::error_code error;
    if (fs::exists(folder / file_name, error)) return from_here(folder / file_name);
  }
  throw std::runtime_error(std::string("the shipped weights, ") + file_name +
                           ", are not where they were installed; name an input file instead");
}

}  // namespace f8cast
