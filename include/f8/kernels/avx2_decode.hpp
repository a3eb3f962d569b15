// From 8 bits with AVX2: nibbles are looked up in tables, each operation worth 32 elements.
#pragma once

#include "avx2_arrays.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

// ----------------------------------------------------------------------------------------------------------
// decode

/// The bytes of a 16-bit Target as sums of three table entries, for its upper and lower 4 bits, and
/// for what is special about the codes next to zero and above max_finite:
///
///     code          s eeee ttt                                        (e4m3)
///     special       (code + above_finite) without its sign: below 16 if and only if the code is
///     special
///
/// Without special codes, a magnitude is the same bits in another place, plus a constant.
template <class Source, class Target>
struct nibble_tables {
  static constexpr unsigned above_finite = Source::magnitude_mask - Source::max_finite;
  static constexpr bool two_specials =
      above_finite + Source::hidden_bit > 16;  ///< the large ones have their own table
  static constexpr unsigned rotation = two_specials ? 0 : above_finite;

  byte upper[2][16] = {}, lower[2][16] = {}, special[2][16] = {}, large[2][16] = {};
  bool exact = true;

  static constexpr unsigned regular(unsigned code) {
    constexpr int widening =
        static_cast<int>(Target::trailing_bits) - static_cast<int>(Source::trailing_bits);
    const unsigned rebias =
        static_cast<unsigned>(static_cast<int>(Target::bias) - static_cast<int>(Source::bias));
    return (((code & 0x7F) << widening) + (rebias << Target::trailing_bits) +
            ((code & 0x80) << 8)) &
           0xFFFF;
  }
  static constexpr unsigned byte_of(unsigned word, int k) { return word >> (8 * k) & 0xFF; }

  constexpr nibble_tables() {
    for (int k = 0; k < 2; ++k) {
      for (unsigned i = 0; i < 16; ++i) {
        upper[k][i] = static_cast<byte>(byte_of(regular(i << 4), k));
        lower[k][(i + rotation) & 15] =
            static_cast<byte>(byte_of(regular(0x40 | i), k) - byte_of(regular(0x40), k));
        special[k][i] = correction((i - rotation) & 0x7F, k);
        large[k][i] = correction(0x70 | i, k);
      }
    }
    for (unsigned code = 0; code < 256; ++code) exact = exact && is_exact(code);
  }

 private:
  static constexpr byte correction(unsigned code, int k) {
    return static_cast<byte>(byte_of(detail::recode<Target, Source>(code, detail::directed{}), k) -
                             byte_of(regular(code), k));
  }
  constexpr bool is_exact(unsigned code) const {
    if (code == Source::sign_bit && !Source::has_negative_zero) return true;  // handled apart
    const unsigned rotated = (code + rotation) & 0x7F;
    unsigned sum = 0;
    for (int k = 0; k < 2; ++k) {
      unsigned x = upper[k][code >> 4] + lower[k][rotated & 15] + 0u;
      if (rotated < 16) x += special[k][rotated];
      if (two_specials && (code & 0x7F) >= 0x70) x += large[k][code & 15];
      sum |= (x & 0xFF) << (8 * k);
    }
    return sum == detail::recode<Target, Source>(code, detail::directed{});
  }
};

template <class Source, class Target>
inline constexpr nibble_tables<Source, Target> nibbles{};

constexpr bool is_zero(const byte (&table)[16]) {
  for (const byte x : table) {
    if (x != 0) return false;
  }
  return true;
}

/// Byte K of each code's 16 bits in Target. `special` is 16 or more where there is nothing special;
/// shuffle_epi8 gives 0 for an index above 0x7F, and else looks at its lower 4 bits.
template <class Source, class Target, int K>
F8_AVX2 __m256i decoded_bytes(__m256i codes, __m256i rotated) {
  static constexpr const auto& tables = nibbles<Source, Target>;
  __m256i x;
  if constexpr (K == 1 && Target::bias == Source::bias &&
                Target::exponent_bits == Source::exponent_bits) {
    x = codes;
  } else {
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(codes, 4), all8(0x0F));
    x = is_zero(tables.upper[K]) ? _mm256_setzero_si256()
                                 : _mm256_shuffle_epi8(table16(tables.upper[K]), upper);
    if constexpr (!is_zero(tables.lower[K])) {
      x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.lower[K]), rotated));
    }
  }
  if constexpr (!is_zero(tables.special[K])) {
    const __m256i index = _mm256_add_epi8(rotated, all8(0x70));
    x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.special[K]), index));
  }
  if constexpr (tables.two_specials) {
    const __m256i index = _mm256_sub_epi8(rotated, all8(0x70));
    x = _mm256_add_epi8(x, _mm256_shuffle_epi8(table16(tables.large[K]), index));
  }
  if constexpr (!Source::has_negative_zero) {
    constexpr unsigned nan = detail::recode<Target, Source>(Source::sign_bit, detail::directed{});
    const __m256i is_nan = _mm256_cmpeq_epi8(codes, all8(Source::sign_bit));
    x = _mm256_or_si256(x, _mm256_and_si256(is_nan, all8(nan >> (8 * K) & 0xFF)));
  }
  return x;
}

/// Decodes blocks of 32. The values of every 8-bit format are bfloat16's too, so that a float is
/// one with zeros below.
template <class Source, class Target>
struct decoder {
  using format = std::conditional_t<Target::width == 32, bfloat16_format, Target>;
  static constexpr std::size_t step = block_size;

  template <bool Stream>
  F8_AVX2 void block(const byte* in, byte* out) const {
    // Unpacking takes the lower and the upper part of each lane. Here each lane gets what comes in
    // turn then.
    const __m256i codes = _mm256_permutevar8x32_epi32(
        load(in), Target::width == 32 ? _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7)
                                      : _mm256_setr_epi32(0, 1, 4, 5, 2, 3, 6, 7));
    const __m256i rotated = _mm256_and_si256(
        _mm256_add_epi8(codes, all8(nibbles<Source, format>.rotation)), all8(0x7F));
    const __m256i lower = decoded_bytes<Source, format, 0>(codes, rotated);
    const __m256i upper = decoded_bytes<Source, format, 1>(codes, rotated);
    store_16<Stream>(out, _mm256_unpacklo_epi8(lower, upper));
    store_16<Stream>(out + Target::width * 2, _mm256_unpackhi_epi8(lower, upper));
  }

 private:
  template <bool Stream>
  F8_AVX2 static void store_16(byte* out, __m256i x) {
    if constexpr (Target::width == 32) {
      const __m256i zero = _mm256_setzero_si256();
      store<Stream>(out, _mm256_unpacklo_epi16(zero, x));
      store<Stream>(out + 32, _mm256_unpackhi_epi16(zero, x));
    } else {
      store<Stream>(out, x);
    }
  }
};

template <class Source, class Target>
constexpr bool decodes() {
  if constexpr (Source::width != 8 || Target::width > 32 || Target::width < 16) {
    return false;
  } else {
    return contains<Target, Source> &&
           nibbles<Source, typename decoder<Source, Target>::format>.exact;
  }
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
