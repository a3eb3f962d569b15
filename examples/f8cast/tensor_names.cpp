#include "tensor_names.hpp"

#include <algorithm>
#include <string>

namespace f8cast {
namespace {

constexpr std::string_view suffixes[] = {"_scale_inv", "_scale"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

tensor_names::tensor_names(const checkpoint& in) : sorted_(tensors_in(in)) {
  std::stable_sort(sorted_.begin(), sorted_.end(),
                   [](const located& a, const located& b) { return a.what->name < b.what->name; });
}

const located* tensor_names::find(std::string_view name) const {
  const auto found = std::lower_bound(
      sorted_.begin(), sorted_.end(), name,
      [](const located& t, std::string_view sought) { return t.what->name < sought; });
  return found != sorted_.end() && found->what->name == name ? &*found : nullptr;
}

std::vector<located> tensor_names::scales_of(std::string_view name) const {
  std::vector<located> result;
  for (const std::string_view suffix : suffixes) {
    const located* found = find(std::string(name).append(suffix));
    if (found != nullptr) result.push_back(*found);
  }
  return result;
}

const located* tensor_names::owner_of(std::string_view name) const {
  for (const std::string_view suffix : suffixes) {
    if (ends_with(name, suffix)) return find(name.substr(0, name.size() - suffix.size()));
  }
  return nullptr;
}

}  // namespace f8cast
