// AVX2 kernels. Integers alone, except where a float addition rounds: that is used in the default
// rounding mode only.
//
// A block is 32 elements. Encoding turns a float into the 16 bits of a bfloat16 as early as
// possible, because every operation is then worth 16 elements; what is cut off is remembered by
// rounding to odd, so that the second rounding is still exact. Decoding looks nibbles up in tables,
// each operation worth 32 elements.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cpu.hpp"
#include "rules.hpp"
#include "scalar.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86
#include <immintrin.h>

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using kernels_detail::encodes;
using kernels_detail::rules;
using byte = unsigned char;

inline constexpr std::size_t block_size = 32;

// ------------------------------------------------------------------------------------------------
// memory, constants

F8_AVX2 __m256i load(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

/// Bypasses the caches if Stream; p is aligned then.
template <bool Stream>
F8_AVX2 void store(void* p, __m256i x) {
  if constexpr (Stream) {
    _mm256_stream_si256(static_cast<__m256i*>(p), x);
  } else {
    _mm256_storeu_si256(static_cast<__m256i*>(p), x);
  }
}

F8_AVX2 __m256i all8(unsigned x) {
  return _mm256_set1_epi8(static_cast<char>(x));
}
F8_AVX2 __m256i all16(unsigned x) {
  return _mm256_set1_epi16(static_cast<short>(x));
}
F8_AVX2 __m256i all32(unsigned x) {
  return _mm256_set1_epi32(static_cast<int>(x));
}

/// A table for shuffle_epi8: the same in both lanes.
F8_AVX2 __m256i table16(const byte* table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table)));
}

/// What the elements of a block become before they are bytes: 16 lanes of 16 bits for the first 16,
/// and for the last.
struct halves {
  __m256i first;
  __m256i last;
};

// ---------------------------------------------------------------------------------------- sources:
// 16 bits of each
//
// reader<Source, Target>::read gives codes of `format` for 16 elements, in some order, and in_order
// puts the 32 bytes that packing two of them leaves in the order of memory.

/// The lanes of 32 bits of a and b, alternating, each cut off to its upper 16 bits.
F8_AVX2 __m256i upper_halves(__m256i a, __m256i b) {
  return _mm256_blend_epi16(_mm256_srli_epi32(a, 16), b, 0xAA);
}

/// The same, to the lower 16 bits.
F8_AVX2 __m256i lower_halves(__m256i a, __m256i b) {
  return _mm256_blend_epi16(a, _mm256_slli_epi32(b, 16), 0xAA);
}

/// 16 floats rounded to odd in bfloat16: the last bit is set if any bit cut off was. (A NaN stays
/// one.)
F8_AVX2 __m256i rounded_to_odd(__m256i a, __m256i b) {
  return _mm256_or_si256(upper_halves(a, b), _mm256_min_epu16(lower_halves(a, b), all16(1)));
}

/// From the order that alternating and packing leave, a lane being 0 8 1 9 2 10 3 11, 16 24 17 25
/// 18 26 19 27.
F8_AVX2 __m256i undo_alternating(__m256i x) {
  const __m256i even_then_odd =
      _mm256_setr_epi8(0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15,  //
                       0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15);
  const __m256i fours = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  return _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(x, even_then_odd), fours);
}

/// 8 elements as floats. Exact: F16C hears neither the rounding mode nor DAZ.
template <class Source>
F8_AVX2 __m256i read_floats(const byte* in) {
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

  F8_AVX2 static __m256i read(const byte* in) {
    constexpr int eight = Source::width;
    return rounded_to_odd(read_floats<Source>(in), read_floats<Source>(in + eight));
  }
  F8_AVX2 static __m256i in_order(__m256i x) { return undo_alternating(x); }
};

template <class Source, class Target>
struct reader<Source, Target, true> {
  using format = Source;

