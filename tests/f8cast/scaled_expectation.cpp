#include "scaled_expectation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace f8cast_test {
namespace {

/// The power of two whose product with `largest` and then with [1, 2) is the binade of absmax.
double mx_scale(double absmax, double largest) {
  int of_absmax = 0;
  int of_largest = 0;
  std::frexp(absmax, &of_absmax);
  std::frexp(largest, &of_largest);
  return absmax == 0 ? std::exp2(-127) : std::exp2(of_absmax - of_largest);
}

double int8_scale(double absmax) {
  return absmax == 0 ? 1 : static_cast<double>(static_cast<float>(absmax / 127));
}

double scale_of(double absmax, const tiles& how, const format* to) {
  if (how.name == "none") return 1;
  const double largest = to ? to->value(to->largest_code) : 127;
  if (how.is_mx) return mx_scale(absmax, largest);
  return to ? float_scale(absmax, *to) : int8_scale(absmax);
}

void round_to_fp8(const std::vector<double>& quotients, const format& to,
                  scaled_expectation& into) {
  const expectation one = expect_of(quotients, to);
  into.saturated += one.saturated;
  into.to_zero += one.to_zero;
  into.relative = std::max(into.relative, one.error);  // scaling does not change it
  for (const std::uint8_t code : one.codes) into.codes.push_back(to.value(code));
}

void round_to_int8(const std::vector<double>& quotients, scaled_expectation& into) {
  for (const double x : quotients) {
    const double integer = x - std::remainder(x, 1.0);  // to even, as IEEE has it
    into.saturated += std::fabs(integer) > 127;
    into.to_zero += x != 0 && integer == 0;
    into.codes.push_back(std::max(-127.0, std::min(127.0, integer)));
  }
}

void add_tile(const std::vector<double>& values, const tiles& how, const format* to,
              scaled_expectation& into) {
  double absmax = 0;
  for (const double x : values) absmax = std::max(absmax, std::fabs(x));
  const double scale = scale_of(absmax, how, to);
  std::vector<double> quotients = values;
  for (double& x : quotients) x /= scale;
  to ? round_to_fp8(quotients, *to, into) : round_to_int8(quotients, into);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double error = into.codes[into.values + i] * scale - values[i];
    into.signal += values[i] * values[i];
    into.noise += error * error;
    into.difference = std::max(into.difference, std::fabs(error));
  }
  into.largest = std::max(into.largest, absmax);
  into.values += values.size();
  ++into.scales;
}

}  // namespace

double float_scale(double absmax, const format& to) {
  if (absmax == 0) return 1;
  const double largest = to.value(to.largest_code);
  auto scale = static_cast<float>(absmax / largest);
  while (static_cast<double>(scale) * largest >= absmax) scale = std::nextafter(scale, 0.0F);
  while (static_cast<double>(scale) * largest < absmax) scale = std::nextafter(scale, INFINITY);
  return std::max(static_cast<double>(scale), 0x1p-126);
}

unsigned expected_code(double x, double scale, const format& to) {
  const unsigned sign = std::signbit(x) ? 0x80 : 0;
  unsigned least = 0;
  unsigned most = to.largest_code;
  while (least < most) {
    const unsigned code = (least + most) / 2;
    const double midpoint = (to.value(code) + to.value(code + 1)) / 2 * scale;
    const bool beyond = code % 2 == 0 ? std::fabs(x) > midpoint : std::fabs(x) >= midpoint;
    if (beyond) {
      least = code + 1;
    } else {
      most = code;
    }
  }
  return sign | least;
}

double scaled_expectation::snr_db() const {
  return 10 * std::log10(signal / noise);
}

scaled_expectation expect_of(const matrix& m, const tiles& how, const format* to) {
  const std::size_t rows = how.rows == 0 ? m.rows : how.rows;
  const std::size_t columns = how.columns == 0 ? m.columns : how.columns;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> members;
  for (std::size_t i = 0; i < m.values.size(); ++i) {
    members[{i / m.columns / rows, i % m.columns / columns}].push_back(m.values[i]);
  }
  scaled_expectation result;
  for (const auto& [tile, values] : members) add_tile(values, how, to, result);
  std::sort(result.codes.begin(), result.codes.end());
  return result;
}

}  // namespace f8cast_test
