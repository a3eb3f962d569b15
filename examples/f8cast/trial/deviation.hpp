// In what the values of a tensor differ from those of another, gathered pair by pair.
#pragma once

#include <cstdint>

#include "trial/noise.hpp"

namespace f8cast {

struct deviation {
  std::uint64_t values = 0;
  std::uint64_t differing = 0;    ///< a NaN differs from all but a NaN
  std::uint64_t to_zero = 0;      ///< of those, zero in b alone
  double largest_difference = 0;  ///< |b - a|
  double largest_error = 0;       ///< |b - a| / |a|, neither of them zero
  noise finite;                   ///< of the pairs of finite numbers, as are the three above

  void add(double a, double b);
  void add(const deviation& other);
};

}  // namespace f8cast
