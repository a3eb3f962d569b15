#include "scale_tensor.hpp"

#include <utility>

#include "matrix.hpp"
#include "values.hpp"

namespace f8cast {
std::optional<scale_tensor> scale_finder::find(const tensor& t) const {
  if (!t.type->is_fp8()) return std::nullopt;
  for (located& scales : names_.scales_of(t.name)) {
    if (!has_values(*scales.what.type)) continue;
    const auto tiles = tiles_of(matrix_of(t.shape), scales.what.shape);
    return scale_tensor{std::move(scales), tiles};
  }
  return std::nullopt;
}

bool scale_finder::is_scale(const tensor& t) const {
  const auto owner = names_.owner_of(t.name);
  const auto scales = owner ? find(owner->what) : std::nullopt;
  return scales && scales->values.what.name == t.name;
}

}  // namespace f8cast
