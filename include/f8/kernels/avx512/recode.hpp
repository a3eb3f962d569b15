// From 8 bits to 8 bits with AVX-512, through a table of what all codes become.
#ifndef F8_KERNELS_AVX512_RECODE_HPP
#define F8_KERNELS_AVX512_RECODE_HPP

#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

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

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
