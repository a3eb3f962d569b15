#include "types/dtype.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <f8/f8.hpp>
#include <f8/interchange.hpp>
#include <tuple>
#include <type_traits>

#include "types/fp8_format.hpp"
#include "types/network_types.hpp"

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

/// Elements that are read as numbers, but never cast.
template <class T>
constexpr dtype numbers(std::string_view name) {
  return {name, 8 * sizeof(T), decode<T>};
}

constexpr std::array others{
    numbers<f8::e8m0>(f8::safetensors_dtype<f8::e8m0>),
    dtype{"F6_E2M3", 6},
    dtype{"F6_E3M2", 6},
    dtype{"F4", 4},
    dtype{"C64", 64},
    numbers<std::int64_t>("I64"),
    numbers<std::uint64_t>("U64"),
    numbers<std::int32_t>("I32"),
    numbers<std::uint32_t>("U32"),
    numbers<std::int16_t>("I16"),
    numbers<std::uint16_t>("U16"),
    numbers<std::int8_t>("I8"),
    numbers<std::uint8_t>("U8"),
    numbers<std::uint8_t>("BOOL"),
};

template <class T, bool Written>
constexpr dtype dtype_of(const network_type<T, Written>& row) {
  constexpr bool is_wide = network_type<T, Written>::is_wide;
  dtype result{f8::safetensors_dtype<T>, 8 * sizeof(T), decode<T>};
  result.is = is_wide ? dtype::use::wide : dtype::use::fp8;
  result.spelling = row.spelling;
  result.npy = row.npy;
  if constexpr (Written && !is_wide) result.to_8_bits = &fp8_format<T>;
  return result;
}

constexpr std::array networks =
    std::apply([](const auto&... rows) { return std::array{dtype_of(rows)...}; }, network_types);

/// The first in the list for which is_it() holds; null if there is none.
template <class List, class Predicate>
const dtype* find_in(const List& list, Predicate is_it) {
  const auto found = std::find_if(list.begin(), list.end(), is_it);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const dtype* find_dtype(std::string_view name) {
  const auto is_called_so = [&](const dtype& type) { return type.name == name; };
  const dtype* const found = find_in(networks, is_called_so);
  return found ? found : find_in(others, is_called_so);
}

const dtype* find_npy_dtype(std::string_view npy) {
  if (npy.empty()) return nullptr;
  return find_in(networks, [&](const dtype& type) { return type.npy == npy; });
}

const dtype* find_output_dtype(std::string_view spelling) {
  if (spelling.empty()) return nullptr;
  return find_in(networks, [&](const dtype& type) { return type.spelling == spelling; });
}

std::vector<const dtype*> output_dtypes() {
  std::vector<const dtype*> result;
  for (const dtype& type : networks) {
    if (type.is_written()) result.push_back(&type);
  }
  return result;
}

}  // namespace f8cast
