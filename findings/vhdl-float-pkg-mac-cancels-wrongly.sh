#!/bin/bash
# Software: VHDL-2008's ieee.float_pkg, as GHDL 2.0.0 has it (Debian 12, ghdl-mcode
#   2.0.0+dfsg-6.2+b2), the body that the IEEE P1076 working group publishes.
# Expected: mac is "Multiply accumulate result = l*r + c" (comment in float_generic_pkg), so
#   mac(3, 5, -14) is 1, as 3 * 5 + (-14) is with the package's own operators.
# Seen: -31. Whenever the addend cancels most of the product and the product is the larger, mac
#   gives a number of the wrong sign and size; in half precision, E4M3 and float32 alike.
# Meaning: a dot product of small floats described with mac goes wrong as soon as its terms cancel.
#   Multiply and add instead; with float_pkg no fused operation can be had.
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
      show("mac(3, 5, -14)", e, m, "1", mac(n(3.0), n(5.0), n(-14.0)));
      show("3 * 5 + (-14)", e, m, "1", n(3.0) * n(5.0) + n(-14.0));
      show("mac(3, 5, -16)", e, m, "-1", mac(n(3.0), n(5.0), n(-16.0)));
      show("mac(7, 1, -6)", e, m, "1", mac(n(7.0), n(1.0), n(-6.0)));
      show("mac(1.5, 1.5, -2)", e, m, "0.25", mac(n(1.5), n(1.5), n(-2.0)));
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
float(4 downto -3) mac(3, 5, -14) = -3.2e1, right: 1
float(4 downto -3) 3 * 5 + (-14) = 1.0, right: 1
float(4 downto -3) mac(3, 5, -16) = -1.0, right: -1
float(4 downto -3) mac(7, 1, -6) = -1.5e1, right: 1
float(4 downto -3) mac(1.5, 1.5, -2) = -8.0, right: 0.25
float(5 downto -10) mac(3, 5, -14) = -3.1e1, right: 1
float(5 downto -10) 3 * 5 + (-14) = 1.0, right: 1
float(5 downto -10) mac(3, 5, -16) = -1.0, right: -1
float(5 downto -10) mac(7, 1, -6) = -1.5e1, right: 1
float(5 downto -10) mac(1.5, 1.5, -2) = -7.75, right: 0.25
float(8 downto -23) mac(3, 5, -14) = -3.1e1, right: 1
float(8 downto -23) 3 * 5 + (-14) = 1.0, right: 1
float(8 downto -23) mac(3, 5, -16) = -1.0, right: -1
float(8 downto -23) mac(7, 1, -6) = -1.5e1, right: 1
float(8 downto -23) mac(1.5, 1.5, -2) = -7.75, right: 0.25
END
cmp -s seen.txt expected.txt || { echo "mac no longer answers so"; exit 1; }
