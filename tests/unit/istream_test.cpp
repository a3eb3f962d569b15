#include "f8/istream.hpp"

#include <gtest/gtest.h>

#include <ios>
#include <limits>
#include <locale>
#include <sstream>
#include <string>
#include <string_view>

#include "f8/limits.hpp"

namespace {

constexpr auto good = std::ios_base::goodbit;
constexpr auto at_end = std::ios_base::eofbit;
constexpr auto failed = std::ios_base::failbit;

struct extracted {
  float value;
  std::ios_base::iostate state;
  std::string rest;
};

template <class T>
extracted extract(const std::string& text) {
  std::istringstream in(text);
  T x{1};
  in >> x;
  const auto state = in.rdstate();
  in.clear();
  std::string rest;
  std::getline(in, rest);
  return {float{x}, state, rest};
}

TEST(Istream, ReadsAsFloatIsRead) {
  for (const char* text : {"1.5", " \n-2 3", "+4,", "8.", ".5x", "1e1", "1E-1;", "2e", "2e+ 1", "",
                           " ", "x", "-", "--1", "1..5", "0x1", "inf", "1e99", "-1e99"}) {
#if defined(_LIBCPP_VERSION)  // reads these letters as parts of any number
    if (std::string_view(text).find_first_of("xinf") != std::string_view::npos) continue;
#endif
    const auto expected = extract<float>(text);
    const auto got = extract<f8::float16>(text);
    const bool too_large = expected.value > 1e9f || expected.value < -1e9f;
    const float largest{std::numeric_limits<f8::float16>::max()};
    EXPECT_EQ(got.value, too_large ? (expected.value < 0 ? -largest : largest)
                                   : float{f8::float16{expected.value}})
        << text;
    EXPECT_EQ(got.state, expected.state) << text;
    EXPECT_EQ(got.rest, expected.rest) << text;
  }
}

#if defined(__GLIBCXX__)  // another library takes other characters that are part of no number
// Of every short text, as many characters are taken from the stream as for a float, and the state
// that this leaves is the same.
TEST(Istream, TakesTheCharactersThatAFloatTakes) {
  const std::string_view alphabet = "10.eE+- ";
  std::string text;
  for (unsigned number = 1; number < 1u << 15; ++number) {
    text.clear();
    for (unsigned rest = number; rest != 0; rest >>= 3) text += alphabet[rest & 7];
    const auto expected = extract<float>(text);
    const auto got = extract<f8::bfloat16>(text);
    const bool is_large = expected.value > 1e9f || expected.value < -1e9f;
    if (is_large) continue;
    ASSERT_EQ(got.state, expected.state) << text;
    ASSERT_EQ(got.rest, expected.rest) << text;
    ASSERT_EQ(got.value, float{f8::bfloat16{expected.value}}) << text;
  }
}
#endif

TEST(Istream, RoundsOnce) {
  // Read as a float first, this would be the tie between 1 and 1.125, which is rounded to 1.
  const auto got = extract<f8::e4m3>("1.0625000000000000000000000000000000001 ");
  EXPECT_EQ(got.value, 1.125f);
  EXPECT_EQ(got.state, good);
  EXPECT_EQ(extract<f8::e4m3>("464").value, 448.0f);
  EXPECT_EQ(extract<f8::e4m3>("464").state, at_end);
  EXPECT_EQ(extract<f8::e4m3>("465 ").value, 448.0f);
  EXPECT_EQ(extract<f8::e4m3>("465 ").state, failed);
  EXPECT_EQ(extract<f8::e5m2>("-1e9 ").value, -57344.0f);
  EXPECT_EQ(extract<f8::e5m2>("1e-9 ").value, 0.0f);
  EXPECT_EQ(extract<f8::e5m2>("1e-9 ").state, good);
}

TEST(Istream, HasTheLocalesPoint) {
  struct comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
  };
  std::istringstream in("2,5.5");
  in.imbue(std::locale(in.getloc(), new comma));
  f8::e4m3 x{};
  in >> x;
  EXPECT_EQ(x, 2.5f);
  EXPECT_EQ(in.get(), '.');
}

}  // namespace
