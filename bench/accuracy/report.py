#!/usr/bin/env python3
"""Writes the report of the paper's experiment from what `accuracy` measured.

    report.py results.csv curves.csv REPORT.md curves.svg
"""

import collections
import csv
import functools
import math
import os
import pathlib
import statistics
import sys

BASELINE, HEADLINE = "bfloat16", "FP8"
SERVED_AS_TRAINED = "trained in FP8, served as stored"
MARKS = {"": "", "matches": "✓", "within the seeds' spread": "≈", "better": "▲", "worse": "▼", "diverges": ""}

# What each row tries, and what the paper says of it: its abstract, where in quotation marks.
ROWS = {
    "bfloat16": ("the baseline", "the baselines are FP16 or bfloat16"),
    "float32": ("nothing is rounded", ""),
    "float16, loss scaling": ("float16 operands, the loss times a power of two", "the baselines are FP16 or bfloat16"),
    "FP8": (
        "weights and activations e4m3, gradients e5m2, a scale for each tensor",
        '"effectively matching the result quality achieved by 16-bit training sessions", '
        '"leaving all the hyperparameters unchanged"',
    ),
    "e5m2 everywhere": ("one significand bit less forward", "recommends e4m3 for weights and activations"),
    "e4m3 everywhere": ("one exponent bit less backward", "recommends e5m2 for gradients"),
    "no scaling": ("all scales are 1", "some networks need a scale for each tensor"),
    "no scaling, loss scaling": ("all scales are 1, the loss times a power of two", "some networks need a scale for each tensor"),
    "e4m3_ieee for e4m3": ("largest value 240, not 448", "extends E4M3's range \"by not representing infinities\""),
    "non-saturating": ("what is too large becomes NaN or Inf", "leaves the conversion to software"),
    "stochastic gradients": ("gradients are rounded at random", "leaves the conversion to software"),
    "e4m3, by tensor": ("", "FP8 keeps the accuracy better than int8"),
    "e4m3, by channel": ("", ""),
    "e5m2, by tensor": ("", ""),
    "e5m2, by channel": ("", ""),
    "int8, by tensor": ("", 'language models "that resisted fixed point int8 quantization"'),
    "int8, by channel": ("", ""),
    SERVED_AS_TRAINED: ("", "inference in the types of the training"),
}


@functools.lru_cache(maxsize=None)
def t_quantile(freedom):
    """Student's t for a two-sided interval of 95 %.

    >>> [round(t_quantile(n), 3) for n in (1, 2, 4, 9, 30)]
    [12.706, 4.303, 2.776, 2.262, 2.042]
    """
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    step, x, area = 1e-4, 0.0, 0.0  # of the density, from 0
    while area < 0.475:
        middle = x + step / 2
        area += step * math.exp(log - (freedom + 1) / 2 * math.log1p(middle * middle / freedom))
        x += step
    return x - step / 2


def difference(values, baseline):
    """The mean of the seeds' differences, and half the width of its interval of 95 %.

    >>> [round(x, 3) for x in difference({1: 3.0, 2: 5.0, 3: 4.0}, {1: 2.0, 2: 2.0, 3: 2.0})]
    [2.0, 2.484]
    """
    each = [values[seed] - baseline[seed] for seed in values]
    return statistics.mean(each), t_quantile(len(each) - 1) * statistics.stdev(each) / math.sqrt(len(each))


def verdict(values, baseline, higher_is_better):
    """
    >>> verdict({1: 3.0, 2: 5.0, 3: 4.0}, {1: 2.0, 2: 2.0, 3: 2.0}, True)
    'matches'
    >>> verdict({1: 2.1, 2: 3.1, 3: 2.6}, {1: 2.0, 2: 3.0, 3: 2.5}, True)
    "within the seeds' spread"
    >>> verdict({1: 3.0, 2: 3.1, 3: 3.2}, {1: 2.0, 2: 2.0, 3: 2.0}, False)
    'worse'
    >>> verdict({1: 3.0, 2: math.nan, 3: 3.2}, {1: 2.0, 2: 2.0, 3: 2.0}, False)
    'diverges'
    """
    if any(math.isnan(x) for x in values.values()):
        return "diverges"
    mean, half = difference(values, baseline)
    if abs(mean) <= half:
        return "matches"
    if abs(mean) <= statistics.stdev(baseline.values()):
        return "within the seeds' spread"
    return "better" if (mean > 0) == higher_is_better else "worse"


