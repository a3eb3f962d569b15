#include "json_header.hpp"

#include <optional>
#include <vector>

#include "error.hpp"
#include "json_text.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t longest_header = 100'000'000;  // as in the reference implementation

std::string read_text(const input_file& file) {
  if (file.size() < header_begin) {
    fail({file.path(), {}, file.size()},
         "truncated: it ends before the 8 bytes of the header's length do");
  }
  const std::uint64_t length = file.read_number(0, header_begin);
  const std::string header = "a header of " + std::to_string(length) + " bytes";
  if (length > longest_header) {
    fail({file.path(), {}, 0}, header + " is too large (at most " + std::to_string(longest_header) +
                                   "): not a safetensors file?");
  }
  if (length > file.size() - header_begin) {
    fail({file.path(), {}, file.size()}, "truncated: it ends before " + header + " does");
  }
  return file.read_text(header_begin, length);
}

std::optional<std::string> tensor_of_entry(const std::vector<std::string>& keys) {
  if (keys.front() == "__metadata__") return std::nullopt;
  return keys.front();
}

}  // namespace

std::string read_json_header(const input_file& file) {
  std::string text = read_text(file);
  check_object(text, {file.path(), {}, header_begin}, "the header", tensor_of_entry);
  return text;
}

}  // namespace f8cast
