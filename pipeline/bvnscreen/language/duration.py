"""How long the present low back complaint has lasted.

Every length of time and every "since" of the note is a statement about something: low back pain, a
treatment, relief, a disease, an appointment. The nearest head of patterns/duration.toml decides
which. What is said of the complaint as a whole is then brought together: statements that agree
narrow each other, statements that contradict give the hull, flares go to `episode_days`, and a
return after an interval without pain starts anew. Time is counted back from the date of the note.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from ..facts import Duration
from . import duration_cues as cues
from .assertion import answer
from .boxes import BOX, EMPTY, ticked
from .dates import (
    DAYS_A_MONTH,
    Amount,
    When,
    find_amounts,
    find_dates,
    months_between,
    number_of,
    reaches,
    to_date,
)
from .document import Document, Sentence
from .lexicon import Hit, lexicon
from .rx import Match, rx
from .visit import evidence_at, note_date, read_age

ACUTE_MONTHS = 6 * 7 / DAYS_A_MONTH  # ACP guideline, Qaseem 2017: acute < 4-6 weeks, chronic > 12 weeks
CHRONIC_MONTHS = 12 * 7 / DAYS_A_MONTH
FLARE_MONTHS = 3.0  # a longer worsening is part of the course, not a flare

_OWN = ("complaint", "pain", "onset", "event")
_SILENT_SECTIONS = frozenset(
    (
        "education",
        "consent",
        "allergies",
        "family",
        "social",
        "medications",
        "technique",
        "comparison",
        "anesthesia",
    )
)
_STRICT_SECTIONS = frozenset(
    (
        "pmh",
        "psh",
        "plan",
        "treatments",
        "ros",
        "procedure",
        "exam",
        "imaging",
        "findings",
        "impression",
        "other",
    )
)
_RULE_SECTIONS = frozenset(("criteria",))


_HISTORY = rx(r"^['\s-]{0,2}(?:hx|history)\b\s*(?:[,.;(]|$)")


@dataclass(slots=True)
class _Statement:
    """One length of time said of the complaint. `tier`: 1 said, 2 an event, 3 implied, 4 worsening."""

    start: int
    end: int
    low: float | None
    high: float | None
    rule: str
    tier: int = 1
    below: bool = False
    episode: bool = False
    restart: bool = False
    onset: str | None = None
    heads: list[Hit] = field(default_factory=list)


class _Reader:
    """The heads of a note and what each length of time in it belongs to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lower = document.lower
        found = lexicon("duration.toml")
        leg = next(r for r in found.rules if r.name == "leg")
        heads = [h for h in found.find(self.lower) if self._is_head(h)]
        self.heads = [
            Hit(h.start, h.end, leg)
            if h.rule.name == "pain" and cues.DOWN_THE_LEG.search(self.lower[h.end : h.end + 60])
            else h
            for h in heads
        ]
        self._starts = [h.start for h in self.heads]
        self._sections = [s.start for s in document.sections]
        self.complaints = [h for h in self.heads if self._is_complaint(h) and not self._elsewhere(h.start)]
        self.others = [
            h
            for h in self.heads
            if h.rule.name == "other_pain" and not self._elsewhere(h.start, "pmh", "medications")
        ]
        self._said = [h.start for h in self.complaints]
        self._other_said = [h.start for h in self.others]

    def _is_head(self, hit: Hit) -> bool:
        words = self.lower[hit.start : hit.end]
        if words == "pt":  # the patient or the therapy
            after = self.lower[hit.end : hit.end + 12]
            if self.lower[max(0, hit.start - 4) : hit.start] == "per ":
                return False
            if rx(r"^ ?(?:/|x|for \d|\d|visits?|sessions?|eval)").search(after):
                return True
            return (
                self.document.text[hit.start : hit.end] == "PT"
                and not self.document.text[hit.start :][:9].isupper()
            )
        if words == "back":
            before, after = self.lower[max(0, hit.start - 12) : hit.start], self.lower[hit.end : hit.end + 8]
            return bool(
                rx(r"(?:\b(?:the|his|her|my|low|lower|says|reports|states|re)|^|[.:;,|])\s*$").search(before)
            ) and not rx(r"^ (?:to|in|on|at)\b").search(after)
        if words in (
            "my back",
            "his back",
            "her back",
            "their back",
            "this back",
        ):  # `flat on my back for a week`
            return not self.lower[max(0, hit.start - 8) : hit.start].endswith(
                (" on ", " onto ", " behind ", " off ")
            )
        if words == "work":  # the place of an event, not a spell of life
            return not rx(r"\b(?:at|from) $").search(self.lower[max(0, hit.start - 6) : hit.start])
        if words.startswith("how long"):  # "How long training?"
            asked = rx(r"^ ([a-z]+)").search(self.lower[hit.end : hit.end + 24])
            return (
                asked is None
                or rx(r"^(?:low|back|pain|lbp|symp|hurt|ach|sore|trouble|problem|ha|with|been)").search(
                    asked.group(1)
                )
                is not None
            )
        if words == "course":
            return not self.lower[max(0, hit.start - 12) : hit.start].endswith(("over the ", "during the "))
        if words in ("fall", "falls"):
            before, after = self.lower[max(0, hit.start - 8) : hit.start], self.lower[hit.end : hit.end + 6]
            return after != " short" and not rx(r"\b(?:in the|last|this|early|late)\s$").search(before)
        if words in ("ed", "pe", "ra", "mi", "ha", "mr", "oa", "er", "fu"):
            return self.document.text[hit.start : hit.end].isupper()
        return True

    def _is_complaint(self, hit: Hit) -> bool:
        """ "Hurt his back" is an event that names the complaint too."""
        words = self.lower[hit.start : hit.end]
        named = hit.rule.name == "event" and ("back" in words or "lumb" in words)
        return hit.rule.name == "complaint" or words == "back" or named

    def _elsewhere(self, position: int, *more: str) -> bool:
        """Whether a place is in a section that tells nothing of a complaint, or in one of `more`."""
        sentence = self.document.sentence_at(position)
        silent = ("family", "ros", "education", "criteria", "consent", *more)
        return sentence is None or sentence.section in silent

    def section(self, sentence: Sentence) -> str:
        """Its section; a heading in mid-line ("... Plan: continue PT") holds to the paragraph's end."""
        sections = self.document.sections
        i = bisect_right(self._sections, sentence.start) - 1
        if i < 0:
            return sentence.section
        head = sections[i]
        line = self.lower[max(0, head.start - 200) : head.start].rpartition("\n")[2]
        if any(c.isalpha() for c in line) and self.document.sentence_at(head.body) is not None:
            first = self.document.sentence_at(head.body)
            if first is not None and first.block != sentence.block:
                return ""
        return sentence.section

    def before(self, start: int, end: int) -> list[Hit]:
        """Heads that lie in a stretch of text."""
        a, b = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [h for h in self.heads[a:b] if h.end <= end]

    def topic(self, position: int) -> str | None:
        """The complaint last spoken of: complaint, other_pain, or None when the note names none."""
        latest: Hit | None = None
        for group, starts in ((self.complaints, self._said), (self.others, self._other_said)):
            i = bisect_right(starts, position) - 1
            while i >= 0 and group is self.others and self._denied(group[i]):
                i -= 1
            if i >= 0 and (latest is None or group[i].start > latest.start):
                latest = group[i]
        if latest is not None:
            return "complaint" if self._is_complaint(latest) else "other_pain"
        if self.complaints:
            return "complaint"
        return "other_pain" if self.others else None

    def about_back(self, position: int) -> bool:
        """Whether "the pain" at this place is that of the low back; so too where no other is named."""
        sentence = self.document.sentence_at(position)
        if sentence and cues.LEG_WORDS.search(sentence.text) and not cues.NOT_THE_LEG.search(sentence.text):
            return False
        return self.topic(position) != "other_pain"

    def _denied(self, hit: Hit) -> bool:
        before = self.lower[max(0, hit.start - 30) : hit.start]
        return bool(
            rx(r"\b(?:no|denies|without|not|never|negative for|denied)\s(?:[a-z-]+,?\s){0,3}$").search(before)
            or rx(EMPTY + r"\s?$").search(before)
        )

    def _compared(self, hit: Hit) -> bool:
        before = self.lower[max(0, hit.start - 12) : hit.start]
        return bool(rx(r"(?:>|\bthan)\s?(?:the |his |her )?$").search(before))

    # --- one length of time ---------------------------------------------------------------------

    def amount(self, amount: Amount, sentence: Sentence) -> _Statement | None:
        """What a length of time says of the complaint, or None."""
        left = self.lower[max(sentence.start, amount.start - 160) : amount.start]
        right = self.lower[amount.end : min(sentence.end, amount.end + 120)]
        statement = _Statement(amount.start, amount.end, amount.low, amount.high, "", below=amount.below)
        if amount.unit == "hour" and not cues.IN_HOURS.search(left[-14:] + "|" + right[:8]):
            return None  # the log of a block
        box = ticked(self.lower, amount.start, amount.end)
        if box is False or self._foreign(amount, sentence):
            return None
        if box:
            return self._form(statement)
        told = answer(self.document, amount.end, sentence.end)
        if told in ("yes", "no"):
            return self._answered(statement, left, told == "yes")
        if rx(r"^-?\s?old\b").search(right):  # "a 15-year-old injury"
            return self._event(statement)
        if cues.ASKED_FOR.search(self.lower[sentence.start : amount.start]):
            return None
        attached = self._right(amount, sentence, right)
        if attached is not None:
            return self._take_right(statement, sentence, attached, left)
        if rx(
            r"^[ ,-]{0,2}(?:later|thereafter|earlier|prior to that|hence|from now|postpartum|"
            r"post-partum|pregnant|supply|postop|post-op|after|s/p|out from|of age|in a row|apart)\b"
        ).search(right) and not (
            rx(r"^,? after\b|^, ?s/p\b").search(right)
            and (
                rx(r"[,:-]\s?$").search(left)
                or rx(r"^(?:x|(?:day|week|month) ?#?\d)").search(self.lower[amount.start : amount.end])
                or rx(r"\b(?:for|x|past|last|these)\s?$").search(left)
            )
        ):
            return None
        if rx(cues.BEFORE_EVENT).search(right) and not rx(cues.BEFORE_VISIT).search(right):
            return None
        ago = bool(rx(r"^[\s,]{0,2}(?:ago|back\b|prior\b|before\b|previously)").search(right))
        if not ago and rx(cues.FUTURE).search(left) and not rx(cues.PAST_IN).search(left):
            return None
        if "-" in self.lower[amount.start : amount.end] and cues.COURSE.search(right):
            return None
        return self._take_left(statement, amount, sentence, left, right, ago)

    def _form(self, s: _Statement) -> _Statement | None:
        """A ticked box: the words before the first box of its row say what is asked."""
        row = self.lower[max(0, s.start - 240) : s.start].rpartition("\n")[2]
        boxes = BOX.search(row)
        label = row[: boxes.start()] if boxes else row
        if not label.strip(" -*|:"):
            top = s.start - len(row)
            label = self.lower[max(0, top - 80) : top].rstrip().rpartition("\n")[2]
        if not rx(
            r"\b(?:how long|duration|symptoms?|pain|onset|time|since|start(?:ed)?|began|begin)\b"
        ).search(label):
            return None
        if rx(
            r"\b(?:treatment|therapy|relief|medication|injection|sit|stand|walk|work|neck|leg|knee|sleep)"
        ).search(label):
            return None
        s.rule = "duration.form"
        return s if self.about_back(s.start) else None

    def _answered(self, s: _Statement, left: str, yes: bool) -> _Statement | None:
        """ "Pain at least 6 months ..... yes": the question is a fact once it is answered."""
        label = left[max(left.rfind("\n"), left.rfind("|")) + 1 :]
        if not rx(r"\b(?:pain|lbp|symptoms?|duration)\b").search(label) or not self.about_back(s.start):
            return None
        if rx(r"\b(?:treatment|therapy|relief|care|management|conservative|pt|leg|neck)\b").search(label):
            return None
        s.rule = "duration.form"
        if yes:
            return s
        return _Statement(s.start, s.end, None, s.low, s.rule, below=True) if s.low is not None else None

    def _foreign(self, amount: Amount, sentence: Sentence) -> bool:
        """Policy text, relatives, leaflets."""
        if self.section(sentence) in _SILENT_SECTIONS:
            return True
        before = self.lower[max(0, amount.start - 420) : amount.start]
        own = bool(rx(cues.PATIENT).search(sentence.text))
        round_figure = amount.low in (3.0, 6.0, 12.0) or amount.high in (3.0, 6.0, 12.0)
        if self.section(sentence) in _RULE_SECTIONS and (round_figure or not own):
            return True
        if round_figure and not rx(r"\b(?:meets|satisfies|fulfil)").search(sentence.text):
            here = rx(cues.GENERIC).search(sentence.text)
            if here and not (own and not rx(r"\b(?:requires?|policy|criteria)\b").search(sentence.text)):
                return True
            if not own and rx(cues.GENERIC).search(before) and _same_list(before):
                return True
        return self._relative(amount.start, sentence)

    def _relative(self, position: int, sentence: Sentence) -> bool:
        start = sentence.start
        if sentence.soft and sentence.index:
            start = self.document.sentences[sentence.index - 1].start
        text = self.lower[start:position]
        for match in rx(cues.RELATIVE).finditer(text):
            if cues.TIME_OF.search(text[: match.start()]):
                continue  # "since her husband's funeral in 2020"
            if rx(r"^(?: (?:was|were) born|'?s birth)\b").search(text[match.end() :]):
                continue
            if not rx(cues.COMPANION).search(text[: match.start()]) or rx(r"\b(?:his|her) own\b").search(
                text[match.end() :]
            ):
                return True
        return False

    def _right(self, amount: Amount, sentence: Sentence, right: str) -> Hit | str | None:
        """The head of "three years of ...", "6 mo hx of ..."; "" for one that is not known."""
        link = rx(
            r"^['\s-]{0,2}(?:s'? )?(?:(?:long |total |or so |now )?(?:history|hx|h/o|course|duration|"
            r"period|onset|bout)\b\s?(?:of|with|for|c/o)?|of|h/o|worth of|with)\s?"
        ).search(right)
        start = amount.end + (link.end() if link else len(right) - len(right.lstrip(" -'")))
        end = min(sentence.end, start + 90)
        heads = [h for h in self.before(start, end) if h.rule.name not in ("onset", "visit")]
        if link and rx(r"\b(?:history|hx|h/o|course)\s?$").search(link.group(0)):
            if rx(r"^\s?(?:[.,;()]|$)").search(self.lower[start:end]):
                return None  # "low back pain, 15-year history"
        if link and (link.group(0).strip(" -'") == "with" or rx(r"\bduration $").search(link.group(0))):
            return None  # "14 months' duration in the low back"
        if link and len(heads) > 1 and heads[0].rule.name == "leg" and heads[1].rule.name == "complaint":
            if cues.WITH_LEG.search(self.lower[heads[0].end : heads[1].start]):
                heads = heads[1:]  # "two years of right leg pain with low back pain"
                start = heads[0].start
        for head in heads:
            gap = self.lower[start : head.start]
            if link is None:
                direct = rx(
                    r"^(?:chronic |constant |axial |persistent |progressive |severe |worsening |his |"
                    r"her |the )*$"
                ).search(gap)
                failed = head.rule.name == "treatment" and rx(r"\b(?:fail(?:ed|ing)|despite)\s$").search(
                    self.lower[max(0, amount.start - 10) : amount.start]
                )
                return head if direct and (failed or head.rule.name == "complaint") else None
            if rx(r"\b(?:for|with|in|to|from|after|by|who|that|which|now|and then|until|over)\b|[.;]").search(
                gap
            ):
                return ""
            return head
        return "" if link and link.group(0).strip(" -'").split()[-1] in ("of", "h/o") else None

    def _take_right(self, s: _Statement, sentence: Sentence, head: Hit | str, left: str) -> _Statement | None:
        if isinstance(head, str):
            return None
        kind = head.rule.name
        gap = self.lower[s.end : head.start]
        tail = self.lower[head.end : min(sentence.end, head.end + 60)]
        if kind == "treatment":
            return self._implied(s, sentence)
        if kind == "free":
            return None
        if (
            kind == "episode"
            or rx(cues.NEW).search(gap)
            or rx(r"\b(?:new|current|different)\s(?:[a-z]+\s)?$").search(left)
        ):
            s.episode = True
            s.rule = "duration.episode" if kind == "episode" else "duration.new"
            return (
                s
                if kind == "complaint" or (kind in ("pain", "episode", "leg") and self.about_back(s.start))
                else None
            )
        if kind not in ("complaint", "pain") or (kind == "pain" and not self.about_back(s.start)):
            return None
        if kind == "pain" and rx(r"^ (?:relief|free|medications?|control|management)").search(tail):
            return None
        if rx(
            r"^[^.;]{0,12}\b(?:that|which|,)? ?(?:then )?(?:had |has )?(?:resolved|cleared|went away|"
            r"subsided|improved completely)"
        ).search(tail):
            return None
        if rx(r"\b(?:no|without|denies|pain free)\s(?:[a-z]+\s){0,2}$").search(left):
            return None
        s.rule, s.heads = "duration.of_complaint", [head]
        return s

    def _implied(self, s: _Statement, sentence: Sentence) -> _Statement | None:
        """Failed care of so many months for this pain means that the pain is at least as old."""
        failed = rx(
            r"\b(?:fail(?:ed|ing|ure)|despite|refractory|recalcitrant|no (?:lasting |sustained |"
            r"significant |durable )?(?:relief|improvement|benefit)|not improved|without (?:lasting |"
            r"sustained |significant |durable )?(?:relief|improvement|benefit|success)|unresponsive|unsuccessful|"
            r"(?:has|have|had|did)(?: not|n't) (?:help|respond|work|improve|provide|give|touch|resolve|relieve|change|control)\w*|"
            r"no help|ineffective|persist\w*|inadequate)\b"
        )
        if (
            not failed.search(sentence.text)
            or not rx(r"\b(?:back|lbp|pain|lumbago|complaint|symptoms?|this)\b").search(sentence.text)
            or sentence.section in ("plan", "criteria")
            or not self.complaints
        ):
            return None
        if (
            s.low is None
            or s.low < 6  # a shorter course proves nothing worth saying
            or rx(r"\b(?:will|would|should|if)\b").search(sentence.text)
            or not self.about_back(s.start)
        ):
            return None
        return _Statement(s.start, s.end, s.low, None, "duration.implied_by_care", tier=3)

    def _take_left(
        self, s: _Statement, amount: Amount, sentence: Sentence, left: str, right: str, ago: bool
    ) -> _Statement | None:
        unfinished = rx(
            r"\b(?:has|have|had)(?:n't| not)(?: yet)? (?:lasted|been present|persisted|reached|"
            r"been going on)[a-z ]{0,12}$|\bnot yet\s$|\byet to (?:reach|last|complete|pass)(?: the| a)? ?$"
        ).search(left)
        if unfinished:
            s.low, s.below = None, True
        begin = max(sentence.start, amount.start - 160)
        heads = self.before(begin, amount.start)
        heads = [h for h in heads if h.rule.name != "activity" or amount.unit == "hour"]
        aside = ("event", "leg", "other_pain")  # denied, or only compared with: "back >> leg pain x 2 y"
        heads = [h for h in heads if h.rule.name not in aside or not (self._denied(h) or self._compared(h))]
        bouts = [h for h in heads if h.rule.name == "past"]
        if (
            bouts
            and heads[-1].rule.name == "pain"
            and rx(r"^(?:last|persist)").search(self.lower[heads[-1].start : heads[-1].end])
        ):
            return None  # how long an earlier bout lasted
        if rx(cues.FREE_UNTIL).search(left):
            s.restart, s.rule = True, "duration.restart"
            return s
        if len(heads) > 1 and heads[-1].rule.name == "leg" and heads[-2].rule.name == "complaint":
            if cues.WITH_LEG.search(self.lower[heads[-2].end : heads[-1].start]):
                heads.pop()  # "low back pain and right leg pain for 5 years"
        head = heads[-1] if heads else None
        kind = head.rule.name if head else None
        if cues.STAYED.search(left) or cues.HELPED.search(left):
            return None
        if rx(cues.BEARABLE_UNTIL).search(left):
            return self._worsening(s, "worse")
        worse = rx(cues.WORSENING).search(left)
        if worse and not rx(r"\b(?:with|by|when|on|after|of|pain|lbp|and)\b").search(worse.group(1)):
            return self._worsening(s, worse.group(0))
        if ago and rx(cues.WORSENING_NOW).search(left):
            return self._worsening(s, "worse")
        if kind == "return" or (
            ago
            and rx(
                r"^[\s,]{0,2}(?:ago|back),?\s(?:when |and |that )?(?:it |the pain |his pain |her pain |"
                r"pain |this |symptoms )?(?:returned|recurred|came back)"
            ).search(right)
        ):
            s.restart, s.rule = True, "duration.restart"
            return s if self.about_back(s.start) else None
        if rx(cues.OVER if ago else cues.OVER_SINCE).search(right):
            return None
        since = rx(cues.SINCE).search(left)
        onset = rx(cues.ONSET).search(left)
        if ago and (later := self._delayed(s, sentence, left)):
            return later
        if ago and (cue := since or onset):
            cue_start = amount.start - len(left) + cue.start()
            owner = next((h for h in reversed(heads) if h.end <= cue_start and h.rule.name != "onset"), None)
            if owner and owner.rule.name == "episode":
                return self._episode(s, owner)
            if owner is None and self._onset_subject(sentence, cue_start):
                return self._accept(s, "duration.onset", [])
            if owner and (owner.rule.name in ("complaint", "pain", "event")) and not self._denied(owner):
                return self._own(s, owner, "duration.onset")
            return None
        if kind == "event" and ago:
            return self._event(s)
        if kind == "episode" and head is not None:
            return self._episode(s, head)
        if ago and kind not in ("complaint", "pain", "onset") and self._felt(amount, sentence):
            return self._event(s) if kind in (None, "activity", "visit", "life") else None
        if kind == "treatment" and head is not None:
            between = self.lower[head.end : amount.start]
            return self._implied(s, sentence) if len(between) < 30 and not ago else None
        if kind == "relief" and head is not None and not ago:
            course = rx(r"^(?:stable|unchanged|the same|no (?:\w+ )?(?:change|different))$").search(
                self.lower[head.start : head.end]
            ) or rx(r"\b(?:not|no|without|never|hasn't|hasnt)\s(?:[a-z]+\s)?$").search(
                self.lower[max(0, head.start - 16) : head.start]
            )
            spoken = heads[:-1] or self.before(
                self.document.sentences[max(0, sentence.index - 1)].start, begin
            )
            owner = spoken[-1] if spoken else None
            if owner and (owner.rule.name not in ("complaint", "pain") or self._denied(owner)):
                owner = None
            if course and owner and s.start - head.end < 24 and self.about_back(owner.start):
                return _Statement(s.start, s.end, s.low, None, "duration.course", tier=3)
            return None
        if head is None:
            return self._headless(s, sentence, left, right, ago)
        if kind not in _OWN or (self._denied(head) and not unfinished):
            return None
        between = self.lower[head.end : amount.start]
        if kind == "pain":
            others = [h for h in heads if h.rule.name in ("treatment", "relief", "disease", "surgery")]
            gap = self.lower[others[-1].end : head.start] if others else ""
            anew = gap.endswith(", ") and rx(r"^ (?:for|x|over|of)? ?$").search(
                between
            )  # "ibuprofen x 2 yr, pain x 3 mo"
            if others and not anew and not rx(r"\b(?:but|however|although|though)\b|[;:]").search(gap):
                return None
        if self.section(sentence) in _STRICT_SECTIONS and (kind != "complaint" or len(between) > 30):
            return None
        if kind == "event" and self.lower[s.start] != "x" and not rx(r"\bfor\s?$").search(left):
            return None
        if (
            kind == "complaint"
            and ago
            and rx(r"\b(?:for|with|due to|re|about)\s(?:[a-z]+\s){0,3}$").search(
                self.lower[max(begin, head.start - 24) : head.start]
            )
            and rx(r"\b(?:seen|evaluated|saw|treated|hospitali[sz]ed|surgery|went)\b").search(
                self.lower[begin : head.start]
            )
        ):
            return None
        return self._own(s, head, "duration.for")

    def _own(self, s: _Statement, head: Hit, rule: str) -> _Statement | None:
        if head.rule.name != "complaint" and not self.about_back(s.start):
            return None
        return self._accept(s, rule, [head])

    def _accept(self, s: _Statement, rule: str, heads: list[Hit]) -> _Statement | None:
        if not heads and not self.about_back(s.start):
            return None
        s.rule, s.heads = rule, heads
        return s

    def _delayed(self, s: _Statement, sentence: Sentence, left: str) -> _Statement | None:
        """An onset told by an event that has the date: `LBP started 3 months after surgery 2 years ago`."""
        delay = _delay(left)
        if delay is None:
            return None
        cue = s.start - len(left) + delay[0]
        heads = [
            h for h in self.before(sentence.start, cue) if h.rule.name not in ("onset", "activity", "life")
        ]
        if not heads and not self._onset_subject(sentence, cue):
            return None
        if heads and (heads[-1].rule.name not in ("complaint", "pain", "event") or self._denied(heads[-1])):
            return None
        s.low = None if s.low is None else max(0.0, s.low - delay[2])
        s.high = None if s.high is None else max(0.0, s.high - delay[1])
        if heads:
            return self._own(s, heads[-1], "duration.onset")
        return self._accept(s, "duration.onset", [])

    def _onset_subject(self, sentence: Sentence, cue: int) -> bool:
        """ "Started 3 weeks ago", "It began ...": the subject is the complaint last spoken of."""
        before = self.lower[sentence.start : cue].strip(" -*:,.")
        return bool(
            rx(
                r"^(?:it|this|they|these|both|which|that|onset|(?:tells|told|informs|informed) (?:me|us)|thinks?|reckons?|recall(?:s|ed)?|remembers?|relates?|believes?|says?|said|states?|stated|"
                r"report(?:s|ed)?|explains?|feels|probably|the|patient|pt|mrs?\.? \w+|ms\.? \w+|gradual|insidious|sudden|acute|symptom|initially|first|all|he|she|hpi|a|answer|\s|:)*$"
            ).search(before)
        ) and bool(self.complaints)

    def _worsening(self, s: _Statement, words: str) -> _Statement | None:
        if not self.about_back(s.start):
            return None
        s.tier, s.rule = 4, "duration.worsening"
        s.episode = (
            s.high is not None
            and s.high <= FLARE_MONTHS
            and not rx(r"\b(?:constant|continuous|daily)").search(words)
        )
        return s

    def _felt(self, amount: Amount, sentence: Sentence) -> bool:
        """ "While walking 6 days ago, she felt her back seize up": the event follows the amount."""
        after = self.before(amount.end, min(sentence.end, amount.end + 80))
        return any(h.rule.name in ("event", "complaint", "onset") for h in after) and not any(
            h.rule.name in ("surgery", "imaging", "visit", "treatment") for h in after[:1]
        )

    def _episode(self, s: _Statement, head: Hit) -> _Statement | None:
        """A flare, or the present episode."""
        own = rx(r"^(?:this|current|present) (?:episode|bout|attack)").search(
            self.lower[head.start : head.end]
        )
        s.episode, s.rule = True, "duration.new" if own else "duration.episode"
        return s if self.about_back(s.start) else None

    def _event(self, s: _Statement) -> _Statement | None:
        if not self.complaints or not self.about_back(s.start):
            return None
        s.rule, s.tier = "duration.event", 2
        return s

    def _headless(
        self, s: _Statement, sentence: Sentence, left: str, right: str, ago: bool
    ) -> _Statement | None:
        """ "Seven years.", "5 yrs.": a sentence that is nothing but a length of time."""
        ahead = rx(
            r"^[\s*-]*(?:for|over|during|in)?\s?(?:(?:the|this|these)\s)?(?:past|last|previous)?\s?$"
        ).search(left)
        if ahead and not ago:
            heads = [
                h
                for h in self.before(s.end, min(sentence.end, s.end + 90))
                if h.rule.name not in ("onset", "activity")
            ]
            low_down = (  # "for 20 months he has had a different pain, lower down"
                heads
                and heads[0].rule.name == "pain"
                and self.complaints
                and self.about_back(s.start)
                and cues.LOW_DOWN.search(self.lower[heads[0].end : sentence.end])
            )
            if heads and (heads[0].rule.name == "complaint" or low_down) and not self._denied(heads[0]):
                s.rule, s.heads = "duration.for", heads[:1]
                return s
        if _HISTORY.search(right):
            right = ""  # `14/12 hx, no trauma`
        rest = left[-160:] + " " + right.partition("\n")[0]
        if not ago and self._follows_the_complaint(s, sentence, left, right):
            rest = ""
        filler = (
            r"^(?:for|x|about|approximately|approx|around|roughly|now|in|total|so far|or so|already|"
            r"been|ongoing|the|past|last|on|off|intermittent(?:ly)?|"
            r"hpc|pc|gradual(?:ly)?|insidious|slow(?:ly)?|constant|steady|daily|onset|yes|a|answer|and|counting|it|is|was|has|have|this|duration|long|ago|at least|hpi|hx|history|cc|chronic|acute|"
            r"[^a-z]|\d)*$"
        )
        if not rx(filler).search(rest) or self.section(sentence) in _STRICT_SECTIONS:
            return None
        if not self.complaints or not self.about_back(s.start):
            return None
        if sentence.index and not self._leads_to_a_length(self.document.sentences[sentence.index - 1]):
            return None
        s.rule = "duration.alone"
        s.episode = rx(r"\bacute\b").search(left) is not None
        return s

    def _follows_the_complaint(self, s: _Statement, sentence: Sentence, left: str, right: str) -> bool:
        """ "Back pain. For months, she can't say how many": it opens the sentence behind the complaint."""
        if not sentence.index or not rx(r"^[\s*\"'-]*(?:for |over |x )?$").search(left):
            return False
        earlier = self.document.sentences[sentence.index - 1]
        last = self.before(earlier.start, earlier.end)[-1:]
        if not last or not self._is_complaint(last[0]) or len(self.lower[last[0].end : earlier.end]) > 2:
            return False
        after = {h.rule.name for h in self.before(s.end, sentence.end)}
        stops = rx(r"^[\"']?\s?(?:[,.;:-]|per\b|according)").search(right)
        return stops is not None or not after - {"complaint", "pain", "onset"}

    def _leads_to_a_length(self, earlier: Sentence) -> bool:
        """Whether a bare length of time may speak of the pain after this sentence."""
        heads = self.before(earlier.start, earlier.end)
        pains = ("complaint", "pain", "event", "onset", "leg")
        asks = earlier.text.rstrip().endswith("?") or rx(r"\b(?:asked|asks|wants to know|whether)\b").search(
            earlier.text
        )
        if asks and heads and heads[-1].rule.name == "leg":
            return False  # "Leg pain? Yes, 3 months."
        if asks and (cues.ASKS_AHEAD.search(earlier.text) or not any(h.rule.name in pains for h in heads)):
            return False
        return not heads or heads[-1].rule.name in (*pains, "activity", "life", "disease")

    # --- dates ----------------------------------------------------------------------------------

    def date(self, when: When, sentence: Sentence, anchor: str | None) -> _Statement | None:
        """ "Since 2019", "onset 3/2/24", "DOI: 8/19/2024"."""
        begin = max(sentence.start, when.start - 110)
        left = self.lower[begin : when.start]
        ended = "until" in left or "prior to" in left or "before" in left
        if ended and rx(cues.FREE_UNTIL).search(left):
            low, high = _elapsed(when, anchor)
            return _Statement(when.start, when.end, low, high, "duration.restart", restart=True)
        s = _Statement(when.start, when.end, *_elapsed(when, anchor), "")
        if later := self._delayed(s, sentence, left):
            return None if self._relative(when.start, sentence) else later
        if self._back_again(when, sentence, left):
            s.rule, s.restart = "duration.restart", True
            return s
        since = rx(cues.SINCE).search(left)
        if since is None and cues.TO_NOW.search(self.lower[when.end : sentence.end]):
            since = rx(r"\bfrom $").search(left)
        onset = rx(cues.ONSET).search(left)
        label = rx(
            r"\b(?:doi|d\.o\.i\.?|(?:onset|accident|loss|injury) date|date of (?:injury|accident|onset|loss)|injur(?:y|ies|ed)(?: to (?:the|his|her) [a-z ]{3,24})?|"
            r"(?:lumbar|back|lumbosacral) (?:strain|sprain|injury)|accident|mva|mvc|collision|crash|wreck|incident|fell|falls?|slipped|(?:hurt|injured|strained) (?:his|her|my|their|the) (?:low |"
            r"lower )?(?:back|lumbar spine))(?: (?:at|while|during|lifting|off|from|down)(?: [a-z]+){1,3})?\s?[:=#-]{0,2}\s?(?:on or about |on |in |of |at |over |last |around |dated |was |back in )?$"
        ).search(left)
        asked = left.strip(" -:") == "" and self._asked_when(sentence)
        if asked:
            onset = rx(r"^").search(left)
        cue = since or onset or label
        if cue is None:
            return self._begun_after(s, sentence, left)
        if self.section(sentence) in _SILENT_SECTIONS | _RULE_SECTIONS or self._relative(
            when.start, sentence
        ):
            return None
        if rx(r"\b(?:who|whose|turned)\b").search(cue.group(0)):
            return None  # "began while she carried a boy who turned four in May"
        words = self.lower[when.start : when.end]
        behind = self.lower[when.end : sentence.end]
        if not rx(r"\d").search(words) and rx(r"^[^.;]{1,40}, \(?(?:19|20)\d\d\b").search(behind):
            return None  # "since the winter he lost his job, 2021"
        if rx(r"^(?:to|this)").search(words) or (
            not when.readings and rx(r"^last (?:week|night)|^yester").search(words)
        ):
            return None  # a day that needs no calendar is read below
        if (
            when.fields == 2
            and when.iso is None
            and not rx(
                r"(?:since|onset|began|started|doi|injury)\s?[:=-]{0,2}\s?(?:on |in |of |about |around )?$"
            ).search(left)
        ):
            return None
        if rx(r"^\s?(?:to|-|through|until|and)\s?(?:\d|[a-z]+ \d{4})").search(
            self.lower[when.end : when.end + 16]
        ):
            return None
        low, high = _elapsed(when, anchor)
        if high is not None and high < 0:
            return None
        s = _Statement(begin + cue.start(), when.end, low, high, "duration.since", onset=when.iso)
        if cue.group(0).startswith("pre"):  # "predates her 2020 fusion"
            s.high, s.onset = None, None
        if self._leg_next(when.end, sentence):
            return None  # "since last summer the leg pain is the main problem"
        cue_start = begin + cue.start()
        heads = self.before(begin, cue_start + 1)
        heads = [h for h in heads if h.end <= cue_start and h.rule.name not in ("onset", "activity", "past")]
        if heads and label and self.lower[heads[-1].start : heads[-1].end] in ("s/p", "status post"):
            heads.pop()  # "s/p MVC 2/14/2025"
        owner = heads[-1] if heads else None
        if rx(
            r"\b(?:worse|worsen\w*|progress\w*|increas\w*|flare\w*|exacerbat\w*|constant(?:ly)?|continuous(?:ly)?|"
            r"daily|unremitting|severe)\s(?:[a-z]+\s){0,2}$"
        ).search(self.lower[begin:cue_start]):
            s.tier, s.low, s.high = 4, low, None
            pain = owner is not None and owner.rule.name in ("complaint", "pain")
            return s if pain and self.about_back(s.start) else None
        if owner and owner.rule.name == "return":
            s.restart = True
            return s if self.about_back(s.start) else None
        if since and (known := self._known_for(when.end, sentence)):
            s.high, s.onset = None, None
            return self._accept(s, "duration.since", [known])
        if owner is None and onset and not since and self._onset_subject(sentence, cue_start):
            return self._accept(s, "duration.since", [])
        if owner is None:
            inside = [h for h in self.before(cue_start, when.start) if h.rule.name in ("complaint", "pain")]
            ahead = [
                h
                for h in self.before(when.end, min(sentence.end, when.end + 70))
                if h.rule.name not in (("onset", "event", "leg") if label else ("onset", "event"))
            ]
            owner = next(iter(inside + ahead), None)
            if owner is None:
                if label and not since:
                    s.tier = 1 if onset else 2
                    return s if self.complaints and self.about_back(s.start) else None
                plain = asked or self._onset_subject(sentence, cue_start)
                return self._accept(s, "duration.since", []) if plain else None
        if label and not since and not onset:
            s.tier, s.rule = 2, "duration.event"
            blocked = owner.rule.name in ("treatment", "surgery", "imaging", "other_pain", "leg")
            return None if blocked or not self.complaints or not self.about_back(s.start) else s
        if owner.rule.name == "episode":
            return self._episode(s, owner)
        if owner.rule.name not in ("complaint", "pain", "event") or self._denied(owner):
            return None
        if self.section(sentence) in _STRICT_SECTIONS and owner.rule.name != "complaint":
            return None
        return self._own(s, owner, "duration.since")

    def _begun_after(self, s: _Statement, sentence: Sentence, left: str) -> _Statement | None:
        """ "In early 2023 the pain began", "2019: developed low back pain": the date stands first."""
        began = cues.BEGAN_BEHIND.search(self.lower[s.end : sentence.end])
        if began is None or s.high is None or s.high < 0 or cues.DATE_LEADS.search(left) is None:
            return None
        if self.section(sentence) in _SILENT_SECTIONS | _RULE_SECTIONS or self._relative(s.start, sentence):
            return None
        if cues.AGAIN.search(began.group("rest")):
            return None
        heads = [
            h
            for h in self.before(s.end, s.end + began.end())
            if h.rule.name not in ("onset", "activity", "past")
        ]
        s.end += began.start("rest")
        if not heads:
            subject = self.lower[s.start : s.end].split()
            told = any(w in ("it", "this", "that", "things", "trouble", "problems") for w in subject)
            return self._accept(s, "duration.since", []) if told and self.complaints else None
        owner = heads[0]
        if owner.rule.name not in ("complaint", "pain") or self._denied(owner):
            return None
        s.end = max(s.end, owner.end)
        return self._own(s, owner, "duration.since")

    def _back_again(self, when: When, sentence: Sentence, left: str) -> bool:
        """After years without pain: `it came back in April`, `in the middle of last month it came back`."""
        told = cues.BACK_AT.search(left) or cues.THEN_BACK.search(self.lower[when.end : sentence.end])
        begin = self.document.sentences[max(0, sentence.index - 2)].start
        spell = told and cues.FREE_YEARS.search(self.lower[begin : when.start])
        if {h.rule.name for h in self.before(begin, sentence.end)} & {"treatment", "surgery"}:
            return False  # relief that wore off
        return bool(spell) and self.about_back(when.start) and not self._relative(when.start, sentence)

    def _leg_next(self, end: int, sentence: Sentence) -> bool:
        """Whether the words behind a date go on with the leg: `since May he has had pain to the foot`."""
        found = cues.OF_THE_LEG.search(self.lower[end : sentence.end])
        return found is not None and not rx(r"\b(?:back|lbp|lumb\w+)\b").search(found.group(0))

    def _known_for(self, end: int, sentence: Sentence) -> Hit | None:
        """ "Patient of this practice since 2013 for low back pain": it is at least as old."""
        head = next(iter(self.before(end, min(sentence.end, end + 60))), None)
        if head is None or head.rule.name != "complaint":
            return None
        gap = self.lower[end : head.start]
        return head if rx(r"^ (?:for|with|because of|due to|re) (?:[a-z-]+ ){0,3}$").search(gap) else None

    def _asked_when(self, sentence: Sentence) -> bool:
        """ "When did it start? January 2024." """
        before = self.document.sentences[sentence.index - 1].text if sentence.index else ""
        return bool(
            rx(
                r"\b(?:when|how long|since)\b[^?]*\b(?:start|begin|began|onset|first|pain|problem|symptoms?|hurt)[^?]*\?\W*$"
            ).search(before)
        )

    def hurts(self) -> list[int]:
        """Where the note says that the back was hurt: `injured his low back`, `lumbar strain`."""
        ahead = [*self.heads[1:], None]
        return [
            h.start
            for h, following in zip(self.heads, ahead, strict=False)
            if h.rule.name == "event"
            and any(x and self._is_complaint(x) and x.start - h.end < 8 for x in (h, following))
        ]

    def followed(self, at: int, told: list[_Statement], *, hurt: bool) -> _Statement | None:
        """ "Slipped on the stairs in May 2022. Low back sore ever since": the date of what it followed.

        `at`: where "ever since" stands, or (`hurt`) the words "injured his low back" behind a date.
        `told`: the dates and the lengths of time with an "ago" of the note, in order.
        """
        sentence = self.document.sentence_at(at)
        if sentence is None or (hurt and rx(r"\b" + cues.ENDED).search(sentence.text)):
            return None
        if self.section(sentence) in _SILENT_SECTIONS | _RULE_SECTIONS or self._relative(at, sentence):
            return None
        begin = self.document.sentences[max(0, sentence.index - (not hurt))].start
        event = next((s for s in reversed(told) if begin <= s.start and s.end <= at), None)
        if event is None or not self.about_back(at):
            return None
        here = [h for h in self.before(sentence.start, sentence.end) if self._is_complaint(h)]
        its = self.document.sentence_at(event.start)
        among = self.before(its.start, event.end + 40) if its else []
        names = {h.rule.name for h in among}
        if not here or (
            names & {"imaging", "visit", "treatment", "relief", "disease"} and "event" not in names
        ):
            return None
        return _Statement(
            event.start, event.end, event.low, event.high, "duration.event", 2, onset=event.onset
        )

    def relative_day(self, match: Match, sentence: Sentence) -> _Statement | None:
        """ "Since yesterday", "lifted boxes on Saturday": a recent onset that needs no calendar."""
        if self.section(sentence) in _SILENT_SECTIONS | _STRICT_SECTIONS | _RULE_SECTIONS:
            return None
        words = match.group(1)
        a, b = match.span(1)
        heads = self.before(max(sentence.start, a - 120), min(sentence.end, b + 120))
        names = {h.rule.name for h in heads}
        left = self.lower[max(sentence.start, a - 60) : a]
        since = rx(r"\b(?:since|began|started|onset|woke up)\b[a-z ]{0,30}$").search(left)
        if names & {"surgery", "imaging", "visit", "past"} or not names & {"event", "complaint", "onset"}:
            return None
        if not since and not words.startswith("since") and not names & {"event", "onset"}:
            return None
        if words in ("today", "this morning", "earlier today") and not since:
            return None
        if not self.complaints or not self.about_back(a) or self._relative(a, sentence):
            return None
        days = {"yesterday": (1, 1), "last night": (1, 1), "last week": (5, 13)}.get(words)
        if days is None:
            days = (
                (0, 1) if "tod" in words or "morning" in words else (0, 13 if words.startswith("last") else 7)
            )
        return _Statement(a, b, days[0] / DAYS_A_MONTH, days[1] / DAYS_A_MONTH, "duration.day", tier=2)

    def stage_of_life(self, found: Match, sentence: Sentence, age: float | None) -> _Statement | None:
        """ "Since age 19", "since childhood", "most of her life"."""
        if self.section(sentence) in _SILENT_SECTIONS | _STRICT_SECTIONS | _RULE_SECTIONS:
            return None
        a, b = found.span()
        heads = [h for h in self.before(sentence.start, a) if h.rule.name not in ("onset", "activity")]
        heads = (
            heads or [h for h in self.before(b, sentence.end) if h.rule.name not in ("onset", "activity")][:1]
        )
        asked = len(found.groups()) in (1, 2)
        if not asked and not heads and not self._onset_subject(sentence, a):
            return None
        if (
            not asked
            and heads
            and (heads[-1].rule.name not in ("complaint", "pain") or self._denied(heads[-1]))
        ):
            return None
        if not self.about_back(a) or self._relative(a, sentence):
            return None
        s = _Statement(a, b, 24.0, None, "duration.stage_of_life", heads=heads[-1:])
        match = found
        if len(match.groups()) == 0:  # all of it
            return s
        if len(match.groups()) == 4:  # as old as a child
            unit = 7 / DAYS_A_MONTH if match.group(4) else 1.0 if match.group(3) else 12.0
            count = number_of(match.group(1)) or 0.0
            if unit == 12.0 and (count > 40 or (age and count > age - 14)):
                return None  # "since the birth of her son. She is 34."
            s.low, s.high, s.rule = count * unit, (count + 1) * unit, "duration.child"
            if cues.NOT_THE_CHILD.search(match.group(0)):
                return None
            if lately := cues.TURNED_LATELY.search(self.lower[b : b + 30]):  # "who turned five last week"
                s.high = s.low + (0.5 if lately.group(1) else 2.0)
            return s
        if len(match.groups()) == 2:
            unit = {"y": 12.0, "m": 1.0, "w": 7 / DAYS_A_MONTH, "d": 1 / DAYS_A_MONTH}[match.group(1)[0]]
            s.low = s.high = int(match.group(2)) * unit
            return s if rx(r"\b(?:back|pain|symptoms?|lbp|problem)\b").search(match.group(0)) else None
        years: tuple[float, float] | None = None
        if asked:
            years = (float(match.group(1)), float(match.group(1)))
        elif match.group(1):
            if match.group(1) in ("birth", "child", "kid") and not rx(r"(?:^since birth|young \w+)$").search(
                found.group(0)
            ):
                return None  # "since the birth of her son"
            years = (2, 12)
        elif match.group(2):
            years = (13, 19)
        elif match.group(3):
            years = (18, 23)
        elif match.group(4):
            bare = rx(r"\bage\b| was | turned ").search(found.group(0)) is None
            spelt = rx(r"^at [a-z-]+(?: [a-z]+)?$").search(found.group(0)) and rx(
                r"^,? (?:his|her|my|he|she|i|and|after|when|while)\b"
            ).search(self.lower[b:])  # "at thirty-one her back went"
            if bare and (
                not (spelt or rx(r"^(?:began|started|onset) (?:at|in)").search(found.group(0)))
                or rx(r"^ ?(?:[:/%]|[ap]\.?m\b|weeks|months|years)").search(self.lower[b : b + 8])
            ):
                return None
            value = number_of(match.group(4))
            now = rx(
                r"^[;,.(]? ?(?:(?:he|she|i|and|who) )*(?:is |am |'s )?(?:(?:now|currently) (\d{2}|[a-z]+ty(?:[ -][a-z]+)?)\b|(\d{2}|[a-z]+ty(?:[ -][a-z]+)?) now\b)"
            ).search(self.lower[b : b + 40])
            said = number_of(now.group(1) or now.group(2)) if now else None
            age = said if said else age
            years = (value, value) if value else None
        elif match.group(5):
            years = (float(match.group(5)), float(match.group(5)) + 9)
        else:
            decade = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50}[match.group(6)]
            years = (decade, decade + 9)
        if years and age and age >= years[0]:
            s.low, s.high = max(0.0, (age - years[1] - 1) * 12), (age - years[0] + 1) * 12
        elif years:
            s.low = 24.0 if years[0] < 18 else None
        return s


