"""Notes in a Spark data frame, read where they are. Needs the extra `spark` and bvnscreen on the workers.

bvnscreen.spark.extract(df).write.parquet("facts")

Each Python worker builds the pipeline once and keeps it. What a row or a patient gives is what
`bvnscreen.extract` and `bvnscreen.screen` give for the same rows in pandas; nothing is collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from bvnscreen import api, policy, resources
from bvnscreen.readers import Columns, InputError, split_levels
from bvnscreen.workers import requested

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame

_COLUMNS = Columns()
# Types of the columns writers.FACT_COLUMNS and writers.CRITERION_COLUMNS.
FACTS = (
    "note_id string, patient_id string, note_date string, family string, name string, levels array<string>,"
    " assertion string, detail string, section string, start int, end int, evidence string,"
    " cues array<string>, rule string, error string"
)
CRITERIA = (
    "patient_id string, policy string, policy_effective string, determination string,"
    " requested_levels array<string>, criterion string, status string, reason string,"
    " evidence array<string>, evidence_notes array<string>, source string, note_id string, error string"
)
# Rows that go to a Python worker at once. Spark's own default would be 10,000 notes.
BATCH_ROWS = 500
_Asked = tuple[str, Sequence[str], str]  # policy, levels, hash of the rules
_BATCH_SETTING, _SPARKS_OWN = "spark.sql.execution.arrow.maxRecordsPerBatch", "10000"


def extract(df: DataFrame) -> DataFrame:
    """One row a fact, as `bvnscreen.extract` gives for a pandas DataFrame; a row with `error` for a note
    that cannot be read.

    `df` has `text` and `note_id` and may have patient_id, note_date and note_type. Raises InputError.
    """
    notes = _notes(df)
    return notes.mapInPandas(partial(_extract, resources.rules_hash()), FACTS)


def screen(
    df: DataFrame, policy_id: str = "candidacy", levels: str | Sequence[str] | None = None
) -> DataFrame:
    """One row a criterion of each patient, as `bvnscreen.screen` gives for a pandas DataFrame.

    Columns as for `extract`, and `requested_levels` if there are any. A row without patient_id is its
    own patient. A patient's notes are taken in order of note_date and note_id.
    Raises InputError for unusable columns or levels and PolicyError for an unknown policy.
    """
    from pyspark.sql import functions

    policy.load(policy_id)
    wanted = requested(split_levels(levels))
    notes = _notes(df)
    asked = policy_id, wanted, resources.rules_hash()
    if _COLUMNS.patient not in notes.columns:
        return notes.mapInPandas(partial(_screen_each, asked), CRITERIA)
    key = functions.trim(functions.col(_COLUMNS.patient).cast("string"))
    known = functions.coalesce(key, functions.lit("")) != ""
    of_patients = notes.filter(known).groupBy(key.alias("key"))
    alone = notes.filter(~known).mapInPandas(partial(_screen_each, asked), CRITERIA)
    return of_patients.applyInPandas(lambda frame: _screen_patient(asked, frame), CRITERIA).unionByName(alone)


def _notes(df: DataFrame) -> DataFrame:
    """The columns that are read, and no others: they would go to Python and back."""
    for name in (_COLUMNS.text, _COLUMNS.id):
        if name not in df.columns:
            raise InputError(f"no column {name!r}; make it with df.withColumnRenamed")
    settings = df.sparkSession.conf
    if settings.get(_BATCH_SETTING) == _SPARKS_OWN:
        settings.set(_BATCH_SETTING, str(BATCH_ROWS))
    wanted = (_COLUMNS.text, _COLUMNS.id, _COLUMNS.patient, _COLUMNS.date, _COLUMNS.type, "requested_levels")
    return df.select(*[name for name in wanted if name in df.columns])


# -- on the workers --------------------------------------------------------------------------------


def _extract(rules: str, frames: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    _check(rules)
    for frame in frames:
        # A row with `error` has no place in the text; whole numbers stay whole beside it.
        yield _plain(api.extract(frame).astype({"start": "Int32", "end": "Int32"}))


def _screen_each(asked: _Asked, frames: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    policy_id, levels, rules = asked
    _check(rules)
    for frame in frames:
        yield _plain(api.screen(frame, policy_id, levels))


def _screen_patient(asked: _Asked, frame: pandas.DataFrame) -> pandas.DataFrame:
    policy_id, levels, rules = asked
    _check(rules)
    order = [name for name in (_COLUMNS.date, _COLUMNS.id) if name in frame.columns]
    return _plain(api.screen(frame.sort_values(order, kind="stable"), policy_id, levels))


def _plain(frame: pandas.DataFrame) -> pandas.DataFrame:
    """None for what is not there: Spark fails on NaN in a column of lists, and on pandas' own strings."""
    return frame.astype(object).where(frame.notna(), None)


def _check(rules: str) -> None:
    """A worker with an older installation must not mix its answers in."""
    if _rules_here() != rules:
        raise InputError("bvnscreen on this worker has other rules than on the driver; install the same")


@lru_cache(maxsize=1)
def _rules_here() -> str:
    return resources.rules_hash()
