// The same bits, whatever the state of the floating-point unit. Built once for each kind of
// compiler flags that might make a difference.
#include <gtest/gtest.h>

#include "kernels/float_environment.hpp"
#include "kernels/sample.hpp"

namespace {

template <class To, class From>
void expect_agreement_in_every_state(std::uint64_t stride = 1) {
  for (const f8::conversion how : kernel_test::plain_conversions()) {
    const kernel_test::sample inputs(reference::format_of<From>, reference::format_of<To>, how,
                                     stride);
    for (const f8::isa kernels : f8::supported_isas()) {
      for (const auto& state : kernel_test::all_float_states) {
        const kernel_test::float_environment environment(state);
        const auto control = environment.control();
        ASSERT_TRUE(inputs.agrees(kernels, kernel_test::convert_bytes<To, From>)) << state;
        ASSERT_EQ(environment.control(), control) << state << " was changed";
      }
    }
  }
}

template <class T>
class State : public testing::Test {};
using tested_types = testing::Types<f8::e4m3, f8::e5m2>;
TYPED_TEST_SUITE(State, tested_types, reference::format_names);

TYPED_TEST(State, FromFloat) {
  expect_agreement_in_every_state<TypeParam, float>(1'000'003);
}

TYPED_TEST(State, From16Bits) {
  expect_agreement_in_every_state<TypeParam, f8::float16>();
  expect_agreement_in_every_state<TypeParam, f8::bfloat16>();
}

TYPED_TEST(State, ToWider) {
  expect_agreement_in_every_state<float, TypeParam>();
  expect_agreement_in_every_state<f8::float16, TypeParam>();
  expect_agreement_in_every_state<f8::bfloat16, TypeParam>();
}

}  // namespace
