// Each function is found as float's is, and agrees with float's on the value or with brute force
// over all codes.
#include "f8/math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdint>
#include <limits>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::describe;
using reference::format_of;

template <class T>
class Math : public testing::Test {};
using types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, reference::e6m1, f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Math, types, reference::format_names);

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
    }
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

TYPED_TEST(Math, ExponentsAreFloats) {
  using std::frexp, std::ilogb;
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t) {
    ASSERT_EQ(ilogb(x), std::ilogb(float{x})) << describe(x);
    int exponent = -1;
    int expected_exponent = -2;
    const TypeParam fraction = frexp(x, &exponent);
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

// The product with a power of two is exact in double, so that one rounding of it is the definition.
TYPED_TEST(Math8, LdexpRoundsOnce) {
  using std::ldexp, std::scalbn;
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    for (const int exponent :
         {-100000, -300, -40, -20, -10, -5, -3, -2, -1, 0, 1, 2, 5, 9, 30, 200, INT_MAX, INT_MIN}) {
      const double exact = std::ldexp(double{x}, std::max(-900, std::min(900, exponent)));
      const TypeParam scaled = ldexp(x, exponent);
      if (!reference::is_finite(format_of<TypeParam>, code)) {
        ASSERT_EQ(scaled.to_bits(), code);
      } else {
        ASSERT_EQ(scaled.to_bits(),
                  reference::encode(format_of<TypeParam>, reference::number_of(exact)))
            << describe(x) << " * 2^" << exponent;
      }
      ASSERT_EQ(scalbn(x, exponent).to_bits(), scaled.to_bits());
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
static_assert(nextup(f8::e4m3{448}) == 448.0f && isinf(nextup(f8::e5m2{57344})));
static_assert(ldexp(f8::e4m3{1}, 20) == 448.0f && isinf(ldexp(f8::float16{1}, 20)));

}  // namespace
