// The limits that conversions are measured against: loops that move the same bytes and compute
// nothing.
//
//   narrow4   loads 4n bytes, stores n: the first byte of each 4    float -> 8 bits
//   widen4    loads n bytes, stores 4n: 3 zeros after each byte     8 bits -> float
//   narrow2   loads 2n bytes, stores n: the first byte of each 2    16 bits -> 8 bits
//   widen2    loads n bytes, stores 2n: a zero after each byte      8 bits -> 16 bits
//
// Each vector loop is the fastest of several that were tried: what bounds it, or nearly, is its
// loads and stores, not its shuffles. Stores are plain, never streaming. `n` is a multiple of 64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace roofline {

using mover = void (*)(const std::uint8_t* in, std::uint8_t* out, std::size_t n);

struct limits {
  const char* isa;
  mover narrow4;
  mover widen4;
  mover narrow2;
  mover widen2;
};

// ----------------------------------------------------------- what the compiler makes of a plain
// loop

template <std::size_t Width>
void narrow(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = in[Width * i];
}

template <std::size_t Width>
void widen(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    out[Width * i] = in[i];
    for (std::size_t k = 1; k < Width; ++k) out[Width * i + k] = 0;
  }
}

inline constexpr limits plain{"plain", narrow<4>, widen<4>, narrow<2>, widen<2>};

#if defined(__x86_64__) && defined(__GNUC__)

// Loops of so few instructions take twice as long where one of them straddles two lines of code.
#if defined(__clang__)
#define ROOFLINE_ALIGNED
#else
#define ROOFLINE_ALIGNED __attribute__((optimize("align-loops=64")))
#endif

/// A byte shuffle, which x86 does in each lane of 16 bytes: place j takes byte from[j] of its lane,
/// or 0 where from[j] is `none`.
struct alignas(64) shuffle {
  std::uint8_t from[64];
};
inline constexpr std::uint8_t none = 0x80;

template <class Rule>
constexpr shuffle make_shuffle(Rule rule) {
  shuffle s{};
  for (unsigned j = 0; j < 64; ++j) s.from[j] = static_cast<std::uint8_t>(rule(j / 16, j % 16));
  return s;
}

/// Spreads lane L's four bytes of one and the same 16, bytes 4L to 4L + 3, one to each 4 places.
inline constexpr shuffle spread_by_4 =
    make_shuffle([](unsigned lane, unsigned j) { return j % 4 == 0 ? 4 * lane + j / 4 : none; });

// --------------------------------------------------------------------------- AVX2, 32 elements a
// step

namespace avx2 {

#define ROOFLINE_FN __attribute__((target("avx2"))) ROOFLINE_ALIGNED inline

ROOFLINE_FN __m256i load(const std::uint8_t* in) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in));
}

ROOFLINE_FN __m128i load_half(const std::uint8_t* in) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(in));
}

ROOFLINE_FN void store(std::uint8_t* out, __m256i x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), x);
}

/// Collects the first byte of each 4 of a lane in its dword K.
template <unsigned K>
inline constexpr shuffle collect = make_shuffle([](unsigned, unsigned j) {
  return j / 4 == K ? 4 * (j % 4) : none;
});

template <unsigned K>
ROOFLINE_FN __m256i collected(const std::uint8_t* in) {
  return _mm256_shuffle_epi8(load(in + 32 * K), load(collect<K>.from));
}

// The bytes are collected by shuffles and ors, because pack instructions run on one port alone.
ROOFLINE_FN void narrow4(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  for (std::size_t i = 0; i < n; i += 32, in += 128) {
    const __m256i lower = _mm256_or_si256(collected<0>(in), collected<1>(in));
    const __m256i upper = _mm256_or_si256(collected<2>(in), collected<3>(in));
    store(out + i, _mm256_permutevar8x32_epi32(_mm256_or_si256(lower, upper), order));
  }
}

ROOFLINE_FN void widen4(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m256i first_8 = load(spread_by_4.from);
  const __m256i last_8 = load(spread_by_4.from + 32);
  for (std::size_t i = 0; i < n; i += 16) {
    const __m256i x = _mm256_broadcastsi128_si256(load_half(in + i));
    store(out + 4 * i, _mm256_shuffle_epi8(x, first_8));
    store(out + 4 * i + 32, _mm256_shuffle_epi8(x, last_8));
  }
}

