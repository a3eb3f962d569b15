// A matrix of tiles cut into panels, so that it passes through memory that does not grow.
#pragma once

#include <algorithm>
#include <cstddef>
#include <f8/tiling.hpp>

namespace f8cast {

/// Whole tiles beside and below each other: a part of the rows and columns of a matrix.
struct panel {
  std::size_t row, column;
  std::size_t rows, columns;

  std::size_t size() const { return rows * columns; }
};

/// Elements that follow each other in a row-major matrix.
struct run {
  std::size_t first;
  std::size_t size;
};

/// Rows and columns of all panels but the last: as many whole tiles as `room` elements hold, entire
/// rows of tiles if possible; one tile if it holds none.
inline panel first_panel(const f8::tiling& m, std::size_t room) {
  const std::size_t tile_rows = std::min(m.tile_rows, m.rows);
  const std::size_t tile_columns = std::min(m.tile_columns, m.columns);
  const std::size_t row_of_tiles = tile_rows * m.columns;
  if (row_of_tiles <= room) return {0, 0, room / row_of_tiles * tile_rows, m.columns};
  const std::size_t tiles = std::max<std::size_t>(1, room / (tile_rows * tile_columns));
  return {0, 0, tile_rows, tiles * tile_columns};
}

/// Calls visit(panel) for each, in the order of their tiles.
template <class Visit>
void for_each_panel(const f8::tiling& m, std::size_t room, Visit visit) {
  if (m.size() == 0) return;
  const panel step = first_panel(m, room);
  for (std::size_t row = 0; row < m.rows; row += step.rows) {
    const std::size_t rows = std::min(step.rows, m.rows - row);
    for (std::size_t column = 0; column < m.columns; column += step.columns) {
      visit(panel{row, column, rows, std::min(step.columns, m.columns - column)});
    }
  }
}

/// Calls visit(run) for the panel's elements, in their order, at most `room` at a time.
template <class Visit>
void for_each_run(const f8::tiling& m, const panel& p, std::size_t room, Visit visit) {
  const bool one_run = p.columns == m.columns;
  const std::size_t length = one_run ? p.size() : p.columns;
  for (std::size_t row = 0; row < (one_run ? 1 : p.rows); ++row) {
    const std::size_t begin = (p.row + row) * m.columns + p.column;
    for (std::size_t i = 0; i < length; i += room) {
      visit(run{begin + i, std::min(room, length - i)});
    }
  }
}

}  // namespace f8cast
