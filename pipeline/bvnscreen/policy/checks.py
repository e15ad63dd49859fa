"""The named tests a policy file can use. Each looks at a chart and answers yes, no or unknown.

A test states a fact ("low back pain has lasted six months"); whether the fact includes or excludes
is the policy's business. Keyword parameters are the `params` of a criterion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import ClassVar, Literal

from .. import spine
from ..chart import Chart, Mention, Months, Treatment, modic_discs, months_of
from ..facts import Evidence, Finding, Modic, NoteFacts, Pain, Procedure
from .logic import Truth, any_of, at_least
from .model import Outcome

DONE = ("done", "ongoing")
# A document of these kinds is itself the record that the care took place on its date.
CARE_RECORDS = ("pt_note", "procedure_note")
SPOKEN = ("present", "historical")
NO_HELP = ("none", "minimal", "temporary", "worse")


@dataclass(frozen=True, slots=True)
class FindingRule:
    """Which findings of one concept count. A property the text leaves out makes the match unknown.

    `min_grade` and `over_slip_pct` are two ways to
    say the same slip; `small_mm` is the slip below which an ungraded listhesis is certainly of low
    grade; `history` lets past findings count; `clinical` findings are settled by the newest note,
    imaging findings by the newest report.
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


def pain_duration(chart: Chart, *, months: float) -> Outcome:
    """Low back pain has lasted this many months at the newest note (the baseline, not the flare)."""
    d = chart.duration
    if d is None:
        return Outcome(None, "No length of the low back pain is stated.", silent=True)
    evidence = (d.evidence, *d.support)
    span = chart.pain_months
    if span is None:
        if d.episode_days is not None and d.chronicity in (None, "acute"):
            return Outcome(None, "Only the length of the present flare is stated.", evidence)
        return Outcome(None, "The pain is called long or chronic without an amount.", evidence)
    value = at_least(span, months)
    if value is None and any(c.about == "duration" for c in chart.conflicts):
        return Outcome(None, f"The notes contradict each other on {months:g} months of pain.", evidence)
    words = {True: "reaches", False: "stays below", None: "may or may not reach"}[value]
    return Outcome(value, f"Low back pain of {_span(span)} {words} {months:g} months.", evidence)


def axial_predominant(chart: Chart) -> Outcome:
    """Mainly axial low back pain; referral to buttock or thigh above the knee is compatible."""
    for note in reversed(chart.notes):
        if note.pain is not None:
            out = _axial(note.pain)
            if not out.silent:
                return out
    radicular = (*_present(chart, "radiculopathy"), *_present(chart, "radicular_pain"))
    if radicular:
        return Outcome(None, "Radicular pain is recorded; whether back or leg leads is not.", radicular)
    return Outcome(None, "The pattern of the pain is not described.", silent=True)


def _axial(p: Pain) -> Outcome:
    evidence = (p.evidence, *p.support)
    both = p.back_pct is not None and p.leg_pct is not None
    if p.predominant == "leg" or (both and (p.leg_pct or 0) > (p.back_pct or 0)):
        return Outcome(False, "Leg pain dominates.", evidence)
    if p.predominant == "back" or (both and (p.back_pct or 0) > (p.leg_pct or 0)):
        return Outcome(True, "Back pain dominates.", evidence)
    if both:
        return Outcome(None, "Back and leg pain are given equal shares.", evidence)
    below = p.below_knee is True or bool({"calf", "foot"} & set(p.radiation_to))
    if p.axial or p.midline:
        if below and p.leg_pain != "absent":
            return Outcome(None, "Axial pain and pain below the knee; which leads is not stated.", evidence)
        return Outcome(True, "The pain is described as axial or midline.", evidence)
    back = p.region == "low_back" or p.low_back == "present"
    if below:
        return Outcome(None, "Pain runs below the knee; whether back or leg leads is not stated.", evidence)
    if p.axial is False:
        return Outcome(False, "The pain is described as not axial.", evidence)
    if p.region == "leg":
        return Outcome(False, "The complaint is leg pain.", evidence)
    if back and (p.leg_pain == "absent" or p.radiation is False):
        return Outcome(True, "Low back pain without leg pain.", evidence)
    if back and p.radiation_to:
        return Outcome(True, "Low back pain with referral above the knee only.", evidence)
    if back and p.leg_pain == "present":
        return Outcome(None, "Back and leg pain are stated; which leads is not.", evidence)
    return Outcome(None, "The note does not say whether back or leg pain leads.", silent=True)


# ---------------------------------------------------------------- Modic change


