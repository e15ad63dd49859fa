"""Notes for measuring: as long, as mixed and as dense in facts as what a spine clinic writes.

Made of the texts of corpora/*/dev, with numbers changed, between the sections that fill most of a real
note and hold nothing about the spine. The same seed gives the same notes; no two notes are alike.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "corpora"
ORDINARY = 4800  # characters of a note

# What fills notes: sentences with slots, so that hardly a sentence comes twice.
SLOTS = {
    "n": [str(i) for i in range(2, 90)],
    "drug": [
        "lisinopril", "metformin", "atorvastatin", "levothyroxine", "omeprazole", "amlodipine", "sertraline",
        "losartan", "albuterol inhaler", "hydrochlorothiazide", "montelukast", "vitamin D3", "tamsulosin",
    ],
    "ill": [
        "hypertension", "hyperlipidemia", "type 2 diabetes", "asthma", "hypothyroidism", "GERD", "migraine",
        "obstructive sleep apnea", "seasonal allergies", "anxiety", "gout", "atrial fibrillation",
        "iron deficiency anemia", "nephrolithiasis", "psoriasis", "glaucoma",
    ],
    "op": [
        "appendectomy", "cholecystectomy", "tonsillectomy", "right knee arthroscopy", "hysterectomy",
        "carpal tunnel release", "inguinal hernia repair", "cataract surgery", "rotator cuff repair",
    ],
    "kin": ["mother", "father", "sister", "brother", "maternal aunt", "paternal grandfather"],
    "job": [
        "electrician", "school teacher", "nurse", "truck driver", "accountant", "carpenter", "cook", "farmer",
        "software tester", "bus driver", "postal worker", "retired machinist",
    ],
    "joint": ["shoulder", "elbow", "wrist", "hip", "knee", "ankle"],
    "side": ["right", "left"],
    "month": ["January", "March", "April", "June", "August", "September", "November"],
    "sym": [
        "fever", "chills", "night sweats", "weight loss", "chest pain", "palpitations", "cough", "wheezing",
        "nausea", "vomiting", "constipation", "dysuria", "rash", "headache", "blurred vision", "dizziness",
        "shortness of breath", "saddle anesthesia", "loss of bowel or bladder control", "easy bruising",
    ],
    "reflex": ["patellar", "Achilles", "biceps", "triceps", "brachioradialis"],
    "muscle": ["hip flexion", "knee extension", "ankle dorsiflexion", "great toe extension"],
    "allergen": ["penicillin", "sulfa", "latex", "iodinated contrast", "codeine", "shellfish"],
    "reaction": ["hives", "rash", "swelling", "nausea", "anaphylaxis in childhood"],
}  # fmt: skip
FILLERS = {
    "PAST MEDICAL HISTORY": [
        "{ill}, diagnosed {n} years ago, controlled on {drug}.",
        "{ill}.",
        "History of {ill} and {ill}, followed by primary care, last seen in {month}.",
        "Hospitalized once at age {n} for {ill}; recovered fully.",
    ],
    "PAST SURGICAL HISTORY": ["{op} in {month}, uncomplicated.", "{op}.", "Status post {op} at age {n}."],
    "MEDICATIONS": [
        "{n}. {drug} {n} mg by mouth daily.",
        "{n}. {drug} {n} mg twice a day with food.",
        "{n}. {drug} {n} mg at bedtime as needed, last filled in {month}.",
    ],
    "ALLERGIES": ["{allergen} ({reaction}).", "Reports {reaction} after {allergen} at age {n}."],
    "SOCIAL HISTORY": [
        "Works as a {job} {n} hours a week and lives with family in a house with {n} stairs.",
        "Former smoker, quit {n} years ago. Drinks {n} glasses of wine a month. No illicit drugs.",
        "Has {n} children. Walks the dog {n} minutes a day when able.",
    ],
    "FAMILY HISTORY": [
        "The {kin} has {ill}; the {kin} had {ill} and died at age {n}.",
        "The {kin} is alive and well at {n}. No family history of bleeding with anesthesia.",
    ],
    "REVIEW OF SYSTEMS": [
        "Denies {sym}, {sym}, {sym} or {sym}.",
        "Positive for {sym} since {month}; negative for {sym} and {sym}.",
        "No {sym}. No {sym}. No {sym}.",
        "All other systems were reviewed and are negative.",
    ],
    "PHYSICAL EXAMINATION": [
        "BP 1{n}/{n}, pulse {n}, temperature 36.{n}, respirations {n}, oxygen saturation {n}% on room air.",
        "Well developed, in no acute distress, alert and oriented to person, place and time.",
        "Strength is 5/5 in {muscle} and {muscle} on the {side}, 5/5 in {muscle} on the other side.",
        "The {reflex} reflex is 2+ and symmetric; the {reflex} reflex is 1+ on the {side}.",
        "Full range of motion of the {side} {joint} without tenderness or effusion.",
        "Lungs are clear to auscultation. Heart is regular without murmur. The abdomen is soft.",
        "Sensation to light touch is intact in the {side} {joint} region. Gait is normal on heels and toes.",
    ],
    "COUNSELING": [
        "I reviewed the outside records from {month} for {n} minutes and answered all questions.",
        "The patient was told to call with any new weakness, {sym} or {sym}, or go to the emergency room.",
        "Return in {n} weeks, sooner if needed. More than half of the {n} minute visit was face to face.",
        "Risks, benefits and alternatives were discussed and the patient voiced understanding of the plan.",
    ],
}


@lru_cache(maxsize=1)
def corpus() -> dict[str, list[str]]:
    """The project's own texts, by what they are."""
    texts: dict[str, list[str]] = {"report": [], "note": []}
    for folder in ("reports", "notes", "charts"):
        for path in sorted((CORPORA / folder / "dev").glob("*.toml")):
            for note in tomllib.loads(path.read_text("utf-8"))["note"]:
                kind = "report" if note.get("type") in ("mri_report", "imaging_report") else "note"
                texts[kind].append(note["text"].strip())
    return texts


