#include "plot/landmarks.hpp"

#include <algorithm>

namespace f8cast {

landmarks::landmarks(target of)
    : values(values_in_order(of)),
      largest(largest_finite(of)),
      below_largest(0),
      normal(smallest_normal(of)),
      smallest(largest) {
  for (const double x : values) {
    if (0 < x && x < largest) {
      smallest = std::min(smallest, x);
      below_largest = std::max(below_largest, x);
    }
  }
}

}  // namespace f8cast
