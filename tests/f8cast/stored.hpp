// A safetensors file of any tensors.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace f8cast_test {

struct stored {
  std::string name;
  std::string dtype;
  std::vector<std::size_t> shape;
  std::string data;
};

std::string file_of(const std::vector<stored>& tensors);

/// The bytes as they are.
template <class Byte>
std::string text_of(const std::vector<Byte>& bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace f8cast_test
