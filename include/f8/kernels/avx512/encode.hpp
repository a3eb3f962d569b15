// To 8 bits with AVX-512: 16 elements in 16 lanes of 32 bits, every rounding, every policy, every
// pair of formats. This is the scalar core's arithmetic, lane by lane, so that each step here has
// its argument in core/encode.hpp and core/rounder.hpp.
#ifndef F8_KERNELS_AVX512_ENCODE_HPP
#define F8_KERNELS_AVX512_ENCODE_HPP

#include "../rules.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

using kernels_detail::nan_of;

/// True if the functions below can encode Target from binary32, whose subnormal numbers have to
/// round all alike.
template <class Target>
constexpr bool has_lanes = Target::width == 8 && detail::subnormals_are_tiny<Target, binary32>;

/// What becomes of magnitudes too large, of infinities and of NaN, as the core's finish() says.
template <class Target>
struct exceptions {
  __m512i positive, negative;  // too large, by sign
  __m512i infinite, nan;
  __mmask16 keeps_nan_sign;

  template <class Rounder>
  F8_AVX512_FN explicit exceptions(const Rounder& rounder) {
    const bool nonfinite = rounder.how.over == overflow::nonfinite;
    positive = all32(nonfinite && rounder.overflows(false) ? Target::infinity : Target::max_finite);
    negative = all32(nonfinite && rounder.overflows(true) ? Target::infinity : Target::max_finite);
    infinite =
        all32(rounder.how.over == overflow::saturate ? Target::max_finite : Target::infinity);
    nan = all32(nan_of<Target>(rounder.how));
    keeps_nan_sign =
        rounder.how.nan == nan_code::canonical ? __mmask16{0} : static_cast<__mmask16>(0xFFFF);
  }

  /// Target's codes from magnitudes of any size and the bits of binary32 that they were made from.
  F8_AVX512_FN __m512i finish(__m512i magnitude, __m512i x) const {
    const __m512i inf = all32(binary32::infinity),
                  absolute = _mm512_and_si512(x, all32(binary32::magnitude_mask));
    const __mmask16 is_negative = _mm512_movepi32_mask(x);
    const __mmask16 is_infinite = _mm512_cmpeq_epi32_mask(absolute, inf);
    const __mmask16 is_nan = _mm512_cmpgt_epi32_mask(absolute, inf);
    const __mmask16 is_over = _mm512_cmpgt_epi32_mask(magnitude, all32(Target::max_finite));
    __m512i too_large = _mm512_mask_mov_epi32(positive, is_negative, negative);
    too_large = _mm512_mask_mov_epi32(too_large, is_infinite, infinite);
    too_large = _mm512_mask_mov_epi32(too_large, is_nan, nan);
    magnitude = _mm512_mask_mov_epi32(magnitude, is_over, too_large);
    __mmask16 is_signed = static_cast<__mmask16>(is_negative & (~is_nan | keeps_nan_sign));
    if constexpr (!Target::has_negative_zero) {
      is_signed = static_cast<__mmask16>(is_signed & _mm512_test_epi32_mask(magnitude, magnitude));
    }
    return _mm512_mask_or_epi32(magnitude, is_signed, magnitude, all32(Target::sign_bit));
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
    always = all32(even || ties_away || up ? ~0U : 0);
    if_negative = all32(up || down ? ~0U : 0);
    if_even = all32(round == rounding::to_odd ? ~0U : 0);
    last_counts = all32(even ? 1 : 0);
    away = all32(ties_away ? 1 : 0);
    shift = _mm_cvtsi32_si128(even || ties_away ? 1 : 0);
  }

  F8_AVX512_FN __m512i increment(__m512i x, __m512i below, __m512i last, __m512i) const {
    const __m512i negative = _mm512_and_si512(_mm512_srai_epi32(x, 31), if_negative);
    const __m512i odd = _mm512_and_si512(last, all32(1));
    const __m512i even = _mm512_and_si512(_mm512_sub_epi32(odd, all32(1)), if_even);
    const __m512i select =
        _mm512_ternarylogic_epi32(always, negative, even, 0x96);  // exclusive or of the three
    const __m512i unit =
        _mm512_ternarylogic_epi32(odd, last_counts, away, 0xEA);  // (odd & last_counts) | away
    return _mm512_add_epi32(_mm512_and_si512(_mm512_srl_epi32(below, shift), select), unit);
  }

  F8_AVX512_FN __m512i scaled(__m512i significand, __m512i) const { return significand; }
};

/// The core's round_magnitude for 16 floats: magnitudes of codes of Target, of any size.
template <class Target, class Rounder>
F8_AVX512_FN __m512i round_lanes(__m512i x, const Rounder& rounder) {
  constexpr int narrowing = binary32::trailing_bits - Target::trailing_bits;
  constexpr int lowest = Target::emin + binary32::bias;
  const __m512i magnitude = _mm512_and_si512(x, all32(binary32::magnitude_mask));
  const __m512i exponent = _mm512_srli_epi32(magnitude, binary32::trailing_bits);
  const __m512i trailing = _mm512_and_si512(x, all32(binary32::trailing_mask));
  const __mmask16 is_normal = _mm512_test_epi32_mask(exponent, exponent);
  __m512i significand =
      _mm512_mask_or_epi32(trailing, is_normal, trailing, all32(binary32::hidden_bit));

  const __m512i from_lowest = _mm512_sub_epi32(exponent, all32(lowest));
  const __m512i e = _mm512_max_epi32(from_lowest, _mm512_setzero_si512());
  const __m512i distance = _mm512_sub_epi32(e, from_lowest);
  const __m512i shift = _mm512_min_epi32(distance, all32(31 - narrowing));
  const __m512i places = _mm512_add_epi32(shift, all32(narrowing));
  significand = rounder.scaled(significand, _mm512_sub_epi32(distance, shift));

  const __m512i last = _mm512_srlv_epi32(significand, places);
  const __m512i below = _mm512_sub_epi32(_mm512_sllv_epi32(all32(1), places), all32(1));
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
    const __m512i x = read_floats<Source>(in + i * sizeof(typename Source::bits_type), which);
    write_codes(out + i, which, special.finish(round_lanes<Target>(x, rounder), x));
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
