#include "trial/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

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

void error_histogram::add(double error) {
  if (error == 0) {
    ++exact;
    return;
  }
  const auto binade = static_cast<std::size_t>(-1 - std::ilogb(error));
  ++(binade < binades ? by_binade[binade] : smaller);
}

void error_histogram::add(const error_histogram& other) {
  exact += other.exact;
  smaller += other.smaller;
  for (std::size_t k = 0; k < binades; ++k) by_binade[k] += other.by_binade[k];
}

void summary::add(double x, double y, bool saturates, std::uint8_t key) {
  ++values;
  if (std::isnan(x)) {
    ++nans;
    return;
  }
  ++codes[key];
  largest = std::max(largest, std::fabs(x));
  if (saturates) ++saturated;
  if (std::isinf(x)) return;
  finite.add(x, y);
  largest_difference = std::max(largest_difference, std::fabs(y - x));
  if (saturates) return;
  if (y == 0 && x != 0) {
    ++underflowed;
  } else {
    const double error = x == 0 ? 0 : std::fabs((y - x) / x);
    largest_error = std::max(largest_error, error);
    errors.add(error);
  }
}

void summary::add(const tried& v) {
  for (std::size_t i = 0; i < v.x.size(); ++i) add(v.x[i], v.y[i], v.saturates[i], v.key[i]);
}

void summary::add(const summary& other) {
  values += other.values;
  saturated += other.saturated;
  underflowed += other.underflowed;
  nans += other.nans;
  largest = std::max(largest, other.largest);
  largest_error = std::max(largest_error, other.largest_error);
  largest_difference = std::max(largest_difference, other.largest_difference);
  finite.add(other.finite);
  errors.add(other.errors);
  for (std::size_t key = 0; key < codes.size(); ++key) codes[key] += other.codes[key];
}

std::optional<std::uint8_t> summary::quantile(unsigned percent) const {
  const std::uint64_t count = values - nans;
  const std::uint64_t rank = std::max<std::uint64_t>(1, (count * percent + 99) / 100);
  std::uint64_t passed = 0;
  for (std::size_t key = 0; key < codes.size(); ++key) {
    passed += codes[key];
    if (passed >= rank) return static_cast<std::uint8_t>(key);
  }
  return std::nullopt;
}

}  // namespace f8cast
