// From 8 bits with AVX2, to 16 or 32: the words of any pair of formats, and the kernels.
#ifndef F8_KERNELS_AVX2_DECODE_HPP
#define F8_KERNELS_AVX2_DECODE_HPP

#include "../pairs.hpp"
#include "tables.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

// ------------------------------------------------------------------------------------------------
// two bytes
//
// Each byte of a word is the sum of table entries, for the upper and the lower 4 bits of a code,
// and for what is special about it. Without special codes, a magnitude is the same bits in another
// place, plus a constant.

template <class Source, class Target>
struct two_bytes {
  using rotation = avx2::rotation<Source>;

  struct tables {
    byte upper[2][16] = {}, lower[2][16] = {}, special[2][16] = {}, large[2][16] = {};
    bool exact = true;

    static constexpr unsigned ordinary(unsigned code) {
      constexpr int widening =
          static_cast<int>(Target::trailing_bits) - static_cast<int>(Source::trailing_bits);
      const unsigned rebias =
          static_cast<unsigned>(static_cast<int>(Target::bias) - static_cast<int>(Source::bias));
      return (((code & 0x7F) << widening) + (rebias << Target::trailing_bits) +
              ((code & 0x80) << 8)) &
             0xFFFF;
    }
    static constexpr unsigned byte_of(unsigned word, int k) { return word >> (8 * k) & 0xFF; }
    static constexpr byte correction(unsigned code, int k) {
      return static_cast<byte>(byte_of(decoded<Source, Target>(code), k) -
                               byte_of(ordinary(code), k));
    }
    constexpr bool is_exact(unsigned code) const {
      const unsigned rotated = rotation::of(code);
      unsigned sum = 0;
      for (int k = 0; k < 2; ++k) {
        unsigned x = upper[k][code >> 4] + lower[k][rotated & 15] + 0u;
        if (rotated < 16) x += special[k][rotated];
        if (rotation::two_specials && (code & 0x7F) >= 0x70) x += large[k][code & 15];
        if (is_lone_nan<Source>(code)) x |= byte_of(decoded<Source, Target>(code), k);
        sum |= (x & 0xFF) << (8 * k);
      }
      return sum == decoded<Source, Target>(code);
    }
    constexpr tables() {
      for (int k = 0; k < 2; ++k) {
        for (unsigned i = 0; i < 16; ++i) {
          upper[k][i] = static_cast<byte>(byte_of(ordinary(i << 4), k));
          lower[k][(i + rotation::by) & 15] =
              static_cast<byte>(byte_of(ordinary(0x40 | i), k) - byte_of(ordinary(0x40), k));
          special[k][i] = correction(rotation::code(i), k);
          large[k][i] = correction(0x70 | i, k);
        }
      }
      for (unsigned code = 0; code < 256; ++code) exact = exact && is_exact(code);
    }
  };
  static constexpr tables table{};
  static constexpr bool exact = table.exact;

  /// 13 operations for 32 words of bfloat16 from e4m3, 6 of them shuffles; a few more where the
  /// exponent is not cut between the two bytes as it is between the halves of the code.
  F8_AVX2_FN static words look_up(__m256i codes) {
    const __m256i rotated = rotation::of(codes);
    const __m256i low = bytes<0>(codes, rotated), high = bytes<1>(codes, rotated);
    return {_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high)};
  }

 private:
  /// Byte K of each word. `special` has an index of 16 or more where there is nothing special;
  /// shuffle_epi8 gives 0 for one above 0x7F, and else looks at its lower 4 bits.
  template <int K>
  F8_AVX2_FN static __m256i bytes(__m256i codes, __m256i rotated) {
    __m256i x;
    if constexpr (K == 1 && Target::bias == Source::bias &&
                  Target::exponent_bits == Source::exponent_bits) {
      x = codes;
    } else {
      const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(codes, 4), all8(0x0F));
      x = is_zero(table.upper[K]) ? _mm256_setzero_si256()
                                  : _mm256_shuffle_epi8(table16(table.upper[K]), upper);
      if constexpr (!is_zero(table.lower[K])) {
        x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(table.lower[K]), rotated));
      }
    }
    if constexpr (!is_zero(table.special[K])) {
      const __m256i index = _mm256_add_epi8(rotated, all8(0x70));
      x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(table.special[K]), index));
    }
    if constexpr (rotation::two_specials) {
      const __m256i index = _mm256_sub_epi8(rotated, all8(0x70));
      x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(table.large[K]), index));
    }
    return with_nan<Source>(x, codes, decoded<Source, Target>(Source::sign_bit) >> (8 * K) & 0xFF);
  }
};

