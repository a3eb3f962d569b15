// To 8 bits with AVX2, by any rule, in integers: a float becomes the 16 bits of a bfloat16 as early
// as possible, because every operation is then worth 16 elements; rounding to odd remembers what is
// cut off, so that the second rounding is still exact.
#ifndef F8_KERNELS_AVX2_ENCODE_HPP
#define F8_KERNELS_AVX2_ENCODE_HPP

#include "../pairs.hpp"
#include "../rules.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using kernels_detail::encodes;
using kernels_detail::rules;

// ------------------------------------------------------------------------------------------------
// sources: 16 bits of each element
//
// reader<Source, Target>::read gives codes of `format` for 16 elements, in some order, and in_order
// puts the 32 bytes that packing two of them leaves in the order of memory.

/// The lanes of 32 bits of a and b, alternating, each cut off to its upper 16 bits.
F8_AVX2_FN __m256i upper_halves(__m256i a, __m256i b) {
  return _mm256_blend_epi16(_mm256_srli_epi32(a, 16), b, 0xAA);
}

/// The lanes of 32 bits of a and b, alternating, each cut off to its lower 16 bits.
F8_AVX2_FN __m256i lower_halves(__m256i a, __m256i b) {
  return _mm256_blend_epi16(a, _mm256_slli_epi32(b, 16), 0xAA);
}

/// 16 floats rounded to odd in bfloat16: the last bit is set if any bit was that is cut off. (A NaN
/// stays one.)
F8_AVX2_FN __m256i rounded_to_odd(__m256i a, __m256i b) {
  return _mm256_or_si256(upper_halves(a, b), _mm256_min_epu16(lower_halves(a, b), all16(1)));
}

/// The bytes in the order of the elements, from the order that alternating and packing leave, in
/// which a lane is 0 8 1 9 2 10 3 11, 16 24 17 25 18 26 19 27.
F8_AVX2_FN __m256i undo_alternating(__m256i x) {
  const __m256i even_then_odd =
      _mm256_setr_epi8(0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15,  //
                       0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15);
  const __m256i fours = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  return _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(x, even_then_odd), fours);
}

/// 8 elements as floats. This is exact: F16C obeys neither the rounding mode nor DAZ.
template <class Source>
F8_AVX2_FN __m256i read_floats(const byte* in) {
  if constexpr (Source::width == 32) {
    return load(in);
  } else {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
    if constexpr (Source::trailing_bits == binary16::trailing_bits) {
      return _mm256_castps_si256(_mm256_cvtph_ps(x));
    } else {
      return _mm256_slli_epi32(_mm256_cvtepu16_epi32(x), 16);
    }
  }
}

/// True if a word of 16 bits holds a significand of Source at any place where it matters to Target:
/// above it a bit for a carry, below it what is shifted out of the least number that is not tiny,
/// half of the least subnormal one.
template <class Target, class Source>
constexpr bool fits_16 = Source::width == 16 &&
                         (Source::emin == Target::emin ||
                          (Source::emin + Target::trailing_bits < Target::emin &&
                           Source::trailing_bits + Target::trailing_bits < 14));

template <class Source, class Target, bool Fits = fits_16<Target, Source>>
struct reader {
  using format = bfloat16_format;

  F8_AVX2_FN static __m256i read(const byte* in) {
    constexpr int eight = Source::width;
    return rounded_to_odd(read_floats<Source>(in), read_floats<Source>(in + eight));
  }
  F8_AVX2_FN static __m256i in_order(__m256i x) { return undo_alternating(x); }
};

template <class Source, class Target>
struct reader<Source, Target, true> {
  using format = Source;

  F8_AVX2_FN static __m256i read(const byte* in) { return load(in); }
  F8_AVX2_FN static __m256i in_order(__m256i x) { return _mm256_permute4x64_epi64(x, 0xD8); }
};

// ------------------------------------------------------------------------------------------------
// rounding: 16 bits of each element

