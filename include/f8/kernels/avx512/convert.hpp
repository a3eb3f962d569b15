// The kernels of AVX-512 F, BW, VL and DQ.
#ifndef F8_KERNELS_AVX512_CONVERT_HPP
#define F8_KERNELS_AVX512_CONVERT_HPP

#include "half.hpp"
#include "lanes.hpp"
#include "nearest.hpp"
#include "table.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// True if load_lanes reads Source exactly.
template <class Source>
constexpr bool reads = std::is_same_v<Source, binary32> || is_16_bits<Source> || Source::width == 8;

struct code_list {
  std::uint8_t code[256] = {};
  F8_FN constexpr code_list() {
    for (unsigned i = 0; i < 256; ++i) code[i] = static_cast<std::uint8_t>(i);
  }
};
inline constexpr code_list all_codes{};

/// What each of the 256 codes of Source becomes in Target, of 8 bits too.
template <class Source, class Target>
struct code_table {
  alignas(64) std::uint8_t to[256];

  F8_AVX512_FN explicit code_table(conversion how) {
    convert_lanes<Source, Target>(all_codes.code, to, 256, how);
  }
};

/// From how many elements on a table pays, which takes as long as 256 of them to make.
inline constexpr std::size_t worth_a_table = 512;

template <class Source, class Target>
F8_AVX512_FN void convert_codes(const void* from, void* to, std::size_t n, conversion how) {
  if (n < worth_a_table) return convert_lanes<Source, Target>(from, to, n, how);
  const code_table<Source, Target> table(how);
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  for (std::size_t i = 0; i < n; ++i) out[i] = table.to[in[i]];
}

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

template <class Source, class Target>
F8_AVX512_KERNEL_FN void convert_stochastic(const void* in, void* out, std::size_t n,
                                            std::uint64_t seed, std::uint64_t first,
                                            overflow over) {
  if constexpr (reads<Source> && has_lanes<Target> && kernels_detail::subnormals_are_lost<Target>) {
    convert_stochastic_lanes<Source, Target>(in, out, n, seed, first, over);
  } else {
    scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
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
