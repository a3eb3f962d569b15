// The arithmetic functions as an API. Their kernels are tested in tests/kernels.
#include "f8/arithmetic.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "f8/core/fma.hpp"
#include "reference/f8_types.hpp"
#include "reference/sums.hpp"

namespace {

std::uint32_t code(float x) {
  return reference::code_of(x);
}

constexpr std::uint32_t quiet_nan = 0x7FC0'0000;

std::vector<f8::e4m3> weights(std::size_t n, float x) {
  return std::vector<f8::e4m3>(n, f8::e4m3(x));
}

TEST(Dot, AddsProducts) {
  const std::vector<f8::e4m3> a{f8::e4m3(1.5F), f8::e4m3(-2.0F), f8::e4m3(448.0F)};
  const std::vector<float> b{2.0F, 0.25F, 1.0F};
  EXPECT_EQ(f8::dot(a.data(), b.data(), 3), 450.5F);
  EXPECT_EQ(f8::dot(b.data(), a.data(), 3), 450.5F);
  EXPECT_EQ(f8::sum(a.data(), 3), 447.5F);
}

TEST(Dot, OfNothingIsPositiveZero) {
  EXPECT_EQ(
      code(f8::dot(static_cast<const f8::e4m3*>(nullptr), static_cast<const float*>(nullptr), 0)),
      0u);
  EXPECT_EQ(code(f8::sum(static_cast<const f8::bfloat16*>(nullptr), 0)), 0u);
}

/// 2^24 + 1 is no float: in one of 16 sums it is lost, in two it is not.
TEST(Dot, KeepsSixteenSums) {
  std::vector<float> a(17, 0.0F);
  const std::vector<float> ones(17, 1.0F);
  a[0] = 16777216.0F, a[16] = 1.0F;
  a[8] = 1.0F;  // half a unit each, to sums 0 and 8: rounded to even twice
  EXPECT_EQ(f8::dot(a.data(), ones.data(), 17), 16777216.0F);
  a[16] = 0.0F, a[4] = 1.0F, a[12] = 1.0F;  // 8 + 0, 12 + 4, and then these
  EXPECT_EQ(f8::dot(a.data(), ones.data(), 17), 16777218.0F);
}

/// Elements 16 apart are added to each other first, unless element 128 is between them.
TEST(Dot, AddsUpRunsOf128) {
  const std::vector<float> ones(145, 1.0F);
  std::vector<float> a(145, 0.0F);
  a[0] = 16777216.0F;
  a[128] = 1.0F, a[144] = 1.0F;
  EXPECT_EQ(f8::dot(a.data(), ones.data(), 145), 16777218.0F);
  a[128] = 0.0F, a[112] = 1.0F;
  EXPECT_EQ(f8::dot(a.data(), ones.data(), 145), 16777216.0F);
}

/// The product is not rounded before it is added: (1 + u)(1 - u) - 1 = -u * u.
TEST(Dot, IsFused) {
  const float u = 1.0F / 4096;
  std::vector<float> a(17, 0.0F), b(17, 0.0F);
  a[0] = -1.0F, b[0] = 1.0F;
  a[16] = 1.0F + u, b[16] = 1.0F - u;
  EXPECT_EQ(f8::dot(a.data(), b.data(), 17), -u * u);
}

TEST(Dot, FollowsTheStandardAtTheEnds) {
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto dot = [](std::vector<float> a, std::vector<float> b) {
    return code(f8::dot(a.data(), b.data(), a.size()));
  };
  EXPECT_EQ(dot({inf, 1}, {2, 1}), code(inf));
  EXPECT_EQ(dot({inf, inf}, {1, -1}), quiet_nan);
  EXPECT_EQ(dot({inf}, {0}), quiet_nan);
  EXPECT_EQ(dot({-nan, 1}, {1, 1}), quiet_nan);
  EXPECT_EQ(dot({3e38F, 3e38F}, {1, 1}), code(inf));
  EXPECT_EQ(dot({1, -1}, {1, 1}), 0u);
  EXPECT_EQ(dot({-0.0F}, {1}), 0u) << "sums start at +0";
}

/// A negative product that vanishes makes a sum -0 on its way.
TEST(Dot, IsNeverNegativeZero) {
  const std::vector<float> a(64, -1e-30F), b(64, 1e-30F);
  EXPECT_EQ(code(f8::dot(a.data(), b.data(), 64)), 0u);
}

TEST(Axpy, IsRoundedOnceToFloatAndOnceToY) {
  const std::vector<f8::e5m2> x{f8::e5m2(1.0F), f8::e5m2(-3.0F), f8::e5m2(57344.0F)};
  std::vector<f8::bfloat16> y(3, f8::bfloat16(0.5F));
  f8::axpy(2.0F, x.data(), y.data(), 3);
  EXPECT_EQ(y[0], 2.5F);
  EXPECT_EQ(y[1], -5.5F);
  EXPECT_EQ(y[2], 114688.0F);
}

TEST(Axpy, SaturatesNarrowResultsAsCastDoes) {
  const float x = 1e6F;
  f8::float16 y(1.0F);
  f8::axpy(1.0F, &x, &y, 1);
  EXPECT_EQ(y, 65504.0F);
}

TEST(Gemv, MultipliesRows) {
  std::vector<f8::e4m3> w = weights(6, 1.0F);
  w[4] = f8::e4m3(3.0F);
  const std::vector<float> x{1, 2, 4};
  float y[2];
  f8::gemv(w.data(), 2, 3, x.data(), y);
  EXPECT_EQ(y[0], 7.0F);
  EXPECT_EQ(y[1], 11.0F);
  f8::gemv(w.data(), 2, 3, x.data(), y, 0.5F);
  EXPECT_EQ(y[1], 5.5F);
}

TEST(Gemv, TakesAScaleForEachTile) {
  const std::vector<f8::e4m3> w = weights(8, 1.0F);
  const std::vector<float> x(4, 1.0F);
  const std::vector<float> scales{1, 10, 100, 1000};
  float y[2];
  f8::gemv(w.data(), f8::per_block(2, 4, 1, 2), scales.data(), x.data(), y);
  EXPECT_EQ(y[0], 22.0F);
  EXPECT_EQ(y[1], 2200.0F);
  f8::gemv(w.data(), f8::per_column(2, 4), scales.data(), x.data(), y);
  EXPECT_EQ(y[1], 1111.0F);
  f8::gemv(w.data(), f8::per_row(2, 4), scales.data(), x.data(), y);
  EXPECT_EQ(y[1], 40.0F);
}

/// (1 + u)(1 - u) is rounded to 1 where x is scaled, and not where a sum is.
TEST(Gemv, TheScaleOfATileMultipliesItsSumAndThatOfANarrowOneX) {
  const float u = 1.0F / 8192;
  std::vector<f8::e4m3> w = weights(64, 0.0F);
  w[0] = f8::e4m3(-1.0F), w[32] = f8::e4m3(1.0F);
  std::vector<float> x(64, 0.0F);
  x[0] = 1.0F, x[32] = 1.0F + u;
  const std::vector<float> scales{1.0F, 1.0F - u, 1.0F};
  float y = 1;
  f8::gemv(w.data(), f8::per_block(1, 64, 1, 32), scales.data(), x.data(), &y);
  EXPECT_EQ(y, -u * u);
  f8::gemv(w.data(), f8::per_block(1, 64, 1, 31), scales.data(), x.data(), &y);
  EXPECT_EQ(y, 0.0F);
}

/// 0.7 of 3 * 1.1 is another float than 3 times 0.7 * 1.1.
TEST(Gemv, OneScaleForARowIsOneRuleForEveryShortRowAndHoweverItIsGiven) {
  const float scale = 0.7F;
  const float product = 3.0F * 1.1F;
  const float expected = scale * product;
  for (std::size_t n = 1; n <= 40; ++n) {
    const std::vector<f8::e4m3> w = weights(2 * n, 3.0F);
    std::vector<float> x(n, 0.0F);
    x[n - 1] = 1.1F;
    const std::vector<float> scales(2, scale);
    const auto expect = [&](const f8::tiling& tiles) {
      float y[2];
      f8::gemv(w.data(), tiles, scales.data(), x.data(), y);
      EXPECT_EQ(y[0], expected) << n << " columns in tiles of " << tiles.tile_columns;
      EXPECT_EQ(y[1], expected);
    };
    expect(f8::per_tensor(2, n));
    expect(f8::per_row(2, n));
    expect(f8::per_block(2, n, 128, 128));
    expect(f8::per_block(2, n, 1, n + 1));
    float y[2];
    f8::gemv(w.data(), 2, n, x.data(), y, scale);
    EXPECT_EQ(y[0], expected) << n << " columns with one scale";
    EXPECT_EQ(y[1], expected);
  }
}

TEST(Gemv, AnEmptyMatrixGivesZeros) {
  float y[2] = {1, 1};
  f8::gemv(static_cast<const f8::e4m3*>(nullptr), f8::per_row(2, 0),
           static_cast<const float*>(nullptr), static_cast<const float*>(nullptr), y);
  EXPECT_EQ(code(y[0]), 0u);
  EXPECT_EQ(code(y[1]), 0u);
}

// ------------------------------------------------------------------------------- a * b + c in
// integers

std::uint32_t expected_fma(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const auto value = [](std::uint32_t bits) { return reference::from_bits<float>(bits); };
  return code(reference::fused_multiply_add(value(a), value(b), value(c)));
}

void expect_fma(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  ASSERT_EQ(f8::detail::fused_multiply_add(a, b, c), expected_fma(a, b, c))
      << std::hex << a << " * " << b << " + " << c;
}

TEST(FusedMultiplyAdd, OfAllPairsOfEnds) {
  const std::uint32_t ends[] = {0,           1,           2,           0x0000'0003, 0x0040'0000,
                                0x007F'FFFF, 0x0080'0000, 0x0080'0001, 0x00FF'FFFF, 0x3F7F'FFFF,
                                0x3F80'0000, 0x3F80'0001, 0x3FFF'FFFF, 0x4B80'0000, 0x7F00'0000,
                                0x7F7F'FFFF, 0x7F80'0000, 0x7F80'0001, 0x7FC0'0000, 0x7FFF'FFFF};
  for (const std::uint32_t a : ends) {
    for (const std::uint32_t b : ends) {
      for (const std::uint32_t c : ends) {
        for (std::uint32_t signs = 0; signs < 4; ++signs)
          ASSERT_NO_FATAL_FAILURE(expect_fma(a | (signs & 1) << 31, b, c | (signs & 2) << 30));
      }
    }
  }
}

/// Products of any exponents with addends of about their magnitude, so that they cancel or are just
/// out of each other's reach; every tenth factor is subnormal.
TEST(FusedMultiplyAdd, OfRandomNumbersThatMeet) {
  std::mt19937 random(1);
  const auto bits = [&] { return static_cast<std::uint32_t>(random()); };
  for (int i = 0; i < 300'000; ++i) {
    const std::uint32_t a = i % 10 == 0 ? bits() & 0x807F'FFFF : bits();
    const std::uint32_t b = i % 3 == 0 ? bits() & 0xFFFF'0000 : bits();
    const auto field = static_cast<int>((a >> 23 & 0xFF) + (b >> 23 & 0xFF)) - 127 +
                       static_cast<int>(bits() % 80) - 40;
    const auto clamped = static_cast<std::uint32_t>(field < 0 ? 0 : field > 255 ? 255 : field);
    ASSERT_NO_FATAL_FAILURE(expect_fma(a, b, (bits() & 0x807F'FFFF) | clamped << 23));
    const float product =
        reference::product(reference::from_bits<float>(a), reference::from_bits<float>(b));
    ASSERT_NO_FATAL_FAILURE(expect_fma(a, b, (code(product) ^ 0x8000'0000) + (bits() % 5 - 2)));
  }
}

}  // namespace
