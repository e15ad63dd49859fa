"""Arithmetic of the spine: vertebrae, motion segments (discs), endplates.

A disc `L4-L5` lies between the L4-inferior and the L5-superior endplate; basivertebral nerve
ablation of that disc treats the bodies L4 and L5.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

VERTEBRAE: tuple[str, ...] = (
    *(f"C{i}" for i in range(1, 8)),
    *(f"T{i}" for i in range(1, 13)),
    *(f"L{i}" for i in range(1, 6)),
    *(f"S{i}" for i in range(1, 6)),
)
_INDEX = {v: i for i, v in enumerate(VERTEBRAE)}
# A sixth lumbar-type vertebra is kept as the report numbers it.
TRANSITIONAL_DISCS = ("L5-L6", "L6-S1")
LUMBAR_DISCS = ("L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
BVN_BODIES = ("L3", "L4", "L5", "S1")


def neighbour(level: str, step: int) -> str | None:
    """The disc `step` places below (negative: above) a disc: L4-L5 and 1 give L5-S1. None past the ends."""
    upper = level.split("-")[0]
    at = VERTEBRAE.index(upper) + step if upper in VERTEBRAE else -1
    return disc(VERTEBRAE[at], VERTEBRAE[at + 1]) if 0 <= at < len(VERTEBRAE) - 1 else None


def is_vertebra(name: str) -> bool:
    """True for a name such as L4, T12, S1 or the transitional L6."""
    return name in _INDEX or name == "L6"


def next_below(vertebra: str) -> str | None:
    """The vertebra below, or None for the last one or an unknown name."""
    i = _INDEX.get(vertebra)
    return None if i is None or i + 1 >= len(VERTEBRAE) else VERTEBRAE[i + 1]


def disc(upper: str, lower: str) -> str | None:
    """The disc between two adjacent vertebrae, or None when they are not adjacent."""
    name = f"{upper}-{lower}"
    if name in TRANSITIONAL_DISCS or (upper in _INDEX and next_below(upper) == lower):
        return name
    return None


def vertebrae_between(first: str, last: str) -> tuple[str, ...]:
    """All vertebrae from first to last, both included; empty when the order is wrong."""
    if "L6" in (first, last):
        return (first, last) if disc(first, last) else ()
    i, j = _INDEX.get(first), _INDEX.get(last)
    return () if i is None or j is None or j < i else VERTEBRAE[i : j + 1]


def discs_between(first: str, last: str) -> tuple[str, ...]:
    """All discs between two vertebrae: L3, S1 gives L3-L4, L4-L5, L5-S1."""
    names = vertebrae_between(first, last)
    return tuple(f"{a}-{b}" for a, b in itertools.pairwise(names))


def bodies(discs: Iterable[str]) -> tuple[str, ...]:
    """The vertebral bodies next to these discs, from the top, each once."""
    names = {v for d in discs for v in d.split("-")}
    return tuple(sorted(names, key=order))


def discs_of_bodies(vertebrae: Iterable[str]) -> tuple[str, ...]:
    """The discs whose both neighbours are in the set: L4, L5, S1 gives L4-L5 and L5-S1."""
    names = sorted(set(vertebrae), key=order)
    return tuple(d for a, b in itertools.pairwise(names) if (d := disc(a, b)))


def order(name: str) -> float:
    """Sort key from the top of the spine for a vertebra or a disc."""
    first = name.split("-")[0]
    return _INDEX["L5"] + 0.5 if first == "L6" else float(_INDEX.get(first, 99))


def region(name: str) -> str:
    """cervical, thoracic, lumbar or sacral, by the upper vertebra of a disc or by the vertebra.

    T12-L1 is thoracic, L5-S1 lumbar.
    """
    letter = name[:1]
    return {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}.get(letter, "unknown")


def in_bvn_range(level: str) -> bool:
    """True when every body of the disc (or the vertebra itself) lies in L3 to S1."""
    return all(v in BVN_BODIES for v in level.split("-"))