  F8_AVX2 static __m256i read(const byte* in) { return load(in); }
  F8_AVX2 static __m256i in_order(__m256i x) { return _mm256_permute4x64_epi64(x, 0xD8); }
};

// -------------------------------------------------------------------------------------------
// rounding, 16 bits each

/// The magnitudes of 16 codes of Source as fixed-point numbers in units of Target's last place over
/// 2^point, of at most 16 bits, and what they lack to a code of Target: an exponent that is already
/// in its place there.
template <class Target, class Source>
struct fixed_point {
  static constexpr bool aligned =
      Source::emin == Target::emin;  ///< the code itself is such a number
  static constexpr int point =
      (aligned ? static_cast<int>(Source::trailing_bits) : 14) - Target::trailing_bits;

  __m256i significand;
  __m256i exponent;

  F8_AVX2 explicit fixed_point(__m256i magnitude) {
    if constexpr (aligned) {
      significand = magnitude;
      exponent = _mm256_setzero_si256();
    } else {
      const __m256i field = _mm256_srli_epi16(magnitude, Source::trailing_bits);
      const __m256i trailing = _mm256_and_si256(magnitude, all16(Source::trailing_mask));
      const __m256i with_hidden = _mm256_or_si256(trailing, all16(Source::hidden_bit));
      significand = _mm256_mullo_epi16(with_hidden, power_of_two(field));
      const __m256i above = _mm256_subs_epu16(field, all16(lowest));
      exponent = _mm256_slli_epi16(above, Target::trailing_bits);
    }
  }

 private:
  static constexpr int lowest =
      Target::emin + Source::bias;  // the exponent field of Target's least normal number
  static constexpr int most = 14 - Source::trailing_bits;  // moves the hidden bit to bit 14

  /// 2^most from `lowest` on, half of it for each exponent below, then 0.
  F8_AVX2 static __m256i power_of_two(__m256i field) {
    alignas(16) static constexpr byte powers[16] = {
        1, 2, 4, 8, most > 3 ? 16 : 0, most > 4 ? 32 : 0, most > 5 ? 64 : 0, most > 6 ? 128 : 0};
    // Bytes: the upper one of a lane is 0 - 1, the lower is negative for the exponents too low.
    // shuffle_epi8 makes zero of either.
    const __m256i index =
        _mm256_sub_epi8(_mm256_min_epu8(field, all16(lowest)), all16(0x100 + lowest - most));
    return _mm256_shuffle_epi8(table16(powers), index);
  }
};

/// Rounds to nearest, ties to even. The magnitudes of codes of Target, as if its exponents went on
/// without end.
template <class Target, class Source>
F8_AVX2 __m256i round_to_nearest_even(__m256i magnitude) {
  using fixed = fixed_point<Target, Source>;
  const fixed x(magnitude);
  const __m256i last = _mm256_and_si256(_mm256_srli_epi16(x.significand, fixed::point), all16(1));
  const __m256i below_half = all16((1u << (fixed::point - 1)) - 1);
  const __m256i sum = _mm256_add_epi16(_mm256_add_epi16(x.significand, below_half), last);
  return _mm256_add_epi16(_mm256_srli_epi16(sum, fixed::point), x.exponent);
}

// --------------------------------------------------------------------------------------------------
// any conversion

/// The magnitudes of codes of Target for 16 codes of Source, as if its exponents went on without
/// end.
template <class Target, class Source, class Rules>
F8_AVX2 __m256i round_16(__m256i code, const Rules& rule) {
  using fixed = fixed_point<Target, Source>;
  const __m256i magnitude = _mm256_and_si256(code, all16(Source::magnitude_mask));
  const fixed x(magnitude);
  // A number so small that nothing is left of it still is not zero.
  const __m256i significand =
      _mm256_max_epu16(x.significand, _mm256_min_epu16(magnitude, all16(1)));
  const __m256i negative = _mm256_srai_epi16(code, 15);
  const __m256i odd = _mm256_srai_epi16(_mm256_slli_epi16(significand, 15 - fixed::point), 15);
  __m256i increment = _mm256_xor_si256(all16(rule.increment),
                                       _mm256_and_si256(negative, all16(rule.negative_flip)));
  increment = _mm256_add_epi16(increment, _mm256_and_si256(odd, all16(rule.odd_change)));
  const __m256i sum = _mm256_add_epi16(significand, increment);
  return _mm256_add_epi16(_mm256_srli_epi16(sum, fixed::point), x.exponent);
}

