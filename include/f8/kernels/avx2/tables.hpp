// Words from codes of 8 bits with AVX2, by lookup: 32 elements in the bytes of a register, as long
// as possible.
//
// There is no table of 128 entries as VBMI has it, only one of 16 (shuffle_epi8, on two of Zen 4's
// four ports). So arithmetic does what all ordinary codes have in common, and tables what is
// special about the codes next to zero and above max_finite.
#ifndef F8_KERNELS_AVX2_TABLES_HPP
#define F8_KERNELS_AVX2_TABLES_HPP

#include <type_traits>

#include "arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

/// The code of Target for one of Source; a NaN becomes the quiet one.
template <class Source, class Target>
constexpr unsigned decoded(unsigned code) {
  return detail::recode<Target, Source>(code, detail::directed{});
}

template <std::size_t N>
constexpr bool is_zero(const byte (&table)[N]) {
  for (const byte x : table) {
    if (x != 0) return false;
  }
  return true;
}

/// Codes without sign, counted from the first after max_finite, so that those that tables have to
/// know come first: infinity and NaNs, then zero, then the subnormal numbers.
template <class Source>
struct rotation {
  static constexpr unsigned above_finite = Source::magnitude_mask - Source::max_finite;
  /// True if these codes do not fit into a table of 16: those after max_finite have one of their
  /// own.
  static constexpr bool two_specials = above_finite + Source::hidden_bit > 16;
  static constexpr unsigned by = two_specials ? 0 : above_finite;

  static constexpr unsigned of(unsigned code) { return (code + by) & 0x7F; }
  static constexpr unsigned code(unsigned rotated) { return (rotated - by) & 0x7F; }

  F8_AVX2_FN static __m256i of(__m256i codes) {
    return _mm256_and_si256(by == 0 ? codes : _mm256_add_epi8(codes, all8(by)), all8(0x7F));
  }
};

/// True for the code 0x80 of a format of which it is the only NaN.
template <class Source>
constexpr bool is_lone_nan(unsigned code) {
  return !Source::has_negative_zero && code == Source::sign_bit;
}

/// Bytes x, with the bits of `nan` where a code is the NaN of a fnuz format, 0x80: a table that
/// does not see the sign takes it for zero.
template <class Source>
F8_AVX2_FN __m256i with_nan(__m256i x, __m256i codes, unsigned nan) {
  if constexpr (Source::has_negative_zero) return x;
  return _mm256_or_si256(
      x, _mm256_and_si256(_mm256_cmpeq_epi8(codes, all8(Source::sign_bit)), all8(nan)));
}

/// Words for the 32 bytes of a register: for the lower 8 bytes of each lane, and for the upper 8.
struct words {
  __m256i lower;
  __m256i upper;
};

// Each of the structures below is a way to make words of codes, which come in an order that suits
// unpacking:
//
//     exact                   whether the way is right for this pair, tried on all 256 codes
//     words look_up(codes)    the words

// ------------------------------------------------------------------------------------------------
// the code itself
//
//     code             s eeeee tt                      (e5m2)
//     of binary16      s eeeee tt 00000000
//
// The code is the upper byte of the word; only NaNs change, to the quiet one.

template <class Source, class Target>
struct same_byte {
  struct tables {
    byte large[16] = {};  ///< what is added to codes from 0x70 on
    bool exact = Source::has_negative_zero && Target::width == 16;

    constexpr tables() {
      for (unsigned i = 0; i < 16; ++i)
        large[i] = static_cast<byte>((decoded<Source, Target>(0x70 | i) >> 8) - (0x70 | i));
      for (unsigned code = 0; exact && code < 0x100; ++code) {
        const unsigned added = (code & 0x7F) < 0x70 ? 0 : large[code & 0xF];
        exact = ((code + added) & 0xFF) << 8 == decoded<Source, Target>(code);
      }
    }
  };
  static constexpr tables table{};
  static constexpr bool exact = table.exact;

  /// 6 operations for 32 words, 3 of them shuffles.
  F8_AVX2_FN static words look_up(__m256i codes) {
    const __m256i index =
        _mm256_sub_epi8(_mm256_and_si256(codes, all8(0x7F)), all8(0x70));  // negative below 0x70
    const __m256i x = _mm256_add_epi8(codes, _mm256_shuffle_epi8(table16(table.large), index));
    const __m256i zero = _mm256_setzero_si256();
    return {_mm256_unpacklo_epi8(zero, x), _mm256_unpackhi_epi8(zero, x)};
  }
};

// ------------------------------------------------------------------------------------------------
// one byte is enough
//
//     code             s eeee ttt                     (e4m3)
//     of binary16      s EEEEE ttt 0000000            EEEEE ttt: the byte m
//
// m is an ordinary magnitude plus a constant. A byte of signs above it and one shift make the word.

template <class Source, class Target>
struct one_byte {
  static constexpr int shift = Target::trailing_bits - Source::trailing_bits;

  struct tables {
    static constexpr unsigned ordinary = Source::hidden_bit << 1;
    unsigned constant = (m_of(ordinary) - rotation<Source>::of(ordinary)) & 0xFF;
    byte special[16] = {};  ///< by the rotated code, 15 standing for all above: what is added to it
    bool exact = shift > 0 && shift < 8 && !rotation<Source>::two_specials &&
                 rotation<Source>::by + Source::hidden_bit < 16;

