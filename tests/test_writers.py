"""What goes out: exact for machines, harmless and readable for people."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bvnscreen import writers

HOSTILE = (
    "\x1b[31mred\x1b]0;title\x07 [bold]x[/bold] <script>alert(1)</script> \u202egnp.exe\u2066 \x9b2J\r\nnext"
)


def evidence(text: str, start: int = 0) -> dict[str, Any]:
    return {
        "note_id": "mri-1",
        "start": start,
        "end": start + len(text),
        "text": text,
        "section": "findings",
        "cues": ["no sign of"],
        "rule": "modic.typed",
    }


def note_row(text: str = "Modic 1 at L4-L5") -> dict[str, Any]:
    e = evidence(text)
    return {
        "note_id": "mri-1",
        "patient_id": "7",
        "note_date": "2025-03-19",
        "note_type": None,
        "modic": [
            {
                "types": ["1", "2"],
                "levels": ["L4-L5"],
                "assertion": "present",
                "basis": "described",
                "evidence": e,
            }
        ],
        "findings": [
            {"concept": "disc_bulge", "levels": [], "severity": "mild", "assertion": "absent", "evidence": e}
        ],
        "procedures": [
            {"name": "PT", "status": "done", "duration_months": 3.0, "duration_at_least": True, "evidence": e}
        ],
        "pain": {
            "region": "low_back",
            "axial": True,
            "below_knee": False,
            "radiation_to": ["buttock"],
            "evidence": e,
        },
        "duration": {
            "symptom": "low_back_pain",
            "months_min": 24.0,
            "months_max": 36.0,
            "ge_6mo": True,
            "evidence": e,
        },
        "scores": [{"name": "ODI", "value": 46.0, "evidence": e}],
    }


def screen_row(text: str = "Modic 1 at L4-L5", determination: str = "needs_documentation") -> dict[str, Any]:
    statuses = ("met", "not_met", "unclear", "undocumented")
    return {
        "patient_id": "7",
        "policy": "candidacy",
        "policy_effective": "2025-01-01",
        "determination": determination,
        "requested_levels": ["L4-L5"],
        "requested_from": "notes",
        "vertebral_bodies": ["L4", "L5"],
        "current_modic": [{"types": ["1"], "levels": ["L4-L5"], "vertebrae": [], "evidence": evidence(text)}],
        "criteria": [
            {
                "id": f"criterion_{s}",
                "status": s,
                "reason": "A reason.",
                "evidence": [evidence(text)],
                "source": "src",
            }
            for s in statuses
        ],
        "missing": ["Dated notes of physical therapy."],
        "cautions": [{"text": "Osteoporosis.", "evidence": [evidence(text)]}],
        "conflicts": [{"about": "duration", "text": "Two durations.", "evidence": [evidence(text)]}],
    }


ERROR = {"note_id": "x", "error": "not valid JSON"}


def written(rows: Iterable[dict[str, Any]], form: str, columns: list[str] = writers.FACT_COLUMNS) -> str:
    out = io.StringIO()
    writers.write(rows, form, out, columns)
    return out.getvalue()


def test_jsonl_and_json_hold_the_same_rows() -> None:
    rows = [note_row(HOSTILE), ERROR]
    assert [json.loads(line) for line in written(rows, "jsonl").split("\n")[:-1]] == rows
    assert json.loads(written(rows, "json")) == rows
    assert json.loads(written([], "json")) == []


def test_a_lone_surrogate_is_escaped_and_comes_back() -> None:
    line = writers.dumps({"text": "a\ud800é"})
    line.encode()
    assert json.loads(line) == {"text": "a\ud800é"}


# -- csv -----------------------------------------------------------------------------------------


def test_csv_is_one_line_a_fact() -> None:
    lines = list(csv.DictReader(io.StringIO(written([note_row(), ERROR], "csv"))))
    assert [(x["family"], x["name"], x["levels"], x["assertion"], x["detail"]) for x in lines] == [
        ("modic", "type 1/2", "L4-L5", "present", "described, not named"),
        ("findings", "disc_bulge", "", "absent", "mild"),
        ("procedures", "PT", "", "done", "for at least 3 months"),
        ("pain", "low_back", "", "present", "axial, not below knee, to buttock"),
        ("duration", "low_back_pain 24 to 36 months (6 months or more: yes)", "", "present", ""),
        ("scores", "ODI 46", "", "present", ""),
        ("", "", "", "", ""),
    ]
    assert lines[-1]["error"] == "not valid JSON"


def test_csv_is_one_line_a_criterion() -> None:
    lines = list(
        csv.DictReader(io.StringIO(written([screen_row(), ERROR], "csv", writers.CRITERION_COLUMNS)))
    )
    assert [x["status"] for x in lines] == ["met", "not_met", "unclear", "undocumented", ""]
    assert lines[0]["evidence"] == "Modic 1 at L4-L5"
    assert lines[-1]["note_id"] == "x"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_never_begins_a_cell_like_a_formula(start: str) -> None:
    text = written([note_row(f"{start}1+1")], "csv")
    text += written([screen_row(f"{start}1+1")], "csv", writers.CRITERION_COLUMNS)
    cells = [c for line in csv.reader(io.StringIO(text, newline="")) for c in line]
    assert f"'{start}1+1" in cells
    assert not [c for c in cells if c.startswith(start)]


def test_csv_of_nothing_has_a_header() -> None:
    assert written([], "csv").startswith("note_id,")


# -- table ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["80", "120"])
def test_tables_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = written([note_row("word " * 99), screen_row("word " * 99), ERROR], "table")
    assert max(map(len, text.splitlines())) <= int(width)


def test_table_says_what_was_read_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    text = written([note_row()], "table")
    for words in (
        "type 1/2",
        "L4-L5",
        "disc bulge",
        "absent",
        "for at least 3 months",
        "24 to 36 months",
        "“Modic 1 at L4-L5”",
    ):
        assert words in text


def test_table_shows_silence_as_silence() -> None:
    text = written([{"note_id": "a", "modic": [], "findings": [], "procedures": [], "pain": None}], "table")
    assert re.findall(r"^(\w+)  none stated", text, re.MULTILINE) == [
        "Modic",
        "Findings",
        "Procedures",
        "Pain",
        "Duration",
    ]


@pytest.mark.parametrize(
    ("determination", "words"),
    [
        ("meets", "all that decides for candidacy is met on the documented facts"),
        ("does_not_meet", "does not meet candidacy on the documented facts"),
        ("needs_review", "something decisive for candidacy is unclear or contradicts itself"),
        ("needs_documentation", "candidacy asks for something that is not in the notes"),
        ("not_covered", "candidacy never covers this procedure, whatever the notes say"),
    ],
)
def test_screen_speaks_of_documents_not_of_eligibility(determination: str, words: str) -> None:
    for text in (
        written([screen_row(determination=determination)], "table"),
        writers.determination_html(screen_row(determination=determination)),
    ):
        assert words in re.sub("<[^>]*>", "", text).lower()
        assert "eligible" not in text.lower()


def test_screen_table_has_status_reason_words_and_what_is_missing() -> None:
    text = written([screen_row(), screen_row()], "table")
    for words in (
        "✔ met",
        "✘ does not meet",
        "? unclear",
        "○ not documented",
        "A reason.",
        "read from the notes",
        "bodies L4, L5",
        "“Modic 1 at L4-L5”  by no sign of  [mri-1]",
        "Dated notes of physical therapy.",
        "Osteoporosis.",
        "Two durations.",
    ):
        assert words in text
    assert text.count(writers.CLOSING) == 1
    assert text.rstrip().endswith(writers.CLOSING)


def test_table_on_an_ascii_terminal(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with path.open("w", encoding="ascii") as stream:
        writers.write([note_row(), screen_row()], "table", stream, [])
    assert "+ met" in path.read_text(encoding="ascii")


def test_nothing_in_a_note_acts_on_the_terminal() -> None:
    text = written([note_row(HOSTILE), screen_row(HOSTILE), {"note_id": HOSTILE, "error": HOSTILE}], "table")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[bold]x[/bold]" in text  # shown as written, not obeyed


def test_long_words_are_cut() -> None:
    assert writers.shown("x" * 500) == "x" * 159 + "…"


# -- html ----------------------------------------------------------------------------------------


def test_html_marks_what_was_read_and_escapes_the_rest() -> None:
    text = f"Modic 1 at L4-L5 {HOSTILE}"
    page = writers.note_html(text, note_row())
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert re.search(r"<mark [^>]*>Modic 1 at L4-L5</mark>", page)


def test_html_of_overlapping_evidence_keeps_every_character_once() -> None:
    text = "no Modic 1 or 2"
    row = note_row("Modic 1") | {
        "findings": [],
        "procedures": [],
        "pain": None,
        "duration": None,
        "scores": [],
    }
    row["modic"] = [
        {"types": ["1"], "assertion": "absent", "evidence": evidence("no Modic 1", 0)},
        {"types": ["2"], "assertion": "absent", "evidence": evidence("Modic 1 or 2", 3)},
    ]
    body = writers.note_html(text, row).split("</div>")[0]
    assert re.sub(r"<[^>]*>", "", body) == text


def test_html_of_a_determination_is_escaped() -> None:
    page = writers.determination_html(screen_row(HOSTILE))
    assert "<script" not in page
    assert "Dated notes of physical therapy." in page
    assert writers.CLOSING in page


# -- files ---------------------------------------------------------------------------------------


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def rows() -> Iterable[dict[str, Any]]:
        yield ERROR
        raise RuntimeError

    with pytest.raises(RuntimeError), writers.opened(path) as stream:
        writers.write(rows(), "jsonl", stream, [])
    assert path.read_text() == "old"
    with writers.opened(path) as stream:
        writers.write([ERROR], "jsonl", stream, [])
    assert json.loads(path.read_text()) == ERROR
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0.1, "3 days"),
        (0.23, "1 week"),
        (1, "1 month"),
        (1.38, "6 weeks"),
        (2, "2 months"),
        (30.4, "30.4 months"),
    ],
)
def test_a_length_is_told_as_people_tell_it(months: float, words: str) -> None:
    assert writers.length_words(months) == words
