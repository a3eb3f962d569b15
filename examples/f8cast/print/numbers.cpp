#include "print/numbers.hpp"

#include <cmath>
#include <cstdio>

namespace f8cast {

std::string short_number(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", x);
  std::string result = text;
  const auto exponent = result.find('e');
  if (exponent == std::string::npos) return result;
  return result.substr(0, exponent + 1) + std::to_string(std::stoi(result.substr(exponent + 1)));
}

std::string long_number(double x) {
  return x == std::floor(x) ? std::to_string(static_cast<long long>(x)) : short_number(x);
}

std::string percent(double ratio) {
  return short_number(100 * ratio) + "%";
}

std::string decibels(std::optional<double> ratio) {
  if (!ratio) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", *ratio);
  return text;
}

std::string counted(std::uint64_t n, const std::string& what) {
  return std::to_string(n) + ' ' + what + (n == 1 ? "" : "s");
}

}  // namespace f8cast
