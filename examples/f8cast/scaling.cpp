#include "scaling.hpp"

#include <algorithm>

namespace f8cast {
namespace {

f8::tiling whole(std::size_t rows, std::size_t columns, tile_shape /*block*/) {
  return f8::per_tensor(rows, columns);
}

f8::tiling by_row(std::size_t rows, std::size_t columns, tile_shape /*block*/) {
  return f8::per_row(rows, columns);
}

f8::tiling by_block(std::size_t rows, std::size_t columns, tile_shape block) {
  return f8::per_block(rows, columns, block.rows, block.columns);
}

f8::tiling by_32(std::size_t rows, std::size_t columns, tile_shape /*block*/) {
  return f8::mx_blocks(rows, columns);
}

bool counts_one(const std::vector<std::uint64_t>& shape) {
  return std::all_of(shape.begin(), shape.end(), [](std::uint64_t n) { return n == 1; });
}

}  // namespace

const std::vector<scaling>& scalings() {
  static const std::vector<scaling> known{
      {"none", "", "", false, whole},          {"tensor", "_scale", "F32", true, whole},
      {"row", "_scale", "F32", false, by_row}, {"block", "_scale_inv", "F32", false, by_block},
      {"mx", "_scale", "U8", false, by_32},
  };
  return known;
}

const scaling* find_scaling(std::string_view name) {
  for (const scaling& how : scalings()) {
    if (how.name == name) return &how;
  }
  return nullptr;
}

std::vector<std::uint64_t> scaling::shape(const f8::tiling& t) const {
  if (is_vector) return {t.size()};
  return {t.grid_rows(), t.grid_columns()};
}

f8::tiling tiles_of(const scaling& how, const tensor& t, tile_shape block) {
  const std::size_t rows = t.shape.empty() ? 1 : t.shape[0];
  return how.tiles(rows, rows == 0 ? 0 : t.elements() / rows, block);
}

tensor scales_for(const scaling& how, const tensor& t, const f8::tiling& tiles) {
  tensor result;
  result.name = t.name + std::string(how.suffix);
  result.type = find_dtype(how.type);
  result.shape = how.shape(tiles);
  result.bytes = tiles.size() * result.type->bits / 8;
  return result;
}

std::optional<f8::tiling> tiles_in(const tensor& scales, const tensor& t, tile_shape block) {
  for (const scaling& how : scalings()) {
    const f8::tiling tiles = tiles_of(how, t, block);
    if (how.has_scales() && how.shape(tiles) == scales.shape) return tiles;
  }
  const f8::tiling rows = tiles_of(*find_scaling("row"), t, block);
  if (scales.shape == std::vector<std::uint64_t>{rows.rows}) return rows;
  if (counts_one(scales.shape)) return tiles_of(*find_scaling("tensor"), t, block);
  return std::nullopt;
}

}  // namespace f8cast
