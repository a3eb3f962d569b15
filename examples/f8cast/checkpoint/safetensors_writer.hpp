// A safetensors file up to its data.
#pragma once

#include <cstdint>

#include "checkpoint/model.hpp"
#include "system/output_file.hpp"
#include "system/text_output.hpp"

namespace f8cast {

/// Writes the header entry by entry, so that its length, which comes first, is known last.
class safetensors_header {
 public:
  safetensors_header(output_file& file, const metadata& notes);

  /// A tensor whose data follow those of the one before. Its name, type, shape and bytes count.
  void add(const tensor& t);
  /// Returns where the data begin: at a multiple of 8. Throws file_error if the header is longer
  /// than readers take.
  std::uint64_t finish();

 private:
  output_file& file_;
  text_output text_{file_};
  const char* separator_ = "";
  std::uint64_t data_bytes_ = 0;
};

}  // namespace f8cast
