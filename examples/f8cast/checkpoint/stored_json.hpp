// JSON that stays in its file, which may name millions of tensors; and what a value of it is.
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

/// Where a name is in its file, and what tells it from nearly all other names.
struct stored_name {
  std::uint32_t hash;
  std::uint32_t at;  ///< offset of its opening quote
};

inline std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(name));
}

/// A file with a JSON object in it, whose text never is in memory as a whole.
class stored_json {
 public:
  struct key {
    std::string name;
    std::uint64_t value;  ///< its offset
  };
  struct member {
    std::string name;
    std::string value;  ///< its text
    std::uint64_t at;   ///< offset of the name
  };
  /// The name of the tensor that the value under these keys, the outermost first, belongs to; none
  /// if it belongs to none.
  using tensor_under = std::optional<std::string> (*)(const std::vector<std::string>& keys);

  /// The file has to stay where it is.
  explicit stored_json(const input_file& file) : file_(file) {}

  /// Throws file_error unless the text there, `what` ("the header") in messages, is one JSON object
  /// that begins with its brace, is nested at most 16 deep, and has no name twice in one object:
  /// JSON leaves open what that would mean, so that two readers could see two different things. It
  /// has to end before 2^32. Takes time in proportion to the length, and 8 bytes of memory for each
  /// name. Returns the object's own names, in the order of the text.
  std::vector<stored_name> check(byte_range text, const std::string& what,
                                 tensor_under tensor) const;

  // The text of these was checked. None of them keeps more of it in memory than it returns; each
  // throws file_error if the file has become shorter since.

  /// The name that begins there.
  key key_at(std::uint64_t at) const;
  /// The name that begins there, and its value.
  member member_at(std::uint64_t at) const;
  /// Calls visit() for each member of the object that begins there, in the order of the text.
  void for_each_member(std::uint64_t object, const std::function<void(const member&)>& visit) const;

 private:
  const input_file& file_;
};

// Values in memory, of JSON that was checked.

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

/// The text as a JSON string. Bytes that are no UTF-8, as a file's name may have, become U+FFFD.
std::string quoted(const std::string& text);

}  // namespace f8cast
