// What the AVX2 kernels share: memory, constants, and how a kernel of whole blocks does an array of
// any length.
#ifndef F8_KERNELS_AVX2_ARRAYS_HPP
#define F8_KERNELS_AVX2_ARRAYS_HPP

#include <cstddef>
#include <cstdint>

#include "../cpu.hpp"
#include "../scalar/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86
#include <immintrin.h>

namespace f8 {
namespace {
namespace kernels {
namespace avx2 {

using byte = unsigned char;

inline constexpr std::size_t block_size = 32;

// ------------------------------------------------------------------------------------------------
// memory, constants

F8_AVX2_FN __m256i load(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

/// Stores x; if Stream, past the caches, for which p has to be aligned.
template <bool Stream>
F8_AVX2_FN void store(void* p, __m256i x) {
  if constexpr (Stream) {
    _mm256_stream_si256(static_cast<__m256i*>(p), x);
  } else {
    _mm256_storeu_si256(static_cast<__m256i*>(p), x);
  }
}

/// x, hidden from the compiler, so that it does not know a constant. GCC makes constants that it
/// knows anew in every round of a loop that has more of them than registers, each by a move from an
/// integer register and a shuffle; a hidden one waits in memory, as an operand that costs nothing.
F8_AVX2_FN __m256i kept(__m256i x) {
  __asm__("" : "+x"(x));
  return x;
}
F8_AVX2_FN __m256i all8(unsigned x) {
  return kept(_mm256_set1_epi8(static_cast<char>(x)));
}
F8_AVX2_FN __m256i all16(unsigned x) {
  return kept(_mm256_set1_epi16(static_cast<short>(x)));
}
F8_AVX2_FN __m256i all32(unsigned x) {
  return kept(_mm256_set1_epi32(static_cast<int>(x)));
}

/// A table of 16 bytes for shuffle_epi8, which looks up in each half of a register by itself.
F8_AVX2_FN __m256i table16(const byte* table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table)));
}

/// The 32 elements of a block before they become bytes: 16 lanes of 16 bits for the first half of
/// them, and 16 for the last.
struct halves {
  __m256i first;
  __m256i last;
};

// ------------------------------------------------------------------------------------------------
// arrays
//
// A kernel of blocks has `step`, the number of elements in a block, and block<Stream>(in, out),
// which converts one. If it is `in_two_steps`, it has instead codes(in), which reads a block, and
// put<Stream>(codes, out), which converts and stores it.

/// Converts a few elements by the scalar core, to which the usual conversion is a constant.
template <class Source, class Target>
F8_AVX2_FN void over_few(const byte* in, byte* out, std::size_t n, conversion how) {
  constexpr conversion usual{};
  if (how.round != usual.round || how.over != usual.over || how.nan != usual.nan)
    return scalar::convert<Source, Target>(in, out, n, how);
  for (std::size_t i = 0; i < n; ++i) {
    kernels::store<Target>(
        out, i,
        detail::recode<Target, Source>(kernels::load<Source>(in, i), detail::directed{usual}));
  }
}

/// The number of elements before the first place in `out` that is aligned for streaming; -1 where
/// streaming does not pay, which is in place, and where the last-level cache holds the array.
template <class Target>
F8_AVX2_FN std::ptrdiff_t head_before_streaming(const byte* in, const byte* out, std::size_t n) {
  constexpr std::size_t size = Target::width / 8;
  const std::size_t head = (0 - reinterpret_cast<std::uintptr_t>(out)) % sizeof(__m256i);
  const bool large = n * size > (std::size_t{1} << 20) && n * size > last_level_cache();
  return large && in != out && head % size == 0 ? static_cast<std::ptrdiff_t>(head / size) : -1;
}

template <bool Stream, class Kernel>
F8_AVX2_FN void one_block(const Kernel& kernel, const byte* in, byte* out) {
  if constexpr (Kernel::in_two_steps) {
    kernel.template put<Stream>(Kernel::codes(in), out);
  } else {
    kernel.template block<Stream>(in, out);
  }
}

/// Converts the whole blocks from element i on, of which there is at least one. Returns the number
/// of the first element behind them.
///
/// A kernel in two steps, which cannot work in place, begins the next block before this one ends: a
/// block is a chain of some 20 cycles, and the instructions that wait for it fill the scheduler (4
/// to 8 % on Zen 4).
template <bool Stream, class Source, class Target, class Kernel>
F8_AVX2_FN std::size_t over_blocks(const Kernel& kernel, const byte* in, byte* out, std::size_t i,
                                   std::size_t n) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  if constexpr (Kernel::in_two_steps) {
    auto codes = Kernel::codes(in + i * in_size);
    for (; n - i >= 2 * Kernel::step; i += Kernel::step) {
      const auto next = Kernel::codes(in + (i + Kernel::step) * in_size);
      kernel.template put<Stream>(codes, out + i * out_size);
      codes = next;
    }
    kernel.template put<Stream>(codes, out + i * out_size);
    i += Kernel::step;
  } else {
    for (; n - i >= Kernel::step; i += Kernel::step)
      kernel.template block<Stream>(in + i * in_size, out + i * out_size);
  }
  return i;
}

/// The first `size` bytes of 32, then zeros. The 4 bytes before the end have to be the array's.
///
/// Whole dwords are loaded by a mask, which costs no more than a plain load; what is left over
/// comes from the last 4 bytes.
F8_AVX2_FN __m256i load_some(const byte* in, std::size_t size) {
  static constexpr std::int32_t ones_then_zeros[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  if (size >= 32) return load(in);
  if (size == 0) return _mm256_setzero_si256();
  const std::size_t dwords = size / 4, rest = size % 4;
  __m256i x =
      _mm256_maskload_epi32(reinterpret_cast<const int*>(in), load(ones_then_zeros + 8 - dwords));
  if (rest != 0) {
    std::uint32_t last = 0;
    __builtin_memcpy(&last, in + size - 4, 4);
    last >>= 8 * (4 - rest);
    const __m256i here = _mm256_cmpeq_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7),
                                            _mm256_set1_epi32(static_cast<int>(dwords)));
    x = _mm256_or_si256(x, _mm256_and_si256(here, _mm256_set1_epi32(static_cast<int>(last))));
  }
  return x;
}

