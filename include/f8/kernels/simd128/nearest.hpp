// To 8 bits with WebAssembly's vectors, to nearest even, by way of floats.
#ifndef F8_KERNELS_SIMD128_NEAREST_HPP
#define F8_KERNELS_SIMD128_NEAREST_HPP

#include "../pairs.hpp"
#include "../rules.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using kernels_detail::is_16_bits;
using kernels_detail::rules;

/// Encodes blocks of 16 to nearest even. It takes infinities for numbers too large, which
/// saturate_finite does not allow.
template <class Source, class Target>
struct nearest_encoder {
  static constexpr std::size_t step = block_size;
  static constexpr int cut = binary32::trailing_bits - Target::trailing_bits;

  rules<Target, cut> rule;

  F8_SIMD128_FN void block(const byte* in, byte* out) const {
    lanes x{}, nan{}, code{};
    for (std::size_t k = 0; k < 4; ++k) {
      x.of[k] = read_floats<Source>(in + k * (Source::width / 2));
      const v128_t magnitude = wasm_v128_and(x.of[k], all32(binary32::magnitude_mask));
      nan.of[k] = wasm_i32x4_gt(magnitude, all32(binary32::infinity));
      code.of[k] = rounded(magnitude);
    }
    const v128_t is_nan = signed_bytes(nan);
    const v128_t number = wasm_u8x16_min(unsigned_bytes(code), all8(rule.too_large));
    const v128_t lost = wasm_v128_andnot(is_nan, all8(rule.nan_sign));
    const v128_t sign =
        wasm_v128_and(signed_bytes(x), wasm_v128_andnot(all8(Target::sign_bit), lost));
    wasm_v128_store(out, with_signs(wasm_v128_bitselect(all8(rule.nan), number, is_nan), sign));
  }

 private:
  /// Codes of Target for magnitudes; above max_finite for what is too large, and any for a NaN.
  ///
  /// A number below Target's normal ones is rounded by an addition, since the last place of the sum
  /// is that of subnormal numbers; the others all become the least normal code there. A number is
  /// also rounded as normal ones are, which makes less of it, or something negative, if it is not.
  F8_SIMD128_FN static v128_t rounded(v128_t magnitude) {
    constexpr std::uint32_t least_normal = power_of_two(Target::emin),
                            rebias = least_normal - binary32::hidden_bit,
                            below_half = (std::uint32_t{1} << (cut - 1)) - 1,
                            unit = power_of_two(Target::emin + cut);
    const v128_t odd = wasm_v128_and(wasm_u32x4_shr(magnitude, cut), all32(1));
    const v128_t normal = wasm_i32x4_shr(
        wasm_i32x4_add(wasm_i32x4_add(magnitude, all32(below_half - rebias)), odd), cut);
    const v128_t small = wasm_i32x4_min(magnitude, all32(least_normal));
    const v128_t sum = wasm_f32x4_add(small, all32(unit));
    return wasm_i32x4_max(normal, wasm_i32x4_sub(sum, all32(unit)));
  }

  F8_SIMD128_FN static v128_t with_signs(v128_t magnitude, v128_t sign) {
    if constexpr (Target::has_negative_zero) return wasm_v128_or(magnitude, sign);
    return wasm_v128_or(magnitude,
                        wasm_v128_and(sign, wasm_i8x16_ne(magnitude, wasm_i8x16_splat(0))));
  }
};

/// True if nearest_encoder is exact: all numbers of Target are below float's infinity, then.
template <class Source, class Target>
constexpr bool encodes = kernels_detail::encodes<Source, Target> &&
                         (Source::width == 32 || is_16_bits<Source>);

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
