#include "types/format.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace f8cast {
namespace {

constexpr float largest_int8 = 127;

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
    into.y[i] = std::isnan(integer)
                    ? integer
                    : scale * std::clamp<double>(integer, -largest_int8, largest_int8);
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

const format int8_format{"int8", int8_scale_for, int8_round, largest_int8, 1, nullptr};

}  // namespace f8cast
