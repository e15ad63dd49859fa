"""Modic changes: type, level, assertion.

A change is named ("Modic II", "type 1 endplate change"), named without type ("reactive endplate
change": unspecified), or described by its signal (T1 dark and T2 bright: type 1; Modic 1988).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from ..facts import Modic
from ..spine import region
from .assertion import Reading, read_assertion
from .attach import Attachment, Spot
from .context import Target, context
from .document import Document, Sentence
from .kind import Kind
from .levels import Level
from .lexicon import Hit, Rule
from .modic_studies import as_it_stands
from .modic_types import NUM, NUMS, SEP, TYPE, VALUE, types_in
from .rx import rx
from .sequences import read_signal

_GATE = rx(
    r"modic|end[ -]?\n?plate|\bmc ?-?[123i]|\bm[0123](?:/2)?\b|sides? of the|bone (?:border|adjac|around|about|next|flank|beside)|\bvesc\b|discogenic|degenerative (?:bone |vertebral |fatty |subchondral )*marrow|"
    r"reactive (?:bone )?marrow|marrow|subchondral|para ?-?discal|juxta ?-?discal|\btypes? ?-?(?:[123]|i{1,3}|l{1,2}|one|two|three)\b"
)
_FILL = (
    r"(?:[\s,:=(\[\"'-]|\bend ?-?plates?\b|degenerative|reactive|vertebral|marrow|signal|changes?|change|of|the|discogenic|degeneration|is|are|"
    r"classified|as|pattern|predominantly|mainly|mostly|consistent|stage|grade|class|category)*"
)
# the word Modic, then its type
_AFTER = rx(rf"^{_FILL}(?:types?|typ|ty)?[\s#:=.(-]*{NUMS}(?:\b|$)")
_TIGHT = rx(rf"^[\s,:=(\[#-]*(?:types?|typ|grade|class|stage|category)?[\s#:=.(-]*{NUMS}(?:\b|$)")
# a type, then the word Modic or the endplate
_BEFORE = rx(
    rf"\b(?:types?|typ|grade|class)[\s-]*{NUMS}[\s,(-]*(?:fatty|edematous|oedematous|degenerative|reactive|sclerotic|discogenic|chronic|mild|and|vertebral|\)|\()*[\s,(-]*$"
)
_OVER_LEVEL = rx(
    rf"^[\s\w]{{0,12}}?(?:at|of|for|in)? ?[lst]\d ?[-/]? ?[lst]?\d?(?: level| disc)?[\s,]*(?:is|are|was|were|=|:|being|graded(?: as)?|classified as|typed as|scores?|of)\s*(?:modic )?(?:types? ?|grade )?{NUMS}\b"
)
_ABBREV = rx(r"\b(?:mc(?:[ -]?types?)?|m)[ -]?((?:[0123]|iii|ii|i)(?:/(?:[123]|iii|ii|i))?)\b")
_M_CODE = rx(r"\bm[0123]\b")
_OF_PLATES = rx(r"end ?-?plate|fatty|inflammat|o?edema|\bchanges?\b")
_THAT = rx(r"^\W*(that|those|the (?:one|change|changes|signal)) (?:at|seen at|in|noted at) (?:the )?[lst]\d")
_UNCODED = rx(r"^\s*[(\[:=-]?\s*(?:none|nil|no|absent|normal|negative)\s*(?:[)\],;.]|$|and\b)")
_CODED = rx(rf"^\s*[(\[:=-]?\s*(?:types?|modic)?[\s-]*({NUM}(?:{SEP}{NUM}){{0,2}})\s*(?:[)\],;.]|$|and\b)")
_NOT_TYPE_AFTER = rx(
    r"^[ -]?(?:diabet|dm\b|odontoid|collagen|endoleak|dens|sma|hyper|fracture|respir|i{1,3}\b odont|error|a\b|b\b|ii odont|acromion|salter|lumbar|surg|"
    r"iia|1 diab|of (?:surgery|pain)|mellitus|tear|slap|pneumo|renal|heart|nstemi|mi\b|fib(?:er|re)|muscle|cells?\b)"
)
_NOT_TYPE_BEFORE = rx(
    r"(?:diabetes|diabetic|dm|mellitus|odontoid|salter|castellvi|pfirrmann|herpes|hsv|niddm)[\s,(]*(?:mellitus)?[\s,(]*$"
)
# what may stand before a type that is Modic's: nothing else that is numbered by types does (`neurofibromatosis type 1`)
_NO_HOST = rx(
    r"(?:^|[;:.?\])>|=-]|\b(?:and|or|nor|but|plus|with|without|from|to|into|of|in|on|at|as|by|than|then|for|not|no|yes|y|x|"
    r"a|an|the|this|that|these|those|it|both|also|now|still|again|new|old|is|are|was|were|be|been|being|has|have|had|does|do|shows?|showing|"
    r"remains?|becomes?|became|means|suggests?|indicates?|favou?rs?|reads?|says|"
    r"known|definite|clear|obvious|unequivocal|established|frank|true|likely|probable|possible|questionable|equivocal|"
    r"modic|mc|changes?|signal|end ?-?plates?|edema|oedema|marrow|degeneration|reactions?|pattern|components?|abnormalit(?:y|ies)|conversion|levels?|dis[ck]s?|segments?|"
    r"small|subtle|mild|minimal|moderate|severe|marked|focal|diffuse|patchy|florid|early|late|plain|pure|thin|tiny|large|extensive|prominent|"
    r"acute|chronic|active|stable|predominant|mixed|fatty|reactive|sclerotic|degenerative|edematous|oedematous|inflammatory|correction|patient|"
    r"anterior|posterior|left|right|upper|lower|former|latter|first|second|third|last|other|one|further|additional|adjacent|same|similar|"
    r"except|[a-z]{2,}ly|[a-z]{2,}(?:ed|ing)|[lstcd]\d{1,2}(?:[-/][lstcd]?\d{1,2})?|\d+))[\s,(\"'*]*$"
)
# `Modic changes, 2 levels`, `Modic change of three vertebral bodies`: how many, not which type
_COUNTED = rx(
    r"^(?: (?:or more|contiguous|adjacent|consecutive|lumbar|lower|upper|different|separate|of (?:the|his|her|five|5)|vertebral|inter ?vertebral|motion|disc))*"
    r" (?:levels|segments|dis[ck]s|bod(?:ies|y)|vertebrae?|vertebral|spaces|interspaces|places|sites|locations|areas|types|kinds|forms|months|years|weeks)\b"
)
_OTHER_SCALE = rx(
    r"(?:pfirrmann|meyerding|castellvi|schizas|lee|bartynski|kellgren|grade|thompson|stage|risser)[\s-]*(?:grade)?[\s-]*$"
)
_NOT_ENDPLATE = rx(
    r"spur|osteophy|ridg|irregular|spondylitic|hypertroph|depress|deform|concav|impact|fractur|prepar|curet|drill|squared|\beros|destr|"
    r"scallop|remodel|infract|burst|wedg|avuls|separation|motor|growth|decortic|rasp|denud|scrap"
)
_OTHER_CAUSE = rx(
    r"fractur|compress(?:ion|ed) (?:deform|fract)|schmorl|schmorls|discitis|osteomyel|infect|abscess|metast|tumou?r|neoplas|myeloma|"
    r"h[a]?emangioma|limbus|insufficiency|pedicle|pars\b|facet|post[ -]?(?:op|surg|abla|treat)|ablation|screw|cage|corner|romanus|andersson|"
    r"spondyloarth|ankylos|sacroili|si joint|contusion|trauma|stress|radiation|transplant|\berosi|apophys|interspinous|spinous|baastrup"
)
_FRAME = rx(
    r"degenerat|discogenic|reactive|dis[ck]\b|spondylosis|para ?-?discal|subchondral|juxta|adjacent|opposing|apposing|adjoining|both sides|either side|about the"
)
_AT_DISC = r"(?:the |this |that |a )?(?:[a-z]+ )?(?:[lst]\d[-/ ]?[lst]?\d? )?(?:[a-z]+ )?dis[ck]"
_LOCUS = rx(
    r"end[ -]?plates?|para ?-?discal|juxta ?-?discal|subchondral|"
    rf"(?:marrow|bone) (?:about|around|adjacent to|next to|beside|surrounding|bordering|flanking|above and below|(?:on|to) (?:both|either|each) sides? of) {_AT_DISC}|"
    rf"(?:on )?(?:both|either|each) sides? of {_AT_DISC}[^.;]{{0,40}}\bmarrow\b"
)


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    types: tuple[str, ...]
    rule: str
    basis: str = "stated"
    level: Level | None = None
    untyped: bool = False
    zero: bool = False
    past: bool = False
    target: Target | None = field(default=None, repr=False)


def read_modic(document: Document, kind: Kind) -> tuple[Modic, ...]:
    """All statements about Modic change in a note, in order."""
    if not _GATE.search(document.lower):
        return ()
    named = any("modic" in s.text for s in document.sentences)
    out: list[Modic] = []
    previous: list[_Item] = []
    last_index = -9
    gated = set()
    for match in _GATE.finditer(document.lower):
        holder = document.sentence_at(match.start())
        if holder:
            gated.add(holder.index)
    topics = any("modic" in s.topic or "plate" in s.topic for s in document.sentences)
    for sentence in document.sentences:
        if (
            sentence.index not in gated
            and not topics
            and "[" not in sentence.text
            and not (previous and _points(sentence.text))
        ):
            continue
        boxes = "[" in sentence.text and (
            previous or "endplate" in document.lower[max(0, sentence.start - 400) : sentence.start]
        )
        if (
            not boxes
            and sentence.index not in gated
            and not _GATE.search(sentence.topic)
            and not _points(sentence.text)
        ):
            continue
        near = previous if sentence.index - last_index <= (8 if boxes else 2) else []
        if not near and "modic" in document.lower[max(0, sentence.start - 160) : sentence.start]:
            near = [_Item(0, 0, ("unspecified",), "modic.named", untyped=True)]
        items = _items(document, sentence, kind, near, named)
        if items:
            facts = _place(document, sentence, items, kind)
            if (
                any(f.evidence.rule in ("modic.type_of_named", "modic.box") for f in facts)
                and sentence.index - last_index <= 1
            ):
                while (
                    out
                    and out[-1].types == ("unspecified",)
                    and not out[-1].levels
                    and out[-1].assertion == "present"
                ):
                    out.pop()  # `not without Modic change; type 2 is seen`: one change
            if _THIS_BECAME.search(sentence.text) and out and out[-1].assertion == "present":
                out[-1] = replace(
                    out[-1], assertion="historical"
                )  # `...; this has since converted to type 2`
            previous, last_index = items, sentence.index
            out += facts
        elif boxes:
            last_index = sentence.index
    return tuple(_tidy(as_it_stands(document, out)))


def _points(text: str) -> bool:
    """`That at L4-5`: a level for what was named before."""
    return (" at " in text or " in " in text) and _THAT.search(text) is not None


# --- finding the statements -------------------------------------------------------------------------


def _items(document: Document, sentence: Sentence, kind: Kind, near: list[_Item], named: bool) -> list[_Item]:
    _lower, base, text = document.lower, sentence.start, sentence.text
    if rx(r"modic (?:et al|scale|classification|system)|dr\.? modic").search(text) and not TYPE.search(text):
        return []
    heads = [h for h in document.hits_in(sentence, "modic.toml") if h.rule.data["role"] == "head"]
    heads = [h for h in heads if _is_endplate_change(document, sentence, h, kind)]
    items: list[_Item] = []
    used: list[tuple[int, int]] = []
    for i, hit in enumerate(heads):
        limit = heads[i + 1].start if i + 1 < len(heads) else sentence.end
        items.append(_typed(document, sentence, hit, limit, used))
    for match in _ABBREV.finditer(text):
        a, b = base + match.start(), base + match.end()
        mc = match.group(0).startswith("mc")
        roman_ok = mc or match.group(1)[0].isdigit()
        if any(x <= a < y for x, y in used) or not roman_ok:
            continue
        if not (
            named
            or (mc and rx(r"end ?plate|\b[lst]\d").search(text))
            or (document.levels(sentence) and ("mri" in text or _OF_PLATES.search(text)))
            or document.once(_m_codes) > 1
        ):
            continue
        types = types_in(match.group(1).replace("/", " / "))
        if types:
            none = types == ("0",)
            types = ("unspecified",) if none else types
            items.append(_Item(a, b, types, "modic.abbreviation", zero=none))
            used.append((a, b))
    if near and not items and not near[-1].untyped and (that := _THAT.search(text)):
        # `that at L5-S1 is no longer seen`
        items.append(_Item(base + that.start(1), base + that.end(1), near[-1].types, "modic.type_of_named"))
    free = _free_types(document, sentence, items, near, used)
    typed = [i for i in items if not i.untyped] + free
    coded = [c for c in _coded(document, sentence, items) if c.zero or not free]
    if len(coded) > max(1, len(typed)):  # `Modic L1-2 = 0, L3-4 = 2`: every level has its own
        typed, items = [], []
    else:
        coded = [c for c in coded if not any(t.start < c.end and c.start < t.end for t in typed)]
    typed += coded or [
        a
        for a in _answered(document, sentence, items, near)
        if not any(t.start < a.end and a.start < t.end for t in typed)
    ]
    for item in items:
        if item.untyped and typed and document.lower[item.start : item.start + 5] != "modic":
            _retype(document, sentence, item)
    typed = _split_items(document, sentence, typed)
    if typed:
        keep = [i for i in items if i.untyped and _stands_alone(document, sentence, i, typed)]
        items = sorted([*typed, *keep], key=lambda i: i.start)
    else:
        items = _described(document, sentence, items, kind) or _template(sentence, kind)
    menu = rx(r"\([^()]*/[^()]*/[^()]*\)\s*:").search(text)
    if menu:
        items = [i for i in items if not base + menu.start() <= i.start < base + menu.end()]
    ticked_type = (
        rx(rf"[\[(] ?x ?[\])]\s*(?:types? ?)?({NUM})\b").search(text) if "modic" in text or near else None
    )
    if ticked_type and (types := types_in(ticked_type.group(1))):
        a, b = base + ticked_type.start(1), base + ticked_type.end(1)
        zero = types == ("0",)
        return [_Item(a, b, ("unspecified",) if zero else types, "modic.box", zero=zero)]
    items.sort(key=lambda i: i.start)
    for first, second in itertools.pairwise(items):
        if not second.untyped and _BECAME.search(document.lower[first.end : second.start]):
            first.past = True
    return _drop_generic(sentence, items)


_EITHER_CAUSE = rx(r"degenerat|discogenic|reactive|versus|vs\.?|without|no ")
_JOINT = rx(
    r"\b(?:knee|tibia\w*|femoral|femur|condyl\w*|acetabul\w*|hips?|glenoid|glenohumeral|humer\w+|shoulder|ankle|tal(?:us|ar)|patell\w*|wrist|carp\w+|"
    r"metatars\w+|calcane\w+|scaphoid|elbow|pubi[cs]|symphysis)\b"
)


def _joint(sentence: Sentence) -> bool:
    """Marrow below the cartilage of a joint, not of an endplate."""
    return bool(
        _JOINT.search(sentence.text) and not rx(r"end ?-?plate|vertebr|dis[ck]|modic").search(sentence.text)
    )


def _other_cause(document: Document, sentence: Sentence) -> bool:
    """Fracture, infection, tumour, Schmorl's node, a joint: said here or right before the level that opens this."""
    if _OTHER_CAUSE.search(sentence.text) or _joint(sentence):
        return True
    before = document.sentences[sentence.index - 1] if sentence.index else None
    return bool(  # `Discitis L4-5: endplate edema`
        before
        and before.block == sentence.block
        and not rx(r"[.;!?]\s*$").search(before.text)
        and _OTHER_CAUSE.search(before.text)
    )


