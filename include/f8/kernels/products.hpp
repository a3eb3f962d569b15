// Sums of products over arrays of any format: what convert()'s kernels make floats of, panel by
// panel, the kernels on floats multiply and add.
#ifndef F8_KERNELS_PRODUCTS_HPP
#define F8_KERNELS_PRODUCTS_HPP

#include <cstddef>
#include <cstdint>

#include "fp_state.hpp"
#include "scalar_arithmetic.hpp"

#include "../e8m0.hpp"
#include "../tiling.hpp"

#include "../detail/config.hpp"

namespace f8 {
namespace {
namespace kernels {

// ------------------------------------------------------------------------------------------------
// operands

/// An array of elements that are floats, or become floats.
struct operand {
  const unsigned char* data;
  std::size_t size;  ///< of an element, in bytes
  kernel to_float;   ///< null for floats

  F8_FN operand from(std::size_t i) const { return {data + i * size, size, to_float}; }
};

/// Rows that share the floats made of x.
inline constexpr std::size_t rows_at_once = 16;

/// As many as whole blocks of 64 hold n of.
F8_FN inline std::size_t padded(std::size_t n) {
  return (n + partial_sums - 1) / partial_sums * partial_sums;
}

/// The first n elements of x and, after them, zeros up to a multiple of 64. Where they lie, or in
/// `buffer`, which holds a panel.
inline const void* floats(const operand& x, std::size_t n, float* buffer) {
  if (x.to_float == nullptr) {
    if (n % partial_sums == 0) return x.data;
    __builtin_memcpy(buffer, x.data, n * sizeof(float));
  } else {
    x.to_float(x.data, buffer, n, conversion{});
  }
  for (std::size_t i = n; i < padded(n); ++i) buffer[i] = 0;
  return buffer;
}

/// From floats to floats.
inline void copy_floats(const void* in, void* out, std::size_t n, conversion) {
  __builtin_memcpy(out, in, n * sizeof(float));
}

/// An operand's to_float: 1, n times.
inline void ones(const void*, void* out, std::size_t n, conversion) {
  for (std::size_t i = 0; i < n; ++i)
    store<binary32>(out, i, detail::bit_cast<std::uint32_t>(1.0F));
}

// ------------------------------------------------------------------------------------------------
// sums of products

/// The kernels that multiply a matrix with a vector.
struct product_kernels {
  float_kernels on_floats;
  code_kernel add_codes;       ///< for weights as they are; null if there is none,
  power_kernel powers_of_two;  ///< and then this is, too
};

/// A row-major matrix and its scales.
template <class Scale>
struct weights {
  operand codes;
  tiling tiles;
  const Scale* scales;

