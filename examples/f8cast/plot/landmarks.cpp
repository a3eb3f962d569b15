#include "plot/landmarks.hpp"

#include <algorithm>

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

}  // namespace f8cast
