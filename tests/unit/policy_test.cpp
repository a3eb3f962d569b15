#include "f8/policy.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace {

using f8::conversion;
using f8::nan_code;
using f8::overflow;
using f8::rounding;

constexpr bool same(conversion a, conversion b) {
  return a.round == b.round && a.over == b.over && a.nan == b.nan;
}

constexpr conversion implicitly(conversion how) {
  return how;
}

static_assert(same(implicitly({}), {rounding::nearest_even, overflow::saturate, nan_code::quiet}));
static_assert(same(implicitly(rounding::upward),
                   {rounding::upward, overflow::saturate, nan_code::quiet}));
static_assert(same(implicitly(overflow::nonfinite),
                   {rounding::nearest_even, overflow::nonfinite, nan_code::quiet}));
static_assert(same(implicitly(nan_code::all_ones),
                   {rounding::nearest_even, overflow::saturate, nan_code::all_ones}));
static_assert(same(implicitly({rounding::to_odd, overflow::nonfinite}),
                   {rounding::to_odd, overflow::nonfinite, nan_code::quiet}));
static_assert(std::is_trivially_copyable_v<conversion>);
static_assert(!std::is_convertible_v<int, conversion> && !std::is_convertible_v<bool, conversion>);

// What each constant means for each input is tested against that stack's own table
// (tests/exhaustive).
TEST(Stack, PresetsWithDifferentTablesDiffer) {
  EXPECT_FALSE(same(f8::stack::cuda_satfinite, f8::stack::cuda_nosat));
  EXPECT_FALSE(same(f8::stack::ml_dtypes, f8::stack::pytorch));
  EXPECT_FALSE(same(f8::stack::ml_dtypes, f8::stack::ml_dtypes_saturate));
  EXPECT_TRUE(same(f8::stack::cuda_satfinite, f8::stack::riscv_saturating));
}

}  // namespace
