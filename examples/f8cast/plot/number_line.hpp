// The number line of a format: where its numbers change, and where numbers stand in a drawing.
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

/// What the line has room for, from left to right: an end for all beyond the largest magnitude, the
/// negative numbers down to the smallest, a middle for all that is smaller, and the same in mirror.
class number_line {
 public:
  /// The line goes from `left` to `right` in the drawing; magnitudes from `least` to `most`.
  number_line(double left, double right, double least, double most);

  /// Magnitudes that are too small or too large have the place of `least` and `most`.
  double place_of(double x) const;

  double least() const { return least_; }
  double most() const { return most_; }
  double left() const { return left_; }
  double right() const { return right_; }
  double middle() const { return (left_ + right_) / 2; }

  /// How wide the middle is, and each end.
  static constexpr double middle_width = 60;
  static constexpr double end_width = 46;

 private:
  double left_, right_;
  double least_, most_;
  double binade_;  // how wide
};

}  // namespace f8cast