    static constexpr unsigned m_of(unsigned code) {
      return (decoded<Source, Target>(code) & Target::magnitude_mask) >> shift & 0xFF;
    }
    /// What look_up does.
    constexpr bool is_exact(unsigned code) const {
      const unsigned r = rotation<Source>::of(code);
      unsigned m = (r + special[r < 15 ? r : 15]) & 0xFF;
      if (is_lone_nan<Source>(code)) m |= m_of(code);
      const unsigned negative = code < 0x80 ? 0 : 0xFF00;
      return ((negative | m) << shift & 0xFFFF) == decoded<Source, Target>(code);
    }
    constexpr tables() {
      for (unsigned r = 0; r < 15; ++r)
        special[r] = static_cast<byte>(m_of(rotation<Source>::code(r)) - r);
      special[15] = static_cast<byte>(constant);
      for (unsigned code = 0; exact && code < 0x100; ++code) exact = is_exact(code);
    }
  };
  static constexpr tables table{};
  static constexpr bool exact = table.exact;

  /// 10 operations for 32 words, 3 of them shuffles.
  F8_AVX2_FN static words look_up(__m256i codes) {
    const __m256i rotated = rotation<Source>::of(codes);
    const __m256i special =
        _mm256_shuffle_epi8(table16(table.special), _mm256_min_epu8(rotated, all8(15)));
    const __m256i m =
        with_nan<Source>(_mm256_add_epi8(rotated, special), codes, tables::m_of(Source::sign_bit));
    const __m256i negative = _mm256_cmpgt_epi8(_mm256_setzero_si256(), codes);
    return {_mm256_slli_epi16(_mm256_unpacklo_epi8(m, negative), shift),
            _mm256_slli_epi16(_mm256_unpackhi_epi8(m, negative), shift)};
  }
};

// ------------------------------------------------------------------------------------------------
// a byte and some bits
//
//     code             s eeeee tt                      (e5m2)
//     of bfloat16      s EEEEEEEE tt 00000             h: s EE, l: EEEEEE tt
//
// l is an ordinary magnitude plus a constant, without the carry out of it. h is looked up by the
// upper 4 bits of the code. Both make one word, which is shifted into its place; the bits above the
// sign fall out.

template <class Source, class Target>
struct byte_and_bits {
  static constexpr int shift = Target::trailing_bits - Source::trailing_bits;

  struct tables {
    static constexpr unsigned ordinary = Source::hidden_bit << 1;
    unsigned constant = (l_of(ordinary) - rotation<Source>::of(ordinary)) & 0xFF;
    byte low[16] = {};      ///< as one_byte's
    byte high[16] = {};     ///< by the upper 4 bits of a code
    byte special[16] = {};  ///< by the rotated code: what is added to `high`
    bool exact = shift > 0 && shift < 8 && Source::has_negative_zero &&
                 !rotation<Source>::two_specials && rotation<Source>::by + Source::hidden_bit < 16;

    static constexpr unsigned l_of(unsigned code) {
      return decoded<Source, Target>(code) >> shift & 0xFF;
    }
    static constexpr unsigned h_of(unsigned code) {
      return decoded<Source, Target>(code) >> (shift + 8);
    }
    constexpr tables() {
      for (unsigned i = 0; i < 16; ++i) {
        const unsigned inside = i % 8 == 0 ? Source::hidden_bit : 0;  // no special code
        high[i] = static_cast<byte>(h_of(i << 4 | inside));
      }
      for (unsigned r = 0; r < 15; ++r) {
        const unsigned code = rotation<Source>::code(r);
        low[r] = static_cast<byte>(l_of(code) - r);
        special[r] = static_cast<byte>(h_of(code) - high[code >> 4]);
      }
      low[15] = static_cast<byte>(constant);
      for (unsigned code = 0; exact && code < 0x100; ++code) {
        const unsigned r = rotation<Source>::of(code), index = r < 15 ? r : 15;
        const unsigned l = (r + low[index]) & 0xFF, h = (high[code >> 4] + special[index]) & 0xFF;
        exact = ((h << 8 | l) << shift & 0xFFFF) == decoded<Source, Target>(code);
      }
    }
  };
  static constexpr tables table{};
  static constexpr bool exact = table.exact;

  /// 14 operations for 32 words, 5 of them shuffles.
  F8_AVX2_FN static words look_up(__m256i codes) {
    const __m256i rotated = rotation<Source>::of(codes);
    const __m256i index = _mm256_min_epu8(rotated, all8(15));
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(codes, 4), all8(0x0F));
    const __m256i low = _mm256_add_epi8(rotated, _mm256_shuffle_epi8(table16(table.low), index));
    const __m256i high = _mm256_add_epi8(_mm256_shuffle_epi8(table16(table.high), upper),
                                         _mm256_shuffle_epi8(table16(table.special), index));
    return {_mm256_slli_epi16(_mm256_unpacklo_epi8(low, high), shift),
            _mm256_slli_epi16(_mm256_unpackhi_epi8(low, high), shift)};
  }
};

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
