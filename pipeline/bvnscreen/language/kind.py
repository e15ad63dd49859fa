"""What kind of document this is, which part of the spine it shows, and whose words a sentence is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ..facts import Attribution
from .document import Document, Sentence
from .rx import rx

_TYPES = {
    "mri_report": "mri_report", "mri": "mri_report", "radiology": "mri_report", "radiology_report": "mri_report",
    "imaging_report": "imaging_report", "ct_report": "imaging_report", "xray_report": "imaging_report",
    "clinic_note": "clinic_note", "progress_note": "clinic_note", "consult": "clinic_note", "h&p": "clinic_note",
    "procedure_note": "procedure_note", "operative_note": "procedure_note", "op_note": "procedure_note",
    "pt_note": "pt_note", "letter": "letter", "addendum": "addendum", "questionnaire": "questionnaire", "other": "other",
}  # fmt: skip
_REPORT_WORDS = rx(
    r"\b(?:findings|impression|conclusion|technique|sagittal|axial t[12]|mri (?:of the )?(?:lumbar|lumbosacral|l-?s|l/s)|ls?s mri|lumbar(?: spine)? mri|"
    r"mri lumbar|lumbosacral mri|mri of the lss?|mri lss|magnetic resonance)\b"
)
_CLINIC_WORDS = rx(
    r"\b(?:hpi|history of present illness|chief complaint|physical exam|assessment|review of systems|ros|pmh|year[ -]old|y\.?o\.?|"
    r"patient (?:states|reports|denies|presents)|follow[ -]?up|medications|he|she|his|her|my)\b"
)
_GENERIC_SENTENCE = rx(
    r"\b(?:is|are) (?:considered|covered|indicated|approved|cleared|medically necessary|contraindicated|investigational)\b.{0,80}\b(?:when|if|for|in)\b|"
    r"\b(?:requires?|must (?:have|be|show|demonstrate)|criteria|criterion|eligib|candidates? (?:include|are|must|have|for)|intended (?:for|to)|(?:meant|designed|reserved) for (?:adults?|patients|people|individuals|members|those)\b|"
    r"the (?:intracept|smart) (?:study|trial)|studies|(?:members|patients|candidates|beneficiaries|enrollees|individuals|people|subjects|applicants|those) (?:who|with|under|over|between)|in patients|coverage|stud(?:y|ies) (?:report|show|suggest)|literature|responds? best|candidate checklist|your policy|the policy|policy (?:states|requires|reads)|"
    r"fda|guideline|may be a (?:good )?candidate|you may|you have|what (?:is|are) (?:an? |the )?[a-z]+(?: [a-z]+)? ?\?|among people|commonly seen in|"
    r"one or more levels|failure to respond |(?:is|are) for (?:adults?|patients|people|individuals|members|those) |"
    r"for (?:people|patients|adults|those) (?:who|whose|with)|(?:handout|leaflet|brochure|pamphlet|booklet)s?\b[^.:]{0,60}:|"
    r"(?:office |visit |clinic )?(?:notes?|records?|documentation|a statement|proof) (?:that|which|to) (?:shows?|documents?|states?|confirms?|support)|"
    r"(?:ins(?:urance|urer)?|payers?|carrier|plan|checklist|medicare|aetna|cigna|humana|uhc|bcbs|anthem) (?:wants?|needs|asks? for|demands?|insists? on|looks? for|calls? for))\b"
)
_PATIENT = rx(
    r"\b(?:this patient|the patient|my patient|he|she|his|her|patient's|today|re-?submit\w*|was performed|mri of|revealed|the (?:provided )?mri (?:of|from|dated|shows|demonstrates|reads))\b|\d{1,2}/\d{1,2}/\d{2,4}"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Kind of the document, part of the spine shown, modality, and whether the text is a report."""

    name: str
    region: str | None
    modality: str | None
    describes_spine: bool
    general: frozenset[int] = frozenset()
    parts: tuple[tuple[int, str], ...] = ()

    @property
    def is_report(self) -> bool:
        """A radiologist's text."""
        return self.name in ("mri_report", "imaging_report", "addendum")

    def attribution(self, sentence: Sentence) -> Attribution:
        """Whose statement an imaging finding is."""
        if sentence.section == "own_review" or _CLAIM.search(sentence.text):
            return "clinician"
        if self.is_report or sentence.section in ("findings", "impression", "addendum"):
            return "report"
        if sentence.section == "imaging" and self.name in ("clinic_note", "letter"):
            return "report"  # the results a note copies: `MRI lumbar 9/2024: ...`
        if self.name in ("clinic_note", "letter", "pt_note", "procedure_note", "questionnaire"):
            return "report" if _QUOTES.search(sentence.text) else "clinician"
        if rx(r"\bmri\b|magnetic resonance|report").search(sentence.text) or sentence.section == "imaging":
            return "report"
        return "report" if self.name in ("mri_report", "other") else "clinician"

    def part(self, position: int) -> str | None:
        """The part of the spine a place in a text on several parts speaks of; None outside of them."""
        at = bisect_right(self.parts, position, key=lambda part: part[0]) - 1
        return (self.parts[at][1] or None) if at >= 0 else None

    def generic(self, sentence: Sentence) -> bool:
        """A sentence about a rule, a study or patients in general."""
        return sentence.index in self.general


