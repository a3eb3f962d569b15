// cast from float: all 2^32 of them for e4m3 and e5m2 as the constructors convert; under every
// other conversion, and for every other format, a part of each run of inputs that share a code, its
// first and its last among them.
#include <gtest/gtest.h>

#include "exhaustive/cast_sweep.hpp"

namespace {

template <class T>
class AllFloats : public testing::Test {};
using main_types = testing::Types<f8::e4m3, f8::e5m2>;
TYPED_TEST_SUITE(AllFloats, main_types, reference::format_names);

TYPED_TEST(AllFloats, CastRoundsOnce) {
  EXPECT_TRUE((sweep::cast_agrees<TypeParam, float>()));
}

template <class T>
class SomeFloats : public testing::Test {};
TYPED_TEST_SUITE(SomeFloats, reference::fp8_types, reference::format_names);

TYPED_TEST(SomeFloats, CastRoundsOnceUnderEveryConversion) {
  reference::for_each_policy(
      [](f8::conversion how) { EXPECT_TRUE((sweep::cast_agrees<TypeParam, float, 8191>(how))); });
}

TYPED_TEST(SomeFloats, ConstructorIsCast) {
  const auto construct = [](std::uint32_t bits) {
    return std::uint32_t{reference::code_of(TypeParam(reference::value_of<float>(bits)))};
  };
  const auto found = sweep::check<8191>(sweep::expected_runs<TypeParam, float>({}),
                                        sweep::inputs_of<float>, construct);
  EXPECT_TRUE((sweep::report<TypeParam, float>({}, found)));
}

}  // namespace
