// Philox 4x32-10, a counter-based random generator: Salmon, Moraes, Dror and Shaw, "Parallel random
// numbers: as easy as 1, 2, 3" (SC 2011). Any block can be had without those before it, so an
// array's random bits do not depend on who computes which part of it.
#ifndef F8_CORE_PHILOX_HPP
#define F8_CORE_PHILOX_HPP

#include <cstdint>

#include "config.hpp"

namespace f8 {
namespace detail {

struct philox_block {
  std::uint32_t word[4];
};

/// The constants of the paper: multipliers, and the Weyl sequence that the keys follow.
struct philox_constants {
  static constexpr int rounds = 10;
  static constexpr std::uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
  static constexpr std::uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85};
};

/// The block of random words number `index` of the stream `seed`: counter (index, 0), key seed, low
/// words first.
F8_FN constexpr philox_block philox(std::uint64_t seed, std::uint64_t index) noexcept {
  philox_block x{
      {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32), 0, 0}};
  std::uint32_t key[2] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
  for (int round = 0; round < philox_constants::rounds; ++round) {
    const std::uint64_t p0 = std::uint64_t{philox_constants::multiplier[0]} * x.word[0];
    const std::uint64_t p1 = std::uint64_t{philox_constants::multiplier[1]} * x.word[2];
    x = {{static_cast<std::uint32_t>(p1 >> 32) ^ x.word[1] ^ key[0], static_cast<std::uint32_t>(p1),
          static_cast<std::uint32_t>(p0 >> 32) ^ x.word[3] ^ key[1],
          static_cast<std::uint32_t>(p0)}};
    key[0] += philox_constants::weyl[0];
    key[1] += philox_constants::weyl[1];
  }
  return x;
}

/// The random word of element i of the stream `seed`: word i % 4 of block i / 4.
F8_FN constexpr std::uint32_t random_word(std::uint64_t seed, std::uint64_t i) noexcept {
  return philox(seed, i / 4).word[i % 4];
}

}  // namespace detail
}  // namespace f8

#include "undef.hpp"

#endif
