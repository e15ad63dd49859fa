"""Python in, Python out: text, notes or a data frame to facts and determinations.

bvnscreen.extract("Modic type 1 at L4-L5.").modic
bvnscreen.screen(notes, policy="candidacy", levels=["L4-L5"]).determination
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from bvnscreen import chart, readers, writers
from bvnscreen.facts import Duration, Finding, Modic, Note, NoteFacts, Pain, Procedure, Score
from bvnscreen.policy import Determination, available, judge, load
from bvnscreen.readers import Entry, InputError, InPython, Unreadable
from bvnscreen.workers import extract_row, read_entries, requested, screen_charts, screen_rows

if TYPE_CHECKING:
    import pandas

Item = Note | str | Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """What was read in one note. `to_dict()` is the row that `bvnscreen extract` prints."""

    note: Note
    outcome: NoteFacts | Unreadable

    @property
    def facts(self) -> NoteFacts:
        """All facts. Raises InputError when the note could not be read: nothing read is not "no"."""
        if isinstance(self.outcome, Unreadable):
            raise InputError(f"note {self.outcome.note_id}: {self.outcome.error}")
        return self.outcome

    @property
    def error(self) -> str | None:
        """Why the note could not be read, or None."""
        return self.outcome.error if isinstance(self.outcome, Unreadable) else None

    @property
    def modic(self) -> tuple[Modic, ...]:
        """Endplate changes."""
        return self.facts.modic

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Other findings and conditions."""
        return self.facts.findings

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """Treatments: done, planned, declined."""
        return self.facts.procedures

    @property
    def pain(self) -> Pain | None:
        """Where it hurts."""
        return self.facts.pain

    @property
    def duration(self) -> Duration | None:
        """How long the present low back complaint has lasted, in months."""
        return self.facts.duration

    @property
    def scores(self) -> tuple[Score, ...]:
        """ODI, VAS, NRS, BMI."""
        return self.facts.scores

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `{"note_id", "error"}` when the note could not be read."""
        return extract_row(self.outcome)

    def __repr__(self) -> str:
        if self.error:
            return f"<Result {self.note.note_id}: {self.error}>"
        counts = f"{len(self.modic)} modic, {len(self.findings)} findings, {len(self.procedures)} procedures"
        return f"<Result {self.note.note_id}: {counts}>"

    def _repr_html_(self) -> str:
        if self.error:
            return f"<p>{writers.safe_html(self.error)}</p>"
        return writers.note_html(self.note.text, self.to_dict())


@dataclass(frozen=True, slots=True)
class Screening(Determination):
    """A determination that a notebook can show."""

    def _repr_html_(self) -> str:
        return writers.determination_html(self.to_dict())


@overload
def extract(notes: str | Note, *, workers: int = ...) -> Result: ...
@overload
def extract(notes: Iterable[Item] | pandas.DataFrame, *, workers: int = ...) -> Any: ...
def extract(notes: Any, *, workers: int = 1) -> Any:
    """Read notes.

    A text or a Note gives a Result; several (texts, Notes, or dicts with `text` and optionally
    note_id, patient_id, note_date, note_type) give a list of Results in the same order. A pandas
    DataFrame with these columns gives a DataFrame, one row a fact (note_id, family, name, levels,
    assertion, start, end, evidence, ...), and a row with `error` for a note that cannot be read.
    With `workers` > 1 the calling script needs the usual `if __name__ == "__main__":`.
    """
    if isinstance(notes, (str, Note)):
        (one,) = _results(_entries([notes]), 1)
        if one.error:
            raise InputError(one.error)
        return one
    if not _is_frame(notes):
        return list(_results(_entries(_several(notes)), workers))
    import pandas

    entries = readers.rows(_records(notes))
    rows = (extract_row(outcome) for _, outcome in read_entries(entries, workers))
    lines = [line for row in rows for line in ([row] if "error" in row else writers.facts(row))]
    return pandas.DataFrame(lines, columns=writers.FACT_COLUMNS)


def screen(
    notes: Any,
    policy: str = "candidacy",
    levels: str | Sequence[str] | None = None,
    *,
    workers: int = 1,
) -> Any:
    """Judge one patient's notes by a policy; a DataFrame may hold many patients.

    A text, a Note or several (of one patient) give a Determination. A DataFrame (columns as for
    `extract`) gives a DataFrame, one row a criterion of each patient. `levels` are the discs that
    are requested ("L4-L5,L5-S1"); without them they are read from the notes.
    Raises InputError for unusable notes or levels and PolicyError for an unknown policy.
    """
    wanted = requested(readers.split_levels(levels))
    judged_by = load(policy)
    if _is_frame(notes):
        import pandas

        entries = readers.rows(_records(notes))
        rows = screen_rows(read_entries(entries, workers), [judged_by], wanted)
        lines = [line for _, row in rows for line in (writers.criteria(row) if "criteria" in row else [row])]
        return pandas.DataFrame(lines, columns=writers.CRITERION_COLUMNS)
    items = [notes] if isinstance(notes, (str, Note)) else list(_several(notes))
    results = list(_results(_entries(items), workers))
    patients = {r.note.patient_id for r in results} - {None}
    if len(patients) > 1:
        raise InputError(f"these are notes of {len(patients)} patients; give one patient's, or a DataFrame")
    if not results:
        raise InputError("no notes were given")
    verdict = judge(chart.merge([r.facts for r in results], wanted), judged_by)
    return Screening(**{f.name: getattr(verdict, f.name) for f in fields(verdict)})


def compare(
    notes: Any,
    policies: Sequence[str] | None = None,
    levels: str | Sequence[str] | None = None,
    *,
    workers: int = 1,
) -> pandas.DataFrame:
    """Patients (rows) by policies (columns): the determinations.

    `notes` are a DataFrame or rows as for `screen`, of any number of patients; a note without
    patient_id is its own patient. `policies` are ids, by default all. Raises InputError and PolicyError.
    """
    import pandas

    wanted = requested(readers.split_levels(levels))
    every = [load(name) for name in policies] if policies is not None else available()
    if _is_frame(notes):
        rows: Iterable[Any] = _records(notes)
    else:
        items = [notes] if isinstance(notes, (str, Note)) else _several(notes)
        rows = (_row(item, number) for number, item in enumerate(items, 1))
    found: dict[str, dict[str, str]] = {}
    for where, item in screen_charts(read_entries(readers.rows(rows), workers), every, wanted):
        if isinstance(item, dict):
            raise InputError(f"{where or item['note_id']}: {item['error']}")
        found.setdefault(str(item[1].patient_id), {})[item[1].policy] = item[1].determination
    frame = pandas.DataFrame.from_dict(found, orient="index", columns=[p.id for p in every])
    return frame.rename_axis("patient_id")


def _row(item: Item, number: int) -> Mapping[str, Any]:
    if isinstance(item, str):
        if len(item) < 200 and item.isprintable() and Path(item).is_file():
            raise InputError(
                "this names a file; give its text: Path(name).read_text(), or pandas.read_csv(name)"
            )
        return {"text": item, "note_id": f"note-{number}"}
    if isinstance(item, Note):
        names = ("text", "note_id", "patient_id")
        return {k: getattr(item, k) for k in names} | {"note_date": item.date, "note_type": item.type}
    return item


def _several(notes: Any) -> Iterable[Item]:
    if isinstance(notes, Mapping):
        return [notes]
    if isinstance(notes, Iterable):
        return notes
    raise TypeError("notes must be a text, a Note, a row, a list of these, or a pandas DataFrame")


def _is_frame(value: object) -> bool:
    return type(value).__name__ == "DataFrame" and hasattr(value, "itertuples")


def _records(frame: pandas.DataFrame) -> Iterator[dict[str, Any]]:
    InPython().check(frame.columns)
    names = [str(c) for c in frame.columns]
    for values in frame.itertuples(index=False, name=None):
        yield dict(zip(names, values, strict=True))


def _entries(items: Iterable[Item]) -> Iterator[Entry]:
    """Entries of a call from Python, where a Note is taken as it is."""
    for number, item in enumerate(items, 1):
        if isinstance(item, Note):
            yield Entry(item, f"note {number}", "")
        else:
            yield from readers.rows([_row(item, number)], first=number)


def _results(entries: Iterable[Entry], count: int) -> Iterator[Result]:
    for entry, outcome in read_entries(entries, count):
        note = entry.note
        if isinstance(note, Unreadable):
            note = Note("", note.note_id, note.patient_id)
        yield Result(note, outcome)
