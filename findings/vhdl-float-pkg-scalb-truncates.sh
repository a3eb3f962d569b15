#!/bin/bash
# Software: VHDL-2008's ieee.float_pkg, as GHDL 2.0.0 has it (Debian 12, ghdl-mcode
#   2.0.0+dfsg-6.2+b2).
# Expected: scalb(y, n) "returns y * 2**n" (comment in float_generic_pkg) and takes a rounding style
#   whose default is round_nearest, ties to even; so does dividebyp2. The operator * rounds so.
# Seen: both cut off what does not fit a subnormal number: 7 * 2^-9 scaled by 2^-3 is 0 in E4M3,
#   though 0.875 * 2^-9 is nearest to 2^-9, the least number, and though round_nearest is asked for.
# Meaning: block scales are powers of two; applied with scalb they lose the small elements, and
#   always towards zero. Multiply by the power instead.
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
    procedure format(e, m : natural; least : real; right : string) is
      impure function n(x : real) return float is
      begin
        return to_float(x, e, m);
      end;
    begin
      show("scalb(7 * least, -3)", e, m, right, scalb(n(7.0 * least), -3, round_nearest));
      show("7 * least * 2^-3", e, m, right, n(7.0 * least) * n(0.125));
      show("dividebyp2(7 * least, 8)", e, m, right, dividebyp2(n(7.0 * least), n(8.0)));
    end;
  begin
    format(4, 3, 2.0 ** (-9), "1.953125e-3");
    format(5, 10, 2.0 ** (-24), "5.960464477539063e-8");
    wait;
  end process;
end;
VHDL
root/usr/bin/ghdl-mcode -a --std=08 finding.vhd
root/usr/bin/ghdl-mcode --elab-run --std=08 finding >seen.txt 2>&1
cat seen.txt
cat >expected.txt <<'END'
float(4 downto -3) scalb(7 * least, -3) = 0.0, right: 1.953125e-3
float(4 downto -3) 7 * least * 2^-3 = 1.953125e-3, right: 1.953125e-3
float(4 downto -3) dividebyp2(7 * least, 8) = 0.0, right: 1.953125e-3
float(5 downto -10) scalb(7 * least, -3) = 0.0, right: 5.960464477539063e-8
float(5 downto -10) 7 * least * 2^-3 = 5.960464477539063e-8, right: 5.960464477539063e-8
float(5 downto -10) dividebyp2(7 * least, 8) = 0.0, right: 5.960464477539063e-8
END
cmp -s seen.txt expected.txt || { echo "float_pkg no longer scales so"; exit 1; }
