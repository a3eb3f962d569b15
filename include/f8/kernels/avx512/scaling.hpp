// Scaled conversion with AVX-512: vectors of 16 floats.
#ifndef F8_KERNELS_AVX512_SCALING_HPP
#define F8_KERNELS_AVX512_SCALING_HPP

#include "../fp_state.hpp"
#include "../scalar/scaling.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

using kernels_detail::default_fp_state;
using kernels_detail::fp_rounding;

using floats = __m512;
using codes = __m512i;
inline constexpr std::size_t vector_size = 16;

F8_AVX512_FN floats load_floats(const float* x) {
  return _mm512_loadu_ps(x);
}
F8_AVX512_FN void store_floats(float* to, floats x) {
  _mm512_storeu_ps(to, x);
}

F8_AVX512_FN codes codes_of(std::uint32_t code) {
  return all32(code);
}
F8_AVX512_FN codes without_sign(floats x) {
  return _mm512_and_si512(_mm512_castps_si512(x), all32(binary32::magnitude_mask));
}
F8_AVX512_FN codes larger(codes a, codes b) {
  return _mm512_max_epu32(a, b);
}
F8_AVX512_FN codes difference(codes a, codes b) {
  return _mm512_sub_epi32(a, b);
}
F8_AVX512_FN std::uint32_t largest_of(codes x) {
  return _mm512_reduce_max_epu32(x);
}
F8_AVX512_FN std::uint32_t sum_of(codes x) {
  return static_cast<std::uint32_t>(_mm512_reduce_add_epi32(x));
}
/// One more in each lane where x <= y.
F8_AVX512_FN codes with_1_up_to(codes count, codes x, codes y) {
  return _mm512_mask_add_epi32(count, _mm512_cmple_epu32_mask(x, y), count, all32(1));
}
F8_AVX512_FN codes load_codes(const std::uint32_t* x) {
  return _mm512_loadu_si512(x);
}
F8_AVX512_FN void store_codes(std::uint32_t* to, codes x) {
  _mm512_storeu_si512(to, x);
}

using byte_vector = __m512i;

F8_AVX512_FN byte_vector load_bytes(const unsigned char* x) {
  return _mm512_loadu_si512(x);
}
F8_AVX512_FN void store_bytes(unsigned char* to, byte_vector x) {
  _mm512_storeu_si512(to, x);
}
F8_AVX512_FN byte_vector all_bytes(unsigned char x) {
  return _mm512_set1_epi8(static_cast<char>(x));
}
F8_AVX512_FN byte_vector low_7_bits(byte_vector x) {
  return _mm512_and_si512(x, all_bytes(0x7F));
}
F8_AVX512_FN byte_vector larger_bytes(byte_vector a, byte_vector b) {
  return _mm512_max_epu8(a, b);
}
F8_AVX512_FN byte_vector smaller_bytes(byte_vector a, byte_vector b) {
  return _mm512_min_epu8(a, b);
}
/// x plus or minus y in each lane where a > b.
F8_AVX512_FN byte_vector plus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                          byte_vector y) {
  return _mm512_mask_add_epi8(x, _mm512_cmpgt_epu8_mask(a, b), x, y);
}
F8_AVX512_FN byte_vector minus_where_above(byte_vector x, byte_vector a, byte_vector b,
                                           byte_vector y) {
  return _mm512_mask_sub_epi8(x, _mm512_cmpgt_epu8_mask(a, b), x, y);
}
/// True if a >= b in any lane.
F8_AVX512_FN bool any_from(byte_vector a, byte_vector b) {
  return _mm512_cmpge_epu8_mask(a, b) != 0;
}
F8_AVX512_FN std::size_t sum_of_bytes(byte_vector x) {
  return sum_of(_mm512_sad_epu8(x, all_bytes(0)));
}

/// A result that was rounded toward zero, with a last bit of 1 if it is inexact. (The error of an
/// infinity or NaN is 0 or NaN.) The error is looked at in integers, since no comparison of floats
/// is safe under -ffast-math.
F8_AVX512_FN floats to_odd(floats truncated, floats error) {
  const __mmask16 inexact =
      _mm512_cmplt_epu32_mask(difference(without_sign(error), all32(1)), all32(binary32::infinity));
  const __m512i code = _mm512_castps_si512(truncated);
  return _mm512_castsi512_ps(_mm512_mask_or_epi32(code, inexact, code, all32(1)));
}

// The rounding mode is in each instruction: nothing that a compiler may assume about the floats of
// a program touches these.
inline constexpr int truncating = _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC;
inline constexpr int to_nearest_even = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;

F8_AVX512_FN floats quotient_to_odd(floats x, floats y) {
  const floats q = _mm512_div_round_ps(x, y, truncating);
  return to_odd(q, _mm512_fnmadd_round_ps(q, y, x, truncating));
}
F8_AVX512_FN floats product(floats x, floats y) {
  return _mm512_mul_round_ps(x, y, to_nearest_even);
}
F8_AVX512_FN floats product_to_odd(floats x, floats y) {
  const floats p = _mm512_mul_round_ps(x, y, truncating);
  return to_odd(p, _mm512_fmsub_round_ps(x, y, p, truncating));
}

#define F8_KERNEL_FN F8_AVX512_KERNEL_FN
#define F8_PART_FN F8_AVX512_FN
#include "../generic/scaling_loops.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
