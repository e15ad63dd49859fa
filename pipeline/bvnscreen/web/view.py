"""One patient as the page shows it: worked out here, so that the templates only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from bvnscreen import __version__, chart, policy, review, writers
from bvnscreen.facts import Evidence, Note, NoteFacts
from bvnscreen.policy import Determination, Policy
from bvnscreen.readers import Unreadable
from bvnscreen.web import timeline
from bvnscreen.web.spine_svg import Drawing, draw
from bvnscreen.workers import extract_row

KINDS = {
    "mri_report": "MRI report",
    "imaging_report": "other imaging report",
    "addendum": "addendum to a report",
    "clinic_note": "clinic note",
    "procedure_note": "procedure note",
    "pt_note": "physical therapy note",
    "letter": "letter",
    "questionnaire": "questionnaire",
    "other": "other",
}
FAMILIES = {
    "modic": "Modic",
    "findings": "Findings",
    "procedures": "Treatment",
    "pain": "Pain",
    "duration": "Duration",
    "scores": "Scores",
    "other": "Other evidence",
}
# How a treatment's status is shown: like the assertion that is nearest to it.
_SHOWN_AS = {
    "done": "present",
    "ongoing": "present",
    "planned": "hypothetical",
    "considered": "hypothetical",
    "declined": "absent",
    "denied": "absent",
    "not_done": "absent",
}


@dataclass(frozen=True)
class Link:
    """Words that show something, and where they are: `href` is the mark in the notes."""

    text: str
    href: str
    where: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Back:
    """From a mark to the criterion that rests on it."""

    number: int
    href: str
    label: str


@dataclass(frozen=True)
class Segment:
    """A stretch of a note under the same marks; none of them where `css` is empty.

    `ids` are the marks that begin here, `backs` belong to marks that end here.
    """

    text: str
    css: str = ""
    ids: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    backs: tuple[Back, ...] = ()


@dataclass(frozen=True)
class NoteView:
    """A note with its marks, or with `error` when it could not be read."""

    anchor: str
    note: Note
    kind: str
    segments: tuple[Segment, ...]
    counts: Mapping[str, int]
    error: str = ""
    speaks: bool = False


@dataclass(frozen=True)
class Row:
    """One criterion."""

    number: int
    anchor: str
    name: str
    meaning: str
    status: str
    word: str
    reason: str
    source: str
    grade: str
    rule: str
    blocks: bool
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Remark:
    """A caution or a contradiction, with its words."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Chapter:
    """A section of the review: (label, sentence, words that show it)."""

    title: str
    sentences: tuple[tuple[str, str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class Panel:
    """The chart judged by one policy."""

    policy: Policy
    anchor: str
    verdict: Determination
    word: str
    sentence: str
    rows: tuple[Row, ...]
    cautions: tuple[Remark, ...]
    conflicts: tuple[Remark, ...]


@dataclass(frozen=True)
class ChartView:
    """One patient. `panels` is one policy, or all; `table` is always all of them.

    `review` is the write-up for the policy, where it is one.
    """

    patient_id: str
    panels: tuple[Panel, ...]
    table: tuple[Panel, ...]
    drawing: Drawing
    notes: tuple[NoteView, ...]
    timeline: timeline.Timeline
    requested: str
    modic: tuple[Remark, ...]
    unread: int
    review: tuple[Chapter, ...]
    extract: list[dict[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """The rows of `extract` and `screen`, with the texts that their offsets count in."""
        return {
            "bvnscreen": __version__,
            "notes": [{"note_id": n.note.note_id, "text": n.note.text} for n in self.notes if not n.error],
            "extract": self.extract,
            "screen": [p.verdict.to_dict() | {"patient_id": self.patient_id} for p in self.panels],
        }


Read = tuple[Note, "NoteFacts | Unreadable"]


def build(
    read: Sequence[Read],
    levels: Sequence[str],
    policies: Sequence[Policy],
    every: Sequence[Policy] = (),
    patient_id: str | None = None,
) -> ChartView:
    """The view of one patient's notes, judged by `policies`; `every` fills the table of policies.

    Raises ValueError for a level that is none.
    """
    facts = [f for _, f in read if isinstance(f, NoteFacts)]
    merged = chart.merge(facts, levels)
    verdicts = {id(p): policy.judge(merged, p) for p in (*policies, *every)}
    marks = _Marks(read)
    for p in policies:
        for criterion in verdicts[id(p)].criteria:
            for evidence in criterion.evidence:
                marks.add(evidence)
    for evidence in merged.requested_evidence:
        marks.add(evidence)
    chapters = review.sections(merged, verdicts[id(policies[0])]) if len(policies) == 1 else []
    for chapter in chapters:
        for sentence in chapter.sentences:
            for evidence in sentence.evidence:
                marks.add(evidence)
    marks.number()
    panels = tuple(_panel(p, verdicts[id(p)], marks, first=p is policies[0]) for p in policies)
    for panel in panels:
        marks.point_back(panel)
    speaking = {merged.notes[i].note_id for i in merged.report_notes} if merged.has_report else set()
    return ChartView(
        patient_id=patient_id or merged.patient_id or "this chart",
        panels=panels,
        table=tuple(_panel(p, verdicts[id(p)], marks, first=False) for p in every),
        drawing=draw(merged),
        notes=_notes(read, marks, speaking),
        timeline=timeline.of(merged, marks.link),
        requested=_requested(merged),
        modic=tuple(
            Remark(
                f"{'untyped' if 'unspecified' in m.types else 'type ' + '/'.join(m.types)} at "
                + (", ".join(m.levels or m.vertebrae) or "no stated level"),
                (marks.link(m.evidence),),
            )
            for m in merged.current_modic
        ),
        unread=len(read) - len(facts),
        review=tuple(
            Chapter(c.title, tuple((s.label, s.text, marks.links(s.evidence)) for s in c.sentences))
            for c in chapters
        ),
        extract=[extract_row(f) for _, f in read],
    )


def _requested(merged: chart.Chart) -> str:
    if not merged.requested_levels:
        return "no level stated"
    bodies = f" (vertebral bodies {', '.join(merged.vertebral_bodies)})" if merged.vertebral_bodies else ""
    origin = ", read from the notes" if merged.requested_from == "notes" else ""
    return ", ".join(merged.requested_levels) + bodies + origin


# -- a policy ----------------------------------------------------------------------------------------


def _panel(p: Policy, verdict: Determination, marks: _Marks, first: bool) -> Panel:
    word, sentence = writers.headline(verdict.determination, p.id, (c.status for c in verdict.criteria))
    against = {e for c in verdict.conflicts for e in c.evidence}
    criteria = {c.id: c for c in p.criteria}
    prefix = "c" if first else p.id
    rows = []
    for number, result in enumerate(verdict.criteria, 1):
        known = criteria.get(result.id)
        rows.append(
            Row(
                number,
                f"{prefix}-{result.id}",
                _named(result.id),
                known.plain if known else "",
                result.status,
                _status_word(
                    result.status, result.basis in ("notes", "request"), bool(against & set(result.evidence))
                ),
                result.reason,
                result.source,
                known.source.grade if known else p.source.grade,
                f"{p.id}.{result.id}",
                result.blocks,
                tuple(dict.fromkeys(marks.link(e) for e in result.evidence)),
            )
        )
    return Panel(
        p,
        f"policy-{p.id}",
        verdict,
        word,
        sentence,
        tuple(rows),
        tuple(Remark(text, marks.links(evidence)) for text, evidence in verdict.cautions),
        tuple(Remark(c.text, marks.links(c.evidence)) for c in verdict.conflicts),
    )


def _named(criterion_id: str) -> str:
    words = criterion_id.replace("_", " ").replace("modic", "Modic").replace("mri", "MRI")
    return words[0].upper() + words[1:]


def _status_word(status: str, shown: bool, contradicted: bool) -> str:
    if status == "met":
        return "documented" if shown else "nothing against it"
    if status == "unclear" and contradicted:
        return "contradicted"
    return writers.STATUS_WORDS[status]


# -- marks in the notes ------------------------------------------------------------------------------

_Span = tuple[int, int, int]  # place of the note, start, end


class _Marks:
    """The stretches of text that show something, each with one anchor, whatever rests on it."""

    def __init__(self, read: Sequence[Read]) -> None:
        self.read = read
        self.places: dict[str, list[int]] = {}
        self.said: dict[_Span, list[dict[str, Any]]] = {}
        self.ids: dict[_Span, str] = {}
        self.backs: dict[str, list[Back]] = {}
        for i, (note, _) in enumerate(read):
            self.places.setdefault(note.note_id, []).append(i)
        for i, (_, facts) in enumerate(read):
            if isinstance(facts, NoteFacts):
                for fact in writers.facts(extract_row(facts)):
                    self.said.setdefault((i, fact["start"], fact["end"]), []).append(fact)
                for family, value in (("pain", facts.pain), ("duration", facts.duration)):
                    for evidence in value.support if value else ():
                        self.add(evidence, family)

    def add(self, evidence: Evidence, family: str = "other") -> None:
        """A mark for these words, unless a fact already has one there."""
        span = self._span(evidence)
        if span and not self.said.get(span):
            self.said[span] = [
                {
                    "family": family,
                    "name": "",
                    "assertion": "present",
                    "levels": [],
                    "detail": "",
                    "cues": list(evidence.cues),
                    "rule": evidence.rule,
                }
            ]

    def _span(self, evidence: Evidence) -> _Span | None:
        for i in self.places.get(evidence.note_id, ()):
            if self.read[i][0].text[evidence.start : evidence.end] == evidence.text and evidence.text:
                return i, evidence.start, evidence.end
        return None

    def number(self) -> None:
        """Give each mark its anchor, in the order of the notes."""
        self.said = {s: f for s, f in sorted(self.said.items()) if s[1] < s[2]}
        self.ids = {span: f"e{n}" for n, span in enumerate(self.said, 1)}

    def link(self, evidence: Evidence) -> Link:
        """The link to the words; to the note when the words are not in it any more."""
        span = self._span(evidence)
        anchor = self.ids.get(span, "notes") if span else "notes"
        note = self.read[span[0]][0] if span else None
        where = f"{_kind_words(self.read[span[0]])} {note.date or ''}".strip() if span and note else ""
        words = writers.shown(evidence.text, 110)
        cues = tuple(writers.shown(c, 40) for c in evidence.cues if c.lower() not in words.lower())
        return Link(words, f"#{anchor}", where or evidence.note_id, cues)

    def links(self, evidence: Iterable[Evidence]) -> tuple[Link, ...]:
        """Links to several, each once."""
        return tuple(dict.fromkeys(self.link(e) for e in evidence))

    def point_back(self, panel: Panel) -> None:
        """From each mark to the criteria of the first policy that rests on it."""
        known = set(self.backs)
        for row in panel.rows:
            for link in row.links:
                anchor = link.href[1:]
                if anchor not in known:
                    back = Back(row.number, f"#{row.anchor}", f"back to {row.name}")
                    if back not in self.backs.setdefault(anchor, []):
                        self.backs[anchor].append(back)


def _kind_words(read: Read) -> str:
    return KINDS.get(read[1].kind, "note") if isinstance(read[1], NoteFacts) else "note"


def _notes(read: Sequence[Read], marks: _Marks, speaking: set[str]) -> tuple[NoteView, ...]:
    by_note: dict[int, list[_Span]] = {}
    for span in marks.said:
        by_note.setdefault(span[0], []).append(span)
    out = []
    for i, (note, facts) in enumerate(read):
        if isinstance(facts, Unreadable):
            out.append(NoteView(f"n{i + 1}", note, "", (), {}, facts.error))
            continue
        families = [f["family"] for span in by_note.get(i, ()) for f in marks.said[span]]
        counts = {k: families.count(k) for k in FAMILIES if k in families}
        segments = tuple(_segments(note.text, by_note.get(i, []), marks))
        out.append(
            NoteView(f"n{i + 1}", note, facts.kind, segments, counts, speaks=facts.note_id in speaking)
        )
    # The newest first: it is what is looked at first. Undated ones are last.
    return tuple(sorted(out, key=lambda n: n.note.date or "", reverse=True))


def _segments(text: str, spans: Sequence[_Span], marks: _Marks) -> Iterable[Segment]:
    """The text cut at every beginning and end of a mark, in one sweep."""
    starts: dict[int, list[_Span]] = {}
    ends: dict[int, list[_Span]] = {}
    for span in spans:
        starts.setdefault(span[1], []).append(span)
        ends.setdefault(span[2], []).append(span)
    cuts = sorted({0, len(text), *starts, *ends})
    open_: list[_Span] = []
    for at, to in pairwise(cuts):
        begun = starts.get(at, [])
        open_ = [s for s in open_ if s[2] > at] + begun
        if not open_:
            yield Segment(text[at:to])
            continue
        # The shortest mark is the most exact: it gives the look.
        over = sorted(open_, key=lambda s: s[2] - s[1])
        fact = marks.said[over[0]][0]
        shown_as = _SHOWN_AS.get(fact["assertion"], fact["assertion"])
        closed = [s for s in open_ if s[2] == to]
        yield Segment(
            text[at:to],
            f"f-{fact['family']} a-{shown_as}" + (" starts" if begun else ""),
            tuple(marks.ids[s] for s in begun),
            tuple(dict.fromkeys(_tip(f) for s in over for f in marks.said[s])),
            tuple(dict.fromkeys(b for s in closed for b in marks.backs.get(marks.ids[s], ()))),
        )


def _tip(fact: Mapping[str, Any]) -> str:
    """What a mark says: family, name, place, assertion, cue and rule."""
    name = str(fact["name"]).replace("_", " ")
    parts = [" ".join(p for p in (FAMILIES[fact["family"]], name) if p)]
    parts += [", ".join(fact["levels"])] if fact["levels"] else []
    if fact["family"] in ("modic", "findings", "procedures"):
        parts.append(str(fact["assertion"]).replace("_", " "))
    parts += [fact["detail"]] if fact["detail"] else []
    cues = ", ".join(f"“{writers.shown(c, 40)}”" for c in fact["cues"])
    parts += [f"cue {cues}"] if cues else []
    parts += [f"rule {fact['rule']}"] if fact["rule"] else []
    return " · ".join(parts)


# -- guesses that the reviewer can correct -----------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<y>20\d\d|19\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<m2>\d{1,2})[/-](?P<d2>\d{1,2})[/-](?P<y2>(?:20|19)?\d\d)"
    rf"|(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}}) (?P<name2>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?,? (?P<y4>\d{{4}})"
    r")(?![\d/-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:date|dos|exam|examination|study|visit|service|performed|dictated|seen)\b[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:dob|birth|born)\b[^\d\n]{0,20}$", re.IGNORECASE)
# Without a label only the top of a note bears its own date.
_HEAD, _TOP = 1500, 240


def guess_date(text: str) -> str | None:
    """The date in the head of a note, a labelled one first, never that of birth; for people to check.

    Numbers are read as month, day, year.
    """
    plain = None
    for m in _DATE.finditer(text, 0, _HEAD):
        before = text[max(0, m.start() - 50) : m.start()]
        found = None if _BIRTH.search(before) else _iso(m.groupdict())
        if found and _LABEL.search(before):
            return found
        if m.start() < _TOP:
            plain = plain or found
    return plain


def _iso(g: Mapping[str, str | None]) -> str | None:
    year = int(g["y"] or g["y2"] or g["y3"] or g["y4"] or 0)
    name = g["name"] or g["name2"]
    month = _MONTHS.index(name.lower()) + 1 if name else int(g["m"] or g["m2"] or 0)
    day = int(g["d"] or g["d2"] or g["d3"] or g["d4"] or 0)
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return None
