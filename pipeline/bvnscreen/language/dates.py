"""Amounts of time and calendar dates in running text.

    find_amounts(text) -> list[Amount]          every "6-8 weeks", "x6mo", "two and a half decades", "years"
    months_of(text) -> (low, high) | None       the first amount of the text, in months
    find_dates(text, anchor) -> list[When]      every date, "summer 2023", "since March" as a span of days
    parse_date(text, anchor) -> str | None      the first date, ISO, as exact as written: 2023-06
    number_of(text) -> float | None             "three" "a couple" "2 1/2" "twenty-four (24)"
    to_date(iso) -> date | None                 the first day of an ISO date of any exactness
    months_between(first, last) -> float        days / 30.4

A bound of None is open: "more than three years" is (36, None), "less than six months" (None, 6).
One week is 7 days, one month 30.4 days, one year 12 months. Ages ("a 45-year-old") and frequencies
("twice a day", "3 days a week") are not amounts. `anchor` is the ISO date of the note: it completes
dates without a year, and nothing is ever measured from today. Text is matched in lower case; every
function is linear in its length.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.easter import easter

from .rx import rx

DAYS_A_MONTH = 30.4

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_WORDS = {w: float(i) for i, w in enumerate(ONES.split())}
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10.0 * i for i, word in enumerate(_DECADES, 2)}
# Vague words: the least they mean. "A couple" is taken as two.
_VAGUE = {
    "few": 2.0,
    "several": 3.0,
    "many": 3.0,
    "multiple": 2.0,
    "numerous": 3.0,
    "some": 2.0,
    "number": 3.0,
}
_VAGUE_YEARS = 24.0  # "several years", "years": at least two

_UNITS = {
    "hour": 1 / 24 / DAYS_A_MONTH,
    "day": 1 / DAYS_A_MONTH,
    "week": 7 / DAYS_A_MONTH,
    "fortnight": 14 / DAYS_A_MONTH,
    "month": 1.0,
    "year": 12.0,
    "decade": 120.0,
    "century": 1200.0,
}
_UNIT_OF = {"h": "hour", "d": "day", "w": "week", "f": "fortnight", "m": "month", "y": "year", "c": "century"}

_ONE = "|".join(sorted(_WORDS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_NUMBER = (
    r"(?:\d{1,4}[ -]1/[24]|\d{1,4}(?:\.\d{1,2})?|(?:" + _TEN + r")(?:[ -](?:" + _ONE + r"))?|" + _ONE + r")"
    r"(?:\s?\(\s?\d{1,3}\s?\))?(?:\s?\+|\s?plus\b)?(?:[\s-](?:and[\s-](?:(?:a|one)[ -](?:half|quarter)|three[ -]quarters?)|1/2))?"
)
_INEXACT = (
    r"(?:(?:a|the|last|past)\s)?(?:good\s|great\s)?(?:couple|few|several|many|multiple|numerous|some|"
    r"number)(?:\s(?:of|more))?"
    r"|(?:(?:three|3)[ -]quarters|3/4|(?:two|2)[ -]thirds|2/3|(?:a|one)[ -]third)(?:\sof)?(?:\san?)?"
    r"|(?:one[ -])?half(?:\sof)?(?:\san?)?|1/2(?:\sof)?(?:\sa)?|a\shalf|(?:a\s)?quarter(?:\sof\sa)?|"
    r"an?(?:\s(?:full|whole|good))?"
)
_QUANTITY = r"(?:" + _NUMBER + "|" + _INEXACT + r")"
_UNIT = (
    r"(?:hours?|hrs?|days?|d|weeks?|wks?|w|fortnights?|months?|mos?|mths?|m|years?|yrs?|y|decades?|"
    r"century|centuries)"
    r"(?:\(s\))?"
)
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = "|".join(_ORDINALS)
_CANDIDATE = (
    r"(?:\bx\s?|\b)"
    r"("
    + _QUANTITY
    + r")(?:-?\s?(?:-|to|or|and|through)\s?("
    + _QUANTITY
    + r"))?[\s-]{0,2}(?:(?:consecutive|straight|solid|full|whole|complete|continuous)\s)?("
    + _UNIT
    + r")(\sand\s(?:an?[ -]half|a[ -]quarter|three[ -]quarters))?\b"
    r"|\b(years|decades|months|weeks|days|(?:yr|mo|mth|wk)s)\b"
    r"|\b(?:the|this|these)\s(?:past|last|previous)\s(day|week|fortnight|month|year|decade)(?:(\sand\sa[ -]half)\b)?\b"
    r"|\b(?:(?:into|in|entering|starting|on|reach(?:ed|es|ing)|hit)\s(?:its|his|her|my|their|the|a)|the)\s("
    + _ORDINAL
    + r")\s(month|year|decade)\b"  # 8-9
    r"|\b(?:x\s?)?(\d{1,3})/(52|12|7)\b"  # 10-11
    r"|\((years?|yrs?|months?|mos?|weeks?|wks?|days?)\)\s?[:=]?\s?(\d{1,3}(?:\.5)?)\b"  # 12-13
    r"|\b(day|week|month)\s#?(\d{1,4})\s(?:since|after|post|following|from|of\s[a-z])"  # 14-15: day 400 since the fall
    r"|\b("
    + _QUANTITY
    + r")\s(?:winters?|springs?|summers?|falls?|autumns?|christmas(?:es)?|seasons?)(\s(?:ago|back|now|running))\b"  # 16-17
)

# What makes 6/12 six months and 5/7 five days.
_TIME_BEFORE = (
    r"(?:\bx\s?|\b(?:for|past|last|these|pain|back|lbp|ache|backache|history|hx|duration|onset|about|over|some|~|approx\.?)"
    r"[\s:,(~-]{1,3})[<>~]?\s?$"
)
_TIME_AFTER = (
    r"^\s(?:hx|history|h/o|ago|of|(?:low|lower|lumbar|chronic|c?lbp|back|pain|worsening|duration|or so)\b)"
)

_PRE_MORE = (
    r"(?:>\s?=?|\b(?:more|greater|longer|better) than|\bover|\bat least|\bin excess of|\bexceed(?:s|ing|"
    r"ed)?|\bupwards of|\b(?:no|not) (?:less|fewer) than|\b(?:a )?minimum(?: of)?|\bbeyond|\bwell past|"
    r"\bgreater)"
)
_PRE_LESS = r"(?:<\s?=?|\bnot yet|\b(?:less|shorter|fewer) than|\bunder|\bwithin)"
_PRE_MOST = r"(?:\b(?:no|not) (?:more|longer) than|\bat most|\bup to|\b(?:a )?maximum(?: of)?)"
_PRE_NEAR = r"(?:\bnearly|\balmost|\bclose to|\bapproaching|\bnearing|\b(?:shy|short) of|\bnot quite|\bcoming up (?:on|to|for))"
_PRE_ON = r"\b(?:going|getting) on(?: for)?"
_PRE = (
    r"(?:("
    + _PRE_MORE
    + r")|("
    + _PRE_LESS
    + r")|("
    + _PRE_MOST
    + r")|("
    + _PRE_NEAR
    + r")|("
    + _PRE_ON
    + r"))"
    r"(?:\s(?:about|approximately|roughly|the))?\s?$"
)
_POST = (
    r"^(?:\.?\s?(\+|\(?plus\b|(?:or|and) (?:more|longer|greater|over|above|beyond)\b|and counting\b|"
    r"at (?:least|minimum)\b|minimum\b|at a minimum\b)"
    r"|\.?\s(or (?:less|shorter|fewer|under)\b)|\.?\s(or so\b|(?:at|or) most\b)|\sor (two|three)\b)"
)
_AGE = r"^(?:\(s\))?(?:[\s-]{0,2}old\b|[ .]?/?[ .]?o\b|[\s-]{0,2}of[\s-]age\b)"
_OLD_PAIN = (  # "her pain is not six months old", "it is now three years old"
    r"\b(?:pain|lbp|ach(?:e|ing)|backache|soreness|symptoms?|complaint|problem|trouble|injury)\b[a-z ,]{0,44}$"
    r"|\b(?:it|this|that) (?:is|was)(?: (?:now|already|about|nearly|almost|some|over))* $"
)
_OLD_ENDS = r"^[\s-]{0,2}old\s*(?:[.,;:)]|$|(?:and|but|now|when|with|which|that|or|at|by|today|already)\b)"  # of no person
_OLD_THING = (
    r"^[\s-]{0,2}old\s+(?:(?:low|lower|back|lumbar|spine|neck|knee|work|workplace|industrial|sports?|"
    r"car|auto)[\s-]+){0,3}"
    r"(?:injury|accident|problem|complaint|condition|pain|backache)\b"
)
_RATE_AFTER = r"^\s?(?:/|per\s|an?\s|each\s|every\s|out of\s)(?:the\s)?(?:d|day|wk|week|mo|month|yr|year)\b"
_RATE_BEFORE = (
    r"(?:\b(?:times?|once|twice|thrice|daily|visits?|sessions?|days?|nights?|hours?|hrs?|mg|x|tabs?|"
    r"tablets?|pills?|per|packs?|ppd|every|each|drinks?|cups?|beers?|pounds|lbs?|oz|attacks?|episodes?|"
    r"flares?|\d)|/)\s?$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time. Offsets are half-open and hold its "more than" and "or so".

    `low`, `high`: months, None for open. `below`: `high` itself is excluded ("less than 6 months").
    `vague`: the text gives no figure ("several years", "weeks"). `unit`: the largest unit written.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    below: bool = False
    vague: bool = False

    def at_least(self, months: float) -> bool | None:
        """Whether it reaches so many months; None when it can't be told."""
        return reaches(self.low, self.high, months, self.below)