_DELAYED = rx(
    r"\b(?:onset|began|start(?:ed|ing)|commenced|developed|arose|appeared|came (?:on|about))\b([^.;]{1,40}?)\b"
    r"(after|following|from|post|before|prior to)\b (?:[a-z0-9&/-]+,? ){1,8}?(?:(?:which|that|it) (?:was|happened|occurred|took place) |was )?(?:in |on |of |about |around |back in )*$"
)

_DELAY_FILLER = rx(
    r"^(?:[ ,]|\b(?:hurting|aching|bothering|him|her|me|about|around|approximately|approx|roughly|some|just|only|up|on|again|"
    r"pain|the|his|my|low|lower|back|lbp|symptoms|gradually|suddenly|insidiously)\b)*$"
)


def _delay(left: str) -> tuple[int, float, float] | None:
    """`Began 3 months after surgery`, with the date still to come: where it stands, months (negative: before it)."""
    match = _DELAYED.search(left)
    amounts = find_amounts(match.group(1)) if match else []
    if match is None or len(amounts) != 1:
        return None
    said, low, high = match.group(1), amounts[0].low, amounts[0].high
    if low is None or high is None or said[amounts[0].end :].strip():
        return None
    if not _DELAY_FILLER.search(said[: amounts[0].start]):
        return None  # "began to improve 3 weeks after"
    return (
        (match.start(), -high, -low)
        if match.group(2) in ("before", "prior to")
        else (match.start(), low, high)
    )


