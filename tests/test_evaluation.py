"""The figures of `bvnscreen evaluate`: what counts as found, how sure that is, and whose error it was."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bvnscreen import cli, evaluation
from bvnscreen.evaluation import exchange, report, score, stats
from bvnscreen.evaluation.gold import GoldCase, GoldError, GoldNote, load
from bvnscreen.facts import (
    Duration,
    Evidence,
    Finding,
    Modic,
    Note,
    NoteFacts,
    Pain,
    Procedure,
    Score,
    to_dict,
)

TEXT = "MRI: Modic 2 changes at L4-L5. No stenosis. Had PT for 3 months, low back pain for 2 years. ODI 42."


# -- figures -----------------------------------------------------------------------------------------


# Newcombe, Statistics in Medicine 1998;17:857, table I, method 3; the last rows by hand: z2/(n+z2) = 0.2775.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 10, 0.0000, 0.2775),
        (10, 10, 0.7225, 1.0000),
    ],
)
def test_wilson(k: int, n: int, low: float, high: float) -> None:
    estimate = stats.wilson(k, n)
    assert (estimate.low, estimate.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert estimate.value == k / n


def test_nothing_counted_gives_no_proportion() -> None:
    assert stats.wilson(0, 0).value is None
    assert stats.f1_by_cluster({"a": (0, 0, 0)}).value is None
    with pytest.raises(ValueError, match="3 of 2"):
        stats.wilson(3, 2)


def test_bootstrap_draws_patients() -> None:
    """Half of the findings missed: surer when all patients are alike than when some are lost whole."""
    alike = stats.f1_by_cluster({f"p{i}": (2, 0, 2) for i in range(10)})
    apart = stats.f1_by_cluster({f"p{i}": (4, 0, 0) if i % 2 else (0, 0, 4) for i in range(10)})
    assert alike.value == apart.value == pytest.approx(2 / 3)
    assert alike.low == alike.high == alike.value
    assert apart.low is not None
    assert apart.high is not None
    assert apart.low < 0.45 < 0.85 < apart.high


def test_bootstrap_is_seeded() -> None:
    clusters = {"a": (3, 1, 0), "b": (1, 0, 2), "c": (5, 2, 1)}
    assert stats.f1_by_cluster(clusters) == stats.f1_by_cluster(dict(reversed(clusters.items())))


def test_kappa() -> None:
    """Two readers, 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.7 observed, 0.5 by chance."""
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert stats.kappa(table) == pytest.approx(0.4)
    assert stats.kappa({("yes", "yes"): 9}) is None
    assert stats.kappa({}) is None


# -- what counts -------------------------------------------------------------------------------------


def modic(types: str, *levels: str, assertion: str = "present", **more: Any) -> dict[str, Any]:
    return {"types": types.split("/"), "levels": list(levels), "assertion": assertion, **more}


def finding(concept: str, *levels: str, assertion: str = "present", **more: Any) -> dict[str, Any]:
    return {"concept": concept, "levels": list(levels), "assertion": assertion, **more}


def treatment(name: str, status: str = "done", **more: Any) -> dict[str, Any]:
    return {"name": name, "status": status, **more}


def compared(family: str, want: Any, got: Any, text: str = "") -> score.Scores:
    case = GoldCase("p1", (GoldNote(Note(text, "n1"), {family: want}),))
    return score.compare([case], {"n1": {family: got}}, {})


LISTS = [
    # What gold says, what was read, how many were found, extra and missed, and the cause named.
    ([modic("2", "L4-L5")], [modic("2", "L4-L5")], (1, 0, 0), None),
    ([modic("1/2", "L4-L5")], [modic("2", "L4-L5")], (1, 0, 1), "missed"),
    ([modic("2", "L4-L5", "L5-S1")], [modic("2", "L4-L5")], (1, 0, 1), "missed"),
    ([modic("2", "L4-L5")], [modic("2", "L4-L5", "L5-S1")], (1, 1, 0), "extra"),
    ([modic("2", "L4-L5")], [modic("2", "L5-S1")], (0, 1, 1), "wrong level"),
    ([modic("2", "L4-L5")], [modic("2")], (0, 1, 1), "wrong level"),
    ([modic("2")], [modic("2", "L4-L5")], (0, 1, 1), "wrong level"),
    ([modic("2", "L4-L5")], [modic("1", "L4-L5")], (0, 1, 1), "wrong type"),
    ([modic("2", "L4-L5", assertion="possible")], [modic("2", "L4-L5")], (0, 1, 1), "wrong assertion"),
    # Reading "absent" claims nothing: the present one is missed, and that is one error.
    ([modic("2", "L4-L5")], [modic("2", "L4-L5", assertion="absent")], (0, 0, 1), "wrong assertion"),
    ([], [modic("2", "L4-L5", assertion="absent")], (0, 0, 0), None),
    ([], [modic("2", "L4-L5", assertion="historical")], (0, 1, 0), "extra"),
    ([modic("2", "L4-L5")], [], (0, 0, 1), "missed"),
    # A question may be read as a question, or not at all, but not as a finding.
    ([modic("2", assertion="hypothetical")], [], (0, 0, 0), None),
    ([modic("2", assertion="hypothetical")], [modic("2")], (0, 1, 0), "extra"),
    # A gold entry without the key says nothing about levels.
    ([{"types": ["2"], "assertion": "present"}], [modic("2", "L4-L5")], (1, 0, 0), None),
    # Bodies named by the gold may be read as bodies and as the disc between them.
    (
        [{"types": ["2"], "vertebrae": ["L4"], "assertion": "present"}],
        [modic("2", "L4-L5", vertebrae=["L4"])],
        (1, 0, 0),
        None,
    ),
]


@pytest.mark.parametrize(("want", "got", "counts", "cause"), LISTS)
def test_units_of_a_list(want: Any, got: Any, counts: tuple[int, int, int], cause: str | None) -> None:
    scores = compared("modic", want, got)
    clusters = scores.tallies["modic"].clusters
    assert tuple(clusters.get("p1", [0, 0, 0])) == counts
    assert [miss.cause for miss in scores.misses] == ([cause] if cause else [])


def test_two_findings_without_level_are_two_errors() -> None:
    scores = compared("findings", [finding("fracture")], [finding("tumor")])
    assert sorted(miss.cause for miss in scores.misses) == ["extra", "missed"]


@pytest.mark.parametrize(
    ("family", "want", "got", "counts"),
    [
        ("procedures", [treatment("PT")], [treatment("PT")], (1, 0, 0)),
        ("procedures", [treatment("PT")], [treatment("PT", "planned")], (0, 1, 1)),
        ("procedures", [], [treatment("PT", "declined")], (0, 0, 0)),
        ("procedures", [treatment("MBB", nerves=["L3"])], [treatment("MBB", nerves=["L3"])], (1, 0, 0)),
        ("pain", {"axial": True, "quote": "x"}, {"axial": True, "midline": True}, (1, 0, 0)),
        ("pain", {"axial": True, "quote": "x"}, {"axial": None}, (0, 0, 1)),
        ("pain", {"aggravating": ["sitting", "flexion"]}, {"aggravating": ["sitting"]}, (1, 0, 1)),
        ("pain", {}, {"axial": True}, (0, 1, 0)),
        ("pain", {}, None, (0, 0, 0)),
        ("duration", {"months_min": 24}, {"months_min": 23.7}, (1, 0, 0)),
        ("duration", {"months_min": 24}, {"months_min": 18.0}, (0, 1, 1)),
        ("duration", {"ge_6mo": True}, {"ge_6mo": True, "symptom": "low_back_pain"}, (1, 0, 0)),
        ("scores", [{"name": "ODI", "value": 42}], [{"name": "ODI", "value": 42.0}], (1, 0, 0)),
        ("scores", [{"name": "ODI", "value": 42}], [{"name": "ODI", "value": 24.0}], (0, 1, 1)),
    ],
)
def test_units_of_other_families(family: str, want: Any, got: Any, counts: tuple[int, int, int]) -> None:
    assert tuple(compared(family, want, got).tallies[family].clusters.get("p1", [0, 0, 0])) == counts


def test_what_is_not_annotated_is_not_scored() -> None:
    case = GoldCase("p1", (GoldNote(Note("", "n1"), {"modic": []}),))
    scores = score.compare([case], {"n1": {"modic": [], "findings": [finding("fracture")]}}, {})
    assert set(scores.tallies) == {"modic"}


def test_details_of_found_entries() -> None:
    want = [finding("disc_bulge", "L4-L5", side="left", size_mm=3), finding("fracture", grade=1)]
    got = [finding("disc_bulge", "L4-L5", side="right", size_mm=3.0)]
    details = compared("findings", want, got).tallies["findings"].details
    assert dict(details) == {"side": [0, 1], "size_mm": [1, 1]}


@pytest.mark.parametrize(
    ("want", "got", "cell"),
    [
        ("present", "present", ("yes", "yes")),
        ("present", "possible", ("yes", "undetermined")),
        ("possible", "absent", ("undetermined", "no")),
        ("absent", "present", ("no", "yes")),
        ("historical", "absent", ("no", "no")),
    ],
)
def test_undetermined_is_never_a_no(want: str, got: str, cell: tuple[str, str]) -> None:
    scores = compared("findings", [finding("fracture", assertion=want)], [finding("fracture", assertion=got)])
    assert scores.tallies["findings"].answers == {cell: 1}
    figures = report.figures(scores.tallies["findings"])
    decided = figures["sensitivity"].n + figures["specificity"].n
    assert decided == (0 if "undetermined" in cell else 1)
    assert sum(figures["undetermined"].values()) == 1 - decided


def test_verdicts() -> None:
    expected = {
        "determination": "needs_documentation",
        "criteria": {"modic_1_or_2": "met", "axial_predominant": "undocumented", "level_limit": "not_met"},
        "current_modic": [{"types": ["2"], "levels": ["L4-L5"]}],
    }
    verdict = {
        "determination": "meets",
        "criteria": [
            {"id": "modic_1_or_2", "status": "met"},
            {"id": "axial_predominant", "status": "not_met", "evidence": [{"text": "radiates"}]},
            {"id": "level_limit", "status": "unclear"},
        ],
        "current_modic": [{"types": ["2"], "levels": ["L4-L5"]}],
    }
    case = GoldCase("p1", (GoldNote(Note(TEXT, "n1"), {}),), expected=expected)
    scores = score.compare([case], {"n1": {}}, {"p1": verdict})
    assert scores.tallies["current_modic"].clusters["p1"] == [1, 0, 0]
    assert scores.tallies["criterion modic_1_or_2"].answers == {("yes", "yes"): 1}
    assert scores.tallies["criterion axial_predominant"].answers == {("undetermined", "no"): 1}
    assert scores.tallies["criterion level_limit"].answers == {("no", "undetermined"): 1}
    # "meets" on a chart that lacks something is an extra yes: it lowers precision.
    assert scores.tallies["determination"].clusters["p1"] == [0, 1, 0]
    assert {(m.cause, m.text) for m in scores.misses} == {
        ("undocumented read as not_met", "radiates"),
        ("not_met read as unclear", ""),
        ("needs_documentation read as meets", ""),
    }


def test_errors_show_their_words() -> None:
    entry = modic("2", "L5-S1", evidence={"note_id": "n1", "start": 5, "end": 12, "text": "Modic 2"})
    (miss,) = compared("modic", [], [entry], TEXT).misses
    assert "[Modic 2] changes at L4-L5." in miss.text
    table = report.to_table(compared("modic", [], [entry], TEXT))
    assert "modic, extra: 1\n  n1: want -, got 2 L5-S1 present: MRI: [Modic 2] changes" in table


# -- gold files --------------------------------------------------------------------------------------

CASE = """
id = "{id}"
about = "one line"
[[note]]
id = "{id}-n1"
type = "mri_report"
text = '''
Modic type {type} change at L4-L5. Canal patent.
'''
[[note.modic]]
types = ["{type}"]
levels = ["L4-L5"]
assertion = "{assertion}"
quote = "Modic type {type} change"
"""


def write(folder: Path, **values: str) -> Path:
    folder.mkdir(exist_ok=True)
    values = {"id": "c1", "type": "2", "assertion": "present"} | values
    (folder / f"{values['id']}.toml").write_text(CASE.format(**values), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("id = ", "not a UTF-8 TOML file"),
        ("about = 'x'", "'id' is missing"),
        ("id = 'c1'", "'note' is missing"),
        ("id = 'c1'\n[[note]]\nid = 'n1'", "a note without 'text'"),
        (CASE.format(id="c1", type="2", assertion="present").replace("quote", "cite"), "modic has no quote"),
        (
            CASE.format(id="c1", type="2", assertion="present").replace('quote = "Modic', 'quote = "modic'),
            "a quote of modic is not in the text",
        ),
    ],
)
def test_gold_says_what_is_wrong_but_not_the_text(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "c1.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=complaint) as caught:
        load([path])
    assert "Canal" not in str(caught.value)


def test_a_folder_without_cases_and_an_id_used_twice(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotated case"):
        load([tmp_path])
    with pytest.raises(GoldError, match="case id given twice: c1"):
        load([write(tmp_path / "a"), write(tmp_path / "b")])
    with pytest.raises(GoldError, match="no such file"):
        load([tmp_path / "nowhere"])


def test_two_annotators(tmp_path: Path) -> None:
    for name in ("c1", "c2", "c3"):
        write(tmp_path / "first", id=name)
        write(tmp_path / "second", id=name, assertion="possible" if name == "c3" else "present")
    answer = json.loads(evaluation.command([tmp_path / "first"], against=[tmp_path / "second"], form="json"))
    measure = answer["measures"]["modic"]
    assert (measure["found"], measure["extra"], measure["missed"]) == (2, 1, 1)
    assert measure["f1"]["value"] == pytest.approx(2 / 3)
    assert measure["confusion"] == [
        {"gold": "present", "read": "present", "count": 2},
        {"gold": "present", "read": "possible", "count": 1},
    ]


def test_annotators_of_different_notes_are_refused(tmp_path: Path) -> None:
    first, second = write(tmp_path / "first"), write(tmp_path / "second", type="1")
    with pytest.raises(GoldError, match="not the same notes on both sides: c1-n1"):
        evaluation.command([first], against=[second])


# -- annotation tools --------------------------------------------------------------------------------


def evidence(text: str, words: str, note_id: str = "n/1") -> Evidence:
    start = text.index(words)
    return Evidence(note_id, start, start + len(words), words)


def read_note() -> tuple[Note, NoteFacts]:
    """A note with a character outside the basic plane, CRLF, and an entry of every family."""
    text = f"\N{BONE} MRI\r\nModic 1/2 at\r\nL4-L5. {TEXT}"
    note = Note(text, "n/1", "p1", "2025-03-04", "clinic_note")
    facts = NoteFacts(
        "n/1",
        "p1",
        modic=(Modic(("1", "2"), "present", evidence(text, "Modic 1/2 at\r\nL4-L5"), levels=("L4-L5",)),),
        findings=(Finding("stenosis", "absent", evidence(text, "No stenosis")),),
        procedures=(Procedure("PT", "done", evidence(text, "PT"), drug="a; b=c", duration_months=3.0),),
        pain=Pain(evidence(text, "low back pain"), region="low_back", axial=True),
        duration=Duration(evidence(text, "for 2 years"), months_min=24.0, months_max=24.0, ge_6mo=True),
        scores=(Score("ODI", 42.0, evidence(text, "ODI 42")),),
    )
    return note, facts


def corrected_label_studio(path: Path) -> None:
    """What the tool makes of an import that a person submits unchanged."""
    tasks = json.loads(path.read_bytes())
    for number, task in enumerate(tasks, 1):
        task["id"], task["annotations"] = number, task.pop("predictions")
    path.write_text(json.dumps(tasks), encoding="utf-8")


def export(name: str, folder: Path) -> Path:
    read = [read_note()]
    if name == "brat":
        exchange.write_brat(folder / "brat", read)
        return folder / "brat"
    if name == "label_studio":
        exchange.write_label_studio(folder / "tasks.json", read)
        corrected_label_studio(folder / "tasks.json")
        return folder / "tasks.json"
    text = read[0][0].text.replace("\N{BONE}", "+")
    note = Note(text, "n/1", "p1", "2025-03-04", "clinic_note")
    exchange.write_doccano(folder / "rows.jsonl", [(note, read[0][1])])
    return folder / "rows.jsonl"


@pytest.mark.parametrize("name", ["brat", "label_studio", "doccano"])
def test_what_was_written_reads_back_as_the_same(name: str, tmp_path: Path) -> None:
    _, facts = read_note()
    (case,) = load([export(name, tmp_path)])
    (gold,) = case.notes
    assert (case.id, gold.note.note_id, gold.note.date) == ("p1", "n/1", "2025-03-04")
    scores = score.compare([case], {"n/1": to_dict(facts)}, {})
    assert scores.misses == []
    assert set(scores.tallies) == {"modic", "findings", "procedures", "pain", "duration", "scores"}
    assert all(sum(c[0] for c in tally.clusters.values()) for tally in scores.tallies.values())
    if name != "doccano":
        details = scores.tallies["procedures"].details
        assert details["drug"] == details["duration_months"] == [1, 1]


def test_brat_splits_marks_at_line_ends(tmp_path: Path) -> None:
    lines = (export("brat", tmp_path) / "n%2F1.ann").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "T1\tmodic 7 19;21 26\tModic 1/2 at L4-L5"
    assert lines[1].startswith("#1\tAnnotatorNotes T1\ttypes=1,2; assertion=present; levels=L4-L5; ")


def shift(path: Path, by: int) -> None:
    """Moves every offset, as a tool does that counts a bone as two."""
    tasks = json.loads(path.read_bytes())
    for region in tasks[0]["annotations"][0]["result"]:
        region["value"]["start"] += by
        region["value"]["end"] += by
    path.write_text(json.dumps(tasks), encoding="utf-8")


def test_utf16_offsets_are_converted(tmp_path: Path) -> None:
    path = export("label_studio", tmp_path)
    straight = load([path])
    shift(path, 1)
    assert load([path]) == straight


def test_offsets_that_fit_nothing_are_reported(tmp_path: Path) -> None:
    path = export("label_studio", tmp_path)
    shift(path, 3)
    with pytest.raises(GoldError, match="region m1: its text does not stand at its offsets"):
        load([path])


def test_doccano_offsets_behind_a_wide_character_are_reported(tmp_path: Path) -> None:
    exchange.write_doccano(tmp_path / "rows.jsonl", [read_note()])
    with pytest.raises(GoldError, match=r"rows\.jsonl:1: offsets 7-26 cannot be trusted"):
        load([tmp_path / "rows.jsonl"])


def test_a_task_nobody_looked_at_is_no_gold(tmp_path: Path) -> None:
    exchange.write_label_studio(tmp_path / "tasks.json", [read_note()])
    with pytest.raises(GoldError, match="task 1 has no annotation"):
        load([tmp_path / "tasks.json"])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("T1\tsome-thing 0 3\tMRI", "unknown label 'some-thing'"),
        ("T1\tfindings 0 3\tMRI", "unknown label 'findings'"),
        ("T1\tmodic 0 3\tMRI\n#1\tAnnotatorNotes T1\ttype=2", "modic: fields not understood"),
        ("T1\tmodic 1 4\tMRI", "T1: its text does not stand at its offsets"),
    ],
)
def test_brat_says_which_mark_is_wrong(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "n.txt").write_text("MRI of a spine", encoding="utf-8")
    (tmp_path / "n.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=complaint):
        load([tmp_path])


def test_a_new_mark_without_fields_is_the_plain_case(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("fractured, PT", encoding="utf-8")
    (tmp_path / "n.ann").write_text(
        "T1\tfindings-fracture 0 9\tfractured\nT2\tprocedures-PT 11 13\tPT\n", "utf-8"
    )
    said = load([tmp_path])[0].notes[0].said
    assert (said["findings"][0]["assertion"], said["procedures"][0]["status"]) == ("present", "done")


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "levels": st.lists(st.sampled_from(["L4-L5", "L5-S1"]), min_size=1),
        "drug": st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
            lambda s: s == s.strip()
        ),
        "axial": st.booleans(),
        "grade": st.integers(0, 4),
        "relief_pct": st.floats(0, 100),
    },
)


@given(VALUES)
def test_fields_survive_as_text(said: dict[str, Any]) -> None:
    text = exchange._to_text(said)
    assert exchange._from_text(text) == said
    assert "\n" not in text
    assert "\t" not in text


# -- the commands --------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_evaluate_reads_the_notes_itself(tmp_path: Path) -> None:
    code, out, err = run("evaluate", str(write(tmp_path / "gold")), "--format", "json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert (answer["cases"], answer["notes"], answer["measures"]["modic"]["found"]) == (1, 1, 1)


def test_evaluate_names_a_bad_file_without_its_text(tmp_path: Path) -> None:
    path = write(tmp_path / "gold") / "c1.toml"
    path.write_text(path.read_text("utf-8").replace("change at", "loss at"), encoding="utf-8")
    code, out, err = run("evaluate", str(path))
    assert (code, out) == (1, "")
    assert "c1-n1: a quote of modic is not in the text" in err
    assert "Canal" not in err


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("notes.jsonl", '{"text": "Canal stenosis"}', "no 'label'; annotate these notes first"),
        ("chart.jsonl", '{"notes": [{"text": "Canal stenosis"}]}', "no 'label'"),
        ("broken.jsonl", "{Canal", "no annotated notes as expected"),
        ("list.jsonl", '["Canal"]', "no annotated notes as expected"),
        ("notes.json", '[{"text": "Canal stenosis"}]', "task 1 has no annotation"),
        ("row.json", '{"text": "Canal stenosis"}', "no annotated notes as expected"),
    ],
)
def test_notes_that_nobody_annotated_are_no_gold(tmp_path: Path, name: str, data: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    code, out, err = run("evaluate", str(path))
    assert (code, out) == (1, "")
    assert says in err
    assert "Canal" not in err


@pytest.mark.parametrize("tool", ["brat", "doccano", "label-studio"])
def test_annotate_never_writes_over_corrections_and_for_the_owner_only(tool: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    output = tmp_path / "corrected"
    arguments = ("annotate", str(tmp_path / "note.txt"), "--tool", tool, "-o", str(output))
    assert run(*arguments) == (0, "", "")
    files = list(output.iterdir()) if tool == "brat" else [output]
    before = [p.read_bytes() for p in files]
    if os.name != "nt":
        assert {p.stat().st_mode & 0o777 for p in files} == {0o600}
        assert output.stat().st_mode & 0o077 == 0
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"-o {output} is not empty; name a new " in err
    assert [p.read_bytes() for p in files] == before


@pytest.mark.parametrize("tool", ["brat", "doccano"])
def test_annotate_writes_what_evaluate_reads(tool: str, tmp_path: Path) -> None:
    """What is handed to a corrector and comes back untouched agrees with itself."""
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    output = tmp_path / ("brat" if tool == "brat" else "rows.jsonl")
    assert run("annotate", str(tmp_path / "note.txt"), "--tool", tool, "-o", str(output)) == (0, "", "")
    code, out, _ = run("evaluate", str(output), "--format", "json")
    answer = json.loads(out)
    assert (code, answer["misses"]) == (0, [])
    assert answer["measures"]["modic"]["found"] == 1
