#include "f8/float16.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>

#include "f8/fp8.hpp"
#include "reference/f8_types.hpp"

namespace {

using reference::format_of;

constexpr reference::policy keep_infinities{reference::rounding::nearest_even,
                                            reference::overflow::nonfinite};

template <class T>
class Half : public testing::Test {};
using half_types = testing::Types<f8::float16, f8::bfloat16>;
TYPED_TEST_SUITE(Half, half_types, reference::format_names);

static_assert(sizeof(f8::float16) == 2 && sizeof(f8::bfloat16) == 2);
static_assert(std::is_trivial_v<f8::float16> && std::is_standard_layout_v<f8::bfloat16>);
static_assert(!std::is_convertible_v<float, f8::float16> &&
              !std::is_convertible_v<float, f8::bfloat16>);
static_assert(!std::is_constructible_v<f8::float16, bool> &&
              !std::is_constructible_v<f8::bfloat16, char>);
static_assert(f8::float16{65520.0f}.to_bits() == 0x7C00 &&
              f8::float16{65519.0f}.to_bits() == 0x7BFF);

TYPED_TEST(Half, IsTheFloatThatItsBitsSay) {
  reference::for_each_code<TypeParam>([](TypeParam x, std::uint32_t code) {
    const reference::number exact = reference::decode(format_of<TypeParam>, code);
    const auto expected = reference::encode(format_of<float>, exact, keep_infinities);
    ASSERT_EQ(reference::code_of(float{x}), expected) << reference::describe(x);
    ASSERT_EQ(TypeParam{float{x}}.to_bits(),
              reference::encode(format_of<TypeParam>, exact, keep_infinities))
        << reference::describe(x);
  });
}

// The constructors of 16-bit types overflow to infinity, as IEEE 754 says; those of fp8 saturate.
TYPED_TEST(Half, ConstructorsOverflowToInfinity) {
  EXPECT_EQ(TypeParam{1e39}.to_bits(), TypeParam::format::infinity);
  EXPECT_EQ(TypeParam{-1e39}.to_bits(), TypeParam::format::infinity | TypeParam::format::sign_bit);
  EXPECT_EQ(f8::cast<TypeParam>(1e39).to_bits(),
            TypeParam::format::max_finite);  // cast saturates by default
}

TYPED_TEST(Half, CompoundOperatorsComputeInFloat) {
  TypeParam x{1};
  x += 0.5f;
  x *= 4;
  x -= 2.0f;
  x /= 8;
  EXPECT_EQ(x, 0.5f);
}

}  // namespace