_OF_JOINTS = rx(r"facet|sacroili|si joint|spinous|baastrup")


def _in_other_clause(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """`Facet arthropathy at L3-4, fatty endplate change at L5-S1`: the joint is another clause's."""
    begin = max(sentence.start, *(document.lower.rfind(c, sentence.start, hit.start) + 1 for c in ",;("))
    ends = [e for c in ",;" if (e := document.lower.find(c, hit.end, sentence.end)) >= 0]
    clause = document.lower[begin : min(ends, default=sentence.end)]
    causes = _OTHER_CAUSE.findall(sentence.text)
    return bool(causes) and all(_OF_JOINTS.search(c) for c in causes) and not _OTHER_CAUSE.search(clause)


def _of_radiograph(document: Document, sentence: Sentence) -> bool:
    """Words about a radiograph or CT: they show no marrow."""
    if rx(r"\bmri?\b|\bt[12]\b|stir|marrow|o?edema").search(sentence.text):
        return False
    if _RADIOGRAPH.search(sentence.text):
        return True
    at = bisect_right(document.sections, sentence.start, key=lambda s: s.start) - 1
    return at >= 0 and _RADIOGRAPH.search(document.sections[at].title) is not None


_RADIOGRAPH = rx(r"\b(?:x-?rays?|xr|radiograph\w*|plain films?|ct|computed tomography)\b")


def _m_codes(document: Document) -> int:
    """In how many sentences or cells under a level M0 to M3 stand: two make a column of Modic types."""
    return sum(bool((document.levels(s) or s.heading) and _M_CODE.search(s.text)) for s in document.sentences)


def _is_endplate_change(document: Document, sentence: Sentence, hit: Hit, kind: Kind) -> bool:
    words = document.lower[hit.start : hit.end]
    if words.startswith(("modic", "vesc")):
        return not rx(r"^modic,? (?:et al|mt\b|scale|classification)").search(
            document.lower[hit.start : hit.end + 16]
        )
    if words.endswith(("variety", "kind", "form", "sort", "variant")):
        return "modic" in sentence.text  # `fatty Modic change at L5-S1, the oedematous variety at L3-4`
    after = document.lower[hit.end : hit.end + 22]
    before = document.lower[max(sentence.start, hit.start - 30) : hit.start]
    if _NOT_ENDPLATE.search(words) or rx(
        r"^[ ,]*(?:and )?(?:spur|osteophy|ridg|irregular|prepar|fractur|deform)"
    ).search(after):
        return False
    has_plate = bool(rx(r"end ?-?plate").search(words))
    if not has_plate and not _at_a_disc(document, sentence):
        return False  # `reactive marrow edema on both sides of the synchondrosis`
    if words in ("marrow edema", "marrow oedema"):
        framed = _LOCUS.search(sentence.text) or rx(r"degenerat|discogenic").search(sentence.text)
        return bool(framed) and not _other_cause(document, sentence)
    if not has_plate and not rx(r"marrow|sclerosis|edema|oedema").search(words):
        return False
    if before.endswith("motor "):
        return False
    if kind.modality in ("ct", "xray") and "modic" not in sentence.text:
        return False
    if _of_radiograph(document, sentence):
        return False
    elsewhere = has_plate and _in_other_clause(document, sentence, hit)
    if _other_cause(document, sentence) and "modic" not in sentence.text and not elsewhere:
        # another cause in the same breath owns the words unless a degenerative frame says otherwise
        if not _EITHER_CAUSE.search(sentence.text) or _joint(sentence):
            return False
        near = words + before + ("" if rx(r"^[ ,]*and\b").search(after) else after)
        if rx(r"fractur|schmorl|hemangioma|ablation|post[ -]?(?:op|abla|treat)").search(near):
            return False
    return True


_SPINAL = rx(
    r"\bdis[ck]s?\b|discogenic|vertebra|end ?-?plates?|\blumbar|\bspin(?:e|al)\b|interspace|interbod|modic"
)


def _at_a_disc(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence, or the heading it stands under, is about the spine: other joints have marrow too."""
    if sentence.heading is not None or sentence.carry is not None:
        return True
    return bool(_SPINAL.search(sentence.text) or _SPINAL.search(sentence.topic) or document.levels(sentence))


def _typed(
    document: Document, sentence: Sentence, hit: Hit, limit: int, used: list[tuple[int, int]]
) -> _Item:
    """The head with the type that stands at it, after or before; untyped when none does."""
    lower = document.lower
    named = lower[hit.start : hit.start + 5] == "modic" or lower[hit.start : hit.end].startswith("vesc")
    after = lower[hit.end : min(limit, hit.end + 70)]
    match = (_AFTER if named else rx(rf"^[\s,:(-]*(?:of )?(?:modic )?types?[\s-]*{NUMS}\b")).search(after)
    if match is None and named:
        match = _TIGHT.search(after) or _OVER_LEVEL.search(after)
    if match and not _not_a_type(
        lower, hit.end + match.end(1) - len(match.group(1)), hit.end + match.end(1), named
    ):
        first = hit.end + match.start(1)
        words = match.group(1)
        if words.endswith("l") and rx(r"^ ?\d").search(lower[hit.end + match.end(1) :][:3]):
            words = rx(rf"{SEP}?l$").sub("", words)  # `type 2, L 4-5`: the L is a level's
        scale = rx(r"^(?:1|i)\s?(?:-|to)\s?(?:3|iii)").search(words)
        told = lower[hit.start + 5 : first]
        counts = _COUNTED.search(lower[first + len(words) :][:60]) and "typ" not in told and told.strip()
        types = None if scale or counts else types_in(words, "respective" in sentence.text)
        end = first + len(words)
        if types and not _is_list_or_level(lower, sentence, first, end):
            used.append((hit.start, end))
            zero = types == ("0",)
            return _Item(hit.start, end, ("unspecified",) if zero else types, "modic.named", zero=zero)
    window = max(sentence.start, hit.start - 60)
    match = _BEFORE.search(lower[window : hit.start])
    if match and not _NOT_TYPE_BEFORE.search(
        lower[max(sentence.start, window + match.start() - 24) : window + match.start()]
    ):
        types = types_in(match.group(1))
        overlap = any(x <= window + match.start() < y for x, y in used)
        scale = match.group(0).startswith(("grade", "class"))
        if types and types != ("0",) and not overlap and not (scale and not named):
            used.append((window + match.start(), hit.end))
            return _Item(window + match.start(), hit.end, types, "modic.named")
    words = lower[hit.start : hit.end]
    inner = TYPE.search(words)
    if inner and (types := types_in(inner.group(1) or inner.group(2) or inner.group(3))):
        used.append((hit.start, hit.end))
        return _Item(hit.start, hit.end, types, "modic.named")
    used.append((hit.start, hit.end))
    return _Item(
        hit.start,
        hit.end,
        ("unspecified",),
        "modic.named" if named else "modic.endplate_change",
        untyped=True,
    )


def _not_a_type(lower: str, start: int, end: int, named: bool) -> bool:
    return bool(_NOT_TYPE_AFTER.search(lower[end : end + 16])) or bool(
        _OTHER_SCALE.search(lower[max(0, start - 16) : start]) and not named
    )


def _is_list_or_level(lower: str, sentence: Sentence, start: int, end: int) -> bool:
    """A digit that belongs to a level, a size, a date or a list number is no type."""
    after = lower[end : end + 8]
    if lower[start:end].isdigit() and rx(r"^(?: ?mm| ?cm|\.\d|[-/]\d{1,2}[-/]| ?%|\d| ?/\d{2})").search(
        after
    ):
        return True
    if rx(r"^ ?[-/] ?[lst]?\d").search(after) and not rx(r"^ ?[-/] ?(?:[123]|i{1,3})\b").search(after):
        return True
    before = lower[max(sentence.start, start - 3) : start]
    return before.endswith(("l", "s")) and lower[start:end].isdigit()


def _free_types(
    document: Document, sentence: Sentence, items: list[_Item], near: list[_Item], used: list[tuple[int, int]]
) -> list[_Item]:
    """`type 2 at L4-5` where Modic was named before, in this sentence or the last."""
    if not items and not near:
        if not _LOCUS.search(sentence.text) or (
            _other_cause(document, sentence) and "modic" not in sentence.text
        ):
            return []
    out = []
    lower, base = document.lower, sentence.start
    for match in TYPE.finditer(sentence.text):
        a, b = base + match.start(), base + match.end()
        if any(x < b and a < y for x, y in used):
            continue
        words = match.group(1) or match.group(2) or match.group(3)
        types = types_in(words)
        if not types or types == ("0",):
            continue
        if _NOT_TYPE_AFTER.search(lower[b : b + 16]) or _NOT_TYPE_BEFORE.search(lower[max(base, a - 24) : a]):
            continue
        before = lower[max(base, a - 40) : a]
        if _NO_HOST.search(before) is None and not (items and before.rstrip().endswith(",")):
            continue
        if (
            not items
            and not near
            and not rx(r"modic|end ?-?plate").search(sentence.topic)
            and not rx(
                r"^[ ,(]*(?:fatty|edemat|oedemat|degenerat|reactive|sclerot|chang|signal|end|discogenic|marrow|\))"
            ).search(lower[b : b + 14])
        ):
            continue
        if (
            not items
            and near
            and not rx(
                r"^[\s,;:.()\[\]x]*(?:types?\b|at\b|in\b|is\b|are\b|chang|signal|edema|oedema|degen|end|pattern|component|modic|of\b|and\b|$|l\d|on\b|marrow|involv|seen|noted|fatty|about|around|over|predomin|across|\()"
            ).search(lower[b : min(b + 16, sentence.end)])
        ):
            continue
        out.append(_Item(a, b, types, "modic.type_of_named"))
    return out


def _coded(document: Document, sentence: Sentence, items: list[_Item]) -> list[_Item]:
    """`Modic: L4/5 (1), L5/S1 (2)`: the number behind each level is its type."""
    heads = items if "modic" in sentence.text else []
    if not heads and "modic" not in sentence.topic:
        return []
    start = heads[0].start if heads else sentence.start
    out = []
    for level in document.levels(sentence):
        if level.start < start or not level.discs:
            continue
        if none := _UNCODED.search(document.lower[level.end : min(sentence.end, level.end + 18)]):
            end = level.end + none.end()
            out.append(_Item(level.start, end, ("unspecified",), "modic.coded", level=level, zero=True))
            continue
        match = _CODED.search(document.lower[level.end : min(sentence.end, level.end + 18)])
        if match and (types := types_in(match.group(1))):
            end = level.end + match.end(1)
            if types == ("0",):
                out.append(_Item(level.start, end, ("unspecified",), "modic.coded", level=level, zero=True))
            else:
                out.append(_Item(level.start, end, types, "modic.coded", level=level))
    return out


_CHANGED = rx(
    r"\b(?:convert\w*|conver(?:sion|ted)|evolv\w*|evolution|transition\w*|progress\w*|chang(?:ed|ing)|transform\w*)\b[\w\s/-]{0,60}$"
)


_COMPONENT = rx(
    r"^[\s,]*(?:end ?-?plate |signal |change[sd]? |modic |predominat\w+ |\))*(?:at [lst]\d[-/ ]*[lst]?\d? ?)?,?\s*(?:with|and|plus|but)(?: (?:a|an|some|the))?"
    r"(?: (?:superimposed|little|bit of|minimal|minor|small|some|additional|adjacent|residual|remaining|persist\w*|lesser|smaller|mild|subtle|focal|thin|active|inactive|fatty|acute|chronic|\(|rim of|degree of|element of|component of))+\s*$"
)
# `Modic I at L4-5 has progressed to Modic II`
_INTO = r"\b(?:has|have|had)(?: (?:now|since|meanwhile|in the interval))* (?:progressed|evolved|converted|changed|transformed|matured|turned|transitioned|gone on|given way|made way|(?:burn(?:t|ed)|faded|settled|cooled|died|healed) (?:out|away|down|off),? leaving) ?(?:(?:in)?to\b|for\b|behind\b|)"
_BECAME = rx(
    rf"^(?:[^,;.]{{0,24}}|[ a-z]{{0,12}} (?:(?:that|which) (?:was|were|had been)|seen|noted|present|reported|described|shown|visible|found|identified) [^,;.]{{0,50}})(?:[;,] ?(?:this|it|that|which|these) )?{_INTO} (?:(?:an?|the|more|mainly|fatty|mixed|predominantly|chronic) )*$"
)
_THIS_BECAME = rx(rf"^\W*(?:this|it|that|these|which|the (?:change|signal|edema|oedema)s?) {_INTO}")
# `"Modic type two" at L4-5 should read "Modic type three"`
_READ_INSTEAD = rx(
    r"\b(?:should (?:read|be|say|state|have (?:read|been|said|stated))|(?:is|was|has been) (?:corrected|amended|revised) to|corrected to|amended to|revised to)\b"
)
_MENDED = rx(r"^[\s,.;-]*(?:correction|i mean|make that|scratch that|sorry|rather)[\s,:;-]*(?:modic )?$")


def _components(document: Document, sentence: Sentence, typed: list[_Item]) -> list[_Item]:
    """`type 2 with a superimposed type 1 component` is one mixture; after `correction` the later type holds."""
    out: list[_Item] = []
    for item in typed:
        last = out[-1] if out else None
        between = document.lower[last.end : item.start] if last else ""
        if last and _MENDED.search(between):
            out[-1] = item
        elif (
            last
            and _COMPONENT.search(between)
            and not (
                any(item.end <= g.start <= item.end + 30 for g in document.levels(sentence))
                and any(g.start < item.start for g in document.levels(sentence))
            )
        ):
            last.types = tuple(sorted({*last.types, *item.types}))
        else:
            out.append(item)
    return out


def _split_items(document: Document, sentence: Sentence, typed: list[_Item]) -> list[_Item]:
    """`from type I to type II` is an old and a new type; `types I and II at A and B respectively` are two facts."""
    lower = document.lower
    out = []
    typed = sorted(typed, key=lambda i: i.start)
    typed = _components(document, sentence, typed)
    for first, second in itertools.pairwise(typed):
        before = lower[max(sentence.start, first.start - 14) : first.start]
        between = lower[first.end : second.start]
        if rx(r"^(?: ?\([^()]{0,24}\))?[\s\w]{0,12}\b(?:in)?to\b[\s\w]{0,10}$").search(between) and rx(
            r"\bfrom\b[\w\s]*$|\b(?:conver\w+|transition|progression|evolution|transformation|change) of (?:the |a )?$"
        ).search(lower[max(sentence.start, first.start - 28) : first.start]):
            first.past = True
        if _READ_INSTEAD.search(between):
            first.zero = True
    for item in typed:
        words = lower[item.start : item.end]
        before = lower[max(sentence.start, item.start - 50) : item.start]
        shift = rx(rf"({NUM}) ?(?:to|into|->|>) ?(?:modic )?(?:types? ?-?)?({NUM})$").search(words)
        arrow = shift is not None and "->" in words
        if (
            len(item.types) == 2
            and shift
            and (arrow or _CHANGED.search(rx(r"\bfrom(?: modic)?\s*$").sub("", before)))
        ):
            old, new = types_in(shift.group(1)), types_in(shift.group(2))
            if old and new:
                middle = item.end - len(shift.group(2))
                out.append(_Item(item.start, middle - 1, old, item.rule, item.basis, past=True))
                out.append(_Item(middle, item.end, new, item.rule, item.basis))
                continue
        discs: list[str] = []
        order: list[str] = []
        if "respectively" in sentence.text and len(item.types) > 1 and len(typed) == 1:
            discs = [d for g in document.levels(sentence) for d in g.discs]
            order = _in_order(words, item)
        if discs and len(order) == len(discs):
            group = next(g for g in document.levels(sentence) if g.discs)
            for value, disc_name in zip(order, discs, strict=False):
                level = Level(group.start, group.end, (disc_name,), (), "disc")
                out.append(_Item(item.start, item.end, (value,), item.rule, item.basis, level=level))
            continue
        out.append(item)
    return out


def _in_order(words: str, item: _Item) -> list[str]:
    """The types of a mixture as they were written, repeats included."""
    found = [VALUE.get(x) for x in rx(rf"\b({NUM})\b").findall(words)]
    return [t for t in found if t in item.types and t is not None]


def _answered(document: Document, sentence: Sentence, items: list[_Item], near: list[_Item]) -> list[_Item]:
    """Cells under a Modic or endplate column, and ticked boxes behind a level: `L3-4: [x] none [ ] type 1`."""
    text, base = sentence.text, sentence.start
    if (
        sentence.topic
        and rx(r"modic|end ?-?plate").search(sentence.topic)
        and all(i.untyped and i.end <= base + len(sentence.topic) + 3 for i in items)
    ):
        match = rx(rf"^\W*(?:types? ?-?)?{NUMS}\b").search(text)
        if match and (types := types_in(match.group(1))):
            zero = types == ("0",)
            a, b = base + match.start(1), base + match.end()
            return [_Item(a, b, ("unspecified",) if zero else types, "modic.table_cell", zero=zero)]
        words = tuple(t for t, p in (("1", _EDEMA), ("2", _FAT), ("3", _SCLEROSIS)) if p.search(text))
        if words and document.levels(sentence) and not rx(r"\bno\b|without").search(text):
            first = next(p for p in (_EDEMA, _FAT, _SCLEROSIS) if p.search(text)).search(text)
            assert first is not None
            return [_Item(base + first.start(), base + first.end(), words, "modic.table_cell", "described")]
        none = rx(r"^\W*(?:[lst]\d[-/ ]*[lst]?\d?\W*)?(?:none|no|nil|absent|negative|-)\W*$").search(text)
        if none:
            return [_Item(base, sentence.end, ("unspecified",), "modic.table_cell", zero=True)]
    boxed = rx(r"[\[(] ?x ?[\])]\s*(?:none|no change|absent|modic 0|type 0)\b").search(text)
    if boxed and near and not items:
        return [_Item(base + boxed.start(), base + boxed.end(), ("unspecified",), "modic.box", zero=True)]
    return []


def _stands_alone(document: Document, sentence: Sentence, item: _Item, typed: list[_Item]) -> bool:
    """An untyped mention beside typed ones is a fact of its own only when it is placed or negated apart."""
    lower = document.lower
    after = [t for t in typed if t.start >= item.end]
    before = [t for t in typed if t.end <= item.start]
    own = lower[max(sentence.start, item.start - 24) : item.start]
    if before and not lower[before[-1].end : item.start].strip():
        return False  # `no Modic type 2 endplate change`
    if rx(r"\b(?:no|without|not|absent|free of)\b[\w ]*$").search(own):
        return True
    if before and rx(
        r"^[\s(,]*$|\($|^[ ,]*(?:with|and|of|in|,)? ?(?:the |associated |corresponding |adjacent )*$"
    ).search(lower[before[-1].end : item.start]):
        return False
    if after and rx(r"\b(?:replaced|converted|evolved|matured|turned|transformed|given way)\b").search(
        lower[item.end : after[0].start]
    ):
        return True
    if after and not rx(r";").search(lower[item.end : after[0].start]):
        levels = [g for g in document.levels(sentence) if item.end <= g.start < after[0].start and g.discs]
        if not levels:
            return False
        limit = after[1].start if len(after) > 1 else sentence.end
        if not any(after[0].start <= g.start < limit for g in document.levels(sentence)):
            return False  # `endplate edema at L5-S1, Modic type 1 change`: one change
        return not rx(r"\b(?:which|where|these|they|those|being|are|is)\b|[:(]").search(
            lower[item.end : after[0].start]
        )
    return bool(before) and any(g.start >= item.end for g in document.levels(sentence) if g.discs)


_NORMAL_PLATES = rx(
    r"\bend ?-?plates?(?: and (?:marrow|vertebral bodies))?(?: (?:signal|are|is|at all levels|appear|marrow|all))*\s*(?::|-)?\s*(?:are |is )?(?:all )?"
    r"(?:normal|unremarkable|intact and normal|preserved|maintained|within normal limits|nl\b|clear|smooth and normal)"
)


_BESIDE = rx(
    r"\b(?:bone|marrow|vertebra\w*|bodies|plates) (?:(?:on|at) )?(?:either|each|both|opposing) sides? of|\b(?:bone|marrow|bodies|plates)(?: (?:conversion|replacement|change|signal|o?edema|infiltration))* "
    r"(?:flanking|bordering|adjacent to|next to|around|about|surrounding) (?:the |this )?(?:[lst]\d[-/ ]*[lst]?\d? )?(?:inter)?(?:vertebral )?dis[ck]"
)


def _described(document: Document, sentence: Sentence, items: list[_Item], kind: Kind) -> list[_Item]:
    """A type from the signal, where no type is named; without signal the change stays unspecified."""
    text = sentence.text
    if kind.modality in ("ct", "xray"):
        return items
    wide = rx(r"\bmarrow\b|\bvertebra").search(text) and rx(r"\bdis[ck]s?\b").search(text)
    beside = _BESIDE.search(text)
    other = _other_cause(document, sentence)
    locus = _LOCUS.search(text) or beside or (rx(r"\bmarrow\b").search(text) if wide else None)
    clear = locus is not None and not other
    if beside and clear and not items and not rx(r"\bno\b|without|t1|t2").search(text):
        words = [t for t, p in (("1", _EDEMA), ("2", _FAT)) if p.search(text)]
        if words:
            a, b = sentence.start + beside.start(), sentence.start + beside.end()
            return [_Item(a, b, tuple(words), "modic.described_words", "described")]
    if locus and clear and not items and (bands := list(_BAND.finditer(text))):
        kinds = {
            v
            for m in bands
            for v, p in (("1", _EDEMA), ("2", _FAT), ("3", _SCLEROSIS))
            if p.search(m.group(0))
        }
        if not rx(r"\bno\b|without").search(text[: bands[0].start()]):
            a, b = sorted((sentence.start + locus.start(), sentence.start + bands[0].start()))
            end = max(sentence.start + locus.end(), sentence.start + bands[-1].end())
            return [_Item(a, max(b, end), tuple(sorted(kinds)), "modic.described_words", "described")]
    signal = read_signal(text)
    types = signal.types() if signal else ()
    discs = any(g.discs for g in document.levels(sentence))  # the endplates of a disc
    if (
        types
        and not items
        and clear
        and (discs or _FRAME.search(text) or (signal and signal.t1 and signal.t2))
    ):
        assert locus is not None
        a, b = sentence.start + locus.start(), sentence.start + locus.end()
        return [_Item(a, b, types, "modic.described_signal", "described")]
    bounds = [0, *(i.start - sentence.start for i in items[1:]), len(text)]
    for item, begin, end in zip(items, bounds, bounds[1:], strict=False):
        own = read_signal(text[begin:end]) if len(items) > 1 else None
        found = (own.types() if own else ()) or types
        if found:
            item.types, item.untyped = found, False
            item.basis, item.rule = "described", "modic.described_signal"
        elif _retype(document, sentence, item, sentence.start + end):
            item.untyped = False
        elif clear and (looks := _look(text)):
            item.types, item.untyped = looks, False
            item.basis, item.rule = "described", "modic.described_words"
    return items


def _look(text: str) -> tuple[str, ...]:
    """Types that the look of the endplates gives: `edematous endplates`, `fatty endplate signal`."""
    plates = rx(
        r"(?:o?edematous|inflammatory|inflamed|fatty|sclerotic|fibrovascular|yellow)[^.;]{0,40}end ?-?plate|end ?-?plates?[^.;]{0,40}(?:o?edematous|o?edema|inflammatory|fatty|sclerotic)"
    ).search(text)
    if plates is None or rx(r"\bno\b|without").search(text):
        return ()
    words = plates.group(0)
    found = [t for t, p in (("1", _EDEMA), ("2", _FAT), ("3", _SCLEROSIS)) if p.search(words)]
    return tuple(found)


def _retype(document: Document, sentence: Sentence, item: _Item, end: int | None = None) -> bool:
    """Gives an unnamed change the type that the words around it describe; True when they do."""
    types = _word_types(document.lower, sentence, item, end or sentence.end)
    if types:
        item.types, item.basis, item.rule = types, "described", "modic.described_words"
    return bool(types)


_EDEMA = rx(
    r"o?edema|inflamm|fibrovascular|\bactive\b|\bacute\b|(?:stir|fluid)[ -]?(?:bright|hyper|signal)|(?:increased|high|bright|elevated)(?: \w+)?(?: stir| fluid)|stir|t2 (?:signal )?(?:hyper|elev|bright)|t2 hyper"
)
_FAT = rx(r"\bfatty\b|\bfat\b|yellow marrow|lipid")
_SCLEROSIS = rx(r"sclero")
# `a rim of fat and a halo of edema` under the endplates
_BAND = rx(
    r"\b(?:rim|halo|band|zone|streak|layer|strip|crescent)s? of (?:\w+ )?(?:fat(?:ty)?|o?edema|sclerosis)\b"
)
# the same, said apart from the change: nouns and participles that can mean nothing else
_ADDED = (
    ("1", rx(r"\b(?:o?edema(?:tous)?|inflammatory|fibrovascular|stir (?:signal|hyper\w*|bright\w*))")),
    ("2", rx(r"\bfat(?:ty)?\b")),
)
_LEADING = (
    (
        "1",
        rx(r"\b(?:o?edematous|inflammatory|fibrovascular)\b"),
    ),
    ("2", rx(r"\bfatty\b")),
)
_BOUND = rx(
    r"^(?:[ ,(]*(?:with|and|showing|plus|but|in part|partly|now|mainly|predominantly)\b|[ ,(]*$|[^.;:]{0,40}(?:,|\b(?:with|and|plus|showing|containing))\b)[\w ,/-]*$"
)
_NOT_OF_IT = rx(
    r"\b(?:no|not|none|nothing|without|nor|neither|previous(?:ly)?|prior|former(?:ly)?|old|earlier|resol\w+|longer|than|replac\w+|"
    r"muscles?|facets?|epidural|soft|tissues?|pedicles?|pad|filum|interspinous|sacr\w+|iliac|subcutaneous|presacral|nerve|roots?|leg|lower extremity|peripheral)\b"
)


def _word_types(lower: str, sentence: Sentence, item: _Item, end: int) -> tuple[str, ...]:
    """Types given by edema, fat and sclerosis in the phrase, before it, or joined to it up to `end`."""
    own, after = lower[item.start : item.end], lower[item.end : min(end, item.end + 90)]
    before = lower[max(sentence.start, item.start - 30) : item.start]
    found = [t for t, p in (("1", _EDEMA), ("2", _FAT)) if p.search(own)]
    if before.endswith("stir ") and own.startswith(("bright", "high", "hyper", "increas", "elevat")):
        found.append("1")
    for value, words in _LEADING:
        if any(rx(r"^[\w ,/-]*$").search(before[m.end() :]) for m in words.finditer(before)):
            found.append(value)
    for value, words in _ADDED:
        match = words.search(after)
        if match and _BOUND.search(after[: match.start()]):
            if not _NOT_OF_IT.search(after[: match.end() + 18]):
                found.append(value)
    if _SCLEROSIS.search(own) and rx(
        r"dark|low|all sequences|discogenic|modic|degenerative|t1|t2|\bmri\b|reactive"
    ).search(sentence.text):
        found.append("3")
    return tuple(sorted(set(found)))


def _template(sentence: Sentence, kind: Kind) -> list[_Item]:
    """`Endplates: unremarkable` in a report: no change there, unless something specific says otherwise."""
    match = _NORMAL_PLATES.search(sentence.text) if kind.modality not in ("ct", "xray") else None
    if match is None or sentence.section in ("exam", "procedure"):
        return []
    a, b = sentence.start + match.start(), sentence.start + match.end()
    return [_Item(a, b, ("unspecified",), "modic.normal_endplates", zero=True)]


def _drop_generic(sentence: Sentence, items: list[_Item]) -> list[_Item]:
    """Legends, menus and citations name types and find none."""
    text = sentence.text
    if rx(
        r"\b(?:i|1) ?= ?(?:o?edema|inflam|marrow|bone|fibro)|\btype (?:i|1) ?[:=-]+ ?(?:o?edema|inflammation)[^.]{0,60}type (?:ii|2)"
    ).search(text):
        return []
    if rx(r"\{[^}]{0,60}\btype").search(text):
        return []
    if rx(
        r"modic[^.]{0,20}\b(?:i|1) ?/ ?(?:ii|2) ?/ ?(?:iii|3)\b|\bmodic[^.]{0,12}\*\*\*|\{[^}]{0,40}modic|modic et al|\bmodic (?:19|20)\d\d"
    ).search(text):
        return [i for i in items if not i.untyped and len(i.types) < 3 and "/" not in text]
    return items


# --- placing and asserting --------------------------------------------------------------------------


def _place(document: Document, sentence: Sentence, items: list[_Item], kind: Kind) -> list[Modic]:
    targets = []
    for item in items:
        rule = Rule(item.rule, "modic", "rule", {})
        item.target = Target(item.start, item.end, "MODIC", rule, sentence)
        targets.append(item.target)
    context().apply(document, targets)
    attachment = Attachment(document, sentence)
    excluded = _excluded(document, sentence, attachment, items)
    spots = [Spot(i.start, i.end, "modic") for i in items]
    spots += [Spot(t.start, t.end, "disc") for t in _neighbours(document, sentence, items)]
    spots.sort(key=lambda s: s.start)
    placed = dict(zip(((s.start, s.end) for s in spots), attachment.place(spots), strict=True))
    out = []
    for item in items:
        assert item.target is not None
        reading = read_assertion(document, item.target, kind)
        if reading and reading.assertion == "present" and _disputed(document, sentence):
            reading = Reading("possible", (*reading.cues, "not corroborated"))
        if (
            reading
            and reading.assertion == "historical"
            and _SUPERSEDES.search(document.lower[max(sentence.start, item.start - 36) : item.start])
        ):
            reading = Reading("present", reading.cues)  # `type 1 on the 2020 study, replaced by type 2`
        if item.past and reading:
            reading = Reading("historical", reading.cues)
        if item.zero and reading:
            reading = Reading("absent", reading.cues)
        if reading and item.untyped and _is_label(document, sentence, item):
            continue
        if item.untyped and _BLANK.search(document.lower[item.end : item.end + 24]):
            continue  # `Modic type: ___`: a form nobody filled in
        if reading is None:
            continue
        level = item.level or placed[(item.start, item.end)]
        if (
            reading.assertion == "absent"
            and level
            and _PAST.search(document.lower[max(0, level.start - 12) : level.start])
        ):
            level, item.rule = None, "modic.no_other"  # `no Modic change above L4-5`
        if (
            reading.assertion == "absent"
            and level
            and _ANYWHERE.search(document.lower[item.end : sentence.end])
        ):
            level = None  # `L4-5 disc bulge, no Modic change at any level`
        if reading.assertion == "absent" and not level and _beyond(sentence, item):
            item.rule = "modic.no_other"
        out.append(_fact(document, sentence, item, level, reading, kind))
        if (
            level
            and reading.assertion == "absent"
            and (
                _NOR_OTHER.search(document.lower[sentence.start : item.start])
                if level.end <= item.start
                else _OR_ELSEWHERE.search(document.lower[level.end : sentence.end])
            )
        ):
            out.append(_fact(document, sentence, item, None, reading, kind))
        if level and level.excepted and reading.assertion == "present":
            rest = replace(level, discs=level.excepted, vertebrae=())
            out.append(_fact(document, sentence, item, rest, Reading("absent", ("except",)), kind))
    for group in excluded:
        item = next((i for i in reversed(items) if i.end <= group.start), items[0])
        out.append(_fact(document, sentence, item, group, Reading("absent", ("not",)), kind))
    return out


_SUPERSEDES = rx(
    r"\b(?:(?:replaced|superseded) by|given way to|(?:converted|evolved|changed|progressed) (?:in)?to) (?:an? |the )?(?:modic )?$"
)
_ELSEWHERE = rx(
    r"\belsewhere\b|\b(?:at|of|in) (?:the |any |all )?(?:other|remaining) (?:lumbar )?(?:levels?|discs?|end ?-?plates?|segments?|interspaces?)\b"
)
# `no Modic change at L5-S1 or at any other level`
_OR_ELSEWHERE = rx(
    r"^[\s,]*(?:or|nor|and)(?: (?:at|in|of))? (?:any(?:where)? (?:other|else)|elsewhere|(?:the|any|all) (?:other|remaining))\b"
)


_ANYWHERE = rx(
    r"^ ?(?:is |was |of any type |changes? |seen |present |noted )*(?:at any (?:of the )?(?:lumbar )?(?:levels?|dis[ck]s?)\b|anywhere\b|at all\b|throughout\b)"
)
_NOR_OTHER = rx(
    r"\bnor (?:at |in )?any (?:other|of the (?:other|remaining)) (?:lumbar )?(?:levels?|dis[ck]s?|interspaces?|segments?|end ?-?plates?)\b"
)


_PAST = rx(r"\b(?:above|below|beyond) (?:the )?$")


def _beyond(sentence: Sentence, item: _Item) -> bool:
    """`No other Modic changes`: a denial of what was not named leaves what was."""
    cues = item.target.cues if item.target else []
    return any(c.rule == "absent.other" for c in cues) or bool(_ELSEWHERE.search(sentence.text))


_BLANK = rx(r"^[\s\w()/]{0,16}[:?]\s*(?:_{2,}|\*{3}|\.{3,}|\[ *\]\s*$|\n|$)")


def _is_label(document: Document, sentence: Sentence, item: _Item) -> bool:
    """A heading such as `Vertebral endplates (Modic)` with its answers on the lines below."""
    rest = sentence.text.replace(document.lower[item.start : item.end], " ")
    if document.lower[sentence.end - 1] == "." or (item.target and item.target.cues):
        return False
    alone = len(rx(r"[a-z]{2,}").findall(rest)) <= 3 and not document.levels(sentence)
    follows = document.lower[sentence.end : sentence.end + 40].lstrip(" :")
    return bool(
        alone and follows.startswith("\n") and rx(r"^\s*(?:[-*|]\s*)?(?:[lst]\d{1,2}|\[)").search(follows[1:])
    )


_DISPUTE = rx(
    r"^[\s(;,.-]*(?:but |however,? |although )?(?:this|that|it|these|which|the (?:claim|statement|finding|report))\b[\w\s]{0,30}\bnot (?:been )?"
    r"(?:corroborat|confirm|support|substantiat|verif|document|mention|describ|seen|found)"
)


def _disputed(document: Document, sentence: Sentence) -> bool:
    """The next sentence takes the claim back: `this was not corroborated by the report`."""
    return bool(_DISPUTE.search(document.lower[sentence.end : sentence.end + 140]))


def _neighbours(document: Document, sentence: Sentence, items: list[_Item]) -> list[Hit]:
    """Other findings of the sentence: they share or claim its levels."""
    return [
        h
        for h in document.hits_in(sentence, "findings.toml")
        if h.rule.data["label"] == "FINDING" and not any(i.start < h.end and h.start < i.end for i in items)
    ]


def _excluded(
    document: Document, sentence: Sentence, attachment: Attachment, items: list[_Item]
) -> list[Level]:
    """Levels named as free of it: `but not L4-5`, `sparing L4-5`."""
    out = []
    for group in attachment.excluded:
        before = document.lower[max(sentence.start, group.start - 30) : group.start]
        if rx(r"\bother than|apart from|aside from").search(before):
            continue
        if any(i.end <= group.start for i in items):
            out.append(group)
    return out


def _fact(
    document: Document, sentence: Sentence, item: _Item, level: Level | None, reading: Reading, kind: Kind
) -> Modic:
    levels = level.discs if level else ()
    vertebrae = level.vertebrae if level and not level.discs else ()
    plates = level.endplates if level else ()
    heading = sentence.heading
    if heading is not None and heading.discs and vertebrae:
        whole = [d for d in heading.discs if set(vertebrae) & set(d.split("-"))]
        levels, vertebrae = (tuple(whole), ()) if whole else (levels, vertebrae)
    if plates and not levels and len(plates) == 1:
        levels = ()
    here = kind.part(sentence.start) or kind.region or "lumbar"
    where = region((levels or vertebrae)[0]) if levels or vertebrae else here
    if levels or vertebrae:
        where = "lumbar" if where in ("lumbar", "sacral") or (levels or vertebrae)[0] == "T12-L1" else where
    elif rx(r"\bcervical\b").search(sentence.text):
        where = "cervical"
    elif rx(r"\bthoracic\b").search(sentence.text):
        where = "thoracic"
    end = item.end
    if (
        level
        and sentence.start <= level.start
        and level.end <= sentence.end
        and 0 <= level.start - item.end <= 60
    ):
        end = level.end
    return Modic(
        types=item.types,
        assertion=reading.assertion,
        evidence=document.evidence(item.start, end, item.rule, sentence.section, reading.cues),
        levels=levels,
        vertebrae=vertebrae,
        endplates=plates,
        basis="described" if item.basis == "described" else "stated",
        attribution=kind.attribution(sentence),
        region=where,
    )


def _tidy(found: list[Modic]) -> list[Modic]:
    """The same fact once: an untyped repeat of typed, placed facts says nothing new."""
    typed = {d for o in found if o.assertion == "present" and o.types != ("unspecified",) for d in o.levels}
    bodies = {v for d in typed for v in d.split("-")}
    any_typed = any(o.assertion == "present" and o.types != ("unspecified",) for o in found)
    placed = {(o.types, o.assertion) for o in found if o.levels}
    hedged = {d for o in found if o.assertion == "possible" and o.basis == "stated" for d in o.levels}
    out: dict[Modic, None] = {}
    for fact in found:
        bare = not fact.levels and not fact.vertebrae
        section = fact.evidence.section
        if fact.basis == "described" and fact.levels and set(fact.levels) <= hedged:
            continue  # the signal, and then its name in doubt
        if fact.assertion == "present" and fact.types == ("unspecified",) and any_typed:
            if (fact.levels and set(fact.levels) <= typed) or (
                fact.vertebrae and set(fact.vertebrae) <= bodies
            ):
                continue
            pointer = rx(r"\b(?:as|detailed|described|above|below|levels?)\b").search(
                fact.evidence.text.lower()
            )
            answered = any(c in ("yes", "Yes") for c in fact.evidence.cues)
            if bare and (section == "impression" or pointer or answered):
                continue
        if (
            bare
            and (fact.types, fact.assertion) in placed
            and (fact.assertion != "absent" or section != "impression")
            and (section == "impression" or fact.types != ("unspecified",))
        ):
            continue
        out[fact] = None
    return list(out)
