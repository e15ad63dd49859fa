"""What became of a treatment: its status and what it brought, from cues, section and forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from .boxes import EMPTY, TICKED, answered, ticked
from .document import Document
from .lexicon import lexicon
from .rx import rx
from .treatment_cues import category_of
from .treatment_names import Cue, Mention
from .treatment_slots import COURSES, DRUGS

PLAN_SECTIONS = frozenset(("plan", "assessment_plan"))

_SELF_CARE = DRUGS | {"HEP", "TENS", "bracing", "yoga"}

_GIVEN_ONCE = rx(r"^\W*(?:\d+ ?mg )?(?:injection|inj|shot|im|iv)\b")
_UP_TO_NOW = rx(r"^[^,;.]{0,40}\b(?:for|over) the (?:last|past) ")

_WEAK_IN_PLAN = rx(r"^(?:after|following|last|given|did|taken|used|interval|done|past|had)$")

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
           "worse": "worse", "made it worse": "worse", "temporarily": "temporary", "somewhat": "mixed"}  # fmt: skip


def _label(words: str, known: dict[str, str]) -> str | None:
    """What a box's label stands for; the next question may follow it on the line."""
    parts = words.split()
    return next((known[k] for n in (3, 2, 1) if (k := " ".join(parts[:n])) in known), None)


def _form_status(document: Document, mention: Mention) -> str | None:
    """What a box or a yes/no beside the name says; None where there is no form."""
    text = document.lower
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
        stop = following.start
        break
    after = text[begin:stop]
    boxes = [b for b in _BOX.finditer(after) if b.start() <= 90]
    helped = rx(r"\bhelp|relief|response").search(after)
    split = helped.start() if helped else len(after)
    answers = [b for b in boxes if b.start() < split and _label(b.group(2), _FORM_STATUS) is not None]
    ticks = [b for b in boxes if b.start(1) >= 0]
    mention.response = next(
        (r for b in ticks if b.start() > split and (r := _label(b.group(2), _HELPED))), None
    )
    if told is None and answers:
        return next((_label(b.group(2), _FORM_STATUS) for b in answers if b in ticks), "")
    if rx(r"^[ \w]{0,12}[:?]\s*(?:_{2,}|\*{3})\s*(?:$|[;.,\w])").search(after):
        return ""  # `PT tried: ___`: nobody filled it in
    if told:
        return {"yes": "done", "no": "not_done", "blank": ""}[told]
    if own is not None or boxes:
        return "" if not own else "planned" if mention.section in PLAN_SECTIONS else "done"
    filled = _FORM.search(after) or _YES_NO.search(after)
    if filled:
        word = filled.group(1) or filled.group(2)
        if word in ("denied", "denies") or (
            word in ("no", "n", "none")
            and rx(
                r"^ (?:relief|benefit|improvement|help|change|effect|lasting|durable|response|significant|better)"
            ).search(after[filled.end() :])
        ):
            return None
        return _FORM_STATUS.get(word)
    return None


_TAIL = rx(
    r"^[^.;\n]*?(?:[)\d,:|=>]|\bx ?\d|\bwks?|\bmos?|\bmonths|\bweeks|\bvisits|\bsessions|\s-+|  )\s*(?:(none|nil|zero|no help|nothing|ineffective)|(minimal|min|little|slight|poor|marginal)|"
    r"(some|partial|moderate|fair|mixed)|(temp|temporary|transient|short[- ]term|brief)|(good|excellent|great|significant)|(worse))\s*(?:\([^)\n]*\)\s*)?[.;]?\s*$"
)
_TAIL_VALUES = ("none", "minimal", "mixed", "temporary", "good", "worse")


def _tail_response(document: Document, mention: Mention) -> str | None:
    """`PT (12 wks, 2023) none`: the last word of the line of a table."""
    line = document.lower.find("\n", mention.end, mention.end + 120)
    end = min(mention.end + 120 if line < 0 else line, mention.sentence.end)
    if mention.stop < end or end - mention.end < 4:
        return None
    found = _TAIL.search(document.lower[mention.end : end])
    if not found:
        return None
    return _TAIL_VALUES[next(i for i, g in enumerate(found.groups()) if g)]


