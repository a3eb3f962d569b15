// To 8 bits with NEON, stochastic rounding: Philox for several blocks side by side, and the scalar
// core's arithmetic in lanes of 32 bits.
#ifndef F8_KERNELS_NEON_STOCHASTIC_HPP
#define F8_KERNELS_NEON_STOCHASTIC_HPP

#include "../scalar/stochastic.hpp"
#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

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
    uint32x4x4_t x{{vuzp1q_u32(a, b), vuzp2q_u32(a, b), all32(0), all32(0)}};
    for (const auto& key : keys) {
      uint32x4_t high[2], low[2];
      for (int k = 0; k < 2; ++k)
        multiply(x.val[2 * k], detail::philox_constants::multiplier[k], high[k], low[k]);
      x.val[0] = veorq_u32(high[1], veorq_u32(x.val[1], all32(key[0])));
      x.val[2] = veorq_u32(high[0], veorq_u32(x.val[3], all32(key[1])));
      x.val[1] = low[1];
      x.val[3] = low[0];
    }
    vst4q_u32(to, x);  // word by word of each block
  }

 private:
  F8_NEON_FN static void multiply(uint32x4_t x, std::uint32_t by, uint32x4_t& high,
                                  uint32x4_t& low) {
    const uint32x4_t first = vreinterpretq_u32_u64(vmull_u32(vget_low_u32(x), vdup_n_u32(by)));
    const uint32x4_t last = vreinterpretq_u32_u64(vmull_high_u32(x, all32(by)));
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
  const uint32x4_t field = vandq_u32(vshrq_n_u32(x, binary32::trailing_bits), all32(0xFF));
  const uint32x4_t hidden = vandq_u32(vtstq_u32(field, field), all32(binary32::hidden_bit));
  const uint32x4_t significand = vbslq_u32(all32(binary32::trailing_mask), x, hidden);
  const uint32x4_t distance = vqsubq_u32(all32(lowest), field);
  const uint32x4_t exponent = vqsubq_u32(field, all32(lowest));
  const uint32x4_t shift = vminq_u32(distance, all32(31 - narrowing));
  const uint32x4_t places = vaddq_u32(shift, all32(narrowing));
  const uint32x4_t scaled = shift_right(significand, vsubq_u32(distance, shift));
  const uint32x4_t increment = shift_right(random, vsubq_u32(all32(32), places));
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
    const uint8x16_t y =
        finish<Target, bfloat16_format>(codes, {odd(x[0], x[1]), odd(x[2], x[3])}, rule);
    vst1q_u8(out, y);
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
  if constexpr (encodes<Source, Target> && kernels_detail::subnormals_are_lost<Target>) {
    const std::size_t head = static_cast<unsigned>(0 - first) % 4;
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

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
