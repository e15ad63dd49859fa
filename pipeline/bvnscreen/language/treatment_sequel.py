"""Sentences that speak of treatments named before them: results, visits, repeats, letters' verdicts."""

from __future__ import annotations

from dataclasses import replace

from .dates import parse_date
from .document import Document, Sentence
from .rx import rx
from .treatment_cues import category_of, find_cues
from .treatment_names import PLAN_SECTIONS, Mention
from .treatment_slots import (
    DRUGS,
    INJECTIONS,
    SURGERY,
    Slots,
    dates_in,
    read_place,
    relief_before,
    visits_after,
)
from .treatment_status import GOES_AHEAD, read_response

_SUBJECT = rx(
    r"^\W*(?:[^.;]{0,70}\bthat |result:?|(?:pain |relief )?(?:diary|log)\W|relief|unfortunately,?|overall,?|but|however,?|and|so far,?|to date,?|(?:she |he |pt |patient )?says|she reports|he reports|(?:(?:pt|patient|the patient|m(?:r|rs|s)\.? \w+) )?(?:reports?|reported|states?|notes?|noted|noting)|\")?\W*"
    r"(none|neither|nothing|(?:all )?goals?|all|both|no|without|it|this|these|that|they|each|the two|(?:she|he|they|patient|pt) (?:felt|feels) (?:\w+ ){0,2}(?:better|worse|looser|stronger)|(?:she|he|they|patient|pt) (?:is|was|are|were) (?:(?:very|quite|so|really|most) )?(?:happy|pleased|satisfied|delighted|thrilled|improving)|together|(?:the |her |his )?(?:low |lower )?(?:back|legs?)(?: pain)?,?(?: however,?)? (?:was|were|felt|got|improved)|relief|helped|did|didn't|didnt|with|little|minimal|some|good|excellent|only|which|despite|"
    r"the (?:benefit|relief|effect)|the pain|pain|benefit|short|temporary|transient|nine|eight|seven|six|five|four|three|two|one|about|\d+|complete|"
    r"significant|great|partial|moderate|poor|not|helps|now|today|she is now|he is now|central|had|got|gave|(?:she|he|patient|pt) (?:is|was|has had|had|got|notes?|noted|reports?|reported|feels?|felt|rates?)(?: (?:about|approximately|over|at least|now))* [~>]?\d{1,3}|lasted|felt|discharged|response|improved|worked|made|"
    r"(?:she|he|patient|pt) (?:got|had|enjoyed|received) [^.;]{0,40}(?:from|out of) (?:it|this|that|them))\b"
)

_MANY = rx(
    r"\b(?:none|neither|nothing|all|both|the two|these|any of|they|no lasting relief from any|each (?:of|gave|helped|has|had|was|were|brought|provided|made|failed)|treatments|regimen|the treatments)\b"
)

_DAY_OF = rx(
    r"\b(?:(?:now )?on )?(?:the )?(?:day (\d{1,2})|(?:(first|second|third|fourth|fifth|sixth|seventh|tenth)|(\d{1,2})(?:st|nd|rd|th)) day) of (?:these|that|this|it|the|her|his)\b"
)

_SIDE_TURN = rx(
    r"^\W*(left|right|other|opposite|contralateral) side (?:to be done|will be|next|scheduled|to follow|in \d|is scheduled|planned)"
)


ANOTHER = rx(  # "will begin another"
    r"\b(?:(?:a|an|the) )?(?:another|new|further|second|repeat)"
    r"(?: (?:one|course|round|set|series|trial|stint|block|injection|bout|of|it|them|these|this))*(?: (?:next|in|on|this|soon|today|starting)\b|[.,;]|$)"
)

_RELATIVE_HAD = rx(
    r"\b(?:my|her|his) (?:mother|father|brother|sister|wife|husband|friend|neighbor|aunt|uncle|cousin|mom|dad)"
    r"(?: has)? (?:had|got|has) (?:it|one|this|the same|that)\b"
)


