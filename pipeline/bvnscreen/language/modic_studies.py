"""Of which study a statement on Modic change is, and whether a correction in the same text lets it stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..facts import Modic
from .dates import When, find_dates
from .document import Document, Sentence
from .modic_types import TYPE
from .rx import rx

_STUDY = rx(r"\b(?:mri|mr|scan|study|imaging|exam)\b|^[^a-z0-9]{0,4}(?:[a-z]{3,9}\.? )?\d")
_AGAINST = rx(r"(?:compar\w*|since|than|versus|from|unchanged)[\w\s]{0,12}$")
_OPENS = 12  # characters before a study that opens its line
_TO_DATE = 36  # characters between the word for a study and its date


def _study_of(text: str) -> tuple[When, int] | None:
    """The date of the study a sentence tells of and where the study is named; None without a date."""
    match = _STUDY.search(text)
    if match is None or _AGAINST.search(text[: match.start()]):
        return None
    dated = [
        w
        for w in find_dates(text[: match.end() + 2 * _TO_DATE])
        if w.iso and match.start() - 14 <= w.start <= match.end() + _TO_DATE
    ]
    return (dated[0], match.start()) if dated else None


def _opener(document: Document, fact: Modic) -> When | None:
    """The study that opens the line of a fact: `MRI 11/2024 - discs unchanged. Modic 2 at L5-S1.`"""
    sentence = document.sentence_at(document.clean.clean_position(fact.evidence.start))
    index = sentence.index if sentence else 0
    while index and document.sentences[index - 1].block == document.sentences[index].block:
        index -= 1
    if sentence is None or index == sentence.index or fact.attribution != "report":
        return None
    study = _study_of(document.sentences[index].text)
    return study[0] if study and study[1] <= _OPENS else None


def _by_study(document: Document, found: list[Modic]) -> list[Modic]:
    """Where a note tells of several dated studies, only the newest one's changes are present."""
    dates: list[When | None] = []
    for fact in found:
        position = document.clean.clean_position(fact.evidence.start)
        sentence = document.sentence_at(position)
        study = _study_of(sentence.text) if sentence else None
        if sentence and study is None and sentence.index:
            before = document.sentences[sentence.index - 1]
            if sentence.block - before.block <= 1 and before.text.rstrip().endswith(":"):
                study = _study_of(before.text)  # `MRI June 2018: Modic 1 at L4-5.`
        elif sentence and study and study[1] > position - sentence.start:
            study = None
        elif sentence and study and _TODAY.search(sentence.text[study[1] : position - sentence.start]):
            study = None  # `type 1 on the 2019 study, now type 2`
        dates.append(study[0] if study else _dated_behind(document, sentence, fact))
    if any(dates):  # `MRI 1/2019 - Modic 1 ...` and a line on a later study
        dates = [w or _opener(document, f) for w, f in zip(dates, found, strict=True)]
    newest = {
        area: max((w for f, w in zip(found, dates, strict=True) if w and f.region == area), key=_first)
        for area in {f.region for f, w in zip(found, dates, strict=True) if w}
    }
    cleared = [
        f
        for f, w in zip(found, dates, strict=True)
        if w is None
        and f.assertion == "absent"
        and f.attribution == "report"
        and _of_study_today(document, f)
    ]
    today = [f for f, w in zip(found, dates, strict=True) if w is None and _of_today(document, f)]
    out = []
    for fact, when in zip(found, dates, strict=True):
        last = newest.get(fact.region)
        older = when is not None and last is not None and when.last is not None and when.last < _first(last)
        # `type I in 2020; on today's scan only type II`: the study at hand is newer than any it names
        older = older or (when is not None and any(set(t.levels) & set(fact.levels) for t in today))
        older = older or (when is not None and any(_covers(c, fact) for c in cleared))
        latest = when is not None and last is not None and not older and len({w.iso for w in dates if w}) > 1
        if (
            latest
            and fact.assertion == "historical"
            and all(_DATED_CUE.search(c.lower()) for c in fact.evidence.cues)
        ):
            fact = replace(
                fact, assertion="present"
            )  # `2018 MRI: Modic 1. 2024 MRI: Modic 2`: the newer one holds
        if older and fact.assertion == "present":
            out.append(replace(fact, assertion="historical", study_date=when.iso if when else None))
        elif not (older and fact.assertion == "absent"):
            out.append(replace(fact, study_date=when.iso) if when else fact)
    return out


_DATED_CUE = rx(r"^(?:(?:in|on|from) )?(?:the )?(?:(?:19|20)\d\d \w+|mri (?:in|from|of) (?:19|20)\d\d)")


_TODAY = rx(r"\b(?:today'?s?|current|now|presently|at present|this (?:scan|study|mri|exam\w*))\b")


def _of_today(document: Document, fact: Modic) -> bool:
    sentence = document.sentence_at(document.clean.clean_position(fact.evidence.start))
    return fact.assertion == "present" and sentence is not None and bool(_TODAY.search(sentence.text))


def _of_study_today(document: Document, fact: Modic) -> bool:
    """`MRI today: no Modic change`."""
    sentence = document.sentence_at(document.clean.clean_position(fact.evidence.start))
    return sentence is not None and bool(_STUDY.search(sentence.text) and _TODAY.search(sentence.text))


def _covers(denial: Modic, fact: Modic) -> bool:
    """Whether a denial is of this type, or of all, at this level, or at all."""
    typed = denial.types == ("unspecified",) or set(fact.types) <= set(denial.types)
    return typed and (not denial.levels or set(fact.levels) <= set(denial.levels))


