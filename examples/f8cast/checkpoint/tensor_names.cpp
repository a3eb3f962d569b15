#include "checkpoint/tensor_names.hpp"

#include <algorithm>

namespace f8cast {
tensor_names::tensor_names(const checkpoint& in) : in_(in) {
  sorted_.reserve(in.size());
  for (const model& shard : in.shards) {
    for (const stored_name& name : shard.names) {
      sorted_.push_back({name.hash, static_cast<std::uint32_t>(sorted_.size())});
    }
  }
  std::sort(sorted_.begin(), sorted_.end());
}

std::optional<std::size_t> tensor_names::number_of(std::string_view name) const {
  const std::uint32_t hash = hash_of(name);
  auto same = std::lower_bound(sorted_.begin(), sorted_.end(), numbered{hash, 0});
  for (; same != sorted_.end() && same->hash == hash; ++same) {
    if (in_.at(same->i).what.name == name) return same->i;
  }
  return std::nullopt;
}

std::optional<located> tensor_names::find(std::string_view name) const {
  const auto i = number_of(name);
  if (!i) return std::nullopt;
  return in_.at(*i);
}

}  // namespace f8cast
