"""The model card is the one its command writes; its figures move, what it says does not."""

from __future__ import annotations

import re

import pytest

from model_card import CARD, DEV, NAMES, WITHOUT, known, measured, render, sets, without

TEXT = CARD.read_text("utf-8")


def _words(page: str) -> str:
    """The page without its tables and list of failures."""
    lines = page.split("\n")
    return "\n".join(line for line in lines if not line.startswith("|") and not re.match(r"- .*: \d+$", line))


def test_card_says_what_its_command_writes() -> None:
    assert _words(TEXT) == _words(render({part: {} for part in ("", *WITHOUT)}))


@pytest.mark.parametrize("name", NAMES)
def test_card_has_figures_of_every_set(name: str) -> None:
    rows = [line for line in TEXT.split("\n") if line.startswith(f"| {name} |")]
    assert any(re.search(r"\| [01]\.\d{3} \([01]\.\d{3}-[01]\.\d{3}\) \|", row) for row in rows)
    # what each part adds: the figure and the change without each
    assert any(re.search(r"\| [01]\.\d{3}( \| [+-][01]\.\d{3}){3} \|", row) for row in rows)


def test_card_names_every_known_failure() -> None:
    assert [reason for reason in known() if f"- {reason}: " not in TEXT] == []


def test_parts_that_are_switched_off_do_nothing() -> None:
    """What is measured without a part is measured without it: each of them shows on a text that needs it."""
    from bvnscreen.facts import Note
    from bvnscreen.language import read

    texts = {
        "negspaCy": "Symptoms atypical Modic type 1 at L4-5.",
        "fuzzy spelling": "disc protruion at L4-5",
        "section rules": "IMPRESSION: normal.\nCOMPARISON: MRI 2019 with Modic type 1 at L4-5.",
    }
    assert texts.keys() == WITHOUT.keys()
    for part, text in texts.items():
        whole = read(Note(text))
        with without(WITHOUT[part]):
            assert read(Note(text)) != whole, part
        assert read(Note(text)) == whole


def test_development_figures_are_counted() -> None:
    cases = [case for case in sets()[DEV] if case.id.startswith("report-dev-00")]
    counts = measured(DEV, cases)
    assert counts[""]["notes"] >= len(cases) > 5
    assert counts["modic"]["found"] > 0
