// operator>> for the value types. (operator<< comes with them: f8/ostream.hpp.)
#ifndef F8_ISTREAM_HPP
#define F8_ISTREAM_HPP

#include <cstddef>
#include <istream>
#include <locale>
#include <string>

#include "float16.hpp"
#include "fp8.hpp"

#include "text/parse.hpp"

#include "core/config.hpp"

namespace f8 {
namespace {
namespace detail_text {

/// Takes from a stream's buffer what may be a decimal number: "+" or "-", digits with a point, and
/// an exponent.
template <class Traits>
class extraction {
  using buffer = std::basic_streambuf<char, Traits>;

 public:
  explicit extraction(buffer& from) noexcept : from_(from) {}

  std::string take_number(char point) {
    take_sign();
    bool has_digits = take_digits();
    if (take(point, '.')) has_digits = take_digits() || has_digits;
    if (has_digits && (take('e', 'e') || take('E', 'e'))) {
      take_sign();
      take_digits();
    }
    return text_;
  }

  bool at_end() const { return Traits::eq_int_type(from_.sgetc(), Traits::eof()); }

 private:
  bool is_next(char c) const { return Traits::eq_int_type(from_.sgetc(), Traits::to_int_type(c)); }

  bool take(char c, char as) {
    if (!is_next(c)) return false;
    from_.sbumpc();
    text_ += as;
    return true;
  }

  void take_sign() {
    if (is_next('+')) {
      from_.sbumpc();
    } else {
      take('-', '-');
    }
  }

  /// True if there are any.
  bool take_digits() {
    const std::size_t before = text_.size();
    for (char digit = '0'; digit <= '9';)
      digit = take(digit, digit) ? '0' : static_cast<char>(digit + 1);
    return text_.size() != before;
  }

  buffer& from_;
  std::string text_;
};

template <class Format>
struct extracted {
  typename Format::word code;
  std::ios_base::iostate state;
};

template <class Format, class Traits>
extracted<Format> extract(std::basic_istream<char, Traits>& in) {
  extraction<Traits> characters(*in.rdbuf());
  const std::string text =
      characters.take_number(std::use_facet<std::numpunct<char>>(in.getloc()).decimal_point());
  const char* const end = text.data() + text.size();
  const number read = read_number(text.data(), end, {});
  const bool complete = read.what == kind::finite && read.end == end;
  const rounded<Format> result = round_number<Format>(read);
  std::ios_base::iostate state = std::ios_base::goodbit;
  if (characters.at_end()) state |= std::ios_base::eofbit;
  if (!complete || result.where == range::above) state |= std::ios_base::failbit;
  return {complete ? result.code : 0, state};
}

}  // namespace detail_text
}  // namespace

/// Reads a decimal number as `in >> y` for a float y does, with the locale's decimal point, but
/// rounds it once: to the nearest T, ties to even. T is any fp8<...>, float16 or bfloat16.
///
/// A number too large is the largest finite T of its sign, and what is no number is 0; both set
/// failbit. A number too small is 0 of its sign. Infinities and NaN are not read, nor are digits in
/// groups.
///
/// The characters that may begin a number are taken from the stream, whether or not one comes of
/// them: of "-x" the sign, of "2e+x" all but the x. An exponent begins behind a digit alone, so
/// "e5" stays.
template <class Traits, class T, class Format = typename T::format>
F8_FN inline std::basic_istream<char, Traits>& operator>>(std::basic_istream<char, Traits>& in,
                                                          T& x) {
  const typename std::basic_istream<char, Traits>::sentry ready(in);
  if (ready) {
    const auto [code, state] = detail_text::extract<Format>(in);
    x = T::from_bits(code);
    in.setstate(state);
  }
  return in;
}

}  // namespace f8

#include "core/undef.hpp"

#endif
