// cast: one value to another format. (Which types can be cast, and how a new one is taught, says
// core/float_traits.hpp, which comes with it.)
#ifndef F8_CAST_HPP
#define F8_CAST_HPP

#include <cstdint>
#include <type_traits>

#include "format.hpp"
#include "policy.hpp"

#include "core/source.hpp"

#include "core/config.hpp"

namespace f8 {

/// The value of x in the type To, rounded once from x's own bits.
///
/// To is any of the library's types, float or double, or a taught type; From is any of these, an
/// integer, or long double. A cast to an fp8 type does with NaN, infinities and values too large
/// what `how` says; so does one that narrows to 16 bits or to float. A cast that widens (To is
/// wider than 8 bits and has every value of From) is exact: infinities and -0 stay, and only
/// `how.nan` is heard. -0 stays -0 where To has one, and becomes +0 in fnuz formats.
template <class To, class From,
          std::enable_if_t<detail::is_target<To> && detail::is_source<From>, int> = 0>
F8_FN constexpr To cast(From x, conversion how = {}) noexcept {
  return detail::cast_with<To>(x, detail::directed{how});
}

/// The value of x in the type To, rounded up in magnitude with the probability of the fraction cut
/// off: if random + floor(fraction * 2^32) >= 2^32, for `random` uniform in [0, 2^32). So a value
/// representable in To never changes. Overflow, NaN, infinities and -0 are treated as by `cast`.
/// (From long double or an integer to double, the first 9 bits of the fraction are all that count.)
template <class To, class From,
          std::enable_if_t<detail::is_target<To> && detail::is_source<From>, int> = 0>
F8_FN constexpr To cast_stochastic(From x, std::uint32_t random,
                                   overflow over = overflow::saturate) noexcept {
  return detail::cast_with<To>(x, detail::stochastic{random, conversion{over}});
}

}  // namespace f8

#include "core/undef.hpp"

#endif
