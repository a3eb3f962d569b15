// The floating-point unit as a program finds it when it starts, for as long as a kernel computes.
#ifndef F8_KERNELS_FP_STATE_HPP
#define F8_KERNELS_FP_STATE_HPP

#include <cstdint>

#include "../core/config.hpp"

// The x87 unit, which computes where this is not 0, has a state of its own that <cfenv> knows.
#if defined(__x86_64__) && defined(__GNUC__) && __FLT_EVAL_METHOD__ == 0
#define F8_HAS_MXCSR 1
#define F8_HAS_FPCR 0
#elif defined(__aarch64__) && defined(__GNUC__)
#define F8_HAS_MXCSR 0
#define F8_HAS_FPCR 1
#else
#define F8_HAS_MXCSR 0
#define F8_HAS_FPCR 0
#include <cfenv>
#endif

namespace f8 {
namespace kernels_detail {

/// To which of its two neighbours a result that is no float is rounded.
enum class fp_rounding : std::uint8_t { nearest_even, toward_zero };

/// While an object of this class lives, results are rounded as it says, subnormal numbers are not
/// flushed, and no exception traps. Its destructor restores the state, flags included.
///
/// Compilers take arithmetic for a function of its operands, which they may compute before the
/// state is set or after it is restored. They move no access to memory that others can see across
/// either: so operands have to be loaded within the scope, and results stored in it or given to
/// keep().
class default_fp_state {
 public:
  F8_HOST_FN explicit default_fp_state(fp_rounding round = fp_rounding::nearest_even) noexcept {
    save_and_set(round == fp_rounding::toward_zero);
  }
  F8_HOST_FN ~default_fp_state() { restore(); }
  default_fp_state(const default_fp_state&) = delete;
  default_fp_state(default_fp_state&&) = delete;
  default_fp_state& operator=(const default_fp_state&) = delete;
  default_fp_state& operator=(default_fp_state&&) = delete;

  /// x, which is computed by then, before the state is restored.
  template <class T>
  F8_HOST_FN static T keep(T x) noexcept {
    asm volatile("" : "+m"(x) : : "memory");
    return x;
  }

 private:
#if F8_HAS_MXCSR
  using state = std::uint32_t;

  F8_HOST_FN void save_and_set(bool toward_zero) noexcept {
    const state all_masked = toward_zero ? 0x7F80 : 0x1F80;  // nothing flushed, no flag raised
    asm volatile("stmxcsr %0" : "=m"(before_) : : "memory");
    asm volatile("ldmxcsr %0" : : "m"(all_masked) : "memory");
  }
  F8_HOST_FN void restore() noexcept {
    asm volatile("ldmxcsr %0" : : "m"(before_) : "memory");
  }
#elif F8_HAS_FPCR
  using state = std::uint64_t;

  F8_HOST_FN void save_and_set(bool toward_zero) noexcept {
    const state standard = toward_zero ? 3u << 22 : 0;  // nothing flushed, no trap; flags: FPSR
    asm volatile("mrs %0, fpcr" : "=r"(before_) : : "memory");
    asm volatile("mrs %0, fpsr" : "=r"(flags_) : : "memory");
    asm volatile("msr fpcr, %0" : : "r"(standard) : "memory");
  }
  F8_HOST_FN void restore() noexcept {
    asm volatile("msr fpsr, %0" : : "r"(flags_) : "memory");
    asm volatile("msr fpcr, %0" : : "r"(before_) : "memory");
  }

  state flags_;
#else
  using state = std::fenv_t;

  F8_HOST_FN void save_and_set(bool toward_zero) noexcept {
    std::fegetenv(&before_);
    std::fesetenv(FE_DFL_ENV);
    if (toward_zero) std::fesetround(FE_TOWARDZERO);
    asm volatile("" : : : "memory");
  }
  F8_HOST_FN void restore() noexcept {
    asm volatile("" : : : "memory");
    std::fesetenv(&before_);
  }
#endif

  state before_;
};

}  // namespace kernels_detail
}  // namespace f8

#undef F8_HAS_MXCSR
#undef F8_HAS_FPCR
#include "../core/undef.hpp"

#endif
