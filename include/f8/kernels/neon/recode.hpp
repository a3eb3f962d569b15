// From 8 bits to 8 bits with NEON: a table of all codes fits in registers.
#ifndef F8_KERNELS_NEON_RECODE_HPP
#define F8_KERNELS_NEON_RECODE_HPP

#include "decode.hpp"
#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

/// Converts codes of 8 bits to 8 bits in blocks of 16, through a table of what all codes become.
template <class Source, class Target>
struct translator {
  static constexpr std::size_t step = block_size;

  uint8x16x4_t quarter[4];

  F8_NEON_FN explicit translator(conversion how) {
    byte table[256];
    for (std::uint32_t code = 0; code < 256; ++code) table[code] = static_cast<byte>(code);
    if constexpr (encodes<bfloat16_format, Target> && decodes<Source, bfloat16_format>) {
      through_bfloat16(table, how);
    } else {
      scalar::convert<Source, Target>(table, table, 256, how);
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

 private:
  /// Fills the table by the other kernels, with about 700 instructions, where 256 casts take ten
  /// times as many.
  F8_NEON_FN static void through_bfloat16(byte (&table)[256], conversion how) {
    byte words[512];
    over_array<Source, bfloat16_format>(decoder<Source, bfloat16_format>{}, table, words, 256, how);
    const encoder<bfloat16_format, Target> narrow{rules<Target, 8>(how)};
    over_array<bfloat16_format, Target>(narrow, words, table, 256, how);
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
