// Arrays of float and double to every 8-bit format, and to 16 bits: part of all inputs, every
// boundary among them.
#include <gtest/gtest.h>

#include "kernels/sample.hpp"

namespace {

using kernel_test::all_conversions;
using kernel_test::expect_agreement;
using kernel_test::float_stride;

template <class To>
class ToFp8 : public testing::Test {};
TYPED_TEST_SUITE(ToFp8, reference::kernel_types, reference::format_names);

TYPED_TEST(ToFp8, FromFloat) {
  expect_agreement<TypeParam, float>(all_conversions(), float_stride());
}

TYPED_TEST(ToFp8, FromDouble) {
  expect_agreement<TypeParam, double>(all_conversions(), float_stride() << 36);
}

// Where a float cannot be added that has the last place of their subnormal numbers.
TEST(ToNumbersNearTheLargestFloats, FromFloat) {
  expect_agreement<reference::e3m4_large, float>(kernel_test::plain_conversions(), float_stride());
}

TEST(To16Bits, FromFloat) {
  kernel_test::conversions hows{f8::overflow::saturate_finite};
  if (!kernel_test::is_emulated()) {
    hows.insert(hows.end(),
                {f8::overflow::saturate, f8::overflow::nonfinite, f8::nan_code::canonical,
                 f8::conversion{f8::rounding::upward, f8::overflow::nonfinite}});
  }
  expect_agreement<f8::float16, float>(hows, float_stride());
  expect_agreement<f8::bfloat16, float>(hows, float_stride());
}

}  // namespace
