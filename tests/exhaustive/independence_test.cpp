// What a conversion gives depends on its operands alone. This file is compiled with many sets of
// options (see CMakeLists.txt), and states each law in every floating-point environment: all
// rounding modes, with and without FTZ and DAZ.
#include <gtest/gtest.h>

#include <cfenv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "exhaustive/cast_sweep.hpp"
#include "exhaustive/points.hpp"
#include "reference/environment.hpp"
#include "reference/order.hpp"

namespace {

using reference::code_of;
using reference::for_each_code;
using reference::format_of;

#if defined(__wasm__)  // knows no other
constexpr int rounding_modes[] = {FE_TONEAREST};
#else
constexpr int rounding_modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
#endif

struct environment {
  int rounding_mode;
  bool flush;  ///< subnormal operands and results read as zero

  friend void PrintTo(const environment& e, std::ostream* out) {
    const int mode = e.rounding_mode;
    *out << (mode == FE_TONEAREST  ? "nearest"
             : mode == FE_UPWARD   ? "upward"
             : mode == FE_DOWNWARD ? "downward"
                                   : "toward_zero")
         << (e.flush ? "_flushing" : "");
  }
};

std::vector<environment> environments() {
  std::vector<environment> list;
  for (const bool flush : {false, true}) {
    if (flush && !reference::can_flush_subnormals) continue;
    for (const int mode : rounding_modes) list.push_back({mode, flush});
  }
  return list;
}

/// Every law here is stated while its environment is in effect. Threads that start then inherit it.
class Independence : public testing::TestWithParam<environment> {
 protected:
  void SetUp() override {
    std::fesetround(GetParam().rounding_mode);
    reference::flush_subnormals(GetParam().flush);
  }
  void TearDown() override { saved_.restore(); }

 private:
  reference::saved_environment saved_;
};

/// 1 + 2^-30 rounded to float: the code tells the rounding mode.
std::uint32_t rounded_sum(float sign) {
  const volatile float large = sign;
  const volatile float small = sign * 0x1p-30f;
  const volatile float sum = large + small;
  return code_of(float{sum}) & 0x7FFF'FFFF;
}

/// 2^-149 + 2^-149: not zero, unless flushed.
std::uint32_t subnormal_sum() {
  const volatile float least = reference::value_of<float>(1);
  const volatile float sum = least + least;
  return code_of(float{sum});
}

// If this failed, the other laws would be stated in one environment only.
TEST_P(Independence, EnvironmentIsInEffectInEveryThread) {
  const int mode = GetParam().rounding_mode;
  sweep::in_parallel(std::uint64_t{1} << 32, [mode](std::uint64_t, std::uint64_t) {
    ASSERT_EQ(std::fegetround(), mode);
    ASSERT_EQ(rounded_sum(1.0f), mode == FE_UPWARD ? 0x3F80'0001u : 0x3F80'0000u);
    ASSERT_EQ(rounded_sum(-1.0f), mode == FE_DOWNWARD ? 0x3F80'0001u : 0x3F80'0000u);
    ASSERT_EQ(subnormal_sum(), GetParam().flush ? 0u : 2u);
  });
}

constexpr std::uint32_t stride = 8191;

TEST_P(Independence, FloatToFp8) {
  EXPECT_TRUE((sweep::cast_agrees<f8::e4m3, float, 0, stride>()));
  EXPECT_TRUE((sweep::cast_agrees<f8::e5m2, float, 0, stride>()));
  EXPECT_TRUE((sweep::cast_agrees<f8::e4m3fnuz, float, 0, stride>()));
}

TEST_P(Independence, FloatToFp8UnderOtherConversions) {
  for (const f8::rounding round : reference::all_roundings) {
    EXPECT_TRUE((sweep::cast_agrees<f8::e4m3, float, 65537>({round, f8::overflow::nonfinite})));
    EXPECT_TRUE(
        (sweep::cast_agrees<f8::e5m2, float, 65537>({round, f8::overflow::saturate_finite})));
  }
}

TEST_P(Independence, HalvesToFp8) {
  reference::for_each_type(reference::half_types{}, [](auto tag) {
    using half = typename decltype(tag)::type;
    EXPECT_TRUE((sweep::cast_agrees<f8::e4m3, half>()));
    EXPECT_TRUE((sweep::cast_agrees<f8::e5m2, half>()));
  });
}

TEST_P(Independence, DoubleToEveryFloat) {
  for (const double x : points::doubles(reference::e4m3))
    ASSERT_TRUE((points::agrees<f8::e4m3>(x, {})));
  for (const double x : points::doubles(reference::e5m2))
    ASSERT_TRUE((points::agrees<f8::e5m2>(x, {})));
  for (const double x : points::doubles(reference::binary16))
    ASSERT_TRUE((points::agrees<f8::float16>(x, {})));
  for (const double x : points::doubles(reference::bfloat16))
    ASSERT_TRUE((points::agrees<f8::bfloat16>(x, {})));
  for (const double x : points::doubles(reference::binary32))
    ASSERT_TRUE((points::agrees<float>(x, {})));
}

TEST_P(Independence, IntegersAndLongDoubles) {
  for (const auto x : points::integers<std::int64_t>(reference::e5m2)) {
    ASSERT_TRUE((points::agrees<f8::e5m2>(x, f8::overflow::nonfinite)));
  }
  for (const auto x : points::integers<std::int64_t>(reference::binary32))
    ASSERT_TRUE((points::agrees<float>(x, {})));
  for (const long double x : points::long_doubles(reference::e4m3)) {
    ASSERT_TRUE((points::agrees<f8::e4m3>(x, f8::overflow::nonfinite)));
  }
}

TEST_P(Independence, DecodeOfEveryCode) {
  reference::for_each_type(reference::alias_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    for_each_code<type>([](type x, std::uint32_t) {
      ASSERT_EQ(code_of(f8::cast<float>(x)), (reference::expected_cast<float>(x)))
          << reference::describe(x);
      ASSERT_EQ(code_of(f8::cast<double>(x)), (reference::expected_cast<double>(x)))
          << reference::describe(x);
      ASSERT_EQ(code_of(f8::cast<f8::float16>(x)), (reference::expected_cast<f8::float16>(x)));
      ASSERT_EQ(code_of(f8::cast<f8::bfloat16>(x)), (reference::expected_cast<f8::bfloat16>(x)));
      const float implicit = x;
      ASSERT_EQ(code_of(implicit), (reference::expected_cast<float>(x))) << reference::describe(x);
    });
  });
}

