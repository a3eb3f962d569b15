// Decode and encode: from the bits of one format to the bits of another. Integers only, so that the
// result depends on nothing else: not on the rounding mode of the floating-point unit, FTZ, DAZ or
// -ffast-math. No branch depends on the data, so that loops over these functions vectorize; all is
// constexpr, so that nothing here is undefined.
#ifndef F8_CORE_CODEC_HPP
#define F8_CORE_CODEC_HPP

#include <cstdint>
#include <type_traits>

#include "../format.hpp"
#include "../policy.hpp"

#include "config.hpp"

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

  /// `magnitude` with its increment added. The bits below the last place are still to be cut off.
  template <class Word>
  F8_FN constexpr Word round(Word magnitude, Word half, Word negative) const noexcept {
    if (how.round == rounding::nearest_even) {
      // Ties down, and ties up. These differ above the bits to be cut off in a tie only, and then
      // by one: if `up` is odd there, `down` is the even one, and `up` without its last bit.
      const Word down = magnitude + (half - 1);
      const Word up = down + 1;
      return up & (down | ~(2 * half));
    }
    return magnitude + increment(negative, half, magnitude / (2 * half));
  }

  /// True if a non-zero magnitude far below the last place rounds like any other such.
  static constexpr bool tiny_is_alike = true;

  /// True if half of the last place rounds to zero, and so does all below it.
  F8_FN constexpr bool half_is_zero() const noexcept {
    return how.round == rounding::nearest_even || how.round == rounding::toward_zero;
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
  F8_FN constexpr std::uint64_t round(std::uint64_t magnitude, std::uint64_t half,
                                      std::uint64_t negative) const noexcept {
    return magnitude + increment(negative, half, 0);
  }

  static constexpr bool tiny_is_alike = false;
  F8_FN constexpr bool overflows(bool) const noexcept { return true; }
};

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
  // Less a code of 1 to 2^(width - 1), 0 has only ones from the sign's bit of a code on.
  if constexpr (!Target::has_negative_zero) sign &= 0 - (magnitude >> Place);
  // Together before the cut, since compilers would pack sign and magnitude of many values
  // separately.
  return static_cast<typename Target::word>((magnitude | sign) >> Place);
}

// ---------------------------------------------------------------- from a format with a wider range

/// True if all subnormal values of Source are less than a quarter of Target's least: all of them
/// round alike.
template <class Target, class Source>
constexpr bool subnormals_are_tiny = Source::emin + 2 <= Target::emin - Target::trailing_bits;

/// True if encode_inside is defined: half of Target's least value is a normal number of Source, and
/// so is what would have the code after Target's last; a word has room for a code above a
/// significand.
template <class Target, class Source>
constexpr bool lies_inside = subnormals_are_tiny<Target, Source> &&
                             ((1 << Target::exponent_bits) - Target::bias <= Source::emax) &&
                             (Source::precision + Target::width <= Source::width);

/// Target's code for the value of a code of Source, where nothing that Target has reaches an end of
/// Source's range.
///
///     code of Source              s eeeeeeee mmmmmmmmmmmmmmmmmmmmmmm
///     magnitude, aligned          0 EEEE MMM mmmmmmmmmmmmmmmmmmmmmmmm    (binary32 to e4m3)
///     rounded, with its sign      s EEEE MMM .......................
///
/// What is too large is decided before rounding: a magnitude beyond `largest` becomes that, as if
/// the codes of infinity and NaN went on as numbers. It has that code after rounding, then, and one
/// below it is rounded first.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word encode_inside(typename Source::word code,
                                                    const Rounder& rounder) noexcept {
  using word = typename Source::word;
  using signed_word = std::make_signed_t<word>;
  constexpr int trailing = Source::trailing_bits;
  constexpr word unit = Source::hidden_bit;  // of the exponent field
  constexpr int top = Source::width - 1;
  const word magnitude = code & Source::magnitude_mask;
  const word negative = code >> top;

  // 1. Exponents are counted from that of half of Target's least value; what is below counts as
  // that. `bits` has its exponent, the places from there, in the exponent field.
  constexpr word half_of_least = static_cast<word>(Target::emin - Target::precision + Source::bias)
                                 << trailing;
  const auto above = static_cast<signed_word>(magnitude - half_of_least);
  const word bits = above > 0 ? static_cast<word>(above) : 0;

  // 2. Up to emin, which is `precision` places up, the significand moves left by all its places, so
  // that Target's last place stands always at one bit: 2 * unit. Places farther up stay in the
  // exponent field. It gets one more for the hidden bit, and moves with the significand to be the
  // exponent field of the code: 0 below emin, 1 at emin.
  constexpr word precision = Target::precision;
  constexpr word start = precision << trailing;
  const word limit = largest<Target, word, trailing - Target::trailing_bits, start>(
      negative != 0, is_infinite<Source>(code), is_nan<Source>(code), rounder);
  const word places = bits >> trailing;
  const word shift = places < precision ? word{places} : precision;
  const word with_hidden = bits + unit;
  const word clamped = with_hidden < limit ? with_hidden : limit;
  word aligned = (clamped - (shift << trailing)) << shift;

  // 3. What is less than half of the least stands as half, in which some roundings see a tie or
  // more than zero. So they get any number between 0 and half for it, and 0 for zero. (A number
  // below 0 has 1 in its highest bit.)
  if (!rounder.half_is_zero()) {
    aligned -= (static_cast<word>(above) >> top) + ((magnitude - 1) >> top) * (unit - 1);
  }
  const word rounded = rounder.round(aligned, unit, negative);

  // 4. The sign, of a NaN only if it is to be kept. Without a comparison, since a second choice by
  // `nan` tempts compilers to branch on it: a magnitude less first_nan is below 0 unless it is NaN.
  const word signs =
      rounder.how.nan == nan_code::canonical ? code & (magnitude - Source::first_nan) : code;
  return put_sign<Target, trailing + 1>(rounded, signs >> top);
}

// ---------------------------------------------------------------- from any other source
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

/// `Tiny`: any value below 2^emin but zero may stand for any other of its sign.
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
  // Where tiny magnitudes are not alike, as many places below the last as there are.
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

/// Target's code for the value of a code of Source, a format with infinities and with more
/// precision.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word encode(typename Source::word code,
                                             const Rounder& rounder) noexcept {
  if constexpr (Rounder::tiny_is_alike && lies_inside<Target, Source>) {
    return encode_inside<Target, Source>(code, rounder);
  } else {
    constexpr bool tiny = Rounder::tiny_is_alike && subnormals_are_tiny<Target, Source>;
    const auto x = unpack<Source, Target::emin, tiny>(code);
    auto magnitude = round_magnitude<Target, Source::trailing_bits, Target::emin>(x, rounder);
    if constexpr (Target::emax == Source::emax) {  // infinities and NaNs are not yet too large
      magnitude = x.exponent > Target::emax - Target::emin ? Source::magnitude_mask : magnitude;
    }
    return finish<Target>(magnitude, x.negative, is_infinite<Source>(code), is_nan<Source>(code),
                          rounder);
  }
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
