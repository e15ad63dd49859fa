"""Disability, pain and body mass: ODI in percent, VAS and NRS from 0 to 10, BMI in kg/m2.

A number belongs to the nearest name before it in its sentence (Fairbank 2000 for the Oswestry index,
raw points of 50 doubled). Pain rated "x/10" without the name of a scale is NRS. Strengths, reflexes,
murmurs, visits and dates are not scores.
"""

from __future__ import annotations

from typing import Any

from ..facts import Score
from .dates import When, find_amounts, find_dates, number_of
from .document import Document, Sentence
from .lexicon import Hit, lexicon
from .rx import rx
from .visit import note_date

_LIMITS = {"ODI": (0.0, 100.0), "VAS": (0.0, 10.0), "NRS": (0.0, 10.0), "BMI": (10.0, 90.0)}
_SILENT = frozenset(("education", "criteria", "consent", "family", "allergies", "technique", "comparison"))
_GENERIC = (
    r"\b(?:participants|trials?|stud(?:y|ies)|patients (?:with|who)|criteri(?:a|on)|requires?|required|"
    r"must|inclusion|exclusion|"
    r"baseline mean|mean|at least|or (?:more|greater|higher)|threshold|goal|target|if)\b"
)
_N = r"(\d{1,3}(?:\.\d{1,2})?)"
_VALUE = (
    r"(?:" + _N + r"\s?/\s?(?:10|100|50)\s?(?:-|to|>)+\s?)?"  # 1: "7/10 to 9/10"
    + _N + r"(?:\s?(?:-|to|or)\s?" + _N + r")?"  # 2, 3
    r"(?:(?: points?)?\s?(/|out of(?: a)?(?: possible)?|of)\s?(100|50|10|ten|fifty|hundred)\b)?"  # 4, 5
    r"(?:\s?(%|percent\b|per cent\b|mm\b|cm\b|/10\b))?"  # 6
)  # fmt: skip


_SPELT = rx(
    r"\b((?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen)(?:(?: to | or )(?:\w+))?(?: points?)?(?: out of| per ?cent\b|/ ?10| ?%)"
)


def _digits(text: str) -> str:
    """`eight out of ten` in figures, every character in its place."""
    if "out of" not in text and "per" not in text:
        return text
    for match in _SPELT.finditer(text):
        a, b = match.span(1)
        text = text[:a] + f"{number_of(match.group(1)) or 0:g}".rjust(b - a) + text[b:]
    return text


def read_scores(document: Document) -> tuple[Score, ...]:
    """All scores in the order of the text, those of the present last where dates tell."""
    lower = document.lower
    anchor = document.once(note_date)
    hits = lexicon("scores.toml").find(lower)
    found: list[Score] = []
    at = 0
    for sentence in document.sentences:
        while at < len(hits) and hits[at].start < sentence.start:
            at += 1
        mine = []
        k = at
        while k < len(hits) and hits[k].start < sentence.end:
            mine.append(hits[k])
            k += 1
        at = k
        if (mine or "10" in sentence.text) and sentence.section not in _SILENT:
            found.extend(_sentence(document, sentence, mine, anchor))
    known = {s.date for s in found if s.date}
    if len(known) < 2:
        return tuple(found)
    undated = max(known) if anchor is None else anchor
    return tuple(sorted(found, key=lambda s: s.date or undated))


