#include "header_length.hpp"

// The length is 2 bytes after the magic string and the version, which mutations seldom make
// another.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return f8cast_fuzz::mutate({8, 2}, data, size, max_size, seed);
}
