// Which magnitudes become zero when they are rounded to a format, and which are too large: what
// statistics are counted by.
#ifndef F8_SCALING_LIMITS_HPP
#define F8_SCALING_LIMITS_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "../core/codec.hpp"
#include "../kernels/dispatch.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

/// Which magnitudes become zero, and which are too large, when they are rounded to Target.
template <class Target>
class limits {
 public:
  /// True if what would have the code after the largest finite one is beyond the floats.
  static constexpr bool reaches_the_end = detail::decode<binary32, Target>(Target::max_finite) +
                                              (binary32::hidden_bit >> Target::trailing_bits) >
                                          binary32::max_finite;

  explicit limits(rounding round) noexcept : rounder_{{round, overflow::nonfinite}} {
    for (const std::uint32_t negative : {0u, 1u}) {
      first_kept_[negative] = least_kept(negative);
      first_too_large_[negative] = least_too_large(negative);
    }
  }

  std::uint32_t first_too_large() const noexcept { return first_too_large_[0]; }
  std::uint32_t first_kept() const noexcept { return first_kept_[0]; }
  /// True if these are the limits of both signs.
  bool symmetric() const noexcept {
    return first_too_large_[0] == first_too_large_[1] && first_kept_[0] == first_kept_[1];
  }

  /// True if what is too large, and nothing else, becomes the code after the largest finite one
  /// where it does not saturate: not if it is rounded towards zero, nor in fnuz formats, whose NaN
  /// has no sign.
  bool marked() const noexcept {
    bool result = symmetric();
    for (const std::uint32_t negative : {0u, 1u}) {
      const std::uint32_t x = first_too_large();
      result = result && magnitude_of(x, negative) == Target::max_finite + 1 &&
               magnitude_of(x - 1, negative) == Target::max_finite;
    }
    return result;
  }

  /// Counts n quotients, given as floats that were rounded to odd.
  template <class Statistics>
  void count(const float* quotients, std::size_t n, Statistics& into) const {
    std::uint64_t nan = 0, large = 0, lost = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t code = kernels::load<binary32>(quotients, i);
      const std::uint32_t magnitude = code & binary32::magnitude_mask, negative = code >> 31;
      nan += magnitude > binary32::infinity ? 1 : 0;
      large += magnitude >= first_too_large_[negative] ? 1 : 0;
      lost += magnitude - 1 < first_kept_[negative] - 1 ? 1 : 0;
    }
    into.nan += nan;
    into.saturated += large - nan;
    into.underflowed += lost;
  }

 private:
  static constexpr std::uint32_t largest_finite =
      detail::decode<binary32, Target>(Target::max_finite);
  static constexpr std::uint32_t least = detail::decode<binary32, Target>(1);
  static constexpr int places = binary32::trailing_bits - Target::trailing_bits;
  static constexpr std::uint32_t half = std::uint32_t{1} << (places - 1);

  /// What a magnitude becomes, without sign.
  std::uint32_t magnitude_of(std::uint32_t x, std::uint32_t negative) const noexcept {
    const std::uint32_t code = x | negative << (binary32::width - 1);
    return detail::recode<Target, binary32>(code, rounder_) & Target::magnitude_mask;
  }

  /// The least magnitude that does not round to zero: anything, more than half of the least code's
  /// value or from there on, or that value.
  std::uint32_t least_kept(std::uint32_t negative) const noexcept {
    // Up to 2^-126 the codes of floats count units of one size, so that half of a value has half of
    // its code. Half of a larger value lies one binade below.
    constexpr std::uint32_t half_of_least =
        least <= binary32::hidden_bit ? least / 2 : least - binary32::hidden_bit;
    for (const std::uint32_t x : {1u, half_of_least, half_of_least + 1}) {
      if (magnitude_of(x, negative) != 0) return x;
    }
    return least;
  }

  /// The least magnitude that rounds beyond the largest finite one, were there codes: what is next
  /// to it, the middle or what is next to that, or what would have the next code. The last float
  /// stands for what is beyond the floats.
  std::uint32_t least_too_large(std::uint32_t negative) const noexcept {
    constexpr std::uint32_t last = largest_finite >> places;
    for (const std::uint32_t x :
         {largest_finite + 1, largest_finite + half, largest_finite + half + 1}) {
      if ((x + rounder_.increment(negative, half, x >> places)) >> places > last) return x;
    }
    return reaches_the_end ? binary32::max_finite : largest_finite + 2 * half;
  }

  detail::directed rounder_;
  std::uint32_t first_kept_[2], first_too_large_[2];
};

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
