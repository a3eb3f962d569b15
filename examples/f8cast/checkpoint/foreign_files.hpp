// Files that f8cast does not read, so that it can say what they are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace f8cast {

/// True if these bytes are there.
bool has_at(std::string_view head, std::size_t offset, std::string_view bytes);

/// True if a file that begins so is text, and may be JSON.
bool may_be_json(std::string_view head);

/// What a file that begins so is; none if nothing is known of it. The file is none of safetensors,
/// whose first bytes are a number, and may be any.
std::optional<std::string> foreign_kind(std::string_view head);

/// True for suffixes of files that a folder of shards may be mistaken for.
bool is_foreign_suffix(const std::string& suffix);

}  // namespace f8cast