def modic(
    chart: Chart,
    *,
    types: tuple[str, ...],
    bodies: tuple[str, ...] = spine.BVN_BODIES,
    described: Literal["accept", "unclear"] = "accept",
    report_on_file: bool = False,
    doubtful_types: tuple[str, ...] = (),
) -> Outcome:
    """The lumbar MRI report states one of these types at a level whose bodies are in range.

    `described`: whether signal words (dark T1, bright T2) do without the word Modic.
    `report_on_file`: a quotation of the report in another note is not enough. `doubtful_types`:
    whether these count is not known, so that they alone leave the answer unknown.
    """
    out = _modic(chart, types, bodies, described)
    if not out.value and doubtful_types:
        wider = _modic(chart, (*types, *doubtful_types), bodies, described)
        if wider.value or (wider.value is None and not wider.silent):
            return Outcome(
                None, f"{wider.reason[:-1]}; whether this type counts is not known.", wider.evidence
            )
    if out.value and report_on_file and not any(chart.is_report(i) for i in chart.report_notes):
        return Outcome(None, "The MRI is quoted in a note; the report itself is not on file.", out.evidence)
    return out


def _modic(chart: Chart, types: Sequence[str], bodies: Sequence[str], described: str) -> Outcome:
    discs = [d for d in spine.LUMBAR_DISCS if set(d.split("-")) <= set(bodies)]
    states = [_level(chart, d, types, described) for d in discs]
    best = next((s for s in states if s.value), None)
    if best:
        return best
    present = [m for m in chart.current_modic if set(m.types) & set(types)]
    on_bodies = [m for m in present if not modic_discs(m) and set(m.vertebrae) & set(bodies)]
    if on_bodies and (described == "accept" or on_bodies[0].basis == "stated"):
        m = on_bodies[0]
        return Outcome(True, f"The report states {_types(m)} at {_join(m.vertebrae)}.", (m.evidence,))
    extra = [m for m in present if set(modic_discs(m)) & set(spine.TRANSITIONAL_DISCS)]
    if extra:
        return Outcome(
            None,
            "Modic change beside a sixth lumbar vertebra: the numbering must be settled first.",
            tuple(m.evidence for m in extra),
        )
    vague = [s for s in states if s.value is None and not s.silent]
    if vague:
        return _merged(None, vague)
    spoken = [m for m in chart.report_modic if m.assertion in SPOKEN]
    denied = [s for s in states if s.value is False]
    if spoken:
        inside = [m for m in spoken if not modic_discs(m) or set(modic_discs(m)) & set(discs)]
        if denied and inside:
            return _merged(False, denied)
        where = _join({d for m in spoken for d in (modic_discs(m) or m.vertebrae)})
        return Outcome(
            False,
            f"Modic change is documented only outside the treatable range, at {where}.",
            tuple(m.evidence for m in spoken),
        )
    if denied and len(denied) == len(states):
        return _merged(False, denied)
    if denied:
        return Outcome(
            None,
            "Modic change is denied at some levels; the report is silent on the others.",
            denied[0].evidence,
            silent=True,
        )
    if chart.has_report:
        return Outcome(None, "The lumbar MRI text says nothing of Modic change.", silent=True)
    return Outcome(None, "No lumbar MRI report is on file.", silent=True)


