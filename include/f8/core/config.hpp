// Attributes of functions, F8_..._FN, and feature tests, F8_HAS_..., which are 0 or 1 and are asked
// by #if. With undef.hpp, these are the only compiler #ifs outside kernels/.
//
// There is no include guard on purpose. A header includes this file last of its includes and
// undef.hpp at its end, so that no macro of ours survives it but for the headers' guards, by which
// all copies of one version count as one, and the version, which tells apart those of two. (Macros
// that a *user* may set are never defined here.)

#if !defined(F8_VERSION)
#define F8_VERSION 100  // 0.1.0: two digits each for major, minor and patch
#elif F8_VERSION != 100
#error "two versions of f8 in one translation unit"
#endif

// F8_FN is the attribute of the functions that are not in an unnamed namespace: they are forced
// inline, also at -O0 and under -fno-inline. Two translation units built with different -m flags
// then share no function body that one of their CPUs could not run. The scalar core also has to be
// inlined for a plain loop of casts to vectorize.
//
// Whatever is not forced inline is in an unnamed namespace: each translation unit keeps its own,
// made for the CPU that it was compiled for, and no linker can merge it into a program that runs
// elsewhere.
#if defined(__GNUC__)
#define F8_HOST_FN __attribute__((always_inline))
#elif defined(_MSC_VER)
#define F8_HOST_FN __forceinline
#else
#define F8_HOST_FN
#endif

// In CUDA these functions are compiled for the device, too.
#if defined(__CUDACC__)
#define F8_FN __host__ __device__ F8_HOST_FN
#else
#define F8_FN F8_HOST_FN
#endif

// _Float16, which is also std::float16_t where there is one. The macro alone does not tell: GCC
// before 13 has the type in C++ for x86 only, Clang before 15 on few targets.
#if defined(__FLT16_MANT_DIG__) && !defined(__CUDACC__) && \
    (!defined(__x86_64__) || defined(__SSE2__)) &&         \
    (defined(__clang__) ? __clang_major__ >= 15 : defined(__x86_64__) || __GNUC__ >= 13)
#define F8_HAS_FLOAT16 1
#else
#define F8_HAS_FLOAT16 0
#endif

// std::bfloat16_t (C++23), named through its literal to spare the include of <stdfloat>.
#if defined(__STDCPP_BFLOAT16_T__)
#define F8_HAS_BFLOAT16 1
#else
#define F8_HAS_BFLOAT16 0
#endif

#if defined(__cpp_char8_t)
#define F8_HAS_CHAR8 1
#else
#define F8_HAS_CHAR8 0
#endif

#if defined(__SIZEOF_INT128__)
#define F8_HAS_INT128 1
#else
#define F8_HAS_INT128 0
#endif

// An instruction for std::fma, which then needs no library. (Unoptimized, GCC calls it even so.)
#if defined(__FP_FAST_FMAF) && defined(__OPTIMIZE__) && __FLT_EVAL_METHOD__ == 0
#define F8_HAS_FMA 1
#else
#define F8_HAS_FMA 0
#endif

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define F8_HAS_EXCEPTIONS 1
#else
#define F8_HAS_EXCEPTIONS 0
#endif

// These two stand around what the standard deprecates and the library still has to use.
#if defined(__GNUC__)
#define F8_DEPRECATED_BEGIN \
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wdeprecated-declarations\"")
#define F8_DEPRECATED_END _Pragma("GCC diagnostic pop")
#else
#define F8_DEPRECATED_BEGIN
#define F8_DEPRECATED_END
#endif

// <version> tells whether there is <format>.
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_format)
#define F8_HAS_FORMAT 1
#else
#define F8_HAS_FORMAT 0
#endif
