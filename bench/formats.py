#!/usr/bin/env python3
"""Draws what formats.cpp prints: the formats' number lines, and the relative error of rounding to them.

    build/release/bench/formats > formats.csv
    python3 bench/formats.py formats.csv docs/number_lines.svg docs/relative_error.svg
"""

import csv
import math
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend has to be chosen first)

COLOURS = {"e4m3": "#08519c", "e5m2": "#e6550d", "float16": "#636363", "bfloat16": "#76b900"}
SUBNORMAL = "#9e1c8f"


def read(path):
    """Format -> [(value, normal)], and format -> [(begin of an interval, largest relative error)]."""
    values, errors = {}, {}
    with open(path, newline="") as file:
        for kind, name, x, y in csv.reader(file):
            if kind == "value":
                values.setdefault(name, []).append((float.fromhex(x), y == "1"))
            else:
                errors.setdefault(name, []).append((float.fromhex(x), float.fromhex(y)))
    return values, errors


def draw_line(axis, row, values, colour, place, width):
    """A tick for each value; a band where ticks would lie closer than `width`."""
    runs = []
    for x, normal in values:
        if runs and place(x) - place(runs[-1][1]) < width and runs[-1][2] == normal:
            runs[-1][1] = x
        else:
            runs.append([x, x, normal])
    for normal in True, False:
        shade = colour if normal else SUBNORMAL
        ticks = [first for first, last, n in runs if n == normal and first == last]
        axis.vlines(ticks, row - 0.3, row + 0.3, color=shade, linewidth=0.8)
        for first, last, n in runs:
            if n == normal and first != last:
                axis.fill_between([first, last], row - 0.3, row + 0.3, color=shade, linewidth=0.8)


def style(axis, names, title):
    axis.set_title(title, fontsize=9, loc="left")
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    axis.tick_params(axis="x", labelsize=8)
    axis.tick_params(axis="y", length=0)
    axis.spines[["top", "right", "left"]].set_visible(False)


def power_ticks(axis, first, last, step):
    powers = range(first, last + 1, step)
    axis.set_xscale("log", base=2)
    axis.set_xticks([2.0**p for p in powers], [f"2^{p}" if p else "1" for p in powers])
    axis.minorticks_off()


def draw_number_lines(values, path):
    figure, (all_of_it, near_zero) = plt.subplots(2, 1, figsize=(11, 4.6))
    names = list(values)
    for row, name in enumerate(names):
        draw_line(all_of_it, row, values[name], COLOURS[name], math.log2, 42 / 1200)
        largest = values[name][-1][0]
        all_of_it.annotate(
            f"{largest:g}", (largest, row), (6, 0), textcoords="offset points", fontsize=8, va="center"
        )
    power_ticks(all_of_it, -24, 16, 4)
    all_of_it.set_xlim(2.0**-25, 2.0**18)
    style(all_of_it, names, "Every positive value, on a logarithmic axis; the largest is written at its right")

    end = 2.0**-5
    for row, name in enumerate(names):
        beside_zero = [(0.0, True)] + [v for v in values[name] if v[0] <= end]
        draw_line(near_zero, row, beside_zero, COLOURS[name], float, end / 1200)
    ticks = [0] + [2.0**p for p in (-9, -8, -7, -6, -5)]
    near_zero.set_xticks(ticks, ["0", "2^-9", "2^-8", "2^-7", "2^-6", "2^-5"])
    near_zero.set_xlim(-end / 100, end * 1.01)
    style(near_zero, names, "The same from 0 to 2^-5 on a linear axis: subnormal values are evenly spaced down to 0")
    figure.legend(
        handles=[
            *(plt.Line2D([], [], color=COLOURS[name], linewidth=4, label=f"{name}: normal") for name in names),
            plt.Line2D([], [], color=SUBNORMAL, linewidth=4, label="subnormal"),
        ],
        fontsize=8, frameon=False, loc="lower center", ncol=len(names) + 1,
    )
    figure.tight_layout(rect=(0, 0.05, 1, 1))
    save(figure, path)


def draw_errors(errors, path):
    figure, axis = plt.subplots(figsize=(11, 4.6))
    for name, rows in errors.items():
        axis.step([x for x, _ in rows], [e for _, e in rows], where="post", color=COLOURS[name], linewidth=1.1, label=name)
    power_ticks(axis, -24, 16, 4)
    axis.set_xlim(2.0**-26, 2.0**18)
    axis.set_yscale("log", base=2)
    powers = (0, -2, -3, -4, -6, -8, -9, -11, -12)
    axis.set_yticks([2.0**p for p in powers], ["100 %" if p == 0 else f"2^{p} = {100 * 2.0**p:.3g} %" for p in powers])
    axis.set_ylim(2.0**-12.5, 1.3)
    axis.minorticks_off()
    axis.grid(axis="y", color="#dddddd", linewidth=0.6)
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_xlabel("the value that is rounded", fontsize=8)
    axis.set_title(
        "Largest relative error of one rounding to nearest, in each quarter of a binade\n"
        "left: gradual underflow, up to 100 % where the result is 0; right: values too large, which saturate",
        fontsize=9, loc="left",
    )
    axis.legend(fontsize=8, frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.tight_layout()
    save(figure, path)


def save(figure, path):
    # No date and no random ids: the same numbers give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "f8", "svg.fonttype": "none"})
    figure.savefig(path, metadata={"Date": None})


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    values, errors = read(sys.argv[1])
    draw_number_lines(values, sys.argv[2])
    draw_errors(errors, sys.argv[3])


if __name__ == "__main__":
    main()
