// From 8 bits to 8 bits with VBMI: a table of all codes fits in registers.
#ifndef F8_KERNELS_AVX512VBMI_RECODE_HPP
#define F8_KERNELS_AVX512VBMI_RECODE_HPP

#include "../avx512/recode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

/// Converts by a lookup of 256 entries: two of 128, between which the sign decides.
template <class Source, class Target>
F8_AVX512VBMI_FN void convert_codes(const void* from, void* to, std::size_t n, conversion how) {
  if (n < avx512::worth_a_table) return avx512::convert_lanes<Source, Target>(from, to, n, how);
  const avx512::code_table<Source, Target> table(how);
  const __m512i t0 = _mm512_load_si512(table.to), t1 = _mm512_load_si512(table.to + 64);
  const __m512i t2 = _mm512_load_si512(table.to + 128), t3 = _mm512_load_si512(table.to + 192);
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  for (std::size_t i = 0; i < n; i += 64) {
    const __mmask64 which = avx512::first_64(n - i);
    const __m512i x = _mm512_maskz_loadu_epi8(which, in + i);
    const __m512i positive = _mm512_permutex2var_epi8(t0, x, t1);
    const __m512i negative = _mm512_permutex2var_epi8(t2, x, t3);
    _mm512_mask_storeu_epi8(out + i, which,
                            _mm512_mask_mov_epi8(positive, _mm512_movepi8_mask(x), negative));
  }
}

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
