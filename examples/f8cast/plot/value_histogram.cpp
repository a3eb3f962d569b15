#include "plot/value_histogram.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace f8cast {
namespace {

constexpr unsigned dropped = 64 - (1 + 11 + 3);  // bits of a double that do not tell bins apart
constexpr std::uint64_t sign = std::uint64_t{1} << (11 + 3);
constexpr std::uint64_t of_infinity = std::uint64_t{0x7FF} << 3;

/// Where the bin of that number without its sign begins.
double begin_of(std::uint64_t number) {
  if (number > of_infinity) return std::numeric_limits<double>::infinity();
  const std::uint64_t bits = number << dropped;
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

void value_histogram::add(const std::vector<double>& values) {
  for (const double x : values) {
    if (!std::isnan(x)) add(x);
  }
}

void value_histogram::add(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  ++(x == 0 ? zeros_ : counts_[bits >> dropped]);
}

std::vector<bin> value_histogram::bins() const {
  std::vector<bin> result;
  for (std::uint64_t i = 0; i < counts_.size(); ++i) {
    const std::uint64_t magnitude = i & ~sign;
    if (counts_[i] == 0) continue;
    result.push_back({(i & sign) != 0, begin_of(magnitude), begin_of(magnitude + 1), counts_[i]});
  }
  return result;
}

}  // namespace f8cast
