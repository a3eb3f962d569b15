// Products of rows of 8-bit weights, decoded on their way from memory to the multiplier.
#ifndef F8_KERNELS_AVX512VBMI_ARITHMETIC_HPP
#define F8_KERNELS_AVX512VBMI_ARITHMETIC_HPP

#include "../avx512/arithmetic.hpp"
#include "decode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

// The kernels on floats are those of AVX-512.
using avx512::on_floats;
using avx512::powers_of_two;

using avx512::float_lanes;

/// 8-bit weights, decoded on their way from memory to the multiplier: 14 operations of 512 bits for
/// 64 weights and their products, of which Zen 4 begins two in a cycle at best; half of one more
/// for the scale of a run of 128, and 2 where runs have 32.
template <class Format>
struct code_weights : avx512::decoded_weights<Format> {
  byte_tables<Format, binary32> table;

  F8_AVX512VBMI_FN code_weights() = default;
  F8_AVX512VBMI_FN void operator()(const unsigned char* from, __m512 (&to)[4]) const {
    this->floats(table.look_up(_mm512_loadu_si512(from)), to);
  }
};

#define F8_KERNEL_FN F8_AVX512VBMI_KERNEL_FN
#define F8_PART_FN F8_AVX512VBMI_FN
#define F8_UNROLL _Pragma("GCC unroll 16")
#include "../generic/product_rows.inl"
#undef F8_KERNEL_FN
#undef F8_PART_FN
#undef F8_UNROLL

/// The kernel that multiplies weights of 8 bits as they are; null where they become floats first.
template <class Weight>
constexpr product_kernel products() {
  if constexpr (avx512::has_table<Weight, binary32>) {
    return add_products<code_weights<Weight>>;
  } else {
    return nullptr;
  }
}

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