def _level(chart: Chart, disc: str, types: Sequence[str], described: str) -> Outcome:
    """What the chart says of one disc; contradictions and a clinician's word alone are unknown."""
    wanted = set(types)

    def about(entries: Iterable[Modic], assertion: str) -> list[Modic]:
        return [m for m in entries if m.assertion == assertion and disc in modic_discs(m)]

    def untied(entries: Iterable[Modic], assertion: str) -> list[Modic]:
        return [
            m
            for m in entries
            if m.assertion == assertion
            and not modic_discs(m)
            and (not m.vertebrae or set(m.vertebrae) & set(disc.split("-")))
        ]

    report = chart.report_modic
    present, hedged = about(report, "present"), about(report, "possible")
    claims = [
        m
        for m in (*about(chart.modic_claims, "present"), *untied(chart.modic_claims, "present"))
        if wanted & set(m.types) or "unspecified" in m.types
    ]
    typed_claims = [m for m in claims if wanted & set(m.types)]
    good = [m for m in present if wanted & set(m.types)]
    named = [m for m in good if m.basis == "stated" or described == "accept"]
    if good:
        clash = [
            m
            for m in (*about(report, "absent"), *about(chart.modic_claims, "absent"))
            if "unspecified" in m.types or set(m.types) & set(good[0].types)
        ]
        clash += [m for m in untied(chart.modic_claims, "absent") if "unspecified" in m.types]
        clash += [
            m
            for m in present
            if m not in good
            and "unspecified" not in m.types
            and all(m.evidence.section != g.evidence.section for g in good)
        ]
        if clash:
            return Outcome(
                None, f"The chart contradicts itself on Modic change at {disc}.", _proof([*good, *clash])
            )
        if not named:
            return Outcome(
                None, f"The report describes signs of Modic change at {disc} without naming it.", _proof(good)
            )
        return Outcome(True, f"The report states {_types(named[0])} at {disc}.", _proof(named))
    if any("unspecified" in m.types for m in present):
        return Outcome(None, f"Endplate change at {disc} is stated without a type.", _proof(present))
    if present:
        if typed_claims:
            return Outcome(
                None, f"A clinician names another type at {disc}.", _proof([*present, *typed_claims])
            )
        return Outcome(False, f"Only {_types(present[0])} is documented at {disc}.", _proof(present))
    if hedged:
        return Outcome(None, f"Modic change at {disc} is hedged.", _proof(hedged))
    loose = [*untied(report, "present"), *untied(report, "possible")]
    if [m for m in loose if wanted & set(m.types) or "unspecified" in m.types]:
        return Outcome(None, "Modic change is stated without a certain level or type.", _proof(loose))
    denials = [*about(report, "absent"), *untied(report, "absent")]
    covered = {t for m in denials for t in (wanted if "unspecified" in m.types else m.types)}
    denied = denials if wanted <= covered else []
    resolved = [*about(report, "historical"), *untied(report, "historical")]
    if claims and (denied or resolved):
        return Outcome(
            None,
            f"A clinician states Modic change at {disc} where the report does not.",
            _proof([*claims, *denied, *resolved]),
        )
    if denied:
        return Outcome(False, f"The report states no Modic change at {disc}.", _proof(denied))
    if resolved:
        return Outcome(False, f"Earlier Modic change at {disc} has resolved.", _proof(resolved))
    if claims:
        return Outcome(
            None, f"Modic change at {disc} rests on a clinician's word, not on a report.", _proof(claims)
        )
    if wanted & covered:
        return Outcome(None, f"The report denies only some of the types at {disc}.", _proof(denials))
    older = [m for m in chart.older_modic if disc in modic_discs(m) and wanted & set(m.types)]
    if older and not _speaks(chart):
        return Outcome(
            None, f"The newest report is silent; an older one states Modic change at {disc}.", _proof(older)
        )
    return Outcome(None, f"Nothing is documented at {disc}.", silent=True)


def _speaks(chart: Chart) -> bool:
    """The newest report states Modic change somewhere, so that its silence elsewhere is telling."""
    return any(m.assertion in SPOKEN for m in chart.report_modic)


def level_concordance(
    chart: Chart, *, types: tuple[str, ...], described: Literal["accept", "unclear"] = "accept"
) -> Outcome:
    """Every requested disc shows one of these types, and focal pain is not elsewhere."""
    if not chart.requested_levels:
        return Outcome(None, "No level is requested.", silent=True)
    elsewhere = _pain_elsewhere(chart)
    if elsewhere is not None:
        return elsewhere
    states = [_level(chart, d, types, described) for d in chart.requested_levels]
    for i, (disc, s) in enumerate(zip(chart.requested_levels, states, strict=True)):
        if s.silent and _speaks(chart):
            proof = _proof(m for m in chart.report_modic if m.assertion in SPOKEN)
            states[i] = Outcome(
                False, f"The report documents Modic change elsewhere and none at {disc}.", proof
            )
    for value in (False, None, True):
        deciding = [s for s in states if s.value is value and not s.silent]
        if deciding and (value is not True or len(deciding) == len(states)):
            return _merged(value, deciding)
    silent = [d for d, s in zip(chart.requested_levels, states, strict=True) if s.silent]
    return Outcome(None, f"Nothing is documented on Modic change at {_join(silent)}.", silent=True)


def _pain_elsewhere(chart: Chart) -> Outcome | None:
    for note in reversed(chart.notes):
        p = note.pain
        if p is None or not p.levels:
            continue
        if set(p.levels) & set(chart.requested_levels):
            return None
        bodies = {b for d in chart.requested_levels for b in d.split("-")}
        near = any(set(d.split("-")) & bodies for d in p.levels)
        if p.focal or not near:
            return Outcome(
                False,
                f"Pain is located at {_join(p.levels)}, the request is for {_join(chart.requested_levels)}.",
                (p.evidence, *p.support),
            )
        return None
    return None


