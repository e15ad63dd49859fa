"""What was read, written for an annotation tool, and what people made of it, read back as gold.

    brat          a folder of NAME.txt and NAME.ann, notes.jsonl with the dates, annotation.conf
    Label Studio  a JSON list of tasks with predictions; read back: the JSON export with annotations
    Doccano       JSONL with "label": [[start, end, label]]

A mark is labelled with its family and concept ("findings-disc_bulge", "procedures-ESI", "modic").
Its fields stand beside it as "key=value; key=value", lists with commas: in brat in the note of the
mark, in Label Studio in a per-region text area named `fields`, in Doccano in the label itself (the
scored fields only: its labels end at 100 characters).

Tools disagree about what an offset counts. Where the mark's own text does not stand at its offsets,
they are tried as UTF-16 units (as browsers count) and converted; what then still does not fit is an
error that names the mark. Doccano exports no such text, so there an offset beyond a character
outside the Basic Multilingual Plane is an error too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from bvnscreen import __version__, writers
from bvnscreen.evaluation.gold import FAMILIES, GoldCase, GoldError, GoldNote, entries
from bvnscreen.facts import Duration, Finding, Modic, Note, NoteFacts, Pain, Procedure, Score, to_dict

Read = Iterable[tuple[Note, NoteFacts]]

_KINDS = {
    f.name: str(f.type) for cls in (Modic, Finding, Procedure, Pain, Duration, Score) for f in fields(cls)
}
_HEADS = {"findings": "concept", "procedures": "name", "scores": "name"}
_NOT_FIELDS = {"evidence", "support", "concept", "name"}
_SCORED = {"types", "levels", "vertebrae", "nerves", "assertion", "status", "value"}
_KEPT = ("note_id", "patient_id", "note_date", "note_type")


class Mark(NamedTuple):
    """Marked characters `start` to `end` with a label and the fields beside it."""

    start: int
    end: int
    label: str
    beside: str


# -- ours, written -----------------------------------------------------------------------------------


def write_brat(folder: Path, read: Read) -> None:
    """One .txt and .ann a note (offsets in characters), in a new or empty folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    labels: set[str] = set()
    kept = []
    for note, facts in read:
        lines = []
        for i, mark in enumerate(_marks(facts), 1):
            labels.add(mark.label)
            text = " ".join(note.text[mark.start : mark.end].splitlines())
            # A brat mark may not cross a line end: one fragment a line.
            spans = ";".join(f"{s} {e}" for s, e in _fragments(note.text, mark.start, mark.end))
            lines.append(f"T{i}\t{mark.label} {spans}\t{text}\n")
            if mark.beside:
                lines.append(f"#{i}\tAnnotatorNotes T{i}\t{mark.beside}\n")
        name = quote(note.note_id, safe=" ")
        _write(folder / f"{name}.txt", note.text)
        _write(folder / f"{name}.ann", "".join(lines))
        kept.append(json.dumps(_about(note), ensure_ascii=False) + "\n")
    _write(folder / "notes.jsonl", "".join(kept))
    conf = "".join(f"{label}\n" for label in sorted(labels))
    _write(folder / "annotation.conf", f"[entities]\n{conf}[relations]\n[events]\n[attributes]\n")


def write_label_studio(path: Path, read: Read) -> None:
    """Tasks whose predictions are what was read, for import into a project (docs/evaluation.md)."""
    tasks: list[dict[str, Any]] = []
    for note, facts in read:
        result: list[dict[str, Any]] = []
        for i, mark in enumerate(_marks(facts), 1):
            span = {"start": mark.start, "end": mark.end, "text": note.text[mark.start : mark.end]}
            region = {"id": f"m{i}", "to_name": "text"}
            result.append(
                {**region, "from_name": "label", "type": "labels", "value": {**span, "labels": [mark.label]}}
            )
            if mark.beside:
                value = {**span, "text": [mark.beside]}
                result.append({**region, "from_name": "fields", "type": "textarea", "value": value})
        prediction = {"model_version": f"bvnscreen {__version__}", "result": result}
        tasks.append({"data": {"text": note.text, **_about(note)}, "predictions": [prediction]})
    _write(path, json.dumps(tasks, ensure_ascii=False, indent=1))


