// Decode and encode: from the bits of one format to the bits of another. Integers only, so that the
// result depends on nothing else: not on the rounding mode of the floating-point unit, FTZ, DAZ or
// -ffast-math. No branch depends on the data, so that loops over these functions vectorize; all is
// constexpr, so that nothing here is undefined.
#pragma once

#include <cstdint>
#include <type_traits>

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
  return ((code & Format::nan_mask) ^ Format::nan_flip) >= Format::first_nan;
}

template <class Format>
F8_FN constexpr bool is_infinite(typename Format::word code) noexcept {
  return Format::has_infinity && (code & Format::magnitude_mask) == Format::infinity;
}

/// The code of a NaN that was made from a NaN; `negative` is 0 or 1.
template <class Format>
F8_FN constexpr typename Format::word nan_bits(typename Format::word negative,
                                               nan_code nan) noexcept {
  const typename Format::word sign = negative << (Format::width - 1);
  return nan == nan_code::quiet      ? Format::quiet_nan | sign
         : nan == nan_code::all_ones ? Format::all_ones_nan | sign
                                     : Format::all_ones_nan;
}

// ------------------------------------------------------------------------------------------------------
// decode

/// True if decode<Target, Source> is defined: a subnormal code of Source either keeps its exponent
/// (and is subnormal in Target too) or becomes normal.
template <class Target, class Source>
constexpr bool decodes_directly = contains<Target, Source> &&
                                  (Target::emin == Source::emin ||
                                   Target::emin <= Source::emin - Source::trailing_bits);

/// Shifts a subnormal magnitude up until its first 1 stands where normal codes have the unit of the
/// exponent field, and adds the places to `shift`: by Step places if there is room for them, then
/// by half of it, down to 1. A normal magnitude is above every threshold and stays.
template <class Source, int Step, class Word>
F8_FN constexpr void normalize(Word& magnitude, Word& shift) noexcept {
  if constexpr (Step > 0) {
    if constexpr (Step <= Source::trailing_bits) {
      const bool low = magnitude < (Word{2} << (Source::trailing_bits - Step));
      magnitude = low ? magnitude << Step : magnitude;
      shift = low ? shift + Step : shift;
    }
    normalize<Source, Step / 2>(magnitude, shift);
  }
}

/// The code of Target for the same value. Exact; a NaN stays NaN and is quiet (or as `nan` says).
template <class Target, class Source>
F8_FN constexpr typename Target::word decode(typename Source::word code,
                                             nan_code nan = nan_code::quiet) noexcept {
  static_assert(decodes_directly<Target, Source>);
  using word = typename Target::word;
  constexpr int widening = Target::trailing_bits - Source::trailing_bits;
  const word negative = static_cast<word>(code >> (Source::width - 1));
  const word source_magnitude = code & Source::magnitude_mask;

  word magnitude = source_magnitude;
  if constexpr (Target::emin == Source::emin) {
    magnitude <<= widening;  // equal exponent fields: one shift moves subnormal codes too
  } else {
    // Widen, and move the exponent field from one bias to the other. The 1 that normalize brought
    // to the unit of the exponent field stands for emin, so `shift` is all that a subnormal code
    // adds. Zero has no 1 at all.
    word shift = 0;
    normalize<Source, 16>(magnitude, shift);
    const word rebias = static_cast<word>(Target::bias - Source::bias) - shift;
    magnitude =
        source_magnitude == 0 ? 0 : (magnitude << widening) + (rebias << Target::trailing_bits);
  }
  magnitude = is_infinite<Source>(code) ? Target::infinity : magnitude;
  return is_nan<Source>(code) ? nan_bits<Target>(negative, nan)
                              : magnitude | (negative << (Target::width - 1));
}

// ------------------------------------------------------------------------------------------------------
// encode
//
// A finite source is taken apart into
//
//     |x| = significand * 2^(exponent + Origin - Unit),    0 <= significand < 2^(Unit + 1)
//
// where the significand has its hidden bit, at position Unit, if x is normal. Bits too small for
// the significand may be or-ed into its lowest bit, as long as Unit leaves at least two bits below
// Target's precision.

template <class Word>
struct unpacked {
  Word negative;  ///< 0 or 1
  std::make_signed_t<Word> exponent;
  Word significand;
};

/// True if all subnormal values of Source are less than a quarter of Target's least: all of them
/// round alike.
template <class Target, class Source>
constexpr bool subnormals_are_tiny = Source::emin + 2 <= Target::emin - Target::trailing_bits;

