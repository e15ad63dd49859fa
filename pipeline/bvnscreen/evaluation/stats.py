"""Proportions with their uncertainty, and agreement beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

Z95 = 1.959963984540054
REPLICATES = 2000
SEED = 20240


@dataclass(frozen=True, slots=True)
class Estimate:
    """A proportion in 0 to 1 with its 95 % interval; every part is None where there is nothing to count."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    k: int | None = None
    n: int | None = None


def wilson(k: int, n: int) -> Estimate:
    """k of n with the Wilson score interval (Wilson 1927, JASA 22:209), without continuity correction."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no proportion")
    if n == 0:
        return Estimate(k=0, n=0)
    p, z2 = k / n, Z95 * Z95
    centre = p + z2 / (2 * n)
    half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    return Estimate(p, max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale), k, n)


def f1(found: int, extra: int, missed: int) -> float | None:
    """The harmonic mean of precision and recall, or None where nothing was to be found or said."""
    total = 2 * found + extra + missed
    return 2 * found / total if total else None


def f1_by_cluster(clusters: Mapping[str, Sequence[int]]) -> Estimate:
    """F1 over (found, extra, missed) a patient, with a percentile bootstrap that redraws whole patients.

    Findings of one patient resemble each other, so patients are drawn, not findings. The draw is
    seeded: the same counts give the same interval.
    """
    counts = np.array([clusters[name] for name in sorted(clusters)], dtype=np.int64).reshape(-1, 3)
    value = f1(*(int(c) for c in counts.sum(axis=0)))
    if value is None:
        return Estimate()
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=REPLICATES)
    found, extra, missed = (drawn @ counts).T
    total = 2 * found + extra + missed
    replicates = 2 * found[total > 0] / total[total > 0]
    low, high = (float(q) for q in np.quantile(replicates, [0.025, 0.975]))
    return Estimate(value, low, high)


def kappa(confusion: Mapping[tuple[str, str], int]) -> float | None:
    """Cohen's kappa of two readers (Cohen 1960); None where chance alone would agree throughout."""
    n = sum(confusion.values())
    if not n:
        return None
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (a, b), count in confusion.items():
        rows[a] += count
        columns[b] += count
    observed = sum(count for (a, b), count in confusion.items() if a == b) / n
    chance = sum(rows[a] * columns[a] for a in rows) / (n * n)
    return None if chance == 1 else (observed - chance) / (1 - chance)
