"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import desk
from bvnscreen import cli, language, workers
from bvnscreen.facts import Note, NoteFacts

HEAVY = ("spacy", "medspacy", "negspacy", "pandas", "pyarrow", "numpy", "pydantic")
GOOD = "MRI. Modic 1 at L4-L5. low back pain, physical therapy."


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "read", desk.read)


def run(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(a) for a in args], input=stdin, env={"COLUMNS": "100"})


def rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"note_id": "n1", "patient_id": "p1", "note_date": None, "text": GOOD})
        + "\n{broken\n"
        + json.dumps({"note_id": "n2", "patient_id": "p1", "text": "CRASH"})
        + "\n"
    )
    return tmp_path


# -- extract -------------------------------------------------------------------------------------


def test_extract_prints_a_row_a_note_and_names_what_failed(folder: Path) -> None:
    result = run("extract", folder)
    assert result.exit_code == 1
    found = rows(result)
    assert [r["note_id"] for r in found] == [f"{folder}/a.txt", "n1", f"{folder}/b.jsonl:2", "n2"]
    assert ["error" in r for r in found] == [False, False, True, True]
    assert result.stderr.splitlines() == [
        f"bvnscreen: {folder}/b.jsonl line 2: not valid JSON; write one object a line",
        f"bvnscreen: {folder}/b.jsonl line 3: the note could not be read (ValueError)",
    ]


def test_evidence_points_into_the_text_as_it_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "crlf.txt"
    path.write_bytes(b"\xef\xbb\xbfline\r\n\r\nModic 2 at L5-S1\r\n")
    (row,) = rows(run("extract", path))
    evidence = row["modic"][0]["evidence"]  # type: ignore[index]
    text = path.read_bytes().decode("utf-8-sig")
    assert text[evidence["start"] : evidence["end"]] == evidence["text"] == "Modic 2 at L5-S1"


def test_standard_input(tmp_path: Path) -> None:
    (row,) = rows(run("extract", "-", stdin=GOOD))
    assert row["note_id"] == "stdin"
    assert run("extract", "-", "-", stdin=GOOD).exit_code == 2


