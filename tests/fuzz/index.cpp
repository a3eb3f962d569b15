#include "law.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  f8cast_fuzz::open_index(data, size);
  return 0;
}
