"""A review on paper: Markdown, HTML or Word, one patient after the other.

Words of a note are data: what Markdown, HTML or Word would act on is made harmless before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from bvnscreen import review, writers
from bvnscreen.chart import Chart
from bvnscreen.facts import Evidence
from bvnscreen.policy import Determination

if TYPE_CHECKING:
    from collections.abc import Callable

ENDINGS = (".md", ".html", ".htm", ".docx")
_LONGEST_QUOTE = 300
# Said of a criterion that holds without words of the notes behind it.
RESTS_ON = {
    "silence": "nothing in the notes speaks against it",
    "request": "as requested",
    "policy": "whatever the notes say",
    "person": "no text can settle it",
}
STATUS = {**writers.STATUS_WORDS, **{k: v[0].lower() for k, v in writers.DETERMINATIONS.items()}}


@dataclass(frozen=True)
class Review:
    """One patient under one policy, with the sections as they are written."""

    title: str
    sections: tuple[review.Section, ...]
    dates: Mapping[str, str] = field(default_factory=dict)
    name: str = "patient"


def of(chart: Chart, determination: Determination) -> Review:
    """The review of a chart judged by a policy."""
    patient = determination.patient_id or "patient"
    return Review(
        f"Review of {patient}, {determination.policy}",
        tuple(review.sections(chart, determination)),
        {n.note_id: n.note_date or "undated" for n in chart.notes},
        f"{patient}-{determination.policy}",
    )


def is_folder(path: Path | None) -> bool:
    """True when reports go to a folder of this name: it is one, or has no ending of a report."""
    return path is not None and (path.is_dir() or path.suffix.lower() not in ENDINGS)


def save(reviews: Iterable[Review], path: Path | None) -> None:
    """Write reviews: to standard output and `.md` as Markdown, to `.html`, to `.docx`; to a folder
    (any other path) one Markdown file each."""
    ending = path.suffix.lower() if path else ".md"
    if path is not None and is_folder(path):
        _folder(reviews, path)
    elif path is not None and ending == ".docx":
        _docx(reviews, path)
    else:
        with writers.opened(path) as stream:
            _written(reviews, stream, _html if ending != ".md" else _markdown)


def _written(
    reviews: Iterable[Review], stream: TextIO, form: Callable[[Iterable[Review]], Iterator[str]]
) -> None:
    for piece in form(reviews):
        stream.write(piece)


def _folder(reviews: Iterable[Review], path: Path) -> None:
    path.mkdir(mode=0o700, exist_ok=True)
    used: set[str] = set()
    for r in reviews:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "_", r.name)[:100].strip("_") or "patient"
        name, n = stem, 1
        while name.lower() in used:
            n += 1
            name = f"{stem}-{n}"
        used.add(name.lower())
        with writers.opened(path / f"{name}.md") as stream:
            _written([r], stream, _markdown)


# -- what all three share --------------------------------------------------------------------------


class _Sources:
    """The addresses a review names, numbered in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def mark(self, s: review.Sentence) -> str:
        """[2, grade A], or nothing where a sentence has no source."""
        if not s.source:
            return ""
        number = self.numbers.setdefault(s.source, len(self.numbers) + 1)
        return f"[{number}, grade {s.grade}]" if s.grade else f"[{number}]"


def _quote(e: Evidence, r: Review) -> tuple[str, str]:
    """The words, and where they stand."""
    place = [e.note_id, r.dates.get(e.note_id, ""), f"section {e.section}" if e.section else ""]
    return f"“{writers.shown(e.text, _LONGEST_QUOTE)}”", ", ".join(writers.shown(p, 80) for p in place if p)


def _parts(s: review.Sentence, sources: _Sources) -> tuple[str, str]:
    """Status and text, and what stands behind the text: the source, and what a criterion rests on
    that has no words of the notes behind it."""
    status = f"{STATUS[s.status]}: " if s.status and s.label else ""
    rests = RESTS_ON.get(s.basis, "") if s.status and (s.status == "met" or s.basis != "silence") else ""
    return status, " ".join(w for w in (sources.mark(s), f"({rests})" if rests else "") if w)


# -- Markdown --------------------------------------------------------------------------------------

_ACTS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def markdown_text(text: object) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = _ACTS.sub(r"\\\1", writers.shown(str(text), 2000))
    line = line.replace("://", "&#58;//").replace("www.", "www&#46;")
    # A line of text must not begin a list, a heading or a rule.
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1] or ''}\\{m[2] or m[3]}", line)


