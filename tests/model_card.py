"""Writes MODEL_CARD.md: `python tests/model_card.py` measures and fills the page; no figure is typed.

The public sets are measured where they are at hand: BVNSCREEN_MEASURING_SETS names their folder.
"""

# ruff: noqa: E501 - the page it writes

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from bvnscreen.evaluation import _read, report, score
from bvnscreen.evaluation.gold import GoldCase, GoldNote, load
from bvnscreen.facts import Note

ROOT = Path(__file__).parents[1]
CARD = ROOT / "MODEL_CARD.md"
KNOWN = ROOT / "tests" / "language" / "known_failures.toml"
SETS = Path(os.environ.get("BVNSCREEN_MEASURING_SETS", ROOT.parent / "shared"))

DEV, TEST = "development texts (corpora/*/dev)", "blind test texts (corpora/*/test)"
MRI = "public lumbar MRI reports (Sudirman et al., CC BY 4.0)"
VISITS = "ACI-Bench visit notes (CC BY 4.0)"
NAMES = (DEV, TEST, MRI, VISITS)
MEASURES = ("modic", "findings", "procedures", "pain", "duration", "scores", "determination")
WITHOUT = {
    "negspaCy": "bvnscreen.language.context.Context._second_opinion",
    "fuzzy spelling": "bvnscreen.language.spelling.mend",
    "section rules": "bvnscreen.language.document.find_sections",
}

Counts = dict[str, dict[str, Any]]


# -- the sets ----------------------------------------------------------------------------------------