def reaches(low: float | None, high: float | None, months: float, below: bool = False) -> bool | None:
    """Whether an interval of months lies at or above a threshold, below it, or across it (None)."""
    months *= 0.985  # 26 weeks and 180 days are half a year
    if low is not None and low >= months and not (below and high == low and low * 0.985 <= months):
        return True
    if high is not None and (high < months or (below and high * 0.985 <= months)):
        return False
    return None


def number_of(text: str) -> float | None:
    """The number a quantity stands for: digits, words, "a couple", "2 1/2". None if there is none."""
    words = text.strip().lower()
    if words.isdigit():
        return float(words)
    gloss = words.find("(")
    if gloss > 0:
        words = words[:gloss] + words[words.find(")") + 1 :]
    words = words.replace("+", " ").replace(" plus", " ").strip()
    half = 0.0
    found = rx(
        r"(?:[\s-](?:and[\s-](?:(?:a|one)[ -](?:half|quarter)|three[ -]quarters?)|1/2)|(?:^|[ -])(\d{1,4})[ -](1/[24]))$"
    ).search(words)
    if found and found.group(2):
        return float(found.group(1)) + (0.5 if found.group(2) == "1/2" else 0.25)
    if found:
        half, words = _fraction(found.group(0)) or 0.5, words[: found.start()].strip()
    if rx(r"^\d+(?:\.\d+)?$").search(words):
        return float(words) + half
    parts = words.replace("-", " ").split()
    if fraction := _fraction(words):
        return fraction
    if "couple" in parts:
        return 2.0
    total = 0.0
    known = False
    for part in parts:
        value = _WORDS.get(part, _TENS.get(part, _VAGUE.get(part)))
        if value is not None:
            total, known = total + value, True
        elif part in ("a", "an") and not known and len(parts) <= 2:
            total, known = 1.0, parts[-1] in ("a", "an", "full", "whole", "good")
            if not known:
                total = 0.0
    return total + half if known else None


