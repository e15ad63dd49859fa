"""`bvnscreen screen --format html`: a file a chart, an index for several."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("jinja2")

CHARTS = [
    {"patient_id": "A/../x", "text": "MRI lumbar spine. L4-L5: Modic type 2 change.", "note_id": "a1"},
    {"patient_id": "B<b>", "text": "MRI lumbar spine. No Modic change at L4-L5.", "note_id": "b1"},
    {"patient_id": "A/../x", "text": "Low back pain for 3 years.", "note_id": "a2"},
    {"patient_id": "C", "text": 5},
]


def screen(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from bvnscreen.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "screen", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "".join(json.dumps(c) + "\n" for c in CHARTS)
    (tmp_path / "charts.jsonl").write_text(rows, "utf-8")
    (tmp_path / "one.txt").write_text(str(CHARTS[0]["text"]), "utf-8")
    return tmp_path


def test_a_folder_with_an_index(folder: Path) -> None:
    done = screen(folder, "charts.jsonl", "--format", "html", "-o", "pages")
    assert done.returncode == 1  # one could not be read
    assert done.stdout == ""
    assert "charts.jsonl line 4" in done.stderr
    assert sorted(p.name for p in (folder / "pages").iterdir()) == [
        "chart-0001.html",
        "chart-0002.html",
        "index.html",
    ]
    index = (folder / "pages" / "index.html").read_text("utf-8")
    assert re.findall(r'<a href="(chart-\d+\.html)">([^<]*)<', index) == [
        ("chart-0001.html", "A/../x"),
        ("chart-0002.html", "B&lt;b&gt;"),
    ]
    assert "could not be read" in index
    chart = (folder / "pages" / "chart-0001.html").read_text("utf-8")
    assert (
        "Low back pain for 3 years" in re.sub(r"<[^>]+>", "", chart).replace("\n", " ") or "3 years" in chart
    )
    assert chart.count('<article class="note"') == 2


def test_one_file_for_one_chart(folder: Path) -> None:
    done = screen(folder, "one.txt", "-o", "one.html", "--levels", "L4-L5")
    assert (done.returncode, done.stderr) == (0, "")
    page = (folder / "one.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "L4-L5 (vertebral bodies L4, L5)" in page
    same = screen(folder, "one.txt", "--format", "html", "--levels", "L4-L5")
    assert same.stdout == page


def test_several_charts_need_a_folder(folder: Path) -> None:
    done = screen(folder, "charts.jsonl", "--format", "html", "-o", "all.html")
    assert done.returncode == 2
    assert "name a folder" in done.stderr
    assert not (folder / "all.html").exists()


def test_all_policies_side_by_side(folder: Path) -> None:
    done = screen(folder, "one.txt", "--format", "html", "-o", "pages", "--policy", "all")
    assert done.returncode == 0
    index = (folder / "pages" / "index.html").read_text("utf-8")
    assert '<th scope="col">fda-label</th>' in index
