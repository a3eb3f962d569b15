// Products of rows of 8-bit weights, decoded on their way from memory to the multiplier.
#pragma once

#include "avx512_arithmetic.hpp"
#include "avx512vbmi_decode.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

using avx512::on_floats;

/// A code is the exponent field of its float; but 00, which is 2^-127, and FF, which is NaN, have
/// the highest bit of the trailing significand too.
F8_TARGET_AVX512VBMI inline void powers_of_two(const unsigned char* codes, float* out,
                                               std::size_t n) {
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 which = avx512::first_16(n - i);
    const __m512i x = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(which, codes + i));
    const __m512i next = _mm512_add_epi32(x, avx512::lanes(1));
    const __mmask16 is_end = _mm512_testn_epi32_mask(next, avx512::lanes(0xFE));
    const __m512i power = _mm512_slli_epi32(x, binary32::trailing_bits);
    _mm512_mask_storeu_epi32(
        out + i, which,
        _mm512_mask_or_epi32(power, is_end, power, avx512::lanes(binary32::hidden_bit >> 1)));
  }
}

/// 8-bit weights, decoded on their way from memory to the multiplier.
///
/// 14 operations of 512 bits for 64 weights and their products, of which Zen 4 begins two in a
/// cycle at best; half of one more for the scale of a run of 128, and 2 where runs have 32.
template <class Format>
struct code_weights {
  static constexpr std::size_t step = 64, size = 1, rows = 4, ahead = rows;
  static constexpr bool has_other_nan = avx512::needs_repair<Format>(nan_code::quiet);
  byte_tables<Format, binary32> table;
  avx512::repair<Format, binary32> fix;

  F8_AVX512VBMI code_weights() : fix(nan_code::quiet) {}
  F8_AVX512VBMI void operator()(const unsigned char* from, __m512 (&to)[4]) const {
    const avx512::quad q = avx512::repaired<Format, binary32, has_other_nan>(
        table.look_up(_mm512_loadu_si512(from)), fix);
    to[0] = _mm512_castsi512_ps(q.a), to[1] = _mm512_castsi512_ps(q.b);
    to[2] = _mm512_castsi512_ps(q.c), to[3] = _mm512_castsi512_ps(q.d);
  }
};

using avx512::float_lanes;
#define F8_FLOATS F8_TARGET_AVX512VBMI
#define F8_FLOATS_PART F8_AVX512VBMI
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "product_rows.hpp"
#undef F8_FLOATS
#undef F8_FLOATS_PART
#undef F8_UNROLL

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
