"""Every threshold just below, at and just above."""

from __future__ import annotations

from typing import Any

import pytest
from casefile import chart

from bvnscreen import policy


def months(value: float) -> dict[str, Any]:
    return {"visit": {"duration": {"months_min": value, "months_max": value}}}


def care(value: float) -> dict[str, Any]:
    row = {"name": "conservative_care", "status": "done", "duration_months": value, "response": "none"}
    return {"visit": {"procedures": [row]}}


def treated(**row: Any) -> dict[str, Any]:
    return {"visit": {"procedures": [{"status": "done", **row}]}}


def score(name: str, value: float) -> dict[str, Any]:
    return {"visit": {"scores": [{"name": name, "value": value}]}}


def age(value: float) -> dict[str, Any]:
    return {"visit": {"age": value}}


def shows(concept: str, **row: Any) -> dict[str, Any]:
    return {"report": {"findings": [{"concept": concept, **row}]}}


def asked(*levels: str) -> dict[str, Any]:
    return {"requested": list(levels)}


def touched(*levels: str) -> dict[str, Any]:
    return {"report": {"modic": [{"types": ["1"], "levels": list(levels)}]}}


def blocks(pct: float) -> dict[str, Any]:
    row = {"name": "MBB", "status": "done", "relief_pct": pct}
    return {"visit": {"procedures": [row, row]}}


def relief_after_rfa(pct: float) -> dict[str, Any]:
    return {"visit": {"procedures": [{"name": "RFA", "status": "done", "relief_pct": pct}]}}


MET, NOT, UNCLEAR, SILENT = "met", "not_met", "unclear", "undocumented"
ONE, TWO, THREE = ("L4-L5",), ("L4-L5", "L5-S1"), ("L3-L4", "L4-L5", "L5-S1")