def _same_list(before: str) -> bool:
    """Whether a rule text before still goes on: no blank line since, or a list under it."""
    cut = before.rfind("\n\n")
    tail = before[cut + 2 :] if cut >= 0 else before
    return bool(rx(cues.GENERIC).search(tail)) or (cut >= 0 and before[:cut].rstrip().endswith(":"))


def _elapsed(when: When, anchor: str | None) -> tuple[float | None, float | None]:
    today = to_date(anchor)
    if today is None or when.first is None or when.last is None:
        return None, None
    # Of `02/11/2024` in a note of September only one reading has come to pass.
    past = [(a, b) for a, b in when.readings if a <= today] or [(when.first, when.last)]
    first, last = min(a for a, _ in past), max(b for _, b in past)
    return max(0.0, months_between(min(last, today), today)), months_between(first, today)


# --- the whole note ---------------------------------------------------------------------------------


def read_duration(document: Document) -> Duration | None:
    """The duration of the present low back complaint, or None when the note says nothing of it.

    Months are an interval; a bare "chronic" gives a Duration without months. ACP classes (Qaseem
    2017): acute up to 6 weeks, subacute to 12, chronic beyond.
    """
    reader = _Reader(document)
    anchor = document.once(note_date)
    statements: list[_Statement | None] = []
    corrected = _corrected(document)
    dates = find_dates(document.lower, anchor)
    dated = {i: w.end for w in dates for i in range(w.start, w.end)}  # "two days before Christmas"
    for amount in document.once(_amounts):
        sentence = document.sentence_at(amount.start)
        if sentence is None or any(a <= amount.start < b for a, b in corrected):
            continue
        if dated.get(amount.start, 0) > amount.end:
            continue
        statements.append(reader.amount(amount, sentence))
    for when in dates:
        sentence = document.sentence_at(when.start)
        if sentence is not None:
            statements.append(reader.date(when, sentence, anchor))
    if reader.complaints:
        stated = document.once(read_age)
        age = stated[0] if stated else None
        for match in rx(cues.DAY).finditer(document.lower):
            if (sentence := document.sentence_at(match.start())) is not None:
                statements.append(reader.relative_day(match, sentence))
        for pattern in (
            cues.STAGE,
            cues.WHOLE_LIFE,
            cues.CHILD,
            cues.CHILD_ASIDE,
            cues.ONSET_AGE,
            cues.HOW_MANY,
        ):
            for match in rx(pattern).finditer(document.lower):
                if (sentence := document.sentence_at(match.start())) is not None:
                    statements.append(reader.stage_of_life(match, sentence, age))
        taken = {s.end for s in statements if s}
        told = [s for s in _told_times(document, dates, anchor) if s.end not in taken]
        if told:
            statements += [
                reader.followed(m.start(), told, hurt=False) for m in cues.SINCE_THEN.finditer(document.lower)
            ]
            statements += [reader.followed(at, told, hurt=True) for at in reader.hurts()]
    return _conclude(document, reader, [s for s in statements if s is not None])


