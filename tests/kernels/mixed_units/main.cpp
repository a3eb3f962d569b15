// Without an argument, says whether both translation units work on this CPU. With one, ends by an
// instruction that the lowest CPU lacks: that the emulator notices such instructions has to be seen
// too.
#include <cstdio>

#include "unit.hpp"

namespace {

#if defined(__x86_64__)
void use_avx() {
  asm volatile("vxorps %%ymm0, %%ymm0, %%ymm0" : : : "xmm0");
}
#else
void use_avx() {}
#endif

}  // namespace

int main(int argc, char**) {
  if (argc > 1) {
    use_avx();
    std::puts("AVX works here");
    return 0;
  }
  // The plain unit alone, because that is what a program runs on the lowest CPU.
  const bool plain = plain_unit::works();
  std::printf("plain unit: %s\n", plain ? "works" : "fails");
#if defined(__x86_64__)
  const bool fast_may_run = __builtin_cpu_supports("avx512vbmi");
#else
  const bool fast_may_run = true;
#endif
  const bool fast = !fast_may_run || fast_unit::works();
  std::printf("fast unit: %s\n", !fast_may_run ? "not for this CPU" : fast ? "works" : "fails");
  return plain && fast ? 0 : 1;
}
