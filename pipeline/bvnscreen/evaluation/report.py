"""The counts of a comparison as figures: one table for people, one object for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from bvnscreen.evaluation.score import Miss, Scores, Tally
from bvnscreen.evaluation.stats import Estimate, f1_by_cluster, kappa, wilson


def figures(tally: Tally) -> dict[str, Any]:
    """Every figure of a family or criterion; proportions are in 0 to 1 with 95 % intervals."""
    found, extra, missed = (sum(c[i] for c in tally.clusters.values()) for i in range(3))
    yes_yes, yes_no = tally.answers["yes", "yes"], tally.answers["yes", "no"]
    no_yes, no_no = tally.answers["no", "yes"], tally.answers["no", "no"]
    open_ = "undetermined"
    return {
        "found": found,
        "extra": extra,
        "missed": missed,
        "precision": wilson(found, found + extra),
        "recall": wilson(found, found + missed),
        "f1": f1_by_cluster(tally.clusters),
        "sensitivity": wilson(yes_yes, yes_yes + yes_no),
        "specificity": wilson(no_no, no_no + no_yes),
        "ppv": wilson(yes_yes, yes_yes + no_yes),
        "npv": wilson(no_no, no_no + yes_no),
        "undetermined": {
            "yes_left_open": tally.answers["yes", open_],
            "no_left_open": tally.answers["no", open_],
            "open_answered_yes": tally.answers[open_, "yes"],
            "open_answered_no": tally.answers[open_, "no"],
            "open_left_open": tally.answers[open_, open_],
        },
        "details": {key: wilson(right, n) for key, (right, n) in sorted(tally.details.items())},
        "agreement": wilson(
            sum(n for (a, b), n in tally.confusion.items() if a == b), sum(tally.confusion.values())
        ),
        "kappa": kappa({pair: n for pair, n in tally.confusion.items() if "-" not in pair}),
        "confusion": [
            {"gold": a, "read": b, "count": n}
            for (a, b), n in sorted(tally.confusion.items(), key=_most_first)
        ],
    }


def to_json(scores: Scores) -> str:
    """One JSON object: counts, figures a measure, figures a concept, and the disagreements."""
    measures = {
        name: {**figures(tally), "concepts": dict(sorted(tally.heads.items()))}
        for name, tally in scores.tallies.items()
    }
    whole = {
        "cases": scores.cases,
        "notes": scores.notes,
        "measures": measures,
        "misses": [miss._asdict() for miss in scores.misses],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=asdict)


def to_table(scores: Scores) -> str:
    """Plain text for a terminal or a file: figures, confusion of statuses, then every disagreement."""
    rows = {name: figures(tally) for name, tally in scores.tallies.items()}
    lines = [f"{scores.cases} cases, {scores.notes} notes; proportions with 95 % intervals"]
    lines += _part("Units found", ("found", "extra", "missed", "precision", "recall", "f1"), rows)
    lines += _part(
        "Yes-or-no questions both sides answer", ("sensitivity", "specificity", "ppv", "npv"), rows
    )
    lines += _part("Statuses the same on both sides", ("agreement", "kappa"), rows)
    lines += _part(
        "Undetermined: left open by one side or both",
        ("yes_left_open", "no_left_open", "open_answered_yes", "open_answered_no", "open_left_open"),
        {name: row["undetermined"] for name, row in rows.items() if any(row["undetermined"].values())},
    )
    lines += ["", "Statuses, gold > read"]
    for name, row in rows.items():
        pairs = "  ".join(f"{c['gold']} > {c['read']}: {c['count']}" for c in row["confusion"])
        lines.append(f"  {name}: {pairs}")
    details = [
        f"  {name}: " + ", ".join(f"{key} {e.k}/{e.n}" for key, e in row["details"].items())
        for name, row in rows.items()
        if row["details"]
    ]
    if details:
        lines += ["", "Details of what was found, right/annotated", *details]
    return "\n".join([*lines, "", *_misses(scores.misses)]) + "\n"


def _part(title: str, columns: tuple[str, ...], rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    cells = [["", *(c.replace("_", " ") for c in columns)]]
    cells += [[name, *(_cell(row[c]) for c in columns)] for name, row in rows.items()]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns) + 1)]
    return [
        "",
        title,
        *("  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells),
    ]


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, Estimate) and value.value is None):
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    if not isinstance(value, Estimate):
        return str(value)
    return f"{value.value:.3f} ({value.low:.3f}-{value.high:.3f})"


def _misses(misses: Iterable[Miss]) -> list[str]:
    lines = []
    ordered = sorted(misses, key=lambda m: (m.measure, m.cause, m.note_id))
    for (measure, cause), group in groupby(ordered, key=lambda m: (m.measure, m.cause)):
        same = list(group)
        lines.append(f"{measure}, {cause}: {len(same)}")
        lines += [f"  {m.note_id}: want {m.want}, got {m.got}: {m.text}" for m in same]
    return lines


def _most_first(item: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -item[1], item[0]
