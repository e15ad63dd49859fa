"""What the merge keeps, drops and reports as contradiction."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from bvnscreen.chart import Months, merge, modic_discs, months_of, normal_levels
from bvnscreen.facts import Duration, Evidence, Modic, Note, NoteFacts, Pain, Procedure
from bvnscreen.language.read import read


def proof(note: str = "n", section: str = "findings", at: int = 0) -> Evidence:
    return Evidence(note, at, at + 5, "words", section)


def modic(types: str, *levels: str, assertion: Any = "present", **rest: Any) -> Modic:
    section = rest.pop("section", "findings")
    names = ("unspecified",) if types == "?" else tuple(types)
    return Modic(names, assertion, proof(section=section, at=10 * len(levels)), tuple(levels), **rest)


def report(date: str | None, *entries: Modic, **rest: Any) -> NoteFacts:
    values: dict[str, Any] = {"kind": "mri_report", "region": "lumbar", "describes_spine": True, **rest}
    return NoteFacts(f"mri {date}", note_date=date, modic=entries, **values)


def visit(date: str | None, *entries: Modic, **rest: Any) -> NoteFacts:
    return NoteFacts(f"visit {date}", note_date=date, kind="clinic_note", modic=entries, **rest)


def stated(notes: list[NoteFacts]) -> set[tuple[str, str]]:
    chart = merge(notes)
    return {("/".join(m.types), d) for m in chart.current_modic for d in modic_discs(m) or ("",)}


@pytest.mark.parametrize(
    ("name", "notes", "expected"),
    [
        ("one report", [report("2025-01-01", modic("1", "L4-L5"))], {("1", "L4-L5")}),
        (
            "an undated report with its undated addendum",
            [
                report(None, modic("1", "L5-S1")),
                NoteFacts("a", kind="addendum", modic=(modic("1", "L5-S1", assertion="absent"),)),
            ],
            set(),
        ),
        (
            "the newest report wins, whatever the order",
            [report("2025-01-01", modic("2", "L4-L5")), report("2022-01-01", modic("1", "L5-S1"))],
            {("2", "L4-L5")},
        ),
        (
            "the newest silent report leaves it empty",
            [report("2022-01-01", modic("1", "L4-L5")), report("2025-01-01")],
            set(),
        ),
        (
            "type 3, untyped and high levels are part of it",
            [report("2025-01-01", modic("3", "L5-S1"), modic("?", "L2-L3"))],
            {("3", "L5-S1"), ("unspecified", "L2-L3")},
        ),
        ("hedged leaves it empty", [report("2025-01-01", modic("1", "L4-L5", assertion="possible"))], set()),
        (
            "resolved leaves it empty",
            [report("2025-01-01", modic("1", "L4-L5", assertion="historical"))],
            set(),
        ),
        (
            "a clinician's word leaves it empty",
            [report("2025-01-01"), visit("2025-02-01", modic("1", "L4-L5", attribution="clinician"))],
            set(),
        ),
        (
            "a quotation stands in for a report that is not on file",
            [visit("2025-02-01", modic("1", "L4-L5"))],
            {("1", "L4-L5")},
        ),
        (
            "a quotation adds nothing to a report that is on file",
            [report("2025-01-01", modic("1", "L4-L5")), visit("2025-02-01", modic("1", "L5-S1"))],
            {("1", "L4-L5")},
        ),
        (
            "one undated text",
            [NoteFacts("n", modic=(modic("2", "L5-S1"),))],
            {("2", "L5-S1")},
        ),
        (
            "the cervical spine is left out",
            [
                report("2025-03-01", modic("1", "C5-C6", region="cervical"), region="cervical"),
                report("2025-01-01", modic("2", "L5-S1"), modic("1", "C5-C6")),
            ],
            {("2", "L5-S1")},
        ),
        (
            "a thoracic report never lends Modic change",
            [report("2025-03-01", modic("1", "T11-T12"), region="thoracic")],
            set(),
        ),
        (
            "the impression repeats in fewer words",
            [
                report(
                    "2025-01-01",
                    modic("12", "L4-L5"),
                    modic("1", "L5-S1"),
                    modic("?", "L5-S1", "L4-L5", section="impression"),
                    modic("1", section="impression"),
                )
            ],
            {("1/2", "L4-L5"), ("1", "L5-S1")},
        ),
        (
            "an addendum corrects the level",
            [
                report("2025-01-01", modic("1", "L5-S1")),
                NoteFacts(
                    "a",
                    note_date="2025-01-05",
                    kind="addendum",
                    modic=(modic("1", "L4-L5"), modic("1", "L5-S1", assertion="absent")),
                ),
            ],
            {("1", "L4-L5")},
        ),
        (
            "an addendum in the same document",
            [
                report(
                    "2025-01-01",
                    modic("?", assertion="absent"),
                    modic("2", "L4-L5", section="addendum"),
                )
            ],
            {("2", "L4-L5")},
        ),
        (
            "an addendum that withdraws all",
            [
                report("2025-01-01", modic("1", "L4-L5")),
                NoteFacts(
                    "a", note_date="2025-01-05", kind="addendum", modic=(modic("?", assertion="absent"),)
                ),
            ],
            set(),
        ),
        (
            "an addendum to an older study does not touch the newest",
            [
                report("2022-01-01", modic("1", "L5-S1")),
                report("2025-01-01", modic("2", "L4-L5")),
                NoteFacts(
                    "a",
                    note_date="2025-02-01",
                    study_date="2022-01-01",
                    kind="addendum",
                    modic=(modic("1", "L3-L4"),),
                ),
            ],
            {("2", "L4-L5")},
        ),
        (
            "two documents of one study belong together",
            [
                report("2025-01-01", modic("1", "L4-L5"), study_date="2024-12-30"),
                report("2025-01-03", modic("2", "L4-L5"), study_date="2024-12-30"),
            ],
            {("2", "L4-L5")},
        ),
        (
            "questions say nothing",
            [report("2025-01-01", modic("1", "L4-L5", assertion="hypothetical"))],
            set(),
        ),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_current_modic(name: str, notes: list[NoteFacts], expected: set[tuple[str, str]]) -> None:
    assert stated(notes) == expected, name


@pytest.mark.parametrize(
    ("name", "notes", "count"),
    [
        ("specific beats general", [report("2025", modic("1", "L4-L5"), modic("?", assertion="absent"))], 0),
        (
            "same level stated and denied",
            [report("2025", modic("1", "L4-L5"), modic("?", "L4-L5", assertion="absent"))],
            1,
        ),
        (
            "another type denied at the level",
            [report("2025", modic("2", "L4-L5"), modic("1", "L4-L5", assertion="absent"))],
            0,
        ),
        (
            "findings and impression give different types",
            [report("2025", modic("1", "L4-L5"), modic("3", "L4-L5", section="impression"))],
            1,
        ),
        (
            "two undated reports: nothing tells which is newer",
            [report(None, modic("1", "L4-L5")), report(None, modic("?", "L4-L5", assertion="absent"))],
            1,
        ),
        (
            "clinician against report",
            [
                report("2025-01-01", modic("?", assertion="absent")),
                visit("2025-02-01", modic("1", "L4-L5", attribution="clinician")),
            ],
            1,
        ),
        (
            "clinician repeats the report",
            [
                report("2025-01-01", modic("1", "L4-L5"), modic("?", assertion="absent")),
                visit("2025-02-01", modic("1", "L4-L5", attribution="clinician")),
            ],
            0,
        ),
        (
            "one clinician against two places of the report",
            [
                report("2025-01-01", modic("?", assertion="absent"), modic("?", "L4-L5", assertion="absent")),
                visit("2025-02-01", modic("1", "L4-L5", attribution="clinician")),
            ],
            1,
        ),
        (
            "clinician denies what the report states",
            [
                report("2025-01-01", modic("1", "L4-L5")),
                visit("2025-02-01", modic("?", assertion="absent", attribution="clinician")),
            ],
            1,
        ),
        (
            "a note that names a level and else none",
            [
                report("2025-01-01", modic("1", "L4-L5")),
                visit(
                    "2025-02-01",
                    modic("1", "L4-L5", attribution="clinician"),
                    modic("?", assertion="absent", attribution="clinician"),
                ),
            ],
            0,
        ),
        (
            "clinician untyped beside type 3",
            [
                report("2025-01-01", modic("3", "L4-L5")),
                visit("2025-02-01", modic("?", "L4-L5", attribution="clinician")),
            ],
            0,
        ),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_conflicts(name: str, notes: list[NoteFacts], count: int) -> None:
    conflicts = merge(notes).conflicts
    assert len(conflicts) == count, name
    assert all(len(c.evidence) >= 2 for c in conflicts)


def test_a_claim_beside_an_older_quotation_is_of_that_study() -> None:
    """ "MRI 2022: Modic 1. Plan: treat the Modic 1 change" does not dispute the report of 2025."""
    newest = report("2025-01-01", modic("1", "L4-L5", assertion="absent"))
    quoted = modic("1", "L4-L5", study_date="2022")
    claim = modic("1", "L4-L5", attribution="clinician", section="plan")
    chart = merge([newest, visit("2025-02-01", quoted, claim)])
    assert chart.older_claims == (quoted, claim)
    assert merge([newest, visit("2025-02-01", claim)]).modic_claims == (claim,)


def test_a_claim_that_an_addendum_took_back_is_none() -> None:
    """A visit that repeats the level which the report's addendum has moved; own eyes are another matter."""
    amended = report(
        "2025-01-01",
        modic("1", "L3-L4", section="addendum"),
        modic("1", "L4-L5", assertion="absent", section="addendum"),
    )
    repeated = modic("1", "L4-L5", attribution="clinician", section="imaging")
    seen = modic("1", "L4-L5", attribution="clinician", section="own_review")
    assert merge([amended, visit("2025-02-01", repeated)]).modic_claims == ()
    assert merge([amended, visit("2025-02-01", seen)]).modic_claims == (seen,)


