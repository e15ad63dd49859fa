"""ConText: which cue words change which targets.

medspaCy's ConText (rules, modifiers, scopes, edges) with the cues of patterns/. Two things are done
outside of it because they decide its cost and its accuracy: cues and targets are found in the raw
text (one linear pass, so that tokenisation can't cut `L4/5` or `x6mo`), and only sentences that hold
a target are cut into tokens. Scopes are computed sentence by sentence, so cost is linear in the note.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .document import Document, Sentence
from .engines import context_classes, negation_words
from .engines import negex as second_reader
from .lexicon import Hit, Lexicon, Rule, lexicon
from .rx import rx

CUE_FILES = ("context.toml",)


@dataclass(slots=True)
class Cue:
    """A cue that reached a target. Offsets are into the cleaned text."""

    category: str
    rule: str
    start: int
    end: int
    text: str
    before: bool


@dataclass(slots=True)
class Target:
    """A matched concept awaiting its reading."""

    start: int
    end: int
    label: str
    rule: Rule
    sentence: Sentence
    cues: list[Cue] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _cues() -> Lexicon:
    return lexicon(*CUE_FILES)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    """The cues of patterns/ as medspaCy's rules, by id."""
    rule_of, _, _ = context_classes()
    found = {"terminate.level": rule_of("terminate.level", "TERMINATE", direction="TERMINATE")}
    for rule in _cues().rules:
        data = rule.data
        direction = {"both": "BIDIRECTIONAL"}.get(data["direction"], data["direction"].upper())
        found[rule.id] = rule_of(
            rule.id,
            # a category of its own: one historical cue must not end the reach of another
            rule.id.upper() if direction not in ("TERMINATE", "PSEUDO") else direction,
            direction=direction,
            allowed_types=set(data["targets"]) if data.get("targets") else None,
            max_scope=data.get("within"),
            max_targets=data.get("max_targets"),
            terminated_by={c.upper() for c in data.get("terminated_by", ())} or None,
        )
    return found


@dataclass(slots=True)
class _Span:
    """A target's tokens: what ConText asks of a spaCy Span."""

    start: int
    end: int
    label_: str


@lru_cache(maxsize=65536)
def _limits(name: str, other: str) -> bool:
    """Whether a cue may ever lose reach to another: the rules' part of medspaCy's `limit_scope`."""
    one, two = _rules()[name], _rules()[other]
    return one.direction.upper() != "TERMINATE" and (
        two.direction.upper() == "TERMINATE"
        or two.category.upper() in (one.terminated_by or ())
        or two.category.upper() == one.category.upper()
    )


def _modifiers(cues: list[tuple[str, int, int]], count: int) -> list[Any]:
    """The cues of a sentence of `count` tokens, with the reach of their rules."""
    _, modifier_of, _ = context_classes()
    out = []
    for name, a, b in cues:
        rule = _rules()[name]
        reach = rule.max_scope or count
        first = b if rule.direction == "FORWARD" else max(0, a - reach)
        last = a if rule.direction == "BACKWARD" else min(count, b + reach)
        out.append(modifier_of(rule, a, b, None, scope_start=first, scope_end=last))
    return out


def _edges(cues: list[tuple[str, int, int]], targets: list[_Span], count: int) -> list[tuple[_Span, Any]]:
    """medspaCy's graphs over one sentence of `count` tokens: which modifier reaches which target.

    Its own matcher would run over the whole note for each rule, and its loops are quadratic in the note.
    """
    _, _, graph_of = context_classes()
    modifiers = _modifiers(cues, count)
    names = [name for name, _, _ in cues]
    rivals = {a: {b for b in set(names) if _limits(a, b) or _limits(b, a)} for a in set(names)}
    for i, one in enumerate(modifiers):  # graph.update_scopes(), without the pairs it leaves alone
        near, (begin, end) = rivals[names[i]], one.scope_span
        for other in [m for m, name in zip(modifiers[i + 1 :], names[i + 1 :], strict=True) if name in near]:
            a, b = other.scope_span
            if begin <= a < end or begin < b <= end or a <= begin < b or a < end <= b:  # they overlap
                one.limit_scope(other)
                other.limit_scope(one)
                begin, end = one.scope_span
    edges: list[tuple[_Span, Any]] = []
    for one in modifiers:
        begin, end = one.scope_span
        graph = graph_of(targets=[t for t in targets if t.start <= end and begin <= t.end], modifiers=[one])
        graph.apply_modifiers()
        edges += graph.edges
    return edges


