// Scales as laws, and the functions on arrays as an API. Their kernels are tested in tests/kernels.
#include "f8/scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "reference/f8_types.hpp"
#include "reference/scaled.hpp"

namespace {

using reference::magnitude;
using reference::number;
using reference::number_of;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr float largest_float = std::numeric_limits<float>::max();

constexpr magnitude power_of_two(int exponent) {
  return reference::make_magnitude(1, exponent);
}

/// floor(log2(x)).
constexpr int binade(const magnitude& x) {
  return x.exponent + 127;
}

template <class T>
magnitude largest_finite() {
  return reference::size_of_code(reference::format_of<T>, reference::format_of<T>.max_finite);
}

/// True if x / scale is not beyond T's largest finite value.
template <class T>
bool fits(const magnitude& x, const magnitude& scale) {
  const number most = reference::product({reference::kind::finite, false, largest_finite<T>()},
                                         {reference::kind::finite, false, scale});
  return !(most.size < x);
}

magnitude size_of_float(std::uint32_t code) {
  return reference::size_of_code(reference::binary32, code);
}

/// Magnitudes of every kind, those about T's largest finite value times a float above all.
template <class T>
std::vector<double> magnitudes() {
  std::vector<double> result{1,     448,    449,    1e-45,  1e-38,   1.1754943508222875e-38,
                             1e300, 1e-300, 5e-324, 3.4e38, 1.7e308, 6.8e38};
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    const magnitude scale = size_of_float(static_cast<std::uint32_t>(random() % 0x7F80'0000));
    const number edge = reference::product({reference::kind::finite, false, largest_finite<T>()},
                                           {reference::kind::finite, false, scale});
    const std::uint64_t code = reference::encode(reference::binary64, edge);
    for (std::uint64_t j = 0; j < 3; ++j)
      result.push_back(reference::from_bits<double>(code + j - 1));
  }
  for (std::uint32_t code = 1; code < 0x7F80'0000; code += 1'000'003) {
    result.push_back(double{reference::from_bits<float>(code)});
  }
  return result;
}

/// `scale` is the least of the floats from 2^-126 on that fits x, or `most` if there is none.
/// `below` is what would come before it.
template <class T>
void expect_least(const magnitude& x, float scale, const magnitude& below, float most,
                  const std::string& what) {
  const magnitude size = number_of(scale).size;
  ASSERT_FALSE(size < power_of_two(-126)) << what << " has " << scale;
  ASSERT_TRUE(fits<T>(x, size) || scale == most) << what << " does not fit " << scale;
  ASSERT_TRUE(size == power_of_two(-126) || !fits<T>(x, below))
      << what << " fits less than " << scale;
}

template <class T>
class Scale : public testing::Test {};
TYPED_TEST_SUITE(Scale, reference::fp8_types, reference::format_names);

TYPED_TEST(Scale, IsTheLeastNormalFloatThatNothingSaturatesUnder) {
  for (const double x : magnitudes<TypeParam>()) {
    const float scale = f8::scale_for<TypeParam>(x);
    const magnitude below = size_of_float(reference::code_of(scale) - 1);
    expect_least<TypeParam>(number_of(x).size, scale, below, largest_float, std::to_string(x));
  }
}

TYPED_TEST(Scale, IsTheLeastPowerOfTwoThatNothingSaturatesUnder) {
  for (const double x : magnitudes<TypeParam>()) {
    const float scale = f8::scale_for<TypeParam>(x, {true, 0});
    ASSERT_EQ(reference::code_of(scale) & 0x7F'FFFF, 0u);
    const magnitude below = power_of_two(binade(number_of(scale).size) - 1);
    expect_least<TypeParam>(number_of(x).size, scale, below, 0x1p127F, std::to_string(x));
  }
}

TYPED_TEST(Scale, LeavesBinadesUnused) {
  for (const double x : magnitudes<TypeParam>()) {
    for (const int margin : {-30, -1, 1, 2, 40}) {
      magnitude wider = number_of(x).size;
      wider.exponent += margin;
      const std::string what = std::to_string(x) + " with a margin of " + std::to_string(margin);
      const float scale = f8::scale_for<TypeParam>(x, {false, margin});
      expect_least<TypeParam>(wider, scale, size_of_float(reference::code_of(scale) - 1),
                              largest_float, what);
      const float power = f8::scale_for<TypeParam>(x, {true, margin});
      expect_least<TypeParam>(wider, power, power_of_two(binade(number_of(power).size) - 1),
                              0x1p127F, what);
    }
  }
}

// A margin of any size counts in full, also where the magnitude alone is too large or too small for
// a float and the margin brings the scale back among the floats.
TYPED_TEST(Scale, LeavesAnyNumberOfBinadesUnused) {
  for (const double x : {5e-324, 0x1.8p-1000, 0x1p-400, 1e-45, 1.0, 449.0, 0x1.9p400, 0x1p1000,
                         std::numeric_limits<double>::max()}) {
    const int own = binade(number_of(x).size);
    for (const int power : {-200, -130, -126, -10, 0, 8, 100, 126, 127, 128, 136, 300}) {
      const int margin = power - own;  // the wider number has this binade
      magnitude wider = number_of(x).size;
      wider.exponent += margin;
      const std::string what = std::to_string(x) + " with a margin of " + std::to_string(margin);
      const float scale = f8::scale_for<TypeParam>(x, {false, margin});
      expect_least<TypeParam>(wider, scale, size_of_float(reference::code_of(scale) - 1),
                              largest_float, what);
      const float two = f8::scale_for<TypeParam>(x, {true, margin});
      expect_least<TypeParam>(wider, two, power_of_two(binade(number_of(two).size) - 1), 0x1p127F,
                              what);
    }
    constexpr int farthest = std::numeric_limits<int>::max();
    EXPECT_EQ(f8::scale_for<TypeParam>(x, {false, farthest}), largest_float);
    EXPECT_EQ(f8::scale_for<TypeParam>(x, {true, farthest}), 0x1p127F);
    EXPECT_EQ(f8::scale_for<TypeParam>(x, {false, -farthest - 1}), 0x1p-126F);
  }
}

TYPED_TEST(Scale, OfNoNumberIsThatOfTheLargestAndOfZeroIsOne) {
  for (const f8::scale_rule rule : {f8::scale_rule{}, {true, 0}, {false, 3}, {true, -2}}) {
    EXPECT_EQ(f8::scale_for<TypeParam>(0, rule), 1.0F);
    EXPECT_EQ(f8::scale_for<TypeParam>(infinity, rule),
              f8::scale_for<TypeParam>(double{largest_float}, rule));
    EXPECT_EQ(f8::scale_for<TypeParam>(nan, rule),
              f8::scale_for<TypeParam>(double{largest_float}, rule));
  }
}

/// The power of two with code 0 to 254 that has this exponent, or the nearest.
int clamped_code(int exponent) {
  return std::clamp(exponent, -127, 127) + 127;
}

TYPED_TEST(Scale, OfAnMxBlockRoundsTheExponentDown) {
  const int emax = binade(largest_finite<TypeParam>());
  for (const double x : magnitudes<TypeParam>()) {
    ASSERT_EQ(f8::mx_scale_for<TypeParam>(x).to_bits(),
              clamped_code(binade(number_of(x).size) - emax))
        << x;
  }
}

TYPED_TEST(Scale, OfAnMxBlockIsTheLeastPowerOfTwoThatNothingSaturatesUnder) {
  for (const double x : magnitudes<TypeParam>()) {
    const magnitude size = number_of(x).size;
    int exponent = -127;
    while (exponent < 127 && !fits<TypeParam>(size, power_of_two(exponent))) ++exponent;
    ASSERT_EQ(f8::mx_scale_for<TypeParam>(x, f8::mx_rule::ceil).to_bits(), exponent + 127) << x;
  }
}

TYPED_TEST(Scale, OfAnMxBlockOfNoNumberIsThatOfTheLargestAndOfZeroTheLeast) {
  for (const f8::mx_rule rule : {f8::mx_rule::floor, f8::mx_rule::ceil}) {
    EXPECT_EQ(f8::mx_scale_for<TypeParam>(0, rule).to_bits(), 0);
    for (const double x : {infinity, nan}) {
      EXPECT_EQ(f8::mx_scale_for<TypeParam>(x, rule).to_bits(),
                f8::mx_scale_for<TypeParam>(double{largest_float}, rule).to_bits());
    }
  }
}

static_assert(f8::scale_for<f8::e4m3>(448) == 1 && f8::scale_for<f8::e4m3>(896) == 2, "constexpr");
static_assert(f8::scale_for<f8::e4m3>(449, {true, 0}) == 2, "constexpr");
static_assert(f8::scale_for<f8::e4m3>(448, {false, 1}) == 2, "constexpr");
static_assert(f8::mx_scale_for<f8::e4m3>(511) == 1.0F, "OCP's floor lets 449 to 511 saturate");
static_assert(f8::mx_scale_for<f8::e4m3>(449, f8::mx_rule::ceil) == 2.0F, "constexpr");

// --------------------------------------------------------------------------------------- arrays

/// 2 rows of 70 numbers in tiles of 1 x 32, among them all kinds.
std::vector<float> block() {
  std::vector<float> x(140);
  std::minstd_rand random(5);
  for (float& value : x) {
    value = reference::from_bits<float>(0x3000'0000U + static_cast<std::uint32_t>(random() >> 1));
  }
  x[3] = -largest_float;
  x[40] = static_cast<float>(nan);
  x[41] = static_cast<float>(-infinity);
  std::fill(x.begin() + 64, x.begin() + 70, -0.0F);
  return x;
}

TEST(Quantize, AndBackLosesNothingUnderPowersOfTwoButWhatTheCastDoes) {
  const std::vector<float> x{1, -1.5F, 3 * 0x1p-100F, 448 * 0x1p-100F};
  const float scale = 0x1p-100F;
  std::vector<f8::e4m3> codes(x.size());
  std::vector<float> back(x.size());
  f8::quantize(x.data(), codes.data(), x.size(), scale);
  f8::dequantize(codes.data(), back.data(), x.size(), scale);
  EXPECT_EQ(back, (std::vector<float>{448 * scale, -448 * scale, x[2], x[3]}));
}

TEST(Quantize, RoundsTheQuotientOnce) {
  for (std::uint32_t code = 0x3F80'0000; code < 0x4080'0000; code += 12345) {
    const auto scale = reference::from_bits<float>(code);
    for (const float x : {0.3F, 17.0F, 1.0625F * scale, 464 * scale, 0x1p-10F * scale}) {
      const number q = reference::quotient(number_of(x), number_of(scale));
      f8::e4m3 out{};
      f8::quantize(&x, &out, 1, scale, f8::overflow::nonfinite);
      ASSERT_EQ(out.to_bits(), reference::expected_code<f8::e4m3>(q, f8::overflow::nonfinite));
    }
  }
}

TEST(Quantize, CountsWhatItMet) {
  const float inf = static_cast<float>(infinity);
  const float none = static_cast<float>(nan);
  const std::vector<float> x{0,   -0.0F, 1,        928,      930,      -1000,
                             inf, none,  0x1p-10F, -0x1p-9F, 0x1.8p-9F};
  std::vector<f8::e4m3> out(x.size());
  f8::cast_statistics seen;
  f8::quantize(x.data(), out.data(), x.size(), 2, {}, &seen);
  EXPECT_EQ(seen.values, 11u);
  EXPECT_EQ(seen.saturated, 3u);    // 930, -1000, inf; 928 / 2 is a tie, to 448
  EXPECT_EQ(seen.underflowed, 2u);  // 2^-11, -2^-10, which is a tie; 1.5 * 2^-10 is above it
  EXPECT_EQ(seen.nan, 1u);
  EXPECT_EQ(seen.absmax, infinity);
}

TEST(Quantize, AddsToWhatWasCounted) {
  const std::vector<float> x = block();
  std::vector<f8::e5m2> out(x.size());
  f8::cast_statistics whole;
  f8::cast_statistics pieces;
  f8::quantize(x.data(), out.data(), x.size(), 0.1F, {}, &whole);
  for (std::size_t i = 0; i < x.size(); i += 7) {
    f8::quantize(x.data() + i, out.data() + i, 7, 0.1F, {}, &pieces);
  }
  EXPECT_EQ(pieces.values, whole.values);
  EXPECT_EQ(pieces.saturated, whole.saturated);
  EXPECT_EQ(pieces.underflowed, whole.underflowed);
  EXPECT_EQ(pieces.nan, whole.nan);
  EXPECT_EQ(pieces.absmax, whole.absmax);
}

template <class Scale_, class Rule>
void expect_nothing_saturates(Rule rule) {
  const std::vector<float> x = block();
  const f8::tiling tiles = f8::mx_blocks(2, 70);
  std::vector<Scale_> scales(tiles.size());
  std::vector<f8::e4m3> out(x.size());
  f8::cast_statistics seen;
  f8::find_scales<f8::e4m3>(x.data(), tiles, scales.data(), rule);
  f8::quantize(x.data(), out.data(), tiles, scales.data(), f8::overflow::nonfinite, &seen);
  EXPECT_EQ(seen.saturated, 1u);  // the infinity
  EXPECT_EQ(seen.nan, 1u);
  EXPECT_EQ(out[3].to_bits() & 0x78, 0x78) << "the largest of its block is in the last binade";
}

TEST(FindScales, OfWhatIsFiniteSoThatNothingElseSaturates) {
  expect_nothing_saturates<float>(f8::scale_rule{});
  expect_nothing_saturates<float>(f8::scale_rule{true, 0});
  expect_nothing_saturates<f8::e8m0>(f8::mx_rule::ceil);
}

TEST(FindScales, OfABlockWithoutFiniteNumbersIsThatOfZero) {
  const float inf = static_cast<float>(infinity);
  const float none = static_cast<float>(nan);
  const std::vector<float> x{inf, none, -inf, 0, -0.0F, 0};
  float scales[2];
  f8::find_scales<f8::e4m3>(x.data(), f8::per_row(2, 3), scales);
  EXPECT_EQ(scales[0], 1.0F);
  EXPECT_EQ(scales[1], 1.0F);
  f8::e8m0 powers[2];
  f8::find_scales<f8::e4m3>(x.data(), f8::per_row(2, 3), powers);
  EXPECT_EQ(powers[0].to_bits(), 0);
  EXPECT_EQ(powers[1].to_bits(), 0);
}

template <class T>
void expect_powers_of_each_float() {
  std::vector<float> x;
  for (std::uint32_t upper = 0; upper < 0x7F80; ++upper) {
    for (const std::uint32_t lower : {0x0000u, 0x0001u, 0xFFFFu})
      x.push_back(f8::detail::bit_cast<float>(upper << 16 | lower));
  }
  std::vector<f8::e8m0> scales(x.size());
  f8::find_scales<T>(x.data(), f8::per_block(1, x.size(), 1, 1), scales.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    ASSERT_EQ(scales[i].to_bits(), f8::mx_scale_for<T>(static_cast<double>(x[i])).to_bits())
        << x[i];
  }
}

TEST(FindScales, OfEachBinadeOfFloatsAreWhatTheScaleOfOneNumberIs) {
  expect_powers_of_each_float<f8::e4m3>();
  expect_powers_of_each_float<f8::e5m2>();
  expect_powers_of_each_float<f8::e3m4>();
  expect_powers_of_each_float<f8::e4m3fnuz>();
}

/// quantize() divides by the scale that find_scales() stored, which is clamped at e8m0's ends, and
/// not by the one that it would have been.
TEST(FindScales, AtTheEndsOfOneByteQuotientsAreThoseByTheClampedScale) {
  for (const float x : {0x1p-149F, 0x1p-130F, 1.75F * 0x1p-126F, largest_float}) {
    f8::e8m0 scale{};
    f8::find_scales<f8::e4m3>(&x, f8::per_tensor(1, 1), &scale);
    f8::e4m3 code{};
    f8::quantize(&x, &code, f8::per_tensor(1, 1), &scale);
    const number q = reference::quotient(number_of(x), number_of(static_cast<float>(scale)));
    EXPECT_EQ(code.to_bits(), reference::expected_code<f8::e4m3>(q)) << x;
  }
}

TEST(Absmax, IsOfTheTypeThatHoldsIt) {
  const double doubles[] = {-1e300, 1};
  const f8::bfloat16 brains[] = {f8::bfloat16(-3.0F), f8::bfloat16(1.0F)};
  EXPECT_EQ(f8::absmax(doubles, 2), 1e300);
  EXPECT_EQ(f8::absmax(brains, 2), 3.0F);
  EXPECT_EQ(f8::absmax(doubles, 0), 0);
  static_assert(std::is_same_v<decltype(f8::absmax(brains, 2)), float>, "");
}

TEST(Dequantize, KeepsWhatIsTooLargeInfinite) {
  const f8::e4m3 codes[] = {f8::e4m3(448.0F), f8::e4m3(-448.0F), f8::e4m3(0.0F)};
  float out[3];
  f8::dequantize(codes, out, 3, largest_float);
  EXPECT_EQ(out[0], static_cast<float>(infinity));
  EXPECT_EQ(out[1], static_cast<float>(-infinity));
  EXPECT_EQ(out[2], 0.0F);
  f8::dequantize(codes, out, 3, largest_float, f8::overflow::saturate);
  EXPECT_EQ(out[0], largest_float);
}

TEST(Quantize, DoesNothingWithNothing) {
  f8::quantize(static_cast<const float*>(nullptr), static_cast<f8::e4m3*>(nullptr), 0, 1);
  f8::dequantize(static_cast<const f8::e4m3*>(nullptr), static_cast<float*>(nullptr), 0, 1);
}

TEST(Quantize, CountsQuotientsThatAreNoNumbers) {
  constexpr auto inf = std::numeric_limits<float>::infinity();
  constexpr auto no_number = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> x{0, -0.0F, 1, no_number, inf, -inf, 448};
  std::vector<f8::e4m3> codes(x.size());
  for (const f8::overflow over : reference::all_overflows) {
    f8::cast_statistics by_zero, by_infinity;
    f8::quantize(x.data(), codes.data(), x.size(), 0, over, &by_zero);
    EXPECT_EQ(by_zero.nan, 3U);  // 0 / 0, -0 / 0 and NaN
    f8::quantize(x.data(), codes.data(), x.size(), inf, over, &by_infinity);
    EXPECT_EQ(by_infinity.nan, 3U);  // NaN, and inf / inf of both signs
  }
}

TEST(Dequantize, KeepsInfinitiesInDoubleUnderEveryPolicy) {
  const f8::e5m2 codes[] = {f8::e5m2::from_bits(0x7C), f8::e5m2::from_bits(0xFC), f8::e5m2{57344}};
  for (const f8::overflow over : reference::all_overflows) {
    double doubles[3];
    float floats[3];
    f8::dequantize(codes, doubles, 3, largest_float, over);
    f8::dequantize(codes, floats, 3, largest_float, over);
    EXPECT_EQ(doubles[0], infinity);
    EXPECT_EQ(doubles[1], -infinity);
    EXPECT_EQ(doubles[2], 57344 * double{largest_float});
    const bool saturates = over == f8::overflow::saturate;
    EXPECT_EQ(double{floats[0]}, saturates ? double{largest_float} : infinity);
    EXPECT_EQ(double{floats[2]},
              over == f8::overflow::nonfinite ? infinity : double{largest_float});
  }
}

}  // namespace
