"""What the pulse sequences show: pairs of sequence and intensity in a sentence, and the type they make.

Type 1 is dark on T1 and bright on T2, type 2 bright on T1, type 3 dark on both (Modic 1988, Radiology
166:193 and 168:177). Sequence and intensity come in either order: `dark on T1, bright on T2`,
`T1 hypointense and STIR hyperintense`, `low signal on T1 and T2`, `T1 and T2 high`.
"""

from __future__ import annotations

from dataclasses import dataclass

from .rx import rx

_WEIGHT = r"(?:[ -]?(?:weighted|wtd|w ?i?|fs|fse|tse|se)\b)*"
_TOKEN = rx(
    rf"(?P<t1>\bt1{_WEIGHT})"
    rf"|(?P<t2>\b(?:t2{_WEIGHT}(?: ?/ ?(?:stir|tirm))?|stir|tirm|fluid[ -]sensitive|(?:fat[ -]?sat(?:urated)?|fat[ -]suppressed|water[ -]sensitive)(?: t2{_WEIGHT})?)\b)"
    r"|(?P<all>\b(?:(?:all|every|each|both) (?:the |pulse |imaging |imaged |single )*(?:sequences?|weightings?)|all (?:pulse )?images|throughout)\b)"
    r"|(?P<dark>\b(?:hypo(?: ?-?intens\w*)?|low(?:er)?|dark|black|decreas\w*|reduc\w*|diminish\w*|(?:signal )?loss(?: of)?|signal void)\b)"
    r"|(?P<bright>\b(?:hyper(?: ?-?intens\w*)?|high(?:er)?|bright\w*|increas\w*|elevat\w*|raised|shortening|l(?:ights?|it) up|glow\w*)\b)"
    r"|(?P<even>\biso ?-?intens\w*|\bintermediate\b)"
)
_RELAXATION = rx(r"\b(long|short)(?:ened)? (t1|t2)\b")
_OWN = 24  # characters to a sequence of its own
_DENIED = rx(r"\b(?:no|not|without|nor|neither|isn't|aren't|nothing)\b(?: \w+){0,3} ?$")
_JOINED = rx(
    r"^(?: images?| sequences?| signals?)?(?: ?[/&+,] ?| and | or |, and | as well as |/and )(?:on |the |also )*$"
)
_CONTRAST = rx(r"(?:post[ -]?(?:contrast|gad\w*)|contrast[ -]enhanced|enhanced|gad\w*)[ -]*$")
_HEIGHT = rx(r"^ (?:the |intervertebral )*(?:dis[ck]|height|lordosis|space|stature)\b")
_LIKE_FAT = rx(
    r"\b(?:follow|parallel)\w* (?:the signal of )?fat\b|\b(?:isointense|similar|identical) to fat\b"
)
_REACH = 64  # characters from an intensity to its sequence
_STOP = rx(r"[.;]\s|\n\s*\n")


@dataclass(slots=True)
class Signal:
    """Intensities by sequence in a sentence; `start` and `end` cover the words."""

    t1: set[str]
    t2: set[str]
    start: int
    end: int

    def types(self) -> tuple[str, ...]:
        """The Modic types these intensities make; empty where they make none."""
        if "bright" in self.t1:
            return ("1", "2") if "dark" in self.t1 and "bright" in self.t2 else ("2",)
        if "dark" in self.t1 and "bright" in self.t2:
            return ("1",)
        return ("3",) if "dark" in self.t1 and "dark" in self.t2 else ()


def read_signal(text: str) -> Signal | None:
    """The signal a sentence (lower-case ASCII) describes, or None without a sequence and an intensity."""
    if not any(w in text for w in ("t1", "t2", "stir", "sequence", "weighting")):
        return None
    found = Signal(set(), set(), len(text), 0)
    for match in _RELAXATION.finditer(text):
        value = "dark" if match.group(1, 2) in (("long", "t1"), ("short", "t2")) else "bright"
        _note(found, {match.group(2)}, value, *match.span())
    tokens = _tokens(text)
    if like := _LIKE_FAT.search(text):
        _note(found, {"t1"}, "bright", *like.span())
    i = 0
    while i < len(tokens) - 1:
        first, second = tokens[i], tokens[i + 1]
        between = text[first.end : second.start]
        if first.seen is second.seen or len(between) > _REACH or _STOP.search(between):
            i += 1
            continue
        seen, intensity = (first, second) if first.seen else (second, first)
        sequences = seen.kinds
        if seen is second and len(seen.kinds) > 1 and _speaks_on(tokens, i + 2, second.end):
            sequences = seen.kinds[:1]  # `low on T1 and T2 hyperintense`
            second.kinds = seen.kinds[1:]
            i -= 1
        _note(found, set(sequences), intensity.kinds[0], first.start, second.end)
        i += 2
    return found if found.t1 or found.t2 else None


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    seen: bool  # a sequence (or several joined), else an intensity
    kinds: list[str]


def _speaks_on(tokens: list[_Token], at: int, end: int) -> bool:
    """Whether the next intensity stands right behind and has no sequence of its own."""
    if at >= len(tokens) or tokens[at].seen or tokens[at].start - end > 2:
        return False
    return at + 1 >= len(tokens) or tokens[at + 1].start - tokens[at].end > _OWN


def _note(found: Signal, sequences: set[str], value: str, start: int, end: int) -> None:
    for sequence in sequences:
        (found.t1 if sequence == "t1" else found.t2).add(value)
    found.start, found.end = min(found.start, start), max(found.end, end)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        seen = kind in ("t1", "t2", "all")
        before = text[max(0, match.start() - 28) : match.start()]
        if (_CONTRAST if seen else _DENIED).search(before) or _HEIGHT.search(
            text[match.end() : match.end() + 24]
        ):
            continue
        kinds = ["t1", "t2"] if kind == "all" else [kind]
        last = tokens[-1] if tokens else None
        if last and last.seen and seen and _JOINED.search(text[last.end : match.start()]):
            last.end = match.end()
            last.kinds += kinds
        else:
            tokens.append(_Token(match.start(), match.end(), seen, kinds))
    return tokens
