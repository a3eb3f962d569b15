// cast: one value to another format. Which types can be cast, and how a new one is taught.
#ifndef F8_CAST_HPP
#define F8_CAST_HPP

#include <cstdint>
#include <limits>
#include <type_traits>

#include "core/codec.hpp"
#include "format.hpp"
#include "policy.hpp"

#include "core/wide.hpp"

#include "core/config.hpp"

namespace f8 {

/// Teaches a type to the library: specialize it with the type's format and its bits, and the type
/// is a source of `cast`, of the constructors and of `convert`. With `from_bits` it is a target
/// too.
///
///     template <>
///     struct f8::float_traits<Eigen::half> {
///       using format = f8::binary16;
///       static constexpr std::uint16_t to_bits(Eigen::half x) { return x.x; }
///       static constexpr Eigen::half from_bits(std::uint16_t bits) { ... }
///     };
///
/// `convert` reads and writes arrays of a taught type as arrays of its bits: the type has to be
/// trivially copyable and as large as its format.
template <class T, class = void>
struct float_traits {};

namespace detail {

/// float_traits of a type that is nothing but its bits.
template <class T, class Format>
struct bits_traits {
  using format = Format;
  using bits_type = typename Format::bits_type;
  static_assert(sizeof(T) == sizeof(bits_type));
  F8_FN static constexpr bits_type to_bits(T x) noexcept { return bit_cast<bits_type>(x); }
  F8_FN static constexpr T from_bits(bits_type bits) noexcept { return bit_cast<T>(bits); }
};

}  // namespace detail

/// A float is a source and a target of `cast`.
template <>
struct float_traits<float> : detail::bits_traits<float, binary32> {};
/// A double is a source and a target of `cast`.
template <>
struct float_traits<double> : detail::bits_traits<double, binary64> {};

#if F8_HAS_FLOAT16
/// The compiler's own binary16, which is also std::float16_t.
template <>
struct float_traits<_Float16> : detail::bits_traits<_Float16, binary16> {};
#endif
#if F8_HAS_BFLOAT16
/// std::bfloat16_t.
template <>
struct float_traits<decltype(0.0bf16)> : detail::bits_traits<decltype(0.0bf16), bfloat16_format> {};
#endif

namespace detail {

template <class T, class = void>
struct is_taught : std::false_type {};
template <class T>
struct is_taught<T, std::void_t<typename float_traits<T>::format>> : std::true_type {};

template <class T>
using format_of = typename float_traits<T>::format;

/// Truth values and characters are no numbers: their conversions are deleted. (int8_t and uint8_t
/// are numbers.)
template <class T>
constexpr bool is_refused =
    std::is_same_v<T, bool> || std::is_same_v<T, char> || std::is_same_v<T, wchar_t> ||
#if F8_HAS_CHAR8
    std::is_same_v<T, char8_t> ||
#endif
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
constexpr bool is_integer = std::is_integral_v<T> && !is_refused<T>;
#if F8_HAS_INT128
template <>
inline constexpr bool is_integer<int128> = true;  // not std::is_integral_v under -std=c++17
template <>
inline constexpr bool is_integer<uint128> = true;
#endif

template <class T>
constexpr bool is_target = is_taught<T>::value;
template <class T>
constexpr bool is_source = is_taught<T>::value || is_integer<T> || is_long_double<T>;

/// The format that a source is encoded from: binary32 holds every narrower one. Stochastic rounding
/// needs the 64 bits of binary64 for its fraction.
template <class Source, class Rounder>
using encodable =
    std::conditional_t<Source::width <= 32 && Rounder::tiny_is_alike, binary32, binary64>;

/// Target's code for the value of a code of Source.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word recode(typename Source::word code, Rounder rounder) noexcept {
  constexpr bool widens = Target::width > 8 && contains<Target, Source>;
  if constexpr (widens && decodes_directly<Target, Source>) {
    return decode<Target, Source>(code, rounder.how.nan);
  } else {
    using source = encodable<Source, Rounder>;
    if constexpr (widens) rounder.how.over = overflow::nonfinite;
    if constexpr (std::is_same_v<source, Source>) {
      return encode<Target, source>(code, rounder);
    } else {
      return encode<Target, source>(decode<source, Source>(code), rounder);
    }
  }
}

template <class Target, class From, class Rounder>
F8_FN constexpr typename Target::word code_of(From x, const Rounder& rounder) noexcept {
  if constexpr (is_taught<From>::value) {
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

/// The value of x in the type To, rounded once from x's own bits.
///
/// To is any of the library's types, float or double, or a taught type; From is any of these, an
/// integer, or long double. A cast to an fp8 type does with NaN, infinities and values too large
/// what `how` says; so does one that narrows to 16 bits or to float. A cast that widens (To is
/// wider than 8 bits and has every value of From) is exact: infinities and -0 stay, and only
/// `how.nan` is heard. -0 stays -0 where To has one, and becomes +0 in fnuz formats.
template <class To, class From,
          std::enable_if_t<detail::is_target<To> && detail::is_source<From>, int> = 0>
F8_FN constexpr To cast(From x, conversion how = {}) noexcept {
  return detail::cast_with<To>(x, detail::directed{how});
}

/// The value of x in the type To, rounded up in magnitude with the probability of the fraction cut
/// off: if random + floor(fraction * 2^32) >= 2^32, for `random` uniform in [0, 2^32). So a value
/// representable in To never changes. Overflow, NaN, infinities and -0 are treated as by `cast`.
/// (From long double or an integer to double, the first 9 bits of the fraction are all that count.)
template <class To, class From,
          std::enable_if_t<detail::is_target<To> && detail::is_source<From>, int> = 0>
F8_FN constexpr To cast_stochastic(From x, std::uint32_t random,
                                   overflow over = overflow::saturate) noexcept {
  return detail::cast_with<To>(x, detail::stochastic{random, conversion{over}});
}

}  // namespace f8

#include "core/undef.hpp"

#endif
