// To 8 bits with VBMI and GFNI, in every rounding mode: 64 elements in the 64 bytes of a register.
//
// What the upper bytes of elements, which arrays.hpp calls `top`, mean is looked up in tables of
// 128 bytes, a whole register at a time. The tables differ by format and rounding mode, the code
// does not. All of it computes in integers.
//
// NaN, infinities, and formats and policies for which the tables are too small are left to the
// kernels without VBMI.
#ifndef F8_KERNELS_AVX512VBMI_ENCODE_HPP
#define F8_KERNELS_AVX512VBMI_ENCODE_HPP

#include "../avx512/convert.hpp"
#include "arrays.hpp"
#include "tables.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

/// A table of 128 bytes, indexed by the lower 7 bits of each byte.
struct table_128 {
  __m512i first, last;

  F8_AVX512VBMI_FN explicit table_128(const std::uint8_t (&table)[128])
      : first(_mm512_load_si512(table)), last(_mm512_load_si512(table + 64)) {}
  F8_AVX512VBMI_FN __m512i operator[](__m512i index) const {
    return _mm512_permutex2var_epi8(first, index, last);
  }
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
    const __m512i index = _mm512_ternarylogic_epi32(n, up, all8(inexact), 0xD8);  // its bit of up
    const __m512i normal = _mm512_adds_epi8(n, _mm512_and_si512(up, all8(1)));
    // The larger is right. With y = n and its fraction: below 0 `normal` is at most 0. From 0 to
    // 2^M, at exponent E0 - 1, it rounds y where the table rounds (2^M + y) / 2, which is no less.
    // From 2^M on, it is at least 2^M, and whatever entry n's lower bits find is at most that.
    return _mm512_max_epi8(normal, subnormal[index]);
  }
};

template <class Target>
struct half_rounder {
  /// True if top without its sign is the code itself of every number that needs no care.
  static constexpr bool alike = Target::trailing_bits == 2 && Target::emin == binary16::emin;
  table_128 least, first, second;

  F8_AVX512VBMI_FN explicit half_rounder(rounding round)
      : least(halves_of<Target>[static_cast<int>(round)].least),
        first(halves_of<Target>[static_cast<int>(round)].first),
        second(halves_of<Target>[static_cast<int>(round)].second) {}

  /// Magnitudes of codes, and the care that they need, as word_rounder's.
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
    const __m512i code = _mm512_and_si512(top, all8(0x7F));
    // -4 - code, at least -128, which is needs_care: so it is from 7C on, the exponent field 31.
    care = _mm512_subs_epi8(all8(0xFC), code);
    return code;
  }
  F8_AVX512VBMI_FN static __m512i next_if(__m512i code, __mmask64 which) {
    return _mm512_mask_add_epi8(code, which, code, all8(1));
  }
};

// ------------------------------------------------------------------------------------------------
// arrays

template <class Source, class Target>
using rounder_of = std::conditional_t<std::is_same_v<Source, binary16>, half_rounder<Target>,
                                      word_rounder<Target>>;

/// True if there are tables for this pair of formats.
template <class Source, class Target>
constexpr bool has_planes = [] {
  if constexpr (!avx512::has_nearest<Target>) {
    return false;
  } else if constexpr (std::is_same_v<Source, binary16>) {
    // float16's subnormal numbers are subnormal in Target, or nothing.
    return Target::trailing_bits <= 3 && Target::emin >= binary16::emin;
  } else {
    constexpr bool is_wide =
        std::is_same_v<Source, binary32> || std::is_same_v<Source, bfloat16_format>;
    return is_wide && word_numbers<Target>::fit;
  }
}();

/// A rounding of numbers of one sign, and the largest code that it leads to.
template <class Source, class Target>
struct signed_rounder {
  rounder_of<Source, Target> rounder;
  __m512i largest;

  F8_AVX512VBMI_FN signed_rounder(conversion how, bool negative)
      : rounder(negative ? mirrored(how.round) : how.round) {
    const bool nonfinite =
        how.over == overflow::nonfinite && detail::directed{how}.overflows(negative);
    largest = all8(nonfinite ? Target::infinity : Target::max_finite);
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
      avx512::store<Stream>(out + i, first);
      avx512::store<Stream>(out + i + 64, second);
    }
    for (; n - i >= 64; i += 64) {
      const __m512i first = codes(in + i * size, care);
      if (any(care)) break;
      avx512::store<Stream>(out + i, first);
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
    const __mmask64 which = _mm512_cmpeq_epi8_mask(care, all8(needs_care));
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
  const std::size_t head = avx512::head_before_streaming<Target>(out, n);
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
