// A file of tensors, whichever its format.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "input_file.hpp"
#include "tensor.hpp"

namespace f8cast {

using metadata = std::map<std::string, std::string>;

struct model {
  input_file file;
  metadata notes;               ///< safetensors' __metadata__
  std::vector<tensor> tensors;  ///< in the order of their bytes
};

/// Reads and checks the header. Throws file_error.
model open_model(const std::string& path);

}  // namespace f8cast
