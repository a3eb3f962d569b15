// Says in a test's output which kernels it tested: of the translation unit that includes it, whose
// options decide what there is.
#pragma once

#include <gtest/gtest.h>

#include <iostream>

#include "f8/convert.hpp"

namespace {

class PrintIsas : public testing::Environment {
 public:
  void SetUp() override {
    std::cout << "kernels tested:";
    for (const f8::isa x : f8::supported_isas()) std::cout << ' ' << f8::to_string(x);
    std::cout << "; convert() uses " << f8::to_string(f8::active_isa()) << '\n';
  }
};

const testing::Environment* const registered = testing::AddGlobalTestEnvironment(new PrintIsas);

}  // namespace
