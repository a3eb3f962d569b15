#!/bin/bash
# Software: cvc5 1.0.3 (Debian 12, cvc5 1.0.3-1) with --fp-exp, against Z3 4.8.12 (4.8.12-3.1).
# Expected: (_ FloatingPoint 5 3), which is E5M2, behaves like every other sort of SMT-LIB's theory
#   FloatingPoint: (_ to_fp 5 3) of a number rounds it to the nearest member. --fp-exp is the
#   documented way to sorts other than float32 and float64 ("experimental").
# Seen: to_fp to E5M2 of a real number from 1/64 to below 256 gives +0, of 1.0 too, and so does
#   to_fp of every positive number of E4M3 (4 4). E4M3, E3M2 (3 3) and E2M3 (2 4) convert rightly
#   from real numbers, and float16 and bfloat16 convert rightly to E5M2.
# Meaning: a proof about E5M2 by cvc5 can be of the wrong numbers without a word; ask two solvers.
# Needs: apt-get with Debian 12's packages, dpkg-deb, python3, libgmp10 (every Debian has it).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in cvc5=1.0.3-1 libcvc5-1=1.0.3-1 libcvc5parser1=1.0.3-1 libantlr3c-3.4-0=3.4+dfsg-4 \
  libcryptominisat5-5.11=5.11.4+dfsg1-2+b1 libcln6=1.3.6-4 z3=4.8.12-3.1 \
  libz3-4=4.8.12-3.1; do
  apt-get download -qq "$package" 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu"

cat >run.py <<'PY'
import subprocess
from fractions import Fraction

SOLVERS = {"cvc5": ["root/usr/bin/cvc5", "--fp-exp"], "z3": ["root/usr/bin/z3"]}


def answer(solver, text):
    with open("a.smt2", "w") as file:
        file.write(text)
    done = subprocess.run(SOLVERS[solver] + ["a.smt2"], capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[0]


def is_equal(solver, term, code, exponent_bits, fraction_bits):
    """Whether the solver says that a term is the number with this code."""
    bits = f"{code:0{1 + exponent_bits + fraction_bits}b}"
    literal = f"(fp #b{bits[0]} #b{bits[1:1 + exponent_bits]} #b{bits[1 + exponent_bits:]})"
    return answer(solver, f"(set-logic ALL)(assert (= {term} {literal}))(check-sat)") == "sat"


def values(exponent_bits, fraction_bits):
    """The positive normal numbers of a format with its codes."""
    bias = 2 ** (exponent_bits - 1) - 1
    for code in range(1 << fraction_bits, (2**exponent_bits - 1) << fraction_bits):
        exponent, fraction = divmod(code, 1 << fraction_bits)
        yield code, (1 + Fraction(fraction, 1 << fraction_bits)) * Fraction(2) ** (exponent - bias)


NAMES = {(5, 2): "E5M2", (4, 3): "E4M3", (3, 2): "E3M2"}
wrong = {}
for (exponent_bits, fraction_bits), name in NAMES.items():
    sort = f"{exponent_bits} {fraction_bits + 1}"
    numbers = list(values(exponent_bits, fraction_bits))
    for solver in SOLVERS:
        wrong[name, solver] = zero = 0
        for code, value in numbers:
            term = f"((_ to_fp {sort}) RNE (/ {value.numerator}.0 {value.denominator}.0))"
            if not is_equal(solver, term, code, exponent_bits, fraction_bits):
                wrong[name, solver] += 1
                zero += is_equal(solver, term, 0, exponent_bits, fraction_bits)
        print(f"{name} {solver:5} {wrong[name, solver]:2} of {len(numbers)} normal numbers do not "
              f"convert to themselves, {zero} of them to +0")

for solver in SOLVERS:
    zero = 0
    for code, _ in values(4, 3):
        literal = f"(fp #b0 #b{code >> 3:04b} #b{code & 7:03b})"
        zero += is_equal(solver, f"((_ to_fp 5 3) RNE {literal})", 0, 5, 2)
    wrong["E4M3 to E5M2", solver] = zero
    print(f"E4M3 to E5M2: {solver:5} makes +0 of {zero} of 112 normal numbers")
same = all((count > 0) == (solver == "cvc5" and name in ("E5M2", "E4M3 to E5M2"))
           for (name, solver), count in wrong.items())
raise SystemExit(0 if same else "cvc5 no longer converts so")
PY
python3 run.py
