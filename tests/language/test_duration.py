"""How long the low back has hurt: sentences, the months they mean, and what must not be read as that.

All sentences are invented. The visit is on 2025-05-20.
"""

from __future__ import annotations

import json
import os
import time
import tomllib
from pathlib import Path

import pytest

from bvnscreen.facts import Note
from bvnscreen.language.document import read_document
from bvnscreen.language.duration import note_date, read_age, read_duration
from bvnscreen.language.lexicon import Lexicon, rules
from bvnscreen.resources import root

VISIT = "2025-05-20"
SETS = Path(os.environ.get("BVNSCREEN_MEASURING_SETS", Path(__file__).parents[3] / "shared"))

# text, months at least, months at most, six months or more
STATED = [
    ("LBP x6mo.", 6, 6, True),
    ("LBP x 6 wks", 1.38, 1.38, False),
    ("Six (6) months of axial low back pain.", 6, 6, True),
    ("Low back pain >6 months.", 6, None, True),
    ("LBP 6+ months", 6, None, True),
    ("Back pain for at least a year.", 12, None, True),
    ("Low back pain for nearly two years.", 24, 24, True),
    ("low back pain going on 3 years", 24, 36, True),
    ("Low back pain for half a year.", 6, 6, True),
    ("Chronic low back pain.", None, None, None),
    ("Long-standing low back pain.", None, None, None),
    ("Low back pain for several months.", 3, None, None),
    ("Low back pain for a couple of weeks.", 0.46, 0.46, False),
    ("Low back pain for a few years.", 24, None, True),
    ("Low back pain for many years.", 24, None, True),
    ("Low back pain for decades.", 240, None, True),
    ("six to eight-week history of low back pain", 1.38, 1.84, False),
    ("An eight to ten year history of low back pain.", 96, 120, True),
    ("Onset: 10+ yrs ago. Low back pain.", 120, None, True),
    ("Lumbar pain 24 wks", 5.53, 5.53, False),
    ("Low back pain for 400 days", 13.16, 13.16, True),
    ("Low back pain since childhood.", 24, None, True),
    ("52M with low back pain since age 19.", 384, 408, True),
    ("LBP since Thanksgiving.", 5.69, 5.89, False),
    ("DOI: 3/2/24. Low back pain after lifting at work.", 14.61, 14.61, True),
    ("Low back pain dating back to an accident two years ago.", 24, 24, True),
    ("Low back pain since that fall, four to five days ago.", 0.13, 0.16, False),
    ("Duration of symptoms: [ ] <3 mo [ ] 3-6 mo [x] >6 mo. Low back pain.", 6, None, True),
    ("Low back pain since 3/24.", 1.88, 14.64, None),
    ("Low back pain has not yet lasted 6 months.", None, 6, False),
    ("Neck pain for 10 years, low back pain for 8 weeks.", 1.84, 1.84, False),
    ("Diabetes for 12 years. Low back pain for 2 years.", 24, 24, True),
    ("Failed 8 months of conservative care for LBP.", 8, None, True),
    ("Acute on chronic low back pain x 3 days.", None, None, None),
    ("Low back pain for 12 years with an acute flare 2 weeks ago.", 144, 144, True),
    ("Chronic LBP (8 yrs), exacerbation 4 days ago after shoveling snow.", 96, 96, True),
    ("Recurrent low back pain: asymptomatic for 2 years until 6 weeks ago.", 1.38, 1.38, False),
    ("Low back pain intermittently for 10 years, constant for the past year.", 120, 120, True),
    ("Low back pain worse over the past 2 months; present for 5 years.", 60, 60, True),
    ("Patient reports 14 months of daily aching across her low back.", 14, 14, True),
    ("For the past 3 years she has had midline low back pain.", 36, 36, True),
    ("He hurt his low back 9 months ago lifting a couch and has had pain ever since.", 9, 9, True),
    ("Her back pain began after a fall 3 years ago.", 36, 36, True),
    ("Low back pain started in 2018.", 76.71, 88.68, True),
    ("Low back pain began in January.", 3.59, 4.57, False),
    ("LBP since last summer.", 7.43, 12.07, True),
    ("Started about 5 months ago. Low back pain, no radiation.", 5, 5, False),
    ("Low back pain. Five years.", 60, 60, True),
    ("CC: low back pain\nDuration: 18 months", 18, 18, True),
    ("Patient states low back pain has been present for approximately 7 mos", 7, 7, True),
    ("History: low back pain, 2 years", 24, 24, True),
    ("Indication: LBP 3 yrs", 36, 36, True),
    ("low back pain for 1 1/2 years", 18, 18, True),
    ("low back pain 2 1/2 yrs", 30, 30, True),
    ("2yr hx LBP", 24, 24, True),
    ("Low back pain, intermittent, 20-25 years", 240, 300, True),
    ("She has struggled with her low back for over a decade.", 120, None, True),
    ("He injured his back on 9/1/2024 at work. Low back pain persists.", 8.59, 8.59, True),
    ("Low back pain on and off since high school, age 44.", 288, 384, True),
    ("Low back pain less than 3 months.", None, 3, False),
    ("Low back pain under 6 months duration", None, 6, False),
    ("Low back pain up to 6 months", None, 6, None),
    ("Sciatica for 6 weeks; low back pain for 4 years.", 48, 48, True),
    ("Back pain of 7 months' duration.", 7, 7, True),
    ("Low back pain for the better part of two years", 24, 24, True),
    ("Hypertension x 10 years. LBP x 3 weeks.", 0.69, 0.69, False),
    ("Low back pain x 5 years, right knee pain x 2 months.", 60, 60, True),
    ("Has had back pain for 8 months and neck pain for 3 weeks.", 8, 8, True),
    ("MRI in 2022. LBP for 4 years. Retired 3 years ago.", 48, 48, True),
    ("15-year-old work injury with low back pain since.", 180, 180, True),
    ("Low back pain ongoing for 11 months now, PT for 12 weeks without benefit.", 11, 11, True),
    ("IME: DOI 11/4/2023; c/o low back pain.", 18.52, 18.52, True),
    ("Pain at least 6 months ......... yes. Low back.", 6, None, True),
    ("She's had this low back pain most of her adult life.", 24, None, True),
    ("The low back pain came on gradually over the last 9 months.", 9, 9, True),
    ("Low back pain for one year, worse in the last two months.", 12, 12, True),
    ("Low back pain 3-4x/week for 2 years", 24, 24, True),
    ("Low back pain for 5 years. Last seen 4 months ago. PT for 8 weeks in 2023.", 60, 60, True),
    ("Patient here for low back pain. He has had this for about 10 years.", 120, 120, True),
    ("Low back pain. It started 8 weeks ago after yard work.", 1.84, 1.84, False),
    ("Low back pain; symptoms began on 11/02/2024.", 6.55, 6.55, True),
    ("Onset of symptoms: 01/2023. Low back pain.", 27.63, 28.62, True),
    ("Symptom duration: 9 months. Location: low back.", 9, 9, True),
    ("LBP (3 mo).", 3, 3, False),
    ("LBP - 2 yrs", 24, 24, True),
    ("c/o LBP, 4 mos, no trauma", 4, 4, False),
    ("28F w/ LBP s/p MVC 2/14/2025.", 3.12, 3.12, False),
    ("Pt presents w/ 2 wk h/o LBP", 0.46, 0.46, False),
    ("Chronic low back pain > 10 years duration.", 120, None, True),
    ("The patient has a greater than 5-year history of low back pain.", 60, None, True),
    ("Patient has suffered from low back pain for well over a decade", 120, None, True),
    ("Low back pain first noticed in college; now 41 years old.", 204, 288, True),
    ("Low back pain for 3 months following a fall from a ladder.", 3, 3, False),
    ("Meets criteria: low back pain for over 6 months, Modic 1 at L5-S1.", 6, None, True),
    (
        "He has had low back pain for more than 6 months and has failed 6 months of conservative care.",
        6,
        None,
        True,
    ),
    ("Low back pain despite 9 months of physical therapy and NSAIDs.", 9, None, True),
    ("Low back pain radiating to the left leg for 3 months.", 3, 3, False),
    ("Low back and bilateral leg pain for 2 years.", 24, 24, True),
    ("Left leg pain for 6 weeks. Chronic low back pain.", None, None, None),
    ("Low back pain for 10 years with new left leg pain for 6 weeks.", 120, 120, True),
    ("HPI: back pain, worse over 3 weeks.", 0.69, None, None),
    ("Episodes of low back pain since 2010, each lasting 3 to 5 days.", 172.83, 184.8, True),
    (
        "Had a similar episode 2 years ago which resolved after a week. Now low back pain for 10 days.",
        0.33,
        0.33,
        False,
    ),
    ("Back pain returned 2 months ago after being pain free for 3 years.", 2, 2, False),
    ("Low back pain went away after the 2019 surgery and came back 8 months ago.", 8, 8, True),
    ("Low back pain since her fusion in 2021.", 40.66, 52.63, True),
    ("Low back pain since surgery 3 years ago.", 36, 36, True),
    ("The pain started insidiously around 2016. Low back, midline.", 100.72, 112.73, True),
    ("Low back pain for 'years and years'.", 24, None, True),
    ("Low back pain for a number of years.", 24, None, True),
    ("LBP for several weeks.", 0.69, 2.8, False),
    ("LBP for months.", 2, None, None),
    ("Low back pain, 18-month duration.", 18, 18, True),
    ("How long have you had this pain? 4 years. Where? low back", 48, 48, True),
    ("Pain began: March 2024. Location: lower back.", 13.65, 14.64, True),
    ("Low back pain (approx. 7 years)", 84, 84, True),
    ("Time since onset: 3 yrs 6 mo; low back pain", 42, 42, True),
    ("Low back pain began approximately one and one half years ago", 18, 18, True),
    ("low back pain began in the early 2000s", 256.94, 304.97, True),
    ("Low back pain since 1998 after a lifting injury; worse since January.", 317.01, 328.98, True),
    ("30 year history of intermittent low back pain, now constant x 1 year", 360, 360, True),
    ("Back pain 2/2 fall 4 wks ago", 0.92, 0.92, False),
    ("He fell off a ladder 5 weeks ago and developed low back pain.", 1.15, 1.15, False),
    ("Patient was in an MVA on 12/1/2024 and has had low back pain since.", 5.59, 5.59, False),
    ("low back pain since 12/2", 5.56, 5.56, False),
    ("54F LBP 12y. T2DM 8y. Quit tob 3y ago.", 144, 144, True),
    ("Her axial low back pain dates back to 2017.", 88.72, 100.69, True),
    ("Reports LBP that has persisted for over 2 yrs despite PT x 12 visits", 24, None, True),
    ("I have had back pain for 3 yrs, my mother had it for 20 years", 36, 36, True),
    ("My low back has been hurting for about eight months.", 8, 8, True),
    ("low back started hurting 2 months ago", 2, 2, False),
    ("Lower back has hurt since February.", 2.66, 3.55, False),
    ("Recent onset low back pain (10 days).", 0.33, 0.33, False),
    ("Symptoms have lasted approximately 5 months. Lumbar pain.", 5, 5, False),
    ("Low back pain x 1 year; s/p L5-S1 discectomy x 3 years.", 12, 12, True),
    ("Pain has been present less than six months. Low back.", None, 6, False),
    ("Duration < 6 months. Low back pain.", None, 6, False),
    ("LBP ~5-6 yrs", 60, 72, True),
]

