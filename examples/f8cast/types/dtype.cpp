#include "types/dtype.hpp"

#include <f8/interchange.hpp>

namespace f8cast {
namespace {

template <class T>
constexpr dtype dtype_of(number holds) {
  return {f8::safetensors_dtype<T>, 8 * sizeof(T), holds};
}

constexpr dtype known[] = {
    dtype_of<double>(number::f64),
    dtype_of<float>(number::f32),
    dtype_of<f8::float16>(number::f16),
    dtype_of<f8::bfloat16>(number::bf16),
    dtype_of<f8::e4m3>(number::e4m3),
    dtype_of<f8::e5m2>(number::e5m2),
    dtype_of<f8::e4m3fnuz>(number::e4m3fnuz),
    dtype_of<f8::e5m2fnuz>(number::e5m2fnuz),
    dtype_of<f8::e8m0>(number::none),
    {"F6_E2M3", 6},
    {"F6_E3M2", 6},
    {"F4", 4},
    {"C64", 64},
    {"I64", 64},
    {"U64", 64},
    {"I32", 32},
    {"U32", 32},
    {"I16", 16},
    {"U16", 16},
    {"I8", 8},
    {"U8", 8},
    {"BOOL", 8},
};

}  // namespace

const dtype* find_dtype(std::string_view name) {
  for (const dtype& type : known) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

}  // namespace f8cast
