// The tensors of a model: in one file, or in shards that an index holds together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint/model.hpp"
#include "checkpoint/shard_index.hpp"

namespace f8cast {

/// Reads and checks the header of a file of tensors. Throws file_error.
model open_model(const std::string& path);

struct checkpoint {
  std::vector<model> shards;  ///< one, if there is no index
  std::optional<shard_index> index;

  /// The paths of all its files.
  std::vector<std::string> paths() const;
  /// The number of tensors in all shards.
  std::size_t size() const;
  /// The i-th tensor, shard after shard, in the order of their bytes.
  located at(std::size_t i) const;
};

/// `path` is a file of tensors, an index (.index.json), or a folder with one. Reads and checks all
/// headers. Throws file_error, if need be because index and shards do not agree.
checkpoint open_checkpoint(const std::string& path);

/// The tensors of a checkpoint by name.
class tensor_names {
 public:
  /// The checkpoint has to stay where it is.
  explicit tensor_names(const checkpoint& in);

  /// The tensor of that name; none if there is none.
  std::optional<located> find(std::string_view name) const;
  /// The number of that tensor in the checkpoint.
  std::optional<std::size_t> number_of(std::string_view name) const;

 private:
  /// The checkpoint's i-th tensor.
  struct numbered {
    std::uint32_t hash;
    std::uint32_t i;

    bool operator<(const numbered& other) const {
      return hash != other.hash ? hash < other.hash : i < other.i;
    }
  };

  const checkpoint& in_;
  std::vector<numbered> sorted_;
};

}  // namespace f8cast
