"""Every annotated text in corpora/ parses, uses the vocabulary and quotes its own note."""

from __future__ import annotations

import datetime
import itertools
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bvnscreen.spine import disc, is_vertebra


def _names(words: str) -> set[str]:
    return set(words.split())


CORPORA = Path(__file__).parents[1] / "corpora"
FILES = sorted(CORPORA.rglob("*.toml"))

NOTE_TYPES = _names(
    "mri_report imaging_report clinic_note procedure_note pt_note letter addendum questionnaire other"
)
CONCEPTS = _names(
    """
    disc_bulge disc_protrusion disc_extrusion disc_herniation annular_fissure disc_desiccation
    disc_space_narrowing spondylolisthesis spondylolysis central_stenosis foraminal_stenosis
    lateral_recess_stenosis stenosis nerve_root_compression facet_arthropathy scoliosis fracture
    infection tumor hemangioma schmorl_node osteophyte transitional_anatomy spinal_hardware osteoporosis
    osteopenia instability radicular_pain radiculopathy facet_mediated_pain si_joint_pain
    neurogenic_claudication cauda_equina_syndrome slr_positive prior_fusion implanted_stimulator
    pacemaker icd_device pregnancy skeletal_immaturity anticoagulant bleeding_disorder
    severe_cardiopulmonary_disease metabolic_bone_disease
    """
)
PROCEDURES = _names(
    """
    PT HEP chiropractic acupuncture massage TENS traction bracing CBT yoga activity_modification
    conservative_care NSAID acetaminophen opioid muscle_relaxant gabapentinoid antidepressant
    systemic_steroid topical ESI TFESI ILESI caudal_ESI SNRB facet_injection MBB RFA SIJ_injection
    trigger_point_injection discography IDET SCS SCS_explant spinal_pump BVNA injection fusion
    laminectomy discectomy microdiscectomy decompression disc_replacement interspinous_spacer
    kyphoplasty vertebroplasty ACDF spine_surgery lumbar_procedure other_spine_procedure
    """
)
ASSERTIONS = {"present", "absent", "possible", "historical", "hypothetical", "family"}
SIDES = {"left", "right", "bilateral"}
POSITIONS = _names("sitting flexion extension standing walking lying cough sit_to_stand facet_loading")

# What a key may hold: a set of names, a type, or a kind of anatomical name checked below.
MODIC = {
    "types": {"1", "2", "3", "unspecified"},
    "levels": "disc",
    "vertebrae": "vertebra",
    "endplates": "endplate",
    "assertion": ASSERTIONS,
    "basis": {"stated", "described"},
    "attribution": {"report", "clinician"},
    "region": {"cervical", "thoracic", "lumbar", "sacral"},
    "quote": str,
}
FINDING = {
    "concept": CONCEPTS,
    "levels": "disc",
    "vertebrae": "vertebra",
    "roots": "vertebra",
    "assertion": ASSERTIONS,
    "side": SIDES,
    "severity": {"mild", "moderate", "severe"},
    "grade": int,
    "size_mm": float,
    "slip_pct": float,
    "t_score": float,
    "direction": {"antero", "retro", "latero"},
    "acuity": {"acute", "subacute", "chronic", "healed"},
    "drug": str,
    "quote": str,
}
PROCEDURE = {
    "name": PROCEDURES,
    "status": {"done", "ongoing", "planned", "considered", "declined", "denied", "not_done", "family"},
    "levels": "disc",
    "vertebrae": "vertebra",
    "nerves": "vertebra",
    "side": SIDES,
    "date": str,
    "count": int,
    "sessions": int,
    "drug": str,
    "response": {"none", "minimal", "temporary", "mixed", "good", "worse"},
    "relief_pct": float,
    "relief_months": float,
    "duration_months": float,
    "quote": str,
}
PAIN = {
    "region": {"low_back", "leg", "buttock", "sacroiliac", "coccyx", "neck", "thoracic"},
    "axial": bool,
    "midline": bool,
    "focal": bool,
    "below_knee": bool,
    "radiation": bool,
    "side": SIDES,
    "worse_side": SIDES,
    "leg_pain": ASSERTIONS,
    "low_back": ASSERTIONS,
    "predominant": {"back", "leg"},
    "back_pct": float,
    "leg_pct": float,
    "levels": "disc",
    "radiation_to": {"buttock", "thigh", "groin", "hip", "calf", "foot"},
    "aggravating": POSITIONS,
    "relieving": POSITIONS,
    "quote": str,
}
DURATION = {
    "symptom": str,
    "months_min": float,
    "months_max": float,
    "ge_6mo": bool,
    "chronicity": {"acute", "subacute", "chronic", "acute_on_chronic"},
    "onset": str,
    "episode_days": float,
    "quote": str,
}
SCORE = {"name": {"ODI", "VAS", "NRS", "BMI"}, "value": float, "quote": str}
# Key of a note: (what an entry may hold, what it must hold, one entry or many).
ANNOTATIONS: dict[str, tuple[dict[str, Any], set[str], type]] = {
    "modic": (MODIC, {"types", "assertion", "quote"}, list),
    "findings": (FINDING, {"concept", "assertion", "quote"}, list),
    "procedures": (PROCEDURE, {"name", "status", "quote"}, list),
    "scores": (SCORE, {"name", "value", "quote"}, list),
    "pain": (PAIN, {"quote"}, dict),
    "duration": (DURATION, {"quote"}, dict),
}
NAMES_IN_LISTS = {"types", "radiation_to", "aggravating", "relieving"}
DETERMINATIONS = {"not_covered", "does_not_meet", "needs_review", "needs_documentation", "meets"}
STATUSES = {"met", "not_met", "unclear", "undocumented"}
CRITERIA = _names(
    """
    chronic_low_back_pain axial_predominant modic_1_or_2 level_concordance failed_conservative_care
    other_generators_excluded no_structural_exclusion no_patient_exclusion level_limit
    """
)


