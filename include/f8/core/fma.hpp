// a * b + c of floats, rounded once, in integers: for CPUs without an instruction for it.
#ifndef F8_CORE_FMA_HPP
#define F8_CORE_FMA_HPP

#include <cstdint>

#include "unpacked.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// The bit at which significands below have their unit: a product of two is below 4, and with an
/// addend below 6, which leaves room for the sum.
inline constexpr int fma_unit = 60;

/// binary32's code of the sum of two finite numbers, one of which is a product of binary32's, and
/// not zero.
///
/// The one with the lesser exponent is shifted right to the other's, and its last bit stands for
/// all that is lost. That happens only far below the last place of the sum:
/// - The product has 48 bits, of which the last 14 places below are free. If it loses more than
///   those, it is below 2^-13 of an addend that has its leading bit, or loses what is below half of
///   binary32's least number.
/// - The addend, with 37 free places below, loses bits if its exponent is lower by more. At most
///   one factor is then subnormal, so that the product has a bit at place 37 or above, the addend
///   none above 22.
F8_FN constexpr std::uint32_t rounded_sum(const unpacked<std::uint64_t>& p,
                                          const unpacked<std::uint64_t>& c) noexcept {
  constexpr std::int64_t farthest = 63;
  const std::int64_t above = p.exponent - c.exponent;
  const std::int64_t p_shift = above < 0 ? -above : 0, c_shift = above < 0 ? 0 : above;
  const std::uint64_t x = shift_right_sticky<std::uint64_t>(
      p.significand, static_cast<std::uint64_t>(p_shift < farthest ? p_shift : farthest));
  const std::uint64_t y = shift_right_sticky<std::uint64_t>(
      c.significand, static_cast<std::uint64_t>(c_shift < farthest ? c_shift : farthest));
  const bool same_sign = p.negative == c.negative;
  const std::uint64_t magnitude = same_sign ? x + y : x > y ? x - y : y - x;
  if (magnitude == 0) return 0;  // x - x is +0

  // The leading bit is moved here. If it stands one above, the numbers were near each other, so
  // that the last bit is 0.
  constexpr int unit = fma_unit + 1;
  const int lead = 63 - __builtin_clzll(magnitude);
  const std::uint64_t significand = lead > unit ? magnitude >> 1 : magnitude << (unit - lead);
  const std::int64_t exponent = (above < 0 ? c.exponent : p.exponent) + lead - fma_unit;
  const std::uint64_t negative = same_sign || x > y ? p.negative : c.negative;
  constexpr directed rounder{conversion{rounding::nearest_even, overflow::nonfinite}};
  const std::uint64_t code = round_magnitude<binary32, unit, 0>(
      unpacked<std::uint64_t>{negative, exponent, significand}, rounder);
  return finish<binary32>(code, negative, false, false, rounder);
}

/// a * b + c of codes of binary32, as IEEE 754 says, to nearest even. Every NaN is the quiet one
/// without a sign.
F8_FN constexpr std::uint32_t fused_multiply_add(std::uint32_t a, std::uint32_t b,
                                                 std::uint32_t c) noexcept {
  const auto is_zero = [](std::uint32_t x) { return (x & binary32::magnitude_mask) == 0; };
  const bool infinite = is_infinite<binary32>(a) || is_infinite<binary32>(b);
  const bool zero = is_zero(a) || is_zero(b);
  const std::uint32_t sign = (a ^ b) & binary32::sign_bit;
  const bool opposite = ((sign ^ c) & binary32::sign_bit) != 0;
  if (is_nan<binary32>(a) || is_nan<binary32>(b) || is_nan<binary32>(c) || (infinite && zero) ||
      (infinite && is_infinite<binary32>(c) && opposite))
    return binary32::quiet_nan;
  if (infinite) return sign | binary32::infinity;
  if (is_infinite<binary32>(c)) return c;
  if (zero) return is_zero(c) ? sign & c : c;

  const auto x = unpack<binary32, 0>(a), y = unpack<binary32, 0>(b), z = unpack<binary32, 0>(c);
  constexpr int product_unit = 2 * binary32::trailing_bits;
  const std::uint64_t product = std::uint64_t{x.significand} * y.significand;
  return rounded_sum(
      {sign >> 31, std::int64_t{x.exponent} + y.exponent, product << (fma_unit - product_unit)},
      {z.negative, z.exponent,
       std::uint64_t{z.significand} << (fma_unit - binary32::trailing_bits)});
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