/// The cheapest way to make words that is right for a pair of formats.
template <class Source, class Target>
using word_table = std::conditional_t<
    same_byte<Source, Target>::exact, same_byte<Source, Target>,
    std::conditional_t<
        one_byte<Source, Target>::exact, one_byte<Source, Target>,
        std::conditional_t<byte_and_bits<Source, Target>::exact && (Source::trailing_bits < 3),
                           byte_and_bits<Source, Target>, two_bytes<Source, Target>>>>;

// ------------------------------------------------------------------------------------------------
// kernels

/// Makes NaNs what a nan_code other than quiet asks for, in lanes of Target's width: all ones, with
/// or without the sign. This takes 4 operations for each register.
template <class Target>
struct nan_repair {
  __m256i magnitude, infinity, all_ones, sign;

  F8_AVX2_FN explicit nan_repair(nan_code nan)
      : magnitude(lanes(Target::magnitude_mask)),
        infinity(lanes(Target::infinity)),
        all_ones(lanes(Target::all_ones_nan)),
        sign(lanes(nan == nan_code::canonical ? 0 : Target::sign_bit)) {}

  F8_AVX2_FN __m256i operator()(__m256i x) const {
    const __m256i absolute = _mm256_and_si256(x, magnitude);
    const __m256i is_nan = Target::width == 32 ? _mm256_cmpgt_epi32(absolute, infinity)
                                               : _mm256_cmpgt_epi16(absolute, infinity);
    return _mm256_blendv_epi8(x, _mm256_or_si256(_mm256_and_si256(x, sign), all_ones), is_nan);
  }

 private:
  F8_AVX2_FN static __m256i lanes(unsigned x) { return Target::width == 32 ? all32(x) : all16(x); }
};

struct no_repair {
  F8_AVX2_FN explicit no_repair(nan_code) {}
  F8_AVX2_FN __m256i operator()(__m256i x) const { return x; }
};

/// Decodes blocks of 32 to 16 bits.
template <class Source, class Target, class Repair>
struct decoder {
  using table = word_table<Source, Target>;
  static constexpr bool exact = table::exact;
  static constexpr std::size_t step = block_size;
  static constexpr bool in_two_steps = true;

  Repair repair;

  /// 32 codes in the order that unpacking, which takes the lower and the upper part of each lane,
  /// puts right.
  F8_AVX2_FN static __m256i codes(const byte* in) {
    return _mm256_permute4x64_epi64(load(in), 0xD8);
  }

  template <bool Stream>
  F8_AVX2_FN void put(__m256i codes, byte* out) const {
    const words x = table::look_up(codes);
    store<Stream>(out, repair(x.lower));
    store<Stream>(out + 32, repair(x.upper));
  }
};

/// Decodes blocks of 32 to float. The values of every 8-bit format are bfloat16's too, so that a
/// float is one with zeros below: 5 shuffles around the lookup.
///
/// (F16C would make floats of e5m2 in as many cycles, but emulators let DAZ change its results.)
template <class Source, class Repair>
struct decoder<Source, binary32, Repair> {
  using table = word_table<Source, bfloat16_format>;
  static constexpr bool exact = table::exact;
  static constexpr std::size_t step = block_size;
  static constexpr bool in_two_steps = true;

  Repair repair;

  F8_AVX2_FN static __m256i codes(const byte* in) {
    return _mm256_permutevar8x32_epi32(load(in), _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7));
  }

  struct quad {
    __m256i a, b, c, d;
  };
  F8_AVX2_FN static quad floats(__m256i codes) {
    const words x = table::look_up(codes);
    const __m256i zero = _mm256_setzero_si256();
    return {_mm256_unpacklo_epi16(zero, x.lower), _mm256_unpackhi_epi16(zero, x.lower),
            _mm256_unpacklo_epi16(zero, x.upper), _mm256_unpackhi_epi16(zero, x.upper)};
  }

  template <bool Stream>
  F8_AVX2_FN void put(__m256i codes, byte* out) const {
    const quad x = floats(codes);
    store<Stream>(out, repair(x.a));
    store<Stream>(out + 32, repair(x.b));
    store<Stream>(out + 64, repair(x.c));
    store<Stream>(out + 96, repair(x.d));
  }
};

template <class Source, class Target>
constexpr bool decodes = [] {
  if constexpr (kernels_detail::decodes<Source, Target>) {
    return decoder<Source, Target, no_repair>::exact;
  }
  return false;
}();

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
