#include "trial/noise.hpp"

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

}  // namespace f8cast
