// To 8 bits with NEON, by any rule: a float becomes the 16 bits of a bfloat16 as early as possible,
// as in the AVX2 kernels, and is rounded to odd on the way.
#ifndef F8_KERNELS_NEON_ENCODE_HPP
#define F8_KERNELS_NEON_ENCODE_HPP

#include "../pairs.hpp"
#include "../rules.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using kernels_detail::encodes;
using kernels_detail::rules;

/// The codes of Format without their signs.
template <class Format>
F8_NEON_FN halves magnitudes_of(const halves& codes) {
  const uint16x8_t mask = all16(Format::magnitude_mask);
  return {vandq_u16(codes.first, mask), vandq_u16(codes.last, mask)};
}

// ------------------------------------------------------------------------------------------------
// sources: 16 bits of each element

/// 8 floats rounded to odd in bfloat16: the last bit is set if any bit was that is cut off. (A NaN
/// stays one.)
F8_NEON_FN uint16x8_t rounded_to_odd(uint16x8_t a, uint16x8_t b) {
  return vorrq_u16(vuzp2q_u16(a, b), vminq_u16(vuzp1q_u16(a, b), all16(1)));
}

/// 4 elements as floats. This is exact: the conversion from binary16 rounds nothing and flushes
/// nothing.
template <class Source>
F8_NEON_FN uint32x4_t read_floats(const byte* in) {
  if constexpr (Source::width == 32) {
    return vreinterpretq_u32_u8(vld1q_u8(in));
  } else if constexpr (Source::trailing_bits == binary16::trailing_bits) {
    return vreinterpretq_u32_f32(vcvt_f32_f16(vreinterpret_f16_u8(vld1_u8(in))));
  } else {
    return vshll_n_u16(vreinterpret_u16_u8(vld1_u8(in)), 16);
  }
}

/// Reads 8 elements as codes of `format`.
template <class Source, class Target>
struct reader {
  static constexpr bool direct =
      Source::width == 16 && (Source::emin == Target::emin || Source::trailing_bits == 7);
  using format = std::conditional_t<direct, Source, bfloat16_format>;

  F8_NEON_FN static uint16x8_t read(const byte* in) {
    if constexpr (direct) {
      return load16(in);
    } else {
      return rounded_to_odd(vreinterpretq_u16_u32(read_floats<Source>(in)),
                            vreinterpretq_u16_u32(read_floats<Source>(in + Source::width / 2)));
    }
  }
};

// ------------------------------------------------------------------------------------------------
// rounding: 16 bits of each element

/// The magnitudes of 8 codes of Source as codes of Target with 8 more bits below: exact, but for
/// what is below all that matters to rounding. What is too large becomes the code after max_finite.
///
///     code of bfloat16        s eeeeeeee ttttttt
///     the same for e4m3       0 EEEE TTT tttt 0000            a code of 8 bits, then the bits to
///     be cut off
///
/// A normal number has its exponent rebiased and is shifted. A number below Target's normal ones
/// has its hidden bit made visible and is shifted by less, or to the right; what the other way
/// makes of it is smaller. A normal number makes at most the same that way, since its shift is that
/// of the least normal one.
template <class Target, class Source>
F8_NEON_FN uint16x8_t extended_code(uint16x8_t magnitude) {
  constexpr std::uint32_t largest = Target::max_finite + 1;
  if constexpr (Source::emin == Target::emin) {
    return vminq_u16(magnitude, all16(largest << 8));
  } else {
    constexpr int widening = Source::trailing_bits - Target::trailing_bits,
                  lowest = Target::emin + Source::bias;
    constexpr std::uint32_t rebias = static_cast<std::uint32_t>(lowest - 1)
                                     << Source::trailing_bits;
    const uint16x8_t x = vminq_u16(magnitude, all16(rebias + (largest << widening)));
    const uint16x8_t normal = vshlq_n_u16(vqsubq_u16(x, all16(rebias)), 8 - widening);
    const uint16x8_t field = vminq_u16(vshrq_n_u16(x, Source::trailing_bits), all16(lowest));
    const int16x8_t shift =
        vsubq_s16(vreinterpretq_s16_u16(field), vdupq_n_s16(lowest - (8 - widening)));
    const uint16x8_t significand =
        vbslq_u16(all16(Source::trailing_mask), x, all16(Source::hidden_bit));
    return vmaxq_u16(normal, vshlq_u16(significand, shift));
  }
}