TABLE = [
    # policy, criterion, just below, at, just above: (facts, status)
    ("candidacy", "chronic_low_back_pain", (months(5.9), NOT), (months(6), MET), (months(6.1), MET)),
    ("fda-label", "chronic_low_back_pain", (months(5.9), NOT), (months(6), MET), (months(6.1), MET)),
    ("cam-394", "chronic_low_back_pain", (months(11.9), NOT), (months(12), MET), (months(12.1), MET)),
    ("candidacy", "failed_conservative_care", (care(5.9), NOT), (care(6), MET), (care(6.1), MET)),
    ("cam-394", "failed_conservative_care", (care(5.9), NOT), (care(6), MET), (care(6.1), MET)),
    ("nass-2022-draft", "failed_conservative_care", (care(0.1), MET), (care(6), MET), (care(7), MET)),
    (
        "cam-394",
        "care_cbt_3_sessions",
        (treated(name="CBT", sessions=2), NOT),
        (treated(name="CBT", sessions=3), MET),
        (treated(name="CBT", sessions=4), MET),
    ),
    (
        "smart",
        "care_exercise_sessions",
        (treated(name="PT", sessions=11), NOT),
        (treated(name="PT", sessions=12), MET),
        (treated(name="PT", sessions=13), MET),
    ),
    (
        "smart",
        "care_nsaid",
        (treated(name="NSAID", duration_months=0.9), NOT),
        (treated(name="NSAID", duration_months=0.92), MET),
        (treated(name="NSAID", duration_months=1), MET),
    ),
    (
        "smart",
        "care_analgesic",
        (treated(name="opioid", duration_months=0.45), NOT),
        (treated(name="opioid", duration_months=0.46), MET),
        (treated(name="opioid", duration_months=0.5), MET),
    ),
    ("smart", "odi", (score("ODI", 29), NOT), (score("ODI", 30), MET), (score("ODI", 31), MET)),
    ("intracept", "odi", (score("ODI", 29), NOT), (score("ODI", 30), MET), (score("ODI", 31), MET)),
    ("single-arm", "odi", (score("ODI", 29), NOT), (score("ODI", 30), MET), (score("ODI", 31), MET)),
    ("smart", "vas", (score("VAS", 3.9), NOT), (score("VAS", 4), MET), (score("VAS", 4.1), MET)),
    ("intracept", "vas", (score("NRS", 3.9), NOT), (score("NRS", 4), MET), (score("NRS", 4.1), MET)),
    ("smart", "bmi", (score("BMI", 39.9), MET), (score("BMI", 40), NOT), (score("BMI", 40.1), NOT)),
    ("intracept", "bmi", (score("BMI", 39.9), MET), (score("BMI", 40), MET), (score("BMI", 40.1), NOT)),
    ("smart", "age", (age(24), NOT), (age(25), MET), (age(26), MET)),
    ("smart", "age", (age(69), MET), (age(70), MET), (age(71), NOT)),
    ("intracept", "age", (age(24), NOT), (age(25), MET), (age(80), MET)),
    ("single-arm", "age", (age(24), NOT), (age(70), MET), (age(71), NOT)),
    ("candidacy", "no_patient_exclusion", (age(17), NOT), (age(18), MET), (age(19), MET)),
    ("fda-label", "skeletally_mature", (age(17), NOT), (age(18), NOT), (age(19), MET)),
    (
        "candidacy",
        "no_structural_exclusion",
        (shows("spondylolisthesis", slip_pct=24.9), MET),
        (shows("spondylolisthesis", slip_pct=25), MET),
        (shows("spondylolisthesis", slip_pct=25.1), NOT),
    ),
    (
        "candidacy",
        "no_structural_exclusion",
        (shows("spondylolisthesis", grade=1), MET),
        (shows("spondylolisthesis", grade=2), NOT),
        (shows("spondylolisthesis", grade=3), NOT),
    ),
    (
        "candidacy",
        "no_structural_exclusion",
        (shows("spondylolisthesis", size_mm=4.9), MET),
        (shows("spondylolisthesis", size_mm=5), UNCLEAR),
        (shows("spondylolisthesis", size_mm=9), UNCLEAR),
    ),
    (
        "candidacy",
        "no_structural_exclusion",
        (shows("central_stenosis", severity="mild"), MET),
        (shows("central_stenosis", severity="moderate"), MET),
        (shows("central_stenosis", severity="severe"), NOT),
    ),
    (
        "intracept",
        "no_listhesis_over_2_mm",
        (shows("spondylolisthesis", size_mm=1.9), MET),
        (shows("spondylolisthesis", size_mm=2), MET),
        (shows("spondylolisthesis", size_mm=2.1), NOT),
    ),
    (
        "intracept",
        "no_herniation_over_5_mm",
        (shows("disc_protrusion", size_mm=4.9), MET),
        (shows("disc_protrusion", size_mm=5), MET),
        (shows("disc_protrusion", size_mm=5.1), NOT),
    ),
    (
        "smart",
        "no_bone_disease",
        (shows("osteoporosis", t_score=-2.6), NOT),
        (shows("osteoporosis", t_score=-2.5), SILENT),
        (shows("osteoporosis", t_score=-2.4), SILENT),
    ),
    ("candidacy", "level_limit", (asked(*ONE), MET), (asked(*TWO), MET), (asked(*THREE), NOT)),
    ("cam-394", "at_most_three_bodies", (asked(*ONE), MET), (asked(*TWO), MET), (asked(*THREE), NOT)),
    ("intracept", "at_most_four_bodies", (asked(*TWO), MET), (asked(*THREE), MET), (asked("L2-S1"), NOT)),
    ("single-arm", "at_most_four_bodies", (asked(*TWO), MET), (asked(*THREE), MET), (asked("L2-S1"), NOT)),
    ("cms-l39644", "levels_per_session", (asked(*ONE), MET), (asked(*TWO), UNCLEAR), (asked(*THREE), NOT)),
    ("cms-l39644", "lifetime_bodies", (asked(*TWO), MET), (asked(*THREE), MET), (asked("L2-S1"), NOT)),
    ("smart", "modic_bodies", (touched(*ONE), MET), (touched(*TWO), MET), (touched(*THREE), NOT)),
    (
        "candidacy",
        "other_generators_excluded",
        (relief_after_rfa(79), SILENT),
        (relief_after_rfa(80), NOT),
        (relief_after_rfa(81), NOT),
    ),
    ("candidacy", "other_generators_excluded", (blocks(79), SILENT), (blocks(80), NOT), (blocks(81), NOT)),
]


@pytest.mark.parametrize(
    ("policy_id", "criterion", "facts", "status"),
    [
        pytest.param(name, criterion, *pair, id=f"{name} {criterion} {where}")
        for name, criterion, *rows in TABLE
        for where, pair in zip(("below", "at", "above"), rows, strict=True)
    ],
)
def test_threshold(policy_id: str, criterion: str, facts: dict[str, Any], status: str) -> None:
    result = policy.judge(chart(facts), policy.load(policy_id))
    found = {c.id: c for c in result.criteria}[criterion]
    assert found.status == status, found.reason
