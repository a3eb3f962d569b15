// Which kernels this translation unit compiles, and the attributes that let a function use an
// instruction set that the command line did not allow. Attributes, not pragma regions: nothing but
// the function that bears one is compiled for another CPU, so no template of the standard library
// can be. No include guard: undone by region_end.hpp.
//
//     F8_HAS_...          a test, 0 or 1: whether kernels of this kind are compiled
//     F8_..._KERNEL_FN    the attribute of a kernel, which is called by its address
//     F8_..._FN           the attribute of a part of one, which is always inlined
//
// GCC for Windows compiles no kernels for x86: it keeps vectors of 32 and 64 bytes on a stack that
// it aligns to 16, and reads and writes them as if they were aligned to their own size (its bug
// 54412), unless whoever packaged it changed that. The bug comes with exception handling by tables,
// which __SEH__ tells.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__CUDA_ARCH__) && \
    (!defined(__SEH__) || defined(__clang__))
#define F8_HAS_X86 1
#define F8_HAS_NEON 0
#define F8_AVX2_KERNEL_FN __attribute__((target("avx2,fma,f16c")))
#define F8_AVX2_FN F8_AVX2_KERNEL_FN __attribute__((always_inline)) inline
#define F8_AVX512_KERNEL_FN \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_AVX512_FN F8_AVX512_KERNEL_FN __attribute__((always_inline)) inline
#define F8_AVX512VBMI_KERNEL_FN \
  __attribute__((target("avx512vbmi,gfni,avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_AVX512VBMI_FN F8_AVX512VBMI_KERNEL_FN __attribute__((always_inline)) inline
#define F8_AVX10_2_KERNEL_FN \
  __attribute__((            \
      target("avx10.2,avx512vbmi,gfni,avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c")))
#define F8_AVX10_2_FN F8_AVX10_2_KERNEL_FN __attribute__((always_inline)) inline
#elif defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__) && \
    !defined(__CUDA_ARCH__) && !defined(__AARCH64EB__)
#define F8_HAS_X86 0
#define F8_HAS_NEON 1
#define F8_NEON_KERNEL_FN
#define F8_NEON_FN __attribute__((always_inline)) inline
#define F8_NEON_FP8_KERNEL_FN __attribute__((target("+fp8")))
#define F8_NEON_FP8_FN F8_NEON_FP8_KERNEL_FN __attribute__((always_inline)) inline
#else
#define F8_HAS_X86 0
#define F8_HAS_NEON 0
#endif

// WebAssembly has no way to ask for instructions at run time.
#if defined(__wasm_simd128__)
#define F8_HAS_SIMD128 1
#define F8_SIMD128_KERNEL_FN
#define F8_SIMD128_FN __attribute__((always_inline)) inline
#else
#define F8_HAS_SIMD128 0
#endif

// Kernels that no CPU has run yet are compiled only for those who ask for them.
#if defined(F8_UNTESTED_ISA) && F8_UNTESTED_ISA
#define F8_HAS_UNTESTED 1
#else
#define F8_HAS_UNTESTED 0
#endif

#include "isas.hpp"

// GCC 12 warns of its own intrinsics, which read vectors that are not initialized and ignore them.
#if F8_HAS_X86 && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
// nvcc knows no pragma of GCC's, which compiles the host's code after it, and warns of them.
#if defined(__NVCC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress unrecognized_gcc_pragma
#endif
