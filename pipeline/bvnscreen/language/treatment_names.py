"""Which words of a note name a treatment of the patient's low back.

The lexicon finds names; this room turns away what only looks like one: `Pt` the patient, PT/INR, a
knee's injection, the neck's therapy, criteria, education, the steps of an operation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from .dates import find_amounts
from .document import Document, Sentence
from .lexicon import Hit, Lexicon, Rule, rules
from .rx import rx
from .treatment_slots import COURSES, DRUGS, INJECTIONS, SURGERY, Slots, dated_whole, whole_length

CUES = "treatment_context.toml"

PLAN_SECTIONS = frozenset(("plan", "assessment_plan"))
_SILENT_SECTIONS = frozenset(("consent", "education", "criteria", "technique", "exam_name"))
_DRUGS_ONLY = frozenset(("allergies", "anesthesia"))  # a drug named there is no treatment
_IN_USE = rx(
    r"^\W*(?:(?:she|he|patient|pt|currently|now|only) )*(?:takes?|taking|uses|using|tried|failed|continues?|discharged?)\b"
)

_DESCRIPTION = frozenset((
    "description of procedure", "procedure in detail", "details of procedure", "description of operation",
    "procedure details", "procedure description", "description", "operation in detail",
))  # fmt: skip


@dataclass(slots=True)
class Cue:
    """A cue of the sentence; its treatments may stand after it (`forward`) or before it (`backward`)."""

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
    dictated: bool = False  # its place was read from the account of how it was done
    section: str = ""
    group: list[Mention] = field(default_factory=list)

    @property
    def drug(self) -> str | None:
        """The generic name, for a named drug."""
        return cast("str | None", self.rule.data.get("drug"))


@lru_cache(maxsize=1)
def _kind_cues() -> Lexicon:
    return Lexicon([r for r in rules(CUES) if r.data["category"] in ("generic", "patient")])


_NUMBERED = rx(r"^\s*(?:\(?[a-h1-9][).]|-)")


def general_sentences(document: Document) -> frozenset[int]:
    """Indices of sentences that state criteria, policy or advice, not what the patient had.

    What goes on after a semicolon, inside the same quotation marks or as an item of the list that such
    a sentence opens is meant too.
    """
    kinds: dict[int, set[str]] = {}
    for hit in _kind_cues().find(document.lower):
        sentence = document.sentence_at(hit.start)
        if sentence is not None:
            kinds.setdefault(sentence.index, set()).add(hit.rule.data["category"])
    general: set[int] = set()
    for index in sorted(i for i, kind in kinds.items() if "generic" in kind and "patient" not in kind):
        if index in general:
            continue
        general.add(index)
        for last, sentence in zip(
            document.sentences[index:], document.sentences[index + 1 : index + 40], strict=False
        ):
            listed = last.block == sentence.block or _NUMBERED.search(sentence.text)
            goes_on = sentence.soft or last.text.count('"') % 2 == 1 or last.text.rstrip().endswith(":")
            if not (listed and goes_on) or "patient" in kinds.get(sentence.index, ()):
                break
            general.add(sentence.index)
    return frozenset(general)


_PROSE = rx(r"\n\s*\n[a-z][^\n:]{60,}")


def _story_of(document: Document) -> int:
    """Where a letter that opens with diagnosis and plan goes on to its story; 0 where none does."""
    opening = len(document.lower) // 3
    plans = [s for s in document.sections if s.start < opening and s.category in PLAN_SECTIONS]
    if not plans or not rx(r"\bdear |\bre:").search(document.lower[: opening + 80]):
        return 0
    body = plans[-1].body
    begins = [m.start() for m in _PROSE.finditer(document.lower, body)]
    return next((at for at in begins if document.lower[body:at].strip()), 0)


def _elsewhere(words: str) -> bool:
    """Whether words name another part or illness and nothing of the back."""
    if not _OTHER_PART.search(words) or _BACK_WORD.search(words):
        return False
    return _NECK.search(words) is not None or not _SPINAL.search(words)


class _Outline:
    """Where sections, list items and paragraphs of a note begin."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [s.start for s in document.sections]
        self._blocks: dict[int, int] = {}
        for sentence in document.sentences:
            self._blocks.setdefault(sentence.block, sentence.start)
        self._sections: dict[int, tuple[str, str]] = {}
        self._elsewhere: dict[int, bool] = {}
        # Most notes name no other part of the body: asked once.
        self.other_parts = _OTHER_PART.search(document.lower) is not None
        lists = (s.start for s in document.sections if s.category in _LISTS)
        title = _TITLE.search(document.lower[: min(240, next(lists, 240))])
        told = _LIVELIHOOD.sub("", title.group()) if title else ""
        self._titled = "\n" in told and _elsewhere(told) and not _HOUSE.search(told)
        self._story = _story_of(document)

    def section_of(self, sentence: Sentence) -> tuple[str, str]:
        """Category and title of its section; `2. Risks discussed: ...` inside a list ends with its item."""
        found = self._sections.get(sentence.index)
        if found is None:
            found = self._sections[sentence.index] = self._section_of(sentence)
        return found

    def _section_of(self, sentence: Sentence) -> tuple[str, str]:
        lower = self._document.lower
        last = bisect_right(self._starts, sentence.start) - 1
        start = self._blocks[sentence.block]
        marked = _MARKED.search(lower[start : start + 8])
        for i in range(last, max(-1, last - 20), -1):
            section = self._document.sections[i]
            line = lower.rfind("\n", max(0, section.start - 300), section.start) + 1
            if not (marked and start > section.start and _MARKED.search(lower[line : section.start][:8])):
                if section.start < self._story <= sentence.start and section.category in PLAN_SECTIONS:
                    return "", ""
                if (
                    section.title == "interventions"
                    and i
                    and self._document.sections[i - 1].category == "plan"
                ):
                    return "plan", section.title  # of the plan of care
                return section.category, section.title
        return "", ""

    def in_heading(self, hit: Hit) -> bool:
        """Whether a name is part of a heading."""
        i = bisect_right(self._starts, hit.start) - 1
        return i >= 0 and hit.end <= self._document.sections[i].body

    def elsewhere(self, sentence: Sentence) -> bool:
        """Whether its paragraph or list item is headed by another part of the body."""
        found = self._elsewhere.get(sentence.index)
        if found is None:
            lower = self._document.lower
            start = self._paragraph(sentence.start)
            head = _HEADED.search(lower[start : start + 70])
            label = (head.group(1) or head.group(2)) if head else ""
            told = None if label else _CONDITION.search(lower[start : start + 110])
            if told and not _AN_ORDER.search(told.group(1)):
                label = told.group(1)
            found = _elsewhere(label)
            if not found and self._titled:
                found = not _THE_BACK.search(lower[lower.rfind("\n", 0, sentence.start) + 1 : sentence.end])
            self._elsewhere[sentence.index] = found
        return found

    def _paragraph(self, position: int) -> int:
        """Where the paragraph or list item of a position begins (looked for in the 1500 characters before)."""
        low = max(0, position - 1500)
        last = low
        for match in _ITEM_START.finditer(self._document.lower[low : position + 6]):
            last = low + match.start() + 1 if low + match.start() < position else last
        return last


