#include "system/error.hpp"

#include <cstdio>

namespace f8cast {
namespace {

/// How many bytes at `i` are one control character: ASCII's have one, U+0080 to U+009F two in
/// UTF-8.
std::size_t control_bytes(const std::string& text, std::size_t i) {
  const auto at = [&](std::size_t j) { return static_cast<unsigned char>(text[j]); };
  if (at(i) < 0x20 || at(i) == 0x7F) return 1;
  const bool is_c1 = at(i) == 0xC2 && i + 1 < text.size() && 0x80 <= at(i + 1) && at(i + 1) <= 0x9F;
  return is_c1 ? 2 : 0;
}

std::string escaped(char c) {
  char text[5];
  std::snprintf(text, sizeof text, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string one_line(const place& where, const std::string& text) {
  std::string line = where.file + ": ";
  if (where.tensor) line += "tensor '" + *where.tensor + "': ";
  line += text;
  if (where.offset) line += " (offset " + std::to_string(*where.offset) + ")";
  return printable(line);
}

file_error::file_error(const place& where, const std::string& reason)
    : std::runtime_error(one_line(where, reason)) {}

void fail(const place& where, const std::string& reason) {
  throw file_error(where, reason);
}

std::string printable(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t control = control_bytes(text, i);
    if (control == 0) result += text[i++];
    for (; control > 0; --control) result += escaped(text[i++]);
  }
  return result;
}

}  // namespace f8cast
