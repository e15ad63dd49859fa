"""Notes through the language layer, in this process or in several, always in the order they came.

The worker processes share a pipeline that is built once and hand back plain facts.
"""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bvnscreen.facts import Note, NoteFacts, to_dict
from bvnscreen.readers import Entry, InputError, Unreadable, month_first

if TYPE_CHECKING:
    from bvnscreen import chart
    from bvnscreen.policy import Determination, Policy

# Below this much, starting processes costs more than it saves.
FEW = 256
_FEW_CHARACTERS = 2_000_000
# A megabyte takes a small part of it.
SECONDS = 60.0


def default_workers() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SetupError(RuntimeError):
    """The language layer does not start, whatever the note: a broken installation or rule file."""


def warm_up() -> None:
    """Build the pipeline by reading a sentence of ours. Raises SetupError, whose message is complete."""
    try:
        from bvnscreen import language

        language.read(Note("L4-L5: Modic type 2 endplate change.", "warm-up"))
    except Exception as exc:  # no note was read yet, so the message may be shown
        raise SetupError(f"the language layer does not start ({type(exc).__name__}: {exc})") from None


def read_one(note: Note | Unreadable) -> NoteFacts | Unreadable:
    """The facts of a note; a note the pipeline fails on gives the type of the error, nothing else."""
    if isinstance(note, Unreadable):
        return note
    from bvnscreen import language

    try:
        return language.read(note)
    except Exception as exc:  # any note of a long run may fail; its text must not show
        error = f"the note could not be read ({type(exc).__name__})"
        return Unreadable(note.note_id, error, note.patient_id)


def read_all(notes: Iterable[Note | Unreadable], workers: int = 1) -> Iterator[NoteFacts | Unreadable]:
    """The facts of each note, in order. Few notes, or one worker, start no process."""
    stream = iter(notes)
    if workers <= 1:
        yield from _here(stream)
        return
    first: list[Note | Unreadable] = []
    size = 0
    while len(first) < FEW and size < _FEW_CHARACTERS:
        note = next(stream, None)
        if note is None:
            yield from _here(first)
            return
        first.append(note)
        size += _weight(note)
    yield from each(itertools.chain(first, stream), read_one, workers)


def each(
    notes: Iterable[Note | Unreadable], job: Callable[[Note | Unreadable], Any], workers: int
) -> Iterator[Any]:
    """`job` of each note, in order, in processes of their own that share a pipeline built once.

    A note that ends its process or takes longer than SECONDS goes to `job` as an Unreadable. `job` is a
    function of a module. Raises SetupError.
    """
    from bvnscreen import pool

    try:
        yield from pool.run(
            notes,
            job,
            workers=workers,
            start=warm_up,
            preload="bvnscreen.warm",
            blame=_blamed,
            weight=_weight,
            seconds=SECONDS,
        )
    except pool.StartError:
        warm_up()  # says what is wrong, unless it is only so in the processes
        raise SetupError("the worker processes do not start; is there enough memory?") from None


def _here(notes: Iterable[Note | Unreadable]) -> Iterator[NoteFacts | Unreadable]:
    warm = False
    for note in notes:
        if not warm and isinstance(note, Note):
            warm_up()
            warm = True
        yield read_one(note)


def _weight(note: Note | Unreadable) -> int:
    return len(note.text) if isinstance(note, Note) else 0


def _blamed(note: Note | Unreadable, reason: str) -> Unreadable:
    return Unreadable(note.note_id, f"the note could not be read ({reason})", note.patient_id)


# -- what the command line and the Python API share -------------------------------------------------


def read_entries(entries: Iterable[Entry], count: int = 1) -> Iterator[tuple[Entry, NoteFacts | Unreadable]]:
    """Each entry with what was read in it, in order; `count` is the number of processes."""
    return _paired(entries, lambda notes: read_all(notes, count))


def paired(
    entries: Iterable[Entry], job: Callable[[Note | Unreadable], Any], count: int
) -> Iterator[tuple[Entry, Any]]:
    """Each entry with what `job` made of its note, in order; see `each`."""
    return _paired(entries, lambda notes: each(notes, job, count))