TEST_P(Independence, DecodeOfEveryHalf) {
  reference::for_each_type(reference::half_types{}, [](auto tag) {
    using half = typename decltype(tag)::type;
    for_each_code<half>([](half x, std::uint32_t) {
      ASSERT_EQ(code_of(f8::cast<float>(x)), (reference::expected_cast<float>(x)))
          << reference::describe(x);
    });
  });
}

TEST_P(Independence, E8m0) {
  for (unsigned code = 0; code < 0xFF; ++code) {
    const auto x = f8::e8m0::from_bits(code);
    ASSERT_EQ(f8::cast<f8::e8m0>(f8::cast<float>(x)).to_bits(), code);
    ASSERT_EQ(code_of(f8::cast<float>(x)), code == 0 ? 0x0040'0000u : code << 23);
  }
}

TEST_P(Independence, Order) {
  reference::for_each_type(reference::alias_types{}, [](auto tag) {
    using type = typename decltype(tag)::type;
    std::uint32_t below = 0;
    for_each_code<type>(
        [&](type x, std::uint32_t) { below += f8::order_key(x) < f8::order_key(type{}); });
    ASSERT_EQ(below, reference::has_negative_zero(format_of<type>) ? 128u : 127u);
  });
}

/// The codes whose pairs are compared: all of 8 bits; of 16 bits some of every kind of value.
template <class T>
std::vector<std::uint32_t> compared_codes() {
  std::vector<std::uint32_t> codes;
  for (std::uint32_t code = 0; code < 1u << 8 * sizeof(T); ++code) {
    const std::uint32_t low = code & 0xFF;
    const std::uint32_t high = code >> 8;
    const bool is_taken =
        (high % 8 == 0 || high % 8 == 7) && (low <= 1 || low == 0x7F || low == 0x80);
    if (sizeof(T) == 1 || is_taken) codes.push_back(code);
  }
  return codes;
}

/// By the numbers that the codes stand for, made in integers.
enum class relation : std::uint8_t { less, greater, equal, unordered };

template <class T>
relation compare(std::uint32_t x, std::uint32_t y) {
  const reference::number a = reference::decode(format_of<T>, x);
  const reference::number b = reference::decode(format_of<T>, y);
  return reference::is_unordered(a, b) ? relation::unordered
         : reference::less(a, b)       ? relation::less
         : reference::less(b, a)       ? relation::greater
                                       : relation::equal;
}

/// min, max, fmin, fmax and nextafter of one pair.
template <class T>
bool picks_right(T x, T y, relation is) {
  const bool x_is_nan = reference::is_nan(format_of<T>, code_of(x));
  const T lesser = is == relation::greater ? y : x;
  const T greater = is == relation::less ? y : x;
  const T number = x_is_nan ? y : x;  // the other one, if one is NaN
  const bool unordered = is == relation::unordered;
  const T next = is == relation::less      ? nextup(x)
                 : is == relation::greater ? nextdown(x)
                 : x_is_nan                ? x
                                           : y;
  return code_of((f8::min)(x, y)) == code_of(lesser) &&
         code_of((f8::max)(x, y)) == code_of(greater) &&
         code_of(fmin(x, y)) == code_of(unordered ? number : lesser) &&
         code_of(fmax(x, y)) == code_of(unordered ? number : greater) &&
         code_of(nextafter(x, y)) == code_of(next);
}

template <class T>
void expect_right_picks() {
  static const std::vector<std::uint32_t> codes = compared_codes<T>();
  static const std::vector<relation> relations = [] {
    std::vector<relation> all;
    for (const std::uint32_t x : codes)
      for (const std::uint32_t y : codes) all.push_back(compare<T>(x, y));
    return all;
  }();
  std::size_t i = 0;
  for (const std::uint32_t x : codes) {
    for (const std::uint32_t y : codes) {
      const T a = T::from_bits(x);
      const T b = T::from_bits(y);
      ASSERT_TRUE(picks_right(a, b, relations[i++]))
          << reference::describe(a) << " and " << reference::describe(b);
    }
  }
}

TEST_P(Independence, OfTwoOnePickedByItsCode) {
  reference::for_each_type(reference::alias_types{},
                           [](auto tag) { expect_right_picks<typename decltype(tag)::type>(); });
  expect_right_picks<f8::float16>();
  expect_right_picks<f8::bfloat16>();
}

/// x * 2^power, for an x but zero.
reference::number times_power(reference::number x, int power) {
  x.size.exponent += power;
  return x;
}

/// What <cmath>'s functions say of one value.
template <class T>
bool math_agrees(T x, std::uint32_t code) {
  constexpr reference::format f = format_of<T>;
  const reference::number number = reference::decode(f, code);
  const bool is_zero = number.what == reference::kind::finite && reference::is_zero(number.size);
  const bool has_sign = reference::has_negative_zero(f) || reference::magnitude_code(f, code) != 0;
  const std::uint64_t positive = has_sign ? reference::magnitude_code(f, code) : code;
  const std::uint64_t negative = has_sign ? positive | reference::sign_bit(f) : code;
  const bool signs = code_of(abs(x)) == positive && code_of(fabs(x)) == positive &&
                     code_of(copysign(x, T{1})) == positive &&
                     code_of(copysign(x, T{-1})) == negative && signbit(x) == number.negative;
  const bool kinds = isnan(x) == (number.what == reference::kind::nan) &&
                     isinf(x) == (number.what == reference::kind::infinite) &&
                     isfinite(x) == (number.what == reference::kind::finite) &&
                     (fpclassify(x) == FP_ZERO) == is_zero;
  if (is_zero || number.what != reference::kind::finite) return signs && kinds;
  int exponent = 0;
  const T fraction = frexp(x, &exponent);
  const reference::number whole = times_power(reference::decode(f, code_of(fraction)), exponent);
  const bool halves = reference::equal(whole, number) && ilogb(fraction) == -1 &&
                      fpclassify(fraction) == FP_NORMAL && ilogb(x) == exponent - 1;
  const f8::conversion how = sizeof(T) == 1 ? f8::overflow::saturate : f8::overflow::nonfinite;
  bool scales = true;
  for (const int power : {-9, -1, 0, 1, 3}) {
    scales = scales && code_of(ldexp(x, power)) ==
                           reference::expected_code<T>(times_power(number, power), how);
  }
  return signs && kinds && halves && scales;
}

TEST_P(Independence, MathOfEveryCode) {
  const auto expect = [](auto tag) {
    using type = typename decltype(tag)::type;
    for (const std::uint32_t code : compared_codes<type>()) {
      const auto x = type::from_bits(code);
      ASSERT_TRUE(math_agrees(x, code)) << reference::describe(x);
    }
  };
  reference::for_each_type(reference::alias_types{}, expect);
  expect(reference::type_tag<f8::float16>{});
  expect(reference::type_tag<f8::bfloat16>{});
}

std::string name(const testing::TestParamInfo<environment>& parameter) {
  return testing::PrintToString(parameter.param);
}

INSTANTIATE_TEST_SUITE_P(In, Independence, testing::ValuesIn(environments()), name);

}  // namespace
