"""Text as it arrived, made plain, with the way back to the original offsets.

The cleaned text is ASCII. Each of its characters knows the place in the original text that it came
from, so whatever is found in the cleaned text is shown in the words of the note.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from .forms import plain_answers
from .rx import rx

UNKNOWN = "\x7f"
_ONE_TO_ONE = {
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u0060": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
    "\u2022": "-", "\u25aa": "-", "\u25e6": "-", "\u2023": "-", "\u00b7": "-", "\u2219": "-",
    "\u00d7": "x", "\u2044": "/", "\u2215": "/", "\u2265": ">", "\u2264": "<",
    "\t": " ", "\x0b": " ", "\x0c": "\n", "\x00": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "\u2611": "\u2612", "\u2714": "\u2612", "\u2713": "\u2612", "\u25a0": "\u2612", "\u25cf": "\u2612",
    "\u25a1": "\u2610", "\u25cb": "\u2610", "\u25fb": "\u2610",
}  # fmt: skip
_TABLE = str.maketrans(_ONE_TO_ONE)
_DROPPED = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202a", "\u202b",
            "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}  # fmt: skip
_WIDE = {"\u2192": "->", "\u2191": " increased ", "\u2193": " decreased ", "\u2612": "[x]", "\u2610": "[ ]", "\u00bd": " 1/2", "\u2160": "I", "\u2161": "II", "\u2162": "III",
         "\u00e6": "ae", "\u0153": "oe", "\u2026": "...", "\u00d8": "no "}  # fmt: skip

Piece = str | tuple[int, int]


class CleanText:
    """`text`: ASCII, case kept. `span(start, end)` gives the original half-open offsets."""

    __slots__ = ("_offsets", "_source_length", "text")

    def __init__(self, source: str) -> None:
        self.text = source
        self._source_length = len(source)
        self._offsets: list[int] | None = None

    def edit(self, pattern: Any, pieces: Callable[[Any], Iterable[Piece] | None]) -> None:
        """Rewrites each match by `pieces`: kept spans of the text and new words; None keeps it all."""
        text, out, offsets = self.text, [], []
        old, last = self._offsets, 0
        for match in pattern.finditer(text):
            new = pieces(match)
            if new is None or match.start() < last:
                continue
            parts: list[Piece] = [(last, match.start()), *new]
            for piece in parts:
                if isinstance(piece, str):
                    out.append(piece)
                    at = match.start() if old is None else old[match.start()]
                    offsets.extend([at] * len(piece))
                    if piece and piece is parts[-1]:  # so that evidence covers all that was replaced
                        offsets[-1] = match.end() - 1 if old is None else old[match.end() - 1]
                else:
                    a, b = piece
                    out.append(text[a:b])
                    offsets.extend(range(a, b) if old is None else old[a:b])
            last = match.end()
        if out or last:
            out.append(text[last:])
            offsets.extend(range(last, len(text)) if old is None else old[last:])
            self.text, self._offsets = "".join(out), offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of cleaned characters start to end (half-open)."""
        if self._offsets is None:
            return start, end
        n = len(self._offsets)
        first = self._offsets[start] if start < n else self._source_length
        last = self._offsets[end - 1] + 1 if 0 < end <= n else first
        return first, max(first, last)

    def clean_position(self, original: int) -> int:
        """The first cleaned character at or after an original offset."""
        return original if self._offsets is None else bisect_left(self._offsets, original)


def clean(source: str) -> CleanText:
    """Undoes line endings, HL7, RTF, HTML, odd characters, hyphenation and glosses; linear in length."""
    result = CleanText(source)
    result.text = (_tabbed(source) if source.count("\t") > 3 else source).translate(_TABLE)
    if not result.text.isascii():
        _to_ascii(result)
    if "\r" in result.text:
        result.edit(rx(r"\r\n?"), lambda m: ["\n"])
    text = result.text
    if "OBX|" in text or "\\.br\\" in text:
        _hl7(result)
    if text.lstrip()[:5].lower() == "{\\rtf" or "\\par" in text:
        _rtf(result)
    if "<" in text or "&" in text:
        _html(result)
    if result.text.lower().count(" period") >= 2 and result.text.count(".") <= 1:
        result.edit(rx(r"(?i) period\b"), lambda m: ["."])
        result.edit(rx(r"(?i) comma\b"), lambda m: [","])
    if "page " in result.text.lower():
        _furniture(result)
    if _SLASH_HEAD.search(result.text):
        _slash_rows(result)
    if "   " in result.text:
        _double_spaced(result)
        _aligned(result)
    if _COMMA_HEAD.search(result.text):
        _comma_rows(result)
    plain_answers(result)
    _join(result)
    return result


