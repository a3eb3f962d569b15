// Numbers as sign, exponent and significand, and their way into a format with one rounding.
#ifndef F8_CORE_UNPACKED_HPP
#define F8_CORE_UNPACKED_HPP

#include <type_traits>

#include "codes.hpp"
#include "rounder.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// The largest code that a magnitude can have in Target, as `code << Up`, plus Offset.
///
/// What replaces a finite magnitude too large is max_finite or the code after it, infinity: the
/// lesser of the magnitude and its replacement is right whether or not it is too large. Infinite
/// and NaN sources count as too large always.
template <class Target, class Word, int Up = 0, Word Offset = 0, class Rounder>
F8_FN constexpr Word largest(bool negative, bool infinite, bool nan,
                             const Rounder& rounder) noexcept {
  constexpr Word infinity = (Word{Target::infinity} << Up) + Offset;
  constexpr Word max_finite = (Word{Target::max_finite} << Up) + Offset;
  constexpr Word quiet_nan = (Word{Target::quiet_nan} << Up) + Offset;
  constexpr Word all_ones_nan = (Word{Target::all_ones_nan} << Up) + Offset;
  const bool nonfinite = rounder.how.over == overflow::nonfinite && rounder.overflows(negative);
  const Word from_finite = nonfinite ? infinity : max_finite;
  const Word from_infinity = rounder.how.over == overflow::saturate ? max_finite : infinity;
  const Word from_nan = rounder.how.nan == nan_code::quiet ? quiet_nan : all_ones_nan;
  return nan ? from_nan : infinite ? from_infinity : from_finite;
}

/// Target's code from a magnitude, which stands above Place bits to cut off, and the sign, which is
/// 0 or 1.
template <class Target, int Place, class Word>
F8_FN constexpr typename Target::word put_sign(Word magnitude, Word negative) noexcept {
  Word sign = negative << (Place + Target::width - 1);
  // Where zero has no sign, the sign is masked by 0 - code. That has a 1 at the place of the sign,
  // and above it, for every code of 1 to 2^(width - 1); for the code 0 it is 0.
  if constexpr (!Target::has_negative_zero) sign &= 0 - (magnitude >> Place);
  // The sign joins the magnitude before the bits are cut off, since compilers would otherwise pack
  // the signs and the magnitudes of many values separately.
  return static_cast<typename Target::word>((magnitude | sign) >> Place);
}

// A finite source is taken apart into
//
//     |x| = significand * 2^(exponent + Origin - Unit),    0 <= significand < 2^(Unit + 1)
//
// where the significand has its hidden bit, at position Unit, if x is normal. Bits too small for
// the significand may be or-ed into its lowest bit, as long as Unit leaves at least two bits below
// Target's precision.

/// A number that was taken apart so.
template <class Word>
struct unpacked {
  Word negative;  ///< 0 or 1
  std::make_signed_t<Word> exponent;
  Word significand;
};

/// Takes the value of a code apart. With `Tiny`, a value below 2^emin but zero may become any other
/// such value of its sign.
template <class Source, int Origin, bool Tiny = false>
F8_FN constexpr unpacked<typename Source::word> unpack(typename Source::word code) noexcept {
  using word = typename Source::word;
  using signed_word = std::make_signed_t<word>;
  constexpr signed_word one_binade = Source::hidden_bit;
  const word magnitude = code & Source::magnitude_mask;
  const bool subnormal = magnitude < Source::hidden_bit;
  // The exponent field, less that of 2^Origin. (A shift right of a negative number is arithmetic.)
  signed_word exponent =
      (static_cast<signed_word>(magnitude) - (Origin + Source::bias) * one_binade) >>
      Source::trailing_bits;
  // Subnormal numbers have the exponent of field 1, but no hidden bit.
  if constexpr (!Tiny) exponent += subnormal ? 1 : 0;
  return {static_cast<word>(code >> (Source::width - 1)), exponent,
          (code & Source::trailing_mask) | (subnormal ? 0 : Source::hidden_bit)};
}

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
  constexpr Word farthest = sizeof(Word) * 8 - 1;
  // Where tiny magnitudes do not round alike, the significand is moved up so that as many places
  // as there are lie below the last one.
  constexpr int spare = Rounder::tiny_is_alike ? 0 : static_cast<int>(farthest) - 1 - Unit;
  constexpr int place = Unit - Target::trailing_bits + spare;
  static_assert(place > 0 && Unit + 2 <= static_cast<int>(farthest));

  const signed_word from_lowest = x.exponent - (Target::emin - Origin);
  const signed_word e = from_lowest > 0 ? from_lowest : 0;
  const auto distance = static_cast<Word>(e - from_lowest);
  const Word aligned =
      shift_right_sticky(x.significand << spare, distance < farthest ? distance : farthest);
  const Word rounded = rounder.round(aligned, Word{1} << (place - 1), x.negative);
  return (rounded >> place) + (static_cast<Word>(e) << Target::trailing_bits);
}

/// Target's code from a magnitude of any size: what is too large decided, the sign put on. An
/// infinite or NaN source comes with a magnitude too large for Target.
template <class Target, class Word, class Rounder>
F8_FN constexpr typename Target::word finish(Word magnitude, Word negative, bool infinite, bool nan,
                                             const Rounder& rounder) noexcept {
  constexpr int place = static_cast<int>(sizeof(Word)) * 8 - Target::width;
  const Word limit = largest<Target, Word>(negative != 0, infinite, nan, rounder);
  const Word clamped = magnitude < limit ? magnitude : limit;
  const Word keeps_sign = rounder.how.nan == nan_code::canonical ? Word{nan} ^ 1 : 1;
  return put_sign<Target, place>(clamped << place, negative & keeps_sign);
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
