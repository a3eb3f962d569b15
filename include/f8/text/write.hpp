// A value in characters: the text that to_chars, the formatters and streams have in common.
#ifndef F8_TEXT_WRITE_HPP
#define F8_TEXT_WRITE_HPP

#include <cstdint>

#include "shortest.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// Characters on their way to the caller's, which may be too few.
class writer {
 public:
  constexpr void put(char c) noexcept { text_[size_++] = c; }
  constexpr void put(char c, int times) noexcept {
    for (; times > 0; --times) put(c);
  }

  constexpr void put_word(const char* word) noexcept {
    for (; *word != '\0'; ++word) put(*word);
  }

  /// The digits, at least `width` of them, with a point behind the first `before_point` of them.
  constexpr void put_digits(std::uint64_t digits, int width, int before_point) noexcept {
    char reversed[20] = {};
    int count = 0;
    for (; digits != 0 || count < width; digits /= 10)
      reversed[count++] = static_cast<char>('0' + digits % 10);
    for (int i = 0; i < count; ++i) {
      if (i == before_point) put('.');
      put(reversed[count - 1 - i]);
    }
  }

  constexpr const char* data() const noexcept { return text_; }
  constexpr int size() const noexcept { return size_; }

 private:
  char text_[64] = {};  // the longest is fixed notation of a bfloat16 near 2^-133
  int size_ = 0;
};

constexpr void put_scientific(writer& out, decimal x) noexcept {
  const int digits = count_digits(x.digits);
  out.put_digits(x.digits, 1, 1);
  const int exponent = x.power + digits - 1;
  out.put('e');
  out.put(exponent < 0 ? '-' : '+');
  const int magnitude = exponent < 0 ? -exponent : exponent;
  out.put_digits(static_cast<std::uint64_t>(magnitude), 2, 2);
}

/// Writes fixed notation, for x.power <= 0.
constexpr void put_fixed(writer& out, decimal x) noexcept {
  const int digits = count_digits(x.digits);
  const int before_point = digits + x.power;
  if (before_point > 0) return out.put_digits(x.digits, digits, before_point);
  out.put('0');
  out.put('.');
  out.put('0', -before_point);
  out.put_digits(x.digits, digits, digits);
}

template <class Format>
constexpr writer begin(typename Format::word code) noexcept {
  writer out;
  if ((code & Format::sign_bit) != 0) out.put('-');
  return out;
}

template <class Format>
constexpr writer write(typename Format::word code, const layout& how) noexcept {
  writer out = begin<Format>(code);
  how.scientific ? put_scientific(out, how.number) : put_fixed(out, how.number);
  return out;
}

/// The fewest characters that read back as the value: "0.3", "-nan", "inf", "-0".
template <class Format>
constexpr writer shortest_text(typename Format::word code) noexcept {
  if (has_digits<Format>(code))
    return write<Format>(code, fewest_characters(printed_value<Format>(code)));
  writer out = begin<Format>(code);
  out.put_word(f8::detail::is_nan<Format>(code)        ? "nan"
               : f8::detail::is_infinite<Format>(code) ? "inf"
                                                       : "0");
  return out;
}

}  // namespace detail_text
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
