// NEON kernels for AArch64. Integers alone, so that no mode of the floating-point unit is heard.
//
// A block is 16 elements. Encoding turns a float into the 16 bits of a bfloat16 as early as
// possible, as the AVX2 kernels do, and rounds to odd on the way. Decoding looks codes up in tables
// of 128 entries, which two instructions do.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rules.hpp"
#include "scalar.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_NEON
#include <arm_neon.h>

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using kernels_detail::encodes;
using kernels_detail::rules;
using byte = unsigned char;

constexpr std::size_t block_size = 16;

F8_NEON_FN uint16x8_t all16(std::uint32_t x) {
  return vdupq_n_u16(static_cast<std::uint16_t>(x));
}
F8_NEON_FN uint8x16_t all8(std::uint32_t x) {
  return vdupq_n_u8(static_cast<byte>(x));
}
F8_NEON_FN uint16x8_t load16(const byte* in) {
  return vreinterpretq_u16_u8(vld1q_u8(in));
}

/// What the elements of a block become before they are bytes.
struct halves {
  uint16x8_t first;
  uint16x8_t last;
};

/// The codes of Format without their signs.
template <class Format>
F8_NEON_FN halves magnitudes_of(const halves& codes) {
  const uint16x8_t mask = all16(Format::magnitude_mask);
  return {vandq_u16(codes.first, mask), vandq_u16(codes.last, mask)};
}

// ---------------------------------------------------------------------------------------- sources:
// 16 bits of each

/// 8 floats rounded to odd in bfloat16: the last bit is set if any bit cut off was. (A NaN stays
/// one.)
F8_NEON_FN uint16x8_t rounded_to_odd(uint16x8_t a, uint16x8_t b) {
  return vorrq_u16(vuzp2q_u16(a, b), vminq_u16(vuzp1q_u16(a, b), all16(1)));
}

/// 4 elements as floats. Exact: the conversion from binary16 needs no rounding, and flushes
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

// -------------------------------------------------------------------------------------------
// rounding, 16 bits each

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

/// Rounds to nearest, ties to even: 0x7F carries into the last place from above a tie, or from a
/// tie if it is odd.
F8_NEON_FN uint8x16_t round_to_nearest_even(uint16x8_t first, uint16x8_t last) {
  const uint16x8_t below_half = all16(0x7F),
                   one = all16(0x100);  // an odd last place is a mask of -1
  const uint8x8_t lower = vaddhn_u16(first, vsubq_u16(below_half, vtstq_u16(first, one)));
  return vaddhn_high_u16(lower, last, vsubq_u16(below_half, vtstq_u16(last, one)));
}

/// What any rule adds below the last place.
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

/// Codes of Target: magnitudes `x` whose rounding is done, if none is larger than it may be, with
/// signs and NaNs.
template <class Target, class Rules>
F8_NEON_FN uint8x16_t finish_nan(uint8x16_t x, uint8x16_t nan, uint8x16_t sign, const Rules& rule) {
  const uint8x16_t kept = vandq_u8(sign, vornq_u8(all8(rule.nan_sign), nan));
  return with_signs<Target>(vbslq_u8(nan, all8(rule.nan), x), kept);
}

/// Codes of Target: magnitudes `x` whose rounding is done, of any size, for `codes` of Source.
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
    vst1q_u8(out, finish<Target, format>(rounded, codes, rule));
  }

 private:
  /// In the upper bytes. A number so small that nothing is left of it still is not zero.
  F8_NEON_FN uint16x8_t round(uint16x8_t code, uint16x8_t magnitude) const {
    const uint16x8_t x =
        vmaxq_u16(extended_code<Target, format>(magnitude), vminq_u16(magnitude, all16(1)));
    return vaddq_u16(x, increment(x, code, rule));
  }
};

/// Encodes blocks of 16 to nearest even. Infinities are no more than too large here: not for
/// saturate_finite.
template <class Source, class Target>
struct nearest_encoder {
  using input = reader<Source, Target>;
  using format = typename input::format;
  static constexpr std::size_t step = block_size;

  rules<Target, 8> rule;

  F8_NEON_FN void block(const byte* in, byte* out) const {
    const halves codes{input::read(in), input::read(in + Source::width)};
    const halves magnitudes = magnitudes_of<format>(codes);
    const uint8x16_t x = round_to_nearest_even(extended_code<Target, format>(magnitudes.first),
                                               extended_code<Target, format>(magnitudes.last));
    vst1q_u8(out, finish_nan<Target>(vminq_u8(x, all8(rule.too_large)),
                                     above(magnitudes, format::infinity),
                                     upper_bytes(codes.first, codes.last), rule));
  }
};

