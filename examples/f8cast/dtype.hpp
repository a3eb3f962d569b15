// The element types that a tensor file can name.
#pragma once

#include <cstdint>
#include <string_view>

namespace f8cast {

/// The types that are cast. The others are carried along as bytes.
enum class source : std::uint8_t { none, f64, f32, f16, bf16 };

struct dtype {
  std::string_view name;  ///< as safetensors spells it
  unsigned bits;          ///< of one element
  source cast_from = source::none;
};

/// The dtype of that name; null where safetensors has none.
const dtype* find_dtype(std::string_view name);

}  // namespace f8cast