/// What rounding by any rule adds below the last place.
template <class Rules>
F8_NEON_FN uint16x8_t increment(uint16x8_t x, uint16x8_t code, const Rules& rule) {
  const uint16x8_t negative = vreinterpretq_u16_s16(vshrq_n_s16(vreinterpretq_s16_u16(code), 15));
  const uint16x8_t odd = vtstq_u16(x, all16(0x100));
  const uint16x8_t even =
      veorq_u16(all16(rule.increment), vandq_u16(negative, all16(rule.negative_flip)));
  return vaddq_u16(even, vandq_u16(odd, all16(rule.odd_change)));
}

/// The upper bytes of 16 lanes: signs, and what rounding leaves.
F8_NEON_FN uint8x16_t upper_bytes(uint16x8_t first, uint16x8_t last) {
  return vuzp2q_u8(vreinterpretq_u8_u16(first), vreinterpretq_u8_u16(last));
}

/// The lanes whose magnitude is above `bound`, as bytes of all ones.
F8_NEON_FN uint8x16_t above(const halves& magnitudes, std::uint32_t bound) {
  return upper_bytes(vcgtq_u16(magnitudes.first, all16(bound)),
                     vcgtq_u16(magnitudes.last, all16(bound)));
}

/// Magnitudes of Target with their signs: the top bits of `sign`. fnuz formats have no -0.
template <class Target>
F8_NEON_FN uint8x16_t with_signs(uint8x16_t magnitudes, uint8x16_t sign) {
  if constexpr (Target::has_negative_zero) {
    return vbslq_u8(all8(Target::magnitude_mask), magnitudes, sign);
  } else {
    return vorrq_u8(magnitudes, vandq_u8(vandq_u8(sign, all8(Target::sign_bit)),
                                         vtstq_u8(magnitudes, magnitudes)));
  }
}

/// Codes of Target from rounded magnitudes `x`, none of which is larger than it may be: signs and
/// NaNs are put in.
template <class Target, class Rules>
F8_NEON_FN uint8x16_t finish_nan(uint8x16_t x, uint8x16_t nan, uint8x16_t sign, const Rules& rule) {
  const uint8x16_t kept = vandq_u8(sign, vornq_u8(all8(rule.nan_sign), nan));
  return with_signs<Target>(vbslq_u8(nan, all8(rule.nan), x), kept);
}

/// Codes of Target from rounded magnitudes `x` of any size, for `codes` of Source.
template <class Target, class Source, class Rules>
F8_NEON_FN uint8x16_t finish(uint8x16_t x, const halves& codes, const Rules& rule) {
  const halves magnitudes = magnitudes_of<Source>(codes);
  const uint8x16_t sign = upper_bytes(codes.first, codes.last);
  const uint8x16_t negative = vcltzq_s8(vreinterpretq_s8_u8(sign));
  const uint8x16_t limit = vbslq_u8(negative, all8(rule.negative_too_large), all8(rule.too_large));
  const uint8x16_t infinite = above(magnitudes, Source::infinity - 1);
  const uint8x16_t decided = vbslq_u8(infinite, all8(rule.infinite), vminq_u8(x, limit));
  return finish_nan<Target>(decided, above(magnitudes, Source::infinity), sign, rule);
}

/// Encodes blocks of 16 by any rule.
template <class Source, class Target>
struct encoder {
  using input = reader<Source, Target>;
  using format = typename input::format;
  static constexpr std::size_t step = block_size;

  rules<Target, 8> rule;

  F8_NEON_FN void block(const byte* in, byte* out) const {
    const halves codes{input::read(in), input::read(in + Source::width)};
    const halves magnitudes = magnitudes_of<format>(codes);
    const uint8x16_t rounded =
        upper_bytes(round(codes.first, magnitudes.first), round(codes.last, magnitudes.last));
    const uint8x16_t x = finish<Target, format>(rounded, codes, rule);
    vst1q_u8(out, x);  // a macro in Clang, which takes a comma between < and > for its own
  }

 private:
  /// Rounded magnitudes, in the upper bytes. A number of which nothing is left still is no zero to
  /// directed rounding.
  F8_NEON_FN uint16x8_t round(uint16x8_t code, uint16x8_t magnitude) const {
    const uint16x8_t x =
        vmaxq_u16(extended_code<Target, format>(magnitude), vminq_u16(magnitude, all16(1)));
    return vaddq_u16(x, increment(x, code, rule));
  }
};

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