// ----------------------------------------------------------------------------------------------------------
// decode

/// The lower and the upper byte of what each magnitude becomes in a 16-bit Target.
template <class Source, class Target>
struct byte_tables {
  byte of[2][128] = {};

  constexpr byte_tables() {
    for (std::uint32_t code = 0; code < 128; ++code) {
      const std::uint32_t x = detail::recode<Target, Source>(code, detail::directed{});
      of[0][code] = static_cast<byte>(x & 0xFF);
      of[1][code] = static_cast<byte>(x >> 8);
    }
  }
};

template <class Source, class Target>
inline constexpr byte_tables<Source, Target> bytes_of{};

F8_NEON_FN uint8x16x4_t load_64(const byte* table) {
  return {{vld1q_u8(table), vld1q_u8(table + 16), vld1q_u8(table + 32), vld1q_u8(table + 48)}};
}

/// Entries of a table of 128 for 16 magnitudes. (An index out of range gives 0 first, and then
/// leaves what is there.)
F8_NEON_FN uint8x16_t entries(const uint8x16x4_t& low, const uint8x16x4_t& high, uint8x16_t codes) {
  const uint8x16_t index = vandq_u8(codes, all8(0x7F));
  return vqtbx4q_u8(vqtbl4q_u8(low, index), high, vsubq_u8(index, all8(64)));
}

F8_NEON_FN uint8x16x4_t entries_64(const byte (&table)[128], const uint8x16x4_t& codes) {
  const uint8x16x4_t low = load_64(table), high = load_64(table + 64);
  return {{entries(low, high, codes.val[0]), entries(low, high, codes.val[1]),
           entries(low, high, codes.val[2]), entries(low, high, codes.val[3])}};
}

/// Decodes blocks of 64, since all registers hold only the tables for one of two bytes. The values
/// of every 8-bit format are bfloat16's too, so that a float is one with zeros below.
template <class Source, class Target>
struct decoder {
  using format = std::conditional_t<Target::width == 32, bfloat16_format, Target>;
  static constexpr std::size_t step = 64;

  F8_NEON_FN void block(const byte* in, byte* out) const {
    const uint8x16x4_t codes = load_64(in);
    const uint8x16x4_t lower = entries_64(bytes_of<Source, format>.of[0], codes);
    const uint8x16x4_t upper = entries_64(bytes_of<Source, format>.of[1], codes);
    store_16(out, codes.val[0], lower.val[0], upper.val[0]);
    store_16(out + 2 * Target::width, codes.val[1], lower.val[1], upper.val[1]);
    store_16(out + 4 * Target::width, codes.val[2], lower.val[2], upper.val[2]);
    store_16(out + 6 * Target::width, codes.val[3], lower.val[3], upper.val[3]);
  }

 private:
  F8_NEON_FN static void store_16(byte* out, uint8x16_t codes, uint8x16_t lower,
                                  uint8x16_t magnitude) {
    uint8x16_t upper = vbslq_u8(all8(0x80), codes, magnitude);
    if constexpr (!Source::has_negative_zero) {
      constexpr std::uint32_t nan =
          detail::recode<format, Source>(Source::sign_bit, detail::directed{});
      const uint8x16_t is_nan = vceqq_u8(codes, all8(Source::sign_bit));
      lower = vbslq_u8(is_nan, all8(nan & 0xFF), lower);
      upper = vbslq_u8(is_nan, all8(nan >> 8), upper);
    }
    store_8(out, vzip1q_u8(lower, upper));
    store_8(out + Target::width, vzip2q_u8(lower, upper));
  }

  F8_NEON_FN static void store_8(byte* out, uint8x16_t x) {
    if constexpr (Target::width == 32) {
      const uint16x8_t words = vreinterpretq_u16_u8(x);
      vst1q_u8(out, vreinterpretq_u8_u32(vshll_n_u16(vget_low_u16(words), 16)));
      vst1q_u8(out + 16, vreinterpretq_u8_u32(vshll_high_n_u16(words, 16)));
    } else {
      vst1q_u8(out, x);
    }
  }
};

/// From 8 bits to 8 bits through a table of all results, in blocks of 16.
template <class Source, class Target>
struct translator {
  static constexpr std::size_t step = block_size;

  uint8x16x4_t quarter[4];

