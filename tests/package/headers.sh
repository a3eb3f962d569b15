#!/bin/sh
# Laws of the public headers, include/f8/*.hpp:
#
#   headers.sh alone          COMPILER INCLUDE FLAG...  each compiles alone, without a warning, by these flags
#   headers.sh freestanding   COMPILER INCLUDE FLAG...  so do those of scalars, which then need no library
#   headers.sh any_order      COMPILER INCLUDE FLAG...  all compile in alphabetical and in reverse order, with
#                                               calls of what they have, without a warning; and two such
#                                               translation units link: nothing is defined twice
#   headers.sh pairs          COMPILER INCLUDE FLAG...  so does each before each other one, alone
#   headers.sh foreign_macros COMPILER INCLUDE FLAG...  so do all behind the macros of <windows.h> and its like
#   headers.sh no_macro       COMPILER INCLUDE  no macro that any of our headers defines outlives it, but for
#                                               its own guard and the version; one that the user defines does
#   headers.sh no_global_name CLANG INCLUDE     all declare nothing outside of f8 and std
set -eu

law=$1
compiler=$2
include=$(cd "$3" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
shift 3 # leaves the flags

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$*" >&2
  exit 1
}

compile() { # compile FLAG... FILE
  "$compiler" -std=c++17 -I"$include" "$@"
}

# The warnings under which our own code is clean, and others that projects ask for. (-Wuseless-cast is not among
# them, and only strictly() asks for it: a cast that one CPU needs may be useless on another.)
warnings="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wduplicated-branches -Wfloat-equal"
warnings="$warnings -Wno-unknown-warning-option -Werror"

# The include lines of every public header, in the order of `sort $1`.
include_all() {
  # shellcheck disable=SC2086 # no flag or one
  (cd "$include" && ls f8/*.hpp) | sort ${1-} | sed 's/.*/#include <&>/'
}
[ -n "$(include_all)" ] || fail "no header in $include/f8"

# Writes to `all` the include lines of every public header, also for those other libraries that the compiler finds
# by these flags, and to `libraries.hpp` what the latter include themselves.
find_all_and_libraries() {
  include_all >"$work/all"
  for header in "$include"/f8/interop/*.hpp; do
    grep '^#include <' "$header" >"$work/library.cpp"
    if compile "$@" -fsyntax-only "$work/library.cpp" 2>"$work/log"; then
      echo "#include <f8/interop/${header##*/}>" >>"$work/all"
      cat "$work/library.cpp" >>"$work/libraries.hpp"
    fi
  done
}

# strictly FLAG...: no code is made. The warnings are a list of words.
strictly() {
  # shellcheck disable=SC2086
  compile $warnings -Wuseless-cast -fsyntax-only "$@"
}

# each_alone HEADERS FLAG...: the headers are a list of include lines.
each_alone() {
  echo "$1" >"$work/list"
  shift
  while read -r line; do
    printf '%s\n%s\n' "$line" "$line" >"$work/alone.cpp" # twice: the second time does nothing
    # shellcheck disable=SC2086 # a list of words
    compile $warnings "$@" -fsyntax-only "$work/alone.cpp" || fail "$line fails alone with $*"
  done <"$work/list"
}

alone() {
  each_alone "$(include_all)" "$@"
}

# Without a library to link: what the arrays' headers need is hosted (exceptions, <cfenv>).
freestanding() {
  each_alone "$(include_all | grep -vE '/(arithmetic|convert|scale)\.hpp')" -ffreestanding "$@"
  cat >"$work/scalar.cpp" <<'CPP'
#include <f8/f8.hpp>
f8::e4m3 cast(float x);
f8::e4m3 cast(float x) { return f8::cast<f8::e4m3>(x, f8::rounding::upward); }
float decoded(f8::e5m2 x);
float decoded(f8::e5m2 x) { return nextup(x); }
CPP
  compile -ffreestanding -O1 "$@" -c "$work/scalar.cpp" -o "$work/scalar.o"
  needed=$(nm -u "$work/scalar.o")
  [ -z "$needed" ] || fail "a cast needs$needed"
}

