#include "checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "error.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* index_ending = ".index.json";
constexpr std::uint64_t longest_index = 100'000'000;
constexpr int deepest_nesting = 16;  // an index needs 2

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

/// Refuses names that occur twice in one object, of which the parser would take the last.
json parse_json(const std::string& text, const std::string& path) {
  std::vector<std::set<std::string>> names;  // of each object that is open
  return json::parse(text, [&](int depth, json::parse_event_t event, json& value) {
    if (depth > deepest_nesting) fail({path}, "the index is nested too deeply");
    if (event == json::parse_event_t::object_start) names.emplace_back();
    if (event == json::parse_event_t::object_end) names.pop_back();
    if (event == json::parse_event_t::key && !names.back().insert(value).second) {
      fail({path}, "the name '" + value.get<std::string>() + "' occurs twice in one object");
    }
    return true;
  });
}

json parse_index(const std::string& path) {
  const input_file file(path);
  if (file.size() > longest_index) fail({path}, "too large for an index");
  try {
    json index = parse_json(file.read_text(0, file.size()), path);
    if (!index.is_object()) fail({path}, "the index is not a JSON object");
    return index;
  } catch (const json::parse_error& error) {
    fail({path, {}, error.byte - 1}, "the index is not valid JSON");
  } catch (const json::out_of_range&) {
    fail({path}, "a number in the index is too large");
  }
}

bool is_file_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

using names_by_shard = std::map<std::string, std::set<std::string>>;

names_by_shard read_weight_map(const std::string& path, const json& index) {
  const auto map = index.find("weight_map");
  if (map == index.end() || !map->is_object()) fail({path}, "the index has no weight_map");
  names_by_shard result;
  for (const auto& [name, shard] : map->items()) {
    if (!shard.is_string() || !is_file_name(shard.get<std::string>())) {
      fail({path, name}, "its shard in the index is not the name of a file");
    }
    result[shard.get<std::string>()].insert(name);
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
  const json index = parse_index(path);
  checkpoint result;
  result.index = {fs::path(path).filename().string(), index.value("metadata", json::object())};
  if (!result.index->notes.is_object()) fail({path}, "the index's metadata is not an object");
  for (auto& [name, tensors] : read_weight_map(path, index)) {
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

std::string index_text(const json& notes, const std::map<std::string, std::string>& map) {
  const json index{{"metadata", notes}, {"weight_map", map}};
  return index.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace f8cast
