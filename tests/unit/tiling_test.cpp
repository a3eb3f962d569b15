#include "f8/tiling.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <vector>

namespace {

using f8::tiling;

/// The number of each element's tile, found by laying one tile after the other.
std::vector<std::size_t> laid_out(const tiling& t, std::size_t& count) {
  std::vector<std::size_t> numbers(t.rows * t.columns);
  count = 0;
  for (std::size_t top = 0; top < t.rows; top += t.tile_rows) {
    for (std::size_t left = 0; left < t.columns; left += t.tile_columns) {
      for (std::size_t r = top; r < t.rows && r < top + t.tile_rows; ++r) {
        for (std::size_t c = left; c < t.columns && c < left + t.tile_columns; ++c) {
          numbers[r * t.columns + c] = count;
        }
      }
      ++count;
    }
  }
  return numbers;
}

TEST(Tiling, NumbersTilesAsTheyAreLaidOut) {
  for (std::size_t rows = 0; rows < 7; ++rows) {
    for (std::size_t columns = 0; columns < 7; ++columns) {
      for (std::size_t tile = 0; tile < 64; ++tile) {
        const tiling t = f8::per_block(rows, columns, 1 + tile / 8, 1 + tile % 8);
        std::size_t count = 0;
        const std::vector<std::size_t> numbers = laid_out(t, count);
        ASSERT_EQ(t.size(), count) << rows << 'x' << columns << ", " << tile;
        ASSERT_EQ(t.size(), t.grid_rows() * t.grid_columns());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
          ASSERT_EQ(t.index(i / columns, i % columns), numbers[i])
              << rows << 'x' << columns << ", " << tile << ", " << i;
        }
      }
    }
  }
}

/// The tiling's grid, and the tiles of three elements.
void expect_grid(const tiling& t, std::size_t rows, std::size_t columns) {
  EXPECT_EQ(t.grid_rows(), rows);
  EXPECT_EQ(t.grid_columns(), columns);
}

TEST(Tiling, HasTheShapesThatItsNamesSay) {
  expect_grid(f8::per_tensor(5, 300), 1, 1);
  expect_grid(f8::per_row(5, 300), 5, 1);
  expect_grid(f8::per_column(5, 300), 1, 300);
  expect_grid(f8::per_block(5, 300, 128, 128), 1, 3);
  expect_grid(f8::per_block(5, 300, 1, 128), 5, 3);
  expect_grid(f8::mx_blocks(5, 300), 5, 10);
  EXPECT_EQ(f8::per_row(5, 300).index(3, 299), 3u);
  EXPECT_EQ(f8::per_column(5, 300).index(4, 299), 299u);
  EXPECT_EQ(f8::mx_blocks(5, 300).index(2, 32), 21u);
}

TEST(Tiling, OfAnEmptyMatrixHasNoTiles) {
  for (const auto make : {f8::per_tensor, f8::per_row, f8::per_column, f8::mx_blocks}) {
    EXPECT_EQ(make(0, 0).size(), 0u);
    EXPECT_EQ(make(0, 9).size(), 0u);
    EXPECT_EQ(make(9, 0).size(), 0u);
    EXPECT_GT(make(9, 0).tile_rows, 0u);
    EXPECT_GT(make(0, 0).tile_columns, 0u);
  }
}

TEST(Tiling, CountsWithoutOverflow) {
  constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
  expect_grid(f8::per_block(most, 1, 2, most), most / 2 + 1, 1);
  expect_grid(f8::per_block(1, most, most, 1), 1, most);
}

static_assert(f8::per_block(300, 400, 128, 128).index(299, 399) == 11, "constexpr");

}  // namespace
