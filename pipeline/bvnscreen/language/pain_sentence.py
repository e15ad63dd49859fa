"""What one sentence says of pain: which site hurts or does not, where it spreads, its character.

Negation is read here and not by ConText: a patient's "no" reaches over a list of symptoms ("no numbness,
tingling or leg pain") and stops before the next thing said ("no radiation, worse with sitting").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..facts import Assertion
from .assertion import answer
from .boxes import TICKED, ticked
from .document import Document, Sentence
from .lexicon import Hit, Lexicon, rules
from .rx import rx

FILE = "pain.toml"
COMPLAINT, ASKED, INDICATION, EXAM = range(4)  # ranks: a lower one speaks before a higher one
BACK_CLUSTER = ("low_back", "leg", "buttock", "sacroiliac", "coccyx", "pain")

_EXAMINED = rx(
    r"\b(?:slr|straight leg|palpat|ttp|tender|reflex|strength \d|range of motion|rom\b|faber|gaenslen|kemp|"
    r"spurling|provocation|\d/5\b|on exam\b|on examination|physical exam|dtrs?\b|examination of|thigh thrust)"
)
_SEGMENT = rx(r"[,;:()]|\b(?:but|however|although|though|while|whereas)\b|\.{2,}|\s-\s")
CLAUSE_END = rx(r"[;]|\b(?:but|however|although|though|whereas)\b")
_BUT_NOT = rx(r"\bbut (?:not|never|no|nothing|stops)\b")
_NUMB = rx(r"\b(?:numb\w*|tingling|weak\w*|pa?resthesias?|pins and needles)\b[a-z ]{0,40}$")
_SENSES = rx(r"numb|tingl|weak|reflex|sensation")
_OF_THE_ARM = rx(
    r"^ (?:in|into|down|of|to) (?:(?:the|his|her|both|left|right|bilateral) )*"
    r"(?:arms?|upper|hands?|shoulders?|fingers?)\b"
)
_COORDINATE = rx(
    r"^(?:,? ?\(?\d{1,2}(?:\.\d)?/10\)?)?(?:[ ,/&+]|and\b|or\b|with\b)*(?:(?:the|his|her|my|left|right|both|"
    r"bilateral|l|r|lt|rt|posterior|low|lower|sometimes|into|occasionally|occasional|in) ?)*$"
)
_SITE_IS = rx(
    r"^ ?-? ?(?:\(\w+\) )?(?:is |are |still |really |just |has been |have been |was |always |constantly |"
    r"predominant |dominant |region |area |joint |side |muscle |muscles )*$"
)
_LEG_DENIED = rx(
    r"^(?: (?:go|come|get|in|into|been|being|was|gone|down|to|the|my|his|her|their|either|any|through|below|past|ever|"
    r"goes|going|reaching|involving|radiating|really|of|that|it|or|left|right|leaves|reaches|affects))* $"
)
_FINE = rx(  # "legs are fine"
    r"^:? ?[\"']?(?:(?:is|are|feels?|both|all|remains?|stays?|was|were|(?:has|have) been|completely|entirely|perfectly|totally|otherwise|themselves) )*"
    r"(?:fine|clear|good|(?:no|nil) (?:complaints?|symptoms?|sx|problems?|issues?|trouble|involvement)|ok(?:ay)?|alright|all right|unaffected|spared|not (?:affected|involved|a problem|painful)|pain ?-?free|"
    r"asymptomatic|uninvolved|quiet|silent|free of pain)\b"
    r"|^ (?:(?:has|have|had) )?(?:do not|don't|does not|doesn't|did not|not|n't|never)(?: (?:ever|once|really|yet))* (?:hurt|ache|bother|trouble)[a-z]*(?: (?:him|her|me))?"
    r"(?: (?:at all|now|either|any ?more|these days))?\s?(?:[.,;)]|$|\b(?:and|but|or|nor)\b)"
)
_ENDS_AT = rx(
    r"\b(?:(?:stop|end|halt)(?:s|ping|ing)? (?:just )?(?:at|above|before|short of|in|by)|(?:only|just) (?:\w+ ){0,2}(?:to|as far as)|"
    r"(?:no (?:further|lower|farther) than|as far as|down to only))(?: (?:the|his|her|my|both|mid|upper|lower|level|of))*[ -](?:mid[ -])?$"
)
_IS_NOT_IN = rx(  # "pain is not in the legs"
    r"^(?: (?:is|was|are|has|does|really))*(?: not|n't| never)(?: (?:been|go|felt|really|at all))* (?:in|at|into|down)\b"
)
_A_CLAUSE = rx(  # "no leg pain, the back is what ..."; "no numbness, leg pain is noted" goes on with the list
    r"^(?:[a-z-]+ ){1,4}?(?:is|are|hurts?|aches?|bothers|remains?|persists?|continues?)\b(?: (reported|noted|present|endorsed|described|elicited|found|seen))?"
)
_ITEM_ENDS = rx(r"^\s*(?:[,.;)]|$)")
_NOT_PAST = rx(
    r"\b(?:nothing|not|never|no further than|no pain)(?: \w+)? (?:past|below|beyond|lower than|further than)"
    r"(?: the| his| her| my| either| both| left| right| upper)*(?: mid[ -]| )$"
)
_NEVER_TO = rx(  # "never yet to the knee", "has not got as far as the knees"
    r"\b(?:never|not|no time)\b(?: (?:yet|once|ever|quite|been|has|have|it|gone|go|got|gotten|come|crept|made it|all the way))* (?:to|as far as|near)"
    r"(?: (?:the|his|her|my|either|both|left|right))* $"
)
_WHAT_HURTS_IS = rx(
    r"\bwhat (?:really |most )?(?:hurts|bothers|troubles|brings)(?: (?:him|her|me|in|here|most|today))* is (?:(?:the|his|her|my|left|right) )*$"
)
_WHAT_HURTS = rx(
    r"^(?:, [^.;]{0,40},)? (?:that|which|is what|is the one that|is where it) (?:(?:really|mostly|now|still) )*(?:hurts?|aches?|bothers?|troubles?)\b"
)
_IT_IS_IN = rx(
    r"\b(?:it|this) (?:is|was|sits|stays) (?:(?:mostly|mainly|all|only|also|now) )?(?:in|down) "
    r"(?:(?:the|his|her|my|left|right|both) )*$"
)
_TO_THE = rx(r"\bup ?to |\bto (?:(?:the|his|her|my|left|right|both|lateral|medial|level of) )*$")
_MINUS = rx(r"\+[^-]*[,;:(]\s?-\)?\s?$|\(-\)\s?$")  # "+ back pain, - leg pain"
_ASKED_ON = rx(r"^[^,;.?]{0,60}[a-z)] ?\?")
_DENIES = rx(r"^ ?[:?-]\s*(?:denie[sd]|nil|none|never)\b")
_YES_TO = rx(
    r"^\W*(?:(?:answer|a|pt) ?: *)?\W*(?:(?:yes|yep|yeah|sometimes|occasionally|often)\b\W*)?(?:(?:it )?(?:goes|radiates|travels|spreads|moves) )?(?:to|into|down|along|in)\b"
)
_BOXES_NEXT = rx(r"^[a-z ]{0,16}[:?.]* ?[\[(_]")
_NONE_TICKED = rx(TICKED + r" ?(?:none|no radiation|does not|stays)\b")
_PLACE_LABEL = rx(r"^\W*(?:pain |of |the )*(?:location|located|site|where|area)\b")
_PLAIN_NO = (
    "never",
    "not",
    "nothing",
    "none",
    "no",
    "nor",
    "nil",
    "doesnt",
    "dont",
    "isnt",
    "does not",
    "do not",
)
_NOTHING_IN = rx(
    r"\b(?:nothing|none|nil) (?:in|into|down|to|reaches|at) (?:(?:the|his|her|my|either|both|hips?|buttocks?|or|and|,) ?)*$"
)
_FROM = rx(r"\bfrom (?:(?:the|his|her|my|left|right) )*(?:low(?:er)? )?(?:back|buttocks?|hips?|thighs?)\b")
_COMPARES = rx(r" than [^?]*\?")
_NOT_AN_ANSWER = rx(r"^[^a-z\[(]{1,6}no [a-z]")  # "axial - no radicular features"
_LABEL_NEXT = rx(r"^[^a-z\[(]{1,6}no [a-z /]{2,24}[:?]")
_TESTED = rx(r"\b(?:emg|ncs|ncv|electrodiagnos\w+|mri|myelogra\w+)\b")
_ONE_SIDED = rx(r"\b(?:left|right|lt|rt|l|r) ?$")
_AXIAL_AFTER = rx(
    r"^(?:\s*$|[,.;:)/]| ?[>=-]| (?:predominan|mechanical|non|chronic|low|lower|lumbar|back|lbp|clbp|midline|"
    r"discogenic|vertebrogenic|pain|symptoms?|in nature|without|with no|no |and |spine pain|spinal pain|"
    r"component|complaint|deep|ache|aching|only|not |in character|more))"
)
_ENTIRELY = rx(r"^(?:only|just|solely|exclusively|entirely|all|strictly|purely)\b")
_DURATION_BEFORE = rx(
    r"(?:\d|year|yr|month|mo|week|wk|day|long|lengthy|lifelong|chronic|past|significant)s?[\s-]*"
    r"(?:standing |medical )?$"
)
_THEN_OVER = rx(  # "Low back pain after a fall; resolved."
    r"^\W*(?:(?:has|have|had|is|now|since|fully|completely|all|this|it|both) )*"
    r"(?:resolved|gone|cleared(?: up)?|subsided|settled|healed)(?: (?:by|within|in|after) [a-z0-9 ]{2,20})?\s?(?:[.;)\n]|$)"
)
_COMPARED = rx(r"\b(?:as|so) (?:much|bad|badly|often|severe|severely|sore|painful) as\b")
_CAME_BACK = rx(
    r"^[^.;]{0,60}?\b(?:but|until|then|only to)\b(?: [a-z']+){0,4}? (?:come back|came back|back again|(?:is|was|been) back|return(?:ed)?|recur(?:red)?)\b"
)
_STILL_THERE = rx(r"[.;]|\b(?:but|and|now|with|pain|persist\w*|remain\w*|continu\w*)\b")


@dataclass(slots=True)
class Said:
    """One statement: a key of Pain and its value, its words (cleaned offsets), the site it is said of.

    `weak` statements follow from another one and give way to a plain one.
    """

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


@dataclass(slots=True)
class Anchor:
    """Something a side word may belong to; `kind` is pain, leg, tender or other."""

    hit: Hit
    assertion: Assertion | None
    kind: str


_SEATS = ("axial", "midline", "mechanical", "focal")


@cache
def family(name: str) -> Lexicon:
    """The rules of one family of patterns/pain.toml."""
    return Lexicon([r for r in rules(FILE) if r.data["family"] == name])


def only_words(name: str, text: str) -> bool:
    """Whether a text holds nothing but words of a family (and marks)."""
    position, left = 0, []
    for hit in family(name).find(text):
        left.append(text[position : hit.start])
        position = hit.end
    left.append(text[position:])
    return not rx(r"[a-z0-9]").search(" ".join(left))


def region(hit: Hit) -> str | None:
    """The part of the body a site stands for."""
    value: str | None = hit.rule.data.get("region")
    return value


class NoteHits:
    """The hits of a whole note by family: one search a family, not one a sentence."""

    def __init__(self, document: Document) -> None:
        self._lower = document.lower
        self._hits = {name: family(name).find(self._lower) for name in ("what", "how", "side", "effect")}
        self._starts = {name: [h.start for h in hits] for name, hits in self._hits.items()}
        self.pain = any(h.rule.name == "pain" or h.rule.data.get("pain") for h in self._hits["what"])
        found = (document.sentence_at(start) for starts in self._starts.values() for start in starts)
        self._in = {sentence.index for sentence in found if sentence is not None}

    def of(self, name: str, sentence: Sentence) -> list[Hit]:
        """Hits in a sentence, without those that only look like one."""
        if name in self._hits:
            starts, hits = self._starts[name], self._hits[name]
            a, b = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
            whole = (a == 0 or hits[a - 1].end <= sentence.start) and (
                b == a or hits[b - 1].end <= sentence.end
            )
            found = hits[a:b] if whole else None
        else:
            found = None
        if found is None:
            found = family(name).find(self._lower, sentence.start, sentence.end)
        return [h for h in found if h.rule.name != "ignore"]

    def any(self, sentence: Sentence) -> bool:
        """Whether a sentence holds anything but cues."""
        return sentence.index in self._in


class PainSentence:
    """One sentence and its statements; `topic` is the site under discussion, before and after it.

    `asked`: what the sentence before it asks ("Where does it hurt?", "Does it spread?"): where or spread.
    """

    def __init__(
        self,
        document: Document,
        hits: NoteHits,
        sentence: Sentence,
        rank: int,
        topic: str | None,
        *,
        asked: str | None = None,
    ) -> None:
        self.document, self.sentence, self.rank, self.topic = document, sentence, rank, topic
        self._hits = hits
        self.lower, self.start, self.end = document.lower, sentence.start, sentence.end
        self._form = any(mark in sentence.text for mark in ("[ ", "[x", "( ", "()", "(x", "__"))
        self._asks = any(mark in sentence.text for mark in (":", "?", "=", "...", " - ", "["))
        self._examining = _EXAMINED.search(sentence.text) is not None
        self.said: list[Said] = []
        self.anchors: list[Anchor] = []
        self.effect: str | None = None  # aggravating or relieving, the last that was read
        self.spoken: str | None = None  # the same, of a word for it, were it denied
        self.what = self.find("what")
        self.how = [h for h in self.find("how") if self.boxed(h) is not False]
        self.sites = [h for h in self.what if h.rule.name == "site" and self.boxed(h) is not False]
        self.asked = asked
        self._painful: set[int] = set()  # starts of sites that are said to hurt or not to hurt
        self._marks: list[Hit] = []  # those of them that are regions, in order
        self._reached: set[int] = set()  # starts of sites that a referral goes to
        self._topic_before, self._heading = topic, self._heading_site()

    def read(self) -> None:
        """Fills `said` with what hurts, where it goes, and its character."""
        self.cues = self._open_scopes(self.find("cue"))
        self._after = self.find("after")
        self._cuts = [self.start, *(self.start + m.end() for m in _SEGMENT.finditer(self.sentence.text))]
        self._what_hurts()
        self._next_topic()
        self._spreads()
        self._legs_and_knees()
        self._character()

    # --- tools ------------------------------------------------------------------------------------

    def find(self, name: str) -> list[Hit]:
        """Hits of a family, without those that only look like one."""
        return self._hits.of(name, self.sentence)

    def words(self, hit: Hit) -> str:
        """The lower-case text of a hit."""
        return self.lower[hit.start : hit.end]

    def segment(self, hit: Hit) -> tuple[int, int]:
        """The stretch between commas around a hit."""
        before, after = bisect_right(self._cuts, hit.start) - 1, bisect_left(self._cuts, hit.end)
        return self._cuts[before], self._cuts[after] if after < len(self._cuts) else self.end

    def examined(self, hit: Hit) -> bool:
        """Whether a hit stands among words of an examination."""
        a, b = self.segment(hit)
        return self._examining and _EXAMINED.search(self.lower[a:b]) is not None

    def say(
        self, key: str, value: Any, hit: Hit, *, cues: Iterable[Hit] = (), weak: bool = False, end: int = 0
    ) -> None:
        """Adds a statement; its words reach from the first cue or hit to the last (or `end`)."""
        cues = tuple(cues)
        start = min([hit.start, *(c.start for c in cues)])
        end = max([hit.end, end, *(c.end for c in cues)])
        rank = (
            EXAM
            if hit.rule.name == "tender" or (self.rank == COMPLAINT and self.examined(hit))
            else self.rank
        )
        said_by = tuple(self.document.text[c.start : c.end] for c in cues)
        topic = self._topic_at(hit)
        self.said.append(Said(key, value, start, end, rank, topic, hit.rule.id, self.sentence, said_by, weak))

    @property
    def general(self) -> bool:
        """Whether it opens as a rule, an advice or a word on a relative."""
        return any(c.rule.name in ("hypothetical", "family") and c.start - self.start < 40 for c in self.cues)

    def in_pain(self) -> bool:
        """Whether the sentence, or its paragraph before it, is about a pain of the back."""
        return (
            any(a.kind in ("pain", "leg", "tender") for a in self.anchors)
            or self._topic_before in BACK_CLUSTER
            or any(w.rule.name == "pain" for w in self.what)
        )

    def boxed(self, hit: Hit) -> bool | None:
        """Whether the box of a form's word is ticked; None without a box."""
        return ticked(self.lower, hit.start, hit.end) if self._form else None

    def _heading_site(self) -> str | None:
        """The site a paragraph opens with: `2) Low back: ...`, `Neck details ...`."""
        for site in self.sites:
            after = self.lower[site.end : site.end + 16]
            if (
                region(site)
                and site.start - self.start <= 8
                and rx(r"^(?:[ \w]{0,12}:| details)").search(after)
            ):
                return region(site)
        return None

    def _topic_at(self, hit: Hit) -> str | None:
        """The site a word is said of: one that hurts in its segment, else the last one before it."""
        a, b = self.segment(hit)
        marks = self._marks
        at = bisect_right(marks, hit.start, key=lambda s: s.start)
        inside = [s for s in marks[max(0, at - 1) : at + 1] if a <= s.start < b]
        if inside:
            return region(min(inside, key=lambda s: abs(s.start - hit.start)))
        if at:
            return region(marks[at - 1])
        return self._heading or self._topic_before or (region(marks[0]) if marks else None)

    def _next_topic(self) -> None:
        marks = [region(a.hit) for a in self.anchors if a.hit.rule.name == "site" and a.assertion != "absent"]
        named = [m for m in marks if m]
        vague = "pain" if any(a.kind == "pain" for a in self.anchors) else None
        self.topic = named[-1] if named else self._heading or self._topic_before or vague

    # --- assertion --------------------------------------------------------------------------------

    def _open_scopes(self, cues: list[Hit]) -> list[Hit]:
        """`Patients with ...`, `If ...` at the start of a sentence hold to its end or to a but."""
        if self.sentence.text.rstrip().endswith("?"):  # "Do you have leg pain?" asks this patient
            cues = [
                c
                for c in cues
                if c.rule.name != "hypothetical" or not self.words(c).startswith(("you", "what"))
            ]
        if any(c.rule.name in ("hypothetical", "family") and c.start - self.start < 25 for c in cues):
            return [c for c in cues if c.rule.name != "terminate" or self.words(c) in ("but", "however")]
        return cues

    def asserted(self, hit: Hit, first: int | None = None) -> tuple[Assertion | None, tuple[Hit, ...]]:
        """How a complaint is meant, with its cues; None when the sentence leaves it open.

        `first` is where the complaint's words begin when that is before the hit.
        """
        start = hit.start if first is None else first
        sign = self.lower[max(self.start, start - 4) : start].rstrip(" )")[-1:]
        if sign == "?":  # `? sciatica`
            return "hypothetical", ()
        if sign == "-" and _MINUS.search(self.lower[self.start : start]):
            return "absent", ()
        before = [c for c in self.cues if c.end <= start]
        for cue in before:
            if cue.rule.name in ("hypothetical", "family") and not self._stopped(cue.end, start):
                return ("family" if cue.rule.name == "family" else "hypothetical"), (cue,)
        for cue in reversed(before):
            name = cue.rule.name
            if name == "pseudo" and start - cue.end < 40:
                break
            if name not in ("absent", "neutral", "historical") or not self._reaches(cue, start):
                continue
            if name == "absent":
                between = self.lower[cue.end : start]
                clause = _A_CLAUSE.search(self.lower[start : self.end]) if "," in between else None
                last = between.rpartition(",")[2]
                if clause and not clause.group(1) and not rx(r"\b(?:or|nor|and)\b").search(last):
                    continue
                if self._another_item(cue, hit) or _COMPARED.search(self.lower[cue.end : hit.start]):
                    continue
                return "absent", (cue,)
            if name == "neutral":
                return None, (cue,)
            if not self._present_history(cue, hit):
                return "historical", (cue,)
        return self._asserted_after(hit)

    def _another_item(self, cue: Hit, hit: Hit) -> bool:
        """`No leg pain, axial`: a word on how it hurts goes on no list of complaints that are denied."""
        item, comma, _ = self.lower[cue.end : hit.start].partition(",")
        seat = hit.rule.name in _SEATS
        return bool(comma) and seat and not any(h.rule.name in _SEATS for h in family("how").find(item))

    def _present_history(self, cue: Hit, hit: Hit) -> bool:
        """`3 year history of low back pain` is the present; `history of sciatica`, no length, the past."""
        if not self.words(cue).startswith(("history", "hx", "h/o")):
            return False
        length = _DURATION_BEFORE.search(self.lower[max(0, cue.start - 20) : cue.start])
        return length is not None or region(hit) != "leg"

    def _asserted_after(self, hit: Hit) -> tuple[Assertion | None, tuple[Hit, ...]]:
        if self._asks:  # `Leg pain? No`, `Radiates below knee: N`
            told = answer(self.document, hit.end, self.end)
            rest = self.lower[hit.end : self.end]
            if _DENIES.search(rest):
                return "absent", ()
            if _NOT_AN_ANSWER.search(rest) and not _LABEL_NEXT.search(rest):
                return "present", ()
            if told == "no":  # "Is the back worse than the leg? No" denies neither
                return (None if _COMPARES.search(self.sentence.text) else "absent"), ()
            asked = None if told else _ASKED_ON.search(self.lower[hit.end - 1 : self.end])
            if asked:  # of the whole question: `Low back pain radiating to a leg? No`
                mark = hit.end - 2 + asked.end()
                told = (answer(self.document, mark, self.end) and "yes") or "blank"
                if _DENIES.search(self.lower[mark : mark + 16]):
                    return "absent", ()
            if told == "blank":
                return "hypothetical", ()
        for cue in (c for c in self._after if hit.end <= c.start <= hit.end + 70):
            between = self.lower[hit.end : cue.start]
            if cue.rule.name == "absent_after":
                tight = rx(r"^ ?(?:pains?|symptoms)? ?(?:[:=?]|\.{2,}|-{1,2})? ?$").search(between)
                if tight and (rx(r"[:=?.-]").search(between) or self.words(cue) != "no"):
                    return "absent", (cue,)
            elif cue.rule.name == "pseudo":
                break
            elif cue.rule.name == "hypothetical_after":
                if len(between) < 12:
                    return "hypothetical", (cue,)
            elif not _STILL_THERE.search(between) and not self._came_back(cue):
                return "historical", (cue,)
        if _THEN_OVER.search(self.lower[self.end : self.end + 60]) and not _STILL_THERE.search(
            self.lower[hit.end : self.end].rstrip(" .;")
        ):
            return "historical", ()
        return "present", ()

    def _came_back(self, cue: Hit) -> bool:
        """`Went away after the surgery but has come back`."""
        back = _CAME_BACK.search(self.lower[cue.end : self.end])
        return back is not None and not rx(r"\b(?:not|never|without)\b|n't\b").search(back.group(0))

    def _stopped(self, a: int, b: int) -> bool:
        return any(c.rule.name == "terminate" and a <= c.start <= b for c in self.cues)

    def _reaches(self, cue: Hit, start: int) -> bool:
        """Whether a cue's scope holds until `start`: no clause end between, commas only within a list."""
        between = self.lower[cue.end : start]
        limit = 45  # characters
        if cue.rule.name == "absent":
            verbal = self.words(cue).startswith(("not", "do", "did", "neg", "non", "isn", "wasn", "hasn"))
            limit = 24 if verbal else 90
        if between.startswith(",") or ";" in between or len(between) > limit or self._stopped(cue.end, start):
            return False
        if "," in between or "/" in between:
            return cue.rule.name == "absent" and only_words("list", between[between.find(",") + 1 :])
        return True

    def denied(self, a: int, b: int) -> bool:
        """Whether a denial begins between two places."""
        return any(
            a <= c.start < b
            and (c.rule.name == "absent" or (c.rule.name == "neutral" and self.words(c)[:2] in ("no", "di")))
            for c in self.cues
        )

    # --- what hurts -------------------------------------------------------------------------------

    def _what_hurts(self) -> None:
        """Ties pain words to sites and says what hurts and what does not."""
        tied: dict[int, Hit] = {
            s.start: s
            for s in self.sites
            if s.rule.data.get("pain") or self.asked == "where" or self.boxed(s)
        }
        loose = []
        for word in self.what:
            if word.rule.name not in ("pain", "trouble", "tender") or self.boxed(word) is False:
                continue
            found = self._sites_of(word)
            for site in found:
                if site.start not in tied or tied[site.start].rule.name == "trouble":
                    tied[site.start] = word
            if not found and word.rule.name != "trouble":
                loose.append(word)
        for site in self.sites:
            if region(site) == "leg" and site.start not in tied and self._is_what_hurts(site):
                rule = next(r for r in family("what").rules if r.data["name"] == "pain")
                tied[site.start] = Hit(site.start, site.end, rule)
        later = []
        for site in self.sites:
            pain = tied.get(site.start)
            if site.rule.data.get("diagnosis") and _TESTED.search(self.sentence.text):
                continue
            if region(site) == "other" or _OF_THE_ARM.search(self.lower[site.end : site.end + 48]):
                self._marks.append(site)
                self.anchors.append(Anchor(site, "present", "other"))
            elif pain is not None:
                assertion, cues = self.asserted(
                    site if site.end >= pain.end else pain, min(site.start, pain.start)
                )
                if assertion in ("hypothetical", "family"):
                    continue
                if _IS_NOT_IN.search(self.lower[pain.end : max(pain.end, site.start)]):
                    assertion = "absent"
                self._painful.add(site.start)
                self._marks += [site] if region(site) else []
                kind = "tender" if pain.rule.name == "tender" else "leg" if region(site) == "leg" else "pain"
                self.anchors += [Anchor(site, assertion, kind), Anchor(pain, assertion, kind)]
                later.append((site, pain, assertion, cues))
            elif region(site) == "low_back" and self.asserted(site)[0] == "present":
                self.say("site", "low_back", site, weak=True)
        for site, pain, assertion, cues in later:
            self._site(site, pain, assertion, cues)
        for word in loose:
            if self.asserted(word)[0] in ("present", None):
                kind = "tender" if word.rule.name == "tender" else "pain"
                self.anchors.append(Anchor(word, "present", kind))
                self.say(kind, "present", word)

    def _is_what_hurts(self, site: Hit) -> bool:
        """`It is the leg, burning to the foot, that bothers her`, `the leg is what hurts him`."""
        told = _WHAT_HURTS.search(self.lower[site.end : self.end])
        asked = _WHAT_HURTS_IS.search(self.lower[self.start : site.start])
        senses = told is not None and _SENSES.search(told.group(0)) is not None
        return bool(told or asked) and not senses and not self._numb(site)

    def _sites_of(self, word: Hit) -> list[Hit]:
        """The sites a pain word speaks of: `back pain`, `pain in the back and left leg`, `my back hurts`."""
        sites = [s for s in self.sites if not s.rule.data.get("pain")]
        before = [s for s in sites if s.end <= word.start]
        after = [s for s in sites if s.start >= word.end]
        if before and _SITE_IS.search(self.lower[before[-1].end : word.start]):
            return self.joined(before[::-1])
        if after and self._says_where(word, after[0]):
            return self.joined(after)
        if before and word.rule.name != "trouble":
            gap = self.lower[before[-1].end : word.start]
            if (
                len(gap) <= 30
                and not _SENSES.search(gap)
                and not self._numb(before[-1])
                and not rx(r"[,;.]|n't\b|\b(?:but|no|not|never|without|and)\b").search(gap)
            ):
                return [before[-1]]
        return []

    def _says_where(self, word: Hit, site: Hit) -> bool:
        """Whether the words between say that the pain is at the site (and not that it goes there)."""
        gap = self.lower[word.end : site.start]
        if len(gap) > (12 if word.rule.name == "trouble" else 60) or rx(
            r"[;.]|\b(?:but|worse\w*|better|nothing|none|never|nil)\b|, ?(?:not|no)\b"
        ).search(gap):
            return False
        between = [h for h in (*self.what, *self.how) if word.end <= h.start < site.start]
        if any(h.rule.name in ("pain", "tender", "spread") for h in between):
            return False
        if word.rule.name == "trouble" and not rx(r"\b(?:in|of|with|from)\b").search(gap):
            return False
        return "," not in gap or rx(r"\b(?:in|at|across|over|to|along|the)\b[^,]*$").search(gap) is not None

    def joined(self, sites: list[Hit]) -> list[Hit]:
        """The first site and those joined to it: `back and leg pain`, `pain in the back and left leg`."""
        found = [sites[0]]
        for site in sites[1:]:
            a, b = sorted((found[-1], site), key=lambda s: s.start)
            if (
                not _COORDINATE.search(self.lower[a.end : b.start])
                or self._numb(site)
                or region(site) == "other"
            ):
                break
            found.append(site)
        return found

    def _numb(self, hit: Hit) -> bool:
        """Whether the place is numb or weak rather than sore: `numbness in the left leg`."""
        numb = _NUMB.search(self.lower[self.segment(hit)[0] : hit.start])
        return numb is not None and not rx(r"\b(?:pain|ach|burn|shoot)").search(numb.group(0))

    def _site(self, site: Hit, pain: Hit, assertion: Assertion | None, cues: tuple[Hit, ...]) -> None:
        where, to = region(site), site.rule.data.get("to")
        start, end = min(site.start, pain.start), max(site.end, pain.end)
        span = Hit(start, end, site.rule)
        if pain.rule.name == "tender":
            if assertion == "present" and where in ("low_back", "sacroiliac", "coccyx"):
                self.say("tender", where, Hit(start, end, pain.rule))
        elif site.rule.data.get("diagnosis") and assertion in ("absent", None):
            return
        elif where == "leg":
            if assertion == "absent" and not self._one_sided(site, cues):
                self._deny_legs(span, cues)
            elif assertion not in ("absent", None):
                self.say("leg_pain", assertion, span, cues=cues)
        else:
            if where == "low_back":  # "no relief of", "no worse": it is there
                self.say("low_back", assertion or "present", span, cues=cues)
            if where and (assertion == "present" or (where == "low_back" and assertion is None)):
                self.say("region", where, span)
            if to in ("buttock", "thigh", "calf") and assertion == "present" and self._beside_back():
                self.say("radiation_to", to, span)
            if to == "calf" and assertion == "present":  # "left shin pain" is a leg pain
                self.say("leg_pain", "present", span)
                self.say("below_knee", True, span)

    def _beside_back(self) -> bool:
        """Whether the low back hurts too: an ache of the thigh is then a referral, else a pain of its own."""
        here = any(region(a.hit) == "low_back" and a.assertion != "absent" for a in self.anchors)
        return here or self._topic_before == "low_back"

    def _one_sided(self, site: Hit, cues: tuple[Hit, ...] = ()) -> bool:
        """A denial for one leg says nothing of the other."""
        near = max(self.start, site.start - 12)
        start = cues[0].end if cues and cues[0].end <= site.start else near
        return _ONE_SIDED.search(self.lower[start : site.start]) is not None

    def _deny_legs(self, hit: Hit, cues: tuple[Hit, ...]) -> None:
        self.say("leg_pain", "absent", hit, cues=cues)
        self.say("below_knee", False, hit, cues=cues, weak=True)
        self.say("radiation", False, hit, cues=cues, weak=True)

    # --- where it goes ----------------------------------------------------------------------------

    def _spreads(self) -> None:
        spreads = [h for h in self.how if h.rule.name == "spread"]
        told = _YES_TO.search(self.sentence.text) if self.asked == "spread" else None
        if told:  # "Does it radiate? Yes, to the calf"
            end = self.start + told.end()
            rule = next(r for r in family("how").rules if r.data["name"] == "spread")
            spreads = [Hit(self.start, end, rule), *(h for h in spreads if h.start >= end)]
        knees = [h for h in self.what if h.rule.name in ("below_knee", "above_knee")]
        ends = sorted(
            (h for h in (*self.sites, *knees) if self.boxed(h) is not False), key=lambda h: (h.start, h.end)
        )
        for index, spread in enumerate(spreads):
            bare = self._bare(spread)
            if (
                bare
                and self._reached
                and all(e.start in self._reached for e in ends if e.start >= spread.end)
            ):
                continue
            following = spreads[index + 1] if index + 1 < len(spreads) else None
            targets = list(self._targets(spread, ends, following))
            label = self.lower[spread.end : spread.end + 2].lstrip().startswith((":", "="))
            if self.words(spread).startswith(("radiation", "referral")) and not label:  # "buttock referral"
                named = [
                    s for s in self.sites if 0 <= spread.start - s.end <= 1 and not s.rule.data.get("pain")
                ]
                targets = [*((s, None) for s in named), *targets]
            bare_verb = self.words(spread) in ("travel", "travels", "spread", "spreads")
            if bare_verb and (targets or self.asserted(spread)[0] != "absent"):
                continue
            verb = bare_verb or self.words(spread).startswith(
                ("radiat", "dermatom", "in ", "shooting", "lancin", "electric", "follow")
            )
            if not verb and (not targets or not self._pain_goes()):
                self._reached -= {t.start for t, _ in targets}  # "nothing down the legs"
                continue
            boxes = self._form and not targets and _BOXES_NEXT.search(self.lower[spread.end : self.end])
            if boxes and answer(self.document, spread.end, self.end) is None:
                if _NONE_TICKED.search(self.lower[spread.end : self.end]):
                    self._goes_not(spread, "absent", (), [])
                continue  # `Pain radiates: [ ] left leg`
            if targets and region(targets[0][0]) in ("low_back", "thoracic", "neck", "other"):
                continue
            last = max([spread.end, *(t.end for t, _ in targets)])
            assertion, cues = self.asserted(Hit(spread.start, last, spread.rule))
            if assertion in ("hypothetical", "family") or (
                bare and (assertion is None or self._numb(spread))
            ):
                continue
            kept: Assertion = assertion or "present"
            self.anchors.append(Anchor(spread, kept, "leg"))
            self.anchors += [Anchor(t, "absent" if d else kept, "leg") for t, d in targets]
            if kept == "present":
                self._goes(spread, targets)
            else:
                self._goes_not(spread, kept, cues, [t for t, _ in targets])

    def _pain_goes(self) -> bool:
        """Whether `goes into` can be said of a pain here."""
        if self.asked == "spread":
            return True
        pronoun = rx(r"\b(?:pain|it|this|sciatica|aches?)\b").search(self.sentence.text)
        return self.in_pain() or (self.rank == COMPLAINT and pronoun is not None)

    def _bare(self, spread: Hit) -> bool:
        return self.words(spread).startswith(("into", "down"))

    def _targets(
        self, spread: Hit, ends: list[Hit], following: Hit | None
    ) -> Iterator[tuple[Hit, Hit | None]]:
        """The places a referral reaches, each with the word that denies it."""
        position, denial = spread.end, None
        for end in ends:
            if end.end <= spread.end or (end.start < spread.end and end.rule.name != "below_knee"):
                continue
            gap = self.lower[position : max(position, end.start)]
            if (
                len(gap) > 48
                or "worse" in gap
                or rx(r"[:?=] ?(?:yes|no|none|nil|denie[sd]|y|n)\b").search(gap)
                or (CLAUSE_END.search(gap) and not _BUT_NOT.search(gap))
            ):
                return
            if following is not None and end.start >= following.start and not self._bare(following):
                return
            if rx(r"\bfrom (?:(?:the|his|her|my|your) )?$").search(gap):  # "from the low back to both hips"
                position = end.end
                continue
            denials = [
                c for c in self.cues if c.rule.name == "absent" and position <= c.start and c.end <= end.start
            ]
            if denials:
                denial = denials[-1]
            elif "," in gap and not only_words("list", gap):
                denial = None
            self._reached.add(end.start)
            yield end, denial
            position = end.end

    def _only_there(self, cue: Hit) -> bool:
        """ "Does not go below the knee": it goes somewhere; "no radiation below the knee" leaves it open."""
        return (
            not self.words(cue).startswith(("no ", "den", "with", "w/o", "neg", "abs", "lack", "nil"))
            and self.words(cue) != "no"
        )

    def _goes_not(self, spread: Hit, assertion: Assertion, cues: tuple[Hit, ...], targets: list[Hit]) -> None:
        reach = Hit(spread.start, max([spread.end, *(t.end for t in targets)]), spread.rule)
        legs = [t for t in targets if region(t) == "leg"]
        low = any(t.rule.data.get("to") in ("calf", "foot") for t in targets)
        if assertion == "historical":
            if legs or low or not targets:
                self.say("leg_pain", "historical", reach, cues=cues)
        elif targets and all(
            t.rule.data.get("to") == "knee" for t in targets
        ):  # "it has never reached the knees"
            self.say("below_knee", False, reach, cues=cues)
            if not self.words(spread).startswith("reach"):
                self.say("radiation", False, reach, cues=cues, weak=True)
        elif any(t.rule.name == "below_knee" for t in targets) and not legs:
            self.say("below_knee", False, reach, cues=cues)
            if cues and self._only_there(cues[0]):
                self.say("radiation", True, reach, cues=cues, weak=True)
        elif legs or not targets or (low and any(t.rule.data.get("to") == "thigh" for t in targets)):
            if not legs or not self._one_sided(legs[0]):
                self._deny_legs(reach, cues)  # "nothing in the thighs, calves or feet"
        elif low:
            self.say("below_knee", False, reach, cues=cues)
        else:
            self.say("radiation", False, reach, cues=cues, weak=True)

    def _goes(self, spread: Hit, targets: list[tuple[Hit, Hit | None]]) -> None:
        for target, denial in targets:
            to, cues = target.rule.data.get("to"), (denial,) if denial else ()
            if target.rule.name == "below_knee" or to in ("calf", "foot"):
                self.say("below_knee", denial is None, target, cues=cues)
                if denial is None:
                    self.say("leg_pain", "present", target)
            elif target.rule.name == "above_knee":
                self.say("below_knee", False, target)
            elif denial is not None:
                if region(target) == "leg" and not self._one_sided(target, cues):
                    self.say("leg_pain", "absent", target, cues=cues)
                    self.say("below_knee", False, target, cues=cues, weak=True)
            elif region(target) == "leg":
                reach = Hit(min(spread.start, target.start), max(spread.end, target.end), spread.rule)
                self.say("leg_pain", "present", reach)
            elif to == "knee":
                self.say("below_knee", False, target, weak=True)
            if to not in (None, "knee") and denial is None:
                self.say("radiation_to", to, target)
        reached = [t.end for t, denial in targets if denial is None]
        if reached or not targets:
            self.say("radiation", True, spread, end=max(reached, default=0))
        if self.words(spread).startswith(("in ", "dermatom", "follow")):
            self.say("leg_pain", "present", spread)

    def _legs_and_knees(self) -> None:
        """`never in the legs`, `it is in the leg`, `nothing below the knee`, and the forms that ask it."""
        for site in self.sites:
            before = self.lower[self.start : site.start]
            to = site.rule.data.get("to")
            stops = to in ("buttock", "thigh", "hip", "knee") and (
                _NOT_PAST.search(before) or _ENDS_AT.search(before)
            )
            if stops or (to == "knee" and self.in_pain() and _NEVER_TO.search(before)):
                self.say("below_knee", False, site)
            if site.rule.data.get("to") in ("calf", "foot") and site.start not in self._reached:
                if _TO_THE.search(before) and (
                    self._leg_hurts(site) or (self.in_pain() and _FROM.search(before))
                ):
                    self._goes(site, [(site, None)])
                    self.anchors.append(Anchor(site, "present", "leg"))
                continue
            thigh = site.rule.data.get("to") == "thigh" and _NOTHING_IN.search(before)
            if thigh and not self._one_sided(site) and self.rank <= ASKED and self._hits.pain:
                self._deny_legs(site, ())  # "nothing in the thighs or beyond"
            if (
                region(site) != "leg"
                or site.start in self._reached
                or site.start in self._painful
                or self.examined(site)
            ):
                continue
            if _IT_IS_IN.search(before) and self.in_pain():
                self.say("leg_pain", "present", site)
                self.anchors.append(Anchor(site, "present", "leg"))
                continue
            if self._asks and self._asserted_after(site)[0] == "absent":  # "Leg: none"
                self._deny_legs(site, ())
                continue
            if self.rank <= ASKED and self._hits.pain and not _SENSES.search(before):
                if _FINE.search(self.lower[site.end : self.end]) and not self._one_sided(site):
                    self._deny_legs(site, ())
                    continue
            cue = next(
                (c for c in reversed(self.cues) if c.rule.name == "absent" and c.end <= site.start), None
            )
            if cue and self.words(cue).replace("'", "") in _PLAIN_NO:
                gap = self.lower[cue.end : site.start]
                bare = gap == " " and self.words(cue) in (
                    "no",
                    "nor",
                )  # "no leg weakness", but "sitting hurts, no legs"
                alone = self.in_pain() and _ITEM_ENDS.search(self.lower[site.end : self.end])
                said = _LEG_DENIED.search(gap) and (alone or not bare)
                if said and not self._one_sided(site, (cue,)):
                    self._deny_legs(site, (cue,))
        for knee in self.what:
            if knee.rule.name not in ("below_knee", "above_knee") or knee.start in self._reached:
                continue
            if self.boxed(knee) is False:
                continue
            if knee.rule.name == "above_knee":
                if self.in_pain():
                    self.say("below_knee", False, knee)
            else:
                self._below_knee(knee)

    def _leg_hurts(self, place: Hit) -> bool:
        """Whether a leg pain stands before a place: `sciatica to the left foot`."""
        return any(
            a.kind == "leg" and a.assertion == "present" and 0 <= place.start - a.hit.end <= 60
            for a in self.anchors
        )

    def _below_knee(self, knee: Hit) -> None:
        assertion, cues = self.asserted(knee)
        told = answer(self.document, knee.end, self.end) if self._asks else None
        if told in ("yes", "no"):
            self.say("below_knee", told == "yes", knee)
        elif assertion == "absent":
            self.say("below_knee", False, knee, cues=cues)
            if cues and self._only_there(cues[0]):
                self.say("radiation", True, knee, cues=cues, weak=True)
        elif assertion == "present" and self.in_pain() and not _SENSES.search(self.sentence.text):
            self.say("below_knee", True, knee)

    # --- its character ----------------------------------------------------------------------------

    def _character(self) -> None:
        painful = self.in_pain()
        for hit in self.how:
            name = hit.rule.name
            assertion, cues = self.asserted(hit)
            if name == "spread" or assertion in ("hypothetical", "family"):
                continue
            present = assertion == "present"
            if name == "axial":
                if _AXIAL_AFTER.search(self.lower[hit.end : min(self.end, hit.end + 20)]):
                    self.say("axial", assertion != "absent", hit, cues=cues if assertion == "absent" else ())
            elif name == "mechanical" and present and self.rank == COMPLAINT:
                self.say("axial", True, hit, weak=True)
            elif (
                name == "confined"
                and present
                and (painful or rx(r"\b(?:it|only|all)\b").search(self.sentence.text))
            ):
                for key, value in (("axial", True), ("region", "low_back"), ("low_back", "present")):
                    self.say(key, value, hit)
                self.say("radiation", False, hit, weak=True)
                if _ENTIRELY.search(self.words(hit)):
                    self.say("predominant", "back", hit)
            elif name == "across" and present:
                self.say("across", True, hit)
            elif name == "nonradiating":
                self._nonradiating(hit)
            elif name == "midline" and assertion in ("present", "absent"):
                here = self.rank == COMPLAINT and (
                    any(region(x) == "low_back" for x in self.sites)
                    or _PLACE_LABEL.search(self.sentence.text) is not None
                )
                if painful or here or (hit.start == self.start and self.rank == COMPLAINT):
                    key = "tender_midline" if self._tender_at(hit) and self.rank != EXAM else "midline"
                    self.say(key, present, hit, cues=cues)
            elif name == "off_midline" and painful:
                self.say("midline", False, hit)
            elif name in ("focal", "diffuse") and painful and present:
                self.say("focal", name == "focal", hit)

    def _tender_at(self, hit: Hit) -> bool:
        a, b = self.segment(hit)
        return any(h.rule.name == "tender" and a <= h.start < b for h in self.what)

    def _nonradiating(self, hit: Hit) -> None:
        near = []
        for other in (h for h in self.what if hit.end <= h.start <= hit.end + 24):
            gap = self.lower[hit.end : other.start]
            if "," not in gap and not CLAUSE_END.search(gap):
                near.append(other)
        treated = rx(r"^ ?(?:therapy|treatment|exposure)").search(self.lower[hit.end : hit.end + 14])
        if treated or any(region(h) in ("neck", "thoracic", "other") for h in near):
            return
        knee = next((h for h in near if h.rule.name == "below_knee"), None)
        if knee is not None:
            self.say("below_knee", False, Hit(hit.start, knee.end, hit.rule))
            return
        self._deny_legs(hit, ())
        self.say("nonradiating", True, hit)
