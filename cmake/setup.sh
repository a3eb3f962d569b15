#!/bin/sh
# Installs the Debian 12 packages that are missing; does nothing where none is. All are in bookworm's main, but for
# clang-22, which is in bookworm-security's: /etc/apt/sources.list has to have that too for `full`.
#
#   sh cmake/setup.sh run    what building f8cast takes
#   sh cmake/setup.sh test   and the tests and benchmarks
#   sh cmake/setup.sh full   and the long tests: all the compilers that the headers are for
#   sh cmake/setup.sh arch   compilers and emulators for other CPUs, Windows and WebAssembly
#   sh cmake/setup.sh accuracy  what the experiment of bench/accuracy and its report take
#   sh cmake/setup.sh chart  and drawing docs/throughput.svg
#   sh cmake/setup.sh ci     and the checks that .ci/run makes
#   sh cmake/setup.sh fresh  what .ci/fresh makes a new Debian with
set -eu

run="g++ cmake ninja-build nlohmann-json3-dev libcli11-dev"
accuracy="g++ cmake ninja-build libeigen3-dev dataset-fashion-mnist bible-kjv"
test="$run $accuracy libgtest-dev libbenchmark-dev"
test="$test qemu-user g++-aarch64-linux-gnu" # CPUs that this machine is not
test="$test pkgconf python3 doxygen"
full="$test g++-11 g++-11-multilib g++-12 g++-12-multilib clang-14 clang-16 clang-19 clang-22"
full="$full libc++-19-dev libc++abi-19-dev gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib"
full="$full gdb g++-s390x-linux-gnu libopenmpi-dev openmpi-bin libfmt-dev"
arch="cmake ninja-build googletest qemu-user g++-aarch64-linux-gnu g++-s390x-linux-gnu"
arch="$arch g++ g++-riscv64-linux-gnu g++-arm-linux-gnueabihf g++-i686-linux-gnu"
arch="$arch g++-mingw-w64-x86-64-posix wine wine64" # Windows
arch="$arch emscripten" # WebAssembly
case "${1-}" in
  run) packages=$run ;;
  test) packages=$test ;;
  full) packages=$full ;;
  arch) packages=$arch ;;
  accuracy) packages="$accuracy python3-matplotlib" ;;
  chart) packages="$test python3-matplotlib" ;;
  ci) packages="$test clang libclang-rt-dev clang-format clang-tidy" ;; # rt: Clang's sanitizers
  fresh) packages=debootstrap ;;
  *)
    echo "usage: $0 run|test|full|arch|accuracy|chart|ci|fresh" >&2
    exit 2
    ;;
esac

missing=""
for package in $packages; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo"; fi
echo "Installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
