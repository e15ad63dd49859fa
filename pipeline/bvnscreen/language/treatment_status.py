"""What became of a treatment: its status and what it brought, from cues, section and forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from .document import Document
from .rx import rx
from .treatment_cues import category_of, find_cues
from .treatment_forms import form_status, tail_response
from .treatment_names import DOSE, PLAN_SECTIONS, Cue, Mention
from .treatment_slots import COURSES, DRUGS, INJECTIONS, LEAD_SINCE, SURGERY

_SELF_CARE = DRUGS | {"HEP", "TENS", "bracing", "yoga", "massage"}

_ONE_TIME = INJECTIONS | SURGERY | {"kyphoplasty", "vertebroplasty", "SCS_explant"}

_TESTS = INJECTIONS | {"discography"}

_GIVEN_ONCE = rx(r"^\W*(?:\d+ ?mg )?(?:injection|inj|shot|im|iv)\b")
_UP_TO_NOW = rx(
    r"^[^,;.]{0,40}\b(?:for|over) the (?:last|past) |^ ?(?:(?:daily|regularly|continuously|at home|ever) )*since\b"
)

_WEAK_IN_PLAN = rx(r"^(?:after|following|last|given|did|taken|used|interval|done|past|had)$")


_AS_BEFORE = rx(  # `Gabapentin 300 mg, unchanged`: the order, not its effect
    DOSE
    + r"[ ,:;(-]*(?:(?:is|are|at|dose|doses|on) )*(?:unchanged|no (?:dose )?changes?|(?:the )?same(?: dose)?|as before)\b"
)


def read_status(document: Document, mention: Mention) -> str:
    section = mention.section
    ordered = mention.name in DRUGS and section in PLAN_SECTIONS
    if ordered and _AS_BEFORE.search(document.lower[mention.end : mention.end + 80]):
        return "ongoing"
    form = form_status(document, mention)
    if form is not None:
        mention.form = True
        if form == "":
            return "skip"
        if mention.response is None:
            read_response(mention)
        if mention.response and form == "not_done":
            mention.response = None
        return "done" if form == "ongoing" and mention.name in _ONE_TIME else form
    mention.cues = [c for c in mention.cues if not _outside(document, mention, c)]
    if mention.name not in _TESTS and any(
        category_of(c) == "response" and c.end <= mention.start and document.lower.startswith("neg", c.start)
        for c in mention.cues
    ):
        return "not_done"  # `negative for pacemaker, stimulator`: only a test has a negative result
    if mention.rule.data.get("status"):
        return cast(str, mention.rule.data["status"])
    if mention.response is None:
        read_response(mention)
    status = _by_cues(document, mention)
    if (
        status in ("done", "planned")
        and mention.name in _ONE_TIME | COURSES
        and _among_options(document, mention)
    ):
        status = "considered"
    if (
        status == "done"
        and mention.slots.dates
        and (
            (
                LEAD_SINCE.search(mention.sentence.text)
                and not _OVER.search(document.lower[mention.sentence.start : mention.phrase])
            )
            or (
                mention.name == "conservative_care"
                and _SINCE.search(document.lower[mention.end : mention.stop])
            )
        )
    ):
        status = "ongoing" if mention.name not in _ONE_TIME else status
    if mention.response is None and status in ("done", "ongoing"):
        mention.response = tail_response(document, mention)
    if mention.response is None and status == "done" and _under_failed(document, mention):
        mention.response = "none"
    if status == "ongoing" and mention.name in _ONE_TIME:
        status = (
            "planned" if section in PLAN_SECTIONS else "considered" if _goes_on(document, mention) else "done"
        )
    if status == "skip" or (section == "family" and status != "skip"):
        return "skip" if status == "skip" else "family"
    if status in ("planned", "considered", "declined", "denied", "not_done", "family"):
        mention.response = None
    return status


_OVER = rx(r"\b(?:completed|finished|tried|underwent|undergone|attended|received)\b")  # since then, and ended
_SINCE = rx(r"^[^.;:,]{0,24}\bsince\b")
_PAPERS = rx(r"^(?:records?|notes?)\b")  # "chiropractic records from February to October" tell of a course
_OPTIONS = rx(r"\b(?:options?|alternatives|choices|possibilities)\b[^:\n]{0,160}:\s*$")
_THESE = rx(
    r"^\W*(?:these|they|those|options|which)(?: (?:would|could|might))? (?:include[sd]?|are|were|range)\b"
)
_OPTIONS_TOLD = rx(r"\boptions|\balternatives|\bchoices")


def _among_options(document: Document, mention: Mention) -> bool:
    """ "We discussed options including:" and its items; "I went over the options. These include ..."."""
    sentence = mention.sentence
    i = sentence.index
    if i and _THESE.search(sentence.text) and _OPTIONS_TOLD.search(document.sentences[i - 1].text):
        return True
    if any(category_of(c) not in ("dosing", "planned", "considered") for c in mention.cues):
        return False
    text = document.lower
    line = text.rfind("\n", 0, sentence.start) + 1
    if not rx(r"^\s*(?:[-*+]|\(?[a-h1-9][.)])").search(text[line : sentence.end]):
        return False
    low = max(0, line - 600)
    above = text[low:line].rstrip("\n").split("\n")
    for row in reversed(above):  # up over the items before it
        if not rx(r"^\s*(?:[-*+]|\(?[a-h1-9][.)])").search(row):
            return _OPTIONS.search(row) is not None
    return False


def _goes_on(document: Document, mention: Mention) -> bool:
    """ "Continued injections": more of what is done once a time."""
    return any(
        document.lower.startswith("contin", c.start) and c.end <= mention.start
        for c in mention.cues
        if category_of(c) == "ongoing"
    )


def _under_failed(document: Document, mention: Mention) -> bool:
    """`FAILED MEDICATIONS: ...`"""
    section = next((s for s in reversed(document.sections) if s.start <= mention.start), None)
    if not section or "failed" not in document.lower[section.start : section.body]:
        return False
    return not rx(r"\n[^\n:]{1,40}:").search(document.lower[section.body : mention.start])


def _outside(document: Document, mention: Mention, cue: Cue) -> bool:
    """`facet source ruled out (MBB in May)`: what is ruled out stands before the parenthesis."""
    between = document.lower[cue.end : mention.start]
    return category_of(cue) == "not_done" and between.startswith((" (", "(")) and ")" not in between


def read_response(mention: Mention) -> None:
    found = [c for c in mention.cues if category_of(c) == "response"]
    if not found:
        return
    values = [cast(str, c.rule.data["value"]) for c in found]
    for strong in ("worse", "temporary"):
        if strong in values:
            mention.response = strong
            return
    found = [c for c in found if c.start >= mention.end] or found
    mention.response = cast(str, found[0].rule.data["value"])


def _by_cues(document: Document, mention: Mention) -> str:
    text = document.lower
    section = mention.section
    plan = section in PLAN_SECTIONS
    found: dict[str, list[Cue]] = {}
    for cue in mention.cues:
        found.setdefault(category_of(cue), []).append(cue)
    if (
        mention.name in COURSES | INJECTIONS and "considered" in found
    ):  # "PT eval scheduled", "ESI - consult placed"
        visit = _VISIT if mention.name in COURSES else _CONSULT_PLACED
        rest = [c for c in found.pop("considered") if not visit.search(text[c.start : c.end + 10])]
        found.update({"considered": rest} if rest else {})
    responded = "response" in found
    if mention.slots.sessions == 0 or mention.slots.count == 0:
        return "not_done"  # "PT x 0"
    if "family" in found and not any(c.start > mention.end for c in found.get("not_done", ())):
        return "family"
    if "skip" in found and mention.slots.dates and mention.slots.dates[-1][1]:
        papers = [c for c in found["skip"] if not _PAPERS.search(text[c.start : c.end])]
        found = {k: v for k, v in found.items() if k != "skip"} | ({"skip": papers} if papers else {})
    if ("skip" in found and "declined" not in found) or (mention.incidental and not responded):
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
    if mention.name in _SELF_CARE and _NOTHING_ELSE.search(text[mention.sentence.start : mention.phrase]):
        return "ongoing"
    if "not_done" in found and _HAD_NONE.search(
        text[found["not_done"][-1].start : found["not_done"][-1].end]
    ):
        return "not_done"  # "helped her husband, but she has never tried it"
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
    last = mention.group[-1]
    ahead = GOES_AHEAD.search(text[last.end : last.stop]) or _TO_BEGIN.search(text[last.end : last.stop])
    if "considered" in found and ahead:
        return "planned"
    if plan and rx(r"^[\W\d]*(?:take|wear|use)(?: (?:the|a|an|her|his|your))?\s*$").search(
        text[mention.sentence.start : mention.phrase]
    ):
        found = {"planned": found.pop("ongoing", [])}  # an order to the patient
    told = [s for s in ("planned", "considered", "ongoing", "done") if s in found]
    if mention.dosed and mention.name == "HEP" and told == ["done"]:
        return "ongoing"
    if (
        told in ([], ["done"])
        and mention.name in _SELF_CARE
        and _UP_TO_NOW.search(text[mention.end : mention.stop])
    ):
        return "ongoing"
    if told and _HAD_IT.search(text[mention.end : mention.stop]):
        return "done"  # "was offered one and had it in May"
    if told:
        status = _nearest(text, mention, found, told)
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
    if plan or (section == "procedure" and _ORDER.search(document.lower[:160])):
        return _said_of_head(document, mention) or "planned"
    opening = text[mention.sentence.start : mention.group[0].phrase]
    if mention.name in DRUGS and (section == "medications" or _on_a_list(opening)):
        return "ongoing"
    if mention.rule.data.get("intent"):
        return "considered"  # "to fuse L4-5" tells no deed
    if (
        mention.name == "BVNA"
        and section not in ("psh", "procedure", "treatments")
        and not _shown_done(document, mention)
        and not _operation(document)
    ):
        return "considered"  # an earlier ablation excludes a patient: a bare name is no proof of one
    if mention.dosed and mention.name in _SELF_CARE and section not in ("treatments", "psh"):
        return "ongoing" if not _bounded_only(mention) else "done"
    if section == "exam" and mention.name == "bracing":
        return "skip"  # "brace in place"
    said = _said_of_head(document, mention)
    return said if said in ("declined", "not_done") else "done"


def _said_of_head(document: Document, mention: Mention) -> str:
    """`SCS: explained that she should hold off`: what an item of a plan says of the name that heads it."""
    after = document.lower[mention.end : mention.sentence.end]
    before = document.lower[mention.sentence.start : mention.phrase]
    if not _HEAD.search(after) or rx(r"[a-z]{3}").search(before):
        return ""
    told = [
        category_of(c) for c in find_cues(document, mention.sentence, [mention]) if c.start >= mention.end
    ]
    return next((s for s in told if s in ("skip", "declined", "denied", "considered", "not_done")), "")


_HEAD = rx(r"^ ?(?::| - )")
# a form that orders a procedure names it as if it were done
_ORDER = rx(
    r"\b(?:order (?:form|sheet|set)|scheduling|booking|requisition|(?:prior )?auth(?:ori[sz]ation)? (?:request|form|submission)|(?:request|submission) for (?:prior )?auth\w*|pre-?auth\w*|(?:treatment|service|authori[sz]ation) request|request form|(?:case|surgery|procedure) request|pre-?cert\w*)\b"
)
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


_NOTHING_ELSE = rx(
    r"\b(?:not|n't|no longer|nothing|no (?:other )?(?:meds|medications?|pain meds))\b[^.;]{0,60}\b(?:except|other than|besides|apart from|aside from|but)(?: for)?"
    r"(?: (?:an?|the|occasional(?:ly)?|some|over[ -]the[ -]counter|otc|prn|daily))*\s*$"
)
GOES_AHEAD = rx(  # "discussed RFA and he wishes to proceed"
    r"\b(?:she|he|they|patient|pt|and)(?: (?:is|and|now|also|both|has|very|much))* (?:would like|wants?|wishes|wished|agree[sd]?|agreeable|elect(?:s|ed)?|"
    r"ready|decided|desires?|amenable|happy|keen|opts|opted|chose) to (?:proceed|go ahead|move forward|schedule|have (?:it|this)|do (?:it|this))\b"
    r"|\b(?:and|which) (?:she|he|patient|pt|they) (?:has |have )?(?:agreed|accepted|consented)\b"
)
_TO_BEGIN = rx(  # "went over the exercises she should begin at once"
    r"^,? (?:that |which )?(?:he|she|they|pt|patient|the patient) (?:should|will|is to|must|needs to) (?:now |then |also )?(?:begin|start|do|resume|practi[cs]e|continue)\b"
)
_VISIT = rx(r"^(?:eval|consult|assess)")
_CONSULT_PLACED = rx(r"^consult (?:placed|ordered|entered|sent|in)\b")
_NONE = rx(r"^(?:no|without)\b")
_HAD_NONE = rx(
    r"\b(?:not|n't|never) (?:yet )?(?:had|tried|done|taken|used|received|undergone) (?:it|one|any|that|this|them)\b"
)
_NO_MORE = rx(r"\b(?:further|additional|more)\s*$")

_ON = rx(r"^\W*on\W+$")
_MEDS_LINE = rx(r"^\W*(?:current |home |present )?(?:meds|medications)\W+([a-z]+)")
_NOT_IN_USE = ("tried", "failed", "used", "past", "previous", "previously", "prior", "stopped", "trialed", "trialled", "that", "which")  # fmt: skip


def _on_a_list(opening: str) -> bool:
    """ "On meloxicam", "Meds lisinopril, gabapentin": what is in use, told without a verb."""
    line = _MEDS_LINE.search(opening)
    return bool(_ON.search(opening[:12]) or (line and line.group(1) not in _NOT_IN_USE))


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
            r"\b(?:helps|works|relieves?|provides?|gives?|takes|is|are|does|do|doesn't|don't|experiences|gets|helping)\b"
        ).search(words)
    )


_HAD_IT = rx(
    r"\b(?:and|which|then)(?: (?:she|he|they|later|then|subsequently|finally|eventually))* (?:had|did|underwent|got|completed) (?:it|one|this|that|them|these)\b"
)
_AND_DONE = rx(
    r"^,? (?:and|then)(?: (?:was|were|has been|have been|then|later|duly|since|she|he|they|fully|also|all))* "
    r"(?:completed|performed|done|tried|attended|finished|carried out)\b"
)


def _nearest(text: str, mention: Mention, found: dict[str, list[Cue]], told: Sequence[str]) -> str:
    """Of several signs the one after the name that is a verb, else the one closest before it."""
    behind = [(c.start, s) for s in told for c in found[s] if c.start >= mention.end]
    ahead = [(c.end, s) for s in told for c in found[s] if c.end <= mention.start]
    phrase = mention.group[0].phrase  # a cue in the noun phrase only qualifies: "discussed repeat ESI"
    ahead = [c for c in ahead if c[0] <= phrase] or ahead
    if behind and ahead and max(ahead)[1] == "considered" and min(behind)[1] == "planned":
        return "considered"  # "consider RFA next visit"
    if behind and min(behind)[1] == "planned":
        asked = min((c for c in found["planned"] if c.start >= mention.end), key=lambda c: c.start)
        if _AND_DONE.search(text[asked.end : asked.end + 50]):
            return "done"  # "was ordered and completed"
    if behind and (not ahead or min(behind)[1] in ("considered", "planned", "ongoing")):
        return min(behind)[1]
    if ahead:
        return max(ahead)[1]
    return told[0]
