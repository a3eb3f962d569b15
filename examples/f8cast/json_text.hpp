// JSON from a file, read so that no two readers can see two different things in it, and without
// more memory than its text takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error.hpp"

namespace f8cast {

/// The tensor, if it is one's, of what stands under these keys, the outermost first.
using tensor_under = std::optional<std::string> (*)(const std::vector<std::string>& keys);

/// Throws file_error unless `text`, of which `where` is the beginning and `what` ("the header") the
/// name in messages, is one JSON object that begins with its brace, is nested at most 16 deep, and
/// has no name twice in one object: JSON leaves open what that would mean. Takes time in proportion
/// to the length.
void check_object(const std::string& text, const place& where, const std::string& what,
                  tensor_under tensor);

// What follows is for texts that were checked, and for the values in them.

struct json_member {
  std::string name;
  std::string_view value;
  std::size_t offset;  ///< of the name, from the object's beginning
};

bool is_object(std::string_view value);

/// Calls visit() for each member of an object, in the order of the text.
void for_each_member(std::string_view object, const std::function<void(const json_member&)>& visit);

/// The string that the value is; none if it is not one.
std::optional<std::string> string_in(std::string_view value);

/// The list of integers from 0 to 2^64 - 1 that the value is; none if it is not one.
std::optional<std::vector<std::uint64_t>> numbers_in(std::string_view value);

/// As JSON spells it. Bytes that are no UTF-8, as a file's name may have, become U+FFFD.
std::string quoted(const std::string& text);

}  // namespace f8cast
