"""Misspelt medical words, mended by bounded edit distance with a check of the word and its neighbours.

The mended word replaces the misspelt one in the cleaned text; offsets still lead to what was typed.
Distance is Damerau-Levenshtein (a swap of neighbours is one step): one step for words of six letters
and more, two for nine and more. A word that is a real word is never touched (`keep` in
patterns/spelling.toml). "Modic" is short, so it needs company: a type, a change or an endplate.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from ..resources import root
from .clean import CleanText
from .rx import rx

_TO_BLANK = {i: (chr(i) if chr(i).isalpha() else " ") for i in range(128)}
_mended: dict[str, str | None] = {}


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, list[str]], frozenset[str]]:
    data = tomllib.loads((root() / "spelling.toml").read_text("utf-8"))
    words = [w for group in data["word"] for w in group["words"]]
    keep = frozenset(w for group in data["word"] for w in group.get("keep", ())) | frozenset(words)
    index: dict[str, list[str]] = {}
    for word in words:
        for key in _deletes(word, 2 if len(word) >= 9 else 1):
            index.setdefault(key, []).append(word)
    return index, keep


def _deletes(word: str, depth: int) -> set[str]:
    keys = {word}
    edge = {word}
    for _ in range(depth):
        edge = {w[:i] + w[i + 1 :] for w in edge for i in range(len(w))}
        keys |= edge
    return keys


def distance(a: str, b: str, limit: int) -> int:
    """Damerau-Levenshtein distance (optimal string alignment), or limit + 1 when larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, older = row, [i], before
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return row[-1]


def correction(word: str) -> str | None:
    """The word meant by a misspelling, or None. `word` is lower-case letters."""
    if word in _mended:
        return _mended[word]
    index, keep = _data()
    best: str | None = None
    if 5 <= len(word) <= 24 and word not in keep:
        reach = 2 if len(word) >= 8 else 1
        ranked = sorted(
            (d, abs(len(c) - len(word)), c)
            for c in {c for key in _deletes(word, reach) for c in index.get(key, ())}
            if len(word) > 5 or len(c) > 5
            if (d := distance(word, c, 2 if len(c) >= 9 else 1)) <= (2 if len(c) >= 9 else 1)
            and (c[0] == word[0] or c[1] == word[1] or word[:2] == c[1::-1])
        )
        if ranked:
            best = ranked[0][2]
    if len(_mended) > 200_000:
        _mended.clear()
    _mended[word] = best
    return best


_NOT_MODIC = frozenset(
    {"media", "medical", "music", "comic", "topic", "mod", "models", "model", "metric", "mosaic"}
)
_AFTER_MODIC = rx(
    r"^['\"]?s?\s*[-(]?\s*(?:type|typ|grade)?[\s-]*(?:[123]\b|i{1,3}\b|l{1,2}\b|one\b|two\b|three\b|end|change|type|signal|degen)"
)
_BEFORE_MODIC = rx(r"(?:end ?plates?|type (?:[123]|i{1,3}|one|two|three)|reactive|of)[\s(]*$")
_END_KEEP = frozenset({"pate", "pal", "pat"})


# Letters that a scanner took for figures: `M0dic`, `endp1ate`.
_SCANNED = rx(r"(?i)\b[a-z]+[01][a-z]+(?:[01][a-z]+)?\b")


def _unscanned(match: Any) -> list[str] | None:
    _, known = _data()
    typed = match.group(0)
    for one in "li":
        word = typed.replace("0", "o").replace("1", one)
        if word.lower() in known or word.lower() == "modic":
            return [_cased(typed, word.lower())]
    return None


def mend(cleaned: CleanText) -> None:
    """Mends a cleaned text in place."""
    if "0" in cleaned.text or "1" in cleaned.text:
        cleaned.edit(_SCANNED, _unscanned)
    lower = cleaned.text.lower()
    wrong = {}
    words = set(lower.translate(_TO_BLANK).split())
    for word in words:
        if len(word) >= 5:
            right = _mended[word] if word in _mended else correction(word)
            if right is not None:
                wrong[word] = right
    if wrong:
        pattern = (
            rx(r"(?i)\b(?:" + "|".join(sorted(wrong)) + r")\b") if len(wrong) < 40 else rx(r"[A-Za-z]{5,24}")
        )

        def replace(match: Any) -> list[str] | None:
            right = wrong.get(match.group(0).lower())
            return None if right is None else [_cased(match.group(0), right)]

        cleaned.edit(pattern, replace)
        lower = cleaned.text.lower()
        words.update(wrong.values())
    if "lumber" in lower:
        cleaned.edit(
            rx(r"(?i)\blumber(?: ?-?(?:yard|mill|jack|company|store|truck|trade|industry|work)s?)?\b"),
            lambda m: [_cased(m.group(0), "lumbar")] if len(m.group(0)) == 6 else None,
        )
        lower = cleaned.text.lower()
    if rx(r"\b(?:end|and|ent|en)[\s-]{1,2}p[al]").search(lower):
        cleaned.edit(
            rx(r"(?i)" + r"\b(?:end|and|ent|en)[\s-]{1,2}(?:pl?al?a?te?e?s?|plaes?)\b"), _end_plate(lower)
        )
    if any(_like_modic(w) for w in words if w[0] == "m" or w.endswith("odic")):
        _mend_modic(cleaned)


def _cased(typed: str, right: str) -> str:
    if typed.isupper():
        return right.upper()
    return right.capitalize() if typed[:1].isupper() else right


def _end_plate(lower: str) -> Any:
    def replace(match: Any) -> list[str] | None:
        first, second = rx(r"[\s-]+").split(match.group(0).lower(), 1)
        plural = second.endswith("s")
        if second in _END_KEEP or distance(second, "plates" if plural else "plate", 1) > 1:
            return None
        around = lower[max(0, match.start() - 60) : match.end() + 40]
        if first != "end" and not rx(r"modic|chang|edema|oedema|degener|marrow").search(around):
            return None
        return [_cased(match.group(0), "endplates" if plural else "endplate")]

    return replace


@lru_cache(maxsize=65536)
def _like_modic(word: str) -> bool:
    """Whether a word may be a misspelt "modic", whatever its neighbours."""
    if word == "modic" or word in _NOT_MODIC or not 4 <= len(word) <= 7:
        return False
    plural = word.endswith("s") and word != "modis"
    return distance(word.removesuffix("s") if plural else word, "modic", 2) <= 2


def _mend_modic(cleaned: CleanText) -> None:
    lower = cleaned.text.lower()

    def replace(match: Any) -> list[str] | None:
        word = match.group(0).lower()
        if not _like_modic(word):
            return None
        plural = word.endswith("s") and word != "modis"
        steps = distance(word.removesuffix("s") if plural else word, "modic", 2)
        typed = rx(r"^s?[\s-]*typ").search(lower[match.end() : match.end() + 6])
        if steps > (2 if typed and word[:2] == "mo" else 1):
            return None
        after, before = (
            lower[match.end() : match.end() + 24],
            lower[max(0, match.start() - 24) : match.start()],
        )
        if word in ("medic", "mobic") and not rx(r"^s?[\s-]*(?:typ|end|chang)").search(after):
            return None
        if not (_AFTER_MODIC.search(after) or (_BEFORE_MODIC.search(before) and word != "medic")):
            return None
        return [_cased(match.group(0), "modic")]

    cleaned.edit(rx(r"(?i)\b(?:m[a-z]{3,6}|[a-ln-z]odic)\b"), replace)