def _amounts(document: Document) -> list[Amount]:
    return find_amounts(document.lower)


def _told_times(document: Document, dates: list[When], anchor: str | None) -> list[_Statement]:
    """Every date and every length of time ago, whatever it belongs to."""
    out = [
        _Statement(w.start, w.end, *_elapsed(w, anchor), "", onset=w.iso)
        for w in dates
        if w.readings and w.iso
    ]
    for a in document.once(_amounts):
        ago = rx(r"^\s?(?:ago|back|earlier)\b").search(document.lower[a.end : a.end + 10])
        if ago:
            out.append(_Statement(a.start, a.end, a.low, a.high, ""))
    return sorted(out, key=lambda s: s.start)


def _corrected(document: Document) -> list[tuple[int, int]]:
    """Stretches that the text takes back: `"for 2 months" should read "for 2 years"`."""
    out: list[tuple[int, int]] = []
    if not rx(r"(?:should (?:read|be|say|have read)|corrected to|changed to)\b").search(document.lower):
        return out
    for match in rx(
        r"(\"[^\"\n]{1,80}\"|[^.\n]{1,80}?) (?:should (?:read|be|say|have read)|is corrected to|"
        r"corrected to|changed to)\b"
    ).finditer(document.lower):
        out.append(match.span(1))
    return out


