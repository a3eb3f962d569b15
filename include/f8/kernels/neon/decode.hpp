// From 8 bits with NEON: codes are looked up in tables of 128 entries, which two instructions do.
#ifndef F8_KERNELS_NEON_DECODE_HPP
#define F8_KERNELS_NEON_DECODE_HPP

#include "../pairs.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using kernels_detail::decodes;

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

/// Entries of a table of 128 for 16 magnitudes. (The first lookup gives 0 for an index out of its
/// range, and the second leaves what is there.)
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

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
