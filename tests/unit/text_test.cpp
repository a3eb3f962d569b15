// Texts against exact decimal arithmetic on strings, and against what the standard library does for
// float and double.
#include "f8/text.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <vector>

#include "reference/decimal.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::describe;

constexpr std::chars_format all_formats[] = {std::chars_format::general, std::chars_format::fixed,
                                             std::chars_format::scientific, std::chars_format::hex};

/// to_chars with these arguments behind the value.
template <class T, class... Arguments>
std::string text_of(T x, Arguments... arguments) {
  char buffer[128];
  const auto [end, error] = f8::to_chars(buffer, buffer + sizeof buffer, x, arguments...);
  EXPECT_EQ(error, std::errc{});
  return {buffer, end};
}

struct outcome {
  std::uint64_t code;  ///< that of 1 if there was no value
  std::errc error;
  std::ptrdiff_t length;
};

template <class T>
outcome read(std::string_view text, std::chars_format format = std::chars_format::general) {
  T x{1};
  const char* const begin = text.data();
  const auto [end, error] = f8::from_chars(begin, begin + text.size(), x, format);
  return {reference::code_of(x), error, end - begin};
}

/// A type by its codes, so that a law is compiled once.
struct text_type {
  reference::format f;
  std::uint64_t one;  ///< the code of 1
  float (*value)(std::uint64_t code);
  std::string (*shortest)(std::uint64_t code);
  std::string (*in_format)(std::uint64_t code, std::chars_format);
  std::string (*precise)(std::uint64_t code, std::chars_format, int precision);
  outcome (*read)(std::string_view, std::chars_format);
  const reference::midpoints& (*midpoints)();
};

template <class T>
text_type describe_type() {
  return {reference::format_of<T>,
          reference::code_of(T{1}),
          [](std::uint64_t code) { return float{reference::value_of<T>(code)}; },
          [](std::uint64_t code) { return text_of(reference::value_of<T>(code)); },
          [](std::uint64_t code, std::chars_format format) {
            return text_of(reference::value_of<T>(code), format);
          },
          [](std::uint64_t code, std::chars_format format, int precision) {
            return text_of(reference::value_of<T>(code), format, precision);
          },
          &read<T>,
          []() -> const reference::midpoints& {
            static const reference::midpoints table(reference::format_of<T>);
            return table;
          }};
}

template <class... T>
std::vector<text_type> describe_types(testing::Types<T...>) {
  return {describe_type<T>()...};
}

using text_types = testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz,
                                  f8::e5m2fnuz, f8::e4m3b11fnuz, reference::e6m1,
                                  reference::e5m2b120, f8::float16, f8::bfloat16>;

class Text : public testing::TestWithParam<text_type> {
 protected:
  const text_type& t = GetParam();

  /// The whole text has to be read, and gives this code.
  void expect_code(const std::string& text, std::uint64_t code,
                   std::chars_format format = std::chars_format::general) const {
    const outcome got = t.read(text, format);
    ASSERT_EQ(got.error, std::errc{}) << text;
    ASSERT_EQ(got.length, static_cast<std::ptrdiff_t>(text.size())) << text;
    ASSERT_EQ(got.code, code) << text << " gives " << describe(t.f, got.code);
  }

  /// expect_code, or out of range if that is the code of what is too large or would become zero.
  void expect_rounded(const std::string& text, std::uint64_t code) const {
    if (code != 0 && code <= t.f.max_finite) return expect_code(text, code);
    const outcome got = t.read(text, std::chars_format::general);
    ASSERT_EQ(got.error, std::errc::result_out_of_range) << text;
    ASSERT_EQ(got.length, static_cast<std::ptrdiff_t>(text.size())) << text;
    ASSERT_EQ(got.code, t.one) << text << ": the value has to stay";
  }

  /// 1 for 8 bits.
  std::uint64_t step(std::uint64_t for_16_bits) const {
    return reference::width(t.f) == 8 ? 1 : for_16_bits;
  }
  std::uint64_t end_of_codes() const { return std::uint64_t{1} << reference::width(t.f); }

  std::string shortest(std::uint64_t code) const;
};
INSTANTIATE_TEST_SUITE_P(Types, Text, testing::ValuesIn(describe_types(text_types{})),
                         [](const auto& type) {
                           std::string name = type.param.f.name;
                           for (char& c : name) c = std::isalnum(c) != 0 ? c : '_';
                           return name;
                         });