# lengths of time, but not of low back pain
OTHER = [
    "MRI 6 months ago. Low back pain.",
    "8 months s/p L4-5 fusion. Low back pain.",
    "45-year-old with low back pain.",
    "PT x 6 weeks for low back pain.",
    "ESI gave 8 months of relief of low back pain.",
    "Low back pain. RTC in 3 months.",
    "Low back pain. Can stand for 2 hours.",
    "Smoker for 15 years. Low back pain.",
    "Neck pain x 3 years. Denies back pain.",
    "Criteria: chronic low back pain for at least 6 months.",
    "The policy requires low back pain of at least 6 months duration.",
    "Low back pain, failed conservative care.",
    "Mother has had low back pain for 20 years. FHx noted.",
    "No low back pain since 2015.",
    "Pain free for 8 months after RFA.",
    "Low back pain treated with NSAIDs for 2 years.",
    "Follow up low back pain in 6 months.",
    "Low back pain resolved 2 years ago.",
    "Low back pain 6 weeks postpartum.",
    "Gabapentin was started 6 months ago for low back pain.",
    "She had an epidural 3 months ago that helped her back pain for 2 weeks.",
    "Low back pain. He retired 2 years ago.",
    "Low back pain. Symptoms improved for 6 weeks after injection.",
    "Low back pain. MRI from 2 years ago showed degeneration.",
    "Low back pain. Authorization valid for 6 months.",
    "Low back pain. Gained 20 lbs over the past year.",
    "Low back pain. Worked as a nurse for 20 years.",
    "Low back pain. Last A1c 5 months ago.",
    "Family History: father with low back pain for 30 years.",
    "Patients with low back pain for at least 6 months may be candidates.",
    "Candidates must have had chronic low back pain for 6 months.",
    "Right knee pain for 2 years. Low back pain.",
    "Low back pain; prior episode 10 years ago.",
]


