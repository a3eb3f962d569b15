#!/bin/bash
# Software: NASM 2.16.01 (Debian 12, nasm 2.16.01-1).
# Expected: a constant that lies halfway between two numbers of a format goes to the one with the
#   even significand (IEEE 754-2019, 4.3.1), however it is spelt. NASM's manual (directive FLOAT)
#   names "FLOAT NEAR", round to nearest, as the default; it says nothing of ties.
# Seen: a tie of 1 or more, and some below, is cut off when written in decimal (19.0 to __?float8?__
#   is 18); the same number in hexadecimal (0x13.0) goes to even (20). So in all formats, float32
#   and float64 too. The tie above the largest number (248, 65520) stays finite in decimal and
#   becomes infinity in hexadecimal.
# Meaning: a table of small floats in an assembler source depends on how each number is spelt, and
#   the fewer bits, the more decimals are ties. Write the codes, or hexadecimal numbers.
# Needs: apt-get with Debian 12's packages, dpkg-deb, python3.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq nasm=2.16.01-1 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
dpkg-deb -x nasm_2.16.01-1_amd64.deb root

cat >run.py <<'PY'
import struct, subprocess
from fractions import Fraction

FORMATS = {"float8": (4, 3), "float16": (5, 10), "bfloat16": (8, 7), "float32": (8, 23)}
DIRECTIVE = {1: "db", 2: "dw", 4: "dd"}


def nearest_even(value, exponent_bits, fraction_bits):
    """The IEEE code nearest to a positive normal value, ties to even."""
    exponent = 0
    while value >= 2 ** (exponent + 1):
        exponent += 1
    scaled = value / Fraction(2) ** (exponent - fraction_bits)
    significand = round(scaled)  # Python rounds a Fraction's tie to the even integer.
    bias = 2 ** (exponent_bits - 1) - 1
    return ((exponent + bias - 1) << fraction_bits) + significand


def assembled(name, literal):
    width = (1 + sum(FORMATS[name])) // 8
    with open("a.asm", "w") as file:
        file.write(f"{DIRECTIVE[width]} __?{name}?__({literal})\n")
    subprocess.run(["root/usr/bin/nasm", "-w-all", "-fbin", "a.asm", "-o", "a.bin"], check=True)
    with open("a.bin", "rb") as file:
        return int.from_bytes(file.read(), "little")


CASES = [("float8", 17), ("float8", 19), ("float8", 248), ("float16", 2051), ("float16", 65520),
         ("bfloat16", 257), ("bfloat16", 259), ("float32", 16777219)]
same = True
print("format    number    decimal   hexadecimal  nearest, ties to even")
for name, number in CASES:
    even = nearest_even(Fraction(number), *FORMATS[name])
    decimal = assembled(name, f"{number}.0")
    hexadecimal = assembled(name, f"0x{number:X}.0")
    print(f"{name:9} {number:<9} {decimal:<9x} {hexadecimal:<12x} {even:x}")
    downward = even - 1 if number not in (17, 257) else even  # These two have an even code below.
    same = same and decimal == downward and hexadecimal == even
raise SystemExit(0 if same else "NASM no longer cuts decimal ties off")
PY
python3 run.py
