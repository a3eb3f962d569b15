// From 8 bits with AVX-512, by lookup: a code has few bits, so that a table of all codes fits in
// registers.
#ifndef F8_KERNELS_AVX512_DECODE_HPP
#define F8_KERNELS_AVX512_DECODE_HPP

#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// True if there are tables that widen Source to Target: they give words, below which binary32 has
/// 16 zeros.
template <class Source, class Target>
constexpr bool has_table = Source::width == 8 && contains<Target, Source> &&
                           (std::is_same_v<Target, binary16> ||
                            std::is_same_v<Target, bfloat16_format> ||
                            (std::is_same_v<Target, binary32> &&
                             contains<bfloat16_format, Source>));

template <class Target>
using table_format = std::conditional_t<Target::width == 32, bfloat16_format, Target>;

/// What the magnitudes 00 to 7F become, NaNs quiet: words, and the same as two tables of bytes.
template <class Source, class Target>
struct magnitude_table {
  alignas(64) std::uint16_t word[128] = {};
  alignas(64) std::uint8_t low[128] = {};
  alignas(64) std::uint8_t high[128] = {};
  F8_FN constexpr magnitude_table() {
    for (unsigned code = 0; code < 128; ++code) {
      word[code] = static_cast<std::uint16_t>(
          detail::recode<Target, Source>(code, detail::directed{conversion{}}));
      low[code] = static_cast<std::uint8_t>(word[code]);
      high[code] = static_cast<std::uint8_t>(word[code] >> 8);
    }
  }
};
template <class Source, class Target>
inline constexpr magnitude_table<Source, table_format<Target>> magnitudes_of{};

/// True where what is looked up by the 7 bits of a magnitude, with the sign, has to be put right: a
/// NaN may have to become another than the quiet one, and in a fnuz format 80 reads as -0 but is
/// the NaN.
template <class Source>
F8_FN constexpr bool needs_repair(nan_code nan) {
  return nan != nan_code::quiet || !Source::has_negative_zero;
}

/// Puts NaNs right in a register of Target.
template <class Source, class Target>
struct nan_repair {
  __m512i nan, keep;  // the sign bit, if it is kept

  F8_AVX512_FN explicit nan_repair(nan_code code) {
    nan = all(detail::nan_bits<Target>(0, code));
    keep = code == nan_code::canonical ? _mm512_setzero_si512() : all(Target::sign_bit);
  }

  F8_AVX512_FN static __m512i all(std::uint32_t x) {
    return all32(Target::width == 32 ? x : x * 0x10001);
  }

  /// The lanes that are NaN or, where Source has no -0, the -0 that stands for it.
  F8_AVX512_FN static auto is_nan(__m512i x) {
    const __m512i magnitude = _mm512_and_si512(x, all(Target::magnitude_mask));
    if constexpr (Target::width == 32) {
      return Source::has_negative_zero ? _mm512_cmpgt_epi32_mask(magnitude, all(Target::infinity))
                                       : _mm512_cmpeq_epi32_mask(x, all(Target::sign_bit));
    } else {
      return Source::has_negative_zero ? _mm512_cmpgt_epi16_mask(magnitude, all(Target::infinity))
                                       : _mm512_cmpeq_epi16_mask(x, all(Target::sign_bit));
    }
  }

  /// Where a masked move keeps an operand of a ternary operation, it is the first: Clang up to 22
  /// takes the wrong truth table for some other orders, if an operand is in memory (LLVM issue
  /// 157929).
  F8_AVX512_FN __m512i operator()(__m512i x) const {
    const __m512i repaired = _mm512_ternarylogic_epi32(x, keep, nan, 0xEA);  // (x & keep) | nan
    if constexpr (Target::width == 32) {
      return _mm512_mask_mov_epi32(x, is_nan(x), repaired);
    } else {
      return _mm512_mask_mov_epi16(x, is_nan(x), repaired);
    }
  }
};

template <class Source, class Target, bool Repair>
F8_AVX512_FN quad repaired(const quad& q, const nan_repair<Source, Target>& fix) {
  if constexpr (!Repair) {
    return q;
  } else if constexpr (Target::width == 32) {
    return {fix(q.a), fix(q.b), fix(q.c), fix(q.d)};
  } else {
    return {fix(q.a), fix(q.b), q.c, q.d};
  }
}

// ------------------------------------------------------------------------------------------------
// tables of words

/// Two lookups of 64 entries each, between which bit 6 of the code decides, and the sign.
template <class Source, class Target>
struct word_table {
  __m512i t0, t1, t2, t3;

  F8_AVX512_FN word_table() {
    const std::uint16_t* const word = magnitudes_of<Source, Target>.word;
    t0 = _mm512_load_si512(word);
    t1 = _mm512_load_si512(word + 32);
    t2 = _mm512_load_si512(word + 64);
    t3 = _mm512_load_si512(word + 96);
  }

  F8_AVX512_FN __m512i words(__m256i codes) const {
    const __m512i code = _mm512_cvtepu8_epi16(codes);
    const __mmask32 is_upper = _mm512_test_epi16_mask(code, all32(0x00400040));
    const __m512i upper = _mm512_permutex2var_epi16(t2, code, t3);
    const __m512i magnitude =
        _mm512_mask_mov_epi16(_mm512_permutex2var_epi16(t0, code, t1), is_upper, upper);
    return _mm512_ternarylogic_epi32(magnitude, _mm512_slli_epi16(code, 8), all32(0x80008000),
                                     0xF8);
  }

  F8_AVX512_FN quad look_up(__m512i codes) const {
    const __m512i a = words(_mm512_castsi512_si256(codes));
    const __m512i b = words(_mm512_extracti64x4_epi64(codes, 1));
    if constexpr (Target::width == 16) return {a, b, a, b};
    return {upper_halves(a, 0), upper_halves(a, 16), upper_halves(b, 0), upper_halves(b, 16)};
  }

  /// Words from number `first` on, to the upper halves of dwords.
  F8_AVX512_FN static __m512i upper_halves(__m512i x, int first) {
    const __m512i number = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i from = _mm512_slli_epi32(_mm512_add_epi32(number, _mm512_set1_epi32(first)), 16);
    return _mm512_maskz_permutexvar_epi16(0xAAAAAAAA, from, x);
  }
};

template <class Source, class Target>
using decoding_table = word_table<Source, Target>;

#define F8_PART_FN F8_AVX512_FN
#include "../generic/decoding_loops.inl"
#undef F8_PART_FN

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
