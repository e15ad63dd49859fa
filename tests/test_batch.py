"""A batch run: the rows of `extract`, in shards, the same after any interruption."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from bvnscreen import batch, cli, resources, workers
from bvnscreen.facts import NoteFacts
from bvnscreen.readers import Columns

NAME = "JANEQDOE"
TEXTS = [
    f"{NAME}: MRI LUMBAR SPINE. L4-L5: Modic type 2 endplate change. No fracture.",
    "FINDINGS: L5-S1: T1 low, T2 high endplate signal. Mild canal stenosis.\r\nNo spondylolisthesis.",
    "HPI: low back pain for 3 years. Failed PT x 8 weeks, ESI gave 2 weeks of relief. ODI 44.",
    "\ud800 lone surrogate. Modic 1 at L3-4.",
    "",
]


def written(path: Path, count: int) -> Path:
    """Notes as rows, with one that is broken and some without text."""
    with path.open("w") as stream:
        for i in range(count):
            row = {
                "note_id": f"n{i}",
                "patient_id": f"p{i // 2}",
                "text": TEXTS[i % 5] and f"{TEXTS[i % 5]} {i}",
            }
            stream.write("{broken\n" if i == 3 else json.dumps(row) + "\n")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def command(*args: object, shard: int = batch.SHARD_NOTES) -> list[str]:
    code = f"from bvnscreen import batch, cli; batch.SHARD_NOTES = {shard}; cli.main()"
    return [sys.executable, "-c", code, *map(str, args)]


def call(*args: object, shard: int = batch.SHARD_NOTES) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*args, shard=shard),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("in") / "notes.jsonl", 60)


@pytest.fixture(scope="module")
def whole(source: Path) -> Path:
    """The folder of a run that nothing interrupted, in shards of 10."""
    out = source.parent / "whole"
    done = call("run", source, "--out", out, "--workers", 2, shard=10)
    assert done.returncode == 1  # some rows cannot be read
    assert NAME not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"bvnscreen: 60 notes in 6 files in {out}, 13 could not be read; ")
    assert last.endswith(" a second")
    assert "line 4: not valid JSON" in done.stderr
    return out


def test_the_rows_are_those_of_extract(source: Path, whole: Path) -> None:
    parts = sorted(whole.glob("part-*.jsonl"))
    assert [p.name for p in parts] == [f"part-{i:06d}.jsonl" for i in range(6)]
    assert {len(p.read_text("utf-8").splitlines()) for p in parts} == {10}
    assert "".join(p.read_text("utf-8") for p in parts) == call("extract", source).stdout


def test_the_manifest_says_what_it_was_made_of_and_quotes_nothing(source: Path, whole: Path) -> None:
    from hashlib import sha256

    found = json.loads((whole / "manifest.json").read_text())
    assert found["input_sha256"] == sha256(source.read_bytes()).hexdigest()
    assert found["rules_sha256"] == resources.rules_hash()
    assert [found[k] for k in ("complete", "shards", "notes", "unreadable")] == [True, 6, 60, 13]
    assert NAME not in (whole / "manifest.json").read_text()


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_only_the_owner_may_read_it(whole: Path) -> None:
    assert {p.stat().st_mode & 0o777 for p in whole.iterdir()} == {0o600}
    assert whole.stat().st_mode & 0o777 == 0o700


def test_parquet_holds_the_same_rows(source: Path, whole: Path, tmp_path: Path) -> None:
    batch.run(source, tmp_path / "out", form="parquet")
    (part,) = (tmp_path / "out").glob("part-*.parquet")
    found = pyarrow.parquet.read_table(part).to_pylist()
    expected = [json.loads(x) for p in sorted(whole.glob("part*")) for x in p.read_text("utf-8").splitlines()]
    assert len(found) == len(expected)
    for row, want in zip(found, expected, strict=True):
        replaced = json.loads(json.dumps(want, ensure_ascii=False).encode("utf-8", "replace"))
        assert {k: v for k, v in row.items() if v is not None} == {
            k: v for k, v in replaced.items() if v is not None
        }


def test_every_fact_has_a_column() -> None:
    assert batch.arrow_schema().names == [*(f.name for f in fields(NoteFacts)), "error"]


# -- interruptions ---------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands in for a kill: nothing handles it."""


