"""Which level belongs to which finding.

Order of evidence: what the phrase itself says, `respectively` and former/latter, lists that share a
locative, anaphora (this level, both levels), the heading it stands under. Otherwise none: a wrong
level is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..spine import LUMBAR_DISCS, VERTEBRAE, disc, neighbour, order
from .boxes import ticked
from .document import Document, Sentence
from .levels import Level, speaks_alone
from .rx import rx
from .sentences import DENIES


@dataclass(slots=True)
class Spot:
    """Something to be placed, in cleaned offsets; `group` orders the things that share one noun phrase."""

    start: int
    end: int
    kind: str = "finding"


_LOCATIVE = rx(
    r"(?:\b(?:at|of|in|on|below|above|behind|posterior to|about|around|along|involving|affecting|surrounding|bordering|flanking|within|from|across|abutting|for|over|under|straddl(?:es|ing)|spans|spanning|lines|lining|occupies|flanks|borders|"
    r"adjacent to|next to|near|opposing|apposing|adjoining|through|between|to|into|confined to|limited to|locali[sz]ed to|only|solely|mainly|"
    r"predominantly|noticeably|particularly|especially|notably|chiefly|largely|cent(?:er|re)d|noted|seen|present|identified|demonstrated|"
    r"worst|greatest|most (?:marked|pronounced|prominent|severe|notable)|includ(?:e|es|ing)|than)\s+(?:the |both |level |levels |disc |of )*|[(\[]\s*)$"
)
_CLAUSE_OPEN = rx(r"(?:[,;:.|)]|\band|\bbut|\bwhile|\bwhereas|\bunlike|\s-)\s*(?:there (?:is|are) )?$")
_CLAUSE_PREP = rx(
    r"(?:[,;:.|)]|\band|\bbut|\bwhile|\bwhereas|\s-)\s*(?:at|in|on)\s+(?:the\s+)?(?:level(?: of)?\s+)?$"
)
_VERB_AFTER = rx(
    r"^[\s)]*(?:levels?|dis[ck]s?(?: spaces?)?|segments?|interspaces?|endplates?|vertebral bodies|bodies|motion segments?)?[\s,]*"
    r"(?::|-\s|shows?\b|demonstrates?\b|has\b|have\b|is\b|are\b|reveals?\b|exhibits?\b|which\b|where\b|"
    r"there (?:is|are)\b|without\b|had\b|was\b|displays?\b|contains?\b)"
)
_EMPHASIS = rx(
    r"\b(?:noticeably|most (?:marked|pronounced|prominent|severe|notable|advanced)(?:ly)?|worst|greatest|worse|especially|particularly|predominantly|"
    r"mainly|mostly|more (?:marked|pronounced|prominent|severe)|maximal|maximum|largely|chiefly|markedly|notably|more so|more)\b[\w ]*$"
)
_PARTICIPLE = rx(
    r"^\W*(?:(?:mild|mildly|slightly|minimally|largely|moderately|severely|also|and|thereby|thus) )*(?:compress|encroach|indent|abut|caus|narrow|result|"
    r"produc|effac|displac|contact|extending|associated|impinging|obliterat|lead|with )"
)
_GLOBAL_TALK = rx(
    r"\b(?:capacious|foramina|canal|no|not|without|none|normal|unremarkable|patent|adequate|elsewhere|other|remain\w*|multilevel|all|throughout|diffusely|lumbar spine|vertebra\w*|bod(?:y|ies)|"
    r"scoliosis|alignment|conus|hemangioma|fractures?|kidney|aorta|cyst|sacr\w+|muscles?)\b"
)
_SHORT_OF = rx(
    r"\b(?:does|do|is|are|but|and|though)? ?(?:not|without) (?:displac|compress|contact|touch|narrow|deform|abut|imping)\w*"
)
_BEYOND = rx(
    r"\b(?:remaining (?:\w+ )?(?:levels|dis[ck]s|foramina|canal)|other levels|elsewhere|throughout|all levels|at every level)\b"
)
_ONE_SIDE = rx(
    r"\b(?:left|right|lt|rt)(?: \w+)? (?:foram\w+|neuroforam\w+|(?:lateral |subarticular )?recess|exit(?:ing)? \w+|traversing \w+|descending \w+|(?:[ls]\d )?(?:nerve )?root|[ls]\d nerve)|^\W*the dis[ck] (?:bulges?|is|shows|protrudes|has|itself|also|herniates?)\b"
)
_EXCEPTED = rx(
    r"\b(?:but not|and not|not|sparing|spares|spared|except(?:ing)?|other than|apart from|aside from|save|with the exception of|but none|none|excluding|rather than|"
    r"without (?:it|involvement))(?: for)?\s*(?:at |the |of |for |in |involving |those )*$"
)
_MORE = rx(
    r"^\s*,?\s*(?:(?:and|but|or|with)[\s,]+)?(?:(?:mild|moderate|severe|minimal|small|less|lesser|greater|larger|smaller|more|slightly|milder|also|to|a|an|even|degree|extent|trace|worse|again|likewise|"
    r"similarly|similar|so|as|well|than|mildly|moderately|severely|another|one|too|and|but|now|since|has|have|progressed|spread|extended|extends?|extending|involves?|involving|affects?|affecting|includ(?:es|ing)|in|to|into)[\s,]+)*(?:at|in|on|of|between)?\s*(?:the\s+)?$"
)
_POINTERS = (
    "level",
    "segment",
    "disc",
    "disk",
    "former",
    "latter",
    "here",
    " it",
    "interspace",
    "joint",
    "middle",
    "upper",
    "lower",
    "lowest",
    "next one",
    "one beneath",
    "one above",
    "one below",
    "the last",
    "the first",
    "the second",
    "the third",
    " two",
    " three",
    " of the ",
    " of these ",
    " of those ",
)
_POINTS_BACK = rx(
    r"^\W*(?:this|these|it|they|the (?:appearances?|findings?|changes?|signal)) (?:is|are|represents?|reflects?|would|most|likely|probably|suggests?|results?|causes?|produces?|leads?|contributes?|narrows?|compress\w*|contacts?|encroach\w*|combines?)\b"
)
_DOES = rx(
    r"^[^,;.]{0,24}\b(?:that|which) (?:\w+ )?(?:displac|compress|contact|touch|abut|imping|effac|narrow|deform|indent|push)"
)
_LIKEWISE = rx(
    r"^[\w\s-]{0,26}[,;]?\s*(?:and )?(?:likewise|similarly|the same|as (?:does|do|is)|so (?:does|is))\s*"
    r"(?:at|in|between|for|is true (?:at|of))?\s*(?:the )?$"
)
_ASIDE = rx(r", ?which [^,;.]{0,60},")  # `the type 2 change, which nobody asked about, straddles L4-5`
_APART = rx(r";|\bthere (?:is|are)\b|\bbut\b|\bwhile\b|\bwhereas\b|\bwhich\b")
_SAME = rx(
    r"(?:\b(?:at|of|in|on|to) )?\bthe (?P<nth>first|second|third|last|upper(?:most)?|top(?:most)?|highest|low(?:er|est|ermost)|bottom|middle|central) of (?:the|these|those) (?:two|three|four|five|dis[ck]s|levels|segments)\b|"
    r"(?:\b(?:at|of|in|on|to) )?\bthe (?P<end>first|last|upper|top|lower|bottom) (?P<many>two|three)\b(?: of (?:them|these|those|the \w+))?(?: (?:levels|dis[ck]s|segments|interspaces))?|"
    r"\b(?:(?:at|of|in|around|about|across|on each side of|either side of|both sides of|borders?|bordering|surrounding|adjacent to|along) )?"
    r"(?:(this|that|the same|same|the affected|the involved|the above|this same) (?:level|disc|segment|interspace|disc space|motion segment|joint)"
    r"|(both(?: of (?:these|those|them|the))?|these|those|all (?:three|four|five|these|of these|the above|of the above)|all three|each of these|the same|the above|these two|these three) (?:levels|discs|segments|interspaces|disc levels)"
    r"|(the (?:former|latter))"
    r"|the (lowest|lowermost|last|bottom|lower) (?:mobile )?(?:level|disc|segment)"
    r"|(?:(?:of (?:the two|these|them),? )?only )?the (upper|lower)(?: one| level| of (?:the two|them|these))?\b"
    r"|the (two|three) (?:lowest|lower|lowermost)(?: lumbar)?(?: dis[ck])? (?:levels|dis[ck]s|segments)"
    r"|(each side of it|both sides of it|either side of it|around it|about it|adjacent to it)|\b(here)\b"
    r"|the (first|second|third|last)(?: named| mentioned)?(?: of (?:these|which|them|those))? (?:with|has|having|shows?|showing|also|being|demonstrat\w+|exhibit\w+|contain\w*)"
    r"|the (intervening|middle|in ?-?between) (?:level|segment|disc|interspace|one)(?: space)?"
    r"|(?:the|one) (?:next )?(?:level|segment|disc|interspace|one)(?: space)? (?:immediately |just |directly )?(above|below|higher|lower|up|down|cephalad|caudad|beneath|underneath|over))"
)
_DEFINITE = rx(
    r"\b(?:associated|surrounding|adjacent|adjoining|opposing|apposing|corresponding|accompanying|neighbou?ring|bordering)\b"
)
_ABOVE_FUSION = rx(
    r"(?:level|segment|disc|interspace) (?:immediately |directly |just )?(above|below|cephalad|cranial|caudal|rostral)(?: to)? (?:the |that |this )?(?:prior |previous |old )?(?:[lst]\d[^ ]{0,4} )?(?:fusion|fused|construct|instrumented|hardware|arthrodesis|fixation)"
    r"|(above|below) (?:the |a |her |his )?(?:solid |old |prior |previous |existing |instrumented |healed |mature )*(?:[lst]\d[^ ]{0,4} )?(?:fusion|fused|construct|arthrodesis)"
)


_NEXT_TO = rx(
    r"\b(?:adjacent|next|close|proximal|distal|cephalad|caudad|cranial|caudal|rostral) to (?:the |a |an |her |his |prior |old |solid )*$"
)
_CONSTRUCT = rx(r"^ (?:\w+ )?(?:fusion|fused|construct|arthrodesis|instrument|hardware|laminectomy|fixation)")


class Attachment:
    """Levels for the spots of one sentence."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document, self.sentence = document, sentence
        self.lower = document.lower
        text = sentence.text
        self.points = any(w in text for w in _POINTERS) and _SAME.search(text) is not None
        self.fused = any(
            w in text for w in ("fus", "construct", "instrument", "hardware", "arthrodes", "fixation")
        )
        self.likened = any(w in text for w in ("likewise", "similarly", "the same", "as do", "as is", "so "))
        levels = [g for g in document.levels(sentence) if g.kind in ("disc", "range", "vertebra", "endplate")]
        landmarks = [g for g in levels if self._is_landmark(g)]
        self.landmarks = landmarks if len(landmarks) < len(levels) else []
        levels = [g for g in levels if g not in self.landmarks]
        self.excluded = [
            g for g in levels if _EXCEPTED.search(self.lower[max(sentence.start, g.start - 34) : g.start])
        ]
        self.levels = [g for g in levels if g not in self.excluded]
        self._at = {g.start: i for i, g in enumerate(self.levels)}

    def _is_landmark(self, level: Level) -> bool:
        """`adjacent to the L4-5 fusion, at L3-4`: it tells where, but is not the place."""
        before = self.lower[max(self.sentence.start, level.start - 24) : level.start]
        after = self.lower[level.end : level.end + 24]
        return self.fused and bool(_NEXT_TO.search(before)) and bool(_CONSTRUCT.search(after))

    def place(self, spots: list[Spot]) -> list[Level | None]:
        """The level of each spot (sorted by start), or None."""
        spots = sorted(spots, key=lambda s: s.start)
        respective = self._respectively(spots)
        if respective:
            return respective
        out: list[Level | None] = []
        for i, spot in enumerate(spots):
            if i and self._goes_on(spots[i - 1], spot) and out[-1] is not None:
                out.append(out[-1])
                continue
            level = self._one(spot, spots)
            if i and self._pointed(spots[i - 1], out[-1], spot, level):
                level = out[-1]
            out.append(self._less(self._likewise(spot, self._more(level, spots))))
        return out

    def _pointed(self, first: Spot, place: Level | None, spot: Spot, level: Level | None) -> bool:
        """`One level up there is a bulge with stenosis`: what the words pointed to holds for the rest of the clause."""
        if (
            place is None
            or self._index(place) is not None
            or not self.sentence.start <= place.start < first.start
        ):
            return False
        elsewhere = level is None or not self.sentence.start <= level.start < self.sentence.end
        return elsewhere and rx(r"[;:.]").search(self.lower[first.end : spot.start]) is None

    def _goes_on(self, first: Spot, spot: Spot) -> bool:
        """`the next one down has a protrusion that displaces the S1 root`: what a finding does is where it is."""
        between = self.lower[first.end : spot.start]
        return _DOES.search(between + self.lower[spot.start : spot.end]) is not None and not any(
            first.end <= g.start < spot.start for g in self.levels
        )

    def _index(self, level: Level) -> int | None:
        """Which of the sentence's levels it is; no two begin at one place."""
        i = self._at.get(level.start)
        return i if i is not None and self.levels[i] == level else None

    def _likewise(self, spot: Spot, level: Level | None) -> Level | None:
        """`L1-2 shows Modic 2, likewise L4-5`."""
        if level is None or not level.discs or not self.likened:
            return level
        for other in self.levels:
            if other.start > spot.end and other.discs and set(level.discs).isdisjoint(other.discs):
                if _LIKEWISE.search(self.lower[spot.end : other.start]):
                    return Level(
                        level.start, other.end, level.discs + other.discs, level.vertebrae, level.kind
                    )
        return level

    def _more(self, level: Level | None, spots: list[Spot]) -> Level | None:
        """`Stenosis at L3-4, moderate at L4-5`: a further level with no finding of its own."""
        at = self._index(level) if level is not None and level.discs else None
        if level is None or at is None:
            return level
        for other in self.levels[at + 1 :]:
            between = self.lower[level.end : other.start]
            if (
                not other.discs
                or not _MORE.search(between)
                or (between.strip() == "," and speaks_alone(self.lower, other.end))
                or any(level.end <= s.start < other.start for s in spots)
            ):
                break
            claimed = any(s.start >= other.end for s in spots)
            if claimed and not rx(r"mild|moderate|severe|minimal|less|likewise|similar|also|lesser").search(
                between
            ):
                break
            new = tuple(d for d in other.discs if d not in level.discs)
            level = Level(
                level.start, other.end, level.discs + new, level.vertebrae, level.kind, level.endplates
            )
        return level

    def _less(self, level: Level | None) -> Level | None:
        """`All discs are dry except L1-2`: what is excepted is taken out of several levels."""
        out = {d for g in self.excluded for d in g.discs}
        if level is None or len(level.discs) < 2 or not out & set(level.discs):
            return level
        rest = tuple(d for d in level.discs if d not in out)
        return _level(rest, level.start, level.end) if rest else level

    # -- one spot

    def _one(self, spot: Spot, spots: list[Spot]) -> Level | None:
        sentence, lower = self.sentence, self.lower
        levels = [g for g in self.levels if self._fits(g, spot)]
        inside = next((g for g in levels if spot.start <= g.start and g.end <= spot.end), None)
        if inside:
            return inside
        fusion = self._above_fusion(spot)
        if fusion:
            return fusion
        right = next((g for g in levels if g.start >= spot.end), None)
        left = next((g for g in reversed(levels) if g.end <= spot.start), None)
        for group in self.excluded:  # `but not at L4-5, where the disc is dry`
            if group.end <= spot.start and rx(r"^,? where\b[^;]*$").search(lower[group.end : spot.start]):
                return group
        if left and rx(r"^,? where\b[^,;]*$").search(lower[left.end : spot.start]):
            return left  # `Modic II at L4-5, where the disc bulges, with stenosis at L3-4`
        anaphor = self._anaphor(spot, spots)
        between = _ASIDE.sub("", lower[spot.end : right.start]) if right else ""
        if "not only" in sentence.text:
            between = between.replace("but also", "and")
        if right and not self._speaks_right(right, spots) and not _APART.search(between):
            subject = left is not None and self._speaks_right(left, spots)
            inner = any(s.start >= spot.end and s.end <= right.start for s in spots)
            tied = inner and left is not None and self._tied(left, spot) and bool(rx(r"[,;]").search(between))
            if not tied and not (subject and (inner or rx(r",|\band\b").search(between))):
                if anaphor and spot.end <= anaphor[0] < right.start:
                    return anaphor[1]
                return self._with_heading(right)
        if anaphor:
            return anaphor[1]
        after_left = lower[left.end : spot.start] if left else ""
        if rx(r"\belsewhere\b|\b(?:other|remaining) (?:lumbar )?(?:levels|discs)\b").search(
            after_left + " | " + lower[spot.end : min(sentence.end, spot.end + 40)]
        ):
            return None
        if left and not rx(r";|\bmultilevel\b|\bgenerali[sz]ed\b|\bremainder\b").search(after_left):
            return self._with_heading(left)
        if sentence.heading is not None and not sentence.start <= sentence.heading.start < sentence.end:
            return sentence.heading
        if sentence.carry is not None and not levels:
            if (sentence.stepwise or sentence.soft) and not _BEYOND.search(sentence.text):
                return sentence.carry
            if not _GLOBAL_TALK.search(_SHORT_OF.sub("", sentence.text)):
                return sentence.carry
        if sentence.soft and not levels and spot.kind == "body":
            return self._bone_before()
        if (
            sentence.soft
            and not levels
            and not DENIES.search(sentence.text)
            and not _BEYOND.search(sentence.text)
        ):
            return self._antecedent(single=True)
        if not levels and (
            _POINTS_BACK.search(sentence.text)
            or rx(r"\b(?:residual|remaining)\s+(?:\w+\s+)?$").search(
                lower[max(sentence.start, spot.start - 24) : spot.start]
            )
        ):
            return self._antecedent(single=False)
        if not levels and (_PARTICIPLE.search(sentence.text) or _ONE_SIDE.search(sentence.text)):
            return self._antecedent(single=False)
        if _DEFINITE.search(lower[max(sentence.start, spot.start - 40) : spot.end + 40]) and rx(
            r"end ?plate|marrow|dis[ck]\b|vertebra"
        ).search(lower[max(sentence.start, spot.start - 40) : spot.end + 50]):
            return self._antecedent(single=True)
        following = self.document.sentences[sentence.index + 1 : sentence.index + 2]
        if following and following[0].soft and not self.levels:
            alone = self.document.levels(following[0])
            if (
                len(alone) == 1
                and len(following[0].text.strip(" .;,()")) <= alone[0].end - alone[0].start + 6
            ):
                return alone[0]  # `Modic type 2; L4-5`
        return None if self.levels else self._answer()

    def _tied(self, left: Level, spot: Spot) -> bool:
        """`extrusion at L4-5 compressing the L5 root`: it goes on from the level without a break."""
        return _PARTICIPLE.search(self.lower[left.end : spot.end + 1].lstrip(" ,")) is not None and not rx(
            r"[,;.]|\band\b"
        ).search(self.lower[left.end : spot.start])

    def _answer(self) -> Level | None:
        """The level a form gives in a line of its own: `Type: 2`, `Level: L4-5`."""
        at = self.sentence.index
        if self.sentence.text.rstrip().endswith("?"):  # `Listhesis? A: yes, grade 1, L4/5.`
            for other in self.document.sentences[at + 1 : at + 2]:
                named = [g for g in self.document.levels(other) if g.discs]
                if len(named) == 1 and _REPLY.search(other.text):
                    return named[0]
        for other in self.document.sentences[max(0, at - 2) : at + 3]:
            if _LEVEL_FIELD.search(other.text) and abs(other.block - self.sentence.block) <= 2:
                levels = [g for g in self.document.levels(other) if g.discs]
                marked = [g for g in levels if ticked(self.document.lower, g.start, g.end)]
                levels = marked or levels
                if levels:
                    discs = tuple(dict.fromkeys(d for g in levels for d in g.discs))
                    return _level(discs, levels[0].start, levels[-1].end)
        return None

    def _with_heading(self, level: Level) -> Level:
        """`L3-4, L4-5: bulges, most marked at L4-5`: the emphasis adds to the heading, it does not limit it."""
        heading = self.sentence.heading
        before = self.lower[max(self.sentence.start, level.start - 40) : level.start]
        if heading is None or heading is level or not _EMPHASIS.search(before):
            return level
        extra = tuple(d for d in level.discs if d not in heading.discs)
        return _level(heading.discs + extra, level.start, level.end) if heading.discs else level

    @staticmethod
    def _fits(level: Level, spot: Spot) -> bool:
        return spot.kind != "disc" or bool(level.discs)

    def _speaks_right(self, level: Level, spots: list[Spot]) -> bool:
        """Whether a level opens its clause and speaks of what follows, instead of placing what precedes."""
        i = self._at[level.start]
        low = next((g.end for g in reversed(self.levels[:i]) if g.discs), self.sentence.start)
        high = self.levels[i + 1].start if i + 1 < len(self.levels) else self.sentence.end
        before = self.lower[self.sentence.start : level.start]
        has_left = any(low <= s.start and s.end <= level.start for s in spots)
        has_right = any(s.start >= level.end and s.start < high for s in spots)
        if not before.strip(" -*.()|\n\t0123456789") or not has_left:
            return True
        if not has_right:
            return False
        opened = bool(_CLAUSE_OPEN.search(before))
        if before.rstrip().endswith(",") and rx(r"^\s*(?:levels?)?\s*[,;)]").search(
            self.lower[level.end : level.end + 10]
        ):
            return False  # in apposition: `Modic type 2 change, L3-4, with`
        if opened:
            return True
        if _CLAUSE_PREP.search(before):
            first = self.levels[0]
            return bool(_VERB_AFTER.search(self.lower[level.end : level.end + 30])) or (
                first is not level and self._speaks_right(first, spots)
            )
        if _LOCATIVE.search(before[-40:]):
            return False
        return self._starts_with_level(spots)

    def _starts_with_level(self, spots: list[Spot]) -> bool:
        return bool(self.levels) and all(s.start > self.levels[0].start for s in spots)

    # -- anaphora

    def _anaphor(self, spot: Spot, spots: list[Spot]) -> tuple[int, Level] | None:
        if not self.points:
            return None
        sentence, lower = self.sentence, self.lower
        stop = next((s.start for s in spots if s.start >= spot.end), sentence.end)
        previous = max((s.end for s in spots if s.end <= spot.start), default=sentence.start)
        match = next(iter([*_SAME.finditer(lower, previous, spot.start)][-1:]), None)  # the last before it
        if (
            match
            and previous > sentence.start
            and rx(r"^(?:at|of|in|on|around|across)\b").search(match.group())
            and rx(r"\band\b").search(lower, match.end(), spot.start)
        ):
            match = None  # `type II at the former and type I`: that one placed what came before it
        if match is None or rx(r"[,;:]").search(lower[match.end() : spot.start]):
            after = _SAME.search(lower, spot.end, stop) if stop > spot.end else None
            # an anaphor that opens the next finding's clause is the next one's
            claimed = (
                after
                and stop < sentence.end
                and rx(r"[,;:]\s*(?:and |while |but )?(?:at |in |on )?$").search(
                    lower[spot.end : after.start()]
                )
            )
            match = after if after and not claimed else match
        if match is None:
            return None
        at = match.start()
        groups = match.groups()[3:]
        before = [g for g in self.levels if g.end <= at]
        if nth := match.group("nth"):
            flat = _flat(before) or [_level((d,), match.start(), match.end()) for d in self._discs_before()]
            return (at, chosen) if (chosen := _nth(flat, nth)) else None
        if match.group("many"):
            flat = _flat(before) or [_level((d,), match.start(), match.end()) for d in self._discs_before()]
            some = _some(flat, match.group("end"), 2 if match.group("many") == "two" else 3)
            return (at, _level(some, match.start(), match.end())) if some else None
        if groups[2]:
            flat = _flat(before) or [_level((d,), match.start(), match.end()) for d in self._discs_before()]
            if len(flat) == 2:
                return at, flat[0 if "former" in groups[2] else 1]
            return None
        if groups[3]:
            all_discs = [d for g in before for d in g.discs] or list(self._discs_before())
            if all_discs:
                return at, _level((_lowest(all_discs),), match.start(), match.end())
            return None
        if groups[4] and rx(
            r"^ (?:end|aspect|half|part|lumbar|thorac|vertebr|pole|levels|back|extrem|limb|dis[ck]s|bod|portion|third|margin|plate)"
        ).search(lower[match.end() : match.end() + 12]):
            return None
        if groups[4]:
            flat = _flat(before) or [_level((d,), match.start(), match.end()) for d in self._discs_before()]
            return (at, flat[0 if groups[4] == "upper" else 1]) if len(flat) == 2 else None
        if groups[5]:
            all_discs = (
                [d for g in before for d in g.discs] or list(self._discs_before()) or list(LUMBAR_DISCS)
            )
            number = 2 if groups[5] == "two" else 3
            if len(all_discs) >= number:
                return at, _level(tuple(all_discs[-number:]), match.start(), match.end())
            return None
        if groups[8]:
            flat = _flat(before) or [_level((d,), match.start(), match.end()) for d in self._discs_before()]
            number = {"first": 0, "second": 1, "third": 2, "last": len(flat) - 1}[groups[8]]
            return (at, flat[number]) if len(flat) > 1 and number < len(flat) else None
        if groups[9]:
            discs = tuple(d for g in before for d in g.discs) or self._discs_before()
            tops = sorted(VERTEBRAE.index(d.split("-")[0]) for d in discs if d.split("-")[0] in VERTEBRAE)
            inner = range(tops[0] + 1, tops[-1]) if tops else range(0)
            names = tuple(d for i in inner if (d := disc(VERTEBRAE[i], VERTEBRAE[i + 1])))
            return (at, _level(names, match.start(), match.end())) if names else None
        if groups[10]:
            nearby = before or [g for g in (*self.landmarks, *self.levels) if g.end <= at]
            origin = nearby[-1] if nearby else self._antecedent(single=True)
            step = -1 if groups[10] in ("above", "higher", "up", "cephalad", "over") else 1
            name = neighbour(origin.discs[-1 if step > 0 else 0], step) if origin and origin.discs else None
            return (at, _level((name,), match.start(), match.end())) if name else None
        if groups[1]:
            discs = tuple(dict.fromkeys(d for g in before for d in g.discs)) or self._discs_before()
            return (at, _level(discs, match.start(), match.end())) if discs else None
        if before:
            return at, before[-1]
        antecedent = self._antecedent(single=groups[7] is None)
        return (at, antecedent) if antecedent else None

    def _antecedent(self, single: bool) -> Level | None:
        """The last level named before this sentence in its paragraph or under its heading."""
        sentence = self.sentence
        if sentence.heading is not None:
            return sentence.heading
        for i in range(sentence.index - 1, max(-1, sentence.index - 4), -1):
            other = self.document.sentences[i]
            if other.section != sentence.section or other.block < sentence.block - 1:
                break
            groups = [
                g for g in self.document.levels(other) if g.kind in ("disc", "range", "endplate") and g.discs
            ]
            if groups:
                last = groups[-1]
                return last if not single or len(last.discs) == 1 else None
            if other.heading is not None:
                return other.heading
        return None

    def _bone_before(self) -> Level | None:
        """The vertebra of `lesion of L3; metastasis can't be excluded`."""
        before = self.document.sentences[self.sentence.index - 1]
        bones = [g for g in self.document.levels(before) if g.vertebrae]
        return bones[0] if before.block == self.sentence.block and len(bones) == 1 else None

    def _discs_before(self) -> tuple[str, ...]:
        sentence = self.sentence
        for i in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
            discs = tuple(d for g in self.document.levels(self.document.sentences[i]) for d in g.discs)
            if discs:
                return discs
        return ()

    def _above_fusion(self, spot: Spot) -> Level | None:
        if not self.fused:
            return None
        match = _ABOVE_FUSION.search(self.lower, self.sentence.start, self.sentence.end)
        if not match or abs(match.start() - spot.end) > 90:
            return None
        named = next((g for g in self.levels if g.discs and 0 <= g.start - match.end() <= 8), None)
        if named:
            return named
        inside = [d for g in self.levels for d in g.discs if match.start() <= g.start < match.end()]
        discs = (
            inside
            or [d for g in self.levels for d in g.discs if g.start < match.end()]
            or list(self._discs_before())
        )
        if not discs:
            return None
        word = match.group(1) or match.group(2)
        if word in ("above", "cephalad", "cranial", "rostral"):
            top = min(discs, key=lambda d: VERTEBRAE.index(d.split("-")[0]))
            lower = top.split("-")[0]
            upper = VERTEBRAE[VERTEBRAE.index(lower) - 1]
            name = disc(upper, lower)
        else:
            upper = _lowest(discs).split("-")[1]
            name = disc(upper, VERTEBRAE[VERTEBRAE.index(upper) + 1])
        return _level((name,), match.start(), match.end()) if name else None

    def _respectively(self, spots: list[Spot]) -> list[Level | None] | None:
        if "respectively" not in self.sentence.text:
            return None
        flat = _flat(self.levels)
        if len(flat) == len(spots) and len(spots) > 1:
            return list(flat)
        return None


