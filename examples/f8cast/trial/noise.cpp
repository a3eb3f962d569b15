#include "trial/noise.hpp"

#include <algorithm>
#include <cmath>

namespace f8cast {

void noise::add(double x, double y) {
  signal += x * x;
  power += (y - x) * (y - x);
}

void noise::add(const noise& other) {
  signal += other.signal;
  power += other.power;
}

std::optional<double> noise::snr_db() const {
  if (signal == 0 || !std::isfinite(signal) || !std::isfinite(power)) return std::nullopt;
  return 10 * std::log10(signal / power);
}

void deviation::add(double a, double b) {
  ++values;
  if (a != b && !(std::isnan(a) && std::isnan(b))) ++differing;
  if (!std::isfinite(a) || !std::isfinite(b)) return;
  finite.add(a, b);
  const double difference = std::fabs(b - a);
  largest_difference = std::max(largest_difference, difference);
  if (a == 0) return;
  if (b == 0) {
    ++to_zero;
  } else {
    largest_error = std::max(largest_error, difference / std::fabs(a));
  }
}

void deviation::add(const deviation& other) {
  values += other.values;
  differing += other.differing;
  to_zero += other.to_zero;
  largest_difference = std::max(largest_difference, other.largest_difference);
  largest_error = std::max(largest_error, other.largest_error);
  finite.add(other.finite);
}

}  // namespace f8cast