def _fraction(words: str) -> float | None:
    """The part of a whole: half, a quarter, three quarters, two thirds."""
    many = rx(r"^(?:.*\b)?(?:three|two|[23])\b").search(words) is not None
    if "half" in words or words.startswith("1/2"):
        return 0.5
    if "quarter" in words or words.startswith("3/4"):
        return 0.75 if many else 0.25
    return (2 / 3 if many else 1 / 3) if "third" in words or words.startswith("2/3") else None


def _is_vague(quantity: str) -> bool:
    return any(word in quantity for word in _VAGUE)


def find_amounts(text: str) -> list[Amount]:
    """All lengths of time in the text, in order. Ages and frequencies are left out."""
    lower = text.lower().replace("_", " ")  # a blank filled in: "_9_ months"
    found: list[Amount] = []
    joints: list[tuple[int, int]] = []  # the bare "quantity unit" inside each, for "2 years 3 months"
    for match in rx(_CANDIDATE).finditer(lower):
        blank = match.group(5) and "__" in text[max(0, match.start() - 4) : match.start()]
        amount = None if blank else _amount(lower, match)
        if amount is None:
            continue
        if found and _compound(lower, found[-1], joints[-1], amount, match):
            first = found[-1]
            found[-1] = replace(
                first,
                end=amount.end,
                low=_plus(first.low, amount.low),
                high=_plus(first.high, amount.high),
            )
            joints[-1] = (joints[-1][0], match.end())
            continue
        between = lower[found[-1].end : amount.start] if found else ""
        if found and rx(r"^\s?(?:-|to)\s?$").search(between) and _rising(found[-1], amount):
            found[-1] = replace(found[-1], end=amount.end, high=amount.high, unit=amount.unit)
            joints[-1] = match.span()
            continue
        found.append(amount)
        joints.append(match.span())
    return found


def _rising(first: Amount, second: Amount) -> bool:
    """ "6 weeks to 3 months" is one range."""
    return first.high is not None and second.low is not None and first.high < second.low


def _plus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


def _compound(lower: str, first: Amount, joint: tuple[int, int], second: Amount, match: Any) -> bool:
    """ "2 years and 3 months" is one amount; "4 weeks, 2 years" is not."""
    if first.vague or second.vague or match.start() < joint[1] or match.group(2):
        return False
    between = lower[joint[1] : match.start()]
    if between.startswith(".") and not rx(r"(?:^|[^a-z])(?:yrs?|mos?|wks?)$").search(
        lower[max(0, joint[1] - 5) : joint[1]]
    ):
        return False
    if "," in between and rx(r"^\s?(?:of|hx|history|h/o)\b").search(lower[match.end() :][:12]):
        governed = rx(r"[a-z]\s?$").search(lower[max(0, first.start - 20) : first.start])
        if governed or (first.unit, second.unit) == ("year", "week"):
            return False  # "smoker for 30 years, 2 months of back pain"
    return _UNITS[second.unit] < _UNITS[first.unit] and bool(rx(r"^\.?,?\s?(?:and\s|&\s?)?$").search(between))


