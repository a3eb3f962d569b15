#include "dtype.hpp"

namespace f8cast {
namespace {

constexpr dtype known[] = {
    {"F64", 64, number::f64},
    {"F32", 32, number::f32},
    {"F16", 16, number::f16},
    {"BF16", 16, number::bf16},
    {"F8_E4M3", 8, number::e4m3},
    {"F8_E5M2", 8, number::e5m2},
    {"F8_E4M3FNUZ", 8, number::e4m3fnuz},
    {"F8_E5M2FNUZ", 8, number::e5m2fnuz},
    {"F8_E8M0", 8},
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
