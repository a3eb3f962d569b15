// Exact non-negative binary numbers, which are only ever compared: nothing in the oracle rounds by
// accident, and nothing in it depends on the floating-point environment or on compiler flags.
#pragma once

#include <cstdint>

namespace reference {

/// (high * 2^64 + low) * 2^exponent, where high's top bit is set unless the number is zero. Wide
/// enough for the significand of every source: 128-bit integers and IEEE binary128 among them.
struct magnitude {
  int exponent = 0;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

constexpr bool is_zero(const magnitude& x) {
  return x.high == 0;
}

/// (high * 2^64 + low) * 2^exponent, brought to the form above.
constexpr magnitude make_magnitude(std::uint64_t high, std::uint64_t low, int exponent) {
  if (high == 0 && low == 0) return {};
  if (high == 0) return make_magnitude(low, 0, exponent - 64);
  for (int shift = 32; shift > 0; shift /= 2) {
    if (high >> (64 - shift) != 0) continue;
    high = high << shift | low >> (64 - shift);
    low <<= shift;
    exponent -= shift;
  }
  return {exponent, high, low};
}

constexpr magnitude make_magnitude(std::uint64_t significand, int exponent) {
  return make_magnitude(0, significand, exponent);
}

constexpr bool operator<(const magnitude& a, const magnitude& b) {
  if (is_zero(a) || is_zero(b)) return !is_zero(b);
  if (a.exponent != b.exponent) return a.exponent < b.exponent;
  return a.high != b.high ? a.high < b.high : a.low < b.low;
}

constexpr bool operator==(const magnitude& a, const magnitude& b) {
  return !(a < b) && !(b < a);
}

}  // namespace reference
