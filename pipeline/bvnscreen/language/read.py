"""One note through the rooms: clean, segment, find, assert, attach, tell."""

from __future__ import annotations

from ..facts import Note, NoteFacts
from .document import read_document
from .duration import note_date, read_age, read_duration
from .findings import read_findings
from .kind import read_kind
from .modic import read_modic
from .pain import read_pain
from .procedures import read_procedures
from .scores import read_scores


def read(note: Note) -> NoteFacts:
    """The facts of one note. Raises nothing for any text."""
    document = read_document(note)
    kind = read_kind(document)
    for index in kind.general:  # rules, studies, leaflets: nothing there is about this patient
        document.sentences[index].section = "criteria"
    age = read_age(document)
    return NoteFacts(
        note_id=note.note_id,
        patient_id=note.patient_id,
        note_date=note.date or note_date(document),
        note_type=note.type,
        kind=kind.name,
        region=kind.region,
        describes_spine=kind.describes_spine,
        age=age[0] if age else None,
        modic=read_modic(document, kind),
        findings=read_findings(document, kind),
        procedures=read_procedures(document),
        pain=read_pain(document),
        duration=read_duration(document),
        scores=read_scores(document),
        age_evidence=age[1] if age else None,
    )
