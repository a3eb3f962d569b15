// How a kernel of whole blocks does an array of any length, if the whole translation unit may use
// the kernel's instructions. (Others need an attribute, which no template can pass on.)
#ifndef F8_KERNELS_BLOCK_ARRAYS_HPP
#define F8_KERNELS_BLOCK_ARRAYS_HPP

#include <cstddef>

#include "scalar.hpp"

#include "../detail/config.hpp"

namespace f8 {
namespace {
namespace kernels {

using byte = unsigned char;

/// All elements, n >= Kernel::step. What is left after the last whole block is done again as a
/// block that ends where the array ends, or, in place, by the scalar core.
template <class Source, class Target, class Kernel>
F8_HOST_FN inline void over_array(const Kernel& blocks, const byte* in, byte* out, std::size_t n,
                                  conversion how) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  std::size_t i = 0;
  for (; n - i >= Kernel::step; i += Kernel::step)
    blocks.block(in + i * in_size, out + i * out_size);
  if (i == n) return;
  if (in != out) {
    blocks.block(in + (n - Kernel::step) * in_size, out + (n - Kernel::step) * out_size);
  } else {
    scalar::convert<Source, Target>(in + i * in_size, out + i * out_size, n - i, how);
  }
}

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../detail/undef.hpp"

#endif