def modic_body_count(chart: Chart, *, types: tuple[str, ...], max_bodies: int) -> Outcome:
    """At most this many vertebral bodies carry one of these types."""
    sure = [m for m in chart.current_modic if set(m.types) & set(types)]
    maybe = [
        m
        for m in chart.report_modic
        if m.assertion == "possible" or (m.assertion == "present" and "unspecified" in m.types)
    ]
    bodies = set(spine.bodies(d for m in sure for d in modic_discs(m)))
    bodies |= {v for m in sure for v in m.vertebrae}
    if not sure and not maybe and not _denied_in_general(chart, types):
        said = _proof([*chart.report_modic, *chart.older_modic])
        return Outcome(None, "No Modic change is documented that could be counted.", said, silent=not said)
    untied = any(not modic_discs(m) and not m.vertebrae for m in sure)
    proof = _proof([*sure, *maybe])
    if len(bodies) > max_bodies:
        return Outcome(False, f"Modic change touches {len(bodies)} vertebral bodies.", proof)
    if untied or maybe:
        return Outcome(None, "Modic change of unsure level or type: the bodies cannot be counted.", proof)
    return Outcome(True, f"Modic change touches {len(bodies)} vertebral bodies.", proof)


def modic_outside(chart: Chart, *, types: tuple[str, ...], bodies: tuple[str, ...]) -> Outcome:
    """One of these types is documented at a disc outside these bodies."""
    outside = [
        m
        for m in chart.report_modic
        if set(m.types) & set(types)
        and m.assertion in ("present", "possible")
        and any(not set(d.split("-")) <= set(bodies) for d in modic_discs(m))
    ]
    if any(m.assertion == "present" for m in outside):
        where = _join({d for m in outside for d in modic_discs(m) if not set(d.split("-")) <= set(bodies)})
        return Outcome(True, f"Modic change outside the range, at {where}.", _proof(outside))
    if outside:
        return Outcome(None, "Modic change outside the range is hedged.", _proof(outside))
    if not chart.report_modic:
        older = _proof(chart.older_modic)
        return Outcome(None, "The newest report says nothing of Modic change.", older, silent=not older)
    return Outcome(False, "No Modic change outside the range is documented.")


def _denied_in_general(chart: Chart, types: Sequence[str]) -> bool:
    general = [m for m in chart.report_modic if m.assertion == "absent" and not modic_discs(m)]
    return any("unspecified" in m.types or set(types) <= set(m.types) for m in general)


# ---------------------------------------------------------------- treatment


def conservative_care(chart: Chart, *, care: tuple[str, ...], months: float) -> Outcome:
    """Non-surgical care of this length without lasting relief; `months` 0 asks only for the failure.

    The length is an interval: stated courses and the span of dated care give the lower limit, a
    stated whole course (or stated lengths of everything) the upper one, and care for a complaint
    cannot be longer than the complaint. Planned, declined or denied care does not count.
    """
    had = [t for name in care for t in chart.treatments.get(name, ()) if t.procedure.status in DONE]
    if not had:
        never = [
            t.procedure.evidence
            for t in chart.treatments.get("conservative_care", ())
            if t.procedure.status == "not_done"
        ]
        if never:
            return Outcome(False, "The note says that no treatment has taken place.", tuple(never))
        return Outcome(None, "No treatment that took place is recorded.", silent=True)
    had.sort(key=lambda t: t.note)
    evidence = tuple(dict.fromkeys(t.procedure.evidence for t in had))
    span = _care_months(chart, had)
    long_enough = at_least(span, months)
    failed, why = _failed(chart, had)
    if long_enough is False:
        return Outcome(False, f"Care of {_span(span)} stays below {months:g} months.", evidence)
    if failed is False:
        return Outcome(False, why, evidence)
    if long_enough is None:
        return Outcome(None, f"Treatments are listed; {months:g} months of care are not shown.", evidence)
    if failed is None:
        return Outcome(None, why, evidence)
    length = f"Care of {_span(span)}" if months else "Care"
    return Outcome(True, f"{length} without lasting relief is documented.", evidence)


def _care_months(chart: Chart, had: Sequence[Treatment]) -> Months:
    lo, total, course = 0.0, 0.0, None
    open_ended = False
    starts: list[Months] = []
    ends: list[Months] = []
    for i, p in had:
        length = p.duration_months
        lo = max(lo, length or 0.0)
        if length is not None and not p.duration_at_least:
            total += length
            if p.name == "conservative_care":
                course = max(course or 0.0, length)
        else:
            open_ended = True
        dated = _dates(chart.notes[i], p)
        if dated:
            starts.append(dated[0])
            ends.append(dated[1])
    if starts:
        lo = max(lo, max(e.lo for e in ends) - min(s.hi for s in starts))
    hi = inf
    if course is not None:
        hi = max(course, lo)
    elif not open_ended:
        hi = max(total, lo)
    if chart.pain_months is not None:
        lo, hi = min(lo, chart.pain_months.hi), min(hi, chart.pain_months.hi)
    return Months(lo, max(lo, hi))


