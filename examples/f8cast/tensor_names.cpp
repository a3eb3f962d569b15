#include "tensor_names.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace f8cast {
namespace {

constexpr std::string_view suffixes[] = {"_scale_inv", "_scale"};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

tensor_names::tensor_names(const checkpoint& in) : in_(in) {
  sorted_.reserve(in.size());
  for (const model& shard : in.shards) {
    for (const stored_name& name : shard.names) {
      sorted_.push_back({name.hash, static_cast<std::uint32_t>(sorted_.size())});
    }
  }
  std::sort(sorted_.begin(), sorted_.end());
}

std::optional<located> tensor_names::find(std::string_view name) const {
  const std::uint32_t hash = hash_of(name);
  auto same = std::lower_bound(sorted_.begin(), sorted_.end(), numbered{hash, 0});
  for (; same != sorted_.end() && same->hash == hash; ++same) {
    located found = in_.at(same->i);
    if (found.what.name == name) return found;
  }
  return std::nullopt;
}

std::vector<located> tensor_names::scales_of(std::string_view name) const {
  std::vector<located> result;
  for (const std::string_view suffix : suffixes) {
    auto found = find(std::string(name).append(suffix));
    if (found) result.push_back(std::move(*found));
  }
  return result;
}

std::optional<located> tensor_names::owner_of(std::string_view name) const {
  for (const std::string_view suffix : suffixes) {
    if (ends_with(name, suffix)) return find(name.substr(0, name.size() - suffix.size()));
  }
  return std::nullopt;
}

}  // namespace f8cast