def _markdown(reviews: Iterable[Review]) -> Iterator[str]:
    md = markdown_text
    for i, r in enumerate(reviews):
        sources = _Sources()
        yield ("\n---\n\n" if i else "") + f"# {md(r.title)}\n"
        for section in r.sections:
            yield f"\n## {section.title}\n\n"
            last = ""
            for s in section.sentences:
                if s.label and s.label != last:
                    yield f"- **{md(s.label)}**\n"
                last = s.label
                indent = "  " if s.label else ""
                status, behind = _parts(s, sources)
                yield f"{indent}- {status}{md(s.text)} {md(behind)}".rstrip() + "\n"
                for e in s.evidence:
                    words, where = _quote(e, r)
                    yield f"{indent}  - {md(words)} ({md(where)})\n"
        if sources.numbers:
            yield "\n## Sources\n\n"
            for ref, n in sources.numbers.items():
                yield f"{n}. " + (f"<{ref}>" if _address(ref) else md(ref)) + "\n"
        yield f"\n*{writers.CLOSING}*\n"


def _address(ref: str) -> bool:
    """True where the reference is one plain web address."""
    return re.fullmatch(r"https?://[^\s<>\"'`]+", ref) is not None


# -- HTML ------------------------------------------------------------------------------------------

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #ccc; }
dt { font-weight: 600; margin-top: .8rem; } dd { margin: .2rem 0 .2rem 1rem; }
blockquote { margin: .2rem 0 .2rem 1rem; padding-left: .6rem; border-left: 3px solid #bbb; }
.where { color: #555; font-size: .875rem; }
.status { font-weight: 600; } .status.met { color: #14662b; } .status.not_met { color: #9b1c1c; }
.status.unclear { color: #7a4d00; } .status.undocumented { color: #1d4ed8; }
article + article { break-before: page; border-top: 3px double #999; margin-top: 3rem; }
@media print { body { margin: 0; max-width: none; } blockquote { break-inside: avoid; } }
</style>
</head>
<body>
"""


def _html(reviews: Iterable[Review]) -> Iterator[str]:
    yield _HEAD
    for r in reviews:
        yield html(r)
    yield "</body>\n</html>\n"


def html(r: Review) -> str:
    """One review as an `<article>`; all text is escaped."""
    safe = writers.safe_html
    sources = _Sources()
    out = [f"<article>\n<h1>{safe(r.title)}</h1>\n"]
    for section in r.sections:
        out.append(f'<section class="{section.id}">\n<h2>{safe(section.title)}</h2>\n<dl>\n')
        last = ""
        for s in section.sentences:
            if s.label and s.label != last:
                out.append(f"<dt>{safe(s.label)}</dt>\n")
            last = s.label
            status, behind = _parts(s, sources)
            out.append(f'<dd><span class="status {s.status}">{safe(status)}</span>{safe(s.text)}')
            if behind:
                out.append(f' <span class="where">{safe(behind)}</span>')
            for e in s.evidence:
                words, where = _quote(e, r)
                out.append(
                    f'\n<blockquote>{safe(words)} <span class="where">{safe(where)}</span></blockquote>'
                )
            out.append("</dd>\n")
        out.append("</dl>\n</section>\n")
    if sources.numbers:
        out.append("<h2>Sources</h2>\n<ol>\n")
        for ref in sources.numbers:
            link = f'<a href="{safe(ref)}" rel="noreferrer">{safe(ref)}</a>' if _address(ref) else safe(ref)
            out.append(f"<li>{link}</li>\n")
        out.append("</ol>\n")
    out.append(f"<p><em>{safe(writers.CLOSING)}</em></p>\n</article>\n")
    return "".join(out)


# -- Word ------------------------------------------------------------------------------------------


def _docx(reviews: Iterable[Review], path: Path) -> None:
    try:
        import docx
    except ImportError:
        raise writers.WriteError(
            "a .docx report needs python-docx: .venv/bin/pip install -e '.[docx]'"
        ) from None
    document: Any = docx.Document()
    for i, r in enumerate(reviews):
        if i:
            document.add_page_break()
        _docx_review(document, r)
    new = path.with_name(f".{path.name}.tmp")
    try:
        new.touch(mode=0o600)
        document.save(str(new))
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _docx_review(document: Any, r: Review) -> None:
    def plain(text: object) -> str:
        return writers.shown(str(text), 2000)

    sources = _Sources()
    document.add_heading(plain(r.title), 1)
    for section in r.sections:
        document.add_heading(section.title, 2)
        last = ""
        for s in section.sentences:
            if s.label and s.label != last:
                document.add_paragraph().add_run(plain(s.label)).bold = True
            last = s.label
            status, behind = _parts(s, sources)
            document.add_paragraph(f"{status}{plain(s.text)} {behind}".rstrip(), style="List Bullet")
            for e in s.evidence:
                words, where = _quote(e, r)
                quote = document.add_paragraph(style="List Bullet 2")
                quote.add_run(words).italic = True
                quote.add_run(f" ({where})")
    if sources.numbers:
        document.add_heading("Sources", 2)
        for ref in sources.numbers:
            document.add_paragraph(plain(ref), style="List Number")
    document.add_paragraph().add_run(writers.CLOSING).italic = True
