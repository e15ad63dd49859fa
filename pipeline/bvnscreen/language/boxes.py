"""Tick boxes of forms: `[x] low back [ ] neck`, `> 6 months [x]`, `Pacemaker: [ ] yes [x] no`.

One reader for every order of a row. Boxes stand before their words, or behind them where a row begins
with words and ends with a box. Boxes of yes and no answer a label: the words before them, or behind them
where the row begins with the boxes, or the line above where the row has no words of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from .rx import rx

TICKED = r"(?:\[ ?[x*] ?\]|\( ?[x*] ?\)|_+x_+)"
EMPTY = r"(?:\[ ?\]|\( {0,3}\)|_{2,})"
BOX = rx(f"({TICKED})|{EMPTY}")
_REACH = 24  # characters between a box and the words it is for
_ROW = 240  # characters of a row before and behind the words
_YES, _NO = r"yes|y|present|positive|pos", r"no|n|absent|none|negative|neg"
_OPEN = r"unknown|unsure|n/a|not (?:sure|known|assessed|evaluated|applicable|documented|stated|done|asked|recorded)"
_OPENS = rx(rf"^\s*(?:({_YES})|({_NO})|(?:{_OPEN}))\b")
_CLOSES = rx(rf"(?:^|[^a-z])(?:({_YES})|({_NO})|(?:{_OPEN})) ?[:=]?\s*$")
_WORDS = rx(r"[a-z0-9]")
_EDGE = rx(r"[.;|](?:\s|$)|\?")


@dataclass(slots=True)
class _Question:
    """Boxes of yes and no in a row, and the stretches of words before and behind them."""

    before: tuple[int, int]
    behind: tuple[int, int]
    ticks: list[str]


def _row(text: str, start: int, end: int) -> tuple[int, str]:
    begin = text.rfind("\n", max(0, start - _ROW), start) + 1 or max(0, start - _ROW)
    stop = text.find("\n", end, end + _ROW)
    return begin, text[begin : stop if stop >= 0 else end + _ROW]


def _boxes(row: str) -> list[tuple[int, int, bool]]:
    if "]" not in row and ")" not in row and "__" not in row:
        return []
    return [(m.start(), m.end(), m.start(1) >= 0) for m in BOX.finditer(row)]


def _questions(row: str, boxes: list[tuple[int, int, bool]]) -> list[_Question]:
    """The yes/no groups of a row, in order; none where its first box is of another kind."""
    ends = [0, *(b for _, b, _ in boxes)]
    starts = [*(a for a, _, _ in boxes), len(row)]
    gaps = [row[a:b] for a, b in zip(ends, starts, strict=True)]
    behind = _CLOSES.search(gaps[0]) is not None
    if not behind and not _OPENS.search(gaps[1]):
        return []
    found: list[_Question] = []
    left = (0, starts[0])
    fresh = True
    for i, (_, _, ticked) in enumerate(boxes):
        at = i if behind else i + 1
        word = (_CLOSES if behind else _OPENS).search(gaps[at])
        if word is None:
            return found if fresh else found[:-1]  # `[ ] none [x] type 1` asks for no yes or no
        polarity = "yes" if word.group(1) else "no" if word.group(2) else "blank"
        if behind:
            left = (ends[i], ends[i] + word.start())
            fresh = fresh or _WORDS.search(gaps[i][: word.start()]) is not None
            right = (ends[i + 1], starts[i + 1])
        else:
            right = (ends[i + 1] + word.end(), starts[i + 1])
        if fresh:
            found.append(_Question(left, right, []))
        found[-1].behind = right
        found[-1].ticks += [polarity] if ticked else []
        left, fresh = right, not behind and _WORDS.search(row[slice(*right)]) is not None
    return found


def answered(text: str, start: int, end: int, *, last: bool = False) -> str | None:
    """yes, no or blank where the words `text[start:end]` are asked by boxes of yes and no; else None.

    `last`: only where they close the question, or their boxes stand before them.
    """
    begin, row = _row(text, start, end)
    boxes = _boxes(row)
    if not boxes:  # the boxes may be alone on the next line
        below = begin + len(row) + 1
        _, row = _row(text, below, below)
        boxes = _boxes(row) if text[end : below - 1].strip(" :?") == "" else []
        found = _questions(row, boxes) if boxes else []
        alone = found and not any(_WORDS.search(row[slice(*s)]) for s in (found[0].before, found[0].behind))
        return _told(found[0]) if alone else None
    questions = _questions(row, boxes)
    first = bool(questions) and _WORDS.search(row[slice(*questions[0].before)]) is not None
    for question in questions:
        a, b = question.before if first else question.behind
        cuts = [m.span() for m in _EDGE.finditer(row[a:b].rstrip(" .;|?:"))]
        if cuts and first:
            a += cuts[-1][1]
        elif cuts:
            b = a + cuts[0][1]
        if a <= start - begin and end - begin <= b:
            return None if last and first and _WORDS.search(row[end - begin : b]) else _told(question)
    return None


def _told(question: _Question) -> str:
    return question.ticks[0] if len(question.ticks) == 1 else "blank"


def ticked(text: str, start: int, end: int) -> bool | None:
    """Whether the box of the words `text[start:end]` is ticked; None where they have none of their own."""
    begin, row = _row(text, start, end)
    boxes = _boxes(row)
    if not boxes or _questions(row, boxes):
        return None
    label = row[: boxes[0][0]].strip(" -*|")
    tail = rx(r"[.;\n]|$").search(row[boxes[-1][1] :])
    behind = bool(label) and label[-1] not in ":?" and tail is not None
    if behind and tail is not None and not row[boxes[-1][1] :][: tail.start()].strip():
        box = next((b for b in boxes if b[0] >= end - begin), None)
        gap = row[end - begin : box[0]] if box else "."
    else:
        box = next((b for b in reversed(boxes) if b[1] <= start - begin), None)
        gap = row[box[1] : start - begin] if box else "."
    if box is None or len(gap) > _REACH or rx(r"[^a-z0-9 /<>=~-]").search(gap):
        return None
    return box[2]
