// To 8 bits with VBMI and GFNI, in every rounding mode: 64 elements in the 64 bytes of a register.
//
// The upper 16 bits of 64 elements are cut into two registers of bytes, `top` and `low`:
//
//     float, bfloat16     top  s EEEEEEE    low  E mmmmmmm    E...: the exponent field, 8 bits
//     float16             top  s EEEEE mm   low  mmmmmmmm
//
// The lower 16 bits of a float matter only in that they are not all zero: that sets the last bit of
// low ("sticky"), which is below every bit that decides otherwise. What top means is looked up in
// tables of 128 bytes, a whole register at a time; tables differ by format and rounding mode, code
// does not. All is integers.
//
// NaN, infinities, and formats and policies for which the tables are too small are left to the
// kernels without VBMI.
#ifndef F8_KERNELS_AVX512VBMI_ENCODE_HPP
#define F8_KERNELS_AVX512VBMI_ENCODE_HPP

#include "../avx512/convert.hpp"
#include "tables.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

using avx512::lanes;

F8_AVX512VBMI_FN __m512i bytes(unsigned x) {
  return _mm512_set1_epi8(static_cast<char>(x));
}

/// A table of 128 bytes, indexed by the lower 7 bits of each byte.
struct table_128 {
  __m512i first, last;

  F8_AVX512VBMI_FN explicit table_128(const std::uint8_t (&table)[128])
      : first(_mm512_load_si512(table)), last(_mm512_load_si512(table + 64)) {}
  F8_AVX512VBMI_FN __m512i operator[](__m512i index) const {
    return _mm512_permutex2var_epi8(first, index, last);
  }
};

/// 64 elements, sticky. In packed order: what a pack of two registers of words leaves.
struct planes {
  __m512i top, low;
};

template <class Target>
struct word_rounder {
  using numbers = word_numbers<Target>;
  table_128 pair, subnormal;
  __m512i rounded;

  F8_AVX512VBMI_FN explicit word_rounder(rounding round)
      : pair(pairs_of<Target>.n),
        subnormal(words_of<Target>[static_cast<int>(round)].subnormal),
        rounded(_mm512_load_si512(words_of<Target>[static_cast<int>(round)].rounded)) {}

  /// Magnitudes of codes; of those too large, 7F. `care` is needs_care where that is so.
  F8_AVX512VBMI_FN __m512i magnitudes(const planes& p, __m512i& care) const {
    constexpr unsigned inexact = word_tables<Target>::is_inexact;
    // Bits 7 - M to 7 to the bottom, zeros above: a product with a matrix of bits.
    const __m512i upper_bits =
        _mm512_set1_epi64(static_cast<long long>(0x0102040810204080ULL << (8 * numbers::cut)));
    const __m512i n_of_top = care = pair[p.top];
    const __m512i n =
        _mm512_adds_epi8(n_of_top, _mm512_gf2p8affine_epi64_epi8(p.low, upper_bits, 0));
    const __m512i up = _mm512_permutexvar_epi8(p.low, rounded);
    const __m512i index = _mm512_ternarylogic_epi32(n, up, bytes(inexact), 0xD8);  // its bit of up
    const __m512i normal = _mm512_adds_epi8(n, _mm512_and_si512(up, bytes(1)));
    // The larger is right. With y = n and its fraction: below 0 `normal` is at most 0. From 0 to
    // 2^M, at exponent E0 - 1, it rounds y where the table rounds (2^M + y) / 2, which is no less.
    // From 2^M on, it is at least 2^M, and whatever entry n's lower bits find is at most that.
    return _mm512_max_epi8(normal, subnormal[index]);
  }
};

template <class Target>
struct half_rounder {
  /// Top without sign is the code itself, of all that needs no care.
  static constexpr bool alike = Target::trailing_bits == 2 && Target::emin == binary16::emin;
  table_128 least, first, second;

  F8_AVX512VBMI_FN explicit half_rounder(rounding round)
      : least(halves_of<Target>[static_cast<int>(round)].least),
        first(halves_of<Target>[static_cast<int>(round)].first),
        second(halves_of<Target>[static_cast<int>(round)].second) {}

  /// As word_rounder's.
  F8_AVX512VBMI_FN __m512i magnitudes(const planes& p, __m512i& care) const {
    __m512i code = least_code(p.top, care);
    code = next_if(code, _mm512_cmpgt_epu8_mask(p.low, first[p.top]));
    if constexpr (Target::trailing_bits > 2)
      code = next_if(code, _mm512_cmpgt_epu8_mask(p.low, second[p.top]));
    return code;
  }

 private:
  F8_AVX512VBMI_FN __m512i least_code(__m512i top, __m512i& care) const {
    if constexpr (!alike) return care = least[top];
    const __m512i code = _mm512_and_si512(top, bytes(0x7F));
    // -4 - code, at least -128, which is needs_care: so it is from 7C on, the exponent field 31.
    care = _mm512_subs_epi8(bytes(0xFC), code);
    return code;
  }
  F8_AVX512VBMI_FN static __m512i next_if(__m512i code, __mmask64 which) {
    return _mm512_mask_add_epi8(code, which, code, bytes(1));
  }
};

// ------------------------------------------------------------------------------------------------
// arrays

