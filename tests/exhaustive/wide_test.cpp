// cast to the types wider than 8 bits.
#include <gtest/gtest.h>

#include <cstdint>

#include "exhaustive/cast_sweep.hpp"
#include "exhaustive/points.hpp"

namespace {

using reference::code_of;
using reference::format_of;

template <class T>
class ToHalf : public testing::Test {};
using own_halves = testing::Types<f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(ToHalf, own_halves, reference::format_names);

TYPED_TEST(ToHalf, EveryFloatRoundsOnce) {
  EXPECT_TRUE((sweep::cast_agrees<TypeParam, float>()));
}

TYPED_TEST(ToHalf, SomeFloatsRoundOnceUnderEveryRoundingAndOverflow) {
  for (const f8::rounding round : reference::all_roundings) {
    EXPECT_TRUE((sweep::cast_agrees<TypeParam, float, 8191>({round, f8::overflow::nonfinite})));
  }
  EXPECT_TRUE((sweep::cast_agrees<TypeParam, float, 8191>(f8::overflow::saturate_finite)));
}

TYPED_TEST(ToHalf, ConstructorRoundsToNearestEvenAndOverflowsToInfinity) {
  const auto construct = [](std::uint32_t bits) {
    return std::uint32_t{code_of(TypeParam(reference::value_of<float>(bits)))};
  };
  const f8::conversion how = f8::overflow::nonfinite;
  const auto found = sweep::check<8191>(sweep::expected_runs<TypeParam, float>(how),
                                        sweep::inputs_of<float>, construct);
  EXPECT_TRUE((sweep::report<TypeParam, float>(how, found)));
}

TYPED_TEST(ToHalf, WiderOperandsRoundOnceUnderEveryConversion) {
  const auto& f = format_of<TypeParam>;
  points::check_under_every_conversion<TypeParam>(points::doubles(f));
  points::check_under_every_conversion<TypeParam>(points::long_doubles(f));
  points::check_under_every_conversion<TypeParam>(points::integers<std::int64_t>(f));
  points::check_under_every_conversion<TypeParam>(points::integers<std::uint64_t>(f));
}

TEST(ToFloat, WiderOperandsRoundOnceUnderEveryConversion) {
  const auto& f = format_of<float>;
  points::check_under_every_conversion<float>(points::doubles(f));
  points::check_under_every_conversion<float>(points::long_doubles(f));
  points::check_under_every_conversion<float>(points::integers<std::int32_t>(f));
  points::check_under_every_conversion<float>(points::integers<std::uint32_t>(f));
  points::check_under_every_conversion<float>(points::integers<std::int64_t>(f));
  points::check_under_every_conversion<float>(points::integers<std::uint64_t>(f));
}

TEST(ToDouble, WiderOperandsRoundOnceUnderEveryConversion) {
  const auto& f = format_of<double>;
  points::check_under_every_conversion<double>(points::long_doubles(f));
  points::check_under_every_conversion<double>(points::integers<std::int64_t>(f));
  points::check_under_every_conversion<double>(points::integers<std::uint64_t>(f));
#if F8_TEST_INT128
  points::check_under_every_conversion<double>(points::integers<reference::int128>(f));
  points::check_under_every_conversion<double>(points::integers<reference::uint128>(f));
#endif
}

TEST(ToDouble, FloatsAreExactUnderEveryConversion) {
  for (std::size_t i = 0; i < 500'000; ++i) {
    const auto x = reference::value_of<float>(points::random(i) >> 32);
    ASSERT_TRUE(
        (points::agrees<double>(x, reference::policy_at(i % reference::policy_count), true)));
  }
}

TEST(ToItself, EveryNumberStays) {
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const auto x = reference::value_of<float>(points::random(i) >> 32);
    const auto y = reference::value_of<double>(points::random(i));
    ASSERT_TRUE((points::agrees<float>(x, {}, true)));
    ASSERT_TRUE((points::agrees<double>(y, {}, true)));
  }
}

#if F8_TEST_FLOAT16
TEST(ToFloat16OfTheCompiler, EveryFloatRoundsOnce) {
  EXPECT_TRUE((sweep::cast_agrees<_Float16, float, 0, 8191>()));
}
#endif

}  // namespace
