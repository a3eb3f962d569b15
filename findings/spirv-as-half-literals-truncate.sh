#!/bin/bash
# Software: SPIRV-Tools 2023.1 (Debian 12, spirv-tools 2023.1-2), spirv-as.
# Expected: a decimal literal of a 16-bit float constant becomes the nearest half, as a literal of a
#   32-bit one becomes the nearest float. Its syntax guide (docs/syntax.md) says that floating
#   literals are as in C and does not speak of rounding.
# Seen: literals of 16 bits are cut off, those of 32 bits rounded: 0.3 and 65519 are one unit too
#   low, 1.9999 is 1.9990234375, and 5.96e-8, the least half as it is usually written, is 0.
# Meaning: shaders assembled from text have constants that no compiler would give them. Write the
#   hexadecimal form (0x1p-24), which spirv-dis also prints.
# Needs: apt-get with Debian 12's packages, dpkg-deb, python3 (its struct rounds halves to even).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq spirv-tools=2023.1-2 2>&1 | grep -v '^W: Download is performed unsandboxed' || true
dpkg-deb -x spirv-tools_2023.1-2_amd64.deb root

cat >run.py <<'PY'
import struct, subprocess

TEXT = """OpCapability Shader
OpCapability Float16
OpMemoryModel Logical GLSL450
%type = OpTypeFloat {width}
%value = OpConstant %type {literal}
"""


def assembled(width, literal):
    done = subprocess.run(["root/usr/bin/spirv-as", "-", "-o", "-"], check=True, capture_output=True,
                          input=TEXT.format(width=width, literal=literal).encode())
    return struct.unpack("<I", done.stdout[-4:])[0]


same = True
print("width literal          assembled  nearest")
for width, literal, below in [(16, "5.96e-8", 1), (16, "8.9e-8", 0), (16, "0.3", 1), (16, "1.9999", 1),
                              (16, "2051", 1), (16, "65503", 1), (32, "0.3", 0), (32, "16777219", 0),
                              (32, "1.4e-45", 0)]:
    packed = struct.pack("<e" if width == 16 else "<f", float(literal))
    nearest = int.from_bytes(packed, "little")
    code = assembled(width, literal)
    print(f"{width}    {literal:16} {code:<10x} {nearest:x}")
    same = same and nearest - code == below
raise SystemExit(0 if same else "spirv-as no longer cuts these literals off")
PY
python3 run.py
