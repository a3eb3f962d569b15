// Order by integers: IEEE 754's totalOrder as unsigned comparison of one byte.
#ifndef F8_ORDER_HPP
#define F8_ORDER_HPP

#include <cstdint>

#include "e8m0.hpp"
#include "format.hpp"
#include "fp8.hpp"

#include "detail/config.hpp"

namespace f8 {
namespace detail {

/// How many codes of T stand below +0: the negative ones, -0 included.
template <class T>
constexpr unsigned codes_below_zero = T::format::has_negative_zero ? 0x80 : 0x7F;
template <>
inline constexpr unsigned codes_below_zero<e8m0> = 0;

/// The value whose order_key is `key`.
template <class T>
F8_FN constexpr T from_order_key(unsigned key) noexcept {
  return T::from_bits(key < codes_below_zero<T> ? 0xFF - key : key - codes_below_zero<T>);
}

}  // namespace detail

/// 0 to 255 in IEEE 754's totalOrder: -NaN < -Inf < ... < -0 < +0 < ... < +Inf < +NaN, a bijection
/// of the codes. The single NaN of an fnuz format comes last, as does that of e8m0.
///
/// Negative codes come last in memory and grow in magnitude: they are counted down from FF. The
/// others follow. (fnuz's NaN, 80, stands where -0 would: counted among the others, it follows the
/// largest.)
template <class T>
F8_FN constexpr std::uint8_t order_key(T x) noexcept {
  constexpr unsigned below = detail::codes_below_zero<T>;
  const unsigned bits = x.to_bits();
  return static_cast<std::uint8_t>(bits + below > 0xFF ? 0xFF - bits : bits + below);
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

#include "detail/undef.hpp"

#endif
