// Each function is found as float's is, and agrees with float's on the value or with brute force
// over all codes.
#include "f8/math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::describe;
using reference::format_of;

template <class T>
class Math : public testing::Test {};
using math_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, reference::e6m1, reference::e5m2b120, reference::e3m4_large,
                   f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Math, math_types, reference::format_names);

template <class T>
class Math8 : public testing::Test {};
TYPED_TEST_SUITE(Math8, reference::fp8_types, reference::format_names);

TYPED_TEST(Math, ClassifiesByCode) {
  using std::fpclassify, std::isfinite, std::isinf, std::isnan, std::isnormal, std::signbit;
  constexpr reference::format f = format_of<TypeParam>;
  reference::for_each_code<TypeParam>([&](TypeParam x, std::uint32_t code) {
    const std::uint64_t magnitude = reference::magnitude_code(f, code);
    const bool nan = reference::is_nan(f, code);
    const bool normal = reference::is_finite(f, code) && magnitude >> f.trailing_bits != 0;
    ASSERT_EQ(isnan(x), nan) << describe(x);
    ASSERT_EQ(isinf(x), reference::is_infinite(f, code)) << describe(x);
    ASSERT_EQ(isfinite(x), reference::is_finite(f, code)) << describe(x);
    ASSERT_EQ(isnormal(x), normal) << describe(x);
    ASSERT_EQ(signbit(x), reference::is_negative(f, code)) << describe(x);
    const int expected = nan                               ? FP_NAN
                         : reference::is_infinite(f, code) ? FP_INFINITE
                         : magnitude == 0                  ? FP_ZERO
                         : normal                          ? FP_NORMAL
                                                           : FP_SUBNORMAL;
    ASSERT_EQ(fpclassify(x), expected) << describe(x);
  });
}

TYPED_TEST(Math, SignsAreFloats) {
  using std::abs, std::copysign, std::fabs;
  constexpr reference::format f = format_of<TypeParam>;
  const TypeParam minus{-1};
  const TypeParam plus{1};
  reference::for_each_code<TypeParam>([&](TypeParam x, std::uint32_t code) {
    const bool has_sign =
        reference::has_negative_zero(f) || reference::magnitude_code(f, code) != 0;
    const std::uint64_t positive = has_sign ? reference::magnitude_code(f, code) : code;
    const std::uint64_t negative = has_sign ? positive | reference::sign_bit(f) : code;
    ASSERT_EQ(abs(x).to_bits(), positive) << describe(x);
    ASSERT_EQ(fabs(x).to_bits(), positive) << describe(x);
    ASSERT_EQ(copysign(x, plus).to_bits(), positive) << describe(x);
    ASSERT_EQ(copysign(x, minus).to_bits(), negative) << describe(x);
    if (!std::isnan(float{x})) {
      ASSERT_EQ(float{abs(x)}, std::fabs(float{x})) << describe(x);
      ASSERT_EQ(f8::cast<TypeParam>(-x, f8::overflow::nonfinite).to_bits(),
                copysign(x, signbit(x) ? plus : minus).to_bits())
          << describe(x);
    }
    static_assert(std::is_same_v<decltype(-x), float> &&
                  std::is_same_v<decltype(abs(x)), TypeParam> &&
                  std::is_same_v<decltype(copysign(x, plus)), TypeParam>);
  });
}

/// The value next to x on one side, by search among all codes; x if there is none. A zero that is
/// reached has the sign of x, where there are two.
template <class T>
T searched_next(T x, bool up) {
  T best = x;
  reference::for_each_code<T>([&](T y, std::uint32_t) {
    const bool beyond = up ? float{y} > float{x} : float{y} < float{x};
    const bool nearer = up ? float{y} < float{best} : float{y} > float{best};
    if (beyond && (nearer || best.to_bits() == x.to_bits())) best = y;
  });
  if (float{best} != 0 || float{x} == 0 || !reference::has_negative_zero(format_of<T>)) return best;
  return T::from_bits(std::signbit(float{x}) ? 0x80 : 0);
}

TYPED_TEST(Math8, NextupAndNextdownAreTheNeighbours) {
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    const bool nan = reference::is_nan(format_of<TypeParam>, code);
    ASSERT_EQ(nextup(x).to_bits(), nan ? code : searched_next(x, true).to_bits()) << describe(x);
    ASSERT_EQ(nextdown(x).to_bits(), nan ? code : searched_next(x, false).to_bits()) << describe(x);
  });
}

