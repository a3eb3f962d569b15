#include "checkpoint/json_header.hpp"

#include <optional>
#include <string>
#include <vector>

#include "checkpoint/json_check.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t header_begin = 8;  // behind its length

std::optional<std::string> tensor_of_entry(const std::vector<std::string>& keys) {
  if (keys.front() == "__metadata__") return std::nullopt;
  return keys.front();
}

}  // namespace

byte_range range_of_header(const input_file& file) {
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
  return {header_begin, header_begin + length};
}

std::vector<stored_name> check_json_header(const input_file& file, byte_range header) {
  return check_object(file, header, "the header", tensor_of_entry);
}

}  // namespace f8cast
