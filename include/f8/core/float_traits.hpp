// Which types are numbers of a format, and how a type is taught to be one.
#ifndef F8_CORE_FLOAT_TRAITS_HPP
#define F8_CORE_FLOAT_TRAITS_HPP

#include <cstdint>
#include <type_traits>

#include "codes.hpp"

#include "config.hpp"

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

/// True if float_traits know the type.
template <class T, class = void>
inline constexpr bool is_taught = false;
template <class T>
inline constexpr bool is_taught<T, std::void_t<typename float_traits<T>::format>> = true;

template <class T>
using format_of = typename float_traits<T>::format;

}  // namespace detail

}  // namespace f8

#include "undef.hpp"

#endif
