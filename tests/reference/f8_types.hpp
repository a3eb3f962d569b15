// The one place where the oracle meets the library: which format a type has, what a conversion
// means, and the lists of types, codes and policies that laws are stated over.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include "reference/typed_test.hpp"

#include "f8/f8.hpp"
#include "reference/describe.hpp"

#if defined(__FLT16_MANT_DIG__) && \
    (defined(__clang__) ? __clang_major__ >= 15 : defined(__x86_64__) || __GNUC__ >= 13)
#define F8_TEST_FLOAT16 1
#else
#define F8_TEST_FLOAT16 0
#endif

#if defined(__SIZEOF_INT128__)
#define F8_TEST_INT128 1
#else
#define F8_TEST_INT128 0
#endif

namespace reference {

#if F8_TEST_INT128
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
#endif

// Formats that have no alias but that the template can make.
using e2m5 = f8::fp8<2, 5>;
using e6m1 = f8::fp8<6, 1>;
using e5m2fn = f8::fp8<5, 2, f8::special_values::fn>;
using e3m4b9fnuz = f8::fp8<3, 4, f8::special_values::fnuz, 9>;
using e5m2b120 = f8::fp8<5, 2, f8::special_values::ieee, 120>;     // down to where float ends
using e3m4_large = f8::fp8<3, 4, f8::special_values::ieee, -110>;  // and almost up to there

template <class T>
inline constexpr format format_of = T::no_reference_format;  // only specializations exist
template <>
inline constexpr format format_of<f8::e4m3> = e4m3;
template <>
inline constexpr format format_of<f8::e5m2> = e5m2;
template <>
inline constexpr format format_of<f8::e4m3_ieee> = e4m3_ieee;
template <>
inline constexpr format format_of<f8::e3m4> = e3m4;
template <>
inline constexpr format format_of<f8::e4m3fnuz> = e4m3fnuz;
template <>
inline constexpr format format_of<f8::e5m2fnuz> = e5m2fnuz;
template <>
inline constexpr format format_of<f8::e4m3b11fnuz> = e4m3b11fnuz;
template <>
inline constexpr format format_of<e2m5> = {"fp8<2, 5>", 2, 5, 1, 0x5F, 0x60, 0x70};
template <>
inline constexpr format format_of<e6m1> = {"fp8<6, 1>", 6, 1, 31, 0x7D, 0x7E, 0x7F};
template <>
inline constexpr format format_of<e5m2fn> = {"fp8<5, 2, fn>", 5, 2, 15, 0x7E, 0, 0x7F};
template <>
inline constexpr format format_of<e3m4b9fnuz> = {"fp8<3, 4, fnuz, 9>", 3, 4, 9, 0x7F, 0, 0};
template <>
inline constexpr format format_of<e5m2b120> = {"fp8<5, 2, ieee, 120>", 5, 2, 120, 0x7B, 0x7C, 0x7E};
template <>
inline constexpr format format_of<e3m4_large> = {
    "fp8<3, 4, ieee, -110>", 3, 4, -110, 0x6F, 0x70, 0x78};
template <>
inline constexpr format format_of<f8::float16> = binary16;
template <>
inline constexpr format format_of<f8::bfloat16> = bfloat16;
template <>
inline constexpr format format_of<float> = binary32;
template <>
inline constexpr format format_of<double> = binary64;
#if F8_TEST_FLOAT16
template <>
inline constexpr format format_of<_Float16> = binary16;
#endif

/// The contract's aliases.
using alias_types = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz,
                                   f8::e5m2fnuz, f8::e4m3b11fnuz>;

/// The aliases, one unnamed format of each other shape, and one at an end of float's range.
using fp8_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, e2m5, e6m1, e5m2fn, e3m4b9fnuz, e5m2b120>;

/// What is compiled for each instruction set is so for one format of each kind alone: with
/// infinities and without, by way of float16, beside the range of float16 and of float.
/// F8_TEST_LONG: for all. F8_TEST_FEW: for two.
#if F8_TEST_LONG
using kernel_types = fp8_types;
#elif F8_TEST_FEW
using kernel_types = testing::Types<f8::e4m3, f8::e4m3fnuz>;
#else
using kernel_types = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3fnuz, e6m1, e5m2b120>;
#endif

#if F8_TEST_FLOAT16
using half_types = testing::Types<f8::float16, f8::bfloat16, _Float16>;
#else
using half_types = testing::Types<f8::float16, f8::bfloat16>;
#endif

template <class T>
struct type_tag {
  using type = T;
};

/// f(type_tag<T>) for every T of a list of types.
template <class... T, class Function>
void for_each_type(testing::Types<T...>, Function f) {
  (f(type_tag<T>{}), ...);
}

/// Names a typed test after its format, not after its place in the list.
struct format_names {
  template <class T>
  static std::string GetName(int) {
    return format_of<T>.name;
  }
};

template <class T>
using bits_type = std::conditional_t<
    sizeof(T) == 1, std::uint8_t,
    std::conditional_t<sizeof(T) == 2, std::uint16_t,
                       std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>>;

/// The code of a value, read from memory.
template <class T>
bits_type<T> code_of(T x) {
  return bits_of<bits_type<T>>(x);
}

/// The value of a code, written through memory.
template <class T>
T value_of(std::uint64_t code) {
  return from_bits<T>(static_cast<bits_type<T>>(code));
}

template <class T>
std::string describe(T x) {
  return describe(format_of<T>, code_of(x));
}

/// f(x, code) for all codes of an 8- or 16-bit type.
template <class T, class Function>
void for_each_code(Function f) {
  for (std::uint32_t code = 0; code < 1u << 8 * sizeof(T); ++code) f(value_of<T>(code), code);
}

constexpr rounding to_reference(f8::rounding x) {
  switch (x) {
    case f8::rounding::nearest_even:
      return rounding::nearest_even;
    case f8::rounding::nearest_away:
      return rounding::nearest_away;
    case f8::rounding::toward_zero:
      return rounding::toward_zero;
    case f8::rounding::upward:
      return rounding::upward;
    case f8::rounding::downward:
      return rounding::downward;
    case f8::rounding::to_odd:
      return rounding::to_odd;
  }
  return rounding::nearest_even;
}

constexpr overflow to_reference(f8::overflow x) {
  switch (x) {
    case f8::overflow::saturate:
      return overflow::saturate;
    case f8::overflow::saturate_finite:
      return overflow::saturate_finite;
    case f8::overflow::nonfinite:
      return overflow::nonfinite;
  }
  return overflow::saturate;
}

constexpr nan_code to_reference(f8::nan_code x) {
  switch (x) {
    case f8::nan_code::quiet:
      return nan_code::quiet;
    case f8::nan_code::all_ones:
      return nan_code::all_ones;
    case f8::nan_code::canonical:
      return nan_code::canonical;
  }
  return nan_code::quiet;
}

constexpr policy to_reference(f8::conversion x) {
  return {to_reference(x.round), to_reference(x.over), to_reference(x.nan)};
}

inline constexpr std::array<f8::rounding, 6> all_roundings{
    f8::rounding::nearest_even, f8::rounding::nearest_away, f8::rounding::toward_zero,
    f8::rounding::upward,       f8::rounding::downward,     f8::rounding::to_odd};
inline constexpr std::array<f8::overflow, 3> all_overflows{
    f8::overflow::saturate, f8::overflow::saturate_finite, f8::overflow::nonfinite};
inline constexpr std::array<f8::nan_code, 3> all_nan_codes{
    f8::nan_code::quiet, f8::nan_code::all_ones, f8::nan_code::canonical};

inline constexpr std::size_t policy_count =
    all_roundings.size() * all_overflows.size() * all_nan_codes.size();

/// Every conversion there is, by a number below policy_count; number 0 is the default.
constexpr f8::conversion policy_at(std::size_t i) {
  return {all_roundings[i / 9], all_overflows[i / 3 % 3], all_nan_codes[i % 3]};
}

template <class Function>
void for_each_policy(Function f) {
  for (std::size_t i = 0; i < policy_count; ++i) f(policy_at(i));
}

/// True if To is wider than 8 bits and has every value of From: such a cast is exact and keeps
/// infinities.
constexpr bool widens(const format& to, const format& from) {
  const auto range_of = [](const format& f) {
    return static_cast<int>(f.max_finite >> f.trailing_bits) - f.bias;
  };
  return width(to) > 8 && to.trailing_bits >= from.trailing_bits &&
         range_of(to) >= range_of(from) &&
         1 - to.bias - to.trailing_bits <= 1 - from.bias - from.trailing_bits;
}

/// What cast<To>(x, how) has to give for a From that stands for x.
template <class To>
std::uint64_t expected_code(const number& x, f8::conversion how = {}) {
  return encode(format_of<To>, x, to_reference(how));
}

template <class To, class From>
std::uint64_t expected_cast(From x, f8::conversion how = {}) {
  policy p = to_reference(how);
  if (widens(format_of<To>, format_of<From>)) p.over = overflow::nonfinite;
  return encode(format_of<To>, decode(format_of<From>, code_of(x)), p);
}

/// True if x became what it has to; otherwise says what x is, field by field, and both results.
template <class To, class From>
testing::AssertionResult is_code(From x, To got, std::uint64_t expected, f8::conversion how = {}) {
  if (code_of(got) == expected) return testing::AssertionSuccess();
  return testing::AssertionFailure() << describe(format_of<From>, format_of<To>, to_reference(how),
                                                 {code_of(x), expected, code_of(got)});
}

}  // namespace reference
