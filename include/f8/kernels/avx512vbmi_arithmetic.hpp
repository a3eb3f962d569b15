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

/// Adds products of 64 weights of a row, or of the last `n` of them, with x, which has zeros then.
template <class Format, bool Scaled>
struct row {
  static constexpr bool has_other_nan = avx512::needs_repair<Format>(nan_code::quiet);
  byte_tables<Format, binary32> table;
  avx512::repair<Format, binary32> fix{nan_code::quiet};
  __m512 a, b, c, d;  // the partial sums

  F8_AVX512VBMI explicit row(const float* sums)
      : a(_mm512_loadu_ps(sums)),
        b(_mm512_loadu_ps(sums + 16)),
        c(_mm512_loadu_ps(sums + 32)),
        d(_mm512_loadu_ps(sums + 48)) {}

  F8_AVX512VBMI void store(float* sums) const {
    _mm512_storeu_ps(sums, a);
    _mm512_storeu_ps(sums + 16, b);
    _mm512_storeu_ps(sums + 32, c);
    _mm512_storeu_ps(sums + 48, d);
  }

  /// 17 operations, which take 7 cycles of Zen 4's four ports; 21 and 9 with scales.
  F8_AVX512VBMI void add(__m512i codes, const float* x, const float* scales) {
    const avx512::quad w =
        avx512::repaired<Format, binary32, has_other_nan>(table.look_up(codes), fix);
    a = _mm512_fmadd_ps(weight(w.a, scales), _mm512_loadu_ps(x), a);
    b = _mm512_fmadd_ps(weight(w.b, scales), _mm512_loadu_ps(x + 16), b);
    c = _mm512_fmadd_ps(weight(w.c, scales + 1), _mm512_loadu_ps(x + 32), c);
    d = _mm512_fmadd_ps(weight(w.d, scales + 1), _mm512_loadu_ps(x + 48), d);
  }

 private:
  F8_AVX512VBMI static __m512 weight(__m512i bits, const float* scale) {
    __m512 w = _mm512_castsi512_ps(bits);
    if constexpr (Scaled) {
      w = _mm512_mul_ps(w, _mm512_set1_ps(*scale));
      asm("" : "+v"(w));  // The product is rounded here, whatever -ffast-math allows.
    }
    return w;
  }
};

template <class Format, bool Scaled>
F8_AVX512VBMI void add_row(const unsigned char* codes, const float* scales, const float* x,
                           std::size_t n, float* sums) {
  constexpr std::size_t scales_of_64 = 64 / scale_width;
  row<Format, Scaled> all(sums);
  for (; n >= 64; n -= 64, codes += 64, x += 64, scales += scales_of_64)
    all.add(_mm512_loadu_si512(codes), x, scales);
  if (n > 0) all.add(_mm512_maskz_loadu_epi8(avx512::first_64(n), codes), x, scales);
  all.store(sums);
}

template <class Format>
F8_TARGET_AVX512VBMI void add_products_of_codes(float* sums, const unsigned char* codes,
                                                const float* scales, const void* x, std::size_t n) {
  const float* const xs = static_cast<const float*>(x);
  if (scales == nullptr) return add_row<Format, false>(codes, sums, xs, n, sums);
  add_row<Format, true>(codes, scales, xs, n, sums);
}

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
