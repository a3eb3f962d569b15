#include "read_back.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

#include "harness.hpp"

namespace f8cast_test {

contents read_safetensors(const std::string& path) {
  const std::string file = read_file(path);
  std::uint64_t length = 0;
  for (unsigned i = 8; i-- > 0;) length = length << 8 | static_cast<unsigned char>(file.at(i));
  EXPECT_EQ(length % 8, 0U) << "the data is to be aligned";
  EXPECT_EQ(file.at(8), '{');
  return {nlohmann::json::parse(file.substr(8, length)), file.substr(8 + length)};
}

std::string contents::data_of(const std::string& tensor) const {
  const auto& offsets = header.at(tensor).at("data_offsets");
  const std::size_t begin = offsets.at(0);
  const std::size_t end = offsets.at(1);
  return data.substr(begin, end - begin);
}

std::vector<double> floats_in(const std::string& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return {values.begin(), values.end()};
}

}  // namespace f8cast_test
