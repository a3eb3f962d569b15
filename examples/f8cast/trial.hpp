// What a format and a scaling would make of a tensor's values, without anything being written.
#pragma once

#include <functional>
#include <string>

#include "checkpoint.hpp"
#include "format.hpp"
#include "scaling.hpp"
#include "summary.hpp"
#include "tensor.hpp"

namespace f8cast {

struct trial {
  const format* to = &e4m3_format;
  const scaling* how = find_scaling("none");
  tile_shape block;  ///< of scaling "block"

  /// As convert does: all tensors of 16 bits or more, but if there are scales, only matrices.
  bool applies_to(const tensor& t) const {
    return t.is_cast() && (!how->has_scales() || t.shape.size() > 1);
  }
};

/// ", a scale for each row"; nothing if there are none.
std::string scales_in_words(const trial& what);

/// Passes the values, and what becomes of them, to `see`, one piece after the other. The pieces
/// are of any shape; memory does not grow with the tensor.
void try_tensor(const located& t, const trial& what, const std::function<void(const tried&)>& see);

summary summarize(const located& t, const trial& what);

}  // namespace f8cast
