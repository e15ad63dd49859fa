"""The faults we know of, in known_failures.toml: each is an expected failure until it is mended.

A fault that is mended makes its test fail ("XPASS"), so the list can only shrink:
`python tests/language/known.py` strikes out what passes by now.
"""

from __future__ import annotations

import json
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
    """pytest parameters of a test, its known failures marked; one that is no case of it is refused."""
    known = {case: reason for (name, case), reason in failures().items() if name == test}
    params = []
    for name, row in zip(ids, zip(*values, strict=True), strict=True):
        reason = known.pop(name, None)
        marks = pytest.mark.xfail(reason=reason, strict=True) if reason else ()
        params.append(pytest.param(*row, id=name, marks=marks))
    if known:
        raise ValueError(f"known_failures.toml, {test}: no such case: {', '.join(known)}")
    return params


class _Mended:
    """Collects the ids of expected failures that passed."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and str(report.longrepr).startswith("[XPASS(strict)]"):
            self.ids.append(report.nodeid.partition("[")[2].removesuffix("]"))


def strike_out() -> int:
    """Takes the mended out of the list; how many they were."""
    seen = _Mended()
    pytest.main(["-q", "--tb=no", "--no-summary", str(FILE.parent)], plugins=[seen])
    text = FILE.read_text("utf-8")
    head = text[: text.index("[[failure]]")] if "[[failure]]" in text else text
    out = [head.rstrip() + "\n"]
    for group in tomllib.loads(text).get("failure", ()):
        # pytest shows other characters than ASCII by their codes
        left = [c for c in group["cases"] if c.encode("unicode_escape").decode() not in seen.ids]
        if left:
            lines = "".join(f"  {json.dumps(case, ensure_ascii=False)},\n" for case in left)
            reason = json.dumps(group["reason"], ensure_ascii=False)
            out.append(f'[[failure]]\ntest = "{group["test"]}"\nreason = {reason}\ncases = [\n{lines}]\n')
    FILE.write_text("\n".join(out), "utf-8")
    return len(seen.ids)


if __name__ == "__main__":
    print(f"{strike_out()} mended")  # noqa: T201
