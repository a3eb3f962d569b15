// exp and log from basic operations. The C library chooses its own by the CPU, with bits that may
// differ.
#pragma once

#include <cstdint>
#include <cstring>

namespace accuracy {

template <class To, class From>
To bits_as(const From& x) {
  static_assert(sizeof(To) == sizeof(From));
  To result{};
  std::memcpy(&result, &x, sizeof result);
  return result;
}

/// e^x within 2 units in the last place for -87 <= x <= 88; for x below, e^-87.
inline float exp_of(float x) {
  x = x < -87.0f ? -87.0f : x;
  // x = n ln 2 + r, |r| <= ln 2 / 2: adding 1.5 * 2^23 rounds n to an integer in the low bits.
  constexpr float magic = 12582912.0f;
  const float shifted = x * 1.44269504f + magic;
  const float n = shifted - magic;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;  // ln 2 in two parts
  float y = 1.0f / 720;
  for (const float c : {1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f}) y = y * r + c;
  return bits_as<float>(bits_as<std::uint32_t>(y) + (bits_as<std::uint32_t>(shifted) << 23));
}

/// ln x of a normal double, within 1e-14 or a relative 1e-14.
inline double log_of(double x) {
  constexpr std::uint64_t half_root = 0x3FE6A09E667F3BCDu;  // sqrt(1/2)
  const auto bits = bits_as<std::uint64_t>(x);
  const auto exponent = static_cast<std::int64_t>(bits - half_root) >> 52;
  // x = m 2^exponent, sqrt(1/2) <= m < sqrt(2)
  const auto m = bits_as<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
  const double t = (m - 1) / (m + 1);  // ln m = 2 artanh t, |t| < 0.172
  double series = 0;
  for (int i = 19; i > 0; i -= 2) series = series * (t * t) + 1.0 / i;
  return static_cast<double>(exponent) * 0.69314718055994530942 + 2 * t * series;
}

}  // namespace accuracy
