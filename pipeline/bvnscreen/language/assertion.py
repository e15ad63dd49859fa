"""From cues, section and answer to one assertion, by named precedence."""

from __future__ import annotations

from dataclasses import dataclass

from ..facts import Assertion
from .boxes import answered, ticked
from .context import Cue, Target
from .document import Document, Sentence
from .kind import Kind
from .rx import rx

GENERIC_SECTIONS = frozenset({"education", "criteria", "consent", "allergies", "technique"})


@dataclass(frozen=True, slots=True)
class Reading:
    """An assertion and the words that made it so."""

    assertion: Assertion
    cues: tuple[str, ...] = ()


_ANSWER = rx(
    r"^[\s\"')*]{0,4}(?:/ ?[a-z ]{2,30})?(?:\(?(?:y ?/ ?n|yes ?/ ?no)\)?|seen|present|noted|identified)?\s*(?P<mark>[?:=|-]*(?:\.{3,})?)\s*(?:answer\s*:?\s*)?"
    r"(?:(?P<blank>\*\*\*|(?:yes|y) ?(?:/|or) ?(?:no|n)\s*$)|(?P<yes>x\s*(?:yes|y|present)\b|(?:yes|y)\s*:?\s*x\b|yes\b|y\b|positive\b|\(?\+\)?)|"
    r"(?P<no>x\s*(?:no|n|absent|none)\b|no\b|n\b(?:[^a-z/]|$)|none\b|negative\b|absent\b|denie[sd]\b|nil\b|never\b|\(-\)|- ?[,;.]))"
)


_LISTED = rx(
    r"^([^.:\n]{3,90}?)\s*(?:\.{3,}|:|_{3,}|-{3,})\s*(yes|no|none|negative|positive|n|y)\b\s*(?:$|[.;(,]|\s{2})"
)


def _listed(target: Target) -> str | None:
    """`Fracture, infection, tumor ..... no`: one answer for every label before it."""
    text = target.sentence.text
    if ":" not in text and "..." not in text and "___" not in text and "---" not in text:
        return None
    match = _LISTED.search(text)
    if match is None or target.end - target.sentence.start > match.end(1):
        return None
    return "yes" if match.group(2) in ("yes", "y", "positive") else "no"


# `Pregnant no (postmenopausal)`: a column of labels and answers lost its blanks.
_BARE_ANSWER = rx(r"^ (?:(no|none|nil|never|n)|yes|y)\s*(?:$|[.;,(])")


def _bare(target: Target) -> str | None:
    """The answer behind a label that opens its sentence or its place in a list."""
    text = target.sentence.text
    label = text[: target.start - target.sentence.start].strip(" -*\"'([")
    told = _BARE_ANSWER.search(text[target.end - target.sentence.start :])
    if told is None or (label and label[-1] not in ",;.:"):
        return None
    return "no" if told.group(1) else "yes"


_MARKS = frozenset(":?=|-(.")


def answer(document: Document, end: int, limit: int) -> str | None:
    """yes, no or blank for a form or question whose label ends at `end`; None when it is none."""
    boxed = answered(document.lower, max(0, end - 1), end, last=True)
    if boxed:
        return boxed
    if _MARKS.isdisjoint(document.lower[end : end + 60]):
        return None  # an answer needs its mark
    line = document.lower.find("\n", end)
    limit = max(limit, min(len(document.lower) if line < 0 else line, end + 60))
    if (
        document.lower[end : end + 6].lstrip().startswith("|")
        and document.lower[max(0, end - 90) : line].count("|") >= 2
    ):
        return None  # the next cell of a table row is another column's
    match = _ANSWER.search(document.lower[end : min(limit, end + 60)])
    if match is None:
        return None
    if (
        not match.group("mark")
        and "(" not in match.group(0)
        and not (match.group("no") or "").startswith("-")
    ):
        return None  # `bulge, no contact` answers nothing
    return next(k for k in ("yes", "no", "blank") if match.group(k) is not None)


