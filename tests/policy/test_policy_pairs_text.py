"""The ten pairs of pairs/pairs.toml from text to determination, through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "pairs" / "pairs.toml"
FILE = tomllib.loads(HERE.read_text(encoding="utf-8"))
KINDS = {"visit": ("clinic_note", "2025-04-01"), "ablated": ("procedure_note", "2023-02-08")}
REPORT = ("mri_report", "2025-03-01")
Rows = dict[tuple[str, str], dict[str, Any]]


def row(name: str, chart: dict[str, Any]) -> dict[str, Any]:
    notes = []
    for note in chart["notes"]:
        kind, date = KINDS.get(note.split("_")[0], REPORT)
        text = FILE["notes"][note]
        notes.append({"note_id": note, "note_type": kind, "note_date": date, "text": text})
    return {"patient_id": name, "notes": notes, "requested_levels": chart["requested"]}


def screened(path: Path, *options: str) -> Rows:
    charts = [
        row(f"{i}{key}", pair[key])
        for i, pair in enumerate(FILE["pair"])
        for key in ("chart", "other")
        if key in pair
    ]
    path.write_text("".join(json.dumps(c) + "\n" for c in charts), encoding="utf-8")
    command = [sys.executable, "-c", "from bvnscreen.cli import main; main()", "screen", str(path)]
    done = subprocess.run(
        [*command, "--policy", "all", "--format", "jsonl", *options],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    rows = map(json.loads, done.stdout.splitlines())
    return {(r["patient_id"], r["policy"]): r for r in rows}


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return screened(tmp_path_factory.mktemp("now") / "charts.jsonl")


@pytest.fixture(scope="module")
def before_2019(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return screened(tmp_path_factory.mktemp("before") / "charts.jsonl", "--as-of", "2018-12-31")


def test_there_are_ten() -> None:
    assert len(FILE["pair"]) == 10


@pytest.mark.parametrize("i", range(10), ids=[p["what"] for p in FILE["pair"]])
def test_pair(i: int, now: Rows, before_2019: Rows) -> None:
    pair = FILE["pair"][i]
    answers = [(now, "chart", a) for a in pair["answer"]]
    answers += [(now, "other", a) for a in pair.get("other_answer", ())]
    answers += [(before_2019, "chart", a) for a in pair.get("before_2019", ())]
    got, expected = [], []
    for rows, key, (policy, determination, *criterion) in answers:
        found = rows[f"{i}{key}", policy]
        status = {c["id"]: c["status"] for c in found["criteria"]}
        got.append(
            [policy, found["determination"], *([criterion[0], status[criterion[0]]] if criterion else ())]
        )
        expected.append([policy, determination, *criterion])
    assert got == expected
    assert len({answer[1] for _, _, answer in answers}) > 1, "nothing flips"