/// Copies `size` bytes in a few steps, without a call, which would cost more than the bytes. Each
/// step reads what one store wrote, so that it need not wait for the cache.
F8_AVX2_FN void copy(byte* to, const byte* from, std::size_t size) {
  for (; size >= 32; size -= 32, from += 32, to += 32) store<false>(to, load(from));
  if ((size & 16) != 0) {
    __builtin_memcpy(to, from, 16);
    from += 16;
    to += 16;
  }
  if ((size & 8) != 0) {
    __builtin_memcpy(to, from, 8);
    from += 8;
    to += 8;
  }
  if ((size & 4) != 0) {
    __builtin_memcpy(to, from, 4);
    from += 4;
    to += 4;
  }
  if ((size & 2) != 0) {
    __builtin_memcpy(to, from, 2);
    from += 2;
    to += 2;
  }
  if ((size & 1) != 0) *to = *from;
}

/// Converts 4 to Kernel::step - 1 elements, also in place, as a block of copies and zeros.
template <class Source, class Target, class Kernel>
F8_AVX2_FN void part_of_block(const Kernel& kernel, const byte* in, byte* out, std::size_t n) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  alignas(32) byte from[Kernel::step * in_size], to[Kernel::step * out_size];
  const std::size_t size = n * in_size;
  for (std::size_t i = 0; i < sizeof from; i += 32)
    store<false>(from + i, load_some(in + i, size > i ? size - i : 0));
  one_block<false>(kernel, from, to);
  copy(out, to, n * out_size);
}

/// Converts n >= Kernel::step elements. Those behind the last whole block are in a block that ends
/// where the array ends, so that some are converted twice; in place, they are a part of a block.
template <class Source, class Target, class Kernel>
F8_AVX2_FN void over_array(const Kernel& kernel, const byte* in, byte* out, std::size_t n,
                           conversion how) {
  constexpr std::size_t in_size = Source::width / 8, out_size = Target::width / 8;
  std::size_t i = 0;
  if (const std::ptrdiff_t head = head_before_streaming<Target>(in, out, n); head >= 0) {
    i = static_cast<std::size_t>(head);
    scalar::convert<Source, Target>(in, out, i, how);
    i = over_blocks<true, Source, Target>(kernel, in, out, i, n);
    _mm_sfence();
  } else {
    i = over_blocks<false, Source, Target>(kernel, in, out, 0, n);
  }
  if (i == n) return;
  if (in != out) {
    one_block<false>(kernel, in + (n - Kernel::step) * in_size,
                     out + (n - Kernel::step) * out_size);
  } else if (n - i >= 4) {
    part_of_block<Source, Target>(kernel, in + i * in_size, out + i * out_size, n - i);
  } else {
    over_few<Source, Target>(in + i * in_size, out + i * out_size, n - i, how);
  }
}

/// Converts any number of elements that is worth a kernel.
template <class Source, class Target, class Kernel>
F8_AVX2_FN void over_any(const Kernel& kernel, const byte* in, byte* out, std::size_t n,
                         conversion how) {
  if (n < Kernel::step) return part_of_block<Source, Target>(kernel, in, out, n);
  over_array<Source, Target>(kernel, in, out, n, how);
}

}  // namespace avx2
}  // namespace kernels
}  // namespace
}  // namespace f8
#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
