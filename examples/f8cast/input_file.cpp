#include "input_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "error.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

/// Refuses directories, pipes and devices, which have no size to check offsets against.
std::uint64_t size_of_regular_file(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error) fail({path}, error.message());
  if (!fs::is_regular_file(status)) fail({path}, "not a regular file");
  const std::uint64_t size = fs::file_size(path, error);
  if (error) fail({path}, error.message());
  return size;
}

}  // namespace

input_file::input_file(const std::string& path) : path_(path), size_(size_of_regular_file(path)) {
  stream_.open(path, std::ios::binary);
  if (!stream_) fail({path}, std::generic_category().message(errno));
}

void input_file::read(std::uint64_t offset, void* out, std::uint64_t bytes) {
  if (offset > size_ || bytes > size_ - offset) {
    fail({path_, {}, size_}, "truncated: the file ends here");
  }
  stream_.seekg(static_cast<std::streamoff>(offset));
  stream_.read(static_cast<char*>(out), static_cast<std::streamsize>(bytes));
  if (!stream_) fail({path_, {}, offset}, "cannot be read");
}

std::string input_file::read_text(std::uint64_t offset, std::uint64_t bytes) {
  std::string text(bytes, '\0');
  read(offset, text.data(), bytes);
  return text;
}

std::uint64_t input_file::read_number(std::uint64_t offset, unsigned bytes) {
  unsigned char digits[8] = {};
  read(offset, digits, bytes);
  std::uint64_t number = 0;
  while (bytes-- > 0) number = number << 8 | digits[bytes];
  return number;
}

}  // namespace f8cast
