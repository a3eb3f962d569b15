#!/bin/sh
# Software: NumPy 1.24.2 (Debian 12 python3-numpy 1:1.24.2-1+deb12u1), float16. Needs Debian's python3.
# Expected: np.spacing(x) has one meaning for all types; in float32 and float64 it is
#   nextafter(x, copysign(inf, x)) - x: its sign is x's, its size that of the step away from zero.
#   (numpy.spacing: "Return the distance between x and the nearest adjacent number".)
# Seen: float16 steps towards +Inf instead: the sign is dropped, at negative powers of two (-2^15 to -2^-13) it
#   is half of the step away from zero (-1: 2^-11 where that step is 2^-10).
#   At -65504 it is 32, at 65504 Inf.
# Meaning: an ulp-based tolerance written for float32 (assert on x +- spacing(x)) is twice too tight at
#   -1, -2, -4, ... in float16, and `x + spacing(x)` goes towards zero for negative halves.
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
import numpy as np

np.seterr(all="ignore")
for value in (1, -1, -2, -0.5, -3):
    half, single = np.spacing(np.float16(value)), np.spacing(np.float32(value))
    print(f"spacing({value}): float16 {float(half)}, float32 {float(single)}")
print("float16 spacing(65504), spacing(-65504):", np.spacing(np.float16(65504)), np.spacing(np.float16(-65504)))
negative = np.arange(0x8001, 0xfbff, dtype=np.uint16).view(np.float16)
away = np.nextafter(negative, np.float16(-np.inf)) - negative        # Exact: neighbours differ by one step.
single = np.arange(0xbf800000, 0xbf900000, dtype=np.uint32).view(np.float32)
single_away = np.nextafter(single, np.float32(-np.inf)) - single
print("negative halves:", len(negative), "with the sign of x:", int(np.sum(np.spacing(negative) == away)))
print("negative halves that get half of that step:", int(np.sum(np.spacing(negative) == -away / 2)))
print("negative floats (2^20 of them) whose spacing is that step:", int(np.sum(np.spacing(single) == single_away)))
ok = not np.any(np.spacing(negative) == away) and np.all(np.spacing(single) == single_away)
ok = ok and np.spacing(np.float16(-1)) == np.float16(2.0**-11)
if not ok:
    sys.exit("changed: NumPy no longer behaves as this script states")
END
