"""Levels, sides, and what makes a pain worse or better, in one sentence."""

from __future__ import annotations

from .lexicon import Hit
from .pain_sentence import CLAUSE_END, COMPLAINT, EXAM, Anchor, PainSentence, only_words, region
from .rx import rx

_DIAGNOSIS = rx(
    r"(?:vertebrogenic|discogenic|endplate|end plate|facetogenic|facet|radicular|mediated|myofascial)"
    r"(?: low| lower| back| lumbar)* $"
)
_OTHER_SYMPTOM = rx(
    r"\b(?:breath|dyspnea|vertigo|dizz|anxiety|fatigue|palpitation|nausea|reflux|heartburn|wheez)"
)


def _hurts(hit: Hit) -> bool:
    return hit.rule.name in ("pain", "tender") or bool(hit.rule.data.get("pain"))


def levels(s: PainSentence) -> None:
    """Discs that pain or tenderness is said to be at; a level of a diagnosis or of an image is none."""
    _pressed(s)
    words = [h for h in s.what if _hurts(h)]
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


_PRESSED = rx(
    r"^.*\b(press(?:ure|ing|ed|es)?|palpati(?:on|ng)|palpated|thumbs?|finger ?tips?|percuss\w+|prod(?:ding)?|push(?:ing)?|pok(?:e|ing))\b([^.;,]{0,50}) $"
)
_PROVOKES = rx(
    r"^([^.;]{0,60}?)\b(?:brings? (?:on|out|back)|brought on|reproduc\w+|provok\w+|elicit\w+|recreat\w+|sets off|triggers)\b[^.;]{0,40}\b(?:pain|ache|aching|symptoms?)\b"
)
_NOT_PROVOKED = rx(r"\b(?:not|never|fail(?:s|ed) to)\b|n't\b")
_AND_NOWHERE_ELSE = rx(
    r"^(?: [a-z]+){0,3},? (?:(?:and|but) )?(?:nowhere (?:else|besides)|only (?:there|here)|there (?:only|alone)|(?:at |over |in )?no other (?:level|place|spot|site)|alone)\b"
)


def _pressed(s: PainSentence) -> None:
    """Levels where pressure brings on the pain, or that alone are tender: `a thumb over L4-5 and nowhere else`."""
    for level in s.document.levels(s.sentence):
        if level.kind != "disc" or len(level.discs) != 1:
            continue
        pressed = _PRESSED.search(s.lower[s.start : level.start])
        told = _PROVOKES.search(s.lower[level.end : s.end])
        before = [w for w in s.what if _hurts(w) and w.end <= level.start]
        here = None
        if pressed and only_words("between", pressed.group(2).replace("into", "")):
            if told and not _NOT_PROVOKED.search(told.group(1)):
                here = next((w for w in s.what if _hurts(w) and w.start >= level.end), None)
            elif before and s.asserted(before[-1])[0] == "present":
                gap = s.lower[before[-1].end : s.start + pressed.start(1)]
                here = (
                    before[-1]
                    if rx(
                        r"^ (?:is )?(?:up)?(?:on|with|to|by|reproduced by|brought on by)(?: [a-z]+){0,3} $"
                    ).search(gap)
                    else None
                )
            if here:
                s.say(
                    "levels",
                    level.discs,
                    Hit(min(level.start, here.start), max(level.end, here.end), here.rule),
                )
        tender = here or next(
            (w for w in before if w.rule.name == "tender" and s.asserted(w)[0] == "present"), None
        )
        alone = _AND_NOWHERE_ELSE.search(s.lower[level.end : s.end])
        if tender and alone:
            s.say("focal", True, Hit(level.start, level.end + alone.end(), tender.rule))


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
            if last - first <= 70 and (
                hit.rule.data.get("both") or not CLAUSE_END.search(s.lower[first:last])
            ):
                pool.append(x)
    return min(
        pool, key=lambda x: (max(x.hit.start - hit.end, hit.start - x.hit.end), x.hit.start), default=None
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