/// The lanes whose magnitude is above `bound`, as bytes of all ones.
template <class Source>
F8_AVX2 __m256i above(const halves& codes, unsigned bound) {
  const __m256i mask = all16(Source::magnitude_mask);
  return _mm256_packs_epi16(_mm256_cmpgt_epi16(_mm256_and_si256(codes.first, mask), all16(bound)),
                            _mm256_cmpgt_epi16(_mm256_and_si256(codes.last, mask), all16(bound)));
}

/// The sign bits of 32 lanes of 16 bits. (The saturation of a pack keeps the sign.)
F8_AVX2 __m256i signs(const halves& codes) {
  return _mm256_and_si256(_mm256_packs_epi16(codes.first, codes.last), all8(0x80));
}

/// Magnitudes of Target with their signs. fnuz formats have no -0.
template <class Target>
F8_AVX2 __m256i with_signs(__m256i magnitudes, __m256i sign) {
  if constexpr (!Target::has_negative_zero) {
    sign = _mm256_andnot_si256(_mm256_cmpeq_epi8(magnitudes, _mm256_setzero_si256()), sign);
  }
  return _mm256_or_si256(magnitudes, sign);
}

/// Codes of Target, in the order of packing: `magnitudes` with what is too large decided, for
/// `codes` of Source. The pack saturates, which is right, since what replaces a magnitude too large
/// is never above the code after max_finite.
template <class Target, class Source, class Rules>
F8_AVX2 __m256i finish(const halves& magnitudes, const halves& codes, const Rules& rule) {
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

/// Encodes blocks of 32 by any rule, whatever the inputs, in integers.
template <class Source, class Target>
struct encoder {
  using format = typename reader<Source, Target>::format;
  using rules_type = rules<Target, fixed_point<Target, format>::point>;
  static constexpr std::size_t step = block_size;

  rules_type rule;

  template <bool Stream>
  F8_AVX2 void block(const byte* in, byte* out) const {
    using input = reader<Source, Target>;
    const halves codes{input::read(in), input::read(in + Source::width * 2)};
    const halves rounded{round_16<Target, format>(codes.first, rule),
                         round_16<Target, format>(codes.last, rule)};
    store<Stream>(out, input::in_order(finish<Target, format>(rounded, codes, rule)));
  }
};

// ---------------------------------------------------------------------------------------------------
// nearest, even

/// What nearest_encoder has of 16 elements, in lanes of 16 bits: codes of a wider format or their
/// upper bits, with their sign; the same without sign, or only its exponent field; and magnitudes
/// of Target in one or two summands.
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
template <class Target>
F8_AVX2 rounded_16 round_by_addition(const byte* in) {
  constexpr unsigned lowest = static_cast<unsigned>(Target::emin + binary32::bias)
                              << bfloat16_format::trailing_bits;
  constexpr unsigned to_addend =
      lowest + ((23u - Target::trailing_bits) << bfloat16_format::trailing_bits | 0x40);
  const __m256i a = load(in), b = load(in + 32);
  const __m256i upper =
      _mm256_blend_epi16(load(in + 2), b, 0xAA);  // loaded 2 bytes on, a needs no shift
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

/// True if float additions round to nearest and trap nothing. DAZ and FTZ do not matter: the
/// addends are normal and large, and a subnormal x rounds as zero does.
F8_AVX2 bool additions_round_to_nearest() {
  return (_mm_getcsr() & 0x7F80) == 0x1F80;
}

/// Encodes blocks of 64 to nearest even, if no element is infinite or NaN: those blocks are left to
/// encoder.
template <class Source, class Target>
struct nearest_encoder {
  using input = reader<Source, Target>;
  using format = typename input::format;
  static constexpr std::size_t step = 2 * block_size;
  static constexpr bool adds = Source::width == 32;

  conversion how;

  template <bool Stream>
  F8_AVX2 void block(const byte* in, byte* out) const {
    __m256i largest[2];
    const __m256i first = half(in, largest[0]), last = half(in + Source::width * 4, largest[1]);
    if (__builtin_expect(is_special(_mm256_max_epi16(largest[0], largest[1])), 0))
      return special_block(in, out, how);
    store<Stream>(out, first);
    store<Stream>(out + block_size, last);
  }

 private:
  F8_AVX2 static bool is_special(__m256i magnitude) {
    if constexpr (adds) {
      return _mm256_movemask_epi8(_mm256_cmpeq_epi16(magnitude, all16(format::infinity))) != 0;
    }
    return _mm256_movemask_epi8(_mm256_cmpgt_epi16(magnitude, all16(format::infinity - 1))) != 0;
  }

  F8_AVX2 static rounded_16 round(const byte* in) {
    if constexpr (adds) {
      return round_by_addition<Target>(in);
    } else {
      const __m256i code = input::read(in),
                    magnitude = _mm256_and_si256(code, all16(format::magnitude_mask));
      return {code, magnitude, round_to_nearest_even<Target, format>(magnitude),
              _mm256_setzero_si256()};
    }
  }

  F8_AVX2 __m256i half(const byte* in, __m256i& largest) const {
    const rounded_16 a = round(in), b = round(in + Source::width * 2);
    largest = _mm256_max_epi16(a.magnitude, b.magnitude);
    __m256i x = _mm256_packus_epi16(a.exponent, b.exponent);
    if constexpr (adds) {
      x = _mm256_adds_epu8(x, _mm256_abs_epi8(_mm256_packs_epi16(a.significand, b.significand)));
    }
    const unsigned limit = how.over == overflow::nonfinite ? Target::infinity : Target::max_finite;
    x = _mm256_min_epu8(x, all8(limit));
    x = with_signs<Target>(x, signs({a.code, b.code}));
    return adds ? undo_alternating(x) : input::in_order(x);
  }

  /// Not inlined, so that its constants take no registers from those of the loop.
  F8_TARGET_AVX2 __attribute__((noinline, cold)) static void special_block(const byte* in,
                                                                           byte* out,
                                                                           conversion how) {
    const encoder<Source, Target> any{typename encoder<Source, Target>::rules_type(how)};
    any.template block<false>(in, out);
    any.template block<false>(in + Source::width * 4, out + block_size);
  }
};

// ----------------------------------------------------------------------------------------------------------
// decode

/// The bytes of a 16-bit Target as sums of three table entries, for its upper and lower 4 bits, and
/// for what is special about the codes next to zero and above max_finite:
///
///     code          s eeee ttt                                        (e4m3)
///     special       (code + above_finite) without its sign: below 16 if and only if the code is
///     special
///
/// Without special codes, a magnitude is the same bits in another place, plus a constant.
template <class Source, class Target>
struct nibble_tables {
  static constexpr unsigned above_finite = Source::magnitude_mask - Source::max_finite;
  static constexpr bool two_specials =
      above_finite + Source::hidden_bit > 16;  ///< the large ones have their own table
  static constexpr unsigned rotation = two_specials ? 0 : above_finite;

  byte upper[2][16] = {}, lower[2][16] = {}, special[2][16] = {}, large[2][16] = {};
  bool exact = true;

  static constexpr unsigned regular(unsigned code) {
    constexpr int widening =
        static_cast<int>(Target::trailing_bits) - static_cast<int>(Source::trailing_bits);
    const unsigned rebias =
        static_cast<unsigned>(static_cast<int>(Target::bias) - static_cast<int>(Source::bias));
    return (((code & 0x7F) << widening) + (rebias << Target::trailing_bits) +
            ((code & 0x80) << 8)) &
           0xFFFF;
  }
  static constexpr unsigned byte_of(unsigned word, int k) { return word >> (8 * k) & 0xFF; }

  constexpr nibble_tables() {
    for (int k = 0; k < 2; ++k) {
      for (unsigned i = 0; i < 16; ++i) {
        upper[k][i] = static_cast<byte>(byte_of(regular(i << 4), k));
        lower[k][(i + rotation) & 15] =
            static_cast<byte>(byte_of(regular(0x40 | i), k) - byte_of(regular(0x40), k));
        special[k][i] = correction((i - rotation) & 0x7F, k);
        large[k][i] = correction(0x70 | i, k);
      }
    }
    for (unsigned code = 0; code < 256; ++code) exact = exact && is_exact(code);
  }

 private:
  static constexpr byte correction(unsigned code, int k) {
    return static_cast<byte>(byte_of(detail::recode<Target, Source>(code, detail::directed{}), k) -
                             byte_of(regular(code), k));
  }
  constexpr bool is_exact(unsigned code) const {
    if (code == Source::sign_bit && !Source::has_negative_zero) return true;  // handled apart
    const unsigned rotated = (code + rotation) & 0x7F;
    unsigned sum = 0;
    for (int k = 0; k < 2; ++k) {
      unsigned x = upper[k][code >> 4] + lower[k][rotated & 15] + 0u;
      if (rotated < 16) x += special[k][rotated];
      if (two_specials && (code & 0x7F) >= 0x70) x += large[k][code & 15];
      sum |= (x & 0xFF) << (8 * k);
    }
    return sum == detail::recode<Target, Source>(code, detail::directed{});
  }
};

template <class Source, class Target>
inline constexpr nibble_tables<Source, Target> nibbles{};

constexpr bool is_zero(const byte (&table)[16]) {
  for (const byte x : table) {
    if (x != 0) return false;
  }
  return true;
}

/// Byte K of each code's 16 bits in Target. `special` is 16 or more where there is nothing special;
/// shuffle_epi8 gives 0 for an index above 0x7F, and else looks at its lower 4 bits.
template <class Source, class Target, int K>
F8_AVX2 __m256i decoded_bytes(__m256i codes, __m256i rotated) {
  static constexpr const auto& tables = nibbles<Source, Target>;
  __m256i x;
  if constexpr (K == 1 && Target::bias == Source::bias &&
                Target::exponent_bits == Source::exponent_bits) {
    x = codes;
  } else {
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(codes, 4), all8(0x0F));
    x = is_zero(tables.upper[K]) ? _mm256_setzero_si256()
                                 : _mm256_shuffle_epi8(table16(tables.upper[K]), upper);
    if constexpr (!is_zero(tables.lower[K])) {
      x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.lower[K]), rotated));
    }
  }
  if constexpr (!is_zero(tables.special[K])) {
    const __m256i index = _mm256_add_epi8(rotated, all8(0x70));
    x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.special[K]), index));
  }
  if constexpr (tables.two_specials) {
    const __m256i index = _mm256_sub_epi8(rotated, all8(0x70));
    x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.large[K]), index));
  }
  if constexpr (!Source::has_negative_zero) {
    constexpr unsigned nan = detail::recode<Target, Source>(Source::sign_bit, detail::directed{});
    const __m256i is_nan = _mm256_cmpeq_epi8(codes, all8(Source::sign_bit));
    x = _mm256_or_si256(x, _mm256_and_si256(is_nan, all8(nan >> (8 * K) & 0xFF)));
  }
  return x;
}

