"""Amounts of time and dates, as tables of text and meaning."""

from __future__ import annotations

import pytest

from bvnscreen.language.dates import find_amounts, find_dates, months_of, number_of, parse_date, reaches

WEEK, DAY = 7 / 30.4, 1 / 30.4

AMOUNTS = [
    ("x6mo", 6, 6),
    ("x 6m", 6, 6),
    ("x3d", 3 * DAY, 3 * DAY),
    ("6-8 weeks", 6 * WEEK, 8 * WEEK),
    ("six to eight-week history", 6 * WEEK, 8 * WEEK),
    ("between 2 and 3 years", 24, 36),
    ("6 weeks to 3 months", 6 * WEEK, 3),
    ("six (6) months", 6, 6),
    ("two and a half decades", 300, 300),
    ("a decade and a half", 180, 180),
    ("a year and a half", 18, 18),
    ("2-1/2 years", 30, 30),
    ("2 1/2 yrs", 30, 30),
    ("half a year", 6, 6),
    ("2 years and 3 months", 27, 27),
    ("1 yr. 6 mo", 18, 18),
    ("3 years. Eight months of therapy", 36, 36),
    ("a fortnight", 14 * DAY, 14 * DAY),
    ("over the past year", 12, 12),
    (">6 months", 6, None),
    ("more than three years", 36, None),
    ("6+ months", 6, None),
    ("6 months or more", 6, None),
    ("20 plus years", 240, None),
    ("less than six months", None, 6),
    ("no more than 6 months", None, 6),
    ("going on 3 years", 24, 36),
    ("nearly 2 years", 24, 24),
    ("several years", 24, None),
    ("for years", 24, None),
    ("several months", 3, None),
    ("a couple of weeks", 2 * WEEK, 2 * WEEK),
    ("15-year-old injury", 180, 180),
]


@pytest.mark.parametrize(("text", "low", "high"), AMOUNTS, ids=[a[0] for a in AMOUNTS])
@pytest.mark.parametrize("change", [str, str.upper])
def test_amounts(text, low, high, change):
    assert months_of(change(text)) == (
        None if low is None else pytest.approx(low),
        None if high is None else pytest.approx(high),
    )


@pytest.mark.parametrize(
    "text",
    [
        "45-year-old man",
        "45 y/o",
        "45yo F",
        "40M firefighter",
        "45-year-old with low back pain",
        "twice a day",
        "4 days a week",
        "3x/week",
        "L4-5 and S1",
        "strength 5/5",
        "",
    ],
)
def test_no_amount(text):
    assert months_of(text) is None


def test_amount_covers_its_qualifier():
    text = "pain for more than 3 years or so, PT x 6 weeks"
    assert [text[a.start : a.end] for a in find_amounts(text)] == ["more than 3 years or so", "x 6 weeks"]


@pytest.mark.parametrize(
    ("text", "at_least_6_months"),
    [
        ("less than six months", False),
        ("just under 6 months", False),
        ("almost 6 months", False),
        ("6 months", True),
        ("4-8 months", None),
        ("several weeks", False),
        ("several months", None),
        (">3 months", None),
    ],
)
def test_threshold(text, at_least_6_months):
    assert find_amounts(text)[0].at_least(6) is at_least_6_months


def test_reaches_is_three_valued():
    assert reaches(6, None, 6) is True
    assert reaches(None, 6, 6) is None
    assert reaches(None, 6, 6, below=True) is False
    assert reaches(None, None, 6) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three", 3),
        ("twenty-four (24)", 24),
        ("a couple of", 2),
        ("2 1/2", 2.5),
        ("one and a half", 1.5),
        ("half", 0.5),
        ("cat", None),
    ],
)
def test_numbers(text, value):
    assert number_of(text) == value


DATES = [
    ("3/2/24", "2024-03-02"),
    ("3-2-2024", "2024-03-02"),
    ("2024-03-02", "2024-03-02"),
    ("March 2, 2024", "2024-03-02"),
    ("2 March 2024", "2024-03-02"),
    ("6/2023", "2023-06"),
    ("Jan '24", "2024-01"),
    ("since March", "2025-03"),
    ("since June", "2024-06"),
    ("June to November 2024", "2024-06"),
    ("November to February 2025", "2024-11"),
    ("in 2019", "2019"),
    ("summer 2023", "2023"),
    ("Christmas 2022", "2022-12"),
    ("[**2101-3-4**]", "2101-03-04"),
    ("last year", "2024"),
    ("yesterday", "2025-05-19"),
    ("3/24", None),
    ("it may hurt", None),
    ("2000 mg", None),
    ("6-9/10", None),
    ("13/45/2020", None),
    ("since a fall", None),
    ("in her 50s", None),
]


@pytest.mark.parametrize(("text", "iso"), DATES, ids=[d[0] for d in DATES])
def test_dates(text, iso):
    assert parse_date(text, "2025-05-20") == iso


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Easter 2024", "2024-03-29", "2024-04-01"),
        ("Easter this year", "2025-04-18", "2025-04-21"),
        ("shortly after Easter 2024", "2024-03-29", "2024-04-22"),
        ("just before Easter last year", "2024-03-08", "2024-04-01"),
    ],
)
def test_about_a_holiday(text, first, last):
    (when,) = find_dates(text, "2025-05-20")
    assert (str(when.first), str(when.last)) == (first, last)


def test_two_fields_keep_both_readings():
    (when,) = find_dates("3/24", "2025-05-20")
    assert [(str(a), str(b)) for a, b in when.readings] == [
        ("2025-03-24", "2025-03-24"),
        ("2024-03-01", "2024-03-31"),
    ]


def test_no_year_and_no_anchor_is_no_date():
    assert parse_date("since March") is None
    assert find_dates("since March")[0].readings == ()
