// From 8 bits by lookup with VBMI: a table of all magnitudes, by bytes, fits in registers.
#ifndef F8_KERNELS_AVX512VBMI_DECODE_HPP
#define F8_KERNELS_AVX512VBMI_DECODE_HPP

#include "../avx512/decode.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86

namespace f8 {
namespace {
namespace kernels {
namespace avx512vbmi {

/// Where the codes go so that unpacking, which works in lanes of 16 bytes, leaves the results in
/// order: to each lane, in groups of 4 for dwords or of 8 for words, what its part of each register
/// of results is made of.
template <bool Dwords>
struct table_order {
  static constexpr int group = Dwords ? 4 : 8;
  alignas(64) std::uint8_t from[64] = {};
  F8_FN constexpr table_order() {
    for (int place = 0; place < 64; ++place) {
      const int lane = place / 16, result = place % 16 / group;
      from[place] = static_cast<std::uint8_t>((4 * result + lane) * group + place % group);
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

  F8_AVX512VBMI_FN byte_tables() {
    const auto& table = avx512::magnitudes_of<Source, Target>;
    order = _mm512_load_si512(ordered<dwords>.from);
    low0 = _mm512_load_si512(table.low);
    low1 = _mm512_load_si512(table.low + 64);
    high0 = _mm512_load_si512(table.high);
    high1 = _mm512_load_si512(table.high + 64);
  }

  /// Unpacking has three ports where shifts have two and other shuffles have to share two.
  F8_AVX512VBMI_FN avx512::quad look_up(__m512i elements) const {
    const __m512i codes = _mm512_permutexvar_epi8(order, elements);
    const __m512i low =
        _mm512_permutex2var_epi8(low0, codes, low1);  // the index has 7 bits: no sign
    const __m512i magnitude = _mm512_permutex2var_epi8(high0, codes, high1);
    const __m512i high =
        _mm512_ternarylogic_epi32(magnitude, codes, avx512::all32(0x80808080), 0xF8);
    const __m512i first = _mm512_unpacklo_epi8(low, high);
    const __m512i last = _mm512_unpackhi_epi8(low, high);
    if constexpr (!dwords) return {first, last, first, last};
    const __m512i zero = _mm512_setzero_si512();
    return {_mm512_unpacklo_epi16(zero, first), _mm512_unpackhi_epi16(zero, first),
            _mm512_unpacklo_epi16(zero, last), _mm512_unpackhi_epi16(zero, last)};
  }
};

template <class Source, class Target>
using decoding_table = byte_tables<Source, Target>;

using avx512::first_64;
using avx512::head_before_streaming;
using avx512::nan_repair;
using avx512::needs_repair;
using avx512::quad;
using avx512::repaired;
using avx512::store_64;
using avx512::store_some;

#define F8_PART_FN F8_AVX512VBMI_FN
#include "../generic/decoding_loops.inl"
#undef F8_PART_FN

}  // namespace avx512vbmi
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