def _anatomy(kind: str, name: str) -> bool:
    first, _, second = name.partition("-")
    if kind == "disc":
        return disc(first, second) is not None
    if kind == "endplate":
        return is_vertebra(first) and second in {"superior", "inferior"}
    return is_vertebra(name)


def _value_is_wrong(key: str, value: Any, allowed: Any) -> bool:
    if isinstance(allowed, set):
        many = key in NAMES_IN_LISTS
        return isinstance(value, list) != many or not (set(value) if many else {value}) <= allowed
    if isinstance(allowed, str):
        return not isinstance(value, list) or not all(_anatomy(allowed, v) for v in value)
    if allowed is float:
        return isinstance(value, bool) or not isinstance(value, (int, float))
    return type(value) is not allowed


def _entry_problems(entry: dict[str, Any], allowed: dict[str, Any], needed: set[str], text: str) -> list[str]:
    problems = [f"{key} is missing" for key in sorted(needed - entry.keys())]
    problems += [f"unknown key {key}" for key in sorted(entry.keys() - allowed.keys())]
    problems += [
        f"{key} = {value!r} is not allowed"
        for key, value in entry.items()
        if key in allowed and _value_is_wrong(key, value, allowed[key])
    ]
    if "types" in entry and not entry["types"]:
        problems.append("types is empty")
    if "types" in entry and not {"levels", "vertebrae", "endplates"} & entry.keys():
        problems.append("levels is missing (write levels = [] when the text names none)")
    if entry.get("months_min", 0) > entry.get("months_max", float("inf")):
        problems.append("months_min is larger than months_max")
    quote = entry.get("quote")
    if isinstance(quote, str) and (not quote.strip() or quote not in text):
        problems.append(f"quote {quote!r} does not occur in the text")
    return problems


def _note_problems(note: dict[str, Any], file_id: str) -> list[str]:
    problems = [f"{key} is missing" for key in ("id", "text") if not note.get(key)]
    problems += [
        f"unknown key {key}"
        for key in sorted(note.keys() - ANNOTATIONS.keys() - {"id", "date", "type", "text"})
    ]
    if not str(note.get("id", "")).startswith(f"{file_id}-"):
        problems.append(f"id must start with {file_id}-")
    if note.get("type", "other") not in NOTE_TYPES:
        problems.append(f"type {note['type']!r} is not a note type")
    if "date" in note:
        try:
            datetime.date.fromisoformat(note["date"])
        except (TypeError, ValueError):
            problems.append(f"date {note['date']!r} is not YYYY-MM-DD in quotes")
    if not ANNOTATIONS.keys() & note.keys():
        problems.append("nothing is annotated")
    for key in sorted(ANNOTATIONS.keys() & note.keys()):
        allowed, needed, shape = ANNOTATIONS[key]
        if not isinstance(note[key], shape):
            problems.append(f"{key} must be a {shape.__name__}")
            continue
        # An empty table says the note is silent, as an empty list does.
        entries = note[key] if shape is list else [note[key]] if note[key] else []
        for i, entry in enumerate(entries, 1):
            found = _entry_problems(entry, allowed, needed, note.get("text", ""))
            problems += [f"{key} {i}: {p}" for p in found]
    return [f"{note.get('id', 'note')}: {p}" for p in problems]


