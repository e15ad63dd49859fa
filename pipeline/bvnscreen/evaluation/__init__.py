"""How well notes are read: gold against output, or two people's gold against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bvnscreen.evaluation import report, score
from bvnscreen.evaluation.exchange import write_brat, write_doccano, write_label_studio
from bvnscreen.evaluation.gold import GoldCase, GoldError, load

__all__ = ["WRITERS", "GoldCase", "GoldError", "command", "load"]

POLICY = "candidacy"
WRITERS = {"brat": write_brat, "label-studio": write_label_studio, "doccano": write_doccano}


def command(paths: Sequence[Path], *, against: Sequence[Path] = (), form: str = "table") -> str:
    """What `bvnscreen evaluate` prints: a table, or JSON with `form="json"`.

    Gold is compared with what bvnscreen reads in the same notes, or, with `against`, with a second
    annotator's gold of the same notes. Raises GoldError for annotations that cannot be used.
    """
    gold = load(paths)
    readings, verdicts = _annotated(gold, load(against)) if against else _read(gold)
    scores = score.compare(gold, readings, verdicts)
    return report.to_json(scores) + "\n" if form == "json" else report.to_table(scores)


def _read(gold: Sequence[GoldCase]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The extract row of each note and the screen row of each case that expects a verdict."""
    from bvnscreen import chart, language, policy
    from bvnscreen.facts import to_dict

    rules = policy.load(POLICY)
    readings, verdicts = {}, {}
    for case in gold:
        facts = [language.read(note.note) for note in case.notes]
        readings.update({f.note_id: to_dict(f) for f in facts})
        if case.expected:
            verdicts[case.id] = policy.judge(chart.merge(facts, case.requested_levels), rules).to_dict()
    return readings, verdicts


def _annotated(gold: Sequence[GoldCase], other: Sequence[GoldCase]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A second annotation in the shape of output. Both must hold the same notes with the same text."""
    texts = [
        {note.note.note_id: note.note.text for case in side for note in case.notes} for side in (gold, other)
    ]
    if differing := sorted(
        k for k in texts[0].keys() | texts[1].keys() if texts[0].get(k) != texts[1].get(k)
    ):
        raise GoldError(f"not the same notes on both sides: {', '.join(differing)}")
    readings = {note.note.note_id: note.said for case in other for note in case.notes}
    return readings, {case.id: _verdict(case.expected) for case in other}


def _verdict(expected: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "determination": expected.get("determination", "-"),
        "criteria": [{"id": k, "status": v} for k, v in expected.get("criteria", {}).items()],
        "current_modic": expected.get("current_modic", []),
    }
