"""The door: files, folders, tables and standard input become notes.

Every text is handed on exactly as it was read (line ends included), so offsets into it hold for
whoever opens the same source. What cannot be read becomes an `Unreadable` that says where and what
to do, never a piece of the text, and reading goes on with the next row.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bvnscreen.facts import Note

STDIN = "-"
_JSON_LINES = {".jsonl", ".ndjson"}
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file without the ending .parquet",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
}
_HEAD = 4096
NO_COLUMN = "no column"
# Hears the name of each table and its columns, once they are known.
Tell = Callable[[str, Collection[str]], None]


class InputError(ValueError):
    """The input or the request cannot be used as given. The message never quotes a note."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column (or JSON key) each part of a note is in."""

    text: str = "text"
    id: str = "note_id"
    patient: str = "patient_id"
    date: str = "note_date"
    type: str = "note_type"

    def required(self) -> list[tuple[str, str]]:
        """(column, option) of the text and of every column that was named by the caller."""
        default = Columns()
        return [
            (name, f"--{part}-col")
            for part in ("text", "id", "patient", "date", "type")
            if (name := getattr(self, part)) != getattr(default, part) or part == "text"
        ]

    def check(self, found: Iterable[object]) -> None:
        """Raise InputError naming the columns found when one that is needed is not there."""
        names = list(found)
        for name, option in self.required():
            if name not in names:
                raise InputError(
                    f"{NO_COLUMN} {name!r} ({shown_columns(names)}); {self.remedy(name, option)}"
                )

    def remedy(self, name: str, option: str) -> str:
        """What to do about a column that is not there."""
        return f"name the right one with {option}"


class InPython(Columns):
    """The names in rows that come from Python, where there are no options."""

    def remedy(self, name: str, option: str) -> str:
        """What to do about a column that is not there."""
        return f"rename the right one to {name!r}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read; `error` says what is wrong and what to do."""

    note_id: str
    error: str
    patient_id: str | None = None

    def to_dict(self) -> dict[str, str]:
        """The output row of the contract."""
        return {"note_id": self.note_id, "error": self.error}


@dataclass(frozen=True, slots=True)
class Entry:
    """A note (or what is left of an unreadable one), where it was, whose it is, what was requested.

    `where` is file and row. `group` is equal for all entries of one patient; a row without a patient
    is a group of its own.
    """

    note: Note | Unreadable
    where: str
    group: str
    requested_levels: tuple[str, ...] = ()


def split_levels(value: object) -> tuple[str, ...]:
    """Requested levels as they were written: "L4-5, L5-S1" or a list of such names."""
    if _blank(value):
        return ()
    parts = re.split("[,;]", value) if isinstance(value, str) else value
    if not isinstance(parts, Iterable):
        raise InputError('requested_levels must be a list like ["L4-L5"]')
    return tuple(str(p).strip() for p in parts if not _blank(p))


def _untold(name: str, names: Collection[str]) -> None:
    """Nobody asked."""


def read(sources: Sequence[str], columns: Columns | None = None, tell: Tell = _untold) -> Iterator[Entry]:
    """All notes of files, folders (recursively, sorted) and "-" (standard input), in order.

    Text files are one note each. JSONL, CSV, TSV and Parquet are read row by row in constant
    memory; `.json` is one row or a list of rows. A row has `text`, or `notes` for a whole chart.
    `tell` hears of the columns of each table.
    """
    columns = columns or Columns()
    for source in sources:
        if source == STDIN:
            yield from _guarded(_stdin(sys.stdin.buffer, columns, tell), "stdin")
            continue
        path = Path(source)
        if path.is_dir():
            files, closed = files_below(path)
            for folder in closed:
                yield _failed(folder, "the folder may not be read; check the permissions")
            if not files and not closed:
                yield _failed(source, "the folder holds no files")
            for file in files:
                yield from _guarded(_file(file, columns, tell), file.as_posix())
        else:
            yield from _guarded(_file(path, columns, tell), path.as_posix())


def rows(items: Iterable[Mapping[str, Any]], first: int = 1) -> Iterator[Entry]:
    """Rows that are already in memory (dicts), read like the rows of a file and counted from `first`."""
    for number, row in enumerate(items, first):
        yield from _row(row, f"row {number}", f"row-{number}", InPython())


def files_below(folder: Path) -> tuple[list[Path], list[str]]:
    """Files in a folder and below, sorted, and the folders that could not be opened.

    Names that begin with a dot are left out, links to folders are not followed.
    """
    found: list[Path] = []
    closed: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=lambda exc: closed.append(str(exc.filename))):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [p for name in names if not name.startswith(".") and (p := Path(parent, name)).is_file()]
    return sorted(found), sorted(closed)


