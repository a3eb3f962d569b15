// To 8 bits, nearest-even, 64 elements a step: the hot kernels.
//
// Let a be the magnitude, clamped to the largest result, and e a power of two, or any number in the
// same binade:
//
//     e = max(a, Target's least normal number) cut off far above a's last place
//     r = e * 2^(23 - M) + a                                     one fused multiply-add, or an add
//
// The last place of r is 2^-M of e's binade: exactly the last place that Target has there, for
// normal and subnormal numbers alike. So the addition itself rounds a to Target's precision, to
// nearest-even if the mode says so. As e's own low bits are zero, r's low bits hold the result's
// significand, hidden bit and all, 0 to 2^(M + 1); a sum never leaves the binade, because e * 2^(23
// - M) ends in more zeros than a can fill. r's exponent field is e's plus 23 - M. With C the
// exponent field that r has for subnormal results,
//
//     code = significand + ((exponent field - C) << M)
//
// for normal numbers too: their hidden bit makes up for the exponent field 1 that Target's least
// normal numbers have. A significand that was rounded up to the next power of two carries into the
// exponent, as it should.
#ifndef F8_KERNELS_AVX512_NEAREST_HPP
#define F8_KERNELS_AVX512_NEAREST_HPP

#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// The numbers of Target that drive the kernels, as bits of binary32.
template <class Target>
struct nearest_numbers {
  static constexpr int places =
      binary32::trailing_bits - Target::trailing_bits;  ///< that rounding cuts off, if normal
  static constexpr std::uint32_t least_normal =
      static_cast<std::uint32_t>(Target::emin + binary32::bias) << 23;
  static constexpr std::uint32_t scale = static_cast<std::uint32_t>(places + binary32::bias)
                                         << 23;  ///< 2^places
  /// C << M, the code that r's exponent field alone stands for if the result is subnormal.
  static constexpr std::uint32_t excess =
      static_cast<std::uint32_t>(Target::emin + binary32::bias + places) << Target::trailing_bits;
  /// The value of a normal code, as if the codes went on without end.
  F8_FN static constexpr std::uint32_t value(std::uint32_t code) {
    return least_normal + ((code - Target::hidden_bit) << places);
  }
};

/// True if neither r nor the numbers above leave binary32's normal range.
template <class Target>
constexpr bool has_nearest =
    has_lanes<Target>&& Target::emin > -100 && Target::emax + 2 + 127 + 23 < 255;

/// |x|, at most `largest`. NaN becomes `largest`, or stays NaN if it is signaling.
F8_AVX512_FN __m512i clamp_to(__m512i x, __m512i largest) {
  constexpr int smaller_magnitude = 2, clear_sign = 8;
  return _mm512_castps_si512(
      _mm512_range_round_ps(_mm512_castsi512_ps(x), _mm512_castsi512_ps(largest),
                            smaller_magnitude | clear_sign, _MM_FROUND_NO_EXC));
}

template <int Rounding>
F8_AVX512_FN __m512i add(__m512i a, __m512i b) {
  return _mm512_castps_si512(_mm512_add_round_ps(_mm512_castsi512_ps(a), _mm512_castsi512_ps(b),
                                                 Rounding | _MM_FROUND_NO_EXC));
}

/// e, a power of two.
template <class Target>
F8_AVX512_FN __m512i binade(__m512i a) {
  const __m512i exponent = _mm512_and_si512(a, all32(binary32::infinity));
  return _mm512_max_epi32(exponent, all32(nearest_numbers<Target>::least_normal));
}

/// e * 2^(23 - M), by an addition to the exponent field.
template <class Target>
F8_AVX512_FN __m512i scaled(__m512i e) {
  return _mm512_add_epi32(
      e, all32(std::uint32_t{nearest_numbers<Target>::places} << binary32::trailing_bits));
}

/// The policies of a conversion, as constants for bytes. NaN and the infinities that clamping gets
/// wrong are put right by patch(), in steps apart from the others, since no data is full of them.
template <class Target>
struct nearest_policy {
  __m512i largest;  // binary32, to clamp to: the largest finite number or, if it may not saturate,
                    // the next code
  __m512i nan, infinite;
  bool nan_is_signed;

  F8_AVX512_FN explicit nearest_policy(conversion how) {
    using numbers = nearest_numbers<Target>;
    const bool finite = how.over != overflow::nonfinite;
    // The code after the largest finite one is `infinity` in every format: Inf (ieee), the NaN
    // (fn), 0x80 (fnuz).
    largest =
        all32(finite ? numbers::value(Target::max_finite) : numbers::value(Target::max_finite + 1));
    nan = all32(0x01010101 * nan_of<Target>(how));
    infinite = all32(0x01010101 *
                     (how.over == overflow::saturate ? Target::max_finite : Target::infinity));
    nan_is_signed = how.nan != nan_code::canonical;
  }

