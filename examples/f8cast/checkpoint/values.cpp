#include "checkpoint/values.hpp"

#include <cstring>
#include <f8/f8.hpp>
#include <f8/interchange.hpp>
#include <string_view>
#include <type_traits>
#include <vector>

namespace f8cast {
namespace {

template <std::size_t Bytes>
using bits_of = std::conditional_t<
    Bytes == 1, std::uint8_t,
    std::conditional_t<Bytes == 2, std::uint16_t,
                       std::conditional_t<Bytes == 4, std::uint32_t, std::uint64_t>>>;

template <class T>
double value_of(const unsigned char* bytes, bool big_endian) {
  bits_of<sizeof(T)> bits = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    const std::size_t place = big_endian ? sizeof(T) - 1 - i : i;
    bits = static_cast<bits_of<sizeof(T)>>(bits | bits_of<sizeof(T)>{bytes[i]} << (8 * place));
  }
  T value{};
  std::memcpy(static_cast<void*>(&value), &bits, sizeof value);
  return static_cast<double>(value);
}

template <class T>
void decode(const unsigned char* bytes, bool big_endian, double* into, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) into[i] = value_of<T>(bytes + i * sizeof(T), big_endian);
}

using decoder = void (*)(const unsigned char*, bool, double*, std::size_t);

struct known_type {
  std::string_view name;
  decoder decode;
};

constexpr known_type known_types[] = {
    {f8::safetensors_dtype<double>, decode<double>},
    {f8::safetensors_dtype<float>, decode<float>},
    {f8::safetensors_dtype<f8::float16>, decode<f8::float16>},
    {f8::safetensors_dtype<f8::bfloat16>, decode<f8::bfloat16>},
    {f8::safetensors_dtype<f8::e4m3>, decode<f8::e4m3>},
    {f8::safetensors_dtype<f8::e5m2>, decode<f8::e5m2>},
    {f8::safetensors_dtype<f8::e4m3fnuz>, decode<f8::e4m3fnuz>},
    {f8::safetensors_dtype<f8::e5m2fnuz>, decode<f8::e5m2fnuz>},
    {f8::safetensors_dtype<f8::e8m0>, decode<f8::e8m0>},
    {"I64", decode<std::int64_t>},
    {"U64", decode<std::uint64_t>},
    {"I32", decode<std::int32_t>},
    {"U32", decode<std::uint32_t>},
    {"I16", decode<std::int16_t>},
    {"U16", decode<std::uint16_t>},
    {"I8", decode<std::int8_t>},
    {"U8", decode<std::uint8_t>},
    {"BOOL", decode<std::uint8_t>},
};

decoder find_decoder(const dtype& type) {
  for (const known_type& candidate : known_types) {
    if (candidate.name == type.name) return candidate.decode;
  }
  return nullptr;
}

}  // namespace

bool has_values(const dtype& type) {
  return find_decoder(type) != nullptr;
}

void read_values(const input_file& file, const tensor& t, std::uint64_t first, double* into,
                 std::size_t n) {
  const std::size_t size = t.type->bits / 8;
  std::vector<unsigned char> bytes(n * size);
  file.read(t.offset + first * size, bytes.data(), bytes.size());
  find_decoder (*t.type)(bytes.data(), t.big_endian, into, n);
}

}  // namespace f8cast