def _amount(lower: str, match: Any) -> Amount | None:
    start, end = match.span()
    before = lower[max(0, start - 30) : start]
    after = lower[end : end + 60]
    if match.group(5):
        return _bare(match.group(5), start, end, before)
    if match.group(6):
        one = _UNITS[match.group(6)] * (1.5 if match.group(7) else 1.0)
        return Amount(match.start(6), end, one, one, match.group(6))
    if match.group(8):
        if lower.startswith("the ", start) and not rx(r"^ of (?:it|this|the|his|her|low|back|pain)\b").search(
            after
        ):
            return None
        count = _ORDINALS.index(match.group(8)) + 2
        one = _UNITS[match.group(9)]
        return Amount(start, end, (count - 1) * one, count * one, match.group(9))
    first, second, unit_words, half = match.group(1), match.group(2), match.group(3), match.group(4)
    if match.group(10):  # British: 3/52 is three weeks, 18/12 eighteen months
        if (after[:1] in ("/", "-") and after[1:2].isdigit()) or before[-1:] in ("/", "-", "#"):
            return None
        first, unit_words = match.group(10), {"52": "weeks", "12": "months", "7": "days"}[match.group(11)]
        if unit_words != "weeks" and not (
            rx(_TIME_BEFORE).search(before + lower[start : match.start(10)]) or rx(_TIME_AFTER).search(after)
        ):
            return None  # a score or a day of the year
    if match.group(12):
        unit = _UNIT_OF[match.group(12)[0]]
        count_of = float(match.group(13)) * _UNITS[unit]
        return Amount(start, end, count_of, count_of, unit)
    if match.group(14):
        one = int(match.group(15)) * _UNITS[match.group(14)]
        return Amount(start, match.end(15), one, one, match.group(14))
    if match.group(16):  # "two winters ago"
        years = number_of(match.group(16)) or 1.0
        return Amount(start, match.start(17), 12 * years - 12, 12 * years + 12, "year", vague=True)
    mark = before[-1:]
    if mark.isdigit() or mark in ("/", ".", ":", "#", "$") or (mark == "-" and before[-2:-1].isalnum()):
        return None
    unit = "decade" if unit_words.startswith("decade") else _UNIT_OF[unit_words[0]]
    if len(unit_words) == 1 and not _letter_unit(unit_words, lower[start:end], before, after):
        return None
    if "o" in after[:8] and rx(_AGE).search(after):
        of_pain = rx(_OLD_ENDS).search(after) and rx(_OLD_PAIN).search(lower[max(0, start - 60) : start])
        if not rx(_OLD_THING).search(after) and not of_pain:
            return None
    if after.lstrip()[:1] in tuple("/paeo") and rx(_RATE_AFTER).search(after):
        return None
    if first in ("a", "an") and rx(_RATE_BEFORE).search(before):
        return None
    low = number_of(first)
    high = number_of(second) if second else low
    if low is None or high is None:
        return None
    vague = _is_vague(first) or (second is not None and _is_vague(second))
    separator = lower[match.end(1) : match.start(2)].strip() if second else ""
    if separator == "and" and not before.rstrip().endswith("between"):
        low = high  # "at 3 and 6 months": the nearer one
    if separator == "-" and second and high < low:
        return None
    factor = _UNITS[unit]
    below = False
    low, high = low * factor, high * factor
    if half:
        more = (_fraction(half) or 0.5) * factor
        low, high = low + more, high + more
    floor: float | None = low
    ceiling: float | None = high
    if vague:
        floor, ceiling = _vague_bounds(unit, low)
    if "+" in first + (second or "") or "plus" in first:
        ceiling = None
    pre = rx(_PRE).search(before)
    if pre and not (pre.group(1) == "over" and rx(r"\bturn(?:ed|ing)? over\s?$").search(before)):
        start -= len(before) - pre.start()
        if pre.group(1):
            ceiling = None
        elif pre.group(2):
            floor, below = None, True
        elif pre.group(3):
            floor = None
        elif pre.group(4):
            below = True
        elif pre.group(5):
            floor, below = low - factor if low > factor else low * 0.75, True
    post = rx(_POST).search(after)
    if post:
        end += post.end()
        if post.group(1):
            ceiling = None
        elif post.group(2):
            floor = None
        elif post.group(4) and first in ("a", "an", "one"):
            ceiling = factor * (_WORDS[post.group(4)])
    return Amount(start, end, floor, ceiling, unit, below, vague)


