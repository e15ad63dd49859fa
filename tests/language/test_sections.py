"""Headings: where a part of a note begins decides how what it says is read. `-` is text under no heading."""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.facts import Note
from bvnscreen.language.document import read_document

# The sections of the sentences, in order.
TABLE = """
Medication: naproxen⏎⏎Thank you for referring this man. He has low back pain. => medications, unknown
Dear Doctor⏎Diagnosis: back pain⏎Plan: BVNA⏎⏎I saw her today. Low back pain. => -, assessment, plan, unknown
Family: father well⏎Section B (nurse)⏎PT 12 visits. => family, unknown
INDICATION: Low back pain. => indication
INDICATION: pain.⏎FINDINGS: Normal discs. => indication, findings
FINDINGS⏎Normal discs. => findings
Findings: Normal discs.⏎Impression: No stenosis. => findings, impression
** IMPRESSION **: No stenosis. => impression
[ IMPRESSION ]: No stenosis. => impression
Findings were discussed with her. => -
Reason: second opinion⏎⏎Midline pain.⏎⏎Plan: ablation. => indication, history, plan
Time 20 min. Reviewed the plan: start therapy. => -
CLINICAL INFORMATION: Rule out disc. => indication
COMPARISON: MRI of 2019 showed type 1. => comparison
TECHNIQUE: Sagittal T1.⏎⏎FINDINGS: Normal. => technique, findings
ADDENDUM: The level is L5-S1. => addendum
HPI: Pain for 2 years.⏎PMH: Diabetes.⏎PSH: Appendectomy. => hpi, pmh, psh
Past Surgical History: L4-5 fusion 2012. => psh
S: Pain.⏎O: Tender.⏎A: Strain.⏎P: Therapy. => hpi, exam, assessment, plan
A/P: Request ablation. => assessment_plan
Assessment and Plan: Request ablation. => assessment_plan
PLAN: L4-5 TFESI. => plan
Plan was explained to her. => -
FHx: mother had a fusion. => family
ALLERGIES: codeine. => allergies
Allergies: codeine. She walks daily. => allergies, -
MEDS: ibuprofen. => medications
ROS: negative. => ros
PE: Tender at L5. => exam
Imaging: MRI shows Modic 1. => imaging
MY REVIEW OF IMAGES: Modic 1. => own_review
PRELIMINARY READ: Modic 1. => preliminary
PATIENT EDUCATION: Modic changes are common. => education
CRITERIA: Modic type 1 or 2. => criteria
CONSENT: Infection, bleeding. => consent
"""


@pytest.mark.parametrize(("text", "said"), parametrised("sections", TABLE))
def test_sections(text: str, said: str) -> None:
    document = read_document(Note(text))
    heads = {s.title for s in document.sections}
    found = [
        s.section or "-"
        for s in document.sentences
        if s.text.strip(" :.*[]") not in {*heads, ""}  # a heading alone is no statement
    ]
    assert ", ".join(dict.fromkeys(found)) == said
