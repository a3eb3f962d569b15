// To 8 bits with NEON, to nearest even.
#ifndef F8_KERNELS_NEON_NEAREST_HPP
#define F8_KERNELS_NEON_NEAREST_HPP

#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

/// The upper bytes, rounded to nearest, ties to even: with 0x7F added, a number above a tie carries
/// into its last place; 1 more, which an odd last place adds, lets a tie carry too.
F8_NEON_FN uint8x16_t round_to_nearest_even(uint16x8_t first, uint16x8_t last) {
  const uint16x8_t below_half = all16(0x7F),
                   one = all16(0x100);  // an odd last place is a mask of -1
  const uint8x8_t lower = vaddhn_u16(first, vsubq_u16(below_half, vtstq_u16(first, one)));
  return vaddhn_high_u16(lower, last, vsubq_u16(below_half, vtstq_u16(last, one)));
}

/// Encodes blocks of 16 to nearest even. It takes infinities for numbers too large, which
/// saturate_finite does not allow.
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

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
