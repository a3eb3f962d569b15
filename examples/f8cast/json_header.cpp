#include "json_header.hpp"

#include "strict_json.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t length_bytes = 8;
constexpr std::uint64_t longest_header = 100'000'000;  // as in the reference implementation

std::string read_text(input_file& file) {
  if (file.size() < length_bytes) {
    fail({file.path(), {}, file.size()},
         "truncated: it ends before the 8 bytes of the header's length do");
  }
  const std::uint64_t length = file.read_number(0, length_bytes);
  const std::string header = "a header of " + std::to_string(length) + " bytes";
  if (length > longest_header) {
    fail({file.path(), {}, 0}, header + " is too large (at most " + std::to_string(longest_header) +
                                   "): not a safetensors file?");
  }
  if (length > file.size() - length_bytes) {
    fail({file.path(), {}, file.size()}, "truncated: it ends before " + header + " does");
  }
  return file.read_text(length_bytes, length);
}

std::optional<std::string> tensor_of_entry(const std::vector<std::string>& keys) {
  if (keys.front() == "__metadata__") return std::nullopt;
  return keys.front();
}

}  // namespace

json_header::json_header(input_file& file)
    : path_(file.path()),
      text_(read_text(file)),
      object_(parse_object(text_, {path_, {}, begin}, "the header", tensor_of_entry)) {}

std::uint64_t json_header::position_of(const std::string& name) const {
  return begin + find_key(text_, name).value_or(0);
}

}  // namespace f8cast