/// Decodes blocks of 32. The values of every 8-bit format are bfloat16's too, so that a float is
/// one with zeros below.
template <class Source, class Target>
struct decoder {
  using format = std::conditional_t<Target::width == 32, bfloat16_format, Target>;
  static constexpr std::size_t step = block_size;

  template <bool Stream>
  F8_AVX2 void block(const byte* in, byte* out) const {
    // Unpacking takes the lower and the upper part of each lane. Here each lane gets what comes in
    // turn then.
    const __m256i codes = _mm256_permutevar8x32_epi32(
        load(in), Target::width == 32 ? _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7)
                                      : _mm256_setr_epi32(0, 1, 4, 5, 2, 3, 6, 7));
    const __m256i rotated = _mm256_and_si256(
        _mm256_add_epi8(codes, all8(nibbles<Source, format>.rotation)), all8(0x7F));
    const __m256i lower = decoded_bytes<Source, format, 0>(codes, rotated);
    const __m256i upper = decoded_bytes<Source, format, 1>(codes, rotated);
    store_16<Stream>(out, _mm256_unpacklo_epi8(lower, upper));
    store_16<Stream>(out + Target::width * 2, _mm256_unpackhi_epi8(lower, upper));
  }

 private:
  template <bool Stream>
  F8_AVX2 static void store_16(byte* out, __m256i x) {
    if constexpr (Target::width == 32) {
      const __m256i zero = _mm256_setzero_si256();
      store<Stream>(out, _mm256_unpacklo_epi16(zero, x));
      store<Stream>(out + 32, _mm256_unpackhi_epi16(zero, x));
    } else {
      store<Stream>(out, x);
    }
  }
};