def read_status(document: Document, mention: Mention) -> str:
    section = mention.section
    form = _form_status(document, mention)
    if form is not None:
        mention.form = True
        if form == "":
            return "skip"
        if mention.response is None:
            read_response(mention)
        if mention.response and form == "not_done":
            mention.response = None
        return form
    if mention.rule.data.get("status"):
        return cast(str, mention.rule.data["status"])
    read_response(mention)
    status = _by_cues(document, mention)
    if mention.response is None and status in ("done", "ongoing"):
        mention.response = _tail_response(document, mention)
    if mention.response is None and status == "done" and _under_failed(document, mention):
        mention.response = "none"
    if status == "skip" or (section == "family" and status != "skip"):
        return "skip" if status == "skip" else "family"
    if status in ("planned", "considered", "declined", "denied", "not_done", "family"):
        mention.response = None
    return status


def _under_failed(document: Document, mention: Mention) -> bool:
    """`FAILED MEDICATIONS: ...`"""
    section = next((s for s in reversed(document.sections) if s.start <= mention.start), None)
    if not section or "failed" not in document.lower[section.start : section.body]:
        return False
    return not rx(r"\n[^\n:]{1,40}:").search(document.lower[section.body : mention.start])


def read_response(mention: Mention) -> None:
    found = [c for c in mention.cues if category_of(c) == "response"]
    if not found:
        return
    values = [cast(str, c.rule.data["value"]) for c in found]
    for strong in ("worse", "temporary"):
        if strong in values:
            mention.response = strong
            return
    after = [c for c in found if c.start >= mention.end]
    mention.response = cast(str, (after or found)[0].rule.data["value"])


def _by_cues(document: Document, mention: Mention) -> str:
    text = document.lower
    section = mention.section
    plan = section in PLAN_SECTIONS
    found: dict[str, list[Cue]] = {}
    for cue in mention.cues:
        found.setdefault(category_of(cue), []).append(cue)
    responded = "response" in found
    if mention.slots.sessions == 0 or mention.slots.count == 0:
        return "not_done"  # "PT x 0"
    if "family" in found and not any(c.start > mention.end for c in found.get("not_done", ())):
        return "family"
    if "skip" in found or (mention.incidental and not responded):
        if mention.name == "BVNA" and any(text.startswith("risk", c.start) for c in found.get("skip", ())):
            return "considered"  # consent talk
        return "skip"  # "denies stomach upset with ibuprofen"
    if "declined" in found and any(c.end <= mention.start for c in found.get("not_done", ())):
        return "not_done"  # "never had surgery and does not want any"
    for status in ("denied", "declined"):
        if status in found:
            if status == "denied" and rx(r"\b(?:patient|pt|he|she)\s*$").search(
                text[max(0, found[status][0].start - 10) : found[status][0].start]
            ):
                return "not_done"
            return status
    for cue in found.get("not_done", ()):
        if _NO_MORE.search(text[cue.start : mention.start]) or (
            "planned" in found and _NONE.search(text[cue.start : cue.end])
        ):
            return "skip"  # "no injections planned", "no further surgery" say nothing of earlier ones
    if "not_done" in found and not (responded and all(c.start > mention.end for c in found["not_done"])):
        return "not_done"
    if "stopped" in found:
        return "skip" if plan and not responded else "done"
    if plan and "done" in found:
        found["done"] = [c for c in found["done"] if not _WEAK_IN_PLAN.search(text[c.start : c.end])]
        if not found["done"]:
            del found["done"]
    if any(
        rx(r"^(?:alternative|option|if )").search(text[c.start : c.end]) and c.end <= mention.start
        for c in found.get("considered", ())
    ):
        return "considered"
    told = [s for s in ("planned", "considered", "ongoing", "done") if s in found]
    if mention.dosed and mention.name == "HEP" and told == ["done"]:
        return "ongoing"
    if (
        told in ([], ["done"])
        and mention.name in _SELF_CARE
        and _UP_TO_NOW.search(text[mention.end : mention.stop])
    ):
        return "ongoing"
    if told:
        status = _nearest(mention, found, told)
        if status in ("planned", "considered") and "conditional" in found:
            status = "considered"
        told_of = responded or mention.slots.relief_pct is not None
        if status in ("planned", "considered") and told_of and not plan:
            status = "done"
        if status == "done" and mention.dosed and "done" in found and _bounded_only(mention):
            status = "done"
        return status
    if "conditional" in found and not responded:
        return "considered"
    if mention.name in DRUGS and not plan and _GIVEN_ONCE.search(text[mention.end : mention.end + 30]):
        return "done"
    if responded:
        cue = found["response"][0]
        now = cue.rule.data.get("status") == "ongoing"
        if mention.name in COURSES and rx(r"\b(?:is|are)\W+(?:really )?helping").search(
            text[mention.end : cue.end]
        ):
            return "ongoing"
        if mention.name in _SELF_CARE and not _bounded_only(mention):
            if (
                now
                or (mention.dosed and cue.start > mention.end)
                or _present_tense(text[max(mention.end, cue.start - 16) : cue.end])
            ):
                return "ongoing"
        return "done"
    if plan:
        return "planned"
    opening = text[mention.sentence.start : min(mention.group[0].phrase, mention.sentence.start + 12)]
    if mention.name in DRUGS and (section == "medications" or _ON.search(opening)):
        return "ongoing"
    if (
        mention.name == "BVNA"
        and section not in ("psh", "procedure", "treatments")
        and not _shown_done(document, mention)
        and not _operation(document)
    ):
        return "considered"  # an earlier ablation excludes a patient: a bare name is no proof of one
    if mention.dosed and mention.name in _SELF_CARE and section not in ("treatments", "psh"):
        return "ongoing" if not _bounded_only(mention) else "done"
    return "done"