def _expected_problems(case: dict[str, Any]) -> list[str]:
    """The part of a chart that gives the verdict."""
    problems = [
        f"requested_levels: {level} is no disc"
        for level in case.get("requested_levels", [])
        if not _anatomy("disc", level)
    ]
    if "expected" not in case:
        return problems
    expected = case["expected"]
    if expected.get("determination") not in DETERMINATIONS:
        problems.append("expected: determination is missing or unknown")
    for name, status in expected.get("criteria", {}).items():
        if name not in CRITERIA or status not in STATUSES:
            problems.append(f"expected: {name} = {status!r} is not allowed")
    return problems


def problems_of(case: dict[str, Any], stem: str) -> list[str]:
    """All that is wrong with one parsed file, in words a case author can act on."""
    problems = [f"{key} is missing" for key in ("id", "about", "note") if not case.get(key)]
    problems += [
        f"unknown key {key}"
        for key in sorted(case.keys() - {"id", "about", "note", "requested_levels", "expected"})
    ]
    if case.get("id") != stem:
        problems.append(f"id must equal the file name, {stem}")
    problems += _expected_problems(case)
    for note in case.get("note", []):
        problems += _note_problems(note, stem)
    return problems


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_case_is_well_formed(path: Path) -> None:
    assert problems_of(_load(path), path.stem) == []


def test_note_and_file_ids_are_unique() -> None:
    cases = [_load(path) for path in FILES]
    ids = Counter(itertools.chain((c["id"] for c in cases), (n["id"] for c in cases for n in c["note"])))
    assert [i for i, n in ids.items() if n > 1] == []


def test_no_text_is_in_both_parts() -> None:
    parts: dict[str, set[str]] = {"dev": set(), "test": set()}
    for path in FILES:
        if path.parent.name in parts:
            parts[path.parent.name] |= {" ".join(n["text"].split()) for n in _load(path)["note"]}
    assert parts["dev"]
    assert parts["test"]
    assert parts["dev"] & parts["test"] == set()


GOOD = """
id = "x"
about = "a case"
[[note]]
id = "x-n1"
date = "2024-01-02"
text = "L4-5: Modic 1. Pain 6 months."
[[note.modic]]
types = ["1"]
levels = ["L4-L5"]
assertion = "present"
quote = "Modic 1"
[note.duration]
months_min = 6
quote = "6 months"
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('quote = "Modic 1"', 'quote = "Modic 2"', "does not occur in the text"),
        ('types = ["1"]', 'types = ["4"]', "types = ['4'] is not allowed"),
        ('types = ["1"]', 'types = "1"', "types = '1' is not allowed"),
        ('levels = ["L4-L5"]', 'levels = ["L4-5"]', "levels = ['L4-5'] is not allowed"),
        ('levels = ["L4-L5"]\n', "", "levels is missing"),
        ('assertion = "present"', 'assertion = "yes"', "assertion = 'yes' is not allowed"),
        ("months_min = 6", "months_min = true", "months_min = True is not allowed"),
        ("months_min = 6", "months_max = 5\nmonths_min = 6", "months_min is larger than months_max"),
        ('date = "2024-01-02"', "date = 2024-01-02", "is not YYYY-MM-DD in quotes"),
        ("[[note.modic]]", "[[note.modics]]", "unknown key modics"),
        ('id = "x-n1"', 'id = "y-n1"', "id must start with x-"),
        ('about = "a case"', "", "about is missing"),
        (
            'about = "a case"',
            'about = "a"\n[expected]\ndetermination = "eligible"',
            "determination is missing",
        ),
    ],
)
def test_a_broken_case_is_refused(old: str, new: str, said: str) -> None:
    assert problems_of(tomllib.loads(GOOD), "x") == []
    assert old in GOOD
    problems = problems_of(tomllib.loads(GOOD.replace(old, new, 1)), "x")
    assert any(said in p for p in problems), problems
