// What is wrong with a file, in one line.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace f8cast {

/// Where it is wrong, as far as it is known.
struct place {
  std::string file;
  std::optional<std::string> tensor = {};
  std::optional<std::uint64_t> offset = {};  ///< bytes from the file's beginning
};

/// "FILE: tensor 'NAME': text (offset N)", printable.
std::string one_line(const place& where, const std::string& text);

/// Its what() is one_line().
class file_error : public std::runtime_error {
 public:
  file_error(const place& where, const std::string& reason);
};

[[noreturn]] void fail(const place& where, const std::string& reason);

/// The text without what would break a line or drive a terminal: control characters become \xNN.
std::string printable(const std::string& text);

}  // namespace f8cast
