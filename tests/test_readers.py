"""What comes in is handed on exactly; what cannot be read is named, and the rest goes on."""

from __future__ import annotations

import io
import json
import math
import os
import sys
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bvnscreen import readers
from bvnscreen.facts import Note
from bvnscreen.readers import Columns, Unreadable

TEXT = "MRI LUMBAR SPINE\r\nL4-L5: Modic type 1 – “edema”.\n\n\tNo fracture.\r"


def notes(*sources: object, columns: Columns | None = None) -> list[Note | Unreadable]:
    return [e.note for e in readers.read([str(s) for s in sources], columns)]


def errors(*sources: object, columns: Columns | None = None) -> list[str]:
    return [n.error for n in notes(*sources, columns=columns) if isinstance(n, Unreadable)]


def texts(*sources: object) -> list[str]:
    return [n.text for n in notes(*sources) if isinstance(n, Note)]


def put(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# -- text files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_exactly_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    assert texts(put(tmp_path / "a.txt", TEXT.encode(encoding))) == [TEXT]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1))
def test_any_text_in_jsonl_comes_back_as_it_was(text: str) -> None:
    (entry,) = readers._json_lines(
        readers._Lines(io.BytesIO(json.dumps({"text": text}, ensure_ascii=False).encode())), "a", Columns()
    )
    if text.strip():
        assert isinstance(entry.note, Note)
        assert entry.note.text == text
    else:
        assert isinstance(entry.note, Unreadable)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n ", "empty"),
        ("empty.csv", b"", "empty"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("empty.json", b"", "empty"),
        ("scan.txt", b"%PDF-1.7 ...", "PDF"),
        ("report.docx", b"PK\x03\x04....", "Word"),
        ("report.rtf", b"{\\rtf1 x}", "RTF"),
        ("image.txt", b"\x00\x01\x02\x00\x00\x00" * 20, "binary"),
        ("odd.txt", b"caf\xe9 \x81", "encoding"),
        ("half.txt", "é".encode("utf-16") + b"\x00", "encoding"),
        ("bad.parquet", b"not parquet", "Parquet"),
        ("table.csv", b"PAR1....", "Parquet"),
        ("list.json", b"[1, 2", "not valid JSON"),
        ("half.csv", "note,x".encode("utf-16") + b"\x00", "UTF-16"),
        ("header.csv", b"note_id,text\n", "no rows below the header"),
        ("none.json", b"[]", "no rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (error,) = errors(put(tmp_path / name, data))
    assert says in error


def test_one_stray_nul_is_no_binary(tmp_path: Path) -> None:
    assert texts(put(tmp_path / "a.txt", b"Modic\x002")) == ["Modic\x002"]


def test_a_missing_file_and_an_empty_folder_do_not_stop_the_rest(tmp_path: Path) -> None:
    good, empty = put(tmp_path / "good.txt", "Modic 2"), tmp_path / "empty"
    empty.mkdir()
    found = notes(tmp_path / "nope.txt", empty, good)
    assert [type(n).__name__ for n in found] == ["Unreadable", "Unreadable", "Note"]


def test_folders_are_read_below_and_sorted_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    put(tmp_path / "b" / "deep" / "2.md", "two")
    put(tmp_path / "c.jsonl", '{"text": "three"}\n')
    put(tmp_path / "a.txt", "one")
    put(tmp_path / ".hidden.txt", "no")
    put(tmp_path / ".git" / "x.txt", "no")
    assert texts(tmp_path) == ["one", "two", "three"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all"
)
def test_a_closed_folder_or_file_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    put(tmp_path / "a.txt", "one").chmod(0)
    assert [("permissions" in e) for e in errors(tmp_path)] == [True, True]
    closed.chmod(0o700)


_PIECES = st.sampled_from(
    [
        b'{"text": "x"}',
        b"\n",
        b"\r",
        b",",
        b'"',
        b"text",
        b"note_id",
        b"[",
        b"{",
        b"}",
        b"\xff\xfe",
        b"\x00",
        b"\xe9",
        b"\x81",
    ]
)


@pytest.mark.parametrize("ending", ["txt", "csv", "tsv", "jsonl", "json", "parquet", "stdin"])
@given(data=st.lists(_PIECES | st.binary(max_size=4), max_size=12).map(b"".join))
def test_no_bytes_make_a_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(data)
    if ending == "stdin":
        entries = list(readers._guarded(readers._stdin(io.BytesIO(data), Columns()), "stdin"))
    else:
        entries = list(readers.read([str(path)]))
    assert all(isinstance(e.note, Note | Unreadable) for e in entries)


# -- tables --------------------------------------------------------------------------------------


def test_csv_keeps_line_ends_inside_a_field(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", 'note_id,text\r\n1,"line one\r\nline, ""two""\n"\r\n2,short\r\n')
    assert texts(path) == ['line one\r\nline, "two"\n', "short"]


def test_tsv_and_a_field_larger_than_the_csv_default(tmp_path: Path) -> None:
    long = "x" * 200_000
    assert texts(put(tmp_path / "a.tsv", f"note_id\ttext\n1\t{long}\n")) == [long]


def test_csv_by_utf16_and_by_cp1252(tmp_path: Path) -> None:
    assert texts(put(tmp_path / "a.csv", "text\nCafé\n".encode("utf-16"))) == ["Café"]
    assert texts(put(tmp_path / "b.csv", "text\nCafé\n".encode("cp1252"))) == ["Café"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2,one,two", "3 fields where the header has 2"),
        ("2", "1 fields where the header has 2"),
        ('2,"open', "quote"),
        ("2,", "no text"),
    ],
)
def test_a_bad_csv_row_is_named_and_the_good_ones_come_out(tmp_path: Path, line: str, says: str) -> None:
    path = put(tmp_path / "a.csv", f"note_id,text\n1,good\n{line}\n")
    found = list(readers.read([str(path)]))
    assert found[0].note == Note("good", "1")
    assert isinstance(found[1].note, Unreadable)
    assert says in found[1].note.error
    assert found[1].where == f"{path} row 2"


def test_an_undecodable_csv_row_costs_only_itself(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", b"text\ngood\nbad \x81\xe9\nalso good\n")
    assert texts(path) == ["good", "also good"]
    assert "encoding" in errors(path)[0]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_wrong_column_names_what_was_found_and_the_option(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.csv":
        put(path, "id,note_text\n1,Modic 2\n")
    elif name == "a.jsonl":
        put(path, '{"id": 1, "note_text": "Modic 2"}')
    else:
        table({"id": [1], "note_text": ["Modic 2"]}, path)
    (error,) = errors(path)
    assert error == "no column 'text' (found: id, note_text); name the right one with --text-col"
    assert [n.text for n in notes(path, columns=Columns(text="note_text")) if isinstance(n, Note)] == [
        "Modic 2"
    ]
    (error,) = errors(path, columns=Columns(text="note_text", patient="mrn"))
    assert "--patient-col" in error


def test_a_first_row_that_is_no_header_is_not_repeated(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", '7,"JANEQDOE has Modic 2 at L4-L5."\n')
    assert "JANEQDOE" not in errors(path)[0]
    path = put(tmp_path / "a.csv", 'n1,"JANEQDOE has Modic 2 at L4-L5 and pain for years."\n')
    assert "JANEQDOE" not in errors(path)[0]


def test_parquet_rows_dates_and_charts(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table(
        {
            "text": ["one", "two", None],
            "patient_id": [7.0, math.nan, 8.0],
            "note_date": [datetime(2025, 3, 19, 8), None, None],  # noqa: DTZ001
            "other": [1, 2, 3],
        },
        path,
    )
    assert notes(path) == [
        Note("one", f"{path}:1", "7", "2025-03-19"),
        Note("two", f"{path}:2"),
        Unreadable(f"{path}:3", "there is no text in it", "8"),
    ]
    charts = tmp_path / "charts.parquet"
    table(
        {"patient_id": ["p"], "notes": [[{"note_id": "n", "text": "one"}]], "requested_levels": [["L4-L5"]]},
        charts,
    )
    (entry,) = readers.read([str(charts)])
    assert entry.note == Note("one", "n", "p")
    assert entry.requested_levels == ("L4-L5",)


def table(columns: dict[str, list[object]], path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=1)


def test_jsonl_bad_lines_are_named_by_line(tmp_path: Path) -> None:
    deep = "[" * 200_000
    path = put(
        tmp_path / "a.jsonl",
        f'{{"text": "good"}}\n\n{{"text": \n[1]\n{deep}\n{{"text": 5}}\n{{"text": "end"}}',
    )
    found = list(readers.read([str(path)]))
    assert [(e.where.removeprefix(f"{path} "), isinstance(e.note, Note)) for e in found] == [
        ("line 1", True),
        ("line 3", False),
        ("line 4", False),
        ("line 5", False),
        ("line 6", False),
        ("line 7", True),
    ]


@pytest.mark.parametrize(
    "data",
    [
        '[{"text": "one"}, {"text": "two"}]',
        '{"text": "one"}\n{"text": "two"}',
        '{"notes": [{"text": "one"}, {"text": "two"}]}',
    ],
)
def test_json_is_a_list_a_row_a_chart_or_lines(tmp_path: Path, data: str) -> None:
    assert texts(put(tmp_path / "a.json", data)) == ["one", "two"]


# -- rows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-03-19", "2025-03-19"),
        ("2025-03-19T08:00:00Z", "2025-03-19"),
        ("2025-03-19 08:00", "2025-03-19"),
        ("20250319", "2025-03-19"),
        (20250319, "2025-03-19"),
        (date(2025, 3, 19), "2025-03-19"),
        ("", None),
        (None, None),
        (math.nan, None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    (entry,) = readers.rows([{"text": "x", "note_date": value}])
    assert isinstance(entry.note, Note)
    assert entry.note.date == expected


@pytest.mark.parametrize(
    "value", ["03/04/2025", "2025-13-01", "2025-02-30", "March 2025", "JANEQDOE", "2025-03-199"]
)
def test_a_date_that_would_be_a_guess_is_refused(value: str) -> None:
    (entry,) = readers.rows([{"text": "x", "note_date": value}])
    assert isinstance(entry.note, Unreadable)
    assert "YYYY-MM-DD" in entry.note.error
    assert value not in entry.note.error


def test_missing_values_of_pandas_are_nothing() -> None:
    import pandas

    (entry,) = readers.rows(
        [{"text": "x", "note_id": pandas.NA, "note_date": pandas.NaT, "patient_id": 12.0}]
    )
    assert entry.note == Note("x", "row-1", "12")


def test_rows_of_one_patient_share_a_group_and_others_do_not() -> None:
    found = list(
        readers.rows(
            [
                {"text": "a", "patient_id": 1},
                {"text": "b"},
                {"text": "c"},
                {"patient_id": "1", "notes": [{"text": "d"}, {"text": "e"}, "no note"]},
                {"notes": [{"text": "f"}, {"text": "g"}]},
            ]
        )
    )
    groups = [e.group for e in found]
    assert groups[0] == groups[3] == groups[4] == groups[5]
    assert groups[6] == groups[7]
    assert len({groups[0], groups[1], groups[2], groups[6]}) == 4
    assert [e.note.note_id for e in found[3:6]] == ["1-1", "1-2", "1-3"]
    assert isinstance(found[5].note, Unreadable)


@pytest.mark.parametrize("chart", [[], "text", None])
def test_a_chart_without_notes_is_an_error(chart: object) -> None:
    (entry,) = readers.rows([{"patient_id": "p", "notes": chart}])
    assert isinstance(entry.note, Unreadable)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("L4-L5, L5-S1", ("L4-L5", "L5-S1")), (["L4-5"], ("L4-5",)), (None, ()), ("", ()), (math.nan, ())],
)
def test_requested_levels_of_a_row(value: object, expected: tuple[str, ...]) -> None:
    assert readers.split_levels(value) == expected


# -- standard input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Modic 2\r\nat L4", ["Modic 2\r\nat L4"]),
        ('\n {"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        ('\ufeff{"text": "one"}\n', ["one"]),
        ('{\n "text": "one"\n}\n', ["one"]),
        ('{broken\n{"text": "two"}\n', ["two"]),
        ("{not json} Modic 2\n", ["{not json} Modic 2\n"]),
        ('[{"text": "one"},\n {"text": "two"}]', ["one", "two"]),
        ('\ufeff[\n{"text": "one"}]', ["one"]),
        ("[x] Modic 2", ["[x] Modic 2"]),
        ("[1] Modic 2, text", ["[1] Modic 2, text"]),
        ('note_id,text\n1,"Modic, 2\nat L4"\n2,two\n', ["Modic, 2\nat L4", "two"]),
        ("\ufefftext\tnote_id\none\t1\n", ["one"]),
        (",text,note_id\n0,one,1\n", ["one"]),
        ('"text";"patient_id"\n"one; two";1\n', ["one; two"]),
        ("text\nModic 2\n", ["text\nModic 2\n"]),
        ("Seen today, see text\nModic 2, text\n", ["Seen today, see text\nModic 2, text\n"]),
    ],
)
def test_standard_input_is_a_text_or_rows(
    monkeypatch: pytest.MonkeyPatch, data: str, expected: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    assert texts("-") == expected


@pytest.mark.parametrize(
    ("data", "says"), [("note_id,patient_id,report\n1,2,x\n", "no column 'text'"), ('[{"text": "x"', "JSON")]
)
def test_a_table_on_standard_input_is_never_read_as_one_note(
    monkeypatch: pytest.MonkeyPatch, data: str, says: str
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    (error,) = errors("-")
    assert says in error


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.parquet"])
def test_the_columns_of_a_table_are_told_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.csv":
        put(path, "mrn,text\n1,x\n2,y\n")
    elif name == "a.parquet":
        table({"mrn": [1, 2], "text": ["x", "y"]}, path)
    else:
        rows = ['{"mrn": 1}', '{"mrn": 2, "text": "y"}']
        put(path, "\n".join(rows) if name == "a.jsonl" else f"[{','.join(rows)}]")
    told: list[tuple[str, list[str]]] = []
    assert (
        len(list(readers.read([str(path)], tell=lambda name, names: told.append((name, list(names)))))) == 2
    )
    assert told == [(str(path), ["mrn", "text"])]


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """Constant memory: the second line is not looked at before it is wanted."""

    class Endless(io.RawIOBase):
        lines = 0

        def readable(self) -> bool:
            return True

        def readline(self, size: int | None = -1) -> bytes:
            self.lines += 1
            return b'{"text": "x"}\n'

        def __next__(self) -> bytes:
            return self.readline()

    stream = Endless()
    entries = readers._json_lines(readers._Lines(stream), "a", Columns())  # type: ignore[arg-type]
    for _ in range(5):
        next(entries)
    assert stream.lines <= 6