template <class Source, class Target>
using rounder_of = std::conditional_t<std::is_same_v<Source, binary16>, half_rounder<Target>,
                                      word_rounder<Target>>;

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
      p.low = _mm512_or_si512(p.low, _mm512_min_epu8(rest, bytes(1)));
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

/// True if there are tables for this pair of formats.
template <class Source, class Target>
F8_FN constexpr bool has_planes() {
  if constexpr (!avx512::has_nearest<Target>) {
    return false;
  } else if constexpr (std::is_same_v<Source, binary16>) {
    // float16's subnormal numbers are subnormal in Target, or nothing.
    return Target::trailing_bits <= 3 && Target::emin >= binary16::emin;
  } else {
    return (std::is_same_v<Source, binary32> ||
            std::is_same_v<Source, bfloat16_format>)&&word_numbers<Target>::fit;
  }
}

/// A rounding of numbers of one sign, and the largest code that it leads to.
template <class Source, class Target>
struct signed_rounder {
  rounder_of<Source, Target> rounder;
  __m512i largest;

  F8_AVX512VBMI_FN signed_rounder(conversion how, bool negative)
      : rounder(negative ? mirrored(how.round) : how.round) {
    const bool nonfinite =
        how.over == overflow::nonfinite && detail::directed{how}.overflows(negative);
    largest = bytes(nonfinite ? Target::infinity : Target::max_finite);
  }
  F8_AVX512VBMI_FN __m512i magnitudes(const planes& p, __m512i& care) const {
    return _mm512_min_epu8(rounder.magnitudes(p, care), largest);
  }
};

/// Both signs, which are rounded differently if BySign.
template <class Source, class Target, bool BySign>
struct block_kernel {
  static constexpr std::size_t size = sizeof(typename Source::bits_type);
  plane_reader<Source> reader;
  signed_rounder<Source, Target> positive, negative;

  F8_AVX512VBMI_FN explicit block_kernel(conversion how)
      : positive(how, false), negative(how, BySign) {}

  /// Blocks from element i on, up to one that needs care. Returns the first element that is not
  /// done. By twos, since to ask whether one needs care takes as long for two.
  template <bool Stream>
  F8_AVX512VBMI_FN std::size_t convert(const unsigned char* in, unsigned char* out, std::size_t i,
                                       std::size_t n) const {
    __m512i care, more_care;
    for (; n - i >= 128; i += 128) {
      const __m512i first = codes(in + i * size, care);
      const __m512i second = codes(in + (i + 64) * size, more_care);
      if (any(_mm512_min_epi8(care, more_care))) return i;
      avx512::put<Stream>(out + i, first);
      avx512::put<Stream>(out + i + 64, second);
    }
    for (; n - i >= 64; i += 64) {
      const __m512i first = codes(in + i * size, care);
      if (any(care)) break;
      avx512::put<Stream>(out + i, first);
    }
    return i;
  }

 private:
  F8_AVX512VBMI_FN __m512i codes(const unsigned char* in, __m512i& care) const {
    const planes p = reader.read(in);
    __m512i magnitudes = positive.magnitudes(p, care);
    if constexpr (BySign) {
      magnitudes = _mm512_mask_mov_epi8(magnitudes, _mm512_movepi8_mask(p.top),
                                        negative.magnitudes(p, care));
    }
    return reader.in_order(avx512::nearest_policy<Target>::join(magnitudes, p.top));
  }

  F8_AVX512VBMI_FN static bool any(__m512i care) {
    const __mmask64 which = _mm512_cmpeq_epi8_mask(care, bytes(needs_care));
    return __builtin_expect(!_kortestz_mask64_u8(which, which), 0);
  }
};

/// The elements from number i on: blocks that need care, and what is left after the last, without
/// VBMI. (No such call is in the loop over the other blocks, where compilers would make room for
/// it.)
template <bool Stream, class Source, class Target, bool BySign>
F8_AVX512VBMI_FN void convert_blocks(const block_kernel<Source, Target, BySign>& kernel,
                                     const unsigned char* in, unsigned char* out, std::size_t i,
                                     std::size_t n, conversion how) {
  while (i < n) {
    i = kernel.template convert<Stream>(in, out, i, n);
    const std::size_t some = n - i < 128 ? n - i : 128;
    if (some != 0) avx512::convert<Source, Target>(in + i * kernel.size, out + i, some, how);
    i += some;
  }
}

template <class Source, class Target, bool BySign>
F8_AVX512VBMI_FN void convert_array(const unsigned char* in, unsigned char* out, std::size_t n,
                                    conversion how) {
  const block_kernel<Source, Target, BySign> kernel(how);
  const std::size_t head = avx512::before_stream<Target>(out, n);
  if (head == n) return convert_blocks<false>(kernel, in, out, 0, n, how);
  avx512::convert<Source, Target>(in, out, head, how);
  convert_blocks<true>(kernel, in, out, head, n, how);
  _mm_sfence();
}

template <class Source, class Target>
F8_AVX512VBMI_FN void convert_planes(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const bool by_sign = how.round == rounding::upward || how.round == rounding::downward;
  // Magnitudes too large are 7F at most.
  const bool fits = Target::infinity <= 0x7F || how.over != overflow::nonfinite;
  if (!fits) return avx512::convert<Source, Target>(in, out, n, how);
  if (by_sign) return convert_array<Source, Target, true>(in, out, n, how);
  convert_array<Source, Target, false>(in, out, n, how);
}

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
