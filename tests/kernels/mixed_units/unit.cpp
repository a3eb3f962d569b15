// Uses all of the library, in the namespace MIXED_UNIT.
#include "unit.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

#include "f8/arithmetic.hpp"
#include "f8/convert.hpp"
#include "f8/f8.hpp"
#include "f8/sort.hpp"

namespace MIXED_UNIT {
namespace {

template <class T>
bool values_work() {
  T x{1.5f};
  x += 1.0f;
  x -= 0.5f;
  x *= 2.0f;
  x /= 4.0f;
  return x == 1.0f && T::from_bits(x.to_bits()) == x && f8::cast<T>(x) == x &&
         f8::cast<T>(1.0L) == x && f8::cast<T>(1) == x &&
         f8::cast_stochastic<T>(1.0, 12345u) == x && f8::cast<double>(x) == 1.0 &&
         std::hash<T>{}(x) == std::hash<T>{}(T{1.0f}) && std::numeric_limits<T>::max() > x &&
         std::numeric_limits<T>::lowest() < x && isnan(std::numeric_limits<T>::quiet_NaN()) &&
         !signbit(x) && f8::total_less{}(T{-1.0f}, x);
}

constexpr std::size_t count = 333;

template <class From, class To>
bool arrays_work() {
  From in[count];
  To out[count];
  From back[count];
  for (std::size_t i = 0; i < count; ++i) in[i] = f8::cast<From>(static_cast<float>(i % 8));
  f8::convert(in, out);
  f8::convert(out, back);
  bool right = true;
  for (std::size_t i = 0; i < count; ++i)
    right &= static_cast<float>(out[i]) == static_cast<float>(i % 8);
  for (std::size_t i = 0; i < count; ++i)
    right &= static_cast<float>(back[i]) == static_cast<float>(i % 8);
  for (const f8::isa kernels : f8::supported_isas()) {
    f8::convert(kernels, in, out, count, {f8::rounding::upward, f8::overflow::nonfinite});
    f8::convert(kernels, out, back, count);
    for (std::size_t i = 0; i < count; ++i)
      right &= static_cast<float>(back[i]) == static_cast<float>(i % 8);
  }
  return right;
}

template <class T>
bool stochastic_works() {
  float in[count];
  T out[count];
  for (std::size_t i = 0; i < count; ++i) in[i] = static_cast<float>(i % 8);
  f8::convert_stochastic(in, out, count, 42);
  bool right = true;
  for (std::size_t i = 0; i < count; ++i) right &= out[i] == static_cast<float>(i % 8);
  return right;
}

template <class T>
bool sort_works() {
  T values[count];
  std::uint32_t index[count];
  for (std::size_t i = 0; i < count; ++i) values[i] = T{static_cast<float>(i * 37 % 11)};
  f8::argsort(values, count, index);
  bool right = true;
  for (std::size_t i = 1; i < count; ++i) right &= values[index[i - 1]] <= values[index[i]];
  f8::sort(values);
  for (std::size_t i = 1; i < count; ++i) right &= values[i - 1] <= values[i];
  return right;
}

template <class T>
bool arithmetic_works() {
  T w[2 * count];
  float x[count], y[2];
  const float scales[2] = {1, 2};
  for (T& weight : w) weight = T{1.0f};
  for (float& factor : x) factor = 2.0f;
  bool right = true;
  for (const f8::isa kernels : f8::supported_isas()) {
    f8::gemv(kernels, w, f8::per_row(2, count), scales, x, y);
    right &= y[0] == 2.0f * count && y[1] == 4.0f * count;
    f8::axpy(kernels, 3.0f, w, x, count);
    right &= f8::dot(kernels, w, x, count) == 5.0f * count && f8::sum(kernels, w, count) == count;
    f8::axpy(kernels, -3.0f, w, x, count);
  }
  return right;
}

template <class T>
bool format_works() {
  return values_work<T>() && arithmetic_works<T>() && arrays_work<float, T>() &&
         arrays_work<f8::bfloat16, T>() && stochastic_works<T>() && sort_works<T>();
}

}  // namespace

bool works() {
  return format_works<f8::e4m3>() && values_work<f8::e5m2fnuz>() && sort_works<f8::e5m2fnuz>() &&
         arrays_work<f8::e5m2, f8::e4m3>() && arrays_work<double, f8::float16>() &&
         f8::cast<f8::e8m0>(4.0f) == f8::e8m0(4.0f);
}

}  // namespace MIXED_UNIT
