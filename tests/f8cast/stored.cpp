#include "stored.hpp"

#include <nlohmann/json.hpp>

#include "harness.hpp"

namespace f8cast_test {

std::string file_of(const std::vector<stored>& tensors) {
  std::string header = "{";
  std::string data;
  for (const stored& t : tensors) {
    if (header.size() > 1) header += ',';
    const std::string shape = nlohmann::json(t.shape).dump();
    header += entry(t.name, t.dtype, shape, data.size(), data.size() + t.data.size());
    data += t.data;
  }
  return safetensors(header + '}', data);
}

}  // namespace f8cast_test
