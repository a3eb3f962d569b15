// Bytes may be viewed as codes, and codes as bytes: an optimizer that took the two for objects that
// have nothing to do with each other would make this fail. Compiled with all optimization.
#include <f8/fp8.hpp>

#include <cstddef>
#include <type_traits>

namespace {

using f8::e4m3;

// What makes an array of bytes an array of codes without a constructor, in C++20 (an
// implicit-lifetime class), and puts no demand on its address.
static_assert(sizeof(e4m3) == 1 && alignof(e4m3) == 1);
static_assert(std::is_trivially_copyable_v<e4m3> &&
              std::is_trivially_default_constructible_v<e4m3>);
static_assert(std::is_standard_layout_v<e4m3> && std::is_same_v<e4m3::bits_type, unsigned char>);

template <class Byte>
__attribute__((noinline)) Byte byte_after_code(Byte* byte, e4m3* x) {
  *byte = Byte{0x38};
  *x = e4m3{2.0F};  // 40
  return *byte;
}

template <class Byte>
__attribute__((noinline)) float codes_around_byte(Byte* byte, const e4m3* x) {
  const float before = *x;
  *byte = Byte{0x40};
  return before + float{*x};
}

template <class Byte>
__attribute__((noinline)) void interleave(Byte* bytes, e4m3* codes, std::size_t n) {
  for (std::size_t i = 0; i + 1 < n; ++i) {
    bytes[i + 1] = Byte{0x11};
    codes[i + 1] = codes[i];
  }
}

template <class Byte>
bool views() {
  Byte bytes[64] = {};
  e4m3* const codes = reinterpret_cast<e4m3*>(bytes);
  if (byte_after_code(bytes, codes) != Byte{0x40}) return false;
  bytes[0] = Byte{0x38};  // 1
  if (codes_around_byte(bytes, codes) != 3.0F) return false;
  interleave(bytes, codes, sizeof bytes);
  for (const Byte byte : bytes) {
    if (byte != Byte{0x40}) return false;
  }
  return true;
}

}  // namespace

int main() {
  return views<unsigned char>() && views<char>() && views<std::byte>() ? 0 : 1;
}
