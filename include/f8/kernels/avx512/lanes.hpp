// 16 elements in 16 lanes of 32 bits: every rounding, every policy, every pair of formats. The
// scalar core's arithmetic, lane by lane, so that each step here has its argument in codec.hpp.
#ifndef F8_KERNELS_AVX512_LANES_HPP
#define F8_KERNELS_AVX512_LANES_HPP

#include <cstddef>
#include <cstdint>

#include "../rules.hpp"
#include "../scalar/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86
#include <immintrin.h>

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

using kernels_detail::nan_of;

/// The bits of binary32 of Source's codes: NaNs quiet, their sign kept.
template <class Source>
struct float_table {
  std::uint32_t bits[256] = {};
  F8_FN constexpr float_table() {
    for (unsigned code = 0; code < 256; ++code) bits[code] = detail::decode<binary32, Source>(code);
  }
};

template <class Source>
inline constexpr float_table<Source> floats_of{};

/// 64 elements in four registers of dwords. Not an array: compilers keep those in memory.
struct quad {
  __m512i a, b, c, d;
};

F8_AVX512_FN __m512i lanes(std::uint32_t x) {
  return _mm512_set1_epi32(static_cast<int>(x));
}

F8_AVX512_FN __mmask16 first_16(std::size_t n) {
  return n < 16 ? static_cast<__mmask16>((1U << n) - 1) : static_cast<__mmask16>(0xFFFF);
}

F8_AVX512_FN __mmask64 first_64(std::size_t n) {
  return n < 64 ? (std::uint64_t{1} << n) - 1 : ~std::uint64_t{0};
}

/// Up to 16 elements as binary32; zeros after them. Nothing is read where `which` has no bit.
template <class Source>
F8_AVX512_FN __m512i load_lanes(const unsigned char* in, __mmask16 which) {
  if constexpr (Source::width == 32) {
    return _mm512_maskz_loadu_epi32(which, in);
  } else if constexpr (Source::width == 16) {
    const __m256i codes = _mm256_maskz_loadu_epi16(which, in);
    if constexpr (Source::exponent_bits == 8)
      return _mm512_slli_epi32(_mm512_cvtepu16_epi32(codes), 16);
    // Exact, and blind to DAZ. A signaling NaN becomes quiet, which encoding does not see.
    return _mm512_castps_si512(_mm512_cvtph_ps(codes));
  } else {
    const __m512i codes = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(which, in));
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xFFFF, codes,
                                       floats_of<Source>.bits, 4);
  }
}

/// Codes of 8 bits, one in each lane.
F8_AVX512_FN void store_lanes(unsigned char* out, __mmask16 which, __m512i codes) {
  _mm_mask_storeu_epi8(out, which, _mm512_cvtepi32_epi8(codes));
}

/// True if the functions below can encode Target from binary32: binary32's subnormal numbers all
/// round alike.
template <class Target>
constexpr bool has_lanes = Target::width == 8 && detail::subnormals_are_tiny<Target, binary32>;

/// What becomes of magnitudes too large, of infinities and of NaN, as finish() of the core says.
template <class Target>
struct exceptions {
  __m512i positive, negative;  // too large, by sign
  __m512i infinite, nan;
  __mmask16 keeps_nan_sign;

  template <class Rounder>
  F8_AVX512_FN explicit exceptions(const Rounder& rounder) {
    const bool nonfinite = rounder.how.over == overflow::nonfinite;
    positive = lanes(nonfinite && rounder.overflows(false) ? Target::infinity : Target::max_finite);
    negative = lanes(nonfinite && rounder.overflows(true) ? Target::infinity : Target::max_finite);
    infinite =
        lanes(rounder.how.over == overflow::saturate ? Target::max_finite : Target::infinity);
    nan = lanes(nan_of<Target>(rounder.how));
    keeps_nan_sign =
        rounder.how.nan == nan_code::canonical ? __mmask16{0} : static_cast<__mmask16>(0xFFFF);
  }

