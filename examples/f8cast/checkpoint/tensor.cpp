#include "checkpoint/tensor.hpp"

#include <limits>

namespace f8cast {
namespace {

std::optional<std::uint64_t> multiply(std::uint64_t a, std::uint64_t b) {
  if (b != 0 && a > std::numeric_limits<std::uint64_t>::max() / b) return std::nullopt;
  return a * b;
}

}  // namespace

std::optional<std::uint64_t> bytes_of(const dtype& type, const std::vector<std::uint64_t>& shape) {
  std::optional<std::uint64_t> bits = type.bits;
  for (const std::uint64_t dimension : shape) {
    if (bits) bits = multiply(*bits, dimension);
  }
  if (!bits || *bits % 8 != 0) return std::nullopt;
  return *bits / 8;
}

std::string to_string(const std::vector<std::uint64_t>& shape) {
  if (shape.empty()) return "scalar";
  std::string text;
  for (const std::uint64_t dimension : shape) {
    if (!text.empty()) text += 'x';
    text += std::to_string(dimension);
  }
  return text;
}

}  // namespace f8cast
