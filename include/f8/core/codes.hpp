// What a code says by itself: whether it is NaN or infinite; and the codes of NaNs.
#ifndef F8_CORE_CODES_HPP
#define F8_CORE_CODES_HPP

#include "../format.hpp"
#include "../policy.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

/// std::bit_cast, which C++17 lacks.
template <class To, class From>
F8_FN constexpr To bit_cast(From x) noexcept {
  return __builtin_bit_cast(To, x);
}

/// True for every NaN, whatever its sign.
template <class Format>
F8_FN constexpr bool is_nan(typename Format::word code) noexcept {
  return ((code & Format::nan_mask) ^ Format::nan_flip) >= Format::first_nan;
}

/// True for both infinities, and for no code where the format has none.
template <class Format>
F8_FN constexpr bool is_infinite(typename Format::word code) noexcept {
  return Format::has_infinity && (code & Format::magnitude_mask) == Format::infinity;
}

/// The code of the NaN that a NaN becomes; `negative`, its sign, is 0 or 1.
template <class Format>
F8_FN constexpr typename Format::word nan_bits(typename Format::word negative,
                                               nan_code nan) noexcept {
  const typename Format::word sign = negative << (Format::width - 1);
  return nan == nan_code::quiet      ? Format::quiet_nan | sign
         : nan == nan_code::all_ones ? Format::all_ones_nan | sign
                                     : Format::all_ones_nan;
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
