"""`bvnscreen screen --format html`: a file a chart, and an index where there are several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bvnscreen import writers
from bvnscreen.facts import Note, NoteFacts
from bvnscreen.policy import Policy
from bvnscreen.readers import Entry, InputError, Unreadable
from bvnscreen.web import render, view
from bvnscreen.workers import requested

Pair = tuple[Entry, "NoteFacts | Unreadable"]


def write(
    pairs: Iterable[Pair], policies: Sequence[Policy], levels: Sequence[str], output: Path | None
) -> list[tuple[str, str]]:
    """One chart into the file `output` (or to standard output), several into the folder `output`.

    Returns (where, error) of the charts that could not be judged. Raises InputError when several
    charts are to go into one file, or nothing can be read.
    """
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair[0].group, []).append(pair)
    folder = output is not None and output.is_dir()
    if len(groups) > 1 and not folder:
        raise InputError(f"these are {len(groups)} charts; name a folder: -o DIR")
    failed: list[tuple[str, str]] = []
    rows = []
    for number, group in enumerate(groups.values(), 1):
        row, text = _chart(group, policies, levels, folder)
        if text is None:
            failed.append((group[0][0].where, row["error"]))
        elif output is None or not folder:
            with writers.opened(output) as stream:
                stream.write(text)
        else:
            # The name of a patient must not become the name of a file.
            row["href"] = f"chart-{number:04d}.html"
            with writers.opened(output / row["href"]) as stream:
                stream.write(text)
        rows.append(row)
    if output is not None and folder:
        with writers.opened(output / "index.html") as stream:
            stream.write(render.index_file(rows, policies))
    return failed


def _chart(
    group: Sequence[Pair], policies: Sequence[Policy], levels: Sequence[str], index: bool
) -> tuple[dict[str, Any], str | None]:
    first = group[0][0].note
    patient_id = first.patient_id or first.note_id
    row: dict[str, Any] = {"patient_id": patient_id, "href": "", "error": "", "determinations": ["error"]}
    read = [(_note(entry.note), outcome) for entry, outcome in group]
    errors = [o.error for _, o in read if isinstance(o, Unreadable)]
    if len(errors) == len(read):
        return row | {"error": errors[0]}, None
    try:
        wanted = levels or requested({level for e, _ in group for level in e.requested_levels})
        shown = view.build(read, wanted, policies, patient_id=patient_id)
        text = render.chart_file(shown, index)
    except InputError as exc:
        return row | {"error": f"requested_levels: {exc}"}, None
    except Exception as exc:  # one chart must not end the run; the message may quote a note
        return row | {"error": f"the chart could not be judged ({type(exc).__name__})"}, None
    verdicts = [(p.verdict.determination, p.word) for p in shown.panels]
    return row | {
        "determinations": list(dict.fromkeys(d for d, _ in verdicts)),
        "verdicts": verdicts,
        "requested": shown.requested,
        "modic": "; ".join(m.text for m in shown.modic) or "none documented",
        "missing": list(dict.fromkeys(m for p in shown.panels for m in p.verdict.missing)),
    }, text


def _note(note: Note | Unreadable) -> Note:
    return note if isinstance(note, Note) else Note("", note.note_id, note.patient_id)