def told_part(document: Document, kind: Kind, position: int) -> str | None:
    """The part of the spine a place speaks of: its own sentence, the next one or its title says so."""
    sentence = document.sentence_at(position)
    if sentence is None:
        return kind.part(position)
    following = document.sentences[sentence.index + 1 :][:1]
    if following and (said := _ITS_PART.search(following[0].text)):
        return "cervical" if said.group(1) in ("neck", "c-spine", "cspine") else str(said.group(1))
    if titled := kind.part(position):
        return titled
    elsewhere = _ELSEWHERE.search(sentence.text)
    if elsewhere is None or _LOW_BACK.search(sentence.text):
        return None
    return "thoracic" if elsewhere.group(0).startswith("t") else "cervical"


# `MRI 9/2024 with Modic 2. That was the neck.`
_ITS_PART = rx(
    r"^\W*(?:that|this|it|those|these|which) (?:was|were|is|are)(?: (?:of|from|in|on|for|about))?(?: (?:the|her|his|my))? "
    r"(neck|cervical|c-?spine|thoracic|brain|hip|knee|shoulder)\b"
)
_ELSEWHERE = rx(r"\b(?:cervical|neck|c-?spine|thoracic|t-?spine)\b")
_LOW_BACK = rx(r"\b(?:lumb\w*|back|l-?spine|whole|entire|total|[ls]\d)\b")

# A line that is labelled as the MRI: `MRI lumbar 9/2024: Modic type 2 at L4-5.`
_QUOTES = rx(
    r"^\W*(?:imaging:? ?)?(?:(?:lumbar|lumbosacral|l-?spine|lss?|l/s)(?: spine)? )?(?:mri|mr)\b[^.:;]{0,50}:|^\W*[^.;]{0,40}\bmri (?:report|of|dated|from)\b[^.;]{0,50}(?::|\b(?:reads|states|reports|describes)\b)"
)
_CLAIM = rx(
    r"\b(?:provider|appeal|referring|letter|surgeon|physician|clinician|doctor|dr)\b[\w' ]{0,30}\b(?:states?|claims?|says?|argues?|asserts?|reports?|writes?|indicates?|feels?|believes?)\b|"
    r"\b(?:doctor|physician|provider|surgeon|clinic|chiropractor|pcp)s? (?:had )?(?:said|told|mentioned|thought|thinks|felt|feels|claimed)\b|\b(?:was|were|been) told\b|\breportedly\b|\b(?:per|according to|by) (?:the |her |his )?(?:pt|patient|wife|husband|recall|report of)\b|"
    r"\bin my (?:opinion|view|reading|estimation)\b|\bmy (?:read|review|interpretation|own)\b|\bi (?:see|disagree|believe|think|reviewed|interpret|personally)\b"
)


def read_kind(document: Document) -> Kind:
    """Kind from the note's type where it is known, else from its headings and words."""
    given = (document.note.type or "").strip().lower().replace(" ", "_").replace("-", "_")
    lower = document.lower
    head = lower[:2500]
    name = _TYPES.get(given)
    whole = any(s.category == "findings" for s in document.sections)  # the report is given again
    if name == "mri_report" and not whole and _AMENDS.search(head[:160]):
        name = "addendum"
    if name is None:
        name = _guess(document, head, given)
    region, modality = _region(lower[:1200]), _modality(head, name)
    if _MISFILED.search(lower):
        return Kind("other", region, modality, False, _general(document, name))
    parts = _parts(document)
    if any(area == "lumbar" for _, area in parts):
        region = "lumbar"
    spine = name in ("mri_report", "imaging_report", "addendum") and region in ("lumbar", None)
    spine = spine and not _UNREAD.search(lower)
    return Kind(name, region, modality, spine, _general(document, name), parts)


