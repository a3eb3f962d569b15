// Views of fp8 and of float16, by layouts of every kind, as fp8 and as floats. No GoogleTest: that
// of a machine is built with the other standard library.
#include "f8/interop/mdspan.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <mdspan>
#include <utility>

#include "f8/f8.hpp"

namespace {

using two = std::dextents<std::size_t, 2>;

/// A function of somebody else's, which reads floats by any view and knows nothing of fp8.
template <class View>
float sum_of_row(View view, std::size_t r) {
  float sum = 0;
  for (std::size_t c = 0; c < view.extent(1); ++c) sum += std::as_const(view)[r, c];
  return sum;
}

/// Every code, as a 4 x 64 matrix: code 64 r + c in element r, c.
template <class T>
constexpr std::array<T, 256> every_code() {
  std::array<T, 256> codes;
  for (unsigned code = 0; code < 256; ++code) codes[code] = T::from_bits(code);
  return codes;
}

/// 1.0, or 2.0 for the second row and so on.
template <class T>
std::array<T, 12> rows_of_their_numbers() {
  std::array<T, 12> x;
  for (std::size_t i = 0; i < 12; ++i) x[i] = T(static_cast<float>(1 + i / 4));
  return x;
}

template <class T>
bool codes_are_elements() {
  std::array<T, 256> codes = every_code<T>();
  std::mdspan<T, two> rows(codes.data(), 4, 64);
  std::mdspan<T, two, std::layout_left> columns(codes.data(), 64, 4);
  std::mdspan<T, two, std::layout_stride> odd(
      codes.data() + 1, std::layout_stride::mapping<two>(two(4, 32), std::array{64, 2}));
  bool right = true;
  for (unsigned r = 0; r < 4; ++r)
    for (unsigned c = 0; c < 64; ++c) {
      right &= rows[r, c].to_bits() == 64 * r + c && columns[c, r].to_bits() == 64 * r + c;
      if (c < 32) right &= odd[r, c].to_bits() == 64 * r + 2 * c + 1;
    }
  rows[3, 63] = rows[0, 0];
  return right && codes[255].to_bits() == 0;
}

template <class T>
bool floats_are_read() {
  using view = std::mdspan<const float, two, std::layout_right, f8::read_as_float<T>>;
  using transposed = std::mdspan<const float, two, std::layout_left, f8::read_as_float<T>>;
  const std::array<T, 12> x = rows_of_their_numbers<T>();
  const view rows(x.data(), 3, 4);
  bool right = sum_of_row(rows, 0) == 4 && sum_of_row(rows, 1) == 8 && sum_of_row(rows, 2) == 12;
  const transposed columns(x.data(), 4, 3);
  for (std::size_t r = 0; r < 4; ++r) right &= sum_of_row(columns, r) == 6;
  const f8::read_as_float<T> accessor;
  return right && accessor.access(accessor.offset(x.data(), 4), 4) == 3;
}

/// The numbers of all codes, from what the fields mean (OCP OFP8, 5.2: e4m3).
bool every_code_is_its_number() {
  const std::array<f8::e4m3, 256> codes = every_code<f8::e4m3>();
  const std::mdspan<const float, two, std::layout_right, f8::read_as_float<f8::e4m3>> view(
      codes.data(), 4, 64);
  bool right = true;
  for (unsigned code = 0; code < 256; ++code) {
    const unsigned field = code >> 3 & 15, fraction = code & 7;
    float number =
        field == 0 ? static_cast<float>(fraction) / 8 : 1 + static_cast<float>(fraction) / 8;
    for (unsigned i = field == 0 ? 1 : field; i < 7; ++i) number /= 2;
    for (unsigned i = field; i > 7; --i) number *= 2;
    const float got = view[code / 64, code % 64];
    right &= (code & 127) == 127 ? got != got : got == (code < 128 ? number : -number);
  }
  return right;
}

}  // namespace

int main() {
  const bool right = codes_are_elements<f8::e4m3>() && codes_are_elements<f8::e5m2>() &&
                     floats_are_read<f8::e4m3>() && floats_are_read<f8::e5m2>() &&
                     floats_are_read<f8::float16>() && every_code_is_its_number();
  std::puts(right ? "right" : "wrong");
  return right ? 0 : 1;
}
