// Says in a test's output which kernels it tested: of the translation unit that includes it, whose
// options decide what there is.
#pragma once

#include <gtest/gtest.h>

#include <iostream>

#include "f8/convert.hpp"

namespace {

/// What else they use, of what F8_UNTESTED_ISA asks for.
inline const char* untested_isa() {
#if defined(F8_UNTESTED_ISA) && F8_UNTESTED_ISA && defined(__x86_64__)
  return f8::kernels::avx10_2::is_here() ? " with AVX10.2" : "";
#elif defined(F8_UNTESTED_ISA) && F8_UNTESTED_ISA && defined(__aarch64__)
  return f8::kernels::neon_fp8::is_here() ? " with FEAT_FP8" : "";
#else
  return "";
#endif
}

class PrintIsas : public testing::Environment {
 public:
  void SetUp() override {
    std::cout << "kernels tested:";
    for (const f8::isa x : f8::supported_isas()) std::cout << ' ' << f8::to_string(x);
    std::cout << "; convert() uses " << f8::to_string(f8::active_isa()) << untested_isa() << '\n';
  }
};

const testing::Environment* const registered = testing::AddGlobalTestEnvironment(new PrintIsas);

}  // namespace
