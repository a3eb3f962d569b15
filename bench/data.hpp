// The data that benchmarks convert. Some of them show what others hide: a branch that data decide,
// or the cost of subnormal inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

/// Memory that starts a cache line: the widest loads and stores then never straddle two, which
/// would halve the speed of the limits.
template <class T>
struct line_allocator {
  using value_type = T;
  static constexpr std::align_val_t line{64};

  line_allocator() = default;
  template <class U>
  line_allocator(const line_allocator<U>&) {}

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), line)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, line); }

  friend bool operator==(line_allocator, line_allocator) { return true; }
  friend bool operator!=(line_allocator, line_allocator) { return false; }
};

template <class T>
using array = std::vector<T, line_allocator<T>>;

/// `n` floats of a kind, the same at every call:
///
///   normal      weights as models have them: normally distributed, standard deviation 0.05
///   zero        all +0
///   subnormal   uniform in (-2^-6, 2^-6), which are e4m3's subnormal numbers
///   huge        uniform in +-[1000, 1e30): each overflows
///   NaN         all NaN
///   any         uniformly distributed bits: every float with the same probability
inline array<float> floats(const std::string& kind, std::size_t n) {
  std::mt19937 random(1);
  array<float> values(n);
  const auto fill = [&](auto&& distribution) {
    for (float& x : values) x = distribution(random);
  };
  if (kind == "normal") {
    fill(std::normal_distribution<float>(0, 0.05F));
  } else if (kind == "zero") {
    fill([](auto&) { return 0.0F; });
  } else if (kind == "subnormal") {
    fill(std::uniform_real_distribution<float>(-0.015625F, 0.015625F));
  } else if (kind == "huge") {
    fill([magnitude = std::uniform_real_distribution<float>(1000, 1e30F)](auto& bits) mutable {
      const float x = magnitude(bits);
      return bits() % 2 == 0 ? x : -x;
    });
  } else if (kind == "NaN") {
    fill([](auto&) { return std::numeric_limits<float>::quiet_NaN(); });
  } else if (kind == "any") {
    fill([](auto& random_bits) {
      const auto bits = static_cast<std::uint32_t>(random_bits());
      float x = 0;
      std::memcpy(&x, &bits, sizeof x);
      return x;
    });
  } else {
    throw std::invalid_argument("no data of kind " + kind);
  }
  return values;
}

}  // namespace bench
