// Arithmetic on arrays of floats, one by one: the order in which sums are added, and the kernels of
// floats that keep to it.
#ifndef F8_KERNELS_SCALAR_ARITHMETIC_HPP
#define F8_KERNELS_SCALAR_ARITHMETIC_HPP

#include <cstddef>
#include <cstdint>

#include "scalar.hpp"

#include "../detail/fma.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

/// A sum is made of so many: element i is added to number i mod 64. Enough for four vectors of
/// AVX-512, which is what hides the latency of a fused multiply-add.
inline constexpr std::size_t partial_sums = 64;

/// What an instruction set does with arrays of floats: float_arrays.hpp.
struct float_kernels {
  void (*add_products)(float* sums, const void* a, const void* b, std::size_t n);
  float (*total)(float* sums);
  void (*multiply)(float* product, const void* a, const void* b, std::size_t n);
  void (*add_multiple)(float alpha, const void* x, void* y, std::size_t n);
};

/// Columns that are done before the next rows are: few enough for the first cache.
inline constexpr std::size_t panel = 2048;

/// A part of some rows of 8-bit weights: up to a panel of columns.
struct code_rows {
  const unsigned char* codes;
  std::size_t row_size;  ///< from a row to the next
  std::size_t rows;
  std::size_t columns;
  const float* scales;  ///< if not null, panel_scales for each row, of scale_width columns each
};
inline constexpr std::size_t scale_width = 32;
inline constexpr std::size_t panel_scales = panel / scale_width;

/// Adds the products of each row with x to its partial sums, as add_products does. x goes on to a
/// multiple of 64 with zeros.
using code_kernel = void (*)(const code_rows& w, const void* x, float* sums);

/// The floats of codes of e8m0.
using power_kernel = void (*)(const unsigned char* codes, float* out, std::size_t n);

/// The float with the bits of x, but for NaNs, which all become the quiet one without sign.
F8_FN inline std::uint32_t canonical_bits(float x) noexcept {
  asm("" : "+m"(x));  // Under -ffast-math there is no NaN, and nothing that finds one.
  const auto bits = detail::bit_cast<std::uint32_t>(x);
  return detail::is_nan<binary32>(bits) ? binary32::quiet_nan : bits;
}

namespace scalar {

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
  F8_FN static float canonical(float x) {
    return detail::bit_cast<float>(canonical_bits(x));
  }
};

#define F8_FLOATS
#define F8_UNROLL
#include "float_arrays.hpp"
#undef F8_FLOATS
#undef F8_UNROLL

}  // namespace scalar
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../detail/undef.hpp"
#include "region_end.hpp"

#endif
