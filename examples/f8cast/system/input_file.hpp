// A file that is read in pieces, each from its offset.
#pragma once

#include <cstdint>
#include <string>

namespace f8cast {

/// Offsets in a file.
struct byte_range {
  std::uint64_t begin, end;
};

class input_file {
 public:
  /// Throws file_error if there is no such file, or if it cannot be read.
  explicit input_file(const std::string& path);
  input_file(const input_file&) = delete;
  input_file(input_file&& other) noexcept;
  input_file& operator=(const input_file&) = delete;
  input_file& operator=(input_file&&) = delete;
  ~input_file();

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }

  /// Throws file_error, naming the offset, if the file does not have these bytes.
  void read(std::uint64_t offset, void* out, std::uint64_t bytes) const;
  std::string read_text(std::uint64_t offset, std::uint64_t bytes) const;

  /// The unsigned little-endian number of that many bytes.
  std::uint64_t read_number(std::uint64_t offset, unsigned bytes) const;

 private:
  std::string path_;
  std::uint64_t size_ = 0;
  int descriptor_ = -1;
};

}  // namespace f8cast
