// The number that a text begins with, and its code in a format.
#ifndef F8_TEXT_PARSE_HPP
#define F8_TEXT_PARSE_HPP

#include <cstdint>

#include "decimal.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// What a text may look like: the patterns of std::chars_format, and the marks that C++ allows
/// between the digits of a literal.
struct syntax {
  bool fixed = true;
  bool scientific = true;  ///< without `fixed` an exponent has to be there
  bool hexadecimal = false;
  bool separators = false;
};

enum class kind : std::uint8_t { none, finite, infinite, nan };

struct number {
  kind what;
  unpacked<std::uint64_t> value;  ///< the sign; of a finite number the magnitude, to odd
  const char* end;                ///< behind what was read
};

/// Takes characters as long as they match.
class reader {
 public:
  constexpr reader(const char* first, const char* last) noexcept : at_(first), last_(last) {}

  constexpr const char* at() const noexcept { return at_; }

  constexpr bool take(char symbol) noexcept {
    const bool matches = peek() == symbol && at_ != last_;
    at_ += matches ? 1 : 0;
    return matches;
  }

  /// A word of small letters, in any case.
  constexpr bool take_word(const char* word) noexcept {
    const char* const begin = at_;
    for (; *word != '\0'; ++word, ++at_) {
      if ((peek() | 0x20) == *word) continue;
      at_ = begin;
      return false;
    }
    return true;
  }

  /// A digit of that base, or -1.
  constexpr int take_digit(int base) noexcept {
    const char c = peek();
    const char lower = static_cast<char>(c | 0x20);
    const int digit = '0' <= c && c <= '9'           ? c - '0'
                      : 'a' <= lower && lower <= 'f' ? lower - 'a' + 10
                                                     : base;
    if (digit >= base) return -1;
    ++at_;
    return digit;
  }

  /// `(`, letters, digits and underscores, `)`: all or nothing.
  constexpr void take_payload() noexcept {
    const char* const begin = at_;
    if (!take('(')) return;
    while (is_payload(peek())) ++at_;
    if (!take(')')) at_ = begin;
  }

  /// `letter`, a sign or none, digits; all or nothing, which is 0. Too large an exponent becomes
  /// one that is as good.
  constexpr std::int64_t take_exponent(const char* letter) noexcept {
    constexpr std::int64_t enough = 100'000'000'000'000'000;
    const char* const begin = at_;
    if (!take_word(letter)) return 0;
    const bool negative = take('-');
    if (!negative) take('+');
    int digit = take_digit(10);
    if (digit < 0) at_ = begin;
    std::int64_t exponent = 0;
    for (; digit >= 0; digit = take_digit(10))
      exponent = exponent < enough ? 10 * exponent + digit : exponent;
    return negative ? -exponent : exponent;
  }

 private:
  constexpr char peek() const noexcept { return at_ != last_ ? *at_ : '\0'; }

  static constexpr bool is_payload(char c) noexcept {
    const char lower = static_cast<char>(c | 0x20);
    return ('0' <= c && c <= '9') || ('a' <= lower && lower <= 'z') || c == '_';
  }

  const char* at_;
  const char* last_;
};

/// digits * base^power; `rest` if digits that are not 0 were left out behind.
struct significand {
  big_integer digits;
  std::int64_t count = 0;  ///< of the digits, from the first that is not 0
  std::int64_t power = 0;
  bool rest = false;
  bool any = false;
};

constexpr significand read_significand(reader& text, int base, bool separators) noexcept {
  significand read;
  bool behind_point = false;
  for (;;) {
    if (!behind_point && text.take('.')) {
      behind_point = true;
      continue;
    }
    if (separators && text.take('\'')) continue;
    const int digit = text.take_digit(base);
    if (digit < 0) return read;
    read.any = true;
    if (read.count < digits_that_count) {
      read.digits.multiply_add(static_cast<std::uint32_t>(base), static_cast<std::uint32_t>(digit));
      read.count += digit != 0 || read.count != 0 ? 1 : 0;
      read.power -= behind_point ? 1 : 0;
    } else {
      read.rest = read.rest || digit != 0;
      read.power += behind_point ? 0 : 1;
    }
  }
}

