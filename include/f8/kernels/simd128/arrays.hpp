// What the kernels for WebAssembly's vectors of 128 bits share: constants, lanes of 32 bits, and
// how elements become floats in them.
//
// A WebAssembly machine rounds to nearest even and flushes nothing, so that floating-point
// operations are exact or round once, and no state of it has to be set.
#ifndef F8_KERNELS_SIMD128_ARRAYS_HPP
#define F8_KERNELS_SIMD128_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "../scalar/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128
#include <wasm_simd128.h>

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using byte = unsigned char;

inline constexpr std::size_t block_size = 16;

F8_SIMD128_FN v128_t all32(std::uint32_t x) {
  return wasm_i32x4_splat(static_cast<std::int32_t>(x));
}
F8_SIMD128_FN v128_t all8(std::uint32_t x) {
  return wasm_i8x16_splat(static_cast<std::int8_t>(x));
}

/// 2^exponent as the bits of a float.
F8_SIMD128_FN constexpr std::uint32_t power_of_two(int exponent) {
  return static_cast<std::uint32_t>(exponent + binary32::bias) << binary32::trailing_bits;
}
F8_SIMD128_FN constexpr bool is_power_of_two_of_float(int exponent) {
  return exponent >= binary32::emin && exponent <= binary32::emax;
}

/// 16 lanes of 32 bits.
struct lanes {
  v128_t of[4];
};

/// 16 codes, with their signs continued to the left.
F8_SIMD128_FN lanes widened(v128_t codes) {
  const v128_t low = wasm_i16x8_extend_low_i8x16(codes), high = wasm_i16x8_extend_high_i8x16(codes);
  return {{wasm_i32x4_extend_low_i16x8(low), wasm_i32x4_extend_high_i16x8(low),
           wasm_i32x4_extend_low_i16x8(high), wasm_i32x4_extend_high_i16x8(high)}};
}

/// Each lane as the nearest signed byte: a sign stays, and so does a mask.
F8_SIMD128_FN v128_t signed_bytes(const lanes& x) {
  return wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(x.of[0], x.of[1]),
                                 wasm_i16x8_narrow_i32x4(x.of[2], x.of[3]));
}

/// Each lane as the nearest byte without sign.
F8_SIMD128_FN v128_t unsigned_bytes(const lanes& x) {
  return wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(x.of[0], x.of[1]),
                                 wasm_i16x8_narrow_i32x4(x.of[2], x.of[3]));
}

/// 4 elements as the bits of floats. This is exact; a NaN stays one, but need not be quiet.
template <class Source>
F8_SIMD128_FN v128_t read_floats(const byte* in) {
  if constexpr (Source::width == 32) {
    return wasm_v128_load(in);
  } else if constexpr (Source::trailing_bits == bfloat16_format::trailing_bits) {
    return wasm_i32x4_shl(wasm_u32x4_load16x4(in), 16);
  } else {
    const v128_t x = wasm_i32x4_shl(wasm_i32x4_load16x4(in), 13);
    const v128_t magnitude = wasm_v128_and(x, all32(binary16::magnitude_mask << 13));
    const v128_t special = wasm_i32x4_gt(magnitude, all32(binary16::max_finite << 13));
    const v128_t finite =
        wasm_f32x4_mul(magnitude, all32(power_of_two(binary32::bias - binary16::bias)));
    const v128_t sign = wasm_v128_and(x, all32(binary32::sign_bit));
    const v128_t infinity = wasm_v128_and(special, all32(binary32::infinity));
    return wasm_v128_or(wasm_v128_or(finite, sign), infinity);
  }
}

#define F8_PART_FN F8_SIMD128_FN
#include "../generic/block_loops.inl"
#undef F8_PART_FN

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
