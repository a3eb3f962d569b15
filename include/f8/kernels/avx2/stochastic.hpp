// To 8 bits with AVX2, stochastic rounding: Philox for several blocks side by side, and the scalar
// core's arithmetic in lanes of 32 bits.
#ifndef F8_KERNELS_AVX2_STOCHASTIC_HPP
#define F8_KERNELS_AVX2_STOCHASTIC_HPP

#include "../scalar/stochastic.hpp"
#include "encode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using kernels_detail::subnormals_are_lost;

/// Philox 4x32-10 for blocks of 4 words side by side: each word in the lower half of a lane of 64
/// bits, as the multiplication takes it. What is in the upper halves does not matter.
struct philox_lanes {
  std::uint64_t keys[detail::philox_constants::rounds][2];

  F8_AVX2_FN explicit philox_lanes(std::uint64_t seed) {
    std::uint32_t key[2] = {static_cast<std::uint32_t>(seed),
                            static_cast<std::uint32_t>(seed >> 32)};
    for (auto& round : keys) {
      for (int k = 0; k < 2; ++k) {
        round[k] = key[k];
        key[k] += detail::philox_constants::weyl[k];
      }
    }
  }

  /// The 32 words of blocks index to index + 7.
  ///
  /// Two times 4 blocks in turn: a round is a chain of 6 cycles, for which the 8 operations of one
  /// are too few.
  F8_AVX2_FN void words(std::uint64_t index, halves (&to)[2]) const {
    lanes a(index), b(index + 4);
    for (const auto& key : keys) {
      a.round(key);
      b.round(key);
    }
    to[0] = a.in_order();
    to[1] = b.in_order();
  }

 private:
  struct lanes {
    __m256i x0, x1, x2, x3;

    /// The blocks are in the order 0 2 1 3, so that unpacking puts 0 and 1 into the lanes of one
    /// register.
    F8_AVX2_FN explicit lanes(std::uint64_t index)
        : x0(_mm256_add_epi64(_mm256_set1_epi64x(static_cast<long long>(index)),
                              _mm256_setr_epi64x(0, 2, 1, 3))),
          x1(_mm256_srli_epi64(x0, 32)),
          x2(_mm256_setzero_si256()),
          x3(x2) {}

    F8_AVX2_FN void round(const std::uint64_t (&key)[2]) {
      const __m256i p0 =
          _mm256_mul_epu32(x0, _mm256_set1_epi64x(detail::philox_constants::multiplier[0]));
      const __m256i p1 =
          _mm256_mul_epu32(x2, _mm256_set1_epi64x(detail::philox_constants::multiplier[1]));
      x0 = mix(p1, x1, key[0]);
      x2 = mix(p0, x3, key[1]);
      x1 = p1;
      x3 = p0;
    }

    F8_AVX2_FN halves in_order() const {
      const __m256i words_01 = _mm256_blend_epi32(x0, _mm256_slli_epi64(x1, 32), 0xAA);
      const __m256i words_23 = _mm256_blend_epi32(x2, _mm256_slli_epi64(x3, 32), 0xAA);
      return {_mm256_unpacklo_epi64(words_01, words_23), _mm256_unpackhi_epi64(words_01, words_23)};
    }
  };

  F8_AVX2_FN static __m256i mix(__m256i product, __m256i x, std::uint64_t key) {
    const __m256i keyed = _mm256_xor_si256(x, _mm256_set1_epi64x(static_cast<long long>(key)));
    return _mm256_xor_si256(_mm256_srli_epi64(product, 32), keyed);
  }
};

/// The magnitudes of codes of Target for 8 floats: the scalar core's round_magnitude with its
/// stochastic rounder. A fraction of a last place of `places` bits takes the upper ones of the
/// random bits.
template <class Target>
F8_AVX2_FN __m256i round_stochastically(__m256i x, __m256i random) {
  constexpr unsigned lowest = Target::emin + binary32::bias,
                     narrowing = binary32::trailing_bits - Target::trailing_bits;
  const __m256i field =
      _mm256_and_si256(_mm256_srli_epi32(x, binary32::trailing_bits), all32(0xFF));
  // A subnormal float may have a hidden bit, too.
  const __m256i significand = _mm256_or_si256(_mm256_and_si256(x, all32(binary32::trailing_mask)),
                                              all32(binary32::hidden_bit));
  // Fields have 8 bits, so that lanes of 16 do; these saturate at 0.
  const __m256i distance = _mm256_subs_epu16(all32(lowest), field);
  const __m256i exponent = _mm256_subs_epu16(field, all32(lowest));
  const __m256i shift = _mm256_min_epi32(distance, all32(31 - narrowing));
  const __m256i places = _mm256_add_epi32(shift, all32(narrowing));
  const __m256i scaled = _mm256_srlv_epi32(significand, _mm256_sub_epi32(distance, shift));
  const __m256i increment = _mm256_srlv_epi32(random, _mm256_sub_epi32(all32(32), places));
  const __m256i rounded = _mm256_srlv_epi32(_mm256_add_epi32(scaled, increment), places);
  return _mm256_add_epi32(rounded, _mm256_slli_epi32(exponent, Target::trailing_bits));
}

/// Encodes blocks of 32 that begin with a whole block of random words.
template <class Source, class Target>
struct stochastic_encoder {
  using rules_type = rules<Target, 8>;  // only what it says of the end of a conversion
  rules_type rule;
  philox_lanes random;

  F8_AVX2_FN void block(const byte* in, byte* out, std::uint64_t index) const {
    halves words[2], codes, magnitudes;
    random.words(index, words);
    sixteen(in, words[0], codes.first, magnitudes.first);
    sixteen(in + Source::width * 2, words[1], codes.last, magnitudes.last);
    store<false>(out, undo_alternating(finish<Target, bfloat16_format>(magnitudes, codes, rule)));
  }

 private:
  F8_AVX2_FN static void sixteen(const byte* in, const halves& words, __m256i& codes,
                                 __m256i& magnitudes) {
    const __m256i a = read_floats<Source>(in), b = read_floats<Source>(in + Source::width);
    codes = rounded_to_odd(a, b);
    magnitudes = lower_halves(round_stochastically<Target>(a, words.first),
                              round_stochastically<Target>(b, words.last));
  }
};

template <class Source, class Target>
F8_AVX2_KERNEL_FN void convert_stochastic(const void* in, void* out, std::size_t n,
                                          std::uint64_t seed, std::uint64_t first, overflow over) {
  std::size_t i = 0;
  const byte* const from = static_cast<const byte*>(in);
  byte* const to = static_cast<byte*>(out);
  if constexpr (encodes<Source, Target> && subnormals_are_lost<Target>) {
    using encoder = stochastic_encoder<Source, Target>;
    const std::size_t head = static_cast<unsigned>(0 - first) % 4;
    if (n >= head + block_size) {
      scalar::convert_stochastic<Source, Target>(in, out, head, seed, first, over);
      const encoder kernel{typename encoder::rules_type(conversion{over}), philox_lanes(seed)};
      for (i = head; n - i >= block_size; i += block_size) {
        kernel.block(from + i * (Source::width / 8), to + i, (first + i) / 4);
      }
    }
  }
  scalar::convert_stochastic<Source, Target>(
      from + i * (Source::width / 8), to + i * (Target::width / 8), n - i, seed, first + i, over);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
