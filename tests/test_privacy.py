"""A planted name reaches no message, log or exception of any command, whatever goes wrong."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bvnscreen
from bvnscreen import language, workers
from bvnscreen.facts import Note, NoteFacts

NAME = "JANEQDOE"
GOOD = (
    f"PATIENT: {NAME}\nMRI LUMBAR SPINE\nFINDINGS: L4-L5: Modic type 1 endplate change.\n"
    f"HPI: {NAME} has had axial low back pain for 3 years. {NAME} failed physical therapy for 8 months.\n"
)
BAD = {
    "broken.jsonl": f'{{"text": "{NAME}"\n["{NAME}"]\n{{"text": ["{NAME}"]}}\n'
    f'{{"text": "x", "note_date": "{NAME}"}}\n{{"notes": "{NAME}"}}\n{{"notes": ["{NAME}"]}}\n'
    f'{{"text": "x", "requested_levels": ["{NAME}"]}}\n',
    "broken.csv": f'note_id,text\n1,{NAME},more\n2,"{NAME}\n',
    "header.csv": f'"{NAME} has Modic type 1 change at L4-L5, and back pain for years.",5\n',
    "broken.json": f'{{"text": "{NAME}',
    "binary.txt": f"%PDF-1.4 {NAME}",
    "broken.parquet": f"PAR1{NAME}",
    "nul.txt": NAME + "\x00" * 50,
    "good.txt": GOOD,
    "long.txt": f"{NAME} no " * 3000,
    "odd.txt": f"{NAME} \x1b[31m Modic 2 \u202e at L4/5 \U0001f600 " + "L4-" * 500,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BAD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "encoding.txt").write_bytes(NAME.encode() + b"\x81\xff")
    rows = [{"note_id": f"n{i}", "patient_id": f"p{i}", "text": GOOD} for i in range(workers.FEW + 5)]
    rows[3]["text"] = "\ud800 " + GOOD
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return tmp_path


@pytest.mark.parametrize(
    ("verb", "count", "form"),
    [("extract", 1, "table"), ("extract", 2, "jsonl"), ("screen", 1, "jsonl"), ("screen", 2, "csv")],
)
def test_no_command_says_the_name_on_standard_error(folder: Path, verb: str, count: int, form: str) -> None:
    code = "from bvnscreen.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, verb, str(folder), "--format", form, "--workers", str(count)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Modic" in done.stdout
    assert NAME not in done.stderr
    # Nothing but our own messages: no library logs either.
    assert not [x for x in done.stderr.splitlines() if not x.startswith("bvnscreen: ")]
    if form == "jsonl":
        errors = [row["error"] for row in map(json.loads, done.stdout.splitlines()) if "error" in row]
        assert len(errors) >= 12
        assert not [e for e in errors if NAME in e]


def test_standard_input_of_every_kind(folder: Path) -> None:
    code = "from bvnscreen.cli import main; main()"
    for name in ("broken.jsonl", "broken.json", "good.txt", "binary.txt"):
        done = subprocess.run(
            [sys.executable, "-c", code, "screen", "-"],
            input=(folder / name).read_bytes(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode in (0, 1)
        assert NAME.encode() not in done.stderr


def test_python_logs_and_prints_nothing(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = bvnscreen.extract(GOOD)
        bvnscreen.screen([GOOD])
    assert NAME not in caplog.text
    assert NAME not in repr(result)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def _leaky(note: Note) -> NoteFacts:
    if NAME not in note.text:
        return NoteFacts(note.note_id)
    try:
        raise KeyError(note.text)
    except KeyError as exc:
        raise RuntimeError(f"failed on {note.text}") from exc


def test_no_exception_carries_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "read", _leaky)
    for call in (bvnscreen.extract, bvnscreen.screen):
        for notes in (GOOD, Note(GOOD), [GOOD], [{"text": GOOD, "note_date": NAME}], [{"txt": NAME}]):
            try:
                answer = call(notes)
            except bvnscreen.InputError as exc:
                chain: list[BaseException] = [exc]
                while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
                    chain.append(cause)
                assert not [e for e in chain if NAME in str(e)]
            else:
                assert NAME not in re.sub(r"Note\(.*?\)", "", repr(answer))


def test_a_traceback_shows_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python and a notebook print for an exception that nobody caught."""
    import traceback

    monkeypatch.setattr(language, "read", _leaky)
    with pytest.raises(bvnscreen.InputError) as caught:
        bvnscreen.screen([GOOD])
    assert NAME not in "".join(traceback.format_exception(caught.value))
