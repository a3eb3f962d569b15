// What other systems call the types: DLPack's type codes, and the dtypes of safetensors files.
#ifndef F8_INTERCHANGE_HPP
#define F8_INTERCHANGE_HPP

#include <cstdint>
#include <string_view>

#include "e8m0.hpp"
#include "float16.hpp"
#include "fp8.hpp"

#include "core/config.hpp"

namespace f8 {
namespace detail {

/// One row for each type that has a name somewhere; a member is missing where the system has none.
template <class T>
struct interchange;

template <std::uint8_t Code>
struct in_dlpack {
  static constexpr std::uint8_t dlpack = Code;
};

template <>
struct interchange<e4m3> : in_dlpack<10> {
  static constexpr std::string_view safetensors = "F8_E4M3";
};
template <>
struct interchange<e5m2> : in_dlpack<12> {
  static constexpr std::string_view safetensors = "F8_E5M2";
};
template <>
struct interchange<e4m3fnuz> : in_dlpack<11> {
  static constexpr std::string_view safetensors = "F8_E4M3FNUZ";
};
template <>
struct interchange<e5m2fnuz> : in_dlpack<13> {
  static constexpr std::string_view safetensors = "F8_E5M2FNUZ";
};
template <>
struct interchange<e3m4> : in_dlpack<7> {};
template <>
struct interchange<e4m3_ieee> : in_dlpack<8> {};
template <>
struct interchange<e4m3b11fnuz> : in_dlpack<9> {};
template <>
struct interchange<e8m0> : in_dlpack<14> {
  static constexpr std::string_view safetensors = "F8_E8M0";
};
template <>
struct interchange<float16> : in_dlpack<2> {
  static constexpr std::string_view safetensors = "F16";
};
template <>
struct interchange<bfloat16> : in_dlpack<4> {
  static constexpr std::string_view safetensors = "BF16";
};
template <>
struct interchange<float> : in_dlpack<2> {
  static constexpr std::string_view safetensors = "F32";
};
template <>
struct interchange<double> : in_dlpack<2> {
  static constexpr std::string_view safetensors = "F64";
};

}  // namespace detail

// For e4m3 and its named relatives, e8m0, float16, bfloat16, float and double. What has no code in
// a system does not compile, so that no tensor leaves under another format's name: e3m4 in
// safetensors, fp8<2, 5> anywhere. That is an error where the trait is named, which templates may
// test for.

/// The code of a DLPack DLDataType {dlpack_code<T>, 8 * sizeof(T), 1}, from DLPack 1.1 on.
template <class T, class = decltype(detail::interchange<T>::dlpack)>
inline constexpr std::uint8_t dlpack_code = detail::interchange<T>::dlpack;

/// The "dtype" of a tensor in the header of a safetensors file.
template <class T, class = decltype(detail::interchange<T>::safetensors)>
inline constexpr std::string_view safetensors_dtype = detail::interchange<T>::safetensors;

}  // namespace f8

#include "core/undef.hpp"

#endif
