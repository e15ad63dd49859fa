"""The rule files: every rule has a source and examples that hold, and every rule of a fact is explained."""

from __future__ import annotations

import ast
import re._constants as op
import re._parser as parser
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from bvnscreen import cli, resources
from bvnscreen.facts import Note, to_dict
from bvnscreen.language import read
from bvnscreen.language.rule_check import Fault, check

ROOT = Path(__file__).parents[1]
FILES = sorted(path.name for path in resources.root().glob("*.toml"))
PACKAGE = Path(resources.__file__).parent


@lru_cache(maxsize=1)
def faults() -> list[Fault]:
    return check()


@pytest.mark.parametrize("file", FILES)
def test_rules_hold(file: str) -> None:
    assert [str(fault) for fault in faults() if fault.file == file] == []


# -- the checker finds what is wrong -----------------------------------------------------------------

SOUND = {
    "id": '"a.b"',
    "match": '["stenos[ie]s"]',
    "source": '"RadLex"',
    "positive": '["no stenosis"]',
    "negative": '["hypnosis"]',
}
OTHER = SOUND | {"id": '"c.d"', "match": '["narrowing"]', "positive": '["narrowing"]'}

WRONG = [
    ("id is missing", [SOUND | {"id": '""'}]),
    ("source is missing", [SOUND | {"source": '" "'}]),
    ("positive needs at least one example", [SOUND | {"positive": "[]"}]),
    ("negative needs at least one example", [SOUND | {"negative": "[]"}]),
    ("the id is taken in x.toml", [SOUND, OTHER | {"id": '"a.b"'}]),
    ("match is empty", [SOUND | {"match": "[]"}]),
    ("'(a' is no RE2 expression", [SOUND | {"match": '["(a"]'}]),
    # Python's re would take these two; they are what can backtrack, and RE2 has neither.
    (r"'(a)\\1' is no RE2 expression", [SOUND | {"match": r'["(a)\\1"]'}]),
    ("'(?=a)b' is no RE2 expression", [SOUND | {"match": '["(?=a)b"]'}]),
    ("not_after: '[' is no RE2 expression", [SOUND | {"not_after": '"["'}]),
    ("'a?' matches nothing at all", [SOUND | {"match": '["stenosis", "a?"]'}]),
    ("'narrowing' is there twice", [OTHER | {"match": '["narrowing", "narrowing"]'}]),
    ("does not match its example 'narrow'", [OTHER | {"positive": '["narrow"]'}]),
    ("matches 'narrowing', which it must not", [OTHER | {"negative": '["narrowing"]'}]),
    (
        "'narrowing' never wins: c.d comes first and matches it",
        [OTHER, SOUND | {"match": '["stenosis", "narrowing"]'}],
    ),
    (
        "'stenos[ie]s' never wins: a.b comes first and has it too",
        [SOUND, OTHER | {"match": '["narrowing", "stenos[ie]s"]'}],
    ),
    # a whole rule in the shadow of another
    (
        "does not match its example 'stenosis' (shadowed by a.b)",
        [SOUND, OTHER | {"match": '["stenosi."]', "positive": '["stenosis"]'}],
    ),
    ("a rule by code has no words of its own", [SOUND | {"by": '"code"'}]),
]


