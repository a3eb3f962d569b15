// Arithmetic on arrays of floats, 16 at a time.
#ifndef F8_KERNELS_AVX512_ARITHMETIC_HPP
#define F8_KERNELS_AVX512_ARITHMETIC_HPP

#include "../scalar/arithmetic.hpp"
#include "decode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

struct float_lanes {
  using vector = __m512;
  static constexpr std::size_t width = 16;

  F8_AVX512_FN static __m512 load(const void* array, std::size_t i) {
    return _mm512_loadu_ps(static_cast<const float*>(array) + i);
  }
  F8_AVX512_FN static void store(void* array, std::size_t i, __m512 x) {
    _mm512_storeu_ps(static_cast<float*>(array) + i, x);
  }
  F8_AVX512_FN static __m512 all(float x) { return _mm512_set1_ps(x); }
  F8_AVX512_FN static __m512 add(__m512 a, __m512 b) { return _mm512_add_ps(a, b); }
  F8_AVX512_FN static __m512 multiply(__m512 a, __m512 b) { return _mm512_mul_ps(a, b); }
  F8_AVX512_FN static __m512 fused(__m512 a, __m512 b, __m512 c) {
    return _mm512_fmadd_ps(a, b, c);
  }
  F8_AVX512_FN static __m512 canonical(__m512 x) {
    asm("" : "+v"(x));  // as in canonical_bits
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i magnitude = _mm512_and_si512(bits, all32(binary32::magnitude_mask));
    const __mmask16 is_nan = _mm512_cmpgt_epi32_mask(magnitude, all32(binary32::infinity));
    return _mm512_castsi512_ps(_mm512_mask_mov_epi32(bits, is_nan, all32(binary32::quiet_nan)));
  }
};

/// A code is the exponent field of its float; but 00, which is 2^-127, and FF, which is NaN, have
/// the highest bit of the trailing significand too.
F8_AVX512_KERNEL_FN inline void powers_of_two(const unsigned char* scales, float* out,
                                              std::size_t n) {
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 which = first_16(n - i);
    const __m512i x = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(which, scales + i));
    const __m512i next = _mm512_add_epi32(x, all32(1));
    const __mmask16 is_end = _mm512_testn_epi32_mask(next, all32(0xFE));
    const __m512i power = _mm512_slli_epi32(x, binary32::trailing_bits);
    _mm512_mask_storeu_epi32(
        out + i, which,
        _mm512_mask_or_epi32(power, is_end, power, all32(binary32::hidden_bit >> 1)));
  }
}

/// What the weights of 8 bits have in common that tables of this instruction set and of VBMI
/// decode: how many are read together, and that a fnuz format's NaN has to be put right.
template <class Format>
struct decoded_weights {
  static constexpr std::size_t step = 64, size = 1, rows = 4, ahead = rows;
  static constexpr bool has_other_nan = needs_repair<Format>(nan_code::quiet);
  nan_repair<Format, binary32> fix;

  F8_AVX512_FN decoded_weights() : fix(nan_code::quiet) {}
  F8_AVX512_FN void floats(const quad& decoded, __m512 (&to)[4]) const {
    const quad q = repaired<Format, binary32, has_other_nan>(decoded, fix);
    to[0] = _mm512_castsi512_ps(q.a);
    to[1] = _mm512_castsi512_ps(q.b);
    to[2] = _mm512_castsi512_ps(q.c);
    to[3] = _mm512_castsi512_ps(q.d);
  }
};

/// 8-bit weights, decoded on their way from memory to the multiplier.
template <class Format>
struct code_weights : decoded_weights<Format> {
  word_table<Format, binary32> table;

  F8_AVX512_FN code_weights() = default;
  F8_AVX512_FN void operator()(const unsigned char* from, __m512 (&to)[4]) const {
    this->floats(table.look_up(_mm512_loadu_si512(from)), to);
  }
};

#define F8_KERNEL_FN F8_AVX512_KERNEL_FN
#define F8_PART_FN F8_AVX512_FN
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "../generic/float_arrays.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN
#undef F8_UNROLL

/// The kernel that multiplies weights of 8 bits as they are; null where they become floats first.
template <class Weight>
constexpr product_kernel products() {
  if constexpr (has_table<Weight, binary32>) {
    return add_products<code_weights<Weight>>;
  } else {
    return nullptr;
  }
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
