"""Every readable case of tests/policy/cases, each its own test."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from casefile import HERE, cases, chart

from bvnscreen import policy

FILES = sorted(p for p in HERE.glob("*.toml") if p.name != "base.toml")
CASES = [pytest.param(c, id=f"{c['policy']}: {c['name']}") for f in FILES for c in cases(f)]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    as_of = date.fromisoformat(case["as_of"]) if case["as_of"] else None
    result = policy.judge(chart(case), policy.load(case["policy"], as_of=as_of))
    assert case.get("criteria") or case.get("determination"), "a case must expect something"
    got = {c.id: c.status for c in result.criteria}
    reasons = {c.id: c.reason for c in result.criteria}
    for criterion, status in case.get("criteria", {}).items():
        assert got[criterion] == status, reasons[criterion]
    if "determination" in case:
        assert result.determination == case["determination"], got


def test_every_policy_has_four_cases() -> None:
    counts = Counter(c["policy"] for f in FILES for c in cases(f))
    assert {p.id: counts[p.id] for p in policy.available() if counts[p.id] < 4} == {}
