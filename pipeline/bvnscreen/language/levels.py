"""The grammar of vertebral levels: what `L4/5`, `L3 through S1`, `D12`, `5-1` or `L4-LS` stand for.

A mention keeps the readings apart that the same characters can have: discs, vertebrae, and what
kind of object the words around it make it (disc, vertebra, endplate, root, medial branch).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from ..spine import LUMBAR_DISCS, disc, discs_between, vertebrae_between
from .rx import rx


@dataclass(slots=True)
class Level:
    """One mention, or several joined by commas and `and`.

    `discs` are stated motion segments; `vertebrae` are stated vertebrae (for a range `L3-S1` both
    are filled); `kind` is disc, vertebra, range, endplate, root, branch or study (not a level);
    `excepted` discs are those it leaves out (`all but L5-S1`).
    """

    start: int
    end: int
    discs: tuple[str, ...]
    vertebrae: tuple[str, ...]
    kind: str
    endplates: tuple[str, ...] = ()
    multilevel: bool = False
    excepted: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[str, ...]:
        """Discs, taking two adjacent endplates or a range as the discs between them."""
        return self.discs


_ITEM = rx(r"\b((?:[lstcd]|th)) ?[.-]? ?(1[0-2]|[1-9])")
_START = rx(
    r"\b(?:(?:[lstcd]|th)[ .-]{0,2}(?:1[0-2]|[1-9])(?:\b|[lstcd_]|[1-6]\b)"
    r"|[li|1][1-5] ?[-/] ?[1-5]\b"
    r"|[45] ?[-/] ?[51]\b"
    r"|[1-4] ?[-/] ?[2-5]\b"
    r"|l[sl] ?[-/] ?(?:s ?[1il]|[1-5])\b|tl ?[12]\b"
    r"|lumbosacral (?:junction|level|dis[ck]|segment|interspace|motion segment)"
    r"|lumbo-sacral (?:junction|level|dis[ck]|segment|interspace)"
    r"|thoracolumbar junction"
    r"|(?:first|second|third|fourth|fifth) lumbar (?:interspace|dis[ck](?: space)?)"
    r"|(?:all|every|each)(?: (?:of the|the|five))?(?: (?:imaged|visuali[sz]ed|visible))? lumbar (?:levels?|dis[ck]s?|segments?|interspaces?)"
    r"|(?:all|every|each) (?:levels?|dis[ck]s?) (?:of|in) the lumbar spine)"
)
_ORDINAL = {"first": "L1-L2", "second": "L2-L3", "third": "L3-L4", "fourth": "L4-L5", "fifth": "L5-S1"}
_MAX = {"l": 6, "s": 5, "t": 12, "c": 8, "d": 12}
_NEXT = rx(
    r"^(?:"
    r"(?P<tight> ?[-/_.] ?-?)"  # hyphen, slash: one disc, a chain or a range
    r"|(?P<range> ?(?:(?:down|up|all the way|right|clear|on) )*(?:to|through|thru|thr\.?|till) (?:the )?(?:level of )?)"
    r"|(?P<over> (?:vertebral body )?(?:on|over|upon|in relation to) (?:the )?)"
    r"|(?P<comma>,)"
    r"|(?P<list> ?(?:,|,? ?(?:and|&|\+|or|as well as|plus)) ?(?:at |also |both |the |to |in |of |level )*|,? )"
    r"|(?P<none>)"
    r")(?P<next>(?P<letter>[lstcd]|th)[ .-]{0,2}(?P<digit>1[0-2]|[1-9])|(?P<ocr>s[il|]\b|ls\b|5[l1]\b)|(?P<bare>1[0-2]|[1-9]))"
)
_UNIT = rx(
    r"^ ?(?:mm|cm|x|\*|%|/10|/5\b|weeks?|wks?|months?|mos?|years?|yrs?|days?|times|visits?|levels?\b|mg|degrees|"
    r"sessions?|out of|percent|to \d+ ?(?:mm|cm)|- ?\d+ ?(?:mm|cm)|\.\d|-?level\b)"
)


def _name(letter: str, digit: str) -> str | None:
    letter = "t" if letter in ("d", "th") else letter
    number = int(digit)
    if not 1 <= number <= _MAX.get(letter, 0):
        return None
    return f"{letter.upper()}{number}"


def _below(upper: str, digit: str) -> str | None:
    """The vertebra a bare digit means after `upper`: L4-5 is L5, L5-1 is S1, T12-1 is L1."""
    number = int(digit)
    letter, own = upper[0], int(upper[1:])
    if number == own + 1 or (number > own and letter in "LTC" and number <= _MAX[letter.lower()]):
        return _name(letter.lower(), digit)
    if number == 1 and upper in ("L5", "L6"):
        return "S1"
    if number == 1 and upper in ("T12", "C7"):
        return "L1" if upper == "T12" else "T1"
    return None


DIGITS = frozenset("123456789")


def _may_hold(segment: str) -> bool:
    """A cheap look before the grammar runs: a level has a digit or one of these names."""
    return not DIGITS.isdisjoint(segment) or "junction" in segment or "lumb" in segment


def find_levels(text: str, start: int, end: int) -> list[Level]:
    """Level mentions of `text[start:end]` (lower-case ASCII), joined lists as one, in order."""
    if not _may_hold(text[start:end]):
        return []
    base = max(0, start - 48)  # words before the stretch tell what kind of object a level is
    segment = text[base:end].replace("\n", " ")
    found = _find(segment, start - base, end - base)
    for level in found:
        level.start += base
        level.end += base
    return found


def _find(segment: str, start: int, end: int) -> list[Level]:
    found: list[Level] = []
    position = start
    listed = False  # bare pairs such as 5-1 count once a lettered level was seen
    while True:
        match = _START.search(segment, position)
        if match is None:
            break
        level = _parse(segment, match.start(), end, _bare_allowed(segment, match, start, listed))
        if level is None:
            position = match.start() + 1
            # stay on word starts
            continue
        found.append(level)
        listed = True
        position = max(level.end, match.start() + 1)
    if not found:
        return found
    return _classify(segment, _merge(segment, found), start, end)


def _bare_allowed(text: str, match: Any, start: int, listed: bool) -> bool:
    """A pair without its letter (`5-1`) is a level in a list of levels or where a noun says so."""
    if text[match.start()] in "lstcd" and text[match.start() + 1 : match.start() + 2] != "l":
        return False  # has its letter: the answer is not asked for
    before = text[max(start, match.start() - 14) : match.start()]
    if rx(r"(?:types?|modic|grade|mc|mixed|stage|about|score|pain)[ -]?$").search(before):
        return False
    return (listed and bool(rx(r"(?:[,&/(]|\band|\bat|\bto)\s*(?:the )?$").search(before))) or _introduced(
        text, match, start
    )


def _introduced(text: str, match: Any, start: int) -> bool:
    """A bare pair is a level when a noun says so: `4-5 disc`, `at 4-5`, `level 5-1`."""
    head = text[match.end() : match.end() + 14]
    if rx(r"^ ?(?:dis[ck]|level|interspace|segment|facet|foram|endplate)").search(head):
        return True
    before = text[max(start, match.start() - 12) : match.start()]
    return bool(rx(r"\b(?:level|dis[ck]|at|at the|interspace) $").search(before)) and not bool(
        rx(r"^ ?(?:/|weeks|months|days|years|out|mm|cm|pm|am|\d|%)").search(head)
    )


_FIXED_STARTS = ("lumbo", "thora", "first", "secon", "third", "fourt", "fifth", "all", "every", "each")


def _fixed(text: str, at: int) -> Level | None:
    if not text.startswith(_FIXED_STARTS, at):
        return None
    match = rx(
        r"^(?:(lumbo-?sacral )|(thoracolumbar )|(first|second|third|fourth|fifth) lumbar|(all|every|each) )"
    ).search(text[at : at + 24])
    if not match:
        return None
    whole = _START.search(text, at)
    end = whole.end() if whole else at
    if match.group(1):
        return Level(at, end, ("L5-S1",), (), "disc")
    if match.group(2):
        return Level(at, end, ("T12-L1",), (), "disc")
    if match.group(3):
        return Level(at, end, (_ORDINAL[match.group(3)],), (), "disc")
    return Level(at, end, LUMBAR_DISCS, (), "disc", multilevel=True)


def _parse(text: str, at: int, limit: int, bare_allowed: bool) -> Level | None:
    """One mention (pair, chain, range or single vertebra) that starts at `at`."""
    fixed = _fixed(text, at)
    if fixed:
        return fixed
    if at and (
        text[at - 1].isalnum()
        or text[at - 1] == "/"
        or (text[at - 1] == "." and text[at - 2 : at - 1].isdigit())
    ):
        return None
    first, position = _first(text, at, bare_allowed)
    if first is None:
        return None
    names: list[str] = [first]
    joins: list[str] = []
    while position < limit:
        match = _NEXT.search(text[position : position + 40])
        if not match:
            break
        join = next(
            k for k in ("tight", "range", "over", "comma", "list", "none") if match.group(k) is not None
        )
        after = position + match.end()
        gap = text[position : after - len(match.group("next"))].strip()
        if match.group("letter"):
            name = _name(match.group("letter"), match.group("digit"))
            if join == "none" and not (after >= limit or not text[after].isalnum()):
                name = None
            if after < limit and text[after].isdigit():
                # L4L5 is fine, L45 is L4-5
                name = name if text[after - 1 : after].isdigit() and join != "none" else None
        elif match.group("ocr"):
            name = "S1" if match.group("ocr") != "ls" else "L5"
            if join != "tight" or not ((first == "L5" and name == "S1") or (first == "L4" and name == "L5")):
                name = None
        else:
            name = _below(names[-1], match.group("bare"))
            if (after < limit and text[after].isalnum()) or (
                join != "tight" and _UNIT.search(text[after : after + 12])
            ):
                name = None
            loose = join == "list" and bool(gap)
            if (
                join == "range"
                or loose
                or (join == "list" and (joins or disc(names[-1], name or "") is None))
            ):
                name = None
            if join == "comma" and joins:
                name = None
        if name is None:
            break
        if join in ("list", "comma") and match.group("letter"):
            if gap or joins or not disc(names[-1], name):
                break
            join = "tight"
        if join == "range" and len(joins) == 1 and joins[0] == "tight":
            break  # L3-4 through L5-S1: a range of discs, joined later
        if join == "over" and joins:
            break
        names.append(name)
        joins.append("tight" if join in ("comma", "list", "none") else join)
        position = after
        if join == "over":
            break
    if position < limit and text[position].isalnum():
        return None
    return _build(at, position, names, joins)


def _first(text: str, at: int, bare_allowed: bool) -> tuple[str | None, int]:
    window = text[at : at + 8]
    match = _ITEM.search(window)
    if match and match.start() == 0:
        name = _name(match.group(1), match.group(2))
        digits = match.group(2)
        if name is None and len(digits) == 2:  # L45: two digits, two vertebrae
            name, digits = _name(match.group(1), digits[0]), digits[0]
        return name, at + match.start(2) + len(digits)
    if match := rx(r"^ls ?[-/]").search(window):
        return "L5", at + 2
    if match := rx(r"^ll ?[-/] ?[12]\b").search(window):
        return "L1", at + 2
    if match := rx(r"^tl ?([12])\b").search(window):
        return "T1" + match.group(1), at + match.end()
    if match := rx(r"^[i|1]([1-5]) ?[-/] ?([1-5])\b").search(window):
        if int(match.group(2)) == int(match.group(1)) + 1 and (window[0] != "1" or bare_allowed):
            return f"L{match.group(1)}", at + 2
        return None, at
    if match := rx(r"^([1-5]) ?[-/] ?([1-5])\b").search(window):
        low, high = int(match.group(1)), int(match.group(2))
        if bare_allowed and (high == low + 1 or (low, high) == (5, 1)):
            return f"L{low}", at + 1
    return None, at


def _build(start: int, end: int, names: list[str], joins: list[str]) -> Level | None:
    if len(names) == 1:
        return Level(start, end, (), (names[0],), "vertebra")
    if len(names) == 2:
        pair = disc(*names)
        if joins[0] == "range":
            discs, bodies = discs_between(*names), vertebrae_between(*names)
            return Level(start, end, discs, bodies, "range") if discs else None
        if pair:
            return Level(start, end, (pair,), (), "disc")
        discs, bodies = discs_between(*names), vertebrae_between(*names)
        if not discs or joins[0] == "over":
            return Level(start, end, (), tuple(names), "vertebra")
        return Level(start, end, discs, bodies, "range")
    chain = tuple(d for a, b in itertools.pairwise(names) for d in discs_between(a, b))
    return Level(start, end, chain, (), "disc") if chain else None


_LIST = rx(
    r"^(?:(?:\s*\([^()]{0,20}(?:mm|cm|left|right|central|mild|moderate|severe|anterior|posterior|diffuse|focal|minimal|subtle|patchy|marked)[^()]{0,14}\))?\s*(?:central|posterolateral|posterocentral|paracentral|foraminal|left|right|lt|rt)*\s*(?:left|right|central)?\s*(?:level|levels|dis[ck]s?|vertebra|vertebrae|\d(?:,\d)?)?\s*[,;/&+>]{0,2}\s*(?:and|or|nor|as well as|plus|also|then|and then|and again|again|followed by)?"
    r"\s*(?:at |also |both |the |then |left |right |lt |rt |bilateral )*|\s*(?:level )?& ?)$"
)
_EXCEPT = rx(
    r"^[\s,(]*(?:level |levels )?(?:except(?:ing)?|excluding|sparing|other than|apart from|aside from|with the exception of|but not|save)(?: for| at)?\s*(?:the )?$"
)
_DISC_RANGE = rx(
    r"^ ?(?:level |dis[ck] |dis[ck] space )?(?:down |up )?(?:to|through|thru|thr\.?|till) (?:the )?$|^ ?- ?$"
)


_SPEAKS_ALONE = rx(
    r"^ (?:(?:is|shows|has|was|looks|appears)\b|(?:dis[ck] )?(?:normal|preserved|unremarkable|clear|spared|intact|maintained|healthy|ok|nl|wnl|fine|patent|clean)(?:[ .,;)]|$))"
)


def speaks_alone(text: str, end: int) -> bool:
    """Whether what follows a level says something of it alone: `L4-5, L5-S1 preserved`."""
    return _SPEAKS_ALONE.search(text[end : end + 24]) is not None


def _merge(text: str, found: list[Level]) -> list[Level]:
    merged: list[Level] = []
    without = False
    for level in found:
        if merged:
            last = merged[-1]
            between = text[last.end : level.start]
            if len(between) <= 30:
                if (
                    _DISC_RANGE.search(between)
                    and len(last.discs) == 1
                    and len(level.discs) == 1
                    and not last.vertebrae
                    and not level.vertebrae
                ):
                    span = discs_between(last.discs[0].split("-")[0], level.discs[0].split("-")[1])
                    if span:
                        merged[-1] = Level(last.start, level.end, span, (), "disc")
                        continue
                if (
                    last.discs
                    and level.discs
                    and (_EXCEPT.search(between) or (without and _LIST.search(between)))
                ):
                    rest = tuple(d for d in last.discs if d not in level.discs)
                    if rest != last.discs:
                        without = True
                        merged[-1] = Level(
                            last.start, level.end, rest, (), "disc",
                            multilevel=last.multilevel, excepted=last.excepted + level.discs,
                        )  # fmt: skip
                        continue
                if between.strip() == "," and speaks_alone(text, level.end):
                    merged.append(level)  # `node at T12-L1, T11-12 is normal`
                    continue
                same = bool(last.vertebrae and not last.discs) == bool(level.vertebrae and not level.discs)
                apart = rx(
                    r"\b(?:unlike|in contrast (?:to|with)|as opposed to|compared (?:to|with)) (?:the )?$"
                ).search(text[max(0, last.start - 24) : last.start])
                if (
                    same
                    and not apart
                    and last.kind != "study"
                    and _LIST.search(between)
                    and (between.strip() or (level.discs and between))
                ):
                    merged[-1] = Level(
                        last.start,
                        level.end,
                        last.discs + tuple(d for d in level.discs if d not in last.discs),
                        last.vertebrae + tuple(v for v in level.vertebrae if v not in last.vertebrae),
                        last.kind if last.kind == level.kind else "disc" if level.discs else "vertebra",
                        multilevel=last.multilevel or level.multilevel,
                    )
                    continue
        merged.append(level)
    return merged


_HEART = rx(r"heart|cardiac|cardio|murmur|\brrr\b|regular|gallop|\brubs?\b|rhythm|\bcv\b|s3\b|auscult")
_ROOT_AFTER = rx(
    r"^,? ?(?:(?:and|or|/|&) ?)?(?:(?:exiting|traversing|descending|left|right|rt|lt|bilateral|spinal|existing|exit) ){0,2}"
    r"(?:nerves?\b|roots?\b|nerve-?roots?|radicul|radic\b|dermatom|distribution|myotom|ganglion|sensory|motor|drg\b|snrb|tfesi|"
    r"selective|distrib|transforaminal|root)"
)
_ROOT_BEFORE = rx(
    r"(?:nerves?|roots?|root of|ganglion|exiting|traversing|descending|dermatomes?|myotomes?|distribution of|snrb)"
    r"(?: at| of| the| from| left| right| in| lt| rt| both)* ?$"
)
_BRANCH = rx(
    r"^,? ?(?:(?:and|&) )?(?:(?:left|right|bilateral|lumbar|facet|diagnostic) ){0,2}"
    r"(?:medial branch|dorsal ram|mbs?\b|dr\b|mbbs?\b|lmbbs?\b|lateral branch|rfas?\b|rfn\b|rhizotomy|facet rfa)"
)
_BRANCH_BEFORE = rx(
    r"(?:medial branch(?:es)?(?: nerves?)?(?: blocks?)?|dorsal ram[iu]s?|mbbs?|lmbbs?|mbs?|medial branch rfa)"
    r"(?: rfa)?(?: \w{1,10}){0,3} ?$"
)
_ENDPLATE_AFTER = rx(
    r"^ ?(?:'s )?(?:(?:vertebral|vertebrae) )?(superior|inferior|upper|lower) (?:end[ -]?plates?|aspect|margin|surface|plate)"
)
_ENDPLATE_SHORT = rx(r"^ ?(superior|inferior|upper|lower)(?:ly)? ?(?:[,.;)&/+]|and\b|$)")
_ENDPLATE_BEFORE = rx(
    r"(superior|inferior|upper|lower) (?:vertebral )?(?:end[ -]?plates?|aspect|margin|surface|plate)?"
    r"(?: signal| change| changes| edema| oedema)*(?: of| at| in| the| along| involving)* ?$"
)
_CORRECTED = rx(
    r"^[,.;\s-]*(?:correction|i mean|make that|scratch that|excuse me|rather|should be|sorry)\b[,:;\s-]*(?:at |the )*[lstc]\d"
)
_CONUS = rx(r"conus[\w ,]{0,60}$")


def _classify(text: str, levels: list[Level], start: int, end: int) -> list[Level]:
    out: list[Level] = []
    branch = any(w in text for w in ("branch", "mb", "ram", "rf", "rhizo", "dr"))
    for i, level in enumerate(levels):
        following = levels[i + 1].start if i + 1 < len(levels) else end
        after = text[level.end : min(following, level.end + 44)]
        before = text[max(start, level.start - 44, levels[i - 1].end if i else start) : level.start]
        if (
            level.kind == "vertebra"
            and len(level.vertebrae) == 2
            and rx(
                r"\b(?:between|(?:adjoining|adjacent|opposing|apposing|facing|contiguous|neighbou?ring) (?:vertebral )?end ?plates? (?:of|at|in|between)) (?:the )?$"
            ).search(before)
        ):
            pair = disc(*level.vertebrae)
            if pair:
                level = Level(level.start, level.end, (pair,), (), "disc")
        if level.kind != "disc" and _sequence(level, after):
            continue
        if (
            set(level.vertebrae) <= {"S1", "S2", "S3", "S4"}
            and not level.discs
            and _HEART.search(text[start:end])
        ):
            continue
        if "conus" in before and _CONUS.search(before):
            continue
        if i + 1 < len(levels) and _CORRECTED.search(text[level.end : min(end, level.end + 30)]):
            levels[i + 1].start = level.start  # `L3-4, correction, L4-5`: what follows holds
            continue
        if branch and ((level.kind != "vertebra" and _BRANCH.search(after)) or _BRANCH_BEFORE.search(before)):
            level.kind = "branch" if level.vertebrae else level.kind
        elif branch and level.vertebrae and _BRANCH.search(after):
            level.kind = "branch"
        elif level.kind == "vertebra":
            short = _ENDPLATE_SHORT.search(after) if "plate" in text[start:end] else None
            if match := _ENDPLATE_AFTER.search(after) or _ENDPLATE_BEFORE.search(before) or short:
                side = "superior" if match.group(1) in ("superior", "upper") else "inferior"
                level.endplates = tuple(f"{v}-{side}" for v in level.vertebrae)
                level.kind = "endplate"
            elif _ROOT_AFTER.search(after) or _ROOT_BEFORE.search(before):
                level.kind = "root"
        out.append(level)
    return _pair_endplates(text, out)


def _sequence(level: Level, after: str) -> bool:
    """T1 and T2 are pulse sequences far more often than vertebrae."""
    if not set(level.vertebrae) <= {"T1", "T2", "T3"} or not level.vertebrae:
        return False
    return not rx(r"^ ?(?:vertebra|bod(?:y|ies)|level|superior|inferior|compression|spinous)").search(after)


def _pair_endplates(text: str, levels: list[Level]) -> list[Level]:
    """`inferior endplate of L5 and superior aspect of S1` is one disc with two endplates."""
    out: list[Level] = []
    for level in levels:
        last = out[-1] if out else None
        if (
            last
            and level.kind == last.kind == "endplate"
            and level.start - last.end <= 40
            and rx(r"^[ ,\n]*(?:and|/|,|&|with)?[a-z ]*$").search(text[last.end : level.start])
        ):
            plates = last.endplates + level.endplates
            discs = endplate_discs(plates)
            if discs:
                out[-1] = Level(
                    last.start, level.end, discs, last.vertebrae + level.vertebrae, "endplate", plates
                )
                continue
        out.append(level)
    return out


def endplate_discs(plates: tuple[str, ...]) -> tuple[str, ...]:
    """Discs whose two endplates are both named."""
    found = []
    for plate in plates:
        vertebra, side = plate.split("-")
        if side == "inferior":
            for other in plates:
                lower, other_side = other.split("-")
                pair = disc(vertebra, lower)
                if other_side == "superior" and pair:
                    found.append(pair)
    return tuple(found)
