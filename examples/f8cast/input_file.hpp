// A file that is read in pieces, each from its offset.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace f8cast {

class input_file {
 public:
  /// Throws file_error if there is no such file, or if it cannot be read.
  explicit input_file(const std::string& path);

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }

  /// Throws file_error, naming the offset, if the file does not have these bytes.
  void read(std::uint64_t offset, void* out, std::uint64_t bytes);
  std::string read_text(std::uint64_t offset, std::uint64_t bytes);

  /// The unsigned little-endian number of that many bytes.
  std::uint64_t read_number(std::uint64_t offset, unsigned bytes);

 private:
  std::string path_;
  std::uint64_t size_ = 0;
  std::ifstream stream_;
};

}  // namespace f8cast
