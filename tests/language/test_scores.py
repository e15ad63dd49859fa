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
    ("Pain now 3/10, at its worst 8/10, on average 5/10.", [("NRS", 3), ("NRS", 8), ("NRS", 5)]),
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
    ("ODI today: 52%.", [("ODI", 52)]),
    ("Oswestry: 24/50 = 48%", [("ODI", 48)]),
    ("Mod. Oswestry LBP Questionnaire 38%", [("ODI", 38)]),
    ("ODI score 44 (severe disability)", [("ODI", 44)]),
    ("ODI decreased from 60% to 30%", [("ODI", 60), ("ODI", 30)]),
    ("Pain VAS 75/100", [("VAS", 7.5)]),
    ("VAS: 7", [("VAS", 7)]),
    ("VAS 8.2/10 back, 1.5/10 leg", [("VAS", 8.2), ("VAS", 1.5)]),
    ("NPRS: current 5/10, best 3/10, worst 8/10", [("NRS", 5), ("NRS", 3), ("NRS", 8)]),
    ("Pain is 6/10 today.", [("NRS", 6)]),
    ("pain level 8", [("NRS", 8)]),
    ("Pain score: 4/10 at rest and 8/10 with activity", [("NRS", 4), ("NRS", 8)]),
    ("rates pain 7-8/10", [("NRS", 7), ("NRS", 8)]),
    ("my back pain is like a 9 out of 10", [("NRS", 9)]),
    ("Strength 4/5 L EHL. Pain 5/10.", [("NRS", 5)]),
    ("Attended 8/10 PT visits. LBP.", []),
    ("Wt 210, BMI 31.", [("BMI", 31)]),
    ("Body mass index is 27.4 kg/m2", [("BMI", 27.4)]),
    ("Ht 68 in, BMI-33", [("BMI", 33)]),
    ("Central ache. 3/10 LBP today.", [("NRS", 3)]),
    ("Wt 10 lbs down. LBP.", []),
    ("BMI >40 is an exclusion criterion.", []),
    ("BMI 35 (class II obesity)", [("BMI", 35)]),
    ("NRS back 7, leg 2", [("NRS", 7), ("NRS", 2)]),
    ("Average pain 6, worst 9 on a 0-10 scale", [("NRS", 6), ("NRS", 9)]),
    ("NDI 30%, ODI 42%", [("ODI", 42)]),
    ("PHQ-9: 8. GAD-7: 5.", []),
    ("ODI goal < 20%. Current ODI 46%.", [("ODI", 46)]),
    ("pain scale (0-10): 6", [("NRS", 6)]),
    ("Current pain: 3. Worst: 7. (NRS)", [("NRS", 3), ("NRS", 7)]),
    ("DTRs 2/4. SLR neg. Babinski down.", []),
    ("T 98.6 BP 120/80 HR 72 Pain 4/10 BMI 29.8", [("NRS", 4), ("BMI", 29.8)]),
    ("Knee pain 8/10. Low back pain 5/10.", [("NRS", 5)]),
    ("Oswestry low back disability index 56 percent", [("ODI", 56)]),
    ("ODI (10/2/2024): 48; ODI (3/1/2025): 22", [("ODI", 48), ("ODI", 22)]),
    ("ODI: 54 %", [("ODI", 54)]),
    ("Oswestry Disability Index today is 48/100", [("ODI", 48)]),
    ("ODI 28 out of 50", [("ODI", 56)]),
    ("Oswestry 60 pre, 28 post.", [("ODI", 60), ("ODI", 28)]),
    ("Back VAS 7.2, leg VAS 1.0", [("VAS", 7.2), ("VAS", 1)]),
    ("VAS 65mm", [("VAS", 6.5)]),
    ("VAS pain 6 cm", [("VAS", 6)]),
    ("Numeric rating scale: 8/10", [("NRS", 8)]),
    ("NRS: 4-6", [("NRS", 4), ("NRS", 6)]),
    ("Pain intensity 7/10", [("NRS", 7)]),
    ("Pain now 5/10; worst 9/10; best 2/10", [("NRS", 5), ("NRS", 9), ("NRS", 2)]),
    ("LBP is rated at 6 of 10", [("NRS", 6)]),
    ("LBP 5-6/10", [("NRS", 5), ("NRS", 6)]),
    ("hurts about an 8 out of 10", [("NRS", 8)]),
    ("i'd say pain is a 7", []),
    ("Pain: 0/10 at rest, 6/10 bending", [("NRS", 0), ("NRS", 6)]),
    ("Back pain 8/10, down from 9/10", [("NRS", 8), ("NRS", 9)]),
    ("Pain went from 8/10 to 3/10", [("NRS", 8), ("NRS", 3)]),
    ("severity 6-7 out of 10", [("NRS", 6), ("NRS", 7)]),
    ("Quadriceps 5/5, EHL 4/5, reflexes 2+.", []),
    ("MRI of 4/10. LBP.", []),
    ("BMI: 33.1 kg/m^2", [("BMI", 33.1)]),
    ("BMI of 41", [("BMI", 41)]),
    ("Ht 70 in, Wt 230 lb (BMI 33.0)", [("BMI", 33)]),
    ("Inclusion: ODI >= 30.", []),
    ("PT visit 6/12. Pain 4/10.", [("NRS", 4)]),
    ("Neck pain 7/10, back pain 4/10.", [("NRS", 4)]),
    ("PROMIS 62. RMDQ 14/24. ODI 36%.", [("ODI", 36)]),
    ("Pain score 6", [("NRS", 6)]),
    ("Current pain: 4. Worst pain: 8.", [("NRS", 4), ("NRS", 8)]),
    (
        "Oswestry came out at 23 out of a possible 50, and today she gives her pain a 7 out of 10.",
        [("ODI", 46), ("NRS", 7)],
    ),
    ("He puts his pain at 6 out of 10.", [("NRS", 6)]),
    ("She gives it a 7.", []),
    ("She gives her back pain a 7 out of 10.", [("NRS", 7)]),
    ("He scores his back a six out of ten.", [("NRS", 6)]),
    ("Pain is an eight out of ten.", [("NRS", 8)]),
    ("On a scale of 0 to 10 his pain is a 7.", [("NRS", 7)]),
    ("Her disability index works out at 46 per cent.", [("ODI", 46)]),
    ("The Oswestry disability score is 46 of 100.", [("ODI", 46)]),
    ("ODI: 23 of 50 points.", [("ODI", 46)]),
    ("Oswestry 23 points out of 50.", [("ODI", 46)]),
    ("ODI raw score 23, that is 46%.", [("ODI", 46)]),
    ("She scored 23/50 on the Oswestry.", [("ODI", 46)]),
    ("He scored 46% on the Oswestry.", [("ODI", 46)]),
    ("A score of 46 on the ODI.", [("ODI", 46)]),
    ("Her BMI is 31.4 and her pain a 7 out of 10.", [("BMI", 31.4), ("NRS", 7)]),
    ("VAS for the back 68 out of 100.", [("VAS", 6.8)]),
    ("VAS 6.8 cm.", [("VAS", 6.8)]),
    ("He marks the visual analogue scale at 68 mm.", [("VAS", 6.8)]),
    ("Pain has come down from 8 to 4 out of 10.", [("NRS", 8), ("NRS", 4)]),
    ("Pain 5 to 6 out of 10 most days, 9 out of 10 on a bad one.", [("NRS", 5), ("NRS", 6), ("NRS", 9)]),
    ("Power is 5 out of 5 and reflexes 2 out of 4.", []),
    ("Seven out of ten patients get better.", []),
    ("She is in pain seven days out of ten.", []),
    ("BMI of 31 (height 170, weight 90).", [("BMI", 31)]),
    ("Body mass index: 29.", [("BMI", 29)]),
    ("A BMI just over 40.", [("BMI", 40)]),
    ("Roland-Morris 14 out of 24; ODI 38.", [("ODI", 38)]),
    ("Pain today 7, at worst 9, at best 3 (0-10).", [("NRS", 7), ("NRS", 9), ("NRS", 3)]),
    ("His back pain averages 6/10.", [("NRS", 6)]),
    ("Oswestry forty-six percent.", [("ODI", 46)]),
    ("ODI fell from 52 to 30.", [("ODI", 52), ("ODI", 30)]),
    ("Pt rates pain 8/10 on NPRS", [("NRS", 8)]),
    ("Sleep 4/10, stress 8/10, LBP 6/10", [("NRS", 6)]),
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
