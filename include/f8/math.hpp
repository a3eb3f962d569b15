// <cmath>'s functions on representations, found by argument-dependent lookup as float's are: `using
// std::abs; abs(x)`. All are decided by integers, so they hold under -ffast-math, with FTZ and DAZ,
// and in every rounding mode. What computes (sqrt, exp, ...) is float's.
//
// These functions give the type that they take, as std::abs of a float is a float. Operators do
// not: as minus a short is an int, `-x` is a float, exactly. Back in T, infinities and all, that is
// `cast<T>(-x, overflow::nonfinite)`.
#ifndef F8_MATH_HPP
#define F8_MATH_HPP

#include <climits>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include "float16.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

template <class F>
F8_FN constexpr bool is_zero(typename F::word code) noexcept {
  return (code & F::magnitude_mask) == 0 && !is_nan<F>(code);
}

/// A number of the order that the values of codes have, NaN left aside; 0 for both zeros.
template <class F>
F8_FN constexpr std::int32_t rank(typename F::word code) noexcept {
  const auto magnitude = static_cast<std::int32_t>(code & F::magnitude_mask);
  return (code & F::sign_bit) != 0 ? -magnitude : magnitude;
}

/// x < y, as IEEE 754 compares: false if either is NaN.
template <class F>
F8_FN constexpr bool is_less(typename F::word x, typename F::word y) noexcept {
  return !is_nan<F>(x) && !is_nan<F>(y) && rank<F>(x) < rank<F>(y);
}

/// The code of -x. The zero and the NaN of an fnuz format have no sign to change.
template <class F>
F8_FN constexpr typename F::word negated(typename F::word code) noexcept {
  const bool unsigned_code = !F::has_negative_zero && (code & F::magnitude_mask) == 0;
  return unsigned_code ? code : code ^ F::sign_bit;
}

/// The code of the least value greater than that of `code`, which is not NaN.
template <class F>
F8_FN constexpr typename F::word next_code_up(typename F::word code) noexcept {
  constexpr auto top = F::has_infinity ? F::infinity : F::max_finite;
  const auto magnitude = code & F::magnitude_mask;
  if (magnitude == 0) return 1;
  if (code == magnitude) return magnitude < top ? magnitude + 1 : top;
  return magnitude == 1 && !F::has_negative_zero ? 0 : code - 1;
}

/// A finite magnitude, not zero, as significand * 2^(exponent - trailing_bits), the significand
/// with its hidden bit.
struct normalized {
  std::uint32_t significand;
  int exponent;
};

template <class F>
F8_FN constexpr normalized normalize(typename F::word code) noexcept {
  const auto x = unpack<F, 0>(code);
  normalized result{x.significand, x.exponent};
  for (; result.significand < F::hidden_bit; result.significand <<= 1) --result.exponent;
  return result;
}

/// True if all of [0.5, 1) that F's precision tells apart are normal values of F.
template <class F>
inline constexpr bool has_fractions =
    F::emin <= -1 &&
    (F::bias - 1) * static_cast<std::int64_t>(F::hidden_bit) + F::trailing_mask <= F::max_finite;

}  // namespace detail

// Each function takes any fp8, float16 or bfloat16, and returns its type.