_REPLY = rx(r"^\W{0,4}(?:a(?:nswer)?\s?[:.]\s*)?(?:yes|y|present|positive)\b")
_LEVEL_FIELD = rx(
    r"^\W{0,4}(?:(?:affected|involved|dis[ck]|spinal|lumbar|which|modic) ){0,2}(?:levels?(?:\(s\))?|where|sites?)(?: affected| involved)? ?(?:[:=?]\W*l?\d|[\[(] ?[x* ]? ?[\])])"
)


def _flat(levels: list[Level]) -> list[Level]:
    """One level a disc (or a vertebra where no disc is named)."""
    out = []
    for group in levels:
        if group.discs:
            out += [_level((d,), group.start, group.end) for d in group.discs]
        else:
            out += [Level(group.start, group.end, (), (v,), "vertebra") for v in group.vertebrae]
    return out


_NTH = {"first": 0, "second": 1, "third": 2, "last": -1}


def _nth(named: list[Level], which: str) -> Level | None:
    """`the middle of the three`, `the lowest of these levels`: by place; `the first of them`: as they are named."""
    if len(named) < 2:
        return None
    if which in _NTH:
        return named[_NTH[which]] if _NTH[which] < len(named) else None
    downwards = sorted(named, key=lambda g: order((g.discs or g.vertebrae)[0]))
    if which in ("middle", "central"):
        return downwards[len(named) // 2] if len(named) % 2 else None
    return downwards[0 if which.startswith(("up", "top", "high")) else -1]


def _some(named: list[Level], which: str, many: int) -> tuple[str, ...]:
    """`the lower two` of three discs or more."""
    discs = [g.discs[0] for g in named if g.discs]
    if which in ("upper", "top", "lower", "bottom"):
        discs.sort(key=order)
    if len(discs) <= many:
        return ()
    return tuple(discs[:many] if which in ("first", "upper", "top") else discs[-many:])


def _level(discs: tuple[str, ...], start: int, end: int) -> Level:
    return Level(start, end, discs, (), "disc")


def _lowest(discs: list[str]) -> str:
    known = [d for d in discs if d.split("-")[0] in VERTEBRAE]
    return max(
        known or discs, key=lambda d: VERTEBRAE.index(d.split("-")[0]) if d.split("-")[0] in VERTEBRAE else 0
    )
