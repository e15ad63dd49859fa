"""Policies side by side: what two of them differ in, and many charts by many policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..chart import Chart
from .judge import judge
from .load import available
from .model import Criterion, Policy

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Difference:
    """`only_in_a` and `only_in_b` are criterion ids; `changed` holds (id of a, key, value a, value b),
    `pairs` the ids in a and in b of the criteria that differ."""

    only_in_a: tuple[str, ...]
    only_in_b: tuple[str, ...]
    changed: tuple[tuple[str, str, Any, Any], ...]
    pairs: tuple[tuple[str, str], ...]


def diff(a: Policy, b: Policy) -> Difference:
    """Criteria that only one policy has, and other thresholds where both use the same test.

    Criteria are paired by id, else by the tests they use and what these look at.
    """
    left = list(b.criteria)
    pairs: list[tuple[Criterion, Criterion]] = []
    alone: list[str] = []
    for c in a.criteria:
        partner = next((o for o in left if o.id == c.id), None) or next(
            (o for o in left if _alike(o, c) and all(o.id != x.id for x in a.criteria)), None
        )
        if partner is None:
            alone.append(c.id)
        else:
            left.remove(partner)
            pairs.append((c, partner))
    changed = tuple(d for p in pairs for d in _changed(*p))
    differ = {d[0] for d in changed}
    return Difference(
        tuple(alone),
        tuple(c.id for c in left),
        changed,
        tuple((c.id, o.id) for c, o in pairs if c.id in differ),
    )


def _tests(c: Criterion) -> tuple[str, ...]:
    return (c.kind, *(check.name for check in c.checks))


def _alike(a: Criterion, b: Criterion) -> bool:
    """The same tests on the same matter: two tests of findings may be on bone and on infection."""
    if _tests(a) != _tests(b):
        return False
    mine, theirs = _matter(a), _matter(b)
    return bool(mine & theirs) if mine or theirs else True


def _matter(c: Criterion) -> set[str]:
    """Concepts, treatments and scores that the tests name."""
    rules = {r.concept for check in c.checks for r in check.params.get("rules", ())}
    keys = ("names", "any_of_names", "concepts", "about")
    named = [check.params[k] for check in c.checks for k in keys if k in check.params]
    return rules.union(*((n,) if isinstance(n, str) else n for n in named))


def _changed(a: Criterion, b: Criterion) -> Iterable[tuple[str, str, Any, Any]]:
    if _tests(a) != _tests(b):
        yield a.id, "test", _tests(a), _tests(b)
        return
    for x, y in zip(a.checks, b.checks, strict=True):
        for key in x.params:
            if x.params[key] != y.params[key]:
                yield a.id, f"{x.name}.{key}", x.params[key], y.params[key]
    for key in ("on_silent", "blocks"):
        if getattr(a, key) != getattr(b, key):
            yield a.id, key, getattr(a, key), getattr(b, key)


def compare(charts: Iterable[Chart], policies: Sequence[Policy] | None = None) -> pandas.DataFrame:
    """Patients (rows) by policies (columns): the determinations. Default: all policies."""
    import pandas

    every = list(policies) if policies is not None else available()
    rows = [[chart.patient_id, *(judge(chart, p).determination for p in every)] for chart in charts]
    frame = pandas.DataFrame(rows, columns=["patient_id", *(p.id for p in every)])
    return frame.set_index("patient_id")
