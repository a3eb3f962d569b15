// From 16 bits to 8, nearest-even, with VBMI: 64 elements in the 64 bytes of a register.
//
// A magnitude's word is cut into a byte `high` that ends with the last of the M significand bits
// that Target keeps if the number is normal, and a byte `low` of what follows. Then
//
//     code = base(high) + (low > threshold(high))
//
// For normal numbers base is high less a constant, as both count exponents and significands alike,
// and the threshold is half: 80, or just below it if base is odd, so that a tie goes to the even
// one. For subnormal numbers both come from a table of high's few values there: the last place is
// so far up that low decides nothing but whether a tie is one.
#pragma once

#include "avx512_nearest.hpp"

#include "../detail/config.hpp"
#include "region.hpp"

#if F8_X86
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wmaybe-uninitialized"  // GCC 12's own intrinsics read vectors that they ignore
#endif

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

template <class Source, class Target>
struct plane_numbers {
  static constexpr int M = Target::trailing_bits;
  static constexpr bool half = std::is_same_v<Source, binary16>;
  /// The exponent that 0 stands for in high: binary16's fit as they are, bfloat16's are counted
  /// from 5 below Target's.
  static constexpr int origin = half ? -binary16::bias : Target::emin - 5;
  /// What is subtracted from bfloat16's word, and the largest word after that: 8 bits of high and 7
  /// - M of low.
  static constexpr int start = (origin + bfloat16_format::bias) * 128;
  static constexpr int last_word = (1 << (15 - M)) - 1;

  /// binary16's exponents are Target's: subnormal numbers need no table.
  static constexpr bool alike = half && Target::emin == binary16::emin;
  static constexpr int normal =
      (Target::emin - origin) * (1 << M);  ///< high of the least normal number
  static constexpr int first =
      normal > 64 ? normal - 64 : 0;                ///< high of the first entry of the table
  static constexpr int offset = normal - (1 << M);  ///< high less base of normal numbers

  /// High has room for all of Target's exponents. With a table for binary16, its subnormal numbers
  /// must round to zero, for high is not what it seems there, and so must those before the table's
  /// first entry, which stands for them.
  static constexpr bool tiny_is_zero = Target::emin - M - 1 >= binary16::emin + (first > 0 ? 1 : 0);
  static constexpr bool usable =
      half ? (M == 2 && alike) || (M == 3 && tiny_is_zero && first <= 1 << M)
           : (M == 2 || M == 3) && start > 0;
};

/// base and threshold of subnormal numbers, the entry for high at place high % 64. `low` is even,
/// and compared after or-ing it with the last bit of high: a threshold of that bit is exceeded by
/// any low but 0.
template <class Source, class Target>
struct subnormal_table {
  alignas(64) std::uint8_t base[64] = {};
  alignas(64) std::uint8_t threshold[64] = {};
  F8_FN constexpr subnormal_table() {
    using numbers = plane_numbers<Source, Target>;
    for (int high = numbers::first; high < numbers::normal; ++high) {
      const int field = high >> numbers::M;
      const int significand = (high & ((1 << numbers::M) - 1)) | (1 << numbers::M);
      const int places = Target::emin - (field + numbers::origin);  // that are cut off, 1 or more
      const bool tiny = places > numbers::M + 1 || (numbers::half && field == 0);
      const int code = tiny ? 0 : significand >> places;
      const int rest = tiny ? 0 : significand & ((1 << places) - 1),
                tie = tiny ? 1 : 1 << (places - 1);
      const bool is_up = rest > tie || (rest == tie && code % 2 == 1);
      base[high % 64] = static_cast<std::uint8_t>(code + (is_up ? 1 : 0));
      threshold[high % 64] =
          static_cast<std::uint8_t>(rest == tie && code % 2 == 0 ? high % 2 : 0xFF);
    }
  }
};
template <class Source, class Target>
inline constexpr subnormal_table<Source, Target> subnormals_of{};

/// "Zipped order": elements 0 to 31 in the even bytes, 32 to 63 in the odd ones.
struct zip_order {
  alignas(64) std::uint8_t from[64] = {};
  F8_FN constexpr zip_order() {
    for (int place = 0; place < 64; ++place)
      from[place] = static_cast<std::uint8_t>(place % 32 * 2 + place / 32);
  }
};
inline constexpr zip_order zipped{};

