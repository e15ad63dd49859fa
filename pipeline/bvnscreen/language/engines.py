"""medspaCy's ConText and negspaCy, imported without what comes along and is never used.

`import medspacy` loads quickumls, nltk and PyRuSH, and `import spacy` its command line with an HTTP client:
more time than all the rest of a start. While ConText is imported, empty modules stand in for these; then they
go, so that whoever imports medspaCy or `spacy.cli` later gets them whole. Where that fails, all is imported.
"""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@cache
def context_classes() -> tuple[Any, Any, Any]:
    """medspaCy's ConTextRule, ConTextModifier and ConTextGraph."""
    collecting = gc.isenabled()
    gc.disable()  # an import makes much and drops nothing
    try:
        with warnings.catch_warnings():  # importing medspaCy silences all warnings of the process
            try:
                with _stand_ins():
                    return _classes()
            except Exception:  # other versions may need what was left out
                return _classes()
    finally:
        if collecting:
            gc.enable()


def _classes() -> tuple[Any, Any, Any]:
    home = import_module("medspacy.context")
    if "PyRuSH" in sys.modules:  # it would write every token of a note to stderr
        import_module("loguru").logger.disable("PyRuSH")
    return home.ConTextRule, home.ConTextModifier, home.ConTextGraph


@contextmanager
def _stand_ins() -> Iterator[None]:
    """Empty modules for what ConText does not need, where it is not imported yet."""
    made: list[str] = []

    def stand_in(name: str, path: list[str] | None = None, **values: Any) -> None:
        module = ModuleType(name)
        vars(module).update(values)
        if path is not None:
            module.__path__ = path
        sys.modules[name] = module
        made.append(name)

    if "spacy" not in sys.modules:
        stand_in("spacy.cli", [])
        stand_in("spacy.cli.info", info=_spacy_info)
    try:
        import_module("spacy")
    finally:
        _forget(made)
    if "medspacy" in sys.modules:
        yield
        return
    spec = find_spec("medspacy")
    stand_in("medspacy", list(spec.submodule_search_locations or ()) if spec else [])
    if "quickumls" not in sys.modules:
        stand_in("quickumls", spacy_component=None)
    try:
        yield
    finally:
        _forget([*made, *(name for name in sys.modules if name.startswith("medspacy."))])


def _forget(names: list[str]) -> None:
    for name in names:
        sys.modules.pop(name, None)


def _spacy_info(*args: Any, **more: Any) -> Any:
    return import_module("spacy.cli.info").info(*args, **more)


@cache
def negation_words() -> frozenset[str]:
    """What the first token of every negation of negspaCy is among: the beginnings of its first word.

    A sentence without any of these holds no negation for it.
    """
    terms = import_module("negspacy.termsets").termset("en_clinical").get_patterns()
    firsts = {t.split()[0] for key in ("preceding_negations", "following_negations") for t in terms[key]}
    return frozenset(
        w[:n]
        for w in firsts
        for n in range(1, len(w) + 1)
        if n > 1 or not w[1:2].isalpha()  # `r/o`
    )


@cache
def negex() -> tuple[Any, Any]:
    """A blank English pipeline and negspaCy for targets labelled MODIC."""
    import spacy

    with warnings.catch_warnings():
        from negspacy.negation import Negex
        from negspacy.termsets import termset
    nlp = spacy.blank("en")
    terms = termset("en_clinical").get_patterns()  # type: ignore[no-untyped-call]
    return nlp, Negex(nlp, "negex", terms, ["MODIC"], "negex", [])
