// Encode: the code of a narrower format for the value of a code, rounded once.
#ifndef F8_CORE_ENCODE_HPP
#define F8_CORE_ENCODE_HPP

#include <type_traits>

#include "unpacked.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// True if all subnormal values of Source are less than a quarter of Target's least: all of them
/// round alike.
template <class Target, class Source>
inline constexpr bool subnormals_are_tiny =
    Source::emin + 2 <= Target::emin - Target::trailing_bits;

/// True if encode_inside is defined: half of Target's least value is a normal number of Source, and
/// so is what would have the code after Target's last; a word has room for a code above a
/// significand.
template <class Target, class Source>
inline constexpr bool lies_inside = subnormals_are_tiny<Target, Source> &&
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