# A study that was broken off says nothing of the spine.
_UNREAD = rx(
    r"\bno (?:diagnostic )?(?:images?|sequences?) (?:were|was|could be) (?:obtained|acquired)|\bno (?:interpretation|report) (?:is|can be|was|could be) (?:given|made|issued|rendered)|"
    r"\bonly (?:the |a )?(?:[\w-]+ )?(?:localizers?|localisers?|scouts?)(?: images?| sequences?)? (?:was|were) (?:acquired|obtained|completed)"
)


_PART = rx(
    r"[\n.;] ?[ *#>-]*(?:\d[.)] ?)?((?:(?:mri?|magnetic resonance imaging|ct|exam(?:ination)?|study|procedure|findings|impression) ?[:,-]? ?)*)(?:of )?(?:the )?"
    r"((?:(?:cervical|thoracic|dorsal|lumbar|lumbosacral|lumbo[ -]sacral|lumbo|c|t|l|ls|l/s)(?: |-|, ?| ?/ ?| ?& ?|and )*)+)(?:spine|vertebrae)?"
    r"( mri?| examination| study)?(?: (?:report|without|with|w/o|w|and|iv|contrast|findings|impression|levels|plain))*(?: ?\(?\d{1,4}(?:[/.-]\d{1,4}){1,2}\)?)? ?(:|\n|\.|$)"
)
_AREAS = (
    ("lumbar", rx(r"lumb|\bls?\b|l/s")),
    ("thoracic", rx(r"thorac|dorsal|\bt\b")),
    ("cervical", rx(r"cerv|\bc\b")),
)


def _parts(document: Document) -> tuple[tuple[int, str], ...]:
    """Where a text on several parts of the spine turns to which: (position, part), "" where it ends.

    A title (`MRI CERVICAL SPINE`) holds to the next title, a label (`Cervical:`) to the next heading.
    """
    found: list[tuple[int, str, bool]] = []
    text, at = "\n" + document.lower, 0
    while match := _PART.search(text, at):
        at = match.end() - 1  # the line end that closes one label opens the next
        areas = [name for name, words in _AREAS if words.search(match.group(2))]
        bare = len(match.group(2).strip(" -")) <= 3
        title = bool(match.group(1) or match.group(3))
        if len(areas) == 1 and (match.group(4) == ":" or not bare) and (title or match.group(4) != "."):
            found.append((match.start(2) - 1, areas[0], title))
    if len({area for _, area, _ in found}) < 2:
        return ()
    cuts = [s.start for s in document.sections if s.category not in ("unknown", "imaging", "exam_name")]
    out: list[tuple[int, str]] = []
    held = ""
    for i, (start, area, title) in enumerate(found):
        held = area if title else held
        out.append((start, area))
        end = found[i + 1][0] if i + 1 < len(found) else len(document.lower)
        cut = next((c for c in cuts if start < c < end), None)
        if cut is not None and not title:
            out.append((cut, held))
    return tuple(out)


