#include "types/format.hpp"

#include <algorithm>
#include <cmath>
#include <f8/f8.hpp>
#include <f8/scale.hpp>
#include <limits>

namespace f8cast {
namespace {

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

/// From floats, if no value is more than one: that is faster.
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

constexpr double largest_int8 = 127;

float int8_scale_for(double absmax, bool power_of_two) {
  using limits = std::numeric_limits<float>;
  if (absmax == 0) return 1;
  const double scale =
      power_of_two ? std::ldexp(1.0, std::ilogb(absmax) - 6) : absmax / largest_int8;
  return static_cast<float>(std::clamp<double>(scale, limits::min(), limits::max()));
}

void int8_round(const f8::tiling& tiles, const float* scales, tried& into) {
  for (std::size_t i = 0; i < into.x.size(); ++i) {
    const double scale = scales[tiles.index(i / tiles.columns, i % tiles.columns)];
    const double integer = std::nearbyint(into.x[i] / scale);
    into.saturates[i] = std::fabs(integer) > largest_int8;
    into.y[i] =
        std::isnan(integer) ? integer : scale * std::clamp(integer, -largest_int8, largest_int8);
  }
}

}  // namespace

void tried::resize(std::size_t n) {
  x.resize(n);
  quotient.resize(n);
  y.resize(n);
  saturates.resize(n);
  key.resize(n);
}

const format e4m3_format{"e4m3", fp8_scale_for<f8::e4m3>, fp8_round<f8::e4m3>};
const format e5m2_format{"e5m2", fp8_scale_for<f8::e5m2>, fp8_round<f8::e5m2>};
const format int8_format{"int8", int8_scale_for, int8_round};

}  // namespace f8cast
