"""The faults we know of, in known_failures.toml: each is an expected failure until it is mended.

A fault that is mended makes its test fail ("XPASS"), so the list can only shrink:
`python tests/language/known.py` strikes out what passes by now.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).with_name("known_failures.toml")


@lru_cache(maxsize=1)
def failures() -> dict[tuple[str, str], str]:
    """The reason of each known failure, by test and case."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return {(f["test"], case): f["reason"] for f in data.get("failure", ()) for case in f["cases"]}


def cases(test: str, ids: Iterable[str], *values: Iterable[Any]) -> list[Any]:
    """pytest parameters for the cases of a test, the known failures marked."""
    known = failures()
    params = []
    for name, row in zip(ids, zip(*values, strict=True), strict=True):
        reason = known.get((test, name))
        marks = pytest.mark.xfail(reason=reason, strict=True) if reason else ()
        params.append(pytest.param(*row, id=name, marks=marks))
    return params