TYPED_TEST(Math8, NextafterStepsTowards) {
  using std::nextafter;
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    reference::for_each_code<TypeParam>([&](TypeParam y, std::uint32_t) {
      const TypeParam next = nextafter(x, y);
      if (std::isnan(float{x}) || std::isnan(float{y})) {
        ASSERT_TRUE(std::isnan(float{next})) << describe(x) << describe(y);
      } else if (float{x} == float{y}) {
        ASSERT_EQ(next.to_bits(), y.to_bits()) << describe(x) << describe(y);
      } else {
        ASSERT_EQ(next.to_bits(), (float{x} < float{y} ? nextup(x) : nextdown(x)).to_bits())
            << describe(x) << describe(y);
      }
    });
  });
}

template <class T, class = void>
constexpr bool has_frexp = false;
template <class T>
constexpr bool has_frexp<T, std::void_t<decltype(f8::frexp(T{}, static_cast<int*>(nullptr)))>> =
    true;

/// The double of every code; those of infinities and NaNs are not looked at.
template <class T>
std::vector<double> values() {
  std::vector<double> result;
  reference::for_each_code<T>([&](T, std::uint32_t code) {
    const reference::number exact = reference::decode(format_of<T>, code);
    result.push_back(reference::value_of<double>(reference::encode(reference::binary64, exact)));
  });
  return result;
}

TYPED_TEST(Math, ExponentsAreFloats) {
  using std::frexp, std::ilogb;  // where the type has no frexp, this is the float's
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    ASSERT_EQ(ilogb(x), std::ilogb(float{x})) << describe(x);
    int exponent = -1;
    int expected_exponent = -2;
    const auto fraction = frexp(x, &exponent);
    static_assert(has_frexp<TypeParam> == std::is_same_v<decltype(fraction), const TypeParam>);
    const float expected = std::frexp(float{x}, &expected_exponent);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(float{fraction}));
      return;
    }
    ASSERT_EQ(reference::code_of(float{fraction}), reference::code_of(expected)) << describe(x);
    if (std::isfinite(expected)) {
      ASSERT_EQ(exponent, expected_exponent) << describe(x);
    }
  });
}

// There is a frexp just where all of its results are values: for each shape at each legal bias.
template <int E, int M, f8::special_values S, int Bias>
constexpr bool frexp_is_where_it_can_be() {
  constexpr int highest =
      S == f8::special_values::ieee ? (1 << E) - 2 : (1 << E) - 1;  // exponent field
  // Below its top binade a format has all of a binade's values, and in fnuz in it, too; in fn the
  // last one there is NaN, and ieee's top binade is whole.
  constexpr int whole = S == f8::special_values::fn ? highest - 1 : highest;
  constexpr bool can_be = -1 + Bias >= 1 && -1 + Bias <= whole;
  return has_frexp<f8::fp8<E, M, S, Bias>> == can_be;
}
template <int E, int M, f8::special_values S, int... I>
constexpr bool frexp_is_where_it_can_be(std::integer_sequence<int, I...>) {
  constexpr int last = 127 - M;  // the least subnormal value is 2^-126
  return (... && frexp_is_where_it_can_be<E, M, S, last - I>());
}
template <int E, int M, f8::special_values S>
constexpr bool frexp_is_where_it_can_be() {
  constexpr int highest = S == f8::special_values::ieee ? (1 << E) - 2 : (1 << E) - 1;
  constexpr int first = highest - 127;  // the largest value's exponent is 127
  return frexp_is_where_it_can_be<E, M, S>(std::make_integer_sequence<int, 128 - M - first>());
}
static_assert(frexp_is_where_it_can_be<4, 3, f8::special_values::fn>());
static_assert(frexp_is_where_it_can_be<5, 2, f8::special_values::ieee>());
static_assert(frexp_is_where_it_can_be<3, 4, f8::special_values::fnuz>());

/// x * 2^exponent rounded to T by the arithmetic of doubles, which have room for all of it, and T's
/// places. Its sign is that of x.
template <class T>
double scaled_in_double(double x, int exponent) {
  constexpr reference::format f = format_of<T>;
  const double exact = std::ldexp(x, std::clamp(exponent, -600, 600));
  const int place = std::max(std::ilogb(exact), 1 - f.bias) - f.trailing_bits;
  return std::ldexp(std::nearbyint(std::ldexp(exact, -place)), place);
}

