// What all value types of the library have in common: they are the bits of a format, and behave as
// the float that those bits stand for.
#ifndef F8_DETAIL_VALUE_HPP
#define F8_DETAIL_VALUE_HPP

#include <type_traits>

#include "../cast.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

struct constructor_tag {};

/// int if a T is constructed from an S by conversion.
template <class S, class T>
using enable_if_converts = std::enable_if_t<is_source<S> && !std::is_same_v<S, T>, int>;

/// The base of a value type T that stores the bits of Format; Over is the overflow of its
/// constructor.
template <class T, class Format, overflow Over>
class value {
 public:
  using format = Format;                         ///< what the bits mean
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
    x.bits_ = static_cast<bits_type>(bits);
    return x;
  }
  /// The code, of NaN too.
  F8_FN constexpr bits_type to_bits() const noexcept { return bits_; }

  /// Exact. A NaN is quiet and keeps its sign. All arithmetic and all comparisons are float's,
  /// through this.
  F8_FN constexpr operator float() const noexcept {
    return bit_cast<float>(recode<binary32, Format>(bits_, directed{}));
  }

  /// Computes in float, and rounds once back, as the constructor does.
  F8_FN constexpr T& operator+=(float y) noexcept { return assign(float{*this} + y); }
  /// As +=.
  F8_FN constexpr T& operator-=(float y) noexcept { return assign(float{*this} - y); }
  /// As +=.
  F8_FN constexpr T& operator*=(float y) noexcept { return assign(float{*this} * y); }
  /// As +=.
  F8_FN constexpr T& operator/=(float y) noexcept { return assign(float{*this} / y); }

 protected:
  /// T's own constructor passes its argument on. (An inherited one would not be forced inline.)
  template <class S>
  F8_FN constexpr value(S x, constructor_tag) noexcept
      : bits_(static_cast<bits_type>(code_of<Format>(x, directed{conversion{Over}}))) {}

 private:
  F8_FN constexpr T& assign(float x) noexcept { return static_cast<T&>(*this) = T(x); }

  bits_type bits_;
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
