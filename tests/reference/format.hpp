// The formats as their specifications print them. Every code below is a literal, so that a format
// of the library whose constants are computed is tested against something that was not computed the
// same way.
#pragma once

#include <cstdint>

namespace reference {

/// A sign bit, exponent_bits, trailing_bits; codes are those of the positive value.
struct format {
  const char* name;
  int exponent_bits;
  int trailing_bits;
  int bias;
  std::uint64_t max_finite;
  std::uint64_t infinity;   ///< 0: none
  std::uint64_t quiet_nan;  ///< 0: the code of -0 is the only NaN (fnuz)
};

// OCP OFP8 revision 1.0, tables 1 and 2; IEEE-like and fnuz formats as LLVM's APFloat documents
// them.
inline constexpr format e4m3{"e4m3", 4, 3, 7, 0x7E, 0, 0x7F};
inline constexpr format e5m2{"e5m2", 5, 2, 15, 0x7B, 0x7C, 0x7E};
inline constexpr format e4m3_ieee{"e4m3_ieee", 4, 3, 7, 0x77, 0x78, 0x7C};
inline constexpr format e3m4{"e3m4", 3, 4, 3, 0x6F, 0x70, 0x78};
inline constexpr format e4m3fnuz{"e4m3fnuz", 4, 3, 8, 0x7F, 0, 0};
inline constexpr format e5m2fnuz{"e5m2fnuz", 5, 2, 16, 0x7F, 0, 0};
inline constexpr format e4m3b11fnuz{"e4m3b11fnuz", 4, 3, 11, 0x7F, 0, 0};

// IEEE 754-2019, table 3.5, and its upper half of binary32.
inline constexpr format binary16{"float16", 5, 10, 15, 0x7BFF, 0x7C00, 0x7E00};
inline constexpr format bfloat16{"bfloat16", 8, 7, 127, 0x7F7F, 0x7F80, 0x7FC0};
inline constexpr format binary32{"float", 8, 23, 127, 0x7F7F'FFFF, 0x7F80'0000, 0x7FC0'0000};
inline constexpr format binary64{
    "double", 11, 52, 1023, 0x7FEF'FFFF'FFFF'FFFF, 0x7FF0'0000'0000'0000, 0x7FF8'0000'0000'0000};

constexpr int width(const format& f) {
  return 1 + f.exponent_bits + f.trailing_bits;
}
constexpr std::uint64_t sign_bit(const format& f) {
  return std::uint64_t{1} << (width(f) - 1);
}
constexpr std::uint64_t all_ones(const format& f) {
  return sign_bit(f) - 1;
}

constexpr bool has_infinity(const format& f) {
  return f.infinity != 0;
}
constexpr bool has_negative_zero(const format& f) {
  return f.quiet_nan != 0;
}
constexpr std::uint64_t last_not_nan(const format& f) {
  return has_infinity(f) ? f.infinity : f.max_finite;
}

constexpr bool is_negative(const format& f, std::uint64_t code) {
  return (code & sign_bit(f)) != 0;
}
constexpr std::uint64_t magnitude_code(const format& f, std::uint64_t code) {
  return code & all_ones(f);
}

constexpr bool is_nan(const format& f, std::uint64_t code) {
  if (!has_negative_zero(f)) return code == sign_bit(f);
  return magnitude_code(f, code) > last_not_nan(f);
}

constexpr bool is_infinite(const format& f, std::uint64_t code) {
  return has_infinity(f) && magnitude_code(f, code) == f.infinity;
}

constexpr bool is_finite(const format& f, std::uint64_t code) {
  return !is_nan(f, code) && magnitude_code(f, code) <= f.max_finite;
}

}  // namespace reference