def _tabbed(source: str) -> str:
    """Tabs that part the columns of a table become bars: as many of them, two or more, on two lines in a row."""
    lines = source.split("\n")
    counts = [line.strip("\r").count("\t") if line.strip() and line[0] != "\t" else 0 for line in lines]
    for i, count in enumerate(counts):
        if count > 1 and count in (counts[i - 1] if i else 0, counts[i + 1] if i + 1 < len(counts) else 0):
            lines[i] = lines[i].replace("\t", "|")
    return "\n".join(lines)


def _to_ascii(result: CleanText) -> None:
    out: list[str] = []
    offsets: list[int] = []
    old = result._offsets
    for i, char in enumerate(result.text):
        if char < "\x80":
            new = char
        elif char in _DROPPED:
            continue
        elif char in _WIDE:
            new = _WIDE[char]
        else:
            base = unicodedata.normalize("NFKD", char)[:1]
            new = base if base and base < "\x80" else UNKNOWN
        out.append(new)
        offsets.extend([i if old is None else old[i]] * len(new))
    result.text, result._offsets = "".join(out), offsets


_HL7_ESCAPES = {"T": "&", "F": "|", "S": "^", "R": "~", "E": "\\"}


def _hl7(result: CleanText) -> None:
    """OBX-5 of each line is the text; other segments and fields are dropped."""

    def line(match: Any) -> list[Piece] | None:
        body = match.group(0)
        if not body.startswith("OBX|"):
            return [] if rx(r"^[A-Z][A-Z0-9]{2}\|").search(body) else None
        start, fields = match.start(), 0
        for i, char in enumerate(body):
            if char == "|":
                fields += 1
                if fields == 5:
                    begin = i + 1
                    end = body.find("|", begin)
                    return [(start + begin, start + (len(body) if end < 0 else end))]
        return []

    result.edit(rx(r"[^\n]+"), line)

    def escape(match: Any) -> list[Piece]:
        code = match.group(1)
        if code[:1] in ".":
            return ["\n"]
        return [_HL7_ESCAPES.get(code, "")]

    result.edit(rx(r"\\(\.br|\.sp\d*|\.in\d*|\.ti\d*|\.sk\d*|\.ce|[HNTFSRE]|X[0-9A-F]{2,8})\\"), escape)
    result.edit(rx(r"~"), lambda m: ["\n"])


def _rtf(result: CleanText) -> None:
    result.edit(rx(r"\{\\(?:fonttbl|colortbl|stylesheet|info|\*)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"), lambda m: [])

    def word(match: Any) -> list[Piece]:
        token = match.group(0)
        if token.startswith("\\'"):
            char = bytes([int(token[2:4], 16)]).decode("cp1252", "replace").translate(_TABLE)
            return [char if char.isascii() else UNKNOWN]
        name = match.group(1) or ""
        if name in ("par", "line", "row", "sect", "page"):
            return ["\n"]
        return [" "] if name in ("tab", "cell") else []

    result.edit(rx(r"\\'[0-9a-fA-F]{2}|\\([a-z]{1,20})-?\d{0,6} ?|\\[~_\-]|[{}]"), word)


_BLOCK_TAGS = {
    "br",
    "p",
    "div",
    "tr",
    "li",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "body",
    "section",
}


def _html(result: CleanText) -> None:
    def tag(match: Any) -> list[Piece]:
        name = match.group(1).lower()
        return ["\n"] if name in _BLOCK_TAGS else [" "] if name in ("td", "th") else []

    result.edit(rx(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]{0,300})?/?>"), tag)

    def entity(match: Any) -> list[Piece] | None:
        char = html.unescape(match.group(0))
        if char == match.group(0):
            return None
        plain = char.translate(_TABLE)
        return [plain if plain.isascii() else UNKNOWN * len(plain)]

    result.edit(rx(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});"), entity)