def _conclude(document: Document, reader: _Reader, statements: list[_Statement]) -> Duration | None:
    statements.sort(key=lambda s: s.start)
    _begin_anew(document, reader, statements)
    restarts = [s for s in statements if s.restart]
    said = [s for s in statements if not s.restart]
    if restarts:
        last = restarts[-1]
        flares = [s for s in said if s.episode and s.start > last.start]
        return _duration(document, [last], flares, None, last.low, last.high, last.below)
    chronic = _chronicity(document, reader)
    totals = [s for s in said if not s.episode and s.tier == 1]
    flares = [s for s in said if s.episode]
    if not totals:
        totals = [s for s in said if not s.episode and s.tier == 2]
    attributes = [s for s in said if s.tier == 4 and not s.episode]
    implied = [s for s in said if s.tier == 3]
    baseline = bool(totals) or (chronic is not None and chronic[0] in ("chronic", "acute_on_chronic", "long"))
    new = [s for s in flares if s.rule == "duration.new"]
    if not totals and not baseline and new:  # a new pain without an older one
        totals, flares = new[-1:], []
    brief = bool(totals) and all(s.high is not None and s.high <= ACUTE_MONTHS for s in totals)
    if brief and chronic and chronic[0] in ("chronic", "acute_on_chronic", "long"):
        totals, flares = [], [*flares, *totals]  # "acute on chronic low back pain for 3 days"
    short = [s for s in totals if s.high is not None and s.high <= ACUTE_MONTHS and s.rule != "duration.form"]
    old = [s for s in totals if s.low is not None and s.low >= FLARE_MONTHS]
    if short and old:  # weeks beside years: the visit is for a flare
        totals, flares = [s for s in totals if s not in short], [*flares, *short]
    if not totals and (attributes or implied or flares):
        floor = [s for s in attributes + implied + [f for f in flares if f.tier == 4] if s.low is not None]
        if floor:
            longest = max(floor, key=lambda s: s.low or 0.0)
            return _duration(document, [longest], flares, chronic, longest.low, None, False)
    if not totals:
        if chronic is None and not flares:
            return None
        return _duration(document, [], flares, chronic, None, None, False)
    low, high, below = _together(totals)
    if low is not None or high is not None:
        flares = [
            f for f in flares if f.high is not None and (low is None or f.high < low) and f.high != high
        ]
    return _duration(document, totals, flares, chronic, low, high, below)


