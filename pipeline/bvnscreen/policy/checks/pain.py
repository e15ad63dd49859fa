"""Length and pattern of the pain, and other sources of it."""

from __future__ import annotations

from collections.abc import Sequence

from ...chart import Chart
from ...facts import Evidence, Pain
from ..logic import at_least
from ..model import Outcome
from .words import done, span_words, stated_now

NEGATIVE_PCT = 25  # a diagnostic block with less relief is read as negative by every threshold in use


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
        if d.onset:
            why = (
                f"The pain is told to go back to {d.onset}; without the date of the note its length is open."
            )
            return Outcome(None, why, evidence)
        return Outcome(None, "The pain is called long or chronic without an amount.", evidence)
    value = at_least(span, months)
    if value is None and any(c.about == "duration" for c in chart.conflicts):
        return Outcome(None, f"The notes contradict each other on {months:g} months of pain.", evidence)
    words = {True: "reaches", False: "stays below", None: "may or may not reach"}[value]
    return Outcome(value, f"Low back pain of {span_words(span)} {words} {months:g} months.", evidence)


def axial_predominant(chart: Chart) -> Outcome:
    """Mainly axial low back pain; referral to buttock or thigh above the knee is compatible.

    The newest note that describes the pattern decides. Where it names both without saying which leads,
    an earlier note that weighs them does.
    """
    open_answer: Outcome | None = None
    for note in reversed(chart.notes):
        if note.pain is None:
            continue
        out = _axial(note.pain)
        if out.silent:
            continue
        if open_answer is None:
            if out.value is not None:
                return out
            open_answer = out
        elif _weighed(note.pain):
            return out
    if open_answer is not None:
        return open_answer
    radicular = (*stated_now(chart, "radiculopathy"), *stated_now(chart, "radicular_pain"))
    if radicular:
        return Outcome(None, "Radicular pain is recorded; whether back or leg leads is not.", radicular)
    return Outcome(None, "The pattern of the pain is not described.", silent=True)


def _weighed(p: Pain) -> bool:
    return p.disputed or p.predominant is not None or (p.back_pct is not None and p.back_pct != p.leg_pct)


def _axial(p: Pain) -> Outcome:
    evidence = (p.evidence, *p.support)
    if p.region in ("neck", "thoracic") and p.low_back != "present":
        return Outcome(None, "Only pain of another part of the spine is described.", silent=True)
    if p.disputed:
        return Outcome(None, "The note contradicts itself on whether back or leg pain leads.", evidence)
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
    if back and (p.radiation_to or (p.below_knee is False and p.leg_pain != "present")):
        return Outcome(True, "Low back pain with referral above the knee only.", evidence)
    if back and p.leg_pain == "present":
        return Outcome(None, "Back and leg pain are stated; which leads is not.", evidence)
    return Outcome(None, "The note does not say whether back or leg pain leads.", silent=True)


def flare_only(chart: Chart) -> Outcome:
    """A flare with its own, shorter length is recorded beside the complaint."""
    flares = [n.duration for n in chart.notes if n.duration and n.duration.episode_days is not None]
    return Outcome(bool(flares), "A flare is recorded.", tuple(d.evidence for d in flares))


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
            for p in done(chart, name):
                if p.relief_pct is not None and p.relief_pct >= main_relief_pct:
                    shown += 2 if name == "RFA" else (p.count or 1)
                elif p.response == "good" and p.relief_pct is None:
                    shown += 1
                else:
                    continue
                strong.append(p.evidence)
        stated = stated_now(chart, "facet_mediated_pain" if label == "facet" else "si_joint_pain")
        proof = tuple(dict.fromkeys([*strong, *stated]))
        if shown >= 2:
            return Outcome(False, f"Blocks or ablation show the {label} joints as a main source.", proof)
        if (shown or stated) and positive.silent:
            positive = Outcome(None, f"A {label} source is suggested but not settled.", proof)
    roots = (*stated_now(chart, "radiculopathy"), *stated_now(chart, "radicular_pain"))
    axial = axial_predominant(chart)
    if roots and axial.value is False:
        return Outcome(False, "A radicular source dominates.", (*axial.evidence, *roots))
    if not positive.silent:
        return positive
    facet = ruled_out(chart, "facet_mediated_pain", facet_blocks)
    sij = ruled_out(chart, "si_joint_pain", sij_blocks)
    if facet and sij:
        return Outcome(True, "Facet and sacroiliac sources are stated as ruled out.", (*facet, *sij))
    only = "Only one other source is ruled out." if facet or sij else "Other sources are not addressed."
    return Outcome(None, only, (*facet, *sij), silent=True)


def ruled_out(chart: Chart, concept: str, blocks: Sequence[str]) -> list[Evidence]:
    """Words that deny this source: a statement, or a block that did not help."""
    absent = [m.finding.evidence for m in chart.mentions.get(concept, ()) if m.finding.assertion == "absent"]
    negative = [
        p.evidence
        for name in blocks
        for p in done(chart, name)
        if p.response in ("none", "minimal") or (p.relief_pct is not None and p.relief_pct < NEGATIVE_PCT)
    ]
    return [*absent, *negative]
