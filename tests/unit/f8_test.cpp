// The umbrella header f8.hpp gives every scalar name, from the types to their order, and the
// program of the README's first lines works.
#include "f8/f8.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

TEST(Umbrella, GivesTypesLimitsMathAndOrder) {
  const f8::e4m3 x{3.14f};
  EXPECT_EQ(x, 3.25f);
  EXPECT_EQ(x + f8::e5m2{0.1f}, 3.25f + 0.09375f);
  EXPECT_EQ(std::numeric_limits<f8::e4m3>::max(), 448.0f);
  EXPECT_EQ(std::hash<f8::e4m3>{}(x), std::hash<f8::e4m3>{}(f8::e4m3{3.25f}));
  EXPECT_TRUE(isfinite(x));
  EXPECT_LT(order_key(-f8::e4m3{1} < 0 ? f8::e4m3{-1} : x), order_key(x));
  EXPECT_EQ(f8::e8m0{8}, 8.0f);
}

}  // namespace
