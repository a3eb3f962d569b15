// Arithmetic on arrays of floats, one by one: the order in which sums are added, and the kernels of
// floats that keep to it.
#pragma once

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
  void (*multiply)(float* product, const void* a, const void* b, std::size_t n);
  void (*add_multiple)(float alpha, const void* x, void* y, std::size_t n);
};

/// What is done before the next row is: few enough for the first cache, with what goes with them.
inline constexpr std::size_t panel = 1024;

/// The products of a row's weights, as 8-bit codes, with x: added to their partial sums as
/// add_products does. `scales`, if not null, has one for each scale_width of them. x goes on to a
/// multiple of 64 with zeros.
using code_kernel = void (*)(float* sums, const unsigned char* codes, const float* scales,
                             const void* x, std::size_t n);
inline constexpr std::size_t scale_width = 32;

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
