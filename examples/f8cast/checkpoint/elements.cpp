#include "checkpoint/elements.hpp"

#include <vector>

namespace f8cast {

void read_values(const input_file& file, const tensor& t, std::uint64_t first, double* into,
                 std::size_t n) {
  const std::size_t size = t.type->bits / 8;
  std::vector<unsigned char> bytes(n * size);
  file.read(t.offset + first * size, bytes.data(), bytes.size());
  t.type->decode(bytes.data(), t.big_endian, into, n);
}

}  // namespace f8cast
