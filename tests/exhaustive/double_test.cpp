// cast from double and long double to every fp8 type.
#include <gtest/gtest.h>

#include <cstdint>

#include "exhaustive/points.hpp"

namespace {

using reference::format_of;

template <class T>
class Doubles : public testing::Test {};
TYPED_TEST_SUITE(Doubles, reference::fp8_types, reference::format_names);

TYPED_TEST(Doubles, RoundOnceAtEveryBoundary) {
  points::check_under_every_conversion<TypeParam>(points::doubles(format_of<TypeParam>));
}

TYPED_TEST(Doubles, LongDoublesRoundOnceAtEveryBoundary) {
  points::check_under_every_conversion<TypeParam>(points::long_doubles(format_of<TypeParam>));
}

TYPED_TEST(Doubles, ConstructorsAreCasts) {
  for (const double x : points::doubles(format_of<TypeParam>)) {
    const auto expected = reference::encode(format_of<TypeParam>, reference::number_of(x));
    EXPECT_EQ(reference::code_of(TypeParam(x)), expected) << points::text(x);
    // What a processor does to a signaling NaN on the way to long double is its own matter.
    EXPECT_EQ(reference::code_of(TypeParam(static_cast<long double>(x))), expected)
        << points::text(x);
  }
}

}  // namespace
