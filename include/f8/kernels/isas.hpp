// The list of instruction sets, the scalar core among them, from the slowest to the fastest. It
// makes the enumeration isa, its names, its count and every choice of a kernel. A row has the name
// in isa and the namespace of the kernels, which is another one where F8_UNTESTED_ISA asks for
// kernels that no CPU has run. A new instruction set is a folder, a row here, and in cpu.hpp a
// function that says whether a CPU has it. No include guard: undone by region_end.hpp.
//
//     F8_EACH_ISA(ROW, ...)         ROW(name, namespace, ...) for each of them
//     F8_EACH_ISA_HERE(ROW, ...)    the same for those that are compiled here
//     F8_RETURN_OF_ISA(x, ...)      returns the name ... of x's namespace

#if F8_HAS_UNTESTED
#define F8_AVX512VBMI_OR_LATER avx10_2
#define F8_NEON_OR_LATER neon_fp8
#else
#define F8_AVX512VBMI_OR_LATER avx512vbmi
#define F8_NEON_OR_LATER neon
#endif
#define F8_ISAS_OF_X86(ROW, ...)   \
  ROW(avx2, avx2, __VA_ARGS__)     \
  ROW(avx512, avx512, __VA_ARGS__) \
  ROW(avx512vbmi, F8_AVX512VBMI_OR_LATER, __VA_ARGS__)
#define F8_ISAS_OF_ARM(ROW, ...) ROW(neon, F8_NEON_OR_LATER, __VA_ARGS__)
#define F8_ISAS_OF_WASM(ROW, ...) ROW(simd128, simd128, __VA_ARGS__)

#define F8_EACH_ISA(ROW, ...)      \
  ROW(scalar, scalar, __VA_ARGS__) \
  F8_ISAS_OF_X86(ROW, __VA_ARGS__) \
  F8_ISAS_OF_ARM(ROW, __VA_ARGS__) \
  F8_ISAS_OF_WASM(ROW, __VA_ARGS__)

#if F8_HAS_X86
#define F8_EACH_ISA_HERE(ROW, ...) ROW(scalar, scalar, __VA_ARGS__) F8_ISAS_OF_X86(ROW, __VA_ARGS__)
#elif F8_HAS_NEON
#define F8_EACH_ISA_HERE(ROW, ...) ROW(scalar, scalar, __VA_ARGS__) F8_ISAS_OF_ARM(ROW, __VA_ARGS__)
#elif F8_HAS_SIMD128
#define F8_EACH_ISA_HERE(ROW, ...) \
  ROW(scalar, scalar, __VA_ARGS__) F8_ISAS_OF_WASM(ROW, __VA_ARGS__)
#else
#define F8_EACH_ISA_HERE(ROW, ...) ROW(scalar, scalar, __VA_ARGS__)
#endif

#define F8_CASE_OF_ISA(name, folder, ...) \
  case isa::name:                         \
    return folder::__VA_ARGS__;
#define F8_RETURN_OF_ISA(x, ...)                  \
  switch (x) {                                    \
    F8_EACH_ISA_HERE(F8_CASE_OF_ISA, __VA_ARGS__) \
    default:                                      \
      return scalar::__VA_ARGS__;                 \
  }
