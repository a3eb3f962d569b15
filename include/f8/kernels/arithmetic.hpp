// The kernels of an instruction set for arithmetic: what its namespace has by one name.
#ifndef F8_KERNELS_ARITHMETIC_HPP
#define F8_KERNELS_ARITHMETIC_HPP

#include "avx2/arithmetic.hpp"
#include "avx512/arithmetic.hpp"
#include "avx512vbmi/arithmetic.hpp"
#include "dispatch.hpp"
#include "neon/arithmetic.hpp"
#include "scalar/arithmetic.hpp"
#include "simd128/arithmetic.hpp"

#include "../core/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

/// The kernels of arithmetic on floats.
inline float_kernels find_float_kernels(isa x) noexcept {
  F8_RETURN_OF_ISA(x, on_floats)
}

/// The kernel that multiplies weights as they are; null where they become floats in memory first.
template <class Weight>
product_kernel find_products(isa x) noexcept {
  if constexpr (Weight::width == 32) {
    return find_float_kernels(x).add_products;
  } else {
    F8_RETURN_OF_ISA(x, products<Weight>())
  }
}

/// The kernel that makes floats of scales that are powers of two.
inline power_kernel find_powers_of_two(isa x) noexcept {
  F8_RETURN_OF_ISA(x, powers_of_two)
}

/// The kernel that makes floats of a format; null for floats, which are used where they are.
template <class Format>
kernel find_to_float(isa x) noexcept {
  if constexpr (Format::width == 32) {
    (void)x;
    return nullptr;
  } else {
    return find<Format, binary32>(x);
  }
}

/// The kernel that makes a format's codes of floats.
template <class Format>
kernel find_from_float(isa x) noexcept {
  if constexpr (Format::width == 32) {
    (void)x;
    return copy_floats;
  } else {
    return find<binary32, Format>(x);
  }
}

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"
#include "region_end.hpp"

#endif