/// Every exponent that takes |x| to where T has values, some more on both sides, and the farthest.
template <class T, class Function>
void for_each_exponent(double x, Function f) {
  constexpr reference::format format = format_of<T>;
  const int least = 1 - format.bias - format.trailing_bits;
  const int most = static_cast<int>(format.max_finite >> format.trailing_bits) - format.bias;
  const int own = std::ilogb(x);
  for (int exponent = least - 3 - own; exponent <= most + 3 - own; ++exponent) f(exponent);
  for (const int exponent : {INT_MIN, -100000, -300, 300, 100000, INT_MAX}) f(exponent);
}

TYPED_TEST(Math, LdexpRoundsOnce) {
  using std::ldexp;
  constexpr reference::format f = format_of<TypeParam>;
  const std::vector<double> table = values<TypeParam>();
  const std::uint64_t beyond = sizeof(TypeParam) == 1 ? f.max_finite : f.infinity;
  for (std::uint32_t code = 1; code <= f.max_finite; ++code) {
    const auto x = TypeParam::from_bits(code);
    const auto minus = TypeParam::from_bits(code | static_cast<std::uint32_t>(sign_bit(f)));
    for_each_exponent<TypeParam>(table[code], [&](int exponent) {
      const std::uint32_t got = ldexp(x, exponent).to_bits();
      const double expected = scaled_in_double<TypeParam>(table[code], exponent);
      const bool right = expected > table[f.max_finite]
                             ? got == beyond
                             : got <= f.max_finite && table[got] == expected;
      const std::uint64_t negative =
          got == 0 && !reference::has_negative_zero(f) ? 0 : got | reference::sign_bit(f);
      if (!right || ldexp(minus, exponent).to_bits() != negative)
        FAIL() << describe(x) << " * 2^" << exponent << " is "
               << describe(TypeParam::from_bits(got)) << ", and of the negative value "
               << describe(ldexp(minus, exponent));
    });
  }
}

TYPED_TEST(Math, LdexpKeepsWhatHasNoExponent) {
  using std::ldexp, std::scalbn;
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    const bool stays = !std::isfinite(float{x}) || float{x} == 0;
    for (const int exponent : {INT_MIN, -1, 0, 1, INT_MAX}) {
      ASSERT_EQ(scalbn(x, exponent).to_bits(), ldexp(x, exponent).to_bits());
      ASSERT_TRUE(!stays || ldexp(x, exponent).to_bits() == code) << describe(x);
    }
  });
}

TYPED_TEST(Math8, MinimumAndMaximumAreFloats) {
  using std::fmax, std::fmin, std::max, std::min;
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    reference::for_each_code<TypeParam>([&](TypeParam y, std::uint32_t) {
      ASSERT_EQ(f8::min(x, y).to_bits(), (y < x ? y : x).to_bits());
      ASSERT_EQ(f8::max(x, y).to_bits(), (x < y ? y : x).to_bits());
      ASSERT_EQ(min(x, y).to_bits(), f8::min(x, y).to_bits());
      ASSERT_EQ(max(x, y).to_bits(), f8::max(x, y).to_bits());
      const float expected_min = std::fmin(float{x}, float{y});
      const float expected_max = std::fmax(float{x}, float{y});
      ASSERT_TRUE(float{fmin(x, y)} == expected_min || std::isnan(expected_min))
          << describe(x) << describe(y);
      ASSERT_TRUE(float{fmax(x, y)} == expected_max || std::isnan(expected_max))
          << describe(x) << describe(y);
      ASSERT_EQ(std::isnan(float{fmin(x, y)}), std::isnan(expected_min));
    });
  });
}

static_assert(isnan(f8::e4m3::from_bits(0xFF)) && !isinf(f8::e4m3::from_bits(0x7F)));
static_assert(ldexp(f8::bfloat16::from_bits(1), 1).to_bits() == 2);
static_assert(nextup(f8::e4m3{448}) == 448.0f && isinf(nextup(f8::e5m2{57344})));
static_assert(ldexp(f8::e4m3{1}, 20) == 448.0f && isinf(ldexp(f8::float16{1}, 20)));

}  // namespace
