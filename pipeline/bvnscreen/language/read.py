"""One note through the rooms: clean, segment, find, assert, attach, tell."""

from __future__ import annotations

from ..facts import Note, NoteFacts
from .document import read_document
from .findings import read_findings
from .kind import read_kind
from .modic import read_modic


def read(note: Note) -> NoteFacts:
    """The facts of one note. Raises nothing for any text."""
    document = read_document(note)
    kind = read_kind(document)
    modic = read_modic(document, kind)
    return NoteFacts(
        note_id=note.note_id,
        patient_id=note.patient_id,
        note_date=note.date,
        note_type=note.type,
        kind=kind.name,
        region=kind.region,
        describes_spine=kind.describes_spine,
        modic=modic,
        findings=read_findings(document, kind, modic),
    )
