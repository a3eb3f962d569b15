// Scaled conversion with AVX2: vectors of 8 floats.
#ifndef F8_KERNELS_AVX2_SCALING_HPP
#define F8_KERNELS_AVX2_SCALING_HPP

#include "../fp_state.hpp"
#include "../scalar/scaling.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using kernels_detail::default_fp_state;
using kernels_detail::fp_rounding;

using floats = __m256;
using codes = __m256i;
inline constexpr std::size_t vector_size = 8;

F8_AVX2_FN floats load_floats(const float* x) {
  return _mm256_loadu_ps(x);
}
F8_AVX2_FN void store_floats(float* to, floats x) {
  _mm256_storeu_ps(to, x);
}

F8_AVX2_FN codes codes_of(std::uint32_t code) {
  return _mm256_set1_epi32(static_cast<int>(code));
}
F8_AVX2_FN codes without_sign(floats x) {
  return _mm256_and_si256(_mm256_castps_si256(x), codes_of(binary32::magnitude_mask));
}
F8_AVX2_FN codes larger(codes a, codes b) {
  return _mm256_max_epu32(a, b);
}
F8_AVX2_FN std::uint32_t largest_of(codes x) {
  __m128i a = _mm_max_epu32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
  a = _mm_max_epu32(a, _mm_shuffle_epi32(a, 0x4E));
  a = _mm_max_epu32(a, _mm_shuffle_epi32(a, 0xB1));
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(a));
}
F8_AVX2_FN std::uint32_t sum_of(codes x) {
  __m128i a = _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
  a = _mm_add_epi32(a, _mm_shuffle_epi32(a, 0x4E));
  a = _mm_add_epi32(a, _mm_shuffle_epi32(a, 0xB1));
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(a));
}
F8_AVX2_FN codes difference(codes a, codes b) {
  return _mm256_sub_epi32(a, b);
}
/// All ones in each lane where x <= y.
F8_AVX2_FN codes where_up_to(codes x, codes y) {
  return _mm256_cmpeq_epi32(_mm256_min_epu32(x, y), x);
}
/// One more in each lane where x <= y.
F8_AVX2_FN codes with_1_up_to(codes count, codes x, codes y) {
  return _mm256_sub_epi32(count, where_up_to(x, y));
}
F8_AVX2_FN codes load_codes(const std::uint32_t* x) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x));
}
F8_AVX2_FN void store_codes(std::uint32_t* to, codes x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), x);
}

using byte_vector = __m256i;

F8_AVX2_FN byte_vector load_bytes(const unsigned char* x) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x));
}
F8_AVX2_FN void store_bytes(unsigned char* to, byte_vector x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), x);
}
F8_AVX2_FN byte_vector all_bytes(unsigned char x) {
  return _mm256_set1_epi8(static_cast<char>(x));
}
F8_AVX2_FN byte_vector low_7_bits(byte_vector x) {
  return _mm256_and_si256(x, all_bytes(0x7F));
}
F8_AVX2_FN byte_vector larger_bytes(byte_vector a, byte_vector b) {
  return _mm256_max_epu8(a, b);
}
F8_AVX2_FN byte_vector smaller_bytes(byte_vector a, byte_vector b) {
  return _mm256_min_epu8(a, b);
}
/// x plus or minus y in each lane where a > b, both of 7 bits.
F8_AVX2_FN byte_vector plus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                        byte_vector y) {
  return _mm256_add_epi8(x, _mm256_and_si256(_mm256_cmpgt_epi8(a, b), y));
}
F8_AVX2_FN byte_vector minus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                         byte_vector y) {
  return _mm256_sub_epi8(x, _mm256_and_si256(_mm256_cmpgt_epi8(a, b), y));
}
/// True if a >= b in any lane.
F8_AVX2_FN bool any_from(byte_vector a, byte_vector b) {
  return _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(a, b), a)) != 0;
}
F8_AVX2_FN std::size_t sum_of_bytes(byte_vector x) {
  return sum_of(_mm256_sad_epu8(x, all_bytes(0)));
}

/// x, hidden from the compiler: whatever it may assume about the floats of a program, it cannot
/// simplify what is computed from x.
F8_AVX2_FN floats as_is(floats x) {
  __asm__("" : "+x"(x));
  return x;
}

/// A result that was rounded toward zero, with a last bit of 1 if it is inexact. (The error of an
/// infinity or NaN is 0 or NaN.) The error is looked at in integers, since no comparison of floats
/// is safe under -ffast-math.
F8_AVX2_FN floats to_odd(floats truncated, floats error) {
  const codes less_1 = difference(without_sign(error), codes_of(1));
  const codes inexact = where_up_to(less_1, codes_of(binary32::infinity - 1));
  return _mm256_castsi256_ps(
      _mm256_or_si256(_mm256_castps_si256(truncated), _mm256_srli_epi32(inexact, 31)));
}

// The rounding mode is that of the floating-point unit.

/// The quotient by its instruction: of the intrinsic, GCC makes an approximation where a program
/// allows that.
F8_AVX2_FN floats quotient(floats x, floats y) {
  floats q;
  __asm__("vdivps %2, %1, %0" : "=x"(q) : "x"(x), "x"(y));
  return q;
}
F8_AVX2_FN floats quotient_to_odd(floats x, floats y) {
  const floats q = quotient(x, y);
  return to_odd(q, _mm256_fnmadd_ps(q, y, x));
}
F8_AVX2_FN floats product(floats x, floats y) {
  return as_is(_mm256_mul_ps(as_is(x), as_is(y)));
}
F8_AVX2_FN floats product_to_odd(floats x, floats y) {
  const floats p = product(x, y);
  return to_odd(p, _mm256_fmsub_ps(x, y, p));
}

#define F8_KERNEL_FN F8_AVX2_KERNEL_FN
#define F8_PART_FN F8_AVX2_FN
#include "../generic/scaling_loops.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