def write_doccano(path: Path, read: Read) -> None:
    """One row a note for a sequence labelling project."""
    rows = []
    for note, facts in read:
        label = [
            [mark.start, mark.end, "; ".join(part for part in (mark.label, mark.beside) if part)]
            for mark in _marks(facts, brief=True)
        ]
        rows.append(
            json.dumps({"text": note.text, "label": label, **_about(note)}, ensure_ascii=False) + "\n"
        )
    _write(path, "".join(rows))


def _write(path: Path, text: str) -> None:
    with writers.opened(path) as stream:
        stream.write(text)


def _about(note: Note) -> dict[str, Any]:
    return dict(zip(_KEPT, (note.note_id, note.patient_id, note.date, note.type), strict=True))


def _marks(facts: NoteFacts, *, brief: bool = False) -> Iterator[Mark]:
    row = to_dict(facts)
    for family in FAMILIES:
        for entry in entries(row[family]):
            label = f"{family}-{entry[_HEADS[family]]}" if family in _HEADS else family
            start, end = entry["evidence"]["start"], entry["evidence"]["end"]
            said = {k: v for k, v in entry.items() if k not in _NOT_FIELDS and v is not None and v != []}
            if not brief:
                yield Mark(start, end, label, _to_text(said))
            elif family in ("pain", "duration"):
                yield from (Mark(start, end, label, _to_text({k: v})) for k, v in said.items())
            else:
                yield Mark(start, end, label, _to_text({k: v for k, v in said.items() if k in _SCORED}))


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if bare:
            yield start, start + len(bare)
        start += len(line)


# -- theirs, read ------------------------------------------------------------------------------------


def read_brat(folder: Path) -> list[GoldCase]:
    """The notes of a brat folder as cases; attributes and relations are left aside."""
    about = {}
    if (index := folder / "notes.jsonl").exists():
        about = {row["note_id"]: row for row in map(json.loads, index.read_text("utf-8").splitlines())}
    read = []
    for ann in sorted(folder.rglob("*.ann")):
        text = ann.with_suffix(".txt").read_bytes().decode("utf-8")
        note_id = unquote(ann.stem)
        spans: dict[str, tuple[int, int, str, str]] = {}
        beside: dict[str, str] = {}
        for line in ann.read_bytes().decode("utf-8").split("\n"):
            parts = line.rstrip("\r").split("\t")
            if line.startswith("T") and len(parts) == 3:
                label, _, where = parts[1].partition(" ")
                offsets = [int(n) for pair in where.split(";") for n in pair.split()]
                spans[parts[0]] = (offsets[0], offsets[-1], label, parts[2])
            elif line.startswith("#") and len(parts) == 3 and parts[1].startswith("AnnotatorNotes T"):
                beside[parts[1].split()[1]] = parts[2]
        marks = []
        for key, (start, end, label, words) in spans.items():
            found = _locate(text, start, end, words)
            if found is None:
                raise GoldError(f"{ann}: {key}: its text does not stand at its offsets")
            marks.append(Mark(*found, label, beside.get(key, "")))
        read.append((text, {"note_id": note_id, **about.get(note_id, {})}, marks))
    return _cases(folder, read)


def read_label_studio(path: Path) -> list[GoldCase]:
    """The tasks of a JSON export; the newest annotation of each task counts, predictions never."""
    read = []
    for i, task in enumerate(json.loads(path.read_bytes()), 1):
        done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
        if not done:
            raise GoldError(f"{path}: task {task.get('id', i)} has no annotation")
        text = task["data"]["text"]
        result = max(done, key=lambda a: str(a.get("updated_at", "")))["result"]
        beside = {r["id"]: "; ".join(r["value"]["text"]) for r in result if r["type"] == "textarea"}
        marks = []
        for region in (r for r in result if r["type"] == "labels"):
            value = region["value"]
            found = _locate(text, value["start"], value["end"], value.get("text", ""))
            if found is None:
                raise GoldError(f"{path}: region {region['id']}: its text does not stand at its offsets")
            marks += [Mark(*found, label, beside.get(region["id"], "")) for label in value["labels"]]
        about = {
            "note_id": str(task.get("id", i)),
            **{k: task["data"][k] for k in _KEPT if k in task["data"]},
        }
        read.append((text, about, marks))
    return _cases(path, read)


