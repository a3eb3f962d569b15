// A file that appears whole or not at all.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "system/destination.hpp"
#include "system/temporary.hpp"

namespace f8cast {

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
  /// From that offset on; what is between the pieces is zero. Several threads may do so at a time.
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

}  // namespace f8cast
