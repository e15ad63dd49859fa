"""All notes of one patient as one chart: the newest lumbar MRI report wins, contradictions are kept.

The merge decides nothing about eligibility. It says which report speaks, what that report states
as present after its addenda, who claims something else, and how long the pain has lasted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import inf, nextafter
from typing import Literal, NamedTuple

from . import spine
from .facts import Duration, Evidence, Finding, Modic, NoteFacts, Procedure

DAYS_PER_MONTH = 30.4
SIX_MONTHS = 6.0
# A clinician may look at the images some days before the report on them is signed.
_SIGNED_WITHIN = 7 / DAYS_PER_MONTH
NOTE_KINDS = ("clinic_note", "letter", "pt_note", "procedure_note", "questionnaire")
IMAGING_KINDS = ("mri_report", "imaging_report", "addendum")
# Sections of a report that repeat what was known or asked, not what this study shows.
_NOT_THIS_STUDY = ("history", "indication", "clinical", "comparison", "reason", "technique")
# Where a note that quotes the MRI denies one of these, it quotes what the report says of the spine.
_QUOTED_NORMAL = ("central_stenosis", "stenosis", "spondylolisthesis", "fracture")
# Sections of a note that repeat what was quoted above them.
_CONCLUDES = ("assessment", "assessment_plan", "plan", "impression")
_AMENDMENT = ("addendum", "amend", "correct", "erratum")
_LEVEL = re.compile(r"([CTLS])(\d{1,2})\s?[-/]\s?([CTLS]?)(\d{1,2})", re.IGNORECASE)

RequestedFrom = Literal["request", "notes", "none"]


class Months(NamedTuple):
    """An interval in months, both ends included; `hi` is infinite where no upper limit is known."""

    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of the chart that cannot both be right; `text` holds no note text."""

    about: str
    text: str
    evidence: tuple[Evidence, ...]


class Mention(NamedTuple):
    """A finding with the place of its note in the chart (0 is the oldest note)."""

    note: int
    finding: Finding


class Treatment(NamedTuple):
    """A procedure with the place of its note in the chart (0 is the oldest note)."""

    note: int
    procedure: Procedure


@dataclass(frozen=True)
class Chart:
    """One patient. `notes` are sorted by date, undated ones first.

    `report_modic`: every entry of the report that speaks (after its addenda), whatever its assertion.
    `current_modic`: what that report states as present. `older_modic`: present in older lumbar
    reports. `modic_claims`: what clinicians say, and quotations of a report that is itself on file;
    `older_claims`: the same, written before the report that speaks, which they cannot dispute.
    `has_report`: some text describes a lumbar MRI. `pain_months`: the complaint at the newest note
    that states it, or None; `duration` is the statement itself.
    """

    patient_id: str | None
    notes: tuple[NoteFacts, ...]
    requested_levels: tuple[str, ...] = ()
    vertebral_bodies: tuple[str, ...] = ()
    requested_from: RequestedFrom = "none"
    requested_evidence: tuple[Evidence, ...] = ()
    has_report: bool = False
    report_notes: tuple[int, ...] = ()
    report_modic: tuple[Modic, ...] = ()
    current_modic: tuple[Modic, ...] = ()
    older_modic: tuple[Modic, ...] = ()
    modic_claims: tuple[Modic, ...] = ()
    older_claims: tuple[Modic, ...] = ()
    duration: Duration | None = None
    pain_months: Months | None = None
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def describes_spine(self) -> bool:
        """True when some imaging text describes the lumbar spine, so that its silence counts."""
        if any(n.describes_spine and _lumbar_note(n) for n in self.notes):
            return True
        quoted = (f for i in self.report_notes for f in self.notes[i].findings)
        return any(f.assertion == "absent" and f.concept in _QUOTED_NORMAL for f in quoted)

    @cached_property
    def mentions(self) -> dict[str, tuple[Mention, ...]]:
        """Concept -> where it is mentioned, oldest first; the cervical spine is left out."""
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for i, note in enumerate(self.notes):
            elsewhere = note.kind in IMAGING_KINDS and not _lumbar_note(note)
            for f in note.findings:
                places = (*f.levels, *f.vertebrae)
                cervical = f.region in ("cervical", "thoracic") or (
                    places and all(p.startswith("C") for p in places)
                )
                if not elsewhere and not cervical:
                    found[f.concept].append(Mention(i, f))
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def treatments(self) -> dict[str, tuple[Treatment, ...]]:
        """Procedure name -> its entries of any status, oldest note first; none of the neck's."""
        found: defaultdict[str, list[Treatment]] = defaultdict(list)
        for i, note in enumerate(self.notes):
            for p in note.procedures:
                if p.name == "ACDF" or not p.levels or not all(d.startswith("C") for d in p.levels):
                    found[p.name].append(Treatment(i, p))
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def results(self) -> dict[object, object]:
        """Answers already worked out for this chart, so that several policies share them."""
        return {}

    def is_report(self, note: int) -> bool:
        """True when the note at this place is an imaging report of the lumbar spine."""
        return self.notes[note].kind in IMAGING_KINDS


