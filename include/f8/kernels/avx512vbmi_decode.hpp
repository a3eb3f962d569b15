// From 8 bits by lookup with VBMI: a table of all magnitudes, by bytes, fits in registers.
#pragma once

#include "avx512.hpp"

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

/// Where the codes go so that the words made of the even and the odd bytes come out in order: to
/// the place 2i + b, code i + 32b; for dwords, made of the even and the odd of those words, to 4i +
/// b code i + 16k, b being k's bits swapped.
template <bool Dwords>
struct table_order {
  alignas(64) std::uint8_t from[64] = {};
  F8_FN constexpr table_order() {
    for (int place = 0; place < 64; ++place) {
      const int i = place / 4, b = place % 4;
      from[place] = static_cast<std::uint8_t>(Dwords ? i + 16 * (b / 2 + b % 2 * 2)
                                                     : place / 2 + place % 2 * 32);
    }
  }
};
template <bool Dwords>
inline constexpr table_order<Dwords> ordered{};

/// A lookup of 128 entries for each byte of the result.
template <class Source, class Target>
struct byte_tables {
  static constexpr bool dwords = Target::width == 32;
  __m512i order, low0, low1, high0, high1;

  F8_AVX512VBMI byte_tables() {
    const auto& table = avx512::magnitudes_of<Source, Target>;
    order = _mm512_load_si512(ordered<dwords>.from);
    low0 = _mm512_load_si512(table.low);
    low1 = _mm512_load_si512(table.low + 64);
    high0 = _mm512_load_si512(table.high);
    high1 = _mm512_load_si512(table.high + 64);
  }

  /// 5 shuffles, which run on one port, and 9 other operations: 7 cycles for 64 floats, 5 for 64
  /// words.
  F8_AVX512VBMI avx512::quad look_up(__m512i elements) const {
    const __m512i codes = _mm512_permutexvar_epi8(order, elements);
    const __m512i low =
        _mm512_permutex2var_epi8(low0, codes, low1);  // the index has 7 bits: no sign
    const __m512i magnitude = _mm512_permutex2var_epi8(high0, codes, high1);
    const __m512i high =
        _mm512_ternarylogic_epi32(magnitude, codes, avx512::lanes(0x80808080), 0xF8);
    // By the mask: its bytes FF take the first operand.
    const __m512i mask = avx512::lanes(0x00FF00FF);
    const __m512i even = _mm512_ternarylogic_epi32(low, _mm512_slli_epi16(high, 8), mask, 0xE4);
    const __m512i odd = _mm512_ternarylogic_epi32(_mm512_srli_epi16(low, 8), high, mask, 0xE4);
    if constexpr (!dwords) return {even, odd, even, odd};
    const __m512i upper = avx512::lanes(0xFFFF0000);
    return {_mm512_slli_epi32(even, 16), _mm512_and_si512(even, upper), _mm512_slli_epi32(odd, 16),
            _mm512_and_si512(odd, upper)};
  }
};

template <class Source, class Target, bool Repair, bool Stream>
F8_AVX512VBMI void widen(const unsigned char* in, unsigned char* out, std::size_t n, nan_code nan) {
  constexpr std::size_t size = sizeof(typename Target::bits_type);
  const byte_tables<Source, Target> table;
  const avx512::repair<Source, Target> fix(nan);
  std::size_t i = 0;
  for (; n - i >= 64; i += 64) {
    const avx512::quad q = table.look_up(_mm512_loadu_si512(in + i));
    avx512::put_64<Target, Stream>(out + i * size,
                                   avx512::repaired<Source, Target, Repair>(q, fix));
  }
  if (i == n) return;
  const avx512::quad q = table.look_up(_mm512_maskz_loadu_epi8(avx512::first_64(n - i), in + i));
  avx512::put_some<Target>(out + i * size, n - i, avx512::repaired<Source, Target, Repair>(q, fix));
}

template <class Source, class Target, bool Repair>
F8_AVX512VBMI void widen_any(const unsigned char* in, unsigned char* out, std::size_t n,
                             nan_code nan) {
  const std::size_t head = avx512::before_stream<Target>(out, n);
  widen<Source, Target, Repair, false>(in, out, head, nan);
  if (head == n) return;
  widen<Source, Target, Repair, true>(in + head, out + head * sizeof(typename Target::bits_type),
                                      n - head, nan);
  _mm_sfence();
}

template <class Source, class Target>
F8_AVX512VBMI void convert_table(const void* from, void* to, std::size_t n, conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  if (avx512::needs_repair<Source>(how.nan))
    return widen_any<Source, Target, true>(in, out, n, how.nan);
  widen_any<Source, Target, false>(in, out, n, how.nan);
}

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
