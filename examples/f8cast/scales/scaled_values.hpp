// The values of a tensor with its scales applied.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scales/scale_catalog.hpp"

namespace f8cast {

/// Reads any part of a tensor, and with it the scales of that part. Exact: a code by a scale of 24
/// bits fits into a double.
class scaled_values {
 public:
  scaled_values(const located& t, const std::optional<scale_tensor>& scales);

  /// n values from the element `first` on.
  void read(std::uint64_t first, double* into, std::size_t n);

 private:
  void scale(const slice& of, std::uint64_t first, double* values, std::size_t n);
  void scale_row(const slice& of, std::uint64_t row, std::uint64_t column, double* values,
                 std::size_t n);

  located from_;
  std::optional<located> scales_;  // by what they mean
  std::optional<slices> slices_;
  std::uint64_t first_scale_ = 0;  // of those that were read last
  std::vector<double> row_of_scales_;
};

}  // namespace f8cast