def merge(notes: Sequence[NoteFacts], requested_levels: Sequence[str] = ()) -> Chart:
    """Merge what the notes of one patient say.

    `requested_levels`: discs such as L4-L5 (L4-5, L4/5 and ranges such as L3-S1 are understood);
    without them the request is read from planned or considered ablations.
    Raises ValueError for a level that is none.
    """
    ordered = tuple(sorted(notes, key=lambda n: (n.note_date or "")[:10]))
    levels, treated, came_from, proof = _request(ordered, requested_levels)
    speaking, older_reports = _reports(ordered)
    on_file = bool(speaking)
    if not on_file:
        speaking = _quoting(ordered)
    parts = [_lumbar_modic(ordered[i]) for i in speaking]
    if not any(_when(ordered[i]) for i in speaking if ordered[i].kind != "addendum"):
        # Nothing tells which of several undated reports is the newer: none corrects the other.
        undated = [i for i in speaking if ordered[i].kind != "addendum"]
        parts = [
            [m for i in undated for m in _lumbar_modic(ordered[i])],
            *(_lumbar_modic(ordered[i]) for i in speaking if i not in undated),
        ]
    report_modic, conflicts = _after_addenda(parts)
    reports = {*speaking, *older_reports}
    read = [_when(ordered[i]) for i in speaking if ordered[i].kind != "addendum"]
    newest = max(read, default="") if on_file else ""
    claims, older_claims = _claims(ordered, reports, newest)
    claims = _not_taken_back(claims, parts, report_modic)
    current = _current(report_modic)
    duration, pain_months, duration_conflicts = _duration(ordered)
    return Chart(
        patient_id=next((n.patient_id for n in ordered if n.patient_id is not None), None),
        notes=ordered,
        requested_levels=levels,
        vertebral_bodies=treated,
        requested_from=came_from,
        requested_evidence=proof,
        has_report=bool(speaking),
        report_notes=tuple(speaking),
        report_modic=report_modic,
        current_modic=current,
        older_modic=tuple(
            m for i in older_reports for m in _lumbar_modic(ordered[i]) if m.assertion == "present"
        ),
        modic_claims=claims,
        older_claims=older_claims,
        duration=duration,
        pain_months=pain_months,
        conflicts=(*conflicts, *_disagreements(report_modic, claims), *duration_conflicts),
    )


def normal_levels(levels: Iterable[str]) -> tuple[str, ...]:
    """Discs from the top, each once, from L4-L5, L4-5, L4/5 or a range such as L3-S1."""
    out: set[str] = set()
    for level in levels:
        match = _LEVEL.fullmatch(level.strip())
        discs: tuple[str, ...] = ()
        if match:
            a, n, b, m = match.groups()
            first = f"{a.upper()}{n}"
            second = f"{(b or ('S' if (n, m) == ('5', '1') else a)).upper()}{m}"
            one = spine.disc(first, second)
            discs = (one,) if one else spine.discs_between(first, second)
        if not discs:
            raise ValueError("a requested level is no disc; write L4-L5 or L5-S1")
        out.update(discs)
    return tuple(sorted(out, key=spine.order))


