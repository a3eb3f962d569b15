#include "read_back.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>

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

namespace {

struct fields {
  std::size_t bytes;
  int exponent_bits;
  int fraction_bits;
  bool has_infinity = true;
};

const std::map<std::string, fields> known{
    {"F64", {8, 11, 52}},   {"F32", {4, 8, 23}},    {"F16", {2, 5, 10}},
    {"BF16", {2, 8, 7}},    {"F8_E5M2", {1, 5, 2}}, {"F8_E4M3", {1, 4, 3, false}},
    {"F8_E8M0", {1, 8, 0}}, {"U8", {1, 8, 0}},
};

double decode(std::uint64_t bits, const fields& f) {
  const auto exponent = static_cast<int>(bits >> f.fraction_bits & ((1U << f.exponent_bits) - 1));
  const auto fraction = static_cast<double>(bits & ((std::uint64_t{1} << f.fraction_bits) - 1));
  const int largest = (1 << f.exponent_bits) - 1;
  const int bias = largest / 2;
  if (f.fraction_bits == 0) return exponent == largest ? NAN : std::ldexp(1.0, exponent - bias);
  const bool negative = (bits >> (f.exponent_bits + f.fraction_bits) & 1) != 0;
  const double hidden = std::ldexp(1.0, f.fraction_bits);
  double magnitude = exponent == 0
                         ? std::ldexp(fraction, 1 - bias - f.fraction_bits)
                         : std::ldexp(hidden + fraction, exponent - bias - f.fraction_bits);
  if (exponent == largest && f.has_infinity) magnitude = fraction == 0 ? INFINITY : NAN;
  if (exponent == largest && !f.has_infinity && fraction == hidden - 1) magnitude = NAN;
  return negative ? -magnitude : magnitude;
}

}  // namespace

std::vector<double> values_in(const std::string& dtype, const std::string& bytes) {
  const fields& f = known.at(dtype);
  std::vector<double> values;
  values.reserve(bytes.size() / f.bytes);
  for (std::size_t i = 0; i < bytes.size(); i += f.bytes) {
    std::uint64_t bits = 0;
    for (std::size_t b = f.bytes; b-- > 0;)
      bits = bits << 8 | static_cast<unsigned char>(bytes[i + b]);
    values.push_back(decode(bits, f));
  }
  return values;
}

}  // namespace f8cast_test
