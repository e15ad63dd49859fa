"""What was tried: its length, its result, and operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from ...chart import DAYS_PER_MONTH, Chart, Months, Treatment, months_of
from ...facts import NoteFacts, Procedure
from ..logic import Truth, at_least
from ..model import Outcome
from .words import DONE, done, span_words

# A document of these kinds is itself the record that the care took place on its date.
CARE_RECORDS = ("pt_note", "procedure_note")
NO_HELP = ("none", "minimal", "temporary", "worse")


def conservative_care(
    chart: Chart,
    *,
    care: tuple[str, ...],
    months: float,
    helped_pct: float,
    little_pain: float,
    passing: tuple[str, ...] = (),
) -> Outcome:
    """Non-surgical care of this length without lasting relief; `months` 0 asks only for the failure.

    The length is an interval: stated courses and the span of dated care give the lower limit, a
    stated whole course (or stated lengths of everything) the upper one, and care for a complaint
    cannot be longer than the complaint. Planned, declined or denied care does not count. Relief of
    `helped_pct` percent is help; a newest visit whose pain scores (0 to 10) do not exceed `little_pain`
    shows that it lasted. Good relief from a `passing` treatment has ended where pain is still stated.
    """
    had = [t for name in care for t in chart.treatments.get(name, ()) if t.procedure.status in DONE]
    if not had:
        never = [
            t.procedure.evidence
            for t in chart.treatments.get("conservative_care", ())
            if t.procedure.status == "not_done"
        ]
        if never:
            return Outcome(False, "The note says that no treatment has taken place.", tuple(never))
        return Outcome(None, "No treatment that took place is recorded.", silent=True)
    had.sort(key=lambda t: t.note)
    evidence = tuple(dict.fromkeys(t.procedure.evidence for t in had))
    span = _care_months(chart, had)
    long_enough = at_least(span, months)
    failed, why = _failed(chart, had, passing, helped_pct, little_pain)
    if long_enough is False:
        most = span if span.lo == span.hi else Months(0, span.hi)
        return Outcome(False, f"Care of {span_words(most)} stays below {months:g} months.", evidence)
    if failed is False:
        return Outcome(False, why, evidence)
    if long_enough is None:
        return Outcome(None, f"Treatments are listed; {months:g} months of care are not shown.", evidence)
    if failed is None:
        return Outcome(None, why, evidence)
    # The lower limit is what is shown; an upper one would only raise questions.
    sure = span if span.lo == span.hi else Months(span.lo, inf)
    length = f"Care of {span_words(sure)}" if months else "Care"
    return Outcome(True, f"{length} is documented. {why}", evidence)


def _care_months(chart: Chart, had: Sequence[Treatment]) -> Months:
    lo, total, course = 0.0, 0.0, None
    open_ended = False
    courses: dict[tuple[str, str | None], dict[str, float]] = {}
    spans: dict[str | None, tuple[list[Months], list[Months]]] = {}
    for i, p in had:
        length = p.duration_months
        lo = max(lo, length or 0.0)
        if length and p.date:
            courses.setdefault((p.name, p.drug), {})[p.date[:7]] = length
        if length is not None and not p.duration_at_least:
            total += length
            if p.name == "conservative_care":
                course = max(course or 0.0, length)
        else:
            open_ended = True
        # A tablet that is taken now and then does not carry an old course of therapy on to today.
        alone = p.drug if p.drug and not p.date and not length else None
        starts, ends = spans.setdefault(alone, ([], []))
        dated = _dates(chart.notes[i], p)
        if dated:
            starts.append(dated[0])
            ends.append(dated[1])
        elif length and (told := months_of(chart.notes[i].note_date)):
            starts.append(Months(told.lo - length, told.hi - length))  # it began no later
    # Courses of one kind that are dated apart add up.
    lo = max([lo, *(sum(c.values()) for c in courses.values())])
    for starts, ends in spans.values():
        if ends:
            lo = max(lo, max(e.lo for e in ends) - min(s.hi for s in starts))
    hi = inf
    if course is not None:
        hi = max(course, lo)
    elif not open_ended:
        hi = max(total, lo)
    before = [t for t in chart.treatments.get("conservative_care", ()) if t.procedure.status == "not_done"]
    begun = [s.lo for starts, ends in spans.values() for s in starts]
    if before and begun and (now := _last_day(chart)):  # "Before that no treatment": all of it is dated
        hi = max(lo, min(hi, now.hi - min(begun)))
    if chart.pain_months is not None:
        lo, hi = min(lo, chart.pain_months.hi), min(hi, chart.pain_months.hi)
    return Months(lo, max(lo, hi))


def _last_day(chart: Chart) -> Months | None:
    days = [m for n in chart.notes if (m := months_of(n.note_date))]
    return max(days, key=lambda m: m.hi, default=None)


def _dates(note: NoteFacts, p: Procedure) -> tuple[Months, Months] | None:
    """First and last day of a treatment, each as an interval; None when nothing dates it."""
    start, end, written = months_of(p.date), months_of(p.date_end), months_of(note.note_date)
    length = p.duration_months or 0.0
    if end is None and written and (p.status == "ongoing" or (start is None and note.kind in CARE_RECORDS)):
        end = written
    if start is None and end is not None:
        # Only a course that is dated at its end, or still going on, began that long before.
        known = length if p.date_end or p.status == "ongoing" else 0.0
        start = Months(end.lo - known, end.hi - known)
    if start is None:
        return None
    return start, end or Months(start.lo + length, start.hi + length)


def _failed(
    chart: Chart, had: Sequence[Treatment], passing: Sequence[str], helped_pct: float, little_pain: float
) -> tuple[Truth, str]:
    answers = [t for t in had if t.procedure.response is not None or t.procedure.relief_pct is not None]
    newest = [t.procedure for t in answers if t.note == answers[-1].note]
    newest = [p for p in newest if p.name not in passing or p.relief_lasts]
    rated = _little_pain(chart, little_pain)
    no_help = [t for t in answers if no_lasting_help(t.procedure, helped_pct)]
    # A low score, at rest perhaps, does not outweigh what the same note says of the care.
    if rated is not None and not any(t.note >= rated for t in no_help):
        return False, f"The newest pain scores are {little_pain:g} of 10 or less."
    if any(_holds(p, helped_pct) for p in newest):
        return False, "The newest answer is relief that lasts."
    whole = [p for p in newest if p.name == "conservative_care"]
    if whole and all(p.response == "good" for p in whole):
        return False, "The care as a whole is said to have helped."
    if no_help:
        return True, "It brought no lasting relief."
    answers = [t for t in answers if t.procedure.name not in passing]
    if any(t.procedure.response == "good" for t in answers):
        return False, "The care is said to have brought good relief that lasts."
    if answers:
        return None, "The result of the care is stated as mixed."
    pain = [n.pain.low_back for n in chart.notes[had[-1].note :] if n.pain is not None]
    if pain and pain[-1] == "historical":
        return None, "The newest note tells of the pain as past; what the care brought is not stated."
    if any(p != "absent" for p in pain):
        return True, "What it brought is not stated; the pain is still there."
    return None, "The result of the care is not stated."


def _little_pain(chart: Chart, little: float) -> int | None:
    """The newest visit that rates the pain, where it is next to none; the hours after an injection apart."""
    told = []
    for i, n in enumerate(chart.notes):
        rated = [s for s in n.scores if s.name in ("NRS", "VAS") and n.kind != "procedure_note"]
        last = [s for s in rated if s.date and s.date == n.note_date]  # `at intake 7/10, at discharge 1/10`
        if rated:
            told.append((i, [s.value for s in last or rated]))
    return told[-1][0] if told and max(told[-1][1]) <= little else None


def _holds(p: Procedure, helped_pct: float) -> bool:
    """So much of the pain is gone, and no end of that is told."""
    return p.response == "good" and p.relief_months is None and (p.relief_pct or 0) >= helped_pct


def no_lasting_help(p: Procedure, helped_pct: float) -> bool:
    """Whether a treatment brought nothing, less than this, or something that ended."""
    return (
        p.response in NO_HELP
        or p.relief_months is not None
        or (p.response is None and p.relief_pct is not None and p.relief_pct < helped_pct)
    )


def care_component(
    chart: Chart, *, any_of_names: tuple[str, ...], months: float = 0, sessions: int = 0
) -> Outcome:
    """One of these treatments took place, for this long and this many sessions where asked."""
    had = [
        t.procedure
        for name in any_of_names
        for t in chart.treatments.get(name, ())
        if t.procedure.status in DONE
    ]
    if not had:
        return Outcome(None, f"{_capital(_either(any_of_names))} is not recorded as done.", silent=True)
    evidence = tuple(p.evidence for p in had)
    lengths = [p.duration_months for p in had if p.duration_months is not None]
    counts = [n for p in had if (n := p.sessions or p.count) is not None]
    enough = (not months or sum(lengths) >= months) and (not sessions or sum(counts) >= sessions)
    if enough:
        return Outcome(True, f"{_capital(_either(p.name for p in had))} is recorded as done.", evidence)
    stated = (not months or len(lengths) == len(had)) and (not sessions or len(counts) == len(had))
    open_end = any(p.duration_at_least or p.status == "ongoing" for p in had)
    asked = _length(months) if months else f"{sessions} sessions"
    names = _capital(_either(p.name for p in had))
    if stated and not open_end:
        return Outcome(False, f"{names}: less than {asked} is recorded.", evidence)
    return Outcome(None, f"{names}: whether it reached {asked} is not stated.", evidence)


def _length(months: float) -> str:
    """Months; below two, weeks."""
    return f"{months:g} months" if months >= 2 else f"{round(months * DAYS_PER_MONTH / 7)} weeks"


def _either(names: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(n.replace("_", " ") for n in names))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def treatment_failed(chart: Chart, *, names: tuple[str, ...], helped_pct: float) -> Outcome:
    """One of these treatments took place without lasting relief of this much."""
    had = [p for n in names for p in done(chart, n) if no_lasting_help(p, helped_pct)]
    return Outcome(
        bool(had), "A treatment without lasting relief is recorded.", tuple(p.evidence for p in had)
    )


def lumbar_surgery(
    chart: Chart, *, names: tuple[str, ...], allowed: tuple[str, ...] = (), allowed_after_months: float = 0
) -> Outcome:
    """A lumbar operation took place, other than an `allowed` one long enough ago with leg pain gone."""
    had = [t for n in names for t in chart.treatments.get(n, ()) if t.procedure.status in DONE]
    had = [t for t in had if not t.procedure.levels or not all(d[0] == "C" for d in t.procedure.levels)]
    fusion = [
        m.finding
        for m in chart.mentions.get("prior_fusion", ())
        if m.finding.assertion in ("present", "historical")
    ]
    evidence = (*(t.procedure.evidence for t in had), *(f.evidence for f in fusion))
    if fusion:
        return Outcome(True, "An earlier fusion is recorded.", evidence)
    if not had:
        maybe = chart.treatments.get("lumbar_procedure", ()) or chart.treatments.get("spine_surgery", ())
        done = [t.procedure for t in maybe if t.procedure.status in DONE]
        if done:
            return Outcome(
                None, "An operation is recorded without its kind.", tuple(p.evidence for p in done)
            )
        return Outcome(None, "No earlier lumbar operation is mentioned.", silent=True)
    if not allowed or any(t.procedure.name not in allowed for t in had):
        return Outcome(True, "An earlier lumbar operation is recorded.", evidence)
    now = max((m.lo for n in chart.notes if (m := months_of(n.note_date))), default=None)
    dated = [m for t in had if (m := months_of(t.procedure.date)) is not None]
    leg_free = any(n.pain is not None and n.pain.leg_pain == "absent" for n in chart.notes)
    if now is None or len(dated) < len(had) or not leg_free:
        return Outcome(
            None, "An earlier operation of an allowed kind: its date or the leg pain is not stated.", evidence
        )
    late = at_least(
        Months(min(now - m.hi for m in dated), min(now - m.lo for m in dated)), allowed_after_months
    )
    if late:
        return Outcome(False, "An earlier operation of an allowed kind, long enough ago.", evidence)
    recent = late is False
    return Outcome(True if recent else None, "An earlier operation may be too recent.", evidence)
