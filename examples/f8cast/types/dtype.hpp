// The element types that a tensor file can name.
#pragma once

#include <cstdint>
#include <string_view>

namespace f8cast {

/// The types whose elements are read as numbers. The others are carried along as bytes.
enum class number : std::uint8_t { none, f64, f32, f16, bf16, e4m3, e5m2, e4m3fnuz, e5m2fnuz };

struct dtype {
  std::string_view name;  ///< as safetensors spells it
  unsigned bits;          ///< of one element
  number holds = number::none;

  bool is_fp8() const { return holds >= number::e4m3; }
  /// Powers of two in e8m0's codes, which are often kept as U8.
  bool may_be_e8m0() const { return name == "F8_E8M0" || name == "U8"; }
  bool is_below_8_bits() const { return bits < 8; }
  /// 16 bits or more: what is cast to 8.
  bool is_wide() const { return holds != number::none && !is_fp8(); }
};

/// The dtype of that name; null where safetensors has none.
const dtype* find_dtype(std::string_view name);

}  // namespace f8cast
