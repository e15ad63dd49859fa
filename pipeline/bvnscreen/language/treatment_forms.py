"""What a form says of a treatment: boxes, a yes or no beside the name, the cells of a table's row."""

from __future__ import annotations

from .boxes import EMPTY, TICKED, answered, ticked
from .document import Document
from .lexicon import lexicon
from .rx import rx
from .treatment_names import PLAN_SECTIONS, Mention
from .treatment_slots import COURSES, DRUGS

_FORM = rx(
    r"^\s*(?:\([^)\n]{0,40}\)\s*)?(?:[:=?]|\.{2,}|-{1,2}\s|\?)[\s.:?]*(yes|no|none|never|n/a|y|n|nil|not yet|not done|not tried|denies|denied|completed|done|tried|failed|ordered|"
    r"declined|unable|pending|scheduled|current|currently|has not had)\b"
)

_YES_NO = rx(r"^ (yes|no|y|n)(?: x ?\d)?\s*(?:[;,.]|$)|^ ?\| ?(yes|no|y|n|never|current|ongoing|past)\s*\|")

_FORM_STATUS = {
    "yes": "done", "y": "done", "completed": "done", "done": "done", "tried": "done", "failed": "done", "no": "not_done", "none": "not_done",
    "never": "not_done", "n": "not_done", "nil": "not_done", "not yet": "not_done", "not done": "not_done", "denies": "not_done", "has not had": "not_done",
    "denied": "", "n/a": "", "ordered": "planned", "pending": "planned", "scheduled": "planned", "declined": "declined", "refused": "declined",
    "unable": "not_done", "current": "ongoing", "currently": "ongoing", "ongoing": "ongoing", "not tried": "not_done", "in the past": "done",
    "past": "done", "now": "ongoing", "current use": "ongoing", "in progress": "ongoing", "planned": "planned", "contraindicated": "not_done", "had": "done",
}  # fmt: skip

_BOX = rx(rf"(?:({TICKED})|{EMPTY})\s*([a-z /-]{{0,24}})")

_HELPED = {"a lot": "good", "yes": "good", "some": "mixed", "a little": "minimal", "little": "minimal", "not at all": "none", "no": "none", "none": "none",
           "y": "good", "n": "none", "very much": "good", "minimal": "minimal", "partial": "mixed", "moderate": "mixed", "temporary": "temporary", "good": "good", "worse": "worse", "made it worse": "worse", "temporarily": "temporary", "somewhat": "mixed"}  # fmt: skip


def _label(words: str, known: dict[str, str]) -> str | None:
    """What a box's label stands for; the next question may follow it on the line."""
    parts = words.split()
    return next((known[k] for n in (3, 2, 1) if (k := " ".join(parts[:n])) in known), None)


_TRIED = rx(
    r"^\W*(?:when|dates?\b|tried|used|done|had|completed|status|yes\W*$|no\W*$|current|performed|attempted|received)"
)
_HEAD = rx(
    r"^(?:tried|used|done|helped|helpful|benefit|relief|response|results?|outcome|dates?|when|effect|status|yes|no|duration|comments?|notes?)$"
)
_HELPFUL = rx(r"\b(?:help|relief|relieve|benefit|response|result|effect|outcome|improve)")


def _table_cells(document: Document, mention: Mention) -> tuple[str | None, bool]:
    """Status by the table's row that the name opens, and whether the row is of a table with a heading.

    The heading above tells which cell says that it was tried and which that it helped.
    """
    text = document.lower
    begin = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    row = text[begin : end if end >= 0 else len(text)]
    if "|" not in row or "|" in row[: mention.start - begin].strip(" |"):
        return None, False
    top = begin
    while top > 0 and "|" in text[(line := text.rfind("\n", 0, top - 1) + 1) : top - 1]:
        top = line
        if begin - top > 4000:
            break
    heading = text[top : text.find("\n", top)] if top < begin else ""
    names = [c.strip() for c in heading.strip().strip("|").split("|")]
    cells = [c.strip(" *") for c in row.strip().strip("|").split("|")]
    if "?" in "".join(cells[1:]) or (
        top == begin and len(cells) > 2 and all(_HEAD.search(c) for c in cells[1:])
    ):
        return "", True  # the heading itself
    if not any(_TRIED.search(n) or _HELPFUL.search(n) for n in names[1:]):
        return None, False
    status = None
    for name, cell in zip(names[1:], cells[1:], strict=False):
        if _HELPFUL.search(name):
            mention.response = mention.response or _label(cell, _HELPED)
        elif _TRIED.search(name) and cell in ("x", "[x]", "(x)") and name[:2] in ("ye", "no"):
            status = "not_done" if name.startswith("no") else "done"
        elif _TRIED.search(name):
            status = status or _label(cell, _FORM_STATUS)
    return status, True


_PLUS_OR_MINUS = rx(r"^ ?\(\s?([+-])\s?\)")
# The label of a row of boxes: `Treatment requested today: [ ] ESI [x] BVN ablation`
_ASKS_FOR = rx(
    r"\b(?:request\w*|plan(?:ned)?|propos\w+|recommend\w*|order(?:s|ed)?|schedul\w+|refer\w*)\b[^:\n]{0,30}[:?]?\s*$"
)
_DID_IT_HELP = rx(r"\b(?:help(?:ed|ful|s)?|relief|benefit|effective)\b ?[?:=]+ ?([a-z ]{1,24})")


