// Arithmetic on arrays of floats, 4 at a time.
#ifndef F8_KERNELS_NEON_ARITHMETIC_HPP
#define F8_KERNELS_NEON_ARITHMETIC_HPP

#include "../scalar/arithmetic.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

struct float_lanes {
  using vector = float32x4_t;
  static constexpr std::size_t width = 4;

  F8_NEON_FN static float32x4_t load(const void* array, std::size_t i) {
    return vreinterpretq_f32_u8(vld1q_u8(static_cast<const byte*>(array) + 4 * i));
  }
  F8_NEON_FN static void store(void* array, std::size_t i, float32x4_t x) {
    vst1q_u8(static_cast<byte*>(array) + 4 * i, vreinterpretq_u8_f32(x));
  }
  F8_NEON_FN static float32x4_t all(float x) { return vdupq_n_f32(x); }
  F8_NEON_FN static float32x4_t add(float32x4_t a, float32x4_t b) { return vaddq_f32(a, b); }
  F8_NEON_FN static float32x4_t multiply(float32x4_t a, float32x4_t b) { return vmulq_f32(a, b); }
  F8_NEON_FN static float32x4_t fused(float32x4_t a, float32x4_t b, float32x4_t c) {
    return vfmaq_f32(c, a, b);
  }
  F8_NEON_FN static float32x4_t canonical(float32x4_t x) {
    asm("" : "+w"(x));  // as in canonical_bits
    const uint32x4_t bits = vreinterpretq_u32_f32(x);
    const uint32x4_t magnitude = vandq_u32(bits, all32(binary32::magnitude_mask));
    const uint32x4_t is_nan = vcgtq_u32(magnitude, all32(binary32::infinity));
    return vreinterpretq_f32_u32(vbslq_u32(is_nan, all32(binary32::quiet_nan), bits));
  }
};

#define F8_KERNEL_FN F8_NEON_KERNEL_FN
#define F8_PART_FN F8_NEON_FN
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "../generic/float_arrays.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN
#undef F8_UNROLL

using scalar::powers_of_two;
using scalar::products;

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