  F8_AVX512_FN __m512i clamp(__m512i x) const { return clamp_to(x, largest); }

  /// Magnitudes and signs to codes: the sign is the top bit of `signs`, the rest of it is not
  /// looked at.
  F8_AVX512_FN static __m512i join(__m512i magnitudes, __m512i signs) {
    if constexpr (!Target::has_negative_zero) {
      signs = _mm512_maskz_mov_epi8(_mm512_test_epi8_mask(magnitudes, magnitudes), signs);
    }
    return _mm512_ternarylogic_epi32(magnitudes, signs, all32(0x80808080),
                                     0xF8);  // magnitudes | (signs & 80)
  }

  F8_AVX512_FN __m512i patch(__m512i magnitudes, __m512i signs, __mmask64 is_nan,
                             __mmask64 is_infinite) const {
    magnitudes = _mm512_mask_mov_epi8(magnitudes, is_infinite, infinite);
    magnitudes = _mm512_mask_mov_epi8(magnitudes, is_nan, nan);
    return join(magnitudes, nan_is_signed ? signs : _mm512_maskz_mov_epi8(~is_nan, signs));
  }
};

F8_AVX512_FN __mmask16 is_nan(__m512i x) {
  return _mm512_cmpgt_epi32_mask(_mm512_and_si512(x, all32(binary32::magnitude_mask)),
                                 all32(binary32::infinity));
}

F8_AVX512_FN __mmask16 is_infinite(__m512i x) {
  return _mm512_cmpeq_epi32_mask(_mm512_and_si512(x, all32(binary32::magnitude_mask)),
                                 all32(binary32::infinity));
}

/// The lanes that are NaN or infinite.
F8_AVX512_FN __mmask16 rare(__m512i x) {
  constexpr int quiet = 0x01, signaling = 0x80, infinities = 0x18;
  return _mm512_fpclass_ps_mask(_mm512_castsi512_ps(x), quiet | signaling | infinities);
}

// Packing works in lanes of 128 bits and so leaves bytes in the order
//
//     0-3 16-19 32-35 48-51    4-7 20-23 36-39 52-55    8-11 ...
//
// of the elements, which is what "packed order" means below.

F8_AVX512_FN __m512i pack_signed(const quad& q) {
  return _mm512_packs_epi16(_mm512_packs_epi32(q.a, q.b), _mm512_packs_epi32(q.c, q.d));
}

F8_AVX512_FN __m512i from_packed_order(__m512i bytes) {
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  return _mm512_permutexvar_epi32(order, bytes);
}

/// r, rounded to nearest. It comes from an addition, not from a multiply-add, which takes 120
/// cycles where a is subnormal.
template <class Target>
struct to_nearest : nearest_policy<Target> {
  F8_AVX512_FN explicit to_nearest(conversion how) : nearest_policy<Target>(how) {}

  F8_AVX512_FN __m512i rounded(__m512i x) const {
    const __m512i a = this->clamp(x);
    return add<_MM_FROUND_TO_NEAREST_INT>(scaled<Target>(binade<Target>(a)), a);
  }
};

/// r in every other rounding mode. The magnitude is rounded down and up; which of the two counts,
/// or that they differ, decides. Half a last place, added first, makes of rounding down rounding to
/// the nearest, ties up.
template <class Target>
struct to_neighbour : nearest_policy<Target> {
  __m512i largest_if_negative;
  __m512i half;                      // all ones for nearest_away
  __m512i if_odd;                    // 1 for to_odd
  std::uint16_t up, up_if_negative;  // masks of lanes

  F8_AVX512_FN explicit to_neighbour(conversion how) : nearest_policy<Target>(how) {
    using numbers = nearest_numbers<Target>;
    const detail::directed rounder{how};
    const bool nonfinite = how.over == overflow::nonfinite;
    this->largest =
        all32(numbers::value(Target::max_finite + (nonfinite && rounder.overflows(false) ? 1 : 0)));
    largest_if_negative =
        all32(numbers::value(Target::max_finite + (nonfinite && rounder.overflows(true) ? 1 : 0)));
    half = all32(how.round == rounding::nearest_away ? ~0U : 0);
    if_odd = all32(how.round == rounding::to_odd ? 1 : 0);
    up = how.round == rounding::upward ? 0xFFFF : 0;
    up_if_negative = how.round == rounding::upward || how.round == rounding::downward ? 0xFFFF : 0;
  }