_MARKED = rx(r"^\s*(?:[-*+]|\(?\d{1,2}[.)])\s")
_ITEM_START = rx(r"\n(?:\s*\n|\s*(?:[-*+]|\(?\d{1,2}[.)])\s)")


def find_mentions(document: Document, hits: list[Hit], general: frozenset[int]) -> list[Mention]:
    """The names that stand for a treatment of this patient's back, in order."""
    out: list[Mention] = []
    outline = _Outline(document)
    cased = any(c.isupper() for c in document.text)
    for hit in hits:
        sentence = document.sentence_at(hit.start)
        if sentence is None or sentence.index in general:
            continue
        if outline.in_heading(hit) and hit.rule.id != "care.sum":
            continue
        section, title = outline.section_of(sentence)
        if "instructions" in title and _TO_HIM.search(sentence.text):
            section = "plan"  # "He was given prescriptions for ..." among the advice
        ruled = (
            sentence.section == "criteria" and hit.rule.name != "BVNA"
        )  # who may have it is still talk of it
        if section in _SILENT_SECTIONS or ruled or title in _DESCRIPTION:
            continue
        if section in _DRUGS_ONLY and hit.rule.name in DRUGS and not _IN_USE.search(sentence.text):
            continue
        if not _guarded(document, sentence, hit, cased) or _other_region(document, sentence, hit, outline):
            continue
        if hit.rule.name == "ESI" and "triage" in sentence.text:
            continue
        if hit.rule.id == "care.sum":  # it sums up what was told just before
            near = bool(out) and sentence.index - out[-1].sentence.index <= 3
            near = near or _IN_ALL.search(sentence.text) is not None
            if not near or len(sentence.text) < 20 or document.lower[: sentence.start].rstrip().endswith("?"):
                continue
        out.append(Mention(hit.start, hit.end, hit.rule, sentence, hit.rule.name, section=section))
    named = any(m.name in SURGERY and not m.rule.data.get("generic") and m.section != "family" for m in out)
    return [m for m in out if not (named and _marks_time(document, m))]


