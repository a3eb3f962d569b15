// How a tensor's elements share scales, and how that is written. A scale is always the number that
// codes are multiplied by.
//
//   tensor  NAME_scale      F32  [1]               compressed-tensors, as vLLM reads "tensor"
//   row     NAME_scale      F32  [rows, 1]         compressed-tensors, as vLLM reads "channel"
//   block   NAME_scale_inv  F32  [tiles, tiles]    DeepSeek-V3's README_WEIGHTS.md: multiplied, too
//   mx      NAME_scale      U8   [rows, tiles]     OCP MX in e8m0's codes, as vLLM reads "mxfp8"
//
// vLLM and compressed-tensors keep e8m0's codes in a U8 tensor. Under safetensors' own F8_E8M0 they
// would be copied into one by value, which turns 2^-7 into 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <f8/tiling.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tensor.hpp"

namespace f8cast {

/// Of a block.
struct tile_shape {
  std::size_t rows = 128;
  std::size_t columns = 128;
};

struct scaling {
  std::string_view name;    ///< as --scale spells it
  std::string_view suffix;  ///< what is added to a tensor's name; empty if there is no scale
  std::string_view type;    ///< of the scales
  bool is_vector;  ///< the shape is the number of scales; otherwise rows and columns of tiles
  f8::tiling (*tiles)(std::size_t rows, std::size_t columns, tile_shape block);

  bool has_scales() const { return !suffix.empty(); }
  std::vector<std::uint64_t> shape(const f8::tiling& tiles_of_matrix) const;
};

/// The scalings, "none" first.
const std::vector<scaling>& scalings();
/// The scaling of that name; null if there is none.
const scaling* find_scaling(std::string_view name);

/// Tensors are matrices: the first dimension counts the rows, all others the columns.
f8::tiling tiles_of(const scaling& how, const tensor& t, tile_shape block);

/// The tensor of scales that goes with `t`.
tensor scales_for(const scaling& how, const tensor& t, const f8::tiling& tiles);

/// How the elements of `t` share the scales of the tensor `scales`, by its shape. Besides what is
/// written here, [rows] stands for [rows, 1], and any shape of one element for [1]. None if it fits
/// no scaling; if it fits several, they are the same tiles.
std::optional<f8::tiling> tiles_in(const tensor& scales, const tensor& t, tile_shape block);

}  // namespace f8cast
