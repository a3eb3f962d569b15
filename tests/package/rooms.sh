#!/bin/sh
# The rooms of the library, and who may include whom:
#
#   rooms.sh INCLUDE
#
# fails where a header of INCLUDE/f8 includes one of a room that is none of its business, where headers include
# each other in a circle, and where anything outside of kernels/ names an instruction set.
set -eu

include=$(cd "$1" && pwd)/f8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A room is the headers that match the patterns. A header may include those of its own room and of the rooms that
# are named behind the colon. Where two rooms match, the first one counts.
cat >"$work/rooms" <<'TABLE'
macros    core/config core/undef kernels/region kernels/region_end kernels/isas :
numbers   format policy tiling                                                : macros
core      core/*                                                              : macros numbers
text      text/*                                                              : macros core
generic   kernels/generic/*                                                   : macros core
scalar    kernels/scalar/*                                                    : macros core generic shared
dispatch  kernels/dispatch kernels/arithmetic                                 : macros core generic shared scalar sets
shared    kernels/*.hpp                                                       : macros core scalar
sets      kernels/*/*                                                         : macros core generic shared scalar
values    fp8 float16 e8m0 cast order                                         : macros numbers core
standard  common_type hash limits math literals text istream ostream          : macros numbers core text values
types     types interchange f8                                                : macros numbers core text values standard
arrays    arrays/*                                                            : macros numbers core dispatch shared
scaling   scaling/*                                                           : macros numbers core dispatch shared arrays
functions convert sort scale arithmetic                                       : macros numbers core dispatch shared arrays scaling values standard types
interop   interop/*                                                           : macros numbers core text values standard types functions
TABLE

# Each include of a header of ours, as "from to", by their paths in f8/.
(cd "$include" && find . -type f | sed 's|^\./||' | sort) >"$work/files"
[ -s "$work/files" ] || { echo "no header in $include" >&2; exit 1; }
while read -r file; do
  awk -v file="$file" '
    function path_of(name,   part, n, i, kept, path) {
      n = split(name, part, "/")
      for (i = 1; i <= n; ++i) { if (part[i] == "..") --kept; else path[++kept] = part[i] }
      name = path[1]
      for (i = 2; i <= kept; ++i) name = name "/" path[i]
      return name
    }
    /^ *# *include *"/ {
      split($0, quoted, "\"")
      folder = file
      if (!sub("/[^/]*$", "/", folder)) folder = ""
      print file, path_of(folder quoted[2])
    }
    /^ *# *include *<f8\// { print file, "a-header-of-ours-in-angle-brackets" }
  ' "$include/$file"
done <"$work/files" >"$work/edges"

awk '
  function pattern_of(glob) {
    if (glob !~ /\*/) return "^" glob "\\.hpp$"
    gsub(/\./, "\\.", glob)
    gsub(/\*/, "[^/]*", glob)
    return "^" glob "$"
  }
  function room_of(file,   i) {
    for (i = 1; i <= patterns; ++i) if (file ~ pattern[i]) return owner[i]
    return ""
  }
  FILENAME ~ /rooms$/ {
    may[$1, $1] = 1
    for (i = 2; $i != ":"; ++i) { pattern[++patterns] = pattern_of($i); owner[patterns] = $1 }
    for (++i; i <= NF; ++i) may[$1, $i] = 1
    next
  }
  FILENAME ~ /files$/ { exists[$1] = 1; if (room_of($1) == "") print $1 " is in no room"; next }
  !exists[$2] { print $1 " includes " $2 ", which is not there"; next }
  !may[room_of($1), room_of($2)] {
    print $1 " (" room_of($1) ") includes " $2 " (" room_of($2) ")"
  }
' "$work/rooms" "$work/files" "$work/edges" >"$work/wrong"

# A circle has no order: tsort names its members.
tsort "$work/edges" 2>&1 >/dev/null | sed 's/^tsort: *//' >>"$work/wrong"

# The code, comments left out, must not name what only kernels have to do with.
(cd "$include" && grep -rnE \
  'immintrin|arm_neon|arm_sve|wasm_simd128|cpuid|auxv|__m(128|256|512)|_mm(256|512)?_|v128_t|target *\(|F8_HAS_(X86|NEON|SIMD128)' . |
  grep -vE '^\./kernels/|:[0-9]+: *//') | sed 's|^\./|an instruction set outside of kernels/: |' >>"$work/wrong" || :

[ ! -s "$work/wrong" ] || { cat "$work/wrong" >&2; exit 1; }
