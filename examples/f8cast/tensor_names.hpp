// The tensors of a checkpoint by name, and which of them are called like the scales of which.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "checkpoint.hpp"

namespace f8cast {

class tensor_names {
 public:
  /// The checkpoint has to stay where it is.
  explicit tensor_names(const checkpoint& in);

  /// None if there is none of that name.
  std::optional<located> find(std::string_view name) const;
  /// What is called like the scales of the tensor of that name: NAME_scale_inv, NAME_scale. Either
  /// is in use, and means the same: what codes are multiplied by.
  std::vector<located> scales_of(std::string_view name) const;
  /// Of what a tensor of that name would have the scales; none if there is no such tensor.
  std::optional<located> owner_of(std::string_view name) const;

 private:
  /// The checkpoint's i-th tensor.
  struct numbered {
    std::uint32_t hash;
    std::uint32_t i;

    bool operator<(const numbered& other) const {
      return hash != other.hash ? hash < other.hash : i < other.i;
    }
  };

  const checkpoint& in_;
  std::vector<numbered> sorted_;
};

}  // namespace f8cast
