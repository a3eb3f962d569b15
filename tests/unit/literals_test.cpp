#include "f8/literals.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace {

using namespace f8::literals;

static_assert(std::is_same_v<decltype(1_e4m3), f8::e4m3>);
static_assert(std::is_same_v<decltype(1_e5m2), f8::e5m2>);
static_assert(std::is_same_v<decltype(1_e4m3_ieee), f8::e4m3_ieee>);
static_assert(std::is_same_v<decltype(1_e3m4), f8::e3m4>);
static_assert(std::is_same_v<decltype(1_e4m3fnuz), f8::e4m3fnuz>);
static_assert(std::is_same_v<decltype(1_e5m2fnuz), f8::e5m2fnuz>);
static_assert(std::is_same_v<decltype(1_e4m3b11fnuz), f8::e4m3b11fnuz>);

static_assert(0.3_e4m3 == 0.3125f && 1e3_e5m2 == 1024.0f && 0_e4m3 == 0.0f && 0.0_e5m2 == 0.0f);
static_assert(0x1.8p3_e4m3 == 12.0f && 0xA_e5m2 == 10.0f && 1'0.0'0_e3m4 == 10.0f);
static_assert(464_e4m3 == 448.0f && 57344_e5m2 == 57344.0f);

// The first number is a tie. The second is above it by less than a long double can tell.
static_assert(1.0625_e4m3 == 1.0f);
static_assert(1.06250000000000000000000000000000000000000001_e4m3 == 1.125f);

TEST(Literals, AreConstants) {
  constexpr f8::e4m3 x{-0.3_e4m3};
  EXPECT_EQ(x.to_bits(), 0xAA);
}

}  // namespace
