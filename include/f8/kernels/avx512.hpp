#pragma once

#include "avx512_lanes.hpp"
#include "avx512_nearest.hpp"
#include "avx512_table.hpp"
#include "../detail/config.hpp"
#include "region.hpp"
#if F8_X86
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wmaybe-uninitialized"  // GCC 12's own intrinsics read vectors that they ignore
#endif

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// True if load_lanes reads Source exactly.
template <class Source>
constexpr bool reads = std::is_same_v<Source, binary32> || is_16_bits<Source> || Source::width == 8;

template <class Source, class Target>
F8_TARGET_AVX512 void convert(const void* in, void* out, std::size_t n, conversion how) {
  if constexpr (reads<Source> && has_lanes<Target>) {
    if constexpr (Source::width > 8 && has_nearest<Target>) {
      if (how.round != rounding::nearest_even)
        return convert_packed<Source, Target, to_neighbour>(in, out, n, how);
      return convert_packed<Source, Target, to_nearest>(in, out, n, how);
    }
    return convert_lanes<Source, Target>(in, out, n, how);
  } else if constexpr (has_table<Source, Target>) {
    return convert_table<Source, Target>(in, out, n, how);
  } else {
    scalar::convert<Source, Target>(in, out, n, how);
  }
}
template <class Source, class Target>
F8_TARGET_AVX512 void convert_stochastic(const void* in, void* out, std::size_t n,
                                         std::uint64_t seed, std::uint64_t first, overflow over) {
  if constexpr (reads<Source> && has_lanes<Target>) {
    convert_stochastic_lanes<Source, Target>(in, out, n, seed, first, over);
  } else {
    scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
  }
}
}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif
#include "../detail/undef.hpp"
#include "region_end.hpp"
