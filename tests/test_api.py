"""The Python face: text, notes and data frames in; results, determinations and data frames out."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pandas
import pytest

import bvnscreen
import desk
from bvnscreen import language
from bvnscreen.facts import Note

GOOD = "MRI. Modic 1 at L4-L5. low back pain, physical therapy."


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "read", desk.read)


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert bvnscreen.__all__ == sorted(bvnscreen.__all__)
    for name in bvnscreen.__all__:
        assert getattr(bvnscreen, name) is not None
    assert set(bvnscreen.__all__) <= set(dir(bvnscreen))
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        bvnscreen.nonesuch  # noqa: B018


def test_a_name_is_fetched_only_when_asked_for() -> None:
    code = """
import sys, bvnscreen
before = "bvnscreen.api" in sys.modules
bvnscreen.extract
print(before, "bvnscreen.api" in sys.modules, "spacy" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "True", "False"]


# -- extract -------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", [GOOD, Note(GOOD)])
def test_extract_of_one_text_is_one_result(note: str | Note) -> None:
    result = bvnscreen.extract(note)
    assert [m.types for m in result.modic] == [("1",)]
    assert result.duration is not None
    assert result.duration.months_min == 24
    assert result.to_dict()["modic"][0]["levels"] == ["L4-L5"]
    assert ">Modic 1 at L4-L5</mark>" in result._repr_html_()
    for other in (copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert other == result


def test_extract_of_several_keeps_order_and_names_the_unreadable() -> None:
    items = [
        GOOD,
        Note(GOOD, "n2"),
        {"text": GOOD, "note_id": 3},
        {"text": "CRASH", "note_id": "4"},
        {"note": "x"},
    ]
    results = bvnscreen.extract(items)
    assert [r.note.note_id for r in results] == ["note-1", "n2", "3", "4", "row-5"]
    assert [bool(r.error) for r in results] == [False, False, False, True, True]
    assert results[3].to_dict() == {"note_id": "4", "error": "the note could not be read (ValueError)"}
    with pytest.raises(bvnscreen.InputError, match="note 4: the note could not be read"):
        _ = results[3].modic


def test_a_single_note_that_cannot_be_read_raises_without_its_text() -> None:
    with pytest.raises(bvnscreen.InputError) as caught:
        bvnscreen.extract("CRASH JANEQDOE")
    assert "JANEQDOE" not in str(caught.value)
    with pytest.raises(TypeError):
        bvnscreen.extract(5)  # type: ignore[call-overload]


def test_the_name_of_a_file_is_no_note(tmp_path: Path) -> None:
    path = tmp_path / "mri.txt"
    path.write_text(GOOD)
    for call in (bvnscreen.extract, bvnscreen.screen, bvnscreen.compare):
        with pytest.raises(bvnscreen.InputError, match=r"names a file; give its text: Path\(name\)"):
            call(str(path))  # type: ignore[operator]
    assert bvnscreen.extract("mri.txt of the lumbar spine").modic == ()
    assert bvnscreen.extract("x" * 5000).modic == ()


@pytest.mark.parametrize("dtype", ["object", "string"])
def test_extract_of_a_frame_is_a_frame_of_facts(dtype: str) -> None:
    frame = pandas.DataFrame({"text": [GOOD, None, "CRASH"], "note_id": [1, 2, 3]}).astype({"text": dtype})
    facts = bvnscreen.extract(frame)
    assert list(facts.loc[facts.note_id == "1", "family"]) == ["modic", "procedures", "pain", "duration"]
    modic = facts.iloc[0]
    assert (modic["name"], modic.levels, modic.assertion) == ("type 1", ["L4-L5"], "present")
    assert GOOD[int(modic.start) : int(modic.end)] == modic.evidence
    assert set(facts.loc[facts.error.notna(), "note_id"]) == {"2", "3"}
    with pytest.raises(
        bvnscreen.InputError, match=r"no column 'text' \(found: .*\); rename the right one to"
    ):
        bvnscreen.extract(frame.rename(columns={"text": "body"}))


# -- screen --------------------------------------------------------------------------------------


def test_screen_of_one_patient() -> None:
    verdict = bvnscreen.screen([{"text": GOOD, "note_date": "2025-01-01"}], levels="L4-5")
    assert isinstance(verdict, bvnscreen.Determination)
    assert verdict.requested_levels == ("L4-L5",)
    assert {c.id: c.status for c in verdict.criteria}["modic_1_or_2"] == "met"
    assert verdict.to_dict()["policy"] == "candidacy"
    page = verdict._repr_html_()
    assert "modic_1_or_2" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("notes", "levels", "error"),
    [
        ([{"text": GOOD, "patient_id": 1}, {"text": GOOD, "patient_id": 2}], None, "notes of 2 patients"),
        ([GOOD, "CRASH JANEQDOE"], None, "note note-2: the note could not be read"),
        ([], None, "no notes"),
        (GOOD, ["L4-L9"], "not a disc level"),
        ("   ", None, "no text"),
    ],
)
def test_screen_refuses_what_it_cannot_answer(notes: object, levels: list[str] | None, error: str) -> None:
    with pytest.raises(bvnscreen.InputError, match=error) as caught:
        bvnscreen.screen(notes, levels=levels)
    assert "JANEQDOE" not in str(caught.value)


def test_screen_by_an_unknown_policy() -> None:
    with pytest.raises(bvnscreen.PolicyError, match="candidacy"):
        bvnscreen.screen(GOOD, policy="nonesuch")


def test_screen_of_a_frame_is_a_frame_of_patients_by_criteria() -> None:
    frame = pandas.DataFrame(
        {"text": [GOOD, GOOD, "CRASH"], "patient_id": ["b", "a", "b"], "note_id": ["n1", "n2", "n3"]}
    )
    found = bvnscreen.screen(frame, levels=["L4-L5"])
    judged = found[found.criterion.notna()]
    assert list(judged.patient_id.unique()) == ["b", "a"]
    assert len(judged) == 2 * judged.criterion.nunique() == 18
    assert judged.iloc[0].requested_levels == ["L4-L5"]
    assert list(found.loc[found.error.notna(), "note_id"]) == ["n3"]


def test_compare_gives_patients_by_policies() -> None:
    notes = [
        Note(GOOD, "n1", "b"),
        {"text": GOOD, "note_id": "n2", "patient_id": "a"},
        {"text": "visit", "note_id": "n3", "patient_id": "b"},
    ]
    found = bvnscreen.compare(notes, ["uhc", "candidacy"], levels="L4-L5")
    assert (list(found.index), list(found.columns)) == (["b", "a"], ["uhc", "candidacy"])
    assert list(found.uhc) == ["not_covered", "not_covered"]
    assert found.loc["a", "candidacy"] == bvnscreen.screen(GOOD, levels="L4-L5").determination
    frame = pandas.DataFrame({"text": [GOOD, GOOD], "patient_id": ["x", "y"]})
    assert bvnscreen.compare(frame).shape == (2, 14)


def test_compare_does_not_judge_what_it_could_not_read() -> None:
    with pytest.raises(bvnscreen.InputError, match="could not be read") as caught:
        bvnscreen.compare([GOOD, "CRASH JANEQDOE"])
    assert "JANEQDOE" not in str(caught.value)
