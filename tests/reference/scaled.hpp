// Quotients and products as scaled conversion needs them: exact, or so close that no rounding to
// any format can tell. In integers, as all of the oracle.
#pragma once

#include <cstdint>

#include "reference/encode.hpp"

namespace reference {

__extension__ typedef unsigned __int128 wide;

/// NaN, with the sign of the first operand, as the library promises.
constexpr number nan_like(const number& x) {
  return {kind::nan, x.negative, {}};
}

/// significand * 2^exponent.
constexpr number make_number(bool negative, wide significand, int exponent) {
  return {kind::finite, negative,
          make_magnitude(static_cast<std::uint64_t>(significand >> 64),
                         static_cast<std::uint64_t>(significand), exponent)};
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
  const wide dividend = wide{x.size.high} << 63;  // of which the lowest bit is 0, and y's too
  const wide divisor = y.size.high >> 1;
  const wide q = dividend / divisor;
  return make_number(negative, q * divisor == dividend ? q : q | 1,
                     x.size.exponent - y.size.exponent - 64);
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
  return make_number(negative, wide{x.size.high} * y.size.high,
                     x.size.exponent + y.size.exponent + 128);
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