  /// Target's codes from magnitudes of any size and the bits of binary32 that they were made from.
  F8_AVX512_FN __m512i finish(__m512i magnitude, __m512i x) const {
    const __m512i inf = lanes(binary32::infinity),
                  absolute = _mm512_and_si512(x, lanes(binary32::magnitude_mask));
    const __mmask16 is_negative = _mm512_movepi32_mask(x);
    const __mmask16 is_infinite = _mm512_cmpeq_epi32_mask(absolute, inf);
    const __mmask16 is_nan = _mm512_cmpgt_epi32_mask(absolute, inf);
    const __mmask16 is_over = _mm512_cmpgt_epi32_mask(magnitude, lanes(Target::max_finite));
    __m512i too_large = _mm512_mask_mov_epi32(positive, is_negative, negative);
    too_large = _mm512_mask_mov_epi32(too_large, is_infinite, infinite);
    too_large = _mm512_mask_mov_epi32(too_large, is_nan, nan);
    magnitude = _mm512_mask_mov_epi32(magnitude, is_over, too_large);
    __mmask16 is_signed = static_cast<__mmask16>(is_negative & (~is_nan | keeps_nan_sign));
    if constexpr (!Target::has_negative_zero) {
      is_signed = static_cast<__mmask16>(is_signed & _mm512_test_epi32_mask(magnitude, magnitude));
    }
    return _mm512_mask_or_epi32(magnitude, is_signed, magnitude, lanes(Target::sign_bit));
  }
};

/// The core's increments of all roundings in one expression, so that there is one loop and not one
/// for each. With `below` all the bits cut off set, the increment is (below >> shift & select) +
/// unit, where
///
///                   select                                   unit
///   nearest_even    all ones, shift 1: half - 1              the last bit that stays
///   nearest_away    all ones, shift 1: half - 1              1
///   toward_zero     0                                        0
///   upward          all ones if the number is positive       0
///   downward        all ones if the number is negative       0
///   to_odd          all ones if the last bit is 0            0
struct directed_lanes {
  __m512i always, if_negative, if_even;  // select is the exclusive or of those of them that apply
  __m512i last_counts, away;             // unit is (last & last_counts) | away
  __m128i shift;

  F8_AVX512_FN explicit directed_lanes(rounding round) {
    const bool even = round == rounding::nearest_even, ties_away = round == rounding::nearest_away;
    const bool up = round == rounding::upward, down = round == rounding::downward;
    always = lanes(even || ties_away || up ? ~0U : 0);
    if_negative = lanes(up || down ? ~0U : 0);
    if_even = lanes(round == rounding::to_odd ? ~0U : 0);
    last_counts = lanes(even ? 1 : 0);
    away = lanes(ties_away ? 1 : 0);
    shift = _mm_cvtsi32_si128(even || ties_away ? 1 : 0);
  }

  F8_AVX512_FN __m512i increment(__m512i x, __m512i below, __m512i last, __m512i) const {
    const __m512i negative = _mm512_and_si512(_mm512_srai_epi32(x, 31), if_negative);
    const __m512i odd = _mm512_and_si512(last, lanes(1));
    const __m512i even = _mm512_and_si512(_mm512_sub_epi32(odd, lanes(1)), if_even);
    const __m512i select =
        _mm512_ternarylogic_epi32(always, negative, even, 0x96);  // exclusive or of the three
    const __m512i unit =
        _mm512_ternarylogic_epi32(odd, last_counts, away, 0xEA);  // (odd & last_counts) | away
    return _mm512_add_epi32(_mm512_and_si512(_mm512_srl_epi32(below, shift), select), unit);
  }

  F8_AVX512_FN __m512i scaled(__m512i significand, __m512i) const { return significand; }
};

/// Stochastic rounding: random / 2^32 of the last place, of which `places` bits were cut off.
struct stochastic_lanes {
  __m512i random;

  F8_AVX512_FN __m512i increment(__m512i, __m512i, __m512i, __m512i places) const {
    return _mm512_srlv_epi32(random, _mm512_sub_epi32(lanes(32), places));
  }
  F8_AVX512_FN __m512i scaled(__m512i significand, __m512i excess) const {
    return _mm512_srlv_epi32(significand, excess);
  }
};

/// round_magnitude of the core, of binary32.
template <class Target, class Rounder>
F8_AVX512_FN __m512i round_lanes(__m512i x, const Rounder& rounder) {
  constexpr int narrowing = binary32::trailing_bits - Target::trailing_bits;
  constexpr int lowest = Target::emin + binary32::bias;
  const __m512i magnitude = _mm512_and_si512(x, lanes(binary32::magnitude_mask));
  const __m512i exponent = _mm512_srli_epi32(magnitude, binary32::trailing_bits);
  const __m512i trailing = _mm512_and_si512(x, lanes(binary32::trailing_mask));
  const __mmask16 is_normal = _mm512_test_epi32_mask(exponent, exponent);
  __m512i significand =
      _mm512_mask_or_epi32(trailing, is_normal, trailing, lanes(binary32::hidden_bit));

  const __m512i from_lowest = _mm512_sub_epi32(exponent, lanes(lowest));
  const __m512i e = _mm512_max_epi32(from_lowest, _mm512_setzero_si512());
  const __m512i distance = _mm512_sub_epi32(e, from_lowest);
  const __m512i shift = _mm512_min_epi32(distance, lanes(31 - narrowing));
  const __m512i places = _mm512_add_epi32(shift, lanes(narrowing));
  significand = rounder.scaled(significand, _mm512_sub_epi32(distance, shift));

  const __m512i last = _mm512_srlv_epi32(significand, places);
  const __m512i below = _mm512_sub_epi32(_mm512_sllv_epi32(lanes(1), places), lanes(1));
  const __m512i sum = _mm512_add_epi32(significand, rounder.increment(x, below, last, places));
  return _mm512_add_epi32(_mm512_srlv_epi32(sum, places),
                          _mm512_slli_epi32(e, Target::trailing_bits));
}

