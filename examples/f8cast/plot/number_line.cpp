#include "plot/number_line.hpp"

#include <algorithm>
#include <cmath>

namespace f8cast {

landmarks::landmarks(const format& of)
    : values(of.values_in_order()),
      largest(of.largest),
      below_largest(0),
      normal(of.smallest_normal),
      smallest(largest) {
  for (const double x : values) {
    if (0 < x && x < largest) {
      smallest = std::min(smallest, x);
      below_largest = std::max(below_largest, x);
    }
  }
}

number_line::number_line(double left, double right, double least, double most)
    : left_(left),
      right_(right),
      least_(least),
      most_(most),
      binade_(((right - left - middle_width) / 2 - end_width) / std::log2(most / least)) {}

double number_line::place_of(double x) const {
  const double magnitude = std::clamp(std::fabs(x), least_, most_);
  const double distance = middle_width / 2 + binade_ * std::log2(magnitude / least_);
  return std::signbit(x) ? middle() - distance : middle() + distance;
}

}  // namespace f8cast
