// Which kernels are chosen, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "f8/convert.hpp"
#include "kernels/print_isas.hpp"

namespace {

TEST(Isas, AreListedFromTheSlowestToTheFastest) {
  const auto& isas = f8::supported_isas();
  ASSERT_GT(isas.size(), 0u);
  EXPECT_EQ(*isas.begin(), f8::isa::scalar);
  EXPECT_TRUE(std::is_sorted(isas.begin(), isas.end()));
  EXPECT_EQ(std::adjacent_find(isas.begin(), isas.end()), isas.end());
}

TEST(Isas, TheActiveOneIsTheFastestOfThem) {
  EXPECT_TRUE(f8::supported_isas().contains(f8::active_isa()));
  EXPECT_EQ(f8::active_isa(), *(f8::supported_isas().end() - 1));
}

#if defined(__SEH__) && !defined(__clang__)
TEST(Isas, AreNoneWithVectorsThatTheStackCannotHold) {
  EXPECT_EQ(f8::active_isa(), f8::isa::scalar);
}
#elif defined(__x86_64__)
TEST(Isas, AreThoseOfTheCpu) {
  const auto& isas = f8::supported_isas();
  EXPECT_EQ(isas.contains(f8::isa::avx2), __builtin_cpu_supports("avx2") != 0);
  EXPECT_EQ(isas.contains(f8::isa::avx512), __builtin_cpu_supports("avx512bw") != 0);
  EXPECT_EQ(isas.contains(f8::isa::avx512vbmi),
            __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("gfni"));
  EXPECT_FALSE(isas.contains(f8::isa::neon));
}
#elif defined(__aarch64__)
TEST(Isas, AreThoseOfTheCpu) {
  EXPECT_EQ(f8::active_isa(), f8::isa::neon);
}
#elif defined(__wasm_simd128__)
TEST(Isas, AreThoseOfTheCpu) {
  EXPECT_EQ(f8::active_isa(), f8::isa::simd128);
}
#endif

TEST(Isas, HaveTheNamesThatCompilersGiveThem) {
  EXPECT_STREQ(f8::to_string(f8::isa::scalar), "scalar");
  EXPECT_STREQ(f8::to_string(f8::isa::avx2), "avx2");
  EXPECT_STREQ(f8::to_string(f8::isa::avx512vbmi), "avx512vbmi");
  EXPECT_STREQ(f8::to_string(f8::isa::simd128), "simd128");
}

TEST(Convert, TakesEachIsa) {
  const std::array<float, 3> in{1.0f, -2.0f, 1000.0f};
  for (const f8::isa kernels : f8::supported_isas()) {
    std::array<f8::e4m3, 3> out{};
    f8::convert(kernels, in.data(), out.data(), in.size());
    EXPECT_EQ(out[0], 1.0f);
    EXPECT_EQ(out[1], -2.0f);
    EXPECT_EQ(out[2], 448.0f);
  }
}

TEST(Convert, DoesNothingWithNothing) {
  const float* in = nullptr;
  f8::e4m3* out = nullptr;
  f8::convert(in, out, 0);
  f8::convert_stochastic(in, out, 0, 1);
  for (const f8::isa kernels : f8::supported_isas()) {
    f8::convert(kernels, in, out, 0);
    f8::convert(kernels, out, const_cast<float*>(in), 0);
    f8::convert_stochastic(kernels, in, out, 0, 1);
  }
  f8::convert(std::vector<float>{}, std::vector<f8::e4m3>{});
}

TEST(Convert, TakesContiguousRanges) {
  const std::vector<float> in{0.5f, -448.0f};
  f8::e4m3 out[2];
  f8::convert(in, out);
  std::array<float, 2> back{};
  f8::convert(out, back);
  EXPECT_EQ(in, std::vector<float>(back.begin(), back.end()));
  f8::convert(std::vector<float>{1000.0f}, std::vector<f8::e5m2>(1), f8::overflow::nonfinite);
}

#if defined(__cpp_exceptions)
TEST(Convert, RefusesRangesOfDifferentSizes) {
  const std::vector<float> in(3);
  std::vector<f8::e4m3> out(17);
  try {
    f8::convert(in, out);
    FAIL() << "not refused";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find('3'), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("17"), std::string::npos) << error.what();
  }
  EXPECT_TRUE(std::all_of(out.begin(), out.end(), [](f8::e4m3 x) { return x.to_bits() == 0; }));
}
#endif

}  // namespace
