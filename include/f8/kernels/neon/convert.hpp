// NEON kernels for AArch64: which of them does what. Integers alone, so that no mode of the
// floating-point unit is heard.
#ifndef F8_KERNELS_NEON_CONVERT_HPP
#define F8_KERNELS_NEON_CONVERT_HPP

#include "decode.hpp"
#include "nearest.hpp"
#include "stochastic.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

/// From 8 bits to 8 bits through a table of all results, in blocks of 16.
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
  /// By the other kernels: about 700 instructions, where 256 casts take ten times as many.
  F8_NEON_FN static void through_bfloat16(byte (&table)[256], conversion how) {
    byte words[512];
    over_array<Source, bfloat16_format>(decoder<Source, bfloat16_format>{}, table, words, 256, how);
    const encoder<bfloat16_format, Target> narrow{rules<Target, 8>(how)};
    over_array<bfloat16_format, Target>(narrow, words, table, 256, how);
  }
};

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  constexpr std::size_t worth_a_table = 128;
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
