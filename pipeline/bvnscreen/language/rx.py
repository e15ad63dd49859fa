"""Regular expressions in linear time.

RE2 runs in time linear in the text whatever the pattern, so no rule, ours or a site's, can be made
to hang. Look-around and back-references do not exist there; code checks the neighbours instead.
All text that is matched is ASCII, one character for each character of the cleaned text, so RE2's
byte offsets are character offsets. That is why the matcher under the re2 package is called directly:
the package re-encodes and counts the whole text at each call, five times the cost of the match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import re2

_UNANCHORED = re2._re2.RE2.Anchor.UNANCHORED


_LONG = 2048
_last: tuple[str, bytes] = ("", b"")


def _bytes(text: str) -> bytes:
    """The text as bytes; a long one is encoded once, however often it is searched in turn."""
    global _last
    last = _last
    if last[0] is not text:
        last = _last = (text, text.encode())
    return last[1]


class Match:
    """A match: groups by number or name, offsets in the searched text (-1 for a group not taken)."""

    __slots__ = ("_names", "_spans", "string")

    def __init__(self, string: str, spans: Any, names: dict[Any, int]) -> None:
        self.string, self._spans, self._names = string, spans, names

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Half-open offsets of a group."""
        return self._spans[self._names.get(group, group)]  # type: ignore[no-any-return]

    def start(self, group: int | str = 0) -> int:
        """Where a group begins."""
        return self._spans[self._names.get(group, group)][0]  # type: ignore[no-any-return]

    def end(self, group: int | str = 0) -> int:
        """Where a group ends."""
        return self._spans[self._names.get(group, group)][1]  # type: ignore[no-any-return]

    def group(self, group: int | str = 0, *more: int | str) -> Any:
        """The words of a group, None for one not taken; of several groups, a tuple."""
        if more:
            return tuple(self.group(g) for g in (group, *more))
        a, b = self._spans[group if group.__class__ is int else self._names[group]]
        return self.string[a:b] if a >= 0 else None

    def groups(self) -> tuple[str, ...]:
        """All groups but the whole."""
        return tuple(self.group(i) for i in range(1, len(self._spans)))

    def groupdict(self) -> dict[str, str]:
        """The named groups."""
        return {name: self.group(number) for name, number in self._names.items()}

    @property
    def lastgroup(self) -> str | None:
        """The name of the first named group that took part."""
        return next((n for n, i in self._names.items() if self._spans[i][0] >= 0), None)


class Pattern:
    """A pattern for ASCII text. ValueError when it is no RE2 pattern."""

    __slots__ = ("_count", "_match", "_names", "_options", "pattern")

    def __init__(self, pattern: str, options: Any = None) -> None:
        self.pattern, self._options = pattern, options
        self._compile()

    def _compile(self) -> None:
        options = self._options or re2.Options()
        options.log_errors = False
        compiled = re2._re2.RE2(self.pattern.encode(), options)
        if not compiled.ok():
            raise re2.error(compiled.error())
        self._match = compiled.Match
        self._count = 1 + compiled.NumberOfCapturingGroups()
        self._names = {
            (k.decode() if isinstance(k, bytes) else k): v
            for k, v in dict(compiled.NamedCapturingGroups()).items()
        }

    def __getattr__(self, name: str) -> Any:
        """What the engine knows of it, for a pattern of ours not compiled yet."""
        if name not in ("_count", "_match", "_names"):
            raise AttributeError(name)
        self._compile()
        return getattr(self, name)

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> Match | None:
        """The first match in `text[pos:endpos]`; word ends look at the whole text."""
        data = text.encode() if len(text) < _LONG else _bytes(text)
        spans = self._match(_UNANCHORED, data, pos, len(data) if endpos is None else endpos)
        return Match(text, spans, self._names) if spans[0][0] >= 0 else None

    def spans(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[tuple[int, int]]:
        """Where the matches from left to right are; the same as `finditer` for less."""
        data = text.encode() if len(text) < _LONG else _bytes(text)
        end = len(data) if endpos is None else endpos
        match = self._match
        while pos <= end:
            a, b = match(_UNANCHORED, data, pos, end)[0]
            if a < 0:
                return
            yield a, b
            pos = b if b > a else b + 1

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[Match]:
        """Matches from left to right, not overlapping."""
        data = text.encode() if len(text) < _LONG else _bytes(text)
        end = len(data) if endpos is None else endpos
        while pos <= end:
            spans = self._match(_UNANCHORED, data, pos, end)
            a, b = spans[0]
            if a < 0:
                return
            yield Match(text, spans, self._names)
            pos = b if b > a else b + 1

    def findall(self, text: str) -> list[str]:
        """The words of all matches (of the first group where there is one)."""
        group = 1 if self._count > 1 else 0
        return [m.group(group) for m in self.finditer(text)]

    def match(self, text: str) -> Match | None:
        """The first match if it begins the text."""
        found = self.search(text)
        return found if found and found.start() == 0 else None

    def fullmatch(self, text: str) -> Match | None:
        """The first match if it is the whole text."""
        found = self.search(text)
        return found if found and found.span() == (0, len(text)) else None

    def sub(self, new: str | Callable[[Match], str], text: str) -> str:
        """The text with each match replaced."""
        out, last = [], 0
        for match in self.finditer(text):
            out += [text[last : match.start()], new if isinstance(new, str) else new(match)]
            last = match.end()
        return "".join([*out, text[last:]])

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """The text between the matches."""
        out, last = [], 0
        for match in self.finditer(text):
            out.append(text[last : match.start()])
            last = match.end()
            if len(out) == maxsplit:
                break
        return [*out, text[last:]]


def lazy(pattern: str, options: Any = None) -> Pattern:
    """A pattern that is compiled when it is first used."""
    made = Pattern.__new__(Pattern)
    made.pattern, made._options = pattern, options
    return made


@lru_cache(maxsize=8192)
def rx(pattern: str) -> Pattern:
    """A pattern of this package, once a process."""
    return lazy(pattern)


def phrase(fragment: str) -> str:
    """A rule's match fragment as a pattern: a blank is any run of blanks or one hyphen."""
    if "[" not in fragment:
        return fragment.replace(" ", "(?: +| ?- ?)")
    out, in_class, escaped = [], False, False
    for char in fragment:
        if not escaped and char == "[":
            in_class = True
        elif not escaped and char == "]":
            in_class = False
        if char == " ":
            out.append(r" \n" if in_class else "(?: +| ?- ?)")
        else:
            out.append(char)
        escaped = char == "\\" and not escaped
    return "".join(out)