/// True for every NaN, whatever its sign. The other predicates are false for NaN, but for signbit.
template <class T, class F, overflow O>
F8_FN constexpr bool isnan(const detail::value<T, F, O>& x) noexcept {
  return detail::is_nan<F>(x.to_bits());
}
/// True for +Inf and -Inf; never where the format has none.
template <class T, class F, overflow O>
F8_FN constexpr bool isinf(const detail::value<T, F, O>& x) noexcept {
  return detail::is_infinite<F>(x.to_bits());
}
/// True for all but NaN and infinities.
template <class T, class F, overflow O>
F8_FN constexpr bool isfinite(const detail::value<T, F, O>& x) noexcept {
  return !isnan(x) && !isinf(x);
}
/// True for finite values of full precision: not zero, not subnormal.
template <class T, class F, overflow O>
F8_FN constexpr bool isnormal(const detail::value<T, F, O>& x) noexcept {
  return isfinite(x) && (x.to_bits() & F::magnitude_mask) >= F::hidden_bit;
}
/// The sign bit, of NaN and -0 too.
template <class T, class F, overflow O>
F8_FN constexpr bool signbit(const detail::value<T, F, O>& x) noexcept {
  return (x.to_bits() & F::sign_bit) != 0;
}
/// FP_NAN, FP_INFINITE, FP_ZERO, FP_SUBNORMAL or FP_NORMAL.
template <class T, class F, overflow O>
F8_FN constexpr int fpclassify(const detail::value<T, F, O>& x) noexcept {
  return isnan(x)                          ? FP_NAN
         : isinf(x)                        ? FP_INFINITE
         : detail::is_zero<F>(x.to_bits()) ? FP_ZERO
         : isnormal(x)                     ? FP_NORMAL
                                           : FP_SUBNORMAL;
}

/// |x|, of NaN too: the sign bit is cleared wherever the format has one to clear.
template <class T, class F, overflow O>
F8_FN constexpr T abs(const detail::value<T, F, O>& x) noexcept {
  return T::from_bits(signbit(x) ? detail::negated<F>(x.to_bits()) : x.to_bits());
}
/// abs() by C's name.
template <class T, class F, overflow O>
F8_FN constexpr T fabs(const detail::value<T, F, O>& x) noexcept {
  return abs(x);
}
/// x with the sign bit of `sign`; fnuz's zero and NaN stay what they are.
template <class T, class F, overflow O>
F8_FN constexpr T copysign(const detail::value<T, F, O>& x,
                           const detail::value<T, F, O>& sign) noexcept {
  return T::from_bits(signbit(x) != signbit(sign) ? detail::negated<F>(x.to_bits()) : x.to_bits());
}

/// IEEE 754's nextUp: the least value greater than x. NaN stays NaN, +Inf +Inf; where there is no
/// infinity, the largest finite value stays. From the negative value next to zero to -0, or to the
/// only zero.
template <class T, class F, overflow O>
F8_FN constexpr T nextup(const detail::value<T, F, O>& x) noexcept {
  return T::from_bits(isnan(x) ? x.to_bits() : detail::next_code_up<F>(x.to_bits()));
}
/// IEEE 754's nextDown: -nextup(-x).
template <class T, class F, overflow O>
F8_FN constexpr T nextdown(const detail::value<T, F, O>& x) noexcept {
  using detail::negated;
  return T::from_bits(isnan(x) ? x.to_bits()
                               : negated<F>(detail::next_code_up<F>(negated<F>(x.to_bits()))));
}
/// The neighbour of `from` towards `to`; `to` if they are equal, NaN if either is.
template <class T, class F, overflow O>
F8_FN constexpr T nextafter(const detail::value<T, F, O>& from,
                            const detail::value<T, F, O>& to) noexcept {
  if (isnan(from)) return T::from_bits(from.to_bits());
  if (detail::is_less<F>(from.to_bits(), to.to_bits())) return nextup(from);
  if (detail::is_less<F>(to.to_bits(), from.to_bits())) return nextdown(from);
  return T::from_bits(to.to_bits());
}

