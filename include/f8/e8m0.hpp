// The scale of a block of numbers: a power of two in one byte (OCP Microscaling Formats, E8M0).
#ifndef F8_E8M0_HPP
#define F8_E8M0_HPP

#include <cstdint>
#include <type_traits>

#include "cast.hpp"
#include "policy.hpp"

#include "core/power.hpp"

#include "core/config.hpp"

namespace f8 {

/// What zero becomes, which is no power of two.
enum class e8m0_zero : std::uint8_t {
  smallest,  ///< 2^-127
  nan,       ///< NaN
};
/// What a negative number becomes. (-0 is zero.)
enum class e8m0_negative : std::uint8_t {
  magnitude,  ///< what its magnitude does
  nan,        ///< NaN
};

/// How to convert to e8m0. No two libraries agree, so each choice is an argument. `round` rounds
/// the magnitude; nearest_even takes the larger of a tie, as IEEE 754-2019 (4.3.1) says for a
/// precision of 1. Values below 2^-127 become 2^-127. `over`: too large and Inf become 2^127
/// (saturate), 2^127 and NaN (saturate_finite), or NaN (nonfinite).
struct e8m0_conversion {
  rounding round = rounding::nearest_even;            ///< of the magnitude
  overflow over = overflow::saturate;                 ///< of what is too large, and of Inf
  e8m0_zero zero = e8m0_zero::smallest;               ///< of 0 and -0
  e8m0_negative negative = e8m0_negative::magnitude;  ///< of numbers below 0
};

namespace stack {
/// CUDA's __nv_cvt_float_to_e8m0 with __NV_SATFINITE and cudaRoundPosInf, its class's default.
inline constexpr e8m0_conversion cuda_e8m0_upward{rounding::upward};
/// CUDA's __nv_cvt_float_to_e8m0 with __NV_SATFINITE and cudaRoundZero.
inline constexpr e8m0_conversion cuda_e8m0_toward_zero{rounding::toward_zero};
/// oneDNN's: rounds down; Inf becomes NaN.
inline constexpr e8m0_conversion onednn_e8m0{rounding::toward_zero, overflow::saturate_finite};
/// PyTorch's: to nearest; too large and Inf become NaN.
inline constexpr e8m0_conversion pytorch_e8m0{rounding::nearest_even, overflow::nonfinite};
/// ml_dtypes': as PyTorch's, but zero and negative numbers become NaN. Except between 2^-127
/// and 1.5 * 2^-127, which ml_dtypes rounds up to 2^-126.
inline constexpr e8m0_conversion ml_dtypes_e8m0{rounding::nearest_even, overflow::nonfinite,
                                                e8m0_zero::nan, e8m0_negative::nan};
}  // namespace stack

class e8m0;

/// As a source, e8m0 is the float that it stands for.
template <>
struct float_traits<e8m0> {
  using format = binary32;  ///< has every power of two and a NaN
  /// The float's bits.
  F8_FN static constexpr std::uint32_t to_bits(e8m0 x) noexcept;
};

/// A block scale: 2^(code - 127), or NaN for code FF. No zero, no sign, no infinity; not a number
/// to compute with.
class e8m0 {
 public:
  using bits_type = std::uint8_t;  ///< what a code is stored in

  /// Uninitialized, as a float is; e8m0{} is 2^-127.
  e8m0() = default;

  /// The nearest power of two, the larger of a tie; zero becomes 2^-127, negative numbers their
  /// magnitude, and numbers too large and infinities 2^127. NaN stays NaN.
  template <class S, std::enable_if_t<detail::is_source<S> && !std::is_same_v<S, e8m0>, int> = 0>
  F8_FN explicit constexpr e8m0(S x) noexcept;

  /// Truth values and characters are not numbers.
  template <class S, std::enable_if_t<detail::is_refused<S>, int> = 0>
  e8m0(S) = delete;

  /// The scale with the code `bits`, of which the low 8 count.
  F8_FN static constexpr e8m0 from_bits(unsigned bits) noexcept {
    e8m0 x{};
    x.internal_bits = static_cast<bits_type>(bits);
    return x;
  }
  /// The code.
  F8_FN constexpr bits_type to_bits() const noexcept { return internal_bits; }

