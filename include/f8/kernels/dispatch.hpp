// The table of kernels: a column for each instruction set. A new kernel is one function and one
// row.
#ifndef F8_KERNELS_DISPATCH_HPP
#define F8_KERNELS_DISPATCH_HPP

#include <cstddef>

#include "avx2/convert.hpp"
#include "avx2/scaling.hpp"
#include "avx512/convert.hpp"
#include "avx512/scaling.hpp"
#include "avx512vbmi/convert.hpp"
#include "cpu.hpp"
#include "neon/convert.hpp"
#include "neon/scaling.hpp"
#include "scalar/convert.hpp"
#include "scalar/stochastic.hpp"
#include "simd128/convert.hpp"
#include "untested/avx10_2.hpp"
#include "untested/neon_fp8.hpp"

#include "../core/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

/// The kernel of an instruction set for a pair of formats; the scalar one where there is no other.
template <class Source, class Target>
kernel find(isa x) noexcept {
  switch (x) {
#if F8_HAS_X86
    case isa::avx512vbmi:
#if F8_HAS_UNTESTED
      if (avx10_2::converts<Source, Target>()) return avx10_2::convert<Source, Target>;
#endif
      return avx512vbmi::convert<Source, Target>;
    case isa::avx512:
      return avx512::convert<Source, Target>;
    case isa::avx2:
      return avx2::convert<Source, Target>;
#elif F8_HAS_NEON
    case isa::neon:
#if F8_HAS_UNTESTED
      if (neon_fp8::converts<Source, Target>()) return neon_fp8::convert<Source, Target>;
#endif
      return neon::convert<Source, Target>;
#elif F8_HAS_SIMD128
    case isa::simd128:
      return simd128::convert<Source, Target>;
#endif
    default:
      return scalar::convert<Source, Target>;
  }
}

/// What convert() calls, looked up once for each pair.
template <class Source, class Target>
kernel active() noexcept {
  static const kernel k = find<Source, Target>(active_isa());
  return k;
}

template <class Source, class Target>
stochastic_kernel find_stochastic(isa x) noexcept {
  switch (x) {
#if F8_HAS_X86
    case isa::avx512vbmi:
      return avx512vbmi::convert_stochastic<Source, Target>;
    case isa::avx512:
      return avx512::convert_stochastic<Source, Target>;
    case isa::avx2:
      return avx2::convert_stochastic<Source, Target>;
#elif F8_HAS_NEON
    case isa::neon:
      return neon::convert_stochastic<Source, Target>;
#endif
    default:
      return scalar::convert_stochastic<Source, Target>;
  }
}

template <class Source, class Target>
stochastic_kernel active_stochastic() noexcept {
  static const stochastic_kernel k = find_stochastic<Source, Target>(active_isa());
  return k;
}

/// The kernels of scaled conversion; none where the scalar core does it.
inline const scaling_kernels* find_scaling(isa x) noexcept {
  switch (x) {
#if F8_HAS_X86
    case isa::avx512vbmi:
    case isa::avx512:
      return &avx512::scaling;
    case isa::avx2:
      return &avx2::scaling;
#elif F8_HAS_NEON
    case isa::neon:
      return &neon::scaling;
#endif
    default:
      return nullptr;
  }
}

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"
#include "region_end.hpp"

#endif
