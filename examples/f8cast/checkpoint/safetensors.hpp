// The safetensors format: 8 bytes, the header's length, little-endian; the header, a JSON object
// from each tensor's name to its dtype, shape and data_offsets, which count from the header's end;
// then the data, without holes.
#pragma once

#include <cstdint>

#include "checkpoint/file_format.hpp"
#include "checkpoint/model.hpp"
#include "system/output_file.hpp"

namespace f8cast {

constexpr std::uint64_t longest_header = 100'000'000;  ///< as in the reference implementation

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