def _sentence(document: Document, sentence: Sentence, hits: list[Hit], anchor: str | None) -> list[Score]:
    text, base = _digits(sentence.text), sentence.start
    if not rx(r"\d").search(text):
        return []
    own = rx(r"\b(?:my patient|he|she|his|her|patient's|today|current|currently|now)\b").search(text)
    if rx(_GENERIC).search(text) and not own:
        return []
    dates: list[When] = []
    taken: bytearray | None = None
    out: list[Score] = []
    previous = 0
    line = document.lower[max(0, base - 300) : base].rpartition("\n")[2]
    line += document.lower[base : sentence.end + 100].partition("\n")[0]
    scaled = bool(
        rx(
            r"\bpain (?:scale|score|rating|level)\b|\b(?:0|zero|nought|one) ?(?:-|to) ?(?:10|ten)\b|\b(?:current|usual|average|worst|best|least) pain ?[:=]|\bpain (?:now|currently|at (?:best|worst|rest)) ?[:=]|/ ?10\b|\b(?:nrs|vas|nprs)\b"
        ).search(line[-500:])
    )
    for match in rx(r"(?:^|[^\d.])" + _VALUE).finditer(text):
        start = match.start(1) if match.start(1) >= 0 else match.start(2)
        end = match.end()
        head = _name_after(hits, text, base, end) or _head(hits, base + start)
        if head.rule.name == "stop" if head is not None else match.group(5) not in ("10", "ten"):
            continue
        behind = head is not None and head.start - base >= end
        hyphen = head is not None and text[head.end - base : start] == "-"  # "BMI-29"
        if not _plain_number(text, start, match, end, joined=hyphen):
            continue
        if taken is None:
            dates = find_dates(text, anchor)
            taken = _times(text, dates)
        if taken[start]:
            continue
        if head is None:
            if _bare(document, text, start, end):
                low_high = [float(n) for n in match.group(1, 2, 3) if n is not None]
                evidence = document.evidence(base + start, base + end, "score.bare", sentence.section)
                when = anchor if _AT_THE_END.search(text[:start]) else None
                out.extend(Score("NRS", v, evidence, when) for v in low_high if v <= 10)
            continue
        name = head.rule.name
        between = "" if behind else text[head.end - base : start]
        if name == "pain":
            named = _named(hits, head)
            of_ten = named == "ODI" and match.group(5) in ("10", "ten")  # `Oswestry 46, pain 7 out of 10`
            name = named if named and not of_ten else "pain"
        values = _values(name, between, match, scaled)
        if (
            name == "ODI"
            and not match.group(4)
            and not match.group(6)
            and "raw" in text[max(0, start - 20) : start]
        ):
            values = [2 * v for v in values]
        if (
            values == [0.0, 10.0]
            or not values
            or (name in ("pain", "NRS", "VAS") and _elsewhere(text[:start]))
        ):
            continue
        name = "NRS" if name == "pain" else name
        twice = out and out[-1].name == name == "ODI" and abs(out[-1].value - values[0]) < 1
        if twice and rx(r"^\s?[(=,]{1,2}\s?(?:(?:or|that is|which is|that makes|so|i\.?e\.?,?)\s)?$").search(
            text[previous:start]
        ):
            continue  # "23/50 (46%)"
        previous = end
        low, high = _LIMITS[name]
        if any(not low <= v <= high for v in values):
            continue
        when = _date_of(text, head.start - base, start, end, dates)
        when = when or (anchor if _AT_THE_END.search(text[: max(start, head.start - base)]) else None)
        evidence_start = base + (head.start - base if len(between) <= 40 and not behind else start)
        evidence = document.evidence(
            evidence_start, head.end if behind else base + end, head.rule.id, sentence.section
        )
        out.extend(Score(name, v, evidence, when) for v in values)
    return out


# `At intake 7/10. At discharge 1/10`: the second is that of the note's day
_AT_THE_END = rx(
    r"(?:\b(?:at|on|upon|by) (?:discharge|d/c|completion|the (?:end|last visit|final visit)(?: of \w+)?)\b[^.;]{0,30}|\b(?:discharge|final)(?: (?:score|visit|day))?: ?[^.;]{0,20})$"
)


def _times(text: str, dates: list[When]) -> bytearray:
    """1 for each character of a date or a length of time."""
    taken = bytearray(len(text) + 1)
    for day in dates:
        if not (day.fields == 2 and (day.iso is None or _is_fraction(text, day))):
            taken[day.start : day.end] = b"\1" * (day.end - day.start)
    for amount in find_amounts(text):
        taken[amount.start : amount.end] = b"\1" * (amount.end - amount.start)
    return taken


def _elsewhere(before: str) -> bool:
    """Whether the sentence spoke of another part of the body last: "neck: pain 5/10"."""
    site = None
    for match in rx(
        r"\b(?:(back|lumbar|lbp|axial|spine)|(neck|cervical|shoulder|knee|hip|headaches?|arm|hand|wrist|"
        r"foot|ankle|chest|abdominal|ndi|phq|gad|promis|bdi|stress|anxiety|mood|satisfaction)s?)\b"
    ).finditer(before):
        site = match
    return site is not None and bool(site.group(2))


def _bare(document: Document, text: str, start: int, end: int) -> bool:
    """ "7/10." with no name near: a pain rating unless it is a date, a count or a test."""
    if rx(r"\b(?:on|in|of|dated?|since|until|by|seen|mri|through|from|to|for|inj(?:ection)?|\d)\s?$").search(
        text[:start]
    ):
        return False
    if rx(
        r"^\s?(?:[a-z]+\s)?(?:children|visits?|sessions?|people|patients|times|days|tests?|signs?|"
        r"points|power)\b"
    ).search(text[end:]):
        return False
    return bool(rx(r"\b(?:pain|lbp|ache|aching|hurts?|discomfort)\b").search(document.lower))