TEST_P(Text, EveryCodeReadsBack) {
  for (std::uint64_t code = 0; code < end_of_codes(); ++code) {
    const std::uint64_t expected =
        reference::is_nan(t.f, code) ? reference::encode_nan(t.f, reference::is_negative(t.f, code),
                                                             reference::nan_code::quiet)
                                     : code;
    expect_code(t.shortest(code), expected);
    if (code % step(7) != 0) continue;
    for (const auto format : all_formats) expect_code(t.in_format(code, format), expected, format);
  }
}

// ---------------------------------------------------------------------------------- the shortest

std::string scientific(std::uint64_t digits, int power) {
  std::string text = std::to_string(digits);
  const int exponent = power + static_cast<int>(text.size()) - 1;
  if (text.size() > 1) text.insert(1, ".");
  const std::string magnitude = std::to_string(std::abs(exponent));
  return text + (exponent < 0 ? "e-" : "e+") + (magnitude.size() < 2 ? "0" : "") + magnitude;
}

std::string fixed(std::uint64_t digits, int power) {
  std::string text = std::to_string(digits);
  const auto behind_point = static_cast<std::size_t>(-power);
  if (text.size() <= behind_point) text.insert(0, behind_point + 1 - text.size(), '0');
  if (power < 0) text.insert(text.size() - behind_point, ".");
  return text;
}

/// By the standard's words ([charconv.to.chars]): the fewest characters; of these, fixed notation,
/// the nearest, the even. Of all numbers digits * 10^power that read back and may be so short.
std::string Text::shortest(std::uint64_t code) const {
  const reference::magnitude size = reference::size_of_code(t.f, code);
  const long double value = std::ldexp(static_cast<long double>(size.high), size.exponent + 64);
  std::tuple<std::size_t, bool, long double, bool, std::string> best{100, true, 0, true, ""};
  const auto consider = [&](std::uint64_t digits, int power, long double scaled, long double unit) {
    const auto width = static_cast<long long>(std::to_string(digits).size());
    const auto number = reference::make_decimal(std::to_string(digits), width + power);
    if (t.midpoints().nearest_code(number) != code) return;
    const long double distance = std::fabs(static_cast<long double>(digits) - scaled) * unit;
    const auto propose = [&](bool is_scientific, const std::string& text) {
      best = std::min(best, {text.size(), is_scientific, distance, digits % 2 != 0, text});
    };
    propose(true, scientific(digits, power));
    if (power <= 0) propose(false, fixed(digits, power));
  };
  const int last = static_cast<int>(std::floor(std::log10(value))) + 1;
  for (int power = last; power > last - 12; --power) {
    long double ten = 1;
    for (int i = 0; i < std::abs(power); ++i) ten *= 10;  // exact up to 10^27
    const long double scaled = power < 0 ? value * ten : value / ten;
    const auto below = static_cast<std::uint64_t>(scaled);
    for (std::uint64_t digits = below > 1 ? below - 1 : 1; digits <= below + 2; ++digits)
      consider(digits, power, scaled, power < 0 ? 1 / ten : ten);
  }
  for (std::uint64_t nines = 9; nines < 1'000'000; nines = 10 * nines + 9)
    consider(nines, 0, value, 1);
  return std::get<4>(best);
}

TEST_P(Text, HasTheFewestCharacters) {
  for (std::uint64_t code = 1; code <= t.f.max_finite; code += step(101)) {
    const std::string text = shortest(code);
    ASSERT_EQ(t.shortest(code), text) << describe(t.f, code);
    ASSERT_EQ(t.shortest(code | reference::sign_bit(t.f)), '-' + text) << describe(t.f, code);
  }
}

TEST(TextSpecials, PrintAsFloat) {
  EXPECT_EQ(text_of(f8::e4m3{0}), "0");
  EXPECT_EQ(text_of(f8::e4m3{-0.0f}), "-0");
  EXPECT_EQ(text_of(f8::e4m3{0}, std::chars_format::scientific), "0e+00");
  EXPECT_EQ(text_of(f8::e5m2::from_bits(0x7C)), "inf");
  EXPECT_EQ(text_of(f8::e5m2::from_bits(0xFC)), "-inf");
  EXPECT_EQ(text_of(f8::e4m3::from_bits(0x7F)), "nan");
  EXPECT_EQ(text_of(f8::e4m3::from_bits(0xFF)), "-nan");
}

