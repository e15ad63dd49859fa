"""Three-valued logic, exhaustively, and intervals against thresholds."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest

from bvnscreen.chart import Months
from bvnscreen.policy.logic import Truth, all_of, any_of, at_least, at_most, negate

T, F, U = True, False, None
VALUES: tuple[Truth, ...] = (T, F, U)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_truth_table(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    assert all_of([a, b]) is both
    assert any_of([a, b]) is either


@pytest.mark.parametrize(("value", "opposite"), [(T, F), (F, T), (U, U)])
def test_negation(value: Truth, opposite: Truth) -> None:
    assert negate(value) is opposite


@pytest.mark.parametrize("row", list(product(VALUES, repeat=3)), ids=str)
def test_three_values_and_de_morgan(row: tuple[Truth, ...]) -> None:
    """An unknown is a value not known yet: the answer stands only if every filling gives it."""
    fillings = list(product(*[(T, F) if v is U else (v,) for v in row]))
    for combined, plain in ((all_of(row), all), (any_of(row), any)):
        answers = {plain(f) for f in fillings}
        assert combined is (answers.pop() if len(answers) == 1 else U)
    assert negate(all_of(row)) is any_of(negate(v) for v in row)


def test_nothing_to_combine() -> None:
    assert all_of([]) is True
    assert any_of([]) is False


@pytest.mark.parametrize(
    ("lo", "hi", "least", "most"),
    [
        (6, 6, T, T),
        (6, 8, T, U),
        (6, inf, T, U),
        (5.9, 5.9, F, T),
        (5.9, 6, U, T),
        (0, inf, U, U),
        (0, 5.9, F, T),
        (6.1, 7, T, F),
    ],
)
def test_interval_against_six(lo: float, hi: float, least: Truth, most: Truth) -> None:
    assert at_least(Months(lo, hi), 6) is least
    assert at_most(Months(lo, hi), 6) is most
