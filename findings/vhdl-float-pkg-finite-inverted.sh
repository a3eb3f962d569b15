#!/bin/bash
# Software: VHDL-2008's ieee.float_pkg, as GHDL 2.0.0 has it (Debian 12, ghdl-mcode
#   2.0.0+dfsg-6.2+b2).
# Expected: Finite(x) is true for zeros, subnormal and normal numbers and false for infinities and
#   NaN, as finite in the appendix of IEEE 754-1985 (isFinite in 754-2008, 5.7.2), from which the
#   package takes its Copysign, Scalb, Logb, Nextafter, Unordered, Finite and Isnan.
# Seen: Finite is true for the two infinities and false for all the rest, so for 1.0.
# Meaning: a guard "if finite(x)" around small floats lets through what it should keep out. Test
#   classfp's result instead.
# Needs: apt-get with Debian 12's packages, dpkg-deb.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in ghdl-mcode=2.0.0+dfsg-6.2+b2 ghdl-common=2.0.0+dfsg-6.2+b2 \
  libgnat-12=12.2.0-14+deb12u1; do
  apt-get download -qq "$package" 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
done
for file in ./*.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH="$work/root/usr/lib/x86_64-linux-gnu"

cat >finding.vhd <<'VHDL'
use std.textio.all;
library ieee;
use ieee.fixed_float_types.all;
use ieee.float_pkg.all;
entity finding is end;
architecture run of finding is
begin
  process
    variable out_line : line;
    procedure format(e, m : natural) is
      impure function n(x : real) return float is
      begin
        return to_float(x, e, m);
      end;
    begin
      write(out_line, "float(" & integer'image(e) & " downto -" & integer'image(m) & "): finite(1) "
        & boolean'image(finite(n(1.0))) & ", finite(0) " & boolean'image(finite(n(0.0)))
        & ", finite(infinity) " & boolean'image(finite(pos_inffp(e, m)))
        & ", finite(-infinity) " & boolean'image(finite(neg_inffp(e, m)))
        & ", finite(NaN) " & boolean'image(finite(qnanfp(e, m))));
      writeline(output, out_line);
    end;
  begin
    format(4, 3);
    format(5, 10);
    format(8, 23);
    wait;
  end process;
end;
VHDL
root/usr/bin/ghdl-mcode -a --std=08 finding.vhd
root/usr/bin/ghdl-mcode --elab-run --std=08 finding >seen.txt 2>&1
cat seen.txt
cat >expected.txt <<'END'
float(4 downto -3): finite(1) false, finite(0) false, finite(infinity) true, finite(-infinity) true, finite(NaN) false
float(5 downto -10): finite(1) false, finite(0) false, finite(infinity) true, finite(-infinity) true, finite(NaN) false
float(8 downto -23): finite(1) false, finite(0) false, finite(infinity) true, finite(-infinity) true, finite(NaN) false
END
cmp -s seen.txt expected.txt || { echo "finite no longer answers so"; exit 1; }
