"""A text in another dress says the same; one changed in one thing says that one thing differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from dev_texts import differences, notes, plain, said
from known import cases
from tables import rows
from test_assertion import TABLE as ASSERTED
from test_findings import TABLE as FOUND
from test_modic import TABLE as TYPED

from bvnscreen.facts import Note

# Our own sentences, from the tables of the other tests, after the texts of corpora/*/dev.
OWN = [
    Note(text.replace("⟨", "").replace("⟩", ""), "own " + text[:60].replace("⟨", "").replace("⟩", ""))
    for table in (TYPED, FOUND, ASSERTED)
    for text, _ in rows(table)
]
TEXTS = (*notes(), *OWN)
MARKUP = re.compile(r"OBX\||\\par\b|</?[a-z]+>|&[a-z]+;")


# -- the same text in another dress ------------------------------------------------------------------


def upper_case(text: str) -> str | None:
    """As dictated on a capital-letter system."""
    return None if MARKUP.search(text) else text.upper()


def crlf(text: str) -> str:
    """Line ends of Windows."""
    return text.replace("\n", "\r\n")


def wrapped(text: str) -> str | None:
    """The same paragraphs set at 80 columns, tables and forms excepted."""
    if "|" in text or "[ ]" in text or MARKUP.search(text) or max(map(len, text.splitlines())) <= 80:
        return None
    return "\n".join(part for line in _unwrapped(text.split("\n")) for part in _wrap(line))


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines that were cut at a column, joined again."""
    width = max(map(len, lines))
    out = lines[:1]
    last = out[0]
    for line in lines[1:]:
        first = line.split(" ", 1)[0]
        own = (
            not line.strip()
            or last.endswith(":")
            or re.match(r"\s*([-*+\[(•]|\d+[.)]|[A-Z][\w /()&-]*:)", line)
        )
        cut = width > 90 and len(last) + 1 + len(first) > width - 12 and not own
        last = line
        if cut:
            out[-1] += " " + line
        else:
            out.append(line)
    return out


def _wrap(line: str) -> Iterator[str]:
    while len(line) > 80:
        cut = line.rfind(" ", 30, 81)
        if cut < 0:
            break
        yield line[:cut]
        line = line[cut + 1 :]
    yield line


def without_last_stop(text: str) -> str | None:
    """The last full stop is missing."""
    bare = text.rstrip()
    return bare[:-1] if bare.endswith(".") else None


def extra_blanks(text: str) -> str | None:
    """Two blanks for one, blanks at line ends, empty lines around."""
    if "|" in text:
        return None
    return (
        "\n\n" + "\n".join(line.replace(" ", "  ") + "  " for line in text.strip("\n").split("\n")) + "\n\n\n"
    )


def bulleted(text: str) -> str | None:
    """A bullet before each statement, where every line is one."""
    lines = text.strip("\n").split("\n")
    if "|" in text or MARKUP.search(text) or any(re.match(r"\s*([-*+\[(]|\d+[.)])", line) for line in lines):
        return None
    full = [line for line in lines if line.strip() and not line.rstrip().endswith(":")]
    if not full or not all(line.rstrip().endswith(".") for line in full):
        return None
    return "\n".join(
        f"- {line}" if line in full and not re.match(r"[A-Z][A-Z ]+:", line) else line for line in lines
    )


def level_rows_reversed(text: str) -> str | None:
    """The rows of a level-by-level description from the bottom up."""
    lines = text.split("\n")
    row = [bool(re.match(r"L\d ?[-/] ?[LS]?\d ?:.*\.$", line)) for line in lines]
    start = next((i for i, is_row in enumerate(row) if is_row), None)
    if start is None:
        return None
    end = start
    while end < len(lines) and row[end]:
        end += 1
    rows = lines[start:end]
    # rows that point at other rows are not independent
    if len(rows) < 2 or re.search(
        r"same|above|below|likewise|similar|also|again|th(?:at|is|ese) level|both", " ".join(rows)
    ):
        return None
    return "\n".join([*lines[:start], *reversed(rows), *lines[end:]])


UNRELATED = "The kidneys are symmetric in size."


def unrelated_before(text: str) -> str | None:
    """A line about something else opens the text."""
    return None if MARKUP.search(text) else f"{UNRELATED}\n\n{text.lstrip()}"


def unrelated_after(text: str) -> str | None:
    """A sentence about something else follows the last one."""
    bare = text.rstrip()
    return f"{bare} {UNRELATED}\n" if bare.endswith(".") else None


DRESSES: list[Callable[[str], str | None]] = [
    upper_case,
    crlf,
    wrapped,
    without_last_stop,
    extra_blanks,
    bulleted,
    level_rows_reversed,
    unrelated_before,
    unrelated_after,
]


def _dressed() -> list[Any]:
    ids, values = [], []
    for dress in DRESSES:
        for note in TEXTS:
            if (text := dress(note.text)) is not None and text != note.text:
                ids.append(f"{dress.__name__}-{note.note_id}")
                values.append((note, text))
    return cases("same_facts", ids, [v[0] for v in values], [v[1] for v in values])


@pytest.mark.parametrize(("note", "text"), _dressed())
def test_another_dress_says_the_same(note: Note, text: str) -> None:
    assert differences(plain(note), said(replace(note, text=text))) == []


# -- four years later --------------------------------------------------------------------------------


def later(text: str, years: int = 4) -> str:
    """Every year in a text moved; four years keep the leap days."""
    text = re.sub(r"(?<![\d.,])(?:19|20)\d\d(?![\d%])", lambda m: str(int(m[0]) + years), text)
    short = r"\b(\d{1,2}[/-]\d{1,2}[/-])(\d\d)\b(?![/-])"
    return re.sub(short, lambda m: f"{m[1]}{(int(m[2]) + years) % 100:02d}", text)


