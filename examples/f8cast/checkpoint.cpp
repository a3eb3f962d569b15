#include "checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "error.hpp"
#include "json_text.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

constexpr const char* index_ending = ".index.json";
constexpr std::uint64_t longest_index = 100'000'000;

bool is_index(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::string ending = index_ending;
  return name.size() >= ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

std::string index_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (is_index(file.path())) found.push_back(file.path().string());
  }
  if (error) fail({folder}, error.message());
  if (found.size() == 1) return found.front();
  fail({folder}, "a folder with " + std::string(found.empty() ? "no " : "more than one ") +
                     index_ending + " in it");
}

bool is_file_name(const std::string& name) {
  constexpr std::string_view not_in_one{"/\0", 2};
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(not_in_one) == std::string::npos;
}

using names_by_shard = std::map<std::string, std::set<std::string>>;

std::optional<std::string> tensor_in_map(const std::vector<std::string>& keys) {
  if (keys.size() < 2 || keys.front() != "weight_map") return std::nullopt;
  return keys[1];
}

std::string read_index(const std::string& path) {
  const input_file file(path);
  if (file.size() > longest_index) fail({path}, "too large for an index");
  std::string text = file.read_text(0, file.size());
  check_object(text, {path, {}, 0}, "the index", tensor_in_map);
  return text;
}

names_by_shard sort_by_shard(std::string_view map, const std::string& path) {
  if (!is_object(map)) fail({path}, "the index's weight_map is not an object");
  names_by_shard result;
  for_each_member(map, [&](const json_member& entry) {
    const auto shard = string_in(entry.value);
    if (!shard || !is_file_name(*shard)) {
      fail({path, entry.name}, "its shard in the index is not the name of a file");
    }
    result[*shard].insert(entry.name);
  });
  return result;
}

metadata read_notes(std::string_view object, const std::string& path) {
  if (!is_object(object)) fail({path}, "the index's metadata is not an object");
  metadata result;
  for_each_member(object, [&](const json_member& note) { result.emplace(note.name, note.value); });
  return result;
}

/// What an index says.
struct index_contents {
  std::optional<names_by_shard> names;
  metadata notes;
};

index_contents parse_index(const std::string& path) {
  const std::string text = read_index(path);
  index_contents result;
  for_each_member(text, [&](const json_member& member) {
    if (member.name == "weight_map") result.names = sort_by_shard(member.value, path);
    if (member.name == "metadata") result.notes = read_notes(member.value, path);
  });
  if (!result.names) fail({path}, "the index has no weight_map");
  return result;
}

void check_shard(const model& shard, std::set<std::string> names, const std::string& index) {
  for (const tensor& t : shard.tensors) {
    if (names.erase(t.name) != 0) continue;
    fail({shard.file.path(), t.name}, "not in the shard that " + index + " says");
  }
  if (names.empty()) return;
  fail({shard.file.path(), *names.begin()}, "missing, though " + index + " has it here");
}

checkpoint open_sharded(const std::string& path) {
  index_contents index = parse_index(path);
  checkpoint result;
  result.index = {fs::path(path).filename().string(), std::move(index.notes)};
  for (auto& [name, tensors] : *index.names) {
    result.shards.push_back(open_model((fs::path(path).parent_path() / name).string()));
    check_shard(result.shards.back(), std::move(tensors), path);
  }
  return result;
}

}  // namespace

checkpoint open_checkpoint(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return open_sharded(index_in(path));
  if (is_index(path)) return open_sharded(path);
  checkpoint result;
  result.shards.push_back(open_model(path));
  return result;
}

std::vector<located> tensors_in(const checkpoint& c) {
  std::size_t n = 0;
  for (const model& shard : c.shards) n += shard.tensors.size();
  std::vector<located> result;
  result.reserve(n);
  for (const model& shard : c.shards) {
    for (const tensor& t : shard.tensors) result.push_back({&shard.file, &t});
  }
  return result;
}

}  // namespace f8cast
