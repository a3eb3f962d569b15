#include "safetensors_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <tuple>

#include "error.hpp"
#include "json_header.hpp"

namespace f8cast {
namespace {

using nlohmann::json;

constexpr const char* metadata_key = "__metadata__";

metadata read_metadata(const json& value, const place& where) {
  const auto is_text = [](const json& note) { return note.is_string(); };
  if (!value.is_object() || !std::all_of(value.begin(), value.end(), is_text)) {
    fail(where, std::string(metadata_key) + " is not an object of strings");
  }
  return value.get<metadata>();
}

/// What the header says of one tensor.
class entry {
 public:
  entry(const json_header& header, const std::string& name, const json& value)
      : header_(header), name_(name), value_(value) {}

  /// The tensor, if its bytes are in the file.
  tensor read(const input_file& file) const {
    if (!value_.is_object()) fail_here("not a JSON object");
    const std::uint64_t data_bytes = file.size() - header_.end();
    tensor result;
    result.name = name_;
    result.type = read_dtype();
    result.shape = read_numbers("shape");
    const auto [begin, end] = read_range();
    if (end > data_bytes) {
      fail({file.path(), name_, file.size()}, to_text(begin, end) +
                                                  " go past the end of the file, which has " +
                                                  std::to_string(data_bytes) + " bytes of data");
    }
    result.offset = header_.end() + begin;
    result.bytes = end - begin;
    check_size(result, to_text(begin, end));
    return result;
  }

 private:
  using range = std::pair<std::uint64_t, std::uint64_t>;

  static std::string to_text(std::uint64_t begin, std::uint64_t end) {
    return "data_offsets [" + std::to_string(begin) + ", " + std::to_string(end) + "]";
  }

  const json& field(const std::string& key) const {
    const auto found = value_.find(key);
    if (found == value_.end()) fail_here("no " + key);
    return *found;
  }

  const dtype* read_dtype() const {
    const json& name = field("dtype");
    if (!name.is_string()) fail_here("dtype is not a string");
    const dtype* type = find_dtype(name.get<std::string>());
    if (!type) fail_here("unknown dtype '" + name.get<std::string>() + "'");
    return type;
  }

  std::vector<std::uint64_t> read_numbers(const std::string& key) const {
    const auto is_number = [](const json& value) { return value.is_number_unsigned(); };
    const json& numbers = field(key);
    if (!numbers.is_array() || !std::all_of(numbers.begin(), numbers.end(), is_number)) {
      fail_here(key + " is not a list of integers from 0 to 2^64 - 1");
    }
    return numbers.get<std::vector<std::uint64_t>>();
  }

  range read_range() const {
    const std::vector<std::uint64_t> offsets = read_numbers("data_offsets");
    if (offsets.size() != 2) fail_here("data_offsets are not two numbers");
    if (offsets[0] > offsets[1]) {
      fail_here(to_text(offsets[0], offsets[1]) + " end before they begin");
    }
    return {offsets[0], offsets[1]};
  }

  void check_size(const tensor& t, const std::string& offsets) const {
    const std::string what = std::string(t.type->name) + ", shape " + to_string(t.shape);
    const auto expected = bytes_of(*t.type, t.shape);
    if (!expected) fail_here(what + ": the size overflows, or is no whole number of bytes");
    if (*expected != t.bytes) {
      fail_here(what + " takes " + std::to_string(*expected) + " bytes, but " + offsets + " are " +
                std::to_string(t.bytes));
    }
  }

  [[noreturn]] void fail_here(const std::string& reason) const {
    fail(header_.entry_of(name_), reason);
  }

  const json_header& header_;
  const std::string& name_;
  const json& value_;
};

void sort_by_data(std::vector<tensor>& tensors) {
  std::sort(tensors.begin(), tensors.end(), [](const tensor& a, const tensor& b) {
    return std::tie(a.offset, a.bytes, a.name) < std::tie(b.offset, b.bytes, b.name);
  });
}

/// Each tensor, in the order of their data, has to begin where the one before it ends.
void check_layout(const model& m, std::uint64_t data_begin) {
  std::uint64_t end = data_begin;
  std::string previous;
  for (const tensor& t : m.tensors) {
    if (t.offset < end) {
      fail({m.file.path(), t.name, t.offset}, "overlaps tensor '" + previous + "'");
    }
    if (t.offset > end) {
      fail({m.file.path(), t.name, end},
           "a hole of " + std::to_string(t.offset - end) + " bytes before it");
    }
    end += t.bytes;
    previous = t.name;
  }
  if (end != m.file.size()) {
    fail({m.file.path(), {}, end},
         "the last " + std::to_string(m.file.size() - end) + " bytes belong to no tensor");
  }
}

}  // namespace

void read_safetensors_header(model& into) {
  const json_header header(into.file);
  for (const auto& [name, value] : header.object().items()) {
    if (name == metadata_key) {
      into.notes = read_metadata(value, header.key(name));
    } else {
      into.tensors.push_back(entry(header, name, value).read(into.file));
    }
  }
  sort_by_data(into.tensors);
  check_layout(into, header.end());
}

}  // namespace f8cast
