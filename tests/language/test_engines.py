"""What is left out while medspaCy and spaCy are imported, and that nobody misses it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bvnscreen.language import engines

WHOLE = """
import sys
from bvnscreen.language.engines import context_classes
rule, modifier, graph = context_classes()
assert rule.__module__ == "medspacy.context.context_rule", rule
absent = ("medspacy", "medspacy.context", "quickumls", "nltk", "PyRuSH", "spacy.cli", "spacy.cli.info")
assert not [n for n in absent if n in sys.modules]
import medspacy, spacy.cli.info
assert medspacy.context.ConText and medspacy.load and medspacy.util.spacy_component
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
medspacy.load(medspacy_enable={"medspacy_context"})
"""


def test_stand_ins_are_gone_and_whole_packages_still_import() -> None:
    subprocess.run([sys.executable, "-W", "ignore", "-c", WHOLE], check=True)


def test_all_is_imported_where_a_stand_in_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise ImportError("no such part")

    expected = engines.context_classes()
    monkeypatch.setattr(engines, "_stand_ins", none)
    found = engines.context_classes.__wrapped__()
    assert [c.__qualname__ for c in found] == [c.__qualname__ for c in expected]


def test_every_negation_of_negspacy_begins_with_one_of_the_words() -> None:
    _, second = engines.negex()
    patterns = [*second.preceding_patterns, *second.following_patterns]
    assert {doc[0].text for doc in patterns} <= engines.negation_words()
