// Between float and 16 bits with AVX-512, to nearest even: 16 elements a step.
#ifndef F8_KERNELS_AVX512_HALF_HPP
#define F8_KERNELS_AVX512_HALF_HPP

#include "../pairs.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

using kernels_detail::is_half_kernel;

/// The floats x; NaNs become quiet, keep their sign and lose their payload.
F8_AVX512_FN __m512i without_payload(__m512i x) {
  const __m512i sign = all32(binary32::sign_bit);
  const __mmask16 is_nan =
      _mm512_cmpgt_epi32_mask(_mm512_andnot_si512(sign, x), all32(binary32::infinity));
  const __m512i quiet =
      _mm512_ternarylogic_epi32(x, sign, all32(binary32::quiet_nan), 0xEA);  // (x & sign) | nan
  return _mm512_mask_mov_epi32(x, is_nan, quiet);
}

/// Codes of 16 bits of floats whose NaNs have no payload. What is too large becomes infinite.
template <class Target>
F8_AVX512_FN __m256i rounded_to_16(__m512i x) {
  if constexpr (Target::exponent_bits == 5) {
    return _mm512_cvtps_ph(_mm512_castsi512_ps(x), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  } else {
    // Half of the last place less 1, and 1 more if the last bit is odd; a carry goes into the
    // exponent field, from the largest number to infinity too.
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(x, 16), all32(1));
    const __m512i sum = _mm512_add_epi32(_mm512_add_epi32(x, all32(0x7FFF)), odd);
    return _mm512_cvtepi32_epi16(_mm512_srli_epi32(sum, 16));
  }
}

/// Rounds to nearest even, under any overflow policy; a NaN becomes quiet and keeps its sign.
template <class Target>
struct narrower {
  __mmask16 finite_saturates, infinite_saturates;

  F8_AVX512_FN explicit narrower(overflow over)
      : finite_saturates(static_cast<__mmask16>(over == overflow::nonfinite ? 0 : 0xFFFF)),
        infinite_saturates(static_cast<__mmask16>(over == overflow::saturate ? 0xFFFF : 0)) {}

  F8_AVX512_FN __m256i operator()(__m512i x) const {
    const __m512i magnitude = _mm512_and_si512(x, all32(binary32::magnitude_mask));
    const __m256i code = rounded_to_16<Target>(without_payload(x));
    const __m256i positive = _mm256_and_si256(code, all16(Target::magnitude_mask));
    const __mmask16 was_infinite = _mm512_cmpeq_epi32_mask(magnitude, all32(binary32::infinity));
    const auto saturates = static_cast<__mmask16>((was_infinite & infinite_saturates) |
                                                  (~was_infinite & finite_saturates));
    const __mmask16 is_over =
        _mm256_mask_cmpeq_epi16_mask(saturates, positive, all16(Target::infinity));
    return _mm256_mask_sub_epi16(code, is_over, code, all16(1));  // the largest is next to infinity
  }

 private:
  F8_AVX512_FN static __m256i all16(std::uint32_t code) {
    return _mm256_set1_epi16(static_cast<short>(code));
  }
};

template <class Target>
F8_AVX512_FN void narrow(const void* from, void* to, std::size_t n, overflow over) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const narrower<Target> rounded(over);
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 which = first_16(n - i);
    _mm256_mask_storeu_epi16(out + 2 * i, which, rounded(read_floats<binary32>(in + 4 * i, which)));
  }
}

template <class Source>
F8_AVX512_FN void widen_half(const void* from, void* to, std::size_t n) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 which = first_16(n - i);
    _mm512_mask_storeu_epi32(out + 4 * i, which,
                             without_payload(read_floats<Source>(in + 2 * i, which)));
  }
}

/// Converts with rounding to nearest even and quiet NaNs.
template <class Source, class Target>
F8_AVX512_FN void convert_half(const void* from, void* to, std::size_t n, overflow over) {
  if constexpr (Target::width == 16) return narrow<Target>(from, to, n, over);
  if constexpr (Target::width == 32) return widen_half<Source>(from, to, n);
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