/// `Tiny`: any value below 2^emin may stand for any other of its sign, and for zero too if
/// `tiny_is_zero`.
template <class Source, int Origin, bool Tiny = false>
F8_FN constexpr unpacked<typename Source::word> unpack(typename Source::word code,
                                                       bool tiny_is_zero = false) noexcept {
  using word = typename Source::word;
  using signed_word = std::make_signed_t<word>;
  constexpr signed_word one_binade = Source::hidden_bit;
  const word magnitude = code & Source::magnitude_mask;
  const bool subnormal = magnitude < Source::hidden_bit;
  const word hidden = !subnormal || (Tiny && tiny_is_zero) ? Source::hidden_bit : 0;
  // The exponent field, less that of 2^Origin. (A shift right of a negative number is arithmetic.)
  signed_word exponent =
      (static_cast<signed_word>(magnitude) - (Origin + Source::bias) * one_binade) >>
      Source::trailing_bits;
  // Subnormal numbers have the exponent of field 1, but no hidden bit.
  if constexpr (!Tiny) exponent += subnormal ? 1 : 0;
  return {static_cast<word>(code >> (Source::width - 1)), exponent,
          (code & Source::trailing_mask) | hidden};
}

// A rounder says what is added to the magnitude before the bits below its last place are cut off.
// `half` is the highest of them; the lowest bit of `last` is the lowest that stays.

/// Rounds as a conversion says.
struct directed {
  conversion how;

  template <class Word>
  F8_FN constexpr Word increment(Word negative, Word half, Word last) const noexcept {
    const Word below = 2 * half - 1;  // carries unless all the bits cut off are 0
    switch (how.round) {
      case rounding::nearest_even:
        return half - 1 + (last & 1);  // a tie carries into an odd bit
      case rounding::nearest_away:
        return half;
      case rounding::toward_zero:
        return 0;
      case rounding::upward:
        return below & (negative - 1);
      case rounding::downward:
        return below & (0 - negative);
      case rounding::to_odd:
        return below & ((last & 1) - 1);  // carries into a 0, and makes it 1
    }
    return 0;
  }

  /// True if a non-zero magnitude far below the last place rounds like any other such.
  static constexpr bool tiny_is_alike = true;

  /// True if it rounds like zero, too.
  F8_FN constexpr bool tiny_is_zero() const noexcept {
    return how.round == rounding::nearest_even || how.round == rounding::nearest_away ||
           how.round == rounding::toward_zero;
  }

  /// True if a magnitude too large becomes infinite where infinities are asked for.
  F8_FN constexpr bool overflows(bool negative) const noexcept {
    return how.round == rounding::nearest_even || how.round == rounding::nearest_away ||
           how.round == (negative ? rounding::downward : rounding::upward);
  }
};

/// Rounds up with the probability of the fraction cut off: adds random / 2^32 of the last place.
struct stochastic {
  std::uint32_t random;
  conversion how;

  F8_FN constexpr std::uint64_t increment(std::uint64_t, std::uint64_t half,
                                          std::uint64_t) const noexcept {
    return half >> 31 != 0 ? random * (half >> 31) : (random * half) >> 31;
  }

  static constexpr bool tiny_is_alike = false;
  F8_FN constexpr bool tiny_is_zero() const noexcept { return false; }
  F8_FN constexpr bool overflows(bool) const noexcept { return true; }
};

/// x shifted right, with a 1 in the lowest bit if any bit lost is 1.
template <class Word>
F8_FN constexpr Word shift_right_sticky(Word x, Word places) noexcept {
  const Word kept = x >> places;
  return kept | ((kept << places) != x ? 1u : 0u);
}

