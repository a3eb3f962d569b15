#include "trial/error_histogram.hpp"

#include <cmath>

namespace f8cast {

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

}  // namespace f8cast