TEST(TextNotations, KeepTheFewestDigits) {
  EXPECT_EQ(text_of(f8::e4m3{0.3125f}), "0.3");
  EXPECT_EQ(text_of(f8::e4m3{0.3125f}, std::chars_format::scientific), "3e-01");
  EXPECT_EQ(text_of(f8::e5m2{57344}), "57344");
  EXPECT_EQ(text_of(f8::e5m2{57344}, std::chars_format::scientific), "6e+04");
  EXPECT_EQ(text_of(f8::e5m2{1024}), "999");  // has fewer characters, and reads back
  EXPECT_EQ(text_of(f8::e5m2{1024}, std::chars_format::fixed), "1024");
  EXPECT_EQ(text_of(f8::bfloat16{1e6f}, std::chars_format::general), "1e+06");
  EXPECT_EQ(text_of(f8::bfloat16{1e5f}, std::chars_format::general), "99840");
  EXPECT_EQ(text_of(f8::bfloat16{1e-5f}, std::chars_format::general), "1e-05");
  EXPECT_EQ(text_of(f8::bfloat16{1e-4f}, std::chars_format::general), "0.0001");
  EXPECT_EQ(text_of(f8::bfloat16{1e20f}, std::chars_format::fixed), "99727710148492263424");
}

TEST_P(Text, WithAPrecisionIsFloats) {
  for (std::uint64_t code = 0; code < end_of_codes(); code += step(97)) {
    char buffer[128];
    for (const auto format : all_formats) {
      for (const int precision : {0, 1, 5}) {
        const auto end =
            std::to_chars(buffer, buffer + sizeof buffer, t.value(code), format, precision);
        ASSERT_EQ(t.precise(code, format, precision), std::string(buffer, end.ptr))
            << describe(t.f, code);
      }
    }
  }
}

TEST(TextBuffer, IsNotWrittenWhereThereIsNoRoom) {
  for (const float value : {1.5f, -0.0625f, 4.0f, 0.0f}) {
    const f8::e4m3 x{value};
    const std::string text = text_of(x);
    for (std::size_t room = 0; room <= text.size(); ++room) {
      std::string buffer(text.size() + 1, '#');
      char* const last = buffer.data() + room;
      const auto [end, error] = f8::to_chars(buffer.data(), last, x);
      EXPECT_EQ(end, last);
      EXPECT_EQ(error, room < text.size() ? std::errc::value_too_large : std::errc{});
      EXPECT_EQ(buffer.substr(room), std::string(text.size() + 1 - room, '#'));
    }
  }
}

// -------------------------------------------------------------------------------------- rounding

/// A little less than x: its last digit lower, and digits behind.
std::string just_below(reference::decimal x) {
  --x.digits.back();
  x.digits.append(200, '9');
  return to_text(x);
}

TEST_P(Text, MidpointsRoundToEvenAndTheirNeighboursAway) {
  for (std::uint64_t code = 0; code <= t.f.max_finite; code += step(3)) {
    const reference::decimal& midpoint = t.midpoints().above(code);
    expect_rounded(to_text(midpoint), code + code % 2);
    expect_rounded(just_below(midpoint), code);
    reference::decimal above = midpoint;
    above.digits += std::string(1000, '0') + '1';
    expect_rounded(to_text(above), code + 1);
  }
}

TEST_P(Text, EveryShortDecimalRoundsOnce) {
  for (int power = -45; power <= 38; power += static_cast<int>(step(5))) {
    for (int digits = 1; digits < 1000; digits += 3) {
      const std::string text = std::to_string(digits) + 'e' + std::to_string(power);
      expect_rounded(text, t.midpoints().nearest_code(reference::read_decimal(text)));
    }
  }
}

template <class T>
void expect(const std::string& text, std::uint64_t code,
            std::chars_format format = std::chars_format::general) {
  const outcome got = read<T>(text, format);
  EXPECT_EQ(got.error, std::errc{}) << text;
  EXPECT_EQ(got.code, code) << text;
}

void expect_out_of_range(const std::string& text,
                         std::chars_format format = std::chars_format::general) {
  EXPECT_EQ(read<f8::e4m3>(text, format).error, std::errc::result_out_of_range) << text;
}

