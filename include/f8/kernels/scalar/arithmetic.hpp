// Arithmetic on arrays of floats, one by one: the order in which sums are added, and the kernels of
// floats that keep to it.
#ifndef F8_KERNELS_SCALAR_ARITHMETIC_HPP
#define F8_KERNELS_SCALAR_ARITHMETIC_HPP

#include <cstddef>
#include <cstdint>

#include "arrays.hpp"

#include "../../core/fma.hpp"
#include "../../core/power.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

namespace f8 {
namespace {
namespace kernels {

// These are the numbers of the order of sums, which f8/arithmetic.hpp states.

/// A run has so many partial sums, as many as a vector of AVX-512 holds: element i is added to
/// number i mod 16.
inline constexpr std::size_t sum_lanes = 16;
/// A run has at most so many elements, which are added up before their sums are added to those of
/// the runs before: few enough for the additions of the next run to begin while these wait for each
/// other.
inline constexpr std::size_t longest_run = 128;
/// The scales of tiles that have fewer columns multiply x, not the sums of runs.
inline constexpr std::size_t narrowest_tile = 32;

/// So many columns are done before the next rows are: few enough for the first cache, and enough of
/// a row's bytes to be read at the speed of bytes that follow each other.
inline constexpr std::size_t panel = 4096;

/// A part of some rows of a matrix: up to a panel of columns, which make whole runs.
struct weight_rows {
  const unsigned char* data;  ///< of the first row
  std::size_t row_size;       ///< bytes from a row to the next
  std::size_t rows;
  std::size_t columns;
  std::size_t tile_columns;
  const float* const* scales;  ///< of each row, one for each tile

  F8_FN weight_rows without(std::size_t first_rows) const {
    return {data + first_rows * row_size, row_size, rows - first_rows, columns, tile_columns,
            scales + first_rows};
  }
};

/// Adds the products of each row with x to its sums.
using product_kernel = void (*)(const weight_rows& w, const void* x, float* sums);

/// The kernels of an instruction set on arrays of floats, whose text is generic/float_arrays.inl.
struct float_kernels {
  product_kernel add_products;
  float (*total)(float* sums);
  void (*multiply)(float* product, const void* a, const void* b, std::size_t n);
  void (*add_multiple)(float alpha, const void* x, void* y, std::size_t n);
};

/// Makes floats of codes of powers of two (core/power.hpp).
using power_kernel = void (*)(const unsigned char* codes, float* out, std::size_t n);

/// The bits of x; but every NaN becomes the quiet one without sign.
F8_HOST_FN inline std::uint32_t canonical_bits(float x) noexcept {
  asm("" : "+m"(x));  // Under -ffast-math compilers take for granted that x is no NaN.
  const auto bits = detail::bit_cast<std::uint32_t>(x);
  return detail::is_nan<binary32>(bits) ? binary32::quiet_nan : bits;
}

/// The bits of a sum: as canonical_bits, and -0 becomes +0.
F8_HOST_FN inline std::uint32_t sum_bits(float x) noexcept {
  const std::uint32_t bits = canonical_bits(x);
  return bits == binary32::sign_bit ? 0 : bits;
}

/// The kernel of convert() from floats to floats.
inline void copy_floats(const void* in, void* out, std::size_t n, conversion) {
  __builtin_memcpy(out, in, n * sizeof(float));
}

namespace scalar {

inline void powers_of_two(const unsigned char* codes, float* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    kernels::store<binary32>(out, i, detail::power_of_two(codes[i]));
}

struct float_lanes {
  using vector = float;
  static constexpr std::size_t width = 1;

  F8_FN static float load(const void* array, std::size_t i) {
    return detail::bit_cast<float>(kernels::load<binary32>(array, i));
  }
  F8_FN static void store(void* array, std::size_t i, float x) {
    kernels::store<binary32>(array, i, detail::bit_cast<std::uint32_t>(x));
  }
  F8_FN static float all(float x) { return x; }
  F8_FN static float add(float a, float b) { return a + b; }
  F8_FN static float multiply(float a, float b) { return a * b; }
  F8_FN static float fused(float a, float b, float c) {
#if F8_HAS_FMA
    return __builtin_fmaf(a, b, c);
#else
    return detail::bit_cast<float>(detail::fused_multiply_add(detail::bit_cast<std::uint32_t>(a),
                                                              detail::bit_cast<std::uint32_t>(b),
                                                              detail::bit_cast<std::uint32_t>(c)));
#endif
  }
  F8_HOST_FN static float canonical(float x) {
    return detail::bit_cast<float>(canonical_bits(x));
  }
};

#define F8_KERNEL_FN
#define F8_PART_FN F8_FN inline
#define F8_UNROLL
#include "../generic/float_arrays.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN
#undef F8_UNROLL

/// Null: the scalar core multiplies no weights but floats.
template <class Weight>
constexpr product_kernel products() {
  return nullptr;
}

}  // namespace scalar
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
