// A file that appears whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace f8cast {

/// Is written under another name in the same folder, and takes its name, and the place of what had
/// that name, by commit(). Until then, whatever happens, nothing happens to the file of that name;
/// without a commit nothing stays.
class output_file {
 public:
  explicit output_file(const std::string& path);
  output_file(const output_file&) = delete;
  output_file(output_file&&) = delete;
  output_file& operator=(const output_file&) = delete;
  output_file& operator=(output_file&&) = delete;
  ~output_file();

  void write(const void* bytes, std::size_t n);
  void commit();

  std::uint64_t size() const { return written_; }

 private:
  [[noreturn]] void fail_with_errno() const;
  void open();
  void close();

  std::string path_;
  std::string target_;     // path_, symbolic links resolved
  std::string temporary_;  // empty once there is none
  int descriptor_ = -1;
  std::uint64_t written_ = 0;
};

}  // namespace f8cast
