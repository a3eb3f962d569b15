#include "system/output_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "system/error.hpp"
#include "system/output_file.hpp"
#include "system/signals.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

void refuse_what_is_there(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) fail({path}, "not a folder: will not be replaced");
  if (!fs::is_empty(path, error)) fail({path}, "a folder with files in it: will not be replaced");
  if (fs::equivalent(path, ".", error)) fail({path}, "the current folder: will not be replaced");
}

std::string without_last_slash(const std::string& path) {
  const fs::path p(path);
  return (p.has_filename() ? p : p.parent_path()).string();
}

}  // namespace

output_folder::output_folder(const std::string& path)
    : path_(path), target_(resolve(without_last_slash(path))) {
  if (target_.old) refuse_what_is_there(path);
  make();
}

void output_folder::make() {
  const mode_t mode = target_.old ? 0700 : 0777;
  for (unsigned n = 0; temporaries_.empty(); ++n) {
    const std::string name = temporary_name(target_.path, n);
    const signals_blocked until_it_is_known;
    if (::mkdir(name.c_str(), mode) == 0) {
      temporaries_.emplace_back(name);
    } else if (errno != EEXIST) {
      fail_with_errno();
    }
  }
  if (target_.old) take_over_permissions_of_old();
}

void output_folder::take_over_permissions_of_old() {
  const int folder = ::open(temporaries_.front().path().c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) fail_with_errno();
  const bool kept = take_over_permissions(folder, *target_.old);
  ::close(folder);
  if (!kept) fail_with_errno();
}

const std::string& output_folder::file(const std::string& name) {
  temporaries_.emplace_back((fs::path(temporaries_.front().path()) / name).string());
  return temporaries_.back().path();
}

/// An empty folder is replaced by rename(), one with files is not.
void output_folder::commit() {
  if (std::rename(temporaries_.front().path().c_str(), target_.path.c_str()) != 0)
    fail_with_errno();
  clear();
}

void output_folder::clear() {
  while (!temporaries_.empty()) temporaries_.pop_back();
}

void output_folder::fail_with_errno() const {
  fail({path_}, "cannot be written: " + std::generic_category().message(errno));
}

}  // namespace f8cast
