#!/bin/sh
# pkg_config.sh PKG_CONFIG COMPILER PREFIX VERSION
#
# pkg-config finds this version of f8 in PREFIX, where it was moved to, and its flags are all that the
# consumer's program takes.
set -eu
pkg_config=$1
compiler=$2
prefix=$3
version=$4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PKG_CONFIG_LIBDIR="$prefix/share/pkgconfig"

"$pkg_config" --validate f8
found=$("$pkg_config" --modversion f8)
[ "$found" = "$version" ] || {
  echo "f8.pc says version $found, not $version" >&2
  exit 1
}
# shellcheck disable=SC2046 # a list of flags
"$compiler" -std=c++17 $("$pkg_config" --cflags --libs f8) "$(dirname "$0")/consumer/main.cpp" -o "$work/consumer"
"$work/consumer"
