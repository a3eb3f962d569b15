#include "scales/scaling.hpp"

#include <algorithm>
#include <string>

namespace f8cast {
namespace {

tile_shape whole_matrix(tile_shape /*block*/) {
  return {0, 0};
}

tile_shape one_row(tile_shape /*block*/) {
  return {1, 0};
}

tile_shape as_said(tile_shape block) {
  return block;
}

tile_shape mx_block(tile_shape /*block*/) {
  return {1, 32};
}

}  // namespace

const std::vector<scaling>& scalings() {
  static const std::vector<scaling> known{
      {"none", "", "", whole_matrix},    {"tensor", "_scale", "F32", whole_matrix},
      {"row", "_scale", "F32", one_row}, {"block", "_scale_inv", "F32", as_said},
      {"mx", "_scale", "U8", mx_block},
  };
  return known;
}

const scaling* find_scaling(std::string_view name) {
  for (const scaling& how : scalings()) {
    if (how.name == name) return &how;
  }
  return nullptr;
}

tile_grid tiles_of(const scaling& how, const dimensions& shape, tile_shape block) {
  const tile_shape sides = how.sides(block);
  if (sides.rows == 0) return whole(shape);
  tile_grid result = whole(cut_as(shape));
  const auto cut = [](axis& a, std::uint64_t side) {
    if (side != 0) a.side = std::min(side, a.side);
  };
  const std::size_t rank = result.axes.size();
  for (std::size_t i = 0; i + 2 < rank; ++i) cut(result.axes[i], 1);
  cut(result.axes[rank - 2], sides.rows);
  cut(result.axes[rank - 1], sides.columns);
  return result;
}

tensor scales_for(const scaling& how, const tensor& t, const tile_grid& tiles) {
  const bool is_one = how.sides({}).rows == 0;
  tensor result;
  result.name = t.name + std::string(how.suffix);
  result.type = find_dtype(how.type);
  result.shape = is_one ? dimensions{1} : tiles.counts();
  result.bytes = tiles.size() * result.type->bits / 8;
  return result;
}

}  // namespace f8cast
