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

/// The values of any floating-point tensor's bytes, by the widths of its dtype's fields. U8 are the
/// codes of powers of two, as in scales.
std::vector<double> values_in(const std::string& dtype, const std::string& bytes);

}  // namespace f8cast_test
