// Kernels for WebAssembly's vectors of 128 bits: to and from 8 bits by way of floats. A WebAssembly
// machine rounds to nearest even and flushes nothing, so that floating-point operations are exact
// or round once, and no state of it has to be set.
#ifndef F8_KERNELS_SIMD128_CONVERT_HPP
#define F8_KERNELS_SIMD128_CONVERT_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../blocks.hpp"
#include "../pairs.hpp"
#include "../rules.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128
#include <wasm_simd128.h>

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using kernels_detail::is_16_bits;
using kernels_detail::rules;

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

/// The same as bytes without sign.
F8_SIMD128_FN v128_t unsigned_bytes(const lanes& x) {
  return wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(x.of[0], x.of[1]),
                                 wasm_i16x8_narrow_i32x4(x.of[2], x.of[3]));
}

// ------------------------------------------------------------------------------------------------
// encode

/// 4 elements as the bits of floats. Exact: a NaN stays one, but need not be quiet.
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

/// Encodes blocks of 16 to nearest even. Infinities are no more than too large here: not for
/// saturate_finite.
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

// ------------------------------------------------------------------------------------------------
// decode

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
constexpr bool decodes() {
  if constexpr (kernels_detail::decodes<Source, Target> &&
                (Target::width == 32 || is_16_bits<Target>))
    return is_power_of_two_of_float(decoder<Source, Target>::difference);
  return false;
}

// ------------------------------------------------------------------------------------------------
// arrays

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    using kernel = nearest_encoder<Source, Target>;
    if (how.round == rounding::nearest_even && how.over != overflow::saturate_finite) {
      const kernel nearest{rules<Target, kernel::cut>(how)};
      return over_array<Source, Target>(nearest, from, to, n, how);
    }
  }
  if constexpr (decodes<Source, Target>()) {
    if (how.nan == nan_code::quiet)
      return over_array<Source, Target>(decoder<Source, Target>{}, from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
