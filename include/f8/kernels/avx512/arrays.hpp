// What the AVX-512 kernels share: constants, and how elements come from arrays and go to them.
#ifndef F8_KERNELS_AVX512_ARRAYS_HPP
#define F8_KERNELS_AVX512_ARRAYS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "../cpu.hpp"
#include "../pairs.hpp"
#include "../scalar/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86
#include <immintrin.h>

namespace f8 {
namespace {
namespace kernels {
namespace avx512 {

/// 64 elements in four registers of dwords. This is no array, since compilers keep arrays in
/// memory.
struct quad {
  __m512i a, b, c, d;
};

F8_AVX512_FN __m512i all32(std::uint32_t x) {
  return _mm512_set1_epi32(static_cast<int>(x));
}

F8_AVX512_FN __mmask16 first_16(std::size_t n) {
  return n < 16 ? static_cast<__mmask16>((1U << n) - 1) : static_cast<__mmask16>(0xFFFF);
}

F8_AVX512_FN __mmask64 first_64(std::size_t n) {
  return n < 64 ? (std::uint64_t{1} << n) - 1 : ~std::uint64_t{0};
}

// ------------------------------------------------------------------------------------------------
// loads

using kernels_detail::is_16_bits;

/// The bits of binary32 for all codes of Source; a NaN becomes quiet and keeps its sign.
template <class Source>
struct float_table {
  std::uint32_t bits[256] = {};
  F8_FN constexpr float_table() {
    for (unsigned code = 0; code < 256; ++code) bits[code] = detail::decode<binary32, Source>(code);
  }
};

template <class Source>
inline constexpr float_table<Source> floats_of{};

/// True if read_floats reads Source exactly.
template <class Source>
constexpr bool reads = std::is_same_v<Source, binary32> || is_16_bits<Source> || Source::width == 8;

/// Up to 16 elements as binary32, with zeros after them. Nothing is read where `which` has no bit.
template <class Source>
F8_AVX512_FN __m512i read_floats(const unsigned char* in, __mmask16 which) {
  if constexpr (Source::width == 32) {
    return _mm512_maskz_loadu_epi32(which, in);
  } else if constexpr (Source::width == 16) {
    const __m256i codes = _mm256_maskz_loadu_epi16(which, in);
    if constexpr (Source::exponent_bits == 8)
      return _mm512_slli_epi32(_mm512_cvtepu16_epi32(codes), 16);
    // This is exact and does not obey DAZ. A signaling NaN becomes quiet, which encoding does not
    // see.
    return _mm512_castps_si512(_mm512_cvtph_ps(codes));
  } else {
    const __m512i codes = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(which, in));
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), 0xFFFF, codes,
                                       floats_of<Source>.bits, 4);
  }
}

/// 16 elements from number `start` of n.
template <class Source>
F8_AVX512_FN __m512i read_part(const unsigned char* in, std::size_t start, std::size_t n) {
  const __mmask16 which = n > start ? first_16(n - start) : __mmask16{0};
  return read_floats<Source>(in + start * sizeof(typename Source::bits_type), which);
}

template <class Source>
F8_AVX512_FN quad read_quad(const unsigned char* in, std::size_t n) {
  return {read_part<Source>(in, 0, n), read_part<Source>(in, 16, n), read_part<Source>(in, 32, n),
          read_part<Source>(in, 48, n)};
}

// ------------------------------------------------------------------------------------------------
// stores

/// Stores the codes of 8 bits that are in the lanes of 32.
F8_AVX512_FN void write_codes(unsigned char* out, __mmask16 which, __m512i codes) {
  _mm_mask_storeu_epi8(out, which, _mm512_cvtepi32_epi8(codes));
}

/// Stores a whole register; if Stream, past the caches, which takes a place at the start of a cache
/// line.
template <bool Stream>
F8_AVX512_FN void store(unsigned char* out, __m512i x) {
  if constexpr (Stream) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(out), x);
  } else {
    _mm512_storeu_si512(out, x);
  }
}

template <class Target, bool Stream>
F8_AVX512_FN void store_64(unsigned char* out, const quad& q) {
  store<Stream>(out, q.a);
  store<Stream>(out + 64, q.b);
  if constexpr (Target::width == 32) {
    store<Stream>(out + 128, q.c);
    store<Stream>(out + 192, q.d);
  }
}

/// Stores as many of the 64 bytes from `start` on as are among the first `bytes`.
F8_AVX512_FN void store_part(unsigned char* out, std::size_t start, std::size_t bytes, __m512i x) {
  if (bytes > start) _mm512_mask_storeu_epi8(out + start, first_64(bytes - start), x);
}

template <class Target>
F8_AVX512_FN void store_some(unsigned char* out, std::size_t n, const quad& q) {
  const std::size_t bytes = n * sizeof(typename Target::bits_type);
  store_part(out, 0, bytes, q.a);
  store_part(out, 64, bytes, q.b);
  if constexpr (Target::width == 32) {
    store_part(out, 128, bytes, q.c);
    store_part(out, 192, bytes, q.d);
  }
}

/// The number of elements before the first whole cache line of `out`, from where on stores past the
/// caches pay, since such a line is not read first; n where they do not, which is where the
/// last-level cache holds the array, and where no element begins a line.
template <class Target>
F8_AVX512_FN std::size_t head_before_streaming(const void* out, std::size_t n) {
  constexpr std::size_t size = sizeof(typename Target::bits_type);
  const std::size_t bytes = (0 - reinterpret_cast<std::uintptr_t>(out)) % 64;
  return bytes % size == 0 && n > last_level_cache() / size ? bytes / size : n;
}

}  // namespace avx512
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
