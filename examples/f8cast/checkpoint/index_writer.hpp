// The index of a checkpoint's shards, line by line.
#pragma once

#include <string>

#include "checkpoint/model.hpp"
#include "system/output_file.hpp"
#include "system/text_output.hpp"

namespace f8cast {

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
