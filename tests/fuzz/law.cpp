#include "law.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "checkpoint/checkpoint.hpp"
#include "checkpoint/model.hpp"
#include "system/error.hpp"

namespace f8cast_fuzz {
namespace {

namespace fs = std::filesystem;

/// A folder for this process alone, so that jobs can run side by side.
class folder {
 public:
  folder() {
    std::string name = (fs::temp_directory_path() / "f8_fuzz.XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  ~folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  std::string path(const std::string& name) const { return (path_ / name).string(); }

  std::string write(const std::string& name, const std::uint8_t* data, std::size_t size) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    return path(name);
  }

 private:
  fs::path path_;
};

void require(bool holds, const std::string& claim, const std::string& seen) {
  if (holds) return;
  std::fprintf(stderr, "%s: %s\n", claim.c_str(), seen.c_str());
  std::abort();
}

void check_tensor(const f8cast::tensor& t, std::uint64_t file_size) {
  require(t.type != nullptr, "a tensor has a dtype", t.name);
  require(t.offset <= file_size && t.bytes <= file_size - t.offset, "its bytes are in the file",
          t.name);
  require(f8cast::bytes_of(*t.type, t.shape) == t.bytes, "they are as many as its shape takes",
          t.name + ", " + f8cast::to_string(t.shape));
}

void check_model(const f8cast::model& m, std::uint64_t file_size) {
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < m.size(); ++i) {
    const f8cast::tensor t = m.at(i).what;
    check_tensor(t, file_size);
    require(t.offset >= end, "tensors lie one behind the other", t.name);
    end = t.offset + t.bytes;
  }
}

void check_refusal(const std::string& line, const std::string& beginning) {
  const auto is_control = [](char c) { return (0 <= c && c < ' ') || c == '\x7F'; };
  const std::size_t colon = line.find(": ");
  require(line.rfind(beginning, 0) == 0 && colon != std::string::npos && colon + 2 < line.size(),
          "a refusal names the file and a reason", line);
  require(std::none_of(line.begin(), line.end(), is_control), "a refusal is one line", line);
}

void write_shard(const folder& into, const std::string& name, const std::string& header) {
  const std::string bytes = static_cast<char>(header.size()) + std::string(7, '\0') + header;
  into.write(name, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// Tensors of no bytes, so that all that a shard has is its header.
folder& folder_of_shards() {
  static folder result;
  write_shard(result, "one.safetensors",
              R"({"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)"
              R"("b":{"dtype":"U8","shape":[3,0],"data_offsets":[0,0]}})");
  write_shard(result, "two.safetensors",
              R"({"c":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[0,0]}})");
  return result;
}

void check_shards(const f8cast::checkpoint& c, const folder& own) {
  std::map<std::string, std::set<std::string>> left{{own.path("one.safetensors"), {"a", "b"}},
                                                    {own.path("two.safetensors"), {"c"}}};
  require(c.index.has_value(), "an index was read", "");
  for (const f8cast::model& shard : c.shards) {
    check_model(shard, fs::file_size(shard.file.path()));
    for (std::size_t i = 0; i < shard.size(); ++i) {
      const std::string name = shard.at(i).what.name;
      require(left[shard.file.path()].erase(name) == 1, "each tensor is once in its shard",
              shard.file.path() + ", " + name);
    }
  }
}

}  // namespace

void open_file(const std::string& name, const std::uint8_t* data, std::size_t size) {
  static const folder own;
  const std::string path = own.write(name, data, size);
  try {
    check_model(f8cast::open_model(path), size);
  } catch (const f8cast::file_error& refusal) {
    check_refusal(refusal.what(), path + ": ");
  }
}

void open_index(const std::uint8_t* data, std::size_t size) {
  static const folder& own = folder_of_shards();
  const std::string path = own.write("in.index.json", data, size);
  try {
    check_shards(f8cast::open_checkpoint(path), own);
  } catch (const f8cast::file_error& refusal) {
    check_refusal(refusal.what(), own.path(""));
  }
}

}  // namespace f8cast_fuzz
