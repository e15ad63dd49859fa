"""The sentence of a reason says what the documents show, and no more."""

from __future__ import annotations

import pytest

import bvnscreen
from bvnscreen.facts import Note

MRI = "mri_report"
CLINIC = "clinic_note"


def reason(criterion: str, kind: str, text: str, date: str | None, levels: tuple[str, ...]) -> str:
    found = bvnscreen.screen([Note(text, "n", date=date, type=kind)], levels=levels)
    return next(c.reason for c in found.criteria if c.id == criterion)


@pytest.mark.parametrize(
    ("criterion", "kind", "text", "said"),
    [
        ("modic_1_or_2", MRI, "MRI LUMBAR SPINE. No Modic changes.", "The report states no Modic change."),
        (
            "modic_1_or_2",
            MRI,
            "MRI LUMBAR SPINE. L3-4: no Modic change. L4-5: no Modic change. L5-S1: no Modic change.",
            "The report states no Modic change at L3-L4, L4-L5 and L5-S1.",
        ),
        (
            "level_concordance",
            MRI,
            "MRI LUMBAR SPINE. Modic type 2 at L4-5. Modic type 1 at L5-S1.",
            "The report states Modic type 2 at L4-L5. The report states Modic type 1 at L5-S1.",
        ),
        (
            "modic_1_or_2",
            MRI,
            "MRI LUMBAR SPINE. L4-5: endplate signal low on T1 and high on T2.",
            "The report describes the signal of Modic type 1 at L4-L5.",
        ),
        (
            "failed_conservative_care",
            CLINIC,
            "Low back pain for 3 years. Completed 8 months of PT.",
            "Care of 8 months is documented. What it brought is not stated; the pain is still there.",
        ),
        (
            "failed_conservative_care",
            CLINIC,
            "Low back pain for 3 years, now resolved. Completed 8 months of PT.",
            "The newest note tells of the pain as past; what the care brought is not stated.",
        ),
        (
            "failed_conservative_care",
            CLINIC,
            "Low back pain for 3 years. Naproxen and PT for 9 months without lasting relief.",
            "Care of at least 9 months is documented. It brought no lasting relief.",
        ),
    ],
)
def test_reason(criterion: str, kind: str, text: str, said: str) -> None:
    assert reason(criterion, kind, text, "2025-03-10", ("L4-L5", "L5-S1")) == said


def test_several_findings_are_all_named() -> None:
    text = "MRI LUMBAR SPINE. Severe central canal stenosis at L3-4. Discitis at L5-S1. Modic 1 at L4-5."
    said = reason("no_structural_exclusion", MRI, text, "2025-03-10", ())
    assert "Severe central stenosis is documented at L3-L4." in said
    assert "Infection is documented at L5-S1." in said


def test_a_beginning_without_the_date_of_the_note() -> None:
    said = reason("chronic_low_back_pain", CLINIC, "Low back pain since 2018.", None, ())
    assert said == "The pain is told to go back to 2018; without the date of the note its length is open."
