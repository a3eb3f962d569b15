#include "system/destination.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "system/error.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

constexpr const char* refusal = ": will not be replaced";

bool is_link(const std::string& path) {
  std::error_code error;
  return fs::is_symlink(fs::symlink_status(path, error));
}

mode_t permissions(const struct stat& of) {
  return of.st_mode & 0777;
}

}  // namespace

destination resolve(const std::string& path) {
  struct stat old {};
  if (::stat(path.c_str(), &old) != 0) {
    const std::error_code error(errno, std::generic_category());
    if (is_link(path)) fail({path}, "a link that leads nowhere" + std::string(refusal));
    const bool is_new = error == std::errc::no_such_file_or_directory;
    if (!is_new) fail({path}, "cannot be written: " + error.message());
    return {path, std::nullopt};
  }
  if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
    fail({path}, "write-protected" + std::string(refusal));
  }
  if (!S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode)) return {path, old};  // a pipe has no path
  std::error_code error;
  const fs::path canonical = fs::canonical(path, error);
  if (error) fail({path}, "cannot be written: " + error.message());
  return {canonical.string(), old};
}

void refuse_files_in_use(const std::string& output, const std::vector<std::string>& inputs) {
  std::error_code error;
  for (const std::string& input : inputs) {
    if (!fs::equivalent(output, input, error)) continue;
    fail({output}, "the same file as the input " + input + refusal);
  }
  for (const std::string printed : {"/dev/stdout", "/dev/stderr"}) {
    if (!fs::equivalent(output, printed, error)) continue;
    fail({output}, "the same file as " + printed + refusal);
  }
}

bool take_over_permissions(int descriptor, const struct stat& old) {
  constexpr auto same = static_cast<uid_t>(-1);
  const bool has_group = ::fchown(descriptor, old.st_uid, old.st_gid) == 0 ||
                         ::fchown(descriptor, same, old.st_gid) == 0;
  const mode_t of_others = permissions(old) & 07;
  const mode_t mode = has_group ? permissions(old) : (permissions(old) & ~070U) | of_others << 3;
  return ::fchmod(descriptor, mode) == 0;
}

}  // namespace f8cast
