// float and 16 bits to e4m3 and e5m2 with Arm's FEAT_FP8, to nearest even: one instruction for 8
// floats.
//
// UNTESTED ON HARDWARE, and compiled only if F8_UNTESTED_ISA asks for it: see isa in cpu.hpp.
//
// FCVTN rounds finite numbers as cast does: once, subnormal numbers included, before it decides
// what is too large. Whether it listens to FPCR is not written the same everywhere, so FPCR says
// here what is wanted. FPMR names the format, and whether to saturate; no function has to preserve
// it (AAPCS64). A NaN loses its sign: blocks with one, or with an infinity, are left to the other
// NEON kernels.
#ifndef F8_KERNELS_UNTESTED_NEON_FP8_HPP
#define F8_KERNELS_UNTESTED_NEON_FP8_HPP

#include "../fp_state.hpp"
#include "../neon/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON && F8_HAS_UNTESTED
#if defined(__linux__)
#include <sys/auxv.h>
#endif

namespace f8 {
namespace {
namespace kernels {
namespace neon_fp8 {

inline bool is_here() noexcept {
#if !defined(__linux__) || \
    (defined(F8_NO_DISPATCH) && F8_NO_DISPATCH && !defined(__ARM_FEATURE_FP8))
  return false;
#else
  constexpr std::uint64_t f8cvt = std::uint64_t{1} << 51;  // HWCAP2_F8CVT
  static const bool here = (getauxval(AT_HWCAP2) & f8cvt) != 0;
  return here;
#endif
}

// All that is not said here is as with NEON.
using namespace neon;

/// True if there is a kernel for this pair.
template <class Source, class Target>
constexpr bool converts = kernels_detail::encodes<Source, Target>&& kernels_detail::is_ofp8<Target>;

template <class Target>
F8_NEON_FP8_FN fpm_t mode_of(conversion how) {
  const bool saturates = how.over != overflow::nonfinite;
  const fpm_t format = __arm_set_fpm_dst_format(
      __arm_fpm_init(), Target::trailing_bits == 3 ? __ARM_FPM_E4M3 : __ARM_FPM_E5M2);
  return __arm_set_fpm_overflow_cvt(format, saturates ? __ARM_FPM_SATURATE : __ARM_FPM_INFNAN);
}

/// 16 floats, as bits.
struct floats {
  uint32x4_t a, b, c, d;
};

template <class Source>
F8_NEON_FP8_FN floats read(const byte* in) {
  constexpr int four = Source::width / 2;
  return {neon::read_floats<Source>(in), neon::read_floats<Source>(in + four),
          neon::read_floats<Source>(in + 2 * four), neon::read_floats<Source>(in + 3 * four)};
}

/// True if any is infinite or NaN: the exponent field is all ones.
F8_NEON_FP8_FN bool any_special(const floats& x) {
  const uint32x4_t exponent = vdupq_n_u32(binary32::infinity);
  const uint32x4_t a = vandq_u32(x.a, exponent), b = vandq_u32(x.b, exponent);
  const uint32x4_t c = vandq_u32(x.c, exponent), d = vandq_u32(x.d, exponent);
  return vmaxvq_u32(vmaxq_u32(vmaxq_u32(a, b), vmaxq_u32(c, d))) == binary32::infinity;
}

/// Codes of finite numbers.
F8_NEON_FP8_FN uint8x16_t rounded(const floats& x, fpm_t mode) {
  const mfloat8x8_t first =
      vcvt_mf8_f32_fpm(vreinterpretq_f32_u32(x.a), vreinterpretq_f32_u32(x.b), mode);
  return vreinterpretq_u8_mf8(
      vcvt_high_mf8_f32_fpm(first, vreinterpretq_f32_u32(x.c), vreinterpretq_f32_u32(x.d), mode));
}

/// Blocks from element i on, up to one with an infinity or NaN. Returns the first element that is
/// not done.
template <class Source>
F8_NEON_FP8_FN std::size_t convert_finite(const byte* in, byte* out, std::size_t i, std::size_t n,
                                          fpm_t mode) {
  for (; n - i >= block_size; i += block_size) {
    const floats x = read<Source>(in + i * (Source::width / 8));
    if (any_special(x)) break;
    vst1q_u8(out + i, rounded(x, mode));
  }
  return i;
}

/// To nearest even.
template <class Source, class Target>
F8_NEON_FP8_KERNEL_FN void convert_nearest(const void* from, void* to, std::size_t n,
                                           conversion how) {
  const byte* const in = static_cast<const byte*>(from);
  byte* const out = static_cast<byte*>(to);
  const kernels_detail::default_fp_state state;
  const fpm_t mode = mode_of<Target>(how);
  for (std::size_t i = 0; i < n;) {
    i = convert_finite<Source>(in, out, i, n, mode);
    const std::size_t some = n - i < block_size ? n - i : block_size;
    neon::convert<Source, Target>(in + i * (Source::width / 8), out + i, some, how);
    i += some;
  }
}

template <class Source, class Target>
void convert(const void* from, void* to, std::size_t n, conversion how) {
  if constexpr (converts<Source, Target>) {
    if (how.round == rounding::nearest_even && n >= block_size && is_here())
      return convert_nearest<Source, Target>(from, to, n, how);
  }
  neon::convert<Source, Target>(from, to, n, how);
}

}  // namespace neon_fp8
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
