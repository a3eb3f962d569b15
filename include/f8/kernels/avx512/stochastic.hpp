// To 8 bits with AVX-512, stochastic rounding: Philox for 8 blocks side by side.
#ifndef F8_KERNELS_AVX512_STOCHASTIC_HPP
#define F8_KERNELS_AVX512_STOCHASTIC_HPP

#include "../pairs.hpp"
#include "../scalar/stochastic.hpp"
#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// The increments of stochastic rounding: random / 2^32 of the last place, below which `places`
/// bits are cut off.
struct stochastic_lanes {
  __m512i random;

  F8_AVX512_FN __m512i increment(__m512i, __m512i, __m512i, __m512i places) const {
    return _mm512_srlv_epi32(random, _mm512_sub_epi32(all32(32), places));
  }
  F8_AVX512_FN __m512i scaled(__m512i significand, __m512i excess) const {
    return _mm512_srlv_epi32(significand, excess);
  }
};

/// The four random words of each of 8 blocks of Philox: word 0 of all blocks, then word 1, and so
/// on. Only the lower halves of the lanes of 64 bits count, since a multiplication reads no more.
struct philox_half {
  __m512i x0, x1, x2, x3;
};

F8_AVX512_FN __m512i all64(std::uint32_t x) {
  return _mm512_set1_epi64(static_cast<long long>(x));
}

/// Philox of 8 blocks with successive numbers.
F8_AVX512_FN philox_half random_blocks(std::uint64_t seed, std::uint64_t index) {
  using constants = detail::philox_constants;
  const __m512i number = _mm512_add_epi64(_mm512_set1_epi64(static_cast<long long>(index)),
                                          _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
  philox_half x{number, _mm512_srli_epi64(number, 32), _mm512_setzero_si512(),
                _mm512_setzero_si512()};
  auto key0 = static_cast<std::uint32_t>(seed), key1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < constants::rounds; ++round) {
    const __m512i p0 = _mm512_mul_epu32(x.x0, all64(constants::multiplier[0]));
    const __m512i p1 = _mm512_mul_epu32(x.x2, all64(constants::multiplier[1]));
    x = {_mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), x.x1, all64(key0), 0x96), p1,
         _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), x.x3, all64(key1), 0x96), p0};
    key0 += constants::weyl[0];
    key1 += constants::weyl[1];
  }
  return x;
}

/// Stores the random words of elements first to first + 31, where first is a multiple of 4.
F8_AVX512_FN void random_words(std::uint64_t seed, std::uint64_t first, std::uint32_t* words) {
  const philox_half x = random_blocks(seed, first / 4);
  const __mmask16 odd = 0xAAAA;
  const __m512i x01 =
      _mm512_mask_shuffle_epi32(x.x0, odd, x.x1, _MM_PERM_CCAA);  // words 0 and 1 of a block
  const __m512i x23 = _mm512_mask_shuffle_epi32(x.x2, odd, x.x3, _MM_PERM_CCAA);
  const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11),
                high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  _mm512_storeu_si512(words, _mm512_permutex2var_epi64(x01, low, x23));
  _mm512_storeu_si512(words + 16, _mm512_permutex2var_epi64(x01, high, x23));
}

template <class Source, class Target>
F8_AVX512_FN void convert_stochastic_lanes(const void* from, void* to, std::size_t n,
                                           std::uint64_t seed, std::uint64_t first, overflow over) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const exceptions<Target> special(detail::stochastic{0, conversion{over}});
  const std::size_t skipped =
      first % 4;  // words of the first block that belong to elements before it
  alignas(64) std::uint32_t words[36];
  for (std::size_t i = 0; i < n; i += 32) {
    // 32 words from a whole block on, and the first block's words again before them, or the 4 after
    // them.
    random_words(seed, first - skipped + i, words);
    if (skipped != 0) {
      const detail::philox_block next = detail::philox(seed, (first - skipped + i) / 4 + 8);
      __builtin_memcpy(words + 32, next.word, sizeof next.word);
    }
    for (std::size_t k = i; k < n && k < i + 32; k += 16) {
      const __mmask16 which = first_16(n - k);
      const __m512i x = read_floats<Source>(in + k * sizeof(typename Source::bits_type), which);
      const stochastic_lanes rounder{_mm512_loadu_si512(words + skipped + (k - i))};
      write_codes(out + k, which, special.finish(round_lanes<Target>(x, rounder), x));
    }
  }
}

template <class Source, class Target>
F8_AVX512_KERNEL_FN void convert_stochastic(const void* in, void* out, std::size_t n,
                                            std::uint64_t seed, std::uint64_t first,
                                            overflow over) {
  if constexpr (reads<Source> && has_lanes<Target> && kernels_detail::subnormals_are_lost<Target>) {
    convert_stochastic_lanes<Source, Target>(in, out, n, seed, first, over);
  } else {
    scalar::convert_stochastic<Source, Target>(in, out, n, seed, first, over);
  }
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
