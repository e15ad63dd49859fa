"""What a note says, as values that point at the words that say it.

Everything here is a frozen dataclass without any spaCy object: it pickles, compares and
serialises. Offsets are 0-based character offsets into the note as it was read, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

Assertion = Literal["present", "absent", "possible", "historical", "hypothetical", "family"]
Status = Literal["done", "ongoing", "planned", "considered", "declined", "denied", "not_done", "family"]
Response = Literal["none", "minimal", "temporary", "mixed", "good", "worse"]
Attribution = Literal["report", "clinician"]


@dataclass(frozen=True, slots=True)
class Note:
    """One document as it was read. `date` is ISO (YYYY-MM-DD) or None; `type` is free text."""

    text: str
    note_id: str = "note"
    patient_id: str | None = None
    date: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters that prove a value: `note.text[start:end] == text`, always."""

    note_id: str
    start: int
    end: int
    text: str
    section: str = ""
    cues: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Modic:
    """A vertebral endplate change, typed ("1" "2" "3", several for a mixture) or "unspecified".

    `attribution` tells a radiologist's report from a clinician's claim about one.
    `region` is "lumbar" unless the text ties the change to another part of the spine. `study_date` is
    the date of the study that the sentence names, as exact as the text.
    """

    types: tuple[str, ...]
    assertion: Assertion
    evidence: Evidence
    levels: tuple[str, ...] = ()
    vertebrae: tuple[str, ...] = ()
    endplates: tuple[str, ...] = ()
    basis: Literal["stated", "described"] = "stated"
    attribution: Attribution = "report"
    region: str = "lumbar"
    study_date: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A competing finding or condition; `concept` is one of the names in docs/vocabulary.md.

    `region` is set where the text ties a finding without a level to another part than the low back.
    """

    concept: str
    assertion: Assertion
    evidence: Evidence
    levels: tuple[str, ...] = ()
    vertebrae: tuple[str, ...] = ()
    side: str | None = None
    severity: str | None = None
    grade: int | None = None
    size_mm: float | None = None
    direction: str | None = None
    acuity: str | None = None
    roots: tuple[str, ...] = ()
    drug: str | None = None
    t_score: float | None = None
    slip_pct: float | None = None
    # The part of the spine where a text on several parts names no level.
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A treatment. Durations are in months; `date` is ISO, as exact as the text (2023, 2023-06)."""

    name: str
    status: Status
    evidence: Evidence
    levels: tuple[str, ...] = ()
    vertebrae: tuple[str, ...] = ()
    nerves: tuple[str, ...] = ()
    side: str | None = None
    date: str | None = None
    count: int | None = None
    sessions: int | None = None
    drug: str | None = None
    response: Response | None = None
    relief_pct: float | None = None
    relief_months: float | None = None
    duration_months: float | None = None
    # The last day of a dated course ("PT June to November 2024"), as exact as the text.
    date_end: str | None = None
    # True for "more than / at least / over": duration_months is then only a lower limit.
    duration_at_least: bool = False
    relief_lasts: bool | None = None  # the text says that the relief goes on ("still", "sustained")


@dataclass(frozen=True, slots=True)
class Pain:
    """Where and how it hurts. A None is "the note does not say"."""

    evidence: Evidence
    region: str | None = None
    axial: bool | None = None
    midline: bool | None = None
    focal: bool | None = None
    below_knee: bool | None = None
    radiation: bool | None = None
    side: str | None = None
    worse_side: str | None = None
    leg_pain: Assertion | None = None
    low_back: Assertion | None = None
    predominant: str | None = None
    disputed: bool | None = None  # one place says that the back leads, another that the leg does
    back_pct: float | None = None
    leg_pct: float | None = None
    levels: tuple[str, ...] = ()
    radiation_to: tuple[str, ...] = ()
    aggravating: tuple[str, ...] = ()
    relieving: tuple[str, ...] = ()
    support: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the present low back complaint has lasted, as an interval in months."""

    evidence: Evidence
    symptom: str = "low_back_pain"
    months_min: float | None = None
    months_max: float | None = None
    ge_6mo: bool | None = None
    chronicity: str | None = None
    onset: str | None = None
    episode_days: float | None = None
    support: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A measured value: ODI (percent), VAS or NRS (0 to 10), BMI (kg/m2)."""

    name: str
    value: float
    evidence: Evidence
    date: str | None = None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """All that was read in one note.

    `kind` is one of mri_report, imaging_report, clinic_note, procedure_note, pt_note, letter,
    addendum, questionnaire, other. `region` is the part of the spine an imaging report shows.
    `describes_spine` is true where imaging text describes the lumbar spine (silence in such a
    text is worth something, silence elsewhere is not). `age` is in years.
    """

    note_id: str
    patient_id: str | None = None
    note_date: str | None = None
    note_type: str | None = None
    kind: str = "other"
    region: str | None = None
    describes_spine: bool = False
    study_date: str | None = None
    age: float | None = None
    modic: tuple[Modic, ...] = ()
    findings: tuple[Finding, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    pain: Pain | None = None
    duration: Duration | None = None
    scores: tuple[Score, ...] = field(default=())
    # The words that state the age.
    age_evidence: Evidence | None = None


def to_dict(value: Any) -> Any:
    """Plain dicts and lists for JSON; tuples become lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_dict(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_dict(v) for v in value]
    if isinstance(value, dict):
        return {k: to_dict(v) for k, v in value.items()}
    return value