  F8_NEON_FN explicit translator(conversion how) {
    byte table[256];
    for (std::uint32_t code = 0; code < 256; ++code) {
      table[code] = static_cast<byte>(detail::recode<Target, Source>(code, detail::directed{how}));
    }
    for (int k = 0; k < 4; ++k) quarter[k] = load_64(table + 64 * k);
  }

  F8_NEON_FN void block(const byte* in, byte* out) const {
    uint8x16_t index = vld1q_u8(in), x = vqtbl4q_u8(quarter[0], index);
    for (int k = 1; k < 4; ++k) {
      index = vsubq_u8(index, all8(64));
      x = vqtbx4q_u8(x, quarter[k], index);
    }
    vst1q_u8(out, x);
  }
};

// ---------------------------------------------------------------------------------------------------------
// arrays

/// All elements, n >= Kernel::step. What is left after the last whole block is done again as a
/// block that ends where the array ends, or, in place, by the scalar core.
template <class Source, class Target, class Kernel>
F8_NEON_FN void over_array(const Kernel& kernel, const byte* in, byte* out, std::size_t n,
                           conversion how) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  std::size_t i = 0;
  for (; n - i >= Kernel::step; i += Kernel::step)
    kernel.block(in + i * in_size, out + i * out_size);
  if (i == n) return;
  if (in != out) {
    kernel.block(in + (n - Kernel::step) * in_size, out + (n - Kernel::step) * out_size);
  } else {
    scalar::convert<Source, Target>(in + i * in_size, out + i * out_size, n - i, how);
  }
}

