"""What is said of canal, foramina, recesses, facets and disc height: a noun and the word for its state.

The two stand in either order with small words between them: `canal and both foramina are patent`,
`reduced disc height and signal`, `Foramina: mild left, moderate right narrowing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .rx import rx


class Said(NamedTuple):
    """A concept said of a structure; offsets into the sentence. `absent`: the structure is as it should be."""

    concept: str
    start: int
    end: int
    absent: bool
    side: str | None
    severity: str | None
    clause: bool = False  # a clause of its own: a denial before its comma is of something else


# Order matters: the first alternative that matches at a place is the token.
_KINDS: tuple[tuple[str, str], ...] = (
    ("foramen", r"(?:(?:neural|exit|exiting|intervertebral|nerve|root|vertebral)[ -])*(?:neuro ?-?)?foram(?:en|ina|inae|inas|ens|inal (?:canals?|zones?))|neural exit canals?|exit(?:ing)? (?:neural )?canals?|neural canals?|nerve canals?|ivfs?|nfs?"),
    ("recess", r"(?:(?:lateral|subarticular)[ -])+(?:recess(?:es)?|zones?|spaces?)|recess(?:es|us)?"),
    ("canal", r"(?:(?:(?:ap |sagittal |transverse )?(?:diameters?|calib(?:er|re)|size|width|dimensions?|area) of (?:the )?)?(?:(?:central|spinal|lumbar|vertebral|bony|thecal|lumbosacral)[ -])*canals?(?: (?:ap )?(?:diameters?|size|calib(?:er|re)|width|dimensions?|area))?)"),
    ("spinal", r"spinal"),
    ("facet", r"(?:facet(?:al|s)?|zygapophyseal|zygapophysial|apophyseal)(?: joints?)?|posterior joints?"),
    ("height", r"(?:inter)?(?:vertebral )?dis[ck](?: space)?s? heights?|(?:inter)?(?:vertebral )?(?:dis[ck] )?spaces? heights?|heights? of (?:the |all )*(?:inter)?(?:vertebral )?dis[ck]s?(?: spaces?)?|heights?|dis[ck] hts?|hts?"),
    ("signal", r"(?:(?:t2 )?dis[ck] )?(?:t2 )?(?:signal(?: intensit(?:y|ies))?|hydration|water(?: content)?|brightness)(?: (?:of|in|within|from) (?:the )?(?:nucleus|dis[ck])s?)?"),
    ("pars", r"pars(?: interarticulares?| interarticularis)?(?: region)?"),
    ("disc", r"(?:inter)?(?:vertebral )?dis[ck](?: space)?s?|(?:inter)(?:vertebral )?spaces?|dis[ck] spaces?"),
    ("normal", r"patent|open|adequate|capacious|ample|roomy|spacious|clear|free|preserved|maintained|normal|unremarkable|intact|unaffected|uncompromised|unobstructed|not involved|within normal limits|wnl|wide|good|satisfactory|sufficient|healthy|(?:plenty of|ample|lots of|enough) (?:room|space)|nl|ok"),
    ("narrow", r"narrow(?:ed)?|stenosed|stenotic|compromised|encroached(?: up ?on)?|effaced|obliterated|crowded|tight|constricted|restricted|contracted|pinched|impinged(?: up ?on)?|trefoil|occluded|attenuated"),
    ("less", r"(?:loss|reduction|decrease|diminution) (?:of|in)|loss|reduction|decrease|reduced|decreased|diminished|lost|low(?:er)?|dark|poor|collapsed|thinned|lowered"),
    ("dry", r"t2 (?:hypointense|dark)|(?:dark|hypointense) on t2|dry|black|desiccated|dehydrated"),
    ("worn", r"(?:degenerative|arthritic|hypertrophic|arthrotic)(?: joint)? (?:changes?|disease)|arthr(?:itic|otic|opathic)|osteoarthritic|hypertroph(?:ic|ied)|degenerat(?:ed|ive)|degenerate|enlarged|overgrown|worn(?: out)?|wear(?: and tear)?|(?:osteo)?arthritis|(?:spondyl(?:o)?)?arthros[ie]s|arthropathy|hypertrophy|degeneration|oa|djd|dj?d"),
    ("noun", r"stenos[ie]s|narrowing|encroachment|compromise|impingement|crowding|effacement"),
    ("none", r"none|nil"),
    ("neg", r"no(?: evidence of| significant| definite)*|not|without"),
    ("sev", r"mild(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?moderate(?:ly)?)?|minimal(?:ly)?|slight(?:ly)?|minor|trace|subtl[ey]|moderate(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?(?:severe|marked)(?:ly)?)?(?: severe)?|mod|severe(?:ly)?|sev|marked(?:ly)?|critical(?:ly)?|high ?-?grade|gross(?:ly)? narrowed"),
    ("side", r"bilateral(?:ly)?|both(?: sides)?|b/l|bilat|left|right|lt|rt|either side|[lr]"),
    ("than", r"(?:greater|more|worse|larger) than"),
    ("than", r"[>]"),
    ("level", r"[lstcd]\d{1,2}(?: ?[-/] ?[lstcd]?\d{1,2})?"),
    ("colon", r"[:=]"),
    ("sep", r"and|or|nor|as well as"),
    ("sep", r"[,/&+]"),
    ("copula", r"(?:thickened )?(?:ligament(?:um|a|ous|s)?(?: flav\w+)?|flav(?:um|al|a))(?: thickening)?"),
    ("except", r"apart from|except(?:ing)?(?: for)?|other than|aside from"),
    ("show", r"shows?|demonstrates?|exhibits?|has|have"),
    ("copula", r"is|are|was|were|appears?|appeared|remains?|seems?|looks?|has been|have been|being"),
    ("glue", r"the|of|its|their|an?|also|quite|well|widely|fairly|relatively|somewhat|grossly|largely|otherwise|still|again|in|at|on|to|within|affecting|involving|overall|only|just|side|sided|levels?|this|that|these|all|each|every|throughout|congenital(?:ly)?|developmental(?:ly)?|normal in|of normal|of good|sized?|calib(?:er|re)|ap|sagittal|transverse|diameter|width|changes?|rather|almost|nearly|completely|totally|very|slightly|little|bit|partly|partially|remaining|other|rest|adjacent|visible|imaged|respective|corresponding|same|visuali[sz]ed|exiting|appearances?|degenerative|associated|neither|either"),
    ("other", r"[a-z0-9%'][a-z0-9%'.]*"),
    ("glue", r"[-]"),
    ("stop", r"\S"),
)  # fmt: skip
_EACH = [rf"({p})" if p[0] in "[\\" else rf"\b({p})\b" for _, p in _KINDS]
_TOKEN = rx("|".join(p.replace("(", "(?:", 1) for p in _EACH))  # without groups: several times faster
_KIND = rx("|".join(_EACH))
_NOUNS = frozenset({"foramen", "recess", "canal", "facet", "height", "signal", "disc", "pars"})
_NARROWS = {"foramen": "foraminal_stenosis", "recess": "lateral_recess_stenosis", "canal": "central_stenosis"}
_SIDED = frozenset({"foramen", "recess", "facet"})
_DISC = {"height": "disc_space_narrowing", "signal": "disc_desiccation"}
_STATES = frozenset({"dry", "normal", "narrow", "less", "worn", "noun", "none"})
_ELSEWHERE = rx(r"\b(?:marrow|vertebral (?:body|bodies)|bodies|cord|end ?plates?|conus|stir|t1|fractur\w*|wedg\w*|compression (?:fracture|deformit)\w*|cyst|lesion|fluid)\b")  # fmt: skip


# `L4-5 and L5-S1 have lost their T2 signal`: a motion segment that loses signal is its disc
_OF_LEVELS = rx(r"^\W*(?:at )?[lt]\d{1,2} ?[-/] ?[lst]?\d[^.;]{0,24}\b(?:has|have|shows?|show)\b")
_NEW_CLAUSE = rx(
    r"(?:[,;.]|\bbut|\bwhile|\bwith)\s*(?:(?:and|the|both|left|right|lt|rt|[lr]|bilateral|mildly|central) )*$"
)


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    word: str


@dataclass(slots=True)
class _Noun:
    token: _Token
    side: str | None
    severity: str | None = None


def grade(words: str) -> str | None:
    """mild, moderate or severe; the worse of two."""
    if rx(r"severe|sev\b|marked|critical|high").search(words):
        return "severe"
    return "moderate" if "mod" in words else "mild" if words else None


def side_of(words: str) -> str:
    """left, right or bilateral."""
    return {"l": "left", "r": "right"}.get(words[0], "bilateral")


def _concept(noun: _Token, state: _Token, text: str) -> tuple[str, bool] | None:
    """The concept a state says of a noun, and whether it is denied."""
    what, how = noun.kind, state.kind
    if what in _NARROWS and how in ("normal", "narrow", "noun", "none"):
        return _NARROWS[what], how in ("normal", "none")
    if what == "canal" and how == "less":
        return _NARROWS[what], False
    if what == "facet" and how in ("normal", "worn", "none"):
        return "facet_arthropathy", how != "worn"
    if what == "pars" and how == "normal":
        return "spondylolysis", True
    if what in _DISC and how == "less":
        told = "dis" in text or _OF_LEVELS.search(text)
        of_disc = "dis" in noun.word or (told and not _ELSEWHERE.search(text))
        return (_DISC[what], False) if of_disc else None
    if what == "disc" and state.word.startswith(("narrow", "collapsed", "thinned")):
        return "disc_space_narrowing", False
    if what == "disc" and (how == "dry" or state.word == "dark"):
        return "disc_desiccation", False
    return None


def read_structures(text: str, topic: str = "") -> list[Said]:
    """What one sentence (lower-case) says of the structures; `topic` is the label or column it stands under."""
    out: list[Said] = []
    run: list[_Token] = []
    inside = text.startswith(topic) if topic else False
    seed = [] if inside else [t for t in _tokens(topic) if t.kind in _NOUNS]
    for token in _tokens(text):
        if token.kind in ("other", "stop", "spinal"):
            out += _read(text, run, seed)
            run, seed = [], []
        else:
            run.append(token)
    return list(dict.fromkeys(out + _read(text, run, seed)))


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    for start, end in _TOKEN.spans(text):
        word = text[start:end]
        kind = _kind(word)
        if kind != "stop" or word not in ".;" or not out or out[-1].kind != "spinal":
            out.append(_Token(kind, start, end, word))
    if out and out[-1].kind == "spinal":
        out[-1] = out[-1]._replace(kind="canal")  # `adequate spinal.`
    return out


@lru_cache(maxsize=65536)
def _kind(word: str) -> str:
    """The kind of a token; what stands around it changes nothing, as every kind ends at a word's end."""
    match = _KIND.match(word)
    assert match is not None
    return next(name for i, (name, _) in enumerate(_KINDS, 1) if match.start(i) >= 0)


