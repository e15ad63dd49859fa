"""Where and how it hurts, at this note.

Each sentence gives statements (`Said`), which carry a rank (complaint before review of systems before
indication before examination) and the site under discussion. Here they are weighed into one Pain.
"""

from __future__ import annotations

from typing import Any

from ..facts import Evidence, Pain
from .document import Document, Sentence
from .pain_details import effects, levels, sides
from .pain_lead import CHOICE, leads, rates
from .pain_sentence import (
    ASKED,
    BACK_CLUSTER,
    COMPLAINT,
    EXAM,
    INDICATION,
    NoteHits,
    PainSentence,
    Said,
    family,
)
from .rx import rx

# Sections that tell what hurts; one that is not here (plan, medications, findings ...) does not.
_RANK = {
    "": COMPLAINT, "unknown": COMPLAINT, "history": COMPLAINT, "hpi": COMPLAINT, "assessment": COMPLAINT,
    "assessment_plan": COMPLAINT, "impression": COMPLAINT, "addendum": COMPLAINT, "other": COMPLAINT,
    "answer": COMPLAINT, "ros": ASKED, "pmh": ASKED, "social": ASKED, "indication": INDICATION, "exam": EXAM,
    "exam_name": EXAM,
}  # fmt: skip
_TELLS = rx(r"\b(?:endorses?|reports?|denies|complains?|states|c/o|presents?)\b")
_SPREADS = rx(
    r"\b(?:radiat|travel|spread|shoot|go (?:anywhere|down|into)|move (?:anywhere|down|into))[^?]*\?\W*$"
)
_WHERE = rx(r"\b(?:where|location|located|site|what part|which part)\b[^?]*\?\W*$")
_HEADED = rx(r"^[(\d.) ]{0,5}[a-z ]{3,24}:")


def read_pain(document: Document) -> Pain | None:
    """The pain of one note, or None where the note does not tell where or how it hurts."""
    hits = NoteHits(document)
    said = _read(document, hits, _RANK)
    if said and all(s.rank == EXAM for s in said):  # a note that is one examination tells the complaint there
        said = _read(document, hits, _RANK | {"exam": COMPLAINT})
    return _weigh(document, said)


def _read(document: Document, hits: NoteHits, ranks: dict[str, int]) -> list[Said]:
    said: list[Said] = []
    topic: str | None = None
    place: tuple[int, str] | None = None
    headed = False
    effect: str | None = None
    spoken: str | None = None
    asked: str | None = None
    question: str | None = None  # what the sentence before asks
    for sentence in document.sentences:
        asked, question = question, None
        if sentence.text.rstrip().endswith("?"):
            question = (
                "lead"
                if CHOICE.search(sentence.text)
                else "where"
                if _WHERE.search(sentence.text)
                else "spread"
                if _SPREADS.search(sentence.text)
                else "?"
            )
        if (sentence.block, sentence.section) != place:
            topic, headed = None, _headed(document, sentence)
        if place and place[1] != sentence.section:
            spoken = None
        place = (sentence.block, sentence.section)
        if not hits.any(sentence):
            continue
        rank = COMPLAINT if headed else ranks.get(sentence.section)
        if rank is None:
            continue
        if rank == EXAM and _TELLS.search(sentence.text):
            rank = ASKED
        part = PainSentence(document, hits, sentence, rank, topic, asked=asked)
        part.read()
        levels(part)
        leads(part)
        rates(part)
        sides(part)
        effects(part, effect if sentence.soft or asked else None, spoken)
        effect, spoken = part.effect, part.spoken
        said += part.said
        topic = part.topic
    return said


def _headed(document: Document, sentence: Sentence) -> bool:
    """Whether a paragraph behind a plan opens a complaint of its own: `2) Low back: ...`."""
    head = _HEADED.search(sentence.text) if sentence.section == "plan" else None
    if head is None:
        return False
    hits = family("what").find(document.lower, sentence.start, sentence.start + head.end())
    return any(h.rule.name == "site" for h in hits)


class _Weighing:
    """The statements of a note, and the ones that were believed (`proof`, by key)."""

    def __init__(self, said: list[Said]) -> None:
        self.said = said
        self.proof: dict[str, Said] = {}

    def of(self, *keys: str, exam: bool = True) -> list[Said]:
        """Statements of these keys, those of the examination only if wanted."""
        return [s for s in self.said if s.key in keys and (exam or s.rank < EXAM)]

    def keep(self, key: str, *candidates: list[Said]) -> Any:
        """The value of the first statement of the first candidates there are, noted as proof."""
        for found in candidates:
            if found:
                self.proof[key] = found[0]
                return found[0].value
        return None