_QUESTION = rx(
    r"(?:^|[\s\"'(])(?:are you|have you|do you|did you|could you|might you|has (?:he|she|the patient)|is (?:there|the patient|she|he)|any|does (?:he|she|the patient)|were you)\b[^?]*\?[\"')\s]*$"
)
_SHORT_QUESTION = rx(r"^\W*(?:q(?:uestion)? ?\d*[:.)] *)?(?:[a-z0-9/'-]+[ /]+){0,3}[a-z0-9/'-]+\?$")


# What the sentence behind a question or a worry says of it: `There is none.`, `It is not.`, `She does.`
_REPLIES = (
    r"(?:(?:(?:she|he|patient|pt) (?:says|reports|states|thinks) )?(?:no|not)|none(?: (?:is|was|are|were))?|nil|negative|absent|never|neither|not|(?:(?:there|it|this|that|they|she|he|i|we) )?(?:(?:is|are|was|were|does|do|did|has|have|can|could)(?: not|n'?t)|cannot)"
    r"|(?:there (?:is|are|was|were)|(?:i|we)(?: can| could)? (?:see|saw|find|found)) (?:none|no such \w+|nothing(?: of (?:the|that) (?:kind|sort))?))"
)
_REPLY = rx(
    (
        rf"^\W*(?:(?P<no>{_REPLIES})|yes|indeed|there (?:is|are|was|were)(?: indeed)?(?: one)?|(?:it|this|that|she|he|they) (?:is|are|was|were|does|do|did|has)(?: indeed)?|confirmed)"
        r"(?: (?:any|one|it|either|them|of (?:these|those|them)|so|at all|here|there|now|today|present|seen|found|identified|evident|visible|detected|demonstrated|on (?:this|these|today's) \w+))*\s*(?:[.,;!)]|$)"
    ).replace(" ", r"\s+")
)
_ASKED_REPLY = rx(
    r"^[\s\"'(\[):=-]{0,5}(?:answer:? *|a: *|pt (?:wrote|says|states)[: \"']*)?(?:(no|none|n/a|negative|denies|never|n[)\]])|yes|y[)\]])"
)


def _reply(document: Document, sentence: Sentence) -> Reading | None:
    """What the next sentence answers."""
    following = document.sentences[sentence.index + 1 :][:1]
    if not following or following[0].block != sentence.block:
        return None
    told = _REPLY.search(following[0].text)
    if told is None:
        return None
    return Reading("absent" if told.group("no") else "present", (told.group(0).strip(" .,;"),))


_ITS_STORY = rx(
    r"^[\s,;:(]*(?:(?:placed|implanted|inserted|put in|fitted|in|on|since|until|till|when|from|for|after|it|one|which|that|later|then|and|the|a|an|its|old|new|had|has|was|been|put|by|at|elsewhere|here|years?|months?|ago|dual|chamber|"
    r"generator|leads?|battery|system|device|(?:19|20)\d\d|\d[\d/.-]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)[\s,;:)+]*|\([^)]{0,40}\)[\s,;]*)*$"
)


_DEVICES = frozenset(("pacemaker", "icd_device", "implanted_stimulator"))
_OUT = rx(r"remov|extract|explant|taken out|replaced|re ?-?implant")


def _of_it(document: Document, target: Target, cue: Cue) -> bool:
    """What was taken out must be the device itself: `pacemaker, wisdom teeth extracted` leaves it in."""
    if cue.before or target.rule.name not in _DEVICES or not _OUT.search(cue.text.lower()):
        return True
    return bool(_ITS_STORY.search(document.lower[target.end : cue.start]))


_SOURCES = rx(
    r",.*\b(?:sources?|generators?|joints?|facets?|facetogenic|sij?|sacro ?-?iliac|blocks?|mbbs?|causes)\b"
)


def _of_sources(document: Document, target: Target, cue: Cue) -> bool:
    """`Modic 1 at L4-5, facet and SI sources excluded`: what is excluded are the other sources of pain."""
    between = document.lower[target.end : cue.start]
    return target.label == "MODIC" and cue.category == "absent" and bool(_SOURCES.search(between))


