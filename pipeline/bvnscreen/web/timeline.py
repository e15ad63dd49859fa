"""Symptoms, treatments and notes along time, as bars in percent of the span shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from bvnscreen.chart import Chart, Months, months_of
from bvnscreen.facts import Evidence, Procedure
from bvnscreen.writers import length_words

_MOST_YEARS = 12
# How far the bar of "years" or "over a year" fades to the left, in months.
_OPEN = 6.0


@dataclass(frozen=True)
class Event:
    """A line: a bar from `x` over `width` percent of the span shown, a dot where it has no width.

    `maybe` is how much earlier it may have begun. `link` leads to the words.
    """

    kind: str
    name: str
    when: str
    detail: str
    status: str
    link: Any
    x: float | None = None
    width: float = 0.0
    maybe: float = 0.0


@dataclass(frozen=True)
class Timeline:
    """`ticks` are (percent, year)."""

    events: tuple[Event, ...]
    ticks: tuple[tuple[float, str], ...]


def of(chart: Chart, link: Callable[[Evidence], Any]) -> Timeline:
    """Everything with a date, oldest first, then what has none."""
    spans: list[tuple[Months | None, float, Event]] = []
    last = max((m.hi for n in chart.notes if (m := months_of(n.note_date))), default=None)
    if chart.duration is not None:
        link_to = link(chart.duration.evidence)
        if chart.pain_months is not None:
            lo, hi = chart.pain_months
            start = Months(last - lo, last) if last is not None else None
            pain = Event("pain", "low back pain", _span_words(lo, hi), "", "present", link_to)
            spans.append((start, _OPEN if hi == inf else hi - lo, pain))
        else:
            text = chart.duration.chronicity or "length not stated"
            spans.append((None, 0, Event("pain", "low back pain", "", text, "present", link_to)))
    seen = set()
    for treatments in chart.treatments.values():
        for at, p in treatments:
            key = (p.name, p.status, p.date, p.drug, tuple(p.levels), p.response, p.side)
            if p.status == "family" or key in seen:
                continue
            seen.add(key)
            spans.append((_when(p, months_of(chart.notes[at].note_date)), 0, _event(p, link)))
    for n in chart.notes:
        day = n.study_date or n.note_date
        name = n.kind.replace("_", " ").replace("mri", "MRI").replace("pt ", "PT ")
        written = Event("note", name, (day or "")[:10], n.note_id, "present", None)
        spans.append((months_of(day), 0, written))
    spans.sort(key=lambda s: (s[0] is None, s[0].lo if s[0] else 0, s[2].kind))
    known = [s for s, _, _ in spans if s is not None]
    if not known:
        return Timeline(tuple(e for _, _, e in spans), ())
    end = max(s.hi for s in known) + 1
    begin = max(min(s.lo - maybe for s, maybe, _ in spans if s is not None) - 1, end - _MOST_YEARS * 12)
    size = max(end - begin, 6.0)

    def percent(month: float) -> float:
        return round(min(100.0, max(0.0, (month - begin) * 100 / size)), 2)

    events = []
    for span, maybe, e in spans:
        if span is not None:
            x, to = percent(span.lo), percent(span.hi)
            early = percent(span.lo - maybe)
            e = replace(e, x=x, width=round(to - x, 2), maybe=round(x - early, 2))
        events.append(e)
    years = [y for y in range(int(begin // 12), int(end // 12) + 1) if begin <= y * 12 <= end]
    step = -(-len(years) // 7) or 1
    return Timeline(tuple(events), tuple((percent(y * 12.0), str(y)) for y in years[::step]))


def _event(p: Procedure, link: Callable[[Evidence], Any]) -> Event:
    parts = [p.drug or "", ", ".join((*p.levels, *p.vertebrae, *p.nerves)), p.side or ""]
    parts.append(f"{p.count} times" if p.count and p.count > 1 else "")
    parts.append(f"{p.sessions} sessions" if p.sessions else "")
    if p.duration_months is not None:
        parts.append(("at least " if p.duration_at_least else "") + length_words(p.duration_months))
    if p.response:
        parts.append({"none": "no relief", "worse": "worse"}.get(p.response, f"{p.response} relief"))
    if p.relief_pct is not None:
        parts.append(f"{p.relief_pct:g}%")
    if p.relief_months is not None:
        parts.append("for " + length_words(p.relief_months))
    when = p.date or ""
    if p.date_end:
        when += f" to {p.date_end}"
    detail = ", ".join(x for x in parts if x)
    status = p.status.replace("_", " ")
    return Event("treatment", p.name.replace("_", " "), when, detail, status, link(p.evidence))


def _when(p: Procedure, noted: Months | None) -> Months | None:
    """From the date of a treatment to its end; one that goes on reaches the note that says so."""
    start, end = months_of(p.date), months_of(p.date_end)
    if start is None:
        if p.status == "ongoing" and noted is not None and p.duration_months is not None:
            return Months(noted.lo - p.duration_months, noted.lo)
        return None
    if end is not None:
        return Months(start.lo, max(start.lo, end.hi))
    if p.duration_months is not None:
        return Months(start.lo, start.lo + p.duration_months)
    if p.status == "ongoing" and noted is not None:
        return Months(start.lo, max(start.lo, noted.lo))
    return start


def _span_words(lo: float, hi: float) -> str:
    if hi == inf:
        return f"{_months(lo)} or more"
    return _months(lo) if round(lo, 1) == round(hi, 1) else f"{_months(lo)} to {_months(hi)}"


def _months(n: float) -> str:
    return f"{n / 12:.1f} years".replace(".0 ", " ") if n >= 24 else f"{n:.2g} months"
