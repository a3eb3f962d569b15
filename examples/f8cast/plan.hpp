// What becomes of each tensor of a checkpoint.
#pragma once

#include <cstdint>
#include <f8/tiling.hpp>
#include <optional>
#include <string>
#include <vector>

#include "checkpoint.hpp"
#include "name_filter.hpp"
#include "scaling.hpp"
#include "tensor.hpp"

namespace f8cast {

/// What convert is asked for.
struct conversion {
  const dtype* to = nullptr;
  const scaling* scale = nullptr;
  tile_shape block;  ///< of scaling "block", written or read
  name_filter names;
};

enum class treatment : std::uint8_t {
  copy,        ///< as bytes
  cast,        ///< between types of 16 bits or more
  quantize,    ///< to 8 bits, with new scales or none
  dequantize,  ///< from 8 bits, with the scales that are there or none
};

struct job {
  treatment how = treatment::copy;
  located from;
  std::optional<located> from_scales;
  tensor to;  ///< its offset is that in the output
  std::optional<tensor> to_scales;
  f8::tiling tiles{0, 0, 1, 1};  ///< of either scales
};

/// What one file of the output will be: all before the data, and whose data follow.
struct file_plan {
  std::string header;
  std::vector<job> jobs;  ///< in the order of the input's bytes

  std::uint64_t bytes() const;  ///< of the data
};

/// To 8 bits go the tensors of 16 bits or more that are selected, with scales only those of two
/// dimensions or more: biases and norms stay what they are. To more bits go those of 8 bits, which
/// take up their scales, and those of another type. All others are copied, as are the scales of
/// those that stay in 8 bits.
///
/// Throws file_error where a scale has no place or no sense.
std::vector<file_plan> make_plan(const checkpoint& from, const conversion& what);

}  // namespace f8cast
