"""Findings, devices, age and scores, and what only a person can settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import ClassVar

from ...chart import Chart, Mention
from ...facts import Finding
from ..logic import Truth, any_of
from ..model import Outcome
from .words import done, join, merged


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Which findings of one concept count. A property the text leaves out makes the match unknown.

    `min_grade` and `over_slip_pct` are two ways to say the same slip (grade 2 begins above a quarter);
    below `small_mm` an ungraded listhesis is taken for a low grade. `history` lets past findings
    count. `clinical` findings are settled by the newest note, imaging findings by the newest report.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    concept: str
    severity: tuple[str, ...] = ()
    acuity: tuple[str, ...] = ()
    levels_outside: tuple[str, ...] = ()
    min_grade: int | None = None
    over_slip_pct: float | None = None
    over_mm: float | None = None
    small_mm: float | None = None
    below_t_score: float | None = None
    history: bool = False
    clinical: bool = False


def finding(chart: Chart, *, rules: tuple[FindingRule, ...], imaging: bool = False) -> Outcome:
    """One of these findings is present. `imaging`: silence of a text that describes the spine is a no."""
    outs = [one_finding(chart, r) for r in rules]
    for value in (True, None):
        deciding = [o for o in outs if o.value is value and not o.silent]
        if deciding:
            return merged(value, deciding)
    proof = tuple(e for o in outs for e in o.evidence)[:6]
    if imaging and chart.describes_spine:
        return Outcome(False, "The imaging text describes the spine and none of these is present.", proof)
    if all(o.value is False for o in outs):
        return Outcome(False, "Stated as absent.", proof)
    if imaging:
        return Outcome(None, "No imaging text describes the lumbar spine.", silent=True)
    return Outcome(None, f"Not mentioned: {join(r.concept for r in rules)}.", silent=True)


def one_finding(chart: Chart, rule: FindingRule) -> Outcome:
    counts = ("present", "possible", "absent", "historical")
    said = [m for m in chart.mentions.get(rule.concept, ()) if m.finding.assertion in counts]
    name = _name(rule)
    if not said:
        return Outcome(None, f"{name} is not mentioned.", silent=True)
    reports = [m for m in said if chart.is_report(m.note)]
    notes = [m for m in said if not chart.is_report(m.note)]
    if rule.clinical or not reports:
        return _newest(said, rule)
    out = _newest(reports, rule)
    speaking = [i for i in chart.report_notes if chart.is_report(i)]
    superseded = reports[-1].note not in speaking and reports[-1].note < max(speaking, default=-1)
    if out.value and superseded and not rule.history:
        out = Outcome(None, f"{name}: in an older report only; the newest one is silent.", out.evidence)
    note = _newest(notes, rule) if notes else None
    if note is None or not note.value or out.value:
        return out
    if out.value is False:
        return Outcome(None, f"{name}: note and report disagree.", (*note.evidence, *out.evidence))
    return note


def _newest(said: Sequence[Mention], rule: FindingRule) -> Outcome:
    """The newest note that mentions the concept decides; within it the specific positive wins."""
    newest = [m.finding for m in said if rule.history or m.note == said[-1].note]
    truths = _without_repeats([(_matches(f, rule), f) for f in newest])
    value = any_of(t for t, _ in truths)
    name = _name(rule)
    deciding = [f for t, f in truths if t is value]
    proof = tuple(f.evidence for f in deciding)
    if value is False:
        return Outcome(False, f"{name} is denied, past or of a kind that does not count.", proof)
    if value is None:
        vague = any(f.assertion == "possible" for f in deciding)
        why = "is hedged" if vague else "is documented without the detail that decides"
        return Outcome(None, f"{name} {why}.", proof)
    against = [f.evidence for t, f in truths if t is False and any(_contradict(f, g) for g in deciding)]
    if against:
        return Outcome(None, f"{name}: findings and impression disagree.", (*proof, *against))
    denial = [f.evidence for f in newest if f.assertion == "absent" and not f.levels and not f.vertebrae]
    tied = any(f.levels or f.vertebrae or f.severity or f.grade for f in deciding)
    if denial and not tied and not rule.history:
        return Outcome(None, f"{name} is both stated and denied in one note.", (*proof, *denial))
    return Outcome(True, _documented(name, deciding[0]), proof)


def _documented(name: str, f: Finding) -> str:
    """`Severe central stenosis is documented at L4-L5.`"""
    what = f"{f.severity} {name[0].lower()}{name[1:]}" if f.severity else name
    grade = f" of grade {f.grade}" if f.grade else ""
    places = f.levels or f.vertebrae
    where = f" at {join(places)}" if places and len(places) <= 3 else ""
    return f"{what[0].upper()}{what[1:]}{grade} is documented{where}."


def _contradict(a: Finding, b: Finding) -> bool:
    """The findings and the impression of a report grade the same place differently."""
    same = {*a.levels, *a.vertebrae} & {*b.levels, *b.vertebrae}
    sections = {f.evidence.section.lower() for f in (a, b)}
    return bool(same) and a.assertion == b.assertion == "present" and sections == {"findings", "impression"}


def _name(rule: FindingRule) -> str:
    words = rule.concept.replace("_", " ")
    return words[0].upper() + words[1:]


def _without_repeats(truths: list[tuple[Truth, Finding]]) -> list[tuple[Truth, Finding]]:
    """Leave out a bare mention ("the slip") of what the same note grades elsewhere at that place."""

    def bare(truth: Truth, f: Finding) -> bool:
        mine = {*f.levels, *f.vertebrae}
        return (
            truth is None
            and f.assertion == "present"
            and any(
                t is not None and g.assertion == "present" and (not mine or mine & {*g.levels, *g.vertebrae})
                for t, g in truths
            )
        )

    return [(t, f) for t, f in truths if not bare(t, f)]


def _matches(f: Finding, rule: FindingRule) -> Truth:
    if f.assertion == "absent" or (f.assertion == "historical" and not rule.history):
        return False
    tests: list[Truth] = []
    if rule.severity:
        tests.append(None if f.severity is None else f.severity in rule.severity)
    if rule.acuity:
        tests.append(None if f.acuity is None else f.acuity in rule.acuity)
    if rule.min_grade is not None:
        tests.append(_high_grade(f.grade, f.slip_pct, f.size_mm, f.severity, rule))
    if rule.over_mm is not None:
        tests.append(None if f.size_mm is None else f.size_mm > rule.over_mm)
    if rule.below_t_score is not None:
        tests.append(None if f.t_score is None else f.t_score < rule.below_t_score)
    if rule.levels_outside:
        places = (*f.levels, *f.vertebrae)
        tests.append(None if not places else any(p not in rule.levels_outside for p in places))
    value: Truth = False if False in tests else (None if None in tests else True)
    return None if value and f.assertion == "possible" else value


def _high_grade(
    grade: int | None, slip_pct: float | None, mm: float | None, severity: str | None, rule: FindingRule
) -> Truth:
    if grade is not None:
        return grade >= (rule.min_grade or 0)
    if slip_pct is not None and rule.over_slip_pct is not None:
        return slip_pct > rule.over_slip_pct
    if severity == "mild" or (mm is not None and rule.small_mm is not None and mm < rule.small_mm):
        return False
    return None


def age(chart: Chart, *, min_years: float = 0, max_years: float = inf) -> Outcome:
    """The age at the newest note that states one lies within these limits, both included."""
    for note in reversed(chart.notes):
        if note.age is not None:
            value = min_years <= note.age <= max_years
            proof = (note.age_evidence,) if note.age_evidence else ()
            return Outcome(value, f"Age {note.age:g} years is stated.", proof)
    return Outcome(None, "No age is stated.", silent=True)


def skeletally_immature(chart: Chart, *, adult_years: float) -> Outcome:
    """Open growth plates are stated, or the newest stated age lies below this; an adult age settles it."""
    stated = one_finding(chart, FindingRule(concept="skeletal_immaturity", clinical=True))
    if stated.value or (stated.value is None and not stated.silent):
        return stated
    adult = age(chart, min_years=adult_years)
    if adult.value is not None:
        return Outcome(not adult.value, adult.reason, adult.evidence)
    return (
        stated if stated.value is False else Outcome(None, "Neither age nor growth is stated.", silent=True)
    )


# Rules of patterns/ that tell one device from another.
_OF_ANOTHER_ORGAN = "condition.stimulator_elsewhere"
_ON_TRIAL = "proc.scs_trial"


def implanted_device(chart: Chart, *, concepts: tuple[str, ...]) -> Outcome:
    """An electronic implant is in place; one that was taken out is not."""
    removed = [t for t in chart.treatments.get("SCS_explant", ()) if t.procedure.status == "done"]
    outs = []
    for concept in concepts:
        out = one_finding(chart, FindingRule(concept=concept, clinical=True))
        if out.value and concept == "implanted_stimulator" and removed:
            present = [m for m in chart.mentions[concept] if m.finding.assertion == "present"]
            # A later mention, or a device of another organ, is not the one that was taken out.
            if not any(
                m.note > removed[-1].note or m.finding.evidence.rule == _OF_ANOTHER_ORGAN for m in present
            ):
                out = Outcome(
                    False, "The stimulator was taken out.", tuple(t.procedure.evidence for t in removed)
                )
        outs.append(out)
    for value in (True, None):
        deciding = [o for o in outs if o.value is value and not o.silent]
        if deciding:
            return merged(value, deciding)
    # A trial that failed left nothing behind.
    placed = [
        p
        for p in done(chart, "SCS")
        if not (p.evidence.rule == _ON_TRIAL and p.response in ("none", "minimal", "temporary", "worse"))
    ]
    if placed and not removed and not chart.mentions.get("implanted_stimulator"):
        return Outcome(
            None,
            "A spinal cord stimulator is mentioned; whether one is implanted is not.",
            tuple(p.evidence for p in placed),
        )
    if any(o.value is False for o in outs):
        return Outcome(False, "No such device in place.", tuple(e for o in outs for e in o.evidence))
    return Outcome(None, "No implanted device is mentioned.", silent=True)


def score(
    chart: Chart,
    *,
    names: tuple[str, ...],
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
) -> Outcome:
    """The newest value of one of these scores lies within the limits (ODI %, VAS and NRS 0-10, BMI)."""
    found = [
        (s.date or note.note_date or "", i, s)
        for i, note in enumerate(chart.notes)
        for s in note.scores
        if s.name in names
    ]
    if not found:
        return Outcome(None, f"No {' or '.join(names)} is recorded.", silent=True)
    newest = max(f[:2] for f in found)
    same = [s for d, i, s in found if (d, i) == newest]
    truths = [
        (at_least is None or s.value >= at_least)
        and (above is None or s.value > above)
        and (at_most is None or s.value <= at_most)
        and (below is None or s.value < below)
        for s in same
    ]
    evidence = tuple(s.evidence for s in same)
    values = join(f"{s.name} {s.value:g}" for s in same)
    if len(set(truths)) > 1:
        return Outcome(None, f"The newest note gives {values}.", evidence)
    return Outcome(truths[0], f"The newest value is {values}.", evidence)


def needs_person(chart: Chart, *, about: str) -> Outcome:
    """A rule that no chart text can decide."""
    del chart
    return Outcome(None, f"Needs a person: {about}.")
