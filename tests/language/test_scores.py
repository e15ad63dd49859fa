"""Scores: which numbers are ODI, VAS, NRS or BMI, and which are none."""

from __future__ import annotations

import tomllib

import pytest

from bvnscreen.facts import Note
from bvnscreen.language.document import read_document
from bvnscreen.language.lexicon import Lexicon, rules
from bvnscreen.language.scores import read_scores
from bvnscreen.resources import root

SCORES = [
    ("ODI 46%.", [("ODI", 46)]),
    ("Oswestry Disability Index score of 44 percent", [("ODI", 44)]),
    ("ODI 23/50", [("ODI", 46)]),
    ("ODI 23/50 (46%)", [("ODI", 46)]),
    ("ODI: 62/100", [("ODI", 62)]),
    ("ODI improved from 54 to 22", [("ODI", 54), ("ODI", 22)]),
    ("ODI 50 before, 24 at six months, 46 at present.", [("ODI", 50), ("ODI", 24), ("ODI", 46)]),
    ("VAS back 68 mm", [("VAS", 6.8)]),
    ("VAS 6.5 cm", [("VAS", 6.5)]),
    ("NPRS 6-8/10", [("NRS", 6), ("NRS", 8)]),
    ("Pain currently 4/10, worst 9/10, average 6/10.", [("NRS", 4), ("NRS", 9), ("NRS", 6)]),
    ("Pain: current 5, worst 9, avg 7 (0-10 scale)", [("NRS", 5), ("NRS", 9), ("NRS", 7)]),
    ("Pain Scale: Worst: 8; Best: 6", [("NRS", 8), ("NRS", 6)]),
    ("pain 1/10 at rest, 10/10 with activity", [("NRS", 1), ("NRS", 10)]),
    ("Rates her pain as 7 out of 10", [("NRS", 7)]),
    ("Low back pain, midline. 7/10.", [("NRS", 7)]),
    ("LBP 6-9/10, worse bending", [("NRS", 6), ("NRS", 9)]),
    ("LBP 8/10, left leg 3/10", [("NRS", 8), ("NRS", 3)]),
    ("BMI: 28 kg/m2", [("BMI", 28)]),
    ("Vitals: BP 122/78, P 70, Ht 5'9\", Wt 220 lb, BMI 32.5", [("BMI", 32.5)]),
    ("Strength 5/5, reflexes 2/4, murmur 2/6.", []),
    ("Completed 9/12 PT visits.", []),
    ("MRI 4/10 reviewed, low back pain.", []),
    ("Seen on 5/10 for low back pain", []),
    ("Low back pain. 9/10 children have it.", []),
    ("SI provocation tests 0/5.", []),
    ("PHQ-9 score 6. NDI 34.", []),
    ("Neck pain 5/10", []),
    ("ODI not done. BMI not recorded.", []),
    ("Trial inclusion: ODI of at least 30 and VAS of at least 4", []),
    ("80% relief of pain", []),
    ("", []),
]


def scores(text: str, date: str | None = None):
    note = Note(text, date=date)
    found = read_scores(read_document(note))
    for score in found:
        assert text[score.evidence.start : score.evidence.end] == score.evidence.text
    return found


@pytest.mark.parametrize(("text", "want"), SCORES, ids=[s[0] for s in SCORES])
@pytest.mark.parametrize("change", [str, str.upper, lambda t: t.rstrip("."), lambda t: f"Visit.\r\n{t}\r\n"])
def test_scores(text, want, change):
    assert [(s.name, s.value) for s in scores(change(text))] == want


def test_dates_are_kept_and_the_present_comes_last():
    found = scores("ODI 46 today. ODI 50 on 3/1/2024, ODI 30 on 9/1/2024.", "2025-01-10")
    assert [(s.value, s.date) for s in found] == [(50, "2024-03-01"), (30, "2024-09-01"), (46, None)]


def _examples():
    data = tomllib.loads((root() / "scores.toml").read_text("utf-8"))
    for rule in data["rule"]:
        for kind in ("positive", "negative"):
            for text in rule[kind]:
                yield pytest.param(rule["id"], text, kind == "positive", id=f"{rule['id']}: {text}")


@pytest.mark.parametrize(("rule", "text", "fires"), list(_examples()))
def test_rule_examples(rule, text, fires):
    assert bool(Lexicon([r for r in rules("scores.toml") if r.id == rule]).find(text.lower())) is fires
