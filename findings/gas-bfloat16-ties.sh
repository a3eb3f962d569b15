#!/bin/bash
# Software: GNU assembler 2.40 (Debian 12, binutils 2.40-2), x86-64 and AArch64.
# Expected: .bfloat16, .hfloat and .float16 give the nearest number of the format, and a tie goes to
#   the even significand (IEEE 754-2019, 4.3.1), as in the constants of the C compilers that write
#   for this assembler. The manual ("GNU as", .bfloat16) says only "IEEE format" of its results.
# Seen: a tie that is a whole number goes up (257 becomes 258), a tie with a fraction goes down
#   (1.01171875 becomes 1.0078125), whatever is even. Numbers above a tie go down too, if they are
#   near it: 1.011718750001. An overflow by rounding is infinity (65520), any larger one an error.
# Meaning: tables of half and bfloat16 in assembler sources differ from the same tables in C. Write
#   codes with .2byte. (GCC itself writes its constants as integers, so compiled code is right.)
# Needs: apt-get with Debian 12's packages, dpkg-deb, python3.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in binutils-x86-64-linux-gnu=2.40-2 libbinutils=2.40-2; do
  apt-get download -qq "$package" 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu"

cat >run.py <<'PY'
import subprocess
from fractions import Fraction

FORMATS = {".hfloat": (5, 10), ".bfloat16": (8, 7), ".float": (8, 23)}
TOOLS = "root/usr/bin/x86_64-linux-gnu-"


def nearest_even(value, exponent_bits, fraction_bits):
    """The IEEE code nearest to a value of at least 1, ties to even."""
    exponent = 0
    while value >= 2 ** (exponent + 1):
        exponent += 1
    scaled = value / Fraction(2) ** (exponent - fraction_bits)
    significand = round(scaled)  # Python rounds a Fraction's tie to the even integer.
    bias = 2 ** (exponent_bits - 1) - 1
    return ((exponent + bias - 1) << fraction_bits) + significand


def assembled(directive, literal):
    with open("a.s", "w") as file:
        file.write(f".data\n{directive} {literal}\n")
    subprocess.run([TOOLS + "as", "a.s", "-o", "a.o"], check=True)
    subprocess.run([TOOLS + "objcopy", "-O", "binary", "-j", ".data", "a.o", "a.bin"], check=True)
    with open("a.bin", "rb") as file:
        return int.from_bytes(file.read(), "little")


CASES = [  # directive, literal, and how far the code seen lies from the nearest
    (".bfloat16", "257", 1), (".bfloat16", "259", 0), (".bfloat16", "1.00390625", 0),
    (".bfloat16", "1.01171875", -1), (".bfloat16", "1.011718750001", -1),
    (".bfloat16", "1.0117188", 0), (".hfloat", "2049", 1), (".hfloat", "1.00146484375", -1),
    (".float", "16777217", 1), (".float", "1.000000178813934326171875", -1)]
same = True
print("directive   literal                     assembled  nearest, ties to even")
for directive, literal, distance in CASES:
    code = assembled(directive, literal)
    even = nearest_even(Fraction(literal), *FORMATS[directive])
    print(f"{directive:11} {literal:27} {code:<10x} {even:x}")
    same = same and code - even == distance
raise SystemExit(0 if same else "the GNU assembler no longer rounds so")
PY
python3 run.py
