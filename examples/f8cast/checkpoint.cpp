#include "checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "error.hpp"
#include "strict_json.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

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

json read_index(const std::string& path) {
  const input_file file(path);
  if (file.size() > longest_index) fail({path}, "too large for an index");
  return parse_object(file.read_text(0, file.size()), {path, {}, 0}, "the index", tensor_in_map);
}

/// Takes the map apart as it goes, so that the names are not in memory twice.
names_by_shard sort_by_shard(json map, const std::string& path) {
  if (!map.is_object()) fail({path}, "the index's weight_map is not an object");
  names_by_shard result;
  for (auto entry = map.begin(); entry != map.end(); entry = map.erase(entry)) {
    if (!entry->is_string() || !is_file_name(entry->get_ref<const std::string&>())) {
      fail({path, entry.key()}, "its shard in the index is not the name of a file");
    }
    result[entry->get<std::string>()].insert(entry.key());
  }
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
  json index = read_index(path);
  if (index.count("weight_map") == 0) fail({path}, "the index has no weight_map");
  names_by_shard names = sort_by_shard(std::move(index["weight_map"]), path);
  checkpoint result;
  result.index = {fs::path(path).filename().string(), index.value("metadata", json::object())};
  if (!result.index->notes.is_object()) fail({path}, "the index's metadata is not an object");
  for (auto& [name, tensors] : names) {
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
  std::vector<located> result;
  for (const model& shard : c.shards) {
    for (const tensor& t : shard.tensors) result.push_back({&shard.file, &t});
  }
  return result;
}

}  // namespace f8cast
