// Mutations that come past the first check: a file says how long its header is, and hardly any
// change of the header leaves that true.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace f8cast_fuzz {

/// The place in a file of the length of its header, which is little-endian. The header follows it.
struct length_field {
  std::size_t offset;
  std::size_t bytes;

  std::size_t header() const { return offset + bytes; }
};

/// Makes the length such that the header ends behind the last brace.
inline void mend(length_field field, std::uint8_t* data, std::size_t size) {
  if (size < field.header()) return;
  const std::uint8_t* header = data + field.header();
  const std::uint8_t* end = data + size;
  while (end != header && end[-1] != '}') --end;
  auto length = static_cast<std::uint64_t>(end - header);
  for (std::size_t i = 0; i < field.bytes; ++i, length >>= 8) {
    data[field.offset + i] = static_cast<std::uint8_t>(length & 0xFF);
  }
}

/// libFuzzer's own mutation, mended three times in four.
inline std::size_t mutate(length_field field, std::uint8_t* data, std::size_t size,
                          std::size_t max_size, unsigned seed) {
  size = LLVMFuzzerMutate(data, size, max_size);
  if (seed % 4 != 0) mend(field, data, size);
  return size;
}

}  // namespace f8cast_fuzz
