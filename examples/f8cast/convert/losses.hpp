// What has no number any more after a conversion.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <f8/f8.hpp>

namespace f8cast {

/// Looks at 8 bytes at a time, in less than what reading them takes: one in the last place of an
/// exponent carries into the place of the sign, which was cut off, where the exponent is all ones.
template <class T>
bool all_are_finite(const T* x, std::size_t n) {
  using numbers_of = typename f8::float_traits<T>::format;
  using word = std::uint64_t;
  constexpr std::size_t at_once = sizeof(word) / sizeof(T);
  constexpr word lanes = ~word{0} / (~word{0} >> (64 - 8 * sizeof(T)));  // a 1 in each element
  constexpr word exponents = lanes * numbers_of::infinity;
  constexpr word last_places = lanes << numbers_of::trailing_bits;
  constexpr word signs = lanes << (8 * sizeof(T) - 1);
  word carries = 0;
  std::size_t i = 0;
  for (; n - i >= at_once; i += at_once) {
    word bits = 0;
    std::memcpy(&bits, x + i, sizeof bits);
    carries |= (bits & exponents) + last_places;
  }
  using std::isfinite;
  for (; i < n; ++i) {
    if (!isfinite(x[i])) return false;
  }
  return (carries & signs) == 0;
}

/// How much of one tensor was lost.
struct losses {
  std::uint64_t saturated = 0;  ///< without scales that would have kept them from it
  std::uint64_t infinite = 0;   ///< values that became so
  std::uint64_t nan = 0;        ///< the same
  std::uint64_t scales = 0;     ///< that are infinite or NaN

  bool any() const { return saturated > 0 || infinite > 0 || nan > 0 || scales > 0; }

  /// That in[i] became out[i].
  template <class In, class Out>
  void add_values(const In* in, const Out* out, std::size_t n) {
    using std::isfinite, std::isinf, std::isnan;
    if (all_are_finite(out, n)) return;
    for (std::size_t i = 0; i < n; ++i) {
      if (isfinite(out[i])) continue;
      if (isinf(out[i]) && isfinite(in[i])) ++infinite;
      if (isnan(out[i]) && !isnan(in[i])) ++nan;
    }
  }

  template <class Scale>
  void add_scales(const Scale* these, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (!std::isfinite(static_cast<float>(these[i]))) ++scales;
    }
  }
};

}  // namespace f8cast