  /// True if all elements of a row have one scale.
  bool has_row_scales() const { return tiles.tile_columns >= tiles.columns; }
  /// True if the kernel that takes codes, if there is one, takes scales like these.
  bool has_wide_tiles() const { return has_row_scales() || tiles.tile_columns % scale_width == 0; }
};

/// Some rows of a panel.
template <class Scale>
struct part {
  operand codes;  ///< of the first row
  std::size_t rows;
  std::size_t columns;
  const Scale* const* scales;  ///< of each row, from the panel's first tile on
  std::size_t left;            ///< columns of that tile that are in the panel
  const void* x;               ///< floats, and zeros up to a multiple of 64
};

/// The scales of every step-th of n elements of a row, `step` dividing the width of a tile; then
/// ones, which leave the zeros there as they are, up to a multiple of 64 elements. The first tile
/// has `left` columns here.
template <class Scale>
void spread(const Scale* scales, std::size_t left, std::size_t tile_columns, std::size_t n,
            std::size_t step, float* out) {
  float* const end = out + (n + step - 1) / step;
  float* const last = out + padded(n) / step;
  for (; out != end; left = tile_columns) {
    const float scale = static_cast<float>(*scales++);
    for (; left != 0 && out != end; left -= step) *out++ = scale;
  }
  while (out != last) *out++ = 1;
}

/// Adds the products of each row to its partial sums: by way of a panel of floats.
template <class Scale>
void add_floats(const product_kernels& k, const weights<Scale>& w, const part<Scale>& p,
                float* sums) {
  alignas(64) float buffer[panel], scales[panel];
  const Scale* in_scales = nullptr;  // what `scales` was made from
  for (std::size_t r = 0; r < p.rows; ++r, sums += partial_sums) {
    const void* row = floats(p.codes.from(r * w.tiles.columns), p.columns, buffer);
    if (!w.has_row_scales()) {
      if (p.scales[r] != in_scales)
        spread(p.scales[r], p.left, w.tiles.tile_columns, p.columns, 1, scales);
      in_scales = p.scales[r];
      k.on_floats.multiply(buffer, row, scales, padded(p.columns));
      row = buffer;
    }
    k.on_floats.add_products(sums, row, p.x, padded(p.columns));
  }
}

/// The scales of a row that the kernel that takes codes is given.
inline void spread_wide(const product_kernels&, const float* scales, std::size_t left,
                        std::size_t tile_columns, std::size_t n, float* out) {
  spread(scales, left, tile_columns, n, scale_width, out);
}
inline void spread_wide(const product_kernels& k, const e8m0* scales, std::size_t left,
                        std::size_t tile_columns, std::size_t n, float* out) {
  if (tile_columns != scale_width) return spread(scales, left, tile_columns, n, scale_width, out);
  const std::size_t tiles = (n + scale_width - 1) / scale_width;
  k.powers_of_two(reinterpret_cast<const unsigned char*>(scales), out, tiles);
  if (tiles * scale_width < padded(n)) out[tiles] = 1;
}

/// The same by the kernel that takes codes.
template <class Scale>
void add_codes(const product_kernels& k, const weights<Scale>& w, const part<Scale>& p,
               float* sums) {
  alignas(64) float scales[rows_at_once * panel_scales];
  const bool scaled = !w.has_row_scales();
  for (std::size_t r = 0; scaled && r < p.rows; ++r) {
    float* const row = scales + r * panel_scales;
    if (r > 0 && p.scales[r] == p.scales[r - 1]) {
      __builtin_memcpy(row, row - panel_scales, panel_scales * sizeof(float));
    } else {
      spread_wide(k, p.scales[r], p.left, w.tiles.tile_columns, p.columns, row);
    }
  }
  k.add_codes({p.codes.data, w.tiles.columns, p.rows, p.columns, scaled ? scales : nullptr}, p.x,
              sums);
}

/// The sums of the products of some rows with x, times their scales if those are of whole rows.
template <class Scale>
void multiply_rows(const product_kernels& k, const weights<Scale>& w, std::size_t first,
                   std::size_t rows, const operand& x, std::uint32_t* result) {
  alignas(64) float sums[rows_at_once * partial_sums] = {};
  alignas(64) float buffer[panel];
  const std::size_t columns = w.tiles.columns, width = w.tiles.tile_columns;
  const Scale* row_scales[rows_at_once];
  for (std::size_t r = 0; r < rows; ++r) row_scales[r] = w.scales + w.tiles.index(first + r, 0);
  const auto add =
      k.add_codes != nullptr && w.has_wide_tiles() ? add_codes<Scale> : add_floats<Scale>;
  for (std::size_t column = 0; column < columns; column += panel) {
    const std::size_t left = columns - column, n = left < panel ? left : panel;
    const Scale* scales[rows_at_once];
    for (std::size_t r = 0; r < rows; ++r) scales[r] = row_scales[r] + column / width;
    add(k, w,
        {w.codes.from(first * columns + column), rows, n, scales, width - column % width,
         floats(x.from(column), n, buffer)},
        sums);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const float sum = k.on_floats.total(sums + r * partial_sums);
    const bool scaled = w.has_row_scales() && columns != 0;
    result[r] = canonical_bits(scaled ? static_cast<float>(*row_scales[r]) * sum : sum);
  }
}

/// y = W x. `from_float` makes y's elements, of y_size bytes.
template <class Scale>
void multiply(const product_kernels& k, const weights<Scale>& w, const operand& x,
              kernel from_float, std::size_t y_size, unsigned char* y) {
  const kernels_detail::default_fp_state standard;
  std::uint32_t result[rows_at_once];
  for (std::size_t row = 0; row < w.tiles.rows; row += rows_at_once) {
    const std::size_t left = w.tiles.rows - row, n = left < rows_at_once ? left : rows_at_once;
    multiply_rows(k, w, row, n, x, result);
    from_float(result, y + row * y_size, n, conversion{});
  }
}

/// y = alpha x + y.
inline void add_multiple(const float_kernels& k, float alpha, const operand& x, const operand& y,
                         kernel from_float, unsigned char* result, std::size_t n) {
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

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../detail/undef.hpp"

#endif
