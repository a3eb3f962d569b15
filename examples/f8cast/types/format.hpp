// The formats of 8 bits that f8cast tries a tensor's values in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <f8/tiling.hpp>
#include <string_view>
#include <vector>

namespace f8cast {

/// Values, and what became of them.
struct tried {
  std::vector<double> x;
  std::vector<double> quotient;   ///< x / scale: what is rounded
  std::vector<double> y;          ///< code * scale
  std::vector<bool> saturates;    ///< too large for the format, or infinite
  std::vector<std::uint8_t> key;  ///< f8::order_key of the code; none for integers

  void resize(std::size_t n);
};

struct format {
  std::string_view name;
  /// The scale of numbers up to absmax; a power of two as OCP MX has it, or just so that none
  /// saturates.
  float (*scale_for)(double absmax, bool power_of_two);
  /// Fills in what became of x, rounded to nearest even and saturating.
  void (*round)(const f8::tiling& tiles, const float* scales, tried& into);
  float largest;          ///< finite value
  float smallest_normal;  ///< above zero
  /// The values of the 256 codes in the order of their f8::order_key; null for integers.
  std::array<float, 256> (*values_in_order)();
};

/// Integers from -127 to 127, with the scale absmax / 127; for OCP MX, the scale with which its
/// MXINT8's values, multiples of 2^-6 below 2, are integers.
extern const format int8_format;

}  // namespace f8cast
