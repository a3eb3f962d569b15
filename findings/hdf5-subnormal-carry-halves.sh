#!/bin/sh
# Software: HDF5 1.10.8 (Debian 12 libhdf5-dev 1.10.8+repack1-1), H5Tconvert from H5T_NATIVE_FLOAT to smaller types of
#   floating point: half, bfloat16, and 8 bits as 1-4-3 and 1-5-2 (H5Tset_fields, H5Tset_ebias, infinity and NaN at
#   the top). It is what a write does where the dataset's type is not that of the memory.
# Expected: the nearest value. 3.9 units of the least subnormal number are 4.
# Seen: what rounds up to a power of two below the least normal number becomes half of that power, for each of them, in
#   every type: 3.9 units become 2, 7.9 become 4. (The carry out of the significand is lost.) 4.1 units are 4,
#   and what was tried of all other numbers there is the nearest; ties go away from zero.
# Meaning: 8-bit and half datasets written so have small values that are off by a factor of two. Round before writing,
#   to the type of the dataset.
# Needs: gcc, apt-get with Debian 12's packages, dpkg-deb.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq libhdf5-dev=1.10.8+repack1-1 2>/dev/null
dpkg-deb -x ./*.deb root
cat >run.c <<'END'
#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct shape { const char *name; int exponent, fraction, bias; };

static hid_t type_of(struct shape s) {
  hid_t t = H5Tcopy(H5T_IEEE_F32LE);
  int width = 1 + s.exponent + s.fraction;
  H5Tset_fields(t, width - 1, s.fraction, s.exponent, 0, s.fraction);
  H5Tset_ebias(t, s.bias);
  H5Tset_precision(t, width);
  H5Tset_size(t, width / 8);
  return t;
}

/* What x, a multiple of the least subnormal number, is stored as: another multiple. */
static double stored(hid_t t, struct shape s, double units) {
  double unit = ldexp(1, 1 - s.bias - s.fraction);
  float x = (float)(units * unit);
  unsigned char bytes[4];
  memcpy(bytes, &x, 4);
  H5Tconvert(H5T_NATIVE_FLOAT, t, 1, bytes, NULL, H5P_DEFAULT);
  H5Tconvert(t, H5T_NATIVE_FLOAT, 1, bytes, NULL, H5P_DEFAULT);
  memcpy(&x, bytes, 4);
  return x / unit;
}

int main(void) {
  struct shape shapes[] = {{"1-4-3", 4, 3, 7}, {"1-5-2", 5, 2, 15}, {"half", 5, 10, 15}, {"bfloat16", 8, 7, 127}};
  int as_stated = 1;
  for (int i = 0; i < 4; ++i) {
    struct shape s = shapes[i];
    hid_t t = type_of(s);
    int halved = 0, others = 0;
    for (int n = 1; n < 4 << s.fraction; ++n) { /* one tenth below each multiple, and above it */
      int step = n > 2 << s.fraction ? 2 : 1;   /* the distance of the numbers there */
      if (n % step != 0) continue;
      int is_power = (n & (n - 1)) == 0;
      double below = stored(t, s, n - 0.1 * step), above = stored(t, s, n + 0.1 * step);
      if (is_power && 1 < n && n <= 1 << s.fraction && below == n / 2.0) ++halved;
      else if (below != n) ++others;
      if (above != n) ++others;
    }
    printf("%-8s 3.9 units are stored as %g, 4.1 as %g; 2.5 as %g; halved below %d powers of two, %d others wrong\n",
           s.name, stored(t, s, 3.9), stored(t, s, 4.1), stored(t, s, 2.5), halved, others);
    as_stated &= halved == s.fraction && others == 0 && stored(t, s, 2.5) == 3;
  }
  if (!as_stated) puts("changed: HDF5 no longer behaves as this script states");
  return !as_stated;
}
END
# The parts that read from the network, which nothing here calls, are left without their libraries.
gcc -w -static -Iroot/usr/include/hdf5/serial run.c root/usr/lib/x86_64-linux-gnu/libhdf5_serial.a \
  -Wl,--unresolved-symbols=ignore-all -lm -o run 2>link.log || { cat link.log >&2; exit 1; }
./run