def modic_discs(m: Modic) -> tuple[str, ...]:
    """The discs an entry is tied to: its levels, else those its endplates border."""
    if m.levels:
        return m.levels
    out = []
    for endplate in m.endplates:
        vertebra, _, side = endplate.partition("-")
        for d in (*spine.LUMBAR_DISCS, *spine.TRANSITIONAL_DISCS, "T12-L1"):
            upper, lower = d.split("-")
            if vertebra == (upper if side == "inferior" else lower):
                out.append(d)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=4096)
def months_of(date: str | None) -> Months | None:
    """A date as exact as the text (2023, 2023-06, 2023-06-05) in months since year 0, as an interval.

    A month alone stands for its middle, so June to December is six months.
    """
    parts = (date or "")[:10].split("-")
    try:
        numbers = [int(p) for p in parts]
    except ValueError:
        return None
    year = numbers[0] * 12.0
    if len(numbers) == 1:
        return Months(year, year + 11.99)
    month = year + numbers[1] - 1
    at = month + (0.5 if len(numbers) == 2 else (numbers[2] - 1) / DAYS_PER_MONTH)
    return Months(at, at)


def _lumbar_note(note: NoteFacts) -> bool:
    return note.region is None or "lumb" in note.region or note.region in ("spine", "whole_spine")


def _lumbar_modic(note: NoteFacts) -> list[Modic]:
    """The entries that say something about the lumbar spine; questions and criteria say nothing."""
    if note.kind in IMAGING_KINDS and not _lumbar_note(note):
        return []
    return [
        m
        for m in note.modic
        if m.region == "lumbar"
        and m.assertion not in ("hypothetical", "family")
        and not (m.levels and all(d.startswith("C") for d in m.levels))
    ]


def _before(written: str | None, report: str) -> bool:
    """True when a note or study is surely older than a report of this date; both need a date."""
    then, signed = months_of(written), months_of(report)
    return bool(then and signed and then.hi + _SIGNED_WITHIN < signed.lo)


def _claims(
    notes: Sequence[NoteFacts], reports: set[int], newest: str
) -> tuple[tuple[Modic, ...], tuple[Modic, ...]]:
    """What clinicians say and what notes quote of a report: of the newest report's time, and of before.

    A note's general "no Modic change" does not touch the level it names. Words on a study that is
    older than the newest report ("MRI 2019: Modic 2") are of before, whenever they were written.
    """
    out: list[Modic] = []
    older: list[Modic] = []
    for i, note in enumerate(notes):
        said = [m for m in _lumbar_modic(note) if m.attribution == "clinician" or i not in reports]
        states = any(m.assertion == "present" for m in said)
        for m in said:
            if states and m.assertion == "absent" and not modic_discs(m):
                continue
            past = _before(note.note_date, newest) or _before(m.study_date, newest)
            # A plan "on the basis of the Modic 1 change" means the change of the study quoted above it.
            if m.study_date is None and not past and m.evidence.section.lower() in _CONCLUDES:
                told = [o.study_date for o in said if o.study_date and _overlaps(o, m) and _same_type(o, m)]
                past = bool(told) and all(_before(d, newest) for d in told)
            (older if past else out).append(m)
    return tuple(out), tuple(older)


def _when(note: NoteFacts) -> str:
    return (note.study_date or note.note_date or "")[:10]


def _reports(notes: Sequence[NoteFacts]) -> tuple[list[int], list[int]]:
    """(the newest lumbar report with its addenda, the older reports), as places in the chart."""
    reports = [i for i, n in enumerate(notes) if n.kind == "mri_report" and _lumbar_note(n)]
    if not reports:
        # A report whose study is not named may still be an MRI when it speaks of Modic change.
        reports = [i for i, n in enumerate(notes) if n.kind == "imaging_report" and _lumbar_modic(n)]
    addenda = [i for i, n in enumerate(notes) if n.kind == "addendum" and _lumbar_note(n)]
    if not reports:
        return (addenda[-1:], addenda[:-1])
    # An addendum to a study that is not on file stands for its report.
    lone = [
        i
        for i in addenda
        if notes[i].study_date and not any(_same_study(notes[i].study_date, _when(notes[k])) for k in reports)
    ]
    reports = sorted((*reports, *lone))
    newest = max(_when(notes[i]) for i in reports)
    speaking = [i for i in reports if _when(notes[i]) == newest]
    for i in addenda:
        study, written = notes[i].study_date, notes[i].note_date or ""
        if i not in reports and (_same_study(study, newest) if study else not written or written >= newest):
            speaking.append(i)
    return speaking, [i for i in (*reports, *addenda) if i not in speaking]