class Results:
    """The table of results: for each part, task and row, the values by seed."""

    def __init__(self, path):
        self.lines = collections.defaultdict(dict)
        self.metrics = {}
        with open(path, newline="") as file:
            for line in csv.DictReader(file):
                self.lines[line["part"], line["task"], line["row"]][int(line["seed"])] = line
                self.metrics[line["task"]] = line["metric"]
        self.tasks = list(self.metrics)

    def rows(self, part):
        return list(dict.fromkeys(row for p, _, row in self.lines if p == part))

    def values(self, part, task, row):
        return {seed: float(line["value"]) for seed, line in self.lines[part, task, row].items()}

    def baseline(self, task):
        return self.values("trained", task, BASELINE)

    def same_bits(self, task, row, other):
        lines, others = (self.lines["trained", task, name] for name in (row, other))
        return all(lines[seed]["bits"] == others[seed]["bits"] for seed in lines)

    def mean(self, part, task, row, column):
        return statistics.mean(float(line[column]) for line in self.lines[part, task, row].values())

    def verdict(self, part, task, row):
        return verdict(self.values(part, task, row), self.baseline(task), self.metrics[task] != "perplexity")


def number(x, task_metric):
    return f"{x:.3f}" if task_metric == "perplexity" else f"{x:.2f}"


def spread(results, part, task, row):
    values = list(results.values(part, task, row).values())
    if any(math.isnan(x) for x in values):
        return "NaN"
    show = lambda x: number(x, results.metrics[task])
    return f"{show(statistics.mean(values))} ± {show(statistics.stdev(values))}"


def explanation(results, part, task, row):
    """What the counts say of a row: how much was lost at either end of the range."""
    parts = []
    if part == "trained" and row != HEADLINE and results.same_bits(task, row, HEADLINE):
        parts.append("the same bits as FP8: a tensor's scale leaves nothing to overflow")
    if row == SERVED_AS_TRAINED:
        same = all(line["bits"] == "1" for line in results.lines[part, task, row].values())
        parts.append("the metric of the training's own forward pass, " + ("exactly" if same else "NOT exactly"))
    for kind in ("weights", "activations", "gradients"):
        for what, words in (("to_zero", "become zero"), ("saturated", "saturate")):
            share = results.mean(part, task, row, f"{kind}_{what}")
            if share >= 0.05:
                parts.append(f"{share:.2g} % of the {kind} {words}")
    return "; ".join(parts)


def table(results, part, task):
    metric = results.metrics[task]
    lines = [
        f"| {'trained in' if part == 'trained' else 'served in'} | {metric} | difference from {BASELINE} | verdict | explained by |",
        "|---|---|---|---|---|",
    ]
    for row in results.rows(part):
        if row == BASELINE:
            gap = ""
        else:
            mean, half = difference(results.values(part, task, row), results.baseline(task))
            gap = "NaN" if math.isnan(mean) else f"{number(mean, metric)} ± {number(half, metric)}"
        lines.append(
            f"| {row} | {spread(results, part, task, row)} | {gap} | "
            f"{'' if row == BASELINE else results.verdict(part, task, row)} | {explanation(results, part, task, row)} |"
        )
    return "\n".join(lines)


def summary(results, part):
    """One table of all tasks, with what the paper says."""
    heads = [f"{task}, {results.metrics[task].replace(', ', ' in ')}" for task in results.tasks]
    first = "trained in" if part == "trained" else "served in"
    lines = [f"| {first} | {' | '.join(heads)} | the paper |", "|---" * (len(heads) + 2) + "|"]
    for row in results.rows(part):
        cells = []
        for task in results.tasks:
            word = "" if row == BASELINE else results.verdict(part, task, row)
            cells.append(f"{spread(results, part, task, row)} {MARKS[word]}".strip())
        lines.append(f"| {row} | {' | '.join(cells)} | {ROWS[row][1]} |")
    return "\n".join(lines)


