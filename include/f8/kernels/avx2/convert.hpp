// AVX2 kernels: which of them does what.
#ifndef F8_KERNELS_AVX2_CONVERT_HPP
#define F8_KERNELS_AVX2_CONVERT_HPP

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
namespace avx2 {

/// Converts to 8 bits from 32 or 16.
template <class Source, class Target>
F8_AVX2_FN void convert_narrowing(const byte* in, byte* out, std::size_t n, conversion how) {
  using nearest = nearest_encoder<Source, Target>;
  using any = encoder<Source, Target>;
  if (how.round == rounding::nearest_even && (!nearest::adds || additions_round_to_nearest())) {
    if (n >= nearest::step) return over_array<Source, Target>(nearest{how}, in, out, n, how);
    return over_any<Source, Target>(nearest_encoder<Source, Target, 1>{how}, in, out, n, how);
  }
  over_any<Source, Target>(any{typename any::rules_type(how)}, in, out, n, how);
}

/// Converts from 8 bits to 16 or 32.
template <class Source, class Target>
F8_AVX2_FN void convert_widening(const byte* in, byte* out, std::size_t n, conversion how) {
  if (how.nan == nan_code::quiet) {
    using kernel = decoder<Source, Target, no_repair>;
    return over_any<Source, Target>(kernel{no_repair(how.nan)}, in, out, n, how);
  }
  using kernel = decoder<Source, Target, nan_repair<Target>>;
  over_any<Source, Target>(kernel{nan_repair<Target>(how.nan)}, in, out, n, how);
}

/// Converts more than a few elements. This is not inlined, so that a few do not pay for its frame.
template <class Source, class Target>
F8_AVX2_KERNEL_FN __attribute__((noinline)) void convert_many(const byte* in, byte* out,
                                                              std::size_t n, conversion how) {
  constexpr std::size_t worth_a_table = 1024;
  if constexpr (encodes<Source, Target>) {
    convert_narrowing<Source, Target>(in, out, n, how);
  } else if constexpr (decodes<Source, Target>) {
    convert_widening<Source, Target>(in, out, n, how);
  } else if constexpr (is_half_kernel<Source, Target>) {
    if (how.round != rounding::nearest_even || how.nan != nan_code::quiet)
      return scalar::convert<Source, Target>(in, out, n, how);
    convert_half<Source, Target>(in, out, n, how);
  } else if constexpr (recodes<Source, Target>) {
    using kernel = recoder<Source, Target>;
    over_any<Source, Target>(kernel{typename kernel::rules_type(how)}, in, out, n, how);
  } else if constexpr (Source::width == 8) {
    if (n >= worth_a_table) return convert_codes<Source, Target>(in, out, n, how);
    scalar::convert<Source, Target>(in, out, n, how);
  } else {
    scalar::convert<Source, Target>(in, out, n, how);
  }
}

template <class Source, class Target>
F8_AVX2_KERNEL_FN void convert(const void* from, void* to, std::size_t n, conversion how) {
  // Fewer elements are converted sooner one by one.
  constexpr std::size_t few = Target::width > Source::width ? 4 + Target::width / 4
                              : Source::width == 32         ? 7
                                                            : 4;
  const byte* const in = static_cast<const byte*>(from);
  byte* const out = static_cast<byte*>(to);
  if (n >= few) return convert_many<Source, Target>(in, out, n, how);
  over_few<Source, Target>(in, out, n, how);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
