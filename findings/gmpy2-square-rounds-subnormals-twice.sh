#!/bin/bash
# Software: gmpy2 2.1.2 with MPFR 4.2.0 (Debian 12, python3-gmpy2 2.1.2-2+b1, libmpfr6 4.2.0-1).
# Expected: in the context ieee(16), binary16 with subnormal numbers, every operation rounds once to
#   half; gmpy2.square(x), "the square of x", is x * x. All of +, *, /, fma and sqrt that were tried
#   do so.
# Seen: 259 of the 31743 positive finite halves have another square(x) than x * x, which is right:
#   subnormal results are rounded to 11 bits and then again, so square(0.00029897689819) is 2^-23,
#   twice the right 2^-24.
# Meaning: a reference for half that sums squares with gmpy2.square is wrong near zero; write x * x.
# Needs: python3 3.11 with its fractions, apt-get with Debian 12's packages, dpkg-deb, libgmp10.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in python3-gmpy2=2.1.2-2+b1 libmpfr6=4.2.0-1 libmpc3=1.3.1-1; do
  apt-get download -qq "$package" 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done

cat >run.py <<'PY'
import struct
from fractions import Fraction

import gmpy2


def exact(number):
    return Fraction(*map(int, number.as_integer_ratio()))


def nearest_subnormal(value):
    """A value below 2^-14 rounded to a multiple of 2^-24; Python's ties go to even."""
    return round(value * 2**24) / Fraction(2**24)


gmpy2.set_context(gmpy2.ieee(16))
different = product_wrong = square_wrong = 0
for code in range(1, 0x7C00):
    x = gmpy2.mpfr(struct.unpack("<e", struct.pack("<H", code))[0])
    square, product = gmpy2.square(x), x * x
    different += square != product
    if exact(x) ** 2 < Fraction(1, 2**14):
        right = nearest_subnormal(exact(x) ** 2)
        product_wrong += exact(product) != right
        square_wrong += exact(square) != right
        if exact(square) != right and square_wrong <= 3:
            print(f"x = {float(x):.14g}: square(x) = {float(square):.8g}, x * x = {float(product):.8g}, "
                  f"right: {float(right):.8g}")
print(f"square(x) differs from x * x for {different} of 31743 halves; where the result is subnormal, "
      f"{square_wrong} squares and {product_wrong} products are wrong")
raise SystemExit(0 if (different, square_wrong, product_wrong) == (259, 259, 0) else "gmpy2 has changed")
PY
PYTHONPATH=root/usr/lib/python3/dist-packages \
  LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu" python3 run.py
