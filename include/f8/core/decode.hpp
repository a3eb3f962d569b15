// Decode: the code of a wider format for the value of a code. It is exact.
#ifndef F8_CORE_DECODE_HPP
#define F8_CORE_DECODE_HPP

#include "codes.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// True if decode<Target, Source> is defined: a subnormal code of Source either keeps its exponent
/// (and is subnormal in Target too) or becomes normal.
template <class Target, class Source>
inline constexpr bool decodes_directly = contains<Target, Source> &&
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

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
