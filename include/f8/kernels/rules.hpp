// What kernels of several instruction sets share: a conversion as numbers, which vectors can be
// filled with.
#ifndef F8_KERNELS_RULES_HPP
#define F8_KERNELS_RULES_HPP

#include <cstdint>
#include <type_traits>

#include "../core/codec.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace kernels_detail {

/// What a NaN becomes, but for its sign.
template <class Target>
F8_FN constexpr std::uint32_t nan_of(conversion how) {
  // Not a choice of the two, which are one code in some formats: compilers warn of such a choice.
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

/// True if kernels encode from Source to Target: they are made for the 8-bit formats with a
/// significand of 2 to 5 bits. They give a subnormal number the hidden bit that it lacks, which
/// must be too small to matter: it is 2^-127 at most, and 8 bits are kept below Target's last
/// place. Some add floats that have that last place: there must be such.
template <class Source, class Target>
constexpr bool encodes =
    (Source::width == 32 || Source::width == 16) && Source::has_infinity&& Target::width == 8 &&
    (Target::trailing_bits >= 1) && (Target::trailing_bits <= 4) &&
    (Target::emin + static_cast<int>(binary32::bias) >= 9 + Target::trailing_bits) &&
    (Target::emax + binary32::trailing_bits - Target::trailing_bits < binary32::emax);

/// True if every code of Source but a NaN is one of Target, so that kernels decode with the quiet
/// NaN alone.
template <class Source, class Target>
constexpr bool decodes = Source::width == 8 &&
                         (Target::width == 16 || Target::width == 32) && contains<Target, Source>;

/// True for OCP's two formats, which are those that CPUs convert.
template <class Format>
constexpr bool is_ofp8 = std::is_same_v<Format, binary_format<4, 3, special_values::fn>> ||
                         std::is_same_v<Format, binary_format<5, 2>>;

template <class Format>
constexpr bool is_16_bits =
    std::is_same_v<Format, binary16> || std::is_same_v<Format, bfloat16_format>;

/// True for the pairs of float and 16 bits.
template <class Source, class Target>
constexpr bool is_half_kernel = (std::is_same_v<Source, binary32> && is_16_bits<Target>) ||
                                (is_16_bits<Source> && std::is_same_v<Target, binary32>);

/// True if nothing is left of a subnormal float where random bits of 32 are added to its fraction:
/// then kernels need not tell it from a normal one.
template <class Target>
constexpr bool subnormals_are_lost = Target::emin + static_cast<int>(binary32::bias) >=
                                     32 + Target::trailing_bits;

}  // namespace kernels_detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
