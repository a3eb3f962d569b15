// The types of floating point that networks are stored in: a row for each.
#pragma once

#include <f8/f8.hpp>
#include <f8/interchange.hpp>
#include <string_view>
#include <tuple>

#include "types/dtype.hpp"

namespace f8cast {

/// T is the type that the compiler knows. All of these are read; tensors are cast to those that are
/// written.
template <class T, bool Written>
struct network_type {
  using type = T;
  static constexpr bool is_written = Written;
  static constexpr bool is_wide = sizeof(T) >= 2;

  std::string_view spelling = {};  ///< on the command line, if it is written
  std::string_view npy = {};       ///< NumPy's name behind the byte order; empty if it has none
};

template <class T>
using written = network_type<T, true>;
template <class T>
using only_read = network_type<T, false>;

/// The rows, in the order in which --to lists the types. A new type is one more row.
inline constexpr std::tuple network_types{
    written<f8::e4m3>{"e4m3"},          // F8_E4M3
    written<f8::e5m2>{"e5m2"},          // F8_E5M2
    written<float>{"f32", "f4"},        // F32
    written<f8::float16>{"f16", "f2"},  // F16
    written<f8::bfloat16>{"bf16"},      // BF16
    only_read<double>{"", "f8"},        // F64
    only_read<f8::e4m3fnuz>{},          // F8_E4M3FNUZ
    only_read<f8::e5m2fnuz>{},          // F8_E5M2FNUZ
};

/// True if elements of this dtype are T.
template <class T>
bool holds(const dtype& type) {
  return type.name == f8::safetensors_dtype<T>;
}

/// Calls f with a value of the dtype's own C++ type, if it is one of the network types that are
/// wide or not, and written if that is asked for; otherwise, does nothing.
template <bool Wide, bool Written, class F>
void with_network_type(const dtype& type, F f) {
  const auto try_row = [&](auto row) {
    using row_type = decltype(row);
    using element = typename row_type::type;
    if constexpr (row_type::is_wide == Wide && (row_type::is_written || !Written)) {
      if (holds<element>(type)) f(element{});
    }
  };
  std::apply([&](auto... rows) { (try_row(rows), ...); }, network_types);
}

/// Types of 16 bits or more that are read.
template <class F>
void with_wide(const dtype& type, F f) {
  with_network_type<true, false>(type, f);
}

/// Those of them that are written.
template <class F>
void with_wide_output(const dtype& type, F f) {
  with_network_type<true, true>(type, f);
}

/// Types of 8 bits that are read.
template <class F>
void with_fp8(const dtype& type, F f) {
  with_network_type<false, false>(type, f);
}

/// Those of them that are written.
template <class F>
void with_fp8_output(const dtype& type, F f) {
  with_network_type<false, true>(type, f);
}

}  // namespace f8cast
