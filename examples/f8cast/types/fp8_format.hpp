// Casts to the formats of 8-bit floating point that f8 has.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <f8/f8.hpp>
#include <f8/scale.hpp>
#include <f8/sort.hpp>
#include <limits>
#include <tuple>
#include <vector>

#include "types/format.hpp"
#include "types/network_types.hpp"

namespace f8cast {

template <class Fp8>
float fp8_scale_for(double absmax, bool power_of_two) {
  if (power_of_two) return static_cast<float>(f8::mx_scale_for<Fp8>(absmax));
  return f8::scale_for<Fp8>(absmax);
}

/// A value saturates if it would become Inf or NaN, were it allowed to.
template <class Fp8, class From>
void round_from(const std::vector<From>& x, const f8::tiling& tiles, const float* scales,
                tried& into) {
  std::vector<Fp8> codes(x.size());
  f8::quantize(x.data(), codes.data(), tiles, scales, f8::overflow::nonfinite);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    into.saturates[i] = !std::isfinite(static_cast<float>(codes[i]));
  }
  f8::quantize(x.data(), codes.data(), tiles, scales);
  f8::dequantize(codes.data(), into.y.data(), tiles, scales);
  std::transform(codes.begin(), codes.end(), into.key.begin(),
                 [](Fp8 code) { return f8::order_key(code); });
}

/// Rounds floats if every value is one, because that is faster than rounding doubles.
template <class Fp8>
void fp8_round(const f8::tiling& tiles, const float* scales, tried& into) {
  std::vector<float> floats(into.x.size());
  std::transform(into.x.begin(), into.x.end(), floats.begin(),
                 [](double x) { return static_cast<float>(x); });
  const bool is_exact =
      std::equal(floats.begin(), floats.end(), into.x.begin(),
                 [](float f, double x) { return static_cast<double>(f) == x || std::isnan(x); });
  is_exact ? round_from<Fp8>(floats, tiles, scales, into)
           : round_from<Fp8>(into.x, tiles, scales, into);
}

template <class Fp8>
std::array<float, 256> sorted_values() {
  std::array<Fp8, 256> codes{};
  for (unsigned bits = 0; bits < 256; ++bits) codes[bits] = Fp8::from_bits(bits);
  f8::sort(codes);
  std::array<float, 256> values{};
  std::copy(codes.begin(), codes.end(), values.begin());
  return values;
}

template <class Fp8>
inline constexpr format fp8_format{
    std::get<written<Fp8>>(network_types).spelling,
    fp8_scale_for<Fp8>,
    fp8_round<Fp8>,
    std::numeric_limits<Fp8>::max(),
    std::numeric_limits<Fp8>::min(),
    sorted_values<Fp8>,
};

}  // namespace f8cast
