// NEON kernels for AArch64: which of them does what. They compute in integers alone, so that no
// mode of the floating-point unit changes their results.
#ifndef F8_KERNELS_NEON_CONVERT_HPP
#define F8_KERNELS_NEON_CONVERT_HPP

#include "decode.hpp"
#include "nearest.hpp"
#include "recode.hpp"
#include "stochastic.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_NEON

namespace f8 {
namespace {
namespace kernels {
namespace neon {

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  constexpr std::size_t worth_a_table = 128;
  if (n < block_size) return scalar::convert<Source, Target>(in, out, n, how);
  if constexpr (encodes<Source, Target>) {
    // An fn format may have numbers where Source has its infinities, which are not too large then.
    constexpr bool infinity_is_too_large = Target::emax <= Source::emax;
    const bool nearest = infinity_is_too_large && how.round == rounding::nearest_even &&
                         how.over != overflow::saturate_finite;
    const rules<Target, 8> rule(how);
    if (nearest)
      return over_array<Source, Target>(nearest_encoder<Source, Target>{rule}, from, to, n, how);
    return over_array<Source, Target>(encoder<Source, Target>{rule}, from, to, n, how);
  }
  if constexpr (decodes<Source, Target>) {
    using kernel = decoder<Source, Target>;
    if (how.nan == nan_code::quiet && n >= kernel::step)
      return over_array<Source, Target>(kernel{}, from, to, n, how);
  }
  if constexpr (Source::width == 8 && Target::width == 8) {
    if (n >= worth_a_table)
      return over_array<Source, Target>(translator<Source, Target>(how), from, to, n, how);
  }
  scalar::convert<Source, Target>(in, out, n, how);
}

}  // namespace neon
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
