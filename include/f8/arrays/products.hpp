// Sums of products over arrays of any format: the kernels of convert() make floats of the elements,
// panel by panel, and the kernels on floats multiply and add these.
#ifndef F8_ARRAYS_PRODUCTS_HPP
#define F8_ARRAYS_PRODUCTS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../kernels/arithmetic.hpp"
#include "../kernels/fp_state.hpp"
#include "../tiling.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_arithmetic {

using kernels::kernel;
using kernels::narrowest_tile;
using kernels::panel;
using kernels::sum_lanes;

// ------------------------------------------------------------------------------------------------
// operands

/// Rows that share the floats made of x.
inline constexpr std::size_t rows_at_once = 16;

/// An array of elements that are floats, or become floats.
struct operand {
  const unsigned char* data;
  std::size_t size;  ///< of an element, in bytes
  kernel to_float;   ///< null for floats

  F8_FN operand from(std::size_t i) const { return {data + i * size, size, to_float}; }
};

/// As many as whole vectors, the largest there are, hold n of.
F8_FN inline std::size_t padded(std::size_t n) {
  return (n + sum_lanes - 1) / sum_lanes * sum_lanes;
}

/// The first n elements of x and, after them, zeros up to a multiple of 16. Where they lie, or in
/// `buffer`, which holds a panel.
inline const void* floats(const operand& x, std::size_t n, float* buffer) {
  if (x.to_float == nullptr) {
    if (n % sum_lanes == 0) return x.data;
    __builtin_memcpy(buffer, x.data, n * sizeof(float));
  } else {
    x.to_float(x.data, buffer, n, conversion{});
  }
  for (std::size_t i = n; i < padded(n); ++i) buffer[i] = 0;
  return buffer;
}

/// An operand's to_float: 1, n times.
inline void ones(const void*, void* out, std::size_t n, conversion) {
  for (std::size_t i = 0; i < n; ++i)
    kernels::store<binary32>(out, i, detail::bit_cast<std::uint32_t>(1.0F));
}

// ------------------------------------------------------------------------------------------------
// sums of products

/// The kernels that multiply a matrix with a vector.
struct product_kernels {
  kernels::float_kernels on_floats;
  kernels::product_kernel
      add_products;  ///< for weights as they are; null if they become floats first
  kernels::power_kernel powers_of_two;
};

/// A row-major matrix and its scales.
template <class Scale>
struct weights {
  operand elements;
  tiling tiles;
  const Scale* scales;

  /// True if scales multiply x. Then a row is added up as if it were one tile.
  bool has_narrow_tiles() const {
    return tiles.tile_columns < narrowest_tile && tiles.tile_columns < tiles.columns;
  }

  /// The columns of the panel that begins with a run: whole runs.
  std::size_t panel_columns(std::size_t column) const {
    const std::size_t left = tiles.columns - column, width = tiles.tile_columns;
    const std::size_t n = has_narrow_tiles() ? panel
                          : width <= panel   ? panel / width * width
                                             : smaller(panel, width - column % width);
    return smaller(n, left);
  }
  /// The rows from number `row` on that are done together.
  std::size_t rows_from(std::size_t row) const {
    const std::size_t left = smaller(rows_at_once, tiles.rows - row);
    return has_narrow_tiles() ? smaller(left, tiles.tile_rows - row % tiles.tile_rows) : left;
  }

 private:
  static std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }
};

/// The scales as floats: those that are none are powers of two in one byte each.
template <class Scale>
const float* as_floats(const product_kernels& k, const Scale* scales, std::size_t n,
                       float* buffer) {
  if constexpr (std::is_same_v<Scale, float>) {
    return scales;
  } else {
    static_assert(sizeof(Scale) == 1);
    k.powers_of_two(reinterpret_cast<const unsigned char*>(scales), buffer, n);
    return buffer;
  }
}

/// A panel of x times the scales of the tiles that its columns are in, the first of which has
/// `left` columns here. What x has after its n elements stays 0.
template <class Scale>
void scale_x(const product_kernels& k, const Scale* scales, std::size_t left, std::size_t width,
             const void* x, std::size_t n, float* scaled) {
  alignas(64) float buffer[panel];
  const void* factors = buffer;
  if (std::is_same_v<Scale, float> && width == 1 && n % sum_lanes == 0) {
    factors = scales;
  } else {
    std::size_t i = 0;
    for (; i < n; left = width) {
      const float scale = static_cast<float>(*scales++);
      for (; left != 0 && i < n; --left) buffer[i++] = scale;
    }
    for (; i < padded(n); ++i) buffer[i] = 0;
  }
  k.on_floats.multiply(scaled, x, factors, padded(n));
}

