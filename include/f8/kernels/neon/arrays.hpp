// What the NEON kernels share: constants and loads.
#ifndef F8_KERNELS_NEON_ARRAYS_HPP
#define F8_KERNELS_NEON_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "../scalar/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON
#include <arm_neon.h>

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using byte = unsigned char;

inline constexpr std::size_t block_size = 16;

F8_NEON_FN uint32x4_t all32(std::uint32_t x) {
  return vdupq_n_u32(x);
}
F8_NEON_FN uint16x8_t all16(std::uint32_t x) {
  return vdupq_n_u16(static_cast<std::uint16_t>(x));
}
F8_NEON_FN uint8x16_t all8(std::uint32_t x) {
  return vdupq_n_u8(static_cast<byte>(x));
}
F8_NEON_FN uint16x8_t load16(const byte* in) {
  return vreinterpretq_u16_u8(vld1q_u8(in));
}

/// The 16 elements of a block before they become bytes, in lanes of 16 bits.
struct halves {
  uint16x8_t first;
  uint16x8_t last;
};

#define F8_PART_FN F8_NEON_FN
#include "../generic/block_loops.inl"
#undef F8_PART_FN

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
