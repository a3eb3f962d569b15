// Pairs of formats, and what kernels of several instruction sets ask about them.
#ifndef F8_KERNELS_PAIRS_HPP
#define F8_KERNELS_PAIRS_HPP

#include <type_traits>

#include "../core/codec.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace kernels_detail {

/// True if kernels encode from Source to Target, which are those to the 8-bit formats with a
/// significand of 2 to 5 bits. Kernels give a subnormal number the hidden bit that it lacks, which
/// must be too small to matter: it is 2^-127 at most, and 8 bits are kept below Target's last
/// place. Some add a float that has that last place, which must be a float, then.
template <class Source, class Target>
constexpr bool encodes =
    (Source::width == 32 || Source::width == 16) && Source::has_infinity&& Target::width == 8 &&
    (Target::trailing_bits >= 1) && (Target::trailing_bits <= 4) &&
    (Target::emin + static_cast<int>(binary32::bias) >= 9 + Target::trailing_bits) &&
    (Target::emax + binary32::trailing_bits - Target::trailing_bits < binary32::emax);

/// True if kernels decode from Source to Target: every number of Source is one of Target, so that
/// what is left to decide is a NaN.
template <class Source, class Target>
constexpr bool decodes = Source::width == 8 &&
                         (Target::width == 16 || Target::width == 32) && contains<Target, Source>;

/// True for OCP's two formats, which are those that CPUs have instructions for.
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

/// True if rounding to Target leaves nothing of a subnormal float even where 32 random bits are
/// added to its fraction: kernels need not tell it from a normal one then.
template <class Target>
constexpr bool subnormals_are_lost = Target::emin + static_cast<int>(binary32::bias) >=
                                     32 + Target::trailing_bits;

}  // namespace kernels_detail
}  // namespace f8

#include "../core/undef.hpp"

#endif
