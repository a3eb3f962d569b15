#pragma once

#include "scalar.hpp"
#include "../detail/config.hpp"
#include "region.hpp"
#if F8_NEON
#include <arm_neon.h>
namespace f8 {
inline namespace F8_BASELINE {
namespace kernels {
namespace neon {
template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  scalar::convert<Source, Target>(in, out, n, how);
}
template <class Source, class Target>
void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed, std::uint64_t first,
                        overflow over) {
  scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
}
}  // namespace neon
}  // namespace kernels
}  // namespace F8_BASELINE
}  // namespace f8
#endif
#include "region_end.hpp"
#include "../detail/undef.hpp"
