// The state of the floating-point unit that programs may set, and that no result may depend on.
#pragma once

#include <array>
#include <cfenv>
#include <cstdint>
#include <ostream>

#include "reference/environment.hpp"

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
    std::fesetround(state.rounding);
    reference::flush_subnormals(state.flush);
  }
  ~float_environment() { before_.restore(); }
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
  reference::saved_environment before_;
};

#if defined(__wasm__)  // has no other
inline constexpr std::array<float_state, 1> all_float_states{{{FE_TONEAREST, false}}};
#else
inline constexpr std::array<float_state, 8> all_float_states{{{FE_TONEAREST, false},
                                                              {FE_UPWARD, false},
                                                              {FE_DOWNWARD, false},
                                                              {FE_TOWARDZERO, false},
                                                              {FE_TONEAREST, true},
                                                              {FE_UPWARD, true},
                                                              {FE_DOWNWARD, true},
                                                              {FE_TOWARDZERO, true}}};
#endif

}  // namespace kernel_test
