#include "header_length.hpp"

// The length is the first 8 bytes.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return f8cast_fuzz::mutate({0, 8}, data, size, max_size, seed);
}
