#include "expectation.hpp"

#include <algorithm>
#include <cmath>

namespace f8cast_test {

const format e4m3{"e4m3", "F8_E4M3", 4, 7, 0x7E};
const format e5m2{"e5m2", "F8_E5M2", 5, 15, 0x7B};

double format::value(unsigned code) const {
  const int trailing_bits = 7 - exponent_bits;
  const auto field = static_cast<int>((code & 0x7F) >> trailing_bits);
  const unsigned hidden = 1U << trailing_bits;
  const unsigned significand = (code & (hidden - 1)) + (field == 0 ? 0 : hidden);
  const double magnitude = std::ldexp(significand, std::max(field, 1) - bias - trailing_bits);
  return code & 0x80 ? -magnitude : magnitude;
}

namespace {

/// The values from zero to one beyond the largest, by their codes.
std::vector<double> magnitudes(const format& of) {
  std::vector<double> result;
  for (unsigned code = 0; code <= of.largest_code + 1; ++code) result.push_back(of.value(code));
  return result;
}

/// The code of the nearest value; of two as near, the even code. The last one is too large.
unsigned nearest(double x, const std::vector<double>& values) {
  const auto above =
      static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), x) - values.begin());
  if (above == values.size()) return static_cast<unsigned>(above - 1);
  if (values[above] == x) return static_cast<unsigned>(above);
  const double up = values[above] - x;
  const double down = x - values[above - 1];
  return static_cast<unsigned>(up < down || (up == down && above % 2 == 0) ? above : above - 1);
}

}  // namespace

std::vector<float> wave(std::size_t n) {
  std::vector<float> values(n);
  for (std::size_t i = 0; i < n; ++i) {
    values[i] = static_cast<float>(500 * std::sin(static_cast<double>(i)));
  }
  return values;
}

expectation expect_of(const std::vector<double>& values, const format& to) {
  const std::vector<double> finite = magnitudes(to);
  expectation result;
  long double signal = 0;
  long double noise = 0;
  for (const double x : values) {
    if (std::isnan(x)) {
      ++result.nans;
      result.codes.push_back(0xFF);
      continue;
    }
    const unsigned rounded = nearest(std::fabs(x), finite);
    const bool saturates = rounded > to.largest_code;
    const unsigned code = std::min(rounded, to.largest_code) | (std::signbit(x) ? 0x80 : 0);
    const double y = to.value(code);
    result.codes.push_back(static_cast<std::uint8_t>(code));
    result.sorted.push_back(y);
    result.largest = std::max(result.largest, std::fabs(x));
    result.saturated += saturates;
    if (std::isinf(x)) continue;
    signal += static_cast<long double>(x) * x;
    noise += (static_cast<long double>(y) - x) * (static_cast<long double>(y) - x);
    if (x == 0 || saturates) continue;
    if (y == 0) {
      ++result.to_zero;
    } else {
      result.error = std::max(result.error, 100 * std::fabs((y - x) / x));
    }
  }
  result.snr_db = static_cast<double>(10 * std::log10(signal / noise));
  std::sort(result.sorted.begin(), result.sorted.end());
  return result;
}

double expectation::quantile(double fraction) const {
  const double rank = std::ceil(fraction * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace f8cast_test