def _letter_unit(letter: str, words: str, before: str, after: str) -> bool:
    """ "x6m", "3d hx", "2 y": a lone letter is a unit where nothing else is likely ("40M" is a man)."""
    if not words.rstrip()[:-1].rstrip(" -").endswith(tuple("0123456789)+")):
        return False
    if words.startswith("x") or rx(
        r"\b(?:x|for|duration|onset|hx)[\s:=-]{0,3}(?:of\s|about\s|approx\s|~|>|<)?$"
    ).search(before):
        return True
    if rx(r"^[\s-]?(?:hx|history|ago|h/o)\b").search(after):
        return True
    if letter in "dw" and rx(r"^ of [a-z]").search(after):
        return True
    return letter == "y" or (letter in "dw" and words[-2:-1].isdigit())


def _bare(word: str, start: int, end: int, before: str) -> Amount | None:
    """ "For years": the least that a plural means."""
    named = (
        r"(?:\d|\d\.|\b(?:of|every|most|other|all|good|bad|work|school|teen\w*|early|later|golden|these|"
        r"which))\s?-?$"
    )
    counted = r"\b(?:couple|number|matter|period|lots|plenty) of\s$"
    if rx(named).search(before) and not rx(counted).search(before):
        return None
    unit = "decade" if word == "decades" else _UNIT_OF[word[0]]
    if len(word) < 5 and word != "days" and not rx(r"\b(?:x|for|of)\s?$").search(before):
        return None
    low, high = _vague_bounds(unit, 2 * _UNITS[unit])
    return Amount(start, end, low, high, unit, False, True)


def _vague_bounds(unit: str, low: float) -> tuple[float | None, float | None]:
    """Vague years are two at least, vague months open; nobody counts half a year in vague weeks."""
    if unit in ("year",):
        return _VAGUE_YEARS, None
    if unit == "week":
        return low, 12 * _UNITS["week"]
    if unit in ("day", "hour"):
        return low, 14 * _UNITS["day"]
    return low, None


def months_of(text: str) -> tuple[float | None, float | None] | None:
    """The first length of time in the text as (low, high) months, or None."""
    for amount in find_amounts(text):
        return amount.low, amount.high
    return None


# --- dates ------------------------------------------------------------------------------------------

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "fall": (9, 12), "autumn": (9, 12), "winter": (12, 3)}
_SEASON_SLACK = timedelta(14)  # nobody's "summer" is exact to the day
_HOLIDAYS = {
    "thanksgiving": (11, 22, 28),
    "christmas": (12, 24, 26),
    "boxing day": (12, 26, 26),
    "xmas": (12, 24, 26),
    "halloween": (10, 31, 31),
    "labor day": (9, 1, 7),
    "memorial day": (5, 25, 31),
    "independence day": (7, 4, 4),
    "fourth of july": (7, 4, 4),
    "4th of july": (7, 4, 4),
    "july 4th": (7, 4, 4),
    "new year": (1, 1, 1),
    "valentine": (2, 14, 14),
    "veterans day": (11, 11, 11),
    "mother's day": (5, 8, 14),
    "father's day": (6, 15, 21),
    "easter": (3, 22, 56),  # see _easter
    "hanukkah": (11, 28, 60),
    "super bowl": (2, 1, 14),
}
_HOLIDAY = r"(?:" + "|".join(sorted(_HOLIDAYS, key=len, reverse=True)) + r")(?:'?s)?(?: eve| day)?"
_PART = r"(?:early|mid|middle of|late|the beginning of|beginning of|the end of|end of|the start of)"
_YEAR = r"(?:19[3-9]\d|2\d{3})"
_DATE = (
    r"\b(" + _YEAR + r")-(\d{1,2})-(\d{1,2})\b"  # 1-3
    r"|\b(\d{1,2})([/.-])(\d{1,2})[/.-](" + _YEAR + r"|\d{2})\b"  # 4-7
    r"|\b(\d{1,2})[/-](" + _YEAR + r")\b"  # 8-9
    r"|\b(" + _HOLIDAY + r")\b(?:,? (?:of )?(" + _YEAR + r"|last year|this year)\b)?"  # 10-11
    r"|\b(?:(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -])?(" + _MONTH + r")\b\.?"  # 12-13
    r"(?:(?:[ -](\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? ?(?:of )?[ -]?('?\d{2}\b|"
    + _YEAR
    + r"\b|last year\b|this year\b))?)"  # 14-15
    r"|\b(?:("
    + _PART
    + r")[ -])?(spring|summer|fall|autumn|winter)\b(?:,? (?:of )?("
    + _YEAR
    + r")\b)?"  # 16-18
    r"|\b(" + _PART + r")[ -](" + _YEAR + r")\b"  # 19-20
    r"|\b(?:the |(early|mid|late)[ -](?:the )?)?(?:(19|20)(\d)0|'?([5-9])0)'?s\b"  # 21-24
    r"|\b(" + _YEAR + r")\b"  # 25
    r"|\b(last year|this year|last month|this month|last week|this week|yesterday|today|this morning|"
    r"last night)\b"  # 26
    r"|\b(\d{1,2})/(\d{1,2})\b"  # 27-28
    r"|'(\d{2})\b"  # 29
    r"|\b((?:the )?(?:covid(?:-?19)?[ -])?(?:pandemic|lock ?downs?)|(?:covid|corona(?:virus)?)(?:-?19)? (?:began|started|hit|came))\b"  # 30
)
_EARLIER = ("before", "prior to", "preceding", "around", "of")
_LATER = ("after", "following", "around", "of")
_PANDEMIC = (date(2020, 3, 1), date(2021, 12, 31))
# "the day after", "two weeks before", "the weekend of" a date: the count and the unit, and which way.
_BESIDE = (
    r"\b(?:the |that )?(?:(a|one|two|three|four|2|3|4|(?:a )?(?:few|couple)(?: of)?) )?(?:very )?"
    r"(day|night|morning|weekend|week|month)s? (after|following|before|prior to|preceding|of|around) (?:the )?$"
)
_CLOSE = (
    r"\b(?:shortly|soon|just|right|not long|a (?:little|bit)(?: while)?|some time) (after|before) (?:the )?$"
)
_CLOSELY = timedelta(21)  # what "shortly after" may be