def _best(found: list[Said]) -> list[Said]:
    rank = min((s.rank for s in found), default=0)
    return [s for s in found if s.rank == rank]


def _valued(found: list[Said], *values: Any) -> list[Said]:
    """Statements in the order of these values."""
    return [s for v in values for s in found if s.value == v]


def _weigh(document: Document, said: list[Said]) -> Pain | None:
    w = _Weighing(said)
    region = _region(w)
    ranks = [s for s in said if s.key in ("rate", "lead")]  # these name their sites
    if region in ("neck", "thoracic"):  # "axial neck pain" says nothing of the low back
        w.said = [
            s
            for s in said
            if s.key in ("low_back", "leg_pain") or (s.topic in (region, None) and s.key != "axial")
        ]
    else:
        w.said = [s for s in said if s.key == "low_back" or s.topic is None or s.topic in BACK_CLUSTER]
    w.said += [s for s in ranks if s not in w.said]
    low_back = w.keep("low_back", _valued(_best(w.of("low_back")), "present", "absent", "historical"))
    if low_back is None and region == "low_back":
        low_back = "present"
        w.proof["low_back"] = w.proof["region"]
    legs = _best(w.of("leg_pain", exam=False)) or _valued(w.of("leg_pain"), "absent")
    leg_pain = w.keep("leg_pain", _valued(legs, "present", "absent", "historical"))
    to = w.of("radiation_to", exam=False)
    w.keep("radiation_to", to)
    radiation = _radiation(w, to, leg_pain)
    below_knee = _below_knee(w, leg_pain)
    midline = _midline(w)
    axial = _axial(w, region, leg_pain, radiation, bool(midline or w.of("across")), below_knee)
    side = _side(w, bool(midline))
    worse_side = w.keep("worse_side", w.of("worse_side"))
    hurts = {
        "leg": leg_pain == "present",
        "back": low_back == "present",
    }  # "the back hardly hurts": does the leg?
    predominant, disputed = _leader(w, hurts, asked=leg_pain is not None)
    if predominant is None and low_back == "absent" and hurts["leg"]:
        predominant = "leg"
        w.proof["predominant"] = w.proof["leg_pain"]
    shown = w.of("levels")
    w.keep("levels", shown)
    felt = {key: _best(w.of(key)) for key in ("aggravating", "relieving")}
    for key, found in felt.items():
        for s in found:
            w.keep(f"{key} {s.value}", [s])
    if predominant == "leg" and region in (None, "low_back"):
        first = min(w.of("leg_pain", "region"), key=lambda s: s.start, default=None)
        if first is not None and first.key == "leg_pain":
            region = "leg"
            w.proof["region"] = first
    if predominant == "back" and region in (None, "leg", "buttock"):
        region = "low_back"
        w.proof["region"] = w.proof["predominant"]
    pain: dict[str, Any] = {
        "focal": w.keep("focal", sorted(w.of("focal"), key=lambda s: (not s.value, s.rank))),
        "back_pct": w.keep("back_pct", w.of("back_pct")),
        "leg_pct": w.keep("leg_pct", w.of("leg_pct")),
    }
    if not w.proof or (w.proof.keys() <= {"midline", "focal"} and not w.of("pain")):
        return None  # of an image, or of nothing named
    main = next(w.proof[k] for k in ("region", "axial", "predominant", "leg_pain", *w.proof) if k in w.proof)
    evidence = _evidence(document, main)
    support = dict.fromkeys(_evidence(document, s) for s in w.proof.values())
    return Pain(
        evidence=evidence,
        region=region,
        axial=axial,
        midline=midline,
        below_knee=below_knee,
        radiation=radiation,
        side=side,
        worse_side=worse_side,
        leg_pain=leg_pain,
        low_back=low_back,
        predominant=predominant,
        disputed=disputed or None,
        levels=tuple(dict.fromkeys(d for s in shown for d in s.value)),
        radiation_to=tuple(dict.fromkeys(s.value for s in to)),
        aggravating=tuple(dict.fromkeys(s.value for s in felt["aggravating"])),
        relieving=tuple(dict.fromkeys(s.value for s in felt["relieving"])),
        support=tuple(e for e in support if e != evidence),
        **pain,
    )


def _region(w: _Weighing) -> str | None:
    """The main complaint: low back before leg, buttock and neck; another site only when it comes first."""
    found = _best(w.of("region"))
    if found:
        found.sort(key=lambda s: s.start)
        low = _valued(found, "low_back")
        own = found[0].value in ("sacroiliac", "coccyx", "thoracic")
        region: str | None = w.keep("region", found[:1] if own or not low else low)
        return region
    if w.of("pain", "aggravating", "relieving", "axial", "midline", "radiation", "leg_pain"):
        sites = [] if _valued(w.of("low_back"), "absent") else w.of("site", exam=False)
    else:
        sites = []
    legs = _valued(w.of("leg_pain", exam=False), "present")
    tender = [s for s in w.of("tender") if s.value != "present"]
    value = w.keep("region", sites, legs, tender)
    return "leg" if value == "present" else value