def _marks_time(document: Document, mention: Mention) -> bool:
    """ "Before surgery", "since the operation": a day to count from; the operation is named elsewhere."""
    before = document.lower[max(mention.sentence.start, mention.start - 40) : mention.start]
    return mention.rule.data.get("generic") == "surgery" and _MARK.search(before) is not None


_MARK = rx(
    r"\b(?:since|before|after|prior to|following|until|ahead of|preceding|up to|leading to|day of|time of)"
    r"(?: (?:the|her|his|my|their|that|this|last|first|index|initial))*\s*$"
)
_TO_HIM = rx(r"\b(?:(?:he|she|patient|pt) (?:was|is|has been|will)|will be)\b")
_IN_ALL = rx(r"\b(?:total\w*|in all|altogether|all told|combined|documented)\b")
_OF_THE_BACK = rx(r"\b(?:back|lumbar|spin\w*)\b|\bepidural [a-z]")  # bare, it may be one of labor


def _guarded(document: Document, sentence: Sentence, hit: Hit, cased: bool) -> bool:
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
    if "not_near" in data and not _OF_THE_BACK.search(text, hit.start, hit.end):
        near = text[max(sentence.start, hit.start - 60) : min(sentence.end, hit.end + 60)]
        if rx(data["not_near"]).search(_clause_around(near, min(60, hit.start - sentence.start))):
            return False
    if data.get("token") == "pt":
        return _is_therapy(document, sentence, hit, cased)
    if data.get("whole"):
        told = whole_length(document, sentence, hit.start, hit.end)
        return told is not None or dated_whole(document, sentence, hit.start, hit.end)
    if data.get("name") == "conservative_care" and rx(r"^(?:all (?:of|this|these|that)|over)").search(
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
    r"low|tried|failed|also|undergone|never)\b|who\b|not (?:home|available|here|sure|aware|interested|taking|seen|wanting)\b|to (?:drop|bring|call|come|sign|complete|pick|fax|mail|schedule|see)\b|with (?:a|chronic|low|lbp|back|history|hx|known|at|long|several)\b|a \d|\d+ ?(?:y|-y)|is$|educat(?:ed|ion)\b|edu\b|"
    r"instructed|advised|verbalized|consented|elects|wants|wishes|would|will|can\b|cannot|may\b|needs|refused|declined|declines|aware|asks|brought|returns))"
)

_THERAPY_BEFORE = rx(
    r"(?:\b(?:of|tried|did|does|doing|completed|failed|with|in|from|and|or|no|had|start|started|more|formal|outpatient|aquatic|pool|land|through|via|"
    r"attended|attends|finished|supervised|after|prior|including|despite|continue|continues|cont|refer to|referral to|ordered|order|some|any|"
    r"visits|sessions|weeks|months|years|course|tx|plan|s/p|rounds?|go to|went to|been to|to|for|than)|[,:+&/(])\s*$"
)


