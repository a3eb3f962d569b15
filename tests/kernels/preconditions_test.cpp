// What debug builds check.
#include <gtest/gtest.h>

#include <cstddef>

#include "f8/convert.hpp"
#include "kernels/print_isas.hpp"

#if defined(NDEBUG)
#error "compile this test without NDEBUG"
#endif

namespace {

alignas(float) unsigned char memory[64];

float* floats(std::size_t offset) {
  return reinterpret_cast<float*>(memory + offset);
}
f8::e4m3* codes(std::size_t offset) {
  return reinterpret_cast<f8::e4m3*>(memory + offset);
}

TEST(PreconditionsDeathTest, ArraysMayNotOverlap) {
  EXPECT_DEATH(f8::convert(floats(0), codes(1), 4), "may_share");
  EXPECT_DEATH(f8::convert(floats(4), codes(0), 5), "may_share");
  EXPECT_DEATH(f8::convert(floats(0), codes(15), 4), "may_share");
  EXPECT_DEATH(f8::convert(codes(0), floats(0), 4), "may_share") << "in place, but wider";
  EXPECT_DEATH(f8::convert_stochastic(floats(0), codes(1), 4, 1), "may_share");
  EXPECT_DEATH(f8::convert(f8::isa::scalar, floats(0), codes(1), 4), "may_share");
}

TEST(Preconditions, ArraysMayTouchOrBeTheSame) {
  f8::convert(floats(0), codes(0), 4);
  f8::convert(floats(0), codes(16), 4);
  f8::convert(floats(4), codes(0), 4);
  f8::convert(codes(0), floats(4), 4);
}

TEST(PreconditionsDeathTest, KernelsMustBeSupported) {
#if defined(__aarch64__)
  EXPECT_DEATH(f8::convert(f8::isa::avx2, floats(0), codes(0), 4), "supported_isas");
#else
  EXPECT_DEATH(f8::convert(f8::isa::neon, floats(0), codes(0), 4), "supported_isas");
#endif
}

}  // namespace
