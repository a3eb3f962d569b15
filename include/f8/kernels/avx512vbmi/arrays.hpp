// How 64 elements of an array become two registers of bytes, which the encoders with VBMI take.
//
// The upper 16 bits of 64 elements are cut into two registers of bytes, `top` and `low`:
//
//     float, bfloat16     top  s EEEEEEE    low  E mmmmmmm    E...: the exponent field, 8 bits
//     float16             top  s EEEEE mm   low  mmmmmmmm
//
// The lower 16 bits of a float matter only in that they are not all zero: that sets the last bit of
// low ("sticky"), which is below every bit that decides otherwise.
#ifndef F8_KERNELS_AVX512VBMI_ARRAYS_HPP
#define F8_KERNELS_AVX512VBMI_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "../avx512/arrays.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

F8_AVX512VBMI_FN __m512i all8(unsigned x) {
  return _mm512_set1_epi8(static_cast<char>(x));
}

/// 64 elements, sticky. In packed order: what a pack of two registers of words leaves.
struct planes {
  __m512i top, low;
};

/// The even or the odd bytes of two registers: in the elements' order, or in packed order.
struct byte_order {
  alignas(64) std::uint8_t from[64] = {};
  F8_FN constexpr byte_order(int first, bool packed) {
    for (int place = 0; place < 64; ++place) {
      const int half = packed ? place / 8 % 2 : place / 32;
      const int word = packed ? place / 16 * 8 + place % 8 : place % 32;
      from[place] = static_cast<std::uint8_t>(64 * half + 2 * word + first);
    }
  }
};
inline constexpr byte_order top_in_order(1, false), low_in_order(0, false);
inline constexpr byte_order top_packed(1, true), low_packed(0, true);

/// Where the element at each place stands in packed order, if the even words of the first register
/// are elements 0 to 15 and its odd ones 16 to 31.
struct unpacked_order {
  alignas(64) std::uint8_t from[64] = {};
  F8_FN constexpr unpacked_order() {
    for (int element = 0; element < 64; ++element) {
      const int half = element / 32, word = element % 16 * 2 + element / 16 % 2;
      from[element] = static_cast<std::uint8_t>(word / 8 * 16 + half * 8 + word % 8);
    }
  }
};
inline constexpr unpacked_order unpacked{};

template <class Source>
struct plane_reader {
  static constexpr bool packs = Source::width == 32;
  __m512i top, low, order;

  F8_AVX512VBMI_FN plane_reader()
      : top(_mm512_load_si512((packs ? top_packed : top_in_order).from)),
        low(_mm512_load_si512((packs ? low_packed : low_in_order).from)),
        order(_mm512_load_si512(unpacked.from)) {}

  F8_AVX512VBMI_FN planes read(const unsigned char* in) const {
    if constexpr (packs) {
      // A load that starts one word later or earlier puts the words in the place of their
      // neighbours, without a shift. All is within the 256 bytes.
      const __m512i high_words = pair_of_words(in + 64, 0x55555555, in + 2);
      const __m512i more_high_words = pair_of_words(in + 192, 0x55555555, in + 130);
      const __m512i low_words = pair_of_words(in, 0xAAAAAAAA, in + 62);
      const __m512i more_low_words = pair_of_words(in + 128, 0xAAAAAAAA, in + 190);
      planes p = cut(high_words, more_high_words);
      // Saturation leaves of a word that is not zero a byte that is not.
      const __m512i rest = _mm512_packs_epi16(low_words, more_low_words);
      p.low = _mm512_or_si512(p.low, _mm512_min_epu8(rest, all8(1)));
      return p;
    } else {
      return cut(_mm512_loadu_si512(in), _mm512_loadu_si512(in + 64));
    }
  }

  F8_AVX512VBMI_FN __m512i in_order(__m512i codes) const {
    return packs ? _mm512_permutexvar_epi8(order, codes) : codes;
  }

 private:
  F8_AVX512VBMI_FN static __m512i pair_of_words(const unsigned char* a, __mmask32 from_b,
                                                const unsigned char* b) {
    return _mm512_mask_loadu_epi16(_mm512_loadu_si512(a), from_b, b);
  }
  F8_AVX512VBMI_FN planes cut(__m512i a, __m512i b) const {
    return {_mm512_permutex2var_epi8(a, top, b), _mm512_permutex2var_epi8(a, low, b)};
  }
};

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
