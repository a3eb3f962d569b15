// All 2^32 floats through each instruction set's kernels.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>

#include "exhaustive/cast_sweep.hpp"
#include "kernels/sample.hpp"

namespace {

using reference::mismatch;
using reference::run_table;

constexpr std::uint32_t block_size = 8192;
using code_block = std::array<std::uint8_t, block_size>;

/// The codes of the inputs from `first` on.
void fill_expected(const run_table& table, std::uint64_t first, code_block& expected) {
  auto run = kernel_test::find_run(table, first);
  for (std::uint64_t i = 0; i < block_size; ++run) {
    const auto next = std::next(run);
    const std::uint64_t end =
        next == table.end() ? block_size : std::min<std::uint64_t>(next->first - first, block_size);
    std::memset(expected.data() + i, static_cast<int>(run->code),
                static_cast<std::size_t>(end - i));
    i = end;
  }
}

/// Converts the block of floats with bits first, first + 1, ...
template <class To>
std::optional<mismatch> check_block(const run_table& table, std::uint32_t first, f8::isa kernels,
                                    f8::conversion how) {
  std::array<std::uint32_t, block_size> bits;
  for (std::uint32_t i = 0; i < block_size; ++i) bits[i] = first + i;
  std::array<float, block_size> in;
  std::memcpy(in.data(), bits.data(), sizeof in);
  std::array<To, block_size> out;
  f8::convert(kernels, in.data(), out.data(), block_size, how);

  code_block expected;
  fill_expected(table, first, expected);
  if (std::memcmp(out.data(), expected.data(), block_size) == 0) return {};
  std::uint32_t i = 0;
  while (out[i].to_bits() == expected[i]) ++i;
  return mismatch{bits[i], expected[i], out[i].to_bits()};
}

template <class To>
testing::AssertionResult all_floats_agree(f8::isa kernels, f8::conversion how) {
  const run_table table = sweep::expected_runs<To, float>(how);
  std::optional<mismatch> result;
  std::mutex mutex;
  sweep::in_parallel(std::uint64_t{1} << 32, [&](std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t x = first; x < last; x += block_size) {
      const auto found = check_block<To>(table, static_cast<std::uint32_t>(x), kernels, how);
      if (!found) continue;
      const std::lock_guard<std::mutex> lock(mutex);
      if (!result || found->input < result->input) result = found;
    }
  });
  return sweep::report<To, float>(how, result);
}

std::string isa_name(const testing::TestParamInfo<f8::isa>& info) {
  return f8::to_string(info.param);
}

const auto each_isa = testing::ValuesIn(f8::supported_isas().begin(), f8::supported_isas().end());

class AllFloats : public testing::TestWithParam<f8::isa> {};
INSTANTIATE_TEST_SUITE_P(Isa, AllFloats, each_isa, isa_name);

TEST_P(AllFloats, ToE4m3) {
  EXPECT_TRUE(all_floats_agree<f8::e4m3>(GetParam(), {}));
}

TEST_P(AllFloats, ToE5m2) {
  EXPECT_TRUE(all_floats_agree<f8::e5m2>(GetParam(), {}));
}

// A minute or more for each instruction set: run by the label `full`.
class EveryConversion : public testing::TestWithParam<f8::isa> {};
INSTANTIATE_TEST_SUITE_P(Isa, EveryConversion, each_isa, isa_name);

TEST_P(EveryConversion, AllFloatsToE4m3) {
  for (const f8::conversion how : kernel_test::all_conversions())
    ASSERT_TRUE(all_floats_agree<f8::e4m3>(GetParam(), how));
}

TEST_P(EveryConversion, AllFloatsToE5m2) {
  for (const f8::conversion how : kernel_test::all_conversions())
    ASSERT_TRUE(all_floats_agree<f8::e5m2>(GetParam(), how));
}

}  // namespace
