// The largest magnitudes of arrays and of the tiles of matrices.
#ifndef F8_SCALING_MEASURE_HPP
#define F8_SCALING_MEASURE_HPP

#include <cstddef>
#include <cstdint>

#include "../tiling.hpp"
#include "chunk.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

/// Finds the largest code without sign: binary64's of binary64, of any other format binary32's.
template <class Source>
class measure {
 public:
  explicit measure(isa x) noexcept : kernels_(kernels::find_scaling(x)), reader_(x) {}

  /// NaN is passed over and, if only finite numbers count, infinity.
  std::uint64_t operator()(const void* in, std::size_t n, bool finite) {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < n; i += chunk) {
      const std::uint64_t of_chunk = measured(at<Source>(in, i), smaller(chunk, n - i), finite);
      result = of_chunk > result ? of_chunk : result;
    }
    return result;
  }

 private:
  std::uint64_t measured(const void* in, std::size_t n, bool finite) {
    if constexpr (Source::width == 64) {
      return kernels::scalar::largest<Source>(in, n, finite);
    } else {
      const void* const floats = reader_.read(in, n);
      if (kernels_ == nullptr) return kernels::scalar::largest<binary32>(floats, n, finite);
      const std::uint32_t code = kernels_->largest(floats, padded(n));
      if (code < binary32::infinity) return code;
      return kernels::scalar::largest<binary32>(floats, n, finite);
    }
  }

  const scaling_kernels* kernels_;
  float_reader<Source> reader_;
};

/// The largest finite magnitudes of the tiles of a matrix. Calls use(number, code) with the number
/// of each tile; codes as measure's.
template <class Source>
class tile_measure {
 public:
  explicit tile_measure(isa x) noexcept
      : kernels_(kernels::find_scaling(x)), largest_(x), reader_(x) {}

  template <class Use>
  void operator()(const void* in, const tiling& t, const Use& use) {
    // Tiles of less than a chunk: all that stand side by side in one at a time, so that memory is
    // read along its rows, and no call is made for a few numbers.
    constexpr std::size_t narrow = 128;
    const bool side_by_side = kernels_ != nullptr && Source::width < 64 && t.tile_columns <= narrow;
    const std::size_t step =
        side_by_side ? chunk / t.tile_columns * t.tile_columns : t.tile_columns;
    for (std::size_t row = 0; row < t.rows; row += t.tile_rows) {
      const std::size_t rows = smaller(t.tile_rows, t.rows - row);
      for (std::size_t column = 0; column < t.columns; column += step) {
        const block b{at<Source>(in, row * t.columns + column), rows,
                      smaller(step, t.columns - column), t.columns};
        if (side_by_side) {
          over_tiles(b, t.tile_columns, t.index(row, column), use);
        } else {
          use(t.index(row, column), of_block(b));
        }
      }
    }
  }

 private:
  struct block {
    const void* begin;
    std::size_t rows, columns, stride;
  };

  std::uint64_t of_block(const block& b) {
    if (b.columns == b.stride) return largest_(b.begin, b.rows * b.columns, true);
    std::uint64_t result = 0;
    for (std::size_t row = 0; row < b.rows; ++row) {
      const std::uint64_t of_row = largest_(at<Source>(b.begin, row * b.stride), b.columns, true);
      result = of_row > result ? of_row : result;
    }
    return result;
  }

  /// The largest in each column first. A tile with an infinity or NaN is then looked at by itself.
  template <class Use>
  void over_tiles(const block& b, std::size_t tile_columns, std::size_t tile, const Use& use) {
    __builtin_memset(in_column_, 0, sizeof in_column_);
    for (std::size_t row = 0; row < b.rows; ++row) {
      kernels_->raise(reader_.read(at<Source>(b.begin, row * b.stride), b.columns), in_column_,
                      padded(b.columns));
    }
    for (std::size_t i = 0; i < b.columns; i += tile_columns, ++tile) {
      const std::size_t columns = smaller(tile_columns, b.columns - i);
      const std::uint32_t code = largest_in_columns(i, columns);
      const bool finite = code < binary32::infinity;
      use(tile, finite ? code : of_block({at<Source>(b.begin, i), b.rows, columns, b.stride}));
    }
  }

  std::uint32_t largest_in_columns(std::size_t first, std::size_t n) const {
    if (n % scaling_kernels::step == 0) return kernels_->largest(in_column_ + first, n);
    std::uint32_t code = 0;
    for (std::size_t k = first; k < first + n; ++k)
      code = in_column_[k] > code ? in_column_[k] : code;
    return code;
  }

  const scaling_kernels* kernels_;
  measure<Source> largest_;
  float_reader<Source> reader_;
  alignas(64) std::uint32_t in_column_[chunk];
};

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
