// How a matrix is divided into tiles, each of which has a scale of its own.
#ifndef F8_TILING_HPP
#define F8_TILING_HPP

#include <cstddef>

#include "core/config.hpp"

namespace f8 {

/// A row-major matrix without gaps between its rows, covered by tiles from its first element on.
/// The last tiles of a row or a column may be smaller. The tiles are numbered row by row.
struct tiling {
  std::size_t rows;          ///< of the matrix
  std::size_t columns;       ///< of the matrix
  std::size_t tile_rows;     ///< of a tile: 1 at least
  std::size_t tile_columns;  ///< of a tile: 1 at least

  /// Tiles in a column of tiles.
  F8_FN constexpr std::size_t grid_rows() const noexcept { return ceil(rows, tile_rows); }
  /// Tiles in a row of tiles.
  F8_FN constexpr std::size_t grid_columns() const noexcept { return ceil(columns, tile_columns); }
  /// How many tiles there are: 0 for an empty matrix.
  F8_FN constexpr std::size_t size() const noexcept { return grid_rows() * grid_columns(); }
  /// The number of the tile that an element lies in.
  F8_FN constexpr std::size_t index(std::size_t row, std::size_t column) const noexcept {
    return row / tile_rows * grid_columns() + column / tile_columns;
  }

 private:
  F8_FN static constexpr std::size_t ceil(std::size_t n, std::size_t size) noexcept {
    return n / size + (n % size != 0 ? 1 : 0);
  }
};

/// Tiles of any shape, those of neural networks' checkpoints being 128 x 128 and 1 x 128.
F8_FN constexpr tiling per_block(std::size_t rows, std::size_t columns, std::size_t tile_rows,
                                 std::size_t tile_columns) noexcept {
  return {rows, columns, tile_rows, tile_columns};
}

/// One tile, or none where the matrix is empty.
F8_FN constexpr tiling per_tensor(std::size_t rows, std::size_t columns) noexcept {
  return per_block(rows, columns, rows != 0 ? rows : 1, columns != 0 ? columns : 1);
}
/// A tile for each row.
F8_FN constexpr tiling per_row(std::size_t rows, std::size_t columns) noexcept {
  return per_block(rows, columns, 1, columns != 0 ? columns : 1);
}
/// A tile for each column.
F8_FN constexpr tiling per_column(std::size_t rows, std::size_t columns) noexcept {
  return per_block(rows, columns, rows != 0 ? rows : 1, 1);
}

/// Blocks of 32 elements of a row (OCP Microscaling Formats).
F8_FN constexpr tiling mx_blocks(std::size_t rows, std::size_t columns) noexcept {
  return per_block(rows, columns, 1, 32);
}

}  // namespace f8

#include "core/undef.hpp"

#endif
