// float16 to e4m3 and e5m2 with AVX10.2, to nearest even: one instruction for 32 elements.
//
// UNTESTED ON HARDWARE, and compiled only if F8_UNTESTED_ISA asks for it: see isa in cpu.hpp.
//
// VCVTPH2HF8 and VCVTPH2BF8 (hybrid and brain: e4m3 and e5m2) round finite numbers as cast does: to
// nearest even, subnormal numbers included, before they decide what is too large. They listen to no
// mode. What infinities and NaNs become is not written the same everywhere, and not what cast
// promises (a NaN keeps some of its payload): blocks with one are left to the kernels of VBMI,
// which every CPU with AVX10.2 has. The forms that take two registers would save a step, but Bochs
// 3.1 emulates only these as they are specified.
//
// No kernel from float: the way there, through float16 rounded to odd, takes more instructions than
// VBMI's tables do. None to float16: those are two lookups for 64 elements.
#ifndef F8_KERNELS_UNTESTED_AVX10_2_HPP
#define F8_KERNELS_UNTESTED_AVX10_2_HPP

#include "../avx512vbmi/convert.hpp"

#include "../../core/config.hpp"
#include "../region.hpp"

#if F8_HAS_X86 && F8_HAS_UNTESTED

namespace f8 {
namespace {
namespace kernels {
namespace avx10_2 {

/// True if AVX10 is there, and its version is 2 or later.
inline bool ask_cpu() noexcept {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned has_avx10 = 1U << 19, version = 0xFF;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (d & has_avx10) != 0 &&
         __get_cpuid_count(0x24, 0, &a, &b, &c, &d) != 0 && (b & version) >= 2;
}

inline bool is_here() noexcept {
#if defined(F8_NO_DISPATCH) && F8_NO_DISPATCH && !defined(__AVX10_2__)
  return false;
#else
  static const bool here = ask_cpu();
  return here;
#endif
}

// All that is not said here is as with VBMI.
using namespace avx512vbmi;

/// True if there is a kernel for this pair.
template <class Source, class Target>
constexpr bool converts = std::is_same_v<Source, binary16>&& kernels_detail::is_ofp8<Target>;

/// True if any of 32 elements is infinite or NaN.
F8_AVX10_2_FN bool any_special(__m512i x, __m512i y) {
  const __m512i exponent = avx512::all32(0x00010001 * binary16::infinity);
  const __mmask32 in_x = _mm512_cmpeq_epi16_mask(_mm512_and_si512(x, exponent), exponent);
  const __mmask32 in_y = _mm512_cmpeq_epi16_mask(_mm512_and_si512(y, exponent), exponent);
  return (in_x | in_y) != 0;
}

/// Codes of 32 finite numbers.
template <class Target>
F8_AVX10_2_FN __m256i rounded(__m512i finite, bool saturates) {
  const __m512h x = _mm512_castsi512_ph(finite);
  if constexpr (Target::trailing_bits == 3) {
    return saturates ? _mm512_cvts_ph_hf8(x) : _mm512_cvtph_hf8(x);
  } else {
    return saturates ? _mm512_cvts_ph_bf8(x) : _mm512_cvtph_bf8(x);
  }
}

/// Blocks from element i on, up to one with an infinity or NaN. Returns the first element that is
/// not done.
template <bool Stream, class Target>
F8_AVX10_2_FN std::size_t convert_finite(const unsigned char* in, unsigned char* out, std::size_t i,
                                         std::size_t n, bool saturates) {
  for (; n - i >= 64; i += 64) {
    const __m512i first = _mm512_loadu_si512(in + 2 * i);
    const __m512i last = _mm512_loadu_si512(in + 2 * i + 64);
    if (any_special(first, last)) break;
    const __m512i codes = _mm512_castsi256_si512(rounded<Target>(first, saturates));
    avx512::store<Stream>(out + i, _mm512_inserti64x4(codes, rounded<Target>(last, saturates), 1));
  }
  return i;
}

/// The elements from number i on.
template <bool Stream, class Source, class Target>
F8_AVX10_2_FN void convert_blocks(const unsigned char* in, unsigned char* out, std::size_t i,
                                  std::size_t n, conversion how) {
  while (i < n) {
    i = convert_finite<Stream, Target>(in, out, i, n, how.over != overflow::nonfinite);
    const std::size_t some = n - i < 64 ? n - i : 64;
    if (some != 0) avx512vbmi::convert<Source, Target>(in + 2 * i, out + i, some, how);
    i += some;
  }
}

/// To nearest even.
template <class Source, class Target>
F8_AVX10_2_KERNEL_FN void convert_nearest(const void* from, void* to, std::size_t n,
                                          conversion how) {
  const auto* in = static_cast<const unsigned char*>(from);
  auto* out = static_cast<unsigned char*>(to);
  const std::size_t head = avx512::head_before_streaming<Target>(out, n);
  if (head == n) return convert_blocks<false, Source, Target>(in, out, 0, n, how);
  avx512vbmi::convert<Source, Target>(in, out, head, how);
  convert_blocks<true, Source, Target>(in, out, head, n, how);
  _mm_sfence();
}

template <class Source, class Target>
void convert(const void* from, void* to, std::size_t n, conversion how) {
  if constexpr (converts<Source, Target>) {
    if (how.round == rounding::nearest_even && is_here())
      return convert_nearest<Source, Target>(from, to, n, how);
  }
  avx512vbmi::convert<Source, Target>(from, to, n, how);
}

}  // namespace avx10_2
}  // namespace kernels
}  // namespace
}  // namespace f8

#endif

#include "../../core/undef.hpp"
#include "../region_end.hpp"

#endif
