// Arithmetic on arrays of floats, 8 at a time.
#pragma once

#include "avx2_arrays.hpp"
#include "scalar_arithmetic.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

struct float_lanes {
  using vector = __m256;
  static constexpr std::size_t width = 8;

  F8_AVX2 static __m256 load(const void* array, std::size_t i) {
    return _mm256_loadu_ps(static_cast<const float*>(array) + i);
  }
  F8_AVX2 static void store(void* array, std::size_t i, __m256 x) {
    _mm256_storeu_ps(static_cast<float*>(array) + i, x);
  }
  F8_AVX2 static __m256 all(float x) { return _mm256_set1_ps(x); }
  F8_AVX2 static __m256 add(__m256 a, __m256 b) { return _mm256_add_ps(a, b); }
  F8_AVX2 static __m256 multiply(__m256 a, __m256 b) { return _mm256_mul_ps(a, b); }
  F8_AVX2 static __m256 fused(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
  F8_AVX2 static __m256 canonical(__m256 x) {
    asm("" : "+x"(x));  // as in canonical_bits
    const __m256i magnitude =
        _mm256_and_si256(_mm256_castps_si256(x), all32(binary32::magnitude_mask));
    const __m256i is_nan = _mm256_cmpgt_epi32(magnitude, all32(binary32::infinity));
    return _mm256_castsi256_ps(
        _mm256_blendv_epi8(_mm256_castps_si256(x), all32(binary32::quiet_nan), is_nan));
  }
};

#define F8_FLOATS F8_TARGET_AVX2
#define F8_FLOATS_PART F8_AVX2
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "float_arrays.hpp"
#undef F8_FLOATS
#undef F8_FLOATS_PART
#undef F8_UNROLL

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
