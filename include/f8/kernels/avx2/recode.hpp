// From 8 bits to 8 bits with AVX2.
#ifndef F8_KERNELS_AVX2_RECODE_HPP
#define F8_KERNELS_AVX2_RECODE_HPP

#include "decode.hpp"
#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

/// From 8 bits to 8 bits by any rule, in blocks of 32: decoded to bfloat16, and encoded. Unpacking
/// and packing cancel out.
template <class Source, class Target>
struct recoder {
  using format = bfloat16_format;
  using table = word_table<Source, format>;
  using rules_type = rules<Target, fixed_point<Target, format>::point>;
  static constexpr std::size_t step = block_size;
  static constexpr bool in_two_steps = false;

  rules_type rule;

  template <bool Stream>
  F8_AVX2_FN void block(const byte* in, byte* out) const {
    const words codes = table::look_up(load(in));
    store<Stream>(out, encode<Target, format>({codes.lower, codes.upper}, rule));
  }
};

template <class Source, class Target>
constexpr bool recodes = [] {
  if constexpr (decodes<Source, bfloat16_format> && encodes<bfloat16_format, Target>) {
    return word_table<Source, bfloat16_format>::exact;
  }
  return false;
}();

/// Converts codes of 8 bits to any format, through a table of what all codes become.
template <class Source, class Target>
F8_AVX2_FN void convert_codes(const byte* in, byte* out, std::size_t n, conversion how) {
  typename Target::bits_type table[256];
  for (std::uint32_t code = 0; code < 256; ++code) {
    kernels::store<Target>(table, code,
                           detail::recode<Target, Source>(code, detail::directed{how}));
  }
  for (std::size_t i = 0; i < n; ++i) kernels::store<Target>(out, i, table[in[i]]);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
