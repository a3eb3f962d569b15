// convert_stochastic is cast_stochastic with the words of Philox 4x32-10: a function of (input,
// seed) alone.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "kernels/float_environment.hpp"
#include "kernels/philox.hpp"
#include "kernels/sample.hpp"

namespace {

using kernel_test::philox_counter;

// The known answers of the Random123 distribution.
TEST(Philox, GivesTheKnownAnswers) {
  constexpr std::uint32_t ones = 0xFFFF'FFFF;
  EXPECT_EQ(kernel_test::philox({0, 0, 0, 0}, {0, 0}),
            (philox_counter{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(kernel_test::philox({ones, ones, ones, ones}, {ones, ones}),
            (philox_counter{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(kernel_test::philox({0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344},
                                {0xA4093822, 0x299F31D0}),
            (philox_counter{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

constexpr std::uint64_t seed = 0x8765'4321'0FED'CBA9;

// Where a block of random words begins and ends, and where the low half of its number overflows.
constexpr std::uint64_t firsts[] = {
    0, 1, 2, 3, 4, 63, (std::uint64_t{1} << 32) - 70, (std::uint64_t{1} << 34) - 71};

// Around the vectors of each size, and beyond.
constexpr std::size_t lengths[] = {0, 1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 127, 255, 1000};

/// NaN, infinities, subnormal numbers and all else in disorder.
template <class From>
std::vector<From> mixed_inputs(std::size_t n) {
  std::mt19937_64 random(1);
  std::vector<From> in(n);
  for (std::size_t i = 0; i < n; ++i) {
    // Every second one where the formats are: its exponent is within 24 of 0.
    const auto ordinary = static_cast<float>(static_cast<std::int32_t>(random())) /
                          static_cast<float>(1u << random() % 32);
    in[i] = i % 2 == 0 ? reference::value_of<From>(random()) : f8::cast<From>(ordinary);
  }
  return in;
}

template <class To, class From>
std::vector<To> casts(const std::vector<From>& in, std::uint64_t first, f8::overflow over) {
  std::vector<To> out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    out[i] = f8::cast_stochastic<To>(in[i], kernel_test::random_word(seed, first + i), over);
  }
  return out;
}

/// Every kernel gives the same as single casts.
template <class To, class From>
void expect_casts(const std::vector<From>& in, std::uint64_t first, f8::overflow over) {
  const auto expected = casts<To>(in, first, over);
  for (const f8::isa kernels : f8::supported_isas()) {
    const auto kernel =
        f8::kernels::find_stochastic<f8::detail::format_of<From>, f8::detail::format_of<To>>(
            kernels);
    std::vector<To> out(in.size());
    kernel(in.data(), out.data(), in.size(), seed, first, over);
    for (std::size_t i = 0; i < in.size(); ++i) {
      ASSERT_EQ(out[i].to_bits(), expected[i].to_bits())
          << f8::to_string(kernels) << ", element " << i << " of words from " << first << ": "
          << reference::describe(in[i]) << " with " << kernel_test::random_word(seed, first + i);
    }
  }
}

template <class To, class From>
void expect_casts() {
  for (const std::uint64_t first : firsts) {
    for (const std::size_t n : lengths) {
      expect_casts<To>(mixed_inputs<From>(n), first, f8::overflow::saturate);
    }
  }
  const auto many = mixed_inputs<From>(kernel_test::is_emulated() ? 10'000 : 200'000);
  for (const f8::overflow over : reference::all_overflows) expect_casts<To>(many, 0, over);
}

template <class To>
class Stochastic : public testing::Test {};
using rounded_types =
    testing::Types<f8::e4m3, f8::e5m2, f8::e3m4, f8::e4m3fnuz, reference::e5m2b120>;
TYPED_TEST_SUITE(Stochastic, rounded_types, reference::format_names);

TYPED_TEST(Stochastic, FromFloatIsCastWithPhilox) {
  expect_casts<TypeParam, float>();
}

TYPED_TEST(Stochastic, From16BitsIsCastWithPhilox) {
  expect_casts<TypeParam, f8::float16>();
  expect_casts<TypeParam, f8::bfloat16>();
}

TEST(Stochastic, FromDoubleIsCastWithPhilox) {
  expect_casts<f8::e4m3, double>();
}

TEST(Stochastic, PublicFunctionsStartAtElement0) {
  const auto in = mixed_inputs<float>(1000);
  std::vector<f8::e4m3> chosen(in.size());
  f8::convert_stochastic(in.data(), chosen.data(), in.size(), seed);
  for (std::size_t i = 0; i < in.size(); ++i) {
    ASSERT_EQ(chosen[i].to_bits(),
              f8::cast_stochastic<f8::e4m3>(in[i], kernel_test::random_word(seed, i)).to_bits());
  }
  for (const f8::isa kernels : f8::supported_isas()) {
    std::vector<f8::e4m3> out(in.size());
    f8::convert_stochastic(kernels, in.data(), out.data(), in.size(), seed);
    EXPECT_EQ(std::memcmp(out.data(), chosen.data(), out.size()), 0) << f8::to_string(kernels);
  }
}

TEST(Stochastic, IsTheSameHoweverAnArrayIsSplit) {
  const auto in = mixed_inputs<float>(1000);
  std::vector<f8::e5m2> whole(in.size());
  f8::convert_stochastic(in.data(), whole.data(), in.size(), seed);
  for (const f8::isa kernels : f8::supported_isas()) {
    const auto kernel =
        f8::kernels::find_stochastic<f8::binary32, f8::detail::format_of<f8::e5m2>>(kernels);
    for (std::size_t split = 0; split <= in.size(); ++split) {
      std::vector<f8::e5m2> parts(in.size());
      kernel(in.data(), parts.data(), split, seed, 0, f8::overflow::saturate);
      kernel(in.data() + split, parts.data() + split, in.size() - split, seed, split,
             f8::overflow::saturate);
      ASSERT_EQ(std::memcmp(parts.data(), whole.data(), whole.size()), 0)
          << f8::to_string(kernels) << ", split at " << split;
    }
  }
}

TEST(Stochastic, IsTheSameInEveryState) {
  const auto in = mixed_inputs<float>(10'000);
  std::vector<f8::e4m3> expected(in.size());
  f8::convert_stochastic(f8::isa::scalar, in.data(), expected.data(), in.size(), seed);
  for (const f8::isa kernels : f8::supported_isas()) {
    for (const auto& state : kernel_test::all_float_states) {
      std::vector<f8::e4m3> out(in.size());
      const kernel_test::float_environment environment(state);
      f8::convert_stochastic(kernels, in.data(), out.data(), in.size(), seed);
      ASSERT_EQ(std::memcmp(out.data(), expected.data(), out.size()), 0)
          << f8::to_string(kernels) << ", " << state;
    }
  }
}

}  // namespace
