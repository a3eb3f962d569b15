#!/usr/bin/env python3
"""Prints how many instructions each kernel takes for 64 elements, as a Markdown table.

    python3 bench/instructions.py build/release/bench/instruction_counts

The machine's own instruction sets are counted by the program itself; NEON, where
aarch64-linux-gnu-g++ and qemu-aarch64 are found, by what the emulator executes.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMPILER, EMULATOR = "aarch64-linux-gnu-g++", "qemu-aarch64"
FEW, MANY = 256, 512


def build(folder):
    program = folder / "instruction_counts"
    source = ROOT / "bench" / "instruction_counts.cpp"
    options = ["-static", "-O2", "-std=c++17", f"-I{ROOT / 'include'}"]
    subprocess.run([COMPILER, *options, str(source), "-o", str(program)], check=True)
    return program


def executed(program, pair, elements):
    """Instructions from start to end: the emulator's trace has a line for each."""
    trace = program.with_suffix(".trace")
    log = ["-singlestep", "-d", "exec,nochain", "-D", str(trace)]
    subprocess.run([EMULATOR, *log, str(program), pair, "neon", str(elements)], check=True)
    with open(trace, "rb") as lines:
        return sum(1 for _ in lines)


def neon_column(pairs):
    with tempfile.TemporaryDirectory() as folder:
        program = build(pathlib.Path(folder))
        return [
            (executed(program, pair, MANY) - executed(program, pair, FEW)) * 64 // (MANY - FEW)
            for pair in pairs
        ]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    table = subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True)
    lines = table.stdout.splitlines()
    if shutil.which(COMPILER) and shutil.which(EMULATOR):
        pairs = [line.split("`")[1] for line in lines[2:]]
        column = [" neon |", "---|", *(f" {count} |" for count in neon_column(pairs))]
        lines = [line + cell for line, cell in zip(lines, column)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
