#!/bin/bash
# Software: Clang 22.1.8 (Debian 12, 1:22.1.8-1~deb12u1), x86-64.
# Expected: __builtin_elementwise_fma is the "fused multiply add" of its operands' type (Clang's
#   language extensions), and LLVM's llvm.fma rounds as libm's fma, once; so a call gives the same
#   bits whether the compiler folds it or the program computes it.
# Seen: with __bf16 the compiler folds with one rounding, the program computes fma in float and
#   rounds that again: 9 * 29 + 2^-20 is 262 folded and 260 computed (261 is a tie of bfloat16),
#   9 * 29 - 2^-20 is 260 both ways. So with -O2, with and without -mfma.
# Meaning: a fused bfloat16 operation is not fused; a test that compares against constants that the
#   compiler folded sees differences. (_Float16 goes through double, where that cannot happen.)
# Needs: gcc to link, apt-get with Debian 12's packages, dpkg-deb, about 100 MB of downloads.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
version=1:22.1.8-1~deb12u1
for package in clang-22 libclang-cpp22 libllvm22 libclang-common-22-dev libclang-rt-22-dev; do
  apt-get download -qq "$package=$version" 2>&1 |
    grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu:$work/root/usr/lib/llvm-22/lib"

cat >fma.c <<'C'
#include <stdio.h>

__attribute__((noinline)) __bf16 computed(__bf16 a, __bf16 b, __bf16 c) {
  return __builtin_elementwise_fma(a, b, c);
}

int main(void) {
  const float tiny = 1.0f / (1 << 20);
  printf("9 * 29 + 2^-20: folded %g, computed %g, right 262\n",
         (float)__builtin_elementwise_fma((__bf16)9, (__bf16)29, (__bf16)tiny),
         (float)computed(9, 29, (__bf16)tiny));
  printf("9 * 29 - 2^-20: folded %g, computed %g, right 260\n",
         (float)__builtin_elementwise_fma((__bf16)9, (__bf16)29, (__bf16)-tiny),
         (float)computed(9, 29, (__bf16)-tiny));
  return 0;
}
C
root/usr/lib/llvm-22/bin/clang -O2 -c fma.c -o fma.o
builtins=$(find root -name 'libclang_rt.builtins*x86_64*.a' -o -name libclang_rt.builtins.a | head -n 1)
gcc fma.o -o fma "$builtins" -lm
./fma | tee seen.txt
cat >expected.txt <<'END'
9 * 29 + 2^-20: folded 262, computed 260, right 262
9 * 29 - 2^-20: folded 260, computed 260, right 260
END
cmp -s seen.txt expected.txt || { echo "Clang no longer computes so"; exit 1; }
