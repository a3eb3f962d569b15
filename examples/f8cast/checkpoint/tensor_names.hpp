// The tensors of a checkpoint by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "checkpoint/checkpoint.hpp"

namespace f8cast {

class tensor_names {
 public:
  /// The checkpoint has to stay where it is.
  explicit tensor_names(const checkpoint& in);

  /// None if there is none of that name.
  std::optional<located> find(std::string_view name) const;
  /// The same by its number in the checkpoint.
  std::optional<std::size_t> number_of(std::string_view name) const;

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
