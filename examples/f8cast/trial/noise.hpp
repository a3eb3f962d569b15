// How far a sequence of numbers is from another.
#pragma once

#include <cstdint>
#include <optional>

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

}  // namespace f8cast