_PATIENT_DOES = rx(r"^\s*(?:declined|declines|refused|refuses|underwent|wants|completed|tried) ([a-z]\w*)")
_NO_OBJECT = frozenset((
    "in", "on", "by", "after", "with", "without", "and", "but", "for", "at", "the", "due", "because",
    "since", "from", "as", "this",
))  # fmt: skip


def _is_therapy(document: Document, sentence: Sentence, hit: Hit, cased: bool) -> bool:
    """`PT` the treatment, not the patient, the clotting test or the artery."""
    raw = document.text[hit.start : hit.end]
    after = document.lower[hit.end : hit.end + 40]
    before = document.lower[max(sentence.start, hit.start - 24) : hit.start]
    if rx(
        r"^\s*(?:/\s*(?:inr|ptt)|\(?inr|inr\b|(?:is |was |of )?\d+\.\d|\d+ ?s(?:ec)?\b|time\b|pulse|\d{2}\.\d)"
    ).search(after) or rx(r"(?:inr|inr/|ptt|,? dp and|dp/)\s*$").search(before):
        return False
    if len(hit.rule.data["match"]) and len(raw) > 4:
        return True  # "formal PT"
    whole = document.text[sentence.start : sentence.end]
    mixed = whole != whole.upper()
    patient = bool(_PATIENT_WORDS.search(after))
    if raw in ("Pt", "Pt.", "pt", "pt."):
        told = rx(
            r"(?:\b(?:the|this|advised|instructed|told|educated|for|by|informed|gave|asked|called|contacted|reminded|notified|saw|met|"
            r"spoke (?:to|with)|phoned|helped|per|(?:unknown|known|explained|given|taught|according|shown|issued|provided|reviewed|offered|new) to|\d ?y/?o)|w/)\s*$"
        ).search(before)
        if not cased and not patient and not told:
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
    if mixed and (does := _PATIENT_DOES.search(after)) and does.group(1) not in _NO_OBJECT:
        return False  # "PT declined PT": the first is the patient
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
    if not find_amounts(around):
        return False
    if document.lower.startswith("all", hit.start):
        return True
    return bool(
        rx(r"\b(?:improvement|relief|benefit|change|progress|help|better|treatment|care)\b").search(around)
    )


def _at_neck_level(document: Document, sentence: Sentence, hit: Hit) -> bool:
    levels = document.levels(sentence)
    at = bisect_left(levels, hit.start - 40, key=lambda v: v.start)
    near = [v for v in levels[at : at + 6] if v.end >= hit.start - 20 and v.start <= hit.end + 8]
    return bool(near) and all(d.startswith("C") for v in near for d in v.discs or ("",))


