// The scales of an 8-bit floating-point tensor, in a tensor beside it.
#pragma once

#include <f8/tiling.hpp>
#include <optional>

#include "checkpoint.hpp"
#include "tensor_names.hpp"

namespace f8cast {

struct scale_tensor {
  located values;
  std::optional<f8::tiling> tiles;  ///< none if the shapes do not fit
};

/// Finds the scales among the tensors of a checkpoint, which has to stay where it is.
class scale_finder {
 public:
  explicit scale_finder(const checkpoint& in) : names_(in) {}

  const tensor_names& names() const { return names_; }

  /// The scales of t, as its name and theirs say.
  std::optional<scale_tensor> find(const tensor& t) const;
  /// True if t has the scales of another.
  bool is_scale(const tensor& t) const;

 private:
  tensor_names names_;
};

}  // namespace f8cast
