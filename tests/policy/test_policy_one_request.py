"""One request under every policy: a flare at L1-L2, an extrusion there, no word on Modic at L4-L5."""

from __future__ import annotations

import pytest
from casefile import facts

from bvnscreen import policy
from bvnscreen.chart import merge

VISIT = {
    "kind": "clinic_note",
    "date": "2025-10-13",
    "age": 40,
    "duration": {"chronicity": "acute_on_chronic", "episode_days": 5},
    "pain": {"region": "low_back", "low_back": "present", "focal": True, "levels": ["L1-L2"], "side": "left"},
    "procedures": [
        {"name": "RFA", "status": "done", "levels": ["L4-L5", "L5-S1"], "response": "temporary"},
        {"name": "systemic_steroid", "status": "ongoing", "duration_months": 0.16},
        {"name": "opioid", "status": "ongoing", "duration_months": 0.16},
        {"name": "BVNA", "status": "planned", "levels": ["L4-L5"]},
    ],
}
REPORT = {
    "kind": "mri_report",
    "date": "2025-10-14",
    "region": "lumbar",
    "describes_spine": True,
    "findings": [
        {"concept": "disc_extrusion", "levels": ["L1-L2"], "side": "left"},
        {"concept": "foraminal_stenosis", "levels": ["L1-L2"], "severity": "moderate"},
        {"concept": "nerve_root_compression", "levels": ["L1-L2"], "roots": ["L1"]},
        {"concept": "annular_fissure", "levels": ["L4-L5"]},
        {"concept": "facet_arthropathy", "levels": ["L4-L5"]},
    ],
}
CHART = merge([facts("visit", VISIT), facts("report", REPORT)])


@pytest.mark.parametrize(
    ("policy_id", "determination", "statuses"),
    [
        (
            "candidacy",
            "does_not_meet",
            {
                "chronic_low_back_pain": "unclear",
                "axial_predominant": "undocumented",
                "modic_1_or_2": "undocumented",
                "level_concordance": "not_met",
                "failed_conservative_care": "unclear",
                "other_generators_excluded": "undocumented",
                "no_structural_exclusion": "met",
                "no_patient_exclusion": "met",
                "level_limit": "met",
            },
        ),
        (
            "necessity-review",
            "does_not_meet",
            {"modic_at_requested_level": "not_met", "no_other_obvious_cause": "unclear"},
        ),
        ("fda-label", "needs_review", {"modic_1_or_2": "undocumented", "bodies_l3_to_s1": "met"}),
        ("cms-l39644", "needs_review", {"modic_1_or_2": "undocumented", "levels_per_session": "met"}),
        (
            "highmark-15-01-004",
            "needs_review",
            {"modic_1_or_2": "undocumented", "chronic_low_back_pain": "unclear", "skeletally_mature": "met"},
        ),
        (
            "cam-394",
            "needs_review",
            {
                "modic_in_report": "undocumented",
                "care_cbt_3_sessions": "undocumented",
                "bodies_adjacent": "met",
            },
        ),
        (
            "nass-2022-draft",
            "needs_review",
            {"modic_1_or_2": "undocumented", "no_other_obvious_cause": "unclear"},
        ),
        ("smart", "needs_review", {"odi": "undocumented", "no_other_pathology": "unclear"}),
        ("intracept", "needs_review", {"odi": "undocumented", "no_herniation_over_5_mm": "unclear"}),
        ("single-arm", "needs_review", {"odi": "undocumented", "no_extrusion": "unclear"}),
        ("uhc", "not_covered", {}),
        ("aetna-cpb-0016", "not_covered", {}),
        ("evicore-cmm-208", "not_covered", {}),
        ("anthem-surg-00052", "needs_review", {}),
    ],
)
def test_determination(policy_id: str, determination: str, statuses: dict[str, str]) -> None:
    d = policy.judge(CHART, policy.load(policy_id))
    found = {c.id: c.status for c in d.criteria}
    assert {k: found[k] for k in statuses} == statuses
    assert d.determination == determination
    assert (d.requested_levels, d.requested_from) == (("L4-L5",), "notes")


def test_what_a_reread_that_finds_modic_would_change() -> None:
    """An over-read cures the Modic criterion; the location of the pain is another matter."""
    reread = {
        "kind": "addendum",
        "date": "2025-10-20",
        "region": "lumbar",
        "modic": [{"types": ["1"], "levels": ["L4-L5"]}],
    }
    notes = [facts("visit", VISIT), facts("report", REPORT), facts("reread", reread)]
    found = {c.id: c.status for c in policy.judge(merge(notes), policy.load("candidacy")).criteria}
    assert found["modic_1_or_2"] == "met"
    assert found["level_concordance"] == "not_met"


def test_reasons_hold_no_note_text() -> None:
    for p in policy.available():
        for c in policy.judge(CHART, p).criteria:
            assert all(e.text not in c.reason for e in c.evidence)
