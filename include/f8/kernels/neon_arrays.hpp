// What the NEON kernels share: memory, constants, and how a kernel of whole blocks does an array of
// any length.
#ifndef F8_KERNELS_NEON_ARRAYS_HPP
#define F8_KERNELS_NEON_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "scalar.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_NEON
#include <arm_neon.h>

namespace f8 {
namespace {
namespace kernels {
namespace neon {

using byte = unsigned char;

inline constexpr std::size_t block_size = 16;

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

// ------------------------------------------------------------------------------------------------
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

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"

#endif
