// Takes away what region.hpp defined. No include guard on purpose.

#if defined(__NVCC__)
#pragma nv_diagnostic pop
#endif
#if F8_X86 && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#undef F8_X86
#undef F8_NEON
#undef F8_SIMD128
#undef F8_SIMD128_FN
#undef F8_TARGET_AVX2
#undef F8_AVX2
#undef F8_NEON_FN
#undef F8_TARGET_AVX512
#undef F8_TARGET_AVX512VBMI
#undef F8_AVX512
#undef F8_AVX512VBMI
#undef F8_TARGET_AVX10_2
#undef F8_AVX10_2
#undef F8_TARGET_NEON_FP8
#undef F8_NEON_FP8
#undef F8_UNTESTED
