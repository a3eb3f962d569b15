// AVX2 kernels: which of them does what.
#pragma once

#include "avx2_decode.hpp"
#include "avx2_nearest.hpp"
#include "avx2_stochastic.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

/// Any conversion of 8-bit codes, through a table of all their results.
template <class Source, class Target>
F8_AVX2 void look_up(const byte* in, byte* out, std::size_t n, conversion how) {
  typename Target::bits_type table[256];
  for (std::uint32_t code = 0; code < 256; ++code) {
    kernels::store<Target>(table, code,
                           detail::recode<Target, Source>(code, detail::directed{how}));
  }
  for (std::size_t i = 0; i < n; ++i) kernels::store<Target>(out, i, table[in[i]]);
}

template <class Source, class Target>
F8_TARGET_AVX2 void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  constexpr std::size_t worth_a_table = 1024;
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    using nearest = nearest_encoder<Source, Target>;
    using any = encoder<Source, Target>;
    if (n >= nearest::step && how.round == rounding::nearest_even &&
        (!nearest::adds || additions_round_to_nearest())) {
      return over_array<Source, Target>(nearest{how}, from, to, n, how);
    }
    return over_array<Source, Target>(any{typename any::rules_type(how)}, from, to, n, how);
  }
  if constexpr (decodes<Source, Target>()) {
    if (how.nan == nan_code::quiet)
      return over_array<Source, Target>(decoder<Source, Target>{}, from, to, n, how);
  }
  if constexpr (Source::width == 8) {
    if (n >= worth_a_table) return look_up<Source, Target>(from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

template <class Source, class Target>
F8_TARGET_AVX2 void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed,
                                       std::uint64_t first, overflow over) {
  std::size_t i = 0;
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if constexpr (encodes<Source, Target>) {
    using encoder = stochastic_encoder<Source, Target>;
    const std::size_t head = static_cast<std::size_t>(0 - first) % 4;
    if (n >= head + block_size) {
      scalar::convert_stochastic<Source, Target>(in, out, head, seed, first, over);
      const encoder kernel{typename encoder::rules_type(conversion{over}), philox_lanes(seed)};
      for (i = head; n - i >= block_size; i += block_size) {
        kernel.block(from + i * (Source::width / 8), to + i, (first + i) / 4);
      }
    }
  }
  scalar::convert_stochastic<Source, Target>(
      from + i * (Source::width / 8), to + i * (Target::width / 8), n - i, seed, first + i, over);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
