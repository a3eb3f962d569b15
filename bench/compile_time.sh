#!/usr/bin/env bash
# Claim: including <f8/f8.hpp> costs at most 1.5 times what <limits> and <functional> cost together.
#
#   compile_time.sh COMPILER INCLUDE [RUNS]
#
# Compiles each in turn, RUNS times, and compares the medians of the processor time.
set -euo pipefail
compiler=$1
include=$2
runs=${3:-15}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#include <f8/f8.hpp>\n' >"$work/f8.cpp"
printf '#include <limits>\n#include <functional>\n' >"$work/std.cpp"

# The processor time of one compilation, in milliseconds.
TIMEFORMAT='%U %S'
cost() {
  { time "$compiler" -std=c++17 -O2 -I"$include" -c "$work/$1.cpp" -o "$work/$1.o"; } 2>&1 |
    awk '{ printf "%.0f\n", 1000 * ($1 + $2) }'
}
median() { sort -n "$work/$1.times" | sed -n "$(((runs + 1) / 2))p"; }

for ((run = 0; run < runs; ++run)); do
  for unit in f8 std; do cost $unit >>"$work/$unit.times"; done
done
awk -v f8="$(median f8)" -v std="$(median std)" 'BEGIN {
  printf "f8/f8.hpp: %d ms; <limits> and <functional>: %d ms; ratio %.2f\n", f8, std, f8 / std
}'
