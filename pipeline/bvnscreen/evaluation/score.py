"""Counts what agrees between gold and another reading of the same notes, and names what does not.

Both sides are broken into units, and a unit is found where the other side has the very same one:

    modic, findings   (type or concept, place, assertion)   one unit a type and level
    procedures        (name, place, status)
    pain, duration    (key, value), for the keys the gold names; one unit a list element
    scores            (name, value)

The place is a disc, else a vertebra, else a nerve, else "" (the text ties none to it); any place
agrees with a gold entry that leaves the place out. Months are equal within 0.1 or 2 %. Units are
sets: said twice in a note counts once. As corpora/README.md has it, only claims can be extra
(present, possible, historical; done, ongoing, planned), and a gold `hypothetical` need not be found.

Beside the units, every question with a yes-or-no answer is put in a table of gold against the other
reading: each concept of each note (yes: present, or a treatment done or ongoing), each pain key, the
six-month test, each criterion (yes: met). Where a side leaves it open (possible, null, unclear,
undocumented, a determination of needs_review or needs_documentation) the pair is reported as
undetermined and enters neither sensitivity nor specificity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bvnscreen.evaluation.gold import FAMILIES, GoldCase, entries

_LIST_FAMILIES = ("modic", "current_modic", "findings", "procedures")
_KEYED_FAMILIES = ("pain", "duration")
_PLACES = ("levels", "vertebrae", "nerves")
_ANY = "*"
_NOTHING = "-"
_CLAIMS = {"present", "possible", "historical", "done", "ongoing", "planned"}
_ANSWERS = {
    "present": "yes",
    "possible": "undetermined",
    "done": "yes",
    "ongoing": "yes",
    "met": "yes",
    "not_met": "no",
    "meets": "yes",
    "does_not_meet": "no",
    "not_covered": "no",
}
# What an entry is beside the units made of it; the rest are details of a found entry.
_NOT_DETAILS = {"types", "concept", "name", "assertion", "status", "quote", "evidence", *_PLACES}
_CAUSES = [("wrong assertion", "says"), ("wrong level", "place"), ("wrong type", "head")]
_CONTEXT = 60

Entry = Mapping[str, Any]


class Unit(NamedTuple):
    """What is counted. `says` is the assertion, the status, or the value of a key."""

    head: str
    place: str
    says: str


class Miss(NamedTuple):
    """One disagreement; `text` is the note's own words (for the reader's screen, never for a log)."""

    measure: str
    cause: str
    note_id: str
    want: str
    got: str
    text: str


@dataclass
class Tally:
    """The counts of one family or criterion."""

    clusters: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    heads: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    details: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, cluster: str, head: str, *, found: int = 0, extra: int = 0, missed: int = 0) -> None:
        """Count units of one concept in one patient."""
        for counts in (self.clusters[cluster], self.heads[head]):
            counts[0] += found
            counts[1] += extra
            counts[2] += missed


@dataclass
class Scores:
    """All counts of a comparison, by family or criterion, and every disagreement."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[Miss] = field(default_factory=list)
    notes: int = 0
    cases: int = 0


def compare(
    gold: Sequence[GoldCase],
    readings: Mapping[str, Entry],
    verdicts: Mapping[str, Entry],
) -> Scores:
    """Gold against `readings` (note id to the extract row) and `verdicts` (case id to the screen row)."""
    scores = Scores(cases=len(gold))
    heads = {
        family: _heads(family, gold, readings) for family in ("modic", "findings", "procedures", "scores")
    }
    for case in gold:
        for note in case.notes:
            reading = readings[note.note.note_id]
            scores.notes += 1
            for family in FAMILIES:
                if family in note.said:
                    want, got = entries(note.said[family]), entries(reading.get(family))
                    _compare_family(scores, family, case, note.note.note_id, want, got)
                    _answer(scores.tallies[family], family, heads.get(family, []), want, got)
        if case.expected:
            _compare_verdict(scores, case, verdicts[case.id])
    return scores


