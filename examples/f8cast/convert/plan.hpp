// What becomes of each tensor of a checkpoint.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/name_filter.hpp"
#include "checkpoint/tensor.hpp"
#include "scales/scale_catalog.hpp"
#include "scales/scaling.hpp"
#include "scales/tile_grid.hpp"

namespace f8cast {

/// What convert is asked for.
struct conversion {
  const dtype* to = find_output_dtype("e4m3");
  const scaling* scale = find_scaling("none");
  std::optional<tile_shape> block;  ///< of scaling "block", written; or read, where it fits
  bool ignore_scales = false;       ///< those that are not understood
  name_filter names;

  /// The size of blocks that are written.
  tile_shape new_block() const { return block.value_or(tile_shape{}); }
};

/// Throws std::runtime_error where a size of blocks is said, but no block is written, and no scales
/// are read that might be for blocks.
void check_use_of_block(const conversion& what, bool reads_scales);

enum class treatment : std::uint8_t {
  copy,        ///< as bytes
  cast,        ///< between types of 16 bits or more
  quantize,    ///< to 8 bits, with new scales or none
  dequantize,  ///< from 8 bits, with the scales that are there or none
  requantize,  ///< from 8 bits to others, or to other scales
};

struct job {
  treatment how = treatment::copy;
  located from;
  std::optional<scale_tensor> from_scales;
  tensor to;  ///< its offset is that in the output, as layout knows it
  std::optional<tensor> to_scales;
  tile_grid to_tiles;   ///< of to_scales
  std::string ignored;  ///< what was not understood of its scales

  std::uint64_t bytes() const { return to.bytes + (to_scales ? to_scales->bytes : 0); }
};

/// To 8 bits go the tensors of 16 bits or more that are selected, with scales only those of two
/// dimensions or more: biases and norms stay what they are. So do tensors of 8 bits that are to
/// have another format or other scales. To more bits go those of 8 bits, which take up their
/// scales, and those of another type. All others are copied: scales of what stays in 8 bits, and
/// numbers that engines keep beside weights, are never cast.
class planner {
 public:
  /// Both have to stay where they are.
  planner(const checkpoint& from, const conversion& what);

  /// What becomes of a tensor; none if another takes it up. Throws file_error where scales have no
  /// place or no sense.
  std::optional<job> plan(const located& from) const;
  /// How plan() treats a tensor, without its details.
  treatment treatment_of(const located& from) const;
  /// True if it gets new codes.
  bool is_rounded(const located& t) const;
  /// True if it is selected and may have scales, whatever is asked for.
  bool may_have_scales(const located& t) const;
  /// Those that it has already.
  std::optional<scale_tensor> scales_of(const located& t) const;
  const scale_catalog& scales() const { return scales_; }
  /// True if the tiles of a job's new scales cannot be told from their shape.
  bool needs_note(const job& j) const;
  /// The metadata of a shard's output: those of the input speak of scales that may be gone, and of
  /// blocks of another size than now.
  metadata notes_for(const model& shard, bool with_block) const;

 private:
  bool is_matrix(const tensor& t) const;
  bool loses_scales(const located& codes) const;
  bool has_these_scales(const located& codes) const;
  bool is_used_up(const tensor& t) const;
  bool keeps_codes() const;
  bool finds_codes_to_keep() const;
  treatment treatment_of_codes(const located& t) const;
  treatment treatment_between_codes(const located& t) const;
  treatment treatment_of_packed(const located& t) const;
  void add_scales(job& into) const;
  void check_block(const located& codes) const;
  void check_companions(const located& wide) const;

  const checkpoint& from_;
  const conversion& what_;
  scale_catalog scales_;
  /// The answer of keeps_codes(), for which every tensor is looked at: each shard asks.
  mutable std::once_flag asked_;
  mutable bool keeps_codes_ = false;
};

}  // namespace f8cast
