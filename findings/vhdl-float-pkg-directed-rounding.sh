#!/bin/bash
# Software: VHDL-2008's ieee.float_pkg, as GHDL 2.0.0 has it (Debian 12, ghdl-mcode
#   2.0.0+dfsg-6.2+b2).
# Expected: fixed_float_types names round_inf "Round toward positive infinity" and round_zero "Round
#   toward zero". An exact result stays as it is, a positive one is never rounded up to infinity by
#   round_zero (IEEE 754-2019, 7.4), and round_inf gives no zero for a positive one (4.3.2).
# Seen: divide(6, 3, round_inf) is the number after 2, and divide(-6, 3, round_neginf) the one before
#   -2, in every format; E4M3's 240 * 240 is infinity with round_zero; a product far below the least
#   number is 0 with round_inf. Additions and round_nearest were right in all pairs of E4M3, but
#   for ties between subnormal quotients.
# Meaning: bounds of an error computed in hardware simulation with these styles are no bounds.
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
    procedure format(e, m : natural) is
      impure function n(x : real) return float is
      begin
        return to_float(x, e, m);
      end;
    begin
      show("divide(6, 3, round_inf)", e, m, "2", divide(n(6.0), n(3.0), round_inf));
      show("divide(-6, 3, round_neginf)", e, m, "-2", divide(n(-6.0), n(3.0), round_neginf));
      show("divide(-6, 3, round_inf)", e, m, "-2", divide(n(-6.0), n(3.0), round_inf));
      show("multiply(least, least, round_inf)", e, m, "the least",
        multiply(n(2.0 ** (2 - 2 ** (e - 1) - m)), n(2.0 ** (2 - 2 ** (e - 1) - m)), round_inf));
    end;
  begin
    format(4, 3);
    format(5, 10);
    show("multiply(240, 240, round_zero)", 4, 3, "240",
      multiply(to_float(240.0, 4, 3), to_float(240.0, 4, 3), round_zero));
    wait;
  end process;
end;
VHDL
root/usr/bin/ghdl-mcode -a --std=08 finding.vhd
root/usr/bin/ghdl-mcode --elab-run --std=08 finding >seen.txt 2>&1
cat seen.txt
cat >expected.txt <<'END'
float(4 downto -3) divide(6, 3, round_inf) = 2.25, right: 2
float(4 downto -3) divide(-6, 3, round_neginf) = -2.25, right: -2
float(4 downto -3) divide(-6, 3, round_inf) = -2.0, right: -2
float(4 downto -3) multiply(least, least, round_inf) = 0.0, right: the least
float(5 downto -10) divide(6, 3, round_inf) = 2.001953125, right: 2
float(5 downto -10) divide(-6, 3, round_neginf) = -2.001953125, right: -2
float(5 downto -10) divide(-6, 3, round_inf) = -2.0, right: -2
float(5 downto -10) multiply(least, least, round_inf) = 0.0, right: the least
float(4 downto -3) multiply(240, 240, round_zero) = infinity, right: 240
END
cmp -s seen.txt expected.txt || { echo "float_pkg no longer rounds so"; exit 1; }
