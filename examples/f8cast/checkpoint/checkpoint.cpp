#include "checkpoint/checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "checkpoint/file_format.hpp"
#include "checkpoint/shard_index.hpp"
#include "system/error.hpp"

namespace f8cast {
namespace {

namespace fs = std::filesystem;

std::string index_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (is_index(file.path().string())) found.push_back(file.path().string());
  }
  if (error) fail({folder}, error.message());
  if (found.size() == 1) return found.front();
  fail({folder}, "a folder with " + std::string(found.empty() ? "no " : "more than one ") +
                     std::string(index_suffix) + " in it");
}

/// What the index says of one shard, as far as it is true.
struct expectation {
  const model* shard = nullptr;
  std::size_t found = 0;               // tensors that it says are here, and that are
  std::optional<std::string> missing;  // the first that is not
};

/// Fails with the first tensor of the shard that the index does not have there.
[[noreturn]] void fail_unexpected(const model& shard, const std::string& name,
                                  const index_reader& index) {
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
                     const index_reader& index) {
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
  const index_reader index(path);
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

tensor_names::tensor_names(const checkpoint& in) : in_(in) {
  sorted_.reserve(in.size());
  for (const model& shard : in.shards) {
    for (const stored_name& name : shard.names) {
      sorted_.push_back({name.hash, static_cast<std::uint32_t>(sorted_.size())});
    }
  }
  std::sort(sorted_.begin(), sorted_.end());
}

std::optional<std::size_t> tensor_names::number_of(std::string_view name) const {
  const std::uint32_t hash = hash_of(name);
  auto same = std::lower_bound(sorted_.begin(), sorted_.end(), numbered{hash, 0});
  for (; same != sorted_.end() && same->hash == hash; ++same) {
    if (in_.at(same->i).what.name == name) return same->i;
  }
  return std::nullopt;
}

std::optional<located> tensor_names::find(std::string_view name) const {
  const auto i = number_of(name);
  if (!i) return std::nullopt;
  return in_.at(*i);
}

}  // namespace f8cast
