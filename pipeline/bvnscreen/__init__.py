"""Reads lumbar MRI reports and clinic notes and judges basivertebral nerve ablation criteria.

Importing this package loads no spaCy; the language layer is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bvnscreen.api import Result, compare, extract, screen
    from bvnscreen.facts import Note, NoteFacts
    from bvnscreen.policy import Determination, PolicyError
    from bvnscreen.readers import InputError

__version__ = "0.1.0"

__all__ = [
    "Determination",
    "InputError",
    "Note",
    "NoteFacts",
    "PolicyError",
    "Result",
    "__version__",
    "compare",
    "extract",
    "screen",
]

_HOME = {
    "Determination": "policy",
    "InputError": "readers",
    "Note": "facts",
    "NoteFacts": "facts",
    "PolicyError": "policy",
    "Result": "api",
    "compare": "api",
    "extract": "api",
    "screen": "api",
}


def __getattr__(name: str) -> Any:
    # PEP 562: a name is fetched from its module when it is first asked for.
    if name not in _HOME:
        raise AttributeError(f"module 'bvnscreen' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"bvnscreen.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