def _read(text: str, run: list[_Token], seed: list[_Token]) -> list[Said]:
    if not any(t.kind in _STATES for t in run) or not (seed or any(t.kind in _NOUNS for t in run)):
        return []
    out: list[Said] = []
    pending = [_Noun(_Token(t.kind, run[0].start, run[0].start, ""), None) for t in seed]
    labelled, parted, denied, excepted = bool(seed), False, False, False
    state: _Token | None = None
    last: _Noun | None = None  # the noun of `the left foramen is narrowed, the right is normal`
    side = severity = None
    for i, token in enumerate(run):
        kind = token.kind
        if kind == "side":
            wide = i > 0 and run[i - 1].kind == "than"  # `left greater than right`
            side = "bilateral" if wide else side_of(token.word)
        elif kind == "sev":
            severity = grade(token.word)
        elif kind == "neg":
            denied = True
        elif kind in ("colon", "show"):
            labelled, parted = labelled or bool(pending), False
        elif kind == "except":
            excepted, denied = True, False
        elif kind == "sep":
            parted = True
        elif kind == "copula":
            parted = False
        elif kind in _NOUNS:
            noun = _Noun(token, side, severity)
            fits = state is not None and _concept(token, state, text)
            if state and fits and not (parted and _own_state(run, i)):
                noun.side = side or _tail(run, i, text)[0]
                out.append(_said(noun, state, text, severity, denied))
            else:
                if labelled or state is not None:
                    pending, labelled = [], False
                state = None
                pending.append(noun)
            side, parted, denied = None, False, False
        elif kind in _STATES:
            fitting = [n for n in pending if _concept(n.token, token, text)]
            other = last is not None and (
                excepted
                or run[i - 1].word in ("and", "&")  # `the disc is dry and narrow`
                or side not in (None, last.side, "bilateral")
            )
            if other and not pending and last and not _own_noun(run, i) and _concept(last.token, token, text):
                noun = _Noun(last.token._replace(start=token.start, end=token.end), side)
                out.append(_said(noun, token, text, severity, denied))
                side, severity, denied = None, None, False
            elif fitting and (labelled or not parted) and not (kind == "narrow" and _own_noun(run, i)):
                tail_side, tail_severity = _tail(run, i, text)
                for noun in fitting:
                    if labelled or kind not in ("noun", "none"):
                        where = _Noun(noun.token, side or noun.side or tail_side)
                        out.append(_said(where, token, text, severity or tail_severity, denied))
                last = fitting[-1]
                if not labelled:
                    pending = []
                state, side, severity, denied = None, None, None, False
            elif kind not in ("noun", "none"):
                pending, state = [], token
            parted = False
    return out


