"""Where and how it hurts, at this note.

Every sentence is read once for statements (`Said`): a site that hurts or does not, its character, its
side, where it spreads, what makes it worse. They carry a rank (complaint before review of systems before
indication before examination) and the site under discussion, and are weighed at the end. Negation is
read here and not by ConText: a patient's "no" reaches over a list of symptoms ("no numbness, tingling or
leg pain") and stops before the next thing said ("no radiation, worse with sitting").
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..facts import Assertion, Evidence, Pain
from ..resources import root
from .document import Document, Sentence
from .lexicon import Hit, Lexicon, rules
from .rx import rx

FILE = "pain.toml"
COMPLAINT, ASKED, INDICATION, EXAM = range(4)
# Sections that tell what hurts; one that is not here (plan, medications, findings ...) does not.
_RANK = {
    "": COMPLAINT, "unknown": COMPLAINT, "history": COMPLAINT, "hpi": COMPLAINT, "assessment": COMPLAINT,
    "assessment_plan": COMPLAINT, "impression": COMPLAINT, "addendum": COMPLAINT, "other": COMPLAINT, "answer": COMPLAINT,
    "ros": ASKED, "pmh": ASKED, "social": ASKED, "indication": INDICATION, "exam": EXAM, "exam_name": EXAM,
}  # fmt: skip
_BACK_CLUSTER = ("low_back", "leg", "buttock", "sacroiliac", "coccyx", "pain", None)
_SPEAKS_OF_PAIN = rx(
    r"\b(?:pain|ache|aching|achy|hurt|sore|lbp|clbp|lumbago|sciatic|radicul|tender|ttp|discomfort|kill|stiff|radiat|"
    r"non-?radi|spasm|cervicalgia|coccy|m54|throb|bother|cramp|nothing|back ?aches?|legs?\b|back (?:issue|trouble|problem)|\[x\])"
)
_EXAMINED = rx(
    r"\b(?:slr|straight leg|palpat|ttp|tender|reflex|strength \d|range of motion|rom\b|faber|gaenslen|kemp|spurling|"
    r"provocation|\d/5\b|on exam\b|on examination|physical exam|dtrs?\b|examination of|thigh thrust)"
)
_THERE = rx(
    r"\b(?:it|this) (?:is|was|sits|stays) (?:(?:mostly|mainly|all|only|also|now) )?(?:in|down) (?:(?:the|his|her|my|left|right|both) )*$"
)
_TELLS = rx(r"\b(?:endorses?|reports?|denies|complains?|states)\b")
_HEADED = rx(r"^[(\d.) ]{0,5}[a-z ]{3,24}:")
_NUMB = rx(r"\b(?:numb\w*|tingling|weak\w*|pa?resthesias?|pins and needles)\b[a-z ]{0,40}$")
_OTHER_SYMPTOM = rx(
    r"\b(?:breath|dyspnea|vertigo|dizz|anxiety|fatigue|palpitation|nausea|reflux|heartburn|wheez)"
)
_SEGMENT = rx(r"[,;:()]|\b(?:but|however|although|though|while|whereas)\b|\.{2,}|\s-\s")
_STOP = rx(r"[;]|\b(?:but|however|although|though|whereas)\b")
_COORDINATE = rx(
    r"^ ?(?:,|/|&|\+|and|or|,? ?and/or|with)? ?(?:(?:the|his|her|my|left|right|both|bilateral|l|r|lt|rt|posterior|low|lower|sometimes|into|occasionally|occasional|in) ?)*$"
)
_LEG_DENIED = rx(
    r"^(?: (?:in|into|been|being|was|gone|down|to|the|my|his|her|their|either|any|through|below|past|ever|goes|going|gone|involving|radiating|"
    r"really|of|that|it|or|left|right|leaves|reaches|reaching|affects|in to))* $"
)  # fmt: skip
_AXIAL_AFTER = rx(
    r"^(?:\s*$|[,.;:)/]| ?[>=-]| (?:predominan|mechanical|non|chronic|low|lower|lumbar|back|lbp|clbp|midline|discogenic|vertebrogenic|"
    r"pain|symptoms?|in nature|without|with no|no |and |spine pain|spinal pain|component|complaint|deep|ache|aching|only|not |in character|more))"
)
_DIAGNOSIS = rx(
    r"(?:vertebrogenic|discogenic|endplate|end plate|facetogenic|facet|radicular|mediated|myofascial)(?: low| lower| back| lumbar)* $"
)
_DURATION_BEFORE = rx(
    r"(?:\d|year|yr|month|mo|week|wk|day|long|lengthy|lifelong|chronic|past|significant)s?[\s-]*(?:standing |medical )?$"
)
_TICKED = rx(r"\[x\] ?$")
_UNTICKED = rx(r"\[ \] ?$")
_ANSWER_NO = rx(r"^[^.?\n]{0,12}\?[^\n]{0,6}?(?:\[ \] ?(?:yes|y)\s+\[x\]|\[x\] ?n|no\b|n\b|answer: no|a: no)")
_ANSWER_YES = rx(r"^[^.?\n]{0,12}\?[^\n]{0,6}?(?:\[x\] ?y|yes\b|y\b|answer: yes|a: yes)")


@dataclass(slots=True)
class Said:
    """One statement: `key` of Pain and its value, its words (cleaned offsets), the site it is said of."""

    key: str
    value: Any
    start: int
    end: int
    rank: int
    topic: str | None
    rule: str
    sentence: Sentence
    cues: tuple[str, ...] = ()
    weak: bool = False


def read_pain(document: Document) -> Pain | None:
    """The pain of one note, or None where the note does not tell where or how it hurts."""
    if not _SPEAKS_OF_PAIN.search(document.lower):
        return None
    said: list[Said] = []
    topic: str | None = None
    place: tuple[int, str] | None = None
    read_on = False
    for sentence in document.sentences:
        rank = _RANK.get(sentence.section)
        if (sentence.block, sentence.section) != place:
            topic, read_on = None, _headed(document, sentence)
        place = (sentence.block, sentence.section)
        if rank is None and read_on:
            rank = COMPLAINT
        elif rank == EXAM and _TELLS.search(sentence.text):
            rank = ASKED
        if rank is None:
            continue
        reader = _Reader(document, sentence, rank, topic)
        said += reader.read()
        topic = reader.topic
    return _weigh(document, said)


def _headed(document: Document, sentence: Sentence) -> bool:
    """Whether a paragraph opens with a site and a colon (`2) Low back: ...`): its complaint, whatever the section."""
    head = _HEADED.search(sentence.text)
    sites = _family("what").find(document.lower, sentence.start, sentence.start + head.end()) if head else []
    return sentence.section == "plan" and any(h.rule.name == "site" for h in sites)


@lru_cache(maxsize=None)
def _family(name: str) -> Lexicon:
    return Lexicon([r for r in rules(FILE) if r.data["family"] == name])


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words: dict[str, str] = tomllib.loads((root() / FILE).read_text("utf-8"))["weigh"]
    return words


class _Reader:
    """Reads one sentence; `topic` is the site under discussion, before and after it."""

    def __init__(self, document: Document, sentence: Sentence, rank: int, topic: str | None) -> None:
        self.document, self.sentence, self.rank, self.topic = document, sentence, rank, topic
        self.lower = document.lower
        self.said: list[Said] = []
        self.painful: list[tuple[Hit, Hit, Assertion | None]] = []  # site, its pain word, assertion
        self.anchors: list[tuple[Hit, Assertion | None, str]] = []
        self.spread_to: set[int] = set()

    def read(self) -> list[Said]:
        """The statements of the sentence, in no order."""
        self.what = self._find("what")
        self.how = self._find("how")
        if not self.what and not self.how and not self._find("effect"):
            return []
        self.cues = self._find("cue")
        self.after = self._find("after")
        base = self.sentence.start
        self.cuts = [base, *(base + m.end() for m in _SEGMENT.finditer(self.sentence.text))]
        if any(
            c.rule.name in ("hypothetical", "family") and c.start - self.sentence.start < 25
            for c in self.cues
        ):
            self.cues = [
                c
                for c in self.cues
                if c.rule.name != "terminate" or self.lower[c.start : c.end] in ("but", "however")
            ]
        self.sites = [h for h in self.what if h.rule.name == "site" and self._boxed(h) is not False]
        before = self.topic
        self._pains()
        self._topic()
        self.before = before
        self._spread()
        self._knees()
        self._character()
        self._levels()
        self._shares()
        self._sides()
        self._effects()
        return self.said

    # --- small tools ------------------------------------------------------------------------------

    def _find(self, family: str) -> list[Hit]:
        hits = _family(family).find(self.lower, self.sentence.start, self.sentence.end)
        return [h for h in hits if h.rule.name != "ignore"]

    def _segment(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between commas around a hit."""
        before, after = bisect_right(self.cuts, start) - 1, bisect_left(self.cuts, end)
        return self.cuts[before], self.cuts[after] if after < len(self.cuts) else self.sentence.end

    def _rank_of(self, hit: Hit) -> int:
        if hit.rule.name == "tender":
            return EXAM
        a, b = self._segment(hit.start, hit.end)
        if self.rank == COMPLAINT and _EXAMINED.search(self.lower[a:b]):
            return EXAM
        return self.rank

    def _boxed(self, hit: Hit) -> bool | None:
        """Whether the box before a form's word is ticked; None without a box."""
        before = self.lower[max(0, hit.start - 5) : hit.start]
        return True if _TICKED.search(before) else False if _UNTICKED.search(before) else None

    def _say(
        self, key: str, value: Any, hit: Hit, *, cues: Iterable[Hit] = (), weak: bool = False, end: int = 0
    ) -> None:
        cues = tuple(cues)
        start = min([hit.start, *(c.start for c in cues)])
        end = max([hit.end, end, *(c.end for c in cues)])
        words = tuple(self.document.text[c.start : c.end] for c in cues)
        self.said.append(
            Said(
                key,
                value,
                start,
                end,
                self._rank_of(hit),
                self._topic_at(hit),
                hit.rule.id,
                self.sentence,
                words,
                weak,
            )
        )

    def _topic_at(self, hit: Hit) -> str | None:
        """The site a word is said of: one that hurts in its segment, the last one before, the one before the sentence."""
        a, b = self._segment(hit.start, hit.end)
        marks = [
            (s.start, s.rule.data.get("region")) for s, _, _ in self.painful if s.rule.data.get("region")
        ]
        inside = [m for m in marks if a <= m[0] < b]
        if inside:
            return min(inside, key=lambda m: abs(m[0] - hit.start))[1]
        earlier = [m for m in marks if m[0] <= hit.start]
        if earlier:
            return earlier[-1][1]
        return self.heading or self.topic_in or (marks[0][1] if marks else None)

    # --- assertion --------------------------------------------------------------------------------

    def _asserted(self, hit: Hit, first: int | None = None) -> tuple[Assertion | None, tuple[Hit, ...]]:
        """How a complaint is meant, with its cues; None when the sentence leaves it open."""
        start = hit.start if first is None else first
        for cue in self.cues:
            if (
                cue.rule.name in ("hypothetical", "family")
                and cue.end <= start
                and not self._stopped(cue.end, start)
            ):
                return ("family" if cue.rule.name == "family" else "hypothetical"), (cue,)
        for cue in reversed([c for c in self.cues if c.end <= start]):
            if cue.rule.name == "pseudo":
                if start - cue.end < 40:
                    break
                continue
            if cue.rule.name not in ("absent", "neutral", "historical") or not self._reaches(cue, start):
                continue
            if cue.rule.name == "neutral":
                return None, (cue,)
            if cue.rule.name == "historical":
                if self.lower[cue.start : cue.end].startswith(("history", "hx", "h/o")) and (
                    _DURATION_BEFORE.search(self.lower[max(0, cue.start - 20) : cue.start])
                    or hit.rule.data.get("region") != "leg"
                ):
                    continue
                return "historical", (cue,)
            return "absent", (cue,)
        for cue in (c for c in self.after if hit.end <= c.start <= hit.end + 70):
            between = self.lower[hit.end : cue.start]
            if cue.rule.name == "absent_after":
                tight = rx(r"^ ?(?:pains?|symptoms)? ?(?:[:=?]|\.{2,}|-{1,2})? ?$").search(between)
                marked = rx(r"[:=?.-]").search(between)
                if tight and (marked or self.lower[cue.start : cue.end] != "no"):
                    return "absent", (cue,)
            elif cue.rule.name == "pseudo":
                break
            elif cue.rule.name == "hypothetical_after":
                if len(between) < 12:
                    return "hypothetical", (cue,)
            elif not rx(r"[.;]|\b(?:but|and|now|with|pain|persist\w*|remain\w*|continu\w*)\b").search(
                between
            ):
                return "historical", (cue,)
        return "present", ()

    def _stopped(self, a: int, b: int) -> bool:
        return any(c.rule.name == "terminate" and a <= c.start <= b for c in self.cues)

    def _reaches(self, cue: Hit, start: int) -> bool:
        """Whether a cue's scope holds until `start`: no clause end between, commas only within a list."""
        between = self.lower[cue.end : start]
        words = self.lower[cue.start : cue.end]
        if cue.rule.name == "absent":
            limit = 24 if words.startswith(("not", "do", "did", "neg", "non", "isn", "wasn", "hasn")) else 90
        else:
            limit = 45
        if between.startswith(",") or len(between) > limit or ";" in between or self._stopped(cue.end, start):
            return False
        if "," in between or "/" in between:
            rest = between[between.find(",") + 1 :] if "," in between else between
            if cue.rule.name != "absent":
                return False
            return not _leftover("list", rest)
        return True

    # --- what hurts -------------------------------------------------------------------------------

    def _pains(self) -> None:
        """Ties pain words to sites and says what hurts and what does not."""
        self.topic_in = self.topic
        self.heading: str | None = None
        for site in self.sites:
            if site.rule.data.get("region") and (
                site.start - self.sentence.start <= 8
                and rx(r"^(?:[ \w]{0,12}:| details)").search(self.lower[site.end : site.end + 16])
            ):
                self.heading = site.rule.data["region"]
        tied: dict[int, Hit] = {}
        for site in self.sites:
            if site.rule.data.get("pain") or self._boxed(site):
                tied[site.start] = site
        words = [
            h
            for h in self.what
            if h.rule.name in ("pain", "trouble", "tender") and self._boxed(h) is not False
        ]
        loose = []
        for word in words:
            found = self._sites_of(word)
            for site in found:
                if site.start not in tied or tied[site.start].rule.name == "trouble":
                    tied[site.start] = word
            if not found and word.rule.name != "trouble":
                loose.append(word)
        for site in self.sites:
            pain = tied.get(site.start)
            if pain is None or (site.rule.data.get("region") == "other"):
                if site.rule.data.get("region") == "other":
                    self.painful.append((site, site, "present"))
                continue
            first = min(site.start, pain.start)
            assertion, cues = self._asserted(site if site.end >= pain.end else pain, first)
            if assertion in ("hypothetical", "family"):
                continue
            self.painful.append((site, pain, assertion))
            self._site(site, pain, assertion, cues)
        for word in loose:
            assertion, cues = self._asserted(word)
            if assertion in ("present", None):
                kind = "tender" if word.rule.name == "tender" else "pain"
                self.anchors.append((word, "present", kind))
                self._say(kind, assertion, word)
        for site, pain, assertion in self.painful:
            if site.rule.data.get("region") == "other":
                self.anchors.append((site, assertion, "other"))
                continue
            kind = (
                "tender"
                if pain.rule.name == "tender"
                else "leg"
                if site.rule.data.get("region") == "leg"
                else "pain"
            )
            self.anchors += [(site, assertion, kind), (pain, assertion, kind)]
        for site in self.sites:
            if site.start not in tied and site.rule.data.get("region") == "low_back":
                if self._asserted(site)[0] == "present":
                    self._say("site", "low_back", site, weak=True)

    def _sites_of(self, word: Hit) -> list[Hit]:
        """The sites a pain word speaks of: `back pain`, `pain in the back and left leg`, `my back hurts`."""
        name = word.rule.name
        before = [s for s in self.sites if s.end <= word.start and not s.rule.data.get("pain")]
        after = [s for s in self.sites if s.start >= word.end and not s.rule.data.get("pain")]
        if before and rx(
            r"^(?: ?-? ?)(?:\(\w+\) )?(?:is |are |still |really |just |has been |have been |was |always |constantly |region |area |joint |side |muscle |muscles )*$"
        ).search(self.lower[before[-1].end : word.start]):
            found = [before[-1]]
            for site in reversed(before[:-1]):
                if (
                    not _COORDINATE.search(self.lower[site.end : found[-1].start])
                    or self._numb(site)
                    or site.rule.data.get("region") == "other"
                ):
                    break
                found.append(site)
            return found
        if after:
            gap = self.lower[word.end : after[0].start]
            limit = 12 if name == "trouble" else 60
            if (
                len(gap) <= limit
                and not rx(r"[;.]|\b(?:but|worse\w*|better)\b").search(gap)
                and not any(
                    w.rule.name in ("pain", "tender") and word.end <= w.start < after[0].start
                    for w in self.what
                )
                and not any(
                    h.rule.name == "spread" and word.end <= h.start < after[0].start for h in self.how
                )
            ):
                if name != "trouble" or rx(r"\b(?:in|of|with|down|into|to|from)\b").search(gap):
                    if "," not in gap or rx(r"\b(?:in|at|across|over|to|along|the)\b[^,]*$").search(gap):
                        found = [after[0]]
                        for site in after[1:]:
                            if not _COORDINATE.search(self.lower[found[-1].end : site.start]):
                                break
                            found.append(site)
                        return found
        if before and name != "trouble":
            gap = self.lower[before[-1].end : word.start]
            if len(gap) <= 30 and not rx(r"[,;.]|\b(?:but|no|not|without|and)\b").search(gap):
                return [before[-1]]
        return []

    def _numb(self, hit: Hit) -> bool:
        """Whether the place is numb or weak rather than sore: `numbness in the left leg`."""
        return bool(_NUMB.search(self.lower[self._segment(hit.start, hit.end)[0] : hit.start]))

    def _site(self, site: Hit, pain: Hit, assertion: Assertion | None, cues: tuple[Hit, ...]) -> None:
        region, to = site.rule.data.get("region"), site.rule.data.get("to")
        tender = pain.rule.name == "tender"
        span = Hit(min(site.start, pain.start), max(site.end, pain.end), site.rule)
        if tender:
            if assertion == "present" and region in ("low_back", "sacroiliac", "coccyx"):
                self._say("tender", region, Hit(span.start, span.end, pain.rule))
            return
        if region == "leg":
            if assertion == "absent":
                if self._one_sided(site, cues):
                    return
                self._deny_legs(span, cues)
            elif assertion is not None:
                self._say("leg_pain", assertion, span, cues=cues)
            return
        if region == "low_back":
            if assertion is None:
                assertion = "present"
            self._say("low_back", assertion, span, cues=cues)
        if assertion != "present":
            return
        if region:
            self._say("region", region, span)
        if to in ("buttock", "thigh", "calf") and self._rank_of(site) < EXAM:
            self._say("radiation_to", to, span)

    def _one_sided(self, site: Hit, cues: tuple[Hit, ...]) -> bool:
        """A denial for one leg says nothing of the other."""
        start = (
            cues[0].end if cues and cues[0].end <= site.start else max(self.sentence.start, site.start - 12)
        )
        return bool(rx(r"\b(?:left|right|lt|rt|l|r) ?$").search(self.lower[start : site.start]))

    def _deny_legs(self, hit: Hit, cues: tuple[Hit, ...]) -> None:
        self._say("leg_pain", "absent", hit, cues=cues)
        self._say("below_knee", False, hit, cues=cues, weak=True)
        self._say("radiation", False, hit, cues=cues, weak=True)

    def _topic(self) -> None:
        marks = [
            s.rule.data["region"] for s, _, a in self.painful if s.rule.data.get("region") and a != "absent"
        ]
        vague = "pain" if any(k == "pain" for _, _, k in self.anchors) else None
        self.topic = marks[-1] if marks else self.heading or self.topic_in or vague
        if any(m in ("low_back", "leg", "buttock") for m in marks) and self.topic == "other":
            self.topic = "low_back"

    def _in_pain(self) -> bool:
        """Whether the sentence, or what came before it in its paragraph, is about a pain of the back."""
        if any(k in ("pain", "leg", "tender") for _, _, k in self.anchors):
            return True
        return self.topic_in in _BACK_CLUSTER[:-1] or any(w.rule.name == "pain" for w in self.what)

    # --- where it goes ----------------------------------------------------------------------------

    def _spread(self) -> None:
        spreads = [h for h in self.how if h.rule.name == "spread"]
        if "?" in self.sentence.text:
            return  # asked; the answer is read at the knee
        ends = [h for h in self.what if h.rule.name in ("below_knee", "above_knee") or h in self.sites]
        for index, spread in enumerate(spreads):
            if any(s.start in self.spread_to for s in self.sites if s.start > spread.start) and self._bare(
                spread
            ):
                if not [e for e in ends if e.start >= spread.end and e.start not in self.spread_to]:
                    continue
            following = spreads[index + 1].start if index + 1 < len(spreads) else self.sentence.end
            targets = list(self._targets(spread, ends, following))
            if self.lower[spread.start : spread.end].startswith("radiation"):
                targets[:0] = [
                    (s, None)
                    for s in self.sites
                    if 0 <= spread.start - s.end <= 1 and not s.rule.data.get("pain")
                ]
            radiating = self.lower[spread.start : spread.end].startswith(
                ("radiat", "dermatom", "in ", "shooting", "lancin", "electric")
            )
            if not targets and not radiating:
                continue
            if any(
                t.rule.data.get("region") in ("low_back", "thoracic", "neck", "other") for t, _ in targets[:1]
            ):
                continue
            if (
                not radiating
                and not self._in_pain()
                and not (
                    self.rank == COMPLAINT
                    and rx(r"\b(?:pain|it|this|sciatica|aches?)\b").search(self.sentence.text)
                )
            ):
                continue
            assertion, cues = self._asserted(spread)
            if assertion is None and self._bare(spread):
                continue
            if self._bare(spread) and self._numb(spread):
                continue
            if assertion in ("hypothetical", "family"):
                continue
            self._one_spread(spread, assertion or "present", cues, targets)

    def _bare(self, spread: Hit) -> bool:
        return self.lower[spread.start : spread.end].startswith(("into", "down"))

    def _targets(self, spread: Hit, ends: list[Hit], following: int) -> Iterator[tuple[Hit, Hit | None]]:
        """The places a referral reaches, each with the word that denies it."""
        position, denial = spread.end, None
        for end in ends:
            if end.end <= spread.end:
                continue
            if end.start < spread.end and end.rule.name != "below_knee":
                continue
            gap = self.lower[position : max(position, end.start)]
            if (
                len(gap) > 48
                or _STOP.search(gap)
                and not rx(r"\bbut (?:not|never|no|nothing|stops)\b").search(gap)
                or "worse" in gap
            ):
                return
            if end.start >= following and not self._bare(Hit(following, following + 5, spread.rule)):
                return
            denials = [
                c for c in self.cues if c.rule.name == "absent" and position <= c.start and c.end <= end.start
            ]
            if denials:
                denial = denials[-1]
            elif "," in gap and not _leftover("list", gap.replace(",", " ")):
                pass
            elif "," in gap:
                denial = None
            self.spread_to.add(end.start)
            yield end, denial
            position = end.end

    def _one_spread(
        self, spread: Hit, assertion: Assertion, cues: tuple[Hit, ...], targets: list[tuple[Hit, Hit | None]]
    ) -> None:
        legs = [t for t, _ in targets if t.rule.data.get("region") == "leg"]
        self.anchors += [(spread, assertion, "leg")] + [
            (t, "absent" if d else assertion, "leg") for t, d in targets
        ]
        if assertion == "historical":
            if legs or not targets or any(t.rule.data.get("to") in ("calf", "foot") for t, _ in targets):
                self._say(
                    "leg_pain",
                    "historical",
                    spread,
                    cues=cues,
                    end=max([t.end for t, _ in targets], default=0),
                )
            return
        if assertion == "absent":
            reach = Hit(spread.start, max([spread.end, *(t.end for t, _ in targets)]), spread.rule)
            below = [t for t, _ in targets if t.rule.name == "below_knee"]
            if below and not legs:
                self._say("below_knee", False, reach, cues=cues)
                self._say("radiation", True, reach, cues=cues, weak=True)
            elif legs and self._one_sided(legs[0], ()):
                return
            elif legs or not targets:
                self._deny_legs(reach, cues)
            elif any(t.rule.data.get("to") in ("calf", "foot") for t, _ in targets):
                self._say("below_knee", False, reach, cues=cues)
            else:
                self._say("radiation", False, reach, cues=cues, weak=True)
            return
        said = False
        for target, denial in targets:
            span = Hit(target.start, target.end, target.rule)
            to, region = target.rule.data.get("to"), target.rule.data.get("region")
            if target.rule.name == "below_knee":
                self._say("below_knee", denial is None, span, cues=(denial,) if denial else ())
                said = said or denial is None
                if denial is None:
                    self._say("leg_pain", "present", span)
                continue
            if target.rule.name == "above_knee":
                self._say("below_knee", False, span)
                said = True
                continue
            if denial is not None:
                if region == "leg" and not self._one_sided(target, (denial,)):
                    self._say("leg_pain", "absent", span, cues=(denial,))
                    self._say("below_knee", False, span, cues=(denial,), weak=True)
                elif to in ("calf", "foot"):
                    self._say("below_knee", False, span, cues=(denial,))
                continue
            said = True
            if region == "leg":
                self._say("leg_pain", "present", Hit(spread.start, target.end, spread.rule))
            if to == "knee":
                self._say("below_knee", False, span, weak=True)
            elif to in ("calf", "foot"):
                self._say("radiation_to", to, span)
                self._say("below_knee", True, span)
                self._say("leg_pain", "present", span)
            elif to:
                self._say("radiation_to", to, span)
        dermatome = self.lower[spread.start : spread.end].startswith(("in ", "dermatom"))
        if said or not targets:
            end = max([t.end for t, d in targets if d is None], default=spread.end)
            self._say("radiation", True, spread, end=end)
        if dermatome:
            self._say("leg_pain", "present", spread)

    def _knees(self) -> None:
        """`never in the legs`, `nothing below the knee`, `pain below the knee`, and the forms that ask it."""
        for site in self.sites:
            if (
                site.rule.data.get("region") != "leg"
                or site.start in self.spread_to
                or self._rank_of(site) == EXAM
            ):
                continue
            if any(site is s for s, _, _ in self.painful):
                continue
            if (
                _THERE.search(self.lower[max(self.sentence.start, site.start - 40) : site.start])
                and self._in_pain()
            ):
                self._say("leg_pain", "present", site)
                self.anchors.append((site, "present", "leg"))
                continue
            for cue in reversed([c for c in self.cues if c.rule.name == "absent" and c.end <= site.start]):
                if self.lower[cue.start : cue.end] in (
                    "never",
                    "not",
                    "nothing",
                    "none",
                    "no",
                    "nor",
                ) and _LEG_DENIED.search(self.lower[cue.end : site.start]):
                    if not (self.lower[cue.start : cue.end] in ("no", "nor") and cue.end + 1 == site.start):
                        if not self._one_sided(site, (cue,)):
                            self._deny_legs(site, (cue,))
                break
        for site in self.sites:
            if site.rule.data.get("to") in ("buttock", "thigh", "hip"):
                match = rx(
                    r"\b(?:nothing|not|never|no further than|no pain)(?: \w+)? (?:past|below|beyond|lower than|further than)(?: the| his| her| my| either| both| left| right)* $"
                ).search(self.lower[self.sentence.start : site.start])
                if match:
                    self._say("below_knee", False, site)
        for knee in [
            h
            for h in self.what
            if h.rule.name in ("below_knee", "above_knee") and h.start not in self.spread_to
        ]:
            rest = self.lower[knee.end : knee.end + 40]
            if knee.rule.name == "above_knee":
                if self._in_pain():
                    self._say("below_knee", False, knee)
                continue
            if _ANSWER_NO.search(rest):
                self._say("below_knee", False, knee)
            elif _ANSWER_YES.search(rest):
                self._say("below_knee", True, knee)
            elif "?" not in rest[:14]:
                assertion, cues = self._asserted(knee)
                if assertion == "absent":
                    self._say("below_knee", False, knee, cues=cues)
                    if self.lower[cues[0].start : cues[0].end] in ("not", "never", "nothing"):
                        self._say("radiation", True, knee, cues=cues, weak=True)
                elif (
                    assertion == "present"
                    and self._in_pain()
                    and not rx(r"numb|tingl|weak|reflex|sensation").search(self.sentence.text)
                ):
                    self._say("below_knee", True, knee)

    # --- its character ----------------------------------------------------------------------------

    def _character(self) -> None:
        painful = self._in_pain()
        for hit in self.how:
            name = hit.rule.name
            if name == "spread" or self._asserted(hit)[0] in ("hypothetical", "family"):
                continue
            assertion, cues = self._asserted(hit)
            if name == "axial":
                if _AXIAL_AFTER.search(self.lower[hit.end : self.sentence.end][:20]):
                    self._say("axial", assertion != "absent", hit, cues=cues if assertion == "absent" else ())
            elif name == "mechanical" and assertion == "present" and self.rank == COMPLAINT:
                self._say("axial", True, hit, weak=True)
            elif name == "confined" and assertion == "present":
                if painful or rx(r"\bit(?:'s)?\b|\bonly\b|\ball\b").search(self.sentence.text):
                    self._say("axial", True, hit)
                    self._say("region", "low_back", hit)
                    self._say("low_back", "present", hit)
                    if rx(r"^(?:only|solely|exclusively|entirely|all|strictly|purely)\b").search(
                        self.lower[hit.start : hit.end]
                    ):
                        self._say("predominant", "back", hit)
            elif name == "across" and assertion == "present":
                self._say("across", True, hit)
            elif name == "nonradiating":
                self._nonradiating(hit)
            elif (
                name == "midline"
                and (painful or hit.start == self.sentence.start and self.rank == COMPLAINT)
                and assertion in ("present", "absent")
            ):
                if not self._tender_segment(hit) or self.rank == EXAM:
                    self._say("midline", assertion == "present", hit, cues=cues)
                else:
                    self._say("tender_midline", True, hit)
            elif name == "off_midline" and painful:
                self._say("midline", False, hit)
            elif name == "focal" and painful and assertion == "present":
                self._say("focal", True, hit)
            elif name == "diffuse" and painful and assertion == "present":
                self._say("focal", False, hit)

    def _tender_segment(self, hit: Hit) -> bool:
        a, b = self._segment(hit.start, hit.end)
        return any(h.rule.name == "tender" and a <= h.start < b for h in self.what)

    def _nonradiating(self, hit: Hit) -> None:
        rest = self.lower[hit.end : hit.end + 34]
        near = [
            h
            for h in self.what
            if hit.end <= h.start <= hit.end + 24
            and not _STOP.search(self.lower[hit.end : h.start])
            and "," not in self.lower[hit.end : h.start]
        ]
        if rx(r"^ ?(?:therapy|treatment|exposure)").search(rest) or any(
            h.rule.data.get("region") in ("neck", "thoracic", "other") for h in near
        ):
            return
        if any(h.rule.name == "below_knee" for h in near):
            knee = next(h for h in near if h.rule.name == "below_knee")
            self._say("below_knee", False, Hit(hit.start, knee.end, hit.rule))
            return
        self._deny_legs(hit, ())
        self._say("nonradiating", True, hit)

    def _levels(self) -> None:
        words = [h for h in self.what if h.rule.name in ("pain", "tender") or h.rule.data.get("pain")]
        words += (
            [h for h in self.how if h.rule.name in ("focal", "midline", "off_midline")]
            if self._in_pain()
            else []
        )
        if not words:
            return
        for level in self.document.levels(self.sentence):
            if level.kind not in ("disc", "range") or not level.discs or len(level.discs) > 3:
                continue
            for word in words:
                if word.end <= level.start:
                    gap = self.lower[word.end : level.start]
                    if _DIAGNOSIS.search(self.lower[max(0, word.start - 40) : word.start]):
                        continue
                    if "due" in gap or len(gap) > 60:
                        continue
                    near = not _leftover(
                        "between",
                        gap.replace(",", " ") if word.rule.name in ("midline", "off_midline") else gap,
                    )
                elif word.start >= level.end and word.rule.name in ("pain", "tender"):
                    gap = self.lower[level.end : word.start]
                    near = len(gap) <= 30 and not _leftover("between", gap)
                else:
                    continue
                if near and self._asserted(word)[0] == "present":
                    span = Hit(min(word.start, level.start), max(word.end, level.end), word.rule)
                    self._say("levels", level.discs, span)
                    break

    # --- sides, shares, effects -------------------------------------------------------------------

    def _sides(self) -> None:
        for hit in self._find("side"):
            if not self.anchors:
                break
            a, b = self._segment(hit.start, hit.end)
            inside = [x for x in self.anchors if a <= x[0].start < b]
            if not inside and _EXAMINED.search(self.lower[a:b]):
                continue
            site = next((s for s in self.sites if 0 <= s.start - hit.end <= 14), None)
            if site is not None and not any(x[0] is site or x[0].start == site.start for x in self.anchors):
                if site.rule.data.get("region") in ("leg", None):
                    continue
            pool = inside or [
                x
                for x in self.anchors
                if abs(x[0].start - hit.start) <= 70
                and not _STOP.search(self.lower[min(x[0].start, hit.start) : max(x[0].start, hit.start)])
            ]
            if not pool:
                continue
            anchor, assertion, kind = min(
                pool, key=lambda x: (max(x[0].start - hit.end, hit.start - x[0].end), x[0].start)
            )
            if assertion != "present" or kind == "other":
                continue
            if self._asserted(hit)[0] in ("absent", "historical", "hypothetical", "family"):
                continue
            value = hit.rule.name
            if hit.rule.data.get("worse"):
                self._say("worse_side", value, hit)
                value = "bilateral" if hit.rule.data.get("both") else "worse:" + value
            self._say("side", (kind, value), hit, weak=kind == "tender")

    def _shares(self) -> None:
        """Percentages of back and leg, and which of the two leads."""
        text, base, w = self.sentence.text, self.sentence.start, _words()
        if not rx(r"\d ?[%/:-]|percent").search(text) and not _weighing().search(text):
            return
        if any(c.rule.name in ("hypothetical", "family") for c in self.cues if c.start - base < 40):
            return
        shares: dict[str, list[tuple[float, int, int]]] = {"back": [], "leg": []}
        lead = r"(?:(?:of )?(?:the |her |his |my |it )*(?:pain |symptoms )?(?:is |are |in |from )*(?:the |her |his |my |in )*(?:left |right |l |r |rt |lt |bilateral |low |lower |axial )*)"
        number = r"(\d{1,3})(?: ?(?:-|to) ?\d{1,3})? ?(?:%|percent)"
        if match := rx(
            rf"\b(\d{{1,3}}) ?%? ?[/:-] ?(\d{{1,3}}) ?%? ?(?:split )?(?:of )?(?:in favor of )?(?:the )?(?:(?:pain )?(?:ratio )?)\(?({w['back']}|{w['leg']})(?: ?(?:/|to|vs\.?|versus|and|:|-|,|over) ?(?:the )?(?:{w['back']}|{w['leg']}))"
        ).search(text) or rx(
            rf"\b({w['back']}|{w['leg']}) ?(?:/|to|vs\.?|versus|:|-|and) ?(?:{w['back']}|{w['leg']})(?: ratio| split)?(?: is| of| are|:|,)* ?\(?(\d{{1,3}}) ?%? ?[/:-] ?(\d{{1,3}})\b"
        ).search(text):
            groups = match.groups()
            first = next(g for g in groups if g and not g.isdigit())
            one, two = (float(g) for g in groups if g and g.isdigit())
            if 95 <= one + two <= 105:
                back_first = bool(rx(rf"^(?:{w['back']})$").search(first))
                shares["back"].append((one if back_first else two, match.start(), match.end()))
                shares["leg"].append((two if back_first else one, match.start(), match.end()))
        else:
            suffix = False
            for part in ("back", "leg"):
                for match in rx(rf"\b{number} ?{lead}\b{w[part]}\b").finditer(text):
                    shares[part].append((float(match.group(1)), match.start(), match.end()))
            for part in ("back", "leg"):
                if not shares["back"] and not shares["leg"] or suffix:
                    suffix = True
                    for match in rx(
                        rf"\b{w[part]}(?: is| at| for| about| accounts for| represents|:|=|,|\()* ?{number}"
                    ).finditer(text):
                        if not rx(
                            r"^ ?\)? ?(?:better|relief|improve|reduc|less|resolved|gone|of normal)"
                        ).search(text[match.end() :][:14]):
                            shares[part].append((float(match.group(1)), match.start(), match.end()))
        if rx(r"\b(?:relief|improve\w*|better|reduction|relieved|decrease)\b").search(text) and not (
            shares["back"] and shares["leg"]
        ):
            shares = {"back": [], "leg": []}
        rule = next(r for r in rules(FILE) if r.id == "site.low_back")
        for part, found in shares.items():
            if found and found[0][0] <= 100:
                self._say(f"{part}_pct", found[0][0], Hit(base + found[0][1], base + found[0][2], rule))
                inside = [s for s in self.sites if base + found[0][1] <= s.start < base + found[0][2]]
                self.anchors += [(s, "present", "pain" if part == "back" else "leg") for s in inside]
        if shares["back"] and shares["leg"]:
            back, leg = shares["back"][0][0], sum(x[0] for x in shares["leg"])
            if back != leg:
                self._say(
                    "predominant",
                    "back" if back > leg else "leg",
                    Hit(base + shares["back"][0][1], base + shares["back"][0][2], rule),
                )
            return
        for part, found in shares.items():
            if found and found[0][0] > 50:
                self._say("predominant", part, Hit(base + found[0][1], base + found[0][2], rule))
        link = r"(?: (?:pain|symptoms?))?(?: (?:is|are|being|was|has been|much|far|slightly|significantly|somewhat|a lot|clearly|always|still|considerably|definitely))* ?"
        the = (
            r" ?(?:than )?(?:the |her |his |my )?(?:left |right |bilateral |l |r |rt |lt |lower |low |any )*"
        )
        other = {"back": "leg", "leg": "back"}
        for part, rest in other.items():
            forms = (
                (part, rf"\b{w[part]}{link}{w['more']}{the}{w[rest]}\b"),
                (rest, rf"\b{w[part]}{link}{w['less']}{the}{w[rest]}\b"),
                (part, rf"\bmore (?:in |of |of a )?(?:the |her |his |my |a )?{w[part]}(?: pain| problem)? than (?:in |of )?(?:the |her |his |my |a )?{w[rest]}\b"),
                (part, rf"\b{w['mainly']} (?:in |of |a |the |on |from )*(?:the |her |his |my )?(?:left |right |bilateral |sided |chronic |axial |low |lower |midline |central |mechanical )*{w[part]}\b"),
                (part, rf"\b{w[part]}{link}-?(?:predominates|dominates|predominant|predominantly|dominant|(?:is |are )?(?:the )?(?:main|chief|primary|bigger|worst|biggest|major|principal|dominant|predominant) (?:problem|complaint|issue|concern|component|symptom))"),
                (part, rf"\b(?:main|chief|primary|bigger|worst|biggest|major|principal|worse) (?:problem|complaint|issue|concern|symptom|pain)(?: is| remains|:)+ (?:the |her |his |my )?(?:left |right |low |lower |axial )*{w[part]}\b"),
            )  # fmt: skip
            for winner, pattern in forms:
                match = rx(pattern).search(text)
                if match and not rx(r"^ ?(?:pain)? ?(?:\.{2,}|:|\?) ?(?:no\b|n\b|\[ \])").search(
                    text[match.end() :][:40]
                ):
                    hit = Hit(base + match.start(), base + match.end(), rule)
                    if self._asserted(hit)[0] == "present":
                        self._say("predominant", winner, hit)
                        break

    def _effects(self) -> None:
        hits = self._find("effect")
        acts = [h for h in hits if h.rule.name == "activity"]
        if not acts or (_OTHER_SYMPTOM.search(self.sentence.text) and not self._in_pain()):
            return
        cues = [h for h in hits if h.rule.name in ("aggravating", "relieving", "bare")]
        for act in acts:
            effect, cue = self._effect_of(act, cues, acts)
            if effect is None or cue is None:
                continue
            span = Hit(act.start, act.end, act.rule)
            self._say(effect, act.rule.data["value"], span, cues=(cue,))

    def _effect_of(self, act: Hit, cues: list[Hit], acts: list[Hit]) -> tuple[str | None, Hit | None]:
        before = [c for c in cues if c.rule.data["direction"] == "forward" and c.end <= act.start + 1]
        strong = [c for c in before if c.rule.name != "bare"]
        after = [
            c
            for c in cues
            if c.start >= act.end and (c.rule.data["direction"] == "backward" or self._predicate(c, acts))
        ]
        for cue in reversed(strong):
            gap = self.lower[cue.end : act.start]
            if (
                _STOP.search(gap)
                or len(gap) > 120
                or rx(r"\bthan (?:with |when |on |while )?[a-z ]*$").search(gap)
            ):
                break
            if any(
                b.rule.data["direction"] == "backward" and cue.end <= b.start and b.end <= act.start
                for b in cues
            ):
                break
            if (
                after
                and "," in gap
                and "," not in self.lower[act.end : after[0].start]
                and not rx(r"^[^,]*, ?(?:and )?$").search(gap[-6:])
            ):
                pass
            if self._denied(cue.end, act.start) or self._denied(
                max(self._segment(cue.start, cue.end)[0], cue.start - 16), cue.start
            ):
                return None, None
            if after and self._closer_after(act, after[0], gap):
                break
            return cue.rule.name, cue
        for cue in after[:1]:
            gap = self.lower[act.end : cue.start]
            if _STOP.search(gap) or ";" in gap or len(gap) > 60 or self._denied(act.end, cue.start):
                break
            if any(c in strong and act.end <= c.start < cue.start for c in cues):
                break
            if "," in gap and not self._list_of_acts(act.end, cue.start, acts):
                break
            if self._denied(max(self.sentence.start, act.start - 14), act.start):
                break
            return cue.rule.name, cue
        if not strong and self.anchors:
            for cue in reversed(before):
                gap = self.lower[cue.end : act.start]
                own = any(
                    k in ("pain", "leg") and a.start < cue.start and s == "present"
                    for a, s, k in self.anchors
                )
                if (
                    own
                    and len(gap) <= 40
                    and not rx(r"[;]").search(gap)
                    and (len(gap) <= 2 or self._list_of_acts(cue.end, act.start, acts))
                ):
                    if not self._denied(max(self.sentence.start, cue.start - 30), cue.start) and rx(
                        r"^(?:when|while|with|during|after|on)"
                    ).search(self.lower[cue.start : cue.end]):
                        return "aggravating", cue
        return None, None

    def _predicate(self, cue: Hit, acts: list[Hit]) -> bool:
        """`sitting is worst`: a cue that looks ahead, with nothing ahead of it."""
        verb = self.lower[cue.start : cue.end].startswith(("is ", "are ", "feels ", "gets "))
        return verb and not any(0 <= a.start - cue.end <= 40 for a in acts)

    def _closer_after(self, act: Hit, cue: Hit, gap_before: str) -> bool:
        """`worse sitting, standing eases it`: the activity opens a clause of its own with its verb behind it."""
        return "," in gap_before and rx(r"^ ?$").search(self.lower[act.end : cue.start]) is not None

    def _list_of_acts(self, a: int, b: int, acts: list[Hit]) -> bool:
        text = self.lower[a:b]
        for act in acts:
            if a <= act.start and act.end <= b:
                text = text.replace(self.lower[act.start : act.end], " ")
        return (
            rx(
                r"^(?:[\s,/&+]|\b(?:and|or|prolonged|lifting|twisting|also|motions?|movements?|for|long|periods|of|time|too|turning|more|than|\d+|minutes|min|all|standing|hours?|an|longer|over|rotation|both|excessive|a|the|in|car|any|at|desk|work|her|his)\b)*$"
            ).search(text)
            is not None
        )

    def _denied(self, a: int, b: int) -> bool:
        return any(
            (
                c.rule.name == "absent"
                or c.rule.name == "neutral"
                and self.lower[c.start : c.start + 2] in ("no", "di")
            )
            and a <= c.start < b
            for c in self.cues
        )


