"""The drawing of the lumbar spine: where each body and disc lies, and what is written beside it.

A sagittal view as on an MRI film, front to the left. Everything is numbers for attributes of SVG:
the page allows no inline style.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from bvnscreen import spine
from bvnscreen.chart import Chart, modic_discs
from bvnscreen.facts import Evidence, Finding, Modic

WIDTH = 520
LABELS_X = 296
_LINE = 16
_MOST_LETTERS = 33
# Half width at the top and at the bottom, half height, and how far the body leans (degrees from
# upright, positive to the back): the lordosis of a standing spine.
_BODIES = {
    "T12": (35, 36, 15, -13),
    "L1": (36, 37, 22, -11),
    "L2": (37, 38, 22.5, -7),
    "L3": (38, 39, 23, -1),
    "L4": (39, 40, 23, 7),
    "L5": (40, 39, 22.5, 19),
    "S1": (37, 27, 24, 38),
    "S2": (25, 19, 16, 47),
    "S3": (17, 12, 12, 57),
}
_GAPS = {"S1": 15, "S2": 3, "S3": 3}
_GAP = 17
DISCS = ("T12-L1", *spine.LUMBAR_DISCS, "S1-S2")
DISPLACED = {"disc_bulge": 5, "disc_protrusion": 8, "disc_herniation": 9, "disc_extrusion": 12}
_SAID = {
    "current": "{}",
    "possible": "possible {}",
    "absent": "no {}",
    "historical": "{}, earlier",
    "clinician": "{}, in a clinician's words",
}
# What comes first where there is little room: what may exclude, then what may be the source.
_FIRST = (
    "fracture", "infection", "tumor", "cauda_equina_syndrome", "instability", "spondylolisthesis",
    "central_stenosis", "nerve_root_compression", "disc_extrusion", "disc_herniation", "disc_protrusion",
    "lateral_recess_stenosis", "foraminal_stenosis", "stenosis", "prior_fusion", "spinal_hardware",
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A vertebral body in place; `bands` are the endplates to colour: (top or bottom, type, certain)."""

    name: str
    x: float
    y: float
    turn: float
    outline: str
    half_height: float
    requested: bool = False
    bands: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Disc:
    """A disc in place. `bump` is the outline of what reaches into the canal, if anything does."""

    name: str
    outline: str
    x: float
    y: float
    dark: bool = False
    bump: tuple[float, float, float] | None = None
    requested: bool = False
    pain: bool = False


@dataclass(frozen=True)
class Label:
    """Lines of words beside a disc or body, with the line that leads there."""

    lines: tuple[tuple[str, str], ...]
    y: float
    from_x: float
    from_y: float


@dataclass(frozen=True)
class Row:
    """The same in words, for the table below the drawing."""

    level: str
    modic: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    pain: bool = False
    requested: bool = False


@dataclass(frozen=True)
class Drawing:
    """All of it; `elsewhere` are findings that are tied to no place in the drawing."""

    height: int
    bodies: tuple[Body, ...]
    discs: tuple[Disc, ...]
    labels: tuple[Label, ...]
    canal: str
    spines: tuple[tuple[float, float, float], ...]
    rows: tuple[Row, ...]
    elsewhere: tuple[str, ...]
    types: tuple[str, ...]


