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
// Any subset of the kinds, in any order, in braces and by `|`, stands for the same; what is not
// given is as in the conversion of nothing.
template <class... Policy>
constexpr bool combine(Policy... given) {
  const conversion in_braces{given...};
  const conversion by_bars = (conversion{} | ... | given);
  return same(in_braces, by_bars);
}
constexpr bool every_order_is_alike(rounding r, overflow o, nan_code n) {
  const conversion r_and_o{r, o, nan_code::quiet};
  const conversion r_and_n{r, overflow::saturate, n};
  const conversion o_and_n{rounding::nearest_even, o, n};
  const conversion all{r, o, n};
  return all.round == r && all.over == o && all.nan == n && r_and_n.round == r &&
         r_and_n.nan == n && same(r_and_o, {r, o}) && same(r_and_o, {o, r}) &&
         same(r_and_o, r | o) && same(r_and_o, o | r) && same(r_and_n, {r, n}) &&
         same(r_and_n, {n, r}) && same(r_and_n, r | n) && same(r_and_n, n | r) &&
         same(o_and_n, {o, n}) && same(o_and_n, {n, o}) && same(o_and_n, o | n) &&
         same(o_and_n, n | o) && same(all, {r, n, o}) && same(all, {o, r, n}) &&
         same(all, {o, n, r}) && same(all, {n, r, o}) && same(all, {n, o, r}) &&
         same(all, r | o | n) && same(all, r | n | o) && same(all, o | r | n) &&
         same(all, o | n | r) && same(all, n | r | o) && same(all, n | o | r) && combine(r) &&
         combine(o) && combine(n) && combine(n, r) && combine(o, n, r);
}
constexpr bool every_combination_is_alike() {
  for (int i = 0; i < 54; ++i) {
    if (!every_order_is_alike(static_cast<rounding>(i / 9), static_cast<overflow>(i / 3 % 3),
                              static_cast<nan_code>(i % 3)))
      return false;
  }
  return true;
}
static_assert(every_combination_is_alike());

// `|` on a conversion changes one kind, whatever was there.
static_assert(same(f8::stack::riscv_saturating | rounding::upward,
                   {nan_code::canonical, rounding::upward}));
static_assert(same(rounding::upward | overflow::nonfinite | rounding::downward,
                   {rounding::downward, overflow::nonfinite}));

// Neither a kind of policy that is given twice nor a type that is no policy compiles.
template <class A, class B, class = void>
constexpr bool has_bar = false;
template <class A, class B>
constexpr bool has_bar<A, B, std::void_t<decltype(A{} | B{})>> = true;
static_assert(has_bar<rounding, overflow> && !has_bar<rounding, rounding> &&
              !has_bar<nan_code, nan_code> && !has_bar<rounding, int> &&
              !has_bar<conversion, conversion> && !has_bar<conversion, int>);
static_assert(!std::is_constructible_v<conversion, rounding, rounding>);
static_assert(!std::is_constructible_v<conversion, rounding, overflow, rounding>);
static_assert(!std::is_constructible_v<conversion, overflow, int>);
static_assert(std::is_nothrow_constructible_v<conversion, nan_code, overflow, rounding>);
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