def _same_study(study: str | None, report: str) -> bool:
    """A report may carry the day it was signed."""
    a, b = months_of(study), months_of(report)
    return a is None or b is None or abs(a.lo - b.lo) <= _SIGNED_WITHIN


def _quoting(notes: Sequence[NoteFacts]) -> list[int]:
    """Without a report on file: the newest note that quotes or describes one."""
    newest_first = range(len(notes) - 1, -1, -1)
    # A lone text of no stated kind is all there is: the MRI it quotes speaks. In a chart a clinician's
    # quotation stands beside the place where the report should be, and remains a clinician's word.
    alone = len(notes) == 1 and notes[0].note_type is None
    for i in newest_first:
        speaks = alone or notes[i].kind not in NOTE_KINDS
        if speaks and any(m.attribution == "report" for m in _lumbar_modic(notes[i])):
            return [i]
    for i in newest_first:
        if notes[i].describes_spine and _lumbar_note(notes[i]):
            return [i]
    return []


def _after_addenda(parts: list[list[Modic]]) -> tuple[tuple[Modic, ...], list[Conflict]]:
    entries: list[Modic] = []
    for part in parts:
        stated = [m for m in part if m.attribution == "report" and not _repeats_history(m)]
        amendments = [m for m in stated if m.evidence.section.lower().startswith(_AMENDMENT)]
        entries = _amend(entries, [m for m in stated if m not in amendments])
        entries = _amend(entries, amendments)
    return tuple(entries), _contradictions(entries)


def _not_taken_back(
    claims: tuple[Modic, ...], parts: list[list[Modic]], report_modic: Sequence[Modic]
) -> tuple[Modic, ...]:
    """Claims that do not repeat what an addendum has taken back; what a clinician saw himself stays."""
    stands = [m for m in report_modic if m.assertion == "present"]
    taken = {
        (t, d)
        for part in parts
        for m in part
        if m.assertion == "present"
        and m.attribution == "report"
        and not any(_says_more(s, m, first=True) for s in stands)
        for t in m.types
        for d in modic_discs(m)
        if any(d in modic_discs(s) for s in report_modic)
    }
    taken |= {  # `type 1 at L3-L4, not L4-L5`: taken back in the report's own addendum
        (t, d)
        for m in report_modic
        if m.assertion == "absent" and m.evidence.section.lower().startswith(_AMENDMENT)
        for t in m.types
        for d in modic_discs(m)
    }
    return tuple(
        m
        for m in claims
        if m.evidence.section == "own_review"
        or not (modic_discs(m) and {(t, d) for t in m.types for d in modic_discs(m)} <= taken)
    )


def _repeats_history(m: Modic) -> bool:
    return m.assertion == "historical" and m.evidence.section.lower().startswith(_NOT_THIS_STUDY)


def _amend(entries: list[Modic], later: list[Modic]) -> list[Modic]:
    """Later words about a level replace earlier ones; a later "no Modic change" replaces all.

    What a denial takes back stays as historical: the report did speak of Modic change.
    """
    if not entries or not later:
        return entries or later
    general = [m for m in later if m.assertion == "absent" and not modic_discs(m)]
    if len(general) == len(later):
        return [m for m in entries if not any(_same_type(m, g) for g in general)] + later
    stated = {d for m in later if m.assertion != "absent" for d in modic_discs(m)}
    denied = {d for m in later if m.assertion == "absent" for d in modic_discs(m)} - stated
    kept = []
    for m in entries:
        discs = modic_discs(m)
        left = tuple(d for d in discs if d not in stated | denied)
        taken_back = tuple(d for d in discs if d in denied)
        if left or not discs:
            kept.append(m if left == discs else replace(m, levels=left, endplates=()))
        if taken_back and m.assertion == "present":
            kept.append(replace(m, levels=taken_back, endplates=(), assertion="historical"))
    return kept + later