/// Adds the products of each row with x to its sums.
inline void add_panel(const product_kernels& k, const operand& elements,
                      const kernels::weight_rows& w, const void* x, float* sums) {
  if (k.add_products != nullptr) return k.add_products(w, x, sums);
  alignas(64) float buffer[panel];
  for (std::size_t r = 0; r < w.rows; ++r) {
    elements.to_float(w.data + r * w.row_size, buffer, w.columns, conversion{});
    k.on_floats.add_products({reinterpret_cast<const unsigned char*>(buffer), 0, 1, w.columns,
                              w.tile_columns, w.scales + r},
                             x, sums + r * sum_lanes);
  }
}

/// The sums of the products of some rows with x. If tiles are narrow, the rows have the same
/// scales.
template <class Scale>
void multiply_rows(const product_kernels& k, const weights<Scale>& w, std::size_t first,
                   std::size_t rows, const operand& x, std::uint32_t* result) {
  constexpr float one = 1;
  constexpr std::size_t most_tiles = panel / narrowest_tile;
  alignas(64) float sums[rows_at_once * sum_lanes] = {};
  alignas(64) float buffer[panel], float_scales[rows_at_once * most_tiles];
  const std::size_t columns = w.tiles.columns, width = w.tiles.tile_columns;
  const std::size_t grid_columns = w.tiles.grid_columns();
  const Scale* row_scales[rows_at_once];
  for (std::size_t r = 0; r < rows; ++r)
    row_scales[r] = w.scales + (first + r) / w.tiles.tile_rows * grid_columns;

  for (std::size_t column = 0, n = 0; column < columns; column += n) {
    n = w.panel_columns(column);
    const float* scales[rows_at_once];
    const void* x_floats = floats(x.from(column), n, buffer);
    if (w.has_narrow_tiles()) {
      scale_x(k, row_scales[0] + column / width, width - column % width, width, x_floats, n,
              buffer);
      x_floats = buffer;
      for (std::size_t r = 0; r < rows; ++r) scales[r] = &one;
    } else {
      const std::size_t tiles = 1 + (n - 1) / width;
      for (std::size_t r = 0; r < rows; ++r) {
        scales[r] = r > 0 && row_scales[r] == row_scales[r - 1]
                        ? scales[r - 1]
                        : as_floats(k, row_scales[r] + column / width, tiles,
                                    float_scales + r * most_tiles);
      }
    }
    add_panel(k, w.elements,
              {w.elements.from(first * columns + column).data, columns * w.elements.size, rows, n,
               w.has_narrow_tiles() ? columns : width, scales},
              x_floats, sums);
  }
  for (std::size_t r = 0; r < rows; ++r)
    result[r] = kernels::sum_bits(k.on_floats.total(sums + r * sum_lanes));
}

/// y = W x. `from_float` makes y's elements, of y_size bytes.
template <class Scale>
void multiply_tiles(const product_kernels& k, const weights<Scale>& w, const operand& x,
                    kernel from_float, std::size_t y_size, unsigned char* y) {
  const kernels_detail::default_fp_state standard;
  std::uint32_t result[rows_at_once];
  for (std::size_t row = 0, n = 0; row < w.tiles.rows; row += n) {
    n = w.rows_from(row);
    multiply_rows(k, w, row, n, x, result);
    from_float(result, y + row * y_size, n, conversion{});
  }
}

/// y = alpha x + y.
inline void add_multiple(const kernels::float_kernels& k, float alpha, const operand& x,
                         const operand& y, kernel from_float, unsigned char* result,
                         std::size_t n) {
  const kernels_detail::default_fp_state standard;
  float x_buffer[panel], y_buffer[panel];
  for (std::size_t i = 0; i < n; i += panel) {
    const std::size_t left = n - i, count = left < panel ? left : panel;
    const void* xs = floats(x.from(i), count, x_buffer);
    const void* ys = floats(y.from(i), count, y_buffer);
    if (ys != y_buffer) __builtin_memcpy(y_buffer, ys, count * sizeof(float));
    k.add_multiple(alpha, xs, y_buffer, padded(count));
    from_float(y_buffer, result + i * y.size, count, conversion{});
  }
}

}  // namespace detail_arithmetic
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
