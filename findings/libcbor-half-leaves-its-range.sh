#!/bin/sh
# Software: libcbor 0.8.0 (Debian 12 libcbor-dev 0.8.0-2+b1), cbor_encode_half.
# Expected: the header says what becomes of a float that is no half: subnormal ones lose their significand, "in all
#   other cases, the sign bit, the exponent, and 10 most significant bits of the significand are kept".
# Seen: from 2^16 on the exponent runs over into the sign and around: 70000 is NaN, 131072 is -0, 1e6 is -0.000232,
#   1e10 is -2.33, 1e38 is 0.294, all without an error. A subnormal float, 1e-40, is 4.77e-07, where 1e-9 is 0. Of the
#   2046 subnormal halves that it reads, 2026 are written as another: 3 * 2^-24 as 2 * 2^-24. Other halves are kept.
# Meaning: a tensor written as halves comes back as plausible wrong numbers. Convert to half yourself, and
#   give this function nothing but normal halves, zeros, infinities and NaN.
# Needs: gcc, apt-get with Debian 12's packages, dpkg-deb.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq libcbor-dev=0.8.0-2+b1 libcbor0.8=0.8.0-2+b1 2>/dev/null
for file in ./*.deb; do dpkg-deb -x "$file" root; done
cat >run.c <<'END'
#include <cbor.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static float read_half(const unsigned char bytes[3]) {
  struct cbor_load_result result;
  cbor_item_t *item = cbor_load(bytes, 3, &result);
  float x = cbor_float_get_float(item);
  cbor_decref(&item);
  return x;
}

static float through_half(float x) {
  unsigned char bytes[3];
  cbor_encode_half(x, bytes, sizeof bytes);
  return read_half(bytes);
}

int main(void) {
  const float tried[] = {65504, 65536, 70000, 131072, 1e6F, 1e10F, 1e38F, 1e-40F, 1e-9F};
  for (unsigned i = 0; i < sizeof tried / sizeof *tried; ++i) printf("%g is %g\n", tried[i], through_half(tried[i]));
  int subnormal = 0, other = 0; /* halves that do not come back */
  for (uint32_t code = 0; code < 0x10000; ++code) {
    const unsigned char bytes[3] = {0xF9, (unsigned char)(code >> 8), (unsigned char)code};
    const float x = read_half(bytes), y = through_half(x);
    if (isnan(x) ? isnan(y) : x == y) continue;
    ++*(fabsf(x) < 0x1p-14F ? &subnormal : &other);
  }
  printf("halves that do not come back: %d subnormal, %d other\n", subnormal, other);
  const int as_stated = isnan(through_half(70000)) && through_half(131072) == 0 && signbit(through_half(131072)) &&
                        through_half(1e6F) < 0 && through_half(1e10F) < -2 && through_half(1e38F) > 0 &&
                        through_half(1e38F) < 1 && through_half(1e-40F) > through_half(1e-9F) && subnormal == 2026 &&
                        other == 0 && through_half(3 * 0x1p-24F) == 2 * 0x1p-24F;
  if (!as_stated) puts("changed: libcbor no longer behaves as this script states");
  return !as_stated;
}
END
lib=root/usr/lib/x86_64-linux-gnu
gcc -Iroot/usr/include run.c "$lib/libcbor.so.0.8" -lm -o run
LD_LIBRARY_PATH=$lib ./run