# `no stenosis, Modic type II change.`: a typed change behind a comma is stated, unless the list goes on with `or`
_TYPED = rx(r"\b(?:types? ?|modic ?|mc ?)(?:[123]|i{1,3})\b")
_LIST_GOES_ON = rx(r"^[^.;]*?\b(?:or|nor|and|either|any)\b")


def _before_it(document: Document, target: Target, cue: Cue) -> bool:
    """Whether what a cue denies is listed before a Modic type that is stated."""
    if target.label != "MODIC" or cue.category != "absent" or not cue.before:
        return False
    lower, sentence = document.lower, target.sentence
    between = lower[cue.end : target.start].rstrip()
    if not between.endswith(",") or "modic" in between or "plate" in between or " or " in between:
        return False
    typed = _TYPED.search(lower, max(sentence.start, target.start - 1), min(sentence.end, target.end + 12))
    return typed is not None and not _LIST_GOES_ON.search(lower[target.end : sentence.end])


# `might be Modic 2, and I agree that it is`
_AGREED = rx(
    r"\b(?:agree|concur|can confirm|confirm)(?: that)? (?:it|this|that|they|these) (?:is|are|does|do)\b"
)
# `whether that is Modic 1 or artifact I can't say`
_UNSURE = rx(
    r"\b(?:can't|cannot|can not|could not|couldn't|hard to|difficult to|unable to|impossible to) (?:say|tell|be sure|be certain|decide|determine)\b|\b(?:is|remains) (?:unclear|uncertain|open)\b"
)
# `instability suspected`; before the finding the same word is a cue of patterns/context.toml
_DOUBTED = rx(
    r"^(?: (?:of|at|in) [\w/-]+)?,? (suspected|queried|questioned|(?:not |un)confirmed)\s*(?:[.,;)]|$|(?:on|at|in|by|from|here|but|clinically)\b)"
)
_TOLD = rx(
    r"^(?:previous|prior|former|earlier|old)\w* (?:seen|noted|described|reported|demonstrated|identified|documented|known|shown|mentioned)$"
)
_GOES_ON = rx(
    r"^[^.;]{0,50}?\b(?:is|are|remains?|persists?|has|have|appears?|continues?|shows?|again|still|unchanged|stable|also)\b"
)
_GONE = rx(
    r"\b(?:not|no longer|resolved|gone|disappeared|cleared|replaced|converted|evolved|healed|absent)\b"
)


# `[x] no pacemaker`
_BOXED_NO = rx(
    r"[\[(] ?[x*] ?[\])]\s*(?:no|denies|without|negative for|free of|absence of) (?:(?:a|an|any|known|history of|implanted|active|evidence of) )*$"
)


def _persists(document: Document, target: Target, cue: Cue) -> bool:
    """`The previously described type 1 change is less marked`: told before, and told again now."""
    rest = document.lower[target.end : target.sentence.end]
    return bool(_TOLD.search(cue.text.lower()) and _GOES_ON.search(rest) and not _GONE.search(rest))


# `She had never had sciatica until the fall`: now she has.
_UNTIL = rx(r"^[^.;,]{0,12}\b(?:until|till|before)\b")
_NEVER_YET = rx(r"\bnever|\bnot had|\bno (?:prior|previous|history)")
# `what was called a fracture turns out to be a cyst`
_TAKEN_FOR = rx(
    r"\b(?:what|which) (?:(?:was|is|were|had been|has been) (?:\w+ )?(?:called|labell?ed|read|reported|taken|described|thought|interpreted)(?: (?:as|for|to be))?|looked like|looks like|seemed to be)(?: an?| the)?(?: \w+)?\s*$"
)
_REALLY = rx(
    r"^[^.;]{0,40}?\b(?:is|was|are|were|turns? out|turned out|proves?|proved)(?: (?:really|actually|in fact|to be|only|just|but|nothing more than|simply|merely))* (?:an?|the)\b"
)