def _own_state(run: list[_Token], i: int) -> bool:
    """Whether the noun at i is followed by a state of its own."""
    for token in run[i + 1 :]:
        if token.kind in _STATES:
            return True
        if token.kind in ("sep", "colon", "neg") or token.kind in _NOUNS:
            return token.kind in ("colon", "neg")
    return False


def _own_noun(run: list[_Token], i: int) -> bool:
    """Whether the state at i is an adjective of a noun that follows it."""
    rest = next((t for t in run[i + 1 :] if t.kind not in ("glue", "side", "sev", "level")), None)
    return rest is not None and rest.kind in _NOUNS


def _tail(run: list[_Token], i: int, text: str) -> tuple[str | None, str | None]:
    """Side and severity that follow a state: `narrowed on the left`, `narrowed left more than right`."""
    sides, severity = set(), None
    after = run[i + 1 :]
    labels = after[:1] and after[0].kind == "colon" and not any(t.kind in _NOUNS | _STATES for t in after)
    if labels and not text[run[-1].end :].lstrip()[:1].isalnum():
        after = after[1:]  # `facet arthropathy: severe`
    for token in after:
        if token.kind == "side":
            sides.add(side_of(token.word))
        elif token.kind == "sev":
            severity = severity or grade(token.word)
        elif token.kind not in ("glue", "than"):
            break
    if [t.kind for t in run[i + 1 : i + 3]] == ["sep", "sev"] and not any(
        t.kind in _NOUNS | _STATES for t in run[i + 3 : i + 5]
    ):
        severity = grade(run[i + 2].word)  # `arthropathy, moderate, at L4-5`
    return ("bilateral" if len(sides) > 1 else next(iter(sides), None)), severity


def _said(noun: _Noun, state: _Token, text: str, severity: str | None, denied: bool) -> Said:
    found = _concept(noun.token, state, text)
    assert found is not None
    concept, absent = found
    a, b = min(noun.token.start, state.start), max(noun.token.end, state.end)
    if denied and noun.token.start <= state.start:
        absent = not absent  # `the canal is not narrowed`; a denial before both is read with the cues
    clause = noun.token.start <= state.start and _NEW_CLAUSE.search(text[:a]) is not None
    side = noun.side if noun.token.kind in _SIDED else None
    return Said(concept, a, b, absent, side, None if absent else severity, clause)
