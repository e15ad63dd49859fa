"""ConText: which cue words change which targets.

medspaCy's ConText (rules, modifiers, scopes, edges) with the cues of patterns/. Two things are done
outside of it because they decide its cost and its accuracy: cues and targets are found in the raw
text (one linear pass, so that tokenisation can't cut `L4/5` or `x6mo`), and only sentences that hold
a target become spaCy tokens. Scopes are computed sentence by sentence, so cost is linear in the note.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left
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


def _pipeline() -> tuple[Any, Any, Any]:
    """A spaCy pipeline of medspaCy's ConText with our cues, and negspaCy; imported on first use."""
    with warnings.catch_warnings():  # importing medspaCy silences all warnings of the process
        import spacy
        from loguru import logger

        logger.disable("PyRuSH")  # it would write every token of a note to stderr
        from medspacy.context import ConText, ConTextModifier, ConTextRule
        from medspacy.context.context_graph import ConTextGraph
        from negspacy.negation import Negex
        from negspacy.termsets import termset
    from spacy.language import Language

    class LinearConText(ConText):  # type: ignore[misc]
        """medspaCy's ConText fed with cues and targets found in the raw text, one sentence a Doc.

        Its own matcher would run over the whole note for each rule, and its loops are quadratic in it.
        """

        def __init__(self, nlp: Language) -> None:
            super().__init__(nlp, rules=None, span_attrs=None)
            self.by_id = {
                "terminate.level": ConTextRule("terminate.level", "TERMINATE", direction="TERMINATE")
            }
            for rule in _cues().rules:
                data = rule.data
                direction = {"both": "BIDIRECTIONAL"}.get(data["direction"], data["direction"].upper())
                self.by_id[rule.id] = ConTextRule(
                    rule.id,
                    # a category of its own: one historical cue must not end the reach of another
                    rule.id.upper() if direction not in ("TERMINATE", "PSEUDO") else direction,
                    direction=direction,
                    allowed_types=set(data["targets"]) if data.get("targets") else None,
                    max_scope=data.get("within"),
                    max_targets=data.get("max_targets"),
                    terminated_by={c.upper() for c in data.get("terminated_by", ())} or None,
                )

        def __call__(self, doc: Any, targets: str | None = None) -> Any:
            count = len(doc)
            modifiers = []
            for name, a, b in doc.user_data["cues"]:
                rule = self.by_id[name]
                reach = rule.max_scope or count
                first = b if rule.direction == "FORWARD" else max(0, a - reach)
                last = a if rule.direction == "BACKWARD" else min(count, b + reach)
                modifiers.append(ConTextModifier(rule, a, b, doc, scope_start=first, scope_end=last))
            graph = ConTextGraph(targets=list(doc.spans["targets"]), modifiers=modifiers)
            graph.update_scopes()
            graph.apply_modifiers()
            doc.user_data["edges"] = graph.edges
            return doc

    nlp = spacy.blank("en")
    if not Language.has_factory("bvnscreen_context"):
        Language.factory("bvnscreen_context", func=lambda nlp, name: LinearConText(nlp))
    nlp.add_pipe("bvnscreen_context")
    terms = termset("en_clinical").get_patterns()  # type: ignore[no-untyped-call]
    second = Negex(nlp, "negex", terms, ["MODIC"], "negex", [])
    return nlp, nlp.get_pipe("bvnscreen_context"), second


class Context:
    """The readers of assertion cues; built once a process."""

    def __init__(self) -> None:
        self.nlp, self.context, self.negex = _pipeline()

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

    def _doc(self, sentence: Sentence, targets: list[Target], cues: list[Hit]) -> tuple[Any, list[int]]:
        """The sentence as a spaCy Doc with its targets, and where each token begins."""
        from spacy.tokens import Doc, Span

        spans = [*((c.start, c.end) for c in cues), *((t.start, t.end) for t in targets)]
        words, starts = _tokens(sentence, spans)
        doc = Doc(self.nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))])
        group = []
        for target in targets:
            a = bisect_left(starts, target.start)
            b = max(a + 1, bisect_left(starts, target.end))
            group.append(Span(doc, a, min(b, len(words)), label=target.label))
        doc.spans["targets"] = group
        return doc, starts

    def _second_opinion(self, sentence: Sentence, targets: list[Target]) -> None:
        """negspaCy reads what our cues left without a word; its negation makes the finding possible.

        Where our cues spoke they stand: negspaCy errs on "no change in", "versus" and the like.
        """
        if not targets:
            return
        from spacy.util import filter_spans

        doc, _ = self._doc(sentence, targets, [])
        doc.ents = filter_spans(doc.spans["targets"])
        self.negex(doc)
        for target, span in zip(targets, doc.spans["targets"], strict=True):
            if span._.negex:
                words = "negspaCy reads a negation"
                target.cues.append(
                    Cue("possible", "second_reader.negspacy", target.start, target.end, words, False)
                )

    def _sentence(
        self, document: Document, sentence: Sentence, cues: list[Hit], targets: list[Target]
    ) -> None:
        doc, starts = self._doc(sentence, targets, cues)
        count = len(starts)
        placed: list[tuple[str, int, int, Hit | None]] = [(c.rule.id, c.start, c.end, c) for c in cues]
        placed += [("terminate.level", b, b + 1, None) for b in _level_breaks(document, sentence, targets)]
        spans = sorted(
            (
                (name, bisect_left(starts, a), max(bisect_left(starts, b), bisect_left(starts, a) + 1), hit)
                for name, a, b, hit in placed
            ),
            key=lambda s: s[1:3],
        )
        doc.user_data["cues"] = [(name, min(a, count), min(b, count)) for name, a, b, _ in spans]
        origin = {(name, min(a, count), min(b, count)): hit for name, a, b, hit in spans}
        self.context(doc)
        owners: dict[tuple[int, int, int], list[Target]] = {}
        for span, target in zip(doc.spans["targets"], targets, strict=True):
            owners.setdefault((span.start, span.end, span.label), []).append(target)
        seen = set()
        for span, modifier in doc.user_data["edges"]:
            hit = origin.get((modifier.rule.literal, *modifier.modifier_span))
            place = (span.start, span.end, span.label)
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