def _dates(note: NoteFacts, p: Procedure) -> tuple[Months, Months] | None:
    """First and last day of a treatment, each as an interval; None when nothing dates it."""
    start, end, written = months_of(p.date), months_of(p.date_end), months_of(note.note_date)
    length = p.duration_months or 0.0
    if end is None and written and (p.status == "ongoing" or (start is None and note.kind in CARE_RECORDS)):
        end = written
    if start is None and end is not None:
        # Only a course that is dated at its end, or still going on, began that long before.
        known = length if p.date_end or p.status == "ongoing" else 0.0
        start = Months(end.lo - known, end.hi - known)
    if start is None:
        return None
    return start, end or Months(start.lo + length, start.hi + length)


def _failed(chart: Chart, had: Sequence[Treatment]) -> tuple[Truth, str]:
    answers = [t for t in had if t.procedure.response is not None or t.procedure.relief_pct is not None]
    without = [t for t in answers if _no_lasting_help(t.procedure)]
    if without:
        return True, "The care brought no lasting relief."
    lasting = [t for t in answers if t.procedure.response == "good" and t.procedure.relief_months is None]
    if lasting:
        return False, "The care is said to have brought good relief that lasts."
    if answers:
        return None, "The result of the care is stated as mixed."
    if any(n.pain is not None and n.pain.low_back != "absent" for n in chart.notes[had[-1].note :]):
        return True, "The pain persists after the care."
    return None, "The result of the care is not stated."


def _no_lasting_help(p: Procedure) -> bool:
    return (
        p.response in NO_HELP
        or p.relief_months is not None
        or (p.response is None and p.relief_pct is not None and p.relief_pct < 50)
    )


def care_component(
    chart: Chart, *, any_of_names: tuple[str, ...], months: float = 0, sessions: int = 0
) -> Outcome:
    """One of these treatments took place, for this long and this many sessions where asked."""
    had = [
        t.procedure
        for name in any_of_names
        for t in chart.treatments.get(name, ())
        if t.procedure.status in DONE
    ]
    names = _join(any_of_names)
    if not had:
        return Outcome(None, f"None of {names} is recorded as done.", silent=True)
    evidence = tuple(p.evidence for p in had)
    lengths = [p.duration_months for p in had if p.duration_months is not None]
    counts = [n for p in had if (n := p.sessions or p.count) is not None]
    enough = (not months or sum(lengths) >= months) and (not sessions or sum(counts) >= sessions)
    if enough:
        return Outcome(True, f"{_join(dict.fromkeys(p.name for p in had))} is recorded as done.", evidence)
    stated = (not months or len(lengths) == len(had)) and (not sessions or len(counts) == len(had))
    open_end = any(p.duration_at_least or p.status == "ongoing" for p in had)
    asked = f"{months:g} months" if months else f"{sessions} sessions"
    if stated and not open_end:
        return Outcome(False, f"{names}: less than {asked} is recorded.", evidence)
    return Outcome(None, f"{names}: whether it reached {asked} is not stated.", evidence)


def lumbar_surgery(
    chart: Chart, *, names: tuple[str, ...], allowed: tuple[str, ...] = (), allowed_after_months: float = 0
) -> Outcome:
    """A lumbar operation took place, other than an `allowed` one long enough ago with leg pain gone."""
    had = [t for n in names for t in chart.treatments.get(n, ()) if t.procedure.status in DONE]
    had = [t for t in had if not t.procedure.levels or not all(d[0] == "C" for d in t.procedure.levels)]
    fusion = [
        m.finding
        for m in chart.mentions.get("prior_fusion", ())
        if m.finding.assertion in ("present", "historical")
    ]
    evidence = (*(t.procedure.evidence for t in had), *(f.evidence for f in fusion))
    if fusion:
        return Outcome(True, "An earlier fusion is recorded.", evidence)
    if not had:
        maybe = chart.treatments.get("lumbar_procedure", ()) or chart.treatments.get("spine_surgery", ())
        done = [t.procedure for t in maybe if t.procedure.status in DONE]
        if done:
            return Outcome(
                None, "An operation is recorded without its kind.", tuple(p.evidence for p in done)
            )
        return Outcome(None, "No earlier lumbar operation is mentioned.", silent=True)
    if not allowed or any(t.procedure.name not in allowed for t in had):
        return Outcome(True, "An earlier lumbar operation is recorded.", evidence)
    now = max((m.lo for n in chart.notes if (m := months_of(n.note_date))), default=None)
    dated = [m for t in had if (m := months_of(t.procedure.date)) is not None]
    leg_free = any(n.pain is not None and n.pain.leg_pain == "absent" for n in chart.notes)
    if now is None or len(dated) < len(had) or not leg_free:
        return Outcome(
            None, "An earlier operation of an allowed kind: its date or the leg pain is not stated.", evidence
        )
    late = at_least(
        Months(min(now - m.hi for m in dated), min(now - m.lo for m in dated)), allowed_after_months
    )
    if late:
        return Outcome(False, "An earlier operation of an allowed kind, long enough ago.", evidence)
    recent = late is False
    return Outcome(True if recent else None, "An earlier operation may be too recent.", evidence)


