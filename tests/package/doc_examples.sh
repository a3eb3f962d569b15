#!/bin/sh
# The examples in the documentation of the headers, as functions of one translation unit:
#
#   doc_examples.sh OUTPUT HEADER...
#
# Each block from `/// @code` to `/// @endcode` becomes a function that runs it, and the last function calls all.
set -eu
output=$1
shift
awk '
  /^\/\/\/ @code$/ {
    printf "void example_%d() {\n", ++count
    printf "#line %d \"%s\"\n", FNR + 1, FILENAME
    inside = 1
    next
  }
  /^\/\/\/ @endcode$/ { print "}"; inside = 0; next }
  inside { sub(/^\/\/\/ ?/, ""); print }
  END {
    if (inside || count < 10) { print "#error \"the examples cannot be found\"" }
    print "void call_examples() {"
    for (i = 1; i <= count; ++i) printf "  example_%d();\n", i
    print "}"
  }
' "$@" >"$output"
