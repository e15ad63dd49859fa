"""Treatments of the spine that a note tells of: which, whether it took place, what it brought.

A name is found, then the words around it are read clause by clause: which cues reach which group of
names ("no relief with PT, ESI or RFA": all three done, none helped), what the section makes of a name
without a cue, and what a later sentence says of those before it ("none of it lasted").
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from .. import facts
from .dates import find_amounts, parse_date
from .document import Document, Sentence
from .lexicon import Hit, Lexicon, Rule, lexicon, rules
from .rx import rx
from .treatment_slots import (
    COURSES,
    DRUGS,
    SURGERY,
    Slots,
    length_of,
    phrase_start,
    read_slots,
    relief_before,
    visits_after,
)

CUES = "treatment_context.toml"
INJECTIONS = frozenset(
    "ESI TFESI ILESI caudal_ESI SNRB facet_injection MBB RFA SIJ_injection trigger_point_injection injection BVNA".split()
)
_SILENT_SECTIONS = frozenset("allergies consent education criteria anesthesia technique exam_name".split())
_PLAN_SECTIONS = frozenset(("plan", "assessment_plan"))
_STATUS = frozenset("done ongoing planned considered declined denied not_done family skip stopped".split())
_DESCRIPTION = frozenset(
    "description of procedure|procedure in detail|details of procedure|description of operation|procedure details|"
    "procedure description|description|operation in detail".split("|")
)


@dataclass(slots=True)
class Cue:
    """A cue of the sentence; `ways` says where its treatments may stand."""

    start: int
    end: int
    rule: Rule
    forward: bool
    backward: bool


@dataclass(slots=True)
class Mention:
    """A treatment's name in the text and what was read about it."""

    start: int
    end: int
    rule: Rule
    sentence: Sentence
    name: str
    phrase: int = 0
    stop: int = 0
    status: str = ""
    cues: list[Cue] = field(default_factory=list)
    dosed: bool = False
    response: str | None = None
    slots: Slots = field(default_factory=Slots)
    form: bool = False
    incidental: bool = False
    section: str = ""
    group: list[Mention] = field(default_factory=list)

    @property
    def drug(self) -> str | None:
        """The generic name, for a named drug."""
        return cast("str | None", self.rule.data.get("drug"))


def read_procedures(document: Document) -> tuple[facts.Procedure, ...]:
    """Treatments of the low back in a note, in the order of the text; lengths in months."""
    hits = lexicon("procedures.toml").find(document.lower)
    if not hits:
        return ()
    generic = _Generic(document)
    mentions = _mentions(document, hits, generic)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    kept: list[Mention] = []
    for index in sorted(_worth_reading(document, by_sentence)):
        sentence = document.sentences[index]
        own = by_sentence.get(index, [])
        if own:
            kept += _read_sentence(document, sentence, own)
        elif kept and not generic.holds(sentence):
            kept += _refer_back(document, sentence, kept)
    kept = _resolve_general_words(document, kept)
    _denied_by_letter(document, kept)
    _therapy_note(document, kept)
    return tuple(_merged(document, kept))


def _worth_reading(document: Document, by_sentence: dict[int, list[Mention]]) -> set[int]:
    """Sentences with a name and the few after each, which may speak of it."""
    wanted: set[int] = set()
    for index in by_sentence:
        wanted.update(range(index, min(index + 14, len(document.sentences))))
    return wanted


# --- which hits are treatments of this patient's back ---------------------------------------------------


class _Generic:
    """Sentences that state a rule or advice, not what the patient had."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._answers: dict[int, bool] = {}

    def holds(self, sentence: Sentence) -> bool:
        """True for criteria, policy text, education; also for what goes on after a semicolon or inside its quotes."""
        known = self._answers.get(sentence.index)
        if known is None:
            known = self._answers[sentence.index] = self._find(sentence)
        return known

    def _find(self, sentence: Sentence) -> bool:
        found = {
            h.rule.data["category"]
            for h in _kind_cues().find(self._document.lower, sentence.start, sentence.end)
        }
        if "patient" in found:
            return False
        if "generic" in found:
            return True
        if sentence.index == 0:
            return False
        last = self._document.sentences[sentence.index - 1]
        if last.block != sentence.block and not rx(r"^\s*(?:\(?[a-h1-9][).]|-)").search(sentence.text):
            return False
        going_on = sentence.soft or last.text.count('"') % 2 == 1 or last.text.rstrip().endswith(":")
        near = sentence.index - 1 in self._answers or sentence.soft
        return going_on and near and self.holds(last) if sentence.index < 900 else False


@lru_cache(maxsize=1)
def _kind_cues() -> Lexicon:
    return Lexicon([r for r in rules(CUES) if r.data["category"] in ("generic", "patient")])


@lru_cache(maxsize=2)
def _cues(direction: str) -> Lexicon:
    wanted = [
        r
        for r in rules(CUES)
        if r.data["category"] not in ("generic", "patient")
        and (r.data["direction"] in (direction, "both") or r.data["category"] in ("terminate", "pseudo"))
    ]
    return Lexicon(wanted)


def _mentions(document: Document, hits: list[Hit], generic: _Generic) -> list[Mention]:
    out: list[Mention] = []
    headings = [(s.start, s.body) for s in document.sections]
    for hit in hits:
        sentence = document.sentence_at(hit.start)
        if sentence is None:
            continue
        section = _section(document, sentence)
        if section in _SILENT_SECTIONS:
            continue
        if not _guarded(document, sentence, hit) or _in_heading(headings, hit):
            continue
        if (
            generic.holds(sentence)
            or _other_region(document, sentence, hit)
            or _described(document, sentence)
        ):
            continue
        mention = Mention(hit.start, hit.end, hit.rule, sentence, hit.rule.name, section=section)
        if mention.name == "ESI" and mention.sentence.text.count("triage"):
            continue
        out.append(mention)
    return out


_MARKED = rx(r"^\s*(?:[-*+]|\(?\d{1,2}[.)])\s")


def _section(document: Document, sentence: Sentence) -> str:
    """The section a sentence stands in; `2. Risks discussed: ...` inside a list ends with its item."""
    i = bisect_right([s.start for s in document.sections], sentence.start) - 1
    start = _block_start(document, sentence)
    while i >= 0:
        section = document.sections[i]
        line = document.lower.rfind("\n", 0, section.start) + 1
        listed = _MARKED.search(document.lower[line : section.start])
        if not (listed and start > section.start and _MARKED.search(document.lower[start : start + 8])):
            return section.category
        i -= 1
    return ""


def _guarded(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Whether the rule's own guards let the hit stand."""
    text, data = document.lower, hit.rule.data
    before = text[max(0, hit.start - 40) : hit.start]
    after = text[hit.end : hit.end + 60]
    if "not_before" in data and rx(data["not_before"]).search(before):
        return False
    if "not_after" in data and rx(data["not_after"]).search(after):
        return False
    if "before_needs" in data and not rx(data["before_needs"]).search(
        text[max(sentence.start, hit.start - 40) : hit.start]
    ):
        return False
    if "after_needs" in data and not rx(data["after_needs"]).search(after):
        return False
    if "not_near" in data:
        near = text[max(sentence.start, hit.start - 60) : min(sentence.end, hit.end + 60)]
        if rx(data["not_near"]).search(_clause_around(near, min(60, hit.start - sentence.start))):
            return False
    if data.get("token") == "pt":
        return _is_therapy(document, sentence, hit)
    if data.get("name") == "conservative_care" and rx(r"^(?:all|over|altogether|in all)").search(
        text[hit.start : hit.end]
    ):
        return _whole_course(document, sentence, hit)
    return True


