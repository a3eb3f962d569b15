// Where other implementations fell: a small test for each, named for the mistake, with the operand
// that shows it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "reference/f8_types.hpp"

namespace {

using f8::cast;
using f8::e4m3;
using f8::e5m2;
using f8::overflow;
using reference::code_of;
using reference::for_each_code;

float float_of(std::uint32_t bits) {
  return reference::value_of<float>(bits);
}

constexpr float infinity = std::numeric_limits<float>::infinity();

// ---- Rounding twice

TEST(Pitfall, DoubleRounding_0x3F880001_is_1_125) {
  EXPECT_EQ(float{cast<e4m3>(float_of(0x3F88'0001))}, 1.125f);
  EXPECT_EQ(float{cast<e4m3>(float_of(0x3F88'0000))},
            1.0f);  // the tie itself, which float16 makes of both
}

TEST(Pitfall, DoubleRoundingThroughFloat_JustAboveATie) {
  EXPECT_EQ(float{cast<e4m3>(1.0625 + 0x1p-50)}, 1.125f);
  EXPECT_EQ(float{cast<e4m3>(1.1875 - 0x1p-50)}, 1.125f);
  EXPECT_EQ(float{cast<e5m2>(1.125 + 0x1p-50)}, 1.25f);
  EXPECT_EQ(float{cast<e4m3>(0x1p-10 + 0x1p-60)}, 0x1p-9f);
}

TEST(Pitfall, DoubleRoundingThroughFloat_Integers) {
  const std::int64_t tie = std::int64_t{5}
                           << 28;  // 1.25 * 2^30, a tie of a format with 2 significant bits
  EXPECT_EQ(float{cast<reference::e6m1>(tie)}, 0x1p30f);
  EXPECT_EQ(float{cast<reference::e6m1>(tie + 1)}, 0x1.8p30f);
  EXPECT_EQ(float{cast<reference::e6m1>(static_cast<float>(tie + 1))},
            0x1p30f);  // float took the 1
}

// ---- Overflow

TEST(Pitfall, ClampBeforeRounding_449To464Are448) {
  for (const overflow over : reference::all_overflows) {
    for (int x = 449; x <= 464; ++x) {
      EXPECT_EQ(cast<e4m3>(x, over).to_bits(), 0x7E) << x;
      EXPECT_EQ(cast<e4m3>(-x, over).to_bits(), 0xFE) << x;
    }
  }
  EXPECT_EQ(cast<e4m3>(465, overflow::nonfinite).to_bits(), 0x7F);
  EXPECT_EQ(cast<e4m3>(464.00001, overflow::nonfinite).to_bits(), 0x7F);
}

TEST(Pitfall, TopBinadeOfE4m3IsKept) {
  for (int i = 0; i < 7; ++i) {
    const int x = 256 + 32 * i;
    EXPECT_EQ(cast<e4m3>(x).to_bits(), 0x78 + i);
    EXPECT_EQ(float{e4m3::from_bits(static_cast<unsigned>(0x78 + i))}, static_cast<float>(x));
  }
}

TEST(Pitfall, From465To479IsNoOtherThanFrom480To495) {
  for (int x = 465; x <= 495; ++x) {
    EXPECT_EQ(cast<e4m3>(x).to_bits(), 0x7E) << x;
    EXPECT_EQ(cast<e4m3>(x, overflow::nonfinite).to_bits(), 0x7F) << x;
  }
}

// ---- Subnormals

TEST(Pitfall, HalfTheLeastSubnormalIsATieToZero) {
  EXPECT_EQ(cast<e4m3>(0x1p-10f).to_bits(), 0x00);
  EXPECT_EQ(cast<e4m3>(-0x1p-10f).to_bits(), 0x80);
  EXPECT_EQ(cast<e4m3>(std::nextafter(0x1p-10f, 1.0f)).to_bits(), 0x01);
  EXPECT_EQ(cast<e5m2>(0x1p-17f).to_bits(), 0x00);
  EXPECT_EQ(cast<e5m2>(std::nextafter(0x1p-17f, 1.0f)).to_bits(), 0x01);
}

TEST(Pitfall, ValuesBelowTheLeastSubnormalAreNotFlushed) {
  for (const float x : {0x1.1p-10f, 0x1.8p-10f, 0x1.fp-10f})
    EXPECT_EQ(cast<e4m3>(x).to_bits(), 0x01) << x;
}

TEST(Pitfall, BitsAreNotShiftedOutBeforeRounding) {
  // Ties among subnormal numbers, but for one bit far below.
  for (int code = 0; code < 8; ++code) {
    const float tie = (static_cast<float>(code) + 0.5f) * 0x1p-9f;
    EXPECT_EQ(cast<e4m3>(std::nextafter(tie, 1.0f)).to_bits(), code + 1) << code;
    EXPECT_EQ(cast<e4m3>(std::nextafter(tie, 0.0f)).to_bits(), code) << code;
  }
}

TEST(Pitfall, CarryFromTheLargestSubnormalMakesTheLeastNormal) {
  EXPECT_EQ(cast<e4m3>(7.5f * 0x1p-9f).to_bits(), 0x08);
  EXPECT_EQ(float{cast<e4m3>(7.5f * 0x1p-9f)}, 0x1p-6f);
  EXPECT_EQ(cast<e5m2>(3.5f * 0x1p-16f).to_bits(), 0x04);
}

TEST(Pitfall, ShiftByTheWordsWidthOrMore_EveryPowerOfTwoBelowTheRangeIsZero) {
  for (int exponent = -11; exponent >= -149; --exponent) {
    const float x = std::ldexp(1.0f, exponent);
    EXPECT_EQ(cast<e4m3>(x).to_bits(), 0x00) << exponent;
    EXPECT_EQ(cast<e4m3>(x, f8::rounding::upward).to_bits(), 0x01) << exponent;
    EXPECT_EQ(cast<e4m3>(-x, f8::rounding::downward).to_bits(), 0x81) << exponent;
  }
  EXPECT_EQ(cast<e4m3>(0x1p-70f).to_bits(), 0x00);
  for (int exponent = -11; exponent >= -1074; --exponent) {
    EXPECT_EQ(cast<e4m3>(std::ldexp(1.0, exponent)).to_bits(), 0x00) << exponent;
  }
}

// ---- NaN

TEST(Pitfall, DecodedNanIsNan_0x7FIsNot480) {
  EXPECT_TRUE(std::isnan(float{e4m3::from_bits(0x7F)}));
  EXPECT_TRUE(std::isnan(float{e4m3::from_bits(0xFF)}));
}

TEST(Pitfall, NanIsNoNumber_UnderEveryConversion) {
  reference::for_each_type(reference::fp8_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    reference::for_each_policy([](f8::conversion how) {
      for (const std::uint32_t nan : {0x7F80'0001u, 0x7FBF'FFFFu, 0x7FC0'0000u, 0x7FFF'FFFFu}) {
        for (const std::uint32_t sign : {0u, 0x8000'0000u}) {
          const auto x = cast<type>(float_of(nan | sign), how);
          EXPECT_TRUE(reference::is_nan(reference::format_of<type>, x.to_bits()))
              << reference::describe(x);
        }
      }
    });
  });
}

TEST(Pitfall, NanWithAFullPayloadKeepsItsSign) {
  EXPECT_EQ(cast<e4m3>(float_of(0x7FFF'FFFF)).to_bits(), 0x7F);
  EXPECT_EQ(cast<e4m3>(float_of(0xFFFF'FFFF)).to_bits(), 0xFF);
  EXPECT_EQ(cast<e5m2>(float_of(0x7FFF'FFFF)).to_bits(), 0x7E);
  EXPECT_EQ(cast<e5m2>(float_of(0xFFFF'FFFF)).to_bits(), 0xFE);
}

TEST(Pitfall, DecodedNansAreQuiet) {
  reference::for_each_type(reference::fp8_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    for_each_code<type>([](type x, std::uint32_t code) {
      if (!reference::is_nan(reference::format_of<type>, code)) return;
      EXPECT_NE(code_of(float{x}) & 0x0040'0000u, 0u) << reference::describe(x);
    });
  });
  EXPECT_NE(code_of(float{f8::e8m0::from_bits(0xFF)}) & 0x0040'0000u, 0u);
}

TEST(Pitfall, NanOfBothSignsIsNan) {
  EXPECT_TRUE(isnan(e4m3::from_bits(0x7F)));
  EXPECT_TRUE(isnan(e4m3::from_bits(0xFF)));
  EXPECT_TRUE(isnan(e5m2::from_bits(0xFD)));
  EXPECT_FALSE(isnan(e5m2::from_bits(0xFC)));
}

// ---- fnuz

TEST(Pitfall, FnuzNegativeUnderflowIsZeroNotNan) {
  for (const float x : {-0.0f, -1e-40f, -0x1p-30f, -0x1p-11f}) {
    EXPECT_EQ(cast<f8::e4m3fnuz>(x).to_bits(), 0x00) << x;
    EXPECT_EQ(cast<f8::e5m2fnuz>(x * 0x1p-8f).to_bits(), 0x00) << x;
  }
}

TEST(Pitfall, FnuzBiasIsOneMoreThanIeees) {
  EXPECT_EQ(float{f8::e4m3fnuz::from_bits(0x40)}, 1.0f);
  EXPECT_EQ(float{f8::e5m2fnuz::from_bits(0x40)}, 1.0f);
  EXPECT_EQ(float{f8::e4m3fnuz::from_bits(0x7F)}, 240.0f);
  EXPECT_EQ(float{f8::e5m2fnuz::from_bits(0x7F)}, 57344.0f);
}

TEST(Pitfall, FnuzNanDoesNotSortBesideZero) {
  const auto nan = f8::e4m3fnuz::from_bits(0x80);
  for_each_code<f8::e4m3fnuz>([nan](f8::e4m3fnuz x, std::uint32_t code) {
    if (code == 0x80) return;
    EXPECT_LT(f8::order_key(x), f8::order_key(nan)) << reference::describe(x);
  });
}

// ---- Comparison, arithmetic and truth

TEST(Pitfall, ComparisonIsOfValuesNotOfBytes) {
  EXPECT_LT(e4m3(-1.0f), e4m3(1.0f));
  EXPECT_NE(e4m3::from_bits(0x7F), e4m3::from_bits(0x7F));
  EXPECT_EQ(e4m3::from_bits(0x00), e4m3::from_bits(0x80));
}

TEST(Pitfall, MixedOperationsDoNotNarrowTheOtherOperand) {
  EXPECT_EQ(e4m3(1.0f) + 17, 18.0f);
  EXPECT_FALSE(e4m3(1.0f) == 1.01f);
  EXPECT_EQ(e4m3(1.0f) * 1e10, 1e10);
}

TEST(Pitfall, OneHalfIsTrue) {
  EXPECT_TRUE(static_cast<bool>(e4m3(0.5f)));
  EXPECT_FALSE(static_cast<bool>(e4m3(-0.0f)));
}

TEST(Pitfall, CompoundAssignmentDoesNotNarrowItsOperand) {
  e4m3 x(1.0f);
  x += 0.18f;  // narrowed first, to 0.1875, it would make a tie that goes up to 1.25
  EXPECT_EQ(float{x}, 1.125f);
}

TEST(Pitfall, IntegersAreValuesNotBits) {
  EXPECT_EQ(float{e4m3(std::uint8_t{0x38})}, 56.0f);
  EXPECT_EQ(float{e4m3(1)}, 1.0f);
  EXPECT_EQ(float{e4m3(std::int8_t{-2})}, -2.0f);
}

TEST(Pitfall, InfinityFollowsTheOverflowPolicy) {
  EXPECT_EQ(cast<e4m3>(infinity).to_bits(), 0x7E);
  EXPECT_EQ(cast<e4m3>(-infinity).to_bits(), 0xFE);
  EXPECT_EQ(cast<e4m3>(infinity, overflow::saturate_finite).to_bits(), 0x7F);
  EXPECT_EQ(cast<e5m2>(infinity, overflow::saturate_finite).to_bits(), 0x7C);
  EXPECT_EQ(cast<e5m2>(1e6f, overflow::saturate_finite).to_bits(), 0x7B);
  EXPECT_EQ(cast<e5m2>(1e6f, overflow::nonfinite).to_bits(), 0x7C);
}

// ---- Block scales

TEST(Pitfall, E8m0OfInfinityIsNoCastOfInfinityToInteger) {
  EXPECT_EQ(f8::e8m0(infinity).to_bits(), 0xFE);
  EXPECT_EQ(cast<f8::e8m0>(infinity, overflow::nonfinite).to_bits(), 0xFF);
}

TEST(Pitfall, E8m0RoundsTheWayItIsTold) {
  EXPECT_EQ(cast<f8::e8m0>(1.5f, f8::rounding::toward_zero).to_bits(), 127);
  EXPECT_EQ(cast<f8::e8m0>(1.25f, f8::rounding::upward).to_bits(), 128);
  EXPECT_EQ(cast<f8::e8m0>(1.25f).to_bits(), 127);
  EXPECT_EQ(cast<f8::e8m0>(1.5f).to_bits(), 128);
}

}  // namespace