def read_assertion(document: Document, target: Target, kind: Kind) -> Reading | None:
    """The assertion of a finding or Modic statement; None when it is no patient fact at all."""
    sentence = target.sentence
    section = sentence.section
    words = {
        c.category: c
        for c in reversed(target.cues)
        if _of_it(document, target, c)
        and not _of_sources(document, target, c)
        and not _before_it(document, target, c)
    }
    cues = tuple(dict.fromkeys(c.text for c in target.cues if c.category != "certain"))
    replied = (
        answered(document.lower, target.start, target.end)
        or _listed(target)
        or _bare(target)
        or answer(document, target.end, sentence.end)
    )
    if (
        "?" in sentence.text
        and replied is None
        and (_QUESTION.search(sentence.text) or _SHORT_QUESTION.search(sentence.text))
    ):
        asked = _ASKED_REPLY.search(document.lower[sentence.end : sentence.end + 40])
        if asked is None:
            reply = _reply(document, sentence)
            unsaid = Reading("hypothetical", cues) if target.label in ("MODIC", "FINDING") else None
            return reply or unsaid
        return Reading("absent" if asked.group(1) else "present", (asked.group(0).strip(),))
    box = ticked(document.lower, target.start, target.end)
    if box is not None:
        denied = _BOXED_NO.search(document.lower[max(0, target.start - 40) : target.start])
        return Reading("absent" if denied else "present", ("[x]",)) if box else None
    if section in GENERIC_SECTIONS or kind.generic(sentence):
        return Reading("hypothetical", cues)
    if "family" in words or section == "family":
        return Reading("family", cues)
    if section == "preliminary" and any(
        s.category in ("findings", "impression", "addendum") for s in document.sections
    ):
        return Reading("historical", cues)
    if "unknown" in words and "absent" not in words:
        return None
    if replied == "blank":
        return None
    if replied:
        return Reading("present" if replied == "yes" else "absent", (*cues, replied))
    if section in ("indication", "comparison") or (section in ("history", "hpi") and kind.is_report):
        if section == "comparison":
            return Reading("historical", cues)
        if "absent" not in words or target.label == "MODIC":
            return Reading("hypothetical", cues)
    rest, told = document.lower[target.end : sentence.end], document.lower[sentence.start : target.start]
    if words and _AGREED.search(rest):
        words = {c: cue for c, cue in words.items() if c not in ("possible", "hypothetical")}
    if ("whether" in told or " if " in told) and (unsure := _UNSURE.search(rest)):
        return Reading("possible", (*cues, unsure.group(0)))
    absent = words.get("absent")
    if absent and absent.before and _NEVER_YET.search(absent.text.lower()) and _UNTIL.search(rest):
        absent = None
    if _TAKEN_FOR.search(told) and _REALLY.search(rest):
        return Reading("absent", cues)
    possible = words.get("possible")
    open_ = "hypothetical" in words or possible
    if open_ and not absent and (reply := _reply(document, sentence)):
        return Reading(reply.assertion, (*cues, *reply.cues))
    sought = absent is not None and absent.rule == "absent.sought"  # `looked for it, found none`
    if "hypothetical" in words and "historical" not in words and not sought:
        return Reading("hypothetical", cues)
    if possible and rx(r"suggest|appear").search(possible.text.lower()) and target.label == "MODIC":
        if rx(r"t1|t2|stir|hyperintens|hypointens").search(sentence.text):
            possible = None
    if absent:
        if (
            possible
            and not possible.before
            and possible.start > target.end
            and "?" not in possible.text
            and not absent.before
        ):
            return Reading("possible", cues)
        return Reading("absent", cues)
    if "historical" in words and not _persists(document, target, words["historical"]):
        return Reading("historical", cues)
    doubt = _DOUBTED.search(rest)
    if possible or doubt:
        return Reading("possible", cues if possible or not doubt else (*cues, doubt.group(1)))
    return Reading("present", cues)