def draw(chart: Chart) -> Drawing:
    """Place what the chart documents: Modic change, findings, pain and request."""
    places = _places()
    modic = list(_modic(chart))
    findings = _findings(chart)
    painful = {d for n in chart.notes if n.pain for d in n.pain.levels}
    requested = set(chart.requested_levels)

    said: dict[str, list[tuple[str, str]]] = {}
    marked: dict[str, list[tuple[str, str, str]]] = {}
    elsewhere: list[str] = []
    for m, state in modic:
        kind = "mixed" if len(m.types) > 1 else m.types[0]
        spots = modic_discs(m) or m.vertebrae
        text = _SAID[state].format(_types(m))
        if state != "absent":
            for body, edge in _edges(m):
                marked.setdefault(body, []).append((edge, kind, state))
        _put(said, elsewhere, spots, text, f"modic modic-{kind} {state}")
    for f, text in findings:
        _put(said, elsewhere, f.levels or f.vertebrae, text, f"finding {f.assertion}")

    bumps: dict[str, int] = {}
    dark: set[str] = set()
    for f, _ in findings:
        for level in f.levels:
            if f.concept in DISPLACED:
                bumps[level] = max(bumps.get(level, 0), DISPLACED[f.concept])
            if f.concept in ("disc_desiccation", "disc_space_narrowing"):
                dark.add(level)
    bodies = tuple(
        Body(
            name,
            round(x, 1),
            round(y, 1),
            -lean,
            _outline(a, b, h),
            h,
            name in chart.vertebral_bodies,
            tuple(dict.fromkeys(marked.get(name, ()))),
        )
        for name, (x, y, a, b, h, lean) in places.items()
    )
    discs = tuple(_disc(d, places, dark, bumps, requested, painful) for d in DISCS)
    beside = {d.name: (d.x, d.y) for d in discs}
    beside |= {name: (x + a, y) for name, (x, y, a, _, _, _) in places.items()}
    labels, height = _laid_out(said, beside)
    rows = tuple(
        Row(
            n,
            tuple(t for t, css in said.get(n, ()) if css.startswith("modic")),
            tuple(t for t, css in said.get(n, ()) if css.startswith("finding")),
            n in painful,
            n in requested,
        )
        for n in sorted({*spine.LUMBAR_DISCS, *said, *painful}, key=lambda n: (spine.order(n), "-" in n))
    )
    return Drawing(
        height,
        bodies,
        discs,
        labels,
        _canal(places),
        tuple(
            (round(x, 1), round(y, 1), -lean) for n, (x, y, _, _, _, lean) in places.items() if n[0] != "S"
        ),
        rows,
        tuple(dict.fromkeys(elsewhere)),
        tuple(sorted({k for bands in marked.values() for _, k, _ in bands})),
    )


# -- what is there -----------------------------------------------------------------------------------


def _modic(chart: Chart) -> Iterable[tuple[Modic, str]]:
    """Entries with how they stand: current, possible, absent, historical."""
    shown: set[Evidence] = set()
    for m in chart.current_modic:
        shown.add(m.evidence)
        yield m, "current"
    for m in chart.report_modic:
        if m.evidence not in shown and m.assertion in ("possible", "absent", "historical"):
            shown.add(m.evidence)
            yield m, m.assertion
    for m in chart.modic_claims:
        if m.evidence not in shown and m.assertion in ("present", "possible"):
            shown.add(m.evidence)
            yield m, "clinician"
    if not chart.current_modic:
        for m in chart.older_modic:
            yield m, "historical"


def _types(m: Modic) -> str:
    return "Modic change" if "unspecified" in m.types else f"Modic {'/'.join(m.types)}"


def _edges(m: Modic) -> list[tuple[str, str]]:
    """(body, top or bottom) of the endplates that are meant; a body without a disc has both."""
    if m.endplates:
        return [(v, "top" if side == "superior" else "bottom") for v, _, side in
                (e.partition("-") for e in m.endplates)]  # fmt: skip
    if m.levels:
        return [(v, e) for d in m.levels for v, e in zip(d.split("-"), ("bottom", "top"), strict=True)]
    return [(v, e) for v in m.vertebrae for e in ("top", "bottom")]


def _findings(chart: Chart) -> list[tuple[Finding, str]]:
    """Present and possible findings of the newest report and of the notes, each place once."""
    found: dict[tuple[str, str], tuple[Finding, str]] = {}
    for mentions in chart.mentions.values():
        for at, f in mentions:
            older = chart.is_report(at) and at not in chart.report_notes
            if older or f.assertion not in ("present", "possible"):
                continue
            words = ["possible"] if f.assertion == "possible" else []
            words += [w for w in (f.acuity, f.severity, f.side) if w]
            words += [f"grade {f.grade}"] if f.grade is not None else []
            words.append(f"{f.direction}listhesis" if f.direction else f.concept.replace("_", " "))
            text = " ".join(words)
            key = (f.concept, ",".join(f.levels or f.vertebrae))
            if key not in found or len(text) > len(found[key][1]):
                found[key] = (f, text)
    rank = {c: i for i, c in enumerate(_FIRST)}
    placed = {c for c, where in found if where}
    return sorted(
        (v for (c, where), v in found.items() if where or c not in placed),
        key=lambda v: rank.get(v[0].concept, len(rank)),
    )


