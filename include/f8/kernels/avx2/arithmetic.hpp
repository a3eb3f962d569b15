// Arithmetic on arrays of floats, 8 at a time.
#ifndef F8_KERNELS_AVX2_ARITHMETIC_HPP
#define F8_KERNELS_AVX2_ARITHMETIC_HPP

#include "../scalar/arithmetic.hpp"
#include "decode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

struct float_lanes {
  using vector = __m256;
  static constexpr std::size_t width = 8;

  F8_AVX2_FN static __m256 load(const void* array, std::size_t i) {
    return _mm256_loadu_ps(static_cast<const float*>(array) + i);
  }
  F8_AVX2_FN static void store(void* array, std::size_t i, __m256 x) {
    _mm256_storeu_ps(static_cast<float*>(array) + i, x);
  }
  F8_AVX2_FN static __m256 all(float x) { return _mm256_set1_ps(x); }
  F8_AVX2_FN static __m256 add(__m256 a, __m256 b) { return _mm256_add_ps(a, b); }
  F8_AVX2_FN static __m256 multiply(__m256 a, __m256 b) { return _mm256_mul_ps(a, b); }
  F8_AVX2_FN static __m256 fused(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
  F8_AVX2_FN static __m256 canonical(__m256 x) {
    asm("" : "+x"(x));  // as in canonical_bits
    const __m256i magnitude =
        _mm256_and_si256(_mm256_castps_si256(x), all32(binary32::magnitude_mask));
    const __m256i is_nan = _mm256_cmpgt_epi32(magnitude, all32(binary32::infinity));
    return _mm256_castsi256_ps(
        _mm256_blendv_epi8(_mm256_castps_si256(x), all32(binary32::quiet_nan), is_nan));
  }
};

/// Floats of powers of two, in the way of AVX-512's powers_of_two.
F8_AVX2_KERNEL_FN inline void powers_of_two(const byte* scales, float* out, std::size_t n) {
  std::size_t i = 0;
  for (; n - i >= 8; i += 8) {
    const __m256i x =
        _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(scales + i)));
    const __m256i next = _mm256_and_si256(_mm256_add_epi32(x, all32(1)), all32(0xFE));
    const __m256i is_end = _mm256_cmpeq_epi32(next, _mm256_setzero_si256());
    const __m256i power = _mm256_slli_epi32(x, binary32::trailing_bits);
    store<false>(out + i, _mm256_or_si256(
                              power, _mm256_and_si256(is_end, all32(binary32::hidden_bit >> 1))));
  }
  scalar::powers_of_two(scales + i, out + i, n - i);
}

/// 8-bit weights, decoded on their way from memory to the multiplier.
template <class Format>
struct code_weights {
  static constexpr std::size_t step = 32, size = 1, rows = 2, ahead = 2 * rows;

  F8_AVX2_FN void operator()(const byte* from, __m256 (&to)[4]) const {
    const auto x = decoder<Format, binary32, no_repair>::floats(
        decoder<Format, binary32, no_repair>::codes(from));
    to[0] = _mm256_castsi256_ps(x.a), to[1] = _mm256_castsi256_ps(x.b);
    to[2] = _mm256_castsi256_ps(x.c), to[3] = _mm256_castsi256_ps(x.d);
  }
};

#define F8_KERNEL_FN F8_AVX2_KERNEL_FN
#define F8_PART_FN F8_AVX2_FN
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "../generic/float_arrays.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN
#undef F8_UNROLL

/// The kernel that multiplies weights of 8 bits as they are; null where they become floats first.
template <class Weight>
constexpr product_kernel products() {
  if constexpr (decodes<Weight, binary32>) {
    return add_products<code_weights<Weight>>;
  } else {
    return nullptr;
  }
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
