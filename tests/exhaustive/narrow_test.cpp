// All 2^16 inputs of the 16-bit types and all 2^8 of every fp8 type, under every conversion.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "exhaustive/cast_sweep.hpp"

namespace {

using reference::code_of;
using reference::for_each_policy;

template <class To>
class Narrow : public testing::Test {};
TYPED_TEST_SUITE(Narrow, reference::fp8_types, reference::format_names);

TYPED_TEST(Narrow, EveryHalfRoundsOnceUnderEveryConversion) {
  reference::for_each_type(reference::half_types{}, [](auto tag) {
    using from = typename decltype(tag)::type;
    for_each_policy(
        [](f8::conversion how) { EXPECT_TRUE((sweep::cast_agrees<TypeParam, from>(how))); });
  });
}

TYPED_TEST(Narrow, ConstructorFromHalvesIsCast) {
  reference::for_each_type(reference::half_types{}, [](auto tag) {
    using from = typename decltype(tag)::type;
    reference::for_each_code<from>([](from x, std::uint32_t) {
      EXPECT_TRUE(reference::is_code(x, TypeParam(x), reference::expected_cast<TypeParam>(x)));
    });
  });
}

template <class To, class From>
testing::AssertionResult every_code_agrees(f8::conversion how) {
  std::optional<sweep::mismatch> found;
  reference::for_each_code<From>([&](From x, std::uint32_t code) {
    const auto expected = reference::expected_cast<To>(x, how);
    const auto got = code_of(f8::cast<To>(x, how));
    if (got != expected && !found) found = sweep::mismatch{code, expected, got};
  });
  return sweep::report<To, From>(how, found);
}

template <class To>
class Fp8ToFp8 : public testing::Test {};
TYPED_TEST_SUITE(Fp8ToFp8, reference::alias_types, reference::format_names);

TYPED_TEST(Fp8ToFp8, EveryCodeRoundsOnceUnderEveryConversion) {
  reference::for_each_type(reference::alias_types{}, [](auto tag) {
    for_each_policy([](f8::conversion how) {
      EXPECT_TRUE((every_code_agrees<TypeParam, typename decltype(tag)::type>(how)));
    });
  });
}

TEST(HalfToHalf, EveryCodeUnderEveryConversion) {
  for_each_policy([](f8::conversion how) {
    EXPECT_TRUE((every_code_agrees<f8::float16, f8::bfloat16>(how)));
    EXPECT_TRUE((every_code_agrees<f8::bfloat16, f8::float16>(how)));
  });
  EXPECT_TRUE((every_code_agrees<f8::float16, f8::float16>({})));
  EXPECT_TRUE((every_code_agrees<f8::bfloat16, f8::bfloat16>({})));
}

}  // namespace
