#include "scale_tensor.hpp"

#include <string>

#include "matrix.hpp"
#include "values.hpp"

namespace f8cast {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// True of the types whose values are scaled: all of 8 bits but the one that is itself for scales.
bool is_scaled(const dtype& type) {
  return type.name.substr(0, 4) == "F8_E" && type.name != "F8_E8M0";
}

}  // namespace

scale_finder::scale_finder(const std::vector<tensor>& tensors) {
  for (const tensor& t : tensors) by_name_.emplace(t.name, &t);
}

std::optional<scale_tensor> scale_finder::find(const tensor& t) const {
  if (!is_scaled(*t.type)) return std::nullopt;
  for (const std::string_view suffix : scale_suffixes) {
    const std::string name = t.name + std::string(suffix);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) continue;
    const tensor& scales = *found->second;
    if (!has_values(*scales.type)) continue;
    return scale_tensor{&scales, tiles_of(matrix_of(t.shape), scales.shape)};
  }
  return std::nullopt;
}

bool scale_finder::is_scale(const tensor& t) const {
  for (const std::string_view suffix : scale_suffixes) {
    if (!ends_with(t.name, suffix)) continue;
    const auto of = std::string_view(t.name).substr(0, t.name.size() - suffix.size());
    const auto found = by_name_.find(of);
    if (found == by_name_.end()) continue;
    const auto scales = find(*found->second);
    if (scales && scales->values == &t) return true;
  }
  return false;
}

}  // namespace f8cast
