#!/bin/sh
# What several copies of f8 in one program do to each other: nothing.
#
#   copies.sh one_unit COMPILER INCLUDE SINGLE  the tree, a copy of it and the single header, which is SINGLE,
#                                               count as one in a translation unit, in any order
#   copies.sh program  COMPILER INCLUDE SINGLE  libraries with the tree, the single header and another version
#                                               link, and each runs its own
#   copies.sh versions COMPILER INCLUDE SINGLE  two versions in one translation unit are refused in a line that
#                                               says so
#   copies.sh module   COMPILER INCLUDE SINGLE  the headers in a module's global fragment, imported where they
#                                               are included too
set -eu

law=$1
compiler=$2
include=$(cd "$3" && pwd)
single=$4
here=$(cd "$(dirname "$0")" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
  echo "$*" >&2
  exit 1
}

compile() {
  "$compiler" -std=c++17 -Wall -Wextra -Werror "$@"
}

# Copies the tree to $1, as the version after this one, whose convert() rounds toward zero.
make_later_version() {
  cp -R "$include" "$1"
  version=$(sed -n 's/^#define F8_VERSION \([0-9]*\) .*/\1/p' "$1/f8/core/config.hpp")
  sed -i "s/F8_VERSION \(.*\)$version/F8_VERSION \1$((version + 1))/" "$1/f8/core/config.hpp"
  sed -i 's/()(in, out, n, how);/()(in, out, n, rounding::toward_zero);/' "$1/f8/convert.hpp"
  ! cmp -s "$include/f8/core/config.hpp" "$1/f8/core/config.hpp" || fail "no version to change"
  ! cmp -s "$include/f8/convert.hpp" "$1/f8/convert.hpp" || fail "no rounding to change"
}

one_unit() {
  cp -R "$include" copy
  for order in "$single <f8/convert.hpp>" "<f8/cast.hpp> $single" "<f8/f8.hpp> copy/f8/scale.hpp <f8/arithmetic.hpp>" \
    "copy/f8/sort.hpp $single <f8/sort.hpp> $single"; do
    for header in $order; do
      case $header in
        \<*) echo "#include $header" ;;
        *) echo "#include \"$header\"" ;;
      esac
    done >unit.cpp
    echo 'f8::e4m3 x{1.0F};' >>unit.cpp
    compile -I"$include" -fsyntax-only unit.cpp || fail "$order in one translation unit"
  done
}

program() {
  mkdir -p single/f8
  for name in f8 fp8 convert sort; do echo "#include \"$single\"" >"single/f8/$name.hpp"; done
  make_later_version later
  objects=""
  for unit in tree single later; do
    case $unit in
      tree) from=$include ;;
      *) from=$unit ;;
    esac
    compile -I"$from" -DUNIT=$unit -c "$here/unit.cpp" -o $unit.o
    objects="$objects $unit.o"
  done
  # shellcheck disable=SC2086 # a list
  compile -I"$include" "$here/main.cpp" $objects -o program
  ./program || fail "a library ran another's functions"
}

versions() {
  make_later_version later
  printf '#include <f8/fp8.hpp>\n#include "later/f8/convert.hpp"\n' >unit.cpp
  ! compile -I"$include" -fsyntax-only unit.cpp 2>log || fail "two versions were taken for one"
  grep -q 'error: .*two versions of f8 in one translation unit' log || fail "$(cat log)"
}

module() {
  case $("$compiler" --version) in
    *clang*)
      "$compiler" -std=c++20 -I"$include" -x c++-module "$here/module.cpp" --precompile -o halves.pcm
      "$compiler" -std=c++20 -c halves.pcm -o halves.o
      modules="-fmodule-file=halves=halves.pcm"
      ;;
    *)
      modules=-fmodules-ts
      "$compiler" -std=c++20 $modules -I"$include" -x c++ -c "$here/module.cpp" -o halves.o
      ;;
  esac
  "$compiler" -std=c++20 $modules -I"$include" "$here/importer.cpp" halves.o -o importer
  ./importer
}

case $law in
  one_unit | program | versions | module) "$law" ;;
  *) fail "no law named $law" ;;
esac