def _failed(where: str, error: str, note_id: str | None = None, patient_id: str | None = None) -> Entry:
    return Entry(Unreadable(note_id or where, error, patient_id), where, _group(patient_id, where))


def _group(patient_id: str | None, where: str) -> str:
    return f"row {where}" if patient_id is None else f"patient {patient_id}"


def _guarded(entries: Iterator[Entry], name: str) -> Iterator[Entry]:
    """Turn what goes wrong with a whole file into one unreadable entry."""
    try:
        yield from entries
    except InputError as exc:
        yield _failed(name, str(exc))
    except FileNotFoundError:
        yield _failed(name, "no such file or folder")
    except PermissionError:
        yield _failed(name, "may not be read; check the permissions")
    except OSError as exc:
        yield _failed(name, f"cannot be read ({type(exc).__name__})")


# -- one file ------------------------------------------------------------------------------------


def _file(path: Path, columns: Columns, tell: Tell) -> Iterator[Entry]:
    name, suffix = path.as_posix(), path.suffix.lower()
    if suffix == ".parquet":
        yield from _parquet(path, name, columns, tell)
    elif suffix == ".json":
        yield from _json(path.read_bytes(), name, columns, tell)
    elif suffix in _JSON_LINES or suffix in _DELIMITERS:
        with path.open("rb") as stream:
            lines = _Lines(stream)
            if suffix in _JSON_LINES:
                yield from _json_lines(lines, name, columns, tell)
            else:
                yield from _table(lines, name, columns, _DELIMITERS[suffix], tell)
    else:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            _refuse_binary(head)  # before all of it is read: a folder may hold images of any size
            yield from _text(head + stream.read(), name)


def _stdin(stream: BinaryIO, columns: Columns, tell: Tell = _untold) -> Iterator[Entry]:
    """One text, or rows where the first thing is a JSON object, a list of them, or the header of a table."""
    head: list[bytes] = []
    for line in stream:
        head.append(line)
        if line.strip():
            break
    first = head[-1].lstrip().removeprefix(codecs.BOM_UTF8) if head else b""
    if first.startswith(b"{") and _is_object(first):
        yield from _json_lines(_Lines(stream, head), "stdin", columns, tell)
        return
    if delimiter := _delimiter(first, columns):
        yield from _table(_Lines(stream, head), "stdin", columns, delimiter, tell)
        return
    data = b"".join(head) + stream.read()
    if first.startswith(b"{"):
        if _is_object(data):
            yield from _json(data, "stdin", columns, tell)
            return
        if any(_is_object(line) for line in data.splitlines()):
            yield from _json_lines(_Lines(io.BytesIO(data)), "stdin", columns, tell)
            return
    if re.match(rb"\s*\[\s*\{", data.removeprefix(codecs.BOM_UTF8)):
        yield from _json(data, "stdin", columns, tell)
        return
    yield from _text(data, "stdin")


def _delimiter(line: bytes, columns: Columns) -> str | None:
    """What separates the names in the header of a table; None for a line that is none."""
    known = {columns.text, columns.id, columns.patient, columns.date, columns.type}
    for delimiter in (",", "\t", ";"):
        names = [n.strip().strip('"') for n in line.decode("utf-8", "replace").split(delimiter)]
        like_names = all(len(n) <= 40 and (n.lstrip("_")[:1].isalpha() or not n) for n in names)
        if len(names) > 1 and like_names and (columns.text in names or len(known.intersection(names)) > 1):
            return delimiter
    return None


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _text(data: bytes, name: str) -> Iterator[Entry]:
    if not data.strip():
        raise InputError("it is empty")
    text = decoded(data)
    yield Entry(Note(text=text, note_id=name), name, _group(None, name))