@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv", "out"])
def test_output_file_by_its_ending(folder: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "results" / name
    out.parent.mkdir()
    result = run("extract", folder / "a.txt", "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    start = {"out.json": "[\n{", "out.csv": "note_id,"}.get(name, '{"note_id"')
    assert out.read_text().startswith(start)


@pytest.mark.parametrize("name", ["facts.parquet", "facts.xlsx", "facts.txt", "facts.csv.gz"])
@pytest.mark.parametrize("verb", ["extract", "screen"])
def test_an_ending_without_a_format_is_refused(folder: Path, verb: str, name: str) -> None:
    result = run(verb, folder / "a.txt", "-o", folder / name)
    assert (result.exit_code, (folder / name).exists()) == (2, False)
    assert "no format has this ending; use one of .jsonl, " in result.stderr
    assert ("`bvnscreen run` writes Parquet" in result.stderr) == name.endswith(".parquet")
    assert run(verb, folder / "a.txt", "-f", "csv", "-o", folder / name).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "a.txt", "-f", "csv", "-o", "./sub/../a.txt"),
        ("extract", "b.jsonl", "a.txt", "-f", "csv", "-o", "link"),
        ("extract", ".", "-o", "b.jsonl"),
        ("screen", "a.txt", "-f", "table", "-o", "a.txt"),
        ("screen", "page.html", "-o", "page.html"),
        ("screen", "page.html", "-f", "report", "-o", "page.html"),
        ("annotate", "a.txt", "--tool", "doccano", "-o", "a.txt"),
        ("annotate", ".", "--tool", "brat", "-o", "."),
        ("run", "b.jsonl", "--out", "b.jsonl"),
        ("run", ".", "--out", "."),
    ],
)
def test_no_command_writes_over_its_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (folder / "sub").mkdir()
    (folder / "page.html").write_text(GOOD)
    (folder / "link").symlink_to(folder / "a.txt")
    monkeypatch.chdir(folder)
    before = {p: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.search("is an input|is not empty|is inside the input", result.stderr)
    assert {p: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("form", ["html", "report"])
def test_pages_and_reviews_go_into_a_new_folder(folder: Path, form: str) -> None:
    out, taken = folder / "out", folder / "taken"
    assert run("screen", folder / "a.txt", "-f", form, "-o", out).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    result = run("screen", folder / "a.txt", "-f", form, "-o", out)
    assert result.exit_code == 2
    assert f"-o {out} is not empty; name a new folder" in result.stderr
    if form == "report":
        taken.write_text("mine")
        result = run("screen", folder / "a.txt", "-f", form, "-o", taken)
        assert result.exit_code == 2
        assert f"-o {taken} is a file; name a folder" in result.stderr
        assert taken.read_text() == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "-o", "x.csv"),
        ("screen", "-o", "x.json"),
        ("screen", "-o", "x.html"),
        ("screen", "-o", "x.md"),
        ("screen", "-f", "html", "-o", "pages"),
        ("screen", "-f", "report", "-o", "reviews"),
        ("annotate", "--tool", "brat", "-o", "brat"),
        ("annotate", "--tool", "doccano", "-o", "x.jsonl"),
    ],
)
def test_what_may_not_be_written_is_wrong_usage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", closed)
    monkeypatch.setattr(tempfile, "mkstemp", closed)
    monkeypatch.chdir(folder)
    result = run(*arguments, "a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"bvnscreen: {arguments[-1]}: cannot be written (Permission denied)\n"


def test_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"nid,pid,day,kind,body\n1,2,2025-03-19,mri,{GOOD!r}\n".replace("'", '"'))
    names = {"text": "body", "id": "nid", "patient": "pid", "date": "day", "type": "kind"}
    options = [x for part, name in names.items() for x in (f"--{part}-col", name)]
    (row,) = rows(run("extract", path, *options))
    assert [row[k] for k in ("note_id", "patient_id", "note_date", "note_type")] == [
        "1",
        "2",
        "2025-03-19",
        "mri",
    ]
    result = run("extract", path)
    assert result.exit_code == 1
    assert (
        "no column 'text' (found: nid, pid, day, kind, body); name the right one with --text-col"
        in result.stderr
    )


def test_columns_that_go_by_another_name_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mrn,date,text\n1,2025-03-19,Modic 1 at L4-L5\n1,2025-03-20,low back pain\n")
    result = run("screen", path)
    assert [r["patient_id"] for r in rows(result)] == [f"{path}:1", f"{path}:2"]
    assert result.stderr == (
        f"bvnscreen: {path}: no column 'patient_id', so each row is its own patient "
        "(--patient-col names it); "
        "no column 'note_date', so only a date in the text counts (--date-col names it); "
        "found: mrn, date, text\n"
    )
    result = run("screen", path, "--patient-col", "mrn", "--date-col", "date")
    assert ([r["patient_id"] for r in rows(result)], result.stderr) == (["1"], "")
    assert run("screen", path, "--patient", "1", "--date-col", "date").stderr == ""
    assert run("screen", Path(__file__).parents[1] / "corpora" / "seed.jsonl").stderr == ""