ROOFLINE_FN void narrow2(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m256i low = _mm256_set1_epi16(0xFF);
  for (std::size_t i = 0; i < n; i += 32) {
    const __m256i a = _mm256_and_si256(load(in + 2 * i), low);
    const __m256i b = _mm256_and_si256(load(in + 2 * i + 32), low);
    store(out + i, _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8));  // quarters 0 2 1 3
  }
}

ROOFLINE_FN void widen2(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  for (std::size_t i = 0; i < n; i += 16) {
    store(out + 2 * i, _mm256_cvtepu8_epi16(load_half(in + i)));
  }
}

#undef ROOFLINE_FN

}  // namespace avx2

// ------------------------------------------------------------------------ AVX-512, 64 elements a
// step

//
// Two intrinsics are given with a mask that keeps everything: GCC 12 warns of their plain forms,
// whose definition reads an uninitialized vector, and drops such a mask.

namespace avx512 {

#define ROOFLINE_FN __attribute__((target("avx512f,avx512bw"))) ROOFLINE_ALIGNED inline

ROOFLINE_FN __m512i load(const std::uint8_t* in) {
  return _mm512_loadu_si512(in);
}

ROOFLINE_FN void store(std::uint8_t* out, __m512i x) {
  _mm512_storeu_si512(out, x);
}

ROOFLINE_FN void narrow4(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m512i low = _mm512_set1_epi32(0xFF);
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  for (std::size_t i = 0; i < n; i += 64, in += 256) {
    const __m512i a = _mm512_and_si512(load(in), low);
    const __m512i b = _mm512_and_si512(load(in + 64), low);
    const __m512i c = _mm512_and_si512(load(in + 128), low);
    const __m512i d = _mm512_and_si512(load(in + 192), low);
    const __m512i x = _mm512_packus_epi16(_mm512_packus_epi32(a, b), _mm512_packus_epi32(c, d));
    store(out + i, _mm512_maskz_permutexvar_epi32(0xFFFF, order, x));
  }
}

// The load broadcasts 16 bytes to the four lanes, which costs no shuffle; one constant serves all
// stores.
ROOFLINE_FN void widen4(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m512i spread = load(spread_by_4.from);
  for (std::size_t i = 0; i < n; i += 16) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(in + i));
    store(out + 4 * i, _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xFFFF, x), spread));
  }
}

ROOFLINE_FN void narrow2(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  const __m512i low = _mm512_set1_epi16(0xFF);
  const __m512i order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
  for (std::size_t i = 0; i < n; i += 64) {
    const __m512i a = _mm512_and_si512(load(in + 2 * i), low);
    const __m512i b = _mm512_and_si512(load(in + 2 * i + 64), low);
    store(out + i, _mm512_maskz_permutexvar_epi64(0xFF, order, _mm512_packus_epi16(a, b)));
  }
}

ROOFLINE_FN void widen2(const std::uint8_t* in, std::uint8_t* out, std::size_t n) {
  for (std::size_t i = 0; i < n; i += 32) {
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + i));
    store(out + 2 * i, _mm512_cvtepu8_epi16(x));
  }
}

#undef ROOFLINE_FN

}  // namespace avx512

#undef ROOFLINE_ALIGNED

inline constexpr limits with_avx2{"avx2", avx2::narrow4, avx2::widen4, avx2::narrow2, avx2::widen2};
inline constexpr limits with_avx512{"avx512", avx512::narrow4, avx512::widen4, avx512::narrow2,
                                    avx512::widen2};

#endif

/// The limits that this machine can run, the widest vectors last.
inline std::vector<limits> supported() {
  std::vector<limits> all{plain};
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2")) all.push_back(with_avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    all.push_back(with_avx512);
  }
#endif
  return all;
}

/// The limits of the widest vectors that this machine has.
inline const limits& best() {
  static const limits widest = supported().back();
  return widest;
}

}  // namespace roofline