/// Target's code of the magnitude after one rounding, as if its exponents went on without end.
///
/// Let e be the larger of the exponent and that of Target's subnormal numbers. The significand is
/// shifted so that Target's last place at e always stands at one bit, and what is below is cut off
/// with its rounding. What remains is the significand of the result: its hidden bit, if it has one,
/// is the unit of the exponent field. Adding e (from Target's lowest, in that unit) completes the
/// code. A carry out of the significand moves into the exponent field by itself, from the largest
/// subnormal code to the smallest normal one too.
template <class Target, int Unit, int Origin, class Word, class Rounder>
F8_FN constexpr Word round_magnitude(const unpacked<Word>& x, const Rounder& rounder) noexcept {
  using signed_word = std::make_signed_t<Word>;
  constexpr int word_bits = static_cast<int>(sizeof(Word)) * 8;
  static_assert(Unit > Target::trailing_bits && Unit + 2 < word_bits);

  const signed_word from_lowest = x.exponent - (Target::emin - Origin);
  const signed_word e = from_lowest > 0 ? from_lowest : 0;

  // `reach` places below emin a significand is less than half of the last place, and farther down
  // it rounds alike.
  constexpr int reach = Target::precision + 1;
  constexpr bool has_room = Unit + 1 + reach <= word_bits && Rounder::tiny_is_alike;
  // Where tiny magnitudes are not alike, as many places below the last as there are.
  constexpr int spare = Rounder::tiny_is_alike ? 0 : word_bits - 2 - Unit;
  constexpr int place = Unit - Target::trailing_bits + (has_room ? reach : spare);
  constexpr Word half = Word{1} << (place - 1);
  const signed_word above = from_lowest - e;  // 0 for normal results, negative for subnormal ones
  Word aligned = 0;
  if constexpr (has_room) {  // left: nothing is lost, whatever the exponent
    aligned = x.significand << ((above > -reach ? above : -reach) + reach);
  } else {
    constexpr Word farthest = word_bits - 1;
    const auto distance = static_cast<Word>(-above);
    aligned = shift_right_sticky(x.significand << spare, distance < farthest ? distance : farthest);
  }
  const Word increment = rounder.increment(x.negative, half, aligned >> place);
  return ((aligned + increment) >> place) + (static_cast<Word>(e) << Target::trailing_bits);
}

/// Target's code from a magnitude of any size: what is too large decided, the sign put on. An
/// infinite or NaN source comes with a magnitude too large for Target.
///
/// What replaces a finite magnitude too large is max_finite or the code after it, infinity: the
/// lesser of the magnitude and its replacement is right whether or not it is too large. Infinite
/// and NaN sources are always too large.
template <class Target, class Word, class Rounder>
F8_FN constexpr typename Target::word finish(Word magnitude, Word negative, bool infinite, bool nan,
                                             const Rounder& rounder) noexcept {
  constexpr Word infinity = Target::infinity;
  constexpr Word max_finite = Target::max_finite;
  const bool nonfinite =
      rounder.how.over == overflow::nonfinite && rounder.overflows(negative != 0);
  const Word from_finite = nonfinite ? infinity : max_finite;
  const Word from_infinity = rounder.how.over == overflow::saturate ? max_finite : infinity;
  const Word from_nan =
      rounder.how.nan == nan_code::quiet ? Target::quiet_nan : Target::all_ones_nan;
  const Word limit = nan ? from_nan : infinite ? from_infinity : from_finite;
  magnitude = magnitude < limit ? magnitude : limit;
  // In arithmetic, since a second choice by `nan` tempts compilers to branch on it; and put
  // together at the top of the word, since they would pack sign and magnitude of many values
  // separately.
  const Word keeps_sign = rounder.how.nan == nan_code::canonical ? Word{nan} ^ 1 : 1;
  constexpr int top = static_cast<int>(sizeof(Word)) * 8 - 1;
  constexpr int up = top + 1 - Target::width;
  Word sign = (negative & keeps_sign) << top;
  if constexpr (!Target::has_negative_zero) sign = magnitude == 0 ? 0 : sign;
  return static_cast<typename Target::word>(((magnitude << up) | sign) >> up);
}

/// Target's code for the value of a code of Source, a format with infinities and with more
/// precision.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word encode(typename Source::word code,
                                             const Rounder& rounder) noexcept {
  constexpr bool tiny = subnormals_are_tiny<Target, Source>;
  const auto x = unpack<Source, Target::emin, tiny>(code, rounder.tiny_is_zero());
  auto magnitude = round_magnitude<Target, Source::trailing_bits, Target::emin>(x, rounder);
  if constexpr (Target::emax == Source::emax) {  // infinities and NaNs are not yet too large
    magnitude = x.exponent > Target::emax - Target::emin ? Source::magnitude_mask : magnitude;
  }
  return finish<Target>(magnitude, x.negative, is_infinite<Source>(code), is_nan<Source>(code),
                        rounder);
}

}  // namespace detail
}  // namespace f8

#include "detail/undef.hpp"
