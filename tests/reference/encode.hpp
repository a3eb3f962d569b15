// The rounding rules of IEEE 754-2019 (4.3) and the overflow rules of OCP OFP8 (5.2), read
// literally: find the neighbours of a value by search, choose one by the rule, and only then ask
// whether it is too large.
#pragma once

#include <cstdint>

#include "reference/number.hpp"

namespace reference {

enum class rounding : std::uint8_t {
  nearest_even,
  nearest_away,
  toward_zero,
  upward,
  downward,
  to_odd
};
enum class overflow : std::uint8_t { saturate, saturate_finite, nonfinite };
enum class nan_code : std::uint8_t { quiet, all_ones, canonical };

struct policy {
  rounding round = rounding::nearest_even;
  overflow over = overflow::saturate;
  nan_code nan = nan_code::quiet;
};

/// The largest code whose magnitude is not above x. Codes go on past max_finite, far enough that
/// what lies beyond them overflows in every rounding.
constexpr std::uint64_t code_not_above(const format& f, const magnitude& x) {
  std::uint64_t low = 0;
  std::uint64_t high = f.max_finite + (std::uint64_t{4} << f.trailing_bits);
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (x < size_of_code(f, middle) ? high : low) = middle;
  }
  return low;
}

/// The same format with more trailing bits: its codes name the points between those of f.
constexpr format refined(format f, int more_bits) {
  f.trailing_bits += more_bits;
  f.max_finite <<= more_bits;
  return f;
}

/// x against the midpoint of the neighbours that have codes below and below + 1: negative, 0 or
/// positive.
constexpr int against_midpoint(const format& f, const magnitude& x, std::uint64_t below) {
  const magnitude midpoint = size_of_code(refined(f, 1), 2 * below + 1);
  return int{midpoint < x} - int{x < midpoint};
}

constexpr bool rounds_away(const format& f, const number& x, std::uint64_t below, rounding round) {
  const bool odd = (below & 1) != 0;
  switch (round) {
    case rounding::nearest_even:
      return against_midpoint(f, x.size, below) > (odd ? -1 : 0);
    case rounding::nearest_away:
      return against_midpoint(f, x.size, below) >= 0;
    case rounding::toward_zero:
      return false;
    case rounding::upward:
      return !x.negative;
    case rounding::downward:
      return x.negative;
    case rounding::to_odd:
      return !odd;
  }
  return false;
}

constexpr std::uint64_t with_sign(const format& f, std::uint64_t code, bool negative) {
  if (code == 0 && !has_negative_zero(f)) return 0;
  return negative ? code | sign_bit(f) : code;
}

constexpr std::uint64_t encode_nan(const format& f, bool negative, nan_code how) {
  if (!has_negative_zero(f)) return sign_bit(f);
  if (how == nan_code::canonical) return all_ones(f);
  return with_sign(f, how == nan_code::quiet ? f.quiet_nan : all_ones(f), negative);
}

/// An infinity, or the NaN that stands for one: it keeps the sign, whatever code a NaN operand
/// would get.
constexpr std::uint64_t encode_infinity(const format& f, bool negative) {
  if (has_infinity(f)) return with_sign(f, f.infinity, negative);
  return encode_nan(f, negative, nan_code::all_ones);
}

/// IEEE 754-2019, 7.4: a result too large becomes infinite unless the rounding is towards zero on
/// its side. Rounding to odd never leaves the finite numbers.
constexpr std::uint64_t encode_too_large(const format& f, bool negative, policy how) {
  const bool towards_zero = how.round == rounding::toward_zero || how.round == rounding::to_odd ||
                            (how.round == rounding::upward && negative) ||
                            (how.round == rounding::downward && !negative);
  if (how.over != overflow::nonfinite || towards_zero) return with_sign(f, f.max_finite, negative);
  return encode_infinity(f, negative);
}

constexpr std::uint64_t encode(const format& to, const number& x, policy how = {}) {
  if (x.what == kind::nan) return encode_nan(to, x.negative, how.nan);
  if (x.what == kind::infinite) {
    if (how.over == overflow::saturate) return with_sign(to, to.max_finite, x.negative);
    return encode_infinity(to, x.negative);
  }
  std::uint64_t code = code_not_above(to, x.size);
  const bool exact = size_of_code(to, code) == x.size;
  if (!exact && rounds_away(to, x, code, how.round)) ++code;
  if (code > to.max_finite) return encode_too_large(to, x.negative, how);
  return with_sign(to, code, x.negative);
}

/// Where a finite x lies between its neighbours: the code towards zero, and the distance from it as
/// a fraction of the gap, in units of 2^-32 and rounded down.
struct position {
  std::uint64_t below;
  std::uint64_t fraction;
  bool exact;
};

constexpr position locate(const format& f, const number& x) {
  const format fine = refined(f, 32);
  const std::uint64_t code = code_not_above(fine, x.size);
  const std::uint64_t fraction = code & 0xFFFF'FFFF;
  return {code >> 32, fraction, fraction == 0 && size_of_code(fine, code) == x.size};
}

}  // namespace reference
