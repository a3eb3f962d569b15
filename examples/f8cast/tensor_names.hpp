// The tensors of a checkpoint by name, and which of them are called like the scales of which.
#pragma once

#include <string_view>
#include <vector>

#include "checkpoint.hpp"

namespace f8cast {

class tensor_names {
 public:
  /// The checkpoint has to stay where it is.
  explicit tensor_names(const checkpoint& in);

  /// Null if there is none.
  const located* find(std::string_view name) const;
  /// What is called like the scales of the tensor of that name: NAME_scale_inv, NAME_scale. Either
  /// is in use, and means the same: what codes are multiplied by.
  std::vector<located> scales_of(std::string_view name) const;
  /// Of what a tensor of that name would have the scales; null if there is no such tensor.
  const located* owner_of(std::string_view name) const;

 private:
  std::vector<located> sorted_;
};

}  // namespace f8cast