def test_many_errors_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{broken\n" * 50)
    result = run("extract", path)
    assert len(rows(result)) == 50
    assert len(result.stderr.splitlines()) == 21
    assert "and 30 more" in result.stderr


# -- screen --------------------------------------------------------------------------------------


def test_screen_groups_by_patient_in_order_of_first_appearance(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        {"patient_id": "p2", "note_id": "n1", "text": GOOD},
        {"note_id": "alone", "text": GOOD},
        {"patient_id": "p1", "notes": [{"text": GOOD}], "requested_levels": ["L4-5"]},
        {"patient_id": "p2", "note_id": "n2", "text": "low back pain"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    found = rows(run("screen", path))
    assert [r["patient_id"] for r in found] == ["p2", "alone", "p1"]
    assert found[2]["requested_levels"] == ["L4-L5"]
    assert {"policy", "policy_effective", "determination", "criteria", "missing", "conflicts"} <= found[
        0
    ].keys()


def test_screen_files_of_one_patient_and_levels(folder: Path) -> None:
    other = folder / "c.txt"
    other.write_text("low back pain")
    (row,) = rows(run("screen", folder / "a.txt", other, "--patient", "17", "--levels", "L4-5,L5/S1"))
    assert row["patient_id"] == "17"
    assert row["requested_levels"] == ["L4-L5", "L5-S1"]
    assert row["vertebral_bodies"] == ["L4", "L5", "S1"]


def test_screen_says_when_a_note_of_the_patient_is_missing(folder: Path) -> None:
    result = run("screen", folder / "b.jsonl")
    assert result.exit_code == 1
    first, *rest = rows(result)
    assert "1 of the patient's notes could not be read" in str(first["cautions"])
    assert all("error" in r for r in rest)


def test_screen_names_the_row_with_a_level_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"patient_id": "p", "text": GOOD, "requested_levels": ["L9-L5"]}))
    result = run("screen", path)
    assert result.exit_code == 1
    assert f"{path} line 1: requested_levels" in result.stderr


@pytest.mark.parametrize(
    ("text", "guessed"),
    [("03/04/2025", True), ("3-4-25", True), ("03/14/2025", False), ("04/04/2025", False)],
)
def test_screen_says_which_date_was_read_from_numbers_that_have_two_readings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, guessed: bool
) -> None:
    monkeypatch.undo()  # the dates of a text are the language layer's
    path = tmp_path / "a.jsonl"
    row = {"note_id": "n1", "patient_id": "p", "text": f"Date of service: {text}. Modic type 1 at L4-L5."}
    path.write_text(json.dumps(row))
    (found,) = rows(run("screen", path))
    said = [c["text"] for c in found["cautions"] if "month before day" in c["text"]]  # type: ignore[attr-defined]
    want = "a note's date was read month before day (n1 as 2025-03-04); give note_date where that is wrong"
    assert said == ([want] if guessed else [])
    path.write_text(json.dumps(row | {"note_date": "2025-04-03"}))
    (found,) = rows(run("screen", path))
    assert "month before day" not in str(found["cautions"])


def test_screen_by_all_policies_gives_a_row_each(folder: Path) -> None:
    ids = [p["id"] for p in json.loads(run("policies", "list", "--format", "json").stdout)]
    assert [r["policy"] for r in rows(run("screen", folder / "a.txt", "--policy", "all"))] == ids


