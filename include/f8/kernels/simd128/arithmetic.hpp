// Arithmetic on arrays with WebAssembly's vectors, which is the scalar core's: there is no fused
// multiply-add of known rounding.
#ifndef F8_KERNELS_SIMD128_ARITHMETIC_HPP
#define F8_KERNELS_SIMD128_ARITHMETIC_HPP

#include "../scalar/arithmetic.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using scalar::on_floats;
using scalar::powers_of_two;
using scalar::products;

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
