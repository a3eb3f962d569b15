// Rounders: what becomes of the bits that a target has no place for.
#ifndef F8_CORE_ROUNDER_HPP
#define F8_CORE_ROUNDER_HPP

#include <cstdint>

#include "../policy.hpp"

#include "config.hpp"

namespace f8 {
namespace detail {

// A rounder says what is added to a magnitude before the bits below its last place are cut off.
// `half` is the highest of the bits that are cut off; the lowest bit of `last` is the lowest one
// that stays.

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

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