def _clause_around(near: str, at: int) -> str:
    """The part of the words around a hit that no comma or semicolon cuts off."""
    left = max(near.rfind(c, 0, at) for c in ",;") + 1
    right = min((i for c in ",;" if (i := near.find(c, at)) >= 0), default=len(near))
    return near[left:right]


_PATIENT_WORDS = rx(
    r"^(?:'s\b|\s*(?:/\s*inr|/\s*ptt|is (?:a|an|here|s/p|status|doing|in|not|very|able|currently|well|being|the|now|seen)\b|presents|reports?|reported|states|"
    r"stated|denies|denied|c/o|complains|notes\b|seen|here|describes|understands|agrees|tolerated|feels|says|rates|wrote|to return|has (?:a|had|been|no|not|"
    r"low|tried|failed|also|undergone|never)\b|who\b|with (?:a|chronic|low|lbp|back|history|hx|known|at|long|several)\b|a \d|\d+ ?(?:y|-y)|is$|educated|"
    r"instructed|advised|verbalized|consented|elects|wants|wishes|would|will|can\b|cannot|may\b|needs|refused|declined|declines|aware|asks|brought|returns))"
)
_THERAPY_BEFORE = rx(
    r"(?:\b(?:of|tried|did|does|doing|completed|failed|with|in|from|and|or|no|had|start|started|more|formal|outpatient|aquatic|pool|land|through|via|"
    r"attended|attends|finished|supervised|after|prior|including|despite|continue|continues|cont|refer to|referral to|ordered|order|some|any|"
    r"visits|sessions|weeks|months|years|course|tx|plan|s/p|rounds?|go to|went to|been to|to|for|than)|[,:+&/(])\s*$"
)