_NOW = rx(
    r"\b(?:present|current|this|new|recent|latest|now)(?: (?:low|lower|back|episode of|bout of|lumbar))* (?:pain|symptoms?|episode|bout|complaints?|problem|spell|lbp|back pain|one|back)\b"
)
_WHOLLY = rx(r"\b(?:complete(?:ly)?|entire(?:ly)?|full(?:y)?|total(?:ly)?|100 ?%)\b")


def _begin_anew(document: Document, reader: _Reader, statements: list[_Statement]) -> None:
    """After an interval wholly without pain, or where the present episode is set apart, the onset told next counts.

    "Cleared up entirely, pain free for two years. The present pain started in November."
    """
    free = [h for h in reader.heads if h.rule.name == "free" and not reader._denied(h)]
    for head in free:
        sentence = document.sentence_at(head.start)
        if sentence is None or reader.section(sentence) in _SILENT_SECTIONS | _RULE_SECTIONS:
            continue
        if not reader.about_back(head.start) or reader._relative(head.start, sentence):
            continue
        following = [s for s in statements if s.start > sentence.end and s.tier <= 2 and not s.restart]
        for s in following[:2]:
            its = document.sentence_at(s.end - 1)
            if its is None or its.index - sentence.index > 4:
                break
            apart = _NOW.search(its.text[: s.end - its.start])
            whole = _WHOLLY.search(sentence.text) and s.rule in ("duration.since", "duration.onset")
            if apart or whole:
                s.restart = True
                break


