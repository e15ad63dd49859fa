"""Forms filled in by hand, made plain: circled answers, cells that end in Y or N, menus nobody marked.

A question without an answer is silence: its menu names nothing the patient has or had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .rx import Pattern, rx

if TYPE_CHECKING:
    from .clean import CleanText, Piece

_YES_NO = r"(?:yes|no|y|n)"
# `(Y) N`, `Y (N)`, `[yes] / no`: both words stand there and one is marked.
_CIRCLED = rx(
    rf"(?i)[ ?:.]{{1,6}}(?:\(?[(\[*] ?(?P<a>{_YES_NO}) ?[)\]*]\)? ?/? ?{_YES_NO}|{_YES_NO} ?/? ?\(?[(\[*] ?(?P<b>{_YES_NO}) ?[)\]*]\)?)(?P<end>[ \t.;,]|\n|$)"
)
# `Fractures. None.`: a label and its answer, each with a stop
_STOPPED = rx(
    r"(?im)^(?P<label>[ *>+-]*[a-z][a-z '/-]{2,34}[a-z])\.(?P<answer> +(?:none|nil|absent|negative)"
    r"(?: *[.;,)]| *$| +(?:reported|noted|seen|known|documented|identified|found|to report|present)\b))"
)
_STOPPED_END = rx(r"\. +(?:none|nil|absent|negative)\b")
# `Y / N` and no mark, at the end of a cell.
_OPEN = rx(r"(?i)[ ?:]{1,4}\(?(?:y ?/ ?n|yes ?/ ?no)\)?(?P<end>  |[ ]?\n|[ ]?$)")
# `pacemaker N   defibrillator N`: two cells or more on a line.
_GLOSS = r"(?: ?\([^()\n]{0,40}\))?"
_CELL = rf"[a-z][a-z /'&-]{{2,34}}[ :?]{{1,3}}(?:yes|no|y|n){_GLOSS}"
_CELLS = rx(rf"(?im)^(?:[^\n?:]{{0,60}}[?:] *)?{_CELL}(?: {{2,}}{_CELL})+ *$")
_CELL_END = rx(rf"(?i)(?P<word>[a-z])[ :?]{{1,3}}(?P<answer>yes|no|y|n)(?P<end>{_GLOSS}(?:  +| *$))")
# `____8 months ago____`
_FILLED = rx(r"_{2,}(?P<words>[^_\s][^_\n]{0,60}?[^_\s])_{2,}")
# `o none   * 1 to 3 months   o longer`: buttons of which one is pressed
_RADIO = rx(r"(?im)^ *[o*] [^\n]{1,40}?(?: {2,}[o*] [^\n]{1,40}?){1,9}$")
_BUTTON = rx(r"(?i)(?:^ *| {2,})(?P<mark>[o*]) ")
# `pacemaker (N)  stimulator (N)`: an answer behind each of several labels
_BEHIND = rx(r"(?i)(?P<word>[a-z]) *\((?P<answer>yes|no|y|n)\)[ ,;]*")
_BEHIND_ALL = rx(r"(?i)(?:[a-z][a-z /'-]{2,34} *\((?:yes|no|y|n)\)[ ,;]*){2,}")
# `  Chiropractor    N    no help`: a row of a form, where there are several
_ROW = rx(
    r"(?im)^(?P<label> *[a-z][a-z /'&-]{2,34}?) {2,}(?P<answer>yes|no|y|n)(?P<rest>(?: {2,}[^\n]{0,60})?)$"
)
# `Tried: PT ___  chiro ___`
_BLANKS = rx(r"(?im)^[^\n_]*[:?] *[a-z][^\n_]{1,40}_{3,} *(?:[a-z][^\n_]{1,40}_{3,} *)+$")
_BLANK = rx(r" ?_{3,}")
# `Pain distribution (back / leg / both): ______`: the options of a field nobody filled in
_OPTIONS = rx(r"(?m)^(?P<label>[^\n:(]{3,60})(?P<options>\([^()\n]*/[^()\n]*\))(?P<blank> ?[:?] ?_{3,} *)$")
# `Circle all that apply: PT   chiro   surgery`
_MENU = rx(
    r"(?im)^(?P<head>[^\n:?]{0,80}\b(?:circle|check|tick|mark)\b[^\n:]{0,60}[:?]\)?) *(?P<items>[^\n]{3,300})$"
)
_NOTHING = rx(
    r"(?i)[(\[] ?(?:(?:nothing|none|not one|no (?:answer|item|box)\w*) (?:was |were |is |are |has been )?(?:circled|checked|ticked|marked|selected|given|filled))"
    r"[^)\]\n]{0,20}[)\]]|[(\[] ?(?:left |all )?blank ?[)\]]|[(\[]no answer[)\]]"
)
_SEPARATED = rx(r" {2,}| / |, |\t")
_RING = rx(r"\(\(? ?([^()\n]{2,40}?) ?\)\)?|\* ?([^*\n]{2,40}?) ?\*")
_MARKS = rx(r"(?i)\[ ?x? ?\]|\( {0,3}x? {0,3}\)|_+x?_*|\bx\b|\by\b|\bn\b|\byes\b|\bno\b|\d")


def plain_answers(result: CleanText) -> None:
    """Rewrites marked answers as `: yes` or `: no` and takes unmarked menus out."""
    text = result.text
    lower = text.lower()
    if any(w in lower for w in ("circle", "check", "tick", "mark")):
        result.edit(_MENU, _menu)
    if _NOTHING.search(text):
        result.edit(rx(r"(?im)^[^\n:?]{0,120}[:?][^\n]{0,300}$"), _unanswered)
    if "__" in text:
        result.edit(_OPTIONS, lambda m: [m.span("label"), ": ***"])
        result.edit(_FILLED, lambda m: [" ", m.span("words"), " "])
    if "* " in text and "o " in lower:
        result.edit(_RADIO, _radio)
    result.edit(_CIRCLED, lambda m: [f": {_full(m.group('a') or m.group('b'))};", m.span("end")])
    result.edit(_OPEN, lambda m: [": ***;", m.span("end")])
    if _STOPPED_END.search(lower):
        result.edit(_STOPPED, lambda m: [m.span("label"), ":", m.span("answer")])
    result.edit(_CELLS, lambda m: _cells(m, _CELL_END))
    if any(mark in lower for mark in ("(n)", "(y)", "(no)", "(yes)")):
        result.edit(_BEHIND_ALL, lambda m: _cells(m, _BEHIND))
    if len(list(_ROW.spans(result.text))) > 1:
        result.edit(_ROW, lambda m: [m.span("label"), f": {_full(m.group('answer'))};", m.span("rest")])
    result.edit(_BLANKS, _blanks)


def _full(answer: str) -> str:
    return "yes" if answer.lower().startswith("y") else "no"


def _radio(match: Any) -> list[Piece] | None:
    out: list[Piece] = []
    base, row, last = match.start(), match.group(0), 0
    buttons = list(_BUTTON.finditer(row))
    if sum(b.group("mark") == "*" for b in buttons) != 1:
        return None
    for button in buttons:
        out += [(base + last, base + button.start("mark")), "[x]" if button.group("mark") == "*" else "[ ]"]
        last = button.end("mark")
    return [*out, (base + last, match.end())]


def _cells(match: Any, answered: Pattern) -> list[Piece]:
    out: list[Piece] = []
    base, row, last = match.start(), match.group(0), 0
    for cell in answered.finditer(row):
        out += [(base + last, base + cell.end("word")), f": {_full(cell.group('answer'))};", " "]
        last = cell.end()
    return out


def _blanks(match: Any) -> list[Piece]:
    out: list[Piece] = []
    base, row, last = match.start(), match.group(0), 0
    for gap in _BLANK.finditer(row):
        out += [(base + last, base + gap.start()), ": ***;"]
        last = gap.end()
    return [*out, (base + last, match.end())]


def _menu(match: Any) -> list[Piece] | None:
    """Of a menu to be circled only what is circled stands; where nothing is, the menu is silent."""
    items, base = match.group("items"), match.start("items")
    if _MARKS.search(items) or not _SEPARATED.search(items):
        return None
    rings = list(_RING.finditer(items))
    out: list[Piece] = [match.span("head"), " "]
    for ring in rings:
        group = 1 if ring.group(1) else 2
        out += [(base + ring.start(group), base + ring.end(group)), ", "]
    return out if rings else [match.span("head"), " ***"]


def _unanswered(match: Any) -> list[Piece] | None:
    """`Treatments tried: PT   chiro   [nothing circled]`"""
    row = match.group(0)
    if not _NOTHING.search(row):
        return None
    at = min(i for c in ":?" if (i := row.find(c)) >= 0) + 1
    return [(match.start(), match.start() + at), " ***"]
