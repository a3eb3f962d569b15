#include "reference/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "reference/environment.hpp"
#include "reference/number.hpp"

namespace reference {

namespace {

template <class Function>
float in_standard_environment(Function f) {
  const saved_environment before;
  set_standard_environment();
  const volatile float result = f();
  before.restore();
  return result;
}

// The C libraries of MinGW and of Emscripten round twice.
#if defined(_WIN32) || defined(__EMSCRIPTEN__)
/// x * y + c, rounded once: the product is exact in double, and so is the error of the sum, by
/// which the sum is rounded to odd. double has more than two bits beyond float's, so that to round
/// that to float is to round the exact sum.
float fma(float x, float y, float c) {
  const double p = double{x} * y, z = c, sum = p + z;
  const double z_part = sum - p, error = (p - (sum - z_part)) + (z - z_part);
  if (!std::isfinite(sum) || error == 0) return static_cast<float>(sum);
  const bool odd = bits_of<std::uint64_t>(sum) % 2 != 0;
  const double toward = error > 0 ? HUGE_VAL : -HUGE_VAL;
  return static_cast<float>(odd ? sum : std::nextafter(sum, toward));
}
#else
using std::fma;
#endif

}  // namespace

float value(const format& f, std::uint64_t code) {
  const float sign = is_negative(f, code) ? -1.0F : 1.0F;
  if (is_nan(f, code)) return std::numeric_limits<float>::quiet_NaN();
  if (is_infinite(f, code)) return sign * std::numeric_limits<float>::infinity();
  const std::uint64_t magnitude = magnitude_code(f, code);
  const std::uint64_t hidden = std::uint64_t{1} << f.trailing_bits;
  const int field = static_cast<int>(magnitude / hidden);
  const std::uint64_t significand = magnitude % hidden + (field != 0 ? hidden : 0);
  const int exponent = (field != 0 ? field : 1) - f.bias - f.trailing_bits;
  return in_standard_environment(
      [&] { return sign * std::ldexp(static_cast<float>(significand), exponent); });
}

float with_one_nan(float x) {
  return std::isnan(x) ? from_bits<float>(std::uint32_t{0x7FC0'0000}) : x;
}

float sum_of_products(const std::vector<float>& a, const std::vector<float>& b) {
  return sum_of_products(a, b, {{a.size(), 1.0F}});
}

float sum_of_products(const std::vector<float>& a, const std::vector<float>& b,
                      const std::vector<segment>& segments) {
  const auto sum_of = [&] {
    std::array<volatile float, 16> sum{};
    std::size_t first = 0;
    for (const segment& s : segments) {
      const std::size_t end = first + s.size;
      while (first < end) {
        const std::size_t last = std::min(first + 128, end);
        std::array<volatile float, 16> part{};
        for (std::size_t i = first; i < last; ++i)
          part[(i - first) % 16] = fma(a[i], b[i], part[(i - first) % 16]);
        for (std::size_t j = 0; j < 16; ++j) sum[j] = fma(s.scale, part[j], sum[j]);
        first = last;
      }
    }
    for (const std::size_t half : {8u, 4u, 2u, 1u})
      for (std::size_t j = 0; j < half; ++j) sum[j] = sum[j] + sum[j + half];
    return sum[0] == 0 ? 0.0F : sum[0];
  };
  return with_one_nan(in_standard_environment(sum_of));
}

float product(float a, float b) {
  const volatile float x = a;
  return with_one_nan(in_standard_environment([&] { return x * b; }));
}

float fused_multiply_add(float a, float b, float c) {
  const volatile float x = a;
  return with_one_nan(in_standard_environment([&] { return fma(x, b, c); }));
}

}  // namespace reference
