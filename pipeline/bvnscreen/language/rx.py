"""Regular expressions in linear time.

RE2 runs in time linear in the text whatever the pattern, so no rule, ours or a site's, can be made
to hang. Look-around and back-references do not exist there; code checks the neighbours instead.
All text that is matched is ASCII, one character for each character of the cleaned text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2


@lru_cache(maxsize=None)
def rx(pattern: str) -> Any:
    """A compiled RE2 pattern for lower-cased ASCII text."""
    return re2.compile(pattern)


def phrase(fragment: str) -> str:
    """A rule's match fragment as a pattern: a blank is any run of blanks or one hyphen."""
    out, in_class, escaped = [], False, False
    for char in fragment:
        if not escaped and char == "[":
            in_class = True
        elif not escaped and char == "]":
            in_class = False
        if char == " ":
            out.append(r" \n" if in_class else r"(?:\s+|\s?-\s?)")
        else:
            out.append(char)
        escaped = char == "\\" and not escaped
    return "".join(out)


def whole_words(fragments: list[str]) -> str:
    """One alternation of fragments, bounded by word ends."""
    return r"\b(?:" + "|".join(phrase(f) for f in fragments) + r")\b"
