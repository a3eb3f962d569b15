// Sources and targets: which types a conversion takes, and the way from any source to the code of a
// format.
#ifndef F8_CORE_SOURCE_HPP
#define F8_CORE_SOURCE_HPP

#include <type_traits>

#include "float_traits.hpp"
#include "recode.hpp"
#include "wide.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// Truth values and characters are no numbers: their conversions are deleted. (int8_t and uint8_t
/// are numbers.)
template <class T>
inline constexpr bool is_refused =
    std::is_same_v<T, bool> || std::is_same_v<T, char> || std::is_same_v<T, wchar_t> ||
#if F8_HAS_CHAR8
    std::is_same_v<T, char8_t> ||
#endif
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
inline constexpr bool is_integer = std::is_integral_v<T> && !is_refused<T>;
#if F8_HAS_INT128
template <>
inline constexpr bool is_integer<int128> = true;  // not std::is_integral_v under -std=c++17
template <>
inline constexpr bool is_integer<uint128> = true;
#endif

template <class T>
inline constexpr bool is_target = is_taught<T>;
template <class T>
inline constexpr bool is_source = is_taught<T> || is_integer<T> || is_long_double<T>;

template <class Target, class From, class Rounder>
F8_FN constexpr typename Target::word code_of(From x, const Rounder& rounder) noexcept {
  if constexpr (is_taught<From>) {
    using source = float_traits<From>;
    return recode<Target, typename source::format>(source::to_bits(x), rounder);
  } else if constexpr (is_long_double<From> && long_double_is_double) {
    return code_of<Target>(static_cast<double>(x), rounder);
  } else {
    const wide w = unpack_wide(x);
    const auto magnitude = round_magnitude<Target, wide_unit, wide_origin>(w.value, rounder);
    return finish<Target>(magnitude, w.value.negative, w.infinite, w.nan, rounder);
  }
}

template <class To, class From, class Rounder>
F8_FN constexpr To cast_with(From x, const Rounder& rounder) noexcept {
  using format = typename float_traits<To>::format;
  return float_traits<To>::from_bits(
      static_cast<typename format::bits_type>(code_of<format>(x, rounder)));
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
