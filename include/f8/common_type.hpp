// std::common_type: what two numbers of which one is ours have in common.
//
// The standard's own answer is the type of `c ? x : y`, and that is a trap: `c ? x : 0` is an int,
// since x converts to int by way of float, and 0 to no type of ours. So the answer here is that of
// arithmetic, the type of x + y. (The operator itself cannot be taught: write `c ? x : 0.0f`.)
#ifndef F8_COMMON_TYPE_HPP
#define F8_COMMON_TYPE_HPP

#include <type_traits>

#include "e8m0.hpp"
#include "float16.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

/// A T in an expression that is not evaluated, as std::declval<T>() is. (Its header, <utility>,
/// costs more to compile than all of this one.)
template <class T>
T&& some() noexcept;

/// The type of `c ? a : b`, if there is one: the standard's answer, and right for classes of
/// others.
template <class A, class B, class = void>
struct type_of_either {};
template <class A, class B>
struct type_of_either<A, B, std::void_t<decltype(false ? some<A>() : some<B>())>> {
  using type = std::decay_t<decltype(false ? some<A>() : some<B>())>;
};

/// True of int, double, ... and of what the standard does not count among them: __int128, _Float16.
template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> || (is_source<T> && !std::is_class_v<T>);

/// One of ours with another type: with a number of the language as a float with it.
template <class T, class Other, bool = is_number<Other>>
struct common_with : type_of_either<T, Other> {};
template <class T, class Other>
struct common_with<T, Other, true> {
  using type = decltype(float{} + Other{});
};

/// Two of ours: one type with itself is that, and two are floats.
template <class T, class U>
struct common_of {
  using type = std::conditional_t<std::is_same_v<T, U>, T, float>;
};

}  // namespace detail
}  // namespace f8

template <int E, int M, f8::special_values S, int B, class Other>
struct std::common_type<f8::fp8<E, M, S, B>, Other>
    : f8::detail::common_with<f8::fp8<E, M, S, B>, Other> {};
template <int E, int M, f8::special_values S, int B, class Other>
struct std::common_type<Other, f8::fp8<E, M, S, B>>
    : f8::detail::common_with<f8::fp8<E, M, S, B>, Other> {};
template <class Other>
struct std::common_type<f8::float16, Other> : f8::detail::common_with<f8::float16, Other> {};
template <class Other>
struct std::common_type<Other, f8::float16> : f8::detail::common_with<f8::float16, Other> {};
template <class Other>
struct std::common_type<f8::bfloat16, Other> : f8::detail::common_with<f8::bfloat16, Other> {};
template <class Other>
struct std::common_type<Other, f8::bfloat16> : f8::detail::common_with<f8::bfloat16, Other> {};
template <class Other>
struct std::common_type<f8::e8m0, Other> : f8::detail::common_with<f8::e8m0, Other> {};
template <class Other>
struct std::common_type<Other, f8::e8m0> : f8::detail::common_with<f8::e8m0, Other> {};

// Where both types are ours, two of the specializations above would match, and neither would be
// preferred: each such pair needs one of its own.
template <int E, int M, f8::special_values S, int B, int E2, int M2, f8::special_values S2, int B2>
struct std::common_type<f8::fp8<E, M, S, B>, f8::fp8<E2, M2, S2, B2>>
    : f8::detail::common_of<f8::fp8<E, M, S, B>, f8::fp8<E2, M2, S2, B2>> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::fp8<E, M, S, B>, f8::float16>
    : f8::detail::common_of<f8::fp8<E, M, S, B>, f8::float16> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::fp8<E, M, S, B>, f8::bfloat16>
    : f8::detail::common_of<f8::fp8<E, M, S, B>, f8::bfloat16> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::fp8<E, M, S, B>, f8::e8m0>
    : f8::detail::common_of<f8::fp8<E, M, S, B>, f8::e8m0> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::float16, f8::fp8<E, M, S, B>>
    : f8::detail::common_of<f8::float16, f8::fp8<E, M, S, B>> {};
template <>
struct std::common_type<f8::float16, f8::float16>
    : f8::detail::common_of<f8::float16, f8::float16> {};
template <>
struct std::common_type<f8::float16, f8::bfloat16>
    : f8::detail::common_of<f8::float16, f8::bfloat16> {};
template <>
struct std::common_type<f8::float16, f8::e8m0> : f8::detail::common_of<f8::float16, f8::e8m0> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::bfloat16, f8::fp8<E, M, S, B>>
    : f8::detail::common_of<f8::bfloat16, f8::fp8<E, M, S, B>> {};
template <>
struct std::common_type<f8::bfloat16, f8::float16>
    : f8::detail::common_of<f8::bfloat16, f8::float16> {};
template <>
struct std::common_type<f8::bfloat16, f8::bfloat16>
    : f8::detail::common_of<f8::bfloat16, f8::bfloat16> {};
template <>
struct std::common_type<f8::bfloat16, f8::e8m0> : f8::detail::common_of<f8::bfloat16, f8::e8m0> {};
template <int E, int M, f8::special_values S, int B>
struct std::common_type<f8::e8m0, f8::fp8<E, M, S, B>>
    : f8::detail::common_of<f8::e8m0, f8::fp8<E, M, S, B>> {};
template <>
struct std::common_type<f8::e8m0, f8::float16> : f8::detail::common_of<f8::e8m0, f8::float16> {};
template <>
struct std::common_type<f8::e8m0, f8::bfloat16> : f8::detail::common_of<f8::e8m0, f8::bfloat16> {};
template <>
struct std::common_type<f8::e8m0, f8::e8m0> : f8::detail::common_of<f8::e8m0, f8::e8m0> {};

#include "core/undef.hpp"

#endif
