#!/bin/sh
# Fails if two object files define the same weak function of namespace f8, which the linker would merge. Members of
# std's templates for our types count too.
#
#   sh shared_functions.sh NM A.o B.o
set -eu

nm=$1
of_f8='^_ZN?K?(2f8|St4hashIN2f8|St14numeric_limitsIN2f8)'

weak_functions() {
  symbols=$("$nm" --defined-only "$1")
  echo "$symbols" | sed -n 's/^[0-9a-f]* W //p' | grep -E "$of_f8" || true
}

a=$(weak_functions "$2")
b=$(weak_functions "$3")
shared=$(printf '%s\n' "$a" "$b" | sort | uniq -d | sed '/^$/d')
[ -n "$shared" ] || exit 0
echo "defined by both:"
echo "$shared" | c++filt
exit 1