def read_doccano(path: Path) -> list[GoldCase]:
    """The rows of a JSONL export of a sequence labelling project (`label`, or `entities`)."""
    read = []
    for number, line in enumerate(path.read_bytes().decode("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        row = json.loads(line)
        if not row.keys() & {"label", "entities"}:
            raise GoldError(f"{path}:{number}: no 'label'; annotate these notes first")
        spans = row.get("label") or [
            (e["start_offset"], e["end_offset"], e["label"]) for e in row.get("entities", ())
        ]
        marks = []
        for start, end, label in spans:
            if not 0 <= start < end <= len(row["text"]) or any(ord(c) > 0xFFFF for c in row["text"][:end]):
                raise GoldError(f"{path}:{number}: offsets {start}-{end} cannot be trusted in this text")
            head, _, beside = label.partition("; ")
            marks.append(Mark(start, end, head, beside))
        about = {"note_id": str(row.get("id", number)), **{k: row[k] for k in _KEPT if k in row}}
        read.append((row["text"], about, marks))
    return _cases(path, read)


def _locate(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Character offsets at which the words stand, from offsets in characters or in UTF-16 units."""

    def same(s: int, e: int) -> bool:
        return text[s:e] == words or text[s:e].split() == words.split() != []

    if same(start, end):
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    try:
        s, e = (len(units[: 2 * n].decode("utf-16-le", "surrogatepass")) for n in (start, end))
    except UnicodeDecodeError:
        return None
    return (s, e) if same(s, e) else None


def _cases(source: Path, read: Iterable[tuple[str, Mapping[str, Any], Iterable[Mark]]]) -> list[GoldCase]:
    """Marks as gold notes, the notes of a patient as one case; every family counts as annotated."""
    patients: dict[str, list[GoldNote]] = {}
    for text, about, marks in read:
        said: dict[str, Any] = {f: {} if f in ("pain", "duration") else [] for f in FAMILIES}
        for mark in marks:
            family, _, head = mark.label.partition("-")
            if family not in said or (family in _HEADS) != bool(head):
                raise GoldError(f"{source}: {about['note_id']}: unknown label {mark.label!r}")
            try:
                entry = _from_text(mark.beside)
            except (KeyError, ValueError):
                raise GoldError(
                    f"{source}: {about['note_id']}: {mark.label}: fields not understood"
                ) from None
            entry["quote"] = text[mark.start : mark.end]
            if family in ("pain", "duration"):
                said[family] |= entry
            else:
                # A new mark without fields: the plain case.
                entry.setdefault("levels", [])
                entry.setdefault(
                    *(("status", "done") if family == "procedures" else ("assertion", "present"))
                )
                said[family].append({**entry, _HEADS[family]: head} if head else entry)
        note_id, patient_id = about["note_id"], about.get("patient_id")
        note = Note(text, note_id, patient_id, about.get("note_date"), about.get("note_type"))
        patients.setdefault(patient_id or note_id, []).append(GoldNote(note, said))
    return [GoldCase(name, tuple(notes)) for name, notes in patients.items()]


# -- the fields beside a mark --------------------------------------------------------------------------


def _to_text(said: Mapping[str, Any]) -> str:
    def one(value: Any) -> str:
        plain = str(value).lower() if isinstance(value, bool) else str(value)
        return quote(plain, safe=" ./:+<>()'&")

    return "; ".join(
        f"{k}={','.join(map(one, v)) if isinstance(v, list) else one(v)}" for k, v in said.items()
    )


def _from_text(text: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, _, value = part.partition("=")
        kind = _KINDS[key.strip()]
        if kind.startswith("tuple"):
            said[key.strip()] = [unquote(v.strip()) for v in value.split(",") if v.strip()]
        elif "bool" in kind:
            said[key.strip()] = {"true": True, "false": False}[value.strip().lower()]
        elif "int" in kind or "float" in kind:
            said[key.strip()] = float(value)
        else:
            said[key.strip()] = unquote(value.strip())
    return said
