// Arrays of 16-bit values to every 8-bit format: every input, every conversion. Foreign types have
// the same kernels.
#include <gtest/gtest.h>

#include <cstdint>

#include "kernels/sample.hpp"

namespace foreign {
struct half {
  std::uint16_t x;
};
struct brain {
  std::uint16_t x;
};
}  // namespace foreign

template <>
struct f8::float_traits<foreign::half> {
  using format = f8::binary16;
  static constexpr std::uint16_t to_bits(foreign::half h) { return h.x; }
  static constexpr foreign::half from_bits(std::uint16_t bits) { return {bits}; }
};
template <>
struct f8::float_traits<foreign::brain> {
  using format = f8::bfloat16_format;
  static constexpr std::uint16_t to_bits(foreign::brain b) { return b.x; }
  static constexpr foreign::brain from_bits(std::uint16_t bits) { return {bits}; }
};

namespace {

using kernel_test::all_conversions;
using kernel_test::expect_agreement;
using kernel_test::sample;

template <class To>
class HalfToFp8 : public testing::Test {};
TYPED_TEST_SUITE(HalfToFp8, reference::kernel_types, reference::format_names);

TYPED_TEST(HalfToFp8, FromFloat16) {
  expect_agreement<TypeParam, f8::float16>(all_conversions());
}

TYPED_TEST(HalfToFp8, FromBfloat16) {
  expect_agreement<TypeParam, f8::bfloat16>(all_conversions());
}

TEST(HalfToFloat, IsExact) {
  const kernel_test::conversions hows{f8::overflow::saturate, f8::nan_code::canonical};
  expect_agreement<float, f8::float16>(hows);
  expect_agreement<float, f8::bfloat16>(hows);
}

/// Arrays of Foreign are converted as those of Ours, to and from e4m3.
template <class Foreign, class Ours>
void expect_same() {
  const sample narrowed(reference::format_of<Ours>, reference::e4m3, {});
  const sample widened(reference::e4m3, reference::format_of<Ours>, {});
  for (const f8::isa kernels : f8::supported_isas()) {
    EXPECT_TRUE(narrowed.agrees(kernels, kernel_test::convert_bytes<f8::e4m3, Foreign>));
    EXPECT_TRUE(widened.agrees(kernels, kernel_test::convert_bytes<Foreign, f8::e4m3>));
  }
}

TEST(ForeignTypes, AreConvertedAsOurs) {
  expect_same<foreign::half, f8::float16>();
  expect_same<foreign::brain, f8::bfloat16>();
#if F8_TEST_FLOAT16
  expect_same<_Float16, f8::float16>();
#endif
}

}  // namespace
