#include "f8/hash.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

template <class T>
class Hash : public testing::Test {};
TYPED_TEST_SUITE(Hash, reference::fp8_types, reference::format_names);

TYPED_TEST(Hash, IsEqualForEqualValuesAndOnlyForThem) {
  const std::hash<TypeParam> hash;
  reference::for_each_code<TypeParam>([&](TypeParam x, std::uint32_t) {
    reference::for_each_code<TypeParam>([&](TypeParam y, std::uint32_t) {
      if (float{x} == float{y}) {
        ASSERT_EQ(hash(x), hash(y)) << reference::describe(x);
      }
      if (float{x} < float{y}) {
        ASSERT_NE(hash(x), hash(y)) << reference::describe(x);
      }
    });
  });
}

TEST(Hash16, ZerosHaveOneHash) {
  EXPECT_EQ(std::hash<f8::float16>{}(f8::float16{-0.0f}), std::hash<f8::float16>{}(f8::float16{0}));
  EXPECT_NE(std::hash<f8::bfloat16>{}(f8::bfloat16{1}), std::hash<f8::bfloat16>{}(f8::bfloat16{2}));
}

}  // namespace
