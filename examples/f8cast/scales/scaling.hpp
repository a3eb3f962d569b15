// The ways in which f8cast gives a tensor's elements scales, and how these are written. A scale is
// always the number that codes are multiplied by.
//
//   tensor  NAME_scale      F32  [1]               compressed-tensors, as vLLM reads "tensor"
//   row     NAME_scale      F32  [rows, 1]         compressed-tensors, as vLLM reads "channel"
//   block   NAME_scale_inv  F32  [tiles, tiles]    DeepSeek-V3's README_WEIGHTS.md: multiplied, too
//   mx      NAME_scale      U8   [rows, tiles]     OCP MX in e8m0's codes, as vLLM reads "mxfp8"
//
// vLLM and compressed-tensors keep e8m0's codes in a U8 tensor. Under safetensors' own F8_E8M0 they
// would be copied into one by value, which turns 2^-7 into 0.
#pragma once

#include <string_view>
#include <vector>

#include "checkpoint/tensor.hpp"
#include "scales/tile_grid.hpp"

namespace f8cast {

struct scaling {
  std::string_view name;    ///< as --scale spells it
  std::string_view suffix;  ///< what is added to a tensor's name; empty if there is no scale
  std::string_view type;    ///< of the scales
  /// The last two sides of a tile; 0 for all.
  tile_shape (*sides)(tile_shape block);

  bool has_scales() const { return !suffix.empty(); }
};

/// The scalings, "none" first.
const std::vector<scaling>& scalings();
/// The scaling of that name; null if there is none.
const scaling* find_scaling(std::string_view name);

/// A stack's matrices are cut each by itself. Any other tensor is one matrix: the first dimension
/// counts the rows, all others the columns.
tile_grid tiles_of(const scaling& how, const dimensions& shape, tile_shape block);

/// The tensor of scales that goes with `t`.
tensor scales_for(const scaling& how, const tensor& t, const tile_grid& tiles);

}  // namespace f8cast
