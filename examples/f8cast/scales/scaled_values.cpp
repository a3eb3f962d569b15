#include "scales/scaled_values.hpp"

#include <algorithm>

#include "checkpoint/elements.hpp"

namespace f8cast {

scaled_values::scaled_values(const located& t, const std::optional<scale_tensor>& scales)
    : from_(t) {
  if (!scales) return;
  scales_ = scales->values;
  if (scales_->what.type->may_be_e8m0()) scales_->what.type = find_dtype("F8_E8M0");
  slices_.emplace(scales->tiles);
}

void scaled_values::read(std::uint64_t first, double* into, std::size_t n) {
  read_values(*from_.file, from_.what, first, into, n);
  if (!scales_ || n == 0) return;
  const std::uint64_t size = slices_->size();
  for (std::size_t i = 0; i < n;) {
    const slice part = slices_->at((first + i) / size);
    const std::uint64_t begin = first + i - part.first_element;
    const std::size_t length = std::min<std::uint64_t>(n - i, size - begin);
    scale(part, begin, into + i, length);
    i += length;
  }
}

/// Multiplies n values by their scales, one row of the matrix after the other.
void scaled_values::scale(const slice& of, std::uint64_t first, double* values, std::size_t n) {
  const std::uint64_t columns = of.tiles.columns;
  for (std::size_t i = 0; i < n;) {
    const std::uint64_t column = (first + i) % columns;
    const std::size_t length = std::min<std::uint64_t>(n - i, columns - column);
    scale_row(of, (first + i) / columns, column, values + i, length);
    i += length;
  }
}

/// Multiplies a part of one row, in runs of elements that share a scale.
void scaled_values::scale_row(const slice& of, std::uint64_t row, std::uint64_t column,
                              double* values, std::size_t n) {
  const std::uint64_t width = of.tiles.tile_columns;
  const std::uint64_t first = of.first_scale + of.tiles.index(row, column);
  const std::size_t count = (column + n - 1) / width - column / width + 1;
  if (first != first_scale_ || count != row_of_scales_.size()) {
    first_scale_ = first;
    row_of_scales_.resize(count);
    read_values(*scales_->file, scales_->what, first, row_of_scales_.data(), count);
  }
  for (std::size_t i = 0, tile = 0; i < n; ++tile) {
    const std::size_t end =
        std::min<std::uint64_t>(n, (column / width + tile + 1) * width - column);
    for (; i < end; ++i) values[i] *= row_of_scales_[tile];
  }
}

}  // namespace f8cast