/// The magnitudes of 16 codes of Source as fixed-point numbers in units of Target's last place over
/// 2^point, of at most 15 bits, and their exponent fields, from which exponent() makes what such a
/// number lacks to a code of Target.
template <class Target, class Source>
struct fixed_point {
  static constexpr bool aligned =
      Source::emin == Target::emin;  ///< the code itself is such a number
  static constexpr int point =
      (aligned ? static_cast<int>(Source::trailing_bits) : 14) - Target::trailing_bits;
  static constexpr int lowest =
      Target::emin + Source::bias;  ///< the exponent field of Target's least normal number

  __m256i significand;
  __m256i field;

  F8_AVX2_FN explicit fixed_point(__m256i magnitude) {
    if constexpr (aligned) {
      significand = magnitude;
      field = _mm256_setzero_si256();
    } else {
      field = _mm256_srli_epi16(magnitude, Source::trailing_bits);
      const __m256i trailing = _mm256_and_si256(magnitude, all16(Source::trailing_mask));
      const __m256i with_hidden = _mm256_or_si256(trailing, all16(Source::hidden_bit));
      significand = _mm256_mullo_epi16(with_hidden, power_of_two(field));
    }
  }

  F8_AVX2_FN __m256i exponent() const {
    if constexpr (aligned) return _mm256_setzero_si256();
    return _mm256_slli_epi16(_mm256_subs_epu16(field, all16(lowest)), Target::trailing_bits);
  }

 private:
  static constexpr int most = 14 - Source::trailing_bits;  // moves the hidden bit to bit 14

  /// What a significand is multiplied by: 2^most for exponent fields from `lowest` on, half of it
  /// for each one below, and then 0.
  F8_AVX2_FN static __m256i power_of_two(__m256i field) {
    alignas(16) static constexpr byte powers[16] = {1u << most,
                                                    1u << (most - 1),
                                                    1u << (most - 2),
                                                    1u << (most - 3),
                                                    1u << (most - 4),
                                                    most > 4 ? 1u << (most - 5) : 0,
                                                    most > 5 ? 1u << (most - 6) : 0,
                                                    most > 6 ? 1u << (most - 7) : 0};
    static_assert(most >= 4 && most <= 7);
    // The index in the lower byte of each lane is the number of places below `lowest`; the one in
    // the upper byte is above 0x7F, which makes that byte 0.
    __m256i below = _mm256_subs_epu8(all16(0x8000 | lowest), field);
    if constexpr (lowest > 15) below = _mm256_min_epu8(below, all16(0x800F));
    return _mm256_shuffle_epi8(table16(powers), below);
  }
};

/// What of x is above 2^point, rounded to nearest, ties to even. The multiplication shifts and
/// rounds to nearest, ties up, on a pipe that shuffles and shifts leave free. A number whose last
/// place is even is made 1 less before: a tie is none then and goes down, and no other number
/// changes its side.
template <class Target, class Source>
F8_AVX2_FN __m256i round_to_nearest_even(const fixed_point<Target, Source>& x) {
  constexpr int point = fixed_point<Target, Source>::point;
  const __m256i last = _mm256_and_si256(x.significand, all16(1u << point));
  const __m256i is_even = _mm256_cmpeq_epi16(last, _mm256_setzero_si256());
  return _mm256_mulhrs_epi16(_mm256_add_epi16(x.significand, is_even), all16(1u << (15 - point)));
}

// ------------------------------------------------------------------------------------------------
// any conversion

/// The magnitudes of codes of Target for 16 codes of Source, as if its exponents went on without
/// end.
template <class Target, class Source, class Rules>
F8_AVX2_FN __m256i round_16(__m256i code, const Rules& rule) {
  using fixed = fixed_point<Target, Source>;
  const __m256i magnitude = _mm256_and_si256(code, all16(Source::magnitude_mask));
  const fixed x(magnitude);
  // A number of which the significand has nothing left still is no zero to directed rounding.
  const __m256i significand =
      _mm256_max_epu16(x.significand, _mm256_min_epu16(magnitude, all16(1)));
  const __m256i negative = _mm256_srai_epi16(code, 15);
  const __m256i odd = _mm256_srai_epi16(_mm256_slli_epi16(significand, 15 - fixed::point), 15);
  __m256i increment = _mm256_xor_si256(all16(rule.increment),
                                       _mm256_and_si256(negative, all16(rule.negative_flip)));
  increment = _mm256_add_epi16(increment, _mm256_and_si256(odd, all16(rule.odd_change)));
  const __m256i sum = _mm256_add_epi16(significand, increment);
  return _mm256_add_epi16(_mm256_srli_epi16(sum, fixed::point), x.exponent());
}

