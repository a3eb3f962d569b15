#pragma once

#include "scalar.hpp"
#include "../detail/config.hpp"
#include "region.hpp"
#if F8_X86
#include <immintrin.h>
namespace f8 {
inline namespace F8_BASELINE {
namespace kernels {
namespace avx512 {
template <class Source, class Target>
F8_TARGET_AVX512 void convert(const void* in, void* out, std::size_t n, conversion how) {
  scalar::convert<Source, Target>(in, out, n, how);
}
template <class Source, class Target>
F8_TARGET_AVX512 void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed, std::uint64_t first,
                        overflow over) {
  scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
}
}  // namespace avx512
namespace avx512vbmi {
template <class Source, class Target>
F8_TARGET_AVX512VBMI void convert(const void* in, void* out, std::size_t n, conversion how) {
  scalar::convert<Source, Target>(in, out, n, how);
}
template <class Source, class Target>
F8_TARGET_AVX512VBMI void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed, std::uint64_t first,
                        overflow over) {
  scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
}
}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace F8_BASELINE
}  // namespace f8
#endif
#include "region_end.hpp"
#include "../detail/undef.hpp"