  /// The value as a float, exactly: 2^-127 is a subnormal float, and NaN a quiet one.
  F8_FN constexpr operator float() const noexcept {
    return detail::bit_cast<float>(float_traits<e8m0>::to_bits(*this));
  }

  /// Not for use. It is public because only then a value may be a template argument in C++20:
  /// `template <f8::e8m0 X>`.
  bits_type internal_bits;
};

F8_FN constexpr std::uint32_t float_traits<e8m0>::to_bits(e8m0 x) noexcept {
  return detail::power_of_two(x.to_bits());
}

namespace detail {
template <>
inline constexpr bool is_target<e8m0> = false;  // it has casts of its own

/// The code of the power of two for the magnitude of a float, not zero or NaN, as if the codes went
/// on without end.
F8_FN constexpr std::uint32_t round_to_power(std::uint32_t magnitude, rounding round) noexcept {
  constexpr std::uint32_t least = binary32::hidden_bit >> 1;  // 2^-127, as a subnormal float
  // The significand of [2^-127, 2^-126) has one bit fewer; shifted up, code and fraction stand
  // where a normal float has them, and smaller numbers become 2^-127.
  const std::uint32_t subnormal = (magnitude > least ? magnitude - least : 0) << 1;
  const std::uint32_t x = magnitude < binary32::hidden_bit ? subnormal : magnitude;
  const directed rounder{round == rounding::nearest_even ? rounding::nearest_away : round};
  constexpr int place = binary32::trailing_bits;
  constexpr std::uint32_t half = binary32::hidden_bit >> 1;
  return (x + rounder.increment(std::uint32_t{0}, half, x >> place)) >> place;
}
}  // namespace detail

/// The power of two for x, rounded once from x's own bits; NaN stays NaN. What becomes of zero,
/// negative numbers, infinities and numbers too large, `how` says.
template <class To, class From,
          std::enable_if_t<std::is_same_v<To, e8m0> && detail::is_source<From>, int> = 0>
F8_FN constexpr e8m0 cast(From x, e8m0_conversion how) noexcept {
  constexpr std::uint32_t nan = 0xFF;
  constexpr std::uint32_t largest = 0xFE;
  // Rounded to odd, a float still rounds to powers of two as x does.
  const std::uint32_t bits =
      detail::code_of<binary32>(x, detail::directed{{rounding::to_odd, overflow::nonfinite}});
  const std::uint32_t magnitude = bits & binary32::magnitude_mask;
  const bool infinite = magnitude == binary32::infinity;
  const bool invalid = detail::is_nan<binary32>(bits) ||
                       (infinite && how.over != overflow::saturate) ||
                       (magnitude == 0 && how.zero == e8m0_zero::nan) ||
                       (bits != magnitude && magnitude != 0 && how.negative == e8m0_negative::nan);
  const std::uint32_t code = detail::round_to_power(magnitude, how.round);
  const bool may_overflow =
      how.over == overflow::nonfinite && detail::directed{how.round}.overflows(false);
  const std::uint32_t too_large = may_overflow ? nan : largest;
  return e8m0::from_bits(invalid ? nan : code > largest ? too_large : code);
}

/// The power of two for x with `how.round` and `how.over`; zero becomes 2^-127, and a negative
/// number what its magnitude does.
template <class To, class From,
          std::enable_if_t<std::is_same_v<To, e8m0> && detail::is_source<From>, int> = 0>
F8_FN constexpr e8m0 cast(From x, conversion how = {}) noexcept {
  return cast<e8m0>(x, e8m0_conversion{how.round, how.over});
}

template <class S, std::enable_if_t<detail::is_source<S> && !std::is_same_v<S, e8m0>, int>>
F8_FN constexpr e8m0::e8m0(S x) noexcept : internal_bits(cast<e8m0>(x).to_bits()) {}

}  // namespace f8

#include "core/undef.hpp"

#endif