  F8_AVX512_FN __m512i rounded(__m512i x) const {
    const __mmask16 is_negative = _mm512_movepi32_mask(x);
    const __m512i limit = _mm512_mask_mov_epi32(this->largest, is_negative, largest_if_negative);
    // Clamped as an integer: DAZ would make a subnormal number zero, which does not round away.
    const __m512i magnitude = _mm512_and_si512(x, all32(0x7FFFFFFF));
    const __m512i a = not_tiny(_mm512_min_epu32(magnitude, limit));
    const __m512i e = binade<Target>(a);
    constexpr std::uint32_t below = std::uint32_t{Target::trailing_bits + 1}
                                    << binary32::trailing_bits;
    const __m512i b =
        add<_MM_FROUND_TO_ZERO>(a, _mm512_and_si512(_mm512_sub_epi32(e, all32(below)), half));
    const __m512i down = add<_MM_FROUND_TO_ZERO>(scaled<Target>(e), b);
    const __m512i above = add<_MM_FROUND_TO_POS_INF>(scaled<Target>(e), b);
    const __m512i odd =
        _mm512_and_si512(_mm512_sub_epi32(above, down), if_odd);  // 1 if they differ
    const auto is_up = static_cast<__mmask16>(up ^ (up_if_negative & is_negative));
    return _mm512_mask_mov_epi32(_mm512_or_si512(down, odd), is_up, above);
  }

  /// Zero, or a normal number: one that is subnormal in binary32 rounds like any other tiny one,
  /// but FP arithmetic may take it for zero.
  F8_AVX512_FN static __m512i not_tiny(__m512i a) {
    return _mm512_maskz_max_epu32(_mm512_test_epi32_mask(a, a), a, all32(binary32::hidden_bit));
  }
};

/// r's upper word is its exponent field << 7, since its significand has nothing there; the lower is
/// the significand. The sum of the first and of 2^(7 - M) times the second is the code plus the
/// excess, in units of 2^(7 - M).
template <class Target>
F8_AVX512_FN __m512i dwords_of_codes(__m512i r) {
  return _mm512_madd_epi16(r, all32((1U << 16) | (1U << (7 - Target::trailing_bits))));
}

template <class Target, class Policy>
F8_AVX512_FN __m512i codes_of_pair(__m512i x, __m512i y, const Policy& policy) {
  const __m512i words = _mm512_packus_epi32(dwords_of_codes<Target>(policy.rounded(x)),
                                            dwords_of_codes<Target>(policy.rounded(y)));
  const __m512i codes = _mm512_srli_epi16(words, 7 - Target::trailing_bits);
  return _mm512_sub_epi16(codes,
                          _mm512_set1_epi16(static_cast<short>(nearest_numbers<Target>::excess)));
}

/// The masks of four registers as one of bytes, in packed order.
F8_AVX512_FN __mmask64 pack_masks(__mmask16 a, __mmask16 b, __mmask16 c, __mmask16 d) {
  const quad q{_mm512_movm_epi32(a), _mm512_movm_epi32(b), _mm512_movm_epi32(c),
               _mm512_movm_epi32(d)};
  return _mm512_movepi8_mask(pack_signed(q));
}

/// Codes of 64 elements, in the order of the elements.
template <class Target, class Policy>
F8_AVX512_FN __m512i packed_codes(const quad& q, const Policy& policy) {
  const __m512i magnitudes = _mm512_packus_epi16(codes_of_pair<Target>(q.a, q.b, policy),
                                                 codes_of_pair<Target>(q.c, q.d, policy));
  const __m512i signs = pack_signed(q);
  const __mmask16 a = rare(q.a), b = rare(q.b), c = rare(q.c), d = rare(q.d);
  __m512i codes = policy.join(magnitudes, signs);
  if (__builtin_expect((a | b | c | d) != 0, 0)) {
    codes = policy.patch(
        magnitudes, signs, pack_masks(is_nan(q.a), is_nan(q.b), is_nan(q.c), is_nan(q.d)),
        pack_masks(is_infinite(q.a), is_infinite(q.b), is_infinite(q.c), is_infinite(q.d)));
  }
  return from_packed_order(codes);
}

template <class Source, class Target, template <class> class Policy>
F8_AVX512_FN void convert_packed(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const Policy<Target> policy(how);
  std::size_t i = 0;
  for (; n - i >= 64; i += 64) {
    const quad q = read_quad<Source>(in + i * sizeof(typename Source::bits_type), 64);
    _mm512_storeu_si512(out + i, packed_codes<Target>(q, policy));
  }
  if (i == n) return;
  const quad q = read_quad<Source>(in + i * sizeof(typename Source::bits_type), n - i);
  _mm512_mask_storeu_epi8(out + i, first_64(n - i), packed_codes<Target>(q, policy));
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
