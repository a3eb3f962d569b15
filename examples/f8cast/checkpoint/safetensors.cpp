#include "checkpoint/safetensors.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checkpoint/stored_json.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr const char* metadata_key = "__metadata__";
constexpr std::uint64_t header_begin = 8;  // behind its length

std::optional<std::string> tensor_of_entry(const std::vector<std::string>& keys) {
  if (keys.front() == metadata_key) return std::nullopt;
  return keys.front();
}

/// A header's length, and its brace.
bool may_be_safetensors(const input_file& file, std::string_view first_bytes) {
  return first_bytes[header_begin] == '{' && file.read_number(0, header_begin) <= longest_header;
}

/// Behind the header's length, up to the data. Throws file_error if the file cannot have so long a
/// header.
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

metadata read_metadata(std::string_view value, const place& where) {
  const auto refuse = [&] {
    fail(where, std::string(metadata_key) + " is not an object of strings");
  };
  if (!is_object(value)) refuse();
  metadata result;
  for_each_member(value, [&](const json_member& note) {
    auto text = string_in(note.value);
    if (!text) refuse();
    result.emplace(note.name, std::move(*text));
  });
  return result;
}

/// What the header says of one tensor.
class entry {
 public:
  /// `where` is the place of its name.
  entry(place where, std::string_view value) : where_(std::move(where)) {
    if (!is_object(value)) fail_here("not a JSON object");
    for_each_member(value, [this](const json_member& member) {
      if (member.name == "dtype") dtype_ = member.value;
      if (member.name == "shape") shape_ = member.value;
      if (member.name == "data_offsets") offsets_ = member.value;
    });
  }

  /// The tensor, if its bytes are in the file. The data begin at `data`.
  tensor read(const input_file& file, std::uint64_t data) const {
    const std::uint64_t data_bytes = file.size() - data;
    tensor result;
    result.name = *where_.tensor;
    result.type = read_dtype();
    result.shape = read_numbers(shape_, "shape");
    const auto [begin, end] = read_range();
    if (end > data_bytes) {
      fail({file.path(), where_.tensor, file.size()},
           to_text(begin, end) + " go past the end of the file, which has " +
               std::to_string(data_bytes) + " bytes of data");
    }
    result.offset = data + begin;
    result.bytes = end - begin;
    check_size(result, to_text(begin, end));
    return result;
  }

 private:
  using range = std::pair<std::uint64_t, std::uint64_t>;

  static std::string to_text(std::uint64_t begin, std::uint64_t end) {
    return "data_offsets [" + std::to_string(begin) + ", " + std::to_string(end) + "]";
  }

  using field = std::optional<std::string_view>;

  std::string_view read(const field& of, const std::string& key) const {
    if (!of) fail_here("no " + key);
    return *of;
  }

  const dtype* read_dtype() const {
    const auto name = string_in(read(dtype_, "dtype"));
    if (!name) fail_here("dtype is not a string");
    const dtype* type = find_dtype(*name);
    if (!type) fail_here("unknown dtype '" + *name + "'");
    return type;
  }

  std::vector<std::uint64_t> read_numbers(const field& of, const std::string& key) const {
    auto numbers = numbers_in(read(of, key));
    if (!numbers) fail_here(key + " is not a list of integers from 0 to 2^64 - 1");
    return std::move(*numbers);
  }

  range read_range() const {
    const std::vector<std::uint64_t> offsets = read_numbers(offsets_, "data_offsets");
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

  [[noreturn]] void fail_here(const std::string& reason) const { fail(where_, reason); }

  place where_;
  field dtype_;
  field shape_;
  field offsets_;
};

tensor tensor_of(const stored_json::member& member, const model& in) {
  return entry({in.file.path(), member.name, member.at}, member.value).read(in.file, in.data);
}

tensor read_tensor(const model& in, std::uint64_t at) {
  return tensor_of(stored_json(in.file).member_at(at), in);
}

/// A tensor's name, and what to sort it by: the offset of the data, those of no bytes first.
struct placed {
  std::uint64_t order;
  stored_name name;

  placed(const tensor& t, stored_name of)
      : order(t.offset << 1 | (t.bytes > 0 ? 1U : 0U)), name(of) {}
  bool operator<(const placed& other) const {
    return order != other.order ? order < other.order : name.at < other.name.at;
  }
};

/// Each tensor, in the order of their data, has to begin where the one before it ends.
void check_layout(const model& m) {
  std::uint64_t end = m.data;
  std::string previous;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const tensor t = m.at(i).what;
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

void read_header(model& into) {
  const byte_range header = range_of_header(into.file);
  into.data = header.end;
  const stored_json text(into.file);
  into.names = text.check(header, "the header", tensor_of_entry);
  std::vector<placed> tensors;
  tensors.reserve(into.names.size());  // growing, they would be in memory twice
  for (const stored_name& name : into.names) {
    const stored_json::member member = text.member_at(name.at);
    if (member.name == metadata_key) {
      into.notes = read_metadata(member.value, {into.file.path(), {}, name.at});
    } else {
      tensors.emplace_back(tensor_of(member, into), name);
    }
  }
  std::sort(tensors.begin(), tensors.end());
  into.names.clear();
  for (const placed& t : tensors) into.names.push_back(t.name);
  check_layout(into);
}

}  // namespace

const file_format safetensors_format{
    ".safetensors",        // suffix
    "safetensors",         // in_words
    "a safetensors file",  // expected
    "a safetensors file",  // found
    true,                  // has_names
    true,                  // is_written
    may_be_safetensors,    // may_be
    read_header,           // read_header
    read_tensor,           // read_tensor
};

}  // namespace f8cast
