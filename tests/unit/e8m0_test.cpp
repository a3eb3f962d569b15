#include "f8/e8m0.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "f8/fp8.hpp"
#include "golden/golden.hpp"

namespace {

using f8::cast;
using f8::e8m0;
using f8::e8m0_conversion;

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

TEST(E8m0, IsAPowerOfTwo) {
  for (unsigned code = 0; code < 255; ++code) {
    EXPECT_EQ(float{e8m0::from_bits(code)}, std::ldexp(1.0f, static_cast<int>(code) - 127));
  }
  EXPECT_TRUE(std::isnan(float{e8m0::from_bits(255)}));
}

static_assert(e8m0{1.0f}.to_bits() == 127 && e8m0{1.5f}.to_bits() == 128 &&
              e8m0{3}.to_bits() == 129);
static_assert(e8m0{0}.to_bits() == 0 && e8m0{-4.0}.to_bits() == 129 &&
              e8m0{1e300}.to_bits() == 254);
static_assert(cast<e8m0>(inf).to_bits() == 254 && cast<e8m0>(nan).to_bits() == 255);
static_assert(!std::is_constructible_v<e8m0, bool> && !std::is_convertible_v<float, e8m0>);
static_assert(cast<f8::e4m3>(e8m0::from_bits(130)) == 8.0f &&
              cast<double>(e8m0::from_bits(0)) == 0x1p-127);

/// The code by definition: the powers on both sides of x, and the rule that picks one.
unsigned expected_code(double x, e8m0_conversion how) {
  if (std::isnan(x) || (std::isinf(x) && how.over != f8::overflow::saturate)) return 255;
  if (x < 0 && how.negative == f8::e8m0_negative::nan) return 255;
  if (x == 0) return how.zero == f8::e8m0_zero::nan ? 255 : 0;
  const double size = std::fabs(x);
  int below = std::isinf(x) ? 999 : static_cast<int>(std::floor(std::log2(size)));
  if (std::ldexp(1.0, below) > size) --below;  // should log2 have rounded up
  if (below < -127) return 0;
  const double low = std::ldexp(1.0, below);
  bool up = false;
  switch (how.round) {
    case f8::rounding::nearest_even:
    case f8::rounding::nearest_away:
      up = size >= 1.5 * low;
      break;
    case f8::rounding::upward:
      up = size > low;
      break;
    case f8::rounding::to_odd:
      up = size > low && ((below + 127) & 1) == 0;
      break;
    case f8::rounding::toward_zero:
    case f8::rounding::downward:
      break;
  }
  const int code = below + 127 + (up ? 1 : 0);
  if (code <= 254) return static_cast<unsigned>(code);
  const bool may_overflow = how.round == f8::rounding::nearest_even ||
                            how.round == f8::rounding::nearest_away ||
                            how.round == f8::rounding::upward;
  return how.over == f8::overflow::nonfinite && may_overflow ? 255 : 254;
}

template <class Function>
void for_each_e8m0_conversion(Function f) {
  for (int round = 0; round < 6; ++round) {
    for (int over = 0; over < 3; ++over) {
      for (int zero = 0; zero < 2; ++zero) {
        for (int negative = 0; negative < 2; ++negative) {
          f(e8m0_conversion{static_cast<f8::rounding>(round), static_cast<f8::overflow>(over),
                            static_cast<f8::e8m0_zero>(zero),
                            static_cast<f8::e8m0_negative>(negative)});
        }
      }
    }
  }
}

TEST(E8m0, RoundsEveryMagnitudeByTheRule) {
  for_each_e8m0_conversion([](e8m0_conversion how) {
    for (int exponent = -150; exponent <= 129; ++exponent) {
      for (const double fraction :
           {1.0, 1.0 + 0x1p-20, 1.25, 1.5 - 0x1p-20, 1.5, 1.5 + 0x1p-20, 2 - 0x1p-20}) {
        for (const double sign : {1.0, -1.0}) {
          const double x = sign * std::ldexp(fraction, exponent);
          ASSERT_EQ(cast<e8m0>(x, how).to_bits(), expected_code(x, how)) << x;
          const auto f = static_cast<float>(x);
          ASSERT_EQ(cast<e8m0>(f, how).to_bits(), expected_code(double{f}, how)) << f;
        }
      }
    }
    for (const float x : {0.0f, -0.0f, inf, -inf, nan, -nan}) {
      ASSERT_EQ(cast<e8m0>(x, how).to_bits(), expected_code(double{x}, how)) << x;
    }
  });
}

}  // namespace
