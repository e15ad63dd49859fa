"""Units of reading: sentences, unpunctuated lines, items and table cells, with the level they stand under."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field

from .levels import DIGITS, Level, find_levels
from .lexicon import lexicon
from .rx import Match, rx
from .sections import Section, lines_of

MAX_SENTENCE = 1200  # characters; longer runs are cut at a blank so that cost stays linear


@dataclass(slots=True)
class Sentence:
    """A unit of reading. Offsets are into the cleaned text; `text` is lower-case ASCII.

    `heading` is the level heading it stands under (`L4-5:` three lines above counts), `block` numbers
    paragraphs and list items, `topic` is the column or label a table cell or form answer belongs to.
    `carry` is the level its paragraph speaks of; `stepwise`: its section goes through the levels one by one.
    """

    start: int
    end: int
    text: str
    section: str
    index: int
    block: int
    soft: bool = False
    heading: Level | None = None
    heading_own: bool = False
    topic: str = ""
    carry: Level | None = None
    stepwise: bool = False
    _levels: list[Level] | None = field(default=None, repr=False)


_ABBREVIATIONS = frozenset(
    [
        "sched",
        "inj",
        "prev",
        "incl",
        "cont",
        "dr",
        "mr",
        "mrs",
        "ms",
        "vs",
        "no",
        "approx",
        "mod",
        "sl",
        "sev",
        "fig",
        "st",
        "pt",
        "pts",
        "hx",
        "dx",
        "tx",
        "rx",
        "wk",
        "wks",
        "mo",
        "mos",
        "yr",
        "yrs",
        "hr",
        "min",
        "max",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "etc",
        "p.o",
        "b.i.d",
        "t.i.d",
        "q.d",
        "p.r.n",
        "a.m",
        "p.m",
        "inc",
        "ext",
        "int",
        "lt",
        "rt",
        "bilat",
        "l.s",
        "sq",
        "cm",
        "mm",
        "ca",
        "prof",
        "y.o",
        "y.o.f",
        "y.o.m",
        "ap",
        "lat",
        "jr",
        "sr",
    ]
)
_CONNECTOR_END = rx(
    r"(?:\b(?:at|and|of|with|to|without|the|a|an|in|for|or|by|from|on|as|is|are|was|were|both|no|mild|moderate|severe|modic|type|"
    r"left|right|central|neural|foraminal|disc|nerve|end|vertebral|which|that|due|her|his|has|had|have|been|not|now|lt|rt|"
    r"inferior|superior|[lstcd]\d{0,2} ?-)|[,(/&+-])\s*$"
)
_CONTINUES = rx(
    r"^\s*(?:and|with|without|of|at|which|causing|compressing|resulting|leading|associated|indenting|abutting|encroaching|narrowing|"
    r"extending|producing|or|to|in|on|from|as|but|is|are|was|were|that|due|secondary|all|more|largely|mildly|noted|seen)\b"
)
_NEW_PHRASE = rx(
    r"^\s*(?:no|mild|moderate|severe|multilevel|multiple|diffuse|evidence|features?|adequate|normal|small|large|wide|central|disc|grade|"
    r"there|the spinal|annular|degenerative|end|facet|spinal|scoliosis|tarlov|hemangioma|loss|nb|straighten|otherwise|conus|marked)\b"
)
_ITEM = rx(
    r"^\s*(?:[-*+>]{1,3}\s*\S|\(?\d{1,2}[.)]\s|\(?[a-h][.)]\s|\[[ x]?\]|\(\s?[x ]?\s?\)|"
    r"\|?\s*(?:at )?(?:[lstcd]|th)\d{1,2}\s?[-/]\s?(?:[lstcd]|th)?\d{1,2}[^.\n]{0,60}?(?:[:|]|\s-))"
)
_LEVEL_HEAD = rx(
    r"^[\s|*\-+>\d.()]*?(?:at |the |level |disc |level of |segment ){0,3}"
    r"((?:[lstcdi]|th)[ .-]?\d{1,2}[^:\n|.]{0,70}?)\s*"
    r"(?:(?:\([^()\n]{0,60}\))?\s*(?:[:|]+|-{1,2}\s|-{1,2}$|\.{2,}))"
    r"|^[\s*\-+>.]*\[((?:[lstc]|th|d)\d{1,2}\s?[-/]\s?(?:[lstcd])?\d{1,2})\]"
    r"|^[\s*\-+>.]*((?:[lstc]|th|d)\d{1,2}\s?[-/]\s?(?:[lstcd])?\d{1,2}(?:,? (?:level|dis[ck]|segment|interspace))?)\s*$"
)
_ASKS = rx(r"^[\s\d.)-]*(?:where|how|what|when|which|is|are|do|does|did|have|has|any|can|were)\b[^.?]{3,}\?")
_TERMINATOR = rx(r"[.!?;:]\s*[\"')]?\s*$")


_Column = tuple[str, Level | None]  # the words of its head, and the level they name


def split(text: str, lower: str, sections: list[Section]) -> list[Sentence]:
    """Sentences of the whole note, in order."""
    blocks = _blocks(text, lower, sections)
    carried = _carried(lower, blocks, sections)
    sentences: list[Sentence] = []
    heading: Level | None = None
    columns: list[_Column] | None = None
    starts = [s.start for s in sections]
    section_at, opened, carried_by, described, one_sentence = -2, 0, -1, -2, -1
    kinds = {s.category for s in sections}
    titled = rx(r"^[^\n.]{0,40}\b(?:mri?|magnetic resonance|ct)\b").search(lower) is not None
    report = (
        titled or bool(kinds & {"findings", "impression", "technique", "comparison"})
    ) and not kinds & _CLINIC
    topic_level: Level | None = None
    part_of: dict[int, int] = {}  # the section of each sentence
    opened_with: dict[int, set[str]] = {}
    for number, (start, end, _) in enumerate(blocks):
        at = bisect_right(starts, start) - 1
        category = sections[at].category if at >= 0 else ""
        if not carried[number]:
            heading = None
        if at != section_at:
            section_at, opened = at, number
            if at >= 0 and not lower[sections[at].body : end].strip(" .:\n"):
                opened = number + 1  # the heading stands alone: its text is the next block
        topic = sections[at].title if at >= 0 and category == "unknown" else ""
        line = lower[start:end]
        if "|" in line and line.count("|") >= 2:
            if category in _NARROW and number > opened:
                category = "findings"
            columns, heading = _row(lower, start, end, category, number, columns, sentences)
            continue
        columns = None
        for a, b, soft in _sentences(text, lower, start, end):
            own = False
            head = _level_head(lower, a, b)
            if head:
                levels = find_levels(lower, a, a + head.end())
                if levels and levels[0].start - a <= 24 and levels[0].kind in ("disc", "range", "vertebra"):
                    if levels[-1].end >= a + max(head.end(g) for g in (1, 2, 3)) - 30:
                        heading = levels[0]
                        own = True
            if (category in _NARROW or (category == "history" and report)) and (
                described == at
                or number > opened
                or _DESCRIBES.search(lower[a:b])
                or (category == "comparison" and _TELLS_NOW.search(lower[a:b]))
            ):
                # an indication is over where the description begins; in a note ("Reason: ...") the story
                category, described = "history" if kinds & _CLINIC else "findings", at
            if category in ("criteria", "education") and _ABOUT_PATIENT.search(lower[a:b]):
                category = ""
            if category in _ONE_SENTENCE and number == one_sentence:
                category = ""  # `Allergies: codeine. Home exercises daily.`
            elif (
                category in _ONE_SENTENCE
                and lower[a:b].rstrip().endswith(".")
                and not lower[a:b].rstrip().endswith(":")
            ):
                one_sentence = number
            label = _LABEL.search(lower[a : min(b, a + 44)]) if ":" in lower[a : a + 44] else None
            about = label.group(1) if label and not topic else topic
            if not about and soft and sentences and sentences[-1].block == number:
                about = sentences[-1].topic  # `Endplate signal: L1-2 fat; L2-3 fat`
            piece = Sentence(a, b, lower[a:b], category, len(sentences), number, soft, heading, own, about)
            if carried_by == number and topic_level is not None:
                piece.carry = topic_level
            topic_level, carried_by = _topic_level(lower, piece, topic_level), number
            if topic_level is not None and topic_level.start >= a:
                opened_with.setdefault(at, set()).update(topic_level.discs)
            part_of[piece.index] = at
            sentences.append(piece)
    for index, part in part_of.items():
        steps = len(opened_with.get(part, ()))
        sentences[index].stepwise = steps > _STEPS or (
            steps == _STEPS and not DENIES.search(sentences[index].text)
        )
    return sentences


_STEPS = 2  # levels that open a sentence of a section before it counts as told level by level
DENIES = rx(r"^\W*(?:there (?:is|are) )?(?:no|nil|without)\b")  # with two levels it may sum up


_LABEL = rx(r"^\W{0,4}([a-z][a-z &/,]{2,30}?) ?:")
_ABOUT_PATIENT = rx(
    r"\b(?:this patient|the patient's|the patient (?:has|had|is|was)|my patient|his mri|her mri|he has|she has|patient:)"
)
_ONE_SENTENCE = frozenset({"allergies", "anesthesia", "social", "family"})
_CLINIC = frozenset(
    {"hpi", "assessment", "plan", "assessment_plan", "exam", "ros", "medications", "treatments", "pmh"}
)
_NARROW = frozenset({"indication", "comparison", "technique", "exam_name"})
_DESCRIBES = rx(
    r"^\W*(?:there (?:is|are|has been)\b|the (?:lumbar|conus|vertebra|alignment|spinal|discs|cord|marrow)|normal (?:alignment|lumbar|vertebral|marrow)|alignment\b|"
    r"vertebral (?:body|bodies|height|align)|at (?:the )?l\d|(?:[lst]|th)\d{1,2} ?[-/] ?[lst]?\d|conus\b|five lumbar|lumbar (?:lordosis|alignment)|marrow signal)"
)


_TELLS_NOW = rx(
    r"\b(?:(?:is|are|has|have|shows?) now|now (?:is|are|shows?|fatty|type)|currently|today's|(?:has|have) (?:since |now )?(?:converted|evolved|progressed|changed|resolved))\b"
)


def _topic_level(lower: str, sentence: Sentence, before: Level | None) -> Level | None:
    """The level a paragraph speaks of: the one its last levelled sentence opened with."""
    text = sentence.text
    if before is None and DIGITS.isdisjoint(text):
        return None
    levelled = rx(r"[lst4-5]\s?\d").search(text)
    if before is None and levelled is None:
        return None
    if _ENDS_TOPIC.search(text):
        return None
    if levelled is None:
        return before
    sentence._levels = find_levels(lower, sentence.start, sentence.end)
    levels = [g for g in sentence._levels if g.discs]
    if not levels:
        return before
    opening = lower[sentence.start : levels[0].start].strip(" -*\n")
    if len(levels) == 1 and _OPENS_TOPIC.search(opening):
        return levels[0]
    same = before is not None and all(g.discs == before.discs for g in levels)
    return before if same else None


_ENDS_TOPIC = rx(
    r"\b(?:elsewhere|other levels|remaining (?:\w+ )?(?:levels|dis[ck]s|segments|interspaces|foramina|spine)|remainder|conus|alignment|lordosis|lumbar spine|in summary|impression|multilevel|paraspinal|fractures?|fx|"
    r"pre ?vertebral|paravertebral|sacroiliac|incidental\w*|visuali[sz]ed|bladder|kidneys?|aorta|artifact)\b"
)
_OPENS_TOPIC = rx(
    r"^(?:\d{1,2}[.)])?(?:(?:at|the|level|segment|disc|disk|of|on|in|and|motion|interspace)\s*)*$"
)


_BEFORE_HEAD = " \t\n\r\x0c|*-+>.()[0123456789"  # bullets and numbers


def _level_head(lower: str, start: int, end: int) -> Match | None:
    text = lower[start : min(end, start + 160)]
    head = text.lstrip(_BEFORE_HEAD)
    if head[:1] not in _HEAD_LETTERS or (head[1:2] not in _AFTER_LETTER and not head.startswith(_HEAD_WORDS)):
        return None  # a cheap look before the grammar runs
    return None if _ONE_TO_SIX.isdisjoint(text) else _LEVEL_HEAD.search(text)


_ONE_TO_SIX = frozenset("123456")
_HEAD_LETTERS = frozenset("alstcdi")
_AFTER_LETTER = frozenset(" .-0123456789")
_HEAD_WORDS = (
    "at ",
    "the ",
    "level ",
    "disc ",
    "segment ",
    "th.",
    "th-",
    "th ",
    *(f"th{n}" for n in range(10)),
)


def _carried(lower: str, blocks: list[tuple[int, int, bool]], sections: list[Section]) -> list[bool]:
    """For each block, whether the level heading before it still holds.

    A heading alone on its line holds until the next one or a blank line; a heading with text on its
    line holds over unmarked lines that lie between it and another heading.
    """
    starts = [s.start for s in sections]
    heads = [_level_head(lower, a, b) for a, b, _ in blocks]
    bullet = rx(r"^\s*(?:[-*+]|\(?\d{1,2}[.)])\s")
    bullets = [not lower[a].isalpha() and bool(bullet.search(lower[a : a + 8])) for a, _, _ in blocks]
    nearer_head = [False] * len(blocks)
    for i in range(len(blocks) - 2, -1, -1):
        nxt = blocks[i + 1]
        if any_between(starts, blocks[i][0], nxt[0]):
            continue
        nearer_head[i] = bool(heads[i + 1]) or (not nxt[2] and nearer_head[i + 1])
    out = [False] * len(blocks)
    alone = False
    for i in range(1, len(blocks)):
        a, b, _gap = blocks[i - 1]
        head = heads[i - 1]
        if head:
            rest = lower[a + head.end() : b].strip(" .-|")
            alone = len(rest.strip(":")) <= 2 or rest.endswith(":")
        if blocks[i][2] or any_between(starts, a, blocks[i][0]):
            alone = alone and bool(head) and not any_between(starts, a, blocks[i][0])
            out[i] = alone
            continue
        out[i] = alone or (nearer_head[i] and not bullets[i])
    return out


def any_between(starts: list[int], a: int, b: int) -> bool:
    """Whether a section starts after a, up to b."""
    return bisect_right(starts, a) != bisect_right(starts, b)


def _blocks(text: str, lower: str, sections: list[Section]) -> list[tuple[int, int, bool]]:
    """Stretches without a real line break: paragraphs, list items, headed lines. (start, end, blank before)."""
    cuts = sorted({s.start for s in sections} | {s.body for s in sections})
    lines = lines_of(lower)
    widths = sorted(e - s for s, e in lines)
    width = widths[-1] if widths else 0
    filled = _fill_width(lower, lines) if 38 <= width <= 220 else 0
    punctuated = sum(1 for s, e in lines if lower[s:e].rstrip().endswith(".")) * 2 >= max(2, len(lines) // 2)
    capitals = text.isupper() and lower.count(". ") > 2  # prose, not a list of codes
    blocks: list[tuple[int, int, bool]] = []
    gap = False
    previous_end = -1
    for start, end in lines:
        body = lower[start:end]
        if not body.strip():
            gap = True
            continue
        blank_before = gap or (previous_end >= 0 and lower[previous_end:start].count("\n") > 1)
        if (
            blocks
            and not blank_before
            and _wrapped(text, lower, blocks[-1][0], previous_end, start, end, filled, punctuated, capitals)
        ):
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2])
        else:
            blocks.append((start, end, blank_before))
        previous_end, gap = end, False
    out: list[tuple[int, int, bool]] = []
    k = 0
    for start, end, blank in blocks:
        while k < len(cuts) and cuts[k] <= start:
            k += 1
        while k < len(cuts) and cuts[k] < end:
            if lower[start : cuts[k]].strip():
                out.append((start, cuts[k], blank))
                blank = False
            start = cuts[k]
            k += 1
        if lower[start:end].strip():
            out.append((start, end, blank))
    return out


def _fill_width(lower: str, lines: list[tuple[int, int]]) -> int:
    """The column at which the text was wrapped, or 0 when its lines end where their author ended them."""
    if len(lines) < 2:
        return 0
    width = max(e - s for s, e in lines)
    hits = total = 0
    for (s, e), (s2, e2) in itertools.pairwise(lines):
        if s2 - e > 1 or not lower[s2:e2].strip() or not lower[s:e].strip():
            continue
        first = lower[s2:e2].split(None, 1)[0]
        if _TERMINATOR.search(lower[s:e]) and e - s < width - 12:
            continue
        total += 1
        hits += (e - s) + 1 + len(first) > width - 2
    return width if total and hits * 3 >= total * 2 else 0


_LEVEL_LINE = rx(r"^\W*(?:[lt]\d{1,2} ?[-/] ?[lst]?\d{1,2}|[lt]\d[lst]?\d)\b ?:?[ ,]*[a-z(+]")
_BEFORE_LEVEL = rx(
    r"(?:\b(?:to|with|in|for|by|from|on|as|is|are|was|were|both|no|without|than|between|involving|affecting)|[,(/&+-])\s*$"
)
_OPEN_END = rx(r"\b(?:remaining|other|all|the|of|at|and|or|both)\s*$")


def _wrapped(
    text: str,
    lower: str,
    block: int,
    end: int,
    start: int,
    line_end: int,
    filled: int,
    punctuated: bool,
    capitals: bool,
) -> bool:
    """Whether the line break between `end` and `start` was made by a machine, not by the author."""
    after = lower[start:line_end]
    last_line = lower[max(block, lower.rfind("\n", block, end) + 1) : end]
    if after.lstrip()[:1] in "|" or "|" in last_line:
        return False
    if _ASKS.search(after) and not text[start:line_end].lstrip(" \t0123456789.)-")[:1].islower():
        return False  # the next question of a form
    first = after.split(None, 1)[0]
    full = filled and len(last_line) + 1 + len(first) > filled - 2
    if (
        capitals
        and "[" not in last_line + after
        and not _TERMINATOR.search(last_line)
        and not _ITEM.search(after)
    ):
        # no small letter tells that the sentence goes on; a long line without its stop does
        if full or (len(last_line) > 60 and not _NEW_PHRASE.search(after)):
            return True
    if (
        "...." in last_line
        or (
            ":" in after
            and rx(r"^\s*[a-z][a-z /&()-]{2,40}:").search(after)
            and not text[start:line_end].lstrip()[:1].islower()
            and not _OPEN_END.search(last_line)
        )
        or ("[" in last_line and rx(r"\[ ?x? ?\] ?\w+\s*$").search(last_line))
    ):
        return False  # a labelled line or a line of boxes
    if _OPEN_END.search(last_line):
        return True
    opening = lower[block : min(end, block + 40)]
    if _LEVEL_LINE.search(after) and _LEVEL_LINE.search(opening) and not _BEFORE_LEVEL.search(last_line):
        return False  # level by level, a line each
    if _CONNECTOR_END.search(last_line) and not last_line.rstrip().endswith("-:"):
        if (
            last_line.rstrip().endswith(",")
            and _NEW_PHRASE.search(after)
            and not text[start : start + 1].islower()
        ):
            return False
        return not rx(r"^\s*[-*+>.]\s?[a-z]").search(after) or bool(rx(r"^\s*-\s?[lstc]\d").search(after))
    if _ITEM.search(after):
        return False
    if full and not (_NEW_PHRASE.search(after) and text[start : start + 1].isupper()):
        return True
    if _TERMINATOR.search(last_line):
        return False
    if _CONTINUES.search(after) and len(last_line) > 12:
        return True
    lower_start = text[start + len(after) - len(after.lstrip())].islower()
    prose = len(last_line) > 60 and text[block : block + 1].isupper() and ". " in lower[block:end]
    told = punctuated or prose
    return bool(lower_start and told and not _NEW_PHRASE.search(after) and len(last_line) > 30)


_BREAK = rx(
    r"[.!?]\[[\d, -]{1,12}\]|[.!?;]+[\"')\]]{0,2}(?:\s|$|,\s)|/{2,3}|\s-{2,}\s|\.,|[.?!][a-z]{0}\d{0,2}(?:,\d)?\s"
)


def _sentences(text: str, lower: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """(start, end, ended by a semicolon) of the sentences of a block."""
    out: list[tuple[int, int, bool]] = []
    begin, soft = start, False
    for stop, stop_at in (*_BREAK.spans(lower, start, end), (end, end)):
        if stop < end and not _ends(text, lower, begin, stop, stop_at, end):
            continue
        while stop_at - begin > MAX_SENTENCE:
            cut = lower.rfind(" ", begin + MAX_SENTENCE // 2, begin + MAX_SENTENCE)
            cut = cut if cut > begin else begin + MAX_SENTENCE
            out.append((begin, cut, True))
            begin = cut
        if lower[begin:stop_at].strip(" \n.;-/,"):
            out.append((begin, stop_at, soft))
            soft = lower[stop:stop_at].startswith(";")
        begin = stop_at
    trimmed = []
    for a, b, s in out:
        while a < b and lower[a] in " \n":
            a += 1
        while b > a and lower[b - 1] in " \n":
            b -= 1
        if b > a:
            trimmed.append((a, b, s))
    return _split_level_heads(lower, trimmed)


_INNER_HEAD = rx(r"[\s,](?:and )?((?:[lstcd])\d{1,2} ?[-/] ?(?:[lstcd])?\d{1,2}(?: (?:level|disc))? ?:)\s")


def _split_level_heads(lower: str, pieces: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """A level with a colon in mid-sentence opens a new one even without a full stop before it."""
    out = []
    for a, b, s in pieces:
        if ":" in lower[a:b]:
            position = a + 1
            while match := _INNER_HEAD.search(lower, position, b):
                if rx(
                    r"(?:,|\band|&|\bto|through|\b[lst]\d|\b(?:the|at|of|in|from|about|around|involving|bordering|surrounding|adjacent|side of|both))\s*$"
                ).search(lower[max(a, match.start(1) - 24) : match.start(1)]):
                    position = match.end()
                    continue
                out.append((a, match.start(1), s))
                a, s = match.start(1), False
                position = match.end()
        out.append((a, b, s))
    return out


def _ends(text: str, lower: str, begin: int, start: int, stop: int, end: int) -> bool:
    mark = lower[start]
    if lower[start : start + 3] == "...":
        return False  # dot leaders and ellipses
    if mark in ";/" or lower[start : start + 2] == ".,":
        return True
    if mark == " ":
        return True
    if mark == "?" and (start == begin or lower[start - 1].isspace()):
        return False  # `? Modic`, `noted ? correlate`: a hedge
    word = lower[max(begin, start - 14) : start]
    word = word[max(word.rfind(" "), word.rfind("\n"), word.rfind("("), word.rfind("-")) + 1 :]
    following = text[stop : stop + 1] if stop < end else ""
    if mark == ".":
        if lower[start - 1 : start].isdigit() and lower[start + 1 : start + 2].isdigit():
            return bool(rx(r"[lst]\d{1,2}$").search(word))  # `6.5 mm`; the 5 of `at L5.5 ` is a reference
        if word == "no" and not following.isdigit():
            return True  # `Below the knee: no.`; only before a figure is it a number
        if word in _ABBREVIATIONS and (
            following.islower()
            or following.isdigit()
            or word in ("dr", "mr", "mrs", "ms", "vs", "no", "approx")
        ):
            return False
        if word.isdigit() and len(word) <= 2 and not lower[begin : start - len(word)].strip(" \n-*(."):
            return False  # a list number
        if len(word) == 1 and word.isalpha() and following.islower():
            return False
    return True


def _row(
    lower: str,
    start: int,
    end: int,
    category: str,
    block: int,
    columns: list[_Column] | None,
    sentences: list[Sentence],
) -> tuple[list[_Column] | None, Level | None]:
    """A table row: a level heads its row, or its column; the other of the two names the topic.

    A row that begins with a treatment is read whole.
    """
    cells = _cells(lower, start, end)
    if not cells:
        return columns, None
    if lexicon("procedures.toml").find(lower, *cells[0]):
        a, b = cells[0][0], end
        sentences.append(Sentence(a, b, lower[a:b], category, len(sentences), block))
        return columns or [], None
    levels = find_levels(lower, *cells[0])
    label = lower[slice(*cells[0])].strip(" *-")
    if not levels and columns is None and all(e - s <= 32 for s, e in cells):
        names = (lower[s:e].strip(" *-") for s, e in cells)
        return [
            (n, next(iter(find_levels(lower, *c)), None)) for n, c in zip(names, cells, strict=True)
        ], None
    if all(set(lower[s:e]) <= set(" *-:") for s, e in cells):
        return columns, None
    turned = not levels and columns is not None and any(level for _, level in columns)
    for k, (s, e) in enumerate(cells):
        while s < e and lower[s] in " *":
            s += 1
        while e > s and lower[e - 1] in " *":
            e -= 1
        if e <= s or (k == 0 and (levels or turned)):
            continue
        topic, heading = columns[k] if columns and k < len(columns) else ("", None)
        if levels:
            heading = levels[0]
        elif heading is not None:
            topic = label
        sentences.append(
            Sentence(s, e, lower[s:e], category, len(sentences), block, False, heading, bool(heading), topic)
        )
    return columns, levels[0] if levels else None


def _cells(lower: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets between the bars of a row; without what is outside of the outer bars, if nothing is."""
    bars = [start - 1, *(i for i in range(start, end) if lower[i] == "|"), end]
    cells = [(a + 1, b) for a, b in itertools.pairwise(bars)]
    if not lower[slice(*cells[0])].strip():
        cells = cells[1:]
    if cells and not lower[slice(*cells[-1])].strip():
        cells = cells[:-1]
    return cells