# ---------------------------------------------------------------- other sources of pain


def generators_excluded(
    chart: Chart, *, main_relief_pct: float, facet_blocks: tuple[str, ...], sij_blocks: tuple[str, ...]
) -> Outcome:
    """Facet and sacroiliac sources are stated as ruled out; a failed facet ablation alone says nothing.

    No, when a source is shown to be the main one: two positive blocks, ablation with this relief, or
    leg pain that dominates in a patient with radiculopathy. One positive block is unknown.
    """
    positive = Outcome(None, "", silent=True)
    for label, blocks in (("facet", (*facet_blocks, "RFA")), ("sacroiliac", sij_blocks)):
        strong: list[Evidence] = []
        shown = 0
        for name in blocks:
            for p in _done(chart, name):
                if p.relief_pct is not None and p.relief_pct >= main_relief_pct:
                    shown += 2 if name == "RFA" else (p.count or 1)
                elif p.response == "good" and p.relief_pct is None:
                    shown += 1
                else:
                    continue
                strong.append(p.evidence)
        stated = _present(chart, "facet_mediated_pain" if label == "facet" else "si_joint_pain")
        proof = tuple(dict.fromkeys([*strong, *stated]))
        if shown >= 2:
            return Outcome(False, f"Blocks or ablation show the {label} joints as a main source.", proof)
        if (shown or stated) and positive.silent:
            positive = Outcome(None, f"A {label} source is suggested but not settled.", proof)
    roots = (*_present(chart, "radiculopathy"), *_present(chart, "radicular_pain"))
    axial = axial_predominant(chart)
    if roots and axial.value is False:
        return Outcome(False, "A radicular source dominates.", (*axial.evidence, *roots))
    if not positive.silent:
        return positive
    facet = _ruled_out(chart, "facet_mediated_pain", facet_blocks)
    sij = _ruled_out(chart, "si_joint_pain", sij_blocks)
    if facet and sij:
        return Outcome(True, "Facet and sacroiliac sources are stated as ruled out.", (*facet, *sij))
    only = "Only one other source is ruled out." if facet or sij else "Other sources are not addressed."
    return Outcome(None, only, (*facet, *sij), silent=True)


def _done(chart: Chart, name: str) -> list[Procedure]:
    return [t.procedure for t in chart.treatments.get(name, ()) if t.procedure.status in DONE]


def _present(chart: Chart, concept: str) -> list[Evidence]:
    """Clinical statements of the newest note that mentions the concept, where it is present."""
    said = [m for m in chart.mentions.get(concept, ()) if m.finding.assertion in ("present", "absent")]
    newest = [m.finding for m in said if m.note == said[-1].note]
    return [f.evidence for f in newest if f.assertion == "present"]


def _ruled_out(chart: Chart, concept: str, blocks: Sequence[str]) -> list[Evidence]:
    absent = [m.finding.evidence for m in chart.mentions.get(concept, ()) if m.finding.assertion == "absent"]
    negative = [
        p.evidence
        for name in blocks
        for p in _done(chart, name)
        if p.response in ("none", "minimal") or p.relief_pct == 0
    ]
    return [*absent, *negative]


# ---------------------------------------------------------------- findings and the patient


def finding(chart: Chart, *, rules: tuple[FindingRule, ...], imaging: bool = False) -> Outcome:
    """One of these findings is present. `imaging`: silence of a text that describes the spine is a no."""
    outs = [_finding(chart, r) for r in rules]
    for value in (True, None):
        deciding = [o for o in outs if o.value is value and not o.silent]
        if deciding:
            return _merged(value, deciding)
    proof = tuple(e for o in outs for e in o.evidence)[:6]
    if imaging and chart.describes_spine:
        return Outcome(False, "The imaging text describes the spine and none of these is present.", proof)
    if all(o.value is False for o in outs):
        return Outcome(False, "Stated as absent.", proof)
    if imaging:
        return Outcome(None, "No imaging text describes the lumbar spine.", silent=True)
    return Outcome(None, f"Not mentioned: {_join(r.concept for r in rules)}.", silent=True)


