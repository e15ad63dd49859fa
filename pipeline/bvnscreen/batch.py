"""Any number of notes into a folder: shards of rows, and a manifest that says what they were made of.

A shard and the manifest appear whole or not at all, and a shard counts only once the manifest has it.
So a run that was killed at any moment goes on after the last shard of the manifest, and its folder
ends up the same, byte for byte, as that of a run that was not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import lru_cache
from hashlib import file_digest, sha256
from itertools import chain, islice
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

from bvnscreen import __version__, readers, resources, workers, writers
from bvnscreen.facts import Note, NoteFacts
from bvnscreen.readers import Columns, Entry, Unreadable

if TYPE_CHECKING:
    import pyarrow

SHARD_NOTES = 1000
_FIRST = 100
MANIFEST = "manifest.json"
FORMATS = ("jsonl", "parquet")
# How a run differs from the one that is to go on, by the key of the manifest.
_OTHER = {
    "bvnscreen": "another version",
    "rules_sha256": "other rules",
    "input": "another input",
    "input_sha256": "another input",
    "columns": "other columns",
    "format": "another format",
    "notes_a_shard": "files of another size",
}


class BatchError(ValueError):
    """The run cannot begin or go on as asked. The message is complete and quotes no note."""


@dataclass
class Summary:
    """Notes and unreadable notes in the folder, and how many of the notes were there before."""

    notes: int = 0
    unreadable: int = 0
    shards: int = 0
    before: int = 0


def run(
    source: Path,
    out: Path,
    *,
    columns: Columns | None = None,
    form: str = "jsonl",
    processes: int = 1,
    resume: bool = False,
    began: Callable[[int, int | None], None] = lambda before, total: None,
    told: Callable[[Entry, str | None], None] = lambda entry, error: None,
    tell: readers.Tell = lambda name, names: None,
) -> Summary:
    """Read all notes of a file or folder into `out`, one row a note, as `bvnscreen extract` gives it.

    `resume` goes on with a run of the same input, rules and version. `began` gets the number of notes
    that are there already and, where it can be known, of all; `told` every note and its error, if any;
    `tell` the columns of each table. Raises BatchError, SetupError when the language layer does not
    start, and OSError when `out` cannot be written to.
    """
    columns = columns or Columns()
    if not (source.is_file() or source.is_dir()):
        raise BatchError(f"{source}: no such file or folder")
    if source.resolve() in (out.resolve(), *out.resolve().parents):
        raise BatchError(f"{out} is inside the input; name a folder elsewhere")
    try:
        digest, total = _look_over(source)
    except OSError as exc:
        raise BatchError(f"{exc.filename or source}: cannot be read ({exc.strerror})") from None
    made_of = {
        "bvnscreen": __version__,
        "rules_sha256": resources.rules_hash(),
        "input": source.as_posix(),
        "input_sha256": digest,
        "columns": asdict(columns),
        "format": form,
        "notes_a_shard": SHARD_NOTES,
    }
    entries = readers.read([str(source)], columns, tell)
    head = list(islice(entries, _FIRST))
    _need_text(head)
    summary = _begin(out, made_of, resume)
    began(summary.before, total)
    # What is there already is parsed again, which is quick, and not read again.
    entries = islice(chain(head, entries), summary.before, None)
    rows = _rows(entries, processes, told)
    for first in rows:
        with _whole(out / f"part-{summary.shards:06d}.{form}") as stream:
            shard = chain([first], islice(rows, SHARD_NOTES - 1))
            count, unreadable = _SHARDS[form](shard, stream)
        summary.notes += count
        summary.unreadable += unreadable
        summary.shards += 1
        _note_down(out, made_of, summary, complete=False)
    _note_down(out, made_of, summary, complete=True)
    return summary


def _need_text(head: list[Entry]) -> None:
    """Refuse input whose first rows all lack a column, before there is a folder that bars the next try."""
    errors = [e.note.error for e in head if isinstance(e.note, Unreadable)]
    if errors and len(errors) == len(head) and all(e.startswith(readers.NO_COLUMN) for e in errors):
        raise BatchError(f"{head[0].where}: {errors[0]}")


def _rows(
    entries: Iterator[Entry], processes: int, told: Callable[[Entry, str | None], None]
) -> Iterator[tuple[bytes, bool]]:
    """Each note's row as a line of JSON, and whether the note was unreadable."""
    for entry, (line, error) in workers.paired(entries, _row, processes):
        told(entry, error)
        yield line, error is not None


def _row(note: Note | Unreadable) -> tuple[bytes, str | None]:
    """Done where the note is read, so that the parent has only to write it."""
    outcome = workers.read_one(note)
    error = outcome.error if isinstance(outcome, Unreadable) else None
    return writers.dumps(workers.extract_row(outcome)).encode() + b"\n", error


# -- the folder ------------------------------------------------------------------------------------


