"""Policies side by side, the printed row, and speed."""

from __future__ import annotations

import json

from casefile import base, chart, facts

from bvnscreen import policy
from bvnscreen.chart import merge


def test_the_row_has_the_keys_of_the_contract() -> None:
    row = policy.judge(chart({}), policy.load("candidacy")).to_dict()
    assert list(row) == [
        "patient_id", "policy", "policy_title", "policy_effective", "stance", "determination",
        "requested_levels", "requested_from", "vertebral_bodies", "current_modic", "criteria", "missing",
        "cautions", "conflicts", "changes",
    ]  # fmt: skip
    assert list(row["criteria"][0]) == [
        "id", "status", "reason", "evidence", "source", "grade", "plain", "basis",
    ]  # fmt: skip
    assert [c["id"] for c in row["criteria"]] == [
        "chronic_low_back_pain", "axial_predominant", "modic_1_or_2", "level_concordance",
        "failed_conservative_care", "other_generators_excluded", "no_structural_exclusion",
        "no_patient_exclusion", "level_limit",
    ]  # fmt: skip
    assert list(row["current_modic"][0]) == ["types", "levels", "vertebrae", "evidence"]
    assert row["current_modic"][0]["evidence"]["note_id"] == "report"
    assert json.loads(json.dumps(row)) == row


def test_missing_is_a_work_list() -> None:
    row = policy.judge(chart({"report": {"modic": []}}), policy.load("candidacy"))
    assert "addendum" in row.missing[0]
    assert row.missing[-1].startswith("A statement")
    assert row.changes[0].to == "meets"
    assert row.changes[0].criteria == ("modic_1_or_2",)


def test_nothing_to_look_up_when_a_criterion_fails_or_a_payer_never_covers() -> None:
    short = chart({"visit": {"duration": {"months_min": 1, "months_max": 1, "ge_6mo": False}}})
    assert policy.judge(short, policy.load("candidacy")).changes == ()
    never = policy.judge(chart({}), policy.load("uhc"))
    assert (never.changes, never.missing) == ((), ())


def test_cautions_of_the_reviewer() -> None:
    rows = [{"name": "RFA", "status": "done", "response": "none"}]
    flare = {"months_min": 24, "ge_6mo": True, "episode_days": 5}
    more = [{"kind": "clinic_note", "date": "2024-02-08", "procedures": rows}]
    d = policy.judge(chart({"more": more, "visit": {"duration": flare}}), policy.load("necessity-review"))
    texts = [text for text, _ in d.cautions]
    assert len(texts) == 3
    assert "diagnostic block" in texts[0]
    assert "facet ablation" in texts[1]
    assert "flare" in texts[2]
    assert all(evidence for _, evidence in d.cautions[1:])


def test_diff_between_payers() -> None:
    d = policy.diff(policy.load("highmark-15-01-004"), policy.load("cam-394"))
    assert ("chronic_low_back_pain", "pain_duration.months", 6, 12) in d.changed
    assert "care_cbt_3_sessions" in d.only_in_b
    assert "skeletally_mature" in d.only_in_a


def test_diff_between_trials() -> None:
    d = policy.diff(policy.load("smart"), policy.load("intracept"))
    assert ("bmi", "score.below", 40, None) in d.changed
    assert ("bmi", "score.at_most", None, 40) in d.changed


def test_a_policy_does_not_differ_from_itself() -> None:
    for p in policy.available():
        d = policy.diff(p, p)
        assert (d.only_in_a, d.only_in_b, d.changed) == ((), (), ())


def test_compare() -> None:
    b = base()
    one = merge([facts(k, {**b[k], "patient_id": "p1"}) for k in ("report", "visit")], ["L4-L5"])
    two = merge([facts("visit", {**b["visit"], "patient_id": "p2"})], ["L4-L5"])
    frame = policy.compare([one, two])
    assert list(frame.index) == ["p1", "p2"]
    assert list(frame.columns) == [p.id for p in policy.available()]
    assert frame.loc["p1", "candidacy"] == "meets"
    assert frame.loc["p2", "candidacy"] == "needs_documentation"
    assert set(frame["uhc"]) == {"not_covered"}