/// Any conversion of 8-bit codes, through a table of all their results.
template <class Source, class Target>
F8_AVX2 void look_up(const byte* in, byte* out, std::size_t n, conversion how) {
  typename Target::bits_type table[256];
  for (std::uint32_t code = 0; code < 256; ++code) {
    kernels::store<Target>(table, code,
                           detail::recode<Target, Source>(code, detail::directed{how}));
  }
  for (std::size_t i = 0; i < n; ++i) kernels::store<Target>(out, i, table[in[i]]);
}

// ---------------------------------------------------------------------------------------------------------
// arrays

/// Elements before `out` is aligned for streaming, if streaming pays: not in place, and beyond the
/// last-level cache. -1 if it does not.
template <class Target>
F8_AVX2 std::ptrdiff_t head_before_streaming(const byte* in, const byte* out, std::size_t n) {
  constexpr std::size_t size = Target::width / 8;
  const std::size_t head = (0 - reinterpret_cast<std::uintptr_t>(out)) % sizeof(__m256i);
  const bool large = n * size > (std::size_t{1} << 20) && n * size > last_level_cache();
  return large && in != out && head % size == 0 ? static_cast<std::ptrdiff_t>(head / size) : -1;
}

/// Whole blocks from element i on. Returns the first that is in none.
template <bool Stream, class Source, class Target, class Kernel>
F8_AVX2 std::size_t over_blocks(const Kernel& kernel, const byte* in, byte* out, std::size_t i,
                                std::size_t n) {
  for (; n - i >= Kernel::step; i += Kernel::step) {
    kernel.template block<Stream>(in + i * (Source::width / 8), out + i * (Target::width / 8));
  }
  return i;
}

