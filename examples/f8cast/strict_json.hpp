// JSON from a file, read so that no two readers can see two different things in it.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "error.hpp"

namespace f8cast {

/// The tensor, if it is one's, of what stands under these keys, the outermost first.
using tensor_under = std::optional<std::string> (*)(const std::vector<std::string>& keys);

/// The object that `text` is, of which `where` is the beginning and `what` ("the header") the name
/// in messages. Throws file_error unless it begins with a brace, is nested at most 16 deep, and has
/// no name twice in one object: JSON leaves open what that would mean. Takes time in proportion to
/// the length.
nlohmann::json parse_object(const std::string& text, const place& where, const std::string& what,
                            tensor_under tensor);

/// Where in the text of an object the key of that name stands in it, not in what it contains.
std::optional<std::size_t> find_key(const std::string& text, const std::string& name);

}  // namespace f8cast
