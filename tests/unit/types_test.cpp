// With the types come their limits, hashes, common types and texts, also for those who include the
// headers for arrays alone.
#include "f8/types.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <type_traits>

namespace {

TEST(Types, HaveLimitsAndHashes) {
  EXPECT_EQ(std::numeric_limits<f8::e4m3>::max(), 448.0f);
  EXPECT_EQ(std::numeric_limits<f8::bfloat16>::digits, 8);
  EXPECT_EQ(std::hash<f8::e4m3>{}(f8::e4m3{-0.0f}), std::hash<f8::e4m3>{}(f8::e4m3{0}));
  EXPECT_EQ(std::numeric_limits<f8::e8m0>::max(), 0x1p127f);
  EXPECT_EQ(f8::e8m0{8}, 8.0f);
}

TEST(Types, HaveACommonType) {
  EXPECT_TRUE((std::is_same_v<std::common_type_t<f8::e4m3, int>, float>));
}

TEST(Types, HaveTexts) {
  std::ostringstream out;
  out << f8::e4m3{0.3f};
  EXPECT_EQ(out.str(), "0.3");
}

}  // namespace
