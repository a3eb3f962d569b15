// What a kernel is, and how one element at a time comes from an array and goes to it.
#ifndef F8_KERNELS_SCALAR_ARRAYS_HPP
#define F8_KERNELS_SCALAR_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "../../core/codec.hpp"

#include "../../core/config.hpp"

namespace f8 {
namespace {
namespace kernels {

/// A kernel reads n codes of one format and writes n of another, at any alignment. It knows bytes
/// and formats, never a value type. `out` may start where `in` starts if an output is not larger
/// than an input; they overlap in no other way.
using kernel = void (*)(const void* in, void* out, std::size_t n, conversion how);

/// A kernel that rounds stochastically. Element i takes the random word number first + i of the
/// stream `seed`.
using stochastic_kernel = void (*)(const void* in, void* out, std::size_t n, std::uint64_t seed,
                                   std::uint64_t first, overflow over);

template <class Format>
F8_FN inline typename Format::bits_type load(const void* array, std::size_t i) noexcept {
  typename Format::bits_type bits;
  __builtin_memcpy(&bits, static_cast<const unsigned char*>(array) + i * sizeof bits, sizeof bits);
  return bits;
}

template <class Format>
F8_FN inline void store(void* array, std::size_t i, typename Format::word code) noexcept {
  const auto bits = static_cast<typename Format::bits_type>(code);
  __builtin_memcpy(static_cast<unsigned char*>(array) + i * sizeof bits, &bits, sizeof bits);
}

}  // namespace kernels
}  // namespace
}  // namespace f8

#include "../../core/undef.hpp"

#endif
