// The numbers at which a format's number line changes.
#pragma once

#include <array>

#include "types/format.hpp"

namespace f8cast {

struct landmarks {
  explicit landmarks(const format& of);

  /// Rounds to zero: half the smallest, to even.
  double zero_up_to() const { return smallest / 2; }
  /// Half a last place beyond the largest, and to even.
  double saturates_from() const { return largest + (largest - below_largest) / 2; }

  std::array<float, 256> values;  ///< of the codes, in order
  double largest;                 ///< finite magnitude
  double below_largest;           ///< the value before it
  double normal;                  ///< the smallest
  double smallest;                ///< that is not zero
};

}  // namespace f8cast
