#!/bin/sh
echo "a test calls '$0 $*', which a bare machine has not or which is not this build's own" >&2
exit 127
