"""Yes, no and unknown (True, False, None), and intervals against a threshold."""

from __future__ import annotations

from collections.abc import Iterable

from ..chart import Months

Truth = bool | None


def any_of(values: Iterable[Truth]) -> Truth:
    """True if one is true; unknown if none is but one is unknown; else False."""
    seen = list(values)
    return True if True in seen else (None if None in seen else False)


def all_of(values: Iterable[Truth]) -> Truth:
    """False if one is false; unknown if none is but one is unknown; else True."""
    seen = list(values)
    return False if False in seen else (None if None in seen else True)


def negate(value: Truth) -> Truth:
    """Unknown stays unknown."""
    return None if value is None else not value


def at_least(interval: Months, threshold: float) -> Truth:
    """Unknown when the threshold lies inside the interval."""
    if interval.lo >= threshold:
        return True
    return False if interval.hi < threshold else None


def at_most(interval: Months, threshold: float) -> Truth:
    """Unknown when the threshold lies inside the interval."""
    if interval.hi <= threshold:
        return True
    return False if interval.lo > threshold else None
