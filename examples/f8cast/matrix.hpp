// A tensor as a matrix, whose tiles have a scale each.
#pragma once

#include <cstdint>
#include <f8/tiling.hpp>
#include <optional>
#include <string>
#include <vector>

namespace f8cast {

struct extent {
  std::size_t rows, columns;
};

/// The first dimension counts the rows, all others the columns.
extent matrix_of(const std::vector<std::uint64_t>& shape);

/// How scales of that shape divide a matrix: one for all, one for each row or column, or a grid of
/// them. None if they cannot be. Where more than one tile would give the grid, its sides are powers
/// of two.
std::optional<f8::tiling> tiles_of(extent matrix, const std::vector<std::uint64_t>& scales);

/// "tensor", "row", "column", "block of 128x128".
std::string to_string(const f8::tiling& tiles);

}  // namespace f8cast
