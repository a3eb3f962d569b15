#!/bin/bash
# Software: Binaryen 132.0.0 (npm binaryen), wasm-opt --precompute with --enable-fp16.
# Expected: the half-precision proposal's overview has f16x8.madd among the "FMA operations" and
#   says that instructions keep the semantics of those of f32 and f64, where a conversion rounds
#   once (f32.demote_f64); so does a folded constant.
# Seen: both go through float and round twice. demote_f64x2_zero of 65519.9999999999 folds to infinity
#   (65504 is nearest) and of 1 + 2^-11 + 2^-52 to 1 (1.0009765625 is). madd of 1 + 2^-10, 1 - 2^-10
#   and 2050, which is 2051 - 2^-20, folds to 2052 (2050 is). add and mul of halves are right.
# Meaning: an optimized module can hold other halves than the engine's fused instructions compute.
# Needs: node 18 or newer with npm, python3.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" binaryen@132.0.0

cat >run.py <<'PY'
import re, struct, subprocess
from fractions import Fraction


def half(value):
    """The code of the half nearest to a value from 1 to 65504 + 16, ties to even."""
    exponent = 0
    while value >= 2 ** (exponent + 1):
        exponent += 1
    significand = round(value / Fraction(2) ** (exponent - 10))  # Python's ties go to even.
    return ((exponent + 14) << 10) + significand


def folded(expression):
    with open("a.wat", "w") as file:
        file.write(f'(module (func (export "f") (result v128) {expression}))')
    options = ["--enable-simd", "--enable-fp16", "--precompute", "-S", "-o", "-"]
    text = subprocess.run(["node_modules/.bin/wasm-opt", *options, "a.wat"], check=True,
                          capture_output=True, text=True).stdout
    return int(re.search(r"\(v128\.const i32x4 0x(\w+)", text).group(1), 16) & 0xFFFF


def demote(value):
    return folded(f"(f16x8.demote_f64x2_zero (v128.const f64x2 {value!r} 0))"), half(Fraction(value))


def madd(*codes):
    lanes = [f"(v128.const i16x8 {code:#x} 0 0 0 0 0 0 0)" for code in codes]
    a, b, c = (Fraction(struct.unpack("<e", struct.pack("<H", code))[0]) for code in codes)
    return folded(f"(f16x8.madd {' '.join(lanes)})"), half(a * b + c)


same = True
for name, (code, right), expected in [
        ("demote 65519.9999999999", demote(65519.9999999999), 0x7C00),
        ("demote 1 + 2^-11 + 2^-52", demote(1 + 2.0**-11 + 2.0**-52), 0x3C00),
        ("demote 1.5", demote(1.5), 0x3E00),
        ("madd(1 + 2^-10, 1 - 2^-10, 2050)", madd(0x3C01, 0x3BFE, 0x6801), 0x6802),
        ("madd(1 + 2^-10, 1 - 2^-10, 2048)", madd(0x3C01, 0x3BFE, 0x6800), 0x6800)]:
    print(f"{name:34} folds to {code:04x}, right: {right:04x}")
    same = same and code == expected
raise SystemExit(0 if same else "Binaryen no longer folds so")
PY
python3 run.py
