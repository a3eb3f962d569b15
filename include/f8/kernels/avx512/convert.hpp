// The kernels of AVX-512 F, BW, VL and DQ: which of them does what.
#ifndef F8_KERNELS_AVX512_CONVERT_HPP
#define F8_KERNELS_AVX512_CONVERT_HPP

#include "decode.hpp"
#include "half.hpp"
#include "nearest.hpp"
#include "recode.hpp"
#include "stochastic.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

template <class Source, class Target>
F8_AVX512_KERNEL_FN void convert(const void* in, void* out, std::size_t n, conversion how) {
  if constexpr (is_half_kernel<Source, Target>) {
    if (how.round != rounding::nearest_even || how.nan != nan_code::quiet)
      return scalar::convert<Source, Target>(in, out, n, how);
    convert_half<Source, Target>(in, out, n, how.over);
  } else if constexpr (!reads<Source> || !has_lanes<Target>) {
    if constexpr (has_table<Source, Target>) {
      convert_table<Source, Target>(in, out, n, how);
    } else {
      scalar::convert<Source, Target>(in, out, n, how);
    }
  } else if constexpr (Source::width == 8) {
    convert_codes<Source, Target>(in, out, n, how);
  } else if constexpr (!has_nearest<Target>) {
    convert_lanes<Source, Target>(in, out, n, how);
  } else if (how.round == rounding::nearest_even) {
    convert_packed<Source, Target, to_nearest>(in, out, n, how);
  } else {
    convert_packed<Source, Target, to_neighbour>(in, out, n, how);
  }
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
