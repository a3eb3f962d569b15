// How many values are of what size, from the smallest double to the largest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace f8cast {

/// The values whose magnitudes lie from `begin` on, up to `end`; not `end` itself.
struct bin {
  bool negative;
  double begin, end;
  std::uint64_t count;
};

/// Each binade has 8 bins of the same width, on either side of zero.
class value_histogram {
 public:
  /// All but NaN.
  void add(const std::vector<double>& values);

  std::uint64_t zeros() const { return zeros_; }

  /// Of all but the zeros, those that are not empty. That of the infinities begins at infinity.
  std::vector<bin> bins() const;

 private:
  void add(double x);

  /// By a double's sign, exponent, and first three bits of its fraction.
  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(1 << (1 + 11 + 3));
  std::uint64_t zeros_ = 0;
};

}  // namespace f8cast
