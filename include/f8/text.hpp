// to_chars and from_chars, as <charconv> has them for float; and std::formatter, where the standard
// library has <format>.
#ifndef F8_TEXT_HPP
#define F8_TEXT_HPP

#include <charconv>
#include <cstdint>
#include <system_error>

#include "float16.hpp"
#include "fp8.hpp"

#include "text/parse.hpp"
#include "text/presentation.hpp"
#include "text/shortest.hpp"
#include "text/write.hpp"

#include "core/config.hpp"

#if F8_HAS_FORMAT
#include <format>
#endif

namespace f8 {
namespace {
namespace detail_text {

inline std::to_chars_result copy(const writer& text, char* first, char* last) noexcept {
  if (last - first < text.size()) return {last, std::errc::value_too_large};
  for (int i = 0; i < text.size(); ++i) first[i] = text.data()[i];
  return {first + text.size(), std::errc{}};
}

constexpr syntax syntax_of(std::chars_format format) noexcept {
  const auto has = [format](std::chars_format bit) { return (format & bit) == bit; };
  syntax rules;
  rules.hexadecimal = has(std::chars_format::hex);
  rules.scientific = has(std::chars_format::scientific);
  rules.fixed = has(std::chars_format::fixed) || !rules.scientific;
  return rules;
}

/// Writes float{x} in the notation and with the precision given; but NaN is always "nan" or "-nan",
/// which some standard libraries write otherwise.
template <class T, class... Arguments>
std::to_chars_result print_as_float(char* first, char* last, T x, Arguments... how) noexcept {
  using format = typename T::format;
  if (!f8::detail::is_nan<format>(x.to_bits())) return std::to_chars(first, last, float{x}, how...);
  return copy(shortest_text<format>(x.to_bits()), first, last);
}

template <class T, class Format = typename T::format>
std::to_chars_result print(char* first, char* last, T x, std::chars_format format) noexcept {
  const typename Format::word code = x.to_bits();
  if (!has_digits<Format>(code) || format == std::chars_format::hex)
    return print_as_float(first, last, x, format);

  const printed_value<Format> value(code);
  const decimal digits = value.fewest_digits();
  const int exponent = digits.power + count_digits(digits.digits) - 1;
  const bool extreme = exponent < -4 || exponent >= 6;
  if (format == std::chars_format::scientific || (format == std::chars_format::general && extreme))
    return copy(write<Format>(code, {digits, true}), first, last);

  const decimal places = value.fewest_places();
  if (places.power > 0) return print_as_float(first, last, x, std::chars_format::fixed, 0);
  return copy(write<Format>(code, {places, false}), first, last);
}

template <class T, class Format = typename T::format>
constexpr std::from_chars_result parse(const char* first, const char* last, T& x,
                                       std::chars_format format) noexcept {
  const number read = read_number(first, last, syntax_of(format));
  if (read.what == kind::none) return {first, std::errc::invalid_argument};
  const rounded<Format> result = round_number<Format>(read);
  if (result.where != range::inside) return {read.end, std::errc::result_out_of_range};
  x = T::from_bits(result.code);
  return {read.end, std::errc{}};
}

}  // namespace detail_text
}  // namespace

// T below is any fp8<...>, float16 or bfloat16.

/// Writes x with the fewest characters that from_chars reads back as x, in fixed notation if it
/// takes no more than scientific; of several such numbers the one nearest to x. e4m3{0.3f}, which
/// is 0.3125, is "0.3"; e5m2{1024}, whose neighbours are 896 and 1280, is "999". NaN and infinities
/// are "nan", "inf" with a sign "-" or none, zeros "0", "-0". The one NaN of an fnuz format, code
/// 80, has its sign bit set: it is "-nan", as the float that it becomes is.
///
/// Returns the end of what was written, or {last, std::errc::value_too_large}.
template <class T, class = typename T::format>
F8_FN inline std::to_chars_result to_chars(char* first, char* last, T x) noexcept {
  return detail_text::copy(detail_text::shortest_text<typename T::format>(x.to_bits()), first,
                           last);
}

/// Writes x in one notation, with the fewest digits that from_chars reads back as x; `general` is
/// scientific below 1e-04 and from 1e+06 on, else fixed. Integers in fixed notation have all their
/// digits, and hex is exact.
template <class T, class = typename T::format>
F8_FN inline std::to_chars_result to_chars(char* first, char* last, T x,
                                           std::chars_format format) noexcept {
  return detail_text::print(first, last, x, format);
}

/// Writes x with `precision` digits, rounded from its exact value, as printf writes float{x}.
template <class T, class = typename T::format>
F8_FN inline std::to_chars_result to_chars(char* first, char* last, T x, std::chars_format format,
                                           int precision) noexcept {
  return detail_text::print_as_float(first, last, x, format, precision);
}

/// Reads the number that a text begins with, of any length, rounded once: to the nearest T, ties to
/// even. Its shape is that of std::from_chars for float: no white space, no "+" in front, no "0x".
///
/// Returns the end of the number. Without a number that is {first, std::errc::invalid_argument}. A
/// number that would round to more than the largest T (e4m3's 448 if above 464), an infinity where
/// T has none, and a number that is not 0 but would round to it is std::errc::result_out_of_range.
/// x is changed in neither case. NaN becomes T's quiet one, with its sign where T's NaNs have
/// signs;
/// "-0" is -0 where T has one.
template <class T, class = typename T::format>
F8_FN constexpr std::from_chars_result from_chars(
    const char* first, const char* last, T& x,
    std::chars_format format = std::chars_format::general) noexcept {
  return detail_text::parse(first, last, x, format);
}

}  // namespace f8

#if F8_HAS_FORMAT
namespace f8 {
namespace detail {

struct std_format {
  using parse_context = std::format_parse_context;
  template <class T>
  using formatter = std::formatter<T>;
};

}  // namespace detail
}  // namespace f8

template <int E, int M, f8::special_values S, int Bias>
struct std::formatter<f8::fp8<E, M, S, Bias>>
    : f8::detail::formatter_of<f8::fp8<E, M, S, Bias>, f8::detail::std_format> {};
template <>
struct std::formatter<f8::float16> : f8::detail::formatter_of<f8::float16, f8::detail::std_format> {
};
template <>
struct std::formatter<f8::bfloat16>
    : f8::detail::formatter_of<f8::bfloat16, f8::detail::std_format> {};
#endif

#include "core/undef.hpp"

#endif