def _is_fraction(text: str, when: When) -> bool:
    return when.fields == 2 and bool(rx(r"^\d{1,2}/(?:10|50)$").search(text[when.start : when.end]))


def _plain_number(text: str, start: int, match: Any, end: int, *, joined: bool) -> bool:
    before, after = "" if joined else text[max(0, start - 3) : start], text[end : end + 8]
    if rx(r"[\w#$]-?$|[/:]$|\d[.-]$").search(before) and not rx(
        r"(?:^|[^\w])(?:>|=|~|:|-)$|[a-z]: ?$|=$"
    ).search(before):
        return False
    if rx(r"^(?:\d|/\s?\d|-\d|\.\d|[a-z])").search(after):
        return False
    if match.group(5) and after.startswith(" point"):
        return True
    return not rx(
        r"^\s?(?:mg|mcg|ml|lbs?\b|kg\s|kg$|degrees|deg|x\b|times|weeks?|months?|years?|days?|yo\b|y/o|"
        r"minutes?|min\b|hours?|visits?|sessions?|points?\b|pt\b|wks?\b)"
    ).search(after)


def _name_after(hits: list[Hit], text: str, base: int, end: int) -> Hit | None:
    """`scored 23/50 on the Oswestry`: the scale named behind its number."""
    link = rx(r"^(?: points?)? (?:on|by|for|in) (?:(?:the|her|his|an?|modified) )*").search(text[end:])
    at = base + end + link.end() if link else -1
    return next((h for h in hits if h.start == at and h.rule.name in ("ODI", "VAS", "NRS")), None)


def _head(hits: list[Hit], position: int) -> Hit | None:
    """The nearest name before the number."""
    nearest = None
    for hit in hits:
        if hit.end <= position:
            nearest = hit
    return nearest


def _named(hits: list[Hit], head: Hit) -> str | None:
    """ "VAS: worst 9": the scale named before a plain "worst"."""
    for hit in reversed([h for h in hits if h.end <= head.start]):
        if hit.rule.name in ("VAS", "NRS", "ODI"):
            return hit.rule.name if head.start - hit.end < 60 else None
        if hit.rule.name in ("stop", "BMI"):
            return None
    return None


def _values(name: str, between: str, match: Any, scaled: bool) -> list[float]:
    """The value or the two ends of a range, on the scale of the name; [] when the number is none."""
    first, low, high = match.group(1), match.group(2), match.group(3)
    whole, unit = match.group(5), match.group(6)
    numbers = [float(n) for n in (first, low, high) if n is not None]
    far = len(between) > (70 if name in ("ODI", "VAS", "NRS") else 40)
    if name == "pain":
        scored = whole in ("10", "ten") or unit == "/10"
        short = rx(r"^(?:[\s:=-]{1,4}|,? (?:is|was|at|of)(?: an?| about| around)? )$").search(
            between
        ) and "/" not in match.group(0)
        if (
            not scored
            and not (short and scaled)
            and not rx(r"(?:scale|score|level|rating|rates?|rated|0-10|0 to 10)[^.]{0,30}$").search(
                between[-40:] or ""
            )
        ):
            return []
        if unit == "%" or (unit or "").startswith("per") or (far and not scored):
            return []
        return numbers
    if far:
        return []
    if name == "ODI":
        if whole in ("50", "fifty"):
            return [n * 2 for n in numbers]
        if whole in ("10", "ten") or unit in ("mm", "cm"):
            return []
        return numbers
    if name == "BMI":
        return [] if whole or unit or high else numbers[:1]
    if (unit or "").startswith(("%", "per")):
        return []
    if unit == "mm" or whole in ("100", "hundred") or any(n > 10 for n in numbers):
        numbers = [n / 10 for n in numbers]
    return numbers


def _date_of(text: str, head: int, start: int, end: int, dates: list[When]) -> str | None:
    """A date right before the name, between name and number, or right after the number."""
    told = [w for w in dates if w.iso and not rx(r"^(?:today|this)").search(text[w.start : w.end])]
    link = rx(r"^[\s,(]{0,3}(?:on|in|at|from|dated|as of)?\s?\(?$")
    after = [w for w in told if end <= w.start and link.search(text[end : w.start])]
    inside = [w for w in told if head <= w.start and w.end <= start]
    ahead = [w for w in told if w.end <= head and rx(r"^[\s,:)-]{0,4}$").search(text[w.end : head])]
    return next((w.iso for w in after + inside + ahead), None)
