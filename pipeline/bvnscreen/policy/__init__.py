"""Rule books as data, and the same chart judged by each of them."""

from __future__ import annotations

from .judge import judge
from .load import available, load
from .model import Change, Criterion, CriterionResult, Determination, Policy, PolicyError
from .table import compare, diff

__all__ = [
    "Change",
    "Criterion",
    "CriterionResult",
    "Determination",
    "Policy",
    "PolicyError",
    "available",
    "compare",
    "diff",
    "judge",
    "load",
]
