"""One chart judged by one policy."""

from __future__ import annotations

from ..chart import Chart
from .checks import OF_THE_REQUEST
from .checks.words import join
from .logic import all_of, any_of, negate
from .model import (
    Basis,
    Check,
    Criterion,
    CriterionResult,
    Determination,
    Outcome,
    Policy,
    Status,
    Verdict,
)


def judge(chart: Chart, policy: Policy) -> Determination:
    """Status of every criterion, the determination and the cautions, each with what decided it."""
    levels = join(chart.requested_levels) or "each level from L3 to S1"
    results = tuple(_criterion(chart, c, levels) for c in policy.criteria) or (_position(policy),)
    verdict = determine(policy, results)
    cautions = []
    for caution in policy.cautions:
        out = _run(chart, caution.check)
        if out.value:
            cautions.append((caution.text, out.evidence))
    return Determination(
        patient_id=chart.patient_id,
        policy=policy.id,
        policy_title=policy.title,
        policy_effective=policy.effective,
        stance=policy.stance,
        determination=verdict,
        requested_levels=chart.requested_levels,
        requested_from=chart.requested_from,
        vertebral_bodies=chart.vertebral_bodies,
        current_modic=chart.current_modic,
        criteria=results,
        cautions=tuple(cautions),
        conflicts=chart.conflicts,
    )


def determine(policy: Policy, results: tuple[CriterionResult, ...]) -> Verdict:
    """The order of the contract: never covered, not met, unclear, undocumented, met."""
    if policy.stance == "never_covered":
        return "not_covered"
    statuses = {r.status for r in results}
    if "not_met" in statuses:
        return "does_not_meet"
    if "unclear" in statuses:
        return "needs_review"
    if any(r.status == "undocumented" and r.blocks for r in results):
        return "needs_documentation"
    return "meets"


def _position(policy: Policy) -> CriterionResult:
    """A policy without criteria has one thing to say, whatever the chart."""
    return CriterionResult(
        id="policy_position",
        status="not_met" if policy.stance == "never_covered" else "unclear",
        reason=policy.note,
        evidence=(),
        source=policy.source.ref,
        blocks=True,
        cure=policy.note,
        plain=policy.note,
        grade=policy.source.grade,
        basis="policy",
    )


def _criterion(chart: Chart, criterion: Criterion, levels: str) -> CriterionResult:
    out = _combined(chart, criterion)
    holds = negate(out.value) if criterion.kind == "exclude" else out.value
    status: Status
    if holds is None:
        status = criterion.on_silent if out.silent else "unclear"
    else:
        status = "met" if holds else "not_met"
    return CriterionResult(
        id=criterion.id,
        status=status,
        reason=out.reason,
        evidence=out.evidence,
        source=criterion.source.ref,
        blocks=criterion.blocks,
        # What to get names the requested levels, so that it can be sent as it stands.
        cure=criterion.cure.replace("{levels}", levels),
        plain=criterion.plain,
        grade=criterion.source.grade,
        basis=_basis(criterion, out),
    )


def _basis(criterion: Criterion, out: Outcome) -> Basis:
    if out.evidence and not out.silent:
        return "notes"
    names = {check.name for check in criterion.checks}
    if "needs_person" in names and out.value is None:
        return "person"
    return "request" if not out.silent and names <= OF_THE_REQUEST else "silence"


def _combined(chart: Chart, criterion: Criterion) -> Outcome:
    """Several tests under "any" or "all"; the sentence and the evidence are those of what decided."""
    outs = [_run(chart, check) for check in criterion.checks]
    if len(outs) == 1:
        return outs[0]
    # One answer settles "any" by yes and "all" by no; the opposite rests on every answer.
    settles = criterion.combine == "any"
    value = (any_of if settles else all_of)(o.value for o in outs)
    said = [o for o in outs if not o.silent]
    if value is None and settles:
        shown = [o for o in said if o.value is None] or outs
        silent = shown is outs
    elif value is None:
        # Where half of a conjunction is documented, silence on the other half is a question to ask.
        half = any(
            o in said and c.name != "needs_person" for c, o in zip(criterion.checks, outs, strict=True)
        )
        silent = not half and len(said) < len(outs)
        shown = [o for o in outs if o.silent] if silent else outs
    else:
        shown, silent = [o for o in outs if o.value is value], False
    return Outcome(
        value,
        shown[0].reason if value is settles else " ".join(o.reason for o in shown),
        tuple(dict.fromkeys(e for o in shown for e in o.evidence)),
        silent,
    )


def _run(chart: Chart, check: Check) -> Outcome:
    seen = chart.results.get(check.key)
    if not isinstance(seen, Outcome):
        seen = check.run(chart, **check.params)
        chart.results[check.key] = seen
    return seen