def duration(text: str, date: str | None = VISIT):
    note = Note(text, date=date)
    found = read_duration(read_document(note))
    if found is not None:
        for proof in (found.evidence, *found.support):
            assert proof.text
            assert text[proof.start : proof.end] == proof.text
    return found


def near(value: float | None):
    return None if value is None else pytest.approx(value, rel=0.02, abs=0.1)


@pytest.mark.parametrize(("text", "low", "high", "enough"), STATED, ids=[s[0] for s in STATED])
def test_stated(text, low, high, enough):
    found = duration(text)
    assert found is not None
    assert (found.months_min, found.months_max, found.ge_6mo) == (near(low), near(high), enough)


@pytest.mark.parametrize("text", [s[0] for s in STATED])
@pytest.mark.parametrize(
    "change",
    [str.upper, lambda t: t.rstrip("."), lambda t: t.replace("\n", "\r\n")],
    ids=["capitals", "no stop", "crlf"],
)
def test_same_answer_however_it_is_typed(text, change):
    first, second = duration(text), duration(change(text))
    assert first is not None
    assert second is not None
    assert (first.months_min, first.months_max, first.ge_6mo) == (
        second.months_min,
        second.months_max,
        second.ge_6mo,
    )


@pytest.mark.parametrize("text", OTHER)
def test_other_lengths_of_time(text):
    assert duration(text) is None


