// The kernels of AVX-512 with VBMI and GFNI: Ice Lake, Zen 4 and later.
#ifndef F8_KERNELS_AVX512VBMI_CONVERT_HPP
#define F8_KERNELS_AVX512VBMI_CONVERT_HPP

#include "../avx512/convert.hpp"
#include "../avx512/scaling.hpp"
#include "decode.hpp"
#include "encode.hpp"
#include "recode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

template <class Source, class Target>
F8_AVX512VBMI_KERNEL_FN void convert(const void* in, void* out, std::size_t n, conversion how) {
  if constexpr (has_planes<Source, Target>) {
    convert_planes<Source, Target>(in, out, n, how);
  } else if constexpr (avx512::has_table<Source, Target>) {
    convert_table<Source, Target>(in, out, n, how);
  } else if constexpr (Source::width == 8 && avx512::has_lanes<Target>) {
    convert_codes<Source, Target>(in, out, n, how);
  } else {
    avx512::convert<Source, Target>(in, out, n, how);
  }
}

using avx512::convert_stochastic;
using avx512::scaling;

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif
#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
