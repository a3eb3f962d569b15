// What scaled conversion does to chunks of floats, in the scalar core: the specification of each
// instruction set's kernels, and what runs where there is none or where a scale is out of the
// ordinary.
#ifndef F8_KERNELS_SCALAR_SCALING_HPP
#define F8_KERNELS_SCALAR_SCALING_HPP

#include <cstddef>
#include <cstdint>

#include "../../core/exact.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"

namespace f8 {
namespace {
namespace kernels {

/// Whether an array has a code that is 0 without its sign, and one that is not below a last one.
struct ends_met {
  bool zero, last;
};

/// The kernels of scaled conversion of an instruction set. They know arrays of floats whose length
/// is a multiple of `step`, and scales that are ordinary; x and products may be unaligned and of
/// any type. Each sets the rounding that it needs, whatever the state of the floating-point unit.
struct scaling_kernels {
  static constexpr std::size_t step = 16;

  /// quotients[i] = x[i] / scales[i], rounded to odd. Returns the largest code of x without sign.
  std::uint32_t (*divide)(const void* x, const float* scales, float* quotients, std::size_t n);
  /// Counts the codes that are without their sign neither below `first` nor above `last`.
  std::size_t (*count_between)(const float* quotients, std::size_t n, std::uint32_t first,
                               std::uint32_t last);
  /// Looks for the ends among codes of 8 bits, of which there may be any number.
  ends_met (*find_ends)(const void* x, std::size_t n, unsigned char last);
  /// Counts the codes of 8 bits that are above `last` without their sign, and makes each of them
  /// `less` less. There are at most 255 vectors of 16.
  std::size_t (*take_marks)(void* x, std::size_t n, unsigned char last, unsigned char less);
  /// products[i] = x[i] * scales[i], rounded to nearest even or to odd. `products` may be x.
  void (*multiply)(const void* x, const float* scales, void* products, std::size_t n);
  void (*multiply_to_odd)(const void* x, const float* scales, void* products, std::size_t n);
  /// Returns the largest code without sign.
  std::uint32_t (*largest)(const void* x, std::size_t n);
  /// largest[i] = the larger of it and x[i]'s code without sign.
  void (*raise)(const void* x, std::uint32_t* largest, std::size_t n);
};

/// True for a scale that kernels take: normal, positive, finite and not so small that
/// the remainder of a division, which says whether the quotient is exact, could be lost.
///
/// A remainder is a multiple of 2^-46 of the dividend: it is lost if the dividend is below 2^-100.
/// The quotient of such a dividend and 2^-60 at least is below what any Target in
/// `scales_by_kernel` tells from 0.
F8_FN constexpr bool is_ordinary(float scale) noexcept {
  constexpr std::uint32_t least = static_cast<std::uint32_t>(-60 + binary32::bias)
                                  << binary32::trailing_bits;
  return detail::bit_cast<std::uint32_t>(scale) - least < binary32::infinity - least;
}

/// True for a format of 8 bits of which kernels divide and multiply by ordinary scales: no product
/// of one of its codes and a power of two is too small for a float.
template <class Fp8>
constexpr bool scales_by_kernel = Fp8::emin - Fp8::trailing_bits > -20;

namespace scalar {

F8_FN inline std::uint64_t code64_of(std::uint32_t scale) noexcept {
  return detail::decode<binary64, binary32>(scale);
}

/// The code of binary64 for one of Source.
template <class Source>
F8_FN inline std::uint64_t widened(typename Source::word code) noexcept {
  return detail::recode<binary64, Source>(code, detail::directed{overflow::nonfinite});
}

/// A quotient of binary64 as a float, rounded to odd. The largest float stands for a quotient
/// beyond all floats, and for nothing else: a quotient between the last two floats becomes the odd
/// float before them, which no rounding to 8 bits tells from it.
F8_FN inline std::uint32_t quotient32(std::uint64_t quotient) noexcept {
  constexpr conversion to_odd{rounding::to_odd, overflow::nonfinite};
  constexpr std::uint64_t beyond = std::uint64_t{binary64::bias + binary32::emax + 1}
                                   << binary64::trailing_bits;
  const auto code = detail::recode<binary32, binary64>(quotient, detail::directed{to_odd});
  const bool is_last = (code & binary32::magnitude_mask) == binary32::max_finite;
  return is_last && (quotient & binary64::magnitude_mask) < beyond ? code - 2 : code;
}

template <class Source>
inline void divide(const void* x, const float* scales, float* quotients, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t dividend = widened<Source>(load<Source>(x, i));
    const std::uint64_t scale = code64_of(load<binary32>(scales, i));
    store<binary32>(quotients, i, quotient32(detail::quotient(dividend, scale)));
  }
}

template <class Source, class Target>
inline void multiply(const void* x, const float* scales, void* products, std::size_t n,
                     conversion how) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t p =
        detail::product(widened<Source>(load<Source>(x, i)), code64_of(load<binary32>(scales, i)));
    store<Target>(products, i, detail::recode<Target, binary64>(p, detail::directed{how}));
  }
}

inline ends_met find_ends(const unsigned char* x, std::size_t n, unsigned char last) {
  ends_met met{false, false};
  for (std::size_t i = 0; i < n; ++i) {
    met.zero = met.zero || (x[i] & 0x7F) == 0;
    met.last = met.last || (x[i] & 0x7F) >= last;
  }
  return met;
}

inline std::size_t take_marks(unsigned char* x, std::size_t n, unsigned char last,
                              unsigned char less) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if ((x[i] & 0x7F) <= last) continue;
    x[i] = static_cast<unsigned char>(x[i] - less);
    ++count;
  }
  return count;
}

/// The largest code without sign, 0 if none counts: NaNs do not, nor, if `finite`, do infinities.
template <class Source>
inline typename Source::word largest(const void* x, std::size_t n, bool finite) {
  typename Source::word result = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const typename Source::word code = load<Source>(x, i);
    const typename Source::word magnitude = code & Source::magnitude_mask;
    const bool counts =
        !detail::is_nan<Source>(code) && !(finite && detail::is_infinite<Source>(code));
    if (counts && magnitude > result) result = magnitude;
  }
  return result;
}

/// Null: scaled conversion calls the functions above, one element at a time.
inline constexpr const scaling_kernels* scaling = nullptr;

}  // namespace scalar
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"

#endif