def _begin(out: Path, made_of: dict[str, Any], resume: bool) -> Summary:
    """Make the folder, or see what is in it already."""
    manifest = out / MANIFEST
    if not manifest.exists():
        if out.exists() and not out.is_dir():
            raise BatchError(f"{out} is a file; name a folder")
        # What a run leaves behind that was killed before its first shard was in the manifest.
        ours = {"part-000000." + made_of["format"], ".tmp"}
        if out.exists() and not all(resume and p.name in ours for p in out.iterdir()):
            raise BatchError(f"{out} is not empty; name a new folder")
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Summary()
    if not resume:
        raise BatchError(f"{out} holds a run already; go on with --resume or name a new folder")
    try:
        found = json.loads(manifest.read_text("utf-8"))
        summary = Summary(found["notes"], found["unreadable"], found["shards"], found["notes"])
        other = [_OTHER[key] for key, value in made_of.items() if found[key] != value]
    except (ValueError, KeyError, TypeError):
        raise BatchError(f"{manifest} is not one of ours; name a new folder") from None
    if other:
        names = ", ".join(dict.fromkeys(other))
        raise BatchError(f"{out} was begun with {names}; name a new folder, or use the same")
    for number in range(summary.shards):
        name = f"part-{number:06d}.{made_of['format']}"
        if not (out / name).is_file():
            raise BatchError(f"{out}: {name} is gone; name a new folder")
    return summary


def kept(out: Path) -> int:
    """How many notes of a run that was stopped are in its folder for good."""
    try:
        return int(json.loads((out / MANIFEST).read_text("utf-8"))["notes"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _note_down(out: Path, made_of: dict[str, Any], summary: Summary, *, complete: bool) -> None:
    counts = {"complete": complete, "shards": summary.shards, "notes": summary.notes}
    text = json.dumps(made_of | counts | {"unreadable": summary.unreadable}, indent=2) + "\n"
    with _whole(out / MANIFEST) as stream:
        stream.write(text.encode())


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file for the owner's eyes, under its name only when all of it is on the disk."""
    new = path.with_name(".tmp")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)


def _look_over(source: Path) -> tuple[str, int | None]:
    """A hash of the input, and the number of its notes where that is cheap to know (for the time left)."""
    digest, suffix = sha256(), source.suffix.lower()
    if source.is_dir():
        files, _ = readers.files_below(source)
        for path in files:
            digest.update(path.relative_to(source).as_posix().encode("utf-8", "surrogateescape") + b"\0")
            with path.open("rb") as stream:
                digest.update(file_digest(stream, "sha256").digest())
        tables = {".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"}
        return digest.hexdigest(), None if {p.suffix.lower() for p in files} & tables else len(files)
    lines, quoted = 0, False
    with source.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
            for number, piece in enumerate(block.split(b'"') if suffix in (".csv", ".tsv") else [block]):
                quoted ^= number > 0  # a line end in a quoted field ends no row
                lines += 0 if quoted else piece.count(b"\n")
    rows = {".jsonl": lines, ".ndjson": lines, ".csv": lines - 1, ".tsv": lines - 1}
    return digest.hexdigest(), rows.get(suffix)


# -- shards ----------------------------------------------------------------------------------------


def _jsonl(rows: Iterator[tuple[bytes, bool]], stream: BinaryIO) -> tuple[int, int]:
    count = unreadable = 0
    for line, error in rows:
        stream.write(line)
        count += 1
        unreadable += error
    return count, unreadable


def _parquet(rows: Iterator[tuple[bytes, bool]], stream: BinaryIO) -> tuple[int, int]:
    import pyarrow
    import pyarrow.parquet

    found = list(rows)
    table = pyarrow.Table.from_pylist([_writable(line) for line, _ in found], schema=arrow_schema())
    pyarrow.parquet.write_table(table, stream, compression="zstd")
    return len(found), sum(error for _, error in found)


def _writable(line: bytes) -> Any:
    """The row; a lone surrogate, which Parquet cannot hold, becomes "?", which is as long."""
    if b"\\ud" in line:
        line = json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(line)


_SHARDS = {"jsonl": _jsonl, "parquet": _parquet}


@lru_cache(maxsize=1)
def arrow_schema() -> pyarrow.Schema:
    """The columns of a Parquet shard: the fields of NoteFacts, and `error`."""
    import pyarrow

    return pyarrow.schema([*_arrow(NoteFacts), pyarrow.field("error", pyarrow.string())])


def _arrow(kind: Any) -> Any:
    import pyarrow

    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return pyarrow.struct([pyarrow.field(f.name, _arrow(hints[f.name])) for f in fields(kind)])
    if get_origin(kind) in (Union, UnionType):
        (inner,) = [k for k in get_args(kind) if k is not NoneType]
        return _arrow(inner)
    if get_origin(kind) is tuple:
        return pyarrow.list_(_arrow(get_args(kind)[0]))
    if get_origin(kind) is Literal:
        return pyarrow.string()
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    return types[kind]
