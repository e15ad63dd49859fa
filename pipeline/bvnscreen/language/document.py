"""A note cut into sections and sentences, with the offsets to find its words again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..facts import Evidence, Note
from .clean import CleanText, clean
from .levels import Level, find_levels
from .lexicon import Hit, lexicon
from .rx import Pattern
from .sections import Section, find_sections
from .sentences import Sentence, split
from .strangers import without_strangers

__all__ = ["Document", "Section", "Sentence", "read_document"]

T = TypeVar("T")


@dataclass(slots=True)
class Document:
    """One note: `text` (cleaned, case kept), `lower`, its sections and sentences."""

    note: Note
    clean: CleanText
    text: str
    lower: str
    sections: list[Section]
    sentences: list[Sentence]
    _starts: list[int]
    _ends: list[int]
    _read: dict[Callable[[Document], Any], Any] = field(default_factory=dict, repr=False)
    _hits: dict[str, tuple[list[Hit], list[int]]] = field(default_factory=dict, repr=False)

    def once(self, reader: Callable[[Document], T]) -> T:
        """What a reader finds in the note, read once: its date, the patient's age."""
        if reader not in self._read:
            self._read[reader] = reader(self)
        return self._read[reader]  # type: ignore[no-any-return]

    def hits(self, *files: str) -> list[Hit]:
        """All matches of some rule files in the note, found once."""
        return self._found(files)[0]

    def hits_in(self, sentence: Sentence, *files: str) -> list[Hit]:
        """The matches within a sentence; one that crosses its ends is looked for again inside."""
        found, starts = self._found(files)
        a = bisect_left(starts, sentence.start)
        b = bisect_left(starts, sentence.end)
        crossing = (a and found[a - 1].end > sentence.start) or (b > a and found[b - 1].end > sentence.end)
        if crossing:
            return lexicon(*files).find(self.lower, sentence.start, sentence.end)
        return found[a:b]

    def _found(self, files: tuple[str, ...]) -> tuple[list[Hit], list[int]]:
        key = "|".join(files)
        if key not in self._hits:
            found = lexicon(*files).find(self.lower)
            self._hits[key] = found, [h.start for h in found]
        return self._hits[key]

    def holding(self, pattern: Pattern) -> set[int]:
        """Sentences in which a pattern without `^` and `$` may match, by one search of the note; none is missed.

        A match inside a sentence begins one in the note, unless an earlier match covers its place: either way
        a match found touches the sentence. Only a cut within a word makes a word end that the note has not.
        """
        found = set(self.once(_torn))
        ends = self._ends
        for start, end in pattern.spans(self.lower):
            found.update(range(bisect_right(ends, start), bisect_left(self._starts, end)))
        return found

    def evidence(
        self, start: int, end: int, rule: str, section: str = "", cues: tuple[str, ...] = ()
    ) -> Evidence:
        """The original words behind cleaned characters start to end, blanks at the ends left out."""
        a, b = self.clean.span(start, end)
        words = self.note.text[a:b]
        a += len(words) - len(words.lstrip())
        words = words.strip()
        return Evidence(self.note.note_id, a, a + len(words), words, section, cues, rule)

    def levels(self, sentence: Sentence) -> list[Level]:
        """Level mentions of a sentence (its own, not its heading's), found once."""
        if sentence._levels is None:
            sentence._levels = find_levels(self.lower, sentence.start, sentence.end)
        return sentence._levels

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a cleaned position."""
        i = bisect_right(self._starts, position) - 1
        if i < 0:
            return None
        sentence = self.sentences[i]
        return sentence if position < sentence.end else None


def _torn(document: Document) -> list[int]:
    """Sentences with an end inside a word."""
    lower = document.lower.replace("_", "a")
    return [
        s.index
        for s in document.sentences
        if (s.start and lower[s.start - 1 : s.start + 1].isalnum()) or lower[s.end - 1 : s.end + 1].isalnum()
    ]


def read_document(note: Note) -> Document:
    """Cleans and segments a note; cost is linear in its length."""
    cleaned = clean(note.text)
    from .spelling import mend

    mend(cleaned)
    cleaned.text = without_strangers(cleaned.text)
    text = cleaned.text
    lower = text.lower()
    sections = find_sections(text, lower)
    sentences = split(text, lower, sections)
    if "\n" in lower:  # a line break inside a sentence was made by a machine
        pieces, last = [], 0
        for sentence in sentences:
            if "\n" in sentence.text:
                sentence.text = sentence.text.replace("\n", " ")
                pieces += [lower[last : sentence.start], sentence.text]
                last = sentence.end
        lower = "".join([*pieces, lower[last:]])
    return Document(
        note,
        cleaned,
        text,
        lower,
        sections,
        sentences,
        [s.start for s in sentences],
        [s.end for s in sentences],
    )
