"""Readable cases: facts in, statuses out. The format is explained in tests/policy/cases/README.md."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bvnscreen.chart import Chart, merge
from bvnscreen.facts import Duration, Evidence, Finding, Modic, NoteFacts, Pain, Procedure, Score

HERE = Path(__file__).parent / "cases"
PARTS = {
    "modic": Modic,
    "findings": Finding,
    "procedures": Procedure,
    "scores": Score,
    "pain": Pain,
    "duration": Duration,
}
KEYS = {
    "name",
    "policy",
    "as_of",
    "requested",
    "report",
    "visit",
    "more",
    "without",
    "criteria",
    "determination",
}
DEFAULTS: dict[type, dict[str, Any]] = {Modic: {"assertion": "present"}, Finding: {"assertion": "present"}}


def facts(note_id: str, row: dict[str, Any]) -> NoteFacts:
    """Facts of one note; every value gets evidence of its own."""
    values: dict[str, Any] = {"note_id": note_id}
    counter = 0

    def build(cls: type, given: dict[str, Any]) -> Any:
        nonlocal counter
        counter += 1
        given = {**DEFAULTS.get(cls, {}), **given}
        section = given.pop("section", "")
        text = f"{cls.__name__} {counter}"
        given["evidence"] = Evidence(note_id, 100 * counter, 100 * counter + len(text), text, section)
        known = {f.name for f in fields(cls)}
        assert given.keys() <= known, f"{cls.__name__} has no {given.keys() - known}"
        hints = get_type_hints(cls)
        return cls(**{k: tuple(v) if _is_tuple(hints[k]) else v for k, v in given.items()})

    for key, value in row.items():
        if key in ("pain", "duration"):
            values[key] = build(PARTS[key], value)
        elif key in PARTS:
            values[key] = tuple(build(PARTS[key], v) for v in value)
        else:
            values[{"date": "note_date", "type": "note_type"}.get(key, key)] = value
    return NoteFacts(**values)


def _is_tuple(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(_is_tuple(h) for h in get_args(hint))
    return get_origin(hint) is tuple


def base() -> dict[str, Any]:
    """The chart every case starts from: it meets the default screen."""
    return tomllib.loads((HERE / "base.toml").read_text(encoding="utf-8"))


def chart(case: dict[str, Any]) -> Chart:
    """The base chart with the keys of a case's `report` and `visit` replaced and `more` notes added."""
    assert case.keys() <= KEYS, f"a case has no {case.keys() - KEYS}"
    start = deepcopy(base())
    notes = []
    for name in ("report", "visit"):
        if name not in case.get("without", ()):
            notes.append(facts(name, {**start[name], **case.get(name, {})}))
    notes += [facts(f"more-{i}", row) for i, row in enumerate(case.get("more", ()))]
    return merge(notes, case.get("requested", start["requested"]))


def cases(path: Path) -> list[dict[str, Any]]:
    """All cases of a file, each with the name of its policy."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return [{"policy": rows["policy"], "as_of": rows.get("as_of"), **c} for c in rows["case"]]
