"""One note through the rooms: clean, segment, find, assert, attach, tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..facts import Finding, Modic, Note, NoteFacts
from .dates import find_dates
from .document import Document, read_document
from .duration import read_duration
from .findings import read_findings
from .kind import Kind, read_kind, told_part
from .modic import read_modic
from .pain import read_pain
from .procedures import read_procedures
from .rx import rx
from .scores import read_scores
from .visit import note_date, read_age


def read(note: Note) -> NoteFacts:
    """The facts of one note. Raises nothing for any text."""
    document = read_document(note)
    kind = read_kind(document)
    for index in kind.general:  # rules, studies, leaflets: nothing there is about this patient
        document.sentences[index].section = "criteria"
    age = document.once(read_age)
    return NoteFacts(
        note_id=note.note_id,
        patient_id=note.patient_id,
        note_date=note.date or document.once(note_date),
        note_type=note.type,
        kind=kind.name,
        region=kind.region,
        describes_spine=kind.describes_spine,
        study_date=_amended(document) if kind.name == "addendum" else None,
        age=age[0] if age else None,
        modic=tuple(_in_part(document, kind, m) for m in read_modic(document, kind)),
        findings=tuple(_in_part(document, kind, f) for f in read_findings(document, kind)),
        procedures=read_procedures(document),
        pain=read_pain(document),
        duration=read_duration(document),
        scores=read_scores(document),
        age_evidence=age[1] if age else None,
    )


_STUDY = rx(r"\b(?:of|from|dated|on|mri|study|exam\w*|report|performed)[ :(]{1,3}$")


def _amended(document: Document) -> str | None:
    """The date of the study an addendum speaks of; None where it gives only its own."""
    for when in find_dates(document.lower[:600]):
        full = when.iso is not None and len(when.iso) == 10 and when.iso != document.note.date
        if full and _STUDY.search(document.lower[max(0, when.start - 14) : when.start]):
            return when.iso
    return None


_Seen = TypeVar("_Seen", Modic, Finding)


def _in_part(document: Document, kind: Kind, fact: _Seen) -> _Seen:
    """A fact without a level belongs to the part of the spine whose study it is told of."""
    if fact.levels or fact.vertebrae:
        return fact
    region = told_part(document, kind, document.clean.clean_position(fact.evidence.start))
    if region is None or (isinstance(fact, Finding) and fact.concept in _WHOLE_PATIENT):
        return fact
    return replace(fact, region=region)


# Conditions of the patient, not of a part of the spine.
_WHOLE_PATIENT = frozenset(
    (
        "pacemaker", "icd_device", "implanted_stimulator", "pregnancy", "skeletal_immaturity", "anticoagulant",
        "bleeding_disorder", "severe_cardiopulmonary_disease", "metabolic_bone_disease", "osteoporosis", "osteopenia",
        "cauda_equina_syndrome", "neurogenic_claudication",
    )
)  # fmt: skip
