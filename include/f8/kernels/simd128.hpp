// Kernels for WebAssembly's SIMD128: to 8 bits to nearest even, and from 8 bits. Arithmetic on
// floats there has one rounding and flushes nothing, so it may do a part of the work.
#ifndef F8_KERNELS_SIMD128_HPP
#define F8_KERNELS_SIMD128_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "blocks.hpp"
#include "byte_tables.hpp"
#include "rules.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_SIMD128
#include <wasm_simd128.h>

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

using kernels_detail::encodes;
using kernels_detail::rules;

using byte = unsigned char;

F8_SIMD128_FN v128_t all8(std::uint32_t x) {
  return wasm_i8x16_splat(static_cast<std::int8_t>(x));
}
F8_SIMD128_FN v128_t all32(std::uint32_t x) {
  return wasm_i32x4_splat(static_cast<std::int32_t>(x));
}

// ------------------------------------------------------------------------------------------ to 8

/// 4 elements as floats; exact. (A binary16 is a float with another bias, infinities and NaNs but
/// for the exponent.)
template <class Source>
F8_SIMD128_FN v128_t read_floats(const byte* in) {
  if constexpr (Source::width == 32) return wasm_v128_load(in);
  const v128_t code = wasm_u32x4_load16x4(in);
  if constexpr (std::is_same_v<Source, bfloat16_format>) return wasm_i32x4_shl(code, 16);
  const v128_t magnitude = wasm_v128_and(code, all32(Source::magnitude_mask));
  const v128_t moved = wasm_i32x4_shl(magnitude, binary32::trailing_bits - Source::trailing_bits);
  const v128_t value = wasm_f32x4_mul(moved, wasm_f32x4_splat(0x1p112F));
  const v128_t special = wasm_i32x4_ge(magnitude, all32(Source::infinity));
  const v128_t sign = wasm_i32x4_shl(wasm_v128_xor(code, magnitude), 16);
  return wasm_v128_or(wasm_v128_or(value, sign),
                      wasm_v128_and(special, wasm_v128_or(moved, all32(binary32::infinity))));
}

/// The bytes of 16 lanes that are from -128 to 127.
F8_SIMD128_FN v128_t narrow(const v128_t (&x)[4]) {
  return wasm_i8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(x[0], x[1]),
                                 wasm_i16x8_narrow_i32x4(x[2], x[3]));
}

/// Encodes blocks of 16 to nearest even. Infinities are no more than too large here: not for
/// saturate_finite.
template <class Source, class Target>
struct nearest_encoder {
  static constexpr std::size_t step = 16;
  static constexpr int places = binary32::trailing_bits - Target::trailing_bits;

  rules<Target, places> rule;

  F8_SIMD128_FN void block(const byte* in, byte* out) const {
    v128_t magnitude[4], negative[4], nan[4];
    for (int k = 0; k < 4; ++k) {
      const v128_t x = read_floats<Source>(in + k * (Source::width / 2));
      const v128_t absolute = wasm_v128_and(x, all32(binary32::magnitude_mask));
      magnitude[k] = rounded(absolute);
      negative[k] = wasm_i32x4_shr(x, 31);
      nan[k] = wasm_i32x4_gt(absolute, all32(binary32::infinity));
    }
    const v128_t is_nan = narrow(nan);
    const v128_t code = wasm_v128_bitselect(all8(rule.nan), bytes_of_codes(magnitude), is_nan);
    const v128_t kept = wasm_v128_and(wasm_v128_and(narrow(negative), all8(Target::sign_bit)),
                                      wasm_v128_or(wasm_v128_not(is_nan), all8(rule.nan_sign)));
    wasm_v128_store(out, with_signs(code, kept));
  }

 private:
  /// Codes of Target, if that has as many. What is below its normal numbers is rounded by the
  /// addition of a float that has the same last place.
  F8_SIMD128_FN static v128_t rounded(v128_t x) {
    constexpr int bias = static_cast<int>(binary32::bias);
    constexpr std::uint32_t least_normal = static_cast<std::uint32_t>(Target::emin + bias)
                                           << binary32::trailing_bits,
                            rebias = least_normal - (std::uint32_t{1} << binary32::trailing_bits);
    constexpr std::uint32_t magic = static_cast<std::uint32_t>(Target::emin + places + bias)
                                    << binary32::trailing_bits;
    constexpr std::uint32_t below_half = (std::uint32_t{1} << (places - 1)) - 1;
    const v128_t odd = wasm_v128_and(wasm_u32x4_shr(x, places), all32(1));
    const v128_t normal =
        wasm_i32x4_shr(wasm_i32x4_add(wasm_i32x4_add(x, all32(below_half - rebias)), odd), places);
    const v128_t subnormal = wasm_i32x4_sub(wasm_f32x4_add(x, all32(magic)), all32(magic));
    return wasm_v128_bitselect(subnormal, normal, wasm_i32x4_lt(x, all32(least_normal)));
  }