F8_AVX512VBMI __m512i bytes(int x) {
  return _mm512_set1_epi8(static_cast<char>(x));
}

/// The upper bytes of a's and b's words, and the lower ones.
F8_AVX512VBMI __m512i zip_high(__m512i a, __m512i b) {
  const __m512i one_down = _mm512_set4_epi32(0x0F0F0D0D, 0x0B0B0909, 0x07070505, 0x03030101);
  return _mm512_mask_shuffle_epi8(b, 0x5555555555555555, a, one_down);
}
F8_AVX512VBMI __m512i zip_low(__m512i a, __m512i b) {
  const __m512i one_up = _mm512_set4_epi32(0x0E0E0C0C, 0x0A0A0808, 0x06060404, 0x02020000);
  return _mm512_mask_shuffle_epi8(a, 0xAAAAAAAAAAAAAAAA, b, one_up);
}

/// Like zip_high, on other ports: shuffles run on one alone.
F8_AVX512VBMI __m512i zip_signs(__m512i a, __m512i b) {
  return _mm512_ternarylogic_epi32(_mm512_srli_epi16(a, 8), b, lanes(0x00FF00FF), 0xE4);
}

/// 64 elements in zipped order. `top` has the sign as its top bit.
struct planes {
  __m512i high, low, top;
};

template <class Source, class Target>
F8_AVX512VBMI planes split(__m512i a, __m512i b) {
  using numbers = plane_numbers<Source, Target>;
  if constexpr (numbers::half && numbers::M == 2) {
    const __m512i top = zip_high(a, b);
    return {_mm512_and_si512(top, lanes(0x7F7F7F7F)), zip_low(a, b), top};
  } else if constexpr (numbers::half) {
    const __m512i a2 = _mm512_add_epi16(a, a),
                  b2 = _mm512_add_epi16(b, b);  // no sign, and a bit more of it in high
    return {zip_high(a2, b2), zip_low(a2, b2), zip_signs(a, b)};
  } else {
    const __m512i start = _mm512_set1_epi16(static_cast<short>(numbers::start));
    const __m512i last = _mm512_set1_epi16(static_cast<short>(numbers::last_word)),
                  magnitude = lanes(0x7FFF7FFF);
    const __m512i x =
        _mm512_min_epu16(_mm512_subs_epu16(_mm512_and_si512(a, magnitude), start), last);
    const __m512i y =
        _mm512_min_epu16(_mm512_subs_epu16(_mm512_and_si512(b, magnitude), start), last);
    // Of each word 8 bits from number 7 - M on, and the 7 - M below them with zeros from the top of
    // the word before.
    constexpr long long first_bits = 0x3030202010100000, each = 0x0101010101010101, M = numbers::M;
    const __m512i high_bits = _mm512_set1_epi64(first_bits + (7 - M) * each);
    const __m512i low_bits = _mm512_set1_epi64((first_bits + (64 - 1 - M) * each) & (63 * each));
    const __m512i high = _mm512_multishift_epi64_epi8(high_bits, x),
                  low = _mm512_multishift_epi64_epi8(low_bits, x);
    constexpr __mmask64 odd = 0xAAAAAAAAAAAAAAAA;
    return {_mm512_mask_multishift_epi64_epi8(high, odd, high_bits, y),
            _mm512_mask_multishift_epi64_epi8(low, odd, low_bits, y), zip_signs(a, b)};
  }
}

template <class Source, class Target>
struct plane_kernel : avx512::nearest_policy<Target> {
  using numbers = plane_numbers<Source, Target>;
  __m512i largest_code;

  F8_AVX512VBMI explicit plane_kernel(conversion how) : avx512::nearest_policy<Target>(how) {
    largest_code =
        bytes(static_cast<int>(Target::max_finite) + (how.over == overflow::nonfinite ? 1 : 0));
  }

