#!/bin/bash
# Software: GDB 13.1 (Debian 12, gdb-minimal 13.1-3), x86-64.
# Expected: a debugger gives back the number that it was given: "set var h = 6e-5" stores the nearest
#   half, k + k is twice k, and -k is k with the other sign. The manual (Expressions) promises the
#   operators of the program's language; for float and double all of this holds.
# Seen: whatever has to be a subnormal half or bfloat16 is stored wrongly. The code that is stored
#   is 2c - 1024 for the right code c (bfloat16: 2c - 128), and 0, without a sign, where that is
#   negative. So k + k and -k of the least half print 0. Reading such numbers is right.
# Meaning: in a session on small floats, expressions and assignments below 2^-14 (bfloat16: 2^-126)
#   lie; look at the bits and set the bits.
# Needs: an x86-64 gcc 12 or newer, a right to ptrace, apt-get with Debian 12's packages, dpkg-deb,
#   python3, libcurl3-gnutls.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in gdb-minimal=13.1-3 libdebuginfod1=0.188-2.1 libipt2=2.0.5-1 libxxhash0=0.8.1-1 \
  libreadline8=8.2-1.3; do
  apt-get download -qq "$package" 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done

cat >program.c <<'C'
#include <stdio.h>
_Float16 h, least;
unsigned char least_code[2] = {1, 0};
int main(void) {
  __builtin_memcpy(&least, least_code, 2);
  puts("");
  return h > 1;
}
C
gcc -g program.c -o program

python3 - >commands <<'PY'
print("break puts\nrun")
print("print least\nprint least + least\nprint -least")
for code in (1, 512, 600, 1022, 1023, 1024):
    print(f"set var h = {code * 2.0**-24!r}")
    print(f"printf \"half, code {code}: stored as %d\\n\", *(unsigned short *)&h")
for code in (1, 64, 100, 127, 128):
    print(f"set var $xmm0.v8_bfloat16[0] = {code * 2.0**-133!r}")
    print(f"printf \"bfloat16, code {code}: stored as %d\\n\", $xmm0.v8_int16[0]")
print("kill")
PY
LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu:$work/root/lib/x86_64-linux-gnu" \
  DEBUGINFOD_URLS='' root/usr/bin/gdb -q -nx -batch -x commands ./program >all.txt 2>/dev/null
grep -E '^\$|stored as' all.txt | tee seen.txt
cat >expected.txt <<'END'
$1 = 5.9605e-08
$2 = 0
$3 = 0
half, code 1: stored as 0
half, code 512: stored as 0
half, code 600: stored as 176
half, code 1022: stored as 1020
half, code 1023: stored as 1022
half, code 1024: stored as 1024
bfloat16, code 1: stored as 0
bfloat16, code 64: stored as 0
bfloat16, code 100: stored as 72
bfloat16, code 127: stored as 126
bfloat16, code 128: stored as 128
END
cmp -s seen.txt expected.txt || { echo "GDB no longer stores so"; exit 1; }