def _contradictions(entries: list[Modic]) -> list[Conflict]:
    out = []
    present = [m for m in entries if m.assertion == "present"]
    absent = [m for m in entries if m.assertion == "absent"]
    for a in absent:
        for p in present:
            if (_same_place(p, a) or impression_denies(a, entries)) and _same_type(p, a):
                where = ", ".join(d for d in modic_discs(p) if d in modic_discs(a)) or "the lumbar spine"
                out.append(
                    Conflict(
                        "modic",
                        f"The report both states and denies Modic change at {where}.",
                        (p.evidence, a.evidence),
                    )
                )
    for i, m in enumerate(present):
        for other in present[i + 1 :]:
            shared = [d for d in modic_discs(m) if d in modic_discs(other)]
            sections = m.evidence.section != other.evidence.section
            typed = "unspecified" not in (*m.types, *other.types)
            if shared and sections and typed and not set(m.types) & set(other.types):
                out.append(
                    Conflict(
                        "modic",
                        f"Two sections of the report give different Modic types at {', '.join(shared)}.",
                        (m.evidence, other.evidence),
                    )
                )
    return out


def _same_place(present: Modic, absent: Modic) -> bool:
    """A general "no Modic change" does not contradict a level that is named: the specific wins."""
    p, a = modic_discs(present), modic_discs(absent)
    return bool(set(p) & set(a)) if p or a else True


def impression_denies(absent: Modic, entries: Sequence[Modic]) -> bool:
    """A plain "no Modic change" in the impression against findings it does not repeat."""
    section = absent.evidence.section.lower()
    if section != "impression" or modic_discs(absent) or absent.evidence.rule == "modic.no_other":
        return False
    return all(m.evidence.section.lower() == "findings" for m in entries if m.assertion == "present")


def _same_type(a: Modic, b: Modic) -> bool:
    untyped = "unspecified" in (*a.types, *b.types)
    return untyped or bool(set(a.types) & set(b.types))


def _current(entries: Sequence[Modic]) -> tuple[Modic, ...]:
    """Present entries without repetition: the impression repeats the findings in fewer words."""
    out: list[Modic] = []
    present = [m for m in entries if m.assertion == "present"]
    for i, m in enumerate(present):
        discs = modic_discs(m)
        richer = [o for j, o in enumerate(present) if j != i and _says_more(o, m, first=j < i)]
        if discs:
            left = tuple(d for d in discs if not any(d in modic_discs(o) for o in richer))
            if left:
                out.append(m if left == m.levels else replace(m, levels=left))
        elif not richer:
            out.append(m)
    return tuple(out)


def _says_more(other: Modic, m: Modic, *, first: bool) -> bool:
    """True when `other` holds all that `m` says about a shared place."""
    ours, theirs = set(m.types) - {"unspecified"}, set(other.types) - {"unspecified"}
    if modic_discs(m) and not set(modic_discs(m)) & set(modic_discs(other)):
        return False
    if not modic_discs(m) and not modic_discs(other) and m.vertebrae and m.vertebrae != other.vertebrae:
        return False
    if ours == theirs:
        return first if bool(modic_discs(m)) == bool(modic_discs(other)) else not modic_discs(m)
    return ours < theirs


def _disagreements(report: Sequence[Modic], claims: Sequence[Modic]) -> list[Conflict]:
    """A clinician against the report: presence where it denies, denial where it states, another type."""
    out = []
    for c in claims:
        if _stated_present(report, c):
            continue
        against = [
            r.evidence
            for r in report
            if _overlaps(c, r)
            and (
                ({c.assertion, r.assertion} == {"present", "absent"} and _same_type(c, r))
                or (c.assertion == r.assertion == "present" and not _same_type(c, r))
            )
        ]
        if against:
            where = ", ".join(modic_discs(c)) or "the lumbar spine"
            text = f"A clinician and the report disagree on Modic change at {where}."
            out.append(Conflict("modic", text, (c.evidence, *against)))
    return out


def _overlaps(a: Modic, b: Modic) -> bool:
    x, y = modic_discs(a), modic_discs(b)
    return not x or not y or bool(set(x) & set(y))


def _stated_present(report: Sequence[Modic], claim: Modic) -> bool:
    """True when the report itself states what the clinician says."""
    return claim.assertion == "present" and any(
        r.assertion == "present" and _same_type(r, claim) and _overlaps(r, claim) for r in report
    )


