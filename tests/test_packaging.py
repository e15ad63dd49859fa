"""The wheel holds all that is needed, and works where there is no checkout."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import bvnscreen

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_every_rule_and_nothing_else(wheel: Path) -> None:
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    package, patterns = ROOT / "pipeline" / "bvnscreen", ROOT / "patterns"
    expected = {
        f"bvnscreen/{prefix}{path.relative_to(folder).as_posix()}"
        for folder, prefix in ((package, ""), (patterns, "patterns/"))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert any(name.endswith(".toml") for name in names)


def test_wheel_screens_a_chart_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    # The dependencies of this environment, but our package and its rules from the wheel alone.
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); import bvnscreen;"
        f"assert bvnscreen.__file__.startswith({str(tmp_path)!r}), bvnscreen.__file__;"
        "from bvnscreen.cli import main; main()"
    )
    command = [
        sys.executable,
        "-I",
        "-c",
        code,
        "screen",
        str(ROOT / "corpora" / "seed.jsonl"),
        "-f",
        "jsonl",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert '"determination"' in done.stdout


def test_version() -> None:
    assert PROJECT["project"]["version"] == bvnscreen.__version__
    assert f"## {bvnscreen.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_python_line_has_its_requirements() -> None:
    classifiers = PROJECT["project"]["classifiers"]
    lines = [c.rsplit(".", 1)[1] for c in classifiers if re.fullmatch(r".*:: Python :: 3\.\d+", c)]
    assert [p.name for p in REQUIREMENTS] == [f"py3{n}{kind}.txt" for n in lines for kind in ("-dev", "")]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda p: p.name)
def test_requirements_are_names_versions_and_hashes(path: Path) -> None:
    text = path.read_text("utf-8")
    line = (
        r"(?:[a-z0-9.\-\[\]_]+==[\w.+]+(?: ; .*)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+|#.*\n|\n)"
    )
    assert re.fullmatch(f"(?:{line})+", text)
    assert "//" not in text
    assert "bvnscreen" not in text
    assert "medspacy==" in text
