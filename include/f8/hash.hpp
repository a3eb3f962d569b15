// std::hash: equal values have equal hashes, so -0 hashes as +0.
#ifndef F8_HASH_HPP
#define F8_HASH_HPP

#include <cstddef>
#include <typeindex>  // std::hash; <functional> costs several times as much

#include "float16.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

template <class T>
struct hash_of {
  F8_FN std::size_t operator()(T x) const noexcept {
    const typename T::format::word bits = x.to_bits();
    return (bits & T::format::magnitude_mask) == 0 && T::format::has_negative_zero ? 0 : bits;
  }
};

}  // namespace detail
}  // namespace f8

/// The hash of an fp8 type: -0 hashes as +0, NaNs by their codes.
template <int E, int M, f8::special_values S, int Bias>
struct std::hash<f8::fp8<E, M, S, Bias>> : f8::detail::hash_of<f8::fp8<E, M, S, Bias>> {};
/// The hash of float16: -0 hashes as +0, NaNs by their codes.
template <>
struct std::hash<f8::float16> : f8::detail::hash_of<f8::float16> {};
/// The hash of bfloat16: -0 hashes as +0, NaNs by their codes.
template <>
struct std::hash<f8::bfloat16> : f8::detail::hash_of<f8::bfloat16> {};

#include "core/undef.hpp"

#endif
