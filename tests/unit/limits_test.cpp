// Every member of numeric_limits, found by brute force over all codes.
#include "f8/limits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::format_of;

template <class T>
class Limits : public testing::Test {};
using limits_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, reference::e2m5, reference::e6m1, reference::e5m2b120,
                   reference::e3m4_large, f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Limits, limits_types, reference::format_names);

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

/// The value nearest to x.
double nearest(const std::vector<double>& values, double x) {
  if (x >= values.back()) return values.back();
  return *std::min_element(values.begin(), values.end(),
                           [x](double a, double b) { return std::fabs(a - x) < std::fabs(b - x); });
}

/// The exponents of ten are those by which the powers just reach into [smallest, largest].
struct exponents10 {
  int min;
  int max;
};
template <class T>
constexpr exponents10 exponents10_of{std::numeric_limits<T>::min_exponent10,
                                     std::numeric_limits<T>::max_exponent10};

void expect_exponents10(exponents10 got, double smallest, double largest) {
  EXPECT_GE(std::pow(10.0, got.min), smallest) << smallest;
  EXPECT_LT(std::pow(10.0, got.min - 1), smallest) << smallest;
  EXPECT_LE(std::pow(10.0, got.max), largest) << largest;
  EXPECT_GT(std::pow(10.0, got.max + 1), largest) << largest;
}

/// `digits` is right: the step above 1 is 2^(1 - digits), and the other members follow from it.
template <class T>
void expect_digits(const std::vector<double>& values) {
  using limits = std::numeric_limits<T>;
  const double step = std::ldexp(1.0, 1 - limits::digits);
  if (std::binary_search(values.begin(), values.end(), 1.0)) {
    EXPECT_EQ(*std::upper_bound(values.begin(), values.end(), 1.0), 1.0 + step);
  }
  EXPECT_EQ(double{limits::epsilon()}, nearest(values, step));
  EXPECT_EQ(double{limits::round_error()}, nearest(values, 0.5));
  EXPECT_EQ(limits::digits10, static_cast<int>(std::floor((limits::digits - 1) * std::log10(2.0))));
  EXPECT_EQ(limits::max_digits10,
            static_cast<int>(std::ceil(limits::digits * std::log10(2.0) + 1)));
  EXPECT_EQ(limits::radix, 2);
}

TYPED_TEST(Limits, AreWhatAllCodesSay) {
  using limits = std::numeric_limits<TypeParam>;
  const std::vector<double> values = finite_values<TypeParam>();
  const auto has = [&](double x) { return std::binary_search(values.begin(), values.end(), x); };
  const double least = *std::upper_bound(values.begin(), values.end(), 0.0);

  EXPECT_EQ(double{limits::max()}, values.back());
  EXPECT_EQ(double{limits::lowest()}, values.front());
  EXPECT_EQ(double{limits::denorm_min()}, least);
  expect_digits<TypeParam>(values);

  // min(): the least value from which on every power of two has all its digits.
  double normal = least;
  while (!has(normal * (1.0 + std::ldexp(1.0, 1 - limits::digits)))) normal *= 2;
  EXPECT_EQ(double{limits::min()}, normal);
  EXPECT_EQ(std::ldexp(1.0, limits::min_exponent - 1), normal);
  EXPECT_TRUE(has(std::ldexp(1.0, limits::max_exponent - 1)));
  EXPECT_FALSE(has(std::ldexp(1.0, limits::max_exponent)));
  expect_exponents10(exponents10_of<TypeParam>, normal, values.back());
}

/// Exponents of ten of a 4-3 format at each legal bias, from the first one on.
template <f8::special_values S, int First, int... I>
std::vector<exponents10> with_biases(std::integer_sequence<int, I...>) {
  return {exponents10_of<f8::fp8<4, 3, S, First + I>>...};
}

TEST(LimitsOfFarBiases, ReachFromTheLeastToTheLargestPowerOfTen) {
  constexpr int last = 124;    // the least subnormal value is 2^-126
  constexpr int first = -112;  // the largest value has the exponent 127
  const auto all = with_biases<f8::special_values::fn, first>(
      std::make_integer_sequence<int, last + 1 - first>());
  int bias = first;
  for (const exponents10 got : all) {
    expect_exponents10(got, std::ldexp(1.0, 1 - bias), std::ldexp(1.75, 15 - bias));
    ++bias;
  }
}

TEST(LimitsOfE8m0, AreWhatAllCodesSay) {
  using limits = std::numeric_limits<f8::e8m0>;
  std::vector<double> values;
  for (int exponent = -127; exponent <= 127; ++exponent)
    values.push_back(std::ldexp(1.0, exponent));

  EXPECT_EQ(double{limits::max()}, values.back());
  EXPECT_EQ(double{limits::min()}, values.front());
  EXPECT_EQ(double{limits::lowest()}, values.front());
  EXPECT_EQ(double{limits::denorm_min()}, values.front());
  expect_digits<f8::e8m0>(values);
  EXPECT_EQ(std::ldexp(1.0, limits::min_exponent - 1), values.front());
  EXPECT_EQ(std::ldexp(1.0, limits::max_exponent - 1), values.back());
  expect_exponents10(exponents10_of<f8::e8m0>, values.front(), values.back());

  EXPECT_TRUE(limits::is_specialized && limits::is_bounded && limits::has_quiet_NaN);
  EXPECT_FALSE(limits::is_signed || limits::is_integer || limits::is_exact || limits::is_modulo);
  EXPECT_FALSE(limits::is_iec559 || limits::traps || limits::tinyness_before);
  EXPECT_FALSE(limits::has_infinity || limits::has_signaling_NaN || limits::has_denorm_loss);
  EXPECT_EQ(limits::has_denorm, std::denorm_absent);
  EXPECT_EQ(limits::round_style, std::round_to_nearest);
  EXPECT_TRUE(std::isnan(float{limits::infinity()}) && std::isnan(float{limits::quiet_NaN()}));
  EXPECT_TRUE(std::isnan(float{limits::signaling_NaN()}));
  EXPECT_TRUE(std::numeric_limits<const volatile f8::e8m0>::is_specialized);
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