@dataclass(frozen=True, slots=True)
class When:
    """A date as a span of days, both included. Offsets are half-open.

    `readings` holds two spans where the text allows two ("3/24": 24 March or March 2024), none when
    the year can't be told. `iso` is as exact as the text, None when there are two readings.
    `fields`: how many numbers a slashed date has (2 for "3/24"); 0 for all others.
    """

    start: int
    end: int
    iso: str | None
    readings: tuple[tuple[date, date], ...]
    fields: int = 0

    @property
    def first(self) -> date | None:
        """The earliest day it can be."""
        return min((a for a, _ in self.readings), default=None)

    @property
    def last(self) -> date | None:
        """The latest day it can be."""
        return max((b for _, b in self.readings), default=None)


@lru_cache(maxsize=1024)
def to_date(iso: str | None) -> date | None:
    """The first day of an ISO date of any exactness; None if it is none."""
    found = rx(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?").search(iso or "")
    if not found:
        return None
    return _day(int(found.group(1)), int(found.group(2) or 1), int(found.group(3) or 1))


def months_between(first: date, last: date) -> float:
    """Months (of 30.4 days) from one day to another."""
    return (last - first).days / DAYS_A_MONTH


def parse_date(text: str, anchor: str | None = None) -> str | None:
    """The first date in the text, as exact as it is written; None if there is none or it has two readings."""
    for when in find_dates(text, anchor):
        return when.iso
    return None


def find_dates(text: str, anchor: str | None = None) -> list[When]:
    """All dates in the text, in order. Without an anchor, dates that lack a year have no readings.

    Two-field dates ("3/24") are listed too, with `fields` 2: only the words around tell them from scores.
    """
    lower = text.lower()
    today = to_date(anchor)
    out: list[When] = []
    for match in rx(_DATE).finditer(lower):
        when = _when(lower, match, today)
        if when is None:
            continue
        if out and match.group(13) and match.group(15):
            out[-1] = _same_year(lower, out[-1], when)
        out.append(_beside(lower, when))
    return out


def _beside(lower: str, when: When) -> When:
    """ "The week after Labor Day": a day told by another."""
    found = rx(_BESIDE).search(lower[max(0, when.start - 40) : when.start])
    if close := None if found else rx(_CLOSE).search(lower[max(0, when.start - 30) : when.start]):
        before, after = (_CLOSELY if close.group(1) == way else timedelta() for way in ("before", "after"))
        spans = tuple((a - before, b + after) for a, b in when.readings)
        return replace(when, iso=None, readings=spans)
    if not found:
        return when
    start = when.start - len(found.group(0))
    unit = timedelta({"week": 7, "month": 31}.get(found.group(2), 3 if found.group(2) == "weekend" else 1))
    reach = unit * (number_of((found.group(1) or "one").removesuffix(" of")) or 1.0)
    way = found.group(3)
    before, after = (reach if way in words else timedelta() for words in (_EARLIER, _LATER))
    return replace(
        when, start=start, iso=None, readings=tuple((a - before, b + after) for a, b in when.readings)
    )


def _same_year(lower: str, first: When, last: When) -> When:
    """ "June to November 2024": a month takes its year from the end of its range."""
    if not rx(r"^ ?(?:-|to|through|thru|until|and|,|/) ?$").search(lower[first.end : last.start]):
        return first
    named = rx(r"^(" + _MONTH + r")\.?$").search(lower[first.start : first.end])
    if not named or last.first is None:
        return first
    month = _MONTHS.index(named.group(1)[:3]) + 1
    span = _month(last.first.year - (month > last.first.month), month)
    return replace(first, iso=span[0].isoformat()[:7], readings=(span,)) if span else first


def _when(lower: str, match: Any, anchor: date | None) -> When | None:
    g = match.group
    start, end = match.span()
    before = lower[max(0, start - 16) : start]
    after = lower[end : end + 12]

    def one(span: tuple[date, date] | None, iso: str | None, fields: int = 0) -> When | None:
        return When(start, end, iso if span else None, (span,) if span else (), fields)

    if g(1):
        d = _day(int(g(1)), int(g(2)), int(g(3)))
        return one((d, d), d.isoformat(), 3) if d else None
    if g(4):
        if lower[match.end(6)] != g(5):
            return None
        if g(5) == "." and len(g(7)) == 2:
            return None  # 4.5.20 is a section number as often as a date
        year = _year(g(7), anchor)
        d = _day(year, int(g(4)), int(g(6))) or _day(year, int(g(6)), int(g(4)))
        return one((d, d), d.isoformat(), 3) if d else None
    if g(8):
        month = _month(int(g(9)), int(g(8)))
        return one(month, f"{int(g(9)):04d}-{int(g(8)):02d}", 2) if month else None
    if g(10):
        return _holiday(g(10), g(11), anchor, start, end)
    if g(13):
        return _named_month(match, anchor, before, after)
    if g(17):
        return _season(match, anchor, before)
    if g(19):
        a, b = _part(g(19))
        year = int(g(20))
        return one((date(year, a, 1), date(year, b, monthrange(year, b)[1])), str(year))
    if g(23) or g(24):
        if (g(24) and not (g(21) or lower[start:end].startswith("the "))) or rx(
            r"\b(?:her|his|their|my)\s$"
        ).search(before):
            return None
        decade = int(g(22) + g(23) + "0") if g(23) else 1900 + int(g(24)) * 10
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(g(21) or "", (0, 9))
        return one((date(decade + low, 1, 1), date(decade + high, 12, 31)), None)
    if g(25):
        if rx(r"[\d#$.,/-]$").search(before) or rx(
            r"^(?:[.,/-]\d| ?(?:mg|mcg|ml|iu|units?|cal|steps|hours|lbs?|feet|mm|%|hrs|/ ?d(?:ay)?)\b)"
        ).search(after):
            return None
        year = int(g(25))
        return one((date(year, 1, 1), date(year, 12, 31)), str(year))
    if g(26):
        if rx(r"\b(?:his|her|my|their)\s$").search(before) or rx(r"^ (?:of|in|at) ").search(after):
            return None  # "his last year in the Navy"
        return _relative(g(26), anchor, start, end)
    if g(29):
        if not rx(r"(?:^|[a-z),;])\s?\(?$").search(before):
            return None  # a height, an opening quotation mark
        year = _year(g(29), anchor)
        return one((date(year, 1, 1), date(year, 12, 31)), str(year))
    if g(30):
        return one(_PANDEMIC, None)
    if rx(r"^ ?(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?)\b").search(after):
        return None  # "1 1/2 years"
    return _two_fields(int(g(27)), int(g(28)), len(g(28)), anchor, start, end)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> tuple[date, date] | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(digits: str, anchor: date | None) -> int:
    """Two digits are the latest such year that is not after the note's."""
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    limit = anchor.year if anchor else 2049
    year = limit - limit % 100 + int(digits)
    return year if year <= limit else year - 100


def _part(words: str) -> tuple[int, int]:
    if "early" in words or "beginning" in words or "start" in words:
        return 1, 4
    return (9, 12) if "late" in words or "end" in words else (5, 8)


def _before(anchor: date, first: date, last: date) -> tuple[date, date]:
    """The latest such span of the calendar that began by the anchor."""
    while first > anchor:
        first, last = _year_back(first), _year_back(last)
    return first, last


def _year_back(d: date) -> date:
    return d.replace(year=d.year - 1, day=28) if (d.month, d.day) == (2, 29) else d.replace(year=d.year - 1)


def _holiday(words: str, year: str | None, anchor: date | None, start: int, end: int) -> When:
    name = max((h for h in _HOLIDAYS if words.startswith(h)), key=len)
    month, a, b = _HOLIDAYS[name]
    if year is None and anchor is None:
        return When(start, end, None, ())
    if year and year.endswith("year"):
        year = str(anchor.year - (year == "last year")) if anchor else None
        if year is None:
            return When(start, end, None, ())
    of = int(year) if year else anchor.year if anchor else 0
    origin = date(of, month, 1)
    span = (origin + timedelta(a - 1), origin + timedelta(b - 1))
    if name == "easter":
        span = _easter(of)
        if year is None and anchor and span[0] > anchor:
            span = _easter(of - 1)
    elif year is None and anchor:
        span = _before(anchor, *span)
    iso = span[0].isoformat() if a == b else span[0].isoformat()[:7]
    return When(start, end, iso, (span,))


def _easter(year: int) -> tuple[date, date]:
    """Good Friday to Easter Monday."""
    sunday = easter(year)
    return sunday - timedelta(2), sunday + timedelta(1)


def _named_month(match: Any, anchor: date | None, before: str, after: str) -> When | None:
    start, end = match.span()
    day_before, name, day_after, year_words = (
        match.group(12),
        match.group(13),
        match.group(14),
        match.group(15),
    )
    month = _MONTHS.index(name[:3]) + 1
    day = int(day_before or day_after or 0)
    if year_words and year_words.endswith(" year"):
        year_words = str(anchor.year - (year_words == "last year")) if anchor else None
    if year_words and not year_words.startswith("'") and len(year_words) == 2 and not day:
        day, year_words = int(year_words), None
    if name in ("may", "mar", "march", "jan", "sep", "dec") and not (day or year_words):
        prepositions = r"\b(?:since|before|after|around|about|in|last|this|until|till|of|from|early|late|mid|to|through|during|by|past|and|-)[ -]$"
        ranged = rx(r"^\.? ?(?:-|to|through|thru) ?" + _MONTH + r"\b").search(after)
        if not ranged and not rx(prepositions).search(before):
            return None
    if day and rx(r"^ ?(?:weeks?|months?|days?|years?|visits?|sessions?|/)\b").search(after) and day_after:
        day, end = 0, match.start(14) - 1
    if year_words is None and anchor is None:
        return When(start, end, None, ())
    year = _year(year_words, anchor) if year_words else anchor.year if anchor else 0
    if day:
        d = _day(year, month, day)
        if d is None:
            return None
        if not year_words and anchor:
            d = _before(anchor, d, d)[0]
        return When(start, end, d.isoformat(), ((d, d),))
    span = _month(year, month)
    if span is None:
        return None
    if not year_words and anchor:
        span = _before(anchor, *span)
        if (
            rx(r"\blast[ -]$").search(before)
            and span[0].year == anchor.year
            and span[0].month == anchor.month
        ):
            span = _year_back(span[0]), _year_back(span[1])
    return When(start, end, span[0].isoformat()[:7], (span,))


def _season(match: Any, anchor: date | None, before: str) -> When | None:
    start, end = match.span()
    name, year_words = match.group(17), match.group(18)
    if (
        name in ("fall", "spring")
        and not year_words
        and not rx(r"\b(?:last|this|past|this past|previous|since|in the|early|late|of)[ -]$").search(before)
    ):
        return None
    if name == "fall" and not year_words and rx(r"\b(?:since|of)[ -]$").search(before):
        return None  # "since fall" is left to the injury
    if year_words is None and anchor is None:
        return When(start, end, None, ())
    a, b = _SEASONS[name]
    year = int(year_words) if year_words else anchor.year if anchor else 0
    if name == "winter" and year_words:
        span = (date(year, 1, 1), date(year, 12, 31))
    elif name == "winter":
        span = (date(year, 12, 1), date(year + 1, 3, 20))
    else:
        span = (date(year, a, 1), date(year, b, 22))
    span = (span[0] - _SEASON_SLACK, span[1] + _SEASON_SLACK)
    if not year_words and anchor:
        span = _before(anchor, *span)
        if rx(r"\blast[ -]$").search(before) and span[0] <= anchor <= span[1]:
            span = _year_back(span[0]), _year_back(span[1])
    return When(start, end, str(year) if year_words else str(span[0].year), (span,))


def _relative(words: str, anchor: date | None, start: int, end: int) -> When:
    if anchor is None:
        return When(start, end, None, ())
    if words.endswith("year"):
        year = anchor.year - (words == "last year")
        return When(start, end, str(year), ((date(year, 1, 1), date(year, 12, 31)),))
    if words.endswith("month"):
        day = anchor.replace(day=1) - timedelta(words == "last month")
        span = _month(day.year, day.month)
        return When(start, end, day.isoformat()[:7], (span,) if span else ())
    back = {"last week": (13, 5), "this week": (6, 0), "yesterday": (1, 1), "last night": (1, 1)}.get(
        words, (0, 0)
    )
    first, last = (anchor - timedelta(n) for n in back)
    return When(start, end, last.isoformat() if first == last else None, ((first, last),))


def _two_fields(a: int, b: int, width: int, anchor: date | None, start: int, end: int) -> When | None:
    """Day and month of the last twelve, or month and year."""
    if not 1 <= a <= 12 or anchor is None:
        return None
    day = _day(anchor.year, a, b)
    readings = []
    isos = []
    if day:
        d = _before(anchor, day, day)[0]
        readings.append((d, d))
        isos.append(d.isoformat())
    year = _year(f"{b:02d}", anchor)
    month = _month(year, a) if width == 2 and year >= 1990 else None
    if month and month[0] <= anchor:
        readings.append(month)
        isos.append(f"{year:04d}-{a:02d}")
    if not readings:
        return None
    return When(start, end, isos[0] if len(isos) == 1 else None, tuple(readings), 2)
