"""Views to HTML: the templates, and what a file that stands alone carries within itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bvnscreen import __version__, spine, writers
from bvnscreen.policy import Policy
from bvnscreen.web.spine_svg import LABELS_X, WIDTH
from bvnscreen.web.view import FAMILIES, KINDS, ChartView

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True)
class Assets:
    """Style and script of a file that stands alone, and the hashes by which it allows them."""

    style: Markup
    style_hash: str
    script: Markup
    script_hash: str


@cache
def _assets() -> Assets:
    def read(name: str) -> tuple[Markup, str]:
        text = (STATIC / name).read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        # Our own file, written out as it is: the hash is of these very characters.
        return Markup(text), f"sha256-{digest}"

    return Assets(*read("page.css"), *read("page.js"))


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["plain"] = _plain
    env.filters["shown"] = lambda text, limit=160: writers.shown(str(text), limit)
    env.filters["capfirst"] = lambda text: text[:1].upper() + text[1:]
    env.globals.update(
        version=__version__,
        families=FAMILIES,
        kinds=KINDS,
        discs=spine.LUMBAR_DISCS,
        spine_width=WIDTH,
        labels_x=LABELS_X,
        standalone=False,
        guesses={},
        errors=(),
        index=False,
    )
    return env


def _plain(text: str) -> Markup:
    """Text of a note: escaped, and with control and direction characters as boxes."""
    return Markup(writers.safe_html(text))


def page(name: str, **values: Any) -> str:
    """A page of the server."""
    return _environment().get_template(name).render(**values)


def chart_file(view: ChartView, index: bool = False) -> str:
    """One chart as a file that stands alone; `index` links back to `index.html` beside it."""
    return page("report.html", view=view, standalone=True, assets=_assets(), index=index)


def index_file(rows: Iterable[Mapping[str, Any]], policies: Sequence[Policy]) -> str:
    """The overview of a batch, with filters."""
    listed = list(rows)
    counts: dict[str, int] = {}
    for row in listed:
        for determination in row["determinations"]:
            counts[determination] = counts.get(determination, 0) + 1
    tally = [(d, w, counts[d]) for d, (w, _) in writers.DETERMINATIONS.items() if d in counts]
    if "error" in counts:
        tally.append(("error", "could not be read", counts["error"]))
    return page("index.html", rows=listed, policies=policies, tally=tally, standalone=True, assets=_assets())
