// What a format and a scaling would make of a tensor's values, without anything being written.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/tensor.hpp"
#include "scales/scale_catalog.hpp"
#include "scales/scaling.hpp"
#include "trial/summary.hpp"
#include "types/format.hpp"

namespace f8cast {

struct trial {
  const format* to = nullptr;
  const scaling* how = find_scaling("none");
  tile_shape block;  ///< of scaling "block"
};

/// A tensor that is tried, and its scales if it has codes.
struct subject {
  located values;
  std::optional<scale_tensor> scales;
};

/// ", a scale for each row"; nothing if there are none.
std::string scales_in_words(const trial& what);

/// Passes the values, and what becomes of them, to `see`, one piece after the other. The pieces
/// are of any shape; memory does not grow with the tensor.
void try_tensor(const subject& t, const trial& what, const std::function<void(const tried&)>& see);

summary summarize(const subject& t, const trial& what);

}  // namespace f8cast
