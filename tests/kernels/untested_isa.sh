#!/bin/sh
# Laws of the kernels that F8_UNTESTED_ISA asks for:
#
#   untested_isa.sh compiled COMPILER SOURCE INSTRUCTIONS FLAG...     they have these instructions, which are
#                                                                     in no program that does not ask for them
#   untested_isa.sh emulated COMPILER SOURCE EMULATOR GTEST FLAG...   they pass tests of all kernels, by an
#                                                                     emulator of a CPU that has them
set -eu

law=$1
compiler=$2
source=$3
shift 3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$*" >&2
  exit 1
}

build() { # build FLAG...
  "$compiler" -std=c++17 -O2 -I"$source/include" -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror "$@"
}

compiled() { # compiled INSTRUCTIONS FLAG...
  instructions=$1
  shift
  cat >"$work/all.cpp" <<'CPP'
#include <f8/convert.hpp>
template <class From, class To>
static f8::kernels::kernel found = f8::kernels::active<f8::detail::format_of<From>, f8::detail::format_of<To>>();
extern f8::kernels::kernel all[];
f8::kernels::kernel all[] = {found<f8::float16, f8::e4m3>, found<f8::float16, f8::e5m2>, found<float, f8::e4m3>};
CPP
  build "$@" -S "$work/all.cpp" -o "$work/ordinary.s"
  build "$@" -DF8_UNTESTED_ISA=1 -S "$work/all.cpp" -o "$work/untested.s"
  for instruction in $instructions; do
    grep -qw "$instruction" "$work/untested.s" || fail "no $instruction where it was asked for"
    ! grep -qw "$instruction" "$work/ordinary.s" || fail "$instruction where it was not asked for"
  done
}

emulated() { # emulated EMULATOR GTEST FLAG...
  emulator=$1
  gtest=$2
  shift 2
  build "$@" -DF8_UNTESTED_ISA=1 -I"$source/tests" -isystem "$gtest/include" -isystem "$gtest" -static \
    "$source/tests/kernels/state_test.cpp" "$source/tests/kernels/bounds_test.cpp" \
    "$source/tests/reference/describe.cpp" "$source/tests/reference/runs.cpp" \
    "$gtest/src/gtest-all.cc" "$gtest/src/gtest_main.cc" -Wno-error -o "$work/kernels"
  F8_EMULATED=1 $emulator "$work/kernels" '--gtest_filter=-*LargeArrays*' >"$work/log" 2>&1 ||
    fail "$(cat "$work/log")"
  grep 'uses .* with' "$work/log" || fail "$emulator has no CPU with these instructions"
}

"$law" "$@"