def _together(statements: list[_Statement]) -> tuple[float | None, float | None, bool]:
    """Statements that agree narrow each other; those that contradict give the hull."""
    known = [s for s in statements if s.low is not None or s.high is not None]
    if not known:
        return None, None, False
    low = max((s.low for s in known if s.low is not None), default=None)
    high = min((s.high for s in known if s.high is not None), default=None)
    below = any(s.below and s.high == high for s in known)
    if low is None or high is None or low <= high * 1.02:
        return low, high, below
    lows, highs = [s.low for s in known], [s.high for s in known]
    return (
        None if None in lows else min(x for x in lows if x is not None),
        None if None in highs else max(x for x in highs if x is not None),
        False,
    )


def _chronicity(document: Document, reader: _Reader) -> tuple[str, int, int] | None:
    """The word the note uses of the complaint: chronic, subacute, acute, acute on chronic, long-standing."""
    best: tuple[str, int, int] | None = None
    rank = {"acute_on_chronic": 4, "chronic": 3, "long": 2, "subacute": 1, "acute": 0}
    pattern = rx(
        r"\b(?:(acute[ -]on[ -]chronic|acute (?:flare|exacerbation|worsening) (?:of|on) (?:(?:his|her|"
        r"their|the|a) )?chronic)|(sub-?acute)|(acute)|(chronic(?:ally)?)|"
        r"(long[ -]?standing|long[ -]?term|years[ -]long|(?:long|lengthy|extensive) (?:history|hx) of|"
        r"lifelong|for (?:quite )?(?:some (?:considerable )?time|a (?:good |long |very long )?(?:while|time)|ages|donkey's years)))\b"
    )
    for match in pattern.finditer(document.lower):
        sentence = document.sentence_at(match.start())
        if sentence is None or reader.section(sentence) in _SILENT_SECTIONS | _RULE_SECTIONS:
            continue
        ahead = reader.before(match.end(), min(sentence.end, match.end() + 60))
        ahead = [
            h
            for h in ahead
            if h.rule.name
            in (
                "complaint",
                "pain",
                "episode",
                "other_pain",
                "leg",
                "disease",
                "imaging",
                "treatment",
                "event",
            )
        ]
        ahead = [h for h in ahead if h.rule.name != "episode"]
        if not ahead or rx(r"^\)|[.;]|\b(?:with|due to|from|of the)\b").search(
            document.lower[match.end() : ahead[0].start]
        ):
            behind = reader.before(max(sentence.start, match.start() - 40), match.start())
            tail = document.lower[match.end() : match.end() + 3].strip()
            if not (behind and behind[-1].rule.name == "complaint" and tail[:1] in ("", ".", ",", ";", ")")):
                continue
            head = behind[-1]
        else:
            head = ahead[0]
        if head.rule.name not in ("complaint", "pain") or (
            head.rule.name == "pain" and not reader.complaints
        ):
            continue
        if reader._relative(match.start(), sentence) or reader._denied(head):
            continue
        if rx(cues.GENERIC).search(sentence.text) and not rx(cues.PATIENT).search(sentence.text):
            continue
        if rx(cues.GENERIC).search(document.lower[max(0, match.start() - 160) : match.start()]) and rx(
            r"months"
        ).search(document.lower[match.end() : match.end() + 80]):
            continue
        names = ("acute_on_chronic", "subacute", "acute", "chronic", "long")
        word = next(n for n, g in zip(names, range(1, 6), strict=True) if match.group(g))
        if best is None or rank[word] > rank[best[0]]:
            best = (word, match.start(), head.end if head.end > match.end() else match.end())
    return best


