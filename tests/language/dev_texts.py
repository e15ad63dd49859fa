"""The development texts of corpora/ and what is compared of a reading: the facts, without their place."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bvnscreen.facts import Note, to_dict
from bvnscreen.language import read

CORPORA = Path(__file__).parents[2] / "corpora"
FAMILIES = ("modic", "findings", "procedures", "scores", "pain", "duration")
_PLACE = {"evidence", "support", "age_evidence", "note_id", "patient_id", "note_type"}


@lru_cache(maxsize=1)
def notes() -> tuple[Note, ...]:
    """Every note of corpora/*/dev, by id."""
    found = []
    for path in sorted(CORPORA.glob("*/dev/*.toml")):
        for note in tomllib.loads(path.read_text("utf-8"))["note"]:
            found.append(Note(note["text"], note["id"], date=note.get("date"), type=note.get("type")))
    return tuple(sorted(found, key=lambda n: n.note_id))


def bare(value: Any) -> Any:
    """Facts as plain values without offsets, quoted words, cues and empty slots."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k not in _PLACE and v not in (None, [], {})}
    return [bare(v) for v in value] if isinstance(value, list) else value


def said(note: Note) -> dict[str, Any]:
    """What is read in a note: lists without order, for comparison."""
    facts = bare(to_dict(read(note)))
    return {k: sorted(v, key=repr) if isinstance(v, list) else v for k, v in facts.items()}


@cache
def plain(note: Note) -> dict[str, Any]:
    """`said`, once a note."""
    return said(note)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What was lost (-) and what came (+), a line each."""
    out = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if isinstance(old or new, list):
            rest = list(new or [])
            for entry in old or []:
                if entry in rest:
                    rest.remove(entry)
                else:
                    out.append(f"- {key} {entry}")
            out += [f"+ {key} {entry}" for entry in rest]
        elif isinstance(old or new, dict):
            for k in sorted({*(old or {}), *(new or {})}):
                a, b = (old or {}).get(k), (new or {}).get(k)
                if a != b:
                    out.append(f"{key}.{k}: {a} -> {b}")
        else:
            out.append(f"{key}: {old} -> {new}")
    return out
