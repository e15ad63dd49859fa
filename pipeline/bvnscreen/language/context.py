"""ConText: which cue words change which targets.

medspaCy's ConText (rules, modifiers, scopes, edges) with the cues of patterns/. Two things are done
outside of it because they decide its cost and its accuracy: cues and targets are found in the raw
text (one linear pass, so that tokenisation can't cut `L4/5` or `x6mo`), and only sentences that hold
a target become spaCy tokens. Scopes are computed sentence by sentence, so cost is linear in the note.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .document import Document, Sentence
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

    def has(self, category: str) -> Cue | None:
        """The first cue of a category that reached this target."""
        return next((c for c in self.cues if c.category == category), None)


@lru_cache(maxsize=1)
def _cues() -> Lexicon:
    return lexicon(*CUE_FILES)


class Context:
    """The spaCy pipeline that holds ConText and the second reader; built once a process."""

    def __init__(self) -> None:
        with warnings.catch_warnings():  # importing medspaCy silences all warnings of the process
            import spacy
            from loguru import logger

            logger.disable("PyRuSH")  # it would write every token of a note to stderr
            import medspacy.context as ms
            from negspacy.negation import Negex
            from negspacy.termsets import termset
        self.nlp = spacy.blank("en")
        self.component = ms.ConText(self.nlp, rules=None, span_attrs=None)
        self._modifier, self._graph = ms.ConTextModifier, ms.context_graph.ConTextGraph
        terms = termset("en_clinical").get_patterns()  # type: ignore[no-untyped-call]
        self.negex = Negex(self.nlp, "negex", terms, ["MODIC"], span_keys=["sc"])
        self._rules: dict[str, Any] = {}
        for rule in _cues().rules:
            data = rule.data
            direction = {"both": "BIDIRECTIONAL"}.get(data["direction"], data["direction"].upper())
            self._rules[rule.id] = ms.ConTextRule(
                rule.id,
                # a category of its own: one historical cue must not end the reach of another
                rule.id.upper() if direction not in ("TERMINATE", "PSEUDO") else direction,
                direction=direction,
                allowed_types=set(data["targets"]) if data.get("targets") else None,
                max_scope=data.get("within"),
                max_targets=data.get("max_targets"),
                terminated_by={c.upper() for c in data.get("terminated_by", ())} or None,
            )
        self._rules["terminate.level"] = ms.ConTextRule("terminate.level", "TERMINATE", direction="TERMINATE")

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
        from spacy.tokens import Doc, Span

        words, starts = _tokens(sentence, [(t.start, t.end) for t in targets])
        doc = Doc(self.nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
        token = {offset: i for i, offset in enumerate(starts)}
        spans = []
        for target in targets:
            first = token[target.start]
            last = max(i for i, offset in enumerate(starts) if offset < target.end)
            spans.append(Span(doc, first, last + 1, label="MODIC"))
        doc.spans["sc"] = spans
        self.negex(doc)
        for target, span in zip(targets, spans, strict=True):
            if span._.negex:
                target.cues.append(
                    Cue(
                        "possible",
                        "second_reader.negspacy",
                        target.start,
                        target.end,
                        "negspaCy reads a negation",
                        False,
                    )
                )

    def _sentence(
        self, document: Document, sentence: Sentence, cues: list[Hit], targets: list[Target]
    ) -> None:
        from spacy.tokens import Doc, Span

        breaks = list(_level_breaks(document, sentence, targets))
        words, starts = _tokens(
            sentence, [*((c.start, c.end) for c in cues), *((t.start, t.end) for t in targets)]
        )
        doc = Doc(self.nlp.vocab, words=words)
        token = {offset: i for i, offset in enumerate(starts)}
        count = len(words)

        def index(offset: int) -> int:
            while offset not in token:
                offset += 1
                if offset > sentence.end:
                    return count
            return token[offset]

        modifiers = []
        origin: dict[int, Hit] = {}
        for cue in cues:
            rule = self._rules[cue.rule.id]
            a, b = index(cue.start), index(cue.end)
            reach = rule.max_scope or count
            scope = {
                "FORWARD": (b, min(count, b + reach)),
                "BACKWARD": (max(0, a - reach), a),
            }.get(rule.direction, (max(0, a - reach), min(count, b + reach)))
            modifier = self._modifier(rule, a, b, doc, scope_start=scope[0], scope_end=scope[1])
            origin[id(modifier)] = cue
            modifiers.append(modifier)
        for offset in breaks:
            a = index(offset)
            modifiers.append(
                self._modifier(self._rules["terminate.level"], a, a + 1, doc, scope_start=0, scope_end=count)
            )
        modifiers.sort(key=lambda m: m.modifier_span)
        spans = {}
        for target in targets:
            a, b = index(target.start), max(index(target.start) + 1, index(target.end))
            span = Span(doc, a, min(b, count), label=target.label)
            spans[id(target)] = span
        graph = self._graph(targets=list(spans.values()), modifiers=modifiers)
        graph.update_scopes()
        graph.apply_modifiers()
        for target in targets:
            span = spans[id(target)]
            for modified, modifier in graph.edges:
                if modified is span and id(modifier) in origin:
                    hit = origin[id(modifier)]
                    words_of = document.text[hit.start : hit.end].strip()
                    target.cues.append(
                        Cue(
                            hit.rule.data["category"],
                            hit.rule.id,
                            hit.start,
                            hit.end,
                            words_of,
                            hit.start < target.start,
                        )
                    )


@lru_cache(maxsize=1)
def context() -> Context:
    """The pipeline of this process."""
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
    cuts = {offset for span in spans for offset in span}
    words: list[str] = []
    starts: list[int] = []
    text, base = sentence.text, sentence.start
    i, n = 0, len(text)
    while i < n:
        if text[i].isspace():
            i += 1
            continue
        j = i + 1
        while j < n and not text[j].isspace() and base + j not in cuts:
            j += 1
        words.append(text[i:j])
        starts.append(base + i)
        i = j
    return words, starts