_ELSEWHERE = (
    r"neck|cervical\w*|c-spine|shoulders?|knees?|hips?|arms?|elbows?|wrists?|hands?|fingers?|thumbs?|ankles?|foot|feet|heels?|carpal|rotator|"
    r"plantar|achilles|acl|meniscus|migraines?|headaches?|jaw|tmj|depress(?:ion|ive)|anxiety|insomnia|ptsd|fibromyalgia|asthma|copd|"
    r"rheumatoid arthritis|polymyalgia|pmr|sarcoidosis|crohn'?s|colitis|endometriosis|pelvic pain|bipolar|t[kh][ar]s?|lupus|(?:diabetic )?neuropathy|shingles|gout|fever|labou?r|toothache|dental"
)
_BACK = r"back|lumb\w+|l-?spine|lbp|sciatica|sacro\w+|vertebro\w+|arachnoid\w+|l[1-5][-/]\w+"
_BACK_WORD = rx(r"\b(?:" + _BACK + r")\b")
_THE_BACK = rx(r"\b(?:" + _BACK + r"|spin\w+)\b")
_SPINAL = rx(
    r"\b(?:spin\w+|discs?|discitis|facets?|radicul\w+|spondyl\w+|stenosis)\b"
)  # of the back, or of the neck
_NECK = rx(r"\b(?:neck|cervical\w*|c-spine)\b")
_OTHER_PART = rx(r"\b(?:" + _ELSEWHERE + r"|\w+(?:itis|algia|opathy))\b")
_PLACE = rx(r"\b(?:(" + _ELSEWHERE + r")|" + _BACK + r"|spin\w+)\b")
_ILLNESS = r"restless|hot fl[au]sh\w*|menopaus\w*|seizures?|epilepsy|mood|sleep|" + _ELSEWHERE
_FOR_ELSEWHERE = rx(
    r"^ (?:for|after) (?:\w+ )?(?:"
    + _ILLNESS
    + r")\b|^[^.;,]{0,30}?\b(?:for|to|in|of|on) (?:the |her |his |my |their |that |this |each |a |chronic |left |right |[lr]t? |both |bilateral |b/l )*(?:"
    + _ELSEWHERE
    + r")\b"
)
# `venlafaxine 75 mg daily (anxiety)`; "nortriptyline, but that is for her migraines"; "was prescribed by his own doctor for gout"
DOSE = (
    r"^(?:[ ,]*(?:\d[\d.,/-]*|mg|mcg|ml|g|[esxcd]r|tab(?:let)?s?|cap(?:sule)?s?|patch|dose|daily|nightly|once|twice|three times|at|in the|every|each|per|an?|"
    r"night|morning|evening|bedtime|day|hours?|week|as needed|prn|bid|tid|qid|qd|q?hs|q\d+h|po|by mouth))*"
)
_DRUG_ELSEWHERE = rx(
    DOSE
    + r"(?: ?\((?:for )?|[,;] (?:but |and |though |although )?(?:which|that|this|it|the latter)(?:'s| is| was)(?: (?:\w+ly|also|only|just|not|meant|taken|prescribed|started|given|used|ordered|begun|by (?:her|his|a|the) [a-z ]{3,20}?))* for |"
    r" (?:is|was|were|has been|had been) (?:\w+ly )?(?:prescribed|given|started|ordered|taken|used|begun|added)(?: (?:(?:by|in|through|from) [a-z0-9' ]{3,30}?))? for )"
    r"(?:the |her |his |my |their |chronic |left |right )*(?:" + _ILLNESS + r")\b"
)
_BACK_TOO = rx(
    r"^ (?:and|from|of|in|due to|with)(?: (?:for|the|her|his|my|low|lower|chronic))* (?:" + _BACK + r")\b"
)
# "total knee replacement followed by home PT", `PSH: hip replacement 2019, took oxycodone`
_OPERATION = (
    r"^(?: (?:and|joint|total|partial|cuff|tunnel|disc|tendon|labr\w+))*(?: (?:replacements?|arthroplast\w+|arthroscop\w+|repairs?|reconstructions?|releases?|surger\w+|operations?|"
    r"meniscectom\w+|fixation|orif|debridement))?"
)
_OPERATED_THERE = rx(
    _OPERATION + r"\b[^.;:]{0,24}?,? (?:and )?(?:followed by|then|with subsequent)\b[^.;:]{0,50}$"
)
_OPERATIONS_LIST = rx(_OPERATION + r"\b[^;:]{0,80}$")
# "the knee, which was managed with PT", "cuff tear treated w/ PT", `Knee: PT`, "asthma, on prednisone", "knee PT"
_TREATED_THERE = rx(
    r"^[^;:]{0,60}?\b(?:managed|treated|controlled|helped|relieved|manages|treats|given|shown|needed|required|rehab)\b|^[^;:.]{0,40}\bw/|"
    r"^[^;:.]{0,60}\b(?:which|with|after)\b[^,;:.]{0,40}$|^(?: (?:pain|symptoms|spine|problem|details))?(?: ?[:=(]| - |,? on $| ?$)"
)
# `Regarding her knee, she had an injection`
_ABOUT = rx(
    r"(?:^|[.;:] ?)(?:regarding|as for|as to|concerning|with regard to|in terms of|for) (?:the |her |his |my |their |right |left )*$"
)
_TREATMENT_OF = rx(
    r"\b(?:treatments?|therapy|care|tx|rehab\w*|treated|managed) (?:for|of) (?:the |her |his |my |their |right |left )*$"
)
_RADIATES = rx(
    r"\b(?:into|to|down|radiat\w+|over|across|and) (?:the |her |his |my |both |left |right |[lr]t? )*$"
)
# What heads a list item or a paragraph: `2. Depression - duloxetine`, `Right knee. PT for two years.`
_HEADED = rx(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:([a-z][^\n:;.]{0,50}?) ?(?::| - | -- )|((?:right |left |[lr] |bilateral )?[a-z]+(?: pain| oa| arthritis)?)\.\s)"
)
# `2. Right rotator cuff tear, improving.`: a condition that opens a numbered item, not an order
_CONDITION = rx(r"^\W*\d{1,2}[.)]\s*((?:[a-z/'-]+ ){0,4}[a-z'-]+(?:,[^\n:;.]{0,40})?)\.\s")
_AN_ORDER = rx(
    r"^(?:continue|start|refer\w*|follow\w*|order\w*|schedule\w*|obtain|get|request\w*|consider|discuss\w*|return|see|stop|hold|begin|resume|proceed|review\w*|will|no|mri|x ?-?rays?|ct|emg|"
    r"given|avoid|finish|recommend\w*|trial|try|repeat|add|increase|decrease|wean|use|take|have|has)\b|"
    r"\b(?:mri|x ?-?rays?|ct|emg|ordered|requested|scheduled|reviewed|discussed|referral)\b"
)
_TITLE = rx(r"^(?:[^\n]*\n){0,2}[^\n]*")
_LISTS = PLAN_SECTIONS | {"medications", "allergies", "pmh", "psh", "family", "social"}  # no title
_LIVELIHOOD = rx(r"\b(?:occupation|job(?: title)?|employer|profession|works? as|work)\s?[:=][^\n]*")
_HOUSE = rx(r"\b(?:center|centre|clinic|institute|associates|hospital|handed|dominan\w+)\b")