def _finding(chart: Chart, rule: FindingRule) -> Outcome:
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
    denial = [f.evidence for f in newest if f.assertion == "absent" and not f.levels and not f.vertebrae]
    tied = any(f.levels or f.vertebrae or f.severity or f.grade for f in deciding)
    if denial and not tied and not rule.history:
        return Outcome(None, f"{name} is both stated and denied in one note.", (*proof, *denial))
    return Outcome(True, f"{name} is documented.", proof)


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
    stated = _finding(chart, FindingRule(concept="skeletal_immaturity", clinical=True))
    if stated.value or (stated.value is None and not stated.silent):
        return stated
    adult = age(chart, min_years=adult_years)
    if adult.value is not None:
        return Outcome(not adult.value, adult.reason, adult.evidence)
    return (
        stated if stated.value is False else Outcome(None, "Neither age nor growth is stated.", silent=True)
    )


def implanted_device(chart: Chart, *, concepts: tuple[str, ...]) -> Outcome:
    """An electronic implant is in place; one that was taken out is not."""
    removed = [t for t in chart.treatments.get("SCS_explant", ()) if t.procedure.status == "done"]
    outs = []
    for concept in concepts:
        out = _finding(chart, FindingRule(concept=concept, clinical=True))
        if out.value and concept == "implanted_stimulator" and removed:
            after = [m for m in chart.mentions[concept] if m.note > removed[-1].note]
            if not any(m.finding.assertion == "present" for m in after):
                out = Outcome(
                    False, "The stimulator was taken out.", tuple(t.procedure.evidence for t in removed)
                )
        outs.append(out)
    for value in (True, None):
        deciding = [o for o in outs if o.value is value and not o.silent]
        if deciding:
            return _merged(value, deciding)
    placed = _done(chart, "SCS")
    if placed and not removed and not chart.mentions.get("implanted_stimulator"):
        return Outcome(
            None,
            "A spinal cord stimulator is mentioned; whether one is implanted is not.",
            tuple(p.evidence for p in placed),
        )
    if any(o.value is False for o in outs):
        return Outcome(False, "No such device in place.", tuple(e for o in outs for e in o.evidence))
    return Outcome(None, "No implanted device is mentioned.", silent=True)


def prior_bvn_ablation(chart: Chart) -> Outcome:
    """A vertebral body of the request was ablated before."""
    had = _done(chart, "BVNA")
    if not had:
        return Outcome(None, "No earlier basivertebral nerve ablation is mentioned.", silent=True)
    treated = _ablated(had)
    evidence = tuple(p.evidence for p in had)
    again = [b for b in chart.vertebral_bodies if b in treated]
    if again:
        return Outcome(True, f"{_join(again)} was ablated before.", evidence)
    if not treated or not chart.vertebral_bodies:
        return Outcome(None, "An earlier ablation is mentioned; which bodies, is not settled.", evidence)
    return Outcome(False, f"The earlier ablation treated {_join(treated)}, not a requested body.", evidence)


def _ablated(had: Iterable[Procedure]) -> tuple[str, ...]:
    bodies = {b for p in had for b in (*spine.bodies(p.levels), *p.vertebrae)}
    return tuple(sorted(bodies, key=spine.order))


# ---------------------------------------------------------------- the request


def cpt_units(bodies: Sequence[str]) -> str:
    """CPT units for these vertebral bodies: 64628 covers the first two, 64629 each further one.

    Source: https://case2code.codingahead.com/cpt/codes/64629
    """
    further = max(0, len(set(bodies)) - 2)
    return "64628" + (f" and {further} x 64629" if further else "")


def level_count(
    chart: Chart, *, max_levels: int, types: tuple[str, ...] = (), sure_bodies: int | None = None
) -> Outcome:
    """At most this many discs are requested; without a request, that many carry these types.

    `sure_bodies`: where a policy does not say whether a level is a disc or a body, more bodies than
    this leave the answer unknown.
    """
    n = len(chart.requested_levels)
    if chart.vertebral_bodies:
        evidence = chart.requested_evidence
        bodies = len(chart.vertebral_bodies)
        units = cpt_units(chart.vertebral_bodies)
        request = f"Requested: {n} disc level(s), {bodies} vertebral bodies (CPT {units})."
        if n > max_levels:
            return Outcome(False, request, evidence)
        if sure_bodies is not None and bodies > sure_bodies:
            return Outcome(None, f"{request[:-1]}; the policy does not define level.", evidence)
        return Outcome(True, request, evidence)
    touched = [
        d
        for d in spine.LUMBAR_DISCS
        if spine.in_bvn_range(d) and types and _level(chart, d, types, "accept").value
    ]
    return Outcome(
        len(touched) <= max_levels,
        f"No level is requested; {len(touched)} level(s) carry Modic change of the named types.",
        _proof(chart.current_modic),
    )


