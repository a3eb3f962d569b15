// From 8 bits with WebAssembly's vectors, by way of floats.
#ifndef F8_KERNELS_SIMD128_DECODE_HPP
#define F8_KERNELS_SIMD128_DECODE_HPP

#include "../pairs.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using kernels_detail::is_16_bits;

/// Decodes blocks of 16: as a float, a code's magnitude is its value but for the difference of the
/// biases, which a multiplication makes up for; subnormal codes are subnormal floats first. The
/// codes of binary16 are the upper bits of floats, too, with a bias of its own.
template <class Source, class Target>
struct decoder {
  static constexpr std::size_t step = block_size;
  static constexpr int difference = Target::bias - Source::bias;

  F8_SIMD128_FN void block(const byte* in, byte* out) const {
    const lanes codes = widened(wasm_v128_load(in));
    const v128_t a = decoded(codes.of[0]), b = decoded(codes.of[1]), c = decoded(codes.of[2]),
                 d = decoded(codes.of[3]);
    if constexpr (Target::width == 32) {
      wasm_v128_store(out, a);
      wasm_v128_store(out + 16, b);
      wasm_v128_store(out + 32, c);
      wasm_v128_store(out + 48, d);
    } else {
      wasm_v128_store(out, wasm_u16x8_narrow_i32x4(a, b));
      wasm_v128_store(out + 16, wasm_u16x8_narrow_i32x4(c, d));
    }
  }

 private:
  static constexpr int widening = binary32::trailing_bits - Source::trailing_bits,
                       narrowing = binary32::trailing_bits - Target::trailing_bits;

  F8_SIMD128_FN static v128_t decoded(v128_t code) {
    const v128_t magnitude = wasm_v128_and(code, all32(Source::magnitude_mask));
    v128_t x = wasm_f32x4_mul(wasm_i32x4_shl(magnitude, widening), all32(power_of_two(difference)));
    if constexpr (narrowing != 0) x = wasm_u32x4_shr(x, narrowing);
    if constexpr (Source::has_infinity) {
      const v128_t infinite = wasm_i32x4_eq(magnitude, all32(Source::infinity));
      x = wasm_v128_bitselect(all32(Target::infinity), x, infinite);
    }
    x = wasm_v128_bitselect(all32(Target::quiet_nan), x, is_nan(code, magnitude));
    const v128_t sign = wasm_u32x4_shr(code, 32 - Target::width);
    return wasm_v128_or(x, wasm_v128_and(sign, all32(Target::sign_bit)));
  }

  F8_SIMD128_FN static v128_t is_nan(v128_t code, v128_t magnitude) {
    if constexpr (Source::has_negative_zero)
      return wasm_i32x4_gt(magnitude, all32(Source::first_nan - 1));
    return wasm_i32x4_eq(code, all32(0 - Source::sign_bit));
  }
};

/// True if decoder is exact and needs only the NaN codes that it has.
template <class Source, class Target>
constexpr bool decodes = [] {
  if constexpr (kernels_detail::decodes<Source, Target> &&
                (Target::width == 32 || is_16_bits<Target>)) {
    return is_power_of_two_of_float(decoder<Source, Target>::difference);
  }
  return false;
}();

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
