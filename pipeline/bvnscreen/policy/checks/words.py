"""What the tests share: statuses that count, and the words of a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from ... import spine
from ...chart import Chart, Months
from ...facts import Evidence, Modic, Procedure
from ..logic import Truth
from ..model import Outcome

DONE = ("done", "ongoing")


def done(chart: Chart, name: str) -> list[Procedure]:
    """The entries of a treatment that took place or is going on."""
    return [t.procedure for t in chart.treatments.get(name, ()) if t.procedure.status in DONE]


def stated_now(chart: Chart, concept: str) -> list[Evidence]:
    """Clinical statements of the newest note that mentions the concept, where it is present."""
    said = [m for m in chart.mentions.get(concept, ()) if m.finding.assertion in ("present", "absent")]
    newest = [m.finding for m in said if m.note == said[-1].note]
    return [f.evidence for f in newest if f.assertion == "present"]


def type_words(m: Modic) -> str:
    """Modic type 1/2."""
    return "Modic type " + "/".join(m.types)


def join(words: Iterable[str]) -> str:
    """a, b and c; underscores of names become blanks."""
    names = [str(w).replace("_", " ") for w in words]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def counted(n: int, thing: str) -> str:
    """1 level, 2 levels."""
    return f"{n} {thing}" + ("" if n == 1 else "s")


def span_words(m: Months) -> str:
    """An interval in words."""
    if m.hi == inf:
        return f"at least {m.lo:.3g} months" if m.lo else "unstated length"
    if m.lo == m.hi:
        return f"{m.lo:.3g} months"
    return f"{m.lo:.3g} to {m.hi:.3g} months" if m.lo else f"at most {m.hi:.3g} months"


def proof_of(entries: Iterable[Modic]) -> tuple[Evidence, ...]:
    """The evidence of these entries, each once."""
    return tuple(dict.fromkeys(m.evidence for m in entries))


def merged(value: Truth, outs: Sequence[Outcome]) -> Outcome:
    """One outcome from several that decide alike; what is said of several discs alike is said once."""
    evidence = tuple(dict.fromkeys(e for o in outs for e in o.evidence))
    places: dict[str, list[str]] = {}
    for o in outs:
        what, at, place = o.reason[:-1].rpartition(" at ")
        placed = bool(at) and place in (*spine.LUMBAR_DISCS, *spine.TRANSITIONAL_DISCS)
        said = places.setdefault(what if placed else o.reason[:-1], [])
        said += [place] if placed and place not in said else []
    reason = " ".join(f"{what} at {join(where)}." if where else f"{what}." for what, where in places.items())
    return Outcome(value, reason, evidence)
