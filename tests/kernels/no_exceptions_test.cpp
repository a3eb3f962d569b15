// Compiled without exceptions: a handler that the program can replace hears of ranges of different
// sizes.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "f8/convert.hpp"
#include "kernels/print_isas.hpp"

#if defined(__cpp_exceptions)
#error "compile this test with -fno-exceptions"
#endif

namespace {

void convert_3_to_17() {
  f8::convert(std::vector<float>(3), std::vector<f8::e4m3>(17));
}

TEST(SizeMismatchDeathTest, EndsTheProgramNamingBothSizes) {
  EXPECT_DEATH(convert_3_to_17(), "in 3, out 17");
}

void exit_with_4(const char* message) {
  std::fprintf(stderr, "replaced: %s\n", message);
  std::_Exit(4);
}

TEST(SizeMismatchDeathTest, CallsTheReplacedHandler) {
  f8::size_mismatch_handler = exit_with_4;
  EXPECT_EXIT(convert_3_to_17(), testing::ExitedWithCode(4), "replaced: .*in 3, out 17");
}

TEST(SizeMismatchDeathTest, DoesNotReturnEvenIfTheHandlerDoes) {
  f8::size_mismatch_handler = [](const char*) {};
  EXPECT_DEATH(convert_3_to_17(), "");
}

}  // namespace
