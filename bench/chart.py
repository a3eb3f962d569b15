#!/usr/bin/env python3
"""Draws the fractions of the limit that convert_bench reports, as an SVG.

    build/release/bench/convert_bench --benchmark_format=json > results.json
    python3 bench/chart.py results.json docs/throughput.svg
"""

import json
import pathlib
import platform
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend has to be chosen first)

PLACES = {4096: "L1: 4,096 elements", 65536: "L2: 65,536", 1 << 26: "memory: 67,108,864"}
KERNELS = {
    "avx512vbmi": "#08519c",
    "avx512": "#3182bd",
    "avx2": "#9ecae1",
    "neon": "#3182bd",
    "scalar": "#bdbdbd",
    "loop": "#e6550d",
    "cuda_host": "#76b900",
}


def rows(results):
    """(pair, kernels, elements) -> (fraction of the limit, elements a second)."""
    table = {}
    for row in results["benchmarks"]:
        name = row["name"].split("/")
        if len(name) < 3 or "of_limit" not in row:
            continue
        table[name[0], name[1], int(name[2])] = row["of_limit"], row["elements/s"]
    return table


def machine(context):
    """The CPU's name, where the system tells it."""
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return f"{platform.machine()}, {context['num_cpus']} x {context['mhz_per_cpu']} MHz"


def draw(results, path):
    table = rows(results)
    pairs = list(dict.fromkeys(pair for pair, _, _ in table))
    kernels = [k for k in KERNELS if any(key[1] == k for key in table)]
    figure, axes = plt.subplots(1, len(PLACES), figsize=(11, 0.52 * len(pairs) + 1.5), sharey=True)
    height = 0.84 / len(kernels)
    for axis, (elements, title) in zip(axes, PLACES.items()):
        for k, kernel in enumerate(kernels):
            places = [i + (k + 0.5) * height - 0.42 for i in range(len(pairs))]
            measured = [table.get((pair, kernel, elements), (0, 0)) for pair in pairs]
            bars = axis.barh(places, [m[0] for m in measured], height, color=KERNELS[kernel], label=kernel)
            if k == 0:
                axis.bar_label(bars, [f"{m[1] / 1e9:.1f} G/s" for m in measured], fontsize=6, padding=2)
        axis.axvline(1, color="black", linewidth=0.8)
        axis.set_title(title, fontsize=9)
        axis.set_xlabel("fraction of the speed of moving the same bytes", fontsize=7)
        axis.tick_params(labelsize=7)
        axis.margins(x=0.2)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_yticks(range(len(pairs)), [pair.replace("->", " → ") for pair in pairs])
    axes[0].invert_yaxis()
    figure.suptitle(f"f8::convert on one core of {machine(results['context'])}", fontsize=10)
    figure.legend(
        *axes[0].get_legend_handles_labels(), fontsize=7, frameon=False, loc="lower center", ncol=len(kernels)
    )
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    # No date and no random ids: the same results give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "f8", "svg.fonttype": "none"})
    pathlib.Path(path).parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    draw(json.loads(pathlib.Path(sys.argv[1]).read_text()), sys.argv[2])


if __name__ == "__main__":
    main()
