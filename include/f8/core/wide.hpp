// Sources that are not bits of a format: integers and long double, unpacked for round_magnitude.
#ifndef F8_CORE_WIDE_HPP
#define F8_CORE_WIDE_HPP

#include <cstdint>
#include <limits>
#include <type_traits>

#include "unpacked.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

#if F8_HAS_INT128
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
#endif

// A significand has 62 bits, which are more than double has by 9; the lowest of them also stands
// for all that did not fit. Exponents are those of the numbers.
inline constexpr int wide_unit = 61;
inline constexpr int wide_origin = 0;
inline constexpr int wide_bias = 16383;  // of the 15 bits that the widest exponent fields have

/// A number, infinity or NaN of a source that is not bits of a format.
struct wide {
  unpacked<std::uint64_t> value;
  bool infinite;
  bool nan;
};

template <class Unsigned>
F8_FN constexpr wide unpack_magnitude(Unsigned magnitude, bool negative) noexcept {
  constexpr int bits = static_cast<int>(sizeof(Unsigned)) * 8;
  int lead = bits - 1;  // the exponent of the leading 1, once it has been shifted to the top
  Unsigned x = magnitude;
  for (int step = bits / 2; step > 0; step /= 2) {
    const bool clear = (x >> (bits - step)) == 0;
    x <<= clear ? step : 0;
    lead -= clear ? step : 0;
  }
  const int exponent = magnitude == 0 ? -wide_bias : lead;  // zero has no leading 1
  return {{negative ? 1u : 0u, exponent,
           static_cast<std::uint64_t>(shift_right_sticky<Unsigned>(x, bits - 1 - wide_unit))},
          false,
          false};
}

/// `Unsigned` has 64 bits, or more if Integer has.
template <class Unsigned, class Integer>
F8_FN constexpr wide unpack_integer(Integer x) noexcept {
  const bool negative = x < 0;
  const auto bits = static_cast<Unsigned>(x);
  return unpack_magnitude(negative ? 0 - bits : bits, negative);
}

/// Unpacks the fields of a binary format with 15 exponent bits, whose significand has its unit at
/// bit 63, written out. `sticky` says whether anything stands below bit 0.
F8_FN constexpr wide unpack_fields(bool negative, unsigned field, std::uint64_t significand,
                                   bool sticky) noexcept {
  const bool special = field == 0x7FFF;
  const bool nan = special && (significand << 1 != 0 || sticky);
  const std::uint64_t kept =
      shift_right_sticky<std::uint64_t>(significand, 63 - wide_unit) | (sticky ? 1u : 0u);
  // This exponent is above every target's emax, and not so far that a code of binary64 outgrows 64
  // bits.
  constexpr int too_large = 2000;
  const int exact = static_cast<int>(field > 1 ? field : 1u) - wide_bias;
  const int exponent = exact < too_large ? exact : too_large;
  return {{negative ? 1u : 0u, exponent, kept}, special && !nan, nan};
}

template <class T>
inline constexpr bool is_long_double = std::is_same_v<T, long double>;
inline constexpr int long_double_digits = std::numeric_limits<long double>::digits;
inline constexpr bool long_double_is_double =
    long_double_digits == std::numeric_limits<double>::digits;

/// x87's format while a constant is evaluated, where its bits cannot be had: by exact arithmetic
/// alone.
template <class LongDouble>
F8_FN constexpr wide unpack_x87_constant(LongDouble x) noexcept {
  const bool negative = __builtin_copysignl(1.0L, x) < 0;
  if (!(x >= 0) && !(x <= 0)) return unpack_fields(negative, 0x7FFF, ~std::uint64_t{0}, false);
  LongDouble magnitude = negative ? -x : x;
  if (magnitude > (std::numeric_limits<LongDouble>::max)())
    return unpack_fields(negative, 0x7FFF, 0, false);
  if (!(magnitude > 0)) return unpack_fields(negative, 0, 0, false);
  int field = 63 + wide_bias;
  for (; magnitude < 9223372036854775808.0L; --field) magnitude *= 2;
  for (; magnitude >= 18446744073709551616.0L; ++field) magnitude /= 2;
  // A subnormal number has no such field. It is so far below every target that any tiny value does.
  return unpack_fields(negative, field > 1 ? static_cast<unsigned>(field) : 1u,
                       static_cast<std::uint64_t>(magnitude), false);
}

template <class LongDouble>
F8_FN constexpr wide unpack_long_double(LongDouble x) noexcept {
#if F8_HAS_INT128
  if constexpr (long_double_digits == 113) {
    const auto bits = bit_cast<uint128>(x);
    const auto field = static_cast<unsigned>(bits >> 112) & 0x7FFF;
    const auto trailing = bits & ((static_cast<uint128>(1) << 112) - 1);
    const std::uint64_t hidden = field != 0 ? std::uint64_t{1} << 63 : 0;
    const auto upper = static_cast<std::uint64_t>(trailing >> 49);
    return unpack_fields(
        bits >> 127 != 0, field, hidden | upper,
        (static_cast<std::uint64_t>(trailing) & ((std::uint64_t{1} << 49) - 1)) != 0);
  }
#endif
  static_assert(long_double_is_double || long_double_digits == 64 || long_double_digits == 113,
                "this long double is not supported");
  if (__builtin_is_constant_evaluated()) return unpack_x87_constant(x);
  std::uint64_t significand = 0;
  std::uint16_t sign_and_field = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(&x);
  __builtin_memcpy(&significand, bytes, 8);
  __builtin_memcpy(&sign_and_field, bytes + 8, 2);
  return unpack_fields(sign_and_field >> 15 != 0, sign_and_field & 0x7FFFu, significand, false);
}

template <class From>
F8_FN constexpr wide unpack_wide(From x) noexcept {
  if constexpr (is_long_double<From>) {
    return unpack_long_double(x);
  } else if constexpr (sizeof(From) <= 8) {
    return unpack_integer<std::uint64_t>(x);
  } else {
#if F8_HAS_INT128
    return unpack_integer<uint128>(x);
#endif
  }
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
