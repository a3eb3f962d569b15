// The constants of f8::stack against what those stacks gave: golden tables, every input, no
// difference.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "exhaustive/cast_sweep.hpp"
#include "golden/golden.hpp"

namespace {

using f8::conversion;
using f8::e4m3;
using f8::e5m2;
using reference::run_table;
namespace stack = f8::stack;

/// cast<To>(From, How) is the table, on every input.
template <class To, class From, const conversion& How>
testing::AssertionResult is_table(const run_table& table) {
  const auto convert = [](std::uint32_t bits) {
    return std::uint32_t{reference::code_of(f8::cast<To>(reference::value_of<From>(bits), How))};
  };
  return sweep::report<To, From>(How, sweep::check(table, sweep::inputs_of<From>, convert));
}

TEST(Stack, Cuda) {
  using golden::load;
  EXPECT_TRUE(
      (is_table<e4m3, float, stack::cuda_satfinite>(load("e4m3fn.f32.satfinite.rne.cuda13"))));
  EXPECT_TRUE(
      (is_table<e5m2, float, stack::cuda_satfinite>(load("e5m2.f32.satfinite.rne.cuda13"))));
  EXPECT_TRUE((is_table<e4m3, float, stack::cuda_nosat>(load("e4m3fn.f32.nosat.rne.cuda13"))));
  EXPECT_TRUE((is_table<e5m2, float, stack::cuda_nosat>(load("e5m2.f32.nosat.rne.cuda13"))));
}

TEST(Stack, CudaFromHalves) {
  using f8::bfloat16;
  using f8::float16;
  using golden::load;
  EXPECT_TRUE(
      (is_table<e4m3, float16, stack::cuda_satfinite>(load("e4m3fn.f16.satfinite.rne.cuda13"))));
  EXPECT_TRUE(
      (is_table<e4m3, bfloat16, stack::cuda_satfinite>(load("e4m3fn.bf16.satfinite.rne.cuda13"))));
  EXPECT_TRUE(
      (is_table<e5m2, float16, stack::cuda_satfinite>(load("e5m2.f16.satfinite.rne.cuda13"))));
  EXPECT_TRUE(
      (is_table<e5m2, bfloat16, stack::cuda_satfinite>(load("e5m2.bf16.satfinite.rne.cuda13"))));
}

TEST(Stack, MlDtypes) {
  using golden::load;
  EXPECT_TRUE((is_table<e4m3, float, stack::ml_dtypes>(load("e4m3fn.f32.nosat.rne.ml_dtypes"))));
  EXPECT_TRUE((is_table<e5m2, float, stack::ml_dtypes>(load("e5m2.f32.nosat.rne.ml_dtypes"))));
  EXPECT_TRUE((is_table<f8::e3m4, float, stack::ml_dtypes>(load("e3m4.f32.nosat.rne.ml_dtypes"))));
  EXPECT_TRUE(
      (is_table<f8::e4m3fnuz, float, stack::ml_dtypes>(load("e4m3fnuz.f32.nosat.rne.ml_dtypes"))));
}

TEST(Stack, MlDtypesSaturating) {
  using golden::load;
  EXPECT_TRUE((is_table<e4m3, float, stack::ml_dtypes_saturate>(
      load("e4m3fn.f32.satfinite.rne.ml_dtypes"))));
  EXPECT_TRUE(
      (is_table<e5m2, float, stack::ml_dtypes_saturate>(load("e5m2.f32.satfinite.rne.ml_dtypes"))));
}

TEST(Stack, MlDtypesFromHalves) {
  using f8::bfloat16;
  using f8::float16;
  using golden::load;
  EXPECT_TRUE((is_table<e4m3, float16, stack::ml_dtypes>(load("e4m3fn.f16.nosat.rne.ml_dtypes"))));
  EXPECT_TRUE(
      (is_table<e4m3, bfloat16, stack::ml_dtypes>(load("e4m3fn.bf16.nosat.rne.ml_dtypes"))));
  EXPECT_TRUE((is_table<e5m2, bfloat16, stack::ml_dtypes>(load("e5m2.bf16.nosat.rne.ml_dtypes"))));
  // Where exponents are equal, ml_dtypes keeps what fits of a NaN's payload: there a NaN is only a
  // NaN.
  const auto table = golden::with_quiet_nans(load("e5m2.f16.nosat.rne.ml_dtypes"), reference::e5m2);
  EXPECT_TRUE((is_table<e5m2, float16, stack::ml_dtypes>(table)));
}

TEST(Stack, MlDtypesFromDoubles) {
  for (const auto& row : golden::load("e4m3fn.f64.nosat.rne.ml_dtypes")) {
    const auto x = reference::value_of<double>(row.first);
    ASSERT_EQ(f8::cast<e4m3>(x, stack::ml_dtypes).to_bits(), row.code) << reference::describe(x);
  }
}

TEST(Stack, PyTorch) {
  using golden::load;
  EXPECT_TRUE((is_table<e4m3, float, stack::pytorch>(load("e4m3fn.f32.nosat.rne.pytorch"))));
  EXPECT_TRUE((is_table<e5m2, float, stack::pytorch>(load("e5m2.f32.nosat.rne.pytorch"))));
}

TEST(Stack, Universal) {
  const auto table = golden::load("e4m3fn.f32.satfinite.rne.universal");
  EXPECT_TRUE((is_table<e4m3, float, stack::universal_saturating>(table)));
}

/// RISC-V's other rounding modes.
constexpr conversion riscv(f8::rounding round) {
  return {round, stack::riscv_saturating.over, stack::riscv_saturating.nan};
}
constexpr conversion riscv_toward_zero = riscv(f8::rounding::toward_zero);
constexpr conversion riscv_downward = riscv(f8::rounding::downward);
constexpr conversion riscv_upward = riscv(f8::rounding::upward);
constexpr conversion riscv_nearest_away = riscv(f8::rounding::nearest_away);

TEST(Stack, RiscV) {
  using golden::load;
  // Nearest-even is CUDA's saturating table (f8::stack says so, and so do both implementations).
  EXPECT_TRUE(
      (is_table<e4m3, float, stack::riscv_saturating>(load("e4m3fn.f32.satfinite.rne.cuda13"))));
  EXPECT_TRUE(
      (is_table<e4m3, float, riscv_toward_zero>(load("e4m3fn.f32.satfinite.rtz.spike_softfloat"))));
  EXPECT_TRUE(
      (is_table<e4m3, float, riscv_downward>(load("e4m3fn.f32.satfinite.rdn.spike_softfloat"))));
  EXPECT_TRUE(
      (is_table<e4m3, float, riscv_upward>(load("e4m3fn.f32.satfinite.rup.spike_softfloat"))));
  EXPECT_TRUE((
      is_table<e4m3, float, riscv_nearest_away>(load("e4m3fn.f32.satfinite.rmm.spike_softfloat"))));
}

/// What a conversion does where stacks differ: to values too large, to infinities, and to NaNs.
template <class T>
void expect_codes(conversion how, unsigned too_large, unsigned infinite, unsigned negative_nan) {
  EXPECT_EQ(f8::cast<T>(1e6f, how).to_bits(), too_large);
  EXPECT_EQ(f8::cast<T>(reference::value_of<float>(0x7F80'0000), how).to_bits(), infinite);
  EXPECT_EQ(f8::cast<T>(reference::value_of<float>(0xFFC0'0000), how).to_bits(), negative_nan);
}

// Stacks and standards without a table: the rows of their documentation.
TEST(Stack, Ofp8) {
  expect_codes<e4m3>(stack::ofp8_saturating, 0x7E, 0x7E, 0xFF);
  expect_codes<e5m2>(stack::ofp8_saturating, 0x7B, 0x7B, 0xFE);
  expect_codes<e4m3>(stack::ofp8_nonsaturating, 0x7F, 0x7F, 0xFF);
  expect_codes<e5m2>(stack::ofp8_nonsaturating, 0x7C, 0x7C, 0xFE);
}

TEST(Stack, Onnx) {
  expect_codes<e4m3>(stack::onnx_saturate, 0x7E, 0x7E, 0xFF);
  expect_codes<e5m2>(stack::onnx_saturate, 0x7B, 0x7B, 0xFE);
  expect_codes<f8::e4m3fnuz>(stack::onnx_saturate_fnuz, 0x7F, 0x80, 0x80);
  expect_codes<f8::e5m2fnuz>(stack::onnx_saturate_fnuz, 0x7F, 0x80, 0x80);
}

}  // namespace