def _write(folder: Path, entries: list[dict[str, str]], table: str = "rule") -> Path:
    text = "".join(f"[[{table}]]\n" + "".join(f"{k} = {v}\n" for k, v in e.items()) for e in entries)
    (folder / "x.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(("what", "entries"), WRONG, ids=[w[0] for w in WRONG])
def test_checker_finds(
    what: str, entries: list[dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_chosen", _write(tmp_path, entries))
    found = [str(fault) for fault in check()]
    assert any(what in fault for fault in found), found


def test_checker_lets_sound_rules_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_chosen", _write(tmp_path, [SOUND, OTHER]))
    assert check() == []


def test_checker_refuses_unknown_tables_and_broken_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_chosen", _write(tmp_path, [SOUND], table="rules"))
    (tmp_path / "y.toml").write_text("[[rule]\n", "utf-8")
    first, second = map(str, check())
    assert "[[rules]] is not one of" in first
    assert "y.toml: is no TOML" in second


@pytest.mark.parametrize(
    ("example", "what"),
    [
        ('positive = ["Indication for surgery"]', "does not find its heading in"),
        ('negative = ["INDICATION: pain"]', "does find its heading in"),
        ('titles = ["indication", "history"]', "the heading 'history' is taken by section.indication"),
    ],
)
def test_checker_tries_headings_and_misspellings(
    example: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = (resources.root() / "sections.toml").read_text("utf-8")
    key = example.split(" ", 1)[0]
    start = shipped.index(f"\n{key} = ") + 1
    changed = shipped[:start] + example + shipped[shipped.index("\n", start) :]
    (tmp_path / "sections.toml").write_text(changed, "utf-8")
    monkeypatch.setattr(resources, "_chosen", tmp_path)
    assert any(what in str(fault) for fault in check())


@pytest.mark.parametrize(
    ("entries", "code", "said"),
    [([SOUND], 0, ""), ([SOUND | {"source": '""'}], 1, "x.toml: a.b: source is missing\n")],
)
def test_a_site_checks_its_own_folder(
    entries: list[dict[str, str]], code: int, said: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", "from bvnscreen.cli import main; main()", "rules", "check"]
    done = subprocess.run([*command, str(_write(tmp_path, entries))], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (code, said)


def test_a_folder_without_rules_is_wrong_usage(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from bvnscreen.cli import main; main()", "rules", "check"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "no rule files" in done.stderr


# -- every rule of a fact is explained ---------------------------------------------------------------


def _rules_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("rule"):
            yield value["rule"]
        for part in value.values():
            yield from _rules_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _rules_of(part)


def test_explain_knows_every_rule_that_the_development_texts_show() -> None:
    shown: set[str] = set()
    for path in sorted((ROOT / "corpora").glob("*/dev/*.toml")):
        for note in tomllib.loads(path.read_text("utf-8"))["note"]:
            facts = read(Note(note["text"], note["id"], date=note.get("date"), type=note.get("type")))
            shown |= set(_rules_of(to_dict(facts)))
    known = cli._rules(None)
    assert len(shown) > 50
    assert sorted(shown - known.keys()) == []


def test_explain_knows_every_rule_that_code_names() -> None:
    """Rules that no text of ours happens to show: the ids written in the code."""
    families = {"modic", "finding", "duration", "patient", "score", "second_reader"}
    named = {
        node.value
        for path in sorted((PACKAGE / "language").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.partition(".")[0] in families and node.value.replace(".", "_").isidentifier()
        if "." in node.value and not node.value.endswith((".toml", "."))
    }
    assert "modic.type_of_named" in named
    assert sorted(named - cli._rules(None).keys()) == []


# -- no expression backtracks ------------------------------------------------------------------------


def _uses_re(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.Import) and any(a.name in ("re", "regex", "sre_compile") for a in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module in ("re", "regex") and not node.level)
        for node in ast.walk(tree)
    )


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "language"], ids=lambda p: p.stem)
def test_language_matches_by_re2_alone(path: Path) -> None:
    assert not _uses_re(ast.parse(path.read_text("utf-8")))


def _repeats_within_repeats(tree: Any, inside: bool = False) -> bool:
    """Whether an unbounded repeat stands within another: what can take exponential time."""
    for name, value in tree:
        if name in (op.MAX_REPEAT, op.MIN_REPEAT):
            unbounded = value[1] is op.MAXREPEAT
            if (inside and unbounded) or _repeats_within_repeats(value[2], inside or unbounded):
                return True
        for part in _parts(name, value):
            if _repeats_within_repeats(part, inside):
                return True
    return False


def _parts(name: Any, value: Any) -> list[Any]:
    if name is op.SUBPATTERN:
        return [value[3]]
    if name is op.BRANCH:
        return list(value[1])
    return [value[1]] if name in (op.ASSERT, op.ASSERT_NOT) else []


def _python_patterns() -> Iterator[tuple[str, str]]:
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        if _uses_re(tree):
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "re"
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield f"{path.stem}:{node.lineno}", node.args[0].value


PATTERNS = list(_python_patterns())


@pytest.mark.parametrize("pattern", [p for _, p in PATTERNS], ids=[w for w, _ in PATTERNS])
def test_what_is_matched_by_python_elsewhere_can_not_explode(pattern: str) -> None:
    """Outside the language layer: names of files, dates of a form, levels of an option."""
    assert not _repeats_within_repeats(parser.parse(pattern))


def test_the_test_would_see_an_exploding_pattern() -> None:
    assert _repeats_within_repeats(parser.parse(r"(?:\w+\s?)*x"))
