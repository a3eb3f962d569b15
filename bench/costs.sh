#!/usr/bin/env bash
# What each public header costs a translation unit that includes it, and what a call costs a program.
#
#   costs.sh table   COMPILER INCLUDE OUTPUT [RUNS]  writes docs/costs.md: milliseconds (the median of RUNS, 9),
#                                                    lines after the preprocessor, and bytes of code
#   costs.sh budgets COMPILER INCLUDE                fails where a header takes more lines than its budget
#
# Lines are those that are left when comments, blank lines and the preprocessor's own are gone.
set -euo pipefail

command=$1
compiler=$2
include=$3
output=${4-}
runs=${5:-9}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compile() {
  "$compiler" -std=c++17 -O2 -DNDEBUG -I"$include" "$@"
}

# A translation unit of the headers in $1.
unit() {
  for header in $1; do echo "#include <$header>"; done >"$work/unit.cpp"
}

lines() {
  unit "$1"
  compile -E -P "$work/unit.cpp" | grep -c '[^[:space:]]'
}

# The median of the processor time of compiling, in milliseconds.
milliseconds() {
  unit "$1"
  local TIMEFORMAT='%U %S'
  for ((run = 0; run < runs; ++run)); do
    { time "$compiler" -std=c++17 -O2 -I"$include" -c "$work/unit.cpp" -o "$work/unit.o"; } 2>&1
  done | awk '{ printf "%.0f\n", 1000 * ($1 + $2) }' | sort -n | sed -n "$(((runs + 1) / 2))p"
}

# bytes STATEMENT [FLAG]: of the code and the constants of a function that is this statement.
bytes() {
  unit 'f8/f8.hpp f8/arithmetic.hpp f8/convert.hpp f8/scale.hpp'
  printf '%s\n' "void call(float* f, f8::bfloat16* b, f8::e4m3* x, unsigned long n) {" \
    "(void)f, (void)b, (void)x, (void)n; $1 }" >>"$work/unit.cpp"
  compile "${@:2}" -c "$work/unit.cpp" -o "$work/unit.o"
  size "$work/unit.o" | awk 'NR == 2 { print $1 + $2 }'
}

# A row for what is called by these STATEMENTs.
bytes_row() {
  printf '| %s | %d |\n' "$1" "$(($(bytes "${@:2}") - nothing))"
}

row() {
  printf '| %s | %d | %d |\n' "$1" "$(milliseconds "$2")" "$(lines "$2")"
}

public_headers() {
  (cd "$include" && ls f8/*.hpp)
}

table() {
  cat <<TEXT
# What including f8 costs

Made by \`cmake --build build/release --target costs\`; $("$compiler" --version | head -n 1), \`-std=c++17 -O2\`,
on one core of the machine that made it. Lines are those after the preprocessor that are not blank.

| header | ms | lines |
|---|---|---|
TEXT
  row '`<limits>` and `<functional>`' 'limits functional'
  row '`<immintrin.h>`' immintrin.h
  for header in $(public_headers); do row "\`<$header>\`" "$header"; done

  cat <<TEXT

Each translation unit that calls these functions for a pair of types carries the kernels for it, of every instruction
set; another pair there has its own, and another unit again.

| what a translation unit calls | bytes of code and constants |
|---|---|
TEXT
  nothing=$(bytes '')
  bytes_row '`f8::cast`, float to e4m3' '*x = f8::cast<f8::e4m3>(*f);'
  bytes_row '`f8::convert`, float to e4m3' 'f8::convert(f, x, n);'
  bytes_row 'bfloat16 to e4m3' 'f8::convert(b, x, n);'
  bytes_row 'e4m3 to float' 'f8::convert(x, f, n);'
  bytes_row 'e4m3 to bfloat16' 'f8::convert(x, b, n);'
  bytes_row 'float to e4m3 and back' 'f8::convert(f, x, n); f8::convert(x, f, n);'
  bytes_row 'float to e4m3 with `F8_NO_DISPATCH=1`, for the compiler'"'"'s own target' \
    'f8::convert(f, x, n);' -DF8_NO_DISPATCH=1
  bytes_row '`f8::quantize`, float to e4m3' 'f8::quantize(f, x, n, 2);'
  bytes_row '`f8::dequantize`, e4m3 to float' 'f8::dequantize(x, f, n, 2);'
  bytes_row '`f8::gemv`, e4m3 by float' 'f8::gemv(x, n, n, f, f);'
}

# budget HEADER TENTHS STANDARD_HEADERS: at most so many tenths of their lines.
budget() {
  ours=$(lines "$1")
  theirs=$(lines "$3")
  echo "$1: $ours lines; $3: $theirs"
  [ $((10 * ours)) -le $(($2 * theirs)) ] || {
    echo "$1 has more than $2 tenths of the lines of $3" >&2
    exit 1
  }
}

budgets() {
  budget f8/f8.hpp 15 'limits functional'
  # <f8/convert.hpp> includes intrinsics only where there are kernels of several instruction sets: on x86.
  echo 'int x = __SSE2__;' >"$work/x86.cpp"
  ! compile -fsyntax-only "$work/x86.cpp" 2>/dev/null || budget f8/convert.hpp 13 immintrin.h
}

case $command in
  table)
    table >"$work/table"
    mv "$work/table" "$output"
    ;;
  budgets) budgets ;;
  *)
    echo "usage: $0 table COMPILER INCLUDE OUTPUT [RUNS] | budgets COMPILER INCLUDE" >&2
    exit 2
    ;;
esac
