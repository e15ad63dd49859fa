"""Tick boxes of forms: `[x] low back [ ] neck`, `> 6 months [x]  < 6 months [ ]`."""

from __future__ import annotations

from .rx import rx

TICKED = r"(?:\[ ?[x*] ?\]|\( ?[x*] ?\))"
EMPTY = r"(?:\[ ?\]|\( {0,3}\)|_{2,})"
_BOX = rx(f"({TICKED})|{EMPTY}")
_REACH = 24  # characters between a box and the words it is for


def ticked(text: str, start: int, end: int) -> bool | None:
    """Whether the box of the words `text[start:end]` is ticked; None where they have none.

    A box stands before its words, except in a row that begins with words and ends with a box.
    """
    begin = text.rfind("\n", max(0, start - 240), start) + 1 or max(0, start - 240)
    stop = text.find("\n", end, end + 240)
    row = text[begin : stop if stop >= 0 else end + 240]
    if not any(mark in row for mark in ("]", ")", "__")):
        return None
    boxes = list(_BOX.finditer(row))
    if not boxes:
        return None
    label = row[: boxes[0].start()].strip(" -*|")
    tail = rx(r"[.;\n]|$").search(row[boxes[-1].end() :])
    behind = bool(label) and label[-1] not in ":?" and tail is not None
    if behind and tail is not None and not row[boxes[-1].end() :][: tail.start()].strip():
        box = next((b for b in boxes if b.start() >= end - begin), None)
        gap = row[end - begin : box.start()] if box else "."
    else:
        box = next((b for b in reversed(boxes) if b.end() <= start - begin), None)
        gap = row[box.end() : start - begin] if box else "."
    if box is None or len(gap) > _REACH or rx(r"[^a-z0-9 /<>=~-]").search(gap):
        return None
    return box.start(1) >= 0
