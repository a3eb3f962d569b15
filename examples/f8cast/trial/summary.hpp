// How far numbers are from others, and what a cast did to the values of a tensor: gathered value by
// value in memory that does not grow.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "types/format.hpp"

namespace f8cast {

/// The signal, and the noise that was added to it.
struct noise {
  double signal = 0;  ///< sum of x^2
  double power = 0;   ///< sum of (y - x)^2

  /// The finite x became y.
  void add(double x, double y);
  void add(const noise& other);

  /// 10 log10(signal / power): infinite where every y was exact, none without a signal.
  std::optional<double> snr_db() const;
};

struct deviation {
  std::uint64_t values = 0;
  std::uint64_t differing = 0;    ///< a NaN differs from all but a NaN
  std::uint64_t to_zero = 0;      ///< of those, zero in b alone
  double largest_difference = 0;  ///< |b - a|
  double largest_error = 0;       ///< |b - a| / |a|, neither of them zero
  noise finite;                   ///< of the pairs of finite numbers, as are the three above

  void add(double a, double b);
  void add(const deviation& other);
};

struct error_histogram {
  /// The least error that has a binade of its own is 2^-binades.
  static constexpr std::size_t binades = 12;

  std::uint64_t exact = 0;
  std::uint64_t smaller = 0;                       ///< but not exact
  std::array<std::uint64_t, binades> by_binade{};  ///< [k]: from 2^-(k+1) to below 2^-k

  /// An error below 1.
  void add(double error);
  void add(const error_histogram& other);
};

struct summary {
  std::uint64_t values = 0;
  std::uint64_t saturated = 0;    ///< infinite, or beyond the largest finite value after rounding
  std::uint64_t underflowed = 0;  ///< not zero, and cast to zero
  std::uint64_t nans = 0;
  double largest = 0;  ///< magnitude, of all but NaN
  double largest_error =
      0;  ///< |y - x| / |x|, of the finite x that neither saturated nor became zero
  double largest_difference = 0;  ///< |y - x|, of the finite x
  noise finite;                   ///< of the finite x

  error_histogram errors;  ///< of the same as largest_error

  /// How often each code occurs, by its f8::order_key; NaN is left out. This is the sorted array of
  /// codes, in short.
  std::array<std::uint64_t, 256> codes{};

  /// x became y, the value of the code with this key.
  void add(double x, double y, bool saturates, std::uint8_t key);
  void add(const tried& values);
  void add(const summary& other);

  /// The key of the smallest code that is not below `percent` of all: 0 for the smallest, 100 for
  /// the largest. None where there is none but NaN.
  std::optional<std::uint8_t> quantile(unsigned percent) const;
};

}  // namespace f8cast
