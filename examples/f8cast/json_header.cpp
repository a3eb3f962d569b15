#include "json_header.hpp"

#include <set>
#include <vector>

namespace f8cast {
namespace {

using nlohmann::json;

constexpr std::uint64_t length_bytes = 8;
constexpr std::uint64_t longest_header = 100'000'000;  // as in the reference implementation
constexpr int deepest_nesting = 16;                    // a valid header needs 3

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

}  // namespace

json_header::json_header(input_file& file)
    : path_(file.path()), text_(read_text(file)), object_(parse()) {}

json json_header::parse() const {
  const place whole{path_, {}, begin};
  std::vector<std::set<std::string>> names;  // of each object that is open
  const auto check = [&](int depth, json::parse_event_t event, json& value) {
    if (depth > deepest_nesting) fail(whole, "the header is nested too deeply");
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(value).second) {
      fail(depth == 1 ? entry_of(value) : key(value),
           "the name '" + value.get<std::string>() + "' occurs twice in one object of the header");
    }
    return true;
  };
  const auto nul = text_.find('\0');  // the parser would take it for the end
  if (nul != std::string::npos) fail({path_, {}, begin + nul}, "the header is not valid JSON");
  try {
    json object = json::parse(text_, check);
    if (!object.is_object()) fail(whole, "the header is not a JSON object");
    return object;
  } catch (const json::parse_error& error) {
    fail({path_, {}, begin + error.byte - 1}, "the header is not valid JSON");
  } catch (const json::out_of_range&) {
    fail(whole, "a number in the header is too large");
  }
}

/// The header's beginning if the name is spelled there with needless escapes.
std::uint64_t json_header::position_of(const std::string& name) const {
  const std::string quoted = json(name).dump();
  for (auto end = text_.size(); end != 0;) {
    const auto at = text_.rfind(quoted, end - 1);
    if (at == std::string::npos) break;
    const auto next = text_.find_first_not_of(" \t\r\n", at + quoted.size());
    if (next != std::string::npos && text_[next] == ':') return begin + at;
    end = at;
  }
  return begin;
}

}  // namespace f8cast
