// The floating-point environment of a thread, where <cfenv> does not know all of it: flushing, and
// with MinGW, whose fesetenv sets the x87 unit alone, the one that computes.
#pragma once

#include <cfenv>
#include <cstdint>

#if defined(__SSE2_MATH__)  // and not x87 beside it
#include <xmmintrin.h>
#endif

namespace reference {

/// The environment at the time of its construction.
class saved_environment {
 public:
  saved_environment() { std::fegetenv(&saved_); }
  void restore() const {
    std::fesetenv(&saved_);
#if defined(__SSE2_MATH__)
    _mm_setcsr(control_);
#endif
  }

 private:
  std::fenv_t saved_{};
#if defined(__SSE2_MATH__)
  unsigned control_ = _mm_getcsr();
#endif
};

/// Sets the environment in which programs start.
inline void set_standard_environment() {
  std::fesetenv(FE_DFL_ENV);
#if defined(__SSE2_MATH__)
  _mm_setcsr(0x1F80);  // all exceptions masked
#endif
}

#if defined(__SSE2_MATH__) || defined(__aarch64__) || defined(__ARM_FP)
inline constexpr bool can_flush_subnormals = true;
#else
inline constexpr bool can_flush_subnormals = false;
#endif

/// Whether subnormal operands and results count as zero from here on, where a CPU can be told so.
/// (A program that was linked with -ffast-math may start with it.)
inline void flush_subnormals([[maybe_unused]] bool flush) {
#if defined(__SSE2_MATH__)
  constexpr unsigned ftz = 0x8000, daz = 0x0040;
  const unsigned others = _mm_getcsr() & ~(ftz | daz);
  _mm_setcsr(flush ? others | ftz | daz : others);
#elif defined(__aarch64__)
  constexpr std::uint64_t fz = 1u << 24, fz16 = 1u << 19;
  std::uint64_t control = 0;
  asm volatile("mrs %0, fpcr" : "=r"(control));
  const std::uint64_t others = control & ~(fz | fz16);
  asm volatile("msr fpcr, %0" : : "r"(flush ? others | fz | fz16 : others));
#elif defined(__ARM_FP)
  constexpr unsigned fz = 1u << 24;
  const unsigned others = __builtin_arm_get_fpscr() & ~fz;
  __builtin_arm_set_fpscr(flush ? others | fz : others);
#endif
}

}  // namespace reference
