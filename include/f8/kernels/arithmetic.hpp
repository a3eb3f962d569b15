// Sums of products over arrays of any format: what convert()'s kernels make floats of, panel by
// panel, the kernels on floats multiply and add.
#pragma once

#include <cstddef>
#include <cstdint>

#include "avx2_arithmetic.hpp"
#include "avx512_arithmetic.hpp"
#include "avx512vbmi_arithmetic.hpp"
#include "dispatch.hpp"
#include "fp_state.hpp"
#include "neon_arithmetic.hpp"
#include "scalar_arithmetic.hpp"

#include "../tiling.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

inline float_kernels find_float_kernels(isa x) noexcept {
  switch (x) {
#if F8_X86
    case isa::avx512vbmi:
      return avx512vbmi::on_floats;
    case isa::avx512:
      return avx512::on_floats;
    case isa::avx2:
      return avx2::on_floats;
#elif F8_NEON
    case isa::neon:
      return neon::on_floats;
#endif
    default:
      return scalar::on_floats;
  }
}

/// Null where rows are decoded to memory first.
template <class Weight>
code_kernel find_code_kernel(isa x) noexcept {
#if F8_X86
  if constexpr (avx512::has_table<Weight, binary32>) {
    if (x == isa::avx512vbmi) return avx512vbmi::add_products_of_codes<Weight>;
  }
#endif
  (void)x;
  return nullptr;
}

/// Null for floats, which are used where they are.
template <class Format>
kernel find_to_float(isa x) noexcept {
  if constexpr (Format::width == 32) {
    (void)x;
    return nullptr;
  } else {
    return find<Format, binary32>(x);
  }
}

inline void copy_floats(const void* in, void* out, std::size_t n, conversion) {
  __builtin_memcpy(out, in, n * sizeof(float));
}

template <class Format>
kernel find_from_float(isa x) noexcept {
  if constexpr (Format::width == 32) {
    (void)x;
    return copy_floats;
  } else {
    return find<binary32, Format>(x);
  }
}

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
inline constexpr std::size_t rows_at_once = 4;

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

/// An operand's to_float: 1, n times.
inline void ones(const void*, void* out, std::size_t n, conversion) {
  for (std::size_t i = 0; i < n; ++i)
    store<binary32>(out, i, detail::bit_cast<std::uint32_t>(1.0F));
}

// ------------------------------------------------------------------------------------------------
// sums of products

/// The sum of 64 partial sums, which are overwritten: the second half is added to the first until
/// one is left.
inline float total(float* sums) {
  for (std::size_t half = partial_sums / 2; half != 0; half /= 2) {
    for (std::size_t j = 0; j < half; ++j) sums[j] += sums[j + half];
    asm volatile("" : : "r"(sums) : "memory");  // -ffast-math would choose another order
  }
  return sums[0];
}

/// The kernels that multiply a matrix with a vector.
struct product_kernels {
  float_kernels on_floats;
  code_kernel add_codes;  ///< for weights as they are; may be null
};

/// A row-major matrix and its scales.
template <class Scale>
struct weights {
  operand codes;
  tiling tiles;
  const Scale* scales;

  /// True if all elements of a row have one scale.
  bool has_row_scales() const { return tiles.tile_columns >= tiles.columns; }

  float row_scale(std::size_t row) const {
    return tiles.columns == 0 ? 1.0F : static_cast<float>(scales[tiles.index(row, 0)]);
  }

  /// Of a row's `columns` elements from `column` on, every step-th one's scale, `step` dividing the
  /// width of a tile; then ones, which leave the zeros there as they are, up to a multiple of 64
  /// elements.
  void scales_of(std::size_t row, std::size_t column, std::size_t columns, std::size_t step,
                 float* out) const {
    const Scale* scale = scales + tiles.index(row, column);
    std::size_t left = tiles.tile_columns - column % tiles.tile_columns;  // of this tile
    float* const end = out + (columns + step - 1) / step;
    float* const last = out + padded(columns) / step;
    while (out != end) {
      const float x = static_cast<float>(*scale++);
      for (; left != 0 && out != end; left -= step) *out++ = x;
      left = tiles.tile_columns;
    }
    while (out != last) *out++ = 1;
  }
};

/// Adds the products of a part of a row.
template <class Scale>
void add_part(const product_kernels& k, const weights<Scale>& w, std::size_t row,
              std::size_t column, const void* x, std::size_t n, float* sums) {
  float buffer[panel], scales[panel];
  const operand codes = w.codes.from(row * w.tiles.columns + column);
  const bool scaled = !w.has_row_scales();
  if (k.add_codes != nullptr && (!scaled || w.tiles.tile_columns % scale_width == 0)) {
    if (scaled) w.scales_of(row, column, n, scale_width, scales);
    return k.add_codes(sums, codes.data, scaled ? scales : nullptr, x, n);
  }
  const void* floats_of_row = floats(codes, n, buffer);
  if (scaled) {
    w.scales_of(row, column, n, 1, scales);
    k.on_floats.multiply(buffer, floats_of_row, scales, padded(n));
    floats_of_row = buffer;
  }
  k.on_floats.add_products(sums, floats_of_row, x, padded(n));
}

/// The sums of the products of some rows with x, times their scales if those are of whole rows.
template <class Scale>
void multiply_rows(const product_kernels& k, const weights<Scale>& w, std::size_t first,
                   std::size_t rows, const operand& x, std::uint32_t* result) {
  alignas(64) float sums[rows_at_once * partial_sums] = {};
  alignas(64) float buffer[panel];
  for (std::size_t column = 0; column < w.tiles.columns; column += panel) {
    const std::size_t left = w.tiles.columns - column, n = left < panel ? left : panel;
    const void* xs = floats(x.from(column), n, buffer);
    for (std::size_t r = 0; r < rows; ++r)
      add_part(k, w, first + r, column, xs, n, sums + r * partial_sums);
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const float sum = total(sums + r * partial_sums);
    result[r] = canonical_bits(w.has_row_scales() ? w.row_scale(first + r) * sum : sum);
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
#include "region_end.hpp"
