"""On real Spark: the same rows as in pandas, from the same notes."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pytest

import bvnscreen
from bvnscreen import spark as on_spark
from bvnscreen import writers

pyspark = pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

NAME = "JANEQDOE"
CHARTS = Path(__file__).parents[1] / "corpora" / "charts" / "dev"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder),
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    del os.environ["PYSPARK_PYTHON"]
    if before is not None:
        os.environ["PYSPARK_PYTHON"] = before


@pytest.fixture(scope="module")
def notes() -> pandas.DataFrame:
    """Charts in order of patient, date and id; rows without a patient; rows that cannot be read."""
    rows: list[dict[str, object]] = []
    for path in sorted(CHARTS.glob("*.toml"))[:8]:
        chart = tomllib.loads(path.read_text("utf-8"))
        for note in chart["note"]:
            rows.append(
                {
                    "note_id": note["id"],
                    "patient_id": chart["id"],
                    "note_date": note.get("date"),
                    "note_type": note.get("type"),
                    "text": f"{note['text']}\n{NAME}",
                    "requested_levels": chart.get("requested_levels") or [],
                }
            )
    rows.sort(key=lambda r: (str(r["patient_id"]), str(r["note_date"] or "~"), str(r["note_id"])))
    alone = {"patient_id": None, "note_date": "2025-01-02", "note_type": None, "requested_levels": []}
    rows.append(alone | {"note_id": "alone", "text": "MRI LUMBAR SPINE. L4-5: Modic 1."})
    rows.append(alone | {"note_id": "blank", "patient_id": " ", "text": "Low back pain for 5 years."})
    rows.append(alone | {"note_id": "empty", "text": None})
    rows.append(alone | {"note_id": "undated", "text": NAME, "note_date": "03/04/2025"})
    return pandas.DataFrame(rows)


def plain(frame: pandas.DataFrame) -> list[str]:
    """Rows as text, sorted, whatever pandas or Spark makes of lists and of nothing."""

    def value(cell: Any) -> object:
        if isinstance(cell, (list, tuple)) or hasattr(cell, "tolist"):
            return list(cell)
        return None if pandas.isna(cell) else int(cell) if isinstance(cell, float) else cell

    return sorted(repr([value(c) for c in row]) for row in frame.itertuples(index=False, name=None))


@pytest.fixture
def df(session: Any, notes: pandas.DataFrame) -> Any:
    """In another order, over four partitions."""
    from pyspark.sql import types

    kinds = {"requested_levels": types.ArrayType(types.StringType())}
    schema = types.StructType(
        [types.StructField(name, kinds.get(name, types.StringType())) for name in notes.columns]
    )
    rows = [tuple(r) for r in notes.sample(frac=1, random_state=5).astype(object).itertuples(index=False)]
    rows = [tuple(None if isinstance(v, float) else v for v in r) for r in rows]
    return session.createDataFrame(rows, schema).repartition(4)


def test_extract_gives_the_rows_it_gives_in_pandas(df: Any, notes: pandas.DataFrame) -> None:
    found = on_spark.extract(df)
    assert found.columns == writers.FACT_COLUMNS
    expected = bvnscreen.extract(notes)
    assert len(expected) > 50
    assert plain(found.toPandas()) == plain(expected)


@pytest.mark.parametrize(
    ("policy", "levels"), [("candidacy", None), ("fda-label", "L4-L5,L5-S1")], ids=["own levels", "levels"]
)
def test_screen_gives_the_rows_it_gives_in_pandas(
    df: Any, notes: pandas.DataFrame, policy: str, levels: str | None
) -> None:
    found = on_spark.screen(df, policy, levels)
    assert found.columns == writers.CRITERION_COLUMNS
    expected = bvnscreen.screen(notes, policy, levels)
    assert expected["patient_id"].nunique() >= 9
    assert plain(found.toPandas()) == plain(expected)


def test_without_patients_every_row_is_its_own(df: Any, notes: pandas.DataFrame) -> None:
    found = on_spark.screen(df.drop("patient_id").limit(3)).toPandas()
    assert found["patient_id"].nunique() == 3


def test_nothing_runs_and_nothing_is_collected_until_asked(df: Any, session: Any) -> None:
    """And what reaches Python at once is bounded."""
    tracker = session.sparkContext.statusTracker()
    session.sparkContext.setJobGroup("lazy", "no job may be in it")
    on_spark.extract(df)
    on_spark.screen(df)
    assert list(tracker.getJobIdsForGroup("lazy")) == []
    assert session.conf.get("spark.sql.execution.arrow.maxRecordsPerBatch") == str(on_spark.BATCH_ROWS)


def test_wrong_requests_fail_before_anything_runs(df: Any) -> None:
    with pytest.raises(bvnscreen.InputError, match="'note_id'"):
        on_spark.extract(df.drop("note_id"))
    with pytest.raises(bvnscreen.InputError, match="disc level"):
        on_spark.screen(df, levels="L9")
    with pytest.raises(bvnscreen.PolicyError):
        on_spark.screen(df, "nonesuch")


def test_a_worker_with_other_rules_does_not_answer() -> None:
    with pytest.raises(bvnscreen.InputError, match="other rules"):
        next(on_spark._extract("0" * 64, iter([pandas.DataFrame()])))


def test_no_text_reaches_the_logs(df: Any, capfd: pytest.CaptureFixture[str]) -> None:
    on_spark.extract(df).count()
    on_spark.screen(df).count()
    out, err = capfd.readouterr()
    assert NAME not in out + err
