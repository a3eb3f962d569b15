#include "law.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "error.hpp"
#include "model.hpp"

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

  std::string write(const std::string& name, const std::uint8_t* data, std::size_t size) const {
    std::string path = (path_ / name).string();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    return path;
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
  for (const f8cast::tensor& t : m.tensors) {
    check_tensor(t, file_size);
    require(t.offset >= end, "tensors lie one behind the other", t.name);
    end = t.offset + t.bytes;
  }
}

void check_refusal(const std::string& line, const std::string& path) {
  const auto is_control = [](char c) { return (0 <= c && c < ' ') || c == '\x7F'; };
  require(line.rfind(path + ": ", 0) == 0 && line.size() > path.size() + 2,
          "a refusal names the file and a reason", line);
  require(std::none_of(line.begin(), line.end(), is_control), "a refusal is one line", line);
}

}  // namespace

void open_file(const std::string& name, const std::uint8_t* data, std::size_t size) {
  static const folder own;
  const std::string path = own.write(name, data, size);
  try {
    check_model(f8cast::open_model(path), size);
  } catch (const f8cast::file_error& refusal) {
    check_refusal(refusal.what(), path);
  }
}

}  // namespace f8cast_fuzz
