"""Symptoms, treatments and notes along time, as bars in percent of the span shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bvnscreen.chart import Chart, Months, months_of
from bvnscreen.facts import Evidence, Procedure

_STATUS = {"not_done": "not done"}
_MOST_YEARS = 12


@dataclass(frozen=True)
class Event:
    """A line: bar from `x` over `width` percent, certain up to `sure` percent of the whole; or a dot."""

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
    if chart.duration is not None and chart.pain_months is not None:
        lo, hi = chart.pain_months
        words = _span_words(lo, hi)
        start = Months(last - lo, last) if last is not None else None
        extra = min(hi, _MOST_YEARS * 12.0) - lo if hi > lo else 0.0
        spans.append(
            (start, max(0.0, extra) if hi != float("inf") else 6.0,
             Event("pain", "low back pain", words, "", "present", link(chart.duration.evidence)))
        )  # fmt: skip
    elif chart.duration is not None:
        text = chart.duration.chronicity or "length not stated"
        spans.append((None, 0, Event("pain", "low back pain", "", text, "present", link(chart.duration.evidence))))
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
        spans.append((months_of(day), 0, Event("note", name, (day or "no date")[:10], n.note_id, "present", None)))
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
            e = Event(e.kind, e.name, e.when, e.detail, e.status, e.link, x, round(max(to - x, 0), 2), round(x - early, 2))
        events.append(e)
    years = [y for y in range(int(begin // 12), int(end // 12) + 1) if begin <= y * 12 <= end]
    step = -(-len(years) // 7) or 1
    return Timeline(tuple(events), tuple((percent(y * 12.0), str(y)) for y in years[::step]))


def _event(p: Procedure, link: Callable[[Evidence], Any]) -> Event:
    parts = [p.drug or "", ", ".join((*p.levels, *p.vertebrae, *p.nerves)), p.side or ""]
    parts.append(f"{p.count} times" if p.count and p.count > 1 else "")
    parts.append(f"{p.sessions} sessions" if p.sessions else "")
    if p.duration_months is not None:
        parts.append(f"{'at least ' if p.duration_at_least else ''}{p.duration_months:g} months")
    if p.response:
        parts.append("no relief" if p.response == "none" else f"{p.response} relief" if p.response != "worse" else "worse")
    if p.relief_pct is not None:
        parts.append(f"{p.relief_pct:g}%")
    if p.relief_months is not None:
        parts.append(f"for {p.relief_months:g} months")
    when = p.date or "no date"
    if p.date_end:
        when += f" to {p.date_end}"
    status = _STATUS.get(p.status, p.status)
    return Event("treatment", p.name.replace("_", " "), when, ", ".join(x for x in parts if x), status, link(p.evidence))


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
    if hi == float("inf"):
        return f"{_months(lo)} or more"
    return _months(lo) if round(lo, 1) == round(hi, 1) else f"{_months(lo)} to {_months(hi)}"


def _months(n: float) -> str:
    return f"{n / 12:.1f} years".replace(".0 ", " ") if n >= 24 else f"{n:.2g} months"
