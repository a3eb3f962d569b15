// The instruction sets that kernels are written for, and what the CPU at hand has of them.
#ifndef F8_KERNELS_CPU_HPP
#define F8_KERNELS_CPU_HPP

#include <cstddef>
#include <cstdint>

#include "../core/config.hpp"
#include "region.hpp"

#if F8_HAS_X86
#include <cpuid.h>
#endif

namespace f8 {

// What a row of the list of instruction sets (isas.hpp) is in the enumeration and in an array.
#define F8_NAME(name, folder, type) name,
#define F8_VALUE(name, folder, type) type::name,

/// Instruction sets with kernels of their own, from the slowest to the fastest of each CPU:
/// `scalar`, `avx2`, `avx512`, `avx512vbmi`, `neon` and `simd128`. `avx2` includes FMA and F16C;
/// `avx512` is F, BW, VL and DQ; `simd128` is WebAssembly's, if the compiler was allowed to use it.
///
/// With F8_UNTESTED_ISA set to 1, `avx512vbmi` also converts to e4m3 and e5m2 by AVX10.2's
/// instructions and `neon` by those of Arm's FEAT_FP8, where the CPU has them. No such CPU could be
/// had: these kernels give the right bits on emulators (Bochs 3.1, QEMU 11.1), and are UNTESTED ON
/// HARDWARE. The compiler has to have the intrinsics by the names that Clang 22 knows.
enum class isa : std::uint8_t { F8_EACH_ISA(F8_NAME, isa) };

namespace kernels_detail {
inline constexpr isa every_isa[] = {F8_EACH_ISA(F8_VALUE, isa)};
}  // namespace kernels_detail

/// How many there are.
inline constexpr std::size_t isa_count = sizeof kernels_detail::every_isa / sizeof(isa);

#undef F8_NAME
#undef F8_VALUE

/// The name as compilers spell it, for logs and reports.
F8_FN constexpr const char* to_string(isa x) noexcept {
#define F8_CASE(name, folder, type) \
  case type::name:                  \
    return #name;
  switch (x) { F8_EACH_ISA(F8_CASE, isa) }
#undef F8_CASE
  return "unknown";
}

/// Some instruction sets, from the slowest to the fastest: a range of isa.
class isa_list {
 public:
  /// No instruction set.
  F8_FN constexpr isa_list() noexcept : items_{}, size_(0) {}
  /// The slowest.
  F8_FN constexpr const isa* begin() const noexcept { return items_; }
  /// The place behind the fastest.
  F8_FN constexpr const isa* end() const noexcept { return items_ + size_; }
  /// How many there are.
  F8_FN constexpr std::size_t size() const noexcept { return size_; }
  /// The last, of a list that is not empty.
  F8_FN constexpr isa fastest() const noexcept { return items_[size_ - 1]; }
  /// True if x is one of them.
  F8_FN constexpr bool contains(isa x) const noexcept {
    for (const isa item : *this) {
      if (item == x) return true;
    }
    return false;
  }
  /// Adds x, which must be faster than those before, if it is supported.
  F8_FN constexpr void add(isa x, bool supported) noexcept {
    if (supported) items_[size_++] = x;
  }

 private:
  isa items_[isa_count];
  std::size_t size_;
};

namespace {
namespace kernels {

#if F8_HAS_X86
/// The size in bytes of the largest data cache, from the CPU's own description of its caches.
inline std::size_t ask_cache_size(unsigned leaf) noexcept {
  std::size_t largest = 0;
  unsigned a = 0, b = 0, c = 0, d = 0;
  for (unsigned i = 0; __get_cpuid_count(leaf, i, &a, &b, &c, &d) != 0 && (a & 0x1F) != 0; ++i) {
    const std::size_t ways = (b >> 22) + 1, partitions = ((b >> 12) & 0x3FF) + 1,
                      line = (b & 0xFFF) + 1;
    const std::size_t size = ways * partitions * line * (std::size_t{c} + 1);
    largest = (a & 0x1F) != 2 && size > largest ? size : largest;  // type 2 is an instruction cache
  }
  return largest;
}

/// True if the CPU has F16C, which __builtin_cpu_supports knows in newer compilers only. (AVX2,
/// which is asked for too, tells that the system saves the registers.)
inline bool has_f16c() noexcept {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

inline std::size_t ask_last_level_cache() noexcept {
  constexpr unsigned intel = 4, amd = 0x8000001D;  // leaves of the same form
  const std::size_t size = ask_cache_size(intel);
  return size != 0 ? size : ask_cache_size(amd);
}
#endif

/// Bytes of the last-level cache; 32 MiB where the CPU does not say.
inline std::size_t last_level_cache() noexcept {
  constexpr std::size_t usual = std::size_t{32} << 20;
#if F8_HAS_X86
  static const std::size_t size = ask_last_level_cache();
  return size != 0 ? size : usual;
#else
  return usual;
#endif
}

/// Whether an instruction set can be used: a function for each, by its name in isa.
namespace can_use {

inline bool scalar() noexcept {
  return true;
}

#if F8_HAS_X86 && defined(F8_NO_DISPATCH) && F8_NO_DISPATCH
inline bool avx2() noexcept {
#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
  return true;
#else
  return false;
#endif
}
inline bool avx512() noexcept {
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
  return true;
#else
  return false;
#endif
}
inline bool avx512vbmi() noexcept {
#if defined(__AVX512VBMI__) && defined(__GFNI__)
  return avx512();
#else
  return false;
#endif
}
#elif F8_HAS_X86
inline bool avx2() noexcept {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && has_f16c();
}
inline bool avx512() noexcept {
  return avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
}
inline bool avx512vbmi() noexcept {
  return avx512() && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("gfni");
}
#elif F8_HAS_NEON
inline bool neon() noexcept {
  return true;
}
#elif F8_HAS_SIMD128
inline bool simd128() noexcept {
  return true;
}
#endif

}  // namespace can_use

inline isa_list detect() noexcept {
  isa_list list;
#define F8_ADD(name, folder, type) list.add(type::name, can_use::name());
  F8_EACH_ISA_HERE(F8_ADD, isa)
#undef F8_ADD
  return list;
}

}  // namespace kernels

/// The kernels that can run here, from the slowest to the fastest: at least isa::scalar. Asked from
/// the CPU once. With F8_NO_DISPATCH set to 1, those that the compiler was allowed to use
/// everywhere.
inline const isa_list& supported_isas() noexcept {
  static const isa_list list = kernels::detect();
  return list;
}

/// What convert() uses here.
inline isa active_isa() noexcept {
  return supported_isas().fastest();
}

}  // namespace
}  // namespace f8

#include "../core/undef.hpp"
#include "region_end.hpp"

#endif