@pytest.mark.parametrize(
    "args",
    [
        ("screen", "x.txt", "--policy", "nonesuch"),
        ("screen", "x.txt", "--levels", "L4-L9"),
        ("screen", "x.txt", "--as-of", "yesterday"),
        ("screen", "x.txt", "--policies", "no/such/folder"),
        ("screen",),
        ("extract", "x.txt", "-o", "no/such/folder/out.csv"),
        ("extract", "x.txt", "--workers", "0"),
        ("extract", "x.txt", "--format", "xml"),
        ("explain", "modic.tpyed"),
        ("policies", "show", "nonesuch"),
    ],
)
def test_wrong_usage_is_exit_2_and_prints_no_result(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


# -- policies and explain ------------------------------------------------------------------------


def test_policies_list_show_and_diff() -> None:
    listed = json.loads(run("policies", "list", "--format", "json").stdout)
    for p in listed:
        assert {"id", "title", "issuer", "kind", "effective", "stance", "source"} <= p.keys()
        assert p["source"].startswith("https://")
        assert p["kind"] in ("label", "coverage", "trial", "society", "consensus")
    assert len(listed) == 14
    assert "candidacy" in run("policies", "list").stdout
    assert "candidacy.modic_1_or_2" in run("policies", "show", "candidacy").stdout
    shown = json.loads(run("policies", "show", "candidacy", "-f", "json").stdout)
    assert len(shown["criteria"]) == 9
    assert "nothing" in run("policies", "diff", "candidacy", "candidacy").stdout
    assert json.loads(run("policies", "diff", "candidacy", "candidacy", "-f", "json").stdout)["changed"] == []


def test_policies_diff_pairs_what_is_about_the_same_thing() -> None:
    out = run("policies", "diff", "smart", "intracept").stdout
    assert "smart: Body mass index below 40." in out
    assert "intracept: Body mass index of at most 40." in out
    both = out.split("in both, but different")[1]
    assert not re.search(r"bone disease.*\n.*protrusion", both)
    shown = run("policies", "show", "cam-394").stdout
    assert "must hold: pain_duration (months 12); if silent: undocumented" in shown
    assert re.search(r"^\[2\] https://accrue-health.com/", shown, re.M)


def test_a_wrong_policy_file_is_named_with_key_line_and_remedy(folder: Path) -> None:
    good = Path(cli.__file__).parents[2] / "patterns" / "policies" / "uhc.toml"
    (folder / "uhc.toml").write_text(good.read_text("utf-8").replace("kind =", "sort ="))
    for args in (("policies", "list"), ("screen", folder / "a.txt", "--policy", "uhc")):
        result = run(*args, "--policies", folder)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "uhc.toml, line 4: sort is not a key here; correct or remove it" in result.stderr


def test_as_of_picks_the_version(folder: Path) -> None:
    args = ("screen", folder / "a.txt", "--policy", "fda-label", "-f", "jsonl")
    assert [r["policy_effective"] for r in rows(run(*args, "--as-of", "2018-01-01"))] == ["2016-07-09"]
    assert [r["policy_effective"] for r in rows(run(*args))] == ["2019"]
    early = run(*args, "--as-of", "2010-01-01")
    assert early.exit_code == 2
    assert "no version before 2016-07-09; choose a later date" in early.stderr


def test_all_policies_as_a_table_are_one_line_each(folder: Path) -> None:
    result = run("screen", folder / "a.txt", "--policy", "all", "-f", "table")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    ids = [p["id"] for p in json.loads(run("policies", "list", "-f", "json").stdout)]
    assert [line.split()[0] for line in lines if line.split() and line.split()[0] in ids] == ids


def test_the_table_says_what_would_change_it(folder: Path) -> None:
    (folder / "visit.txt").write_text("Seen today.")
    result = run("screen", folder / "visit.txt", "-f", "table")
    assert "What would change it" in result.stdout
    (row,) = rows(run("screen", folder / "visit.txt", "-f", "jsonl"))
    assert row["changes"]
    flat = " ".join(result.stdout.split())
    for change in row["changes"]:  # type: ignore[attr-defined]
        assert all(c.replace("_", " ") in flat for c in change["criteria"])


def test_explain_knows_every_id_it_lists() -> None:
    ids = run("explain").stdout.splitlines()
    assert "candidacy.modic_1_or_2" in ids
    assert len(ids) > 20
    for rule in ids[:: max(1, len(ids) // 12)]:
        result = run("explain", rule)
        assert result.exit_code == 0
        assert result.stdout.startswith(rule)


def test_explain_suggests_near_ids() -> None:
    assert "did you mean candidacy.modic_1_or_2" in run("explain", "candidacy.modic1or2").stderr


def test_explain_takes_a_criterion_of_the_default_policy_and_points_to_policies() -> None:
    assert run("explain", "modic_1_or_2").stdout == run("explain", "candidacy.modic_1_or_2").stdout != ""
    result = run("explain", "uhc")
    assert result.exit_code == 2
    assert "uhc is a policy; `bvnscreen policies show uhc` shows it" in result.stderr


# -- processes -----------------------------------------------------------------------------------


def _broken(_: Note) -> NoteFacts:
    raise KeyError("modic.toml, line 3")


def test_a_language_layer_that_does_not_start_is_no_unreadable_note(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(language, "read", _broken)
    result = run("extract", folder)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "does not start (KeyError: 'modic.toml, line 3')" in result.stderr


def command(*args: object) -> list[str]:
    return [sys.executable, "-c", "from bvnscreen.cli import main; main()", *map(str, args)]


def test_output_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    """With the real language layer."""
    path = tmp_path / "a.jsonl"
    lines = [
        {
            "note_id": f"n{i}",
            "patient_id": f"p{i % 7}",
            "text": f"IMPRESSION: Modic type {1 + i % 2} at L4-L5. {i}",
        }
        for i in range(workers.FEW + 40)
    ]
    path.write_text("".join(json.dumps(x) + "\n" for x in lines) + "{broken\n")
    for verb in ("extract", "screen"):
        outputs = {
            subprocess.run(
                command(verb, path, "--workers", n), capture_output=True, check=False, timeout=120
            ).stdout
            for n in (1, 2)
        }
        assert len(outputs) == 1
        assert outputs != {b""}


# -- the command as a process ----------------------------------------------------------------------


def call(*args: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*args), capture_output=True, text=True, timeout=60, check=False, **more)  # type: ignore[call-overload, no-any-return]


HELP = "import sys; sys.argv = {}; from bvnscreen.cli import app; app(standalone_mode=False)"


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import bvnscreen", HEAVY),
        (HELP.format(["bvnscreen", "--help"]), HEAVY),
        # The help of a command loads pydantic because typer itself does.
        (HELP.format(["bvnscreen", "screen", "--help"]), HEAVY[:-1]),
    ],
)
def test_help_and_import_load_nothing_heavy(code: str, heavy: Sequence[str]) -> None:
    check = f"{code}\nimport sys\nprint([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


VERBS = ["extract", "screen", "run", "explain", "policies list", "policies show", "policies diff"]


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_an_example(verb: str) -> None:
    assert f"bvnscreen {verb}" in run(*verb.split(), "--help").stdout.split("Example")[1]


def test_version() -> None:
    from bvnscreen import __version__

    assert run("--version").stdout == f"bvnscreen {__version__}\n"


def test_a_reader_that_goes_away_is_no_error_message(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Modic 2 at L4-L5"}\n' * 2000)
    process = subprocess.Popen(
        command("extract", path, "--workers", 1), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 141


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("explain",),
        ("policies", "show", "candidacy"),
        ("policies", "list", "-f", "json"),
        ("screen", "corpora/seed.jsonl", "-f", "table"),
        ("screen", "corpora/seed.jsonl", "-f", "html"),
    ],
)
def test_no_command_minds_a_reader_that_is_gone(arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        command(*arguments),
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        check=False,
        timeout=60,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_ctrl_c_is_130_and_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Modic 2 at L4-L5. No fracture. Failed physical therapy."}\n' * 200_000)
    out = tmp_path / "out" / "result.jsonl"
    out.parent.mkdir()
    process = subprocess.Popen(command("extract", path, "-o", out, "--workers", 1), stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not any(p.stat().st_size for p in out.parent.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert list(out.parent.iterdir()) == []


def test_piped_output_has_no_colour_and_stderr_no_progress(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Modic type 2 at L4-L5")
    done = call("screen", path, "--format", "table")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_fault_of_the_program_is_named_without_its_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("JANEQDOE")

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.setattr(sys, "argv", ["bvnscreen", "extract", "x.txt"])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 3
    error = capsys.readouterr().err
    assert "RuntimeError at test_cli.py" in error
    assert "JANEQDOE" not in error


DOCUMENTATION = (Path(__file__).parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_documentation_names_every_command_and_option(verb: str) -> None:
    assert f"bvnscreen {verb}" in DOCUMENTATION
    options = re.findall(r"(--[a-z-]+)", run(*verb.split(), "--help").stdout.split("Options")[1])
    assert [o for o in options if o != "--help" and o not in DOCUMENTATION] == []


@pytest.mark.parametrize("verb", VERBS[3:])
def test_the_examples_work(verb: str) -> None:
    pages = run(*verb.split(), "--help").stdout.split("Example")[1] + DOCUMENTATION
    examples = re.findall(rf"bvnscreen ({verb} [a-z0-9_. -]+)", pages)
    assert examples
    for example in examples:
        assert run(*example.split()).exit_code == 0
