"""Whatever the text, nothing is raised and every fact points at its own words."""

# ruff: noqa: E501 - a table that is read line by line

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bvnscreen.facts import Evidence, Note, NoteFacts
from bvnscreen.language import read


def evidences(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence in what was read, support included."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from evidences(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from evidences(getattr(value, name))


def check(text: str, date: str | None = None) -> NoteFacts:
    facts = read(Note(text, "n", date=date))
    for e in evidences(facts):
        assert 0 <= e.start <= e.end <= len(text)
        assert text[e.start : e.end] == e.text, e.rule
        assert e.note_id == "n"
    return facts


CLINICAL = st.sampled_from(
    """
    Modic|type 2|typeII|endplate|end-|plate change|Modec|at L4-5|L5-S1|L4|lumbar (L)4-L5|L four five|no|No evidence of|
    without|possible|?|has resolved|disc bulge|6 mm protrusion|stenosis|left|patent|root|compression|fracture|discitis|
    T-score -2.7|pacemaker|Eliquis|low back pain|for 3 years|x 6 mo|since 2019|3/24/2023|axial|radiating to the left leg|below the knee|
    PT|12 visits|ESI x2|50% relief|for 2 months|RFA|failed|planned|denied|ibuprofen|Pt|ODI 46%|VAS 7/10|BMI 31|7-8/10|
    INDICATION:|FINDINGS:|IMPRESSION:|HPI:|PLAN:|PSH:|ALLERGIES:|L4-5:|[x] yes [ ] no|| L4-5 | type 1 ||mother|a 45-year-old|DOB 3/4/1970|
    OBX|1|TX|R||{\\rtf1 |\\par |\\'92|<br/>|&gt;|&nbsp;|&#x2265;|~|.br| period| comma|***|____|respectively|this level|former
    """.replace("\n", "").split("|")
)
ODD = st.sampled_from(
    ["\r\n", "\r", "\n", "\n\n", "\t", "\x00", "\u00a0", "\u200b", "\u00ad", "–", "½", "☒", "☐", "≥", "Ⅱ", "ﬁ", "İ", "ß", "🦴", "👩‍⚕️",
     "\ud800", "\udfff", "\ufeff", "\u2028", "\x85", "痛", "é", "e\u0301", "|", "\\", "(", "[", "{", "]", ".", ";", ",", ":", "-", " "]
)  # fmt: skip
TEXTS = st.lists(st.one_of(CLINICAL, CLINICAL, ODD, st.text(max_size=6)), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    TEXTS,
    st.sampled_from([" ", "", "\n", "\r\n", "  "]),
    st.sampled_from([None, "2024-06-01", "nonsense", ""]),
)
def test_facts_point_at_their_words(pieces: list[str], joint: str, date: str | None) -> None:
    check(joint.join(pieces), date)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    check(text)


SENTENCE = "Modic type 2 at L4-5, low back pain for 3 years, PT x 12 failed, no fracture, 6 mm protrusion "


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "\n", "-", ".", "(", "|", "[x] ", "L4-5 ", "L4-5, ", "no ", "Modic ", "type 2 ", "? ", "3/4/24 ", "endplate ",
        "\r\n", "\x00", "🦴", "\ud800", "&amp;", "\\par ", "low back pain ", "for 3 years ", "PT ", "🦴 Modic 1 L4-5 ", SENTENCE,
    ],
    ids=ascii,
)  # fmt: skip
def test_long_lines_without_end_are_read(piece: str) -> None:
    """200 kB without a line break (but for the line ends themselves); what it costs, the benchmark tells."""
    check((piece * (200_000 // len(piece) + 1))[:200_000])


@pytest.mark.slow
def test_a_megabyte_in_one_line_is_read() -> None:
    assert check((SENTENCE * (1_000_000 // len(SENTENCE) + 1))[:1_000_000]).modic
