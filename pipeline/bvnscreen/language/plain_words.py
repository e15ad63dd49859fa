"""Findings told in prose without their name: slips, sources of pain, and `another one`.

`L5 has slid forward on S1`; `so the joint is where this is coming from`; `an old fracture of L1 and,
at T12, an acute one`. Each reader yields places and what they say; their assertion is read with the cues.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ..spine import disc, next_below
from .document import Document, Sentence
from .levels import Level
from .rx import Pattern, rx


def _rx(pattern: str) -> Pattern:
    """A pattern whose blanks match any run of them."""
    return rx(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"))


class Told(NamedTuple):
    """A concept told in plain words; offsets into the sentence."""

    concept: str
    start: int
    end: int
    absent: bool = False
    side: str | None = None
    direction: str | None = None
    level: Level | None = None


_DENIED = _rx(r"\b(?:not|never|no|neither|nor)\b|n't\b")

# ---------------------------------------------------------------- slips
_AHEAD = r"(?P<antero>forwards?|anterior(?:ly)?|in front|ahead)"
_BEHIND = r"(?P<retro>back(?:wards?)?|posterior(?:ly)?|behind)"
_ASIDE = r"(?P<latero>to the (?:left|right)|sideways|lateral(?:ly)?)"
_SLIDES = r"(?:slid|slides?|sliding|slipp?(?:ed|s|ing)?|crept|creeps?|sub-?lux(?:ed|es|ing))"
_MOVES = (
    r"(?:moves?|moved|shift(?:s|ed)?|step(?:s|ped)|translat(?:es?|ed|ing)|displaced|offset|sits?|sat|lies|lay|stands|set|"
    r"pushed|positioned|located|come|came|gone|is|are)"
)
_SHIFT = _rx(rf"\b(?:(?P<slides>{_SLIDES})|{_MOVES})\b")
_DIRECTION = _rx(rf"\b(?:{_AHEAD}|{_BEHIND}|{_ASIDE})\b")
_UPON = _rx(r"\b(?:on|upon|over|of|to|against|than|onto)(?: the)?(?: body of)?\s*$")
_BELOW = _rx(
    r"\b(?:on|upon|over|of|to|onto) (?:the )?(?:(?:one|vertebra|body|bone|segment)(?: just| immediately)? (?:below|beneath|underneath)|next(?: one| vertebra)?(?: down)?|second|third|fourth|fifth|sacrum|it'?s? neighbou?r(?: below)?)\b"
)


def below(level: Level) -> Level:
    """The disc under a vertebra: where it slips."""
    under = next_below(level.vertebrae[0])
    name = disc(level.vertebrae[0], under) if under else None
    return replace(level, discs=(name,), vertebrae=()) if name else level


def read_slips(document: Document, sentence: Sentence, bones: list[Level]) -> list[Told]:
    """One of the sentence's vertebrae that has moved on the one below it."""
    out: list[Told] = []
    for i, upper in enumerate(bones):
        end = bones[i + 1].start if i + 1 < len(bones) else min(sentence.end, upper.end + 90)
        words = document.lower[upper.end : end]
        other = bones[i + 1] if i + 1 < len(bones) and _UPON.search(words) else None
        told = below(upper)
        under = _BELOW.search(words)
        if other is None and under is None:
            continue
        if other is not None and told.discs != (disc(upper.vertebrae[0], other.vertebrae[0]),):
            continue
        if other is None and under is not None:
            words = words[: under.end()]
        moved, way = _SHIFT.search(words), _DIRECTION.search(words)
        if len(words) > 80 or rx(r"[;:]").search(words) or not moved:
            continue
        if not way and not moved.group("slides"):
            continue
        named = next((k for k, v in way.groupdict().items() if v), None) if way else None
        a, b = upper.start, other.end if other else upper.end + len(words)
        place = replace(told, start=a, end=b)
        denied = bool(_DENIED.search(words))
        out.append(
            Told("spondylolisthesis", a - sentence.start, b - sentence.start, denied, None, named, place)
        )
    return out


