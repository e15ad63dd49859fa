"""The same chart under two rule books, and two charts that differ in one fact."""

from __future__ import annotations

from typing import Any

import pytest
from casefile import chart

from bvnscreen import policy

FOUR = ["L3-L4", "L4-L5", "L5-S1"]
DESCRIBED = {"report": {"modic": [{"types": ["1"], "levels": ["L4-L5"], "basis": "described"}]}}
CLAIMED = {
    "report": {"modic": []},
    "visit": {"modic": [{"types": ["1"], "levels": ["L4-L5"], "attribution": "clinician"}]},
}
NINE = {"visit": {"duration": {"months_min": 9, "months_max": 9, "ge_6mo": True}}}
BMI = {"visit": {"scores": [{"name": "BMI", "value": 40}]}}
EXTRUSION = {
    "report": {
        "findings": [
            {"concept": "disc_extrusion", "levels": ["L1-L2"]},
            {"concept": "nerve_root_compression", "levels": ["L1-L2"], "roots": ["L1"]},
        ]
    }
}
ABLATED = {
    "requested": ["L5-S1"],
    "report": {"modic": [{"types": ["1"], "levels": ["L5-S1"]}]},
    "more": [
        {
            "kind": "procedure_note",
            "date": "2023-02-08",
            "procedures": [{"name": "BVNA", "status": "done", "vertebrae": ["L4", "L5"]}],
        }
    ],
}
TYPE_3 = {"report": {"modic": [{"types": ["3"], "levels": ["L4-L5"]}]}}
SILENT = {"report": {"modic": []}}

PAIRS = [
    # what, facts, (policy, criterion or None for the determination, answer) twice
    (
        "a good candidate at a payer that never covers",
        {},
        ("candidacy", None, "meets"),
        ("uhc", None, "not_covered"),
    ),
    (
        "Modic only in the clinician's words",
        CLAIMED,
        ("candidacy", "modic_1_or_2", "unclear"),
        ("cam-394", "modic_in_report", "unclear"),
    ),
    (
        "endplate oedema without the word Modic: features fit the later label, not the claim's attestation",
        DESCRIBED,
        ("fda-label", "modic_1_or_2", "met"),
        ("cms-l39644", "modic_1_or_2", "unclear"),
    ),
    (
        "nine months of pain",
        NINE,
        ("highmark-15-01-004", "chronic_low_back_pain", "met"),
        ("cam-394", "chronic_low_back_pain", "not_met"),
    ),
    (
        "four bodies",
        {"requested": FOUR},
        ("intracept", "at_most_four_bodies", "met"),
        ("cam-394", "at_most_three_bodies", "not_met"),
    ),
    (
        "an extrusion at L1-L2 beside Modic change at L4-L5",
        EXTRUSION,
        ("highmark-15-01-004", None, "meets"),
        ("nass-2022-draft", "no_other_obvious_cause", "unclear"),
    ),
    ("a body mass index of exactly 40", BMI, ("intracept", "bmi", "met"), ("smart", "bmi", "not_met")),
    (
        "one body was ablated before",
        ABLATED,
        ("cms-l39644", "body_not_ablated_before", "not_met"),
        ("highmark-15-01-004", None, "meets"),
    ),
    (
        "type 3 only",
        TYPE_3,
        ("candidacy", "modic_1_or_2", "not_met"),
        ("cms-l39644", "modic_1_or_2", "not_met"),
    ),
    (
        "the report is silent",
        SILENT,
        ("candidacy", None, "needs_documentation"),
        ("highmark-15-01-004", "modic_1_or_2", "undocumented"),
    ),
]


@pytest.mark.parametrize(("what", "facts", "first", "second"), PAIRS, ids=[p[0] for p in PAIRS])
def test_pair(
    what: str, facts: dict[str, Any], first: tuple[str, str | None, str], second: tuple[str, str | None, str]
) -> None:
    for policy_id, criterion, answer in (first, second):
        result = policy.judge(chart(facts), policy.load(policy_id))
        found = {c.id: c.status for c in result.criteria}
        assert (result.determination if criterion is None else found[criterion]) == answer, what


def test_the_wording_of_the_label_decides() -> None:
    from datetime import date

    old = policy.load("fda-label", as_of=date(2017, 1, 1))
    new = policy.load("fda-label")
    statuses = [policy.judge(chart(DESCRIBED), p).criteria[2].status for p in (old, new)]
    assert statuses == ["unclear", "met"]
