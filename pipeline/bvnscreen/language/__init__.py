"""Reads one note: text in, facts out. The only part that imports spaCy, medspaCy and negspaCy."""

from __future__ import annotations

from .read import read

__all__ = ["read"]
