// Runs the real f8cast, on files made here.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace f8cast_test {

struct outcome {
  int status;  ///< of the exit; 128 + the signal that ended it
  std::string out;
  std::string err;
};

/// Every test has an empty folder of its own, and works there.
class f8cast : public testing::Test {
 protected:
  f8cast();
  void TearDown() override;

  /// `before` is shell text that precedes the program: "ulimit -f 1; ". `after` follows its
  /// arguments.
  outcome run(const std::vector<std::string>& arguments, const std::string& before = "",
              const std::string& after = "") const;

  /// Whether the program's memory, and what it reserves of addresses, is a sanitizer's too.
  bool is_sanitized() const;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const;

  /// The names of the files in the folder, sorted.
  std::vector<std::string> files() const;

  std::string program_;  // $F8CAST_PROGRAM, the f8cast to test

 private:
  std::filesystem::path folder_;
};

std::string read_file(const std::string& path);

/// A safetensors file: the header's length, the header, the data.
std::string safetensors(const std::string& header, const std::string& data);

/// A file of one tensor, "t", of one dimension.
std::string one_tensor(const std::string& dtype, std::size_t elements, const std::string& data);

/// The header's entry of a tensor.
std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  std::size_t begin, std::size_t end);

using words = std::vector<std::string>;

/// That a number was printed in three digits.
void expect_close(const std::string& printed, double expected);

/// The rows of a table: the words of each line that begins with this name, the name left out.
std::vector<std::string> row_of(const std::string& name, const std::string& table);

/// The number in `bytes` little-endian bytes, 8 if not said.
std::string little_endian(std::uint64_t number, unsigned bytes = 8);

/// The values' own bytes, little-endian.
template <class T>
std::string bytes_of(const std::vector<T>& values) {
  std::string bytes;
  bytes.reserve(values.size() * sizeof(T));
  for (const T& value : values) {
    std::uint64_t bits = 0;
    if constexpr (sizeof(T) == 8) {
      std::memcpy(&bits, &value, 8);
    } else if constexpr (sizeof(T) == 4) {
      std::uint32_t bits32 = 0;
      std::memcpy(&bits32, &value, 4);
      bits = bits32;
    } else {
      bits = static_cast<std::uint64_t>(value);  // the bits of a 16-bit type, as an integer
    }
    bytes += little_endian(bits, sizeof(T));
  }
  return bytes;
}

/// The columns of a row after the name.
enum column : std::size_t {
  dtype,
  shape,
  largest,
  saturated,
  to_zero,
  nan,
  snr,
  error,
  min,
  percent_1,
  median,
  percent_99,
  max
};

}  // namespace f8cast_test
