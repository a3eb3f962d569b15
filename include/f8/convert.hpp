// Arrays.
#pragma once

#include <cstddef>

#include "f8.hpp"

#include "detail/config.hpp"

namespace f8 {
inline namespace F8_BASELINE {

template <class From, class To>
void convert(const From* in, To* out, std::size_t n, conversion how = {}) noexcept {
  for (std::size_t i = 0; i < n; ++i) out[i] = cast<To>(in[i], how);
}

template <class In, class Out>
auto convert(const In& in, Out&& out, conversion how = {}) -> decltype(std::data(in), std::data(out), void()) {
  convert(std::data(in), std::data(out), std::size(in), how);
}

}  // namespace F8_BASELINE
}  // namespace f8

#include "detail/undef.hpp"
