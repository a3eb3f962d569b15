// What becomes of each tensor of a checkpoint.
#pragma once

#include <cstdint>
#include <f8/tiling.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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
class planner {
 public:
  /// Both have to stay where they are. Throws file_error if a tensor is in two shards.
  planner(const checkpoint& from, const conversion& what);

  /// What becomes of one shard. Throws file_error where scales have no place or no sense.
  file_plan plan(const model& shard) const;

 private:
  std::vector<located> scales_of(const tensor& t) const;
  bool is_dequantized(const tensor& t) const;
  bool is_used_up(const tensor& t) const;
  bool is_quantized(const tensor& t) const;
  treatment treatment_of(const tensor& t) const;
  job plan(const located& from) const;
  void add_scales(job& into) const;
  void find_scales(job& into) const;

  const conversion& what_;
  std::map<std::string_view, located> tensors_;
  std::map<std::string_view, const tensor*> owners_;  // of scales, by the scales' name
};

}  // namespace f8cast
