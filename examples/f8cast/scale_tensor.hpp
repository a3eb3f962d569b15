// The scales of an 8-bit floating-point tensor, in a tensor beside it.
#pragma once

#include <f8/tiling.hpp>
#include <map>
#include <optional>
#include <string_view>

#include "checkpoint.hpp"

namespace f8cast {

/// Either name is in use, and means the same: what codes are multiplied by.
constexpr std::string_view scale_suffixes[] = {"_scale_inv", "_scale"};

struct scale_tensor {
  located values;
  std::optional<f8::tiling> tiles;  ///< none if the shapes do not fit
};

/// Finds the scales among the tensors of a checkpoint, which has to stay where it is.
class scale_finder {
 public:
  explicit scale_finder(const checkpoint& in);

  /// The scales of t: its name with one of the suffixes.
  std::optional<scale_tensor> find(const tensor& t) const;
  /// True if t has the scales of another.
  bool is_scale(const tensor& t) const;

 private:
  std::map<std::string_view, located> by_name_;
};

}  // namespace f8cast
