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
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

using names_by_shard = std::map<std::string, std::set<std::string>>;

/// Sorts the names of the "weight_map" while they are parsed, which takes a tenth of the memory
/// that their JSON would.
class index_parser {
 public:
  explicit index_parser(const std::string& path) : path_(path) {}

  names_by_shard names;
  json others;  // than the map

  void parse(const std::string& text) {
    try {
      others = json::parse(text, [this](int depth, json::parse_event_t event, json& value) {
        return depth < 2 ? outer(event, value) : !in_map_ || inner(depth, event, value);
      });
    } catch (const json::parse_error& error) {
      fail({path_, {}, error.byte - 1}, "the index is not valid JSON");
    } catch (const json::out_of_range&) {
      fail({path_}, "a number in the index is too large");
    }
    if (!others.is_object()) fail({path_}, "the index is not a JSON object");
    if (maps_ != 1 || !others.value("weight_map", json()).is_object()) {
      fail({path_}, "the index has no weight_map, or more than one");
    }
  }

 private:
  bool outer(json::parse_event_t event, const json& value) {
    if (event != json::parse_event_t::key) return true;
    in_map_ = value == "weight_map";
    maps_ += in_map_ ? 1 : 0;
    return true;
  }

  /// Names are no part of what is kept.
  bool inner(int depth, json::parse_event_t event, const json& value) {
    if (depth > 2) fail({path_}, "the index is nested too deeply");
    if (event == json::parse_event_t::key) {
      tensor_ = value.get<std::string>();
      return false;
    }
    if (event != json::parse_event_t::object_end) note_shard(value);
    return true;
  }

  void note_shard(const json& shard) {
    if (!shard.is_string() || !is_file_name(shard.get<std::string>())) {
      fail({path_, tensor_}, "its shard in the index is not the name of a file");
    }
    if (!names[shard.get<std::string>()].insert(tensor_).second) {
      fail({path_, tensor_}, "occurs twice in the index");
    }
  }

  const std::string& path_;
  std::string tensor_;
  bool in_map_ = false;
  int maps_ = 0;
};

index_parser parse_index(const std::string& path) {
  const input_file file(path);
  if (file.size() > longest_index) fail({path}, "too large for an index");
  index_parser result(path);
  result.parse(file.read_text(0, file.size()));
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
  index_parser index = parse_index(path);
  checkpoint result;
  result.index = {fs::path(path).filename().string(),
                  index.others.value("metadata", json::object())};
  if (!result.index->notes.is_object()) fail({path}, "the index's metadata is not an object");
  for (auto& [name, tensors] : index.names) {
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