TEST(TextRounding, TakesDigitsOfAnyNumberAndPlace) {
  const std::string zeros(100'000, '0');
  expect<f8::e4m3>("0." + zeros + "3e100000", 0x2A);
  expect<f8::e4m3>("3" + zeros + "e-100000", 0x44);
  expect<f8::e4m3>(zeros + "3." + zeros, 0x44);
  expect<f8::e4m3>("0e99999999999999999999", 0);
  expect<f8::e4m3>("-0." + zeros, 0x80);
  expect<f8::e4m3fnuz>("-0", 0);
  expect_out_of_range("1e99999999999999999999");
  expect_out_of_range("1e-99999999999999999999");
}

TEST(TextRounding, OfHexadecimalIsOnce) {
  const auto hex = std::chars_format::hex;
  expect<f8::e4m3>("1.8", 0x3C, hex);
  expect<f8::e4m3>("1.9", 0x3C, hex);  // a tie
  expect<f8::e4m3>("1.9" + std::string(1000, '0') + "1", 0x3D, hex);
  expect<f8::e4m3>("1.B", 0x3E, hex);
  expect<f8::e4m3>("-AP-1", 0xCA, hex);
  expect<f8::e4m3>("0.0000001p+28", 0x38, hex);
  expect<f8::e4m3>("1p-9", 0x01, hex);
  expect<f8::e4m3>("1.000001p-10", 0x01, hex);
  expect_out_of_range("1p-10", hex);
  EXPECT_EQ(read<f8::e4m3>("1dp4", hex).error, std::errc{});
  expect_out_of_range("1d.1p4", hex);
  expect_out_of_range("1p99999999999999999999", hex);
}

// ---------------------------------------------------------------------------------------- syntax

TEST_P(Text, HasTheSyntaxOfDouble) {
  for (const char* text :
       {"",     "-",    "+1",   " 1",   ".",     "-.",      ".5",     "5.",      "5.e1",
        "1e",   "1e+",  "1e-",  "1e1x", "1.5.5", "--1",     "0x1",    "1,5",     "e5",
        ".e5",  "-.5",  "1E+1", "1p1",  "1.8p",  "1.8P+1",  "abc",    "nan",     "NaN",
        "-nan", "nan(", "nan)", "nanx", "nan()", "nan(_1)", "nan(-)", "infinit", "INFINITY",
        "inf",  "-Inf", "in",   "n",    "1e1.5", "1'0",     "0.5f",   "\016.5",  "1_"}) {
    const std::string_view all(text);
    for (const auto format : all_formats) {
      double number = 1;
      const auto [end, error] = std::from_chars(text, text + all.size(), number, format);
      const auto got = t.read(all, format);
      EXPECT_EQ(got.length, end - text) << text;
      const bool infinite = std::isinf(number) && reference::has_infinity(t.f);
      const bool too_large = std::fabs(number) > t.value(t.f.max_finite);
      if (error == std::errc{} && too_large && !infinite) {
        EXPECT_EQ(got.error, std::errc::result_out_of_range) << text;
        EXPECT_EQ(got.code, t.one) << text;
        continue;
      }
      EXPECT_EQ(got.error, error) << text;
      EXPECT_EQ(reference::is_nan(t.f, got.code), std::isnan(number)) << text;
      EXPECT_EQ(reference::is_infinite(t.f, got.code), std::isinf(number)) << text;
    }
  }
}

TEST(TextSyntax, EndsAtTheEnd) {
  EXPECT_EQ(read<f8::e4m3>(std::string_view("12345", 2)).code, 0x54);
  EXPECT_EQ(read<f8::e4m3>(std::string_view("1\0", 2)).length, 1);
  EXPECT_EQ(read<f8::e4m3>(std::string_view("\0", 1)).error, std::errc::invalid_argument);
}

TEST(TextSyntax, AnExponentHasOneSign) {  // unlike what libstdc++ 12 reads for a double
  for (const char* text : {"1p+-2", "1p-+2", "1p--2", "1p++2"})
    EXPECT_EQ(read<f8::e4m3>(text, std::chars_format::hex).length, 1) << text;
}

template <class T>
constexpr T constant(std::string_view text) {
  T x{};
  f8::from_chars(text.data(), text.data() + text.size(), x);
  return x;
}
static_assert(constant<f8::e4m3>("0.3") == 0.3125f);
static_assert(constant<f8::bfloat16>("-3.39e38").to_bits() == 0xFF7F);

}  // namespace
