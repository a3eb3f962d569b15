#include <f8/f8.hpp>
#include <f8/sort.hpp>

#include <cstdio>
#include <vector>

int main() {
  const f8::e4m3 x{0.3f};                  // rounds to nearest even, once: 0.3125
  const float y = 2 * x + 1;               // exact to float, and float's arithmetic from there
  const auto z = f8::cast<f8::e5m2>(1e6);  // too large: saturates, unless you say otherwise
  std::printf("%g %g %g\n", float{x}, y, float{z});

  std::vector<f8::e4m3> v{f8::e4m3{2.5f}, f8::e4m3{-1}, x};
  f8::sort(v);  // by the codes as integers, in O(n)
  for (const float value : v) std::printf("%g\n", value);
}
