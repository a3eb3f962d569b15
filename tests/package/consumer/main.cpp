#include <f8/convert.hpp>
#include <f8/f8.hpp>
#include <f8/sort.hpp>

#include <array>
#include <cstddef>

int main() {
  const std::array<float, 3> in{3.0F, -1.0F, 465.0F};
  std::array<f8::e4m3, 3> out{};
  f8::convert(in.data(), out.data(), in.size());
  f8::sort(out.data(), out.data() + out.size());
  const bool right =
      out[0].to_bits() == 0xB8 && out[1].to_bits() == 0x44 && out[2].to_bits() == 0x7E;
  return right ? 0 : 1;
}
