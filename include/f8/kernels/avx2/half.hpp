// Between float and 16 bits with AVX2 and F16C, to nearest even: 16 elements a step.
#ifndef F8_KERNELS_AVX2_HALF_HPP
#define F8_KERNELS_AVX2_HALF_HPP

#include "../pairs.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using kernels_detail::is_half_kernel;

F8_AVX2_FN __m256i magnitude_of(__m256i x) {
  return _mm256_and_si256(x, all32(binary32::magnitude_mask));
}

/// The floats x; NaNs become quiet, keep their sign and lose their payload.
F8_AVX2_FN __m256i without_payload(__m256i x) {
  const __m256i magnitude = magnitude_of(x);
  const __m256i is_nan = _mm256_cmpgt_epi32(magnitude, all32(binary32::infinity));
  const __m256i quiet = _mm256_or_si256(_mm256_xor_si256(x, magnitude), all32(binary32::quiet_nan));
  return _mm256_blendv_epi8(x, quiet, is_nan);
}

/// Codes of 16 bits of 8 floats whose NaNs have no payload. What is too large becomes infinite.
template <class Target>
F8_AVX2_FN __m128i rounded_to_16(__m256i x) {
  if constexpr (Target::exponent_bits == 5) {
    return _mm256_cvtps_ph(_mm256_castsi256_ps(x), _MM_FROUND_TO_NEAREST_INT);
  } else {
    // Half of the last place less 1, and 1 more if the last bit is odd; a carry goes into the
    // exponent field, from the largest number to infinity too.
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(x, 16), all32(1));
    const __m256i sum = _mm256_add_epi32(_mm256_add_epi32(x, all32(0x7FFF)), odd);
    const __m256i code = _mm256_srli_epi32(sum, 16);
    return _mm_packus_epi32(_mm256_castsi256_si128(code), _mm256_extracti128_si256(code, 1));
  }
}

/// Rounds to nearest even, under any overflow policy; a NaN becomes quiet and keeps its sign.
template <class Target>
struct narrower {
  static constexpr std::size_t step = 16;
  static constexpr bool in_two_steps = false;

  __m256i finite_saturates, infinite_saturates;

  F8_AVX2_FN explicit narrower(overflow over)
      : finite_saturates(_mm256_set1_epi16(over == overflow::nonfinite ? 0 : -1)),
        infinite_saturates(_mm256_set1_epi16(over == overflow::saturate ? -1 : 0)) {}

  template <bool Stream>
  F8_AVX2_FN void block(const byte* in, byte* out) const {
    const __m256i a = load(in), b = load(in + 32);
    const __m256i code = _mm256_set_m128i(rounded(b), rounded(a));
    // Packing works in two lanes; the permutation puts its result in the order of the elements.
    const __m256i was_infinite =
        _mm256_permute4x64_epi64(_mm256_packs_epi32(infinite(a), infinite(b)), 0xD8);
    const __m256i saturates =
        _mm256_blendv_epi8(finite_saturates, infinite_saturates, was_infinite);
    const __m256i positive = _mm256_and_si256(code, all16(Target::magnitude_mask));
    const __m256i is_over =
        _mm256_and_si256(saturates, _mm256_cmpeq_epi16(positive, all16(Target::infinity)));
    store<Stream>(out, _mm256_add_epi16(code, is_over));  // the largest is next to infinity
  }

 private:
  F8_AVX2_FN static __m256i infinite(__m256i x) {
    return _mm256_cmpeq_epi32(magnitude_of(x), all32(binary32::infinity));
  }
  F8_AVX2_FN static __m128i rounded(__m256i x) { return rounded_to_16<Target>(without_payload(x)); }
};

template <class Source>
struct half_widener {
  static constexpr std::size_t step = 16;
  static constexpr bool in_two_steps = false;

  template <bool Stream>
  F8_AVX2_FN void block(const byte* in, byte* out) const {
    store<Stream>(out, widened(in));
    store<Stream>(out + 32, widened(in + 16));
  }

 private:
  F8_AVX2_FN static __m256i widened(const byte* in) {
    const __m128i codes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
    if constexpr (Source::exponent_bits == 8)
      return without_payload(_mm256_slli_epi32(_mm256_cvtepu16_epi32(codes), 16));
    return without_payload(_mm256_castps_si256(_mm256_cvtph_ps(codes)));
  }
};

/// Converts with rounding to nearest even and quiet NaNs.
template <class Source, class Target>
F8_AVX2_FN void convert_half(const byte* in, byte* out, std::size_t n, conversion how) {
  if constexpr (Target::width == 16) {
    over_any<Source, Target>(narrower<Target>(how.over), in, out, n, how);
  } else {
    over_any<Source, Target>(half_widener<Source>{}, in, out, n, how);
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
