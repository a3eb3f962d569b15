// Takes away what region.hpp defined. No include guard on purpose.

#if defined(__NVCC__)
#pragma nv_diagnostic pop
#endif
#if F8_HAS_X86 && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#undef F8_HAS_X86
#undef F8_HAS_NEON
#undef F8_HAS_SIMD128
#undef F8_HAS_UNTESTED
#undef F8_AVX2_KERNEL_FN
#undef F8_AVX2_FN
#undef F8_AVX512_KERNEL_FN
#undef F8_AVX512_FN
#undef F8_AVX512VBMI_KERNEL_FN
#undef F8_AVX512VBMI_FN
#undef F8_AVX10_2_KERNEL_FN
#undef F8_AVX10_2_FN
#undef F8_NEON_KERNEL_FN
#undef F8_NEON_FN
#undef F8_NEON_FP8_KERNEL_FN
#undef F8_NEON_FP8_FN
#undef F8_SIMD128_KERNEL_FN
#undef F8_SIMD128_FN
#undef F8_AVX512VBMI_OR_LATER
#undef F8_NEON_OR_LATER
#undef F8_ISAS_OF_X86
#undef F8_ISAS_OF_ARM
#undef F8_ISAS_OF_WASM
#undef F8_EACH_ISA
#undef F8_EACH_ISA_HERE
#undef F8_CASE_OF_ISA
#undef F8_RETURN_OF_ISA
