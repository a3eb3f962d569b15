// The element types that a tensor file can name: a row for each, with all that f8cast knows of it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "types/format.hpp"

namespace f8cast {

/// Turns the bytes of n elements into their values.
using decoder = void (*)(const unsigned char* bytes, bool big_endian, double* into, std::size_t n);

struct dtype {
  enum class use : unsigned char {
    wide,   ///< floating point of 16 bits or more, which is cast to 8
    fp8,    ///< codes, which may have scales
    other,  ///< carried along as bytes
  };

  std::string_view name;  ///< as safetensors spells it
  unsigned bits;          ///< of one element
  decoder decode = nullptr;
  use is = use::other;
  std::string_view spelling = {};     ///< on the command line; empty where it is never written
  std::string_view npy = {};          ///< NumPy's name behind the byte order, if .npy is read so
  const format* to_8_bits = nullptr;  ///< how numbers are cast to it, if they are

  bool is_wide() const { return is == use::wide; }
  bool is_fp8() const { return is == use::fp8; }
  bool is_written() const { return !spelling.empty(); }
  /// Complex numbers and elements of less than a byte have none that are read.
  bool has_values() const { return decode != nullptr; }
  /// Powers of two in e8m0's codes, which are often kept as U8.
  bool may_be_e8m0() const { return name == "F8_E8M0" || name == "U8"; }
  bool is_below_8_bits() const { return bits < 8; }
};

/// The dtype of that name; null where safetensors has none.
const dtype* find_dtype(std::string_view name);

/// The dtype with that name in NumPy, byte order left out; null if it is not read from .npy files.
const dtype* find_npy_dtype(std::string_view npy);

/// The dtype that the command line calls so; null if it is none.
const dtype* find_output_dtype(std::string_view spelling);

/// All that tensors are cast to, in the order of the command line.
std::vector<const dtype*> output_dtypes();

}  // namespace f8cast
