"""What the lumbar MRI report says of Modic change, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ... import spine
from ...chart import Chart, impression_denies, modic_discs
from ...facts import Modic
from ..model import Outcome
from .words import join, merged, proof_of, type_words

SPOKEN = ("present", "historical")


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
    states = [level_state(chart, d, types, described) for d in discs]
    shown = [s for s in states if s.value]
    if shown:
        return merged(True, shown)
    present = [m for m in chart.current_modic if set(m.types) & set(types)]
    on_bodies = [m for m in present if not modic_discs(m) and set(m.vertebrae) & set(bodies)]
    if on_bodies and (described == "accept" or on_bodies[0].basis == "stated"):
        m = on_bodies[0]
        return Outcome(True, f"{_told(chart, m)} at {join(m.vertebrae)}.", (m.evidence,))
    extra = [m for m in present if set(modic_discs(m)) & set(spine.TRANSITIONAL_DISCS)]
    if extra:
        return Outcome(
            None,
            "Modic change beside a sixth lumbar vertebra: the numbering must be settled first.",
            tuple(m.evidence for m in extra),
        )
    vague = [s for s in states if s.value is None and not s.silent]
    if vague:
        return merged(None, vague)
    spoken = [m for m in chart.report_modic if m.assertion in SPOKEN]
    denied = [s for s in states if s.value is False]
    if spoken:
        inside = [m for m in spoken if not modic_discs(m) or set(modic_discs(m)) & set(discs)]
        if denied and inside:
            return merged(False, denied)
        where = join({d for m in spoken for d in (modic_discs(m) or m.vertebrae)})
        return Outcome(
            False,
            f"Modic change is documented only outside the treatable range, at {where}.",
            tuple(m.evidence for m in spoken),
        )
    if denied and len(denied) == len(states):
        return merged(False, denied)
    if denied:
        return Outcome(
            None,
            "Modic change is denied at some levels; the report is silent on the others.",
            denied[0].evidence,
            silent=not any(set(m.types) & set(types) for m in chart.older_modic),
        )
    if chart.has_report:
        return Outcome(None, "The lumbar MRI text says nothing of Modic change.", silent=True)
    return Outcome(None, "No lumbar MRI report is on file.", silent=True)


def level_state(chart: Chart, disc: str, types: Sequence[str], described: str) -> Outcome:
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
    # "Modic type 2 as reported" names no level: it is the change that the report places.
    placed = {t for m in report if m.assertion == "present" and modic_discs(m) for t in m.types}
    loose_claims = [
        m
        for m in untied(chart.modic_claims, "present")
        if not (placed & set(m.types) or (placed and "unspecified" in m.types))
    ]
    claims = [
        m
        for m in (*about(chart.modic_claims, "present"), *loose_claims)
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
        clash += [m for m in untied(report, "absent") if impression_denies(m, report)]
        clash += [
            m
            for m in present
            if m not in good
            and "unspecified" not in m.types
            and all(m.evidence.section != g.evidence.section for g in good)
        ]
        # The conclusion hedges what the findings state.
        sure = any(m.evidence.section.lower() not in ("findings", "") for m in good)
        if not sure:
            clash += [m for m in hedged if m.evidence.section.lower() == "impression"]
        if clash:
            return Outcome(
                None, f"The chart contradicts itself on Modic change at {disc}.", proof_of([*good, *clash])
            )
        if not named:
            return Outcome(
                None,
                f"The report describes signs of Modic change at {disc} without naming it.",
                proof_of(good),
            )
        return Outcome(True, f"{_told(chart, named[0])} at {disc}.", proof_of(named))
    if any("unspecified" in m.types for m in present):
        return Outcome(None, f"Endplate change at {disc} is stated without a type.", proof_of(present))
    if present:
        if typed_claims:
            return Outcome(
                None, f"A clinician names another type at {disc}.", proof_of([*present, *typed_claims])
            )
        return Outcome(False, f"Only {type_words(present[0])} is documented at {disc}.", proof_of(present))
    if hedged:
        return Outcome(None, f"Modic change at {disc} is hedged.", proof_of(hedged))
    loose = [*untied(report, "present"), *untied(report, "possible")]
    if [m for m in loose if wanted & set(m.types) or "unspecified" in m.types]:
        return Outcome(None, "Modic change is stated without a certain level or type.", proof_of(loose))
    denials = [*about(report, "absent"), *untied(report, "absent")]
    covered = {t for m in denials for t in (wanted if "unspecified" in m.types else m.types)}
    # "Type 2 at L5-S1, none at L4-5" denies all Modic change the report knows of.
    known = {t for m in report if m.assertion == "present" for t in m.types}
    denied = denials if wanted <= covered or (known and known <= covered) else []
    resolved = [*about(report, "historical"), *untied(report, "historical")]
    if claims and (denied or resolved):
        return Outcome(
            None,
            f"A clinician states Modic change at {disc} where the report does not.",
            proof_of([*claims, *denied, *resolved]),
        )
    if denied:
        where = f" at {disc}" if any(modic_discs(m) for m in denied) else ""
        return Outcome(False, f"The report states no Modic change{where}.", proof_of(denied))
    if resolved:
        where = f" at {disc}" if any(modic_discs(m) for m in resolved) else ""
        return Outcome(False, f"Earlier Modic change has resolved{where}.", proof_of(resolved))
    older_claims = [
        m
        for m in (*about(chart.older_claims, "present"), *untied(chart.older_claims, "present"))
        if (wanted & set(m.types) or "unspecified" in m.types) and not _speaks(chart)
    ]
    claims += older_claims
    if not chart.has_report:  # an outside MRI that the clinician tells of
        claims += [m for m in about(chart.modic_claims, "historical") if m.attribution == "clinician"]
    if claims:
        return Outcome(
            None, f"Modic change at {disc} rests on a clinician's word, not on a report.", proof_of(claims)
        )
    if wanted & covered:
        return Outcome(None, f"The report denies only some of the types at {disc}.", proof_of(denials))
    older = [m for m in chart.older_modic if disc in modic_discs(m) and wanted & set(m.types)]
    if older and not _speaks(chart):
        return Outcome(
            None, f"The newest report is silent; an older one states Modic change at {disc}.", proof_of(older)
        )
    return Outcome(None, f"Nothing is documented at {disc}.", silent=True)


def _told(chart: Chart, m: Modic) -> str:
    """Who says it, and whether the change is named or its signal described."""
    who = "The report" if any(chart.is_report(i) for i in chart.report_notes) else "A report quoted in a note"
    return f"{who} {'states' if m.basis == 'stated' else 'describes the signal of'} {type_words(m)}"


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
    states = [level_state(chart, d, types, described) for d in chart.requested_levels]
    for i, (disc, s) in enumerate(zip(chart.requested_levels, states, strict=True)):
        if s.silent and _speaks(chart):
            proof = proof_of(m for m in chart.report_modic if m.assertion in SPOKEN)
            states[i] = Outcome(
                False, f"The report documents Modic change elsewhere and none at {disc}.", proof
            )
    for value in (False, None, True):
        deciding = [s for s in states if s.value is value and not s.silent]
        if deciding and (value is not True or len(deciding) == len(states)):
            return merged(value, deciding)
    silent = [d for d, s in zip(chart.requested_levels, states, strict=True) if s.silent]
    return Outcome(None, f"Nothing is documented on Modic change at {join(silent)}.", silent=True)


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
                f"Pain is located at {join(p.levels)}, the request is for {join(chart.requested_levels)}.",
                # The words that name a level come first.
                tuple(sorted((p.evidence, *p.support), key=lambda e: not any(map(str.isdigit, e.text)))),
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
        said = proof_of([*chart.report_modic, *chart.older_modic])
        return Outcome(None, "No Modic change is documented that could be counted.", said, silent=not said)
    untied = any(not modic_discs(m) and not m.vertebrae for m in sure)
    proof = proof_of([*sure, *maybe])
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
        where = join({d for m in outside for d in modic_discs(m) if not set(d.split("-")) <= set(bodies)})
        return Outcome(True, f"Modic change outside the range, at {where}.", proof_of(outside))
    if outside:
        return Outcome(None, "Modic change outside the range is hedged.", proof_of(outside))
    if not chart.report_modic:
        older = proof_of(chart.older_modic)
        return Outcome(None, "The newest report says nothing of Modic change.", older, silent=not older)
    return Outcome(False, "No Modic change outside the range is documented.")


def _denied_in_general(chart: Chart, types: Sequence[str]) -> bool:
    general = [m for m in chart.report_modic if m.assertion == "absent" and not modic_discs(m)]
    return any("unspecified" in m.types or set(types) <= set(m.types) for m in general)
