"""Headings: where each part of a note begins, and where what it is about ends."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from ..resources import root
from .rx import phrase, rx


@dataclass(slots=True)
class Section:
    """`start` is where its heading begins, `body` where its text begins."""

    category: str
    title: str
    start: int
    body: int


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, str]]:
    data = tomllib.loads((root() / "sections.toml").read_text("utf-8"))
    return {t: (s["category"], s["id"]) for s in data["section"] for t in s["titles"]}


@lru_cache(maxsize=1)
def _inline_titles() -> str:
    """Headings that may stand in the middle of a line, in capitals or before a colon."""
    long = [
        t for t in _titles() if len(t) > 3 or t in ("imp", "hpi", "pmh", "psh", "ros", "a/p", "a&p", "fhx")
    ]
    long.sort(key=len, reverse=True)
    return r"(?:^|[.;,?\]|)] {0,3}|\n ?)((?:" + "|".join(phrase(rx_escape(t)) for t in long) + r")) ?:"


def rx_escape(text: str) -> str:
    """A literal as an RE2 pattern; blanks stay blanks."""
    return "".join(c if c.isalnum() or c in " _" else "\\" + c for c in text)


_BULLET = rx(r"^\s*(?:[-*+>#]{1,3}\s*|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)?")
_HEAD = rx(r"^([*\[ ]*)([a-z][a-z0-9 &/\-'#.()]{0,48}?)\s*[\]*]*\s*(:+|-{1,2}(?:\s|$)|$)")


def lines_of(lower: str) -> list[tuple[int, int]]:
    """Where the lines are that are not empty."""
    out, start = [], 0
    for line in lower.split("\n"):
        if line:
            out.append((start, start + len(line)))
        start += len(line) + 1
    return out


def _long_line(window: str) -> bool:
    """Whether a line goes on beyond any heading's length without a mark that ends one before."""
    return (
        len(window) == 64
        and window[0].isalpha()
        and not (window[-1].isspace() or window[-1] in "]*")
        and ":" not in window
        and "-" not in window
    )


_PART = rx(r"^(?:section|part) (?:[a-z]|\d{1,2}|[ivx]{1,4})\b[ :.)-]*")


