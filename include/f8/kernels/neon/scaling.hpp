// Scaled conversion with NEON: vectors of 4 floats.
#ifndef F8_KERNELS_NEON_SCALING_HPP
#define F8_KERNELS_NEON_SCALING_HPP

#include "../fp_state.hpp"
#include "../scalar/scaling.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON
#include <arm_neon.h>

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using kernels_detail::default_fp_state;
using kernels_detail::fp_rounding;

using floats = float32x4_t;
using codes = uint32x4_t;
inline constexpr std::size_t vector_size = 4;

F8_NEON_FN floats load_floats(const float* x) {
  return vld1q_f32(x);
}
F8_NEON_FN void store_floats(float* to, floats x) {
  vst1q_f32(to, x);
}

F8_NEON_FN codes codes_of(std::uint32_t code) {
  return vdupq_n_u32(code);
}
F8_NEON_FN codes without_sign(floats x) {
  return vandq_u32(vreinterpretq_u32_f32(x), codes_of(binary32::magnitude_mask));
}
F8_NEON_FN codes larger(codes a, codes b) {
  return vmaxq_u32(a, b);
}
F8_NEON_FN codes difference(codes a, codes b) {
  return vsubq_u32(a, b);
}
F8_NEON_FN std::uint32_t largest_of(codes x) {
  return vmaxvq_u32(x);
}
F8_NEON_FN std::uint32_t sum_of(codes x) {
  return vaddvq_u32(x);
}
/// One more in each lane where x <= y.
F8_NEON_FN codes with_1_up_to(codes count, codes x, codes y) {
  return vsubq_u32(count, vcleq_u32(x, y));
}
F8_NEON_FN codes load_codes(const std::uint32_t* x) {
  return vld1q_u32(x);
}
F8_NEON_FN void store_codes(std::uint32_t* to, codes x) {
  vst1q_u32(to, x);
}

using byte_vector = uint8x16_t;

F8_NEON_FN byte_vector load_bytes(const unsigned char* x) {
  return vld1q_u8(x);
}
F8_NEON_FN void store_bytes(unsigned char* to, byte_vector x) {
  vst1q_u8(to, x);
}
F8_NEON_FN byte_vector all_bytes(unsigned char x) {
  return vdupq_n_u8(x);
}
F8_NEON_FN byte_vector low_7_bits(byte_vector x) {
  return vandq_u8(x, all_bytes(0x7F));
}
F8_NEON_FN byte_vector larger_bytes(byte_vector a, byte_vector b) {
  return vmaxq_u8(a, b);
}
F8_NEON_FN byte_vector smaller_bytes(byte_vector a, byte_vector b) {
  return vminq_u8(a, b);
}
/// x plus or minus y in each lane where a > b.
F8_NEON_FN byte_vector plus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                        byte_vector y) {
  return vaddq_u8(x, vandq_u8(vcgtq_u8(a, b), y));
}
F8_NEON_FN byte_vector minus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                         byte_vector y) {
  return vsubq_u8(x, vandq_u8(vcgtq_u8(a, b), y));
}
/// True if a >= b in any lane.
F8_NEON_FN bool any_from(byte_vector a, byte_vector b) {
  return vmaxvq_u8(vcgeq_u8(a, b)) != 0;
}
F8_NEON_FN std::size_t sum_of_bytes(byte_vector x) {
  return vaddlvq_u8(x);
}

/// x, hidden from the compiler: whatever it may assume about the floats of a program, it cannot
/// simplify what is computed from x.
F8_NEON_FN floats as_is(floats x) {
  __asm__("" : "+w"(x));
  return x;
}

/// A result that was rounded toward zero, with a last bit of 1 if it is inexact. (The error of an
/// infinity or NaN is 0 or NaN.) The error is looked at in integers, since no comparison of floats
/// is safe under -ffast-math.
F8_NEON_FN floats to_odd(floats truncated, floats error) {
  const codes inexact =
      vcltq_u32(difference(without_sign(error), codes_of(1)), codes_of(binary32::infinity));
  return vreinterpretq_f32_u32(
      vorrq_u32(vreinterpretq_u32_f32(truncated), vandq_u32(inexact, codes_of(1))));
}

// The rounding mode is that of the floating-point unit.
F8_NEON_FN floats quotient_to_odd(floats x, floats y) {
  const floats q = as_is(vdivq_f32(as_is(x), as_is(y)));
  return to_odd(q, vfmsq_f32(x, q, y));
}
F8_NEON_FN floats product(floats x, floats y) {
  return as_is(vmulq_f32(as_is(x), as_is(y)));
}
F8_NEON_FN floats product_to_odd(floats x, floats y) {
  const floats p = product(x, y);
  return to_odd(p, vfmaq_f32(vnegq_f32(p), x, y));
}

#define F8_KERNEL_FN F8_NEON_KERNEL_FN
#define F8_PART_FN F8_NEON_FN
#include "../generic/scaling_loops.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
