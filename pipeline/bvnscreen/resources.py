"""Where the rule files are."""

from __future__ import annotations

from pathlib import Path


def root() -> Path:
    """The `patterns` folder: inside an installed package, else beside `pipeline/` in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "patterns"
    return inside if inside.is_dir() else package.parents[1] / "patterns"
