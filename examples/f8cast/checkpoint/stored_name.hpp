// Names that stay in their file: there may be millions of them.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace f8cast {

/// Where a name is, and what tells it from nearly all others.
struct stored_name {
  std::uint32_t hash;
  std::uint32_t at;  ///< offset of its opening quote in a file's header or index
};

inline std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(name));
}

}  // namespace f8cast
