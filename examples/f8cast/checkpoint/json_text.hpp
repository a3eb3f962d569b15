// What stands in JSON that was checked (checkpoint/json_check.hpp), taken from its text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/input_file.hpp"

namespace f8cast {

// In a file. None of these keeps more of it in memory than it returns; each throws file_error if
// the file ends too early.

struct stored_key {
  std::string name;
  std::uint64_t value;  ///< its offset
};

struct stored_member {
  std::string name;
  std::string value;  ///< its text
  std::uint64_t at;   ///< offset of the name
};

/// The name that begins there.
stored_key read_key(const input_file& file, std::uint64_t at);
/// The same with its value.
stored_member read_member(const input_file& file, std::uint64_t at);

/// Calls visit() for each member of the object that begins there, in the order of the text.
void for_each_member(const input_file& file, std::uint64_t object,
                     const std::function<void(const stored_member&)>& visit);

// In memory.

struct json_member {
  std::string name;
  std::string_view value;
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
