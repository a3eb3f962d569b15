#include "checkpoint/shard_index.hpp"

#include <filesystem>
#include <optional>
#include <vector>

#include "checkpoint/file_format.hpp"
#include "checkpoint/foreign_files.hpp"
#include "checkpoint/stored_json.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

constexpr std::uint64_t longest_index = 100'000'000;

bool may_be_index(const input_file& /*file*/, std::string_view first_bytes) {
  return may_be_json(first_bytes);
}

constexpr file_format index_format{
    index_suffix,          // suffix
    "an index of shards",  // in_words
    "an index of shards",  // expected
    "an index of shards",  // found
    true,                  // has_names
    false,                 // is_written
    may_be_index,          // may_be
    nullptr,               // read_header
    nullptr,               // read_tensor
};

bool is_file_name(const std::string& name) {
  constexpr std::string_view not_in_one{"/\0", 2};
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(not_in_one) == std::string::npos;
}

std::optional<std::string> tensor_in_map(const std::vector<std::string>& keys) {
  if (keys.size() < 2 || keys.front() != "weight_map") return std::nullopt;
  return keys[1];
}

metadata read_notes(const std::string& object, const std::string& path) {
  if (!is_object(object)) fail({path}, "the index's metadata is not an object");
  metadata result;
  for_each_member(object, [&](const json_member& note) { result.emplace(note.name, note.value); });
  return result;
}

}  // namespace

bool is_index(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  const std::string_view ending = index_format.suffix;
  return name.size() >= ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

index_reader::index_reader(const std::string& path) : file_(path) {
  refuse_other_formats(file_, index_format);
  if (file_.size() > longest_index) fail({path}, "too large for an index");
  const stored_json text(file_);
  std::optional<std::uint64_t> map;
  for (const stored_name& own : text.check({0, file_.size()}, "the index", tensor_in_map)) {
    const stored_json::key key = text.key_at(own.at);
    if (key.name == "weight_map") map = key.value;
    if (key.name == "metadata") notes_ = read_notes(text.member_at(own.at).value, path);
  }
  if (!map) fail({path}, "the index has no weight_map");
  if (file_.read_text(*map, 1) != "{") fail({path}, "the index's weight_map is not an object");
  map_ = *map;
}

void index_reader::for_each_tensor(
    const std::function<void(const std::string& tensor, const std::string& shard)>& visit) const {
  stored_json(file_).for_each_member(map_, [&](const stored_json::member& entry) {
    const auto shard = string_in(entry.value);
    if (!shard || !is_file_name(*shard)) {
      fail({path(), entry.name}, "its shard in the index is not the name of a file");
    }
    visit(entry.name, *shard);
  });
}

index_writer::index_writer(const std::string& path, const metadata& notes) : file_(path) {
  text_.add("{\n  \"metadata\": {");
  const char* separator = "\n    ";
  for (const auto& [key, value] : notes) {
    text_.add(separator + quoted(key) + ": " + value);
    separator = ",\n    ";
  }
  text_.add("\n  },\n  \"weight_map\": {");
}

void index_writer::add(const std::string& tensor, const std::string& shard) {
  text_.add((is_first_ ? "\n    " : ",\n    ") + quoted(tensor) + ": " + quoted(shard));
  is_first_ = false;
}

void index_writer::commit() {
  text_.add("\n  }\n}\n");
  text_.flush();
  file_.commit();
}

}  // namespace f8cast
