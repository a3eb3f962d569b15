// The index of a checkpoint's shards, as transformers writes it: a JSON object of "metadata" and
// "weight_map", from each tensor's name to the name of the shard that has it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "checkpoint/model.hpp"
#include "system/input_file.hpp"
#include "system/output_file.hpp"

namespace f8cast {

constexpr std::string_view index_suffix = ".index.json";

bool is_index(const std::string& path);

/// What an index says beside its map.
struct shard_index {
  std::string path;
  std::string name;  ///< of the file, without its folder
  metadata notes;    ///< its "metadata", an object, of which each value is JSON
};

/// Reads an index. Its map stays in the file: it may have the names of millions of tensors.
class index_reader {
 public:
  /// Throws file_error if the file is no index.
  explicit index_reader(const std::string& path);

  const std::string& path() const { return file_.path(); }
  const metadata& notes() const { return notes_; }
  /// Calls visit() with the name of each tensor and that of its shard. Throws file_error where that
  /// is not the name of a file.
  void for_each_tensor(
      const std::function<void(const std::string& tensor, const std::string& shard)>& visit) const;

 private:
  input_file file_;
  metadata notes_;
  std::uint64_t map_ = 0;  // where the object begins that is under "weight_map"
};

/// Writes an index, line by line.
class index_writer {
 public:
  /// `notes` are its "metadata", of which each value is JSON.
  index_writer(const std::string& path, const metadata& notes);

  void add(const std::string& tensor, const std::string& shard);
  void commit();

 private:
  output_file file_;
  text_output text_{file_};
  bool is_first_ = true;
};

}  // namespace f8cast