_COLLAPSED = _rx(
    r"^(?: (?:body|vertebra|vertebral body))?,?(?: (?:is|was|has|have|had|looks?|appears?|been|again|still|now|also|clearly|\w+ly|not|never|already|partly|a bit))* "
    r"(?:crushed|collapsed|wedged|wedge-?shaped|squashed|lost (?:[\w%/-]+ ){0,4}?(?:of )?(?:its |the )?(?:\w+ )?height)\b"
)


def read_collapses(document: Document, sentence: Sentence, bones: list[Level]) -> list[Told]:
    """One of the sentence's vertebrae that has lost its height: `T12 is wedged`, `L1 has lost a third of its height`."""
    out = []
    for bone in bones:
        found = _COLLAPSED.search(document.lower[bone.end : min(sentence.end, bone.end + 90)])
        if found:
            a, b = bone.start - sentence.start, bone.end + found.end() - sentence.start
            out.append(Told("fracture", a, b, bool(_DENIED.search(found.group(0))), level=bone))
    return out


_MOTION = _rx(
    r"\b(?:(?:moves?|moved|translates?|slides?|shifts?|opens?(?: up)?)(?: by)? (\d{1,2}(?:\.\d)?) ?mm|(\d{1,2}(?:\.\d)?) ?mm (?:of )?(?:\w+ )?(?:movement|motion|translation|excursion))\b"
)
_BENDING = rx(r"\b(?:flexion|extension|bending|dynamic|flex)\b")
_UNSTABLE_MM = 4.0  # White and Panjabi 1990: 4.5 mm; reports round it


def read_motion(sentence: Sentence) -> list[Told]:
    """A measured movement between flexion and extension that amounts to instability."""
    if "mm" not in sentence.text or not _BENDING.search(sentence.text):
        return []
    return [
        Told("instability", m.start(), m.end())
        for m in _MOTION.finditer(sentence.text)
        if float(m.group(1) or m.group(2)) >= _UNSTABLE_MM
    ]


# ---------------------------------------------------------------- sources of pain
_SIDED = r"(?:(?:the|her|his|both|bilateral|left|right|lt|rt|lumbar|lower|upper|l\d[-/]?[ls]?\d?) )*"
_SI = r"(?:si|sij|sijs|sacro ?-?iliac)(?: joints?)?"
_FACET = r"(?:facets?(?: joints?)?|zygapophys\w+ joints?|z ?-?joints?)"
_JOINT = rf"(?:(?P<si>{_SIDED}{_SI})|(?P<facet>{_SIDED}{_FACET}))"
_PAIN = r"(?:pain|it|this|that|symptoms?|ache|trouble|problem|discomfort|hurt|lbp)"
_IS_SOURCE = (
    r",?(?: (?:pain|joints?))?(?: (?:ruled out|excluded|discounted))? ?(?:is|are|was|were|as|being|to be|isn't|aren't|wasn't|weren't)(?: (?:not|clearly|\w+ly|most|the|an?|her|his|main|primary|sole|only|real|chief|dominant|pain|actual|one|and|or))* "
    rf"(?:sources?|generators?|culprits?|causes?|origin|drivers?|to blame|responsible|where (?:(?:the|her|his|most|much|all|of) )*{_PAIN} (?:is |are )?(?:com\w+|aris\w+|originat\w+|stem\w+)(?: from)?|what (?:hurts|is hurting))"
    rf"(?P<of>(?: of| for| behind) (?:[\w-]+ ){{0,4}}?[\w-]+)?"
)
_STATED = _rx(rf"\b{_JOINT}{_IS_SOURCE}")
_FROM = _rx(
    rf"\b{_PAIN}\b(?P<link>[^.;:]{{0,40}}?)\b(?:com(?:es?|ing|e)|aris(?:es?|ing)|stem(?:s|ming)?|originat(?:es?|ing)|deriv(?:es?|ed|ing)|emanat(?:es?|ing)|generated)"
    rf"(?: \w+ly)? (?:from|in|by) {_JOINT}"
)
_BLAMED = _rx(rf"\b(?P<link>(?:blame|incriminate|implicate|pin (?:it|this) on|of)) {_JOINT}(?: origin)?")
_POINTED = _rx(rf"\b(?:the joints?|so (?:that|it|they)|that|they)(?P<said>{_IS_SOURCE})")
_ANY_JOINT = _rx(rf"\b(?:(?P<si>{_SIDED}{_SI})|(?P<facet>{_SIDED}(?:{_FACET}|medial branch\w*|mbbs?)))\b")
_TESTED = rx(r"numb|block|lidocaine|lignocaine|bupivacaine|local|an?a?esthe|inject|infiltrat")
_DISMISSED = _rx(
    r"\b(?:not|rather than|instead of|nor|neither|unlike)(?: (?:from|in|at))?$|\b(?:excluded|ruled out|discounted|eliminated|dismissed)\b(?: \w+){0,3}$"
)
_UNTHOUGHT = _rx(r"\b(?:do|does|did)(?: not|n't) (?:think|believe|feel|suspect)\b[^.;,]{0,24}$")
_OF_PAIN = _rx(rf"\b(?:{_PAIN}|this|most)\b")
_SIDE = _rx(r"\b(?:(both|bilateral)|(left|lt)|(right|rt))\b")