_AMENDS = rx(
    r"^\W*(?:(?:radiology|mri|report|imaging|lumbar spine|lumbar) )*(?:addend(?:um|a)|amendment|erratum|correction)\b"
)
_LIST_OPENS = rx(
    r"\b(?:all|any|each|one) of (?:the following|these (?:criteria|conditions|are|must|apply)|the criteria)|following (?:criteria|conditions|are met|must)|criteria\b|checklist \(|candidate checklist|when all|"
    r"(?:policy|guideline|rule|plan|label)\b[^.]{0,60}\b(?:reads?|states?|says|requires?|considers?|covers?|in part)\b|not covered:|exclusions?:|"
    r"please (?:send|submit|provide|forward|fax|supply|attach|include)\b[^.:\n]{0,80}:|\b(?:we (?:need|require|lack|are missing|do not have)|missing|needed|outstanding)\b[^.:\n]{0,60}:"
)
_ENUMERATED = rx(r"^\W*(?:\(?(?:[a-h]|[1-9]|i{1,3}|iv|v)[).]|[-*]|and\b|or\b)")
_TOLD_TO_ALL = rx(
    r"risk|side[ -]effect|complication|precaution|consent|\b(?:pt|patient) ed|\bavs\b|worst[ -]case"
)
_RISKS = rx(
    r"^(?:[^.:;]{0,24}[.;] )?\W*(?:(?:reviewed|discussed|explained|went over|covered|counsel+ed on) (?:the |possible |potential |common |usual |expected )*(?:side[ -]effects?|risks?|complications?)|(?:pt|patient) ed(?:ucation)?|avs(?: text)?|worst[ -]case|risks?|complications?|(?:return|er) precautions?|possible complications|potential complications|informed consent|consent)\b[^:.]{0,40}:"
)
_AS_YOU_KNOW = rx(r"\bas you (?:may|might|will|can|no doubt|probably|know|are)\b")
_SATISFIED = rx(r"\b(?:meets?|met|meeting|fulfil\w*|satisf\w+|qualifies)\b")
_WHEN_MET = rx(
    r"\b(?:when|if|once|unless|until|provided|where|only)\b[^.;:]{0,60}\b(?:met|satisfied|fulfilled)\b"
)
_LEAFLET = rx(
    r"\byou(?:r doctor| may| might| should| will|r (?:spine|back|pain|mri|care team))\b|\bwho (?:might|should|can)\b|\bwhat (?:is|are|causes|to expect)\b|"
    r"\b(?:people|patients) (?:who|with|may|often|usually)\b|\bin some (?:people|patients)\b|\b(?:which|that|what) (?:doctors|they) call\b|\byou(?:r specialist|r surgeon|r back|r scan)\b|\bin studies\b|\btalk to (?:your|a) (?:doctor|physician|provider)\b"
)


_ASKED = rx(  # a question of a form and its answer: "Do you have leg pain? No"
    r"\b(?:do|does|did|have|has|are|is|was|were|can|where|how|when|what)\b[^?\n]{0,80}\byou(?:r|rs)?\b[^?:\n]{0,80}[?:][\s\"':)-]*(?:[a-z][a-z /'-]{2,34}[:?] ?)?"
    r"(?:(?:answer|a|pt|patient)\s*[:.]\s*)?(?:(?:yes|no|y|n|none|never|about|since|always|sometimes)\b|[\[(] ?[x*]? ?[\])]|\d)"
)
_MISFILED = rx(
    r"\b(?:mis-?filed|wrong (?:patient|chart)|not (?:our|this|the same) patient|(?:scanned|filed|faxed|sent|uploaded) (?:in(?:to)? (?:the )?(?:wrong chart|error)|to the wrong)|"
    r"(?:belongs|pertains?) to (?:another|a different|the wrong) patient|(?:different|another) patient'?s (?:report|note|record|chart|page))\b"
)