@pytest.mark.parametrize(
    ("text", "chronicity", "months", "episode_days"),
    [
        ("Chronic low back pain.", "chronic", None, None),
        ("Acute on chronic low back pain x 3 days.", "acute_on_chronic", None, 3),
        ("Low back pain for 12 years with an acute flare 2 weeks ago.", "acute_on_chronic", 144, 14),
        (
            "Low back pain for years; presents with a 5-day history of a new pain at L1-2.",
            "acute_on_chronic",
            24,
            5,
        ),
        ("Subacute low back pain, 7 weeks.", "subacute", 1.6, None),
        ("Low back pain x 10 days.", "acute", 0.33, None),
        ("Longstanding low back pain.", None, None, None),
    ],
)
def test_chronicity_and_flares(text, chronicity, months, episode_days):
    found = duration(text)
    assert (found.chronicity, found.months_min, found.episode_days) == (
        chronicity,
        near(months),
        episode_days,
    )


@pytest.mark.parametrize(
    "text", ["Low back pain since 2019.", "LBP since March.", "Onset of low back pain 3/2/24."]
)
def test_a_date_is_never_counted_from_today(text):
    found = duration(text, None)
    if found is not None:
        assert (found.months_min, found.months_max, found.ge_6mo) == (None, None, None)


def test_contradiction_gives_the_hull_and_agreement_narrows():
    hull = duration("HPI: low back pain for 3 years. Intake form: low back pain began 4 months ago.")
    assert (hull.months_min, hull.months_max, hull.ge_6mo) == (4, 36, None)
    narrow = duration("Low back pain for years. She says low back pain for 10 years.")
    assert (narrow.months_min, narrow.months_max) == (120, 120)


