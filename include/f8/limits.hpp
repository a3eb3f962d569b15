// std::numeric_limits, by the C++ standard's definitions.
//
// They hold for every bias, also one by which 1 is no value of the type: then max_exponent10 may be
// negative, min_exponent10 positive, or the one less than the other where no power of ten lies
// between; and epsilon() and round_error() are the values nearest to what they ought to be.
#ifndef F8_LIMITS_HPP
#define F8_LIMITS_HPP

#include <limits>

#include "e8m0.hpp"
#include "float16.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

/// floor(n * log10(2)), for |n| up to 1000.
F8_FN constexpr int floor_log10_of_power(int n) noexcept {
  return static_cast<int>((n * 30103L - (n < 0 ? 99999 : 0)) / 100000);
}

/// The largest n with 10^n <= x, for the positive values of the types: these have few digits, and
/// none but powers of ten lies so near to one that the roundings here would count.
F8_FN constexpr int floor_log10(double x) noexcept {
  int n = 0;
  for (; x >= 10; x /= 10) ++n;
  for (; x < 1; x *= 10) --n;
  return n;
}

/// What numeric_limits says of all the types.
struct limits_of_any {
  static constexpr bool is_specialized = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_bounded = true;
  static constexpr bool is_modulo = false;
  static constexpr bool is_iec559 = false;  // storage, not arithmetic: operations are float's
  static constexpr bool traps = false;
  static constexpr bool tinyness_before = false;
  static constexpr bool has_denorm_loss = false;
  static constexpr bool has_quiet_NaN = true;
  // No operation signals, and every NaN decodes to a quiet one.
  static constexpr bool has_signaling_NaN = false;
  static constexpr std::float_round_style round_style = std::round_to_nearest;
  static constexpr int radix = 2;
};

template <class T>
struct limits_of : limits_of_any {
  using format = typename T::format;

  static constexpr bool is_signed = true;
  static constexpr bool has_infinity = format::has_infinity;
  // Since C++23, and still asked for:
  F8_DEPRECATED_BEGIN
  static constexpr std::float_denorm_style has_denorm = std::denorm_present;
  F8_DEPRECATED_END

  static constexpr int digits = format::precision;
  static constexpr int digits10 = floor_log10_of_power(digits - 1);
  static constexpr int max_digits10 = 2 + floor_log10_of_power(digits);
  static constexpr int min_exponent = format::emin + 1;
  static constexpr int max_exponent = format::emax + 1;
  static constexpr int min_exponent10 = -floor_log10_of_power(-format::emin);
  static constexpr int max_exponent10 = floor_log10(float{T::from_bits(format::max_finite)});

  F8_FN static constexpr T(min)() noexcept { return T::from_bits(format::hidden_bit); }
  F8_FN static constexpr T(max)() noexcept { return T::from_bits(format::max_finite); }
  F8_FN static constexpr T lowest() noexcept {
    return T::from_bits(format::sign_bit | format::max_finite);
  }
  F8_FN static constexpr T denorm_min() noexcept { return T::from_bits(1); }
  F8_FN static constexpr T epsilon() noexcept { return cast<T>(2.0f / (1 << format::precision)); }
  F8_FN static constexpr T round_error() noexcept { return cast<T>(0.5f); }

  /// NaN where there is no infinity: what a value too large becomes when it may not saturate.
  F8_FN static constexpr T infinity() noexcept { return T::from_bits(format::infinity); }
  F8_FN static constexpr T quiet_NaN() noexcept { return T::from_bits(format::quiet_nan); }
  F8_FN static constexpr T signaling_NaN() noexcept { return quiet_NaN(); }
};

/// A scale has a leading digit alone, no sign, no zero, and no subnormal values: its smallest value
/// is its lowest one, and 2 follows 1.
struct limits_of_e8m0 : limits_of_any {
  static constexpr bool is_signed = false;
  static constexpr bool has_infinity = false;
  F8_DEPRECATED_BEGIN
  static constexpr std::float_denorm_style has_denorm = std::denorm_absent;
  F8_DEPRECATED_END

  static constexpr int digits = 1;
  static constexpr int digits10 = 0;
  static constexpr int max_digits10 = 2 + floor_log10_of_power(digits);
  static constexpr int min_exponent = -126;  // of 2^-127, as a power with a significand below 1
  static constexpr int max_exponent = 128;
  static constexpr int min_exponent10 = -floor_log10_of_power(1 - min_exponent);
  static constexpr int max_exponent10 = floor_log10_of_power(max_exponent - 1);

  F8_FN static constexpr e8m0(min)() noexcept { return e8m0::from_bits(0); }
  F8_FN static constexpr e8m0(max)() noexcept { return e8m0::from_bits(0xFE); }
  F8_FN static constexpr e8m0 lowest() noexcept { return (min)(); }
  F8_FN static constexpr e8m0 denorm_min() noexcept { return (min)(); }
  F8_FN static constexpr e8m0 epsilon() noexcept { return e8m0{1.0f}; }
  F8_FN static constexpr e8m0 round_error() noexcept { return e8m0{0.5f}; }

  /// NaN: what a value too large becomes when it may not saturate.
  F8_FN static constexpr e8m0 infinity() noexcept { return quiet_NaN(); }
  F8_FN static constexpr e8m0 quiet_NaN() noexcept { return e8m0::from_bits(0xFF); }
  F8_FN static constexpr e8m0 signaling_NaN() noexcept { return quiet_NaN(); }
};

}  // namespace detail
}  // namespace f8

/// The limits of an fp8 type; its members' meanings are the standard's.
template <int E, int M, f8::special_values S, int Bias>
class std::numeric_limits<f8::fp8<E, M, S, Bias>>
    : public f8::detail::limits_of<f8::fp8<E, M, S, Bias>> {};
/// The limits of float16.
template <>
class std::numeric_limits<f8::float16> : public f8::detail::limits_of<f8::float16> {};
/// The limits of bfloat16.
template <>
class std::numeric_limits<f8::bfloat16> : public f8::detail::limits_of<f8::bfloat16> {};
/// The limits of e8m0: 2^-127 to 2^127, with one digit.
template <>
class std::numeric_limits<f8::e8m0> : public f8::detail::limits_of_e8m0 {};

#include "core/undef.hpp"

#endif