def _request(
    notes: Sequence[NoteFacts], requested: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], RequestedFrom, tuple[Evidence, ...]]:
    if requested:
        levels = normal_levels(requested)
        return levels, spine.bodies(levels), "request", ()
    for wanted in ("planned", "considered"):
        for note in reversed(notes):
            asked = [
                p
                for p in note.procedures
                if p.name == "BVNA" and p.status == wanted and (p.levels or p.vertebrae)
            ]
            if asked:
                discs = {d for p in asked for d in p.levels}
                named = {v for p in asked for v in p.vertebrae}
                discs.update(spine.discs_of_bodies(named - set(spine.bodies(discs))))
                if not discs:
                    discs.update(spine.discs_of_bodies(named))
                levels = tuple(sorted(discs, key=spine.order))
                treated = tuple(sorted({*spine.bodies(discs), *named}, key=spine.order))
                return levels, treated, "notes", tuple(p.evidence for p in asked)
    return (), (), "none", ()


def _interval(d: Duration) -> Months | None:
    if d.months_min is None and d.months_max is None and d.ge_6mo is None:
        return None
    lo = d.months_min if d.months_min is not None else (SIX_MONTHS if d.ge_6mo else 0.0)
    hi = d.months_max if d.months_max is not None else inf
    if d.ge_6mo is False:  # "less than six months" ends just below six
        hi = min(hi, nextafter(SIX_MONTHS, 0))
    return Months(lo, max(lo, hi))


def _duration(notes: Sequence[NoteFacts]) -> tuple[Duration | None, Months | None, list[Conflict]]:
    """The newest amount; older amounts count on to its date, and a clash widens it to min..max."""
    stated = [n for n in reversed(notes) if n.duration is not None]
    amounts = [
        (n, n.duration, m)
        for n in stated
        if n.duration is not None and (m := _interval(n.duration)) is not None
    ]
    if not amounts:
        return (stated[0].duration if stated else None), None, []
    # "Worse since March" leaves the length open: the newest stated length holds where both can be true.
    closed = next((a for a in amounts if a[2].hi < inf), amounts[0])
    newer = amounts[: amounts.index(closed)]
    if any(_plus(closed[2], _gap(closed[0], n)).hi < m.lo - 1 for n, _, m in newer):
        closed = amounts[0]
    note, duration, months = closed
    clashes, conflicts = [], []
    for other, d, m in amounts[amounts.index(closed) + 1 :]:
        aged = _plus(m, _gap(other, note))
        # Round figures may differ by much and agree; less so where they decide otherwise on six months.
        disputed = (aged.hi < SIX_MONTHS <= months.lo) or (months.hi < SIX_MONTHS <= aged.lo)
        slack = 1.0 if disputed else 2 + 0.25 * months.lo
        if aged.lo > months.hi + slack or aged.hi < months.lo - slack:
            clashes.append(aged)
            conflicts.append(
                Conflict(
                    "duration",
                    "The notes give different lengths of the low back pain.",
                    (duration.evidence, d.evidence),
                )
            )
    merged = Months(min([months.lo, *(c.lo for c in clashes)]), max([months.hi, *(c.hi for c in clashes)]))
    if clashes:
        duration = replace(
            duration,
            months_min=merged.lo,
            months_max=None if merged.hi == inf else merged.hi,
            ge_6mo=True if merged.lo >= SIX_MONTHS else (False if merged.hi < SIX_MONTHS else None),
            support=(*duration.support, *(e for c in conflicts for e in c.evidence[1:])),
        )
    # Pain that a later note still states has gone on since.
    later = [n for n in notes if n.pain is not None and _hurts(n)]
    return duration, _plus(merged, max([0.0, *(_gap(note, n) for n in later)])), conflicts


def _hurts(note: NoteFacts) -> bool:
    p = note.pain
    return p is not None and (p.low_back == "present" or (p.low_back is None and p.region == "low_back"))


def _gap(first: NoteFacts, second: NoteFacts) -> float:
    a, b = months_of(first.note_date), months_of(second.note_date)
    return max(0.0, b.lo - a.hi) if a and b else 0.0


def _plus(m: Months, months: float) -> Months:
    return Months(m.lo + months, m.hi + months)
