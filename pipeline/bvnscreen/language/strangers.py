"""A stretch of another patient's text inside a note: pasted, scanned or dictated in error."""

from __future__ import annotations

from .rx import rx

_PATIENT = r"(?:another|a different|a second|the wrong|the other|some other) (?:patient|pt|chart|person)"
_NOTICE = (
    r"\b(?:(?:belongs?|pertains?|refers?|relates?) to (?:the chart of )?"
    + _PATIENT
    + r"|(?:is|are|was|were|comes?|came|copied|pasted) "
    r"(?:that of|those of|for|from|of|about) (?:the (?:chart|note) of )?"
    + _PATIENT
    + r"|(?:another|different|wrong) (?:patient|pt)'s "
    r"(?:text|note|notes|report|record|history|data|chart|page)|(?:pasted|copied|dictated|entered|charted|copy[- ]?pasted) (?:here |in |on |into (?:this|the) (?:chart|note) )?in error)\b"
)
# `[text below to the dashed line belongs to a different patient]`: the notice says where.
_BELOW = rx(
    r"(?i)\b(?:below|following|next|to the (?:dashed )?line|until|end of|from here|starts? here|begins?)\b"
)
_ABOVE = rx(r"(?i)\b(?:above|preceding|previous paragraph|last paragraph)\b")
_FOUND = rx(r"(?i)" + _NOTICE)
_END = rx(
    r"(?i)\n[ ]*(?:[-=*_~#]{4,}[ ]*(?:\n|$)|[\[(*<-]*[ ]*(?:end\b|resume|this patient|correct patient|back to)[^\n]{0,80})"
)
_BLANK = rx(r"\n[ ]*\n")


def without_strangers(text: str) -> str:
    """The text with other patients' passages blanked, line breaks kept; the same length.

    A notice that says neither above nor below is about the whole note, which the reader of kinds sees.
    """
    lower = text.lower()
    if "error" not in lower and "patient" not in lower and "wrong" not in lower:
        return text
    for match in _FOUND.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        notice = text[line:stop]
        start, end = line, stop
        if _BELOW.search(notice):
            closed = _END.search(text, stop)
            blank = _BLANK.search(text, stop + 2)
            end = closed.end() if closed else blank.start() if blank else len(text)
        elif _ABOVE.search(notice):
            before = [m.end() for m in _BLANK.finditer(text, 0, max(0, line - 2))]
            start = before[-1] if before else 0
        else:
            continue
        if not text[:start].strip() and not text[end:].strip():
            continue  # nothing of this patient would be left
        blanked = "".join(c if c == "\n" else " " for c in text[start:end])
        text = text[:start] + blanked + text[end:]
    return text