def _general(document: Document, name: str) -> frozenset[int]:
    """Sentences that speak of rules, studies or patients in general: their lists and quotations included.

    Of a page that was filed in the wrong chart nothing is about this patient.
    """
    if _MISFILED.search(document.lower):
        return frozenset(s.index for s in document.sentences)
    report = name in ("mri_report", "imaging_report")
    starts = rx(
        r"^\W*(?:what (?:is|are)\b[^.\n]{0,60}\?|understanding |about (?:your|the|bvn|basivertebral|intracept|vertebrogenic|modic)\b)"
    ).search(document.lower)
    if starts and not rx(
        r"\b(?:he|she|his|her|y\.?o\.?|year[- ]old|exam|dob|hpi|mri (?:of|dated|shows))\b"
    ).search(document.lower):
        return frozenset(s.index for s in document.sentences)
    told = [m.span() for m in _ASKED.finditer(document.lower)]
    leaflet = [m for m in _LEAFLET.finditer(document.lower) if not any(a <= m.start() < b for a, b in told)]
    if name in ("other", "letter", "clinic_note") and len(leaflet) >= (2 if len(document.lower) < 500 else 3):
        if not rx(r"\b(?:he|she|his|her|y\.?o\.?|year[- ]old|exam|dob|hpi|in your case|member)\b").search(
            document.lower
        ):
            return frozenset(s.index for s in document.sentences)
    found: set[int] = set()
    lists, rules = document.holding(_LIST_OPENS), document.holding(_GENERIC_SENTENCE)
    risks = document.holding(_TOLD_TO_ALL)
    carry, quoted = False, False
    for sentence in document.sentences if lists or rules or risks else ():
        text, index = sentence.text, sentence.index
        if index in risks and _RISKS.search(text):
            found.add(sentence.index)
            continue
        if any(a < sentence.end and sentence.start < b for a, b in told):
            carry = False
            continue
        opens = index in lists and bool(_LIST_OPENS.search(text))
        own = (
            (opens or (index in rules and bool(_GENERIC_SENTENCE.search(text))))
            and not _PATIENT.search(text)
            and not _AS_YOU_KNOW.search(text)
            and (not _SATISFIED.search(text) or bool(_WHEN_MET.search(text)))
        )
        if report and sentence.section in ("findings", "impression"):
            own = opens = False
        if quoted or (carry and (sentence.soft or _ENUMERATED.search(text)) and not _PATIENT.search(text)):
            own = True
        marks = text.count('"')
        if marks % 2:
            quoted = (not quoted and opens) or (not quoted and own)
        carry = own
        if own:
            found.add(sentence.index)
    return frozenset(found)


def _guess(document: Document, head: str, given: str) -> str:
    if "mri" in given or "radiol" in given or "imaging" in given:
        return "mri_report"
    if "addend" in given:
        return "addendum"
    if "proced" in given or "operat" in given:
        return "procedure_note"
    if given:
        return "clinic_note" if "note" in given or "visit" in given else "other"
    sections = {s.category for s in document.sections}
    clinic = sections & {
        "hpi",
        "ros",
        "exam",
        "assessment_plan",
        "medications",
        "pmh",
        "plan",
        "assessment",
        "social",
    }
    if {"findings", "impression"} & sections and len(clinic) <= 1:
        return "mri_report"
    if len(clinic) >= 2:
        return "clinic_note"
    if rx(r"\bdear\b|\bto whom it may concern\b|\bsincerely\b|\bmedical director\b").search(head):
        return "letter"
    if rx(r"^\s*addendum").search(head):
        return "addendum"
    words = len(_CLINIC_WORDS.findall(head))
    if _REPORT_WORDS.search(head) and words <= 1:
        return "mri_report"
    return "clinic_note" if words >= 4 else "other"


def _region(top: str) -> str | None:
    title = rx(
        r"(?:mri|ct|mr|magnetic resonance|x-?ray|radiograph|examination|exam|study|procedure|imaging)[^.\n]{0,60}\b(cervical|thoracic|lumbar|lumbo ?-?sacral|l-?spine|c-?spine|t-?spine|lss|ls spine|l/s|pelvis|brain|knee|hip|shoulder)|\b(cervical|lumbar|thoracic|lumbo ?-?sacral)[^.\n]{0,20}(?:mri|spine)"
    ).search(top)
    if not title:
        return None
    word: str = title.group(1) or title.group(2)
    return "lumbar" if word.startswith("lumbo") else _REGIONS.get(word, word)


_REGIONS = {
    **dict.fromkeys(("lumbar", "l-spine", "lspine", "lss", "ls", "ls spine", "l/s"), "lumbar"),
    "c-spine": "cervical", "cspine": "cervical", "t-spine": "thoracic", "tspine": "thoracic",
}  # fmt: skip


def _modality(head: str, name: str) -> str | None:
    top = head[:400]
    titled = rx(
        r"^\W*(?:exam\w*:? ?)?(?:ct|x-?rays?|xr|computed|radiographs?|plain)\b[^\n.:]{0,60}\n"
    ).search(top)
    seen = rx(r"\bmri\b|\bmr\b|magnetic resonance|\bt[12]\b|stir").search(head)
    if seen and not (titled and seen.start() > 120):
        return "mri"
    if name in ("imaging_report", "mri_report") or titled:
        if rx(r"\bct\b|computed tomograph").search(top):
            return "ct"
        if rx(r"x-?rays?\b|radiograph|plain films?|\bxr\b|\bviews\b").search(top):
            return "xray"
    return None
