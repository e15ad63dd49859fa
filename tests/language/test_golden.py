"""What is read in the development texts stays what it was: corpora/golden/, a line a fact.

Run as a script, it writes the lines anew; look at the diff before you keep it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from dev_texts import CORPORA, FAMILIES, notes

from bvnscreen.facts import Note, to_dict
from bvnscreen.language import read

GOLDEN = CORPORA / "golden"
KINDS = ("chart", "note", "report", "seed")


def lines(note: Note) -> Iterator[str]:
    """The facts of a note, one a line: the note, its family, its slots, and where it stands."""
    facts = to_dict(read(note))
    about = {k: v for k, v in facts.items() if k not in FAMILIES and k not in ("note_id", "patient_id")}
    yield _line({"note": note.note_id, "facts": "note", **_filled(about)})
    for family in FAMILIES:
        found = facts[family]
        for entry in found if isinstance(found, list) else [found] if found else []:
            yield _line({"note": note.note_id, "facts": family, **_filled(entry)})


def _filled(value: Any) -> Any:
    """Without empty slots; evidence as offset, words and rule."""
    if isinstance(value, dict) and "rule" in value and "start" in value:
        return [value["start"], value["text"], value["rule"]]
    if isinstance(value, dict):
        return {k: _filled(v) for k, v in value.items() if v not in (None, [], {})}
    return [_filled(v) for v in value] if isinstance(value, list) else value


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def path_of(kind: str) -> Path:
    return GOLDEN / f"{kind}s.jsonl"


def current(kind: str) -> list[str]:
    return [line for note in notes() if note.note_id.startswith(kind) for line in lines(note)]


@pytest.mark.parametrize("kind", KINDS)
def test_golden(kind: str) -> None:
    kept = path_of(kind).read_text("utf-8").splitlines()
    changes = list(unified_diff(kept, current(kind), "kept", "read now", lineterm="", n=0))
    assert not changes, "\n".join(["python tests/language/test_golden.py writes them anew", *changes])


def test_every_development_text_is_kept() -> None:
    kept = {
        json.loads(line)["note"] for kind in KINDS for line in path_of(kind).read_text("utf-8").splitlines()
    }
    assert kept == {note.note_id for note in notes()}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for kind in KINDS:
        path_of(kind).write_text("".join(f"{line}\n" for line in current(kind)), "utf-8")