template <class Source, class Target>
F8_AVX512_FN void convert_lanes(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const exceptions<Target> special(detail::directed{how});
  const directed_lanes rounder(how.round);
  for (std::size_t i = 0; i < n; i += 16) {
    const __mmask16 which = first_16(n - i);
    const __m512i x = load_lanes<Source>(in + i * sizeof(typename Source::bits_type), which);
    store_lanes(out + i, which, special.finish(round_lanes<Target>(x, rounder), x));
  }
}

// ----------------------------------------------------------------------------------------
// stochastic rounding

/// The random words of 64 elements, the first of which starts a block of Philox: word 0 of 16
/// blocks, word 1, ... Lanes of 64 bits, of which only the lower half counts: that is all that a
/// multiplication reads.
struct philox_half {
  __m512i x0, x1, x2, x3;
};

F8_AVX512_FN __m512i quads(std::uint32_t x) {
  return _mm512_set1_epi64(static_cast<long long>(x));
}

/// Philox of 8 blocks with successive numbers.
F8_AVX512_FN philox_half random_blocks(std::uint64_t seed, std::uint64_t index) {
  using constants = detail::philox_constants;
  const __m512i number = _mm512_add_epi64(_mm512_set1_epi64(static_cast<long long>(index)),
                                          _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
  philox_half x{number, _mm512_srli_epi64(number, 32), _mm512_setzero_si512(),
                _mm512_setzero_si512()};
  auto key0 = static_cast<std::uint32_t>(seed), key1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < constants::rounds; ++round) {
    const __m512i p0 = _mm512_mul_epu32(x.x0, quads(constants::multiplier[0]));
    const __m512i p1 = _mm512_mul_epu32(x.x2, quads(constants::multiplier[1]));
    x = {_mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), x.x1, quads(key0), 0x96), p1,
         _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), x.x3, quads(key1), 0x96), p0};
    key0 += constants::weyl[0];
    key1 += constants::weyl[1];
  }
  return x;
}

/// The random words of elements first to first + 31, where first is a multiple of 4: to 32 places
/// in memory.
F8_AVX512_FN void random_words(std::uint64_t seed, std::uint64_t first, std::uint32_t* words) {
  const philox_half x = random_blocks(seed, first / 4);
  const __mmask16 odd = 0xAAAA;
  const __m512i x01 =
      _mm512_mask_shuffle_epi32(x.x0, odd, x.x1, _MM_PERM_CCAA);  // words 0 and 1 of a block
  const __m512i x23 = _mm512_mask_shuffle_epi32(x.x2, odd, x.x3, _MM_PERM_CCAA);
  const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11),
                high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  _mm512_storeu_si512(words, _mm512_permutex2var_epi64(x01, low, x23));
  _mm512_storeu_si512(words + 16, _mm512_permutex2var_epi64(x01, high, x23));
}

template <class Source, class Target>
F8_AVX512_FN void convert_stochastic_lanes(const void* from, void* to, std::size_t n,
                                           std::uint64_t seed, std::uint64_t first, overflow over) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const exceptions<Target> special(detail::stochastic{0, conversion{over}});
  const std::size_t skipped =
      first % 4;  // words of the first block that belong to elements before it
  alignas(64) std::uint32_t words[36];
  for (std::size_t i = 0; i < n; i += 32) {
    // 32 words from a whole block on, and the first block's words again before them, or the 4 after
    // them.
    random_words(seed, first - skipped + i, words);
    if (skipped != 0) {
      const detail::philox_block next = detail::philox(seed, (first - skipped + i) / 4 + 8);
      __builtin_memcpy(words + 32, next.word, sizeof next.word);
    }
    for (std::size_t k = i; k < n && k < i + 32; k += 16) {
      const __mmask16 which = first_16(n - k);
      const __m512i x = load_lanes<Source>(in + k * sizeof(typename Source::bits_type), which);
      const stochastic_lanes rounder{_mm512_loadu_si512(words + skipped + (k - i))};
      store_lanes(out + k, which, special.finish(round_lanes<Target>(x, rounder), x));
    }
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