def _paired(
    entries: Iterable[Entry], through: Callable[[Iterator[Note | Unreadable]], Iterator[Any]]
) -> Iterator[tuple[Entry, Any]]:
    under_way: deque[Entry] = deque()

    def notes() -> Iterator[Note | Unreadable]:
        for entry in entries:
            under_way.append(entry)
            yield entry.note

    for outcome in through(notes()):
        yield under_way.popleft(), outcome


def of_patient(entries: Iterable[Entry], patient_id: str) -> Iterator[Entry]:
    """The entries as notes of this one patient."""
    for entry in entries:
        yield replace(entry, note=replace(entry.note, patient_id=patient_id), group=patient_id)


def extract_row(outcome: NoteFacts | Unreadable) -> dict[str, Any]:
    """The row of `bvnscreen extract` for one note."""
    row: dict[str, Any] = outcome.to_dict() if isinstance(outcome, Unreadable) else to_dict(outcome)
    return row


@dataclass
class _Patient:
    where: str
    notes: list[NoteFacts] = field(default_factory=list)
    unread: int = 0
    levels: set[str] = field(default_factory=set)
    guessed: list[str] = field(default_factory=list)


def screen_rows(
    pairs: Iterable[tuple[Entry, NoteFacts | Unreadable]],
    policies: Sequence[Policy],
    levels: Sequence[str] = (),
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where a patient was first met, and the row of `bvnscreen screen`, in order of first appearance."""
    for where, found in screen_charts(pairs, policies, levels):
        yield where, found if isinstance(found, dict) else found[1].to_dict()


def screen_charts(
    pairs: Iterable[tuple[Entry, NoteFacts | Unreadable]],
    policies: Sequence[Policy],
    levels: Sequence[str] = (),
) -> Iterator[tuple[str, tuple[chart.Chart, Determination] | dict[str, Any]]]:
    """As screen_rows, but with a chart and its determination in place of a row without `error`.

    `levels` is the request for all. Holds the facts of all patients, not their texts: a patient's next
    note may be the last row.
    """
    patients: dict[str, _Patient | Unreadable] = {}
    for entry, outcome in pairs:
        if isinstance(outcome, Unreadable):
            patients[f"unreadable {entry.where}"] = outcome
        if isinstance(outcome, NoteFacts) or outcome.patient_id is not None:
            patient = patients.setdefault(entry.group, _Patient(entry.where))
            assert isinstance(patient, _Patient)
            patient.levels.update(entry.requested_levels)
            if isinstance(outcome, NoteFacts):
                patient.notes.append(outcome)
                if isinstance(entry.note, Note) and month_first(entry.note, outcome.note_date):
                    patient.guessed.append(f"{outcome.note_id} as {outcome.note_date}")
            else:
                patient.unread += 1
    for patient in patients.values():
        if isinstance(patient, Unreadable):
            yield "", patient.to_dict()
        elif patient.notes:
            for found in _judged(patient, policies, levels):
                yield patient.where, found


def _judged(
    patient: _Patient, policies: Sequence[Policy], levels: Sequence[str]
) -> Iterator[tuple[chart.Chart, Determination] | dict[str, Any]]:
    from bvnscreen import chart, policy

    first = patient.notes[0]
    patient_id = first.patient_id or first.note_id
    failed = {"note_id": first.note_id, "patient_id": patient_id}
    try:
        wanted = levels or requested(patient.levels)
    except InputError as exc:
        yield failed | {"error": f"requested_levels: {exc}"}
        return
    try:
        merged = chart.merge(patient.notes, wanted)
        for judged_by in policies:
            found = replace(policy.judge(merged, judged_by), patient_id=patient_id)
            said = []
            if patient.unread:
                said += [
                    f"{patient.unread} of the patient's notes could not be read and are not in this result"
                ]
            if patient.guessed:
                dates = ", ".join(patient.guessed)
                said += [
                    f"a note's date was read month before day ({dates}); give note_date where that is wrong"
                ]
            yield merged, replace(found, cautions=(*found.cautions, *((text, ()) for text in said)))
    except Exception as exc:  # one patient must not end the run; the message may quote a note
        yield failed | {"error": f"the chart could not be judged ({type(exc).__name__})"}


def requested(levels: Iterable[str]) -> tuple[str, ...]:
    """The requested discs in canonical form. Raises InputError for what is no disc."""
    from bvnscreen import chart  # extract does without

    try:
        return chart.normal_levels(levels)
    except ValueError:
        raise InputError("this is not a disc level; write it like L4-L5") from None