def _filled(rng: random.Random, title: str, characters: int) -> str:
    out, size = [], 0
    while size < characters:
        line = re.sub(r"\{(\w+)\}", lambda m: rng.choice(SLOTS[m[1]]), rng.choice(FILLERS[title]))
        out.append(line[:1].upper() + line[1:])
        size += len(line) + 1
    return f"{title}: " + ("\n" if title == "MEDICATIONS" else " ").join(out)


def _changed(rng: random.Random, text: str) -> str:
    """Other amounts, so that no two notes hold the same sentences."""
    return re.sub(
        r"(?<![\w./-])\d{1,2}(?= (?:years?|months?|weeks?|days?|mm|mg|sessions|visits)\b)",
        lambda m: str(rng.randint(2, 20)),
        text,
    )


def note(number: int, characters: int = ORDINARY) -> str:
    """One note of about so many characters; every eighth is imaging reports only.

    About 4 facts a kilobyte, where real clinic notes have 3 and reports alone 17.
    """
    rng = random.Random(number)
    texts = corpus()
    parts: list[str] = []

    def size() -> int:
        return sum(len(p) + 2 for p in parts)

    if number % 8 == 7:
        while size() < characters:
            parts.append(_changed(rng, rng.choice(texts["report"])))
        return "\n\n".join(parts)[:characters]
    while size() < characters:
        titles = rng.sample(list(FILLERS), len(FILLERS))
        parts.append("HISTORY OF PRESENT ILLNESS: " + _changed(rng, rng.choice(texts["note"])))
        parts += [_filled(rng, t, rng.randint(300, 700)) for t in titles[:5]]
        if rng.random() < 0.5:
            parts.append("IMAGING: " + _changed(rng, rng.choice(texts["report"])))
        parts += [_filled(rng, t, rng.randint(300, 700)) for t in titles[5:]]
        parts.append("ASSESSMENT AND PLAN: " + _changed(rng, rng.choice(texts["note"])))
    return "\n\n".join(parts)[:characters]


def notes(count: int, characters: int = ORDINARY, first: int = 0) -> Iterator[str]:
    """So many different notes."""
    return (note(i, characters) for i in range(first, first + count))


def warm_up() -> list[str]:
    """Notes on one line each: spaCy stops caching words at the first line end of a text."""
    return [note(i).replace("\n", " ") for i in range(10_000, 10_040)]


def pathological(characters: int = 100_000) -> dict[str, str]:
    """Texts that break a reader that is not linear."""
    ordinary = note(0, characters)
    return {
        "no sentence end": re.sub(r"[.;:!?\n]+", " ", ordinary),
        "10,000 cues": "no " * 10_000,
        "10,000 cues and findings": "no stenosis, denies pain, " * 5_000,
        "10,000 levels": "L4-5 " * 10_000,
        "10,000 findings at levels": "Modic 1 at L4-5 and " * 5_000,
        "only newlines": "\n" * characters,
        "one word": "a" * characters,
        "open brackets": "(" * characters,
        "durations": "for 6 months " * (characters // 13),
        "numbers": "12/12 " * (characters // 6),
        "list without text": "- \n" * (characters // 3),
    }
