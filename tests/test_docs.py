"""What the documents show is what the program does. Run as a script, it renews the output in the pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from bvnscreen import facts

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("corpora/*.md")])
# A block of output, whole or up to the line that begins with these words.
MADE = re.compile(
    r"<!-- made by: bvnscreen (?P<command>.+?)(?:, up to: (?P<until>.+?))? -->\n"
    r"```\n(?P<output>.*?)```\n<!-- end -->",
    re.DOTALL,
)
WITH_OUTPUT = [README, ROOT / "docs" / "evaluation.md"]


def shown(command: str, until: str | None) -> str:
    """The output of a command as it stands in a page: 100 columns, no trailing blanks."""
    done = subprocess.run(
        [sys.executable, "-c", "from bvnscreen.cli import main; main()", *command.split()],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.strip().splitlines()]
    if until:
        lines = lines[: next(i for i, line in enumerate(lines) if line.startswith(until))]
    return "\n".join(lines).strip() + "\n"


BLOCKS = [(page.name, made) for page in WITH_OUTPUT for made in MADE.finditer(page.read_text("utf-8"))]


@pytest.mark.parametrize(("page", "made"), BLOCKS, ids=[f"{page}-{made['command']}" for page, made in BLOCKS])
def test_output_in_a_page_is_what_the_command_prints(page: str, made: re.Match[str]) -> None:
    assert made["output"] == shown(made["command"], made["until"]), page


def test_every_block_of_output_is_checked() -> None:
    marks = sum(page.read_text("utf-8").count("<!-- made by:") for page in PAGES)
    assert len(BLOCKS) == marks >= 3


def test_the_seed_case_stands_in_the_readme_under_every_policy() -> None:
    from bvnscreen import policy

    (made,) = [m for page, m in BLOCKS if page == "README.md" and "--policy all" in m["command"]]
    assert "corpora/seed.jsonl" in made["command"]
    lines = made["output"].splitlines()
    for p in policy.available():
        assert any(line.startswith(p.id) for line in lines), p.id


def test_both_commands_of_the_readme_run_in_ci() -> None:
    commands = re.findall(r"^sh setup\.sh.* && .+$", README.read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 2
    checks = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in checks if line in commands] == commands


def test_seed_chart_is_the_annotated_one() -> None:
    chart = tomllib.loads((ROOT / "corpora" / "charts" / "dev" / "seed.toml").read_text("utf-8"))
    names = {"id": "note_id", "date": "note_date", "type": "note_type", "text": "text"}
    expected = {
        "patient_id": chart["id"],
        "requested_levels": chart["requested_levels"],
        "notes": [{new: note[old] for old, new in names.items()} for note in chart["note"]],
    }
    assert json.loads((ROOT / "corpora" / "seed.jsonl").read_text("utf-8")) == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def vocabulary() -> set[str]:
    """Every word in code type on the page of names."""
    page = (ROOT / "docs" / "vocabulary.md").read_text("utf-8")
    return {word for code in re.findall(r"`([^`]+)`", page) for word in code.split()}


def test_every_name_a_rule_gives_is_in_the_vocabulary() -> None:
    rules = [
        rule
        for path in sorted((ROOT / "patterns").glob("*.toml"))
        for tables in tomllib.loads(path.read_text("utf-8")).values()
        for rule in (tables if isinstance(tables, list) else [])
    ]
    names = {rule["concept"] for rule in rules if "concept" in rule} - {"modic"}
    assert names
    assert names - vocabulary() == set()


@pytest.mark.parametrize(
    "kind",
    [
        facts.Evidence,
        facts.Modic,
        facts.Finding,
        facts.Procedure,
        facts.Pain,
        facts.Duration,
        facts.Score,
        facts.NoteFacts,
    ],
)
def test_every_key_of_the_output_is_in_the_vocabulary(kind: type) -> None:
    assert {f.name for f in fields(kind)} - vocabulary() == set()


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*.ipynb")), ids=lambda p: p.name)
def test_notebooks_hold_no_outputs(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert any(cell["cell_type"] == "code" for cell in cells)
    assert [c for c in cells if c.get("outputs") or c.get("execution_count") is not None] == []


if __name__ == "__main__":
    for page in WITH_OUTPUT:
        text = page.read_text("utf-8")
        for made in reversed(list(MADE.finditer(text))):
            new = shown(made["command"], made["until"])
            text = text[: made.start("output")] + new + text[made.end("output") :]
        page.write_text(text, "utf-8")
