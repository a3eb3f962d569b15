// A short run of the experiment: FP8 learns what bfloat16 learns, and every CPU computes the same.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "train.hpp"

namespace {

using namespace accuracy;

/// The task at a given index, cut short.
task cut(std::size_t index, int steps, std::size_t tests) {
  static const std::vector<task> tasks = all_tasks();
  task result = tasks[index];
  result.steps = steps;
  result.test.resize(tests);
  return result;
}

class Task : public testing::TestWithParam<std::size_t> {};

TEST_P(Task, Fp8EndsNearBfloat16) {
  // Steps, test batches, and how far FP8 may be: in percent of the images, or in mean loss.
  const struct {
    int steps;
    std::size_t tests;
    double distance;
  } short_run[] = {{150, 4, 1}, {40, 2, 1}, {40, 4, 0.01}};
  const auto& [steps, tests, distance] = short_run[GetParam()];
  const task what = cut(GetParam(), steps, tests);
  arithmetic in16(baseline), in8(headline);
  const run of16 = train(what, 1, in16);
  const run of8 = train(what, 1, in8);
  const double start = of16.losses.front();
  EXPECT_LT(of16.losses.back(), 0.65 * start) << "nothing was learned";
  EXPECT_NEAR(of8.metric, of16.metric, distance);
  EXPECT_NE(of8.bits, of16.bits);
}

/// A hash of what runs of a few steps compute, in the three ways of rounding to fp8 and in float16.
std::uint64_t bits_of(std::size_t index, f8::isa instructions) {
  const precision stochastic_fp8{"", stochastic(e4m3), e4m3_ieee, stochastic(e5m2)};
  const precision scaled_float16{"", f16, f16, f16, true};
  std::uint64_t bits = 0;
  for (const precision& how : {headline, stochastic_fp8, scaled_float16}) {
    arithmetic in(how, 42, instructions);
    bits = bits * 31 + train(cut(index, 2, 1), 1, in).bits;
  }
  return bits;
}

// The numbers are what every CPU has computed so far. A change of the networks, of the data or of
// the order of a sum changes them; a CPU may not.
TEST_P(Task, SameBitsOnEveryCpu) {
  constexpr std::uint64_t expected[] = {9405068903311969007u, 5531573311428640141u,
                                        6006886948337018212u};
  for (const f8::isa instructions : f8::supported_isas()) {
    EXPECT_EQ(bits_of(GetParam(), instructions), expected[GetParam()])
        << "by " << f8::to_string(instructions);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Task, testing::Values(0, 1, 2), [](const auto& task) {
  return std::string(std::array{"Mlp", "Cnn", "Transformer"}[task.param]);
});

TEST(Served, StoredWeightsGiveTheBitsOfTheForwardPass) {
  const task what = cut(2, 5, 1);
  arithmetic in(headline);
  const run trained = train(what, 1, in);
  const Matrix before = trained.network->forward(what.test[0].inputs, in);
  store_weights(*trained.network, in);
  const Matrix after = trained.network->forward(what.test[0].inputs, in);
  EXPECT_TRUE((before.array() == after.array()).all());
}

/// The message of what a call throws.
template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(Data, ErrorsNameThePathAndThePackage) {
  EXPECT_EQ(message_of([] { read_fashion_mnist("train", "/nowhere"); }),
            "/nowhere/train-images-idx3-ubyte.gz: is not there, or not the gzipped IDX file "
            "expected (Debian's package dataset-fashion-mnist)");
  EXPECT_EQ(message_of([] { read_text("false | cat"); }),
            "false: does not print the text (Debian's package bible-kjv)");
}

}  // namespace