def sets() -> dict[str, list[GoldCase]]:
    """The annotated texts by name; the public sets only where their files are."""
    found = {
        name: load([ROOT / "corpora" / kind / split for kind in ("reports", "notes", "charts")])
        for name, split in ((DEV, "dev"), (TEST, "test"))
    }
    for name, file, case in ((MRI, "lumbar_mri_dev.jsonl", _mri), (VISITS, "clinic_notes_dev.jsonl", _visit)):
        path = SETS / "data" / file
        if path.exists():
            found[name] = [case(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    return found


def _mri(row: Mapping[str, Any]) -> GoldCase:
    said: dict[str, list[dict[str, Any]]] = {"modic": [], "findings": []}
    for concept, level, assertion in row["agreed"]:
        kind, _, types = concept.partition(":")
        entry = {"levels": [level] if level else [], "assertion": assertion, "quote": ""}
        if kind == "modic":
            said["modic"].append({**entry, "types": types.split("/") if types else ["unspecified"]})
        else:
            said["findings"].append({**entry, "concept": concept})
    return GoldCase(row["id"], (GoldNote(Note(row["text"], row["id"], type="mri_report"), said),))


def _visit(row: Mapping[str, Any]) -> GoldCase:
    said: dict[str, Any] = {}
    for family in ("modic", "findings", "procedures", "duration"):  # pain is labelled by other conventions
        value = row.get(family)
        if isinstance(value, list):
            said[family] = [{"quote": "", **entry} for entry in value]
        elif isinstance(value, dict):
            said[family] = {"quote": "", **value} if value else {}
    note = Note(row["text"], row["id"], date=row.get("note_date"), type="clinic_note")
    return GoldCase(row["id"], (GoldNote(note, said),))


def _as_labelled(gold: Sequence[GoldCase], readings: dict[str, Any]) -> dict[str, Any]:
    """Our reading of a public set, without the findings that nobody looked for there."""
    known = {e["concept"] for case in gold for note in case.notes for e in note.said.get("findings", ())}
    for reading in readings.values():
        reading["findings"] = [e for e in reading["findings"] if e["concept"] in known]
    return readings


def _uncontested(readings: dict[str, Any]) -> dict[str, Any]:
    """Our reading of the public reports, without what their two readers read differently."""
    rows = map(json.loads, (SETS / "data" / "lumbar_mri_dev.jsonl").read_text("utf-8").splitlines())
    contested = {
        row["id"]: {(c.partition(":")[0], level) for c, level, _ in row["contested"]} for row in rows
    }
    for note_id, reading in readings.items():
        for family in ("modic", "findings"):
            kept = []
            for entry in reading[family]:
                concept = entry.get("concept", "modic")
                levels = [v for v in entry["levels"] if (concept, v) not in contested[note_id]]
                if levels or (not entry["levels"] and (concept, "") not in contested[note_id]):
                    kept.append({**entry, "levels": levels, "vertebrae": []})
            reading[family] = kept
    return readings


# -- measuring ---------------------------------------------------------------------------------------


def measured(name: str, gold: Sequence[GoldCase]) -> Counts:
    """The figures of each measure of a set, counted as `bvnscreen evaluate` counts."""
    readings, verdicts = _read(gold)
    if name in (MRI, VISITS):
        readings = _as_labelled(gold, readings)
    if name == MRI:
        readings = _uncontested(readings)
    scores = score.compare(gold, readings, verdicts)
    out: Counts = {m: report.figures(scores.tallies[m]) for m in MEASURES if m in scores.tallies}
    out[""] = {"cases": scores.cases, "notes": scores.notes}
    return out


@contextmanager
def without(place: str) -> Iterator[None]:
    """The product with one of its parts doing nothing."""
    with mock.patch(place, return_value=[]):
        yield


def measure_all() -> dict[str, dict[str, Counts]]:
    """Figures by variant ("" is the product as it is) and set."""
    gold = sets()
    out = {"": {name: measured(name, cases) for name, cases in gold.items()}}
    for part, place in WITHOUT.items():
        with without(place):
            out[part] = {name: measured(name, cases) for name, cases in gold.items()}
    return out


# -- the page ----------------------------------------------------------------------------------------


def render(figures: Mapping[str, Mapping[str, Counts]]) -> str:
    """The page, its tables filled with these figures."""
    whole = figures[""]
    tables = {
        "SETS": _table(
            ["texts", "patients", "notes"],
            [[name, str(c[""]["cases"]), str(c[""]["notes"])] for name, c in whole.items()],
        ),
        "FIGURES": _table(
            ["texts", "measure", "found", "extra", "missed", "precision", "recall", "F1 (95 %)"],
            [
                [name, m, *(str(f[k]) for k in ("found", "extra", "missed")), *map(_cell, _three(f))]
                for name, counts in whole.items()
                for m, f in counts.items()
                if m and m != "determination" and f["found"] + f["extra"] + f["missed"]
            ],
        ),
        "AGREEMENT": _table(
            ["texts", "determinations the same", "kappa"],
            [
                [name, _cell(c["determination"]["agreement"]), f"{c['determination']['kappa'] or 0:.2f}"]
                for name, c in whole.items()
                if "determination" in c
            ],
        ),
        "WITHOUT": _table(
            ["texts", "measure", "F1", *(f"without {part}" for part in WITHOUT)],
            [
                [name, m, _f1(f), *(_change(f, figures[part][name][m]) for part in WITHOUT)]
                for name, counts in whole.items()
                for m, f in counts.items()
                if m in ("modic", "findings", "procedures", "pain", "duration") and f["f1"].value is not None
            ],
        ),
        "KNOWN": "\n".join(f"- {reason}: {n}" for reason, n in known().items()),
    }
    page = PAGE
    for name, table in tables.items():
        page = page.replace(f"<{name}>", table)
    return page


def known() -> dict[str, int]:
    """How many test cases each known fault spoils."""
    out: dict[str, int] = {}
    for failure in tomllib.loads(KNOWN.read_text("utf-8")).get("failure", ()):
        out[failure["reason"]] = out.get(failure["reason"], 0) + len(failure["cases"])
    return out


def _three(f: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return f["precision"], f["recall"], f["f1"]


def _cell(estimate: Any) -> str:
    if estimate.value is None:
        return "-"
    return f"{estimate.value:.3f} ({estimate.low:.3f}-{estimate.high:.3f})"


def _f1(f: Mapping[str, Any]) -> str:
    return "-" if f["f1"].value is None else f"{f['f1'].value:.3f}"


def _change(f: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if f["f1"].value is None or other["f1"].value is None:
        return "-"
    return f"{other['f1'].value - f['f1'].value:+.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PAGE = """# Model card

`python tests/model_card.py` measures and writes this page; no figure in it is typed by hand.

## What it is

A reader of lumbar MRI reports and clinic notes in English, made of rules: word lists with sources and examples in `patterns/`,
a grammar of vertebral levels, ConText for assertion (medspaCy), and negspaCy as a second reader of negation. Nothing is
learned from data at run time, nothing is sent anywhere, and each value points at the words of the note that prove it.

## Intended use

To lay a chart out for a person who decides: which criteria for basivertebral nerve ablation are documented, where, and what is
missing. Its reader is a physician, a reviewer or a coordinator who can open the note beside it.

## What not to use it for

- To decide about a patient's care or coverage without a person. `meets` means that the documents say so, not that the procedure is right.
- Reports of the cervical or thoracic spine, languages other than English, children, scanned pages without recognised text.
- To find patients by what a note does not say: silence is `undocumented`, never `no`.
- Prevalence or outcome research without measuring on a sample of your own notes first (`bvnscreen evaluate`, docs/evaluation.md).

## What was measured, on what

<SETS>

The texts of `corpora/` are invented and were annotated by the people who wrote the rules: expect less on a site's own notes.
Rules are written while looking at the development texts; the test texts are measured only. The public sets were annotated apart, but
this part of them was looked at too while rules were written, so their figures are figures of development:
two readers of the reports (what they contest is not counted), role-played visits for the notes; findings nobody
looked for there are not counted.
Counting is that of [docs/evaluation.md](docs/evaluation.md): a unit is the right thing at the right place with the right assertion.
Intervals are Wilson's, of F1 a bootstrap over patients.

<FIGURES>

Charts judged by the `candidacy` policy:

<AGREEMENT>

## What each part adds

The change of F1 when one part is switched off and all else stays.

<WITHOUT>

## Known failures

Each is an expected failure of a test, with the number of cases it spoils (`tests/language/known_failures.toml`); the list only shrinks.

<KNOWN>
"""


if __name__ == "__main__":
    CARD.write_text(render(measure_all()), "utf-8")
