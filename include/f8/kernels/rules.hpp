// A conversion as numbers, with which the vectors of any instruction set can be filled.
#ifndef F8_KERNELS_RULES_HPP
#define F8_KERNELS_RULES_HPP

#include <cstdint>

#include "../core/codec.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace kernels_detail {

/// What a NaN becomes, but for its sign.
template <class Target>
F8_FN constexpr std::uint32_t nan_of(conversion how) {
  // This is no choice between the two by ?:, since they are one code in some formats, and compilers
  // warn of such a choice.
  std::uint32_t nan = Target::all_ones_nan;
  if (how.nan == nan_code::quiet) nan = Target::quiet_nan;
  return nan;
}

/// A conversion to an 8-bit Target as numbers, so that one kernel does all: what the scalar core
/// adds and chooses, for significands with `Point` bits below Target's last place.
template <class Target, int Point>
struct rules {
  std::uint32_t increment;  ///< is added below the last place,
  std::uint32_t
      negative_flip;         ///< but these bits of it are the other way round for negative numbers,
  std::uint32_t odd_change;  ///< and this much more where the last place is odd
  std::uint32_t too_large, negative_too_large, infinite, nan;  ///< codes without sign
  std::uint32_t nan_sign;                                      ///< what of a NaN's sign is kept

  F8_FN explicit constexpr rules(conversion how)
      : increment(0),
        negative_flip(0),
        odd_change(0),
        too_large(limit(how, false)),
        negative_too_large(limit(how, true)),
        infinite(how.over == overflow::saturate ? Target::max_finite : Target::infinity),
        nan(nan_of<Target>(how)),
        nan_sign(how.nan == nan_code::canonical ? 0 : Target::sign_bit) {
    constexpr std::uint32_t half = std::uint32_t{1} << (Point - 1);
    const detail::directed rounder{how};
    increment = rounder.increment(std::uint32_t{0}, half, std::uint32_t{0});
    negative_flip = increment ^ rounder.increment(std::uint32_t{1}, half, std::uint32_t{0});
    odd_change = rounder.increment(std::uint32_t{0}, half, std::uint32_t{1}) - increment;
  }

 private:
  F8_FN static constexpr std::uint32_t limit(conversion how, bool negative) {
    const bool nonfinite =
        how.over == overflow::nonfinite && detail::directed{how}.overflows(negative);
    return nonfinite ? Target::infinity : Target::max_finite;
  }
};

}  // namespace kernels_detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
