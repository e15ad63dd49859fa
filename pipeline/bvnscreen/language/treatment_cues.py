"""Which cue speaks of which treatments of a sentence.

Names listed together form a group. A cue in front of a group speaks of all of it ("no relief with PT,
ESI or RFA"); a cue behind it of the whole list or of its last name; a parenthesis of the name before it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import cast

from .document import Document, Sentence
from .lexicon import Hit, Lexicon, rules
from .rx import rx
from .treatment_names import CUES, PLAN_SECTIONS, Cue, Mention
from .treatment_slots import INJECTIONS, SURGERY


@lru_cache(maxsize=2)
def _cues(direction: str) -> Lexicon:
    wanted = [
        r
        for r in rules(CUES)
        if r.data["category"] not in ("generic", "patient")
        and (r.data["direction"] in (direction, "both") or r.data["category"] in ("terminate", "pseudo"))
    ]
    return Lexicon(wanted)


def find_cues(document: Document, sentence: Sentence, mentions: list[Mention]) -> list[Cue]:
    """The cues of a sentence, in order; those inside a treatment's name or a longer cue are words of it."""
    out: dict[tuple[int, int, str], Cue] = {}
    for direction in ("forward", "backward"):
        for hit in _cues(direction).find(document.lower, sentence.start, sentence.end):
            if hit.rule.data["category"] == "pseudo":
                continue
            part = _outside_names(hit, mentions)
            if part is None:
                continue
            key = (part.start, part.end, part.rule.id)
            cue = out.setdefault(key, Cue(part.start, part.end, part.rule, False, False))
            cue.forward |= direction == "forward"
            cue.backward |= direction == "backward"
    found = sorted(out.values(), key=lambda c: (c.start, -c.end))
    kept: list[Cue] = []
    for cue in found:
        size = cue.end - cue.start
        longer = next((k for k in reversed(kept[-6:]) if k.end >= cue.end and k.end - k.start > size), None)
        if longer is None:
            kept.append(cue)
        elif longer.start == cue.start and category_of(longer) == category_of(cue) != "response":
            longer.forward |= cue.forward
            longer.backward |= cue.backward
        elif longer.end == cue.end and category_of(longer) == category_of(cue) in ("stopped", "considered"):
            longer.forward |= cue.forward  # "and she came off tramadol", "was offered an epidural"
    return kept


def _outside_names(hit: Hit, mentions: list[Mention]) -> Hit | None:
    """The part of a cue in front of a treatment's name: `no prior lumbar` of "no prior lumbar surgery"."""
    i = bisect_left(mentions, hit.end, key=lambda m: m.start) - 1
    if i < 0 or mentions[i].end <= hit.start:
        return hit
    start = mentions[i].start
    if hit.start >= start or (i > 0 and mentions[i - 1].end > hit.start):
        return None
    return Hit(hit.start, start, hit.rule)


def category_of(cue: Cue) -> str:
    return cast(str, cue.rule.data["category"])


_BREAK = rx(
    r";|\.\s|\b(?:so|therefore|hence|thus|because)\b|,\s(?:since|given that|as (?:the|two|her|his|both))\b"
)