def _groups(*numbers: int) -> Callable[[Any], list[Piece]]:
    return lambda m: [m.span(n) for n in numbers if m.start(n) >= 0]


_DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "for": "4", "won": "1", "to": "2"}


def _furniture(result: CleanText) -> None:
    """Page headers and footers in mid-text."""
    text = result.text

    def gap(match: Any) -> list[Piece]:
        before = text[: match.start()].rstrip()[-1:]
        return ["\n"] if before.isalnum() or before in ",-(" else ["\n\n"]  # a sentence goes on over the page

    result.edit(
        rx(r"(?i)(?:\n *)*\n[^\n]{0,60}\bpage +\d{1,3} *(?:of|/) *\d{1,3}\b[^\n]{0,80}(?:\n *)*(?:\n|$)"), gap
    )


def _double_spaced(result: CleanText) -> None:
    """Lines set with two blanks for one get one, so that the gaps between columns stand out again."""
    gaps: set[int] = set()
    at = 0
    for line in result.text.split("\n"):
        inner = line.strip()
        begin = at + line.find(inner) if inner else at
        found = [(begin + a, begin + b) for a, b in rx(r" +").spans(inner)]
        if len(found) > 2 and all((b - a) % 2 == 0 for a, b in found):
            gaps.update(a for a, _ in found)
        at += len(line) + 1
    if gaps:
        result.edit(
            rx(r" {2,}"),
            lambda m: [(m.start(), (m.start() + m.end()) // 2)] if m.start() in gaps else None,
        )


def _aligned(result: CleanText) -> None:
    """Columns of a table drawn with spaces get bars: rows whose cells begin where those of its heading do."""
    corners: set[int] = set()  # offset of the first level of a heading that leaves its corner blank
    gaps: dict[int, int] = {}  # offset of the space between two cells: how many columns it crosses
    rows, at = [], 0
    lines = result.text.split("\n")
    for line in lines:
        rows.append((at, [c.start() for c in _CELL.finditer(line)]))
        at += len(line) + 1
    i = 0
    while i < len(rows):
        heads, k = rows[i][1], i + 1
        corner = (
            _LEVEL_HEADING.search(lines[i]) is not None
        )  # `      L3-4   L4-5`: no word over the row labels
        if corner:
            heads = [0, *heads]
        if corner or (len(heads) > 2 and _HEADING.search(lines[i]) and not _ANSWER_CELL.search(lines[i])):
            while (
                k < len(rows)
                and len(rows[k][1]) > 1
                and "   " in lines[k].strip()
                and _under(heads, rows[k][1])
            ):
                k += 1
        if corner and k - i > 1:
            corners.add(rows[i][0] + heads[1])
        if k - i > (1 if corner else 2):
            for start, cells in rows[i:k]:
                columns = [_column(heads, c) for c in cells]
                for (a, b), cell in zip(pairwise(columns), cells[1:], strict=True):
                    gaps[start + cell] = b - a
        i = k
    if gaps:
        bars = {end: " |" * count + " " for end, count in gaps.items()} | dict.fromkeys(corners, "level | ")
        result.edit(rx(r" {2,}"), lambda m: [bars[m.end()]] if m.end() in bars else None)


# `LEVEL,BULGE,MODIC`: a table pasted from a spreadsheet
_COMMA_HEAD = rx(
    r"(?im)^(?:levels?|dis[ck]s?|segments?|treatments?)[\w /]{0,16}(?:[,;\t] ?[\w /?%]{2,24}){1,9}$"
)


# `disc / endplates / canal` over `L4-5 - narrowed / M2 / ok`: the column of levels has no heading
_SLASH_HEAD = rx(
    r"(?im)^ *(?:dis[ck]s?|end ?-?plates?|modic|canal|foram\w*|facets?)(?: *[/|] *[a-z][\w ?%()]{2,24}){1,6} *:? *$"
)
_SLASH_ROW = rx(r"(?i)^ *(?P<level>[lt]\d{1,2} ?[-/] ?[lst]?\d{1,2}) *(?P<mark>[-:]) +(?P<cells>[^\n]+)$")


def _slash_rows(result: CleanText) -> None:
    """Rows of a level and as many cells, parted by slashes, as their heading names get bars."""
    cuts: set[int] = set()
    count, at = 0, 0
    for line in result.text.split("\n"):
        row = _SLASH_ROW.search(line)
        if _SLASH_HEAD.search(line):
            count, begin = line.count("/"), 0
        elif count and row and row.group("cells").count("/") == count:
            begin = row.start("cells")
            cuts.add(at + row.start("mark"))
        else:
            count = 0
        if count:
            cuts.update(at + i for i, c in enumerate(line) if c == "/" and i >= begin)
        at += len(line) + 1
    result.edit(rx(r"[/:-]"), lambda m: ["|"] if m.start() in cuts else None)
    result.edit(_SLASH_HEAD, lambda m: ["level | ", m.span()])


def _comma_rows(result: CleanText) -> None:
    """Rows of as many cells as their heading get bars for its commas, semicolons or tabs."""
    cuts: set[int] = set()
    count, mark, at = 0, "", 0
    for line in result.text.split("\n"):
        if _COMMA_HEAD.search(line):
            mark = next(c for c in line if c in ",;\t")
            count = line.count(mark)
        elif line.count(mark or ",") != count:
            count = 0
        if count:
            cuts.update(at + i for i, c in enumerate(line) if c == mark)
        at += len(line) + 1
    result.edit(rx(r"[,;\t]"), lambda m: ["|"] if m.start() in cuts else None)


_HEADING = rx(r"^ *[A-Za-z][A-Za-z /?()%-]*   [A-Za-z /?()%-]*$")
_LEVEL_HEADING = rx(r"(?i)^ {3,}(?:[lt]\d{1,2} ?[-/] ?[ls]?\d{1,2}(?: {2,}|$)){2,5}$")
_ANSWER_CELL = rx(r"(?i)  (?:yes|no|y|n)(?:  | *$)")  # a row that answers is no heading
_CELL = rx(r"[^ ]+(?: [^ ]+)*")


def _column(heads: list[int], cell: int) -> int:
    return min(range(len(heads)), key=lambda j: abs(heads[j] - cell))


def _under(heads: list[int], cells: list[int]) -> bool:
    columns = [_column(heads, c) for c in cells]
    return (
        columns == sorted(set(columns))
        and columns[0] == 0
        and all(abs(heads[j] - c) <= 3 for j, c in zip(columns, cells, strict=True))
    )


def _join(result: CleanText) -> None:
    """Words and levels cut by a line end, glosses between a level's letter and digit, dictated levels."""
    if "  " in result.text:
        result.edit(rx(r"( ) +"), lambda m: [m.span(1)])
    text = result.text
    if "-\n" in text or "- \n" in text:
        result.edit(rx(r"(?i)(\b[lstcd]\d{0,2})(-)[ ]*\n[ ]*([lstc]?\d)"), _groups(1, 2, 3))
        result.edit(
            rx(r"([a-z]{2,})-[ ]*\n[ ]*([a-z]{2,})|([A-Z]{2,})-[ ]*\n[ ]*([A-Z]{2,})"), _groups(1, 2, 3, 4)
        )
    if "(" in text:
        result.edit(
            rx(r"(?i)\b(?:lumbar|thoracic|sacral|cervical)\s{0,2}\(([lstc])\)\s{0,2}(\d)"), _groups(1, 2)
        )
        result.edit(
            rx(r"(?i)\b([lstc])\s?\((?:lumbar|thoracic|sacral|cervical)[a-z ]{0,30}\)\s?(\d)"), _groups(1, 2)
        )
        result.edit(
            rx(
                r"(?i)\b([lstc]\d{1,2})\s?\((?:first|second|third|fourth|fifth|sixth|lumbar|sacral)\b[^()\n]{0,40}\)"
            ),
            _groups(1),
        )
    result.edit(
        rx(
            r"(?i)\b(l|s|t|lumbar|sacral)[ \n-](one|two|three|four|five)(?:[ -]+(?:dash |to )?(one|two|three|four|five)\b)?"
            r"|\b(l) (for) (5)\b"
        ),
        _dictated,
    )
    lower = result.text.lower()
    if "lumbar" in lower and any(w in lower for w in _ORDINALS):
        result.edit(_WORDED, _worded)
    if "sacrum" in lower:
        result.edit(_TO_SACRUM, lambda m: [m.span("level"), " to S1"])
    if "modic" in lower and any(w in lower for w in _ORDINALS):
        result.edit(_NTH_TYPE, lambda m: ["Modic type " + str(1 + _ORDINALS.index(m.group("n").lower()))])
        result.edit(_OF_NTH_TYPE, lambda m: ["of type " + str(1 + _ORDINALS.index(m.group("n").lower()))])
    if "modic" in lower and " of " in lower:
        result.edit(_UNDERSIDE, lambda m: ["inferior endplate of ", m.span("level")])
        result.edit(_TOP, lambda m: ["superior endplate of ", m.span("level")])
    result.edit(rx(r"(?i)\b(l\d) dash (\d)\b"), lambda m: [m.span(1), "-", m.span(2)])
    result.edit(
        rx(
            r"(?i)\b(?:lumbar|sacral) \d{1,2}(?:[/.-]\d{1,2})?(?:[/.-](?:\d\d){1,2}\b| ?(?:views?|films?|x-?rays?|years?|months?|weeks?|days?)\b)"
            r"|\b(lumbar|sacral) (\d)\b(?:[ -]+(\d)\b|(-)(?:sacral ?(\d))\b)?"
        ),
        _spelled,
    )


# `the disc between the fifth lumbar vertebra and the sacrum`, `the second and third lumbar vertebrae`
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ANY_ORDINAL = "|".join(_ORDINALS)
_BODY = r"(?:\slumbar)?(?:\svertebra[el]?)?(?:\sbod(?:y|ies))?"
_WORDED = rx(
    rf"(?i)(?P<between>\bbetween\s)?(?:\bthe\s)?\b(?P<first>{_ANY_ORDINAL}){_BODY}(?:\sand\s(?:the\s)?(?P<second>(?:{_ANY_ORDINAL})|sacrum|first\ssacral){_BODY})?"
)
# `the second Modic type`, `Modic change of the first type`
_NTH_TYPE = rx(r"(?i)\b(?P<n>first|second|third) (?:modic type|type of modic|modic (?:grade|kind|degree))\b")
_OF_NTH_TYPE = rx(r"(?i)\bof (?:the )?(?P<n>first|second|third) (?:type|kind|grade|degree)\b")
_TO_SACRUM = rx(
    r"(?i)\b(?P<level>l[1-5](?: ?[-/] ?[1-5])?)\s(?:(?:down|all\sthe\sway|right|clear|on)\s)*(?:to|through)\s(?:the\s)?sacrum\b"
)
_UNDERSIDE = rx(
    r"(?i)\b(?:underside|undersurface|lower surface|bottom|floor)\sof\s(?:the\s)?(?P<level>l[1-5]\b)"
)
_TOP = rx(r"(?i)\b(?:top|roof|upper surface)\sof\s(?:the\s)?(?P<level>(?:l[1-5]|s1)\b)")


def _worded(match: Any) -> list[Piece] | None:
    words = match.group(0).lower()
    if "lumbar" not in words:
        return None
    names = [f"L{_ORDINALS.index(match.group('first').lower()) + 1}"]
    if second := match.group("second"):
        names.append("S1" if "sacr" in second.lower() else f"L{_ORDINALS.index(second.lower()) + 1}")
    elif not words.endswith(("vertebra", "body", "vertebral")):
        return None  # `fifth lumbar disc` is a level of its own
    if match.group("between"):
        return ["between ", "-".join(names)]
    return [" and ".join(names)]


def _dictated(match: Any) -> list[Piece] | None:
    if match.group(4):
        return [match.span(4), "4-5"]
    letter = match.group(1)[0]
    if len(match.group(1)) == 1 and letter not in "LlSsTt":
        return None
    first, second = match.group(2).lower(), match.group(3)
    out: list[Piece] = [(match.start(1), match.start(1) + 1), _DIGITS[first]]
    if second:
        out += ["-", _DIGITS[second.lower()]]
    return out


def _spelled(match: Any) -> list[Piece] | None:
    if not match.group(1):
        return None  # `MRI lumbar 3/2024`, `lumbar 4 views`
    out: list[Piece] = [(match.start(1), match.start(1) + 1), match.span(2)]
    if match.group(3):
        out += ["-", match.span(3)]
    elif match.group(5):
        out += ["-S", match.span(5)]
    return out
