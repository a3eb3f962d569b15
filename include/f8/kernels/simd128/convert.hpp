// Kernels for WebAssembly's vectors of 128 bits: which of them does what.
#ifndef F8_KERNELS_SIMD128_CONVERT_HPP
#define F8_KERNELS_SIMD128_CONVERT_HPP

#include "../scalar/scaling.hpp"
#include "../scalar/stochastic.hpp"
#include "decode.hpp"
#include "nearest.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_SIMD128

namespace f8 {
namespace {
namespace kernels {
namespace simd128 {

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    using kernel = nearest_encoder<Source, Target>;
    if (how.round == rounding::nearest_even && how.over != overflow::saturate_finite) {
      const kernel nearest{rules<Target, kernel::cut>(how)};
      return over_array<Source, Target>(nearest, from, to, n, how);
    }
  }
  if constexpr (decodes<Source, Target>) {
    if (how.nan == nan_code::quiet)
      return over_array<Source, Target>(decoder<Source, Target>{}, from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

using scalar::convert_stochastic;
using scalar::scaling;

}  // namespace simd128
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