/// The lanes whose magnitude is above `bound`, as bytes of all ones.
template <class Source>
F8_AVX2_FN __m256i above(const halves& codes, unsigned bound) {
  const __m256i mask = all16(Source::magnitude_mask);
  return _mm256_packs_epi16(_mm256_cmpgt_epi16(_mm256_and_si256(codes.first, mask), all16(bound)),
                            _mm256_cmpgt_epi16(_mm256_and_si256(codes.last, mask), all16(bound)));
}

/// The sign bits of 32 lanes of 16 bits. (The saturation of a pack keeps the sign.)
F8_AVX2_FN __m256i signs(const halves& codes) {
  return _mm256_and_si256(_mm256_packs_epi16(codes.first, codes.last), all8(0x80));
}

/// Magnitudes of Target with their signs. fnuz formats have no -0.
template <class Target>
F8_AVX2_FN __m256i with_signs(__m256i magnitudes, __m256i sign) {
  if constexpr (!Target::has_negative_zero) {
    sign = _mm256_andnot_si256(_mm256_cmpeq_epi8(magnitudes, _mm256_setzero_si256()), sign);
  }
  return _mm256_or_si256(magnitudes, sign);
}

/// Codes of Target, in the order of packing, from the rounded `magnitudes` of `codes` of Source:
/// what is too large, infinite or NaN becomes what the rules say. The pack saturates, which is
/// right, since a magnitude too large is replaced by none above the code after max_finite.
template <class Target, class Source, class Rules>
F8_AVX2_FN __m256i finish(const halves& magnitudes, const halves& codes, const Rules& rule) {
  const __m256i infinite = above<Source>(codes, Source::infinity - 1);
  const __m256i nan = above<Source>(codes, Source::infinity);
  const __m256i sign = signs(codes);
  const __m256i limit =
      _mm256_blendv_epi8(all8(rule.too_large), all8(rule.negative_too_large), sign);
  __m256i x = _mm256_min_epu8(_mm256_packus_epi16(magnitudes.first, magnitudes.last), limit);
  x = _mm256_blendv_epi8(x, all8(rule.infinite), infinite);
  x = _mm256_blendv_epi8(x, all8(rule.nan), nan);
  return with_signs<Target>(
      x, _mm256_and_si256(sign, _mm256_or_si256(all8(rule.nan_sign),
                                                _mm256_cmpeq_epi8(nan, _mm256_setzero_si256()))));
}

/// Codes of Target by any rule, in the order of packing.
template <class Target, class Source, class Rules>
F8_AVX2_FN __m256i encode(const halves& codes, const Rules& rule) {
  const halves rounded{round_16<Target, Source>(codes.first, rule),
                       round_16<Target, Source>(codes.last, rule)};
  return finish<Target, Source>(rounded, codes, rule);
}

/// Encodes blocks of 32 by any rule, whatever the inputs, in integers.
template <class Source, class Target>
struct encoder {
  using format = typename reader<Source, Target>::format;
  using rules_type = rules<Target, fixed_point<Target, format>::point>;
  static constexpr std::size_t step = block_size;
  static constexpr bool in_two_steps = false;

  rules_type rule;

  template <bool Stream>
  F8_AVX2_FN void block(const byte* in, byte* out) const {
    using input = reader<Source, Target>;
    const halves codes{input::read(in), input::read(in + Source::width * 2)};
    store<Stream>(out, input::in_order(encode<Target, format>(codes, rule)));
  }
};

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