def _moved(value: Any, key: str = "") -> Any:
    """The facts four years later: every date moved."""
    if isinstance(value, dict):
        return {k: _moved(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_moved(v, key) for v in value]
    return later(value) if key in ("date", "date_end", "onset", "note_date", "study_date") else value


_DATED = [n for n in notes() if later(n.text) != n.text]


@pytest.mark.parametrize("note", cases("later", [n.note_id for n in _DATED], _DATED))
def test_four_years_later_only_the_dates_change(note: Note) -> None:
    new = replace(note, text=later(note.text), date=later(note.date) if note.date else None)
    want = {k: sorted(v, key=repr) if isinstance(v, list) else v for k, v in _moved(plain(note)).items()}
    assert differences(want, said(new)) == []


# -- one level up ------------------------------------------------------------------------------------

_UP = {"L3": "L2", "L4": "L3", "L5": "L4", "S1": "L5"}
_PAIR = re.compile(r"\bL([45])( ?[-/] ?)(?:(L?)(5)|(S)(1))\b")


def level_up(text: str) -> str | None:
    """L4-5 becomes L3-4 and L5-S1 becomes L4-5, where no other kind of level is named."""

    def move(match: re.Match[str]) -> str:
        upper = int(match[1])
        return f"L{upper - 1}{match[2]}{match[3] or ''}{upper}"

    rest = _PAIR.sub("", text)
    if rest == text or re.search(
        r"(?i)\b[lstcd][ .-]?\d|\b[1-5]-[1-5]\b|[ls]\d|sacr|"
        r"lumbar [a-z]* ?(?:inter|disc|level)|junction|lowest|"
        r"adjacent (?:level|seg)",
        rest,
    ):
        return None
    return _PAIR.sub(move, text)


def _shifted(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _shifted(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_shifted(v, key) for v in value]
    if isinstance(value, str) and key in ("levels", "vertebrae", "nerves", "roots", "endplates"):
        return "-".join(_UP.get(part, part) for part in value.split("-"))
    return value


_LEVELLED = [n for n in TEXTS if level_up(n.text)]


@pytest.mark.parametrize("note", cases("level_up", [n.note_id for n in _LEVELLED], _LEVELLED))
def test_one_level_up_shifts_the_answer_and_nothing_else(note: Note) -> None:
    new = replace(note, text=level_up(note.text) or "")
    want = {k: sorted(v, key=repr) if isinstance(v, list) else v for k, v in _shifted(plain(note)).items()}
    assert differences(want, said(new)) == []


# -- not so ------------------------------------------------------------------------------------------

FRAMES = [
    ("{f} at L4-5.", "No {f} at L4-5."),
    ("There is {f} at L4-5.", "There is no {f} at L4-5."),
    ("MRI shows {f} at L4-5.", "MRI does not show {f} at L4-5."),
    ("L4-5: {f}.", "L4-5: No {f}."),
    ("{f} is seen at L4-5.", "{f} is not seen at L4-5."),
    ("{f} is present at L4-5.", "{f} is absent at L4-5."),
    ("{f}: yes", "{f}: no"),
    ("Evidence of {f} at L4-5.", "No evidence of {f} at L4-5."),
    ("Alignment is normal, with {f} at L4-5.", "Alignment is normal, without {f} at L4-5."),
]
THINGS = [
    "Modic type 1 change",
    "Modic type 2 endplate change",
    "degenerative endplate change",
    "disc bulge",
    "disc protrusion",
    "disc extrusion",
    "annular fissure",
    "central canal stenosis",
    "foraminal stenosis",
    "nerve root compression",
    "spondylolisthesis",
    "facet arthropathy",
    "discitis",
    "instability",
]
_NEGATED = [(yes.format(f=f), no.format(f=f)) for f in THINGS for yes, no in FRAMES]


@pytest.mark.parametrize(
    ("yes", "no"),
    cases("negation", [n for _, n in _NEGATED], [y for y, _ in _NEGATED], [n for _, n in _NEGATED]),
)
def test_negating_a_finding_flips_it(yes: str, no: str) -> None:
    there, gone = said(Note(yes)), said(Note(no))
    key = "modic" if "modic" in there else "findings"
    assert there[key], "found at all"
    assert {e["assertion"] for e in there[key]} == {"present"}
    # A type that is denied denies that type or the change as such.
    kept = ("concept", "levels", "vertebrae")
    assert [{k: e.get(k) for k in kept} for e in gone[key]] == [
        {k: e.get(k) for k in kept} for e in there[key]
    ]
    assert {e["assertion"] for e in gone[key]} == {"absent"}


# -- the order of a list -----------------------------------------------------------------------------

LISTS = [
    ["Mild scoliosis.", "Hemangioma of L2.", "Facet arthropathy at L5-S1.", "Modic type 2 change at L4-5."],
    ["No fracture.", "Disc bulge at L3-4.", "No discitis.", "Modic type 1 change at L5-S1."],
    ["Pacemaker", "Osteoporosis", "Diabetes", "Left L5 radiculopathy"],
]


@pytest.mark.parametrize("bullet", ["", "- ", "* ", "• "])
@pytest.mark.parametrize("items", LISTS, ids=["findings", "with negations", "problems"])
def test_order_of_list_items_says_nothing(items: list[str], bullet: str) -> None:
    first = said(Note("\n".join(bullet + item for item in items)))
    assert first.get("findings")
    for turn in range(1, len(items)):
        turned = items[turn:] + items[:turn]
        assert differences(first, said(Note("\n".join(bullet + item for item in turned)))) == []
    numbered = said(Note("\n".join(f"{i}. {item}" for i, item in enumerate(items, 1))))
    assert differences(first, numbered) == []
