// Quotients and products of numbers in integers: exact, or rounded to odd so that one more rounding
// is still right. As everywhere in the scalar core, nothing but the bits of the operands counts.
#ifndef F8_CORE_EXACT_HPP
#define F8_CORE_EXACT_HPP

#include <cstdint>

#include "codes.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// A finite magnitude but zero: significand * 2^exponent, where 2^52 <= significand < 2^53.
struct significand64 {
  std::uint64_t significand;
  std::int64_t exponent;
};

F8_FN constexpr significand64 split64(std::uint64_t magnitude) noexcept {
  constexpr std::int64_t least = binary64::emin - binary64::trailing_bits;
  significand64 x{magnitude, least};
  if (magnitude >= binary64::hidden_bit) {
    x.significand = (magnitude & binary64::trailing_mask) | binary64::hidden_bit;
    x.exponent += static_cast<std::int64_t>(magnitude >> binary64::trailing_bits) - 1;
  }
  while (x.significand < binary64::hidden_bit) {
    x.significand *= 2;
    --x.exponent;
  }
  return x;
}

/// binary64's code of significand * 2^exponent, 0 < significand < 2^53. What is beyond binary64's
/// normal numbers becomes its largest or its smallest finite magnitude.
F8_FN constexpr std::uint64_t code64(std::uint64_t significand, std::int64_t exponent) noexcept {
  while (significand < binary64::hidden_bit) {
    significand *= 2;
    --exponent;
  }
  const std::int64_t field = exponent + binary64::bias + binary64::trailing_bits;
  if (field > binary64::emax + binary64::bias) return binary64::max_finite;
  if (field < 1) return 1;
  return (static_cast<std::uint64_t>(field) << binary64::trailing_bits) +
         (significand & binary64::trailing_mask);
}

/// The quotient or product of two codes of binary64 where one of them is 0, infinite or NaN: what
/// IEEE 754 says. A NaN is quiet and has the sign of x.
F8_FN constexpr std::uint64_t special_quotient(std::uint64_t x, std::uint64_t y) noexcept {
  const std::uint64_t a = x & binary64::magnitude_mask, b = y & binary64::magnitude_mask;
  const std::uint64_t sign = (x ^ y) & binary64::sign_bit;
  if (is_nan<binary64>(x) || is_nan<binary64>(y) || (a == b && (a == 0 || a == binary64::infinity)))
    return binary64::quiet_nan | (x & binary64::sign_bit);
  return sign | (a == binary64::infinity || b == 0 ? binary64::infinity : 0);
}
F8_FN constexpr std::uint64_t special_product(std::uint64_t x, std::uint64_t y) noexcept {
  const std::uint64_t a = x & binary64::magnitude_mask, b = y & binary64::magnitude_mask;
  const std::uint64_t sign = (x ^ y) & binary64::sign_bit;
  const bool infinite = a == binary64::infinity || b == binary64::infinity;
  if (is_nan<binary64>(x) || is_nan<binary64>(y) || (infinite && (a == 0 || b == 0)))
    return binary64::quiet_nan | (x & binary64::sign_bit);
  return sign | (infinite ? binary64::infinity : 0);
}

F8_FN constexpr bool is_special(std::uint64_t code) noexcept {
  const std::uint64_t magnitude = code & binary64::magnitude_mask;
  return magnitude == 0 || magnitude >= binary64::infinity;
}

/// x / y, of codes of binary64, rounded to odd at the 39th significant bit or below. y is a float's
/// value.
///
/// The dividend has 64 bits and the divisor 24, so the quotient has 40 or 41; a remainder, which is
/// all that the quotient lacks, makes its last bit 1.
F8_FN constexpr std::uint64_t quotient(std::uint64_t x, std::uint64_t y) noexcept {
  if (is_special(x) || is_special(y)) return special_quotient(x, y);
  constexpr int zeros = binary64::trailing_bits - binary32::trailing_bits;  // at y's end
  const significand64 a = split64(x & binary64::magnitude_mask);
  const significand64 b = split64(y & binary64::magnitude_mask);
  const std::uint64_t dividend = a.significand << 11, divisor = b.significand >> zeros;
  const std::uint64_t q = dividend / divisor;
  const std::uint64_t odd = q * divisor == dividend ? q : q | 1;
  return ((x ^ y) & binary64::sign_bit) | code64(odd, a.exponent - 11 - (b.exponent + zeros));
}

/// x * y, of codes of binary64 that are values of floats: exact, since 48 bits hold the product.
F8_FN constexpr std::uint64_t product(std::uint64_t x, std::uint64_t y) noexcept {
  if (is_special(x) || is_special(y)) return special_product(x, y);
  constexpr int zeros = binary64::trailing_bits - binary32::trailing_bits;  // at the ends of both
  const significand64 a = split64(x & binary64::magnitude_mask);
  const significand64 b = split64(y & binary64::magnitude_mask);
  return ((x ^ y) & binary64::sign_bit) |
         code64((a.significand >> zeros) * (b.significand >> zeros),
                a.exponent + b.exponent + 2 * zeros);
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
