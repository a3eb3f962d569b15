// One tensor of a file: what it is and where its bytes are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/dtype.hpp"

namespace f8cast {

struct tensor {
  std::string name;
  const dtype* type = nullptr;
  std::vector<std::uint64_t> shape;
  std::uint64_t offset = 0;  ///< of its first byte in the file
  std::uint64_t bytes = 0;
  bool big_endian = false;

  std::uint64_t elements() const { return bytes * 8 / type->bits; }
};

/// The bytes that a tensor of this type and shape takes; none if they are not a whole number below
/// 2^64.
std::optional<std::uint64_t> bytes_of(const dtype& type, const std::vector<std::uint64_t>& shape);

/// "128x129x3"; "scalar" where there is no dimension.
std::string to_string(const std::vector<std::uint64_t>& shape);

}  // namespace f8cast
