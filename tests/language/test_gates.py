"""Cheap looks that come before a reading: nothing that the reading would find is ever missed."""

from __future__ import annotations

import itertools
import random

import pytest
from dev_texts import notes

from bvnscreen.facts import Note
from bvnscreen.language import context as contexts
from bvnscreen.language import findings, kind, read, sections, sentences, spelling
from bvnscreen.language.clean import clean
from bvnscreen.language.document import Document, read_document
from bvnscreen.language.engines import context_classes
from bvnscreen.language.rx import Pattern, rx


def scrambled(count: int = 120) -> list[Note]:
    """Words and pieces of the development texts in any order, some without a blank for very long."""
    rng = random.Random(11)
    texts = [n.text for n in notes()]
    words = " ".join(texts).split()
    out = []
    for i in range(count):
        parts = []
        for _ in range(rng.randint(3, 60)):
            text = rng.choice(texts)
            at = rng.randrange(len(text))
            parts += [rng.choice(words), text[at : at + rng.randint(1, 60)]]
        joint = "" if i % 10 == 0 else rng.choice([" ", "\n", ". ", "; ", ": ", ", "])
        out.append(Note(joint.join("".join(p.split()) if i % 10 == 0 else p for p in parts), f"s{i}"))
    return out


def test_all_sentences_read_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [*notes(), *scrambled()]
    gated = [read(n) for n in some]
    monkeypatch.setattr(Document, "holding", lambda self, pattern: {s.index for s in self.sentences})
    assert [read(n) for n in some] == gated


@pytest.mark.parametrize(
    "pattern",
    [kind._LIST_OPENS, kind._GENERIC_SENTENCE, findings._NARROW_GATE, rx(r"\bt\w+"), rx(r"\b[a-z]+\b")],
)
def test_no_sentence_is_missed(pattern: Pattern) -> None:
    for note in [*notes(), *scrambled()]:
        document = read_document(note)
        missed = {s.index for s in document.sentences if pattern.search(s.text)} - document.holding(pattern)
        assert not missed, note.note_id


def test_a_level_heading_passes_the_look_before_it() -> None:
    bullets = ["", "- ", "* ", "1. ", "(2) ", "| ", "> ", "\n- "]
    words = ["", "at ", "the ", "level ", "disc ", "at the level of ", "segment "]
    names = ["l4-5", "l5/s1", "t12-l1", "th12-l1", "th 11-12", "d12-l1", "i4-5", "c5-6", "s1", "l 4-5", "l.4"]
    tails = [": bulge", " - bulge", "", " level", " (moderate): bulge", " ... bulge", " is dry", "|x"]
    for parts in itertools.product(bullets, words, names, tails):
        text = "".join(parts)
        looked = sentences._level_head(text, 0, len(text)) is None
        assert looked == (sentences._LEVEL_HEAD.search(text[:160]) is None), text


@pytest.mark.parametrize("title", ["impression", "disc levels", "x" * 40, "x" * 49, "x" * 60])
@pytest.mark.parametrize("tail", ["", ":", " :", "  ]", " " * 20, "-", " --", ": text", " " * 20 + ": text"])
@pytest.mark.parametrize(
    "rest", ["", " and what follows on this line goes on and on beyond any heading's length"]
)
def test_no_heading_is_too_long_for_the_look(title: str, tail: str, rest: str) -> None:
    line = title + tail + rest
    assert sections._long_line(line[:64]) is False or sections._HEAD.search(line[:64]) is None


def test_the_look_for_modic_misses_no_misspelling() -> None:
    for word in ("modic", "mocid", "modci", "mdoic", "moddic", "nodic", "modics", "modis", "medic", "moidc"):
        text = f"{word} type 2 change at L4-5"
        always = clean(text)
        spelling._mend_modic(always)
        mended = clean(text)
        spelling.mend(mended)
        assert mended.text == always.text


def test_spans_are_those_of_the_matches() -> None:
    text = "a bb  ccc, d1 " * 300
    for pattern in (r"\w+", r"\b", r"b*", r"c{2}", r"z"):
        assert list(rx(pattern).spans(text)) == [m.span() for m in rx(pattern).finditer(text)]
        assert list(rx(pattern).spans(text, 3, 40)) == [m.span() for m in rx(pattern).finditer(text, 3, 40)]


def test_scopes_end_as_medspacy_ends_them() -> None:
    _, _, graph_of = context_classes()
    rng = random.Random(3)
    names = list(contexts._rules())
    for _ in range(400):
        at = sorted(rng.sample(range(40), 8))
        cues = [(rng.choice(names), a, a + 1) for a in at]
        targets = [contexts._Span(b, b + 1, "FINDING") for b in rng.sample(range(40), 5)]
        ours = [(id(s), m.modifier_span, m.scope_span) for s, m in contexts._edges(cues, targets, 40)]
        graph = graph_of(targets=targets, modifiers=contexts._modifiers(cues, 40))
        graph.update_scopes()
        graph.apply_modifiers()
        assert ours == [(id(s), m.modifier_span, m.scope_span) for s, m in graph.edges]
