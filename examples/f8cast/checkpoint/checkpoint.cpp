#include "checkpoint/checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "checkpoint/file_format.hpp"
#include "checkpoint/foreign_files.hpp"
#include "checkpoint/json_check.hpp"
#include "checkpoint/json_text.hpp"
#include "checkpoint/tensor_names.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t longest_index = 100'000'000;

bool may_be_index(const input_file& /*file*/, std::string_view first_bytes) {
  return may_be_json(first_bytes);
}

constexpr file_format index_format{
    ".index.json",         // suffix
    "an index of shards",  // in_words
    "an index of shards",  // expected
    "an index of shards",  // found
    true,                  // has_names
    false,                 // is_written
    may_be_index,          // may_be
    nullptr,               // read_header
    nullptr,               // read_tensor
};

bool is_index(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::string_view ending = index_format.suffix;
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
                     std::string(index_format.suffix) + " in it");
}

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

/// The file of an index, which has the names of millions of tensors.
class index_file {
 public:
  explicit index_file(const std::string& path) : file_(path) {
    refuse_other_formats(file_, index_format);
    if (file_.size() > longest_index) fail({path}, "too large for an index");
    std::optional<std::uint64_t> map;
    for (const stored_name& own :
         check_object(file_, {0, file_.size()}, "the index", tensor_in_map)) {
      const stored_key key = read_key(file_, own.at);
      if (key.name == "weight_map") map = key.value;
      if (key.name == "metadata") notes_ = read_notes(read_member(file_, own.at).value, path);
    }
    if (!map) fail({path}, "the index has no weight_map");
    if (file_.read_text(*map, 1) != "{") fail({path}, "the index's weight_map is not an object");
    map_ = *map;
  }

  const std::string& path() const { return file_.path(); }
  const metadata& notes() const { return notes_; }

  /// Calls visit() with the name of each tensor and that of its shard.
  template <class Visit>
  void for_each_tensor(Visit visit) const {
    for_each_member(file_, map_, [&](const stored_member& entry) {
      const auto shard = string_in(entry.value);
      if (!shard || !is_file_name(*shard)) {
        fail({path(), entry.name}, "its shard in the index is not the name of a file");
      }
      visit(entry.name, *shard);
    });
  }

 private:
  input_file file_;
  metadata notes_;
  std::uint64_t map_ = 0;  // where its object begins
};

/// What the index says of one shard, as far as it is true.
struct expectation {
  const model* shard = nullptr;
  std::size_t found = 0;               // tensors that it says are here, and that are
  std::optional<std::string> missing;  // the first that is not
};

/// Fails with the first tensor of the shard that the index does not have there.
[[noreturn]] void fail_unexpected(const model& shard, const std::string& name,
                                  const index_file& index) {
  std::set<std::string> expected;
  index.for_each_tensor([&](const std::string& tensor, const std::string& its_shard) {
    if (its_shard == name) expected.insert(tensor);
  });
  for (std::size_t i = 0;; ++i) {
    const std::string tensor = shard.at(i).what.name;
    if (expected.count(tensor) != 0) continue;
    fail({shard.file.path(), tensor}, "not in the shard that " + index.path() + " says");
  }
}

void check_agreement(std::map<std::string, expectation>& shards, const checkpoint& c,
                     const index_file& index) {
  const tensor_names names(c);
  index.for_each_tensor([&](const std::string& tensor, const std::string& shard) {
    expectation& e = shards[shard];
    const auto found = names.find(tensor);
    if (found && found->file == &e.shard->file) {
      ++e.found;
    } else if (!e.missing) {
      e.missing = tensor;
    }
  });
  for (const auto& [name, e] : shards) {
    if (e.found < e.shard->size()) fail_unexpected(*e.shard, name, index);
    if (e.missing) {
      fail({e.shard->file.path(), *e.missing}, "missing, though " + index.path() + " has it here");
    }
  }
}

checkpoint open_sharded(const std::string& path) {
  const index_file index(path);
  std::map<std::string, expectation> shards;
  index.for_each_tensor([&](const std::string&, const std::string& shard) { shards[shard]; });
  checkpoint result;
  result.index = {path, fs::path(path).filename().string(), index.notes()};
  result.shards.reserve(shards.size());
  for (auto& [name, e] : shards) {
    result.shards.push_back(open_model((fs::path(path).parent_path() / name).string()));
    e.shard = &result.shards.back();
  }
  check_agreement(shards, result, index);
  return result;
}

}  // namespace

model open_model(const std::string& path) {
  const file_format& format = format_of(path);
  model result{input_file(path), &format};
  refuse_other_formats(result.file, format);
  format.read_header(result);
  return result;
}

checkpoint open_checkpoint(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return open_sharded(index_in(path));
  if (is_index(path)) return open_sharded(path);
  checkpoint result;
  result.shards.push_back(open_model(path));
  return result;
}

std::size_t checkpoint::size() const {
  std::size_t n = 0;
  for (const model& shard : shards) n += shard.size();
  return n;
}

std::vector<std::string> checkpoint::paths() const {
  std::vector<std::string> result;
  for (const model& shard : shards) result.push_back(shard.file.path());
  if (index) result.push_back(index->path);
  return result;
}

located checkpoint::at(std::size_t i) const {
  const model* shard = shards.data();
  for (; i >= shard->size(); ++shard) i -= shard->size();
  return shard->at(i);
}

}  // namespace f8cast
