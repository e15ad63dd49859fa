"""Properties that hold for any chart, tried on generated ones."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from casefile import chart, facts
from hypothesis import given, settings
from hypothesis import strategies as st

from bvnscreen import policy
from bvnscreen.chart import Chart, merge
from bvnscreen.policy.judge import determine
from bvnscreen.policy.model import CriterionResult

POLICIES = policy.available()
LEVELS = st.lists(st.sampled_from(["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]), max_size=2, unique=True)
ASSERTION = st.sampled_from(["present", "absent", "possible", "historical", "hypothetical", "family"])
DATE = st.sampled_from(["2022-01-01", "2024-06-15", "2025-03-01", "2025-06-01", None])
MODIC = st.fixed_dictionaries(
    {
        "types": st.sampled_from([["1"], ["2"], ["3"], ["1", "2"], ["unspecified"]]),
        "levels": LEVELS,
        "assertion": ASSERTION,
        "attribution": st.sampled_from(["report", "clinician"]),
        "basis": st.sampled_from(["stated", "described"]),
        "section": st.sampled_from(["findings", "impression", "addendum", "history"]),
    }
)
FINDING = st.fixed_dictionaries(
    {
        "concept": st.sampled_from(
            ["central_stenosis", "spondylolisthesis", "fracture", "infection", "pregnancy", "pacemaker",
             "radiculopathy", "disc_extrusion", "osteoporosis", "facet_mediated_pain", "si_joint_pain",
             "implanted_stimulator", "neurogenic_claudication", "prior_fusion"]
        ),
        "assertion": ASSERTION,
        "levels": LEVELS,
        "severity": st.sampled_from([None, "mild", "moderate", "severe"]),
        "acuity": st.sampled_from([None, "acute", "healed"]),
        "grade": st.sampled_from([None, 1, 2]),
        "size_mm": st.sampled_from([None, 2.0, 6.0]),
    }
)  # fmt: skip
PROCEDURE = st.fixed_dictionaries(
    {
        "name": st.sampled_from(
            ["PT", "NSAID", "ESI", "RFA", "MBB", "SIJ_injection", "BVNA", "fusion", "discectomy", "CBT",
             "conservative_care", "SCS", "SCS_explant"]
        ),
        "status": st.sampled_from(["done", "ongoing", "planned", "considered", "declined", "not_done"]),
        "levels": LEVELS,
        "date": st.sampled_from([None, "2023", "2024-02", "2024-11-05"]),
        "duration_months": st.sampled_from([None, 1.4, 6.0, 14.0]),
        "response": st.sampled_from([None, "none", "temporary", "mixed", "good"]),
        "relief_pct": st.sampled_from([None, 50, 85]),
    }
)  # fmt: skip
NOTE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["mri_report", "clinic_note", "addendum", "pt_note", "imaging_report"]),
        "date": DATE,
        "describes_spine": st.booleans(),
        "modic": st.lists(MODIC, max_size=3),
        "findings": st.lists(FINDING, max_size=3),
        "procedures": st.lists(PROCEDURE, max_size=3),
    }
)


def built(rows: list[dict[str, Any]], requested: list[str]) -> Chart:
    return merge([facts(f"n{i}", row) for i, row in enumerate(rows)], requested)


@settings(max_examples=60, deadline=None)
@given(st.lists(NOTE, max_size=4), LEVELS)
def test_any_chart_can_be_judged(rows: list[dict[str, Any]], requested: list[str]) -> None:
    c = built(rows, requested)
    known = {
        id(e)
        for n in c.notes
        for part in (n.modic, n.findings, n.procedures)
        for f in part
        for e in [f.evidence]
    }
    for p in POLICIES:
        d = policy.judge(c, p)
        assert d.to_dict()["determination"] == d.determination
        for r in d.criteria:
            assert r.reason
            assert {id(e) for e in r.evidence} <= known
            # A no, and an answer that is unclear for the chart's sake, always point at words.
            if r.status == "not_met" and r.id != "policy_position" and not requested:
                assert r.evidence, r


ADDED = st.one_of(
    st.fixed_dictionaries({"modic": st.lists(MODIC, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"findings": st.lists(FINDING, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"procedures": st.lists(PROCEDURE, min_size=1, max_size=2)}),
)


@settings(max_examples=60, deadline=None)
@given(ADDED, st.sampled_from(["report", "visit"]))
def test_more_evidence_never_turns_met_into_undocumented(added: dict[str, Any], where: str) -> None:
    from casefile import base

    start = base()
    before = merge([facts(k, start[k]) for k in ("report", "visit")], start["requested"])
    ((key, rows),) = added.items()
    start[where] = {**start[where], key: [*start[where].get(key, ()), *rows]}
    after = merge([facts(k, start[k]) for k in ("report", "visit")], start["requested"])
    for p in POLICIES:
        was = {r.id: r.status for r in policy.judge(before, p).criteria}
        now = {r.id: (r.status, r.reason) for r in policy.judge(after, p).criteria}
        lost = {k: now[k] for k, v in was.items() if v == "met" and now[k][0] == "undocumented"}
        assert not lost, p.id


@settings(max_examples=60, deadline=None)
@given(NOTE)
def test_one_more_note_never_turns_met_into_undocumented(row: dict[str, Any]) -> None:
    before, after = chart({}), chart({"more": [row]})
    for p in POLICIES:
        was = {r.id: r.status for r in policy.judge(before, p).criteria}
        now = {r.id: (r.status, r.reason) for r in policy.judge(after, p).criteria}
        lost = {k: now[k] for k, v in was.items() if v == "met" and now[k][0] == "undocumented"}
        assert not lost, p.id


STATUSES = ("met", "not_met", "unclear", "undocumented")


@pytest.mark.parametrize("row", list(product(STATUSES, repeat=3)), ids="-".join)
def test_order_of_the_determination(row: tuple[str, ...]) -> None:
    p = policy.load("candidacy")
    results = tuple(_result(str(i), s, blocks=i < 2) for i, s in enumerate(row))
    if "not_met" in row:
        expected = "does_not_meet"
    elif "unclear" in row:
        expected = "needs_review"
    else:
        expected = "needs_documentation" if "undocumented" in row[:2] else "meets"
    assert determine(p, results) == expected


def _result(name: str, status: Any, *, blocks: bool) -> CriterionResult:
    return CriterionResult(name, status, "because", (), "source", blocks, f"cure {name}")


@pytest.mark.parametrize("row", list(product(STATUSES, repeat=3)), ids="-".join)
def test_changes_are_the_smallest_sets_that_change_the_verdict(row: tuple[str, ...]) -> None:
    """Held against trying every way to answer every set of open criteria."""
    from dataclasses import replace

    p = policy.load("candidacy")
    results = tuple(_result(str(i), s, blocks=i < 2) for i, s in enumerate(row))
    verdict = determine(p, results)
    d = replace(policy.judge(chart({}), p), criteria=results, determination=verdict)
    still_open = [r.id for r in results if r.status in ("unclear", "undocumented")]
    for to in ("meets", "does_not_meet"):
        ways = []
        for size in range(len(still_open) + 1):
            for chosen in combinations(still_open, size):
                for answers in product(("met", "not_met"), repeat=size):
                    answered = dict(zip(chosen, answers, strict=True))
                    filled = tuple(r._replace(status=answered.get(r.id, r.status)) for r in results)
                    if determine(p, filled) == to:
                        ways.append(frozenset(chosen))
        smallest = {w for w in ways if not any(o < w for o in ways)}
        if verdict == to:
            smallest = set()
        assert {frozenset(c.criteria) for c in d.changes if c.to == to} == smallest
