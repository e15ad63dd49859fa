"""What was measured, as docs/benchmark.md and docs/benchmark.svg."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"

HEAD = """# Benchmark

Made by `python tests/benchmarks`, which writes this page and its plot; do not edit. Times are CPU
seconds of one process where nothing else is said, so that other work on the machine matters less;
only ratios within one run mean much. The notes are made of the texts in `corpora/*/dev` with
sections between them that hold nothing about the spine, 4.8 kB each and no two alike, about 4 facts
a kilobyte. The others look for 150 targets; ours reads everything it always reads. Each has read
{warm} other notes before, stock medspaCy six.
"""


def write(results: dict[str, Any]) -> None:
    """Render whatever parts have been measured."""
    lines = [HEAD.format(warm=40)]
    facts = ", ".join(f"{k} {v}" for k, v in results["machine"].items())
    lines += [f"Measured on: {facts}.", "", "![Speed and growth](benchmark.svg)", ""]
    lines += _goals(results)
    if speed := results.get("speed"):
        base = speed["ours"]["ms"]
        rows = [
            (
                name,
                f"{m['ms']:.2f}",
                f"{1000 / m['ms']:,.0f}",
                f"{m['ms'] / base:.2f}",
                m["entities"],
                m["peak_mb"],
            )
            for name, m in sorted(speed.items(), key=lambda item: item[1]["ms"])
        ]
        lines += ["## Cost of one more note", ""]
        head = ("reader", "ms a note", "notes a second", "ours is faster by", "entities a note", "peak MB")
        lines += _table(head, rows)
    if stages := results.get("stages"):
        total = sum(stages.values())
        rows_ = [(name, f"{ms:.3f}", f"{100 * ms / total:.0f} %") for name, ms in stages.items()]
        lines += ["## Where ours spends it", "", *_table(("stage", "ms a note", "share"), rows_)]
    if growth := results.get("growth"):
        rows_ = [(f"{n:,}", f"{1000 * s:,.1f}", f"{1e6 * s / n:.2f}") for n, s in growth["points"]]
        lines += [f"## Growth: exponent {growth['exponent']}", ""]
        lines += _table(("characters", "ms", "us a character"), rows_)
    if worst := results.get("pathological"):
        lines += ["## Odd texts, beside ordinary text of the same size", ""]
        lines += _table(("text", "costs"), [(name, f"{ratio} times") for name, ratio in worst.items()])
    if latency := results.get("latency"):
        base = latency["import spacy"]
        rows_ = [(name, f"{s:.2f}", f"{s / base:.2f}") for name, s in latency.items()]
        lines += ["## Start to end of a command", "", *_table(("command", "CPU s", "of import spacy"), rows_)]
    if work := results.get("workers"):
        lines += ["## One process and two", "", *_table(("", ""), work.items())]
    if memory := results.get("memory"):
        rows_ = [(count, m["parent_mb"], m["all_mb"]) for count, m in memory.items()]
        lines += ["## Memory of a batch run", ""]
        lines += _table(("notes", "parent, peak MB", "all processes, peak MB"), rows_)
    if kill := results.get("kill"):
        lines += ["## kill -9 at random moments, then `--resume`", "", *_table(("", ""), kill.items())]
    (DOCS / "benchmark.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    (DOCS / "benchmark.svg").write_text(_plot(results), encoding="utf-8")


def _goals(results: dict[str, Any]) -> list[str]:
    """What must hold, and whether it does."""
    rows: list[tuple[str, str, str, str]] = []

    def goal(what: str, bound: str, value: float, holds: bool) -> None:
        rows.append((what, bound, f"{value:g}", "yes" if holds else "no"))

    speed = results.get("speed", {})
    least = {"medspaCy": 60, "medspaCy, sentencizer": 8, "EDS-NLP": 5, "spaCy tokenisation": 0.5}
    for name, factor in least.items():
        if name in speed:
            ratio = round(speed[name]["ms"] / speed["ours"]["ms"], 2)
            goal(f"speed beside {name}", f">= {factor}", ratio, ratio >= factor)
    if growth := results.get("growth"):
        goal("exponent of growth", "<= 1.1", growth["exponent"], growth["exponent"] <= 1.1)
    if worst := results.get("pathological"):
        goal("worst odd text", "<= 5", max(worst.values()), max(worst.values()) <= 5)
    if latency := results.get("latency"):
        for name, most in (("bvnscreen extract", 1.5), ("bvnscreen --help", 0.3)):
            ratio = round(latency[name] / latency["import spacy"], 2)
            goal(f"{name}, of import spacy", f"<= {most}", ratio, ratio <= most)
    if work := results.get("workers"):
        goal("two processes beside one", ">= 1.8", work["ratio"], work["ratio"] >= 1.8)
    if memory := results.get("memory"):
        sizes = [m["all_mb"] for m in memory.values()]
        ratio = round(sizes[-1] / sizes[0], 2)
        goal("memory, 200,000 notes beside 10,000", "<= 1.1", ratio, ratio <= 1.1)
    if kill := results.get("kill"):
        goal(
            "runs the same after kill -9",
            f"= {kill['kills']}",
            kill["the same"],
            kill["the same"] == kill["kills"],
        )
    return ["## Goals", "", *_table(("what", "goal", "measured", "holds"), rows)] if rows else []


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines] + [""]


# -- the plot --------------------------------------------------------------------------------------

_WIDTH, _BAR, _LEFT = 760, 26, 190


def _plot(results: dict[str, Any]) -> str:
    """Bars of notes a second and a line of time by size, both on logarithmic scales."""
    parts: list[str] = []
    y = 34
    if speed := results.get("speed"):
        parts.append(_text(10, 20, "Notes of 4.8 kB a second, one process (logarithmic)", weight="bold"))
        top = math.log10(max(1000 / m["ms"] for m in speed.values()))
        for name, m in sorted(speed.items(), key=lambda item: item[1]["ms"]):
            rate = 1000 / m["ms"]
            length = max(4.0, (_WIDTH - _LEFT - 80) * math.log10(max(rate, 1.05)) / top)
            colour = "#b45309" if name == "ours" else "#64748b"
            parts.append(_text(_LEFT - 8, y + 17, name, anchor="end"))
            parts.append(
                f'<rect x="{_LEFT}" y="{y + 3}" width="{length:.1f}" height="{_BAR - 6}" fill="{colour}"/>'
            )
            parts.append(_text(_LEFT + length + 6, y + 17, f"{rate:,.0f}"))
            y += _BAR
        y += 30
    if growth := results.get("growth"):
        parts.append(_text(10, y, f"Seconds by characters, exponent {growth['exponent']}", weight="bold"))
        y += 16
        parts += _curve(growth["points"], y)
        y += 210
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" role="img"'
        f' aria-label="Speed of ours beside others, and growth with size" font-family="sans-serif"'
        f' font-size="13"><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _curve(points: Sequence[Sequence[float]], top: float) -> list[str]:
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    low, high = math.floor(min(ys)), math.ceil(max(ys))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - xs[0]) / (xs[-1] - xs[0])
        return _LEFT + across * (_WIDTH - _LEFT - 60), top + 170 * (1 - (y - low) / (high - low))

    parts = []
    for exponent in range(low, high + 1):
        _, y = place(xs[0], exponent)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - 60}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e2e8f0"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{10.0**exponent:g} s", anchor="end"))
    for (size, _), x in zip(points, xs, strict=True):
        parts.append(_text(place(x, low)[0], top + 190, f"{size / 1000:g}k", anchor="middle"))
    placed = [place(x, y) for x, y in zip(xs, ys, strict=True)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#b45309" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#b45309"/>' for x, y in placed]
    return parts


def _text(x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="#0f172a">'
        f"{escape(text)}</text>"
    )