/// All elements, n >= Kernel::step. What is left after the last whole block is done again as a
/// block that ends where the array ends, or, in place, by the scalar core.
template <class Source, class Target, class Kernel>
F8_AVX2 void over_array(const Kernel& kernel, const byte* in, byte* out, std::size_t n,
                        conversion how) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  std::size_t i = 0;
  if (const std::ptrdiff_t head = head_before_streaming<Target>(in, out, n); head >= 0) {
    i = static_cast<std::size_t>(head);
    scalar::convert<Source, Target>(in, out, i, how);
    i = over_blocks<true, Source, Target>(kernel, in, out, i, n);
    _mm_sfence();
  } else {
    i = over_blocks<false, Source, Target>(kernel, in, out, 0, n);
  }
  if (i == n) return;
  if (in != out) {
    kernel.template block<false>(in + (n - Kernel::step) * in_size,
                                 out + (n - Kernel::step) * out_size);
  } else {
    scalar::convert<Source, Target>(in + i * in_size, out + i * out_size, n - i, how);
  }
}

template <class Source, class Target>
constexpr bool decodes() {
  if constexpr (Source::width != 8 || Target::width > 32 || Target::width < 16) {
    return false;
  } else {
    return contains<Target, Source> &&
           nibbles<Source, typename decoder<Source, Target>::format>.exact;
  }
}

