"""What a policy is, and what judging a chart by it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ..chart import Conflict
from ..facts import Evidence, Modic, to_dict
from .logic import Truth

Status = Literal["met", "not_met", "unclear", "undocumented"]
Kind = Literal["label", "coverage", "trial", "society", "consensus"]
Stance = Literal["criteria", "never_covered", "routed_elsewhere"]
# What a status rests on: words of the notes, their silence, the request, the policy alone, a person.
Basis = Literal["notes", "silence", "request", "policy", "person"]
Verdict = Literal["not_covered", "does_not_meet", "needs_review", "needs_documentation", "meets"]


class PolicyError(ValueError):
    """A policy file is wrong or missing; the message names file, key, line and remedy."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one test. `silent`: unknown because the chart says nothing, not because it is
    vague or contradicts itself. `reason` is one sentence without note text."""

    value: Truth
    reason: str
    evidence: tuple[Evidence, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One named test with its parameters, ready to run on a chart."""

    name: str
    params: Mapping[str, Any]
    run: Callable[..., Outcome]
    key: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read: an address or a document, and how well (grade A, B, H, I)."""

    ref: str
    grade: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """`kind` include: must hold; exclude: must not hold. `blocks`: silence keeps a chart from meeting."""

    id: str
    kind: Literal["include", "exclude"]
    combine: Literal["any", "all"]
    checks: tuple[Check, ...]
    on_silent: Status
    blocks: bool
    cure: str
    plain: str
    source: Source


@dataclass(frozen=True, slots=True)
class Caution:
    """A remark that changes no status, shown when its test is true."""

    check: Check
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Policy:
    """One dated version of a rule book. `effective` is as exact as the source (2024, 2024-01-28) or ""."""

    id: str
    title: str
    issuer: str
    kind: Kind
    version: str
    effective: str
    stance: Stance
    source: Source
    note: str
    criteria: tuple[Criterion, ...]
    cautions: tuple[Caution, ...]


class CriterionResult(NamedTuple):
    """The status of one criterion and the words that decided it; `plain` and `grade` are the policy's."""

    id: str
    status: Status
    reason: str
    evidence: tuple[Evidence, ...]
    source: str
    blocks: bool
    cure: str
    plain: str = ""
    grade: str = ""
    basis: Basis = "silence"


@dataclass(frozen=True, slots=True)
class Change:
    """Answers that, together and no fewer, lead to another determination."""

    to: Verdict
    text: str
    criteria: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Determination:
    """One chart judged by one policy; `to_dict` is the row that is printed."""

    patient_id: str | None
    policy: str
    policy_title: str
    policy_effective: str
    stance: Stance
    determination: Verdict
    requested_levels: tuple[str, ...]
    requested_from: str
    vertebral_bodies: tuple[str, ...]
    current_modic: tuple[Modic, ...]
    criteria: tuple[CriterionResult, ...]
    cautions: tuple[tuple[str, tuple[Evidence, ...]], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What to look up or to have amended, what blocks first."""
        if self.stance == "never_covered":
            return ()
        wanted = sorted(self._open(), key=lambda r: not (r.blocks or r.status == "unclear"))
        return tuple(dict.fromkeys(r.cure for r in wanted))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The smallest sets of open criteria whose answers lead to "meets" or to "does_not_meet".

        A criterion not met on the merits, and a policy that never covers, leave nothing to look up.
        """
        if self.stance != "criteria" or self.determination == "does_not_meet":
            return ()
        out = []
        needed = [r for r in self._open() if r.status == "unclear" or r.blocks]
        if needed:
            words = _words(r.id for r in needed)
            text = f"If the chart comes to show that this holds, it meets {self.policy}: {words}."
            out.append(Change("meets", text, tuple(r.id for r in needed), tuple(r.cure for r in needed)))
        for r in self._open():
            text = f"If this turns out not to hold, the chart does not meet {self.policy}: {_words([r.id])}."
            out.append(Change("does_not_meet", text, (r.id,), (r.cure,)))
        return tuple(out)

    def _open(self) -> list[CriterionResult]:
        return [r for r in self.criteria if r.status in ("unclear", "undocumented")]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, keys as in the output contract."""
        return {
            "patient_id": self.patient_id,
            "policy": self.policy,
            "policy_title": self.policy_title,
            "policy_effective": self.policy_effective,
            "stance": self.stance,
            "determination": self.determination,
            "requested_levels": list(self.requested_levels),
            "requested_from": self.requested_from,
            "vertebral_bodies": list(self.vertebral_bodies),
            "current_modic": [
                {
                    "types": list(m.types),
                    "levels": list(m.levels),
                    "vertebrae": list(m.vertebrae),
                    "evidence": to_dict(m.evidence),
                }
                for m in self.current_modic
            ],
            "criteria": [
                {
                    "id": c.id,
                    "status": c.status,
                    "reason": c.reason,
                    "evidence": to_dict(c.evidence),
                    "source": c.source,
                    "grade": c.grade,
                    "plain": c.plain,
                    "basis": c.basis,
                }
                for c in self.criteria
            ],
            "missing": list(self.missing),
            "cautions": [{"text": text, "evidence": to_dict(e)} for text, e in self.cautions],
            "conflicts": to_dict(self.conflicts),
            "changes": to_dict(self.changes),
        }


def _words(ids: Iterable[str]) -> str:
    return ", ".join(i.replace("_", " ") for i in ids)
