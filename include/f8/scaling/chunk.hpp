// A chunk: so many numbers at a time that what the caches hold is read once and written once.
#ifndef F8_SCALING_CHUNK_HPP
#define F8_SCALING_CHUNK_HPP

#include <cstddef>
#include <type_traits>

#include "../kernels/dispatch.hpp"

#include "../core/config.hpp"

namespace f8 {
namespace {
namespace detail_scaled {

using kernels::scaling_kernels;

/// The elements of a chunk. They are not 1024: of buffers of 4096 bytes, one behind the other,
/// loads would wait for stores whose addresses differ in upper bits alone (a third of the time on
/// Zen 4).
inline constexpr std::size_t chunk = 960;

F8_FN inline std::size_t smaller(std::size_t a, std::size_t b) noexcept {
  return a < b ? a : b;
}

/// The length of a chunk with what fills its last step.
F8_FN inline std::size_t padded(std::size_t n) noexcept {
  return (n + scaling_kernels::step - 1) / scaling_kernels::step * scaling_kernels::step;
}

template <class Format>
F8_FN inline const void* at(const void* array, std::size_t i) noexcept {
  return static_cast<const typename Format::bits_type*>(array) + i;
}
template <class Format>
F8_FN inline void* at(void* array, std::size_t i) noexcept {
  return static_cast<typename Format::bits_type*>(array) + i;
}

/// Numbers of any format of up to 32 bits as whole steps of floats.
template <class Source>
class float_reader {
 public:
  explicit float_reader(isa x) noexcept : widen_(kernels::find<Source, binary32>(x)) {}

  /// n <= chunk of them, then zeros up to padded(n): where they are, if they are floats that need
  /// no zeros, or a copy.
  const void* read(const void* in, std::size_t n) {
    constexpr bool floats = std::is_same_v<Source, binary32>;
    if (floats && n == padded(n)) return in;
    if (floats) {
      __builtin_memcpy(copy_, in, n * sizeof(float));
    } else {
      widen_(in, copy_, n, conversion{});
    }
    for (std::size_t i = n; i < padded(n); ++i) copy_[i] = 0;
    return copy_;
  }

 private:
  kernels::kernel widen_;
  alignas(64) float copy_[chunk];
};

}  // namespace detail_scaled
}  // namespace
}  // namespace f8

#include "../core/undef.hpp"

#endif
