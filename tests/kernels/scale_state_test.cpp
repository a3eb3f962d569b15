// Scaled conversion gives the same bits, whatever the state of the floating-point unit. Built once
// for each kind of compiler flags that might make a difference.
#include <gtest/gtest.h>

#include "kernels/float_environment.hpp"
#include "kernels/scaled.hpp"

namespace {

using namespace kernel_test;

void expect_exact_in_every_state(const operation& op) {
  for (const std::uint64_t scale : all_scales()) {
    const scaled_sample inputs(op, inputs_about(op, scale), scale);
    for (const float_state& state : all_float_states) {
      const float_environment environment(state);
      const auto control = environment.control();
      ASSERT_TRUE(inputs.agrees({})) << state;
      ASSERT_EQ(environment.control(), control) << state << " was changed";
    }
  }
}

TEST(ScaleState, Quantize) {
  expect_exact_in_every_state(quantization<float, f8::e4m3>());
  expect_exact_in_every_state(quantization<f8::bfloat16, f8::e5m2>());
  expect_exact_in_every_state(quantization<double, f8::e4m3>());
}

TEST(ScaleState, Dequantize) {
  expect_exact_in_every_state(dequantization<f8::e4m3, float>());
  expect_exact_in_every_state(dequantization<f8::e5m2, float>());
  expect_exact_in_every_state(dequantization<f8::e4m3, f8::bfloat16>());
}

TEST(ScaleState, DequantizeToFloat16) {
  expect_exact_in_every_state(dequantization<f8::e4m3, f8::float16>());
}

TEST(ScaleState, Scales) {
  const std::vector<std::uint32_t> codes{0x00000001, 0x807FFFFF, 0x00800000, 0x3F800001,
                                         0xFF7FFFFF, 0x7F800000, 0x7FC00000};
  for (const std::uint32_t code : codes) {
    const std::vector<float> in{0.0F, reference::from_bits<float>(code), -0.0F};
    const float magnitude = f8::absmax(in.data(), in.size());
    float expected[2];
    f8::find_scales<f8::e4m3>(f8::isa::scalar, in.data(), {1, 3, 1, 2}, expected, f8::scale_rule{});
    for (const float_state& state : all_float_states) {
      const float_environment environment(state);
      for (const f8::isa kernels : f8::supported_isas()) {
        float scales[2];
        f8::find_scales<f8::e4m3>(kernels, in.data(), {1, 3, 1, 2}, scales, f8::scale_rule{});
        ASSERT_EQ(reference::code_of(scales[0]), reference::code_of(expected[0])) << state;
        ASSERT_EQ(reference::code_of(scales[1]), 0x3F800000u) << state;
        ASSERT_EQ(reference::code_of(f8::absmax(kernels, in.data(), in.size())),
                  reference::code_of(magnitude))
            << state;
      }
    }
  }
}

}  // namespace
