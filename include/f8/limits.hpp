// std::numeric_limits, by the C++ standard's definitions.
#ifndef F8_LIMITS_HPP
#define F8_LIMITS_HPP

#include <limits>

#include "float16.hpp"
#include "fp8.hpp"

#include "detail/config.hpp"

namespace f8 {
namespace detail {

/// floor(n * log10(2)), for n >= 0.
F8_FN constexpr int floor_log10_of_power(int n) noexcept {
  return static_cast<int>(n * 30103L / 100000);
}

/// The largest n with 10^n <= x.
F8_FN constexpr int floor_log10(double x) noexcept {
  int n = 0;
  for (double power = 10; power <= x; power *= 10) ++n;
  return n;
}

template <class T>
struct limits_of {
  using format = typename T::format;

  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_bounded = true;
  static constexpr bool is_modulo = false;
  static constexpr bool is_iec559 = false;  // storage, not arithmetic: operations are float's
  static constexpr bool traps = false;
  static constexpr bool tinyness_before = false;
  static constexpr std::float_round_style round_style = std::round_to_nearest;

  static constexpr int radix = 2;
  static constexpr int digits = format::precision;
  static constexpr int digits10 = floor_log10_of_power(digits - 1);
  static constexpr int max_digits10 = 2 + floor_log10_of_power(digits);
  static constexpr int min_exponent = format::emin + 1;
  static constexpr int max_exponent = format::emax + 1;
  static constexpr int min_exponent10 = -floor_log10_of_power(-format::emin);
  static constexpr int max_exponent10 = floor_log10(float{T::from_bits(format::max_finite)});

  static constexpr bool has_infinity = format::has_infinity;
  static constexpr bool has_quiet_NaN = true;
  static constexpr bool has_signaling_NaN =
      false;  // no operation signals, every NaN decodes to a quiet one
  // Since C++23, and still asked for:
  F8_DEPRECATED_BEGIN
  static constexpr std::float_denorm_style has_denorm = std::denorm_present;
  F8_DEPRECATED_END
  static constexpr bool has_denorm_loss = false;

  F8_FN static constexpr T min() noexcept { return T::from_bits(format::hidden_bit); }
  F8_FN static constexpr T max() noexcept { return T::from_bits(format::max_finite); }
  F8_FN static constexpr T lowest() noexcept {
    return T::from_bits(format::sign_bit | format::max_finite);
  }
  F8_FN static constexpr T denorm_min() noexcept { return T::from_bits(1); }
  F8_FN static constexpr T epsilon() noexcept { return T(2.0f / (1 << format::precision)); }
  F8_FN static constexpr T round_error() noexcept { return T(0.5f); }

  /// NaN where there is no infinity: what a value too large becomes when it may not saturate.
  F8_FN static constexpr T infinity() noexcept { return T::from_bits(format::infinity); }
  F8_FN static constexpr T quiet_NaN() noexcept { return T::from_bits(format::quiet_nan); }
  F8_FN static constexpr T signaling_NaN() noexcept { return quiet_NaN(); }
};

}  // namespace detail
}  // namespace f8

/// Of an fp8 type; its members' meanings are the standard's.
template <int E, int M, f8::special_values S, int Bias>
class std::numeric_limits<f8::fp8<E, M, S, Bias>>
    : public f8::detail::limits_of<f8::fp8<E, M, S, Bias>> {};
/// Of float16.
template <>
class std::numeric_limits<f8::float16> : public f8::detail::limits_of<f8::float16> {};
/// Of bfloat16.
template <>
class std::numeric_limits<f8::bfloat16> : public f8::detail::limits_of<f8::bfloat16> {};

#include "detail/undef.hpp"

#endif
