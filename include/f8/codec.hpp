// Decode and encode: from the bits of one format to the bits of another. Integers only, so that the result depends on
// nothing else: not on the rounding mode of the floating-point unit, FTZ, DAZ or -ffast-math. No branch depends on
// the data, so that loops over these functions vectorize; all is constexpr, so that nothing here is undefined.
#pragma once

#include <cstdint>

#include "format.hpp"
#include "policy.hpp"

#include "detail/config.hpp"

namespace f8 {
namespace detail {

template <class To, class From>
F8_FN constexpr To bit_cast(From x) noexcept {
  return __builtin_bit_cast(To, x);
}

template <class Format>
F8_FN constexpr bool is_nan(typename Format::word code) noexcept {
  using word = typename Format::word;
  return static_cast<word>((code & Format::nan_mask) - Format::first_nan) <= Format::nan_span;
}

template <class Format>
F8_FN constexpr bool is_infinite(typename Format::word code) noexcept {
  return Format::has_infinity && (code & Format::magnitude_mask) == Format::infinity;
}

/// The code of a NaN that was made from a NaN; `negative` is 0 or 1.
template <class Format>
F8_FN constexpr typename Format::word nan_bits(typename Format::word negative, nan_code nan) noexcept {
  const typename Format::word sign = negative * Format::sign_bit;
  return nan == nan_code::quiet      ? Format::quiet_nan | sign
         : nan == nan_code::all_ones ? Format::all_ones_nan | sign
                                     : Format::all_ones_nan;
}

// ------------------------------------------------------------------------------------------------------ decode

/// True if decode<Target, Source> is defined: a subnormal code of Source either keeps its exponent (and is
/// subnormal in Target too) or becomes normal.
template <class Target, class Source>
constexpr bool decodes_directly =
    contains<Target, Source> && (Target::emin == Source::emin || Target::emin <= Source::emin - Source::trailing_bits);

/// The code of Target for the same value. Exact; a NaN stays NaN and is quiet (or as `nan` says).
template <class Target, class Source>
F8_FN constexpr typename Target::word decode(typename Source::word code, nan_code nan = nan_code::quiet) noexcept {
  static_assert(decodes_directly<Target, Source>);
  using word = typename Target::word;
  constexpr int widening = Target::trailing_bits - Source::trailing_bits;
  const word negative = static_cast<word>(code >> (Source::width - 1));
  const word source_magnitude = code & Source::magnitude_mask;

  word magnitude = source_magnitude;
  if constexpr (Target::emin == Source::emin) {
    magnitude <<= widening;  // equal exponent fields: one shift moves subnormal codes too
  } else {
    // 1. Shift a subnormal significand up until its first 1 stands where normal codes have the unit of the exponent
    //    field; a normal code is above every threshold and stays. `shift` counts the places.
    word shift = 0;
    for (int step = 16; step > 0; step /= 2) {
      if (step > Source::trailing_bits) continue;
      const bool low = magnitude < (word{2} << (Source::trailing_bits - step));
      magnitude <<= low ? step : 0;
      shift += low ? static_cast<word>(step) : 0;
    }
    // 2. Widen, and move the exponent field from one bias to the other. The 1 that step 1 brought to the unit of the
    //    exponent field stands for emin, so `shift` is all that a subnormal code adds. Zero has no 1 at all.
    const word rebias = static_cast<word>(Target::bias - Source::bias) - shift;
    magnitude = source_magnitude == 0 ? 0 : (magnitude << widening) + (rebias << Target::trailing_bits);
  }
  magnitude = is_infinite<Source>(code) ? Target::infinity : magnitude;
  return is_nan<Source>(code) ? nan_bits<Target>(negative, nan) : magnitude | (negative * Target::sign_bit);
}

// ------------------------------------------------------------------------------------------------------ encode
//
// A finite source is taken apart into
//
//     |x| = significand * 2^(exponent - Bias - Unit),    0 <= significand < 2^(Unit + 1),    exponent >= 1
//
// where the significand has its hidden bit, at position Unit, if x is normal. Bits too small for the significand
// may be or-ed into its lowest bit, as long as Unit leaves at least two bits below Target's precision.

template <class Word>
struct unpacked {
  Word negative;  ///< 0 or 1
  Word exponent;
  Word significand;
};

template <class Source>
F8_FN constexpr unpacked<typename Source::word> unpack(typename Source::word code) noexcept {
  using word = typename Source::word;
  const word magnitude = code & Source::magnitude_mask;
  const word field = magnitude >> Source::trailing_bits;
  const word exponent = field > 1 ? field : 1;  // subnormal numbers have the exponent of field 1, but no hidden bit
  return {static_cast<word>(code >> (Source::width - 1)), exponent,
          static_cast<word>(magnitude - ((exponent - 1) << Source::trailing_bits))};
}

// A rounder says what is added below the last place before the bits there are cut off. `places` is how many bits are
// cut off (at least 1, less than Word has), `last` is the bit above them.

/// Rounds as a conversion says.
struct directed {
  conversion how;

