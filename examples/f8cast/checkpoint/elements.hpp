// The elements of a tensor in a file, in the byte order of this machine while they are in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "checkpoint/tensor.hpp"
#include "system/input_file.hpp"
#include "system/output_file.hpp"

namespace f8cast {

inline bool host_is_big_endian() {
  const std::uint16_t one = 1;
  unsigned char first = 0;
  std::memcpy(&first, &one, 1);
  return first == 0;
}

/// Turns elements from one byte order to the other, unless they are the same.
template <class T>
void match_byte_order(T* values, std::size_t n, bool big_endian) {
  if (sizeof(T) == 1 || big_endian == host_is_big_endian()) return;
  auto* bytes = reinterpret_cast<unsigned char*>(values);
  for (std::size_t i = 0; i < n; ++i, bytes += sizeof(T)) std::reverse(bytes, bytes + sizeof(T));
}

/// The elements from `first` on; T is the tensor's type.
template <class T>
void read_elements(const input_file& file, const tensor& t, std::uint64_t first, T* into,
                   std::size_t n) {
  file.read(t.offset + first * sizeof(T), into, n * sizeof(T));
  match_byte_order(into, n, t.big_endian);
}

/// Where `t` lies in the output. Leaves the values in the file's byte order.
template <class T>
void write_elements(output_file& file, const tensor& t, std::uint64_t first, T* values,
                    std::size_t n) {
  match_byte_order(values, n, t.big_endian);
  file.write_at(t.offset + first * sizeof(T), values, n * sizeof(T));
}

/// The values of n elements from `first` on, of a tensor whose type has_values(). Exact, but for
/// integers that take more than 53 bits.
inline void read_values(const input_file& file, const tensor& t, std::uint64_t first, double* into,
                        std::size_t n) {
  const std::size_t size = t.type->bits / 8;
  std::vector<unsigned char> bytes(n * size);
  file.read(t.offset + first * size, bytes.data(), bytes.size());
  t.type->decode(bytes.data(), t.big_endian, into, n);
}

}  // namespace f8cast
