#include "scaled_values.hpp"

#include <algorithm>

#include "error.hpp"
#include "values.hpp"

namespace f8cast {
namespace {

/// e8m0's codes are often kept as U8.
tensor by_meaning(tensor scales) {
  if (scales.type->name == "U8") scales.type = find_dtype("F8_E8M0");
  return scales;
}

}  // namespace

scaled_values::scaled_values(const located& t, const std::optional<scale_tensor>& scales)
    : from_(t), scales_(scales) {
  if (!scales) return;
  const tensor& values = scales->values.what;
  read_as_ = by_meaning(values);
  if (!scales->tiles) {
    fail({t.file->path(), t.what.name},
         "its shape, " + to_string(t.what.shape) + ", is not covered by tiles for the " +
             to_string(values.shape) + " scales of '" + values.name + "'");
  }
}

void scaled_values::read(std::vector<double>& into) {
  read_values(*from_.file, from_.what, next_, into.data(), into.size());
  if (scales_) scale(into);
  next_ += into.size();
}

/// In runs of elements that share a scale.
void scaled_values::scale(std::vector<double>& values) {
  const f8::tiling& tiles = *scales_->tiles;
  for (std::size_t i = 0; i < values.size();) {
    const std::uint64_t row = (next_ + i) / tiles.columns;
    const std::uint64_t column = (next_ + i) % tiles.columns;
    const std::uint64_t grid_column = column / tiles.tile_columns;
    read_scales(row / tiles.tile_rows);
    const std::uint64_t end = std::min((grid_column + 1) * tiles.tile_columns, tiles.columns);
    const std::size_t stop = std::min(values.size(), i + (end - column));
    for (; i < stop; ++i) values[i] *= row_of_scales_[grid_column];
  }
}

void scaled_values::read_scales(std::uint64_t grid_row) {
  if (grid_row_ == grid_row) return;
  grid_row_ = grid_row;
  row_of_scales_.resize(scales_->tiles->grid_columns());
  const std::uint64_t first = grid_row * row_of_scales_.size();
  read_values(*scales_->values.file, read_as_, first, row_of_scales_.data(), row_of_scales_.size());
}

}  // namespace f8cast
