"""Levels, sides, shares of back and leg, and what makes a pain worse or better, in one sentence."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from ..resources import root
from .dates import number_of
from .lexicon import Hit, Rule, rules
from .pain_sentence import CLAUSE_END, COMPLAINT, EXAM, FILE, Anchor, PainSentence, only_words, region
from .rx import rx

_DIAGNOSIS = rx(
    r"(?:vertebrogenic|discogenic|endplate|end plate|facetogenic|facet|radicular|mediated|myofascial)"
    r"(?: low| lower| back| lumbar)* $"
)
_OTHER_SYMPTOM = rx(
    r"\b(?:breath|dyspnea|vertigo|dizz|anxiety|fatigue|palpitation|nausea|reflux|heartburn|wheez)"
)
_BETTER = rx(r"\b(?:relief|improve\w*|better|reduction|relieved|decrease)\b")
_BETTER_NEXT = rx(r"^ ?\)? ?(?:better|relief|improve|reduc|less|resolved|gone|of normal)")
_ANSWERED_NO = rx(r"^ ?(?:pain)? ?(?:\.{2,}|:|\?) ?(?:no\b|n\b|\[ \])")


def levels(s: PainSentence) -> None:
    """Discs that pain or tenderness is said to be at; a level of a diagnosis or of an image is none."""
    words = [h for h in s.what if h.rule.name in ("pain", "tender") or h.rule.data.get("pain")]
    if s.in_pain():
        words += [h for h in s.how if h.rule.name in ("focal", "midline", "off_midline")]
    if not words:
        return
    for level in s.document.levels(s.sentence):
        if level.kind not in ("disc", "range") or not 1 <= len(level.discs) <= 3:
            continue
        for word in words:
            if word.end <= level.start:
                gap = s.lower[word.end : level.start]
                if word.rule.name not in ("midline", "off_midline") and "," in gap:
                    continue
                if len(gap) > 60 or _DIAGNOSIS.search(s.lower[max(0, word.start - 40) : word.start]):
                    continue
            elif word.start >= level.end and word.rule.name in ("pain", "tender"):
                gap = s.lower[level.end : word.start]
                if len(gap) > 30 or "," in gap:
                    continue
            else:
                continue
            if only_words("between", gap) and s.asserted(word)[0] == "present":
                s.say(
                    "levels",
                    level.discs,
                    Hit(min(word.start, level.start), max(word.end, level.end), word.rule),
                )
                break


def sides(s: PainSentence) -> None:
    """Sides of what hurts; the value is (what it is the side of, the side)."""
    alone = not s.anchors and not s.sites and s.rank != EXAM and s.topic in ("low_back", "leg", "buttock")
    if not s.anchors and not alone:
        return
    for hit in s.find("side"):
        if s.boxed(hit) is False:
            continue
        if alone:  # "Worse on the left." after a pain
            if hit.rule.data.get("worse") or only_words("between", s.sentence.text):
                anchor: Anchor | None = Anchor(hit, "present", "leg" if s.topic == "leg" else "pain")
            else:
                continue
        else:
            anchor = _anchor(s, hit)
        if anchor is None or anchor.assertion != "present" or anchor.kind == "other":
            continue
        if s.asserted(hit)[0] in ("absent", "historical", "hypothetical", "family"):
            continue
        if s.rank == EXAM and anchor.kind == "pain" and anchor.hit.rule.name != "site":
            continue  # "prominence on the right, pain with flexion"
        value = hit.rule.name
        of_a_site = s.words(hit).startswith(("primarily", "mainly", "mostly", "predominantly")) and any(
            0 <= x.start - hit.end <= 1 for x in s.sites
        )  # "primarily in the left leg"
        if hit.rule.data.get("worse") and not of_a_site:
            s.say("worse_side", value, hit)
            value = "bilateral" if hit.rule.data.get("both") else "worse:" + value
        s.say("side", (anchor.kind, value), hit)


def _anchor(s: PainSentence, hit: Hit) -> Anchor | None:
    """What a side word belongs to: the nearest thing that hurts in its segment, else close by."""
    a, b = s.segment(hit)
    pool = [x for x in s.anchors if a <= x.hit.start < b]
    if not pool and s.examined(hit):
        return None
    site = next((x for x in s.sites if 0 <= x.start - hit.end <= 14), None)
    if (
        site is not None
        and region(site) in ("leg", None)
        and all(x.hit.start != site.start and not 0 <= x.hit.start - site.end <= 1 for x in s.anchors)
    ):
        return None  # "numb in the left leg"
    if not pool:
        for x in s.anchors:
            first, last = sorted((x.hit.start, hit.start))
            if last - first <= 70 and not CLAUSE_END.search(s.lower[first:last]):
                pool.append(x)
    return min(
        pool, key=lambda x: (max(x.hit.start - hit.end, hit.start - x.hit.end), x.hit.start), default=None
    )


# --- shares of back and leg ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _weigh() -> dict[str, str]:
    words: dict[str, str] = tomllib.loads((root() / FILE).read_text("utf-8"))["weigh"]
    return words


@lru_cache(maxsize=1)
def _rule() -> Rule:
    return next(r for r in rules(FILE) if r.id == "site.low_back")


_PERCENT = r"(\d{1,3}|(?:fifty|sixty|seventy|eighty|ninety)(?:[ -]five)?|one hundred)(?: ?(?:-|to) ?\d{1,3})? ?(?:%|percent)"
_LEAD = (
    r"(?:(?:of )?(?:the |her |his |my |it )*(?:pain |symptoms )?(?:is |are |in |from )*"
    r"(?:the |her |his |my |in )*(?:left |right |l |r |rt |lt |bilateral |low |lower |axial )*)"
)
_LINK = (
    r"(?: itself| alone)?(?: (?:pain|symptoms?))?(?: (?:to|in|into|down) (?:(?:the|his|her|my|left|right) )*(?:foot|feet|toes?|calf|ankle|thigh|knee|leg))?"
    r"(?: on (?:the |both |either )(?:left|right|sides?)(?: side)?)?"
    r"(?: (?:is|by|are|being|was|has been|much|far|slightly|significantly|somewhat|"
    r"a lot|a bit|a little|way|really|clearly|always|still|considerably|definitely))* ?"
)
_THE = r" ?(?:than )?(?:the |her |his |my )?(?:left |right |bilateral |l |r |rt |lt |lower |low |any )*"
_HARDLY = (
    r"(?:(?:hardly|barely|scarcely|rarely|only (?:mildly|slightly|occasionally)) (?:bothers|hurts|troubles|aches|registers|a |an |painful)|"
    r"(?:an?|of) (?:minor|lesser|secondary|small) (?:complaint|issue|problem|concern|component|importance)|an afterthought|(?:minor|minimal|negligible|secondary)(?: ?[.,;)]|$))"
)
_LITTLE = r"(?:minimal|negligible|trivial|(?:very |only )*little|(?:hardly|barely) any|only (?:an? )?(?:mild|slight|minimal|minor|occasional)|very mild)"
_MY = r"(?:the |her |his |my |a )?"
_KIND = r"(?:left |right |bilateral |sided |chronic |axial |low |lower |midline |central |mechanical )*"
_ISSUE = r"(?:problem|complaint|issue|concern|component|symptom)"
_CHIEF = r"(?:most (?:bothersome|troublesome|severe|limiting|significant|painful|disabling)|main|chief|primary|bigger|worst|biggest|major|principal|dominant|predominant)"


@lru_cache(maxsize=1)
def _leads() -> dict[str, str]:
    """Who leads: the pattern of all ways to say so."""
    w = _weigh()
    out = []
    for part, rest in (("back", "leg"), ("leg", "back")):
        this, that = w[part], w[rest]
        out += [
            (part, rf"\b{this}{_LINK}{w['more']}{_THE}{that}\b"),
            (rest, rf"\b{this}{_LINK}{w['less']}{_THE}{that}\b"),
            (part, rf"\bmore (?:in |of |of a )?{_MY}{this}(?: problem)? than (?:in |of )?{_MY}{that}\b"),
            (
                part,
                rf"\b(?:all|most|majority|bulk|quarters|thirds) (?:of )?{_MY}(?:pain|symptoms) (?:is|are|comes?|arises?) (?:\w+ )?(?:in|from) {_MY}{_KIND}{this}\b",
            ),
            (
                part,
                rf"\b{this}{_LINK}the (?:worse|worst|bigger|greater|more severe|more bothersome)(?: (?:one|part|pain|half|problem))?(?: of the (?:two|2|pair))?\b",
            ),
            (part, rf"\b{this} only\b(?: ?[.;,)]|$)"),
            (rest, rf"\b{this}{_LINK}{_HARDLY}"),
            (rest, rf"\b{_LITTLE} {_MY}{_KIND}{this}\b"),
            (part, rf"\b{w['mainly']} (?:in |of |on |from |by )*{_MY}{_KIND}{this}\b"),
            (part, rf"\b{this}{_LINK}-?(?:predominates|dominates|predominant(?:ly)?|dominant)"),
            (part, rf"\b{this}{_LINK}{_MY}{_CHIEF} {_ISSUE}"),
            (
                part,
                rf"\b{this}{_LINK}(?:the (?:worst|bulk|majority|most|brunt|main thing|problem|issue|complaint)\b|what (?:really |mostly )?bothers)",
            ),
            (
                part,
                rf"\b{that}\b.*\b{this}{_LINK}(?:the )?(?:worse|more (?:severe|bothersome|intense|painful|limiting|prominent|significant|troublesome)) ?(?:[.,;)]|$)",
            ),
            (part, rf"\b{this}{_LINK},? ?(?:and |but )?not (?:so much )?{_MY}{that}\b"),
            (
                part,
                rf"\b{that} (?:is|are)(?: not|n't) (?:really )?(?:the |a |much of a )?{_CHIEF}? ?{_ISSUE}.{{0,24}}\b{this}\b",
            ),
            (part, rf"\b(?:{_CHIEF}|worse) (?:{_ISSUE}|pain)(?: is| remains| in|:)+ {_MY}{_KIND}{this}\b"),
        ]
    return {part: "|".join(p for of, p in out if of == part) for part in ("back", "leg")}


_NUMBERS = r"\d ?[%/:-]|percent|\b(?:back|leg|axial|radicular)(?: pain)? \d"
_WEIGHED = rx(
    _NUMBERS
    + r"|/ ?10|\b(?:vas|nrs|nprs)\b|[<>]|more|less|worse|worst|greater|exceed|outweigh|domin|overshadow|trump|mild|main|primar|chief|"
    r"hardly|barely|scarcely|rarely|minimal|trivial|little|slight|secondary|afterthought|negligible|only|most|all|quarter|third|large|entire|exclusi|solely|pure|bigg|major|princip|bulk|brunt|problem|issue|complaint|not|bothers"
)


# `leg pain was the issue then`
_LED_THEN = rx(
    r"\bwas\b.*\b(?:then|at (?:that|the) time|back then|in those days|before (?:the |her |his |that |my )?(?:surgery|operation|\w*(?:ectomy|otomy|fusion))|pre-?op\w*|in (?:19|20)\d\d)\b"
)


def shares(s: PainSentence) -> None:
    """Percentages of back and leg, and which of the two leads."""
    text = s.sentence.text
    if s.general or not (s.sites or rx(r"axial|radic|lumb").search(text)):
        return
    if not _WEIGHED.search(text):
        return
    found = _percentages(text) if rx(_NUMBERS).search(text) else {}
    for part, values in found.items():
        share, a, b = values[0]
        span = Hit(s.start + a, s.start + b, _rule())
        s.say(f"{part}_pct", share, span)
        kind = "pain" if part == "back" else "leg"
        s.anchors += [Anchor(x, "present", kind) for x in s.sites if span.start <= x.start < span.end]
    if found:
        back, leg = (sum(v[0] for v in found.get(part, ())) for part in ("back", "leg"))
        if (len(found) == 2 and back == leg) or (len(found) == 1 and back + leg <= 50):
            return
        leader = "back" if back > leg else "leg"
        share, a, b = found[leader][0]
        s.say("predominant", leader, Hit(s.start + a, s.start + b, _rule()))
        return
    if _rated(s, text):
        return
    matches = [
        (match.start(), leader, match)
        for leader, pattern in _leads().items()
        if (match := rx(pattern).search(text))
    ]
    for _, leader, match in sorted(matches, key=lambda m: m[0]):
        if not _ANSWERED_NO.search(text[match.end() : match.end() + 40]) and not _LED_THEN.search(
            text[match.start() : match.end() + 60]
        ):
            hit = Hit(s.start + match.start(), s.start + match.end(), _rule())
            if s.asserted(hit)[0] == "present":
                s.say(
                    "predominant",
                    leader,
                    hit,
                    weak=rx(_HARDLY + "|" + _LITTLE).search(match.group(0)) is not None,
                )
                split = rx(r"\b(\d{2,3}) ?[/:] ?(\d{1,2})\b").search(text[match.end() :])
                if split and int(split.group(1)) + int(split.group(2)) == 100:  # "back > leg, 80:20"
                    big, small = sorted((float(n) for n in split.group(1, 2)), reverse=True)
                    both = Hit(hit.start, s.start + match.end() + split.end(), _rule())
                    s.say(f"{leader}_pct", big, both)
                    s.say("leg_pct" if leader == "back" else "back_pct", small, both)
                return


def _rated(s: PainSentence, text: str) -> bool:
    """ "Back 8/10, leg 3/10": the site that is rated two points higher leads (a clinically important difference)."""
    rated = {}
    for part in ("back", "leg"):
        form = rf"\b{_weigh()[part]}(?: (?:is|was|are|at|about|now|rated|currently|vas|nrs|nprs|averages))*[ :=(,]{{0,3}}(\d{{1,2}}(?:\.\d)?)(?: ?/ ?10\b|[ ,.;)]|$)"
        rated[part] = rx(form).search(text)
    back, leg = rated["back"], rated["leg"]
    if back is None or leg is None or not rx(r"/ ?10\b|\b(?:vas|nrs|nprs|score|rate[sd]?)\b").search(text):
        return False
    points = float(back.group(1)) - float(leg.group(1))
    if abs(points) < 2 or max(float(back.group(1)), float(leg.group(1))) > 10:
        return False
    first, last = sorted((back, leg), key=lambda m: m.start())
    span = Hit(s.start + first.start(), s.start + last.end(), _rule())
    s.say("predominant", "back" if points > 0 else "leg", span)
    return True


def _percentages(text: str) -> dict[str, list[tuple[float, int, int]]]:
    """{back: [(share, start, end), ...], leg: ...}; a relief in percent is no share."""
    w = _weigh()
    either = f"(?:{w['back']}|{w['leg']})"
    pair = rx(
        rf"\b(\d{{1,3}}) ?%? ?[/:-] ?(\d{{1,3}}) ?%? ?(?:split )?(?:of )?(?:in favor of )?"
        rf"(?:the )?(?:pain )?(?:ratio )?\(?({either})"
        rf" ?(?:/|to|vs\.?|versus|and|:|-|,|over) ?(?:the )?{either}"
    ).search(text)
    named_first = rx(
        rf"\b({either}) ?(?:/|to|vs\.?|versus|:|-|and) ?{either}(?: ratio| split)?"
        rf"(?: is| of| are| about| roughly| equal(?:ly)?| ?[:=,])* ?\(?(\d{{1,3}}) ?%? ?[/:-] ?(\d{{1,3}})\b"
    ).search(text)
    turn_about = rx(rf"\b({either}):? (\d{{1,3}})%?,? ?(?:and |/ ?|& ?)?{either}:? (\d{{1,3}})\b").search(
        text
    )
    if match := pair or named_first or turn_about:
        one, two, first = match.group(1, 2, 3) if pair else match.group(2, 3, 1)
        if 95 <= int(one) + int(two) <= 105:
            order = ("back", "leg") if rx(rf"^{w['back']}$").search(first) else ("leg", "back")
            return {
                p: [(float(n), match.start(), match.end())] for p, n in zip(order, (one, two), strict=True)
            }
    best: dict[str, list[tuple[float, int, int]]] = {}
    led = {m.start(1) for p in ("back", "leg") for m in rx(_FORMS[0].replace("{}", w[p])).finditer(text)}
    for form in _FORMS:
        found = {}
        for part in ("back", "leg"):
            values = [
                (_share(m.group(1)), m.start(), m.end())
                for m in rx(form.replace("{}", w[part])).finditer(text)
                if _share(m.group(1)) <= 100
                and not (m.start(1) in led and "(" in m.group(0))  # "leg exceeds back (70% leg, 30% back)"
                and not _BETTER_NEXT.search(text[m.end() : m.end() + 14])
            ]
            if values:
                found[part] = values
        if len(found) > len(best) or (found and len(found) == len(best) and _first(found) < _first(best)):
            best = found
    return best if len(best) == 2 or not _BETTER.search(text) else {}


def _share(words: str) -> float:
    number = number_of(words)
    return 100.0 if number is None else number


def _first(found: dict[str, list[tuple[float, int, int]]]) -> int:
    return min(values[0][1] for values in found.values())


_FORMS = (
    rf"\b{_PERCENT} ?{_LEAD}\b{{}}\b",
    rf"\b{{}}(?: is| as| at| for| about| approximately| roughly| around| accounts for| represents| makes up| ?[:=,(-])* ?{_PERCENT}",
    rf"\b{{}}[a-z ,]{{3,50}}? {_PERCENT} of (?:it|the pain|(?:his|her|my) pain|the (?:problem|symptoms))",
)


# --- what makes it worse or better -----------------------------------------------------------------------


_SO_DOES = rx(
    r"^(?:,? ?(?:and |or )[a-z]+ing)?,? ?(?:though |however |definitely |certainly )?(?:does|do|will|did)"
    r"(?: so| it| that| though| however)*\s?(?:[.,;!]|$)"
)
_SIGNED = rx(
    r"^ ?[(:=]? ?(\++|-|pos(?:itive)?|neg(?:ative)?|yes|no)\)? ?(?:[,.;/]|and\b|$)"  # "sitting +, walking neg"
)
_SIGN_BEFORE = rx(r"[:,;(] ?(\++|-) ?$")  # "+ sitting, - walking"
_ASKED = rx(r"\b(?:how (?:about|is)|what about|and|does)\b")
_FELT = rx(
    r"^[\s>-]*(?:a |it |it's |it is |is |much |really |very )*(?:"
    r"(terrible|awful|bad|horrible|painful|worse|worst|hurts?|kills?|miserable|brutal|rough|killer|agony|torture)|"
    r"(?:better|helps?|eases|relieves|relief|best)\b)"
)
_SAID_NO = rx(r"^[\s>-]*(?:no|nope|not really|not at all|denie[sd]|negative)\b\s?(?:[.,;!\n]|$)")


def effects(s: PainSentence, carried: str | None = None, spoken: str | None = None) -> None:
    """Activities that aggravate or relieve; `carried` over a semicolon: `Worse: sitting; bending`.

    `spoken`: the effect an earlier sentence spoke of, if only to deny it: `Standing does not hurt. Sitting does.`
    """
    hits = s.find("effect")
    acts = [h for h in hits if h.rule.name == "activity"]
    acts = [a for a in acts if s.boxed(a) is not False]
    told = [h for h in hits if h.rule.name in ("aggravating", "relieving")]
    s.spoken = told[-1].rule.name if told else spoken
    if s.sentence.text.rstrip().endswith("?") and _SAID_NO.search(s.lower[s.end : s.end + 24]):
        return  # "Worse with standing? No."
    if acts and only_words("list_of_activities", _ASKED.sub("", _without(s, acts))):  # "Sitting? Terrible."
        told_of = _FELT.search(s.lower[s.end : s.end + 40])
        for act in acts if told_of and s.sentence.text.rstrip().endswith("?") else ():
            s.say("aggravating" if told_of and told_of.group(1) else "relieving", act.rule.data["value"], act)
    if not acts and s.sentence.text.rstrip().endswith("?"):  # "What makes it worse?" and the answer behind it
        s.effect = told[0].rule.name if told else None
    if not acts or s.general or (_OTHER_SYMPTOM.search(s.sentence.text) and not s.in_pain()):
        return
    cues = [h for h in hits if h.rule.name != "activity"]
    for act in acts:
        if not cues and carried and (s.boxed(act) or _one_list(s, s.start, s.end, acts)):
            s.effect = carried
            s.say(carried, act.rule.data["value"], act)
            continue
        sign = _sign(s, act)
        if sign == "-":
            continue
        if sign == "+":
            effect = next((h.rule.name for h in reversed(told) if h.end <= act.start), None)
            if effect or (s.rank == COMPLAINT and s.in_pain()):
                s.say(effect or "aggravating", act.rule.data["value"], act)
            continue
        if _echoes(s, act, acts):
            spoken = next((h.rule.name for h in reversed(told) if h.end <= act.start), spoken)
            if spoken is not None:
                s.say(spoken, act.rule.data["value"], act)
            continue
        cue = _before(s, act, cues, acts) or _after(s, act, cues, acts) or _bare(s, act, cues, acts)
        if cue is not None:
            effect = "aggravating" if cue.rule.name == "bare" else cue.rule.name
            value = act.rule.data["value"]
            if effect == "relieving" and value == "sit_to_stand":
                value = "standing"  # "eases when he stands up"
            if effect != "tolerated":
                s.effect = effect
                s.say(effect, value, act, cues=(cue,))


def _sign(s: PainSentence, act: Hit) -> str | None:
    """The mark of an activity in a list, + or -."""
    match = _SIGNED.search(s.lower[act.end : s.end])
    if match is None:
        match = _SIGN_BEFORE.search(s.lower[s.start : act.start])
        if match and "+ " not in s.sentence.text:
            return None  # the dash of a list
    return None if match is None else "-" if match.group(1) in ("-", "neg", "negative", "no") else "+"


def _without(s: PainSentence, acts: list[Hit]) -> str:
    """The words of a sentence around its activities."""
    ends = [s.start, *(a.end for a in acts)]
    return " ".join(s.lower[a:b] for a, b in zip(ends, [*(a.start for a in acts), s.end], strict=True))


def _echoes(s: PainSentence, act: Hit, acts: list[Hit]) -> bool:
    """Whether an activity answers what was said of another one: `bending does`."""
    last = max(
        (a.end for a in acts if a.start >= act.start and _one_list(s, act.end, a.start, acts)),
        default=act.end,
    )
    return _SO_DOES.search(s.lower[last : s.end]) is not None


_ESPECIALLY = rx(
    r"^,? ?\(?(?:especially|particularly|in particular|mostly|mainly|such as|like|including|e\.?g\.?,?|notably|most of all)"
    r"(?: (?:when|with|on|while|the|any|prolonged))* $"
)


def _served(s: PainSentence, cue: Hit, acts: list[Hit]) -> bool:
    """Whether a cue that looks back has an activity, or a "which", to look back to: `sitting eases`."""
    a, _ = s.segment(cue)
    return any(a <= x.start < cue.start for x in acts) or s.lower[a : cue.start].strip(" ,;") != ""


def _before(s: PainSentence, act: Hit, cues: list[Hit], acts: list[Hit]) -> Hit | None:
    """`worse with sitting and bending`: the nearest cue that looks ahead."""
    for cue in reversed(cues):
        if cue.end > act.start + 1 or cue.rule.name == "bare":
            continue
        gap = s.lower[cue.end : act.start]
        if cue.rule.data["direction"] == "backward" and gap == " " and not _served(s, cue, acts):
            return cue  # "eases lying flat", "painful sitting"
        if cue.rule.data["direction"] == "backward" and _ESPECIALLY.search(gap):
            return cue  # "everything makes it worse, especially bending"
        if cue.rule.data["direction"] == "backward" or len(gap) > 120 or CLAUSE_END.search(gap):
            return None
        if rx(r"\bthan (?:with |when |on |while )?[a-z ]*$").search(gap):
            return None  # "worse with sitting than with standing"
        if "," in gap and any(
            c.rule.data["direction"] == "backward" and 0 <= c.start - act.end <= 1 for c in cues
        ):
            return None  # "worse sitting, standing eases it"
        if s.denied(cue.end, act.start) or s.denied(max(s.segment(cue)[0], cue.start - 16), cue.start):
            return None
        return cue
    return None


def _after(s: PainSentence, act: Hit, cues: list[Hit], acts: list[Hit]) -> Hit | None:
    """`sitting and bending make it worse`, `sitting is worst`: the next cue that looks back."""
    for cue in cues:
        if cue.start < act.end or cue.rule.name == "bare":
            continue
        gap = s.lower[act.end : cue.start]
        if cue.rule.data["direction"] == "forward" and not _predicate(s, cue, acts):
            return None
        if (
            len(gap) > 60
            or CLAUSE_END.search(gap)
            or rx(r"\b(?:because|since|rather than|instead of)\b").search(gap)
            or s.denied(max(s.start, act.start - 14), cue.start)
        ):
            return None
        return cue if "," not in gap or _one_list(s, act.end, cue.start, acts) else None
    return None


def _bare(s: PainSentence, act: Hit, cues: list[Hit], acts: list[Hit]) -> Hit | None:
    """`tailbone pain when sitting`: no cue but a when or with after a pain that is there."""
    if any(
        c.rule.name != "bare" and c.rule.data["direction"] == "forward" and c.end <= act.start + 1
        for c in cues
    ):
        return None
    for cue in reversed([c for c in cues if c.rule.name == "bare" and c.end <= act.start + 1]):
        hurts = any(
            a.kind in ("pain", "leg")
            and a.assertion == "present"
            and (a.hit.start < cue.start or _then_hurts(s, cue, act, a.hit))
            for a in s.anchors
        )
        if (
            hurts
            and _one_list(s, cue.end, act.start, acts)
            and not s.denied(max(s.start, cue.start - 30), cue.start)
        ):
            return cue
    return None


def _then_hurts(s: PainSentence, cue: Hit, act: Hit, pain: Hit) -> bool:
    """`When he sits for long his back aches`: the clause opens with the activity, and the pain follows."""
    opens = s.words(cue).startswith(("when", "if", "after", "while")) and cue.start - s.start < 4
    gap = s.lower[act.end : pain.end]
    return (
        opens
        and act.end <= pain.start
        and len(gap) < 70
        and not rx(r"[.;]|\b(?:no|not|less|better|eas\w+|reliev\w+|and|but)\b").search(gap)
    )


def _predicate(s: PainSentence, cue: Hit, acts: list[Hit]) -> bool:
    """A cue that looks ahead, with nothing ahead of it: `sitting is worst`, `sitting: worse`."""
    verb = s.words(cue).startswith(("is ", "are ", "feels ", "gets "))
    label = rx(r"[:=-] ?$").search(s.lower[s.start : cue.start])
    verb = verb or (label is not None and rx(r"^ ?(?:[.,;)]|$)").search(s.lower[cue.end : s.end]) is not None)
    return verb and not any(0 <= a.start - cue.end <= 40 for a in acts)


def _one_list(s: PainSentence, a: int, b: int, acts: list[Hit]) -> bool:
    """Whether only activities, and words that may join them, stand between two places."""
    position, rest = a, ""
    for act in acts:
        if a <= act.start and act.end <= b:
            rest += s.lower[position : act.start] + " "
            position = act.end
    return b - a <= 90 and only_words("list_of_activities", rest + s.lower[position:b])