/// floor(log2(|x|)); FP_ILOGB0 for zero, FP_ILOGBNAN for NaN, INT_MAX for infinities.
template <class T, class F, overflow O>
F8_FN constexpr int ilogb(const detail::value<T, F, O>& x) noexcept {
  if (isnan(x)) return FP_ILOGBNAN;
  if (isinf(x)) return INT_MAX;
  return detail::is_zero<F>(x.to_bits()) ? FP_ILOGB0 : detail::normalize<F>(x.to_bits()).exponent;
}
/// The f in [0.5, 1) or (-1, -0.5] with x == f * 2^exponent. Zero, infinities and NaN are returned
/// with exponent 0. Where a bias lies so far off that T lacks such fractions (no alias's does),
/// there is no frexp of T, and `using std::frexp` takes the float's.
template <class T, class F, overflow O, std::enable_if_t<detail::has_fractions<F>, int> = 0>
F8_FN constexpr T frexp(const detail::value<T, F, O>& x, int* exponent) noexcept {
  *exponent = 0;
  if (!isfinite(x) || detail::is_zero<F>(x.to_bits())) return T::from_bits(x.to_bits());
  const auto parts = detail::normalize<F>(x.to_bits());
  *exponent = parts.exponent + 1;
  constexpr auto half = static_cast<unsigned>(F::bias - 1) << F::trailing_bits;
  return T::from_bits((x.to_bits() & F::sign_bit) | half | (parts.significand & F::trailing_mask));
}
/// x * 2^exponent, rounded once, to nearest even; what is too large becomes what the constructor
/// makes of it. Zero, infinities and NaN stay.
template <class T, class F, overflow O>
F8_FN constexpr T ldexp(const detail::value<T, F, O>& x, int exponent) noexcept {
  if (!isfinite(x) || detail::is_zero<F>(x.to_bits())) return T::from_bits(x.to_bits());
  constexpr int beyond = 1000;  // more than any two exponents lie apart
  const int scale = exponent < -beyond ? -beyond : exponent > beyond ? beyond : exponent;
  const auto parts = detail::normalize<F>(x.to_bits());
  // The significand is moved to where binary32 has it, so that there are places below F's last one
  // to round.
  const detail::unpacked<std::uint32_t> scaled{
      signbit(x) ? 1u : 0u, parts.exponent + scale,
      parts.significand << (binary32::trailing_bits - F::trailing_bits)};
  const detail::directed rounder{conversion{O}};
  const auto magnitude = detail::round_magnitude<F, binary32::trailing_bits, 0>(scaled, rounder);
  return T::from_bits(detail::finish<F>(magnitude, scaled.negative, false, false, rounder));
}
/// ldexp() by its other name.
template <class T, class F, overflow O>
F8_FN constexpr T scalbn(const detail::value<T, F, O>& x, int exponent) noexcept {
  return ldexp(x, exponent);
}

// The names of min and max stand in parentheses, since some systems' headers define such macros.

/// The lesser, as std::min says: x if either is NaN or both are equal, as -0 and +0 are.
template <class T, class F, overflow O>
F8_FN constexpr T(min)(const detail::value<T, F, O>& x, const detail::value<T, F, O>& y) noexcept {
  return T::from_bits(detail::is_less<F>(y.to_bits(), x.to_bits()) ? y.to_bits() : x.to_bits());
}
/// The greater, as std::max says: x if either is NaN or both are equal, as -0 and +0 are.
template <class T, class F, overflow O>
F8_FN constexpr T(max)(const detail::value<T, F, O>& x, const detail::value<T, F, O>& y) noexcept {
  return T::from_bits(detail::is_less<F>(x.to_bits(), y.to_bits()) ? y.to_bits() : x.to_bits());
}
/// The lesser, as C's fmin says: where one is NaN, the other one.
template <class T, class F, overflow O>
F8_FN constexpr T fmin(const detail::value<T, F, O>& x, const detail::value<T, F, O>& y) noexcept {
  return isnan(x) ? T::from_bits(y.to_bits()) : isnan(y) ? T::from_bits(x.to_bits()) : (min)(x, y);
}
/// The greater, as C's fmax says: where one is NaN, the other one.
template <class T, class F, overflow O>
F8_FN constexpr T fmax(const detail::value<T, F, O>& x, const detail::value<T, F, O>& y) noexcept {
  return isnan(x) ? T::from_bits(y.to_bits()) : isnan(y) ? T::from_bits(x.to_bits()) : (max)(x, y);
}

}  // namespace f8

#include "core/undef.hpp"

#endif
