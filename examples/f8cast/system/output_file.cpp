#include "system/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "system/error.hpp"
#include "system/signals.hpp"

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

namespace fs = std::filesystem;

/// A temporary file's name begins with so much of the output's, so that what is added to it fits
/// even where the output's name is as long as a file system takes.
constexpr std::size_t longest_stem = 200;

/// The destination of a file, which may not be there yet. It is never a device, a pipe or a folder.
destination resolve_file(const std::string& path) {
  destination result = resolve(path);
  const bool is_file = !result.old || S_ISREG(result.old->st_mode);
  if (!is_file) fail({path}, "not a regular file: will not be replaced");
  return result;
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

output_file::output_file(const std::string& path, const std::vector<std::string>& inputs)
    : path_(path), target_(resolve_file(path)) {
  refuse_files_in_use(path, inputs);
  open();
}

output_file::~output_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string temporary_name(const std::string& target, unsigned n) {
  const fs::path folder = fs::path(target).parent_path();
  const std::string stem = fs::path(target).filename().string().substr(0, longest_stem);
  const std::string suffix = '.' + std::to_string(::getpid()) + '.' + std::to_string(n) + ".tmp";
  return (folder / (stem + suffix)).string();
}

void output_file::open() {
  const mode_t mode = target_.old ? 0600 : 0666;  // what is secret is so from the first byte on
  for (unsigned n = 0; descriptor_ < 0; ++n) {
    const std::string name = temporary_name(target_.path, n);
    const signals_blocked until_it_is_known;
    descriptor_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (descriptor_ >= 0) {
      temporary_.emplace(name);
    } else if (errno != EEXIST) {
      fail_with_errno(size_);
    }
  }
  const bool kept = !target_.old || take_over_permissions(descriptor_, *target_.old);
  if (!kept) fail_with_errno(size_);
}

void output_file::write_at(std::uint64_t offset, const void* bytes, std::size_t n) {
  const char* next = static_cast<const char*>(bytes);
  while (n > 0) {
    const ssize_t written = ::pwrite(descriptor_, next, n, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno(offset);
    next += written;
    n -= static_cast<std::size_t>(written);
    offset += static_cast<std::uint64_t>(written);
  }
  note_end(offset);
}

void output_file::note_end(std::uint64_t end) {
  std::uint64_t size = size_;
  while (size < end && !size_.compare_exchange_weak(size, end)) {
  }
}

void output_file::commit() {
  const bool synced = ::fsync(descriptor_) == 0 || errno == EINVAL;  // a file system without it
  if (!synced) fail_with_errno(size_);
  close();
  if (std::rename(temporary_->path().c_str(), target_.path.c_str()) != 0) fail_with_errno(size_);
  temporary_.reset();
}

void output_file::close() {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) fail_with_errno(size_);
}

void output_file::fail_with_errno(std::uint64_t offset) const {
  fail({path_, {}, offset}, "cannot be written: " + std::generic_category().message(errno));
}

}  // namespace f8cast