def test_correction_takes_back_what_was_said():
    found = duration('ADDENDUM: "Back pain for 2 months" should read "back pain for 2 years".')
    assert (found.months_min, found.months_max) == (24, 24)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("A 45-year-old man with low back pain.", 45),
        ("40M firefighter", 40),
        ("31 y/o G1P0", 31),
        ("fifty-year-old male", 50),
        ("HPI: Mrs. [name] is 71. Low back pain.", 71),
        ("Age: 57, periods ended at 51.", 57),
        ("Lumbar pain since age 19.", None),
        ("15-year-old work injury.", None),
        ("Her 12-year-old son is well.", None),
        ("Father 60, MI.", None),
        ("DOB: 5/21/1980", 44),
    ],
)
def test_age(text, years):
    age = read_age(read_document(Note(text, date=VISIT)))
    assert (age and age[0]) == years
    assert age is None or text[age[1].start : age[1].end] == age[1].text != ""


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("DOS: 03/15/2025. Low back pain.", "2025-03-15"),
        ("Date of visit: March 3, 2025", "2025-03-03"),
        ("INTERVAL HISTORY 11/04/2025: no change", "2025-11-04"),
        ("Low back pain since 3/15/2025.", None),
        ("DOB: 03/15/1970", None),
    ],
)
def test_note_date(text, date):
    assert note_date(read_document(Note(text))) == date
    assert note_date(read_document(Note(text, date=VISIT))) == VISIT


def _examples():
    for rule in tomllib.loads((root() / "duration.toml").read_text("utf-8"))["rule"]:
        for kind in ("positive", "negative"):
            for text in rule[kind]:
                yield pytest.param(rule["id"], text, kind == "positive", id=f"{rule['id']}: {text}")


@pytest.mark.parametrize(("rule", "text", "fires"), list(_examples()))
def test_rule_examples(rule, text, fires):
    assert bool(Lexicon([r for r in rules("duration.toml") if r.id == rule]).find(text.lower())) is fires


@pytest.mark.parametrize(
    "text", ["", "\x00", "\U0001f600 x 6 mo", "[ ] [x]", "since", "in 99/99/9999", "2/29 and 2/30/2023"]
)
def test_odd_texts(text):
    assert duration(text) is None


def test_time_is_linear():
    unit = "low back pain for 3 years since 2019, PT x 6 weeks [x] 7/10 "
    started = time.perf_counter()
    duration(unit * 500)
    small = time.perf_counter() - started
    started = time.perf_counter()
    duration(unit * 2000)
    assert time.perf_counter() - started < 12 * small + 1


def test_measuring_set():
    path = SETS / "cases" / "hard_cases.jsonl"
    if not path.exists():
        pytest.skip("no measuring set beside the checkout")
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    cases = [c for c in cases if "duration" in c["expect"]]
    wrong = []
    for case in cases:
        want, found = case["expect"]["duration"], duration(case["text"], None)
        if (want or {}).get("ge_6mo") != (found.ge_6mo if found else None):
            wrong.append(case["id"])
    assert len(wrong) <= len(cases) // 20, wrong