def groups_of(document: Document, mentions: list[Mention], cues: list[Cue]) -> list[list[Mention]]:
    """Names that are listed together: what is said of one is said of all."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and not _apart(document, groups[-1], mention, cues):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _apart(document: Document, group: list[Mention], second: Mention, cues: list[Cue]) -> bool:
    first = group[-1]
    gap = document.lower[first.end : second.start]
    if len(gap) > 160 or _BREAK.search(gap):
        return True
    if second.section in PLAN_SECTIONS and rx(r"\bthen\b").search(gap):
        return True  # "finish PT, then a home program"
    if second.name in SURGERY and _AHEAD_OF.search(gap):
        return True  # "ESI x4 before the fusion"
    between = [c for c in cues if first.end <= c.start and c.end <= second.start]
    for cue in between:
        if category_of(cue) in ("dosing", "conditional"):
            continue
        if _parenthetical(document, first, cue):
            continue
        if category_of(cue) == "done" and cue.forward and not _led_otherwise(group[0], cues):
            continue  # "did nine months of PT and took etodolac, neither with lasting effect"
        return True
    return False


def _led_otherwise(first: Mention, cues: list[Cue]) -> bool:
    """Whether a cue before the list says something else than that it was done."""
    ahead = [
        c
        for c in cues
        if c.end <= first.start and c.forward and category_of(c) not in ("dosing", "terminate", "done")
    ]
    return bool(ahead)


def in_parenthesis(document: Document, first: Mention, second: Mention) -> bool:
    """`physiotherapy (heat, traction) for 3 months`: the second is a detail of the first."""
    gap = document.lower[first.end : second.start]
    return gap.count("(") > gap.count(")") and ")" in document.lower[second.end : second.end + 60]


def _parenthetical(document: Document, mention: Mention, cue: Cue) -> bool:
    """`Medrol dosepak (3 days of relief), Norco`: said of the one name only."""
    between = document.lower[mention.end : cue.start]
    return between.count("(") > between.count(")")


def bind(document: Document, groups: list[list[Mention]], cues: list[Cue]) -> None:
    """Gives each cue to the group it speaks of."""
    text = document.lower
    used: list[Cue] = []
    ends = [c for c in cues if category_of(c) == "terminate"]
    ifs = [c for c in cues if category_of(c) == "conditional"]
    for cue in cues:
        category = category_of(cue)
        if category == "terminate":
            continue
        if category == "response" and any(i.start < cue.start for i in ifs):
            continue
        if cue.backward and _within_a_list(document, groups, cue):
            used.append(cue)
            continue
        after = next(([m for m in g if m.start >= cue.end] for g in groups if g[-1].start >= cue.end), None)
        before = next((g for g in reversed(groups) if g[-1].end <= cue.start), None)
        overlapping = [
            c
            for c in cues
            if c is not cue and c.start < cue.end and cue.start < c.end and category_of(c) != "terminate"
        ]
        if category in ("response", "stopped") and cue.backward and not cue.forward:
            if any(_leads_on(c, cue, groups) for c in overlapping):
                continue  # "no relief with Flexeril" says nothing of the drug before
            if category == "stopped" and _STOPPED_ELSE.search(text[cue.end : cue.end + 24]):
                continue
        ambiguous = cue.forward and (cue.backward or any(c.backward for c in overlapping))
        if category == "considered" and before is None and text.startswith("if ", cue.start):
            cue.forward = True
        if cue.forward and after is not None:
            gap = text[cue.end : max(cue.end, after[0].phrase)]
            cut = _BREAK.search(gap) or any(cue.end <= e.start and e.end <= after[0].start for e in ends)
            own = next((m for g in reversed(groups) for m in reversed(g) if m.end <= cue.start), None)
            if own and _parenthetical(document, own, cue) and gap.count(")") > gap.count("("):
                cut = True  # `naproxen (last taken Friday), tramadol`
            if (
                category == "done"
                and text[cue.start : cue.end] == "used"
                and rx(r"\b(?:in|before|for|to|by|as)\b").search(gap)
            ):
                continue
            if (
                ambiguous
                and before is not None
                and gap.strip()
                and not text[before[-1].end : cue.start].strip()
            ):
                cut = True  # "MBB negative so no RFA"
            near = len(gap.strip()) <= 30 and not rx(r"[,():]").search(gap)
            if category == "not_done" and not _NO_GAP.search(gap):
                if after[0].name not in ("SCS", "spinal_pump"):
                    after[0].incidental = bool(
                        rx(r"\b(?:with|from) (?:the )?(?:use of )?$").search(text[cue.end : after[0].start])
                    )
                    continue
            if category == "considered" and text.startswith("option", cue.start):
                for group in groups:
                    _give(
                        [m for m in group if m.start >= cue.end], cue
                    )  # "Options: PT, repeat epidural, fusion"
                used.append(cue)
                continue
            if not cut and len(gap) <= 110 and (not ambiguous or near or before is None):
                _give(after, cue)
                used.append(cue)
                continue
        if (cue.backward or (category == "response" and after is None)) and before is not None:
            if any(u.start < cue.end and cue.start < u.end for u in used):
                continue
            if category in ("skip", "planned", "considered", "not_done", "family", "done") and any(
                before[-1].end <= e.start and e.end <= cue.start for e in ends
            ):
                if category != "not_done":
                    continue
            if before[-1].name == "SCS_explant" and category == "response":  # it is why it was taken out
                before = next((g for g in groups if g[-1].name == "SCS"), before)
            at = before[0].start
            if (
                category == "response"
                and before[-1].name in SURGERY
                and _AHEAD_OF.search(text[max(0, at - 24) : at])
            ):
                before = next(
                    (g for g in reversed(groups) if g[-1].end <= at), before
                )  # "ESI before the fusion, no help"
            if category == "ongoing" and before[-1].name in INJECTIONS | SURGERY:
                continue  # "excellent relief, still ongoing": the relief is
            if (
                category == "skip"
                and text[before[-1].end : cue.start].strip()
                and not _VERBAL.search(text[cue.start : cue.end])
            ):
                continue  # "PT notes" are no PT, "PT, see notes" is
            _give_back(document, groups, before, cue)
            used.append(cue)
    _neither_nor(document, groups, cues)
    _after_if(document, groups, cues)
    _of_a_relative(document, groups, cues)


_AHEAD_OF = rx(r"\b(?:before|prior to|ahead of|preceding)(?: (?:the|her|his|my|a|l\d\S*))* $")
_VERB_OF_BOTH = rx(
    r"^(?: (?:has|have|had|was|were|is|are|did|does|ever|really|been|seemed|to|proved|which))* ?$"
)


def _neither_nor(document: Document, groups: list[list[Mention]], cues: list[Cue]) -> None:
    """ "Neither PT nor acupuncture helped": both were had, with no result."""
    text = document.lower
    told = [c for c in cues if text.startswith(("neither", "nor"), c.start) and category_of(c) == "not_done"]
    if len(told) < 2 or not text.startswith("neither", told[0].start):
        return
    names = [m for g in groups for m in g]
    last = next((m for m in names if m.start >= told[-1].end), None)
    verbs = [c for c in cues if last and c.start >= last.end and category_of(c) == "response"]
    if last is None or not verbs or not _VERB_OF_BOTH.search(text[last.end : verbs[0].start]):
        return
    for mention in names:
        if told[0].end <= mention.start <= last.start:
            mention.cues = [c for c in mention.cues if c not in told and c is not verbs[0]]
            mention.response = "none"


_BACK_TO_PATIENT = rx(r"\b(?:patient|herself|himself|but (?:she|he|i)|whereas|while (?:she|he|i))\b|;")


def _of_a_relative(document: Document, groups: list[list[Mention]], cues: list[Cue]) -> None:
    """ "The sister did PT, had two epidurals and took gabapentin": the subject of the sentence had them all."""
    lead = next((c for c in cues if category_of(c) == "family" and c.forward), None)
    if lead is None or not groups:
        return
    text = document.lower
    if rx(r"[a-z]").search(text[groups[0][0].sentence.start : lead.start]):
        return
    for mention in (m for g in groups for m in g if m.start >= lead.end and lead not in m.cues):
        if _BACK_TO_PATIENT.search(text[lead.end : mention.start]):
            break
        mention.cues.append(lead)


_STOPPED_ELSE = rx(
    r"^ (?:going to )?(?:the gym|working|work\b|smoking|drinking|playing|running|lifting|golf|driving)"
)


def _leads_on(forward: Cue, cue: Cue, groups: list[list[Mention]]) -> bool:
    """Whether the words of a cue go on into one that a name follows at once."""
    if not forward.forward or forward.end <= cue.end or category_of(forward) != category_of(cue):
        return False
    return any(0 <= m.phrase - forward.end <= 2 for g in groups for m in g)


def _after_if(document: Document, groups: list[list[Mention]], cues: list[Cue]) -> None:
    """ "If the blocks are positive we would go to RFA": what follows an if and has no status is only thought of."""
    first = next(
        (
            c
            for c in cues
            if document.lower.startswith("if ", c.start)
            and not _AS_NEEDED.search(document.lower[c.start : c.end])
        ),
        None,
    )
    for mention in (m for g in groups for m in g if first and m.start >= first.end):
        if all(category_of(c) in ("response", "dosing") for c in mention.cues):
            mention.cues = [cast(Cue, first)]


_AS_NEEDED = rx(r"^if (?:needed|indicated|necessary|appropriate|required|tolerated|warranted)$")


def _within_a_list(document: Document, groups: list[list[Mention]], cue: Cue) -> bool:
    """`meloxicam 15 mg (no help), tizanidine (sleepy)`: a dose or a parenthesis is of the name before it."""
    group = next((g for g in groups if g[0].end <= cue.start and cue.end <= g[-1].start), None)
    if group is None:
        return False
    mention = next(m for m in reversed(group) if m.end <= cue.start)
    if category_of(cue) == "dosing":
        mention.dosed = True
    elif _parenthetical(document, mention, cue):
        mention.cues.append(cue)
    else:
        return False
    return True


_VERBAL = rx(r"^(?:is|are|was|were|be|been|not|will|can|helps)\b")

_NO_GAP = rx(
    r"^\W*(?:(?:any|a|an|the|of|prior|previous|formal|recent|other|history|hx|h/o|trials?|courses?|or|and|use|form|kind|type|known|such|his|her|their|my|"
    r"significant|further|additional|spine|lumbar|more|attempts?|at|to|yet|regular|specific|oral|daily|pain|this|these|through|from|in|"
    r"back|documented|recorded|evidence|sort|kinds|types|benefit|with|on|take|try|have|home|\w+ or|\w+ (?:and|nor)|\w+/)\s*)*$"
)


def _give(group: list[Mention], cue: Cue) -> None:
    for mention in group:
        mention.cues.append(cue)


_TOGETHER = rx(r"\b(?:and|or|&|nor|plus|all|both|none|neither|any)\b|[&+]")

_PLURAL_CUE = rx(r"\b(?:all|both|none|neither|any|have|were|without|with no|of (?:these|them|which))\b")

_EACH_OF_THEM = rx(
    r"\b(?:any|all|none|either|each) of (?:them|these|those|which)\b|\b(?:all|none)\b|^(?:nothing|neither)\b|\b(?:from|with|by|to|of|in) (?:either|both)\b"
)


_OF_TWO = rx(r"\b(?:neither|either|both)\b")


_AT_ONCE = rx(r"^ ?(?:/|and|or|&|\+) ?$")

_OWN_RESULT = rx(r"\b(?:neg|pos)")  # a diagnostic block's result stands, whatever became of the pain


def _give_back(document: Document, groups: list[list[Mention]], group: list[Mention], cue: Cue) -> None:
    """Binds a cue to the names before it: to the list, or only to the last of it."""
    text = document.lower
    if category_of(cue) == "response" and _EACH_OF_THEM.search(text[cue.start : cue.end + 16]):
        told = [m for g in groups for m in g if m.end <= cue.start]
        for mention in told[-2:] if _OF_TWO.search(text[cue.start : cue.end + 16]) else told:
            own = (c for c in mention.cues if category_of(c) == "response")
            if not any(c.start >= mention.end or _OWN_RESULT.search(text[c.start : c.end]) for c in own):
                mention.cues.append(cue)
        return
    nearest = group[-1]
    category = category_of(cue)
    if category == "dosing":
        nearest.dosed = True
        for mention, following in reversed(list(pairwise(group))):
            if not (following.dosed and _AT_ONCE.search(text[mention.end : following.start])):
                continue  # "Tylenol and ibuprofen on bad days"
            mention.dosed = following.end <= cue.start
        return
    if len(group) > 1:
        for mention, following in pairwise(group):
            if mention.end <= cue.start < following.start:
                nearest = mention
    if nearest is not group[-1] or _parenthetical(document, nearest, cue):
        nearest.cues.append(cue)
        return
    gap = text[nearest.end : cue.start]
    listed = any(_TOGETHER.search(text[a.end : b.start]) for a, b in pairwise(group))
    shared = (
        listed
        or any(in_parenthesis(document, a, b) for a, b in pairwise(group))
        or _PLURAL_CUE.search(text[cue.start - 12 : cue.end + 16])
        or rx(r"[:-]\s*$|,\s*(?:all|both)\s*$").search(gap)
    )
    if category == "response" and (
        nearest.slots.relief_pct is not None or nearest.slots.relief_months is not None
    ):
        shared = shared and _PLURAL_CUE.search(text[cue.start - 12 : cue.end])
    if category not in (
        "response",
        "declined",
        "denied",
        "considered",
        "planned",
        "not_done",
        "done",
        "ongoing",
        "stopped",
    ):
        shared = None
    if text.startswith(("since", "ever since"), cue.start):
        shared = None  # "PT in spring and a home program since then"
    for mention in group if shared else [nearest]:
        mention.cues.append(cue)
