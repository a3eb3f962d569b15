// The formats that f8cast casts to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "types/dtype.hpp"
#include "types/format.hpp"

namespace f8cast {

enum class target : std::uint8_t { e4m3, e5m2 };

std::string_view name_of(target to);
const dtype* dtype_of(target to);
const format& format_of(target to);
float largest_finite(target to);
float smallest_normal(target to);

/// The values of the 256 codes in the order of their f8::order_key.
std::array<float, 256> values_in_order(target to);

}  // namespace f8cast