_BEHIND = rx(
    r"^[^.;:,\n]{0,24}?(?:\(|\b(?:in|of|from|on|by|per)\b(?: (?:the|her|his|my|an?))?) ?(?:mri |scan |report |study )?(?:of |in |from |dated )?$"
)


def _dated_behind(document: Document, sentence: Sentence | None, fact: Modic) -> When | None:
    """`Modic 2 (2019)`, `Modic 2 at L5-S1 on the 2019 scan`: the study's date stands behind."""
    if sentence is None:
        return None
    end = document.clean.clean_position(fact.evidence.end) - sentence.start
    when = next((w for w in find_dates(sentence.text) if w.start >= end and w.iso), None)
    return when if when and _BEHIND.search(sentence.text[end : when.start]) else None


def _first(when: When) -> date:
    return when.first or date.min


_SHOULD_READ = rx(
    r"\b(?:should (?:read|be|say|state|have (?:read|been|said|stated))|(?:is|was|are|has been|have been) (?:corrected|amended|changed|revised) to|corrected to|"
    r"amended to|(?:correct(?:ed)? |affected |involved |review,? )(?:the )?level is|in fact|actually)\b"
)
_WRONG = rx(
    r"\b(?:not|instead of|rather than|erroneously|in error|incorrectly|stated as|reported as|and not)\b[\w\s]{0,24}$"
)


def _relevelled(document: Document, found: list[Modic]) -> list[Modic]:
    """`The level should read L5-S1, not L4-5`: the statement keeps its type and changes its level."""
    out = found
    if not found or _SHOULD_READ.search(document.lower) is None:
        return found
    for sentence in document.sentences:
        match = _SHOULD_READ.search(sentence.text)
        if match is None or TYPE.search(sentence.text):
            continue
        groups = [g for g in document.levels(sentence) if g.discs]
        at = sentence.start + match.end()
        new = next((g for g in groups if g.start >= at), None)
        others = [g for g in groups if g is not new]
        if new is None:
            continue
        wrong = next(
            (g for g in others if g.end <= at or _WRONG.search(document.lower[new.end : g.start])), None
        )
        present = [f for f in out if f.assertion == "present" and f.levels]
        old = wrong.discs if wrong else present[0].levels if len({f.levels for f in present}) == 1 else ()
        named = "modic" in sentence.text or "endplate" in sentence.text
        if not old or (named and not wrong):
            continue
        out = [
            replace(f, levels=new.discs)
            if f.assertion == "present" and f.levels == old and not _inside(document, sentence, f)
            else f
            for f in out
        ]
    return out


_MISSTATED = rx(
    r"\b(?:incorrectly|erroneously|mistakenly|wrongly|inadvertently|in error) (?:been )?(?:stated|reported|described|listed|labell?ed|dictated|given|typed|placed|attributed)\b|"
    r"\b(?:stated|reported|described|listed|labell?ed|dictated|given|typed) (?:incorrectly|erroneously|mistakenly|wrongly|in error)\b"
)


def _taken_back(document: Document, found: list[Modic]) -> list[Modic]:
    """`The level was incorrectly stated as L4-5`: what the report had said there does not hold."""
    out = found
    for sentence in document.sentences if found and _MISSTATED.search(document.lower) else ():
        if _MISSTATED.search(sentence.text) and not _SHOULD_READ.search(sentence.text):
            out = [
                replace(f, assertion="absent")
                if f.assertion == "present" and _inside(document, sentence, f)
                else f
                for f in out
            ]
    return out


def _inside(document: Document, sentence: Sentence, fact: Modic) -> bool:
    at = document.clean.clean_position(fact.evidence.start)
    return sentence.start <= at < sentence.end


def _moved(found: list[Modic]) -> list[Modic]:
    """`ADDENDUM: the Modic change is at L4-5, not L3-4`: the type that the report gave L3-4 is that of L4-5."""
    added = [f for f in found if f.evidence.section == "addendum" and f.types == ("unspecified",)]
    place = [f for f in added if f.assertion == "present" and f.levels]
    left = {d for f in added if f.assertion == "absent" for d in f.levels}
    if len(place) != 1 or not left:
        return found
    typed = [
        f
        for f in found
        if f.evidence.section != "addendum"
        and f.assertion == "present"
        and f.types != ("unspecified",)
        and f.levels
        and set(f.levels) <= left
    ]
    if len({f.types for f in typed}) != 1:
        return found
    moved = replace(place[0], types=typed[0].types, basis=typed[0].basis)
    return [moved if f is place[0] else f for f in found if f not in typed]


def _addenda(document: Document, found: list[Modic]) -> list[Modic]:
    """What an addendum in the same text takes back is no longer stated: `type II, not type I, at L5-S1`."""
    taken = {
        (t, d)
        for f in found
        if f.evidence.section == "addendum" and f.assertion == "absent"
        for t in f.types
        for d in f.levels
    }
    found = _moved(found)
    stands = [f for f in found if f.evidence.section == "addendum" and f.assertion == "present" and f.levels]
    reads = [f for f in stands if _SHOULD_READ.search(_words_before(document, f))]
    return [
        f
        for f in found
        if f.evidence.section == "addendum"
        or f.assertion != "present"
        or not f.levels
        or not (
            all((t, d) in taken for t in f.types for d in f.levels)
            or any((f.types == r.types) != (f.levels == r.levels) for r in reads)
        )
    ]


def _words_before(document: Document, fact: Modic) -> str:
    at = document.clean.clean_position(fact.evidence.start)
    return document.lower[max(0, at - 60) : at]


def as_it_stands(document: Document, found: list[Modic]) -> list[Modic]:
    """The statements after the studies they belong to, and after what corrections and addenda say."""
    return _addenda(document, _taken_back(document, _relevelled(document, _by_study(document, found))))