  template <class Word>
  F8_FN constexpr Word increment(Word negative, Word places, Word last) const noexcept {
    const Word below = (Word{1} << places) - 1;  // carries unless all the bits cut off are 0
    const Word half = Word{1} << (places - 1);
    switch (how.round) {
      case rounding::nearest_even: return half - 1 + last;  // a tie carries only into an odd last bit
      case rounding::nearest_away: return half;
      case rounding::toward_zero: return 0;
      case rounding::upward: return below & (negative - 1);
      case rounding::downward: return below & (0 - negative);
      case rounding::to_odd: return below & (last - 1);  // carries only into a last bit of 0, and makes it 1
    }
    return 0;
  }

  /// The significand where `excess` more places are to be cut off than a word has. Any non-zero value rounds alike.
  template <class Word>
  F8_FN constexpr Word scaled(Word significand, Word) const noexcept {
    return significand;
  }

  /// True if a magnitude too large becomes infinite where infinities are asked for.
  F8_FN constexpr bool overflows(bool negative) const noexcept {
    return how.round == rounding::nearest_even || how.round == rounding::nearest_away ||
           how.round == (negative ? rounding::downward : rounding::upward);
  }
};

/// Rounds up with the probability of the fraction cut off: adds a random fraction of the last place.
struct stochastic {
  std::uint32_t random;
  conversion how;

  template <class Word>
  F8_FN constexpr Word increment(Word, Word places, Word) const noexcept {
    constexpr Word word_bits = sizeof(Word) * 8;
    return (Word{random} << (word_bits - 32)) >> (word_bits - places);
  }

  template <class Word>
  F8_FN constexpr Word scaled(Word significand, Word excess) const noexcept {
    return excess < sizeof(Word) * 8 ? significand >> excess : 0;
  }

  F8_FN constexpr bool overflows(bool) const noexcept { return true; }
};

/// Target's code of the magnitude after one rounding, as if its exponents went on without end.
///
/// Let e be the larger of the exponent and that of Target's subnormal numbers. In units of Target's last place at e,
/// the significand has `places` bits too many. Cut off with their rounding, what remains is the significand of the
/// result: its hidden bit, if it has one, is the unit of the exponent field. Adding e (from Target's lowest, in that
/// unit) completes the code. A carry out of the significand moves into the exponent field by itself, from the
/// largest subnormal code to the smallest normal one too.
template <class Target, int Unit, int Bias, class Word, class Rounder>
F8_FN constexpr Word round_magnitude(const unpacked<Word>& x, const Rounder& rounder) noexcept {
  constexpr int word_bits = static_cast<int>(sizeof(Word)) * 8;
  constexpr Word lowest = static_cast<Word>(Target::emin + Bias);
  constexpr Word narrowing = static_cast<Word>(Unit - Target::trailing_bits);
  static_assert(Target::emin + Bias >= 1 && Unit > Target::trailing_bits && Unit + 2 < word_bits);

  // A magnitude far below the last place loses all its bits: the shift stops short of the word's width, where any
  // significand is less than a quarter of the last place.
  constexpr Word all_places = word_bits - 1;
  const Word e = x.exponent > lowest ? x.exponent : lowest;
  const Word distance = e - x.exponent + narrowing;
  const Word places = distance < all_places ? distance : all_places;
  const Word significand = rounder.scaled(x.significand, distance - places);
  const Word last = (significand >> places) & 1;
  const Word rounded = (significand + rounder.increment(x.negative, places, last)) >> places;
  return rounded + ((e - lowest) << Target::trailing_bits);
}

/// Target's code from a magnitude of any size: overflow, infinity and NaN decided, the sign put on.
template <class Target, class Word, class Rounder>
F8_FN constexpr typename Target::word finish(Word magnitude, Word negative, bool infinite, bool nan,
                                             const Rounder& rounder) noexcept {
  constexpr Word max_finite = Target::max_finite;
  constexpr Word infinity = Target::infinity;
  const bool nonfinite = rounder.how.over == overflow::nonfinite && rounder.overflows(negative != 0);
  const Word too_large = nonfinite ? infinity : max_finite;
  const Word from_infinity = rounder.how.over == overflow::saturate ? max_finite : infinity;
  magnitude = magnitude > max_finite ? too_large : magnitude;
  magnitude = infinite ? from_infinity : magnitude;
  Word sign = negative * Word{Target::sign_bit};
  if constexpr (!Target::has_negative_zero) sign = magnitude == 0 ? 0 : sign;
  const Word from_nan = nan_bits<Target>(static_cast<typename Target::word>(negative), rounder.how.nan);
  return static_cast<typename Target::word>(nan ? from_nan : magnitude | sign);
}

/// Target's code for the value of a code of Source, a format with infinities and with more precision.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word encode(typename Source::word code, const Rounder& rounder) noexcept {
  const auto x = unpack<Source>(code);
  const auto magnitude = round_magnitude<Target, Source::trailing_bits, Source::bias>(x, rounder);
  return finish<Target>(magnitude, x.negative, is_infinite<Source>(code), is_nan<Source>(code), rounder);
}

}  // namespace detail
}  // namespace f8

#include "detail/undef.hpp"
