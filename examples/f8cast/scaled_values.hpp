// The values of a tensor with its scales applied.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scale_tensor.hpp"

namespace f8cast {

/// Reads a tensor from its first element to its last, and with it one row of scales at a time.
class scaled_values {
 public:
  /// Throws file_error if the shapes of t and its scales do not fit.
  scaled_values(const located& t, const std::optional<scale_tensor>& scales);

  /// The next into.size() values.
  void read(std::vector<double>& into);

 private:
  void scale(std::vector<double>& values);
  void read_scales(std::uint64_t grid_row);

  located from_;
  std::optional<scale_tensor> scales_;
  tensor read_as_;          // the scales, by what they mean
  std::uint64_t next_ = 0;  // element to be read
  std::optional<std::uint64_t> grid_row_;
  std::vector<double> row_of_scales_;
};

}  // namespace f8cast
