"""The request: discs, vertebral bodies, and what was ablated before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ... import spine
from ...chart import Chart
from ...facts import Procedure
from ..model import Outcome
from .modic_change import level_state
from .words import counted, done, join, proof_of


def prior_bvn_ablation(chart: Chart) -> Outcome:
    """A vertebral body of the request was ablated before."""
    had = done(chart, "BVNA")
    if not had:
        return Outcome(None, "No earlier basivertebral nerve ablation is mentioned.", silent=True)
    treated = ablated_bodies(had)
    evidence = tuple(p.evidence for p in had)
    again = [b for b in chart.vertebral_bodies if b in treated]
    if again:
        return Outcome(True, f"{join(again)} was ablated before.", evidence)
    if not treated or not chart.vertebral_bodies:
        return Outcome(None, "An earlier ablation is mentioned; which bodies, is not settled.", evidence)
    return Outcome(False, f"The earlier ablation treated {join(treated)}, not a requested body.", evidence)


def ablated_bodies(had: Iterable[Procedure]) -> tuple[str, ...]:
    bodies = {b for p in had for b in (*spine.bodies(p.levels), *p.vertebrae)}
    return tuple(sorted(bodies, key=spine.order))


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
        request = f"Requested: {counted(n, 'disc level')}, {bodies} vertebral bodies (CPT {units})."
        if n > max_levels:
            return Outcome(False, request, evidence)
        if sure_bodies is not None and bodies > sure_bodies:
            return Outcome(None, f"{request[:-1]}; the policy does not define level.", evidence)
        return Outcome(True, request, evidence)
    touched = [
        d
        for d in spine.LUMBAR_DISCS
        if spine.in_bvn_range(d) and types and level_state(chart, d, types, "accept").value
    ]
    return Outcome(
        len(touched) <= max_levels,
        f"No level is requested; {counted(len(touched), 'level')} with Modic change of the named types.",
        proof_of(chart.current_modic),
    )


def body_count(chart: Chart, *, max_bodies: int, lifetime: bool = False) -> Outcome:
    """At most this many vertebral bodies; `lifetime` adds those ablated before."""
    if not chart.vertebral_bodies:
        return Outcome(None, "No level is requested.", silent=True)
    had = done(chart, "BVNA") if lifetime else []
    treated = set(chart.vertebral_bodies) | set(ablated_bodies(had))
    evidence = (*chart.requested_evidence, *(p.evidence for p in had))
    words = f"{len(treated)} vertebral bodies" + (" over a lifetime" if lifetime else "")
    if len(treated) > max_bodies:
        return Outcome(False, f"{words}, more than {max_bodies}.", evidence)
    if had and not ablated_bodies(had):
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
        return Outcome(False, f"{join(outside)} is outside the range.", chart.requested_evidence)
    return Outcome(True, f"{join(chart.vertebral_bodies)} lie within the range.", chart.requested_evidence)


def bodies_adjacent(chart: Chart) -> Outcome:
    """The requested vertebral bodies follow each other without a gap."""
    named = chart.vertebral_bodies
    if not named:
        return Outcome(None, "No level is requested.", silent=True)
    gap = any(spine.disc(a, b) is None for a, b in pairwise(named))
    words = "have a gap between them" if gap else "are adjacent"
    return Outcome(not gap, f"{join(named)} {words}.", chart.requested_evidence)


def requested(chart: Chart) -> Outcome:
    """Some level is requested."""
    return Outcome(bool(chart.vertebral_bodies), "A level is requested.", chart.requested_evidence)
