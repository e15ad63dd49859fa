"""Which of back and leg leads: shares in percent, points out of ten, and words of rank, in one sentence."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from ..resources import root
from .dates import number_of
from .lexicon import Hit, Rule, rules
from .pain_sentence import EXAM, FILE, Anchor, PainSentence, region
from .rx import Pattern, rx

_ANSWERED_NO = rx(r"^ ?(?:pain)? ?(?:\.{2,}|:|\?) ?(?:no\b|n\b|\[ \])")
_BETTER_NEXT = rx(r"^ ?\)? ?(?:better|relief|improve|reduc|less|resolved|gone|of normal)")
_BETTER = rx(r"\b(?:relief|improve\w*|better|reduction|relieved|decrease)\b")


@lru_cache(maxsize=1)
def _weigh() -> dict[str, str]:
    words: dict[str, str] = tomllib.loads((root() / FILE).read_text("utf-8"))["weigh"]
    return words


@lru_cache(maxsize=1)
def _rule() -> Rule:
    return next(r for r in rules(FILE) if r.id == "site.low_back")


_PERCENT = r"(\d{1,3}|(?:fifty|sixty|seventy|eighty|ninety)(?:[ -]five)?|one hundred)(?: ?(?:-|to) ?\d{1,3})? ?(?:%|per ?cent)"
_LEAD = (
    r"(?:(?:of what (?:he|she|they) (?:feels?|has|have|gets?) )?(?:of )?(?:the |her |his |my |it )*(?:pain |symptoms )?(?:is |are |sits |lies |comes |in |from |to |on |by )*"
    r"(?:the |her |his |my |in )*(?:left |right |l |r |rt |lt |bilateral |low |lower |axial )*)"
)
_LINK = (
    r"(?: itself| alone)?(?: (?:pain|symptoms?))?(?: (?:to|in|into|down) (?:(?:the|his|her|my|left|right) )*(?:foot|feet|toes?|calf|ankle|thigh|knee|leg))?"
    r"(?: on (?:the |both |either )(?:left|right|sides?)(?: side)?)?"
    r"(?: (?:is|by|are|being|was|has been|much|far|slightly|significantly|somewhat|"
    r"a lot|a bit|a little|way|really|clearly|always|still|considerably|definitely))* ?"
)
_THE = r" ?(?:than )?(?:the |her |his |my )?(?:left |right |bilateral |l |r |rt |lt |lower |low |any )*"
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
            (part, rf"\b{this} only\b(?: ?[.;,)]|$)"),
            (
                part,
                rf"\b{this}{_LINK}(?:comes )?first,? (?:and |then )?{_MY}{that} (?:\w+ ){{0,3}}(?:second|next|last)\b",
            ),
            (rest, rf"\b{_LITTLE} {_MY}{_KIND}{this}\b"),
            (part, rf"\b{w['mainly']} (?:in |of |on |from |by )*{_MY}{_KIND}{this}\b"),
            (part, rf"\b{this}{_LINK}-?(?:predominates|dominates|predominant(?:ly)?|dominant)"),
            (part, rf"\b{this}{_LINK},? ?(?:and |but )?not (?:so much )?{_MY}{that}\b"),
            (
                part,
                rf"\b{that} (?:is|are)(?: not|n't) (?:really )?(?:the |a |much of a )?{_CHIEF}? ?{_ISSUE}.{{0,24}}\b{this}\b",
            ),
            (part, rf"\b{this}{_LINK}{_MY}{_CHIEF} {_ISSUE}"),
            (part, rf"\b(?:{_CHIEF}|worse) (?:{_ISSUE}|pain)(?: is| remains| in|:)+ {_MY}{_KIND}{this}\b"),
        ]
    return {part: "|".join(p for of, p in out if of == part) for part in ("back", "leg")}


_NUMBERS = r"\d ?[%/:-]|per ?cent|\b(?:back|leg|axial|radicular)(?: pain)? \d"
_WEIGHED = rx(
    _NUMBERS
    + r"|/ ?10|\b(?:vas|nrs|nprs)\b|[<>]|more|less|worse|worst|greater|exceed|outweigh|domin|overshadow|trump|mild|main|primar|chief|"
    r"first|hardly|barely|scarcely|rarely|minimal|trivial|little|slight|secondary|afterthought|negligible|only|most|all|quarter|third|large|entire|exclusi|solely|pure|bigg|major|princip|bulk|brunt|problem|issue|complaint|not|bothers"
)


# `leg pain was the issue then`
_LED_THEN = rx(
    r"\bwas\b.*\b(?:then|at (?:that|the) time|back then|in those days|before (?:the |her |his |that |my )?(?:surgery|operation|\w*(?:ectomy|otomy|fusion))|pre-?op\w*|in (?:19|20)\d\d)\b"
)


def leads(s: PainSentence) -> None:
    """Percentages of back and leg, and which of the two leads."""
    text = s.sentence.text
    if s.general or not (s.sites or rx(r"axial|radic|lumb").search(text)):
        return
    if _presents(s) or _chosen(s) or _divided(s, text) or (_WEIGHED.search(text) and _compared(s, text)):
        return
    _said_to_lead(s)


_COMPLAINT = rx(
    r"(?:^|\n)\s*(?:chief complaint|presenting complaint|reason for (?:visit|referral|consult\w*)|cc|p/c)\s?[:=.-]+\s*$"
)


def _presents(s: PainSentence) -> bool:
    """`Chief complaint: right leg pain`, and no word of the back beside it."""
    parts = [_part(x) for x in s.sites]
    if set(parts) != {"leg"} or not _COMPLAINT.search(s.lower[max(0, s.start - 40) : s.start]):
        return False
    s.say("lead", "leg", s.sites[0])
    return True


CHOICE = rx(
    r"\b(?:which|what|where)\b[^?:]*\b(?:bigger|biggest|worse|worst|more|main|most|dominant)\b[^?:]*[:?]"
    r"|^\W*(?:worse|worst|main|predominant|dominant)(?: \w+){0,2} ?[:?]"
)


def _chosen(s: PainSentence) -> bool:
    """`Which is the bigger problem: [ ] back [x] leg`, and an answer to such a question."""
    asks = CHOICE.search(s.sentence.text)
    start = s.start + asks.end() if asks else s.start
    chosen = [x for x in s.sites if x.start >= start]
    if not (asks or s.asked == "lead") or len(chosen) != 1 or _part(chosen[0]) is None:
        return False
    said = Hit(s.start + asks.start() if asks else chosen[0].start, chosen[0].end, chosen[0].rule)
    s.say("lead", _part(chosen[0]), said)
    return True


_POINTS = rx(r"^[ :=(]{1,3}(\d{1,3})\b")


def _divided(s: PainSentence, text: str) -> bool:
    """ "70% back, 30% leg", "Back 85, right leg 10, left leg 5"."""
    found = _percentages(text) if rx(_NUMBERS).search(text) else {}
    if not found:
        points: dict[str, list[tuple[float, int, int]]] = {}
        for x in s.sites:
            part, told = _part(x), _POINTS.search(s.lower[x.end : s.end])
            if part and told:
                points.setdefault(part, []).append(
                    (float(told.group(1)), x.start - s.start, x.end - s.start + told.end())
                )
        if sum(v[0] for values in points.values() for v in values) == 100:
            found = points
    if len(found) == 1:
        found |= _remainder(text, next(iter(found)), next(iter(found.values())))
    for part, values in found.items():
        share, a, b = values[0]
        span = Hit(s.start + a, s.start + b, _rule())
        s.say(f"{part}_pct", share, span)
        kind = "pain" if part == "back" else "leg"
        s.anchors += [Anchor(x, "present", kind) for x in s.sites if span.start <= x.start < span.end]
    back, leg = (sum(v[0] for v in found.get(part, ())) for part in ("back", "leg"))
    if found and back != leg and (len(found) == 2 or back + leg > 50):
        leader = "back" if back > leg else "leg"
        _, a, b = found[leader][0]
        s.say("predominant", leader, Hit(s.start + a, s.start + b, _rule()))
    return bool(found)


def _compared(s: PainSentence, text: str) -> bool:
    matches = [
        (match.start(), leader, match)
        for leader, pattern in _leads().items()
        if (match := rx(pattern).search(text))
    ]
    for _, leader, match in sorted(matches, key=lambda m: m[0]):
        if _ANSWERED_NO.search(text[match.end() : match.end() + 40]):
            continue
        if _LED_THEN.search(text[match.start() : match.end() + 60]):
            continue
        hit = Hit(s.start + match.start(), s.start + match.end(), _rule())
        if s.asserted(hit)[0] != "present":
            continue
        weak = rx(_LITTLE).search(match.group(0)) is not None
        s.say("predominant", leader, hit, weak=weak)
        split = rx(r"\b(\d{2,3}) ?[/:] ?(\d{1,2})\b").search(text[match.end() :])
        if split and int(split.group(1)) + int(split.group(2)) == 100:  # "back > leg, 80:20"
            big, small = sorted((float(n) for n in split.group(1, 2)), reverse=True)
            both = Hit(hit.start, s.start + match.end() + split.end(), _rule())
            s.say(f"{leader}_pct", big, both)
            s.say("leg_pct" if leader == "back" else "back_pct", small, both)
        return True
    return False


def _said_to_lead(s: PainSentence) -> None:
    """ "The leg has taken over", "the back he can live with": a cue of rank and the site nearest to it.

    What is put behind ("far ahead of the back", "hardly notices the back") gives the lead to the other
    site, if that one hurts too.
    """
    ranked = [
        (s.start + m.start(), s.start + m.end(), kind)
        for kind in _RANKS
        for m in _ranks(kind).finditer(s.sentence.text)
    ]
    for a, b, kind in sorted(ranked):
        cue = Hit(a, b, _rule())
        site = _behind(s, cue) if kind in ("ahead", "passed") else _nearest(s, cue)
        part = _part(site) if site else None
        if site is None or part is None or s.examined(cue):
            continue
        if (kind != "minor" and s.asserted(cue)[0] != "present") or _LED_THEN.search(s.lower[a : s.end][:60]):
            continue
        leader = part if kind in ("lead", "passed") else "leg" if part == "back" else "back"
        span = Hit(min(site.start, a), max(site.end, b), _rule())
        beside = any(_part(x) == leader for x in s.sites)
        s.say("lead", leader, span, weak=kind in ("minor", "ahead") and not beside)
        return


_RANKS = ("lead", "minor", "ahead", "passed")
_TURN = rx(r"[;.:]|, (?:and|while) |\b(?:but|whereas|although|though|however|with lesser|with some)\b")
_ARTICLES = rx(
    r"^ ?(?:(?:an?|pains?|symptoms|bilateral|the|her|his|my|any|left|right|low|lower|axial|of|in|that) )*$"
)


@lru_cache(maxsize=4)
def _ranks(kind: str) -> Pattern:
    return rx(rf"\b(?:{_weigh()[kind]})(?:\b|$)")


def _behind(s: PainSentence, cue: Hit) -> Hit | None:
    """The site right behind "far ahead of"."""
    site = next((h for h in s.what if h.rule.name == "site" and h.start >= cue.end), None)
    return site if site and _ARTICLES.search(s.lower[cue.end : site.start]) else None


def _nearest(s: PainSentence, cue: Hit) -> Hit | None:
    """The site nearest to a cue in its clause, unless it is joined to one of another part."""
    cuts = [s.start, *(s.start + m.end() for m in _TURN.finditer(s.sentence.text)), s.end]
    a = max(x for x in cuts if x <= cue.start)
    b = min((x for x in cuts if x >= cue.end), default=s.end)
    sites = [h for h in s.what if h.rule.name == "site" and a <= h.start < b]
    away = [max(h.start - cue.end, cue.start - h.end) for h in sites]
    if not sites or min(away) > 60:
        return None
    i = away.index(min(away))
    joined = s.joined(sites[i:]) + s.joined(sites[i::-1])
    return sites[i] if {_part(h) for h in joined} - {None} == {_part(sites[i])} else None


def _part(site: Hit) -> str | None:
    """back, leg, or neither."""
    if region(site) == "leg" or site.rule.data.get("to") in ("calf", "foot"):
        return "leg"
    return "back" if region(site) == "low_back" else None


_SCALE = r"(?:/ ?10|out of (?:10|ten))"
_SCORED = rx(
    _SCALE
    + r"|\b(?:vas|nrs|nprs|score[sd]?|rate[sd]?)\b|\b0 ?(?:-|to) ?10\b|\ban? (?:[1-9]|10) ?(?:[,.;)]|$)|\("
)
_BARE_SCORE = rx(r"\b(?:score|vas|nrs|nprs)s?\b.*\b(\d{1,2}) (?:(?:for|in|the|left|right|low|lower) )*$")
_SCORE_BEFORE = rx(
    rf"\b(\d{{1,2}}(?:\.\d)?) ?{_SCALE} (?:(?:for|in|of|the|his|her|my|left|right|low|lower) )*$"
)
_SCORE_AFTER = rx(
    rf"^[^\d;.]{{0,45}}?\b(\d{{1,2}}(?:\.\d)?)(?: ?{_SCALE}|(?: ?[,;.)]|$))"
    r"|^.{0,40}\b0 ?(?:-|to) ?10\)? ?[:=.]* ?(\d{1,2}(?:\.\d)?)\b"
)


_AT_BEST = rx(r"\b(?:at rest|resting|best|least|lying|seated|sitting|today|now|currently)\b")


def rates(s: PainSentence) -> None:
    """Points out of ten for back and leg: `low back 4/10`, `leg pain (0-10): 8`; the value is (part, points)."""
    if s.rank == EXAM or not _SCORED.search(s.sentence.text):
        return
    sites = [h for h in s.what if h.rule.name == "site"]
    for site, following in zip(sites, [*sites[1:], None], strict=False):
        after = s.lower[site.end : following.start if following else s.end]
        before = s.lower[s.start : site.start]
        found = _SCORE_BEFORE.search(before) or _SCORE_AFTER.search(after) or _BARE_SCORE.search(before)
        part = _part(site)
        if part is None or found is None or s.examined(site):
            continue
        points = float(next(g for g in found.groups() if g))
        if points <= 10:
            s.say("rate", (part, points), site)
        if points == 0 and part == "leg" and not _AT_BEST.search(s.sentence.text):
            s.say("leg_pain", "absent", site)


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


def _remainder(
    text: str, told: str, values: list[tuple[float, int, int]]
) -> dict[str, list[tuple[float, int, int]]]:
    """The share of the second part: `eighty percent leg and the other twenty back`, `the rest is leg`."""
    part = "leg" if told == "back" else "back"
    number = r"(\d{1,2}|(?:ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]five)?)"
    rest = rf"(?:(?:other|remaining|last) {number}(?: ?%| ?per ?cent)?|the (?:rest|remainder|balance)|what is left)"
    link = r"(?:,| (?:of it|of the pain|is|being|as|comes?|goes|sits|in|from|for|to|down|into|on|the|her|his|my|left|right))*"
    found = rx(rf"\b{rest}{link} {_weigh()[part]}\b|\b{_weigh()[part]}{link} {rest}").search(text)
    whole = sum(v[0] for v in values)
    if found is None or not 0 < whole < 100:
        return {}
    said = next((g for g in found.groups() if g), None)
    share = _share(said) if said else 100.0 - whole
    return {part: [(share, found.start(), found.end())]} if 95 <= share + whole <= 105 else {}


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
