// The tables of kernels for arithmetic: a column for each instruction set.
#ifndef F8_KERNELS_ARITHMETIC_HPP
#define F8_KERNELS_ARITHMETIC_HPP

#include "avx2/arithmetic.hpp"
#include "avx512/arithmetic.hpp"
#include "avx512vbmi/arithmetic.hpp"
#include "dispatch.hpp"
#include "neon/arithmetic.hpp"
#include "scalar/arithmetic.hpp"

#include "../core/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

inline float_kernels find_float_kernels(isa x) noexcept {
  switch (x) {
#if F8_HAS_X86
    case isa::avx512vbmi:
      return avx512vbmi::on_floats;
    case isa::avx512:
      return avx512::on_floats;
    case isa::avx2:
      return avx2::on_floats;
#elif F8_HAS_NEON
    case isa::neon:
      return neon::on_floats;
#endif
    default:
      return scalar::on_floats;
  }
}

/// Null where weights become floats in memory first.
template <class Weight>
product_kernel find_products(isa x) noexcept {
  if constexpr (Weight::width == 32) return find_float_kernels(x).add_products;
#if F8_HAS_X86
  if constexpr (avx512::has_table<Weight, binary32>) {
    if (x == isa::avx512vbmi) return avx512vbmi::add_products<avx512vbmi::code_weights<Weight>>;
    if (x == isa::avx512) return avx512::add_products<avx512::code_weights<Weight>>;
  }
  if constexpr (avx2::decodes<Weight, binary32>()) {
    if (x == isa::avx2) return avx2::add_products<avx2::code_weights<Weight>>;
  }
#endif
  (void)x;
  return nullptr;
}

inline power_kernel find_powers_of_two(isa x) noexcept {
#if F8_HAS_X86
  if (x == isa::avx512vbmi || x == isa::avx512) return avx512::powers_of_two;
  if (x == isa::avx2) return avx2::powers_of_two;
#endif
  (void)x;
  return scalar::powers_of_two;
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
