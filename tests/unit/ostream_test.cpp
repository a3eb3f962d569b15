#include "f8/ostream.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "f8/istream.hpp"
#include "f8/text.hpp"
#include "reference/f8_types.hpp"

namespace {

template <class T>
class Ostream : public testing::Test {};
using printed_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e3m4, f8::e4m3fnuz, reference::e5m2b120,
                   reference::e3m4_large, f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Ostream, printed_types, reference::format_names);

template <class T>
std::string text_of(T x) {
  std::array<char, 64> text{};
  return {text.data(), f8::to_chars(text.data(), text.data() + text.size(), x).ptr};
}

/// What a stream writes when it was told `how`, by manipulators.
template <class T, class... Manipulator>
std::string written(T x, Manipulator... how) {
  std::ostringstream out;
  (out << ... << how) << x;
  return out.str();
}

TYPED_TEST(Ostream, WritesTheTextOfToChars) {
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    if (sizeof(x) == 2 && code % 7 != 0) return;
    const std::string text = text_of(x);
    ASSERT_EQ(written(x), text) << reference::describe(x);
    if (!reference::is_finite(reference::format_of<TypeParam>, code)) return;
    std::istringstream in(text);
    TypeParam back{};
    in >> back;
    ASSERT_EQ(back.to_bits(), code) << reference::describe(x);
  });
}

TYPED_TEST(Ostream, PadsAsAString) {
  const TypeParam x{0.3f};
  const std::string text = text_of(x);
  for (const int width : {1, 20}) {
    EXPECT_EQ(written(x, std::setw(width)), written(text, std::setw(width)));
    EXPECT_EQ(written(x, std::setw(width), std::left, std::setfill('*')),
              written(text, std::setw(width), std::left, std::setfill('*')));
  }
  std::wostringstream wide;
  wide << std::setw(20) << x << x;
  EXPECT_EQ(wide.str(), std::wstring(20 - text.size(), L' ') +
                            std::wstring(text.begin(), text.end()) +
                            std::wstring(text.begin(), text.end()));
}

TYPED_TEST(Ostream, WritesTheFloatToAStreamThatWasToldHow) {
  struct comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
  };
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    if (sizeof(x) == 2 && code % 257 != 0) return;
    const float y{x};
    ASSERT_EQ(written(x, std::setprecision(9)), written(y, std::setprecision(9)));
    ASSERT_EQ(written(x, std::scientific), written(y, std::scientific));
    ASSERT_EQ(written(x, std::fixed), written(y, std::fixed));
    ASSERT_EQ(written(x, std::hexfloat), written(y, std::hexfloat));
    ASSERT_EQ(written(x, std::showpos, std::setw(20), std::internal),
              written(y, std::showpos, std::setw(20), std::internal));
    ASSERT_EQ(written(x, std::showpoint, std::uppercase),
              written(y, std::showpoint, std::uppercase));
    std::ostringstream out, expected;
    out.imbue(std::locale(out.getloc(), new comma));
    expected.imbue(out.getloc());
    out << x;
    expected << y;
    ASSERT_EQ(out.str(), expected.str());
  });
}

TEST(OstreamOfE8m0, IsThatOfTheFloat) {
  EXPECT_EQ(written(f8::e8m0{0.5f}), "0.5");
}

}  // namespace
