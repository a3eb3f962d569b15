#include "system/input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "system/error.hpp"

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

input_file::input_file(const std::string& path)
    : path_(path),
      size_(size_of_regular_file(path)),
      descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail({path}, std::generic_category().message(errno));
}

input_file::input_file(input_file&& other) noexcept
    : path_(std::move(other.path_)),
      size_(other.size_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

input_file::~input_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void input_file::read(std::uint64_t offset, void* out, std::uint64_t bytes) const {
  if (offset > size_ || bytes > size_ - offset) {
    fail({path_, {}, size_}, "truncated: the file ends here");
  }
  for (char* next = static_cast<char*>(out); bytes > 0;) {
    const ssize_t n = ::pread(descriptor_, next, bytes, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      fail({path_, {}, offset}, "cannot be read: " + std::generic_category().message(errno));
    if (n == 0) fail({path_, {}, offset}, "truncated: the file ends here");
    next += n;
    offset += static_cast<std::uint64_t>(n);
    bytes -= static_cast<std::uint64_t>(n);
  }
}

std::string input_file::read_text(std::uint64_t offset, std::uint64_t bytes) const {
  std::string text(bytes, '\0');
  read(offset, text.data(), bytes);
  return text;
}

std::uint64_t input_file::read_number(std::uint64_t offset, unsigned bytes) const {
  unsigned char digits[8] = {};
  read(offset, digits, bytes);
  std::uint64_t number = 0;
  while (bytes-- > 0) number = number << 8 | digits[bytes];
  return number;
}

}  // namespace f8cast
