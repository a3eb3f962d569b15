// The scalar core with stochastic rounding over arrays: the specification of every such kernel.
#ifndef F8_KERNELS_SCALAR_STOCHASTIC_HPP
#define F8_KERNELS_SCALAR_STOCHASTIC_HPP

#include <cstddef>
#include <cstdint>

#include "../../core/philox.hpp"
#include "arrays.hpp"

#include "../../core/config.hpp"

namespace f8 {
namespace {
namespace kernels {
namespace scalar {

template <class Source, class Target>
void convert_stochastic(const void* in, void* out, std::size_t n, std::uint64_t seed,
                        std::uint64_t first, overflow over) {
  detail::philox_block random{};
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t element = first + i;
    if (i == 0 || element % 4 == 0) random = detail::philox(seed, element / 4);
    const detail::stochastic rounder{random.word[element % 4], conversion{over}};
    store<Target>(out, i, detail::recode<Target, Source>(load<Source>(in, i), rounder));
  }
}

}  // namespace scalar
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"

#endif
