// What an operand means: its sign, and its exact magnitude or that it is an infinity or a NaN.
#pragma once

#include <cfloat>
#include <climits>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "reference/format.hpp"
#include "reference/magnitude.hpp"

namespace reference {

enum class kind : std::uint8_t { finite, infinite, nan };

struct number {
  kind what = kind::finite;
  bool negative = false;
  magnitude size = {};
};

/// The magnitude of a code, which may lie beyond the format's last one: exponents continue upward
/// without bound.
constexpr magnitude size_of_code(const format& f, std::uint64_t code) {
  const std::uint64_t hidden_bit = std::uint64_t{1} << f.trailing_bits;
  const int field = static_cast<int>(code >> f.trailing_bits);
  const std::uint64_t trailing = code & (hidden_bit - 1);
  if (field == 0) return make_magnitude(trailing, 1 - f.bias - f.trailing_bits);
  return make_magnitude(hidden_bit | trailing, field - f.bias - f.trailing_bits);
}

constexpr number decode(const format& f, std::uint64_t code) {
  const bool negative = is_negative(f, code);
  if (is_nan(f, code)) return {kind::nan, negative, {}};
  if (is_infinite(f, code)) return {kind::infinite, negative, {}};
  return {kind::finite, negative, size_of_code(f, magnitude_code(f, code))};
}

template <class Bits, class Float>
Bits bits_of(Float x) {
  static_assert(sizeof(Bits) == sizeof(Float), "");
  Bits bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

template <class Float, class Bits>
Float from_bits(Bits bits) {
  static_assert(sizeof(Bits) == sizeof(Float), "");
  Float x;
  std::memcpy(static_cast<void*>(&x), &bits, sizeof x);
  return x;
}

inline number number_of(float x) {
  return decode(binary32, bits_of<std::uint32_t>(x));
}
inline number number_of(double x) {
  return decode(binary64, bits_of<std::uint64_t>(x));
}

/// x87's 80 bits show their leading bit; every other long double is an interchange format.
inline number number_of(long double x) {
#if LDBL_MANT_DIG == 64
  std::uint64_t significand = 0;
  std::uint16_t head = 0;
  std::memcpy(&significand, &x, 8);
  std::memcpy(&head, reinterpret_cast<const unsigned char*>(&x) + 8, 2);
  const bool negative = (head & 0x8000) != 0;
  const int field = head & 0x7FFF;
  if (field == 0x7FFF) return {significand << 1 == 0 ? kind::infinite : kind::nan, negative, {}};
  return {kind::finite, negative,
          make_magnitude(significand, (field == 0 ? 1 : field) - 16383 - 63)};
#elif LDBL_MANT_DIG == 113
  std::uint64_t half[2];
  std::memcpy(half, &x, sizeof half);
  const std::uint16_t probe = 1;
  const bool little = *reinterpret_cast<const unsigned char*>(&probe) == 1;
  const std::uint64_t high = half[little ? 1 : 0];
  const std::uint64_t low = half[little ? 0 : 1];
  const bool negative = (high >> 63) != 0;
  const int field = static_cast<int>(high >> 48 & 0x7FFF);
  const std::uint64_t trailing = high & 0xFFFF'FFFF'FFFF;
  if (field == 0x7FFF) return {(trailing | low) == 0 ? kind::infinite : kind::nan, negative, {}};
  const std::uint64_t hidden_bit = std::uint64_t{field != 0} << 48;
  return {kind::finite, negative,
          make_magnitude(trailing | hidden_bit, low, (field == 0 ? 1 : field) - 16383 - 112)};
#else
  static_assert(LDBL_MANT_DIG == 53, "a long double of an unknown format");
  return number_of(static_cast<double>(x));
#endif
}

/// Every integer type. (std::is_integral leaves __int128 out under strict ISO dialects.)
template <class Integer, std::enable_if_t<Integer(3) / Integer(2) == Integer(1), int> = 0>
constexpr number number_of(Integer x) {
  const bool negative = x < Integer(0);
  std::uint64_t half[2] = {0, 0};
  // Digits of the negative side, which every value has: -x may not exist.
  Integer rest = x;
  for (int i = 0; i < int{sizeof(Integer)} * CHAR_BIT; ++i) {
    const int digit = static_cast<int>(rest % Integer(2));
    if (digit != 0) half[i / 64] |= std::uint64_t{1} << i % 64;
    rest = static_cast<Integer>(rest / Integer(2));
  }
  return {kind::finite, negative, make_magnitude(half[1], half[0], 0)};
}

}  // namespace reference
