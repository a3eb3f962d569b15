// The index of a checkpoint's shards, line by line.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "output_file.hpp"

namespace f8cast {

class index_writer {
 public:
  /// `notes` are its "metadata".
  index_writer(const std::string& path, const nlohmann::json& notes);

  void add(const std::string& tensor, const std::string& shard);
  void commit();

 private:
  output_file file_;
  std::string text_;  // not yet written
  bool is_first_ = true;
};

}  // namespace f8cast
