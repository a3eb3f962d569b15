#!/bin/sh
# Software: NumPy 1.24.2 (Debian 12 python3-numpy 1:1.24.2-1+deb12u1), float16. Needs Debian's python3.
# Expected: the 50th percentile of two numbers lies between them and is their median, 0 for -60000 and
#   60000. numpy.percentile's own text: "This function is the same as the median if ``q=50``".
# Seen: np.median gives 0, np.percentile(x, 50) and np.quantile(x, 0.5) give -Inf (j - i overflows in
#   float16), below the least of the numbers. In float32 both give 0.
# Meaning: a clipping threshold for a quantizer taken from a percentile of a half tensor whose values
#   span more than 65504 is infinite, with at most a warning. Take percentiles in float32.
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
half = np.array([-60000, 60000], np.float16)
single = half.astype(np.float32)
for name, x in (("float16", half), ("float32", single)):
    print(name, "median", np.median(x), "percentile", np.percentile(x, 50), "quantile", np.quantile(x, 0.5))
ok = np.median(half) == 0 and np.percentile(half, 50) == -np.inf and np.quantile(half, 0.5) == -np.inf
if not (ok and np.percentile(single, 50) == 0):
    sys.exit("changed: NumPy no longer behaves as this script states")
END
