// The tensors of a model: in one file, or in shards that an index holds together.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checkpoint/model.hpp"

namespace f8cast {

/// Reads and checks the header of a file of tensors. Throws file_error.
model open_model(const std::string& path);

/// As transformers writes it: a JSON object of "metadata" and "weight_map", from each tensor's name
/// to the name of the shard that has it.
struct shard_index {
  std::string path;
  std::string name;  ///< of the file, without its folder
  metadata notes;    ///< its "metadata", an object, of which each value is JSON
};

struct checkpoint {
  std::vector<model> shards;  ///< one, if there is no index
  std::optional<shard_index> index;

  /// Of all its files.
  std::vector<std::string> paths() const;
  /// Of all shards.
  std::size_t size() const;
  /// The i-th tensor, shard after shard, in the order of their bytes.
  located at(std::size_t i) const;
};

/// `path` is a file of tensors, an index (.index.json), or a folder with one. Reads and checks all
/// headers. Throws file_error, if need be because index and shards do not agree.
checkpoint open_checkpoint(const std::string& path);

}  // namespace f8cast