_ASKED_LIST = rx(r"\?\s*\([^)]*$")


def form_status(document: Document, mention: Mention) -> str | None:
    """What a box, a mark or a yes/no beside the name says; None where there is no form."""
    text = document.lower
    status, tabled = _table_cells(document, mention)
    if tabled:
        return status
    sign = _PLUS_OR_MINUS.search(text[mention.end : mention.end + 8])
    if sign and mention.name in COURSES | DRUGS:
        return "done" if sign.group(1) == "+" else "not_done"
    if _ASKED_LIST.search(text[text.rfind("\n", 0, mention.start) + 1 : mention.start]):
        return ""  # `What was done for it? (therapy, medicines, other)`
    told = answered(text, mention.phrase, mention.end)
    own = None if told else ticked(text, mention.phrase, mention.end)
    line = text.find("\n", mention.end, mention.end + 160)
    stop = min(len(text), mention.end + 160) if line < 0 else line
    mark = text[mention.end : stop].lstrip()[:1]
    named_by_verb = rx(
        r"^ (?:completed|tried|done|attempted|performed|received|had|given|trial(?:led)?)\b *[:?(\[]"
    ).search(text[mention.end : mention.end + 24])
    line = text.rfind("\n", max(0, mention.start - 60), mention.start) + 1 or max(0, mention.start - 60)
    boxed = "]" in text[line : mention.phrase] or ")" in text[line : mention.phrase]
    asked = told is not None or own is not None or named_by_verb or boxed
    if not asked and (not mark or mark not in "()[:=?.-/&|oayn"):
        return None  # no box, no answer
    begin = mention.end
    for following in lexicon("procedures.toml").find(text, mention.end, stop):
        if rx(r"^\s*(?:/|&|or|and)\s*$").search(text[begin : following.start]):
            begin = following.end  # "chiropractic/acupuncture [ ] done": one answer for both
            continue
        if following.rule.data.get("whole"):
            continue  # a length is no other treatment
        stop = following.start
        break
    after = text[begin:stop]
    boxes = [b for b in _BOX.finditer(after) if b.start() <= 90]
    helped = rx(r"\bhelp|relief|response").search(after)
    split = helped.start() if helped else len(after)
    answers = [b for b in boxes if b.start() < split and _label(b.group(2), _FORM_STATUS) is not None]
    ticks = [b for b in boxes if b.start(1) >= 0]
    mention.response = next(
        (r for b in ticks if b.start() > split and (r := _label(b.group(2), _HELPED))), mention.response
    )
    said = _DID_IT_HELP.search(after)
    if said and mention.response is None:
        mention.response = _label(said.group(1), _HELPED)
    if told is None and answers:
        return next((_label(b.group(2), _FORM_STATUS) for b in answers if b in ticks), "")
    if rx(r"^[ \w]{0,12}[:?]\s*(?:_{2,}|\*{3})\s*(?:$|[;.,\w])").search(after):
        return ""  # `PT tried: ___`: nobody filled it in
    if told:
        return {"yes": "done", "no": "not_done", "blank": ""}[told]
    if own is not None or boxes:
        first = _BOX.search(text, line)
        asks = first is not None and _ASKS_FOR.search(text[line : first.start()])
        return "" if not own else "planned" if asks or mention.section in PLAN_SECTIONS else "done"
    filled = _FORM.search(after) or _YES_NO.search(after)
    if filled:
        word = filled.group(1) or filled.group(2)
        if word in ("denied", "denies") or (
            word in ("no", "n", "none")
            and rx(
                r"^ (?:relief|benefit|improvement|help|change|effect|lasting|durable|response|significant|signif|sig|better|changes?)\b"
            ).search(after[filled.end() :])
        ):
            return None
        return _FORM_STATUS.get(word)
    return None


_TAIL = rx(
    r"^[^.;\n]*?(?:[)\d,:|=>]|\bx ?\d|\bwks?|\bmos?|\bmonths|\bweeks|\bvisits|\bsessions|\s-+|  )\s*(?:(none|nil|zero|no help|nothing|ineffective)|(minimal|little|slight|poor|marginal)|"
    r"(some|partial|moderate|fair|mixed)|(temp|temporary|transient|short[- ]term|brief)|(good|excellent|great|significant)|(worse))\s*(?:\([^)\n]*\)\s*)?[.;]?\s*$"
)
_TAIL_VALUES = ("none", "minimal", "mixed", "temporary", "good", "worse")


def tail_response(document: Document, mention: Mention) -> str | None:
    """`PT (12 wks, 2023) none`: the last word of the line of a table."""
    line = document.lower.find("\n", mention.end, mention.end + 120)
    end = min(mention.end + 120 if line < 0 else line, mention.sentence.end)
    if mention.stop < end or end - mention.end < 4:
        return None
    found = _TAIL.search(document.lower[mention.end : end])
    if not found:
        return None
    return _TAIL_VALUES[next(i for i, g in enumerate(found.groups()) if g)]