def _is_therapy(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """`PT` the treatment, not the patient, the clotting test or the artery."""
    raw = document.text[hit.start : hit.end]
    after = document.lower[hit.end : hit.end + 40]
    before = document.lower[max(sentence.start, hit.start - 24) : hit.start]
    if rx(r"^\s*(?:/\s*(?:inr|ptt)|\(?inr|inr\b|(?:is |was |of )?\d+\.\d|time\b|pulse|\d{2}\.\d)").search(
        after
    ) or rx(r"(?:inr|inr/|ptt|,? dp and|dp/)\s*$").search(before):
        return False
    if len(hit.rule.data["match"]) and len(raw) > 4:
        return True  # "formal PT"
    whole = document.text[sentence.start : sentence.end]
    mixed = any(c.islower() for c in whole)
    patient = bool(_PATIENT_WORDS.search(after))
    if raw.startswith("Pt") or (raw == "pt" and any(c.isupper() for c in document.text)) or raw == "pt":
        told = rx(r"\b(?:the|this|advised|instructed|told|educated|for|by|informed|gave|asked)\s*$").search(
            before
        )
        if raw == "pt" and not any(c.isupper() for c in whole) and not patient and not told:
            return bool(_THERAPY_BEFORE.search(before)) or bool(
                rx(r"^\s*(?:x\s?\d|for \d|helped|did|didn|:|,|and|\d)").search(after)
            )
        return (
            not patient
            and not told
            and bool(
                rx(r"^\s*(?:x\s?\d|for \d+ (?:w|m)|\dx|\d x)").search(after)
                or rx(
                    r"(?:\bof|\btried|\bdid|\bcompleted|\bfailed|\bin|\bno|\bformal|\bstart|,|\+|&|/|\bto)\s*$"
                ).search(before)
            )
        )
    if mixed:
        return not rx(
            r"^\s*(?:is a|is an|presents|reports|states|denies|c/o|complains|tolerated|here\b|seen (?:today|for)|understands|agrees|wishes|verbalized|"
            r"\d+ ?(?:y|-y)|has (?:a|chronic|low|lbp|had low|had back)\b|with (?:chronic|low|lbp|back pain|a history)|stated|describes|instructed|educated)"
        ).search(after) and not rx(r"\b(?:told|advised|instructed|from)\s+$").search(
            before if rx(r"^\s*(?:to|that)\b").search(after) else ""
        )
    return not patient or bool(rx(r"\b(?:of|tried|completed|failed|formal|did)\s*$").search(before))


def _whole_course(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """ "All this over more than a year without a durable result": a length and a result for everything before."""
    around = document.lower[max(sentence.start, hit.start - 40) : min(sentence.end, hit.end + 60)]
    words = document.lower[hit.start : hit.end]
    if words.startswith(("altogether", "in all")):
        return bool(find_amounts(document.lower[max(sentence.start, hit.start - 24) : hit.start]))
    if not find_amounts(around):
        return False
    if words.startswith("all"):
        return True
    return bool(
        rx(r"\b(?:improvement|relief|benefit|change|progress|help|better|treatment|care)\b").search(around)
    )


def _in_heading(headings: list[tuple[int, int]], hit: Hit) -> bool:
    return any(a <= hit.start and hit.end <= b for a, b in headings)


_ELSEWHERE = (
    r"neck|cervical|shoulders?|knees?|hips?|arms?|elbows?|wrists?|hands?|ankles?|foot|feet|carpal|rotator|plantar|migraines?|headaches?|jaw|tmj|"
    r"depression|anxiety|insomnia|diabetic neuropathy|neuropathy|gout|fever|labou?r|toothache|dental"
)
_FOR_ELSEWHERE = rx(
    r"^[^.;,]{0,30}?\b(?:for|to|in|of|on) (?:the |her |his |my |their |a |chronic |left |right )*(?:"
    + _ELSEWHERE
    + r")\b"
)
_ELSEWHERE_NAME = rx(r"\b(?:" + _ELSEWHERE + r")\s*$")
_ELSEWHERE_BLOCK = rx(
    r"^\W*(?:\d[.)]\s*)?(?:right |left )?(?:neck|cervical|c-spine|knees?|shoulders?|hips?)(?: (?:pain|details|spine)[a-z ]{0,24})?\s*:"
)


def _other_region(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Treatment of the neck, a knee, a migraine: none of the low back."""
    if hit.rule.data.get("region") == "neck" or hit.rule.name == "ACDF":
        return False
    after = document.lower[hit.end : min(sentence.end, hit.end + 70)]
    before = document.lower[max(sentence.start, hit.start - 24) : hit.start]
    if rx(r"\b(?:back|lumbar|spine|lbp)\b").search(after[:40]):
        return False
    if _ELSEWHERE_NAME.search(before) or _FOR_ELSEWHERE.search(after):
        return True
    if document.lower[hit.start : hit.end].startswith(("cervical", "thoracic")):
        return True
    return bool(_ELSEWHERE_BLOCK.search(document.lower[_paragraph(document, sentence.start) :][:60]))


_ITEM_START = rx(r"\n(?:\s*\n|\s*(?:[-*+]|\(?\d{1,2}[.)])\s)")


def _paragraph(document: Document, position: int) -> int:
    """Where the paragraph or list item that holds a position begins (looked for in the 1500 characters before)."""
    low = max(0, position - 1500)
    last = low
    for match in _ITEM_START.finditer(document.lower[low : position + 1]):
        last = low + match.start() + 1
    return last


def _block_start(document: Document, sentence: Sentence) -> int:
    i = sentence.index
    while i and document.sentences[i - 1].block == sentence.block:
        i -= 1
    return document.sentences[i].start


def _described(document: Document, sentence: Sentence) -> bool:
    """The steps of an operation under its description name nothing of their own."""
    if sentence.section not in ("procedure", "findings", "unknown"):
        return False
    section = next((s for s in reversed(document.sections) if s.start <= sentence.start), None)
    return bool(section and section.title in _DESCRIPTION)


# --- a sentence with names ------------------------------------------------------------------------------


def _read_sentence(document: Document, sentence: Sentence, found: list[Mention]) -> list[Mention]:
    mentions = _with_ordinals(document, sentence, found)
    cues = _find_cues(document, sentence, mentions)
    for i, mention in enumerate(mentions):
        floor = mentions[i - 1].end if i else sentence.start
        mention.phrase = phrase_start(document, sentence, floor, mention.start)
    for i, mention in enumerate(mentions):
        mention.stop = mentions[i + 1].phrase if i + 1 < len(mentions) else sentence.end
        mention.stop = max(mention.end, mention.stop)
        if i + 1 == len(mentions):
            mention.stop = _closing(document, mention, sentence)
        floor = mentions[i - 1].stop if i else sentence.start
        mention.slots = read_slots(
            document, sentence, mention.name, mention.phrase, mention.start, mention.end, mention.stop, floor
        )
        if i == 0:
            pct, months = relief_before(document.lower[sentence.start : mention.phrase])
            if (pct is not None or months is not None) and rx(r"\b(?:with|from|after|following)\b").search(
                document.lower[sentence.start : mention.phrase]
            ):
                mention.slots.relief_pct = (
                    mention.slots.relief_pct if mention.slots.relief_pct is not None else pct
                )
                mention.slots.relief_months = mention.slots.relief_months or months
    groups = _groups(document, mentions, cues)
    _bind(document, groups, cues)
    out = []
    for group in groups:
        _share(document, group)
        for mention in group:
            mention.group = group
            if mention.name == "conservative_care" and not any(
                _category(c) == "response" for c in mention.cues
            ):
                mention.cues += [c for c in cues if _category(c) == "response"][-1:]
            mention.status = _status(document, mention)
            if mention.status not in ("", "skip"):
                out.append(mention)
    return out


def _closing(document: Document, mention: Mention, sentence: Sentence) -> int:
    """The end of a parenthesis that a semicolon cut: `PT (2022; May-Sept 2024)`."""
    after = document.lower[mention.end : mention.stop]
    following = sentence.index + 1
    if (
        after.count("(") > after.count(")")
        and following < len(document.sentences)
        and document.sentences[following].soft
    ):
        close = document.lower.find(")", mention.stop, mention.stop + 80)
        return close + 1 if close >= 0 else mention.stop
    return mention.stop


_ORDINAL = rx(
    r"\b(?:the |a )?(?:second|third|fourth|2nd|3rd|repeat|confirmatory)(?: (?:one|set|round|injection|block|blocks|set of blocks|procedure|time))?"
    r" (?:gave|provided|with|was|were|helped|did|only|lasted|had|on|produced|brought|blocks?|\d)"
)


def _with_ordinals(document: Document, sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """ "The second gave 30 %" is another treatment of the kind before it."""
    out = list(mentions)
    for match in _ORDINAL.finditer(document.lower, sentence.start, sentence.end):
        start, end = match.start(), match.end()
        if any(
            m.start - 40 <= end and start <= m.end
            for m in mentions
            if m.end > start - 2 and m.start < end + 40
        ):
            continue
        last = next((m for m in reversed(mentions) if m.end <= start and m.name in INJECTIONS), None)
        if last:
            out.append(Mention(start, end, last.rule, sentence, last.name))
    return sorted(out, key=lambda m: m.start)


def _find_cues(document: Document, sentence: Sentence, mentions: list[Mention]) -> list[Cue]:
    out: dict[tuple[int, int], Cue] = {}
    for direction in ("forward", "backward"):
        for hit in _cues(direction).find(document.lower, sentence.start, sentence.end):
            if hit.rule.data["category"] == "pseudo":
                continue
            if any(m.start < hit.end and hit.start < m.end for m in mentions):
                continue
            key = (hit.start, hit.end)
            both = hit.rule.data["category"] == "terminate"
            cue = Cue(
                hit.start, hit.end, hit.rule, direction == "forward" or both, direction == "backward" or both
            )
            if key in out and out[key].rule.id == hit.rule.id:
                out[key].forward = out[key].backward = True
            elif not both or key not in out:
                out[(hit.start, hit.end + (0 if key not in out else 100_000))] = cue
    found = sorted(out.values(), key=lambda c: (c.start, -c.end))
    kept: list[Cue] = []
    for cue in found:  # a cue inside a longer one is a word of it
        if not any(k.end >= cue.end and (k.end - k.start) > (cue.end - cue.start) for k in kept):
            kept.append(cue)
    return kept


def _category(cue: Cue) -> str:
    return cast(str, cue.rule.data["category"])


_BREAK = rx(r"[;]|\.\s")


def _groups(document: Document, mentions: list[Mention], cues: list[Cue]) -> list[list[Mention]]:
    """Names that are listed together: what is said of one is said of all."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and not _apart(document, groups[-1], mention, cues):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _apart(document: Document, group: list[Mention], second: Mention, cues: list[Cue]) -> bool:
    first = group[-1]
    gap = document.lower[first.end : second.start]
    if len(gap) > 160 or _BREAK.search(gap):
        return True
    between = [c for c in cues if first.end <= c.start and c.end <= second.start]
    for cue in between:
        if _category(cue) in ("dosing", "conditional"):
            continue
        if _parenthetical(document, first, cue):
            continue
        if _category(cue) == "done" and cue.forward and not _led_otherwise(document, group[0], cues):
            continue  # "did nine months of PT and took etodolac, neither with lasting effect"
        return True
    return False


def _led_otherwise(document: Document, first: Mention, cues: list[Cue]) -> bool:
    """Whether a cue before the list says something else than that it was done."""
    ahead = [
        c
        for c in cues
        if c.end <= first.start and c.forward and _category(c) not in ("dosing", "terminate", "done")
    ]
    return bool(ahead)


def _parenthetical(document: Document, mention: Mention, cue: Cue) -> bool:
    """`Medrol dosepak (3 days of relief), Norco`: said of the one name only."""
    between = document.lower[mention.end : cue.start]
    return between.count("(") > between.count(")")


def _bind(document: Document, groups: list[list[Mention]], cues: list[Cue]) -> None:
    """Gives each cue to the group it speaks of."""
    text = document.lower
    used: list[Cue] = []
    ends = [c for c in cues if _category(c) == "terminate"]
    ifs = [c for c in cues if _category(c) == "conditional"]
    for cue in cues:
        category = _category(cue)
        if category == "terminate":
            continue
        if category == "response" and any(i.start < cue.start for i in ifs):
            continue
        after = next(([m for m in g if m.start >= cue.end] for g in groups if g[-1].start >= cue.end), None)
        before = next((g for g in reversed(groups) if g[-1].end <= cue.start), None)
        overlapping = [
            c
            for c in cues
            if c is not cue and c.start < cue.end and cue.start < c.end and _category(c) != "terminate"
        ]
        ambiguous = cue.forward and (cue.backward or any(c.backward for c in overlapping))
        if cue.forward and after is not None:
            gap = text[cue.end : max(cue.end, after[0].phrase)]
            cut = _BREAK.search(gap) or any(cue.end <= e.start and e.end <= after[0].start for e in ends)
            if (
                category == "done"
                and text[cue.start : cue.end] == "used"
                and rx(r"\b(?:in|before|for|to|by|as)\b").search(gap)
            ):
                continue
            near = len(gap.strip()) <= 30 and not rx(r"[,():]").search(gap)
            if category == "not_done" and not _NO_GAP.search(gap):
                if after[0].name not in ("SCS", "spinal_pump"):
                    after[0].incidental = bool(
                        rx(r"\b(?:with|from) (?:the )?(?:use of )?$").search(text[cue.end : after[0].start])
                    )
                    continue
            if not cut and len(gap) <= 110 and (not ambiguous or near or before is None):
                _give(after, cue)
                used.append(cue)
                continue
        if (cue.backward or (category == "response" and after is None)) and before is not None:
            if any(u.start < cue.end and cue.start < u.end for u in used):
                continue
            if category in ("skip", "planned", "considered", "not_done", "family", "done") and any(
                before[-1].end <= e.start and e.end <= cue.start for e in ends
            ):
                if category != "not_done":
                    continue
            if before[-1].name == "SCS_explant" and category == "response":  # it is why it was taken out
                before = next((g for g in groups if g[-1].name == "SCS"), before)
            _give_back(document, groups, before, cue)
            used.append(cue)


_NO_GAP = rx(
    r"^\W*(?:(?:any|a|an|the|of|prior|previous|formal|recent|other|history|trials?|courses?|or|and|use|form|kind|type|known|such|his|her|their|my|"
    r"significant|further|additional|spine|lumbar|more|attempts?|at|to|yet|regular|specific|oral|daily|pain|this|these|through|from|in|"
    r"back|documented|recorded|evidence|sort|kinds|types|benefit|with|on|take|try|have|home|\w+ or|\w+ (?:and|nor)|\w+/)\s*)*$"
)


def _give(group: list[Mention], cue: Cue) -> None:
    for mention in group:
        mention.cues.append(cue)


_TOGETHER = rx(r"\b(?:and|or|&|nor|plus|all|both|none|neither|any)\b|[&+]")
_PLURAL_CUE = rx(r"\b(?:all|both|none|neither|any|have|were|without|with no|of (?:these|them|which))\b")


_EACH_OF_THEM = rx(r"\b(?:any|all|none|either|each) of (?:them|these|those|which)\b|\b(?:all|none)\b")


def _give_back(document: Document, groups: list[list[Mention]], group: list[Mention], cue: Cue) -> None:
    """Binds a cue to the names before it: to the list, or only to the last of it."""
    text = document.lower
    if _category(cue) == "response" and _EACH_OF_THEM.search(text[cue.start : cue.end + 16]):
        for mention in (m for g in groups for m in g if m.end <= cue.start):
            if not any(_category(c) == "response" for c in mention.cues):
                mention.cues.append(cue)
        return
    nearest = group[-1]
    category = _category(cue)
    if category == "dosing":
        nearest.dosed = True
        return
    if len(group) > 1:
        for mention, following in zip(group, group[1:], strict=False):
            if mention.end <= cue.start < following.start:
                nearest = mention
    if nearest is not group[-1] or _parenthetical(document, nearest, cue):
        nearest.cues.append(cue)
        return
    gap = text[nearest.end : cue.start]
    listed = any(_TOGETHER.search(text[a.end : b.start]) for a, b in zip(group, group[1:], strict=False))
    shared = (
        listed
        or _PLURAL_CUE.search(text[cue.start - 12 : cue.end + 16])
        or rx(r"[:-]\s*$|,\s*(?:all|both)\s*$").search(gap)
    )
    if category == "response" and (
        nearest.slots.relief_pct is not None or nearest.slots.relief_months is not None
    ):
        shared = shared and _PLURAL_CUE.search(text[cue.start - 12 : cue.end])
    if category not in (
        "response",
        "declined",
        "denied",
        "considered",
        "planned",
        "not_done",
        "done",
        "ongoing",
        "stopped",
    ):
        shared = None
    for mention in group if shared else [nearest]:
        mention.cues.append(cue)


# --- status ---------------------------------------------------------------------------------------------

_SELF_CARE = DRUGS | {"HEP", "TENS", "bracing", "yoga"}
_UP_TO_NOW = rx(r"^[^,;.]{0,40}\b(?:for|over) the (?:last|past) ")
_WEAK_IN_PLAN = rx(r"^(?:after|following|last|given|did|taken|used|interval|done|past|had)$")
_FORM = rx(
    r"^\s*(?:\([^)\n]{0,40}\)\s*)?(?:[:=?]|\.{2,}|-{1,2}\s|\?)[\s.:?]*(yes|no|none|never|n/a|y|n|nil|not yet|not done|not tried|denies|denied|completed|done|tried|failed|ordered|"
    r"declined|unable|pending|scheduled|current|currently|has not had)\b"
)
_FORM_STATUS = {
    "yes": "done", "y": "done", "completed": "done", "done": "done", "tried": "done", "failed": "done", "no": "not_done", "none": "not_done",
    "never": "not_done", "n": "not_done", "nil": "not_done", "not yet": "not_done", "not done": "not_done", "denies": "not_done", "has not had": "not_done",
    "denied": "", "n/a": "", "ordered": "planned", "pending": "planned", "scheduled": "planned", "declined": "declined", "refused": "declined",
    "unable": "not_done", "current": "ongoing", "currently": "ongoing", "ongoing": "ongoing", "not tried": "not_done", "in the past": "done",
    "past": "done", "now": "ongoing", "current use": "ongoing", "in progress": "ongoing", "planned": "planned", "contraindicated": "not_done", "had": "done",
}  # fmt: skip
_BOX = rx(r"(?:\[ ?(x?) ?\]|\( ?(x) ?\)|\((\s?)\))\s*([a-z /-]{0,24})")
_BOX_BEFORE = rx(r"(?:\[ ?(x?) ?\]|\( ?(x) ?\)|\(\s?\))\s*$")
_HELPED = {"a lot": "good", "yes": "good", "some": "mixed", "a little": "minimal", "little": "minimal", "not at all": "none", "no": "none", "none": "none",
           "worse": "worse", "made it worse": "worse", "temporarily": "temporary", "somewhat": "mixed"}  # fmt: skip


def _form_status(document: Document, mention: Mention) -> str | None:
    """What a box or a yes/no beside the name says; None where there is no form."""
    text = document.lower
    line = text.find("\n", mention.end)
    line = len(text) if line < 0 else line
    stop = min(line, mention.end + 160)
    begin = mention.end
    for following in lexicon("procedures.toml").find(text, mention.end, stop):
        if rx(r"^\s*(?:/|,|&|or|and)\s*$").search(text[begin : following.start]):
            begin = following.end  # "chiropractic/acupuncture [ ] done": one answer for both
            continue
        stop = following.start
        break
    after = text[begin:stop]
    boxes = list(_BOX.finditer(after))
    if (
        boxes
        and boxes[0].start() <= 60
        and not _BOX_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
    ):
        helped = rx(r"\bhelp|relief|response").search(after)
        split = helped.start() if helped else len(after)
        answer = next(
            (b.group(4).strip() for b in boxes if b.start() < split and (b.group(1) or b.group(2))), ""
        )
        result = next(
            (b.group(4).strip() for b in boxes if b.start() > split and (b.group(1) or b.group(2))), ""
        )
        mention.response = _HELPED.get(result)
        if any(b.group(4).strip() for b in boxes):
            return _FORM_STATUS.get(answer, "")
    own = _BOX_BEFORE.search(text[max(0, mention.phrase - 5) : mention.phrase])
    if own:
        return "done" if own.group(1) or own.group(2) else ""
    answered = _FORM.search(after)
    if answered:
        word = answered.group(1)
        if word in ("denied", "denies") or (
            word in ("no", "n", "none")
            and rx(
                r"^ (?:relief|benefit|improvement|help|change|effect|lasting|durable|response|significant|better)"
            ).search(after[answered.end() :])
        ):
            return None
        return _FORM_STATUS.get(word, None)
    return None


def _status(document: Document, mention: Mention) -> str:
    section = mention.section
    form = _form_status(document, mention)
    if form is not None:
        mention.form = True
        if form == "":
            return "skip"
        if mention.response is None:
            _response(mention)
        if mention.response and form == "not_done":
            mention.response = None
        return form
    if mention.rule.data.get("status"):
        return cast(str, mention.rule.data["status"])
    _response(mention)
    status = _by_cues(document, mention)
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
    return bool(section and "failed" in document.lower[section.start : section.body])


def _response(mention: Mention) -> None:
    found = [c for c in mention.cues if _category(c) == "response"]
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
    plan = section in _PLAN_SECTIONS
    found: dict[str, list[Cue]] = {}
    for cue in mention.cues:
        found.setdefault(_category(cue), []).append(cue)
    responded = "response" in found
    if "family" in found and not any(c.start > mention.end for c in found.get("not_done", ())):
        return "family"
    if "skip" in found or (mention.incidental and not responded):
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
    if "not_done" in found and not (responded and all(c.start > mention.end for c in found["not_done"])):
        return "not_done"
    if "stopped" in found:
        return "skip" if plan and not responded else "done"
    if plan and "done" in found:
        found["done"] = [c for c in found["done"] if not _WEAK_IN_PLAN.search(text[c.start : c.end])]
        if not found["done"]:
            del found["done"]
    if any(rx(r"^(?:alternative|option)").search(text[c.start : c.end]) for c in found.get("considered", ())):
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
        if status in ("planned", "considered") and responded and not plan:
            status = "done"
        if status == "done" and mention.dosed and "done" in found and _bounded_only(mention):
            status = "done"
        return status
    if "conditional" in found and not responded:
        return "considered"
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
    if section == "medications" and mention.name in DRUGS:
        return "ongoing"
    if (
        mention.name == "BVNA"
        and section not in ("psh", "procedure", "treatments")
        and not _shown_done(mention)
    ):
        return "considered"  # an earlier ablation excludes a patient: a bare name is no proof of one
    if mention.dosed and mention.name in _SELF_CARE and section not in ("treatments", "psh"):
        return "ongoing" if not _bounded_only(mention) else "done"
    return "done"


def _shown_done(mention: Mention) -> bool:
    slots = mention.slots
    return bool(slots.dates or slots.relief_pct is not None or slots.relief_months is not None)


def _bounded_only(mention: Mention) -> bool:
    """A length of treatment or a closed date makes it a thing of the past."""
    return mention.slots.duration_months is not None or any(d[1] for d in mention.slots.dates)


def _present_tense(words: str) -> bool:
    return bool(
        rx(
            r"\b(?:helps|works|relieves|provides|gives|takes|is|are|does|do|doesn't|don't|experiences|gets|helping)\b"
        ).search(words)
    )


def _nearest(mention: Mention, found: dict[str, list[Cue]], told: list[str]) -> str:
    """Of several signs the one after the name that is a verb, else the one closest before it."""
    behind = [(c.start, s) for s in told for c in found[s] if c.start >= mention.end]
    ahead = [(c.end, s) for s in told for c in found[s] if c.end <= mention.start]
    if behind and (not ahead or min(behind)[1] in ("considered", "planned", "ongoing")):
        return min(behind)[1]
    if ahead:
        return max(ahead)[1]
    return told[0]


def _share(document: Document, group: list[Mention]) -> None:
    """What a list shares: levels of two operations, the length of "PT and HEP x 8 mo"."""
    text = document.lower
    for a, b in zip(group, group[1:], strict=False):
        gap = text[a.end : b.phrase]
        if (
            a.slots.duration_months is not None
            and b.slots.duration_months is None
            and _courselike(a)
            and _courselike(b)
        ):
            if a.slots.duration_where == "lead" or (
                a.slots.duration_where == "before" and rx(r"^\s*(?:,|and|&|\+|/|,\s*and)\s*$").search(gap)
            ):
                b.slots.duration_months, b.slots.duration_at_least = (
                    a.slots.duration_months,
                    a.slots.duration_at_least,
                )
                b.slots.duration_where = a.slots.duration_where
        if not rx(r"^\s*(?:,|and|&|\+|/|with|,\s*and)\s*$").search(gap):
            continue
        kind = SURGERY if a.name in SURGERY else INJECTIONS if a.name in INJECTIONS else frozenset()
        if (
            b.name in kind
            and not (b.slots.levels or b.slots.vertebrae or b.slots.nerves)
            and a.name not in ("MBB", "BVNA")
        ):
            b.slots.levels = a.slots.levels
        if (
            b.name in kind
            and not (a.slots.levels or a.slots.vertebrae or a.slots.nerves)
            and b.phrase == b.start
            and b.name in SURGERY
        ):
            a.slots.levels = b.slots.levels
        if b.name in kind and a.slots.count is None and b.phrase == b.start:
            a.slots.count = b.slots.count
        if b.name in kind and not a.slots.dates:
            a.slots.dates = b.slots.dates
    for a, b in zip(reversed(group[:-1]), reversed(group[1:]), strict=False):
        if (
            a.slots.duration_months is None
            and b.slots.duration_months is not None
            and _courselike(a)
            and _courselike(b)
        ):
            if rx(r"^[^,;]*(?:\band\b|[+&])\s*$").search(text[a.end : b.phrase]):
                behind = text[b.end : b.stop]
                if find_amounts(behind):
                    a.slots.duration_months = b.slots.duration_months
                    a.slots.duration_at_least = b.slots.duration_at_least


def _courselike(mention: Mention) -> bool:
    return mention.name in COURSES | DRUGS or mention.name == "conservative_care"


# --- a sentence that speaks of treatments named before it ------------------------------------------------

_SUBJECT = rx(
    r"^\W*(?:result:?|relief|unfortunately,?|overall,?|but|however,?|and|so far,?|to date,?|she says|he says|she reports|he reports|states?|\")?\W*"
    r"(none|neither|nothing|all|both|no|without|it|this|these|that|they|each|relief|helped|did|didn't|didnt|with|little|minimal|some|good|excellent|only|which|"
    r"the (?:benefit|relief|effect)|the pain|pain|benefit|short|temporary|transient|nine|eight|seven|six|five|four|three|two|one|about|\d+|complete|"
    r"significant|great|partial|moderate|poor|not|helps|now|today|she is now|he is now|central|had|got|gave|lasted|felt|discharged|response|improved|worked|made)\b"
)
_MANY = rx(
    r"\b(?:none|neither|nothing|all|both|these|any of|they|no lasting relief from any|each|treatments|regimen|the treatments)\b"
)
_DAY_OF = rx(
    r"\b(?:(?:now )?on )?(?:the )?(?:day (\d{1,2})|(?:(first|second|third|fourth|fifth|sixth|seventh|tenth)|(\d{1,2})(?:st|nd|rd|th)) day) of (?:these|that|this|it|the|her|his)\b"
)
_SIDE_TURN = rx(
    r"^\W*(left|right|other|opposite|contralateral) side (?:to be done|will be|next|scheduled|to follow|in \d|is scheduled|planned)"
)


def _refer_back(document: Document, sentence: Sentence, kept: list[Mention]) -> list[Mention]:
    """Results, visits and repeats told in a sentence of their own."""
    text = sentence.text
    last = kept[-1]
    turn = _SIDE_TURN.search(text)
    if turn and last.name in INJECTIONS:
        side = (
            turn.group(1)
            if turn.group(1) in ("left", "right")
            else {"left": "right", "right": "left"}.get(last.slots.side or "")
        )
        new = Mention(
            sentence.start + turn.start(1), sentence.start + turn.end(), last.rule, sentence, last.name
        )
        new.status, new.slots = "planned", Slots(side=side)
        return [new]
    if not _same_topic(document, last.sentence, sentence):
        return []
    ordinal = rx(r"^\W*(?:the |a )?(?:first|second|third|repeat|2nd|3rd)\b").search(text)
    if ordinal and last.name in INJECTIONS and last.status == "done":
        again = Mention(sentence.start, sentence.start + ordinal.end(), last.rule, sentence, last.name)
        again.phrase = again.start
        again.stop = sentence.end
        again.slots = read_slots(
            document, sentence, last.name, again.start, again.start, again.end, sentence.end, again.start
        )
        slots = again.slots
        cues = [c for c in _find_cues(document, sentence, [again]) if _category(c) == "response"]
        if slots.relief_pct is not None or slots.relief_months is not None or slots.dates or cues:
            again.cues, again.status = cues, "done"
            _response(again)
            return [again]
    if rx(
        r"\b(?:my|her|his) (?:mother|father|brother|sister|wife|husband|friend|neighbor|aunt|uncle|cousin|mom|dad)(?: has)? (?:had|got|has) (?:it|one|this|the same|that)\b"
    ).search(text):
        relative = replace_mention(last, sentence)
        return [relative]
    visits, dates, named = visits_after(text, document.note.date)
    if named and last.name in ("PT", "chiropractic", "acupuncture", "CBT") and last.slots.sessions is None:
        last.slots.sessions = visits
        if dates and not last.slots.dates:
            last.slots.dates = dates
        last.status = (
            "done"
            if last.status == "planned" and last.sentence.section not in _PLAN_SECTIONS
            else last.status
        )
    day = _DAY_OF.search(text)
    if day:
        for mention in _recent(kept, last):
            if mention.name in DRUGS and mention.status in ("done", "ongoing"):
                mention.status = "ongoing"
                mention.slots.duration_months = None
        return []
    subject = _SUBJECT.search(text)
    if not subject or _conditional(text):
        return []
    cues = [c for c in _find_cues(document, sentence, []) if _category(c) == "response"]
    probe = Mention(sentence.start, sentence.start, last.rule, sentence, last.name, cues=cues)
    _response(probe)
    pct, months = relief_before(text)
    if probe.response is None and pct is None and months is None:
        return []
    many = _MANY.search(text)
    about = last.group or [last]
    if many:
        start = _paragraph_break(document, sentence.start)
        about = _recent(kept, last)
        about = [m for m in about if m.start >= start] or about
    if many and rx(r"^\W*(?:neither|both)\b").search(text):
        about = about[-2:]
    for mention in about:
        if mention.status not in ("done", "ongoing") or mention.response is not None:
            continue
        mention.response = probe.response
        if not many and mention.name in INJECTIONS:
            mention.slots.relief_pct = (
                mention.slots.relief_pct if mention.slots.relief_pct is not None else pct
            )
            mention.slots.relief_months = mention.slots.relief_months or months
    return []


def replace_mention(last: Mention, sentence: Sentence) -> Mention:
    """ "My sister had it": the treatment named before, of a relative."""
    return Mention(
        last.start, last.end, last.rule, last.sentence, last.name, status="family", section=last.section
    )


def _conditional(text: str) -> bool:
    return bool(rx(r"^\W*(?:if|should|once|unless)\b|\bif (?:no|not|she|he|this|it|the)\b").search(text))


def _same_topic(document: Document, first: Sentence, second: Sentence) -> bool:
    if first.section != second.section and second.index - first.index > 2:
        return False
    between = document.lower[first.end : second.start]
    return "\n\n" not in between.replace(" ", "") or second.index - first.index <= 1


def _paragraph_break(document: Document, position: int) -> int:
    low = max(0, position - 3000)
    gaps = list(rx(r"\n\s*\n").finditer(document.lower[low:position]))
    return low + gaps[-1].end() if gaps else low


def _recent(kept: list[Mention], last: Mention) -> list[Mention]:
    """The treatments told in the same section up to here."""
    out: list[Mention] = []
    for mention in reversed(kept):
        if (
            mention.sentence.section != last.sentence.section
            or last.sentence.index - mention.sentence.index > 12
        ):
            break
        out.append(mention)
    return out[::-1]


# --- the words "surgery" and "injection" ------------------------------------------------------------------


def _resolve_general_words(document: Document, kept: list[Mention]) -> list[Mention]:
    """ "TLIF was recommended but she refused surgery" is one treatment; "surgery" may be of another organ."""
    out: list[Mention] = []
    for mention in kept:
        if mention.rule.data.get("generic") == "surgery" and not mention.form:
            named = [m for m in out if m.name in SURGERY | {"BVNA", "kyphoplasty"} and m.rule.data.get("generic") is None
                     and mention.sentence.index - m.sentence.index <= 1]  # fmt: skip
            if named:
                if mention.status in ("declined", "denied") and named[-1].status in ("planned", "considered"):
                    named[-1].status = mention.status
                continue
            if not _about_spine(mention, kept):
                continue
        if (
            mention.name == "injection"
            and not mention.form
            and mention.status in ("planned", "done", "considered", "ongoing")
        ):
            near = [m for m in kept if m is not mention and m.name in INJECTIONS - {"injection", "BVNA"}
                    and 0 <= mention.sentence.index - m.sentence.index <= 6 and m.status not in ("family",)]  # fmt: skip
            if near:
                continue
        out.append(mention)
    return out


def _about_spine(mention: Mention, kept: list[Mention]) -> bool:
    text = mention.sentence.text
    if rx(r"\b(?:back|spine|spinal|lumbar|disc|fusion)\b").search(text):
        return True
    beside = any(m.sentence is mention.sentence and m is not mention for m in kept)
    if mention.status in ("declined", "considered", "not_done"):
        return True
    return beside and mention.status in ("done", "planned")


_DENIAL = rx(
    r"\b(?:request|service|authori[sz]ation|claim|procedure|coverage)s?\b[^.\n]{0,40}?\b(?:is|was|were|are|has been|have been) (?:therefore |again |also )?(?:denied|not approved|"
    r"not authori[sz]ed|non-?certified|rejected)\b|\bunable to approve\b|\bcannot (?:be approved|approve)\b|\bnotice of (?:adverse|denial)|\badverse (?:benefit )?determination\b"
)


def _denied_by_letter(document: Document, kept: list[Mention]) -> None:
    """A letter that names the request and, in another sentence, denies it."""
    asked = [m for m in kept if m.status == "planned" and m.name in INJECTIONS | SURGERY]
    if asked and _DENIAL.search(document.lower):
        if (document.note.type or "").startswith(("letter", "denial")) or rx(
            r"\bdear |\bmember\b|adverse"
        ).search(document.lower[:600]):
            for mention in asked:
                mention.status = "denied"


_THERAPY_TITLE = rx(
    r"^\W{0,3}(physical therapy|pt|physiotherapy|p\.t\.|chiropractic|acupuncture)\b[ \w-]{0,24}?\b(discharge|d/c|progress|daily|visit|treatment|summary|note|re-?eval\w*)\b"
)


def _therapy_note(document: Document, kept: list[Mention]) -> None:
    """Visits, dates and outcome of the therapist's own note belong to the therapy."""
    title = _THERAPY_TITLE.search(document.lower[:120])
    if not title and document.note.type != "pt_note":
        return
    name = title.group(1) if title else "pt"
    name = name if name in ("chiropractic", "acupuncture") else "PT"
    course = next((m for m in kept if m.name == name and m.status in ("done", "ongoing")), None)
    if course is None:
        return
    if title and title.group(2) in ("progress", "daily", "visit", "treatment") and not course.cues:
        course.status = "ongoing"
    for sentence in document.sentences:
        visits, dates, named = visits_after(sentence.text, document.note.date)
        if named:
            course.slots.sessions = course.slots.sessions or visits
            course.slots.dates = course.slots.dates or dates
            break
    if not course.slots.dates:
        ends = rx(
            r"\b(?:soc|start of care|initial (?:eval\w*|visit)|from)\W{1,3}(\S{6,10})[^.]{0,30}?\b(?:dc|d/c|discharged?|to|through)\W{1,3}(\S{6,10})"
        ).search(document.lower)
        if ends:
            first, last = (parse_date(ends.group(i), document.note.date) for i in (1, 2))
            if first and last:
                course.slots.dates = ((first, last),)
    if course.response is None:
        for sentence in document.sentences:
            cues = [
                c for c in _find_cues(document, sentence, []) if _category(c) == "response" and c.backward
            ]
            words = " ".join(document.lower[c.start : c.end] for c in cues)
            if cues and rx(r"change|unchanged|improve|progress|relief|same|better|benefit|help").search(
                words
            ):
                probe = Mention(sentence.start, sentence.start, course.rule, sentence, name, cues=cues)
                _response(probe)
                course.response = probe.response
                break


# --- facts ----------------------------------------------------------------------------------------------


def _merged(document: Document, kept: list[Mention]) -> list[facts.Procedure]:
    out: list[facts.Procedure] = []
    for mention in kept:
        if mention.name == "conservative_care" and mention.status in ("planned", "considered"):
            continue
        for procedure in _procedures(document, mention):
            same = [i for i, p in enumerate(out) if (p.name, p.status) == (procedure.name, procedure.status)]
            if any(_adds_nothing(procedure, out[i]) for i in same):
                continue
            bare = next((i for i in same if _adds_nothing(out[i], procedure)), None)
            if bare is not None:
                out[bare] = procedure
            else:
                out.append(procedure)
    return out


_SIDELESS = COURSES | DRUGS | {"SCS", "SCS_explant", "conservative_care"}
_SLOTS = "levels vertebrae nerves side date count sessions drug response relief_pct relief_months duration_months date_end".split()


def _adds_nothing(new: facts.Procedure, old: facts.Procedure) -> bool:
    return all(getattr(new, s) in (None, (), getattr(old, s)) for s in _SLOTS)


def _only_helped(document: Document, mention: Mention) -> bool:
    """ "Helped maybe a month" has an end; "excellent relief for three months" is told as good."""
    return all(
        rx(
            r"^(?:which |it |that |has |have |only |and )*(?:helped|helps|worked|relieved)(?: (?:her|him|me|the pain))?$"
        ).search(document.lower[c.start : c.end])
        for c in mention.cues
        if _category(c) == "response"
    )


def _procedures(document: Document, mention: Mention) -> list[facts.Procedure]:
    slots = mention.slots
    name, status = mention.name, mention.status
    if name in ("fusion", "discectomy") and slots.levels and all(d[0] == "C" for d in slots.levels):
        name = "ACDF"
    past = status in ("done", "ongoing") and name != "SCS_explant"
    response = mention.response if past else None
    if past and response is None and slots.relief_pct == 0:
        response = "none"
    if (
        past
        and slots.relief_months is not None
        and (response is None or (response == "good" and _only_helped(document, mention)))
    ):
        response = "temporary"
    cues = tuple(dict.fromkeys(document.text[c.start : c.end].strip() for c in mention.cues))
    evidence = document.evidence(mention.start, mention.end, mention.rule.id, mention.sentence.section, cues)
    base = facts.Procedure(
        name=name,
        status=cast(facts.Status, status),
        evidence=evidence,
        levels=slots.levels,
        vertebrae=slots.vertebrae,
        nerves=slots.nerves,
        side=slots.side if name not in _SIDELESS else None,
        count=slots.count,
        sessions=slots.sessions,
        drug=mention.drug,
        response=cast("facts.Response | None", response),
        relief_pct=slots.relief_pct if past else None,
        relief_months=slots.relief_months if past else None,
        duration_months=slots.duration_months if past or status == "planned" else None,
        duration_at_least=slots.duration_at_least,
    )
    if status in ("planned", "considered", "not_done", "declined", "family") or not slots.dates:
        return [base]
    if len(slots.dates) == 1:
        return [replace(base, date=slots.dates[0][0], date_end=slots.dates[0][1])]
    return [
        replace(base, date=start, date_end=end, duration_months=length_of(start, end))
        for start, end in slots.dates
    ]
