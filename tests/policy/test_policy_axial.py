"""Which patterns of pain meet "mainly axial", and a length just under six months."""

from __future__ import annotations

import pytest
from casefile import facts

from bvnscreen import policy
from bvnscreen.chart import merge


def status(criterion: str, **note: object) -> str:
    chart = merge([facts("visit", {"kind": "clinic_note", "date": "2025-10-13", **note})])
    verdict = policy.judge(chart, policy.load("candidacy"))
    return next(c.status for c in verdict.criteria if c.id == criterion)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        ({"region": "low_back", "low_back": "present", "below_knee": False}, "met"),
        (
            {"region": "low_back", "low_back": "present", "below_knee": False, "leg_pain": "present"},
            "unclear",
        ),
        ({"region": "low_back", "low_back": "present", "disputed": True, "back_pct": 100.0}, "unclear"),
        (
            {"region": "low_back", "low_back": "present", "leg_pain": "present", "predominant": "leg"},
            "not_met",
        ),
        ({"region": "low_back", "low_back": "present"}, "undocumented"),
        ({"region": "neck", "axial": True, "midline": True}, "undocumented"),
    ],
)
def test_axial(pain: dict[str, object], expected: str) -> None:
    assert status("axial_predominant", pain=pain) == expected


def test_just_under_six_months_is_shorter() -> None:
    assert status("chronic_low_back_pain", duration={"months_max": 6.0, "ge_6mo": False}) == "not_met"
    assert status("chronic_low_back_pain", duration={"months_max": 6.0}) == "unclear"
