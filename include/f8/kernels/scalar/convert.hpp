// The scalar core over arrays: the specification of every kernel, what runs where there is none,
// and the tail of each.
#ifndef F8_KERNELS_SCALAR_CONVERT_HPP
#define F8_KERNELS_SCALAR_CONVERT_HPP

#include <cstddef>
#include <cstdint>

#include "arrays.hpp"

#include "../../core/config.hpp"

namespace f8 {
namespace {
namespace kernels {
namespace scalar {

/// The conversion as a part of the caller's code, where `how` may be a constant.
template <class Source, class Target>
F8_FN inline void convert_here(const void* in, void* out, std::size_t n, conversion how) {
  for (std::size_t i = 0; i < n; ++i) {
    store<Target>(out, i,
                  detail::recode<Target, Source>(load<Source>(in, i), detail::directed{how}));
  }
}

template <class Source, class Target>
void convert(const void* in, void* out, std::size_t n, conversion how) {
  convert_here<Source, Target>(in, out, n, how);
}

}  // namespace scalar
}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"

#endif