def bvna(status: Any, *levels: str, vertebrae: tuple[str, ...] = ()) -> Procedure:
    return Procedure("BVNA", status, proof(), tuple(levels), vertebrae)


@pytest.mark.parametrize(
    ("name", "procedures", "asked", "levels", "bodies", "came_from"),
    [
        ("as given", (), ["L4-L5"], ("L4-L5",), ("L4", "L5"), "request"),
        (
            "given wins over notes",
            (bvna("planned", "L5-S1"),),
            ["L4-L5"],
            ("L4-L5",),
            ("L4", "L5"),
            "request",
        ),
        ("planned", (bvna("planned", "L5-S1"),), [], ("L5-S1",), ("L5", "S1"), "notes"),
        ("considered", (bvna("considered", "L5-S1"),), [], ("L5-S1",), ("L5", "S1"), "notes"),
        (
            "planned before considered",
            (bvna("considered", "L3-L4"), bvna("planned", "L5-S1")),
            [],
            ("L5-S1",),
            ("L5", "S1"),
            "notes",
        ),
        (
            "vertebrae become a disc",
            (bvna("planned", vertebrae=("L4", "L5")),),
            [],
            ("L4-L5",),
            ("L4", "L5"),
            "notes",
        ),
        ("one vertebra has no disc", (bvna("planned", vertebrae=("L4",)),), [], (), ("L4",), "notes"),
        (
            "disc and its vertebrae are one request",
            (bvna("planned", "L4-L5", "L5-S1", vertebrae=("L4", "L5", "S1")),),
            [],
            ("L4-L5", "L5-S1"),
            ("L4", "L5", "S1"),
            "notes",
        ),
        ("done is no request", (bvna("done", "L4-L5"),), [], (), (), "none"),
        ("no level named", (bvna("planned"),), [], (), (), "none"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_request(
    name: str,
    procedures: tuple[Procedure, ...],
    asked: list[str],
    levels: tuple[str, ...],
    bodies: tuple[str, ...],
    came_from: str,
) -> None:
    chart = merge([visit("2025-02-01", procedures=procedures)], asked)
    assert (chart.requested_levels, chart.vertebral_bodies, chart.requested_from) == (
        levels,
        bodies,
        came_from,
    )
    assert bool(chart.requested_evidence) == (came_from == "notes"), name


def test_newest_request_counts() -> None:
    older = visit("2024-01-01", procedures=(bvna("planned", "L3-L4"),))
    newer = visit("2025-01-01", procedures=(bvna("planned", "L5-S1"),))
    assert merge([newer, older]).requested_levels == ("L5-S1",)


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        (["L4-L5"], ("L4-L5",)),
        (["l4/5", "L5-1"], ("L4-L5", "L5-S1")),
        (["L5-S1", "L4-L5", "L4-L5"], ("L4-L5", "L5-S1")),
        (["L3-S1"], ("L3-L4", "L4-L5", "L5-S1")),
    ],
)
def test_normal_levels(given: list[str], levels: tuple[str, ...]) -> None:
    assert normal_levels(given) == levels


@pytest.mark.parametrize("wrong", ["L4", "L5-L4", "disc", "L9-L10", ""])
def test_wrong_level(wrong: str) -> None:
    with pytest.raises(ValueError, match="write L4-L5"):
        normal_levels([wrong])


def lasting(lo: float | None, hi: float | None, **rest: Any) -> Duration:
    return Duration(proof(), months_min=lo, months_max=hi, **rest)


HURTS = Pain(proof(), region="low_back", low_back="present")


@pytest.mark.parametrize(
    ("name", "notes", "months"),
    [
        ("one amount", [visit("2025-01-01", duration=lasting(18, 18))], (18, 18)),
        ("at least", [visit("2025-01-01", duration=lasting(36, None))], (36, float("inf"))),
        (
            "more than six months is told without an amount",
            [visit(None, duration=lasting(None, None, ge_6mo=True))],
            (6, float("inf")),
        ),
        (
            "chronic without an amount",
            [visit(None, duration=lasting(None, None, chronicity="chronic"))],
            None,
        ),
        (
            "an older amount counts on while pain is stated",
            [visit("2024-01-01", duration=lasting(4, 4)), visit("2024-07-01", pain=HURTS)],
            (10, 10),
        ),
        (
            "but not where the later note states none",
            [visit("2024-01-01", duration=lasting(4, 4)), visit("2024-07-01")],
            (4, 4),
        ),
        (
            "the newest amount, when older ones agree with it",
            [visit("2023-01-01", duration=lasting(24, 24)), visit("2025-01-01", duration=lasting(48, 48))],
            (48, 48),
        ),
        (
            "contradiction widens to min..max",
            [visit("2025-01-01", duration=lasting(3, 3)), visit("2025-01-01", duration=lasting(60, 60))],
            (3, 60),
        ),
        (
            "chronic in the newest note does not hide an older amount",
            [
                visit("2024-01-01", duration=lasting(24, 24)),
                visit("2025-01-01", duration=lasting(None, None, chronicity="chronic")),
            ],
            (24, 24),
        ),
        (
            "an open length in the newest note does not outweigh one that is stated",
            [visit("2025-01-01", duration=lasting(40, 40)), visit("2025-03-01", duration=lasting(1, None))],
            (40, 40),
        ),
        (
            "but one that says more does",
            [visit("2025-01-01", duration=lasting(4, 4)), visit("2025-03-01", duration=lasting(30, None))],
            (6, float("inf")),
        ),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_pain_months(name: str, notes: list[NoteFacts], months: tuple[float, float] | None) -> None:
    assert merge(notes).pain_months == (None if months is None else Months(*months)), name


def test_contradicting_durations_are_shown() -> None:
    chart = merge(
        [visit("2025-01-01", duration=lasting(3, 3)), visit("2025-01-01", duration=lasting(60, 60))]
    )
    assert [c.about for c in chart.conflicts] == ["duration"]
    assert chart.duration is not None
    assert (chart.duration.months_min, chart.duration.months_max, chart.duration.ge_6mo) == (3, 60, None)


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [("2024-06", "2024-12", 6), ("2024-06-15", "2024-12-15", 6), ("2023-12-31", "2024-01-01", 1 / 30.4)],
)
def test_months_between_dates(first: str, second: str, months: float) -> None:
    a, b = months_of(first), months_of(second)
    assert a is not None
    assert b is not None
    assert b.lo - a.lo == pytest.approx(months, abs=0.02)


@pytest.mark.parametrize("wrong", [None, "", "last spring", "20x4-01"])
def test_no_date(wrong: str | None) -> None:
    assert months_of(wrong) is None


def test_empty_chart() -> None:
    chart = merge([])
    assert (chart.patient_id, chart.has_report, chart.current_modic, chart.pain_months) == (
        None,
        False,
        (),
        None,
    )


def test_chart_pickles_and_keeps_the_patient() -> None:
    chart = merge([NoteFacts("n", patient_id="p1", modic=(modic("1", "L4-L5"),))], ["L4-L5"])
    assert chart.mentions == {}
    assert pickle.loads(pickle.dumps(chart)) == chart
    assert chart.patient_id == "p1"


def test_endplates_name_the_disc() -> None:
    m = Modic(("1",), "present", proof(), endplates=("L4-inferior", "L5-superior"))
    assert modic_discs(m) == ("L4-L5",)


@pytest.mark.parametrize(
    "text",
    [
        "LBP. [pasted in error: below to the line is of another patient]\nPacemaker.\n-----\nOn warfarin.",
        "LBP.\n\nOn warfarin.\n\nThe following lines belong to a different patient:\nPacemaker 2018.",
        "Pacemaker 2018.\n\nThe paragraph above belongs to another patient.\nOn warfarin.",
    ],
)
def test_another_patients_passage(text: str) -> None:
    assert {f.concept for f in read(Note(text)).findings} == {"anticoagulant"}


@pytest.mark.parametrize(
    ("older", "newer", "told"), [(4.0, 8.0, (4.0, 8.0)), (7.0, 10.0, (10.0, 10.0)), (5.5, 6.0, (6.0, 6.0))]
)
def test_lengths_that_disagree_on_six_months(older: float, newer: float, told: tuple[float, float]) -> None:
    days = [
        visit("2025-03-12", duration=Duration(proof(), months_min=m, months_max=m, ge_6mo=m >= 6))
        for m in (older, newer)
    ]
    chart = merge(days)
    assert chart.pain_months == pytest.approx(told)