def report(results):
    seeds = len(results.baseline(results.tasks[0]))
    text = (pathlib.Path(__file__).parent / "report.md.in").read_text()
    tried = "\n".join(f"| {row} | {ROWS[row][0]} |" for row in results.rows("trained"))
    pieces = {
        "@SEEDS@": str(seeds),
        "@T@": f"{t_quantile(seeds - 1):.3f}",
        "@ROWS@": "| row | what it tries |\n|---|---|\n" + tried,
        "@TRAINED@": summary(results, "trained"),
        "@SERVED@": summary(results, "quantized"),
    }
    for part in ("trained", "quantized"):
        pieces[f"@{part.upper()}_BY_TASK@"] = "\n\n".join(
            f"### {task}\n\n{table(results, part, task)}" for task in results.tasks
        )
    for mark, piece in pieces.items():
        text = text.replace(mark, piece)
    return text


def draw(curves, tasks, path):
    """Above, the loss, with all that lies between the baseline's seeds; below, what a row has more than the baseline."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    def style(row, i):
        if row in (BASELINE, HEADLINE):
            return {"color": "black" if row == BASELINE else "#e6550d", "linewidth": 1.5, "zorder": 3}
        return {"color": f"C{i % 10}", "linewidth": 0.7}

    figure, axes = plt.subplots(2, len(tasks), figsize=(11, 5.6), sharex="col", height_ratios=(3, 2))
    for (upper, lower), task in zip(axes.T, tasks):
        baseline = curves[task, BASELINE]
        steps = sorted(baseline)
        middle = [statistics.mean(baseline[s]) for s in steps]
        upper.fill_between(steps, [min(baseline[s]) for s in steps], [max(baseline[s]) for s in steps],
                           color="black", alpha=0.15, linewidth=0)
        for i, row in enumerate(row for t, row in curves if t == task):
            means = [statistics.mean(curves[task, row][s]) for s in steps]
            upper.plot(steps, means, label=row, **style(row, i))
            lower.plot(steps, [m - b for m, b in zip(means, middle)], **style(row, i))
        # The first steps, from which all fall, would take most of the height.
        settled = middle[len(middle) // 10:]
        upper.set_ylim(min(settled) * 0.95, max(settled) * 1.1)
        lower.set_ylim(-0.05 * settled[-1], 0.15 * settled[-1])
        upper.set_title(task, fontsize=9)
        lower.set_xlabel("step", fontsize=8)
        for axis in (upper, lower):
            axis.tick_params(labelsize=7)
            axis.spines[["top", "right"]].set_visible(False)
    axes[0, 0].set_ylabel("training loss", fontsize=8)
    axes[1, 0].set_ylabel(f"less {BASELINE}'s", fontsize=8)
    figure.legend(*axes[0, 0].get_legend_handles_labels(), fontsize=7, frameon=False, loc="lower center", ncol=6)
    figure.tight_layout(rect=(0, 0.07, 1, 1))
    # No date and no random ids: the same results give the same file.
    matplotlib.rcParams.update({"svg.hashsalt": "f8", "svg.fonttype": "none"})
    figure.savefig(path, format="svg", metadata={"Date": None})


def read_curves(path):
    curves = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path, newline="") as file:
        for line in csv.DictReader(file):
            curves[line["task"], line["row"]][int(line["step"])].append(float(line["loss"]))
    return curves


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    results = Results(sys.argv[1])
    half_text, half_picture = sys.argv[3] + ".part", sys.argv[4] + ".part"
    pathlib.Path(half_text).write_text(report(results))
    draw(read_curves(sys.argv[2]), results.tasks, half_picture)
    os.replace(half_text, sys.argv[3])
    os.replace(half_picture, sys.argv[4])


if __name__ == "__main__":
    main()
