// 16-bit storage types, for compilers and standards that have none.
#ifndef F8_FLOAT16_HPP
#define F8_FLOAT16_HPP

#include "format.hpp"
#include "policy.hpp"

#include "core/value.hpp"

#include "core/config.hpp"

namespace f8 {

/// IEEE 754 binary16. Conversion to it is explicit, rounds to nearest even, and overflows to
/// infinity; to float it is implicit and exact. Arithmetic is float's.
class float16 : public detail::value<float16, binary16, overflow::nonfinite> {
 public:
  using value::value;

  /// Uninitialized, as a float is; float16{} is +0.
  float16() = default;

  /// The value nearest to x, ties to even; too large becomes Inf; NaN stays NaN and keeps its sign.
  template <class From, detail::enable_if_converts<From, float16> = 0>
  F8_FN explicit constexpr float16(From x) noexcept : value(x, detail::constructor_tag{}) {}
};

/// The upper 16 bits of a binary32: float's range with 8 significant bits. Converts as float16
/// does.
class bfloat16 : public detail::value<bfloat16, bfloat16_format, overflow::nonfinite> {
 public:
  using value::value;

  /// Uninitialized, as a float is; bfloat16{} is +0.
  bfloat16() = default;

  /// The value nearest to x, ties to even; too large becomes Inf; NaN stays NaN and keeps its sign.
  template <class From, detail::enable_if_converts<From, bfloat16> = 0>
  F8_FN explicit constexpr bfloat16(From x) noexcept : value(x, detail::constructor_tag{}) {}
};

/// A float16 is a source and a target of every conversion.
template <>
struct float_traits<float16> : detail::value_traits<float16, binary16> {};
/// A bfloat16 is a source and a target of every conversion.
template <>
struct float_traits<bfloat16> : detail::value_traits<bfloat16, bfloat16_format> {};

}  // namespace f8

#include "core/undef.hpp"

#endif
