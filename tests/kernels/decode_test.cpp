// Arrays of 8-bit values to wider types and to each other, and of 16-bit values to wider types and
// to each other: every code.
#include <gtest/gtest.h>

#include "kernels/sample.hpp"

namespace {

using kernel_test::all_conversions;
using kernel_test::expect_agreement;
using kernel_test::plain_conversions;

#if F8_TEST_FEW
using decoded_types = testing::Types<f8::e4m3, f8::e5m2, f8::e3m4, f8::e4m3fnuz>;
using paired_types = reference::kernel_types;
#else
using decoded_types = reference::kernel_types;
using paired_types = reference::alias_types;
#endif

template <class From>
class FromFp8 : public testing::Test {};
TYPED_TEST_SUITE(FromFp8, decoded_types, reference::format_names);

TYPED_TEST(FromFp8, ToFloat) {
  expect_agreement<float, TypeParam>(all_conversions());
}

TYPED_TEST(FromFp8, ToDouble) {
  expect_agreement<double, TypeParam>(all_conversions());
}

TYPED_TEST(FromFp8, To16Bits) {
  expect_agreement<f8::float16, TypeParam>(all_conversions());
  expect_agreement<f8::bfloat16, TypeParam>(all_conversions());
}

template <class From>
class Fp8ToFp8 : public testing::Test {};
TYPED_TEST_SUITE(Fp8ToFp8, paired_types, reference::format_names);

TYPED_TEST(Fp8ToFp8, EveryPair) {
  reference::for_each_type(paired_types{}, [](auto to) {
    expect_agreement<typename decltype(to)::type, TypeParam>(all_conversions());
  });
}

TEST(From16Bits, ToFloat) {
  const kernel_test::conversions nans(reference::all_nan_codes.begin(),
                                      reference::all_nan_codes.end());
  expect_agreement<float, f8::float16>(nans);
  expect_agreement<float, f8::bfloat16>(nans);
}

TEST(From16Bits, ToEachOther) {
  expect_agreement<f8::float16, f8::bfloat16>(plain_conversions());
  expect_agreement<f8::bfloat16, f8::float16>(plain_conversions());
}

}  // namespace
