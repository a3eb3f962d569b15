// A file that appears whole or not at all, where it is to appear, and text for it.
#pragma once

#include <sys/stat.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/signals.hpp"

namespace f8cast {

struct destination {
  std::string path;                ///< links followed: what takes this name replaces no link
  std::optional<struct stat> old;  ///< of what is there
};

/// Throws file_error if there is a link to nothing, what cannot be looked at, or what this user may
/// not write: then it may not be replaced either, though its folder would allow that.
destination resolve(const std::string& path);

/// Throws file_error if the output is one of the inputs, or where this program prints, by whatever
/// paths: links, hard links, other spellings.
void refuse_files_in_use(const std::string& output, const std::vector<std::string>& inputs);

/// Gives a new file or folder the permissions of the one that it is to replace, and its owner and
/// group, as far as the system allows. A group that it cannot give may do what all others may. Says
/// whether that could be done, with errno.
bool take_over_permissions(int descriptor, const struct stat& old);

/// Is written under another name in the same folder, and takes its name, and the place of what had
/// that name and its permissions, by commit(). Until then, whatever happens, nothing happens to the
/// file of that name; without a commit nothing stays.
class output_file {
 public:
  /// Throws file_error if what is there is one of the inputs, or anything but a file.
  explicit output_file(const std::string& path, const std::vector<std::string>& inputs = {});
  output_file(const output_file&) = delete;
  output_file(output_file&&) = delete;
  output_file& operator=(const output_file&) = delete;
  output_file& operator=(output_file&&) = delete;
  ~output_file();

  /// Behind all that was written.
  void write(const void* bytes, std::size_t n) { write_at(size_, bytes, n); }
  /// Writes from that offset on; what lies between pieces is zero. Several threads may do so at a
  /// time.
  void write_at(std::uint64_t offset, const void* bytes, std::size_t n);
  void commit();

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail_with_errno(std::uint64_t offset) const;
  void note_end(std::uint64_t end);
  void open();
  void close();

  std::string path_;
  destination target_;
  std::optional<temporary> temporary_;
  int descriptor_ = -1;
  std::atomic<std::uint64_t> size_{0};
};

/// The name of a temporary beside what it will replace: the n-th that may be tried.
std::string temporary_name(const std::string& target, unsigned n);

class text_output {
 public:
  explicit text_output(output_file& file) : file_(file) {}

  void add(std::string_view text) {
    text_ += text;
    if (text_.size() >= enough) flush();
  }
  /// What is not flushed is not written.
  void flush() {
    file_.write(text_.data(), text_.size());
    text_.clear();
  }

 private:
  static constexpr std::size_t enough = 1 << 16;

  output_file& file_;
  std::string text_;
};

}  // namespace f8cast
