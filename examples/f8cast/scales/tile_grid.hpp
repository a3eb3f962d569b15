// Which elements of a tensor share a scale: tiles, dimension by dimension.
#pragma once

#include <cstdint>
#include <f8/tiling.hpp>
#include <optional>
#include <string>
#include <vector>

namespace f8cast {

using dimensions = std::vector<std::uint64_t>;

/// The last two sides of a tile.
struct tile_shape {
  std::uint64_t rows = 128;
  std::uint64_t columns = 128;
};

/// "128x128"
std::string to_string(tile_shape block);
/// The sides that the text ROWSxCOLUMNS says, both from 1 on; none if it is another text.
std::optional<tile_shape> parse_tile_shape(const std::string& text);

/// One dimension of a tensor, cut into tiles of this side; the last may be shorter.
struct axis {
  std::uint64_t n;
  std::uint64_t side;

  std::uint64_t count() const { return n == 0 ? 0 : (n - 1) / side + 1; }
  bool is_whole() const { return side >= n; }
};

/// A tensor's tiles. Their scales are in row-major order, as the elements are.
struct tile_grid {
  std::vector<axis> axes;

  /// How many tiles there are in each dimension: the shape of the scales.
  dimensions counts() const;
  std::uint64_t size() const;  ///< tiles
};

/// A part of a tensor whose tiles f8 can walk.
struct slice {
  f8::tiling tiles;
  std::uint64_t first_element;
  std::uint64_t first_scale;
};

/// A tensor as matrices of one size, one after the other. There is more than one only where tiles
/// end with an inner dimension that they do not divide.
class slices {
 public:
  explicit slices(const tile_grid& of);

  std::uint64_t count() const;
  /// Elements of each.
  std::uint64_t size() const { return tiles_.rows * tiles_.columns; }
  slice at(std::uint64_t i) const;

 private:
  std::vector<axis> outer_;
  f8::tiling tiles_;
};

bool operator==(const tile_grid& a, const tile_grid& b);

/// One tile for all.
tile_grid whole(const dimensions& shape);

/// "tensor", "matrix" (of a stack), "row", "column", "block of 128x128".
std::string to_string(const tile_grid& tiles);

/// The tiles that a tensor's scales say it has, or why that cannot be told.
struct deduction {
  std::optional<tile_grid> tiles;
  std::string trouble;
};

/// What is known about tiles beside the two shapes.
struct tile_knowledge {
  std::optional<tile_shape> noted;  ///< the size of blocks that f8cast wrote; counts where it fits
  std::optional<tile_shape>
      said;  ///< as the user says of this file; where it fits and none is noted
  std::optional<tile_shape> hint;  ///< the same, but it may be meant for another file: it chooses
                                   ///< where the shapes leave several
  bool powers_of_two = false;      ///< no other sides are in use, as with e8m0
};

/// Three dimensions are a stack of matrices (a layer's experts), unless these have one row, or so
/// few columns (below 8) that they are kernels.
bool is_stack(const dimensions& shape);
/// What f8cast cuts into tiles: a stack, or else a matrix, whose columns are all dimensions but the
/// first.
dimensions cut_as(const dimensions& shape);

/// The tiles of a tensor of shape n with scales of shape g. Each dimension is whole, has a scale
/// for each element, or is cut into blocks. A shape of g does not say how large these are: what is
/// in use are powers of two, and what divides the dimension; more than one answer is none.
deduction deduce_tiles(const dimensions& n, const dimensions& g, const tile_knowledge& known);

}  // namespace f8cast
