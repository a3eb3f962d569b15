// The kernel of an instruction set: what its namespace has by one name. The list of instruction
// sets is in region.hpp; each namespace has all names, by a using-declaration where the kernel is
// that of a smaller instruction set or of the scalar core.
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
#include "scalar/scaling.hpp"
#include "scalar/stochastic.hpp"
#include "simd128/convert.hpp"
#include "untested/avx10_2.hpp"
#include "untested/neon_fp8.hpp"

#include "../core/config.hpp"
#include "region.hpp"

namespace f8 {
namespace {
namespace kernels {

/// The kernel of an instruction set for a pair of formats.
template <class Source, class Target>
kernel find(isa x) noexcept {
  F8_RETURN_OF_ISA(x, convert<Source, Target>)
}

/// What convert() calls, looked up once for each pair.
template <class Source, class Target>
kernel active() noexcept {
  static const kernel k = find<Source, Target>(active_isa());
  return k;
}

/// The same with stochastic rounding.
template <class Source, class Target>
stochastic_kernel find_stochastic(isa x) noexcept {
  F8_RETURN_OF_ISA(x, convert_stochastic<Source, Target>)
}

/// What convert_stochastic() calls, looked up once for each pair.
template <class Source, class Target>
stochastic_kernel active_stochastic() noexcept {
  static const stochastic_kernel k = find_stochastic<Source, Target>(active_isa());
  return k;
}

/// The kernels of scaled conversion; null where the scalar core does it.
inline const scaling_kernels* find_scaling(isa x) noexcept {
  F8_RETURN_OF_ISA(x, scaling)
}

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"
#include "region_end.hpp"

#endif
