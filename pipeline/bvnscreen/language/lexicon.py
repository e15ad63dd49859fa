"""Rules from patterns/: read once, matched in one linear pass a family.

Every hit names its rule. Within a family the leftmost, longest match wins; families are matched
apart, so a cue and a target may overlap.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from ..resources import root
from .rx import Pattern, lazy, phrase, rx


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file. `name` is the concept, procedure or category it stands for."""

    id: str
    name: str
    table: str
    data: dict[str, Any]


@dataclass(slots=True)
class Hit:
    """A rule's match in the cleaned text, half-open."""

    start: int
    end: int
    rule: Rule


class Lexicon:
    """All rules of some files, as one automaton."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        options = re2.Options()
        options.longest_match = True
        options.perl_classes = options.word_boundary = True  # longest_match switches them off
        options.max_mem = 1 << 28
        parts = [(r, _bounded(r.data["match"])) for r in rules if r.data["match"]]
        self._all = Pattern("|".join(part for _, part in parts), options)
        self._one = [(r, lazy(part, options)) for r, part in parts]
        self._seen: dict[str, Rule] = {}

    def find(self, lower: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Hits in `lower[start:end]`, in order, not overlapping."""
        hits = []
        for a, b in self._all.spans(lower, start, end):
            words = lower[a:b]
            rule = self._seen.get(words) or self._rule(lower[max(0, a - 1) : b + 1], words, min(a, 1))
            hits.append(Hit(a, b, rule))
        return hits

    def _rule(self, around: str, words: str, offset: int) -> Rule:
        """The first rule that matches exactly these words (with one character on each side to see)."""
        end = offset + len(words)
        rule = next(
            (r for r, p in self._one if (m := p.search(around, offset, end)) and m.span() == (offset, end)),
            None,
        )
        if rule is None:
            raise LookupError("no rule for a hit")  # two rules' fragments never join: can't happen
        if len(self._seen) > 100_000:
            self._seen.clear()
        self._seen[words] = rule
        return rule


_OPENS_WORD = rx(r"^(?:[a-z0-9]|\(\?|\[[a-z0-9])")
_OPTIONAL_STOP = rx(r"(\\\.|[:,])\?$")


def _bounded(fragments: list[str]) -> str:
    """Word ends on both sides, where the fragment itself starts or ends with a word character."""
    parts = []
    for fragment in fragments:
        stop = _OPTIONAL_STOP.search(fragment)
        if stop:  # `cont.` and `cont`, but not `contrast`
            left = r"\b" if _OPENS_WORD.search(fragment) else ""
            parts.append(f"{left}{phrase(fragment[: stop.start()])}(?:{stop.group(1)}|\\b)")
            continue
        pattern = phrase(fragment)
        left = r"\b" if _OPENS_WORD.search(fragment) else ""
        tail = fragment.rstrip("?*+")
        right = r"\b" if tail[-1:].isalnum() or (tail[-1:] == ")" and fragment[-2:] != "\\)") else ""
        parts.append(f"{left}{pattern}{right}")
    return "|".join(parts)


@cache
def rules(file: str) -> tuple[Rule, ...]:
    """The rules of one file of patterns/, e.g. `context.toml`."""
    data = tomllib.loads((root() / file).read_text("utf-8"))
    out = []
    for table in ("rule", "cue"):
        for entry in data.get(table, ()):
            name = entry.get("concept") or entry.get("name") or entry.get("category") or ""
            out.append(Rule(entry["id"], name, table, entry))
    return tuple(out)


@cache
def lexicon(*files: str) -> Lexicon:
    """The automaton over the rules of these files."""
    return Lexicon([r for f in files for r in rules(f)])
