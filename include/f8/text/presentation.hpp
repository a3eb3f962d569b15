// How the types are written by a formatting library: float's presentations, and the fields of the
// code.
#ifndef F8_TEXT_PRESENTATION_HPP
#define F8_TEXT_PRESENTATION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "write.hpp"

#include "../core/config.hpp"

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
constexpr writer hexadecimal_text(typename Format::word code) noexcept {
  writer out;
  for (int place = Format::width - 4; place >= 0; place -= 4)
    out.put("0123456789abcdef"[code >> place & 0xF]);
  return out;
}

/// The fields of the code in binary: "0 0111 110".
template <class Format>
constexpr writer fields_text(typename Format::word code) noexcept {
  writer out;
  for (int place = Format::width - 1; place >= 0; --place) {
    out.put((code >> place & 1) != 0 ? '1' : '0');
    const bool ends_field = place == Format::width - 1 || place == Format::trailing_bits;
    if (ends_field) out.put(' ');
  }
  return out;
}

}  // namespace detail_text
}  // namespace

namespace detail {

/// A formatter that takes what float's takes, and two types more: `b` writes the fields of the
/// code, sign, exponent and significand, in binary ("0 0111 110"), and `x` writes the code in
/// hexadecimal
/// ("3e"); both take fill, alignment and a width that is written out.
///
/// Without type and precision it writes to_chars's text, with fill, alignment and width; in a range
/// of values, too. Where a sign, `#` or `0` is asked for (or an alignment is not, and the width is
/// an argument), it is that number in the notation which the library has for a float.
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
      what_ = *end == 'b' ? text::fields : text::hexadecimal;
      parse_context fill_and_width(before);
      as_text_.parse(fill_and_width);
      return end + 1;
    }
    if (is_alignment_and_width(detail_text::text_between(begin, context.end())))
      return as_text_.parse(context);
    if (is_width(before)) {
      std::array<char, 16> aligned{'>'};  // as numbers are
      for (std::size_t i = 0; i < before.size(); ++i) aligned[i + 1] = before[i];
      parse_context width(std::string_view(aligned.data(), before.size() + 1));
      as_text_.parse(width);
      return end;
    }
    end = as_float_.parse(context);
    const std::string_view specification = detail_text::text_between(begin, end);
    const bool is_rounded = has_precision(specification) || has_type(specification);
    what_ = is_rounded ? text::exact : text::digits;
    return end;
  }

  template <class Context>
  F8_FN inline typename Context::iterator format(T x, Context& context) const {
    const typename format_type::word code = x.to_bits();
    if (what_ == text::exact) return as_float_.format(float{x}, context);
    if (what_ == text::digits) {
      const bool rewritten = detail_text::has_digits<format_type>(code);
      return as_float_.format(
          rewritten ? detail_text::shortest_as_float<format_type>(code) : float{x}, context);
    }
    const detail_text::writer written =
        what_ == text::fields        ? detail_text::fields_text<format_type>(code)
        : what_ == text::hexadecimal ? detail_text::hexadecimal_text<format_type>(code)
                                     : detail_text::shortest_text<format_type>(code);
    return as_text_.format(
        std::string_view(written.data(), static_cast<std::size_t>(written.size())), context);
  }

 private:
  /// What is written: by as_text_ the first three, by as_float_ the others. A range's formatter may
  /// format without having parsed anything.
  enum class text : std::uint8_t { shortest, fields, hexadecimal, digits, exact };

  /// A width as it is written out, small enough for the place that is made for it.
  F8_FN static constexpr bool is_width(std::string_view specification) noexcept {
    return !specification.empty() && specification.size() < 15 && specification[0] != '0' &&
           specification.find_first_not_of("0123456789") == std::string_view::npos;
  }

  /// Nothing; or an alignment, with its fill or without, and a width or none; up to the brace that
  /// closes.
  F8_FN static constexpr bool is_alignment_and_width(std::string_view rest) noexcept {
    if (rest.empty() || rest[0] == '}') return true;
    const std::string_view alignments = "<>^";
    const bool has_fill = rest.size() > 1 && alignments.find(rest[1]) != std::string_view::npos;
    if (!has_fill && alignments.find(rest[0]) == std::string_view::npos) return false;
    rest.remove_prefix(has_fill ? 2 : 1);
    if (rest.substr(0, 1) == "{") rest.remove_prefix(rest.find('}') + 1);
    const std::size_t end = rest.find_first_not_of("0123456789");
    return rest.substr(0, 1) != "0" && (end == std::string_view::npos || rest[end] == '}');
  }

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
  text what_ = text::shortest;
};

}  // namespace detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
