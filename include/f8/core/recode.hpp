// Recode: from the bits of any format to the bits of any other, by the shortest way.
#ifndef F8_CORE_RECODE_HPP
#define F8_CORE_RECODE_HPP

#include <type_traits>

#include "decode.hpp"
#include "encode.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// The format that a source is encoded from: binary32 holds every narrower one. Stochastic rounding
/// needs the 64 bits of binary64 for its fraction.
template <class Source, class Rounder>
using encodable =
    std::conditional_t<Source::width <= 32 && Rounder::tiny_is_alike, binary32, binary64>;

/// Target's code for the value of a code of Source.
template <class Target, class Source, class Rounder>
F8_FN constexpr typename Target::word recode(typename Source::word code, Rounder rounder) noexcept {
  constexpr bool widens = Target::width > 8 && contains<Target, Source>;
  if constexpr (widens && decodes_directly<Target, Source>) {
    return decode<Target, Source>(code, rounder.how.nan);
  } else {
    using source = encodable<Source, Rounder>;
    if constexpr (widens) rounder.how.over = overflow::nonfinite;
    if constexpr (std::is_same_v<source, Source>) {
      return encode<Target, source>(code, rounder);
    } else {
      return encode<Target, source>(decode<source, Source>(code), rounder);
    }
  }
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