  F8_SIMD128_FN v128_t bytes_of_codes(const v128_t (&x)[4]) const {
    const v128_t limit = all32(rule.too_large);
    const v128_t limited[4] = {wasm_i32x4_min(x[0], limit), wasm_i32x4_min(x[1], limit),
                               wasm_i32x4_min(x[2], limit), wasm_i32x4_min(x[3], limit)};
    return wasm_u8x16_narrow_i16x8(wasm_i16x8_narrow_i32x4(limited[0], limited[1]),
                                   wasm_i16x8_narrow_i32x4(limited[2], limited[3]));
  }

  /// fnuz formats have no -0.
  F8_SIMD128_FN static v128_t with_signs(v128_t code, v128_t sign) {
    if constexpr (Target::has_negative_zero) return wasm_v128_or(code, sign);
    return wasm_v128_or(code, wasm_v128_and(sign, wasm_i8x16_ne(code, all8(0))));
  }
};

// ---------------------------------------------------------------------------------------- from 8

/// Decodes blocks of 16. A table of 128 is 8 of 16, each of which gives 0 for the indices of the
/// others.
template <class Source, class Target>
struct decoder {
  using format = std::conditional_t<Target::width == 32, bfloat16_format, Target>;
  static constexpr std::size_t step = 16;

  F8_SIMD128_FN void block(const byte* in, byte* out) const {
    const v128_t codes = wasm_v128_load(in);
    v128_t index = wasm_v128_and(codes, all8(0x7F)), lower = all8(0), upper = all8(0);
    for (int k = 0; k < 128; k += 16, index = wasm_i8x16_sub(index, all8(16))) {
      const auto& of = bytes_of<Source, format>.of;
      lower = wasm_v128_or(lower, wasm_i8x16_swizzle(wasm_v128_load(of[0] + k), index));
      upper = wasm_v128_or(upper, wasm_i8x16_swizzle(wasm_v128_load(of[1] + k), index));
    }
    upper = wasm_v128_or(upper, wasm_v128_and(codes, all8(0x80)));
    if constexpr (!Source::has_negative_zero) {
      constexpr std::uint32_t nan =
          detail::recode<format, Source>(Source::sign_bit, detail::directed{});
      const v128_t is_nan = wasm_i8x16_eq(codes, all8(Source::sign_bit));
      lower = wasm_v128_bitselect(all8(nan & 0xFF), lower, is_nan);
      upper = wasm_v128_bitselect(all8(nan >> 8), upper, is_nan);
    }
    store_8(out, wasm_i8x16_shuffle(lower, upper, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22,
                                    7, 23));
    store_8(out + Target::width, wasm_i8x16_shuffle(lower, upper, 8, 24, 9, 25, 10, 26, 11, 27, 12,
                                                    28, 13, 29, 14, 30, 15, 31));
  }

 private:
  F8_SIMD128_FN static void store_8(byte* out, v128_t words) {
    if constexpr (Target::width == 32) {
      wasm_v128_store(out, wasm_i32x4_shl(wasm_u32x4_extend_low_u16x8(words), 16));
      wasm_v128_store(out + 16, wasm_i32x4_shl(wasm_u32x4_extend_high_u16x8(words), 16));
    } else {
      wasm_v128_store(out, words);
    }
  }
};

// --------------------------------------------------------------------------------------- arrays

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if constexpr (encodes<Source, Target> &&
                (Source::width == 32 || kernels_detail::is_16_bits<Source>)) {
    // Otherwise Target has numbers where the source has its infinities.
    constexpr bool infinity_is_too_large = Target::emax <= Source::emax;
    using kernel = nearest_encoder<Source, Target>;
    if (infinity_is_too_large && n >= kernel::step && how.round == rounding::nearest_even &&
        how.over != overflow::saturate_finite)
      return over_array<Source, Target>(kernel{rules<Target, kernel::places>(how)}, from, to, n,
                                        how);
  }
  if constexpr (decodes<Source, Target>) {
    using kernel = decoder<Source, Target>;
    if (n >= kernel::step && how.nan == nan_code::quiet)
      return over_array<Source, Target>(kernel{}, from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"

#endif
