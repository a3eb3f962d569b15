// 0.3_e4m3, 0x1.8p-3_e5m2: literals of the 8-bit types, each rounded once from its own digits.
#ifndef F8_LITERALS_HPP
#define F8_LITERALS_HPP

#include "fp8.hpp"

#include "text/parse.hpp"

#include "core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// A leading 0 makes an integer octal, which a number with a point is not.
constexpr bool is_octal(const char* first, const char* last) noexcept {
  return last - first > 1 && first[0] == '0' &&
         (('0' <= first[1] && first[1] <= '9') || first[1] == '\'');
}

/// What a literal of the characters [first, last) stands for.
constexpr number read_literal(const char* first, const char* last) noexcept {
  syntax rules;
  rules.separators = true;
  rules.hexadecimal = last - first > 2 && first[0] == '0' && (first[1] | 0x20) == 'x';
  return read_number(first + (rules.hexadecimal ? 2 : 0), last, rules);
}

}  // namespace detail_text
}  // namespace

namespace detail {

template <class T, char... Characters>
struct literal {
  static constexpr char text[] = {Characters...};
  static constexpr const char* end = text + sizeof...(Characters);
  static constexpr auto number = detail_text::read_literal(text, end);
  static constexpr auto result = detail_text::round_number<typename T::format>(number);
  static_assert(number.what == detail_text::kind::finite && number.end == end &&
                    !detail_text::is_octal(text, end),
                "f8: a literal is decimal or hexadecimal");
  static_assert(result.where != detail_text::range::above,
                "f8: the literal is too large for its type");
  static_assert(result.where != detail_text::range::below, "f8: the literal would become zero");
  static constexpr T value = T::from_bits(result.code);
};

}  // namespace detail

/// The nearest value, ties to even: decimal or hexadecimal, of any length, with digit separators.
/// A literal that would round to more than the largest value, or to zero without being it, does not
/// compile; neither does an octal or binary one. As for float, a minus is no part of it; it makes a
/// float: `e4m3 x{-0.3_e4m3}` is exact.
inline namespace literals {

/// An e4m3, at most 448: beyond 464 it does not compile.
template <char... Characters>
F8_FN constexpr e4m3 operator""_e4m3() noexcept {
  return detail::literal<e4m3, Characters...>::value;
}
/// An e5m2, at most 57344.
template <char... Characters>
F8_FN constexpr e5m2 operator""_e5m2() noexcept {
  return detail::literal<e5m2, Characters...>::value;
}
/// An e4m3_ieee, at most 240.
template <char... Characters>
F8_FN constexpr e4m3_ieee operator""_e4m3_ieee() noexcept {
  return detail::literal<e4m3_ieee, Characters...>::value;
}
/// An e3m4, at most 15.5.
template <char... Characters>
F8_FN constexpr e3m4 operator""_e3m4() noexcept {
  return detail::literal<e3m4, Characters...>::value;
}
/// An e4m3fnuz, at most 240.
template <char... Characters>
F8_FN constexpr e4m3fnuz operator""_e4m3fnuz() noexcept {
  return detail::literal<e4m3fnuz, Characters...>::value;
}
/// An e5m2fnuz, at most 57344.
template <char... Characters>
F8_FN constexpr e5m2fnuz operator""_e5m2fnuz() noexcept {
  return detail::literal<e5m2fnuz, Characters...>::value;
}
/// An e4m3b11fnuz, at most 30.
template <char... Characters>
F8_FN constexpr e4m3b11fnuz operator""_e4m3b11fnuz() noexcept {
  return detail::literal<e4m3b11fnuz, Characters...>::value;
}

}  // namespace literals
}  // namespace f8

#include "core/undef.hpp"

#endif