any_order() {
  find_all_and_libraries "$@"
  strictly "$@" -include "$work/all" "$here/every_call.cpp"
  sort -r "$work/all" >"$work/reverse.cpp"
  strictly "$@" "$work/reverse.cpp"
  include_all >"$work/forward.cpp"
  include_all -r >"$work/reverse.cpp"
  echo 'int main() {}' >>"$work/reverse.cpp"
  compile "$@" "$work/forward.cpp" "$work/reverse.cpp" -o "$work/both"
}

# But for a second one that the first includes: that is the first alone.
pairs() {
  find_all_and_libraries "$@"
  while read -r first; do
    echo "$first" >"$work/pair.cpp"
    compile "$@" -MM "$work/pair.cpp" | tr ' ' '\n' |
      sed -n "s|/[a-z]*/\.\./|/|; s|^$include/\(f8/.*\)|#include <\1>|p" >"$work/parts"
    while read -r second; do
      ! grep -qxF "$second" "$work/parts" || continue
      printf '%s\n%s\n' "$first" "$second" >"$work/pair.cpp"
      strictly "$@" "$work/pair.cpp" || fail "$first before $second fails"
    done <"$work/all"
  done <"$work/all"
}

foreign_macros() {
  find_all_and_libraries "$@"
  compile "$@" -include "$work/libraries.hpp" -include "$here/foreign_macros.hpp" -include "$work/all" \
    -fsyntax-only "$here/every_call.cpp"
}

no_macro() {
  { include_all; echo '#include "again.hpp"'; } >"$work/all.cpp"
  include_all >"$work/again.hpp"
  compile -dM -E -DF8_NO_DISPATCH=1 "$work/all.cpp" >"$work/macros"
  awk '{ sub(/\(.*/, "", $2); print $2 }' "$work/macros" | sort >"$work/defined"

  { # what may outlive the headers
    echo F8_NO_DISPATCH
    echo F8_VERSION
    (cd "$include" && find f8 -name '*.hpp') | sed 's/^f8/F8/' | tr 'a-z/.' 'A-Z__'
  } | sort >"$work/allowed"
  grep -qx F8_NO_DISPATCH "$work/defined" || fail "the user's F8_NO_DISPATCH was undefined"

  {
    find "$include/f8" -name '*.[hi][pn][pl]' -exec cat {} + |
      sed -nE 's/^ *# *define +([A-Za-z0-9_]+).*/\1/p'
    grep '^F8_' "$work/defined"
  } | sort -u | comm -12 "$work/defined" - | comm -23 - "$work/allowed" >"$work/left"
  [ ! -s "$work/left" ] || fail "left defined: $(tr '\n' ' ' <"$work/left")"
}

# Lists what our headers declare at the top of a translation unit, but for what belongs elsewhere by its
# qualified name ("parent") and what the compiler adds ("implicit"). Clang's dump names a file only where it
# is another than that of the line before, so the last name seen is the one in force.
no_global_name() {
  include_all >"$work/all.cpp"
  compile -fsyntax-only -fno-color-diagnostics -Xclang -ast-dump "$work/all.cpp" >"$work/dump"
  awk -v ours="$include/f8/" '
    { begins_in = match($0, /<\/[^:>]*:/) ? substr($0, RSTART + 1, RLENGTH - 2) : file }
    /^[|`]-/ && !/ parent 0x| implicit / && index(begins_in, ours) == 1 {
      if (/^[|`]-NamespaceDecl .* f8$/) in_f8++; else if (!/^[|`]-NamespaceDecl .* std$/) print
    }
    {
      rest = $0
      while (match(rest, /\/[^ :,<>]*:[0-9]+:[0-9]+/)) {
        file = substr(rest, RSTART, index(substr(rest, RSTART), ":") - 1)
        rest = substr(rest, RSTART + RLENGTH)
      }
    }
    END { if (!in_f8) print "no namespace f8 found: the dump cannot be read" }
  ' "$work/dump" >"$work/leaked"
  [ ! -s "$work/leaked" ] || fail "$(cat "$work/leaked")"
}

case $law in
  alone | freestanding | any_order | pairs | foreign_macros | no_macro | no_global_name) "$law" "$@" ;;
  *) fail "no law named $law" ;;
esac
