// What <windows.h> and other headers of its age define, in lower case or as common words: each
// public header compiles behind it. Standard headers come first: libraries that are made for such
// macros guard themselves, the others fail.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_format)
#include <format>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// windef.h, minwindef.h, winnt.h
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define NEAR near
#define FAR far
#define pascal __stdcall
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define BOOL int
#define TRUE 1
#define FALSE 0
#define TEXT(quote) L##quote
#define DELETE 0x00010000L
#define STRICT 1
#define UNALIGNED
// rpcndr.h, objbase.h, basetyps.h
#define small char
#define hyper __int64
#define interface struct
#define THIS void
#define PURE = 0
// wingdi.h, winbase.h, winerror.h, winuser.h
#define ERROR 0
#define ABSOLUTE 1
#define RELATIVE 2
#define OPAQUE 2
#define TRANSPARENT 1
#define INFINITE 0xFFFFFFFF
#define IGNORE 0
#define NO_ERROR 0L
#define DIFFERENCE 11
#define GetObject GetObjectW
#define Yield()
// math.h of System V, with which Windows' is in step
#define DOMAIN 1
#define SING 2
#define OVERFLOW 3
#define UNDERFLOW 4
#define PLOSS 5
#define TLOSS 6
#define HUGE HUGE_VAL
// X.h, Xlib.h; sys/sysmacros.h; compilers' own, where they speak GNU's dialect
#define None 0L
#define Always 2
#define Status int
#define Bool int
#define True 1
#define False 0
#define Success 0
#define major(x) (x)
#define minor(x) (x)
#define unix 1
#define linux 1