def _compare_family(
    scores: Scores, family: str, case: GoldCase, note_id: str, want: Sequence[Entry], got: Sequence[Entry]
) -> None:
    tally, cluster = scores.tallies[family], case.id
    texts = {note.note.note_id: note.note.text for note in case.notes}
    wanted = {unit: entry for entry in want for unit in _units(family, entry)}
    said = [(entry, set(_units(family, entry)), set(_units(family, entry, everywhere=True))) for entry in got]
    if family in _KEYED_FAMILIES and wanted:
        keys = {unit.head for unit in wanted}
        said = [(e, {_near(u, wanted) for u in units if u.head in keys}, set()) for e, units, _ in said]
    all_said = {unit for _, units, more in said for unit in units | more}
    found = {
        unit for unit in wanted if unit in all_said or (unit.place == _ANY and _without_place(unit, all_said))
    }
    left: dict[Unit, Entry] = {}
    for entry, units, more in said:
        matched = {(u.head, u.says) for u in found if u in more - units or u.place == _ANY}
        left |= {u: entry for u in units if u not in found and (u.head, u.says) not in matched}
    for unit in found:
        tally.add(cluster, unit.head, found=1)
    missed = sorted(unit for unit in wanted if unit not in found and unit.says != "hypothetical")
    claimed = {unit for unit in left if family not in _LIST_FAMILIES or unit.says in _CLAIMS}
    for unit in missed:
        tally.add(cluster, unit.head, missed=1)
    for unit in claimed:
        tally.add(cluster, unit.head, extra=1)
    for unit in found:
        if _is_status(family, unit):
            tally.confusion[unit.says, unit.says] += 1
    for cause, a, b in _pair(family, missed, sorted(left)):
        if not a and b not in claimed:
            continue
        words = _words(wanted[a] if a else left[b] if b else {}, note_id, texts)
        scores.misses.append(Miss(family, cause, note_id or case.id, _show(a), _show(b), words))
        if a and b and (a.head, a.place) == (b.head, b.place):
            if _is_status(family, a):
                tally.confusion[a.says, b.says] += 1
            continue
        if a and _is_status(family, a):
            tally.confusion[a.says, _NOTHING] += 1
        if b in claimed and b and _is_status(family, b):
            tally.confusion[_NOTHING, b.says] += 1
    if family in _LIST_FAMILIES:
        _details(tally, family, want, got, found)


def _is_status(family: str, unit: Unit) -> bool:
    """Whether the unit says one of a few words (an assertion, true or false), not a value."""
    return family in _LIST_FAMILIES or unit.says in ("true", "false")


def _without_place(unit: Unit, units: Iterable[Unit]) -> bool:
    return any((u.head, u.says) == (unit.head, unit.says) for u in units)


def _details(
    tally: Tally, family: str, want: Sequence[Entry], got: Sequence[Entry], found: set[Unit]
) -> None:
    """The further keys of each found entry (side, response, ...): right where any match has them."""
    for entry in want:
        units = found & set(_units(family, entry))
        same = [g for g in got if any(_without_place(u, _units(family, g)) for u in units)]
        for key in (entry.keys() - _NOT_DETAILS) if units else ():
            tally.details[key][1] += 1
            tally.details[key][0] += any(_same(key, entry[key], g.get(key)) for g in same)


def _same(key: str, a: Any, b: Any) -> bool:
    if isinstance(a, (list, tuple)):
        return set(a) == set(b or ())
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return _close(float(a), float(b)) if "months" in key else a == b
    return bool(a == b)


def _units(family: str, entry: Entry, *, everywhere: bool = False) -> Iterator[Unit]:
    """The units of an entry, at its first kind of place, or `everywhere` it names."""
    if family == "scores":
        yield Unit(entry["name"], "", _value(entry["value"]))
    elif family in _KEYED_FAMILIES:
        for key, value in entry.items():
            if key in ("quote", "evidence", "support", "symptom") or value is None:
                continue
            for element in value if isinstance(value, (list, tuple)) else [value]:
                yield Unit(key, "", _value(element))
    else:
        named = [entry[kind] for kind in _PLACES if kind in entry]
        places = (
            [place for kind in named for place in kind] if everywhere else next(filter(None, named), None)
        )
        if not places:
            places = [""] if named else [_ANY]
        for head in entry.get("types") or [entry.get("concept") or entry.get("name")]:
            for place in places:
                yield Unit(str(head), place, entry["status" if family == "procedures" else "assertion"])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _near(unit: Unit, wanted: Iterable[Unit]) -> Unit:
    """The wanted unit that says the same number of months, else the unit itself."""
    if unit.head.startswith("months"):
        for other in wanted:
            if other.head == unit.head and _close(float(other.says), float(unit.says)):
                return other
    return unit


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= max(0.1, 0.02 * abs(a))


