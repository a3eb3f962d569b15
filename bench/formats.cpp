// What docs/number_lines.svg and docs/relative_error.svg are drawn from, as the library's casts
// give it: the positive values of some formats, and the largest relative error of rounding to them
// in each quarter of a binade.
#include <f8/f8.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {

template <class T>
void print_values(const char* name) {
  for (unsigned code = 1; code <= T::format::max_finite; ++code) {
    const auto value = T::from_bits(code);
    std::printf("value,%s,%a,%d\n", name, double{value}, isnormal(value) ? 1 : 0);
  }
}

template <class T>
double relative_error(double x) {
  return std::fabs(double{f8::cast<T>(x)} - x) / x;
}

// Between two neighbours the error is largest in the middle, which has one significant bit more
// than they: 12 bits for float16. So of all numbers of an interval, those of 12 bits show its
// largest error.
template <class T>
void print_errors(const char* name) {
  constexpr int intervals = 4;
  constexpr int steps = (1 << 11) / intervals;
  for (int exponent = -27; exponent < 18; ++exponent) {
    for (int interval = 0; interval < intervals; ++interval) {
      double largest = 0;
      for (int step = 0; step <= steps; ++step) {
        const double significand = 1 + (interval + static_cast<double>(step) / steps) / intervals;
        largest = std::max(largest, relative_error<T>(std::ldexp(significand, exponent)));
      }
      const double begin = std::ldexp(1 + static_cast<double>(interval) / intervals, exponent);
      std::printf("error,%s,%a,%a\n", name, begin, largest);
    }
  }
}

}  // namespace

int main() {
  print_values<f8::e4m3>("e4m3");
  print_values<f8::e5m2>("e5m2");
  print_values<f8::float16>("float16");
  print_errors<f8::e4m3>("e4m3");
  print_errors<f8::e5m2>("e5m2");
  print_errors<f8::float16>("float16");
  print_errors<f8::bfloat16>("bfloat16");
}
