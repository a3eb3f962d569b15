// A file of tensors, whichever its format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checkpoint/file_format.hpp"
#include "checkpoint/stored_json.hpp"
#include "checkpoint/tensor.hpp"
#include "system/input_file.hpp"

namespace f8cast {

using metadata = std::map<std::string, std::string>;

/// A tensor in one of the files.
struct located {
  const input_file* file = nullptr;
  tensor what;
};

/// Knows where the header names each tensor, and reads the rest of it anew whenever it is asked
/// for: a header may have two million of them.
struct model {
  input_file file;
  const file_format* format;
  metadata notes = {};                  ///< safetensors' __metadata__
  std::vector<stored_name> names = {};  ///< of the tensors, in the order of their bytes
  std::uint64_t data = 0;               ///< offset of the first byte behind the header

  std::size_t size() const { return names.size(); }
  /// Throws file_error, as open_model() does, if the file has changed.
  located at(std::size_t i) const { return {&file, format->read_tensor(*this, names[i].at)}; }
};

}  // namespace f8cast
