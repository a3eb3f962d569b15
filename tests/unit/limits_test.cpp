// Every member of numeric_limits, found by brute force over all codes.
#include "f8/limits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::format_of;

template <class T>
class Limits : public testing::Test {};
using types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, reference::e2m5, reference::e6m1, f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Limits, types, reference::format_names);

/// All finite values, ascending, by the oracle.
template <class T>
std::vector<double> finite_values() {
  std::vector<double> values;
  reference::for_each_code<T>([&](T, std::uint32_t code) {
    if (!reference::is_finite(format_of<T>, code)) return;
    const auto bits = reference::encode(format_of<double>, reference::decode(format_of<T>, code));
    values.push_back(reference::value_of<double>(bits));
  });
  std::sort(values.begin(), values.end());
  return values;
}

TYPED_TEST(Limits, AreWhatAllCodesSay) {
  using limits = std::numeric_limits<TypeParam>;
  const std::vector<double> values = finite_values<TypeParam>();
  const auto has = [&](double x) { return std::binary_search(values.begin(), values.end(), x); };
  const double above_one = *std::upper_bound(values.begin(), values.end(), 1.0);
  const double least = *std::upper_bound(values.begin(), values.end(), 0.0);

  EXPECT_EQ(double{limits::max()}, values.back());
  EXPECT_EQ(double{limits::lowest()}, values.front());
  EXPECT_EQ(double{limits::denorm_min()}, least);
  EXPECT_EQ(double{limits::epsilon()}, above_one - 1.0);
  EXPECT_EQ(double{limits::round_error()}, 0.5);

  // The significand has `digits` bits: 1 + epsilon is next to 1, and 2^digits is the first integer
  // whose successor may be missing.
  EXPECT_EQ(std::ldexp(1.0, 1 - limits::digits), above_one - 1.0);
  // min(): the least value from which on every power of two has all its digits.
  double normal = least;
  while (!has(normal * (1.0 + (above_one - 1.0)))) normal *= 2;
  EXPECT_EQ(double{limits::min()}, normal);
  EXPECT_EQ(std::ldexp(1.0, limits::min_exponent - 1), normal);
  EXPECT_TRUE(has(std::ldexp(1.0, limits::max_exponent - 1)));
  EXPECT_FALSE(has(std::ldexp(1.0, limits::max_exponent)));
  EXPECT_GE(std::pow(10.0, limits::min_exponent10), normal);
  EXPECT_LT(std::pow(10.0, limits::min_exponent10 - 1), normal);
  EXPECT_LE(std::pow(10.0, limits::max_exponent10), values.back());
  EXPECT_GT(std::pow(10.0, limits::max_exponent10 + 1), values.back());
  EXPECT_EQ(limits::digits10, static_cast<int>(std::floor((limits::digits - 1) * std::log10(2.0))));
  EXPECT_EQ(limits::max_digits10,
            static_cast<int>(std::ceil(limits::digits * std::log10(2.0) + 1)));
  EXPECT_EQ(limits::radix, 2);
}

TYPED_TEST(Limits, SpecialValuesAreThoseOfTheFormat) {
  using limits = std::numeric_limits<TypeParam>;
  bool infinity = false;
  bool nan = false;
  reference::for_each_code<TypeParam>([&](TypeParam, std::uint32_t code) {
    infinity = infinity || reference::is_infinite(format_of<TypeParam>, code);
    nan = nan || reference::is_nan(format_of<TypeParam>, code);
  });
  EXPECT_EQ(limits::has_infinity, infinity);
  EXPECT_EQ(limits::has_quiet_NaN, nan);
  EXPECT_EQ(std::isinf(float{limits::infinity()}), infinity);
  EXPECT_EQ(std::isnan(float{limits::infinity()}), !infinity);  // never a number
  EXPECT_TRUE(std::isnan(float{limits::quiet_NaN()}));
  EXPECT_TRUE(std::isnan(float{limits::signaling_NaN()}));
  EXPECT_FALSE(limits::has_signaling_NaN);
}

TYPED_TEST(Limits, KindOfType) {
  using limits = std::numeric_limits<TypeParam>;
  EXPECT_TRUE(limits::is_specialized && limits::is_signed && limits::is_bounded);
  EXPECT_FALSE(limits::is_integer || limits::is_exact || limits::is_modulo || limits::is_iec559);
  EXPECT_FALSE(limits::traps || limits::tinyness_before || limits::has_denorm_loss);
  EXPECT_EQ(limits::has_denorm, std::denorm_present);
  EXPECT_EQ(limits::round_style, std::round_to_nearest);
  EXPECT_EQ(std::numeric_limits<const TypeParam>::digits, limits::digits);
}

static_assert(std::numeric_limits<f8::e4m3>::digits == 4 &&
              std::numeric_limits<f8::e4m3>::min_exponent == -5);
static_assert(std::numeric_limits<f8::e4m3>::max_exponent == 9 &&
              !std::numeric_limits<f8::e4m3>::has_infinity);
static_assert(std::numeric_limits<f8::e5m2>::digits == 3 &&
              std::numeric_limits<f8::e5m2>::min_exponent == -13);
static_assert(std::numeric_limits<f8::e5m2>::max_exponent == 16);

}  // namespace