@lru_cache(maxsize=1)
def _weighing() -> Any:
    return rx(
        rf"\b(?:{_words()['mainly']}|{_words()['more']}|{_words()['less']}|more|dominant|dominates|predominates|problem|complaint|concern|issue)\b|[<>]"
    )


def _leftover(family: str, text: str) -> bool:
    """Whether words remain when those of a family are taken out."""
    position, left = 0, []
    for hit in _family(family).find(text):
        left.append(text[position : hit.start])
        position = hit.end
    left.append(text[position:])
    return bool(rx(r"[a-z0-9]").search(" ".join(left)))


# --- weighing -----------------------------------------------------------------------------------------


def _weigh(document: Document, said: list[Said]) -> Pain | None:
    """One Pain from all statements: the best rank speaks, within it the surer and the present one."""
    proof: dict[str, Said] = {}

    def of(key: str) -> list[Said]:
        return [s for s in said if s.key == key]

    def best(found: list[Said]) -> list[Said]:
        rank = min((s.rank for s in found), default=0)
        return [s for s in found if s.rank == rank]

    def keep(key: str, statement: Said | None) -> Any:
        if statement is None:
            return None
        proof[key] = statement
        return statement.value

    region = _region(said, proof)
    if region in ("neck", "thoracic"):
        said = [s for s in said if s.topic == region or s.key in ("low_back", "leg_pain") or s.topic is None]
        said = [s for s in said if s.key != "axial"]
    else:
        said = [s for s in said if s.topic in _BACK_CLUSTER or s.key == "low_back"]

    backs = of("low_back")
    low_back = next(
        (s for a in ("present", "absent", "historical") for s in best(backs) if s.value == a), None
    )
    if low_back is None and region == "low_back":
        low_back = proof.get("region")
        values_low = "present" if low_back is not None else None
    else:
        values_low = low_back.value if low_back else None
    if low_back is not None:
        proof["low_back"] = low_back

    legs = [
        s
        for s in best([s for s in of("leg_pain") if s.rank < EXAM] or of("leg_pain"))
        if s.rank < EXAM or s.value == "absent"
    ]
    leg = next((s for a in ("present", "absent", "historical") for s in legs if s.value == a), None)
    leg_pain = keep("leg_pain", leg)

    places = [s for s in of("radiation_to") if s.rank < EXAM]
    spreads = [s for s in of("radiation") if s.rank < EXAM]
    radiation = next((s for s in spreads if s.value and not s.weak), None)
    if radiation is None and places:
        radiation = places[0]
    if radiation is None:
        radiation = next((s for s in spreads if not s.value), None) or next(
            (s for s in spreads if s.value), None
        )
    if (
        leg_pain == "present"
        and radiation is not None
        and radiation.key == "radiation"
        and radiation.value is False
    ):
        radiation = None
    radiates = None
    if radiation is not None:
        radiates = True if radiation.key == "radiation_to" else bool(radiation.value)
        proof["radiation"] = radiation
    to = tuple(dict.fromkeys(s.value for s in places))
    if places:
        proof["radiation_to"] = places[0]

    knees = [s for s in of("below_knee") if s.rank < EXAM or s.weak]
    knee = next((s for s in knees if s.value is True), None) or next((s for s in knees if not s.weak), None)
    if knee is None and leg_pain != "present":
        knee = next(iter(knees), None)
    elif knee is None:
        knee = next((s for s in knees if s.rule.startswith("site.knee")), None)
    below_knee = keep("below_knee", knee)

    middles = [s for s in of("midline") if s.rank < EXAM]
    middle = next((s for s in middles if s.value is False), None) or next(iter(middles), None)
    if middle is None and not any(
        s.key in ("region", "low_back", "pain", "leg_pain") and s.rank < EXAM for s in said
    ):
        middle = next(iter([s for s in [*of("midline"), *of("tender_midline")] if s.value]), None)
    midline = keep("midline", middle)

    axials = of("axial")
    axial = next((s for s in axials if s.value is False), None) or next(
        (s for s in axials if not s.weak), None
    )
    if axial is None and leg_pain != "present" and not below_knee:
        axial = next(iter(axials), None)
        if axial is None and radiates is not True and region == "low_back":
            axial = next(iter(of("nonradiating")), None)
        if axial is None and region == "low_back" and (leg_pain == "absent" or radiates is False):
            axial = middle if midline else next(iter(of("across")), None)
    axial_value = None if axial is None else bool(axial.value)
    if axial is not None:
        proof["axial"] = axial

    side, worse = _side(said, bool(midline), proof)
    leads = best(of("predominant"))
    predominant = keep("predominant", leads[0] if leads else None)
    back_pct = keep("back_pct", next(iter(of("back_pct")), None))
    leg_pct = keep("leg_pct", next(iter(of("leg_pct")), None))
    focal_said = sorted(of("focal"), key=lambda s: (not s.value, s.rank))
    focal = keep("focal", next(iter(focal_said), None))
    found_levels = of("levels")
    levels = tuple(dict.fromkeys(d for s in found_levels for d in s.value))
    if found_levels:
        proof["levels"] = found_levels[0]
    effects: dict[str, tuple[str, ...]] = {}
    for key in ("aggravating", "relieving"):
        found = best(of(key))
        effects[key] = tuple(dict.fromkeys(s.value for s in found))
        for s in found:
            proof[f"{key}.{s.value}"] = s
    if predominant == "leg" and region in (None, "low_back"):
        first = min([s for s in said if s.key in ("leg_pain", "region")], key=lambda s: s.start, default=None)
        if first is not None and first.key == "leg_pain":
            region = "leg"
            proof["region"] = first
    if not proof:
        return None
    main = next(
        proof[k] for k in ("region", "axial", "predominant", "leg_pain", "low_back", *proof) if k in proof
    )
    evidence = _evidence(document, main)
    support = tuple(dict.fromkeys(_evidence(document, s) for s in proof.values()))
    return Pain(
        evidence=evidence,
        region=region,
        axial=axial_value,
        midline=midline,
        focal=focal,
        below_knee=below_knee,
        radiation=radiates,
        side=side,
        worse_side=worse,
        leg_pain=leg_pain,
        low_back=values_low,
        predominant=predominant,
        back_pct=back_pct,
        leg_pct=leg_pct,
        levels=levels,
        radiation_to=to,
        aggravating=effects["aggravating"],
        relieving=effects["relieving"],
        support=tuple(e for e in support if e != evidence),
    )


