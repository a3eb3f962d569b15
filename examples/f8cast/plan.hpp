// What becomes of each tensor of a checkpoint.
#pragma once

#include <cstdint>
#include <f8/tiling.hpp>
#include <optional>

#include "checkpoint.hpp"
#include "name_filter.hpp"
#include "scaling.hpp"
#include "tensor.hpp"
#include "tensor_names.hpp"

namespace f8cast {

/// What convert is asked for.
struct conversion {
  const dtype* to = find_dtype("F8_E4M3");
  const scaling* scale = find_scaling("none");
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
  tensor to;  ///< its offset is that in the output, as layout knows it
  std::optional<tensor> to_scales;
  f8::tiling tiles{0, 0, 1, 1};  ///< of either scales

  std::uint64_t bytes() const { return to.bytes + (to_scales ? to_scales->bytes : 0); }
};

/// To 8 bits go the tensors of 16 bits or more that are selected, with scales only those of two
/// dimensions or more: biases and norms stay what they are. To more bits go those of 8 bits, which
/// take up their scales, and those of another type. All others are copied, as are the scales of
/// those that stay in 8 bits.
class planner {
 public:
  /// Both have to stay where they are.
  planner(const checkpoint& from, const conversion& what);

  /// What becomes of a tensor; none if another takes it up. Throws file_error where scales have no
  /// place or no sense.
  std::optional<job> plan(const located& from) const;

 private:
  std::optional<tensor> owner_of(const tensor& t) const;
  bool is_dequantized(const tensor& t) const;
  bool is_used_up(const tensor& t) const;
  bool is_quantized(const tensor& t) const;
  treatment treatment_of(const tensor& t) const;
  void add_scales(job& into) const;
  void find_scales(job& into) const;

  const conversion& what_;
  tensor_names tensors_;
};

}  // namespace f8cast
