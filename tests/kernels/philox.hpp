// Philox 4x32-10 as its paper defines it, for any counter and key: an oracle for the library's.
#pragma once

#include <array>
#include <cstdint>

namespace kernel_test {

using philox_counter = std::array<std::uint32_t, 4>;
using philox_key = std::array<std::uint32_t, 2>;

inline philox_counter philox(philox_counter c, philox_key k) {
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  for (std::uint32_t round = 0; round < 10; ++round) {
    const std::uint64_t left = std::uint64_t{c[0]} * 0xD2511F53u;
    const std::uint64_t right = std::uint64_t{c[2]} * 0xCD9E8D57u;
    const std::uint32_t k0 = k[0] + round * 0x9E3779B9u;
    const std::uint32_t k1 = k[1] + round * 0xBB67AE85u;
    c = {high(right) ^ c[1] ^ k0, low(right), high(left) ^ c[3] ^ k1, low(left)};
  }
  return c;
}

/// The random word of element i of the stream `seed`.
inline std::uint32_t random_word(std::uint64_t seed, std::uint64_t i) {
  const std::uint64_t block = i / 4;
  const philox_counter counter{static_cast<std::uint32_t>(block),
                               static_cast<std::uint32_t>(block >> 32), 0, 0};
  return philox(counter,
                {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})[i % 4];
}

}  // namespace kernel_test
