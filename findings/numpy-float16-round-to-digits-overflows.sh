#!/bin/sh
# Software: NumPy 1.24.2 (Debian 12 python3-numpy 1:1.24.2-1+deb12u1), float16. Needs Debian's python3.
# Expected: np.round(x, d) of a finite binary16 number is the nearest one to the decimal rounding of x;
#   rounding to d >= 3 digits moves x by at most half of 10^-d, so it never leaves the range. For
#   float32 and float64 so it is at these arguments (the same script shows float32).
# Seen: the product x * 10^d is a float16 too: with 3 digits everything from 65.5 on becomes infinite
#   (123.4, 65504), with 5 digits everything from 0.656 on (1.5): 17090 of the 31744 halves >= 0.
# Meaning: a "round for printing" step turns a healthy half tensor into Inf. Round in float32.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in python3-numpy=1:1.24.2-1+deb12u1 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1 libquadmath0=12.2.0-14+deb12u1; do
  apt-get download -qq "$package" 2>/dev/null
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
lib=$work/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH="$lib:$lib/blas:$lib/lapack" PYTHONPATH="$work/root/usr/lib/python3/dist-packages"
/usr/bin/python3 - <<'END'
import sys
from fractions import Fraction
import numpy as np

np.seterr(all="ignore")
finite = np.arange(0x7c00, dtype=np.uint16).view(np.float16)
rows = [(123.4, 3), (65504, 3), (1.5, 5), (1.2345, 4)]
for value, digits in rows:
    half = np.float16(value)
    single = np.round(np.float32(half), digits)
    print(f"round({half}, {digits}): float16 {np.round(half, digits)}, float32 {single}")
lost = {digits: int(np.sum(~np.isfinite(np.round(finite, digits)))) for digits in (1, 2, 3, 4, 5)}
print("of the 31744 finite halves >= 0 these become Inf, by digits:", lost)
ok = lost[5] == 17090 and np.isinf(np.round(np.float16(1.5), 5)) and np.isinf(np.round(np.float16(123.4), 3))
# Exact arithmetic: a decimal rounding of a finite half stays below 65520, where overflow begins.
ok = ok and all(abs(round(Fraction(float(x)), 3)) < 65520 for x in finite[::97])
if not ok:
    sys.exit("changed: NumPy no longer behaves as this script states")
END
