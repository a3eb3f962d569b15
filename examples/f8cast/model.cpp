#include "model.hpp"

#include <filesystem>
#include <utility>

#include "npy_reader.hpp"
#include "safetensors_reader.hpp"

namespace f8cast {

model open_model(const std::string& path) {
  model result{input_file(path), {}, {}};
  if (std::filesystem::path(path).extension() == ".npy") {
    result.tensors.push_back(read_npy_header(result.file));
  } else {
    read_safetensors_header(result);
  }
  return result;
}

}  // namespace f8cast
