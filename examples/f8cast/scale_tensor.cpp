#include "scale_tensor.hpp"

#include "matrix.hpp"
#include "values.hpp"

namespace f8cast {
std::optional<scale_tensor> scale_finder::find(const tensor& t) const {
  if (!t.type->is_fp8()) return std::nullopt;
  for (const located& scales : names_.scales_of(t.name)) {
    if (!has_values(*scales.what->type)) continue;
    return scale_tensor{scales, tiles_of(matrix_of(t.shape), scales.what->shape)};
  }
  return std::nullopt;
}

bool scale_finder::is_scale(const tensor& t) const {
  const located* owner = names_.owner_of(t.name);
  const auto scales = owner != nullptr ? find(*owner->what) : std::nullopt;
  return scales && scales->values.what == &t;
}

}  // namespace f8cast