def refer_back(document: Document, sentence: Sentence, kept: list[Mention]) -> list[Mention]:
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
    dictated_place(document, sentence, last)
    if not same_topic(document, last.sentence, sentence):
        return []
    if _RELATIVE_HAD.search(text):
        return [_of_relative(last)]
    visits, dates, named = visits_after(text, document.note.date)
    if named and last.name in ("PT", "chiropractic", "acupuncture", "CBT") and last.slots.sessions is None:
        last.slots.sessions = visits
        if dates and not last.slots.dates:
            last.slots.dates = dates
        if last.status == "planned" and last.sentence.section not in PLAN_SECTIONS:
            last.status = "ongoing" if _STILL_GOING.search(text) else "done"
    day = _DAY_OF.search(text)
    if day:
        for mention in _recent(kept, last):
            if mention.name in DRUGS and mention.status in ("done", "ongoing"):
                mention.status = "ongoing"
                mention.slots.duration_months = None
        return []
    if last.status == "considered" and last.name in INJECTIONS and not _conditional(text):
        if _GO_AHEAD.search(text) or GOES_AHEAD.search(text):
            last.status = "planned"
    turned = _turned_down(document, sentence, last)
    if turned:
        for mention in last.group or [last]:
            mention.status, mention.response = turned, None if turned in _NOT_HAD else mention.response
        return []
    subject = _SUBJECT.search(text)
    if not subject or _conditional(text):
        return []
    cues = [c for c in find_cues(document, sentence, []) if category_of(c) == "response"]
    probe = Mention(sentence.start, sentence.start, last.rule, sentence, last.name, cues=cues)
    read_response(probe)
    pct, months = relief_before(text)
    if probe.response is None and pct is None and months is None:
        return []
    many = _MANY.search(text)
    about = last.group or [last]
    if many:
        start = _paragraph_break(document, sentence.start)
        about = _recent(kept, last)
        about = [m for m in about if m.start >= start] or about
    if many and rx(r"^\W*(?:neither|both|the two|together)\b").search(text):
        about = about[-2:]
    for mention in about:
        if mention.status not in ("done", "ongoing") or mention.response not in (None, probe.response):
            continue
        if mention.response and mention.slots.relief_pct is not None:
            continue
        mention.response = probe.response
        if not many and (mention.name in INJECTIONS or len(about) == 1):
            mention.slots.add_relief(pct, months)
    return []


_INSTRUMENT = rx(
    r"\b(?:needles?|cannulas?|cannulae|probes?|electrodes?|trocars?|introducers?|catheter|tip)\b[^.;]{0,80}?"
    r"\b(?:advanced|placed|inserted|directed|positioned|introduced|guided|driven|passed|seated|walked)\b"
    r"|\b(?:advanced|placed|inserted|directed|positioned|introduced|guided)\b[^.;]{0,40}?\b(?:needles?|cannulas?|probes?|electrodes?|trocars?|introducers?)\b"
    r"|\b(?:needles?|cannulas?|tips?) (?:in|at|within) the\b|\bloss[ -]of[ -]resistance\b"
    r"|^\W*(?:target(?:ed)?|treated|treatment)? ?(?:levels?|nerves?|bodies|targets?|sites?)(?: (?:treated|blocked|injected|targeted|ablated))? ?:"
    r"|\b(?:medial branch(?:es)?|dorsal ram(?:us|i)|vertebral bod(?:y|ies)|foram(?:en|ina)|neuroforamen)\b[^.;]{0,60}?\b(?:lesioned|ablated|blocked|injected|treated|entered|accessed|targeted)\b"
)


def dictated_place(document: Document, sentence: Sentence, last: Mention) -> None:
    """ "The needle was advanced into the left L5-S1 foramen": where the procedure named above took place."""
    named = (last.slots.levels or last.slots.vertebrae or last.slots.nerves) and not last.dictated
    if last.status != "done" or last.name not in INJECTIONS or named or not _INSTRUMENT.search(sentence.text):
        return
    read_place(document, sentence, last.name, last.slots)
    last.dictated = True


