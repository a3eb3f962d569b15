// A safetensors file, read by other means than f8cast's own. Only for files that are right.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace f8cast_test {

struct contents {
  nlohmann::json header;
  std::string data;

  std::string data_of(const std::string& tensor) const;
};

contents read_safetensors(const std::string& path);

/// The values of an F32 tensor's bytes.
std::vector<double> floats_in(const std::string& bytes);

}  // namespace f8cast_test
