// How the types are written by a formatting library: float's presentations, and the fields of the
// code.
#ifndef F8_DETAIL_PRESENTATION_HPP
#define F8_DETAIL_PRESENTATION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shortest.hpp"

#include "config.hpp"

namespace f8 {
namespace {
namespace detail_text {

template <class Iterator>
constexpr std::string_view text_between(Iterator begin, Iterator end) noexcept {
  if (begin == end) return {};
  return {&*begin, static_cast<std::size_t>(end - begin)};
}

/// The float whose own shortest representation is that of a code of Format.
template <class Format>
constexpr float shortest_as_float(typename Format::word code) noexcept {
  const unpacked<std::uint64_t> x =
      binary_of(fewest_characters(printed_value<Format>(code)).number);
  const auto magnitude = static_cast<std::uint32_t>(magnitude_code<binary32>(x));
  const float positive = f8::detail::bit_cast<float>(magnitude);
  return (code & Format::sign_bit) != 0 ? -positive : positive;
}

/// The code in hexadecimal: "3e".
template <class Format>
constexpr int put_hexadecimal(char* out, typename Format::word code) noexcept {
  for (int place = Format::width - 4; place >= 0; place -= 4)
    *out++ = "0123456789abcdef"[code >> place & 0xF];
  return Format::width / 4;
}

/// The fields of the code in binary: "0 0111 110".
template <class Format>
constexpr int put_fields(char* out, typename Format::word code) noexcept {
  for (int place = Format::width - 1; place >= 0; --place) {
    *out++ = (code >> place & 1) != 0 ? '1' : '0';
    const bool ends_field = place == Format::width - 1 || place == Format::trailing_bits;
    if (ends_field) *out++ = ' ';
  }
  return Format::width + 2;
}

}  // namespace detail_text
}  // namespace

namespace detail {

/// As float's formatter, but for what it does not have: `b` writes the fields of the code, sign,
/// exponent and significand, in binary ("0 0111 110"), and `x` the code in hexadecimal ("3e"); both
/// take fill, alignment and a width that is written out. Without type and precision it writes
/// to_chars's digits, with the point and the exponent where the library has them for a float; in
/// std::format that is to_chars's text.
///
/// Library::formatter is the formatting library's template of formatters, Library::parse_context
/// what its formatters parse.
template <class T, class Library>
class formatter_of {
  using format_type = typename T::format;
  using parse_context = typename Library::parse_context;

 public:
  F8_FN constexpr typename parse_context::iterator parse(parse_context& context) {
    const auto begin = context.begin();
    auto end = begin;
    while (end != context.end() && *end != '}' && *end != 'b' && *end != 'x') ++end;
    const std::string_view before = detail_text::text_between(begin, end);
    const bool is_type =
        end != context.end() && *end != '}' && end + 1 != context.end() && end[1] == '}';
    if (is_type && !has_precision(before)) {
      fields_ = *end;
      parse_context fill_and_width(before);
      as_text_.parse(fill_and_width);
      return end + 1;
    }
    end = as_float_.parse(context);
    const std::string_view specification = detail_text::text_between(begin, end);
    shortest_ = !has_precision(specification) && !has_type(specification);
    return end;
  }

  template <class Context>
  F8_FN inline typename Context::iterator format(T x, Context& context) const {
    const typename format_type::word code = x.to_bits();
    if (fields_ != '\0') {
      std::array<char, format_type::width + 2> text{};
      const int size = fields_ == 'b'
                           ? detail_text::put_fields<format_type>(text.data(), code)
                           : detail_text::put_hexadecimal<format_type>(text.data(), code);
      return as_text_.format(std::string_view(text.data(), static_cast<std::size_t>(size)),
                             context);
    }
    const bool rewritten = shortest_ && detail_text::has_digits<format_type>(code);
    return as_float_.format(
        rewritten ? detail_text::shortest_as_float<format_type>(code) : float{x}, context);
  }

 private:
  /// A point that is not the fill.
  F8_FN static constexpr bool has_precision(std::string_view specification) noexcept {
    const bool has_fill = specification.size() > 1 &&
                          std::string_view("<>^").find(specification[1]) != std::string_view::npos;
    return specification.find('.', has_fill ? 1 : 0) != std::string_view::npos;
  }

  /// The type comes last.
  F8_FN static constexpr bool has_type(std::string_view specification) noexcept {
    return !specification.empty() &&
           std::string_view("aAeEfFgG").find(specification.back()) != std::string_view::npos;
  }

  typename Library::template formatter<float> as_float_;
  typename Library::template formatter<std::string_view> as_text_;
  char fields_ = '\0';
  bool shortest_ = false;
};

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