def _side(words: str) -> str | None:
    found = _SIDE.search(words)
    if found is None:
        return None
    return "bilateral" if found.group(1) else "left" if found.group(2) else "right"


_NAMES_A_JOINT = rx(r"joint|facet|sacro|zyg|medial br|mbb|\bsij?s?\b")


def _naming_a_joint(document: Document) -> set[int]:
    return document.holding(_NAMES_A_JOINT)


def read_sources(document: Document, sentence: Sentence) -> list[Told]:
    """A joint that is said to be, or not to be, where the pain comes from."""
    if sentence.index not in document.once(_naming_a_joint):
        return []
    text = sentence.text
    out: list[Told] = []

    def add(joint: str, si: bool, start: int, end: int, link: str) -> None:
        denied = bool(_DENIED.search(link) or _DISMISSED.search(text[:start].rstrip()[-40:]))
        denied = denied or bool(rx(r"\b(?:excluded|ruled out) as\b").search(text[start:end]))
        concept = "si_joint_pain" if si else "facet_mediated_pain"
        out.append(Told(concept, start, end, denied, _side(joint)))

    for found in _STATED.finditer(text):
        if found.group("of") and not _OF_PAIN.search(found.group("of")):
            continue
        joint = found.group("si") or found.group("facet")
        add(joint, bool(found.group("si")), found.start(), found.end(), found.group(0)[len(joint) :])
    for found in (*_FROM.finditer(text), *_BLAMED.finditer(text)):
        if found.group("link") == "of" and "origin" not in found.group(0):
            continue
        joint = found.group("si") or found.group("facet")
        link = found.group("link") + (" not" if _UNTHOUGHT.search(text[: found.start()]) else "")
        add(joint, bool(found.group("si")), found.start(), found.end(), link)
    for found in _POINTED.finditer(text):
        before = text[: found.start()]
        joints = list(_ANY_JOINT.finditer(before))
        if not joints or not (found.group(0).startswith("the joint") or _TESTED.search(before)):
            continue
        named = joints[-1]
        add(named.group(0), bool(named.group("si")), found.start(), found.end(), found.group("said"))
    return out


# ---------------------------------------------------------------- another one
_ONE = _rx(
    r"\b(?:(?:an?|the|with)(?: [\w-]+){0,3} one|another(?: [\w-]+)? one|an?other|a (?:second|third|further)(?: one)?|one)\b"
)

# `one at T12`, but not `one level below`
_ALONE = _rx(
    r"^(?:[,.;:)]|$|\s(?:at|of|in|on|is|was|has|with|that|which|to|and|there|here|behind|below|above|just|right|beside|further)\b)"
)


def read_ones(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a sentence says `one` for a finding it has named; offsets into the sentence."""
    if " one" not in sentence.text and "another" not in sentence.text and "a second" not in sentence.text:
        return []
    return [m.span() for m in _ONE.finditer(sentence.text) if _ALONE.search(sentence.text[m.end() :])]
