// What all value types of the library have in common: they are the bits of a format, and behave as
// the float that those bits stand for.
#ifndef F8_CORE_VALUE_HPP
#define F8_CORE_VALUE_HPP

#include <type_traits>

#include "../policy.hpp"
#include "source.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

struct constructor_tag {};

/// int if a T is constructed from an S by conversion.
template <class S, class T>
using enable_if_converts = std::enable_if_t<is_source<S> && !std::is_same_v<S, T>, int>;

/// The base of a value type T that stores the bits of Format; Over is the overflow of its
/// constructor.
///
/// There is one way out, to float, and no `operator int`, not even a deleted one. `c ? x : 0` is an
/// int, because the language asks first whether x converts to the other operand's type, and by way
/// of float it does. Deleting the conversion does not make that a float. It is an error then if the
/// conversion is implicit, but so are `x + 1`, `x < 1`, `-x` and `!x`, for which float and int are
/// equally good; and an explicit one deletes nothing but `static_cast<int>(x)`.
template <class T, class Format, overflow Over>
class value {
 public:
  using format = Format;                         ///< a binary_format
  using bits_type = typename Format::bits_type;  ///< what they are stored in

  /// Uninitialized, as a float is; T{} is +0.
  value() = default;

  /// Truth values and characters are not numbers.
  template <class S, std::enable_if_t<is_refused<S>, int> = 0>
  value(S) = delete;

  /// The value with the code `bits`, of which the low bits count. With to_bits the only way to and
  /// from raw bits.
  F8_FN static constexpr T from_bits(unsigned bits) noexcept {
    T x{};
    x.internal_bits = static_cast<bits_type>(bits);
    return x;
  }
  /// The code, of NaN too.
  F8_FN constexpr bits_type to_bits() const noexcept { return internal_bits; }

  /// The value as a float, exactly. A NaN is quiet and keeps its sign. All arithmetic and all
  /// comparisons are float's, through this.
  F8_FN constexpr operator float() const noexcept {
    return bit_cast<float>(recode<binary32, Format>(internal_bits, directed{}));
  }

  /// Adds in float and rounds once back, as the constructor does: to nearest even; what is too
  /// large saturates in fp8 types and is infinite in those of 16 bits.
  F8_FN constexpr T& operator+=(float y) noexcept { return assign(float{*this} + y); }
  /// Subtracts as += adds.
  F8_FN constexpr T& operator-=(float y) noexcept { return assign(float{*this} - y); }
  /// Multiplies as += adds.
  F8_FN constexpr T& operator*=(float y) noexcept { return assign(float{*this} * y); }
  /// Divides as += adds.
  F8_FN constexpr T& operator/=(float y) noexcept { return assign(float{*this} / y); }

  /// Not for use. It is public because only then a value may be a template argument in C++20:
  /// `template <f8::e4m3 X>`.
  bits_type internal_bits;

 protected:
  /// T's own constructor passes its argument on. (An inherited one would not be forced inline.)
  template <class S>
  F8_FN constexpr value(S x, constructor_tag) noexcept
      : internal_bits(static_cast<bits_type>(code_of<Format>(x, directed{conversion{Over}}))) {}

 private:
  F8_FN constexpr T& assign(float x) noexcept { return static_cast<T&>(*this) = T(x); }
};

/// float_traits of a value type.
template <class T, class Format>
struct value_traits {
  using format = Format;
  F8_FN static constexpr typename Format::bits_type to_bits(T x) noexcept { return x.to_bits(); }
  F8_FN static constexpr T from_bits(typename Format::bits_type bits) noexcept {
    return T::from_bits(bits);
  }
};

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
