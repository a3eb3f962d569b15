// How far a sequence of numbers is from another.
#pragma once

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

}  // namespace f8cast
