// The numbers of every format against the published tables, which tests/reference holds as
// literals.
#include "f8/format.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "reference/f8_types.hpp"

namespace {

using reference::format_of;

template <class T>
class Format : public testing::Test {};
TYPED_TEST_SUITE(Format, reference::fp8_types, reference::format_names);

template <class T>
class AnyFormat : public testing::Test {};
using all_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e4m3_ieee, f8::e3m4, f8::e4m3fnuz, f8::e5m2fnuz,
                   f8::e4m3b11fnuz, f8::float16, f8::bfloat16, float, double>;
TYPED_TEST_SUITE(AnyFormat, all_types, reference::format_names);

TYPED_TEST(AnyFormat, HasThePublishedNumbers) {
  using format = typename f8::float_traits<TypeParam>::format;
  constexpr reference::format published = format_of<TypeParam>;
  EXPECT_EQ(format::exponent_bits, published.exponent_bits);
  EXPECT_EQ(format::trailing_bits, published.trailing_bits);
  EXPECT_EQ(format::bias, published.bias);
  EXPECT_EQ(format::max_finite, published.max_finite);
  EXPECT_EQ(format::has_infinity, reference::has_infinity(published));
  EXPECT_EQ(format::has_negative_zero, reference::has_negative_zero(published));
  if (published.infinity != 0) {
    EXPECT_EQ(format::infinity, published.infinity);
  }
  if (published.quiet_nan != 0) {
    EXPECT_EQ(format::quiet_nan, published.quiet_nan);
  }
  EXPECT_TRUE(reference::is_nan(published, format::quiet_nan));
  EXPECT_TRUE(reference::is_nan(published, format::all_ones_nan));
  EXPECT_EQ(format::emin, 1 - published.bias);
}

// The style of special values is resolved into three constants: one comparison has to fit all of
// them.
TYPED_TEST(Format, OneComparisonFindsEveryNan) {
  using format = typename TypeParam::format;
  for (std::uint32_t code = 0; code < 256; ++code) {
    EXPECT_EQ(((code & format::nan_mask) ^ format::nan_flip) >= format::first_nan,
              reference::is_nan(format_of<TypeParam>, code))
        << reference::describe(format_of<TypeParam>, code);
  }
}

template <class To, class From>
bool every_value_of() {
  bool all = true;
  reference::for_each_code<From>([&](From, std::uint32_t code) {
    const reference::number x = reference::decode(format_of<From>, code);
    if (x.what == reference::kind::nan) return;
    reference::policy how{reference::rounding::nearest_even, reference::overflow::nonfinite};
    const reference::number y =
        reference::decode(format_of<To>, reference::encode(format_of<To>, x, how));
    const bool zero_kept = code != 0 || reference::has_negative_zero(format_of<To>) ||
                           !reference::has_negative_zero(format_of<From>);
    all = all && zero_kept && y.what == x.what &&
          (x.what != reference::kind::finite || y.size == x.size);
  });
  return all;
}

TYPED_TEST(Format, ContainsMeansThatEveryValueIsOne) {
  reference::for_each_type(reference::fp8_types{}, [](auto tag) {
    using to = typename decltype(tag)::type;
    EXPECT_EQ((f8::contains<typename to::format, typename TypeParam::format>),
              (every_value_of<to, TypeParam>()))
        << format_of<TypeParam>.name << " in " << format_of<to>.name;
  });
  EXPECT_EQ((f8::contains<f8::binary16, typename TypeParam::format>),
            (every_value_of<f8::float16, TypeParam>()));
  EXPECT_EQ((f8::contains<f8::bfloat16_format, typename TypeParam::format>),
            (every_value_of<f8::bfloat16, TypeParam>()));
  EXPECT_TRUE((f8::contains<f8::binary32, typename TypeParam::format>));
}

}  // namespace