def body_count(chart: Chart, *, max_bodies: int, lifetime: bool = False) -> Outcome:
    """At most this many vertebral bodies; `lifetime` adds those ablated before."""
    if not chart.vertebral_bodies:
        return Outcome(None, "No level is requested.", silent=True)
    had = _done(chart, "BVNA") if lifetime else []
    treated = set(chart.vertebral_bodies) | set(_ablated(had))
    evidence = (*chart.requested_evidence, *(p.evidence for p in had))
    words = f"{len(treated)} vertebral bodies" + (" over a lifetime" if lifetime else "")
    if len(treated) > max_bodies:
        return Outcome(False, f"{words}, more than {max_bodies}.", evidence)
    if had and not _ablated(had):
        return Outcome(None, "An earlier ablation is mentioned without its bodies.", evidence)
    return Outcome(True, f"{words}, at most {max_bodies}.", evidence)


def bodies_within(chart: Chart, *, bodies: tuple[str, ...]) -> Outcome:
    """Every requested vertebral body is one of these."""
    if not chart.vertebral_bodies:
        return Outcome(None, "No level is requested.", silent=True)
    outside = [b for b in chart.vertebral_bodies if b not in bodies]
    if "L6" in outside:
        return Outcome(None, "A sixth lumbar vertebra: the numbering must be settled first.")
    if outside:
        return Outcome(False, f"{_join(outside)} is outside the range.", chart.requested_evidence)
    return Outcome(True, f"{_join(chart.vertebral_bodies)} lie within the range.", chart.requested_evidence)


def bodies_adjacent(chart: Chart) -> Outcome:
    """The requested vertebral bodies follow each other without a gap."""
    named = chart.vertebral_bodies
    if not named:
        return Outcome(None, "No level is requested.", silent=True)
    gap = any(spine.disc(a, b) is None for a, b in pairwise(named))
    words = "have a gap between them" if gap else "are adjacent"
    return Outcome(not gap, f"{_join(named)} {words}.", chart.requested_evidence)


def requested(chart: Chart) -> Outcome:
    """Some level is requested."""
    return Outcome(bool(chart.vertebral_bodies), "A level is requested.", chart.requested_evidence)


# ---------------------------------------------------------------- numbers


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
    values = _join(f"{s.name} {s.value:g}" for s in same)
    if len(set(truths)) > 1:
        return Outcome(None, f"The newest note gives {values}.", evidence)
    return Outcome(truths[0], f"The newest value is {values}.", evidence)


def needs_person(chart: Chart, *, about: str) -> Outcome:
    """A rule that no chart text can decide."""
    del chart
    return Outcome(None, f"Needs a person: {about}.")


def flare_only(chart: Chart) -> Outcome:
    """A flare with its own, shorter length is recorded beside the complaint."""
    flares = [n.duration for n in chart.notes if n.duration and n.duration.episode_days is not None]
    return Outcome(bool(flares), "A flare is recorded.", tuple(d.evidence for d in flares))


def treatment_failed(chart: Chart, *, names: tuple[str, ...]) -> Outcome:
    """One of these treatments took place without lasting relief."""
    had = [p for n in names for p in _done(chart, n) if _no_lasting_help(p)]
    return Outcome(
        bool(had), "A treatment without lasting relief is recorded.", tuple(p.evidence for p in had)
    )


# ---------------------------------------------------------------- words


def _types(m: Modic) -> str:
    return "Modic type " + "/".join(m.types)


def _join(words: Iterable[str]) -> str:
    names = [str(w).replace("_", " ") for w in words]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _span(m: Months) -> str:
    if m.hi == inf:
        return f"at least {m.lo:.3g} months" if m.lo else "unstated length"
    return f"{m.lo:.3g} months" if m.lo == m.hi else f"{m.lo:.3g} to {m.hi:.3g} months"


def _proof(entries: Iterable[Modic]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(m.evidence for m in entries))


def _merged(value: Truth, outs: Sequence[Outcome]) -> Outcome:
    """One outcome from several that decide alike; the sentence is the first one's."""
    evidence = tuple(dict.fromkeys(e for o in outs for e in o.evidence))
    return Outcome(value, outs[0].reason, evidence)


CHECKS: dict[str, Callable[..., Outcome]] = {
    f.__name__: f
    for f in (
        age, axial_predominant, bodies_adjacent, bodies_within, body_count, care_component,
        conservative_care, finding, flare_only, generators_excluded, implanted_device, level_concordance,
        level_count, lumbar_surgery, modic, modic_body_count, modic_outside, needs_person, pain_duration,
        prior_bvn_ablation, requested, score, skeletally_immature,
        treatment_failed,
    )
}  # fmt: skip