def _radiation(w: _Weighing, to: list[Said], leg_pain: str | None) -> bool | None:
    """True when it goes anywhere; a denial that only follows from "no leg pain" gives way."""
    said = w.of("radiation", exam=False)
    goes = [s for s in said if s.value and not s.weak]
    denied = [] if leg_pain == "present" else [s for s in said if not s.value]
    value = w.keep("radiation", goes, to, denied, [s for s in said if s.value])
    return None if value is None else value is not False


def _below_knee(w: _Weighing, leg_pain: str | None) -> bool | None:
    said = [s for s in w.of("below_knee") if s.rank < EXAM or s.weak]
    knee = [s for s in said if s.rule.startswith("site.knee")]
    implied = knee if leg_pain == "present" else said
    value: bool | None = w.keep("below_knee", _valued(said, True), [s for s in said if not s.weak], implied)
    return value


def _midline(w: _Weighing) -> bool | None:
    """From the complaint; from tenderness only in a note that has no complaint."""
    said = _valued(w.of("midline", exam=False), False, True)
    complaint = w.of("region", "low_back", "pain", "leg_pain", exam=False)
    tender = [] if complaint else [s for s in w.of("midline", "tender_midline") if s.value]
    value: bool | None = w.keep("midline", said, tender)
    return value


def _axial(
    w: _Weighing,
    region: str | None,
    leg_pain: str | None,
    radiation: bool | None,
    central: bool,
    below: bool | None,
) -> bool | None:
    """Stated; else a non-radiating low back pain, or a central one without leg pain."""
    said = w.of("axial")
    stated = _valued([s for s in said if not s.weak or s.value is False], False, True)
    implied: list[Said] = []
    if leg_pain != "present" and not below:
        implied = list(said)
        if region == "low_back" and radiation is not True:
            implied += w.of("nonradiating")
        if region == "low_back" and central and (leg_pain == "absent" or radiation is False):
            implied += [s for s in w.of("midline", exam=False) if s.value] + w.of("across")
    value = w.keep("axial", stated, implied)
    return None if value is None else bool(value)


def _leader(w: _Weighing, hurts: dict[str, bool], *, asked: bool) -> tuple[str | None, bool]:
    """Which of back and leg leads, and whether the note says both of the same time.

    Said in so many words; else a rank given to one of them, legs having been `asked` of; else two points of ten more (a
    clinically important difference).
    """
    plain = [s for s in w.of("predominant") if not s.weak or hurts[s.value]]
    ranked = [s for s in w.of("lead") if (hurts[s.value] if s.weak else s.value == "leg" or asked)]
    firm = [s for s in _best(plain) if not s.weak]
    if len({s.value for s in firm}) > 1 and len({s.sentence.section for s in firm}) > 1:
        for value in ("back", "leg"):
            w.keep(f"{value} leads", [s for s in firm if s.value == value])
        return None, True
    leader: str | None = w.keep("predominant", _best(plain), _best(ranked))
    points = {part: [s for s in w.of("rate") if s.value[0] == part] for part in ("back", "leg")}
    if leader is None and points["back"] and points["leg"]:
        back, leg = (points[part][0].value[1] for part in ("back", "leg"))
        if abs(back - leg) >= 2:
            leader = "back" if back > leg else "leg"
            w.proof["predominant"] = points[leader][0]
    return leader, False


def _side(w: _Weighing, midline: bool) -> str | None:
    """The side of the back pain, else of the leg pain, else of the tenderness."""
    for kind, exam in (("pain", False), ("leg", False), ("tender", True), ("pain", True)):
        own = [s for s in w.of("side", exam=exam) if s.value[0] == kind]
        if not own:
            continue
        own.sort(key=lambda s: s.rank)
        plain = [s for s in own if not s.value[1].startswith("worse:")]
        both = [s for s in plain if s.value[1] == "bilateral"]
        value: str = w.keep("side", both, plain, own)[1]
        sentence = w.proof["side"].sentence
        if {"left", "right"} <= {s.value[1] for s in plain if s.sentence is sentence}:
            return "bilateral"
        if value.startswith("worse:"):  # "worse on the left": the other side hurts too, unless it is one spot
            return value.removeprefix("worse:") if midline or kind == "tender" else "bilateral"
        return value
    return None


def _evidence(document: Document, s: Said) -> Evidence:
    return document.evidence(s.start, s.end, s.rule, s.sentence.section, s.cues)
