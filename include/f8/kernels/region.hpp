// Which kernels this translation unit compiles, and the attribute that lets a function use an
// instruction set that the command line did not allow. Attributes, not pragma regions: nothing but
// the function that bears one is compiled for another CPU, so no template of the standard library
// can be. No include guard: undone by region_end.hpp.
//
// GCC for Windows has none: it keeps vectors of 32 and 64 bytes on a stack that it aligns to 16,
// and reads and writes them as if it had aligned them (its bug 54412), unless whoever packaged it
// made it do without. __SEH__ is what keeps it from aligning.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__CUDA_ARCH__) && \
    (!defined(__SEH__) || defined(__clang__))
#define F8_X86 1
#define F8_NEON 0
#define F8_TARGET_AVX2 __attribute__((target("avx2,fma,f16c")))
#define F8_AVX2 F8_TARGET_AVX2 __attribute__((always_inline)) inline
#define F8_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_TARGET_AVX512VBMI \
  __attribute__((target("avx512vbmi,gfni,avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_AVX512 F8_TARGET_AVX512 __attribute__((always_inline)) inline
#define F8_AVX512VBMI F8_TARGET_AVX512VBMI __attribute__((always_inline)) inline
#define F8_TARGET_AVX10_2 \
  __attribute__((         \
      target("avx10.2,avx512vbmi,gfni,avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_AVX10_2 F8_TARGET_AVX10_2 __attribute__((always_inline)) inline
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__) && \
    !defined(__CUDA_ARCH__) && !defined(__AARCH64EB__)
#define F8_X86 0
#define F8_NEON 1
#define F8_NEON_FN __attribute__((always_inline)) inline
#define F8_TARGET_NEON_FP8 __attribute__((target("+fp8")))
#define F8_NEON_FP8 F8_TARGET_NEON_FP8 __attribute__((always_inline)) inline
#else
#define F8_X86 0
#define F8_NEON 0
#endif

// WebAssembly has no way to ask for instructions at run time.
#if defined(__wasm_simd128__)
#define F8_SIMD128 1
#define F8_SIMD128_FN __attribute__((always_inline)) inline
#else
#define F8_SIMD128 0
#endif

// Kernels that no CPU has run yet: only for those who ask for them.
#if defined(F8_UNTESTED_ISA) && F8_UNTESTED_ISA
#define F8_UNTESTED 1
#else
#define F8_UNTESTED 0
#endif

// GCC 12's own intrinsics read vectors that they then ignore.
#if F8_X86 && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
// nvcc knows no pragma of GCC's, which compiles the kernels behind it.
#if defined(__NVCC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress unrecognized_gcc_pragma
#endif
