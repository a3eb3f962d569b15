// Arithmetic on arrays of floats, 16 at a time.
#pragma once

#include "avx512_lanes.hpp"
#include "scalar_arithmetic.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

struct float_lanes {
  using vector = __m512;
  static constexpr std::size_t width = 16;

  F8_AVX512 static __m512 load(const void* array, std::size_t i) {
    return _mm512_loadu_ps(static_cast<const float*>(array) + i);
  }
  F8_AVX512 static void store(void* array, std::size_t i, __m512 x) {
    _mm512_storeu_ps(static_cast<float*>(array) + i, x);
  }
  F8_AVX512 static __m512 all(float x) { return _mm512_set1_ps(x); }
  F8_AVX512 static __m512 add(__m512 a, __m512 b) { return _mm512_add_ps(a, b); }
  F8_AVX512 static __m512 multiply(__m512 a, __m512 b) { return _mm512_mul_ps(a, b); }
  F8_AVX512 static __m512 fused(__m512 a, __m512 b, __m512 c) { return _mm512_fmadd_ps(a, b, c); }
  F8_AVX512 static __m512 canonical(__m512 x) {
    asm("" : "+v"(x));  // as in canonical_bits
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i magnitude = _mm512_and_si512(bits, lanes(binary32::magnitude_mask));
    const __mmask16 is_nan = _mm512_cmpgt_epi32_mask(magnitude, lanes(binary32::infinity));
    return _mm512_castsi512_ps(_mm512_mask_mov_epi32(bits, is_nan, lanes(binary32::quiet_nan)));
  }
};

#define F8_FLOATS F8_TARGET_AVX512
#define F8_FLOATS_PART F8_AVX512
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "float_arrays.hpp"
#undef F8_FLOATS
#undef F8_FLOATS_PART
#undef F8_UNROLL

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