class Context:
    """The readers of assertion cues."""

    def apply(self, document: Document, targets: list[Target]) -> None:
        """Gives every target the cues that reach it."""
        by_sentence: dict[int, list[Target]] = {}
        for target in targets:
            by_sentence.setdefault(target.sentence.index, []).append(target)
        for index, group in by_sentence.items():
            sentence = document.sentences[index]
            cues = cues_of(document, sentence)
            if cues:
                self._sentence(document, sentence, cues, group)
            else:
                self._second_opinion(sentence, [t for t in group if t.label == "MODIC"])

    def _second_opinion(self, sentence: Sentence, targets: list[Target]) -> None:
        """negspaCy reads what our cues left without a word; its negation makes the finding possible.

        Where our cues spoke they stand: negspaCy errs on "no change in", "versus" and the like.
        """
        if not targets:
            return
        words, starts = _tokens(sentence, [(t.start, t.end) for t in targets])
        if negation_words().isdisjoint(words):
            return
        from spacy.tokens import Doc, Span
        from spacy.util import filter_spans

        nlp, negex = second_reader()
        doc = Doc(nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
        spans = [Span(doc, s.start, s.end, label=s.label_) for s in _spans(starts, targets)]
        doc.ents = filter_spans(spans)
        negex(doc)
        for target, span in zip(targets, spans, strict=True):
            if span._.negex:
                told = "negspaCy reads a negation"
                target.cues.append(
                    Cue("possible", "second_reader.negspacy", target.start, target.end, told, False)
                )

    def _sentence(
        self, document: Document, sentence: Sentence, cues: list[Hit], targets: list[Target]
    ) -> None:
        labels = {t.label.upper() for t in targets}
        rules = _rules()
        if not any(
            r.allowed_types is None or r.allowed_types & labels for r in (rules[c.rule.id] for c in cues)
        ):
            return
        reached = [(c.start, c.end) for c in cues] + [(t.start, t.end) for t in targets]
        _, starts = _tokens(sentence, reached)
        count = len(starts)
        placed: list[tuple[str, int, int, Hit | None]] = [(c.rule.id, c.start, c.end, c) for c in cues]
        placed += [("terminate.level", b, b + 1, None) for b in _level_breaks(document, sentence, targets)]
        cut = sorted(
            (
                (name, bisect_left(starts, a), max(bisect_left(starts, b), bisect_left(starts, a) + 1), hit)
                for name, a, b, hit in placed
            ),
            key=lambda s: s[1:3],
        )
        origin = {(name, min(a, count), min(b, count)): hit for name, a, b, hit in cut}
        spans = _spans(starts, targets)
        owners: dict[tuple[int, int, str], list[Target]] = {}
        for span, target in zip(spans, targets, strict=True):
            owners.setdefault((span.start, span.end, span.label_), []).append(target)
        seen = set()
        for span, modifier in _edges([(n, min(a, count), min(b, count)) for n, a, b, _ in cut], spans, count):
            hit = origin.get((modifier.rule.literal, *modifier.modifier_span))
            place = (span.start, span.end, span.label_)
            if hit is None or (place, id(hit)) in seen:
                continue
            seen.add((place, id(hit)))
            for target in owners[place]:
                words = document.text[hit.start : hit.end].strip()
                before = hit.start < target.start
                target.cues.append(
                    Cue(hit.rule.data["category"], hit.rule.id, hit.start, hit.end, words, before)
                )


@lru_cache(maxsize=1)
def context() -> Context:
    """The readers of this process."""
    return Context()


def cues_of(document: Document, sentence: Sentence) -> list[Hit]:
    """All cues of a sentence, in order."""
    return document.hits_in(sentence, *CUE_FILES)


def _level_breaks(document: Document, sentence: Sentence, targets: list[Target]) -> list[int]:
    """`No fracture, L4-5 Modic 2`: a level that opens a clause ends the scope of a cue before it."""
    out = []
    for level in document.levels(sentence):
        before = document.lower[max(sentence.start, level.start - 6) : level.start]
        if level.start > sentence.start and rx(r"(?:[,;:]|\band|\s-) ?$").search(before):
            if any(t.start >= level.end for t in targets):
                out.append(level.start)
    return out


def _tokens(sentence: Sentence, spans: list[tuple[int, int]]) -> tuple[list[str], list[int]]:
    """Words of a sentence, cut at the ends of cues and targets too."""
    text, base = sentence.text, sentence.start
    words: list[str] = []
    starts: list[int] = []
    last = 0
    for cut in (*sorted({offset - base for span in spans for offset in span}), len(text)):
        if not last < cut <= len(text):
            continue
        part = text[last:cut].split()
        words += part
        for word in part:
            last = text.index(word, last)
            starts.append(base + last)
            last += len(word)
        last = cut
    return words, starts


def _spans(starts: list[int], targets: list[Target]) -> list[_Span]:
    """The tokens of each target."""
    out = []
    for target in targets:
        a = bisect_left(starts, target.start)
        b = max(a + 1, bisect_left(starts, target.end))
        out.append(_Span(a, min(b, len(starts)), target.label))
    return out