def _region(said: list[Said], proof: dict[str, Said]) -> str | None:
    """The main complaint: low back before leg, buttock and neck; another site only when it comes first."""
    found = [s for s in said if s.key == "region"]
    if not found:
        loose = [
            s
            for s in said
            if s.key in ("pain", "aggravating", "axial", "midline", "radiation", "across", "leg_pain")
        ]
        sites = [s for s in said if s.key == "site" and s.rank < EXAM]
        legs = [s for s in said if s.key == "leg_pain" and s.value == "present" and s.rank < EXAM]
        tender = [s for s in said if s.key == "tender" and s.value not in ("present", None)]
        if [s for s in said if s.key == "low_back" and s.value == "absent"]:
            sites = []
        chosen = sites[0] if loose and sites else legs[0] if legs else tender[0] if tender else None
        if chosen is None:
            return None
        proof["region"] = chosen
        return "leg" if chosen.key == "leg_pain" else str(chosen.value)
    rank = min(s.rank for s in found)
    ranked = sorted([s for s in found if s.rank == rank], key=lambda s: s.start)
    first = ranked[0]
    low = next((s for s in ranked if s.value == "low_back"), None)
    if low is not None and first.value not in ("sacroiliac", "coccyx", "thoracic"):
        first = low
    proof["region"] = first
    return str(first.value)


