"""Tables a clinician can read: a text, an arrow, and what it says. `⏎` is a line end.

What is said is a list parted by semicolons, each `[assertion: ]name[ at places][ {slot=value, ...}]`; no
assertion means present, and `nothing` that nothing is said. A statement that is only a question, a rule or
a wish may be read as hypothetical or not at all: it is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from known import cases

_SAID = re.compile(r"(?:(\w+): )?([\w/]+)(?: at ([\w,-]+))?(?: \{(.*)\})?")
ASSERTIONS = {"present", "absent", "possible", "historical", "family"}


def rows(table: str) -> Iterator[tuple[str, str]]:
    """(text, what it says) of each line; a line without an arrow is a mistake."""
    for line in filter(None, map(str.strip, table.splitlines())):
        if line.startswith("#"):
            continue
        text, arrow, said = line.rpartition("=>")
        if not arrow or not text.strip() or not said.strip():
            raise ValueError(f"no arrow in {line!r}")
        yield text.strip().replace("⏎", "\n"), said.strip()


def parametrised(test: str, table: str) -> list[Any]:
    """pytest parameters (text, said), a text its own case; the known failures marked."""
    found = list(rows(table))
    ids = [re.sub(r"\s+", " ", text)[:70] for text, _ in found]
    return cases(test, ids, [text for text, _ in found], [said for _, said in found])


def entries(said: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """(assertion, name, places, slots) of each statement."""
    if said == "nothing":
        return []
    out = []
    for part in said.split(";"):
        match = _SAID.fullmatch(part.strip())
        if match is None or (match[1] or "present") not in ASSERTIONS:
            raise ValueError(f"not understood: {part.strip()!r}")
        slots = dict(pair.strip().split("=") for pair in match[4].split(",")) if match[4] else {}
        out.append((match[1] or "present", match[2], match[3] or "", slots))
    return sorted(out, key=repr)