template <class Source, class Target>
F8_TARGET_AVX2 void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  constexpr std::size_t worth_a_table = 1024;
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    using nearest = nearest_encoder<Source, Target>;
    using any = encoder<Source, Target>;
    if (n >= nearest::step && how.round == rounding::nearest_even &&
        (!nearest::adds || additions_round_to_nearest())) {
      return over_array<Source, Target>(nearest{how}, from, to, n, how);
    }
    return over_array<Source, Target>(any{typename any::rules_type(how)}, from, to, n, how);
  }
  if constexpr (decodes<Source, Target>()) {
    if (how.nan == nan_code::quiet)
      return over_array<Source, Target>(decoder<Source, Target>{}, from, to, n, how);
  }
  if constexpr (Source::width == 8) {
    if (n >= worth_a_table) return look_up<Source, Target>(from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

// -----------------------------------------------------------------------------------------------------
// stochastic

/// Philox 4x32-10 for blocks of 4 words side by side: each word in the lower half of a lane of 64
/// bits, as the multiplication takes it. What is in the upper halves does not matter.
struct philox_lanes {
  std::uint64_t keys[detail::philox_constants::rounds][2];

  F8_AVX2 explicit philox_lanes(std::uint64_t seed) {
    std::uint32_t key[2] = {static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32)};
    for (auto& round : keys) {
      for (int k = 0; k < 2; ++k) {
        round[k] = key[k];
        key[k] += detail::philox_constants::weyl[k];
      }
    }
  }

  /// The 16 words of blocks index to index + 3.
  F8_AVX2 halves words(std::uint64_t index) const {
    // The blocks are in the order 0 2 1 3, so that unpacking puts 0 and 1 into the lanes of one
    // register.
    const __m256i counter = _mm256_add_epi64(_mm256_set1_epi64x(static_cast<long long>(index)),
                                             _mm256_setr_epi64x(0, 2, 1, 3));
    __m256i x[4] = {counter, _mm256_srli_epi64(counter, 32), _mm256_setzero_si256(),
                    _mm256_setzero_si256()};
    for (const auto& key : keys) {
      const __m256i p0 =
          _mm256_mul_epu32(x[0], _mm256_set1_epi64x(detail::philox_constants::multiplier[0]));
      const __m256i p1 =
          _mm256_mul_epu32(x[2], _mm256_set1_epi64x(detail::philox_constants::multiplier[1]));
      x[0] = mix(p1, x[1], key[0]);
      x[2] = mix(p0, x[3], key[1]);
      x[1] = p1;
      x[3] = p0;
    }
    const __m256i words_01 = _mm256_blend_epi32(x[0], _mm256_slli_epi64(x[1], 32), 0xAA);
    const __m256i words_23 = _mm256_blend_epi32(x[2], _mm256_slli_epi64(x[3], 32), 0xAA);
    return {_mm256_unpacklo_epi64(words_01, words_23), _mm256_unpackhi_epi64(words_01, words_23)};
  }

 private:
  F8_AVX2 static __m256i mix(__m256i product, __m256i x, std::uint64_t key) {
    const __m256i keyed = _mm256_xor_si256(x, _mm256_set1_epi64x(static_cast<long long>(key)));
    return _mm256_xor_si256(_mm256_srli_epi64(product, 32), keyed);
  }
};

/// The magnitudes of codes of Target for 8 floats: the scalar core's round_magnitude with its
/// stochastic rounder. A fraction of a last place of `places` bits takes the upper ones of the
/// random bits.
template <class Target>
F8_AVX2 __m256i round_stochastically(__m256i x, __m256i random) {
  constexpr unsigned lowest = Target::emin + binary32::bias,
                     narrowing = binary32::trailing_bits - Target::trailing_bits;
  const __m256i zero = _mm256_setzero_si256();
  const __m256i field =
      _mm256_and_si256(_mm256_srli_epi32(x, binary32::trailing_bits), all32(0xFF));
  const __m256i hidden =
      _mm256_andnot_si256(_mm256_cmpeq_epi32(field, zero), all32(binary32::hidden_bit));
  const __m256i significand =
      _mm256_or_si256(_mm256_and_si256(x, all32(binary32::trailing_mask)), hidden);
  const __m256i distance = _mm256_max_epi32(_mm256_sub_epi32(all32(lowest), field), zero);
  const __m256i exponent = _mm256_max_epi32(_mm256_sub_epi32(field, all32(lowest)), zero);
  const __m256i shift = _mm256_min_epi32(distance, all32(31 - narrowing));
  const __m256i places = _mm256_add_epi32(shift, all32(narrowing));
  const __m256i scaled = _mm256_srlv_epi32(significand, _mm256_sub_epi32(distance, shift));
  const __m256i increment = _mm256_srlv_epi32(random, _mm256_sub_epi32(all32(32), places));
  const __m256i rounded = _mm256_srlv_epi32(_mm256_add_epi32(scaled, increment), places);
  return _mm256_add_epi32(rounded, _mm256_slli_epi32(exponent, Target::trailing_bits));
}

/// Encodes blocks of 32 that begin with a whole block of random words.
template <class Source, class Target>
struct stochastic_encoder {
  using rules_type = rules<Target, 8>;  // only what it says of the end of a conversion
  rules_type rule;
  philox_lanes random;

  F8_AVX2 void block(const byte* in, byte* out, std::uint64_t index) const {
    halves codes, magnitudes;
    sixteen(in, index, codes.first, magnitudes.first);
    sixteen(in + Source::width * 2, index + 4, codes.last, magnitudes.last);
    store<false>(out, undo_alternating(finish<Target, bfloat16_format>(magnitudes, codes, rule)));
  }

 private:
  F8_AVX2 void sixteen(const byte* in, std::uint64_t index, __m256i& codes,
                       __m256i& magnitudes) const {
    const __m256i a = read_floats<Source>(in), b = read_floats<Source>(in + Source::width);
    const halves words = random.words(index);
    codes = rounded_to_odd(a, b);
    magnitudes = lower_halves(round_stochastically<Target>(a, words.first),
                              round_stochastically<Target>(b, words.last));
  }
};

template <class Source, class Target>
F8_TARGET_AVX2 void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed,
                                       std::uint64_t first, overflow over) {
  std::size_t i = 0;
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if constexpr (encodes<Source, Target>) {
    using encoder = stochastic_encoder<Source, Target>;
    const std::size_t head = static_cast<std::size_t>(0 - first) % 4;
    if (n >= head + block_size) {
      scalar::convert_stochastic<Source, Target>(in, out, head, seed, first, over);
      const encoder kernel{typename encoder::rules_type(conversion{over}), philox_lanes(seed)};
      for (i = head; n - i >= block_size; i += block_size) {
        kernel.block(from + i * (Source::width / 8), to + i, (first + i) / 4);
      }
    }
  }
  scalar::convert_stochastic<Source, Target>(
      from + i * (Source::width / 8), to + i * (Target::width / 8), n - i, seed, first + i, over);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
