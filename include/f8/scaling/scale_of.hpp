// Scales from magnitudes, in integers: codes of binary64.
#ifndef F8_SCALING_SCALE_OF_HPP
#define F8_SCALING_SCALE_OF_HPP

#include <cstdint>

#include "../core/codec.hpp"
#include "../core/exact.hpp"
#include "../core/float_traits.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace detail {

/// A power of two as a code of binary64.
F8_FN constexpr std::uint64_t power64(int exponent) noexcept {
  return static_cast<std::uint64_t>(exponent + binary64::bias) << binary64::trailing_bits;
}

/// A magnitude as a code of binary64. Infinity and NaN count as the largest float.
F8_FN constexpr std::uint64_t magnitude_of(double absmax) noexcept {
  const std::uint64_t magnitude = bit_cast<std::uint64_t>(absmax) & binary64::magnitude_mask;
  return magnitude < binary64::infinity ? magnitude
                                        : decode<binary64, binary32>(binary32::max_finite);
}

/// Times 2^power, which stays in binary64: in the exponent field.
F8_FN constexpr std::uint64_t times_power(std::uint64_t code, int power) noexcept {
  return code + power64(power) - power64(0);
}

/// absmax / T's largest finite value, rounded to odd: binary64's code. absmax is not 0.
template <class T>
F8_FN constexpr std::uint64_t in_largest_finite(std::uint64_t absmax) noexcept {
  using format = format_of<T>;
  return quotient(absmax, decode<binary64, binary32>(decode<binary32, format>(format::max_finite)));
}

/// The code of the e8m0 that mx_scale_for makes by the rule floor, of a finite float by its code
/// without sign: its binade less T's largest, in the same bias. Below 2^-127, where subnormal
/// floats lie among others, that is code 0.
template <class T>
F8_FN constexpr std::uint32_t mx_scale_of_float(std::uint32_t code) noexcept {
  constexpr int emax = format_of<T>::emax;
  static_assert(emax > 0, "or subnormal floats would count, too");
  const int binade = static_cast<int>(code >> binary32::trailing_bits);
  return binade > emax ? static_cast<std::uint32_t>(binade - emax) : 0;
}

}  // namespace detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
