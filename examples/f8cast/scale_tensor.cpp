#include "scale_tensor.hpp"

#include <string>

#include "matrix.hpp"
#include "values.hpp"

namespace f8cast {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

scale_finder::scale_finder(const checkpoint& in) {
  for (const located& t : tensors_in(in)) by_name_.emplace(t.what->name, t);
}

std::optional<scale_tensor> scale_finder::find(const tensor& t) const {
  if (!t.type->is_fp8()) return std::nullopt;
  for (const std::string_view suffix : scale_suffixes) {
    const std::string name = t.name + std::string(suffix);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) continue;
    const tensor& scales = *found->second.what;
    if (!has_values(*scales.type)) continue;
    return scale_tensor{found->second, tiles_of(matrix_of(t.shape), scales.shape)};
  }
  return std::nullopt;
}

bool scale_finder::is_scale(const tensor& t) const {
  for (const std::string_view suffix : scale_suffixes) {
    if (!ends_with(t.name, suffix)) continue;
    const auto of = std::string_view(t.name).substr(0, t.name.size() - suffix.size());
    const auto found = by_name_.find(of);
    if (found == by_name_.end()) continue;
    const auto scales = find(*found->second.what);
    if (scales && scales->values.what == &t) return true;
  }
  return false;
}

}  // namespace f8cast
