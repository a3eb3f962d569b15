// to_chars and from_chars, as <charconv> has them for float; and std::formatter, where the standard
// library has <format>.
#ifndef F8_TEXT_HPP
#define F8_TEXT_HPP

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <system_error>

#include "float16.hpp"
#include "fp8.hpp"

#include "detail/parse.hpp"
#include "detail/shortest.hpp"

#include "detail/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// Characters on their way to the caller's, which may be too few.
class writer {
 public:
  void put(char c) noexcept { text_[size_++] = c; }
  void put(char c, int times) noexcept {
    for (; times > 0; --times) put(c);
  }

  /// The digits, at least `width` of them, with a point behind the first `before_point` of them.
  void put_digits(std::uint64_t digits, int width, int before_point) noexcept {
    char reversed[20] = {};
    int count = 0;
    for (; digits != 0 || count < width; digits /= 10)
      reversed[count++] = static_cast<char>('0' + digits % 10);
    for (int i = 0; i < count; ++i) {
      if (i == before_point) put('.');
      put(reversed[count - 1 - i]);
    }
  }

  std::to_chars_result copy_to(char* first, char* last) const noexcept {
    if (last - first < size_) return {last, std::errc::value_too_large};
    for (int i = 0; i < size_; ++i) first[i] = text_[i];
    return {first + size_, std::errc{}};
  }

 private:
  char text_[64];  // the longest is fixed notation of a bfloat16 near 2^-133
  int size_ = 0;
};

inline void put_scientific(writer& out, decimal x) noexcept {
  const int digits = count_digits(x.digits);
  out.put_digits(x.digits, 1, 1);
  const int exponent = x.power + digits - 1;
  out.put('e');
  out.put(exponent < 0 ? '-' : '+');
  const int magnitude = exponent < 0 ? -exponent : exponent;
  out.put_digits(static_cast<std::uint64_t>(magnitude), 2, 2);
}

/// x.power <= 0
inline void put_fixed(writer& out, decimal x) noexcept {
  const int digits = count_digits(x.digits);
  const int before_point = digits + x.power;
  if (before_point > 0) return out.put_digits(x.digits, digits, before_point);
  out.put('0');
  out.put('.');
  out.put('0', -before_point);
  out.put_digits(x.digits, digits, digits);
}

constexpr syntax syntax_of(std::chars_format format) noexcept {
  const auto has = [format](std::chars_format bit) { return (format & bit) == bit; };
  syntax rules;
  rules.hexadecimal = has(std::chars_format::hex);
  rules.scientific = has(std::chars_format::scientific);
  rules.fixed = has(std::chars_format::fixed) || !rules.scientific;
  return rules;
}

template <class Format>
writer begin(typename Format::word code) noexcept {
  writer out;
  if ((code & Format::sign_bit) != 0) out.put('-');
  return out;
}

template <class Format>
std::to_chars_result print(char* first, char* last, typename Format::word code,
                           const layout& how) noexcept {
  writer out = begin<Format>(code);
  how.scientific ? put_scientific(out, how.number) : put_fixed(out, how.number);
  return out.copy_to(first, last);
}

/// As float{x}, in the notation and with the precision given; but NaN has no other name, as it has
/// in some standard libraries.
template <class T, class... Arguments>
std::to_chars_result print_as_float(char* first, char* last, T x, Arguments... how) noexcept {
  using format = typename T::format;
  if (!f8::detail::is_nan<format>(x.to_bits())) return std::to_chars(first, last, float{x}, how...);
  writer out = begin<format>(x.to_bits());
  for (const char c : {'n', 'a', 'n'}) out.put(c);
  return out.copy_to(first, last);
}

template <class T, class Format = typename T::format>
std::to_chars_result print(char* first, char* last, T x) noexcept {
  const typename Format::word code = x.to_bits();
  if (!has_digits<Format>(code)) return print_as_float(first, last, x);
  return print<Format>(first, last, code, fewest_characters(printed_value<Format>(code)));
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
    return print<Format>(first, last, code, {digits, true});

  const decimal places = value.fewest_places();
  if (places.power > 0) return print_as_float(first, last, x, std::chars_format::fixed, 0);
  return print<Format>(first, last, code, {places, false});
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
/// are "nan", "inf" with a sign "-" or none, zeros "0", "-0".
///
/// Returns the end of what was written, or {last, std::errc::value_too_large}.
template <class T, class = typename T::format>
F8_FN inline std::to_chars_result to_chars(char* first, char* last, T x) noexcept {
  return detail_text::print(first, last, x);
}

/// The same in one notation, with the fewest digits; `general` is scientific below 1e-04 and from
/// 1e+06 on, else fixed. Integers in fixed notation have all their digits, and hex is exact.
template <class T, class = typename T::format>
F8_FN inline std::to_chars_result to_chars(char* first, char* last, T x,
                                           std::chars_format format) noexcept {
  return detail_text::print(first, last, x, format);
}

/// x with `precision` digits, rounded from its exact value, as printf writes float{x}.
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

#include "detail/undef.hpp"

#include "detail/formatter.hpp"

#endif