def _pair(
    family: str, missed: list[Unit], extra: list[Unit]
) -> Iterator[tuple[str, Unit | None, Unit | None]]:
    """Each disagreement once, with its likeliest cause: what differs in one thing only is one error."""
    missed, extra = list(missed), list(extra)
    for cause, differs in _CAUSES if family in _LIST_FAMILIES else [("wrong value", "says")]:
        for a in list(missed):
            b = next((b for b in extra if a._replace(**{differs: ""}) == b._replace(**{differs: ""})), None)
            # Two concepts at no level, or two treatments, have too little in common to be one error.
            if b is None or (cause == "wrong type" and "modic" not in family and a.place in ("", _ANY)):
                continue
            missed.remove(a)
            extra.remove(b)
            yield cause, a, b
    yield from (("missed", a, None) for a in missed)
    yield from (("extra", None, b) for b in extra)


def _show(unit: Unit | None) -> str:
    return _NOTHING if unit is None else " ".join(part for part in unit if part)


def _words(entry: Entry, note_id: str, texts: Mapping[str, str]) -> str:
    """The entry's own words [in brackets] with what stands around them, on one line."""
    evidence = entry.get("evidence")
    text = texts.get(evidence["note_id"] if evidence else note_id, "")
    quote = evidence["text"] if evidence else entry.get("quote", "")
    start = evidence["start"] if evidence else text.find(quote)
    end = start + len(quote)
    return " ".join(f"{text[max(0, start - _CONTEXT) : start]}[{quote}]{text[end : end + _CONTEXT]}".split())


def _heads(family: str, gold: Sequence[GoldCase], readings: Mapping[str, Entry]) -> list[str]:
    """Every concept of the family that either side names anywhere: the questions put to each note."""
    sides = [note.said.get(family) for case in gold for note in case.notes]
    sides += [reading.get(family) for reading in readings.values()]
    return sorted({unit.head for side in sides for entry in entries(side) for unit in _units(family, entry)})


def _answer(
    tally: Tally,
    family: str,
    heads: Sequence[str],
    want: list[Entry],
    got: list[Entry],
) -> None:
    """Adds the note's yes-or-no questions to the table of answers."""
    if family in _KEYED_FAMILIES:
        w, g = (side[0] if side else {} for side in (want, got))
        for key in [k for k, v in w.items() if isinstance(v, bool)]:
            tally.answers[_truth(w[key]), _truth(g.get(key))] += 1
        return
    a, b = ([unit for entry in side for unit in _units(family, entry)] for side in (want, got))
    for head in heads:
        tally.answers[_strongest(family, head, a), _strongest(family, head, b)] += 1


def _truth(value: bool | None) -> str:
    return "undetermined" if value is None else "yes" if value else "no"


def _strongest(family: str, head: str, said: Iterable[Unit]) -> str:
    answers = {"yes" if family == "scores" else _ANSWERS.get(u.says, "no") for u in said if u.head == head}
    return next((answer for answer in ("yes", "undetermined") if answer in answers), "no")


def _compare_verdict(scores: Scores, case: GoldCase, verdict: Mapping[str, Any]) -> None:
    if "current_modic" in case.expected:
        want, got = (
            [dict(row, assertion="present") for row in side["current_modic"]]
            for side in (case.expected, verdict)
        )
        _compare_family(scores, "current_modic", case, "", want, got)
    rows = {row["id"]: row for row in verdict["criteria"]}
    for name, status in case.expected.get("criteria", {}).items():
        _compare_status(scores, f"criterion {name}", case, status, rows.get(name, {}))
    if "determination" in case.expected:
        row = {"status": verdict["determination"]}
        _compare_status(scores, "determination", case, case.expected["determination"], row)


def _compare_status(scores: Scores, measure: str, case: GoldCase, want: str, row: Entry) -> None:
    """One status of a verdict; found, extra and missed count the answer yes (met, meets)."""
    tally, got = scores.tallies[measure], row.get("status", _NOTHING)
    a, b = (_ANSWERS.get(status, "undetermined") for status in (want, got))
    yes = (a == "yes", b == "yes")
    tally.add(
        case.id, measure, found=yes == (True, True), extra=yes == (False, True), missed=yes == (True, False)
    )
    tally.answers[a, b] += 1
    tally.confusion[want, got] += 1
    if want != got:
        words = " | ".join(" ".join(e["text"].split()) for e in row.get("evidence", ()))
        scores.misses.append(Miss(measure, f"{want} read as {got}", case.id, want, got, words))
