#include "output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "error.hpp"
#include "interrupt.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

/// Of a name that may itself be as long as names can be.
constexpr std::size_t longest_stem = 200;

/// What is to be replaced: the file itself, not a link to it. Never a device, a pipe or a folder.
std::string resolve(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return path;
  if (!fs::is_regular_file(status)) fail({path}, "not a regular file: will not be replaced");
  return fs::canonical(path).string();
}

}  // namespace

output_file::output_file(const std::string& path) : path_(path), target_(resolve(path)) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow: write() will say so
  open();
}

output_file::~output_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  remove_on_interrupt(nullptr);
}

void output_file::open() {
  const fs::path folder = fs::path(target_).parent_path();
  const std::string stem = fs::path(target_).filename().string().substr(0, longest_stem);
  for (unsigned i = 0; descriptor_ < 0; ++i) {
    const std::string suffix = '.' + std::to_string(::getpid()) + '.' + std::to_string(i) + ".tmp";
    const std::string name = (folder / (stem + suffix)).string();
    descriptor_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) {
      temporary_ = name;
      remove_on_interrupt(temporary_.c_str());
    } else if (errno != EEXIST) {
      fail_with_errno();
    }
  }
}

void output_file::write(const void* bytes, std::size_t n) {
  const char* next = static_cast<const char*>(bytes);
  while (n > 0) {
    const ssize_t written = ::write(descriptor_, next, n);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno();
    next += written;
    n -= static_cast<std::size_t>(written);
    written_ += static_cast<std::uint64_t>(written);
  }
}

void output_file::commit() {
  const bool synced = ::fsync(descriptor_) == 0 || errno == EINVAL;  // a file system without it
  if (!synced) fail_with_errno();
  close();
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail_with_errno();
  remove_on_interrupt(nullptr);
  temporary_.clear();
}

void output_file::close() {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) fail_with_errno();
}

void output_file::fail_with_errno() const {
  fail({path_, {}, written_}, "cannot be written: " + std::generic_category().message(errno));
}

}  // namespace f8cast