def find_sections(text: str, lower: str) -> list[Section]:
    """Headings at line starts (with or without colon) and in mid-line before a colon."""
    titles = _titles()
    found: dict[int, Section] = {}
    inline: set[int] = set()
    mixed = any(c.islower() for c in text[:4000])  # in all-capitals text capitals mark no heading
    for begin, end in lines_of(lower):
        body = lower[begin:end]
        plain = body[0].isalpha() and body[1:2] not in (".", ")")
        bullet = None if plain else _BULLET.search(body)
        offset = bullet.end() if bullet else 0
        window = body[offset : offset + 64]
        head = None if _long_line(window) else _HEAD.search(window)
        if not head:
            continue
        title = head.group(2).strip(" .-()#'")
        if title not in titles and not rx(r"[a-z]\. [a-z]").search(title):  # `Time 25 min. Discussed ...:`
            title = rx(r" (?:\d|dated|of \d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*$").sub(
                "", title
            )
        part = _PART.search(title)
        known = titles.get(title) or titles.get(title.split("(")[0].strip())
        known = known or (titles.get(title[part.end() :].strip(" ()")) if part else None)
        raw = text[begin + offset : begin + offset + head.end()]
        colon = ":" in head.group(3)
        alone = body[offset + head.end() :].strip(" *]:-.") == ""
        if known and not colon and not alone:
            known = None
        if known and title.endswith("goals") and _GOALS_TOLD.search(body[offset + head.end() :]):
            known = None  # `Goals: all met.` is a result, not a plan
        if known and not colon and (len(title) <= 2 or _goes_on(lower, begin, raw, body)):
            known = None
        start = begin + offset
        if known is None and part and alone:  # `Section B (clinician)`: what stood before ends here
            found[start] = Section("unknown", title, start, start + head.end())
            continue
        if known is None and not (colon and alone and title and _looks_like_heading(raw, title)):
            continue
        category = known[0] if known else "unknown"
        found[start] = Section(category, title, start, start + head.end())
    for match in rx(_inline_titles()).finditer(lower):
        start = match.start(1)
        title = " ".join(match.group(1).replace("-", " ").split())
        known = titles.get(title) or titles.get(match.group(1))
        if title.endswith("goals") and _GOALS_TOLD.search(lower[match.end() : match.end() + 40]):
            continue
        capitals = mixed and text[start : match.end(1)].isupper()
        if known and start not in found and (capitals or lower[match.start()] in ".;,?|\n"):
            found[start] = Section(known[0], title, start, match.end())
            inline.add(start)
    letters = [m for m in rx(r"(?:^|[.\n;] {0,3})([SOAP]) ?: ").finditer(text) if m.start(1) not in found]
    if len({m.group(1) for m in letters} | {s.title for s in found.values() if len(s.title) == 1}) >= 2:
        for match in letters:  # S: ... O: ... A: ... P: ... on one line
            found[match.start(1)] = Section(
                titles[match.group(1).lower()][0], match.group(1).lower(), match.start(1), match.end()
            )
            inline.add(match.start(1))
    ordered = [found[k] for k in sorted(found)]
    if ordered and _names_visit(lower, ordered[0]):
        ordered = ordered[1:]
    out: list[Section] = []
    outer = Section("", "", 0, 0)
    salutation = _SALUTATION.search(lower)
    for i, section in enumerate(ordered):
        out.append(section)
        limit = ordered[i + 1].start if i + 1 < len(ordered) else None
        if section.start not in inline:
            outer = section
            letter = _LETTER_BODY.search(lower, section.body, limit)
            if letter and (salutation or letter.group(1).startswith(("thank", "many thanks"))):
                # a letter names diagnosis and plan before it begins to tell
                out.append(Section("unknown", "", letter.start(1), letter.start(1)))
                outer = out[-1]
            continue
        blank = rx(r"\n[ ]*\n").search(lower, section.body, limit)
        if blank and rx(r"\S").search(lower, section.body, blank.start()):
            # a heading in mid-line holds to the end of its paragraph; what follows belongs to the section around it
            out.append(Section(outer.category, outer.title, blank.end(), blank.end()))
    return out


_GOALS_TOLD = rx(
    r"^\W*(?:all |both |partially |partly |mostly |not |were |are )*(?:un)?(?:met|achieved|reached)\b"
)


def _goes_on(lower: str, begin: int, raw: str, body: str) -> bool:
    """Whether a line is the end of a sentence that a line break cut: `she has exhausted / conservative measures.`"""
    above = lower[lower.rfind("\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)].rstrip()
    cut = len(above) > 40 and above[-1] not in ".:;!?"
    return cut and (raw[:1].islower() or body.rstrip().endswith("."))


_SALUTATION = rx(r"(?:^|\n)\W*(?:dear|to whom it may concern)\b")
_LETTER_BODY = rx(
    r"\n[ ]*\n((?:thank(?:s| you)|many thanks|i (?:saw|reviewed|met|have|had|was|write|am)|it was|we (?:saw|reviewed|met)|this (?:lady|gentleman|man|woman|patient|\d)|"
    r"he |she |mr\.? |mrs |ms |your patient|the (?:above|patient)|following ))"
)


def _names_visit(lower: str, first: Section) -> bool:
    """`FOLLOW UP 66F` on the first line is the kind of the visit, not the plan at its end."""
    return (
        first.category == "plan"
        and first.title.startswith("follow")
        and not lower[: first.start].strip(" -*#\n")
        and ":" not in lower[first.start : first.body]
    )


def _looks_like_heading(raw: str, title: str) -> bool:
    words = title.split()
    return (
        len(words) <= 5
        and not rx(r"\d").search(title)
        and (raw.strip(" *:[]").isupper() or raw[:1].isupper())
    )
