// Products of rows of 8-bit weights, decoded on their way from memory to the multiplier.
#ifndef F8_KERNELS_AVX512VBMI_ARITHMETIC_HPP
#define F8_KERNELS_AVX512VBMI_ARITHMETIC_HPP

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

/// 64 partial sums.
struct sums_64 {
  __m512 a, b, c, d;
};

F8_AVX512VBMI sums_64 load_sums(const float* sums) {
  return {_mm512_loadu_ps(sums), _mm512_loadu_ps(sums + 16), _mm512_loadu_ps(sums + 32),
          _mm512_loadu_ps(sums + 48)};
}
F8_AVX512VBMI void store_sums(float* sums, const sums_64& x) {
  _mm512_storeu_ps(sums, x.a);
  _mm512_storeu_ps(sums + 16, x.b);
  _mm512_storeu_ps(sums + 32, x.c);
  _mm512_storeu_ps(sums + 48, x.d);
}

template <bool Scaled>
F8_AVX512VBMI __m512 weight(__m512i bits, const float* scale) {
  __m512 w = _mm512_castsi512_ps(bits);
  if constexpr (Scaled) {
    w = _mm512_mul_ps(w, _mm512_set1_ps(*scale));
    asm("" : "+v"(w));  // The product is rounded here, whatever -ffast-math allows.
  }
  return w;
}

template <bool Scaled>
F8_AVX512VBMI void add_64(sums_64& sums, const avx512::quad& w, const float* scales,
                          const float* x) {
  const std::size_t next = Scaled ? 1 : 0;
  sums.a = _mm512_fmadd_ps(weight<Scaled>(w.a, scales), _mm512_loadu_ps(x), sums.a);
  sums.b = _mm512_fmadd_ps(weight<Scaled>(w.b, scales), _mm512_loadu_ps(x + 16), sums.b);
  sums.c = _mm512_fmadd_ps(weight<Scaled>(w.c, scales + next), _mm512_loadu_ps(x + 32), sums.c);
  sums.d = _mm512_fmadd_ps(weight<Scaled>(w.d, scales + next), _mm512_loadu_ps(x + 48), sums.d);
}

/// What lies so far from p, into the second cache. (There need not be anything.)
F8_AVX512VBMI void fetch(const unsigned char* p, std::size_t distance) {
  _mm_prefetch(reinterpret_cast<const char*>(p) + distance, _MM_HINT_T1);
}

/// Rows that are read together share the loads of x, without which these would take as long as the
/// arithmetic.
template <class Format, std::size_t Rows, bool Scaled>
struct row_sums {
  static constexpr bool has_other_nan = avx512::needs_repair<Format>(nan_code::quiet);
  byte_tables<Format, binary32> table;
  avx512::repair<Format, binary32> fix{nan_code::quiet};
  sums_64 sum[Rows];

  F8_AVX512VBMI explicit row_sums(const float* sums) {
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r) sum[r] = load_sums(sums + partial_sums * r);
  }
  F8_AVX512VBMI void store(float* sums) const {
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r) store_sums(sums + partial_sums * r, sum[r]);
  }

  /// 64 columns from number i on; of the last ones, as many as there are.
  ///
  /// 14 operations of 512 bits a row, 18 with scales, of which Zen 4 begins two in a cycle at best.
  /// Hardware does not foresee where the rows after the next go on: that is fetched here.
  template <bool Last>
  F8_AVX512VBMI void add(const code_rows& w, std::size_t i, const float* x) {
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r) {
      const unsigned char* at = w.codes + r * w.row_size + i;
      if constexpr (Rows > 1) fetch(at, Rows * w.row_size);
      const __m512i codes = Last ? _mm512_maskz_loadu_epi8(avx512::first_64(w.columns - i), at)
                                 : _mm512_loadu_si512(at);
      const avx512::quad bits =
          avx512::repaired<Format, binary32, has_other_nan>(table.look_up(codes), fix);
      const float* scales = Scaled ? w.scales + r * panel_scales + i / scale_width : nullptr;
      add_64<Scaled>(sum[r], bits, scales, x + i);
    }
  }
};

template <class Format, std::size_t Rows, bool Scaled>
F8_AVX512VBMI void add_rows(const code_rows& w, const float* x, float* sums) {
  row_sums<Format, Rows, Scaled> rows(sums);
  std::size_t i = 0;
  for (; w.columns - i >= 64; i += 64) rows.template add<false>(w, i, x);
  if (i < w.columns) rows.template add<true>(w, i, x);
  rows.store(sums);
}

/// What is left of w when its first rows are done.
F8_AVX512VBMI code_rows without(code_rows w, std::size_t rows) {
  w.rows -= rows;
  w.codes += rows * w.row_size;
  if (w.scales != nullptr) w.scales += rows * panel_scales;
  return w;
}

template <class Format, bool Scaled>
F8_AVX512VBMI void add_all_rows(code_rows w, const float* x, float* sums) {
  constexpr std::size_t together = 4;
  for (; w.rows >= together; w = without(w, together), sums += together * partial_sums)
    add_rows<Format, together, Scaled>(w, x, sums);
  for (; w.rows > 0; w = without(w, 1), sums += partial_sums)
    add_rows<Format, 1, Scaled>(w, x, sums);
}

template <class Format>
F8_TARGET_AVX512VBMI void add_codes(const code_rows& w, const void* x, float* sums) {
  const float* const floats = static_cast<const float*>(x);
  if (w.scales == nullptr) return add_all_rows<Format, false>(w, floats, sums);
  add_all_rows<Format, true>(w, floats, sums);
}

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"

#endif
