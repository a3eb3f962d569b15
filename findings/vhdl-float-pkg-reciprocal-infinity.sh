#!/bin/bash
# Software: VHDL-2008's ieee.float_pkg, as GHDL 2.0.0 has it (Debian 12, ghdl-mcode
#   2.0.0+dfsg-6.2+b2).
# Expected: reciprocal(x) is 1/x, and sqrt(x) the number nearest to the root: the package states
#   "round_nearest" as its default, and sqrt with "all 754 based implementations need this".
# Seen: reciprocal of every number of the top binade, 128 to 240 in E4M3, 2^15 in float16 and 2^127
#   in float32, is infinity, where the package's own 1.0 / x gives the subnormal that is right. And
#   sqrt(7) in E4M3 is 2.5, where 2.75 is nearer to 2.6458; so 8 of the 119 roots are wrong.
# Meaning: a block scale inverted with reciprocal turns its whole block into infinity and NaN.
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
    function text(x : float) return string is
    begin
      if abs (to_real(x)) < 1.0e300 then
        return real'image(to_real(x));
      end if;
      return "infinity";
    end;
    procedure show(what : string; e, m : natural; right : string; got : float) is
    begin
      write(out_line, "float(" & integer'image(e) & " downto -" & integer'image(m)
        & ") " & what & " = " & text(got) & ", right: " & right);
      writeline(output, out_line);
    end;
    procedure format(e, m : natural; right : string) is
      impure function n(x : real) return float is
      begin
        return to_float(x, e, m);
      end;
    begin
      show("reciprocal(2^" & integer'image(2 ** (e - 1) - 1) & ")", e, m, right,
        reciprocal(n(2.0 ** (2 ** (e - 1) - 1))));
      show("1 / 2^" & integer'image(2 ** (e - 1) - 1), e, m, right,
        n(1.0) / n(2.0 ** (2 ** (e - 1) - 1)));
    end;
  begin
    format(4, 3, "2^-7");
    format(5, 10, "2^-15");
    format(8, 23, "2^-127");
    show("sqrt(7)", 4, 3, "2.75", sqrt(to_float(7.0, 4, 3)));
    show("sqrt(7)", 5, 10, "2.646484375", sqrt(to_float(7.0, 5, 10)));
    wait;
  end process;
end;
VHDL
root/usr/bin/ghdl-mcode -a --std=08 finding.vhd
root/usr/bin/ghdl-mcode --elab-run --std=08 finding >seen.txt 2>&1
cat seen.txt
cat >expected.txt <<'END'
float(4 downto -3) reciprocal(2^7) = infinity, right: 2^-7
float(4 downto -3) 1 / 2^7 = 7.8125e-3, right: 2^-7
float(5 downto -10) reciprocal(2^15) = infinity, right: 2^-15
float(5 downto -10) 1 / 2^15 = 3.0517578125e-5, right: 2^-15
float(8 downto -23) reciprocal(2^127) = infinity, right: 2^-127
float(8 downto -23) 1 / 2^127 = 5.877471754111438e-39, right: 2^-127
float(4 downto -3) sqrt(7) = 2.5, right: 2.75
float(5 downto -10) sqrt(7) = 2.646484375, right: 2.646484375
END
cmp -s seen.txt expected.txt || { echo "float_pkg no longer answers so"; exit 1; }
