// JSON in a file, checked so that no two readers can see two different things in it, in one reading
// and without its text in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checkpoint/stored_name.hpp"
#include "system/input_file.hpp"

namespace f8cast {

/// The tensor, if it is one's, of what stands under these keys, the outermost first.
using tensor_under = std::optional<std::string> (*)(const std::vector<std::string>& keys);

/// Throws file_error unless the text there, `what` ("the header") in messages, is one JSON object
/// that begins with its brace, is nested at most 16 deep, and has no name twice in one object: JSON
/// leaves open what that would mean. It has to end before 2^32. Takes time in proportion to the
/// length, and 8 bytes of memory for each name. Returns the object's own names, in the order of the
/// text.
std::vector<stored_name> check_object(const input_file& file, byte_range text,
                                      const std::string& what, tensor_under tensor);

}  // namespace f8cast