/// True if decoder is exact and needs only the NaN codes that it has.
template <class Source, class Target>
constexpr bool decodes = Source::width == 8 &&
                         (Target::width == 16 || Target::width == 32) && contains<Target, Source>;

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  constexpr std::size_t worth_a_table = 512;
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    // Otherwise Target has numbers where the source has its infinities (an fn format may).
    constexpr bool infinity_is_too_large = Target::emax <= Source::emax;
    const bool nearest = infinity_is_too_large && how.round == rounding::nearest_even &&
                         how.over != overflow::saturate_finite;
    const rules<Target, 8> rule(how);
    if (nearest)
      return over_array<Source, Target>(nearest_encoder<Source, Target>{rule}, from, to, n, how);
    return over_array<Source, Target>(encoder<Source, Target>{rule}, from, to, n, how);
  }
  if constexpr (decodes<Source, Target>) {
    using kernel = decoder<Source, Target>;
    if (how.nan == nan_code::quiet && n >= kernel::step)
      return over_array<Source, Target>(kernel{}, from, to, n, how);
  }
  if constexpr (Source::width == 8 && Target::width == 8) {
    if (n >= worth_a_table)
      return over_array<Source, Target>(translator<Source, Target>(how), from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

// -----------------------------------------------------------------------------------------------------
// stochastic

/// Philox 4x32-10 for 4 blocks side by side.
struct philox_lanes {
  std::uint32_t keys[detail::philox_constants::rounds][2];

  F8_NEON_FN explicit philox_lanes(std::uint64_t seed) {
    std::uint32_t key[2] = {static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32)};
    for (auto& round : keys) {
      for (int k = 0; k < 2; ++k) {
        round[k] = key[k];
        key[k] += detail::philox_constants::weyl[k];
      }
    }
  }

  /// The 16 words of blocks index to index + 3.
  F8_NEON_FN void words(std::uint64_t index, std::uint32_t (&to)[16]) const {
    const uint64x2_t one_by_one = vcombine_u64(vcreate_u64(0), vcreate_u64(1));
    const uint64x2_t first = vaddq_u64(vdupq_n_u64(index), one_by_one);
    const uint32x4_t a = vreinterpretq_u32_u64(first);
    const uint32x4_t b = vreinterpretq_u32_u64(vaddq_u64(first, vdupq_n_u64(2)));
    uint32x4x4_t x{{vuzp1q_u32(a, b), vuzp2q_u32(a, b), vdupq_n_u32(0), vdupq_n_u32(0)}};
    for (const auto& key : keys) {
      uint32x4_t high[2], low[2];
      for (int k = 0; k < 2; ++k)
        multiply(x.val[2 * k], detail::philox_constants::multiplier[k], high[k], low[k]);
      x.val[0] = veorq_u32(high[1], veorq_u32(x.val[1], vdupq_n_u32(key[0])));
      x.val[2] = veorq_u32(high[0], veorq_u32(x.val[3], vdupq_n_u32(key[1])));
      x.val[1] = low[1];
      x.val[3] = low[0];
    }
    vst4q_u32(to, x);  // word by word of each block
  }

 private:
  F8_NEON_FN static void multiply(uint32x4_t x, std::uint32_t by, uint32x4_t& high,
                                  uint32x4_t& low) {
    const uint32x4_t first = vreinterpretq_u32_u64(vmull_u32(vget_low_u32(x), vdup_n_u32(by)));
    const uint32x4_t last = vreinterpretq_u32_u64(vmull_high_u32(x, vdupq_n_u32(by)));
    high = vuzp2q_u32(first, last);
    low = vuzp1q_u32(first, last);
  }
};

F8_NEON_FN uint32x4_t shift_right(uint32x4_t x, uint32x4_t by) {
  return vshlq_u32(x, vnegq_s32(vreinterpretq_s32_u32(by)));
}

/// The magnitudes of codes of Target for 4 floats: the scalar core's round_magnitude with its
/// stochastic rounder. A fraction of a last place of `places` bits takes the upper ones of the
/// random bits.
template <class Target>
F8_NEON_FN uint32x4_t round_stochastically(uint32x4_t x, uint32x4_t random) {
  constexpr std::uint32_t lowest = Target::emin + binary32::bias;
  constexpr std::uint32_t narrowing = binary32::trailing_bits - Target::trailing_bits;
  const uint32x4_t field = vandq_u32(vshrq_n_u32(x, binary32::trailing_bits), vdupq_n_u32(0xFF));
  const uint32x4_t hidden = vandq_u32(vtstq_u32(field, field), vdupq_n_u32(binary32::hidden_bit));
  const uint32x4_t significand = vbslq_u32(vdupq_n_u32(binary32::trailing_mask), x, hidden);
  const uint32x4_t distance = vqsubq_u32(vdupq_n_u32(lowest), field);
  const uint32x4_t exponent = vqsubq_u32(field, vdupq_n_u32(lowest));
  const uint32x4_t shift = vminq_u32(distance, vdupq_n_u32(31 - narrowing));
  const uint32x4_t places = vaddq_u32(shift, vdupq_n_u32(narrowing));
  const uint32x4_t scaled = shift_right(significand, vsubq_u32(distance, shift));
  const uint32x4_t increment = shift_right(random, vsubq_u32(vdupq_n_u32(32), places));
  const uint32x4_t rounded = shift_right(vaddq_u32(scaled, increment), places);
  return vaddq_u32(rounded, vshlq_n_u32(exponent, Target::trailing_bits));
}

/// Encodes blocks of 16 that begin with a whole block of random words.
template <class Source, class Target>
struct stochastic_encoder {
  rules<Target, 8> rule;
  philox_lanes random;

  F8_NEON_FN void block(const byte* in, byte* out, std::uint64_t index) const {
    std::uint32_t words[16];
    uint32x4_t x[4];
    uint16x4_t rounded[4];
    random.words(index, words);
    for (int k = 0; k < 4; ++k) {
      x[k] = read_floats<Source>(in + Source::width / 2 * k);
      rounded[k] = vqmovn_u32(round_stochastically<Target>(x[k], vld1q_u32(words + 4 * k)));
    }
    const uint8x16_t codes = vcombine_u8(vqmovn_u16(vcombine_u16(rounded[0], rounded[1])),
                                         vqmovn_u16(vcombine_u16(rounded[2], rounded[3])));
    vst1q_u8(out, finish<Target, bfloat16_format>(codes, {odd(x[0], x[1]), odd(x[2], x[3])}, rule));
  }

 private:
  F8_NEON_FN static uint16x8_t odd(uint32x4_t a, uint32x4_t b) {
    return rounded_to_odd(vreinterpretq_u16_u32(a), vreinterpretq_u16_u32(b));
  }
};

template <class Source, class Target>
void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed,
                        std::uint64_t first, overflow over) {
  std::size_t i = 0;
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if constexpr (encodes<Source, Target>) {
    const std::size_t head = static_cast<std::size_t>(0 - first) % 4;
    if (n >= head + block_size) {
      scalar::convert_stochastic<Source, Target>(in, out, head, seed, first, over);
      const stochastic_encoder<Source, Target> kernel{rules<Target, 8>(conversion{over}),
                                                      philox_lanes(seed)};
      for (i = head; n - i >= block_size; i += block_size) {
        kernel.block(from + i * (Source::width / 8), to + i, (first + i) / 4);
      }
    }
  }
  scalar::convert_stochastic<Source, Target>(
      from + i * (Source::width / 8), to + i * (Target::width / 8), n - i, seed, first + i, over);
}

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
