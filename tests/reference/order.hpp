// The orders of IEEE 754-2019: comparison (5.11) and totalOrder (5.10).
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "reference/number.hpp"

namespace reference {

constexpr bool is_unordered(const number& a, const number& b) {
  return a.what == kind::nan || b.what == kind::nan;
}

constexpr bool less(const number& a, const number& b) {
  if (is_unordered(a, b)) return false;
  const auto is_null = [](const number& x) { return x.what == kind::finite && is_zero(x.size); };
  if (is_null(a) && is_null(b)) return false;
  if (a.negative != b.negative) return a.negative;
  const number& nearer = a.negative ? b : a;  // the one that has to be the smaller in magnitude
  const number& farther = a.negative ? a : b;
  if (nearer.what == kind::infinite) return false;
  return farther.what == kind::infinite || nearer.size < farther.size;
}

constexpr bool equal(const number& a, const number& b) {
  return !is_unordered(a, b) && !less(a, b) && !less(b, a);
}

/// totalOrder: -NaN < every number < +NaN, -0 < +0, and among NaNs of one sign by payload (quiet
/// above signaling for positive ones). The one NaN of a format without -0 comes last.
inline bool totally_less(const format& f, std::uint64_t a, std::uint64_t b) {
  const auto is_positive = [&](std::uint64_t code) {
    return !is_negative(f, code) || (is_nan(f, code) && !has_negative_zero(f));
  };
  if (is_positive(a) != is_positive(b)) return is_positive(b);
  const bool both_positive = is_positive(a);
  const std::uint64_t nearer = both_positive ? a : b;
  const std::uint64_t farther = both_positive ? b : a;
  if (is_nan(f, nearer) != is_nan(f, farther)) return is_nan(f, farther);
  if (is_nan(f, nearer)) return magnitude_code(f, nearer) < magnitude_code(f, farther);
  const number x = decode(f, nearer);
  const number y = decode(f, farther);
  if (x.what != y.what) return y.what == kind::infinite;
  return x.size < y.size;
}

/// All codes of an 8-bit format in totalOrder.
inline std::vector<std::uint64_t> total_order(const format& f) {
  std::vector<std::uint64_t> codes(256);
  std::iota(codes.begin(), codes.end(), std::uint64_t{0});
  std::sort(codes.begin(), codes.end(),
            [&](std::uint64_t a, std::uint64_t b) { return totally_less(f, a, b); });
  return codes;
}

}  // namespace reference
