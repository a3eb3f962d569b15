// Order by integers: IEEE 754's totalOrder as unsigned comparison of one byte.
#ifndef F8_ORDER_HPP
#define F8_ORDER_HPP

#include <cstdint>

#include "e8m0.hpp"
#include "format.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

/// The highest code.
template <class T>
inline constexpr unsigned last_code = (1u << 8 * sizeof(T)) - 1;

/// How many codes of T stand below +0: the negative ones, -0 included.
template <class T>
inline constexpr unsigned codes_below_zero =
    T::format::has_negative_zero ? T::format::sign_bit : T::format::magnitude_mask;
template <>
inline constexpr unsigned codes_below_zero<e8m0> = 0;

}  // namespace detail

/// 0 to 255 in IEEE 754's totalOrder: -NaN < -Inf < ... < -0 < +0 < ... < +Inf < +NaN, a bijection
/// of the codes. The single NaN of an fnuz format comes last, as does that of e8m0. (The keys of
/// float16 and bfloat16 have 16 bits.)
///
/// Negative codes come last in memory and grow in magnitude: they are counted down from FF. The
/// others follow. (fnuz's NaN, 80, stands where -0 would: counted among the others, it follows the
/// largest.)
template <class T>
F8_FN constexpr typename T::bits_type order_key(T x) noexcept {
  constexpr unsigned below = detail::codes_below_zero<T>;
  constexpr unsigned last = detail::last_code<T>;
  const unsigned bits = x.to_bits();
  return static_cast<typename T::bits_type>(bits + below > last ? last - bits : bits + below);
}

/// The value whose order_key is `key`: from_order_key<T>(order_key(x)) has the code of x, NaN and
/// -0 included. So from_order_key<T>(0), (1), ... are all values of T, ascending.
template <class T>
F8_FN constexpr T from_order_key(typename T::bits_type key) noexcept {
  constexpr unsigned below = detail::codes_below_zero<T>;
  return T::from_bits(key < below ? detail::last_code<T> - key : key - below);
}

/// Orders by order_key: a strict total order, for std::sort and as the comparator of std::map and
/// std::set.
struct total_less {
  /// True if x comes before y. NaNs have their places, and -0 comes before +0.
  template <class T>
  F8_FN constexpr bool operator()(T x, T y) const noexcept {
    return order_key(x) < order_key(y);
  }
};

}  // namespace f8

#include "core/undef.hpp"

#endif