def _other_region(document: Document, sentence: Sentence, hit: Hit, outline: _Outline) -> bool:
    """Treatment of the neck, a knee, a migraine: none of the low back."""
    if hit.rule.data.get("region") == "neck" or hit.rule.name == "ACDF":
        return False
    lower = document.lower
    if hit.rule.name in INJECTIONS and _at_neck_level(document, sentence, hit):
        return False  # told with its level, and so not taken for one of the back
    if lower.startswith(("cervical", "thoracic"), hit.start):
        return not _THE_BACK.search(lower[hit.end : min(sentence.end, hit.end + 40)])
    purpose = _DRUG_ELSEWHERE.search(lower[hit.end : hit.end + 110]) if hit.rule.name in DRUGS else None
    if purpose and not _BACK_TOO.search(lower[hit.end + purpose.end() : hit.end + 140]):
        return True
    if not outline.other_parts or _THE_BACK.search(lower[hit.start : min(sentence.end, hit.end + 40)]):
        return False
    if _FOR_ELSEWHERE.search(lower[hit.end : min(sentence.end, hit.end + 70)]):
        return True
    for place in reversed(list(_PLACE.finditer(lower, sentence.start, hit.start))):
        if place.group(1) is None:
            return False
        lead = lower[max(sentence.start, place.start() - 40) : place.start()]
        if _TREATMENT_OF.search(lead):
            return True
        gap = lower[place.end() : hit.start]
        if _ABOUT.search(lead) and gap.startswith(","):
            return True
        follows = lower.startswith((" after", " post"), hit.end) and not rx(r"[;.]").search(gap)
        there = _TREATED_THERE.search(gap) is not None
        if not there and hit.rule.name in DRUGS | COURSES:  # care after an operation there
            operations = outline.section_of(sentence)[0] == "psh"
            there = (_OPERATIONS_LIST if operations else _OPERATED_THERE).search(gap) is not None
        if (follows or there) and not _RADIATES.search(lead):
            return True
    return outline.elsewhere(sentence)
