// To 8 bits with AVX2, to nearest even: a float addition rounds floats, where the floating-point
// unit is in its default mode. Infinities and NaNs are left to the integers of encoder.
#ifndef F8_KERNELS_AVX2_NEAREST_HPP
#define F8_KERNELS_AVX2_NEAREST_HPP

#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

/// What nearest_encoder has of 16 elements, in lanes of 16 bits: codes of a wider format or their
/// upper bits, with their sign; the same without sign, or only its exponent field; and magnitudes
/// of Target in two summands, of which the first may be an exponent field yet.
struct rounded_16 {
  __m256i code;
  __m256i magnitude;
  __m256i exponent;
  __m256i significand;
};

/// A float addition that rounds floats as Target rounds.
///
/// Let e be the larger of x's exponent and Target's emin. In 1.5 * 2^(e + 23 - trailing_bits) + x
/// the last place of a float is the last place of Target at e, so the addition rounds x to it, to
/// nearest even; and the lowest bits of the sum are x's significand in that unit, negative numbers
/// in two's complement. The magnitude of the code is its absolute value plus e - emin in the place
/// of the exponent. e is had from the upper halves alone.
///
///     upper half of x    s eeeeeeee ttttttt    lanes alternate: of the first 8, of the last 8
///     of the addend      0 EEEEEEEE 1000000    E = max(e, emin) + 23 - trailing_bits
///
/// A float too large has a sum that is infinite, and some significand; its exponent says enough.
template <class Source, class Target, bool FromStack>
F8_AVX2_FN rounded_16 round_by_addition(const byte* in) {
  constexpr unsigned lowest = static_cast<unsigned>(Target::emin + binary32::bias)
                              << bfloat16_format::trailing_bits;
  constexpr unsigned to_addend =
      lowest + ((23u - Target::trailing_bits) << bfloat16_format::trailing_bits | 0x40);
  __m256i a, b, upper;
  if constexpr (Source::width == 32) {
    a = load(in);
    b = load(in + 32);
    // Loaded 2 bytes on, a needs no shift; but what was stored just now is not read so.
    upper = FromStack ? upper_halves(a, b) : _mm256_blend_epi16(load(in + 2), b, 0xAA);
  } else {
    upper = load(in);
    a = _mm256_slli_epi32(upper, 16);
    b = _mm256_and_si256(upper, all32(0xFFFF0000));
  }
  const __m256i field = _mm256_and_si256(upper, all16(bfloat16_format::infinity));
  const __m256i above_lowest = _mm256_subs_epu16(field, all16(lowest));
  const __m256i addend = _mm256_add_epi16(above_lowest, all16(to_addend));
  const __m256i addend_a = _mm256_slli_epi32(addend, 16);
  const __m256i addend_b = _mm256_and_si256(addend, all32(0xFFFF0000));
  const __m256 sum_a = _mm256_add_ps(_mm256_castsi256_ps(addend_a), _mm256_castsi256_ps(a));
  const __m256 sum_b = _mm256_add_ps(_mm256_castsi256_ps(addend_b), _mm256_castsi256_ps(b));
  return {upper, field,
          _mm256_srli_epi16(above_lowest, bfloat16_format::trailing_bits - Target::trailing_bits),
          lower_halves(_mm256_castps_si256(sum_a), _mm256_castps_si256(sum_b))};
}

/// True if float additions round to nearest and trap nothing. DAZ and FTZ do not matter, since the
/// addends are normal and large, and a subnormal x rounds as zero does.
F8_AVX2_FN bool additions_round_to_nearest() {
  return (_mm_getcsr() & 0x7F80) == 0x1F80;
}

/// Encodes blocks of 32 Halves to nearest even. A block with an infinity or NaN is left to encoder.
/// With two halves there is one test for 64 elements.
template <class Source, class Target, int Halves = 2>
struct nearest_encoder {
  using input = reader<Source, Target>;
  using format = typename input::format;
  using fixed = fixed_point<Target, format>;
  static constexpr std::size_t step = Halves * block_size;
  static constexpr bool in_two_steps = false;
  static constexpr bool adds = Source::width == 32 || Source::trailing_bits == 7;

  conversion how;

  template <bool Stream>
  F8_AVX2_FN void block(const byte* in, byte* out) const {
    __m256i largest[2];
    const __m256i first = half(in, largest[0]);
    if constexpr (Halves == 1) {
      if (__builtin_expect(is_special(largest[0]), 0)) return special_block(in, out, how);
      store<Stream>(out, first);
    } else {
      const __m256i last = half(in + Source::width * 4, largest[1]);
      if (__builtin_expect(is_special(_mm256_max_epi16(largest[0], largest[1])), 0))
        return special_block(in, out, how);
      store<Stream>(out, first);
      store<Stream>(out + block_size, last);
    }
  }

 private:
  F8_AVX2_FN static bool is_special(__m256i magnitude) {
    if constexpr (adds) {
      return _mm256_movemask_epi8(_mm256_cmpeq_epi16(magnitude, all16(format::infinity))) != 0;
    }
    return _mm256_movemask_epi8(_mm256_cmpgt_epi16(magnitude, all16(format::infinity - 1))) != 0;
  }

  F8_AVX2_FN static rounded_16 round(const byte* in) {
    if constexpr (adds) {
      return round_by_addition<Source, Target, Halves == 1>(in);
    } else {
      const __m256i code = input::read(in),
                    magnitude = _mm256_and_si256(code, all16(format::magnitude_mask));
      const fixed x(magnitude);
      return {code, magnitude, x.field, round_to_nearest_even(x)};
    }
  }

  /// Exponents in their place in the bytes of codes, from exponent fields.
  F8_AVX2_FN static __m256i exponents(__m256i fields) {
    constexpr int M = Target::trailing_bits;
    const __m256i above = _mm256_subs_epu8(fields, all8(fixed::lowest));
    constexpr int largest =
        static_cast<int>(format::infinity >> format::trailing_bits) - fixed::lowest;
    if constexpr (largest <= 0xFF >> M) return _mm256_slli_epi16(above, M);
    return _mm256_slli_epi16(_mm256_min_epu8(above, all8(0xFF >> M)), M);
  }

  F8_AVX2_FN __m256i half(const byte* in, __m256i& largest) const {
    const rounded_16 a = round(in), b = round(in + Source::width * 2);
    largest = _mm256_max_epi16(a.magnitude, b.magnitude);
    __m256i x;
    if constexpr (adds) {
      x = _mm256_adds_epu8(_mm256_packus_epi16(a.exponent, b.exponent),
                           _mm256_abs_epi8(_mm256_packs_epi16(a.significand, b.significand)));
    } else {
      x = _mm256_packus_epi16(a.significand, b.significand);
      if constexpr (!fixed::aligned)
        x = _mm256_adds_epu8(x, exponents(_mm256_packus_epi16(a.exponent, b.exponent)));
    }
    const unsigned limit = how.over == overflow::nonfinite ? Target::infinity : Target::max_finite;
    x = _mm256_min_epu8(x, all8(limit));
    x = with_signs<Target>(x, signs({a.code, b.code}));
    return input::in_order(x);
  }

  /// Encodes a block with an infinity or NaN. This is not inlined, so that its constants take no
  /// registers from those of the loop.
  F8_AVX2_KERNEL_FN __attribute__((noinline, cold)) static void special_block(const byte* in,
                                                                              byte* out,
                                                                              conversion how) {
    const encoder<Source, Target> any{typename encoder<Source, Target>::rules_type(how)};
    any.template block<false>(in, out);
    if constexpr (Halves > 1) any.template block<false>(in + Source::width * 4, out + block_size);
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
