// CUDA's own types of 8 and 16 bits, as sources and targets of every conversion, and arrays of them
// seen as arrays of ours. Needs cuda_fp8.h (CUDA 11.8), in host and device code alike.
#ifndef F8_INTEROP_CUDA_HPP
#define F8_INTEROP_CUDA_HPP

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include <cstdint>

#include "../cast.hpp"
#include "../format.hpp"
#include "../fp8.hpp"

#include "../core/config.hpp"

namespace f8 {

/// CUDA's type is a source and a target of every conversion.
template <>
struct float_traits<__half> {
  using format = binary16;  ///< what its bits mean
  /// Its bits, of NaN too.
  F8_FN static std::uint16_t to_bits(__half x) noexcept { return __half_as_ushort(x); }
  /// The value with these bits.
  F8_FN static __half from_bits(std::uint16_t bits) noexcept { return __ushort_as_half(bits); }
};

/// CUDA's type is a source and a target of every conversion.
template <>
struct float_traits<__nv_bfloat16> {
  using format = bfloat16_format;  ///< what its bits mean
  /// Its bits, of NaN too.
  F8_FN static std::uint16_t to_bits(__nv_bfloat16 x) noexcept { return __bfloat16_as_ushort(x); }
  /// The value with these bits.
  F8_FN static __nv_bfloat16 from_bits(std::uint16_t bits) noexcept {
    return __ushort_as_bfloat16(bits);
  }
};

namespace detail {

/// float_traits of one of CUDA's classes of 8 bits, whose code is its member __x.
template <class Cuda, class Ours>
struct cuda_traits {
  using format = typename Ours::format;
  F8_FN static std::uint8_t to_bits(Cuda x) noexcept { return x.__x; }
  F8_FN static Cuda from_bits(std::uint8_t bits) noexcept {
    Cuda x;
    x.__x = bits;
    return x;
  }
};

template <class T>
struct cuda_twin {};
template <>
struct cuda_twin<e4m3> {
  using type = __nv_fp8_e4m3;
};
template <>
struct cuda_twin<e5m2> {
  using type = __nv_fp8_e5m2;
};
template <>
struct cuda_twin<__nv_fp8_e4m3> {
  using type = e4m3;
};
template <>
struct cuda_twin<__nv_fp8_e5m2> {
  using type = e5m2;
};

}  // namespace detail

template <>
struct float_traits<__nv_fp8_e4m3> : detail::cuda_traits<__nv_fp8_e4m3, e4m3> {};
template <>
struct float_traits<__nv_fp8_e5m2> : detail::cuda_traits<__nv_fp8_e5m2, e5m2> {};

/// CUDA's type for one of ours, and ours for one of CUDA's: __nv_fp8_e4m3 and e4m3, __nv_fp8_e5m2
/// and e5m2.
template <class T>
using cuda_twin_t = typename detail::cuda_twin<T>::type;

/// The same array as one of the other library's type: the same bytes, every code of which means the
/// same value. Null stays null.
template <class T>
F8_FN inline cuda_twin_t<T>* as_cuda_twin(T* array) noexcept {
  static_assert(sizeof(cuda_twin_t<T>) == sizeof(T) && alignof(cuda_twin_t<T>) == alignof(T));
  return reinterpret_cast<cuda_twin_t<T>*>(array);
}
/// The same of an array that is only read.
template <class T>
F8_FN inline const cuda_twin_t<T>* as_cuda_twin(const T* array) noexcept {
  return as_cuda_twin(const_cast<T*>(array));
}

}  // namespace f8

#include "../core/undef.hpp"

#endif