@pytest.mark.parametrize("form", batch.FORMATS)
def test_killed_at_every_step_of_writing_it_goes_on_to_the_same_bytes(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a file is whole, before it has its name, and after."""
    monkeypatch.setattr(batch, "SHARD_NOTES", 4)
    monkeypatch.setattr(workers, "each", lambda notes, job, count: map(job, notes))
    source = written(tmp_path / "notes.jsonl", 10)
    batch.run(source, tmp_path / "whole", form=form)
    steps = 0

    def dying(at: int, after: bool) -> Callable[[Any, Any], Any]:
        def replace(path: Path, target: Path) -> Path:
            nonlocal steps
            steps += 1
            if steps == at and not after:
                raise Killed
            found = rename(path, target)
            if steps == at:
                raise Killed
            return found

        return replace

    rename = Path.replace
    for at in range(1, 9):  # three shards, the manifest after each, and once more
        for after in (False, True):
            out = tmp_path / f"{at}-{after}"
            steps = 0
            if at == 8:
                batch.run(source, out, form=form)
            else:
                monkeypatch.setattr(Path, "replace", dying(at, after))
                with pytest.raises(Killed):
                    batch.run(source, out, form=form)
                monkeypatch.setattr(Path, "replace", rename)
            before = batch.run(source, out, form=form, resume=True).before
            assert before == min(10, 4 * ((at - (not after)) // 2))
            assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(source: Path, whole: Path, tmp_path: Path) -> None:
    """The moments are random; `python tests/benchmarks kill` does it twenty times."""
    from_here = random.Random()
    out = tmp_path / "out"
    for _ in range(3):
        process = subprocess.Popen(
            command("run", source, "--out", out, "--resume", "--workers", 2, shard=10),
            stderr=subprocess.DEVNULL,
        )
        time.sleep(from_here.uniform(0.2, 3))
        process.kill()
        process.wait()
    done = call("run", source, "--out", out, "--resume", "--workers", 1, shard=10)
    assert done.returncode == 1
    assert tree(out) == tree(whole)


def test_a_finished_run_is_left_as_it_is(source: Path, whole: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in whole.glob("part-*")}
    done = call("run", source, "--out", whole, "--resume", shard=10)
    assert done.stderr.endswith(", 13 could not be read; nothing was left to do\n")
    assert {p: p.stat().st_mtime_ns for p in whole.glob("part-*")} == before


# -- refusals --------------------------------------------------------------------------------------


def _changed_rules(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    monkeypatch.setattr(resources, "rules_hash", lambda: "other")


def _changed_version(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    monkeypatch.setattr(batch, "__version__", "99")


def _changed_input(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    written(out.parent / "notes.jsonl", 11)


def _lost_shard(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    (out / "part-000001.jsonl").unlink()


def _foreign_manifest(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    (out / "manifest.json").write_text('{"notes": 7}')


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_changed_rules, "begun with other rules; name"),
        (_changed_version, "begun with another version; name"),
        (_changed_input, "begun with another input; name"),
        (_lost_shard, "part-000001.jsonl is gone"),
        (_foreign_manifest, "not one of ours"),
    ],
)
def test_a_run_goes_on_only_with_the_same(
    change: Callable[[pytest.MonkeyPatch, Path], None],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "SHARD_NOTES", 4)
    monkeypatch.setattr(workers, "each", lambda notes, job, count: map(job, notes))
    out = tmp_path / "out"
    source = written(tmp_path / "notes.jsonl", 10)
    batch.run(source, out)
    change(monkeypatch, out)
    with pytest.raises(batch.BatchError, match=message):
        batch.run(source, out, resume=True)


def test_what_cannot_begin_says_why(source: Path, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    for out, resume, message in (
        (whole, False, "--resume"),
        (tmp_path / "full", False, "not empty"),
        (tmp_path / "full", True, "not empty"),
        (source, False, "inside the input"),
        (tmp_path / "full" / "mine.txt", False, "is a file"),
    ):
        with pytest.raises(batch.BatchError, match=message):
            batch.run(source, out, resume=resume)
    with pytest.raises(batch.BatchError, match="inside the input"):
        batch.run(tmp_path, tmp_path / "out")
    with pytest.raises(batch.BatchError, match="no such file"):
        batch.run(tmp_path / "none.jsonl", tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", "id,body\n7,Modic 2\n"), ("a.jsonl", '{"body": "Modic 2"}\n{"body": "Modic 1"}\n')],
)
def test_without_the_column_of_the_text_no_run_begins(tmp_path: Path, name: str, data: str) -> None:
    path, out = tmp_path / name, tmp_path / "out"
    path.write_text(data)
    done = call("run", path, "--out", out)
    assert (done.returncode, out.exists()) == (2, False)
    assert "no column 'text' (found: " in done.stderr
    done = call("run", path, "--out", out, "--text-col", "body")
    assert done.returncode == 0
    assert "no column 'patient_id', so each row is its own patient" in done.stderr


def test_what_cannot_be_written_or_read_is_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", closed)
        done = CliRunner().invoke(cli.app, ["run", str(source), "--out", str(tmp_path / "out")])
        assert done.exit_code == 2
        assert done.stderr.endswith(f"bvnscreen: {tmp_path}/out: cannot be written (Permission denied)\n")
    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(batch.BatchError, match=r"notes\.jsonl: cannot be read \(Permission denied\)"):
        batch.run(source, tmp_path / "out")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_ctrl_c_says_what_is_done_and_how_it_goes_on(tmp_path: Path) -> None:
    source, out = written(tmp_path / "notes.jsonl", 5000), tmp_path / "out"
    process = subprocess.Popen(
        command("run", source, "--out", out, "--workers", 1, shard=10), stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not (out / "manifest.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    done = json.loads((out / "manifest.json").read_text())["notes"]
    assert f"bvnscreen: stopped with {done:,} notes done in {out}; go on with --resume\n" in error


def test_columns_by_other_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,body\n7,"Modic 2 at\nL4-5"\n')
    totals: list[int | None] = []
    summary = batch.run(
        path, tmp_path / "out", columns=Columns("body", "id"), began=lambda _, total: totals.append(total)
    )
    assert (summary.notes, summary.unreadable, totals) == (1, 0, [1])
    (row,) = (json.loads(x) for x in (tmp_path / "out" / "part-000000.jsonl").read_text().splitlines())
    assert (row["note_id"], row["modic"][0]["types"]) == ("7", ["2"])


def test_progress_on_a_terminal_shows_rate_and_end(source: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command("run", source, "--out", tmp_path / "out"), stderr=theirs)
    os.close(theirs)
    shown = b"".join(_until_closed(ours))
    assert process.wait() == 1
    assert b"60/60" in shown
    assert b"notes a second" in shown
    assert NAME.encode() not in shown


def _until_closed(handle: int) -> Iterator[bytes]:
    try:
        while data := os.read(handle, 65536):
            yield data
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(handle)
