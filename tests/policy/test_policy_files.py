"""Policy files: what is shipped is complete, what is wrong is named with file, line and remedy."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bvnscreen import policy
from bvnscreen.resources import root

GOOD = """
id = "mine"
title = "Mine"
issuer = "me"
version = "1"
effective = "2024-02"
stance = "criteria"
source = { ref = "https://example.org", grade = "A" }
kind = "coverage"

[[criterion]]
id = "long_enough"
kind = "include"
test = "pain_duration"
params = { months = 3 }
on_silent = "undocumented"
cure = "A note with the length."
plain = "Pain for three months."
source = { ref = "https://example.org", grade = "A" }
"""


def write(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("p", policy.available(), ids=lambda p: p.id)
def test_shipped_policy_is_complete(p: policy.Policy) -> None:
    assert p.title
    assert p.issuer
    assert p.kind in ("label", "coverage", "trial", "society", "consensus")
    assert p.source.ref.startswith("https://")
    assert p.note, "say what the source is and what was not read"
    for c in p.criteria:
        assert c.source.ref.startswith("https://")
        assert c.plain.endswith(".")
        assert c.cure.endswith(".")
        assert len(c.plain) < 220
    assert len({c.id for c in p.criteria}) == len(p.criteria)


def test_every_shipped_policy_is_there() -> None:
    assert [p.id for p in policy.available()] == [
        "aetna-cpb-0016",
        "anthem-surg-00052",
        "cam-394",
        "candidacy",
        "cms-l39644",
        "evicore-cmm-208",
        "fda-label",
        "highmark-15-01-004",
        "intracept",
        "nass-2022-draft",
        "necessity-review",
        "single-arm",
        "smart",
        "uhc",
    ]


def test_words_in_policies_are_words_of_the_vocabulary() -> None:
    words = Path(__file__).parents[2] / "docs" / "vocabulary.md"
    if not words.is_file():
        pytest.skip("no docs in this checkout")
    known = set(re.findall(r"[A-Za-z_]+", words.read_text(encoding="utf-8")))
    used: set[str] = set()
    for p in policy.available():
        for check in [x for c in p.criteria for x in c.checks] + [c.check for c in p.cautions]:
            for key in ("care", "any_of_names", "names", "allowed", "concepts", "facet_blocks", "sij_blocks"):
                used.update(check.params.get(key, ()))
            used.update(r.concept for r in check.params.get("rules", ()))
    assert used - known == set()


def test_own_folder(tmp_path: Path) -> None:
    p = policy.load("MINE", directory=write(tmp_path, GOOD))
    assert (p.id, p.effective, p.criteria[0].checks[0].params["months"]) == ("mine", "2024-02", 3)


def test_versions_side_by_side(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    newer = (
        GOOD.replace('version = "1"', 'version = "2"')
        .replace("2024-02", "2025")
        .replace("months = 3", "months = 6")
    )
    write(tmp_path, newer, "mine.2.toml")

    def version(as_of: date | None) -> str:
        return policy.load("mine", directory=tmp_path, as_of=as_of).version

    assert version(None) == "2"
    assert version(date(2024, 12, 31)) == "1"
    assert version(date(2024, 2, 1)) == "1"
    assert version(date(2025, 1, 1)) == "2"
    assert [p.version for p in policy.available(tmp_path)] == ["2"]
    assert policy.available(tmp_path, date(2020, 1, 1)) == []
    with pytest.raises(policy.PolicyError, match="no version before 2024-02"):
        version(date(2024, 1, 31))


def test_label_wordings() -> None:
    assert policy.load("fda-label", as_of=date(2017, 5, 1)).version == "K153272"
    assert policy.load("fda-label").version == "K190504 and later"


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('kind = "maybe"', 'kind = "include"', r"mine\.toml, line 13: .*kind.*correct or remove"),
        ("params = { months = 'six' }", "params = { months = 3 }", r"line 15: .*months"),
        ("params = { weeks = 3 }", "params = { months = 3 }", r"line 15: .*weeks is not a key here"),
        ('test = "pain_width"', 'test = "pain_duration"', r"line 14: no test named 'pain_width'; known are:"),
        ('on_silent = "no"', 'on_silent = "undocumented"', r"line 16: .*on_silent"),
        ("id = ", 'id = "mine"', r"mine\.toml, line 2: not valid TOML"),
        ('effective = "soon"', 'effective = "2024-02"', r"line 6: .*effective"),
        ('stance = "criteria"\nextra = 1', 'stance = "criteria"', r"line 8: extra is not a key here"),
        ('grade = "M" }\nkind', 'grade = "A" }\nkind', r"line 8: .*grade"),
        ("", 'issuer = "me"\n', r"mine\.toml, line 1: issuer is missing; add it"),
        ("", 'cure = "A note with the length."\n', r"line 11: criterion\.0\.cure is missing; add it"),
        ('kind = "payer"', 'kind = "coverage"', r"line 9: kind: .*'label'"),
        ("any = []\n", 'test = "pain_duration"\n', r"line 11: criterion long_enough needs exactly one"),
        ('params = { months = ["@nothing"] }', "params = { months = 3 }", r"line 15: no group named"),
    ],
)  # fmt: skip
def test_wrong_file_is_named(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert right in GOOD
    with pytest.raises(policy.PolicyError, match=message):
        policy.load("mine", directory=write(tmp_path, GOOD.replace(right, wrong, 1)))


def test_criterion_twice(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[[criterion]]") :]
    with pytest.raises(
        policy.PolicyError, match=r"line 21: criterion id long_enough is used twice; rename one"
    ):
        policy.load("mine", directory=write(tmp_path, twice))


def test_same_version_twice(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "again.toml")
    with pytest.raises(
        policy.PolicyError, match=r"again\.toml and mine\.toml: both are policy mine, version 1; remove one"
    ):
        policy.load("mine", directory=tmp_path)


def test_unknown_policy_names_the_known_ones() -> None:
    with pytest.raises(policy.PolicyError, match=r"known are: .*candidacy"):
        policy.load("nothing")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(policy.PolicyError, match="no such folder"):
        policy.load("mine", directory=tmp_path / "none")


def test_folder_without_policies(tmp_path: Path) -> None:
    with pytest.raises(policy.PolicyError, match=r"no policy files; give a folder"):
        policy.load("mine", directory=tmp_path)


def test_patterns_are_found() -> None:
    assert (root() / "policies" / "candidacy.toml").is_file()


def test_import_loads_neither_spacy_nor_pydantic_nor_pandas() -> None:
    code = (
        "import sys, bvnscreen.policy, bvnscreen.chart;"
        "print([m for m in ('spacy', 'medspacy', 'pydantic', 'pandas') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_the_page_on_policies_names_every_policy_and_every_test() -> None:
    page = (root().parent / "docs" / "policies.md").read_text(encoding="utf-8")
    from bvnscreen.policy.checks import CHECKS
    from bvnscreen.policy.schema import PARAMS

    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|[^|]*\| [a-z ]+ \|$", page, re.M)) == {
        p.id for p in policy.available()
    }
    rows = dict(re.findall(r"^\| `([a-z_]+)` \|[^|]*\|([^|]*)\|$", page.split("### Tests")[1], re.M))
    documented = {name: set(re.findall(r"`([a-z_]+)`", cell)) for name, cell in rows.items()}
    assert documented == {name: set(PARAMS[name].model_fields) for name in CHECKS}


def test_the_example_on_the_page_is_a_policy(tmp_path: Path) -> None:
    page = (root().parent / "docs" / "policies.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert (
        policy.load("my-plan", directory=write(tmp_path, example)).criteria[0].id == "chronic_low_back_pain"
    )
