"""The details of a treatment: where, which side, when, how often, how long, with how much relief.

Everything is read from the noun phrase before the treatment's name (`before`) and from the words
after it up to the next one (`after`); positions are in the cleaned text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from .dates import DAYS_A_MONTH, Amount, When, find_amounts, find_dates, months_between, number_of, to_date
from .document import Document, Sentence
from .levels import Level
from .rx import rx

_NUMBER = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty(?:[ -]four)?|"
    r"a couple(?: of)?|several|multiple|a few|few|numerous)"
)
_SIDE = r"(?:left|right|lt|rt|l|r|bilateral|bilat\.?|b/l|bil|both|bilaterally|left[- ]sided|right[- ]sided|unilateral)"
_LENGTH = (
    r"(?:an? (?:year|month) and a half(?: of)?|(?:more than |over |at least |about |> ?|nearly |almost |approximately )?(?:an? |half an? |"
    + _NUMBER
    + (
        r"\+?[ -](?:and a half )?)(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)(?:[ -]?long)?(?:'s?)?(?:'? worth)?(?: of)?)"
    )
)
_PRENOMINAL = rx(
    r"(?:^|[\s(,.;:/&+])((?:(?:" + _SIDE + r"|" + _NUMBER + r"|#\d|x ?\d|\d/\d{1,2}|" + _LENGTH + r"|"
    r"(?:"
    + _NUMBER
    + r" )?(?:visits?|sessions?|rounds?|courses?|trials?|series|sets?|doses?|treatments?|weekly sessions)(?: of)?(?: \d)?|"
    r"an?|the|her|his|their|my|another|repeat|diagnostic|confirmatory|lumbar|prior|previous|first|second|third|fourth|last|recent|initial|"
    r"single|additional|further|any|some|formal|intermittent|ongoing|continuous|consistent|failed|dedicated|(?:physician|provider|doctor|therapist|chiropractor|medically)[ -](?:directed|supervised|guided|led)|intensive|documented|scheduled|authorized|approved|prescribed|solid|straight|supervised|regular|daily|nightly|level|levels|disc|fluoroscopic(?:ally)?|guided|therapeutic|"
    r"positive|negative|other|high-dose|low-dose|oral|otc|of|the|these|multiple|separate|successful|decompressive|posterior|anterior|minimally invasive|mis|open|"
    r"medial branch|facet|interlaminar|transforaminal|epidural|steroid|joint|revision|redo)[\s-]+)+)$"
)
_PRE_LEVEL = rx(
    r"^[\s(]*(?:(?:level|levels|disc|discs|lumbar|left|right|bilateral|bilat|b/l|rt|lt|interlaminar|transforaminal|epidural|steroid|"
    r"facet|joint|joints|medial|branch|branches|nerve|nerves|diagnostic|decompressive|posterior|anterior|lateral|instrumented|interbody|"
    r"open|mis|minimally|invasive|vertebral|body|bodies|root|dr|mbs?|selective|compression|fracture|repeat|revision|basivertebral|and|"
    r"intra-articular|dorsal|ramus|rami|mb|bvn|guided|fluoroscopic|fluoroscopically|first|second|two|three|microscopic|endoscopic|hemi|"
    r"\(?[lstc]\d[^)\s]{0,12}\)?)[\s/)-]*)*$"
)
_POST_LEVEL = rx(
    r"^[\s,():-]*(?:(?:intracept|bvna|at|of|on|the|for|in|level|levels|from|to|involving|both|left|right|bilateral|bilaterally|bilat|side|sides|medial|"
    r"branch|branches|dorsal|ramus|rami|joint|joints|nerve|nerves|root|roots|disc|discs|vertebral|bodies|body|marrow|signal|x ?\d|targeting|blocks?|"
    r"same|one|two|three|performed|was|were|done|lumbar|spine|space|interspace|facet|facets|with|instrumentation|a|an|segment|via|rt|lt|l|r|"
    r"s/p|procedure|treatment|surgery|repeat|#\d|including|basivertebral|endplates?|vertebrae|vertebra|intraosseous|ablation|\d|and|adjacent|system|"
    r"recommended|requested|scheduled|planned|proposed|ordered|approved|denied|request|is|today|again|submitted|needed|declined|"
    r"destruction|neurolytic|agent|inj|injections?|lami\w*|arthrodesis|epidural|transforaminal|interlaminar|cpt|\d{5}|"
    r"placed|implanted|implantation|inserted|put|device|devices|spacer|spacers|carried|out|undertaken|completed|given|injected|administered|repeated|offered|has|been|had|using|under|fluoroscopy|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{2,4}|(?:19|20)\d\d|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)"
    r"[\s,:()-]*)*$"
)
_LEVEL_CHAIN = rx(
    r"^[\s,(]*(?:(?:medial|branch|branches|mb|mbs|dorsal|ramus|rami|dr|and|&|\+|plus|the|at|level|levels|vertebral|bodies|body|nerve|nerves|on|of|"
    r"bilateral|left|right|joint|joints|facet|facets|lateral)[\s,(]*)*$"
)


@dataclass(slots=True)
class Slots:
    """The details found; names as in facts.Procedure."""

    levels: tuple[str, ...] = ()
    vertebrae: tuple[str, ...] = ()
    nerves: tuple[str, ...] = ()
    side: str | None = None
    dates: tuple[tuple[str, str | None], ...] = ()
    sides: tuple[str, ...] = ()  # of each date, where they differ
    count: int | None = None
    sessions: int | None = None
    lengths: tuple[float | None, ...] = ()  # of several dated courses, one each
    relief_pct: float | None = None
    relief_months: float | None = None
    duration_months: float | None = None
    duration_at_least: bool = False
    duration_where: str = ""  # before, after or in front of the phrase ("lead")

    def add_relief(self, pct: float | None, months: float | None) -> None:
        """Takes relief told elsewhere where none was told beside the name."""
        self.relief_pct = pct if self.relief_pct is None else self.relief_pct
        self.relief_months = months if self.relief_months is None else self.relief_months


SURGERY = frozenset((
    "fusion", "laminectomy", "discectomy", "microdiscectomy", "decompression", "disc_replacement",
    "interspinous_spacer", "ACDF", "spine_surgery", "lumbar_procedure", "other_spine_procedure", "IDET",
    "discography",
))  # fmt: skip
INJECTIONS = frozenset((
    "ESI", "TFESI", "ILESI", "caudal_ESI", "SNRB", "facet_injection", "MBB", "RFA", "SIJ_injection",
    "trigger_point_injection", "injection", "BVNA",
))  # fmt: skip
BODIES = frozenset(("BVNA", "kyphoplasty", "vertebroplasty"))
BRANCHES = frozenset(("MBB", "RFA"))
ROOTS = frozenset(("TFESI", "SNRB"))
DRUGS = frozenset((
    "NSAID", "acetaminophen", "opioid", "muscle_relaxant", "gabapentinoid", "antidepressant",
    "systemic_steroid", "topical",
))  # fmt: skip
COURSES = frozenset((
    "PT", "HEP", "chiropractic", "acupuncture", "massage", "TENS", "traction", "bracing", "CBT", "yoga",
    "activity_modification",
))  # fmt: skip


def phrase_start(document: Document, sentence: Sentence, floor: int, start: int) -> int:
    """Where the noun phrase of a treatment begins: its numbers, sides, levels and adjectives."""
    levels = [v for v in document.levels(sentence) if floor <= v.start and v.end <= start]
    position = start
    while True:
        end = floor + len(document.lower[floor:position].rstrip())
        level = next((v for v in levels if v.end == end), None)
        if level:
            position = level.start
            continue
        low = max((v.end for v in levels if v.end <= position), default=floor)
        match = _PRENOMINAL.search(document.lower[low:position])
        if match is None:
            return position
        position = low + match.start(1)
        if _OF_A_DATE.search(document.lower[low:position]):
            return low + match.end()
        row = _OPENING_DAYS.search(document.lower[position:start])
        if row:
            return position + row.end()


_DAY = r"(?:\d{1,2}/(?:\d{1,2}/)?\d{2,4}|(?:[a-z]{3,9}\.? )?(?:19|20)\d\d)"
_DAYS = (
    r"(?:" + _DAY + r"\s?(?:-|to|until|through)\s?(?:" + _DAY + r"|now|present|date)|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{4}|[a-z]{3,9}\.? (?:19|20)\d\d)"
)
# "2/24-5/24 PT, 6/24 to now meloxicam": rows that open with their days
DATED_ROW = rx(r"(?:^|[\n,;:])\s*" + _DAYS + r"\W*$")
ROW_WITHIN = rx(r"(?:^|[\s,;:])\s*" + _DAYS + r"\W*$")
_TO_NOW = rx(r"\b(?:now|present|date)\W*$")
_OPENING_DAYS = rx(r"^" + _DAYS + r"[\s:,-]+")
_OF_A_DATE = rx(r"\d/$")  # "01/14/25 L3-5 MBB"
_LASTED = rx(
    r"^(?: (?:which|that|has|had|only|each|together|a total of))* (?:lasted|ran|went on|continued)(?: for)?\b"
)
_BARE = rx(r"^[\s,.;/&+]*(?:and|or|with)?\s*$")


def read_slots(
    document: Document,
    sentence: Sentence,
    name: str,
    phrase: int,
    start: int,
    end: int,
    stop: int,
    floor: int,
) -> Slots:
    """Slots of the treatment at start..end whose phrase begins at `phrase` and whose words end at `stop`.

    `floor` is where the words before it stop belonging to an earlier treatment.
    """
    slots = Slots()
    before, after = document.lower[phrase:start], document.lower[end:stop]
    if (
        phrase == start
        and name != "conservative_care"
        and not document.levels(sentence)
        and _BARE.search(after)
        and _BARE.search(document.lower[floor:phrase])
    ):
        return slots  # a name in a list
    lead = _place(document, sentence, name, slots, phrase, start, end, stop)
    _side(
        slots,
        document.lower[max(floor, sentence.start, lead - 16) : start] if lead < phrase else before,
        after,
    )
    whole = whole_length(document, sentence, start, end) if name == "conservative_care" else None
    if whole and (at := sentence.start + whole.start - end) >= 0:  # no length of relief
        after = after[:at] + " " * (whole.end - whole.start) + after[at + whole.end - whole.start :]
    if name in ("PT", "CBT") and (lasted := _LASTED.search(after)):  # the course did, not its effect
        after = " " * lasted.end() + after[lasted.end() :]
    rest = _relief(slots, after)
    if name != "conservative_care":
        _counts(slots, name, before, document.lower[start:end], after)
    course = name in COURSES or name in DRUGS
    parts = _OF_A_YEAR.search(rest) if course else None
    if parts and (parts.group(2) == "52" or _BRITISH.search(document.lower)):
        slots.duration_months = round(int(parts.group(1)) * 12 / int(parts.group(2)), 2)
        slots.duration_where = "after"
        rest = " " * parts.end() + rest[parts.end() :]
    _dates(slots, document, name, rest, document.lower[floor:phrase])
    if slots.duration_months is None and (course or name == "conservative_care"):
        _length(slots, before, rest, document.lower[floor:phrase])
    if whole and slots.duration_months is None:
        slots.duration_months, slots.duration_at_least = months_of(whole), whole.high is None
    return slots


# --- place ------------------------------------------------------------------------------------------


def _place(
    document: Document,
    sentence: Sentence,
    name: str,
    slots: Slots,
    phrase: int,
    start: int,
    end: int,
    stop: int,
) -> int:
    """Reads the levels; returns where the first of those before the name begins (else `phrase`)."""
    levels = document.levels(sentence)
    text = document.lower
    own = [v for v in levels if start <= v.start and v.end <= end]
    before = [v for v in levels if start - 160 <= v.start and v.end <= start]
    found = own
    if not found:
        after = _levels_after(text, levels, end, stop)
        found = _levels_before(text, before, start, bool(after)) or after
    for v in found:
        _object(name, v, slots, text[v.start : v.end])
    return min([phrase, *(v.start for v in found)])


def read_place(document: Document, sentence: Sentence, name: str, slots: Slots) -> None:
    """Adds the levels and side of a sentence that tells only how a treatment was done."""
    for level in document.levels(sentence):
        _object(name, level, slots, document.lower[level.start : level.end])
    if slots.side is None and name not in BODIES:
        _side(slots, sentence.text, "")


def _levels_before(text: str, before: list[Level], start: int, other: bool) -> list[Level]:
    """Levels in the noun phrase; across an "and" only where no other level follows the name."""
    if not before:
        return []
    gap = text[before[-1].end : start]
    if "," in gap or not _PRE_LEVEL.search(gap) or (other and rx(r"\band\b").search(gap)):
        return []
    found = [before[-1]]
    for level in reversed(before[:-1]):
        between = text[level.end : found[0].start]
        if len(between) >= 40 or not _LEVEL_CHAIN.search(between):
            break
        found.insert(0, level)
    return found


def _levels_after(text: str, levels: list[Level], end: int, stop: int) -> list[Level]:
    found: list[Level] = []
    for level in levels:
        if level.start < end or level.start >= stop:
            continue
        gap = text[found[-1].end : level.start] if found else text[end : level.start]
        if len(gap) > 70 or not (_LEVEL_CHAIN if found else _POST_LEVEL).search(gap):
            break
        found.append(level)
    return found


_NERVE_LIST = rx(r"^l?[1-5](?:/[ls]?[1-5])(?:/[ls]?[1-5])+$")


def _object(name: str, level: Level, slots: Slots, words: str) -> None:
    """What a level is for this treatment: disc, vertebral body or nerve."""
    vertebrae = level.vertebrae
    if name in BRANCHES and _NERVE_LIST.search(words):  # L3/4/5: three medial branches
        slots.nerves += tuple(dict.fromkeys(v for d in level.discs for v in d.split("-")))
        return
    if name in BODIES:
        if vertebrae:
            slots.vertebrae += tuple(v for v in vertebrae if v not in slots.vertebrae)
        elif name == "BVNA":
            slots.levels += tuple(d for d in level.discs if d not in slots.levels)
        else:
            slots.vertebrae += tuple(v for d in level.discs for v in d.split("-"))
    elif (name in BRANCHES and vertebrae) or (name in ROOTS and vertebrae and not level.discs):
        slots.nerves += tuple(v for v in vertebrae if v not in slots.nerves)
    elif level.discs:
        slots.levels += tuple(d for d in level.discs if d not in slots.levels)
    elif vertebrae and name in SURGERY:
        slots.vertebrae += tuple(v for v in vertebrae if v not in slots.vertebrae)


_SIDE_WORD = rx(
    r"(?:^|[\s(])(?:(left|lt|l|left-sided)|(right|rt|r|right-sided)|(bilateral|bilat\.?|b/l|bil|both sides|bilaterally))(?:[\s,).;:]|$)"
)
_SIDE_AFTER = rx(
    r"^[^.;]{0,60}?(?:\b(on|from) the (left|right)\b|\b(bilaterally|bilateral|bilat|b/l|on both sides)\b)|^[^.;,]{0,24}[\s(](left|right|lt|rt)\b|^, (left|right)\b|^\s*(l|r)\s"
)


def _side(slots: Slots, before: str, after: str) -> None:
    found = _SIDE_WORD.search(before)
    if found:
        slots.side = "left" if found.group(1) else "right" if found.group(2) else "bilateral"
        return
    match = _SIDE_AFTER.search(after[:90])
    if match and not rx(r"\bpain\b|\bleg\b|\bhelped|relief").search(after[: match.end() + 5]):
        word = match.group(2) or match.group(4) or match.group(5) or match.group(6) or ""
        slots.side = "bilateral" if match.group(3) else "left" if word.startswith("l") else "right"


# --- relief -----------------------------------------------------------------------------------------

_PERCENT = rx(
    r"(?:>|<|~|about |over |approximately |around |maybe )?(\d{1,3})(?: ?(?:-|to) ?(\d{1,3}))? ?(?:%|percent\b|pct\b)"
)
_NOT_RELIEF = rx(
    r"^ ?(?:back|leg|axial|low back|visits?|attendance|of visits|disab|odi|rom|capsaicin|lidocaine|xylocaine|bupivacaine|marcaine|ropivacaine|gel|patch|cream|in the)"
)
_SOLUTION = rx(r"caine\s?$")  # "lidocaine 2%"
_RELIEF_BEFORE = rx(
    r"(?:relief|relieved|benefit|helpful|help(?:ed|s|ing)?|improve(?:d|ment)|better|great|lasts|lasted|lasting|good|gone|pain[- ]free|reduction|response|%|percent|"
    r"edge off|bought|gave|gives|brought|(?:got|gets) (?:her|him|me|them)|eased|settled|calmed|respite|comfort|worked|"
    r"(?:wore|worn|wears) off|faded|waned|(?:[,;:]|\b(?:it|that|this|which|and|he|she|relief|benefit|improvement|effect)) ?(?:held(?: up)?|(?:stayed|remained) (?:so|that way))|(?:returned|recurred|back)(?: with)?in|returned|recurred|(?:pain|symptoms?|crept|came|comes?|was|were|right|all) back|"
    r"(?:his|her|the|my|leg|back) pain|of pain|of the leg|decreased)(?: of (?:the |her |his )?(?:back |leg )?(?:pain|symptoms|leg))?[\s,(]*"
    r"(?:(?:for|x|of|lasted|lasting|her|him|me|it|things|maybe|perhaps|about|at most|(?:most|much|the better part) of|up to|over|approx\.?|a|the|and|that|which|duration|~|>|relief|"
    r"improvement|but|just|then|around|well|a lot|a great deal|after|within|by|in duration|another|first|full|good|[a-z]+ly|almost|at least)[\s,]*)*$"
)
_RELIEF_AFTER = rx(
    r"^(?:'s?)?(?:each|apiece)?[\s-]*(?:of )?(?:(?:partial|good|excellent|great|complete|some|significant|near|total|pain|temporary|only|minimal|very|"
    r"moderate|her|his|a|little|full|substantial|symptom|solid|\d{1,3} ?%|percent) ?)*(?:pain |symptom )?(?:relief|benefit|help\b|improvement|respite|ease\b|comfort|pain[- ]free)|^ out of\b"
)


_PARTS = {"half": 2, "thir": 3, "quar": 4, "fift": 5, "tent": 10}
_PART = r"\b(?:(?:an?|one|two|three|four|nine)[ -])?(?:half|thirds?|quarters?|fifths?|tenths?)"
_SHARE = rx(  # "three quarters better", "took away two thirds of it", "fell by a third"
    r"("
    + _PART
    + r") (?:better|improved|improvement|relief|less pain|reduction|of (?:the|her|his|my|it)(?: (?:low|lower|back|leg|pain))* (?:was |had |is )?(?:gone|went|relieved))\b"
    r"|\b(?:took|takes|relieved|eased|removed|cut|cleared|fell|dropped|decreased|reduced|down|improved)"
    r"(?: (?:away|out|off|her|his|the|my|it|low|lower|back|leg|pain|by|about|almost|nearly|roughly|perhaps|some|more|than|over))* ("
    + _PART
    + r")(?: of (?:it|the|her|his|my)\b| (?:after|with|for|from|following)\b|[.,;]|$)"
)
_OTHERWISE = rx(  # "6 weeks before surgery", but not "9 months before the pain crept back"
    r"^ ?(?:ago|later|prior|before(?: [^\s]+)?(?:[.,;]|$)|before (?:the |her |his )?(?:surgery|operation|fusion|visit|mri|procedure|today|next))"
)
_NO_RELIEF = rx(r"\b(?:no|without|not|n't|nil|zero)\b[^,;]{1,24}$")


def _relief(slots: Slots, after: str) -> str:
    """Reads percent and length of relief; returns the words with what was read blanked out."""
    clause = after
    for match in _PERCENT.finditer(clause):
        joined = clause[max(0, match.start(1) - 1) : match.start(1)]
        told = match.group(2) if joined == "/" else match.group(1)  # "11/12 - 10 %": a date stands before
        if _SOLUTION.search(clause[: match.start()]) and int(match.group(1)) < 10:
            continue
        if joined == "." or not told or _NOT_RELIEF.search(clause[match.end() :]) or int(told) > 100:
            continue  # "bupivacaine 0.5%"
        slots.relief_pct = float(told)
        break
    share = _SHARE.search(clause) if slots.relief_pct is None else None
    if share:
        start, end = share.span(1 if share.group(1) else 2)
        many, _, part = clause[start:end].replace("-", " ").rpartition(" ")
        slots.relief_pct = float(round(100 * (number_of(many) or 1) / _PARTS[part[:4]]))
        clause = clause[:start] + " " * (end - start) + clause[end:]
    rest = clause
    for amount in find_amounts(clause):
        before, behind = (
            clause[max(0, amount.start - 60) : amount.start],
            clause[amount.end : amount.end + 60],
        )
        if _OTHERWISE.search(behind) or _NO_RELIEF.search(before):
            continue
        if (
            _RELIEF_BEFORE.search(before)
            or _RELIEF_AFTER.search(behind)
            or "good" in clause[amount.start : amount.end]
        ):
            if slots.relief_months is None:
                slots.relief_months = months_of(amount)
            rest = rest[: amount.start] + " " * (amount.end - amount.start) + rest[amount.end :]
    return rest


def relief_before(text: str) -> tuple[float | None, float | None]:
    """Percent and months of relief in the words before a treatment: `80% relief from RFA`."""
    slots = Slots()
    _relief(slots, text)
    return slots.relief_pct, slots.relief_months


def months_of(amount: Amount) -> float | None:
    value = amount.low if amount.low is not None else amount.high
    return None if value is None else round(value, 2)


# --- numbers ----------------------------------------------------------------------------------------

_SESSIONS = rx(
    r"(?:^|[^/\d])\b("
    + _NUMBER
    + r")(?: ?(?:/|of|out of) ?(\d{1,3}))?(?: (?:pt|total|more|scheduled|authorized|approved|prescribed|supervised|formal|weekly|physical therapy|completed|chiro))*"
    r" ?(?:visits?|sessions?|appointments?|classes|adjustments)\b|\b(?:visits?|sessions?)(?: attended| completed)?:? ?(\d{1,3})(?: ?(?:/|of) ?(\d{1,3}))?\b|visit #(\d{1,3})"
)
_TIMES = rx(
    r"\bx ?(\d{1,2})\b|\btimes (two|three|four|\d)\b|\b(once|twice|thrice)\b|\b("
    + _NUMBER
    + r") times\b|\bon ("
    + _NUMBER
    + r") (?:separate )?occasions\b"
)
_ROUNDS = rx(
    r"\b("
    + _NUMBER
    + r") (?:separate |full |different )?(?:rounds?|courses?|cycles?|trials?|bouts?|stints?)\b"
)
_COUNT = rx(
    r"(?:^|[\s(])(?:series of )?("
    + _NUMBER
    + r")(?: separate| prior| previous| lumbar| diagnostic| repeat| successful| positive| negative| more)*[\s]"
)
_UNIT_AFTER = rx(
    r"^ ?(?:-|to \d|days?|d\b|weeks?|wks?|months?|mos?\b|m\b|years?|yrs?|y\b|hours?|/|mg|%|mo\b|min\b|minutes)"
)


def _counts(slots: Slots, name: str, before: str, own: str, after: str) -> None:
    text = f"{before.strip()} {own} {after.strip()}"
    course = name in COURSES
    sessions = _SESSIONS.search(text)
    if sessions and course:
        value = number_of(sessions.group(1) or sessions.group(3) or sessions.group(5) or "")
        slots.sessions = int(value) if value else None
    for times in _TIMES.finditer(after[:60] if not course else after[:40]):
        if _UNIT_AFTER.search(after[times.end() :]):
            continue
        words = next(g for g in times.groups() if g)
        value = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(words) or number_of(words)
        if value is None or rx(r"^ ?(?:a|per|each) (?:day|week|month)|^ ?(?:daily|weekly)").search(
            after[times.end() :]
        ):
            continue
        if course and times.group(1) and slots.sessions is None:
            slots.sessions = int(value)
        elif slots.count is None and not (course and times.group(3)):
            slots.count = int(value)
        break
    if slots.count is None and own.startswith(("dual ", "double ")):
        slots.count = 2
    rounds = _ROUNDS.search(text)
    if rounds and slots.count is None:
        value = number_of(rounds.group(1))
        slots.count = (
            int(value) if value and rounds.group(1) not in ("several", "multiple", "numerous") else None
        )
    if slots.count is None and not course:
        found = _COUNT.search(" " + before)
        if found and found.group(1) not in ("several", "multiple", "few", "a few", "numerous"):
            if not _UNIT_AFTER.search((" " + before)[found.end() - 1 :]):
                value = number_of(found.group(1).replace(" of", ""))
                slots.count = int(value) if value and value < 30 else None


# --- time -------------------------------------------------------------------------------------------

_RANGE = rx(r"^\s*(?:-|to|through|thru|until|till|and)\s*(?:the end of )?$")
_STOP_DATE = rx(
    r"\bmri\b|\bx-?rays?\b|\bclinic (?:visit|note|appointment|today|on)\b|\breturn(?:ed)?\b|\bct\b|\bdob\b|\bseen\b|\bpain-free until\b|\bimaging\b|\bonset\b|\bdenied on\b"
)
_DATE_BEFORE = rx(
    r"(?:^|[\s(])(?:(?:on|in|since|from|during|dated|date|by|between|operative note|procedure note|op note|procedure date|dos)[:\s]*|^\s*)$"
)


def _dates(slots: Slots, document: Document, name: str, after: str, before: str) -> None:
    """Dates in the words after the treatment, else the last one before it."""
    row = DATED_ROW.search(before)
    if row:
        words = _year_after(row.group())
        slots.dates = dates_in(words, document.note.date)[-1:]
        if slots.dates and _TO_NOW.search(words) and slots.dates[0][1] is None:
            slots.dates = ((slots.dates[0][0], document.note.date),)
        if slots.dates:
            return
    stop = _STOP_DATE.search(after)
    window = _year_after(after[: stop.start()] if stop else after)
    anchor = document.note.date
    found = [_settled(window, w, name) for w in find_dates(window, anchor or _LATEST)]
    if anchor is None:  # then only a month of a year can be told
        found = [w for w in found if w.fields != 2 or w.end - w.start > 5 or _month_of_year(window, w)]
        full = {w.start for w in find_dates(window, None) if w.iso}
        found = [w for w in found if w.start in full or w.fields == 2]
    found = [w for w in found if _is_date(window, w)]
    found = sorted([*found, *_ago(window, anchor)], key=lambda w: w.start)
    slots.dates = _courses(window, found)
    slots.sides = _sides_told(window, found, slots.side)
    if slots.sides:
        slots.dates = tuple((w.iso or "", None) for w in found)
    if slots.dates:
        lengths = [months_of(a) for a in find_amounts(window) if a.unit != "hour"]
        slots.lengths = tuple(lengths) if len(lengths) == len(slots.dates) > 1 else ()
        return
    before = _year_after(before)
    found = [w for w in find_dates(before, anchor) if w.iso and (w.fields != 2 or w.end - w.start > 5)]
    if _LEAD_RANGE.search(before) and len(found) > 1 and _LEADS_TO_CARE.search(before[found[-1].end :]):
        slots.dates = _courses(before, found)[-1:]  # "From April to December 2024 she worked through"
        slots.duration_where = "lead"
        return
    if found and len(before) - found[-1].end <= 60 and not _STOP_DATE.search(before):
        lead = before[: found[-1].start]
        if _DATE_BEFORE.search(lead[-40:]) or not lead.strip(" -*\n"):
            slots.dates = ((found[-1].iso or "", None),)


_LATEST = "2029-12-31"
_LEAD_RANGE = rx(r"^\W*(?:and |then |also |thereafter )*(?:from|between|during) ")


def _month_of_year(window: str, when: When) -> bool:
    """Whether "8/23" may be August 2023 where the note has no date."""
    return (
        len(when.iso or "") == 7
        and int((when.iso or "0")[2:4]) > 12
        and not _ON_DAY.search(window[: when.start])
    )


_ON_DAY = rx(r"\bon\s*$")


def _settled(window: str, when: When, name: str) -> When:
    """One reading of "3/23": the day after "on" and for what was done lately, else the month of a year."""
    if when.iso is not None or when.fields != 2 or len(when.readings) < 2:
        return when
    (day, _), (month, _) = when.readings
    lately = (day - month).days < (20 if day.year == 2029 else 4) * 365 and name not in SURGERY
    if _ON_DAY.search(window[: when.start]) or (not lately and name not in SURGERY):
        return replace(when, iso=day.isoformat())
    return replace(when, iso=month.isoformat()[:7])


_AGO = rx(r"^ ago\b")


def _ago(window: str, anchor: str | None) -> list[When]:
    """ "3 weeks ago", "2 years ago", as exact as its unit."""
    today = to_date(anchor)
    out = []
    for amount in find_amounts(window) if today and " ago" in window else ():
        if amount.low is None or amount.low != amount.high or not _AGO.search(window[amount.end :]):
            continue
        if today and not amount.vague and amount.unit != "hour":
            day = today - timedelta(days=round(amount.low * DAYS_A_MONTH))
            size = {"year": 4, "decade": 4, "month": 7}.get(amount.unit, 10)
            if size == 4:
                day = today.replace(year=today.year - round(amount.low / 12), day=1)
            out.append(When(amount.start, amount.end, day.isoformat()[:size], ((day, day),)))
    return out


_SIDE_OF_DATE = rx(
    r"\b(left|right|lt|rt|l|r)\b(?:[ -]sided?)?[\s,:(]*(?:(?:was|were|done|performed|side|then)\s)*(?:on |in |one )*$"
)
_SIDE_AFTER_DATE = rx(r"^[\s,:(-]*(?:on )?(?:the )?(left|right|lt|rt|l|r)\b")


def _sides_told(window: str, found: list[When], side: str | None) -> tuple[str, ...]:
    """Sides of two or more dates that differ: "right on 5/14, left on 5/28"."""
    if len(found) < 2 or not any(mark in window for mark in ("l", "r")):
        return ()
    ends = [0, *(w.end for w in found)]
    starts = [*(w.start for w in found[1:]), len(window)]
    lead = [_SIDE_OF_DATE.search(window[a : w.start]) for a, w in zip(ends, found, strict=False)]
    tail = [_SIDE_AFTER_DATE.search(window[w.end : b]) for b, w in zip(starts, found, strict=True)]
    told = tail if all(tail) else lead
    sides = [
        {"l": "left", "r": "right"}[m.group(1)[0]] if m else side if i == 0 else None
        for i, m in enumerate(told)
    ]
    return tuple(str(s) for s in sides) if None not in sides and len(set(sides)) > 1 else ()


_MONTHS_OF_YEARS = rx(r"\b(\d{1,2}/\d{2})-(\d{1,2}/\d{2})\b")
_YEAR_FIRST = rx(r"\b((?:19|20)\d\d) \((?:last |from )?([a-z]{3,9}\.?) ?(?:-|to|through) ?([a-z]{3,9}\.?)")
_MONTH_YEARS = rx(r"\b(\d{1,2})/([12]\d) ?(?:-|to|thru|through) ?(\d{1,2})/([12]\d)\b")
_YEARS = rx(r"\b((?:19|20)\d\d) ?- ?((?:19|20)?\d\d)\b")


def _year_after(window: str) -> str:
    """`2024 (Feb-Jun)` as `feb to jun 2024`, `2022-2023` as `2022 to 2023`."""
    window = _MONTHS_OF_YEARS.sub(lambda m: f"{m.group(1)} to {m.group(2)}", window)
    first = _YEAR_FIRST.search(window)
    if first:
        window = f"{window[: first.start()]}({first.group(2)} to {first.group(3)} {first.group(1)}{window[first.end() :]}"
    months = _MONTH_YEARS.search(window)
    while months:  # `1/24 - 4/24`
        a, b, c, d = months.group(1, 2, 3, 4)
        ordered = (int(b), int(a)) < (int(d), int(c)) and 1 <= int(a) <= 12 and 1 <= int(c) <= 12
        if not ordered or b == "10" or (b != d and int(b) < 13):  # "from 9/10 to 4/10" are scores
            break
        window = f"{window[: months.start()]}{a}/20{b} to {c}/20{d}{window[months.end() :]}"
        months = _MONTH_YEARS.search(window)
    found = _YEARS.search(window)
    if (
        found
        and "-" not in window[max(0, found.start() - 1) : found.start()]
        and window[found.end() : found.end() + 1] != "-"
    ):
        last = found.group(2) if len(found.group(2)) == 4 else found.group(1)[:2] + found.group(2)
        if int(last) > int(found.group(1)):
            window = f"{window[: found.start()]}{found.group(1)} to {last}{window[found.end() :]}"
    return window


def _is_date(window: str, when: When) -> bool:
    if when.iso is None:
        return False
    lead = window[max(0, when.start - 24) : when.start]
    if when.fields == 2 and "/" in window[when.start : when.end] and len(window[when.start : when.end]) <= 5:
        # "7/30" is a date where nothing else is likely.
        return bool(
            rx(
                r"^[\s(]*$|\b(?:on|in|since|from|until|to|through|-)\s*$|\d/\d{2}(?:,| and|, and| &)\s*$"
            ).search(lead)
        ) and not rx(r"^ ?(?:visits?|sessions?|mg|pain|\d|to \d{1,2}/10|/|weeks|strength)").search(
            window[when.end :]
        )
    return not rx(r"\b(?:since the|until the|before|prior to|by) $").search(lead) and not rx(
        r"\b(?:today|yesterday|this morning)$"
    ).search(window[when.start : when.end])


_DATE_LIST = rx(
    r"^[\s,;&/()+#\d.x:-]*(?:(?:and|then|again|also|for|in|on|left|right|lt|rt|l|r|repeat(?:ed)?|late|early|most recently|recently|another|one|"
    r"once|twice|last|visits?|sessions?|side|[lstc]\d\S*)[\s,;:&()\d.#-]*)*$"
)


def _courses(window: str, found: list[When]) -> tuple[tuple[str, str | None], ...]:
    out: list[tuple[str, str | None]] = []
    plain = window
    for amount in find_amounts(window):  # "2022 (4 mo), 2024 (3 mo)"
        plain = plain[: amount.start] + " " * (amount.end - amount.start) + plain[amount.end :]
    skip = -1
    for i, when in enumerate(found):
        if i == skip or when.iso is None:
            continue
        following = found[i + 1] if i + 1 < len(found) else None
        gap = window[when.end : following.start] if following else ""
        joint = bool(following and following.iso and _RANGE.search(gap))
        if joint and gap.strip() == "and" and not rx(r"\bbetween\s*$").search(window[: when.start]):
            joint = False
        if joint and following:
            out.append((when.iso, following.iso))
            skip = i + 1
        elif not (following and rx(r"^ ?\((?:last )?$").search(gap)):
            out.append((when.iso, None))
        if following and not joint and not _DATE_LIST.search(plain[when.end : following.start]):
            break  # the next date is of something else
    return tuple(dict.fromkeys(out))


_LENGTH_BEFORE = rx(
    r"(?:\bx|\bfor|\bover|\bduring|\bduration|\bhow long\?|\b(?:19|20)\d\d|\blasting|\bof|\btotal(?:ing)?|[,(:=~-]|^|\bdaily|\bprn|\bbid|\btid|\bqhs|\bnightly|\bthe (?:last|past)|\bincluding|\bfor (?:the |her |his |my |this )?(?:low )?back|"
    r"\bafter|\bthe|\bnearly|\babout|\bapproximately|\bmost recent|\bthese|\bthroughout|\bwith|\bweek|\bwk|\bevery|mg)\s*(?:the )?(?:last |past |at least |a total of )?$"
)
_LEADING = rx(r"^(?:over|for|during|more than|at least)?")
_LENGTH_NOT = rx(
    r"^\s*(?:ago|later|old|before|prior|follow|from now|post|s/p|status|after|of (?:low|back|pain|axial|chronic|lbp))"
)


_MONTHS_OF = rx(r"^(?: now| total| in all| or so)? of(?: [a-z-]+){0,3} ?$")
_LEADS_TO_CARE = rx(  # "over nine months she has been under her ...", not "for two years she has had pain and tried"
    r"^(?:,? (?:of |including |with )?(?:(?:she|he|the patient|pt|they|has|have|had|did|done|of|tried|been|through|completed|using|doing|"
    r"undergone|failed|used|including|with|a|an|the|his|her|under|in|seeing|attending|attended|worked|received|taken|took|followed|went|to|saw|"
    r"from|since|until|till|date|now|present|today|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|(?:19|20)\d\d)[ ,]*)*)$"
)


def _length(slots: Slots, before: str, after: str, lead: str) -> None:
    """Length of a treatment: `8 months of PT`, `PT x 6 weeks`, `over the last 14 months she has done PT`."""
    for window, where in ((before, "before"), (after, "after"), (lead, "lead")):
        for amount in find_amounts(window):
            value = months_of(amount)
            behind, ahead = window[amount.end :], window[: amount.start]
            if value is None or amount.unit == "hour" or _LENGTH_NOT.search(behind):
                continue
            if window.startswith("some days", amount.start) and not rx(r"\b(?:for|over|after)\s*$").search(
                ahead
            ):
                continue  # now and then
            if rx(
                r"\b(?:in|every|q|per|after|within|until|ago|rtc|f/u|return in|next|worse|pain|lbp|old)\s*$"
            ).search(ahead) and not rx(
                r"\b(?:stopped|discontinued|quit|abandoned|off|ended|ceased) after\s*$"
            ).search(ahead):
                continue
            if where == "after" and (len(ahead) > 90 or not _LENGTH_BEFORE.search(ahead)):
                continue
            leading = _LEADING.search(window[amount.start : amount.end])
            if (
                where == "lead"
                and not _MONTHS_OF.search(behind + before)
                and not rx(
                    r"(?:\bin|\bover|\bfor|\bduring|\bwithin|\bthroughout)(?: (?:the|last|past|more|than|over|at|least|nearly|about|these))*\s*$"
                ).search(ahead + (leading.group(0) if leading else ""))
            ):
                continue
            if where == "lead" and not (_LEADS_TO_CARE.search(behind) or _MONTHS_OF.search(behind + before)):
                continue
            if where == "before" and not rx(r"^(?:'s?)?(?: worth)?(?: of)?[\s-]").search(behind + " "):
                continue
            slots.duration_months = value
            if where == "after" and not slots.lengths:  # "for 5 months in 2023 and 4 months last year"
                slots.duration_months = value + _courses_more(window, amount)
            slots.duration_at_least = amount.high is None
            slots.duration_where = where
            return
    if len(slots.dates) == 1:
        slots.duration_months = length_of(*slots.dates[0])


_CARE_LASTED = rx(  # "treatment has therefore been limited to", "treated for the past", "care totals"
    r"^[^.;:]{0,60}?(?:\bfor|\bover|\bduring|\bthroughout|\bof|\bto|\bis|\bwas|\bbeen|\bonly|\bjust|\btotal\w*|\blasted|\bspan\w*|\bcover\w*|\bnow|[:=(x-])"
    r"(?: (?:the|a|past|last|about|over|only|just|some|nearly|therefore|thus|now|total|of|period|course))* ?$"
)
_CARE_WITHIN = (
    rx(  # "ten weeks into", "for nine months he has been under", "over the 11 months from April until now he"
        r"^(?: (?:now|in|into|of|worth|total|continuous|consecutive|and counting))*,? ?$|"
        r"^[^.;:]{0,40}?(?:^|,| )(?:he|she|they|i|it|patient|pt|mr|mrs|ms|who|back|pain)\b[a-z .]{0,16}$"
    )
)
_OF_OTHER = rx(
    r"\b(?:pain|hurt\w*|symptoms?|complain\w*|aching)(?: of)?\s*$|\b(?:old|every|q|next|another|more|further|requires?|required:?|least|until|within|after|in)\s*$"
)


_OTHER_CARE = rx(
    r"\b(?:wound|foster|day|child|home|home health|hospice|prenatal|dental|skin|eye|foot|nail|urgent|intensive|health|palliative|self|pulmonary|cancer|diabet\w+|"
    r"respite|custodial|nursing|hormone|insulin|fertility|psychiatric|laser|light|radiation) (?:treatments?|care|therapy)$"
)
# "treated for hypertension for 10 years", "under the care of cardiology": an object that is not the back
_FOR_THE_BACK = rx(
    r"\bfor (?:it|this|that|(?:(?:the|her|his|my|this|chronic|low|lower|lumbar|axial|midline|mechanical)[ -])*(?:back|spine|lbp|pain|problem|complaint|condition|lumbar|disc))\b"
)
_FOR_WHAT = rx(
    r"^ for (?:(?:an?|the|his|her|my|their) )?(?:acute |chronic |severe |known )?(?:\w+(?:ension|itis|emia|osis|oma|cancer|betes|opathy|algia|asthma|disease|disorder|failure|"
    r"thyroid\w*|cholesterol|depression|anxiety|migraines?|copd|gout|hiv|tb|ulcers?|seizures|epilepsy|infection|abuse|addiction|dependence))\b|"
    r"^ (?:of|with|by|from) (?:(?:an?|the|his|her|my|our|dr\.?) )*(?:cardio|onco|nephro|psych|endocrin|hemat|haemat|rheum|uro|dermat|gastro|pulmon|daughter|son|wife|husband|parents?)"
    r"|^ for (?:cancer|copd|asthma|gout|hiv|tb|depression|anxiety|migraines?|ulcers?|seizures|epilepsy|alcohol|adhd|diabetes|[a-z]+ (?:cancer|disease|disorder|failure))\b"
)


def whole_length(document: Document, sentence: Sentence, start: int, end: int) -> Amount | None:
    """The length that a clause gives to all care at once, whose name stands at start..end."""
    text, base = sentence.text, sentence.start
    if _OTHER_CARE.search(text[: end - base]) or _FOR_WHAT.search(_FOR_THE_BACK.sub(" ", text[end - base :])):
        return None
    for amount in find_amounts(text):
        at, to = base + amount.start, base + amount.end
        if amount.unit == "hour" or months_of(amount) is None or _LENGTH_NOT.search(text[amount.end :]):
            continue
        if _OF_OTHER.search(text[: amount.start]):
            continue
        if at < end and start < to:
            return amount
        if to <= start and _CARE_WITHIN.search(document.lower[to:start]):
            return amount
        if end <= at and _CARE_LASTED.search(document.lower[end:at].replace("dr.", "dr")):
            return amount
    return None


_OF_A_YEAR = rx(r"^[ (:]*(?:x ?|for )?(\d{1,2})/(52|12)\b")  # "physio 6/52, naproxen 8/12"
_BRITISH = rx(r"\b(?:physio\w*|paracetamol|co-codamol|gp|\d/52)\b")
_SINCE = rx(r"^[^.;:,]{0,24}\b(?:since|from|between) ")
LEAD_SINCE = rx(r"^\W*(?:ever )?since ")


def dated_whole(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """ "Under treatment since January", "Since May she has been under": care whose first day is told."""
    for pattern, words in (
        (_SINCE, document.lower[end : sentence.end]),
        (LEAD_SINCE, document.lower[sentence.start : start]),
    ):
        since = pattern.search(words)
        dates = find_dates(words, document.note.date) if since else ()
        if since and any(w.iso and 0 <= w.start - since.end() < 12 for w in dates):
            return True
    return False


_NEXT_COURSE = rx(
    r"^ ?\(?(?:(?:in|during|from|of|early|late|mid|last|this|the|\w+ of) )*(?:[a-z]{3,9}\.? ?)?(?:'?\d\d|(?:19|20)\d\d|year|yr|spring|summer|fall|autumn|winter)\)?,? ?"
    r"(?:and|then|plus|\+|&|,)(?: (?:and|then|again|another|a further|a second|later|repeat(?:ed)?|for))* ?$"
)


_QUANTITY = rx(r"\S+[ -]?[a-z]+$")


def _courses_more(window: str, first: Amount) -> float:
    """Months of the courses told after the first one, each with its own year or season."""
    more, end = 0.0, first.end
    for amount in find_amounts(window):
        value = months_of(amount)
        if amount.start < end or value is None or amount.unit == "hour":
            continue
        own = _QUANTITY.search(window[amount.start : amount.end])  # "2023 and 4 months" is read as one amount
        start = amount.start + (own.start() if own else 0)
        if not _NEXT_COURSE.search(window[end:start]) or _LENGTH_NOT.search(window[amount.end :]):
            break
        more, end = more + value, amount.end
    return more


def length_of(start: str, end: str | None) -> float | None:
    """Months of a dated course; None for bare years, which say little of its length."""
    first, last = to_date(start), to_date(end)
    if first is None or last is None or last <= first or len(start) < 7 or len(end or "") < 7:
        return None
    if len(start) == 7 or len(end or "") == 7:
        return float((last.year - first.year) * 12 + last.month - first.month)
    return round(months_between(first, last), 2)


def visits_after(
    text: str, anchor: str | None
) -> tuple[int | None, tuple[tuple[str, str | None], ...], bool]:
    """Number of visits, dates and whether visits are named, in a sentence that follows a therapy's name."""
    found = _SESSIONS.search(text)
    if not found:
        return None, (), False
    value = number_of(found.group(1) or found.group(3) or found.group(5) or "")
    return (int(value) if value else None), dates_in(text, anchor), True


def dates_in(text: str, anchor: str | None) -> tuple[tuple[str, str | None], ...]:
    """First and last days of the courses that the words tell."""
    return _courses(text, [w for w in find_dates(text, anchor) if w.iso])
