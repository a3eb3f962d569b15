// The state of the floating-point unit that programs may set, and that no result may depend on.
#pragma once

#include <array>
#include <cfenv>
#include <cstdint>
#include <ostream>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace kernel_test {

struct float_state {
  int rounding;
  bool flush;  ///< subnormal inputs count as zero, and subnormal results become zero

  friend std::ostream& operator<<(std::ostream& out, const float_state& s) {
    return out << "rounding mode " << s.rounding << (s.flush ? ", subnormal numbers flushed" : "");
  }
};

/// Sets a state until the end of its scope.
class float_environment {
 public:
  explicit float_environment(const float_state& state) {
    std::fegetenv(&before_);
    std::fesetround(state.rounding);
    if (state.flush) flush_subnormals();
  }
  ~float_environment() { std::fesetenv(&before_); }
  float_environment(const float_environment&) = delete;
  float_environment& operator=(const float_environment&) = delete;

  /// The control bits as they are now: what was raised as a flag is left out.
  static std::uint64_t control() {
#if defined(__x86_64__)
    return _mm_getcsr() & ~0x3Fu;
#elif defined(__aarch64__)
    std::uint64_t control = 0;
    asm volatile("mrs %0, fpcr" : "=r"(control));
    return control;
#else
    return static_cast<std::uint64_t>(std::fegetround());
#endif
  }

 private:
  static void flush_subnormals() {
#if defined(__x86_64__)
    constexpr unsigned ftz = 0x8000, daz = 0x0040;
    _mm_setcsr(_mm_getcsr() | ftz | daz);
#elif defined(__aarch64__)
    constexpr std::uint64_t fz = 1u << 24, fz16 = 1u << 19;
    asm volatile("msr fpcr, %0" : : "r"(control() | fz | fz16));
#endif
  }

  std::fenv_t before_;
};

inline constexpr std::array<float_state, 8> all_float_states{{{FE_TONEAREST, false},
                                                              {FE_UPWARD, false},
                                                              {FE_DOWNWARD, false},
                                                              {FE_TOWARDZERO, false},
                                                              {FE_TONEAREST, true},
                                                              {FE_UPWARD, true},
                                                              {FE_DOWNWARD, true},
                                                              {FE_TOWARDZERO, true}}};

}  // namespace kernel_test
