"""Treatments of the spine that a note tells of: which, whether it took place, what it brought.

One sentence after the other: names (treatment_names), their details (treatment_slots), the cues that
reach them (treatment_cues), what follows from these (treatment_status); then what later sentences say
of the treatments before them (treatment_sequel), and the facts.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import cast

from .. import facts
from .dates import find_amounts
from .document import Document, Sentence
from .lexicon import lexicon
from .rx import rx
from .treatment_cues import bind, category_of, find_cues, groups_of, in_parenthesis
from .treatment_names import Mention, find_mentions, general_sentences
from .treatment_sequel import (
    ANOTHER,
    apply_dispute,
    apply_letter,
    apply_procedure_date,
    apply_procedure_note,
    apply_therapy_note,
    asked_for,
    dictated_place,
    refer_back,
    resolve_general_words,
    same_topic,
)
from .treatment_slots import (
    COURSES,
    DATED_ROW,
    DRUGS,
    INJECTIONS,
    ROW_WITHIN,
    SURGERY,
    Slots,
    length_of,
    months_of,
    phrase_start,
    read_slots,
    relief_before,
)
from .treatment_status import read_status


def read_procedures(document: Document) -> tuple[facts.Procedure, ...]:
    """Treatments of the low back in a note, in the order of the text; lengths in months."""
    hits = lexicon("procedures.toml").find(document.lower)
    if not hits:
        return ()
    general = general_sentences(document)
    mentions = find_mentions(document, hits, general)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.index, []).append(mention)
    kept: list[Mention] = []
    for index in sorted(_worth_reading(document, by_sentence)):
        sentence = document.sentences[index]
        own = by_sentence.get(index, [])
        if own:
            told = _read_sentence(document, sentence, own)
            given = [m for m in told if m.name in INJECTIONS]
            if len(given) == 1:
                for around in document.sentences[index - sentence.soft : index + 1]:
                    dictated_place(document, around, given[0])
            kept += told
        elif kept and index not in general:
            kept += _repeated(document, sentence, kept[-1]) or refer_back(document, sentence, kept)
    kept = resolve_general_words(document, kept)
    if not any(
        m.status in ("done", "ongoing") for m in kept
    ):  # "nothing before June": what came then is not told
        kept = [m for m in kept if not m.rule.data.get("bound")]
    kept += _in_turn(document, kept)
    apply_dispute(document, kept)
    apply_letter(document, kept)
    apply_therapy_note(document, kept)
    apply_procedure_date(document, kept)
    apply_procedure_note(document, kept)
    return tuple(_merged(document, kept))


def _worth_reading(document: Document, by_sentence: dict[int, list[Mention]]) -> set[int]:
    """Sentences with a name and the few after each, which may speak of it."""
    wanted: set[int] = set()
    for index in by_sentence:
        wanted.update(range(index, min(index + 14, len(document.sentences))))
    return wanted


def _read_sentence(
    document: Document, sentence: Sentence, found: list[Mention], before: Mention | None = None
) -> list[Mention]:
    """The treatments of a sentence with details, status and response; those without a statement are dropped."""
    again = _repeats(document, sentence, found, before)
    gone = [m.start for m in again if m.name == "SCS_explant"]  # `stimulator explanted in 2022`: one deed
    found = [m for m in found if not (m.name == "SCS" and any(0 <= at - m.end <= 1 for at in gone))]
    mentions = sorted([*found, *again], key=lambda m: m.start)
    if not mentions:
        return []
    cues = find_cues(document, sentence, mentions)
    for i, mention in enumerate(mentions):
        floor = mentions[i - 1].end if i else sentence.start
        mention.phrase = phrase_start(document, sentence, floor, mention.start)
    rows = DATED_ROW.search(document.lower[sentence.start : mentions[0].phrase])
    for i, mention in enumerate(mentions):
        mention.stop = mentions[i + 1].phrase if i + 1 < len(mentions) else sentence.end
        if rows and (following := ROW_WITHIN.search(document.lower[mention.end : mention.stop])):
            mention.stop = mention.end + following.start()
        mention.stop = max(mention.end, mention.stop)
        if i + 1 == len(mentions):
            mention.stop = _closing(document, mention, sentence)
        floor = mentions[i - 1].stop if i else sentence.start
        mention.slots = read_slots(
            document, sentence, mention.name, mention.phrase, mention.start, mention.end, mention.stop, floor
        )
        if document.lower[mention.start].isdigit():  # "90 % from the second"
            mention.slots.add_relief(*relief_before(document.lower[mention.start : mention.end]))
        if i == 0:
            pct, months = relief_before(document.lower[sentence.start : mention.phrase])
            if (pct is not None or months is not None) and rx(
                r"\b(?:with|from|after|following|out of|by|since)\b"
            ).search(document.lower[sentence.start : mention.phrase]):
                mention.slots.add_relief(pct, months)
    groups = groups_of(document, mentions, cues)
    bind(document, groups, cues)
    out = []
    last: Mention | None = None
    denied: Mention | None = None
    for group in groups:
        _share(document, group)
        for mention in group:
            mention.group = group
            if mention.name == "conservative_care" and not any(
                category_of(c) == "response" for c in mention.cues
            ):
                mention.cues += [c for c in cues if category_of(c) == "response"][-1:]
            if denied and not mention.cues and in_parenthesis(document, denied, mention):
                mention.status = "not_done"  # `no prior treatment (PT, injections)`
            mention.status = mention.status or read_status(document, mention)
            _ellipsis(document, mention, last)
            if last and last.slots.dates and not mention.slots.dates and mention.status == "ongoing":
                if _SINCE_THEN.search(document.lower[last.end : mention.stop]):
                    mention.slots.dates = ((last.slots.dates[-1][1] or last.slots.dates[-1][0], None),)
            last = mention
            if mention.status == "not_done" and not (denied and in_parenthesis(document, denied, mention)):
                denied = mention
            if mention.status not in ("", "skip"):
                out.append(mention)
    return out


_SINCE_THEN = rx(r"\bsince(?: then)?\s*(?:[.,;]|$)")  # "PT in 2023 and a home program ever since"
_DID_NOT = rx(
    r"^[^,;.]{0,40}\b(?:(?:did|does|do|has|have|was|were)(?: not|n't)(?: either)?|(did|does|was|were))\s*[.,;]?\s*$"
)


_NOUGHT = rx(r"^[^;.]{0,30}\b(?:none|nothing|nil)(?: at all| whatever| whatsoever)?\W*$")


_AS_WAS = rx(
    r"\b(?:as|so|likewise|nor|neither)\s+(?:was|were|did|has|have|had|does)\s+(?:the |a |an |her |his |my )*$"
)


_THEY_HELP = rx(
    r"^\s*(?:both |all |do |does |really )*(?:help|work)s?(?: (?:her|him|me|well|a lot|a bit|with (?:the )?pain|the pain))?\s*[.;,]?\s*$"
)
_NOT_FOUND = rx(r"(?:n't|\bnot|\bnever) (?:find|found|feel|felt)(?: that)? (?:the |her |his |any )*$")


def _ellipsis(document: Document, mention: Mention, before: Mention | None) -> None:
    """ "PT helped; the injections did not", "unhelpful, as was acupuncture": a verb told of another treatment."""
    if _NOT_FOUND.search(document.lower[max(mention.sentence.start, mention.phrase - 40) : mention.phrase]):
        mention.response = "none" if mention.response else None
    if mention.response is not None or mention.status != "done":
        return
    if _THEY_HELP.search(document.lower[mention.end : mention.stop]):
        for m in mention.group:
            m.response, m.status = "good", "ongoing" if m.name in DRUGS | COURSES else m.status
        return
    if before and _AS_WAS.search(document.lower[before.end : mention.start]):
        mention.response = before.response
    if mention.stop - mention.end < 4:
        return
    after = document.lower[mention.end : mention.stop]
    found = _DID_NOT.search(after)
    if found:
        mention.response = "good" if found.group(1) else "none"
    elif _OPENING.search(document.lower[mention.start : mention.end]) and _NOUGHT.search(after):
        mention.response = "none"  # "the first helped for a month, the second two weeks later none at all"


_ANSWERED = rx(r"^[ :]*[^\s,;.]+ ?(?:years?|yrs?|months?|mos?|weeks?|wks?)\b")


def _closing(document: Document, mention: Mention, sentence: Sentence) -> int:
    """The end of a parenthesis that a semicolon cut: `PT (2022; May-Sept 2024)`."""
    after = document.lower[mention.end : mention.stop]
    if after.rstrip().endswith("how long?"):  # the answer is the next sentence
        told = _ANSWERED.search(document.lower[mention.stop : mention.stop + 30])
        return mention.stop + told.end() if told else mention.stop
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
    r"\b((?:the |a )?(?:second|third|fourth|2nd|3rd|repeat|confirmatory)"
    r"(?: (?:one|set|round|injection|block|blocks|set of blocks|procedure|time))?)(?: in (?:[a-z]+ )?\d{4})?"
    r"(?:,? (?:an?|one|two|three|four|five|six|some|\d{1,2})(?: \w+)? (?:later|after(?:wards?)?),?)?"
    r" (?:gave|provided|with|was|were|helped|did|only|lasted|had|on|produced|brought|made|took|eased|none|nothing|blocks?|\d)"
    r"|\b\d{1,3} ?(?:%|percent) (?:relief )?(?:from|with|after) (?:the |a )?(?:second|third|2nd|3rd|repeat)\b"
)


_OPENING = rx(r"^\W*(?:the |a )?(?:first|second|third|repeat|2nd|3rd)\b")
_REMOVED = rx(r"\b(?:(?:was|were|has|have|been|later|then|since) )*(?:removed|explanted|taken out|pulled)\b")
_SAME = rx(r"(?:^|[\n,;:\d])\s*(same (?:targets|levels|nerves|sites|joints))\b")  # the second row of two
_OFFERED = rx(r"\boffered (?:an?|the) (?:second|third|fourth|repeat)\b")
_REPEATS = (
    (_ORDINAL, INJECTIONS, None),
    (ANOTHER, INJECTIONS | COURSES, None),
    (_OFFERED, INJECTIONS, None),
    (_SAME, INJECTIONS, None),
    (_REMOVED, frozenset(("SCS",)), "SCS_explant"),
)


def _repeats(
    document: Document, sentence: Sentence, mentions: list[Mention], before: Mention | None
) -> list[Mention]:
    """ "The second gave 30 %", "will begin another", "removed in 2021": one more of the kind before it.

    `before`: what the sentences before told of last, where this one names nothing.
    """
    out: list[Mention] = []
    for pattern, kinds, name in _REPEATS:
        found = list(pattern.finditer(document.lower, sentence.start, sentence.end))
        spans = [m.span(1 if any(m.groups()) else 0) for m in found]
        opening = _OPENING.search(sentence.text) if before and pattern is _ORDINAL else None
        if opening and not spans:
            spans = [(sentence.start, sentence.start + opening.end())]
        for start, stop in spans:
            end = stop - document.lower[stop - 1].isdigit()  # its figure is no part of the name
            at = bisect_left(mentions, start, key=lambda m: m.start)
            near = (*mentions[max(0, at - 1) : at + 1], *out[-1:])
            if any(m.end > start - (0 if name else 2) and m.start < end + 40 for m in near):
                continue  # it has a name of its own
            last = next((m for m in mentions[max(0, at - 20) : at][::-1] if name or m.name in kinds), before)
            if last is None or last.name not in kinds:
                continue
            if pattern is ANOTHER and not asked_for(document, sentence, max(last.end, sentence.start), end):
                continue
            again = Mention(start, end, last.rule, sentence, name or last.name, section=last.section)
            again.status = "planned" if pattern is ANOTHER else ""
            out.append(again)
    return out


def _repeated(document: Document, sentence: Sentence, last: Mention) -> list[Mention]:
    """What a sentence without a name tells of one more of the treatment before it."""
    if last.status not in ("done", "ongoing") or not same_topic(document, last.sentence, sentence):
        return []
    return [
        m
        for m in _read_sentence(document, sentence, [], last)
        if m.status == "planned"
        or m.name == "SCS_explant"
        or m.response
        or m.slots.dates
        or m.slots.relief_pct
        or m.slots.relief_months
    ]


_THEN = rx(
    r"\b(?:then|followed by|next|subsequently|thereafter|afterwards?|after (?:that|which)|before (?:moving|going) on)\b"
)


def _in_turn(document: Document, kept: list[Mention]) -> list[Mention]:
    """ "Gabapentin for five months, then PT for four": lengths of treatments told one after the other add up."""
    chain: list[Mention] = []
    out: list[Mention] = []
    for mention in kept:
        own = mention.slots.duration_months and mention.slots.duration_where != "lead"
        had = own and mention.status in ("done", "ongoing")
        gap = document.lower[chain[-1].end : mention.phrase] if chain else ""
        if had and chain and len(gap) < 160 and _THEN.search(gap):
            chain.append(mention)
        else:
            chain = [mention] if had and _courselike(mention) else []
        if len(chain) > 1 and chain[-1] is mention:
            first = chain[0]
            total = Mention(
                first.start,
                mention.end,
                first.rule,
                first.sentence,
                "conservative_care",
                section=first.section,
            )
            total.status, total.form = "done", True
            total.slots = Slots(
                duration_months=sum(m.slots.duration_months or 0.0 for m in chain), duration_at_least=True
            )
            out = [*out[: -1 if len(chain) > 2 else None], total]
    return out


_JOINED = rx(r"^\s*(?:,|and|or|&|\+|/|with|,\s*and)\s*$")
_JOINED_BY_AND = rx(r"^[^,;]*(?:\band\b|[+&])\s*$")


def _share(document: Document, group: list[Mention]) -> None:
    """What a list shares: levels and dates of two operations, the length of "PT and HEP x 8 mo"."""
    text = document.lower
    pairs = list(pairwise(group))
    for a, b in pairs:
        joined = _JOINED.search(text[a.end : b.phrase])
        where = a.slots.duration_where
        if where == "lead" or (where == "before" and joined):
            _share_length(a, b)
        if in_parenthesis(document, a, b):
            _share_length(b, a)
        if not joined or not any(a.name in kind and b.name in kind for kind in (SURGERY, INJECTIONS)):
            continue
        placed = b.slots.levels or b.slots.vertebrae or b.slots.nerves
        bare = b.phrase == b.start
        if not placed and a.name not in ("MBB", "BVNA"):
            b.slots.levels = a.slots.levels
        elif bare and b.name in SURGERY and not (a.slots.levels or a.slots.vertebrae):
            a.slots.levels = b.slots.levels
        if bare and b.slots.side is None:
            b.slots.side = a.slots.side
        if bare and a.slots.count is None:
            a.slots.count = b.slots.count
        if not a.slots.dates:
            a.slots.dates = b.slots.dates
    last = group[-1]
    if not _courselike(last) and (told := _PERIOD.search(text[last.end : last.stop])):
        spans = find_amounts(text[last.end + told.end() : last.stop])
        if spans and spans[0].start < 3:  # `PT, NSAIDs and injections over the last two years`
            for a in group:
                if _courselike(a) and a.slots.duration_months is None:
                    a.slots.duration_months = months_of(spans[0])
    for a, b in reversed(pairs):
        if b.slots.duration_where == "after" and _JOINED_BY_AND.search(text[a.end : b.phrase]):
            _share_length(b, a)


_PERIOD = rx(
    r"^[ ,]*(?:all )?(?:over|in|during|within|throughout|for)(?: at least| about| nearly| almost)? (?:the |these )?(?:last|past|previous|preceding)\b"
)


def _share_length(source: Mention, other: Mention) -> None:
    if _courselike(source) and _courselike(other) and other.slots.duration_months is None:
        other.slots.duration_months = source.slots.duration_months
        other.slots.duration_at_least = source.slots.duration_at_least
        other.slots.duration_where = source.slots.duration_where


def _courselike(mention: Mention) -> bool:
    return mention.name in COURSES | DRUGS or mention.name == "conservative_care"


def _merged(document: Document, kept: list[Mention]) -> list[facts.Procedure]:
    """One entry a fact: a mention that adds no detail to an earlier one is left out."""
    out: list[facts.Procedure] = []
    places: dict[tuple[str, str], list[int]] = {}
    for mention in kept:
        if mention.name == "conservative_care" and (
            mention.status in ("planned", "considered")
            or not (
                document.lower.startswith(("extensive", "maximal"), mention.start)
                or mention.status == "not_done"
                or mention.cues
                or mention.form
                or mention.slots.duration_months
                or mention.slots.dates
            )
        ):
            continue  # the bare words tell nothing
        for procedure in _procedures(document, mention):
            same = places.setdefault((procedure.name, procedure.status), [])[-20:]
            if any(_adds_nothing(procedure, out[i]) for i in same):
                continue
            bare = next((i for i in same if _adds_nothing(out[i], procedure)), None)
            if bare is not None:
                out[bare] = procedure
            else:
                places[(procedure.name, procedure.status)].append(len(out))
                out.append(procedure)
    return out


_IN_ALL = rx(r"\b(?:total|altogether|combined|in all)\b")  # "PT 2023 and 2024, > 6 months in total"
_SIDELESS = COURSES | DRUGS | {"SCS", "SCS_explant", "conservative_care"}

_SLOTS = (
    "levels", "vertebrae", "nerves", "side", "date", "count", "sessions", "drug", "response", "relief_pct",
    "relief_months", "relief_lasts", "duration_months", "date_end",
)  # fmt: skip


def _adds_nothing(new: facts.Procedure, old: facts.Procedure) -> bool:
    return all(getattr(new, s) in (None, (), getattr(old, s)) for s in _SLOTS)


def _only_helped(document: Document, mention: Mention) -> bool:
    """ "Helped maybe a month" has an end; "excellent relief for three months" is told as good."""
    return all(
        rx(
            r"^(?:which |it |that |has |have |only |and )*(?:helped|helps|worked|relieved)(?: (?:her|him|me|the pain))?$"
        ).search(document.lower[c.start : c.end])
        for c in mention.cues
        if category_of(c) == "response"
    )


_LASTS = rx(r"\b(?:still|sustained|continu\w*|durable|ongoing|maintained|persist\w*|held|holding)\b")


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
        relief_lasts=True if response == "good" and _LASTS.search(" ".join(cues).lower()) else None,
    )
    if status in ("planned", "considered", "not_done", "declined", "family") or not slots.dates:
        return [base]
    if len(slots.dates) == 1:
        return [replace(base, date=slots.dates[0][0], date_end=slots.dates[0][1])]
    sides = slots.sides or (base.side,) * len(slots.dates)
    lengths = slots.lengths or (None,) * len(slots.dates)
    told = document.lower[mention.end : mention.stop]
    whole = [base] if slots.duration_months and not slots.lengths and _IN_ALL.search(told) else []
    return whole + [
        replace(base, date=start, date_end=end, side=side, duration_months=length_of(start, end) or length)
        for (start, end), side, length in zip(slots.dates, sides, lengths, strict=True)
    ]