_OP_TITLE = rx(
    r"^\W*(?:\w+ ){0,3}(?:procedure|operative|operation|op|surgery) (?:note|report|record|summary)"
)
_DEED = rx(
    r"\b(?:trocar|cannula|transpedicular\w*|pedicle|introducer|probe|lesion(?:ing|ed)|ebl|blood loss|hemostasis|prone|fluoroscop\w*|min(?:utes?)? (?:burn|at 8\d))\b"
)


def _operation(document: Document) -> bool:
    """The note is the record of an operation: it is titled or typed as one and tells of the deed."""
    kind = (document.note.type or "").lower()
    typed = kind.startswith(("procedure", "operative", "op_", "op note"))
    return (typed or _OP_TITLE.search(document.lower[:120]) is not None) and bool(
        _DEED.search(document.lower)
    )


_NONE = rx(r"^(?:no|without)\b")
_NO_MORE = rx(r"\b(?:further|additional|more)\s*$")

_ON = rx(r"^\W*on\W+$")
_LAST = rx(
    r"\b(?:last|this past) (?:week|month|year|spring|summer|fall|autumn|winter|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\bago\b"
)


def _shown_done(document: Document, mention: Mention) -> bool:
    slots = mention.slots
    told = slots.dates or slots.relief_pct is not None or slots.relief_months is not None
    return bool(told or _LAST.search(document.lower[mention.end : mention.stop]))


def _bounded_only(mention: Mention) -> bool:
    """A length of treatment or a closed date makes it a thing of the past."""
    return mention.slots.duration_months is not None or any(d[1] for d in mention.slots.dates)


def _present_tense(words: str) -> bool:
    return bool(
        rx(
            r"\b(?:helps|works|relieves|provides|gives|takes|is|are|does|do|doesn't|don't|experiences|gets|helping)\b"
        ).search(words)
    )


def _nearest(mention: Mention, found: dict[str, list[Cue]], told: Sequence[str]) -> str:
    """Of several signs the one after the name that is a verb, else the one closest before it."""
    behind = [(c.start, s) for s in told for c in found[s] if c.start >= mention.end]
    ahead = [(c.end, s) for s in told for c in found[s] if c.end <= mention.start]
    phrase = mention.group[0].phrase  # a cue in the noun phrase only qualifies: "discussed repeat ESI"
    ahead = [c for c in ahead if c[0] <= phrase] or ahead
    if behind and ahead and max(ahead)[1] == "considered" and min(behind)[1] == "planned":
        return "considered"  # "consider RFA next visit"
    if behind and (not ahead or min(behind)[1] in ("considered", "planned", "ongoing")):
        return min(behind)[1]
    if ahead:
        return max(ahead)[1]
    return told[0]