constexpr std::int64_t clamp(std::int64_t x, std::int64_t low, std::int64_t high) noexcept {
  return x < low ? low : x < high ? x : high;
}

constexpr unpacked<std::uint64_t> decimal_value(const significand& read,
                                                std::int64_t exponent) noexcept {
  const std::int64_t end = read.power + read.count + exponent;  // below 10^end
  const std::int64_t near_end = clamp(end, -farthest_power, farthest_power);
  return scaled(read.digits, static_cast<int>(near_end - read.count), read.rest);
}

constexpr unpacked<std::uint64_t> hexadecimal_value(significand read,
                                                    std::int64_t exponent) noexcept {
  constexpr std::int64_t farthest = 1000;  // in powers of two, beyond all formats
  unpacked<std::uint64_t> value = read.digits.to_odd(read.rest);
  value.exponent = clamp(value.exponent + 4 * read.power + exponent, -farthest, farthest);
  return value;
}

/// The number at the beginning of a text: a sign `-` or none, and digits with an exponent, "inf",
/// "infinity", "nan" or "nan(...)".
constexpr number read_number(const char* first, const char* last, syntax rules) noexcept {
  reader text(first, last);
  const std::uint64_t negative = text.take('-') ? 1 : 0;
  if (text.take_word("nan")) {
    text.take_payload();
    return {kind::nan, {negative, 0, 0}, text.at()};
  }
  if (text.take_word("inf")) {
    text.take_word("inity");
    return {kind::infinite, {negative, 0, 0}, text.at()};
  }
  const significand read = read_significand(text, rules.hexadecimal ? 16 : 10, rules.separators);
  const char* const end_of_digits = text.at();
  std::int64_t exponent = 0;
  if (rules.hexadecimal || rules.scientific)
    exponent = text.take_exponent(rules.hexadecimal ? "p" : "e");
  const bool complete = rules.hexadecimal || rules.fixed || text.at() != end_of_digits;
  if (!read.any || !complete) return {kind::none, {negative, 0, 0}, first};

  number result{
      kind::finite,
      rules.hexadecimal ? hexadecimal_value(read, exponent) : decimal_value(read, exponent),
      text.at()};
  result.value.negative = negative;
  return result;
}

enum class range : std::uint8_t { inside, above, below };

/// The code of Format that is nearest to a number, ties to even; and whether that is too large,
/// then it is the largest finite code, or zero though the number is not. Infinity where there is
/// none is too large.
template <class Format>
struct rounded {
  typename Format::word code;
  range where;
};

template <class Format>
constexpr std::uint64_t magnitude_code(const unpacked<std::uint64_t>& value) noexcept {
  return f8::detail::round_magnitude<Format, wide_unit, f8::detail::wide_origin>(
      value, f8::detail::directed{});
}

template <class Format>
constexpr rounded<Format> round_number(const number& x) noexcept {
  constexpr std::uint64_t beyond = ~std::uint64_t{0};
  constexpr bool keeps_infinity = Format::has_infinity;
  const std::uint64_t code = x.what == kind::finite ? magnitude_code<Format>(x.value) : beyond;
  const bool too_large = x.what != kind::nan && code > Format::max_finite &&
                         !(x.what == kind::infinite && keeps_infinity);
  const bool too_small = code == 0 && x.value.significand != 0;
  const overflow over = keeps_infinity ? overflow::saturate_finite : overflow::saturate;
  return {f8::detail::finish<Format>(code, x.value.negative, x.what == kind::infinite,
                                     x.what == kind::nan, f8::detail::directed{over}),
          too_large   ? range::above
          : too_small ? range::below
                      : range::inside};
}

}  // namespace detail_text
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