  F8_AVX512VBMI __m512i magnitudes(const planes& p) const {
    __m512i base = p.high, threshold = bytes(0x80);
    if constexpr (numbers::offset != 0) base = _mm512_sub_epi8(base, bytes(numbers::offset));
    if constexpr (!numbers::alike) {
      const auto& table = subnormals_of<Source, Target>;
      const __m512i index =
          numbers::first > 0 ? _mm512_max_epu8(p.high, bytes(numbers::first)) : p.high;
      const __mmask64 is_subnormal = _mm512_cmplt_epu8_mask(p.high, bytes(numbers::normal));
      base = _mm512_mask_permutexvar_epi8(base, is_subnormal, index, _mm512_load_si512(table.base));
      threshold = _mm512_mask_permutexvar_epi8(threshold, is_subnormal, index,
                                               _mm512_load_si512(table.threshold));
    }
    // low | 1 if high is odd, and with it base: then it exceeds 80 from 80 on, otherwise from 81
    // on.
    const __m512i low = _mm512_ternarylogic_epi32(p.low, p.high, lanes(0x01010101), 0xF8);
    const __mmask64 is_up = _mm512_cmpgt_epu8_mask(low, threshold);
    return _mm512_min_epu8(_mm512_mask_add_epi8(base, is_up, base, bytes(1)), largest_code);
  }

  /// The top bytes of all words whose magnitude compares so to infinity, as a mask in zipped order.
  F8_AVX512VBMI static __mmask64 zip_masks(__mmask32 a, __mmask32 b) {
    return _mm512_movepi8_mask(zip_high(_mm512_movm_epi16(a), _mm512_movm_epi16(b)));
  }

  F8_AVX512VBMI __m512i patched(__m512i m, __m512i top, __m512i a, __m512i b) const {
    const __m512i infinity = _mm512_set1_epi16(static_cast<short>(Source::infinity));
    const __m512i x = _mm512_and_si512(a, lanes(0x7FFF7FFF)),
                  y = _mm512_and_si512(b, lanes(0x7FFF7FFF));
    const __mmask64 is_nan =
        zip_masks(_mm512_cmpgt_epi16_mask(x, infinity), _mm512_cmpgt_epi16_mask(y, infinity));
    const __mmask64 is_inf =
        zip_masks(_mm512_cmpeq_epi16_mask(x, infinity), _mm512_cmpeq_epi16_mask(y, infinity));
    return this->patch(m, top, is_nan, is_inf);
  }

  /// Codes in zipped order of 64 words.
  F8_AVX512VBMI __m512i codes(__m512i a, __m512i b) const {
    const planes p = split<Source, Target>(a, b);
    const __m512i m = magnitudes(p);
    // NaN and Inf have the highest exponent field: binary16's is 31, bfloat16's what all large
    // numbers were cut to.
    constexpr int rare_high = numbers::half ? 31 << numbers::M : 0xFF;
    const __mmask64 rare = _mm512_cmpge_epu8_mask(p.high, bytes(rare_high));
    if (__builtin_expect(!_kortestz_mask64_u8(rare, rare), 0)) return patched(m, p.top, a, b);
    return this->join(m, p.top);
  }
};

template <class Source, class Target>
F8_AVX512VBMI void convert_planes(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const plane_kernel<Source, Target> kernel(how);
  const __m512i order = _mm512_load_si512(zipped.from);
  std::size_t i = 0;
  for (; n - i >= 64; i += 64) {
    const __m512i a = _mm512_loadu_si512(in + 2 * i), b = _mm512_loadu_si512(in + 2 * i + 64);
    _mm512_storeu_si512(out + i, _mm512_permutexvar_epi8(order, kernel.codes(a, b)));
  }
  if (i == n) return;
  const std::size_t left = n - i;
  const __m512i a = _mm512_maskz_loadu_epi16(avx512::first_32(left), in + 2 * i);
  const __mmask32 rest = left > 32 ? avx512::first_32(left - 32) : __mmask32{0};
  const __m512i b = _mm512_maskz_loadu_epi16(rest, in + 2 * i + 64);
  _mm512_mask_storeu_epi8(out + i, avx512::first_64(left),
                          _mm512_permutexvar_epi8(order, kernel.codes(a, b)));
}

template <class Source, class Target>
constexpr bool has_planes = avx512::is_16_bits<Source>&& avx512::has_nearest<Target>&&
    plane_numbers<Source, Target>::usable;

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

#include "../detail/undef.hpp"
#include "region_end.hpp"