def asked_for(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word of planning stands in the last 100 characters of `start..end`."""
    window = replace(sentence, start=max(start, end - 100), end=end)
    return any(category_of(c) == "planned" for c in find_cues(document, window, []))


_STILL_GOING = rx(r"\b(?:so far|thus far|to date|remaining|helping|left to go)\b")
_GO_AHEAD = rx(
    r"^\W*(?:(?:we|i|plan|will|to|please|she|he|patient|pt|is|and|today) )*(?:obtain|submit|request|seek|start|initiate|send|begin|pursue)\w*"
    r"(?: (?:for|to|the|a|an|insurance|prior|pre))*[ -](?:pre-?)?(?:auth\w*|approval|cert\w*)"
    r"|^\W*(?:we |i )?(?:will|plan to) (?:schedule|proceed|arrange|go ahead|move forward|set (?:it|this) up)\b"
)

_HE_OR_IT = rx(
    r"^\W*(?:(?:but|and|however|again|so far|at (?:this|the) time|for now|he|she|they|it|one|this|that|these|those|both|all|i|we|the|patient|pt|his|her|request|service|"
    r"procedure|surgery|injection|referral|offer|insur\w+|carrier|payer|plan|was|were|is|are|has|have|had|been|who|then|later|once|ultimately|politely|"
    r"today|now|also|would|like|did|does|do|still|very|quite|really)\b\W*)*$"
)
_OFFERED_IT = rx(  # "his wife suggested it and he would rather not"
    r"\b(?:suggest|recommend|offer|propos|advis|mention)ed (?:him |her |them )?(?:it|one|this|that|them)\b[^.;]{0,24}$"
)
_OF_IT = rx(
    r"^\W*(?:(?:it|this|that|these|them|one|the (?:request|procedure|referral|surgery|offer))\b|(?:at|for|by|because|due|in|until|so|both|each|every)\b|[a-z]* ?$)"
)


_NOT_HAD = ("declined", "denied", "not_done")
_HAS_HAD_NONE = rx(
    r"^\W*(?:(?:but|and|although|though) )?(?:she|he|they|i|the patient|patient|pt|mrs?\.? \w+|ms\.? \w+)(?: (?:herself|himself))?"
    r" (?:(?:has|have|had)(?: not|n't| never)|never)(?: (?:yet|ever))? (?:had|tried|done|taken|used|received|undergone|took|did|started|filled) (?:it|one|any|that|this|them)"
    r"(?: (?:him|her)self| yet| so far| before| either| at all| to date| though)*(?:[.,;]| (?:because|due|and|but|as)\b|\W*$)"
)
_NO_CANDIDATE = rx(
    r"\b(?:not|n't)(?: be| been| currently| an?| good| suitable| appropriate)* candidate(?:(?: at this time| now| for (?:it|this|that|one)| as| because| since)\b|\W|$)"
)


def _turned_down(document: Document, sentence: Sentence, last: Mention) -> str | None:
    """ "He would like to avoid it", "This was denied", "She has not had one": the answer to the treatment before."""
    text = sentence.text
    if last.status not in ("declined", "denied") and not last.slots.dates and _HAS_HAD_NONE.search(text):
        return "not_done"
    if last.status == "considered" and _NO_CANDIDATE.search(text):
        return "skip"
    if len(text) > 90 or last.status not in ("planned", "considered", "not_done"):
        return None
    for cue in find_cues(document, sentence, []):
        category = category_of(cue)
        told = text[cue.start - sentence.start : cue.end - sentence.start]
        before = text[: cue.start - sentence.start]
        if not (_HE_OR_IT.search(before) or _OFFERED_IT.search(before)):
            continue  # "apportionment is deferred"
        if category in ("declined", "denied") and (
            told.endswith((" it", " this", " that", " them", " one"))
            or _OF_IT.search(text[cue.end - sentence.start :])
        ):
            return category
    return None


def _of_relative(last: Mention) -> Mention:
    """ "My sister had it": the treatment named before, of a relative."""
    return Mention(
        last.start, last.end, last.rule, last.sentence, last.name, status="family", section=last.section
    )


def _conditional(text: str) -> bool:
    return bool(rx(r"^\W*(?:if|should|once|unless)\b|\bif (?:no|not|she|he|this|it|the)\b").search(text))


def same_topic(document: Document, first: Sentence, second: Sentence) -> bool:
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


def resolve_general_words(document: Document, kept: list[Mention]) -> list[Mention]:
    """ "TLIF was recommended but she refused surgery" is one treatment; "surgery" may be of another organ."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in kept:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    _answered(kept)
    _still_in_use(kept)
    asked = {m.status for m in kept if m.name in _NAMED_INJECTIONS}
    firm = {m.name for m in kept if m.status in ("planned", "done", "ongoing")}
    return [
        m
        for m in kept
        if m.form
        or not (
            m.status == "skip"
            or _is_named_before(m, by_sentence, asked)
            or _of_other_organ(m, by_sentence)
            or _is_condition(document, m, firm)
            or _heads_list(document, m, by_sentence)
        )
    ]


def _answered(kept: list[Mention]) -> None:
    """ "I discussed L5-S1 ALIF. He is not ready for fusion.": the answer is to what was discussed."""
    last: dict[str, Mention] = {}
    for second in kept:
        first = last.get(second.name)
        if (
            first
            and first.status in ("planned", "considered")
            and second.status in ("declined", "denied")
            and second.sentence.index - first.sentence.index <= 1
            and not (second.slots.levels or second.slots.vertebrae)
        ):
            first.status = second.status
        last[second.name] = second


_ITEM = rx(r"^\s*(?:[-*+]|\(?\d{1,2}[.)]) ?")
_UPON_IT = rx(
    r"\b(?:if|should|once|when|unless|provided|until) (?:the |these |those |her |his |that |both |diagnostic )*$"
)
_TURNS_OUT = rx(
    r"^ (?:(?:does|do|is|are|were|was|has|have)(?: not|n't)? |not |proves?|helps?|fails?|works?|gives?|provides?|confirms?|go(?:es)? well|settles?|wears? off)"
)


def _is_condition(document: Document, mention: Mention, firm: set[str]) -> bool:
    """ "Denervation if the facet injections prove helpful": the injections are told of elsewhere."""
    return (
        mention.status == "considered"
        and mention.name in firm
        and _UPON_IT.search(document.lower[max(0, mention.phrase - 40) : mention.phrase]) is not None
        and _TURNS_OUT.search(document.lower[mention.end : mention.end + 20]) is not None
    )


def _heads_list(document: Document, mention: Mention, by_sentence: dict[int, list[Mention]]) -> bool:
    """`Opioids: hydrocodone prn`: the class is the label of the drug told after it."""
    return (
        not mention.drug
        and mention.name in DRUGS
        and any(
            m.drug and m.name == mention.name and document.lower[mention.end : m.start].strip() == ":"
            for m in by_sentence[mention.sentence.index]
        )
    )


def _still_in_use(kept: list[Mention]) -> None:
    """ "Despite gabapentin ... continue gabapentin", "does yoga ... encouraged yoga": one treatment that goes on."""
    now = {(m.name, m.drug) for m in kept if m.status == "ongoing" and (m.drug or m.name in _OWN_CARE)}
    for m in kept:
        if (m.name, m.drug) not in now or m.form or m.slots.dates:
            continue
        told = {category_of(c) for c in m.cues} & {"done", "stopped", "planned", "considered"}
        if not told and (m.status == "planned" or (m.status == "done" and m.drug)):
            m.status = "ongoing"


_OWN_CARE = frozenset(("HEP", "yoga", "TENS", "bracing"))


def _general(mention: Mention) -> bool:
    return mention.rule.data.get("generic") == "surgery"


_NAMED_INJECTIONS = INJECTIONS - {"injection", "BVNA"}


def _is_named_before(mention: Mention, by_sentence: dict[int, list[Mention]], asked: set[str]) -> bool:
    """Whether a bare "surgery" or "injection" is one that the note names; a "no" to it goes to the named one."""
    index = mention.sentence.index
    if _general(mention) and mention.status != "not_done":
        own = by_sentence.get(index, [])
        before = () if _ITEM.search(mention.sentence.text) else by_sentence.get(index - 1, ())
        near = [m for m in (*before, *own) if m.start < mention.start]
        if ":" in mention.sentence.text[mention.end - mention.sentence.start :][:3]:
            near += own  # "two prior operations: a laminectomy and a fusion"
        named = [
            m
            for m in near
            if m.name in SURGERY | {"BVNA", "kyphoplasty"} and not _general(m) and m.status != "family"
        ]
        if mention.slots.dates and all(m.slots.dates not in ((), mention.slots.dates) for m in named):
            return False  # "a fusion in 2015 and a second operation in 2018"
        if (
            named
            and mention.status in ("declined", "denied")
            and named[-1].status in ("planned", "considered")
        ):
            for m in named[-1].group or named[-1:]:
                m.status = mention.status if m.status in ("planned", "considered") else m.status
        listed = any(m.name in SURGERY | {"BVNA"} and not _general(m) for m in mention.group)
        return bool(named) or (listed and mention.status in ("planned", "considered", "declined"))
    if mention.name == "injection" and mention.status in ("declined", "denied"):
        near = [m for i in (index - 1, index) for m in by_sentence.get(i, ()) if m.start < mention.start]
        asked_of = [m for m in near if m.name in _NAMED_INJECTIONS and m.status in ("planned", "considered")]
        for m in asked_of:  # "another epidural is possible, but she does not want the injections"
            m.status = mention.status
        return bool(asked_of)
    if mention.name == "injection" and mention.status in ("planned", "done", "considered", "ongoing"):
        if mention.status in ("planned", "considered") and mention.status in asked:
            return True
        near = [m for i in range(index - 6, index + 1) for m in by_sentence.get(i, ())]
        return any(m.name in _NAMED_INJECTIONS and m.status != "family" for m in near)
    return False


def _of_other_organ(mention: Mention, by_sentence: dict[int, list[Mention]]) -> bool:
    if not _general(mention) or rx(r"\b(?:back|spine|spinal|lumbar|disc|fusion)\b").search(
        mention.sentence.text
    ):
        return False
    if mention.status in ("declined", "considered", "planned", "not_done"):
        return False
    return len(by_sentence[mention.sentence.index]) < 2


_DISPUTED = rx(
    r"\b(?:needs?|requires?|await\w*|pending|seek\w*) (?:\w+ )?clarif\w+|\breconcil\w+|\bcontradict\w*|\bdiscrepan\w+|\binconsisten\w+|\bat odds\b|\bconflict(?:s|ing)? (?:with|accounts?|histor\w+|records?|reports?|information|dates)|"
    r"\b(?:does|do|did)(?: not|n't) (?:match|agree|tally|square|correspond|fit)\b|\b(?:which|what) (?:of these |of the two |one |version )?is (?:right|correct|true)\b"
)


def apply_dispute(document: Document, kept: list[Mention]) -> None:
    """ "Eight months, he says; the form has six weeks. I cannot reconcile them": the least that is told, and open."""
    for index in sorted(document.holding(_DISPUTED)):
        sentence = document.sentences[index]
        if not _DISPUTED.search(sentence.text) or "leg length" in sentence.text:
            continue
        near = [
            m
            for m in kept
            if abs(m.sentence.index - sentence.index) <= 4
            and (m.slots.duration_months or m.slots.dates)
            and m.name not in INJECTIONS
        ]
        lengths = {m.slots.duration_months for m in near if m.slots.duration_months}
        named = [m.name for m in near]
        for m in near:
            if named.count(m.name) > 1:
                m.slots.dates = ()
            m.slots.duration_months = min(lengths) if len(lengths) > 1 else None
            m.slots.duration_at_least = True


_DENIAL = rx(
    r"\b(?:request|service|authori[sz]ation|claim|procedure|coverage)s?\b[^.\n]{0,40}?\b(?:is|was|were|are|has been|have been) (?:therefore |again |also )?(?:denied|not approved|"
    r"not authori[sz]ed|non-?certified|rejected)\b|\bunable to approve\b|\bcannot (?:be approved|approve)\b|\bnotice of (?:adverse|denial)|\badverse (?:benefit )?determination\b"
)


def apply_letter(document: Document, kept: list[Mention]) -> None:
    """A letter that names the request and, in another sentence, denies it."""
    asked = [m for m in kept if m.status == "planned" and m.name in INJECTIONS | SURGERY]
    if asked and _DENIAL.search(document.lower):
        if (document.note.type or "").startswith(("letter", "denial")) or rx(
            r"\bdear |\bmember\b|adverse"
        ).search(document.lower[:600]):
            for mention in asked:
                mention.status = "denied"


_DATE_OF_PROCEDURE = rx(
    r"\b(?:date of (?:the )?(?:procedure|surgery|operation|service)|(?:procedure|surgery|operation|service) date|d\.?o\.?s\.?)\b"
    r"[\s:|]{1,4}([^\n]{4,24})"
)


def apply_procedure_date(document: Document, kept: list[Mention]) -> None:
    """ "DATE OF PROCEDURE: 02/12/2024" is that of the procedure the note documents, or of the code billed."""
    labels = [
        (m.start(), when)
        for m in _DATE_OF_PROCEDURE.finditer(document.lower)
        if (when := parse_date(m.group(1), document.note.date))
    ]
    if not labels and (plain := rx(r"(?:^|\n) ?date ?:([^\n]{4,24})").search(document.lower)):
        when = parse_date(plain.group(1), document.note.date)
        labels = [(plain.start(), when)] if when else []
    for mention in kept if labels else ():
        beside = [when for at, when in labels if _same_line(document.lower, at, mention.start)]
        if (
            mention.name == "BVNA"
            and mention.status == "considered"
            and beside
            and _BILLED.search(mention.sentence.text)
        ):
            mention.status = "done"
        own = mention.section == "procedure" or mention.rule.id.startswith("proc.code.") or mention.dictated
        if mention.status != "done" or mention.slots.dates or mention.name in DRUGS or not (own or beside):
            continue
        before = [when for at, when in labels if at < mention.start]
        mention.slots.dates = (((beside or before[-1:] or [labels[0][1]])[0], None),)


_BILLED = rx(r"\b6462[89]\b")


def _same_line(text: str, a: int, b: int) -> bool:
    return abs(a - b) < 200 and "\n" not in text[min(a, b) : max(a, b)]


_RECORD = rx(r"^\W*(?:[a-z]+ ){0,3}(?:procedure|block|mbb|injection)\b")
_OUTCOME = rx(r"\b(?:relief|better|improve\w*|reduc\w*|decrease\w*|pain free)\b")


def apply_procedure_note(document: Document, kept: list[Mention]) -> None:
    """The relief that the record of one injection tells anywhere is that injection's."""
    had = [m for m in kept if m.name in INJECTIONS - {"BVNA"} and m.status == "done"]
    if len({m.name for m in had}) != 1 or any(
        m.response or m.slots.relief_pct is not None or m.slots.relief_months is not None for m in had
    ):
        return
    if document.note.type != "procedure_note" and not _RECORD.search(document.lower[:80]):
        return
    for sentence in document.sentences:
        if sentence.start < had[-1].end or not _OUTCOME.search(sentence.text) or _conditional(sentence.text):
            continue
        pct, months = relief_before(sentence.text)
        if pct is not None:
            had[-1].slots.add_relief(pct, months)
            return


_FIRST_AND_LAST = rx(
    r"\b(?:soc|start of care|assessed|admitted|initial (?:eval\w*|visit|assessment)|eval(?:uat\w+|uation)?|first (?:visit|seen|attended|appointment)|from)\W{1,3}"
    r"(\d[\d/.-]{5,9})[^\d]{0,30}?\b(?:dc|d/c|discharged?|last (?:visit|seen|attended|appointment)|to|through)\W{1,3}(\d[\d/.-]{5,9})"
)
_ATTENDED = rx(
    r"\b(?:seen|treated|attend(?:ed|ing)|under (?:my|our) care|visits|care)\b[^.;]{0,40}?\b(?:from|between|since) |"
    r"\b(?:attended|episode(?: of care)?|dates? of service|course|soc|start of care|first (?:visit|seen)):? ?"
)
_THERAPY_TITLE = rx(
    r"^\W{0,3}(?:(?:\w+ ){1,3}(?:& )?)?(physical therapy|pt|physiotherapy|p\.t\.|chiropractic|acupuncture)\b[ \w&+,-]{0,24}?\n?[ \w-]{0,16}?\b(discharge|d/c|progress|daily|visit|treatment|summary|note|re-?eval\w*|re-?exam\w*|eval\w*)\b"
)


def _exercise(document: Document, mention: Mention, visit: bool) -> bool:
    """`Therapeutic exercise`, or at a visit any bare exercise: done with the therapist."""
    if mention.name != "HEP" or mention.status not in ("done", "planned"):
        return False
    words = document.lower[mention.start : mention.end]
    at_home = rx(r"\bhep\b|\bhome\b").search(words)
    own = _OF_THE_VISIT.search(mention.sentence.text) or not mention.cues
    return bool(own) and ((visit and mention.status == "done") or not at_home)


_OF_THE_VISIT = rx(r"^\W*(?:treatments?|tx)\b")


def apply_therapy_note(document: Document, kept: list[Mention]) -> None:
    """Visits, dates and outcome of the therapist's own note belong to the therapy."""
    title = _THERAPY_TITLE.search(document.lower[:120])
    if not title and document.note.type != "pt_note":
        return
    name = title.group(1) if title else "pt"
    name = name if name in ("chiropractic", "acupuncture") else "PT"
    course = next((m for m in kept if m.name == name and m.status in ("done", "ongoing")), None)
    if course is None:
        return
    if title and not course.cues:
        going_on = rx(
            r"\bcontinue (?:with )?(?:current |skilled )?(?:care|treatment|tx|plan|poc|therapy|pt)\b"
        )
        if title.group(2) in ("progress", "daily", "visit", "treatment") or going_on.search(document.lower):
            for m in kept:
                here = m is course or (_OF_THE_VISIT.search(m.sentence.text) and not m.slots.dates)
                m.status = "ongoing" if m.name == name and m.status == "done" and here else m.status
    # The exercises of the session are the therapy itself; the title of a first visit tells of no course.
    if title:
        visit = title.group(2) in ("daily", "visit", "treatment")
        kept[:] = [m for m in kept if not _exercise(document, m, visit)]
        if title.group(2).startswith("eval"):
            kept[:] = [m for m in kept if m.start >= title.end(2) or m is not course]
            return
    if not course.slots.dates:
        ends = _FIRST_AND_LAST.search(document.lower)
        if ends:
            first, last = (parse_date(ends.group(i), document.note.date) for i in (1, 2))
            if first and last:
                course.slots.dates = ((first, last),)
    for sentence in document.sentences if not course.slots.dates else ():
        since = _ATTENDED.search(sentence.text)
        course.slots.dates = dates_in(sentence.text[since.end() :], document.note.date) if since else ()
        if course.slots.dates:
            break
    for sentence in document.sentences:
        visits, dates, named = visits_after(sentence.text, document.note.date)
        if named:
            course.slots.sessions = course.slots.sessions or visits
            course.slots.dates = course.slots.dates or dates
            break
    if course.response is None:
        for sentence in document.sentences:
            cues = [
                c for c in find_cues(document, sentence, []) if category_of(c) == "response" and c.backward
            ]
            words = " ".join(document.lower[c.start : c.end] for c in cues)
            if cues and rx(
                r"change|unchanged|improve|progress|relief|same|better|benefit|help|goal|gain"
            ).search(words):
                probe = Mention(sentence.start, sentence.start, course.rule, sentence, name, cues=cues)
                read_response(probe)
                course.response = probe.response
                break