def _side(said: list[Said], midline: bool, proof: dict[str, Said]) -> tuple[str | None, str | None]:
    """The side of the back pain, else of the leg pain, else of the tenderness."""
    worse = next((s for s in said if s.key == "worse_side"), None)
    sides = [s for s in said if s.key == "side"]
    chosen: Said | None = None
    value: str | None = None
    for kind in ("pain", "leg", "tender"):
        own = [s for s in sides if s.value[0] == kind and (kind == "tender" or s.rank < EXAM)]
        if not own:
            continue
        own.sort(key=lambda s: s.rank)
        plain = [s for s in own if not s.value[1].startswith("worse:")]
        chosen = next((s for s in plain if s.value[1] == "bilateral"), None) or next(iter(plain), own[0])
        value = chosen.value[1]
        same = {s.value[1] for s in plain if s.sentence is chosen.sentence}
        if {"left", "right"} <= same:
            value = "bilateral"
        break
    if value is not None and value.startswith("worse:"):
        value = value.removeprefix("worse:") if midline else "bilateral"
    if chosen is not None:
        proof["side"] = chosen
    if worse is not None:
        proof["worse_side"] = worse
    return value, None if worse is None else str(worse.value)


def _evidence(document: Document, s: Said) -> Evidence:
    return document.evidence(s.start, s.end, s.rule, s.sentence.section, s.cues)
