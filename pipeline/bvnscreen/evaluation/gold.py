"""Gold annotations: what a person says a note says, in the shape of the output contract.

A case is a TOML file (one patient; format in corpora/README.md), or comes from an annotation tool
through `exchange`. A family a note does not mention at all was not annotated there and is not
scored; an empty list or table says "there is none".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bvnscreen.facts import Note

FAMILIES = ("modic", "findings", "procedures", "pain", "duration", "scores")

_EXPECTED = ".toml, a brat folder, Label Studio .json or Doccano .jsonl"


class GoldError(ValueError):
    """An annotation file that cannot be used. The message names file and key, never the text."""


@dataclass(frozen=True, slots=True)
class GoldNote:
    """A note with `said`: family to entries (a list, or one table for pain and duration)."""

    note: Note
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldCase:
    """All notes of one patient; `expected` is the verdict (determination, criteria, current_modic)."""

    id: str
    notes: tuple[GoldNote, ...]
    requested_levels: tuple[str, ...] = ()
    expected: Mapping[str, Any] = field(default_factory=dict)


def load(paths: Iterable[Path]) -> list[GoldCase]:
    """The cases of these files and folders, in order of name. Ids must be unique."""
    from bvnscreen.evaluation import exchange

    cases: list[GoldCase] = []
    for path in paths:
        try:
            if not path.exists():
                raise GoldError(f"{path}: no such file or folder")
            if path.is_dir():
                tomls = sorted(path.rglob("*.toml"))
                cases += [_case(p) for p in tomls] or exchange.read_brat(path)
            elif path.suffix == ".toml":
                cases.append(_case(path))
            elif path.suffix == ".jsonl":
                cases += exchange.read_doccano(path)
            elif path.suffix == ".json":
                cases += exchange.read_label_studio(path)
            else:
                raise GoldError(f"{path}: expected {_EXPECTED}")
        except GoldError:
            raise
        except OSError as exc:
            raise GoldError(f"{exc.filename}: cannot be read ({exc.strerror})") from None
        except (LookupError, TypeError, ValueError, AttributeError):
            raise GoldError(f"{path}: no annotated notes as expected: {_EXPECTED}") from None
    if not cases:
        raise GoldError("no annotated case found in " + ", ".join(str(p) for p in paths))
    for what, ids in (
        ("case", [c.id for c in cases]),
        ("note", [n.note.note_id for c in cases for n in c.notes]),
    ):
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise GoldError(f"{what} id given twice: {', '.join(twice)}")
    return cases


def _case(path: Path) -> GoldCase:
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise GoldError(f"{path}: not a UTF-8 TOML file ({type(exc).__name__})") from None
    for key in ("id", "note"):
        if not data.get(key):
            raise GoldError(f"{path}: {key!r} is missing")
    return GoldCase(
        id=data["id"],
        notes=tuple(_note(path, data["id"], row) for row in data["note"]),
        requested_levels=tuple(data.get("requested_levels", ())),
        expected=data.get("expected", {}),
    )


def _note(path: Path, patient_id: str, row: Mapping[str, Any]) -> GoldNote:
    for key in ("id", "text"):
        if key not in row:
            raise GoldError(f"{path}: a note without {key!r}")
    said = {family: row[family] for family in FAMILIES if family in row}
    for family, entry in _entries(said):
        if "quote" not in entry:
            raise GoldError(f"{path}: {row['id']}: an entry of {family} has no quote")
        if entry["quote"] not in row["text"]:
            raise GoldError(f"{path}: {row['id']}: a quote of {family} is not in the text")
    note = Note(row["text"], row["id"], patient_id, row.get("date"), row.get("type"))
    return GoldNote(note, said)


def entries(value: Any) -> list[Mapping[str, Any]]:
    """The entries of a family: those of a list, or the one of a table that says something."""
    if isinstance(value, Mapping):
        return [value] if value else []
    return list(value or ())


def _entries(said: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for family, value in said.items():
        for entry in entries(value):
            yield family, entry