def _refuse_binary(head: bytes) -> None:
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            raise InputError(f"this is {kind}, not text; save it as plain text first")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    if head.count(0) > max(2, len(head) // 100):
        raise InputError("this is not text (binary data); save it as plain UTF-8 text first")


def decoded(data: bytes) -> str:
    """Text of UTF-16 by its byte order mark, else UTF-8, else Windows-1252; never with a byte dropped.

    Raises InputError for what is no text.
    """
    _refuse_binary(data[:_HEAD])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise InputError("the encoding is not UTF-8, UTF-16 or Windows-1252; convert it to UTF-8")


class _Lines:
    """The decoded lines of a stream, cut at "\\n" only and with their ends kept.

    Each line is decoded by itself, so one bad row does not cost the others. `broken` is set when
    a line could not be decoded; whoever reads the row takes it back.
    """

    def __init__(self, stream: BinaryIO, head: Sequence[bytes] = ()) -> None:
        self.stream, self.head, self.broken = stream, list(head), False

    def __iter__(self) -> Iterator[str]:
        if not self.head:
            self.head = [self.stream.readline()]
        if self.head[0].startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            # Only a file comes here, and a file can be read again from its beginning.
            self.stream.seek(0)
            try:
                with io.TextIOWrapper(self.stream, "utf-16", newline="\n") as text:
                    yield from text
            except UnicodeError:
                raise InputError("the file is not valid UTF-16; convert it to UTF-8") from None
            return
        _refuse_binary(b"".join(self.head)[:_HEAD])
        for chunk in (self.head, self.stream):
            for number, line in enumerate(chunk):
                first = chunk is self.head and number == 0
                try:
                    yield line.decode("utf-8-sig" if first else "utf-8")
                except UnicodeDecodeError:
                    try:
                        yield line.decode("cp1252")
                    except UnicodeDecodeError:
                        self.broken = True
                        yield line.decode("latin-1")

    def take_broken(self) -> bool:
        """True when a line since the last call could not be decoded."""
        was, self.broken = self.broken, False
        return was


_BAD_ENCODING = "the encoding is not UTF-8 or Windows-1252; convert it to UTF-8"


def _json_lines(lines: _Lines, name: str, columns: Columns, tell: Tell = _untold) -> Iterator[Entry]:
    number, seen = 0, False
    names: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        where, note_id = f"{name} line {number}", f"{name}:{number}"
        if lines.take_broken():
            yield _failed(where, _BAD_ENCODING, note_id)
        elif line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                yield _failed(where, "not valid JSON; write one object a line", note_id)
            else:
                names.update(_names(row))
                yield from _row(row, where, note_id, columns)
        else:
            continue
        seen = True
    if not seen:
        raise InputError("it is empty")
    tell(name, names)


def _names(row: object) -> dict[str, None]:
    """The names in a row and in the notes of a chart, in their order."""
    notes = row.get("notes") if isinstance(row, Mapping) else None
    rows = [row, *notes] if isinstance(notes, list) else [row]
    return {name: None for r in rows if isinstance(r, Mapping) for name in r}


def _json(data: bytes, name: str, columns: Columns, tell: Tell) -> Iterator[Entry]:
    text = decoded(data)
    if not text.strip():
        raise InputError("it is empty")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        # Often JSONL by the wrong name: a line that is no JSON is then named by its number.
        if sum(_is_object(line) for line in data.splitlines()[:100]) < 1:
            raise InputError("not valid JSON") from None
        yield from _json_lines(_Lines(io.BytesIO(data)), name, columns, tell)
        return
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise InputError("there are no rows in it")
    for number, row in enumerate(rows, 1):
        yield from _row(row, f"{name} row {number}", f"{name}:{number}", columns)
    tell(name, {key: None for row in rows for key in _names(row)})


def _table(lines: _Lines, name: str, columns: Columns, delimiter: str, tell: Tell) -> Iterator[Entry]:
    csv.field_size_limit(2**31 - 1)
    # strict: an unclosed quote is an error here, not one field that swallows the rest of the file.
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            if header is None:
                raise InputError("the header is not valid CSV; check its quotes") from None
            number += 1
            yield _failed(
                f"{name} row {number}", "not valid CSV; a quote is open or misplaced", f"{name}:{number}"
            )
            continue
        broken = lines.take_broken()
        if not any(cells) and len(cells) <= 1:
            continue
        if header is None:
            if broken:
                raise InputError(_BAD_ENCODING)
            header = [c.strip() for c in cells]
            columns.check(header)
            continue
        number += 1
        if number == 1:
            tell(name, header)
        where, note_id = f"{name} row {number}", f"{name}:{number}"
        if broken:
            yield _failed(where, _BAD_ENCODING, note_id)
        elif len(cells) != len(header):
            yield _failed(
                where,
                f"{len(cells)} fields where the header has {len(header)}; put quotes round texts",
                note_id,
            )
        else:
            yield from _row(dict(zip(header, cells, strict=True)), where, note_id, columns)
    if not number:
        raise InputError("it is empty" if header is None else "there are no rows below the header")


def _parquet(path: Path, name: str, columns: Columns, tell: Tell) -> Iterator[Entry]:
    import pyarrow
    import pyarrow.parquet

    with path.open("rb"):  # a missing file is reported as such, not as broken Parquet
        pass
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
            if "notes" not in names:
                columns.check(names)
                tell(name, names)
            wanted = {*(c for c, _ in columns.required()), "notes", "requested_levels"}
            wanted |= {columns.id, columns.patient, columns.date, columns.type}
            number = 0
            for batch in file.iter_batches(batch_size=256, columns=[n for n in names if n in wanted]):
                for row in batch.to_pylist():
                    number += 1
                    yield from _row(row, f"{name} row {number}", f"{name}:{number}", columns)
            if not number:
                raise InputError("there are no rows in it")
    except (pyarrow.ArrowException, OSError) as exc:
        raise InputError(f"not a readable Parquet file ({type(exc).__name__})") from None


# -- one row -------------------------------------------------------------------------------------


def _row(row: object, where: str, note_id: str, columns: Columns) -> Iterator[Entry]:
    """The entries of a row: one note, or all notes of a chart."""
    if not isinstance(row, Mapping):
        yield _failed(where, "a row must be an object with the key 'text' (or 'notes')", note_id)
        return
    patient_id = _id(row.get(columns.patient))
    try:
        levels = split_levels(row.get("requested_levels"))
    except InputError as exc:
        yield _failed(where, str(exc), _id(row.get(columns.id)) or note_id, patient_id)
        return
    notes = row.get("notes")
    if notes is None or columns.text in row:
        note = _note(row, note_id, columns, patient_id)
        yield Entry(note, where, _group(patient_id, where), levels)
        return
    if not isinstance(notes, Sequence) or isinstance(notes, str) or not notes:
        yield _failed(where, "'notes' must be a list of notes, and not an empty one", note_id, patient_id)
        return
    for number, item in enumerate(notes, 1):
        place, item_id = f"{where} note {number}", f"{patient_id or note_id}-{number}"
        if isinstance(item, Mapping):
            # The patient is named once, on the chart.
            note = _note(item, item_id, replace(columns, patient="patient_id"), patient_id)
        else:
            note = Unreadable(item_id, "a note must be an object with the key 'text'", patient_id)
        yield Entry(note, place, _group(patient_id, where), levels)


def _note(
    row: Mapping[str, Any], note_id: str, columns: Columns, patient_id: str | None
) -> Note | Unreadable:
    note_id = _id(row.get(columns.id)) or note_id
    try:
        columns.check(row)
        text = row[columns.text]
        if _blank(text):
            raise InputError("there is no text in it")
        if not isinstance(text, str):
            raise InputError("the text is not a string")
        day = _iso_date(row.get(columns.date))
    except InputError as exc:
        return Unreadable(note_id, str(exc), patient_id)
    return Note(text=text, note_id=note_id, patient_id=patient_id, date=day, type=_id(row.get(columns.type)))


def _blank(value: object) -> bool:
    """None, NaN, NaT, pandas.NA and white space: nothing is there."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, str) and not value.strip()


def _id(value: object) -> str | None:
    """An identifier as text; 12.0, which pandas makes of 12 beside an empty cell, is 12."""
    if _blank(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _iso_date(value: object) -> str | None:
    """YYYY-MM-DD of a date, a timestamp, or text that begins with one.

    03/04/2025 is refused: which of two MRIs is the newer must not hang on a guess.
    """
    if _blank(value):
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    m = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?![\d-])|\s*(\d{8})\s*$", str(_id(value)))
    try:
        return date.fromisoformat(m[1] or m[2]).isoformat() if m else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise InputError("the note date is not a date like 2025-03-19; write it as YYYY-MM-DD")


def month_first(note: Note, day: str | None) -> bool:
    """True when a note's date was taken from numbers in its text that may be day and month the other way."""
    if note.date is not None or day is None:
        return False
    year, month, first = (int(part) for part in day.split("-"))
    numbers = re.finditer(r"(?<!\d)(\d\d?)([/.-])(\d\d?)\2(?:\d\d)?(\d\d)(?!\d)", note.text)
    read = (month, first, year % 100)
    return month != first <= 12 and any((int(m[1]), int(m[3]), int(m[4])) == read for m in numbers)


def shown_columns(names: Collection[object]) -> str:
    """The columns found, for a message; nothing where the first row looks like data, not a header."""
    texts = [str(n) for n in names]
    if not texts:
        return "there are no columns"
    if any(len(t) > 40 or not t.lstrip("_")[:1].isalpha() or not t.isprintable() for t in texts):
        return f"{len(texts)} columns, whose first row does not look like a header"
    more = f" and {len(texts) - 12} more" if len(texts) > 12 else ""
    return "found: " + ", ".join(texts[:12]) + more