def _put(
    said: dict[str, list[tuple[str, str]]],
    elsewhere: list[str],
    spots: Sequence[str],
    text: str,
    css: str,
) -> None:
    if not spots:
        elsewhere.append(text)
    for spot in spots:
        lines = said.setdefault(spot, [])
        if (text, css) not in lines:
            lines.append((text, css))


# -- where it is -------------------------------------------------------------------------------------

_Place = tuple[float, float, float, float, float, float]


def _places() -> dict[str, _Place]:
    """x, y, half widths, half height and lean of every body, one hung below the other."""
    out: dict[str, _Place] = {}
    x, y = 178.0, 22.0
    before: tuple[float, float] | None = None
    for name, (a, b, h, lean) in _BODIES.items():
        if before is not None:
            gap = _GAPS.get(name, _GAP) / 2
            for half, angle in ((before[0] + gap, before[1]), (h + gap, lean)):
                x += half * sin(radians(angle))
                y += half * cos(radians(angle))
        out[name] = (x, y, a, b, h, lean)
        before = (h, lean)
    return out


def _outline(a: float, b: float, h: float) -> str:
    """A body around its middle: slightly hollow at the endplates, more so at the walls."""
    r = 6
    return (
        f"M{r - a},{-h}Q0,{3 - h} {a - r},{-h}Q{a},{-h} {a},{r - h}Q{(a + b) / 2 - 5},0 {b},{h - r}"
        f"Q{b},{h} {b - r},{h}Q0,{h - 3} {r - b},{h}Q{-b},{h} {-b},{h - r}"
        f"Q{5 - (a + b) / 2},0 {-a},{r - h}Q{-a},{-h} {r - a},{-h}Z"
    )


def _at(place: _Place, dx: float, dy: float) -> tuple[float, float]:
    """A point given relative to a body, in the drawing."""
    x, y, _, _, _, lean = place
    turn = radians(-lean)
    return x + dx * cos(turn) - dy * sin(turn), y + dx * sin(turn) + dy * cos(turn)


def _disc(
    name: str,
    places: dict[str, _Place],
    dark: set[str],
    bumps: dict[str, int],
    requested: set[str],
    painful: set[str],
) -> Disc:
    upper, lower = (places[v] for v in name.split("-"))
    inset = 3
    a, b = _at(upper, inset - upper[3], upper[4] + 1), _at(upper, upper[3] - inset, upper[4] + 1)
    c, d = _at(lower, lower[2] - inset, -lower[4] - 1), _at(lower, inset - lower[2], -lower[4] - 1)
    back = ((b[0] + c[0]) / 2, (b[1] + c[1]) / 2)
    front = ((a[0] + d[0]) / 2, (a[1] + d[1]) / 2)
    behind, ahead = (back[0] + 7, back[1]), (front[0] - 7, front[1])
    outline = f"M{_p(a)}L{_p(b)}Q{_p(behind)} {_p(c)}L{_p(d)}Q{_p(ahead)} {_p(a)}Z"
    size = bumps.get(name)
    bump = (round(back[0] + size * 0.6, 1), round(back[1], 1), float(size)) if size else None
    x, y = back[0] + 4, back[1]
    return Disc(
        name, outline, round(x, 1), round(y, 1), name in dark, bump, name in requested, name in painful
    )


def _p(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _canal(places: dict[str, _Place]) -> str:
    """The dural sac as one line behind the bodies, to be drawn broad."""
    points = [_at(p, p[2] + 17, 0) for n, p in places.items() if n != "S3"]
    return "M" + " ".join(_p(p) for p in points)


def _laid_out(
    said: dict[str, list[tuple[str, str]]], spots: dict[str, tuple[float, float]]
) -> tuple[tuple[Label, ...], int]:
    """Words beside each other's place, pushed down where they would overlap."""
    labels: list[Label] = []
    bottom = 0.0
    for name in sorted((n for n in said if n in spots), key=lambda n: spots[n][1]):
        x, y = spots[name]
        lines = said[name]
        if len(lines) > 4:
            lines = [*lines[:3], (f"and {len(lines) - 3} more, see the table", "more")]
        shown = tuple((_cut(t), c) for t, c in lines)
        top = max(y - len(shown) * _LINE / 2, bottom + 8)
        labels.append(Label(((name, "level"), *shown), round(top + _LINE * 0.75, 1), x, y))
        bottom = top + (len(shown) + 1) * _LINE
    return tuple(labels), int(max(452, bottom + 10))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
