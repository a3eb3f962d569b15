// Quotients and products as scaled conversion needs them: exact, or so close that no rounding to
// any format can tell. In integers, as all of the oracle.
#pragma once

#include <cstdint>

#include "reference/encode.hpp"

namespace reference {

/// NaN, with the sign of the first operand, as the library promises.
constexpr number nan_like(const number& x) {
  return {kind::nan, x.negative, {}};
}

/// 2^64 * dividend / divisor for operands of 63 bits whose highest is 1, times 2^exponent. Where a
/// remainder is left the last bit is 1.
constexpr magnitude divide(std::uint64_t dividend, std::uint64_t divisor, int exponent) {
  const std::uint64_t whole = dividend >= divisor ? 1 : 0;
  std::uint64_t rest = dividend - whole * divisor;
  std::uint64_t fraction = 0;
  for (int digit = 0; digit < 64; ++digit) {
    const std::uint64_t bit = rest * 2 >= divisor ? 1 : 0;
    rest = rest * 2 - bit * divisor;
    fraction = fraction << 1 | bit;
  }
  return make_magnitude(whole, fraction | (rest != 0 ? 1 : 0), exponent);
}

/// a * b * 2^exponent, by halves of 32 bits.
constexpr magnitude multiply(std::uint64_t a, std::uint64_t b, int exponent) {
  const std::uint64_t half = 0xFFFFFFFFu;
  const std::uint64_t low = (a & half) * (b & half);
  const std::uint64_t middle = (a >> 32) * (b & half) + (low >> 32);
  const std::uint64_t other = (a & half) * (b >> 32) + (middle & half);
  const std::uint64_t high = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
  return make_magnitude(high, other << 32 | (low & half), exponent);
}

/// x / y for operands of up to 63 bits. What is not exact has 64 significant bits or more, of which
/// the last is 1: it lies strictly between all the numbers of fewer bits between which the quotient
/// lies.
constexpr number quotient(const number& x, const number& y) {
  const bool negative = x.negative != y.negative;
  const bool both_zero = is_zero(x.size) && is_zero(y.size);
  if (x.what == kind::nan || y.what == kind::nan) return nan_like(x);
  if (x.what == kind::infinite && y.what == kind::infinite) return nan_like(x);
  if (x.what == kind::infinite) return {kind::infinite, negative, {}};
  if (y.what == kind::infinite) return {kind::finite, negative, {}};
  if (both_zero) return nan_like(x);
  if (is_zero(y.size)) return {kind::infinite, negative, {}};
  if (is_zero(x.size)) return {kind::finite, negative, {}};
  // The lowest bit of both is 0.
  return {kind::finite, negative,
          divide(x.size.high >> 1, y.size.high >> 1, x.size.exponent - y.size.exponent - 64)};
}

/// x * y, exact for operands of up to 64 bits.
constexpr number product(const number& x, const number& y) {
  const bool negative = x.negative != y.negative;
  const bool infinite = x.what == kind::infinite || y.what == kind::infinite;
  const bool zero =
      (x.what == kind::finite && is_zero(x.size)) || (y.what == kind::finite && is_zero(y.size));
  if (x.what == kind::nan || y.what == kind::nan || (infinite && zero)) return nan_like(x);
  if (infinite) return {kind::infinite, negative, {}};
  if (zero) return {kind::finite, negative, {}};
  return {kind::finite, negative,
          multiply(x.size.high, y.size.high, x.size.exponent + y.size.exponent + 128)};
}

/// The code without sign of a finite number rounded to f, as if f's codes went on without end.
constexpr std::uint64_t rounded(const format& f, const number& x, rounding round) {
  const std::uint64_t below = code_not_above(f, x.size);
  return size_of_code(f, below) == x.size || !rounds_away(f, x, below, round) ? below : below + 1;
}

/// What a conversion does to numbers, counted one by one.
struct counts {
  std::uint64_t values = 0;
  std::uint64_t saturated = 0;
  std::uint64_t underflowed = 0;
  std::uint64_t nan = 0;

  constexpr void add(const format& f, const number& x, rounding round) {
    ++values;
    if (x.what == kind::nan) ++nan;
    if (x.what == kind::infinite) ++saturated;
    if (x.what != kind::finite) return;
    const std::uint64_t code = rounded(f, x, round);
    if (code > f.max_finite) ++saturated;
    if (code == 0 && !is_zero(x.size)) ++underflowed;
  }
};

inline bool operator==(const counts& a, const counts& b) {
  return a.values == b.values && a.saturated == b.saturated && a.underflowed == b.underflowed &&
         a.nan == b.nan;
}

}  // namespace reference