def _duration(
    document: Document,
    totals: list[_Statement],
    flares: list[_Statement],
    word: tuple[str, int, int] | None,
    low: float | None,
    high: float | None,
    below: bool,
) -> Duration | None:
    proofs: list[tuple[int, int, str]] = []
    for s in totals + flares:
        proofs.append((s.start, s.end, s.rule))
    if word is not None:
        proofs.append((word[1], word[2], "duration.chronicity"))
    evidence = [evidence_at(document, *p) for p in proofs]
    episode = next((f.high * DAYS_A_MONTH for f in reversed(flares) if f.high is not None), None)
    name = word[0] if word else None
    if name == "long":
        name = None
    if (
        name in (None, "chronic")
        and episode is not None
        and (name == "chronic" or (low or 0) >= CHRONIC_MONTHS)
    ):
        name = "acute_on_chronic"
    if name is None and (low is not None or high is not None):
        name = _class(low, high)
    return Duration(
        evidence=evidence[0],
        months_min=None if low is None else round(low, 2),
        months_max=None if high is None else round(high, 2),
        ge_6mo=reaches(low, high, 6.0, below),
        chronicity=name,
        onset=next((s.onset for s in totals if s.onset), None),
        episode_days=None if episode is None else round(episode, 1),
        support=tuple(evidence[1:]),
    )


def _class(low: float | None, high: float | None) -> str | None:
    if low is not None and low > CHRONIC_MONTHS:
        return "chronic"
    if high is not None and high <= ACUTE_MONTHS:
        return "acute"
    if low is not None and high is not None and low > ACUTE_MONTHS and high <= CHRONIC_MONTHS:
        return "subacute"
    return None
