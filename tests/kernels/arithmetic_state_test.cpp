// Sums of products are the same bits, whatever the state of the floating-point unit, which is left
// as it was. Built once for each kind of compiler flags that might make a difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cfenv>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/float_environment.hpp"
#include "kernels/operands.hpp"
#include "kernels/print_isas.hpp"

namespace {

using kernel_test::all_numbers;
using kernel_test::are_codes;
using kernel_test::is_float;
using kernel_test::numbers;
using kernel_test::operand;

constexpr std::size_t rows = 3;
constexpr std::size_t columns = 300;

/// Calls `check` for all kernels, in every state; what the kernels raise is not seen by others.
template <class Check>
void in_every_state(Check check) {
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const auto& state : kernel_test::all_float_states) {
      const kernel_test::float_environment environment(state);
      std::feclearexcept(FE_ALL_EXCEPT);
      const auto control = kernel_test::float_environment::control();
      check(kernels);
      if (testing::Test::HasFatalFailure()) FAIL() << f8::to_string(kernels) << ", " << state;
      ASSERT_EQ(kernel_test::float_environment::control(), control)
          << f8::to_string(kernels) << ", " << state;
    }
  }
}

class ArithmeticState : public testing::TestWithParam<numbers> {
 protected:
  const operand<f8::e4m3> w{rows * columns, GetParam(), 1};
  const operand<float> x{columns, GetParam(), 2};
  const operand<float> alpha_and_scales{rows * 10, numbers::ordinary, 3};
  const float* scales = alpha_and_scales.values.data();

  std::vector<float> row(std::size_t r) const {
    const auto first = w.floats.begin() + static_cast<std::ptrdiff_t>(r * columns);
    return {first, first + static_cast<std::ptrdiff_t>(columns)};
  }
};

TEST_P(ArithmeticState, Dot) {
  const float expected = reference::sum_of_products(row(0), x.floats);
  in_every_state([&](f8::isa kernels) {
    const float got = f8::dot(kernels, w.values.data(), x.values.data(), columns);
    const int raised = std::fetestexcept(FE_ALL_EXCEPT);
    ASSERT_TRUE(is_float(got, expected));
    ASSERT_EQ(raised, 0) << "flags were raised";
  });
}

TEST_P(ArithmeticState, DotOfFloats) {
  const float expected = reference::sum_of_products(x.floats, x.floats);
  in_every_state([&](f8::isa kernels) {
    ASSERT_TRUE(is_float(f8::dot(kernels, x.values.data(), x.values.data(), columns), expected));
  });
}

TEST_P(ArithmeticState, Sum) {
  const float expected = reference::sum_of_products(x.floats, std::vector<float>(columns, 1.0F));
  in_every_state([&](f8::isa kernels) {
    ASSERT_TRUE(is_float(f8::sum(kernels, x.values.data(), columns), expected));
  });
}

TEST_P(ArithmeticState, Axpy) {
  std::vector<std::uint64_t> expected;
  for (std::size_t i = 0; i < columns; ++i) {
    expected.push_back(
        reference::code_of(reference::fused_multiply_add(scales[0], w.floats[i], x.floats[i])));
  }
  in_every_state([&](f8::isa kernels) {
    std::vector<float> y = x.values;
    f8::axpy(kernels, scales[0], w.values.data(), y.data(), columns);
    ASSERT_TRUE(are_codes(y.data(), expected));
  });
}

TEST_P(ArithmeticState, GemvWithScalesOfRows) {
  std::vector<std::uint64_t> expected;
  for (std::size_t r = 0; r < rows; ++r) {
    expected.push_back(
        reference::code_of(reference::sum_of_products(row(r), x.floats, {{columns, scales[r]}})));
  }
  in_every_state([&](f8::isa kernels) {
    float y[rows];
    f8::gemv(kernels, w.values.data(), f8::per_row(rows, columns), scales, x.values.data(), y);
    ASSERT_TRUE(are_codes(y, expected));
  });
}

TEST_P(ArithmeticState, GemvWithScalesOfTiles) {
  for (const std::size_t width : {32u, 50u}) {
    const f8::tiling tiles = f8::per_block(rows, columns, 1, width);
    std::vector<std::uint64_t> expected;
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<reference::segment> segments;
      for (std::size_t i = 0; i < columns; i += width)
        segments.push_back({std::min(width, columns - i), scales[tiles.index(r, i)]});
      expected.push_back(
          reference::code_of(reference::sum_of_products(row(r), x.floats, segments)));
    }
    in_every_state([&](f8::isa kernels) {
      float y[rows];
      f8::gemv(kernels, w.values.data(), tiles, scales, x.values.data(), y);
      ASSERT_TRUE(are_codes(y, expected));
    });
  }
}

TEST_P(ArithmeticState, GemvWithScalesOfNarrowTiles) {
  const f8::tiling tiles = f8::per_block(rows, columns, rows, 10);
  std::vector<float> scaled;
  for (std::size_t i = 0; i < columns; ++i)
    scaled.push_back(reference::product(x.floats[i], scales[tiles.index(0, i)]));
  std::vector<std::uint64_t> expected;
  for (std::size_t r = 0; r < rows; ++r)
    expected.push_back(reference::code_of(reference::sum_of_products(row(r), scaled)));
  in_every_state([&](f8::isa kernels) {
    float y[rows];
    f8::gemv(kernels, w.values.data(), tiles, scales, x.values.data(), y);
    ASSERT_TRUE(are_codes(y, expected));
  });
}

INSTANTIATE_TEST_SUITE_P(Each, ArithmeticState, testing::ValuesIn(all_numbers));

}  // namespace
