#include "matrix.hpp"

namespace f8cast {
namespace {

std::size_t tiles_across(std::size_t n, std::size_t size) {
  return n / size + (n % size != 0 ? 1 : 0);
}

/// The side of tiles of which `count` cover n elements: a power of two if one will do, of which
/// there is then only one.
std::optional<std::size_t> side_of(std::size_t n, std::size_t count) {
  if (count == n) return 1;
  if (count == 1) return n != 0 ? n : 1;
  if (count == 0 || count > n) return std::nullopt;
  std::size_t side = 2;
  while (tiles_across(n, side) > count) side *= 2;
  if (tiles_across(n, side) == count) return side;
  side = tiles_across(n, count);
  if (tiles_across(n, side) == count) return side;
  return std::nullopt;
}

/// The scales' own rows and columns.
std::optional<extent> grid_of(const std::vector<std::uint64_t>& scales) {
  std::uint64_t count = 1;
  for (const std::uint64_t n : scales) count *= n;
  if (count == 1) return extent{1, 1};
  if (scales.size() == 1) return extent{scales[0], 1};
  if (scales.size() == 2) return extent{scales[0], scales[1]};
  return std::nullopt;
}

}  // namespace

extent matrix_of(const std::vector<std::uint64_t>& shape) {
  extent result{shape.empty() ? 1 : shape[0], 1};
  for (std::size_t i = 1; i < shape.size(); ++i) result.columns *= shape[i];
  return result;
}

std::optional<f8::tiling> tiles_of(extent matrix, const std::vector<std::uint64_t>& scales) {
  const auto grid = grid_of(scales);
  if (!grid) return std::nullopt;
  const auto rows = side_of(matrix.rows, grid->rows);
  const auto columns = side_of(matrix.columns, grid->columns);
  if (!rows || !columns) return std::nullopt;
  return f8::per_block(matrix.rows, matrix.columns, *rows, *columns);
}

std::string to_string(const f8::tiling& tiles) {
  if (tiles.size() == 1) return "tensor";
  if (tiles.tile_rows == 1 && tiles.tile_columns == tiles.columns) return "row";
  if (tiles.tile_columns == 1 && tiles.tile_rows == tiles.rows) return "column";
  return "block of " + std::to_string(tiles.tile_rows) + "x" + std::to_string(tiles.tile_columns);
}

}  // namespace f8cast
