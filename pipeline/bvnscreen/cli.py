"""The command line. Results go to standard output or `-o FILE`, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bvnscreen import __version__

if TYPE_CHECKING:
    from rich.console import Console

    from bvnscreen.policy import Criterion, Policy
    from bvnscreen.policy.model import Check, Source
    from bvnscreen.readers import Columns, Entry

EXIT_UNREAD, EXIT_USAGE, EXIT_INTERNAL = 1, 2, 3
# What a shell shows for a command that Ctrl-C ended, and for one whose reader has gone away.
_INTERRUPTED, _BROKEN_PIPE = 130, 141
_POLICY = "candidacy"
_MESSAGES = 20

_EXIT_CODES = (
    "Exit codes: 0 done; 1 some input could not be read (named on stderr, the rest is done); 2 wrong usage."
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EXIT_CODES,
)
policies_app = typer.Typer(no_args_is_help=True, help="List the policies, show one, compare two.")
app.add_typer(policies_app, name="policies")
rules_app = typer.Typer(no_args_is_help=True, help="Check the rule files.")
app.add_typer(rules_app, name="rules")


class FactFormat(StrEnum):
    """Output formats of extract."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class Format(StrEnum):
    """Output formats of screen."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    report = "report"


class ListFormat(StrEnum):
    """Output formats of the policy commands."""

    table = "table"
    json = "json"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        show_default=False,
        help="Text files, tables (.jsonl .csv .tsv .parquet .json), folders of these, or - for stdin.",
    ),
]
_BY_ENDING = typer.Option(
    "--format", "-f", show_default="table on a terminal, else jsonl, or by the ending of -o FILE"
)
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write here; the file appears when all is done.",
        callback=lambda path: None if str(path) == "-" else path,
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, show_default="the cores", help="Number of processes.")
]
TextCol = Annotated[str, typer.Option("--text-col", help="Column of the text.", rich_help_panel="Columns")]
IdCol = Annotated[str, typer.Option("--id-col", help="Column of the note's id.", rich_help_panel="Columns")]
PatientCol = Annotated[
    str, typer.Option("--patient-col", help="Column of the patient's id.", rich_help_panel="Columns")
]
DateCol = Annotated[
    str, typer.Option("--date-col", help="Column of the note's date (YYYY-MM-DD).", rich_help_panel="Columns")
]
TypeCol = Annotated[
    str, typer.Option("--type-col", help="Column of the note's type.", rich_help_panel="Columns")
]
PoliciesOption = Annotated[
    Path | None, typer.Option("--policies", metavar="DIR", help="Take the policies from this folder.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Policies as they stood on this day (YYYY-MM-DD)."),
]
ListFormatOption = Annotated[ListFormat, typer.Option("--format", "-f")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bvnscreen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read lumbar MRI reports and clinic notes, and judge basivertebral nerve ablation criteria.

    Supports judgement, does not replace it. Nothing leaves this computer.
    """


@app.command(epilog=_EXIT_CODES)
def extract(
    paths: Paths,
    form: Annotated[FactFormat | None, _BY_ENDING] = None,
    output: OutputOption = None,
    workers: WorkersOption = None,
    text_col: TextCol = "text",
    id_col: IdCol = "note_id",
    patient_col: PatientCol = "patient_id",
    date_col: DateCol = "note_date",
    type_col: TypeCol = "note_type",
) -> None:
    """What each note says: Modic changes, findings, procedures, pain, duration, with the words that say it.

    [bold]Examples[/bold]

    bvnscreen extract report.txt

    bvnscreen extract notes/ --format csv -o facts.csv

    bvnscreen extract export.parquet --text-col note_text --workers 8 -o facts.jsonl

    pbpaste | bvnscreen extract -
    """
    from bvnscreen import workers as work
    from bvnscreen import writers
    from bvnscreen.readers import Columns

    def rows(entries: Iterable[Entry], report: Report) -> Iterator[dict[str, Any]]:
        for entry, outcome in work.read_entries(entries, _count(workers)):
            report.note(entry, outcome)
            yield work.extract_row(outcome)

    columns = Columns(text_col, id_col, patient_col, date_col, type_col)
    _run(paths, columns, rows, output, _into(output, _format(form, output), writers.FACT_COLUMNS))


@app.command(epilog=_EXIT_CODES)
def screen(
    paths: Paths,
    policy: Annotated[
        str, typer.Option("--policy", "-p", metavar="ID|all", help="See: policies list.")
    ] = _POLICY,
    levels: Annotated[
        str | None,
        typer.Option(
            "--levels", metavar="L4-L5,L5-S1", show_default="read from the notes", help="Discs requested."
        ),
    ] = None,
    patient: Annotated[
        str | None, typer.Option("--patient", metavar="ID", help="All input belongs to this one patient.")
    ] = None,
    form: Annotated[Format | None, _BY_ENDING] = None,
    output: OutputOption = None,
    workers: WorkersOption = None,
    policies: PoliciesOption = None,
    as_of: AsOfOption = None,
    text_col: TextCol = "text",
    id_col: IdCol = "note_id",
    patient_col: PatientCol = "patient_id",
    date_col: DateCol = "note_date",
    type_col: TypeCol = "note_type",
) -> None:
    """Judge each patient's notes by a policy: what is documented, what is not, what contradicts.

    Rows are grouped by patient; a file or row without a patient is its own patient, unless --patient
    says that all of them are one.

    [bold]Examples[/bold]

    bvnscreen screen chart.jsonl

    bvnscreen screen mri.txt visit.txt --patient 17 --levels L4-L5,L5-S1

    bvnscreen screen export.csv --policy all --format csv -o criteria.csv

    bvnscreen screen charts.jsonl --format html -o pages/

    bvnscreen screen chart.jsonl --format report -o review.docx
    """
    from bvnscreen import readers, writers
    from bvnscreen import workers as work

    try:
        wanted = work.requested(readers.split_levels(levels))
    except readers.InputError as exc:
        _usage(f"--levels: {exc}")
    judged_by = _policies(policy, policies, as_of)

    def rows(entries: Iterable[Entry], report: Report) -> Iterator[dict[str, Any]]:
        for where, row in work.screen_rows(_noted(entries, report, _count(workers)), judged_by, wanted):
            if where and "error" in row:
                report.say(where, row["error"])
            yield row

    def reviews(entries: Iterable[Entry], report: Report) -> Iterator[Any]:
        from bvnscreen import report as paper

        for where, found in work.screen_charts(_noted(entries, report, _count(workers)), judged_by, wanted):
            if not isinstance(found, dict):
                yield paper.of(*found)
            elif where:
                report.say(where, found["error"])

    columns = readers.Columns(text_col, id_col, patient_col, date_col, type_col)
    how = _format(form, output, _SCREEN_ENDINGS)
    if how == "html":
        batch = _web("batch")
        folder = output is not None and (output.is_dir() or not (output.suffix or output.exists()))

        def pages(entries: Iterable[Entry], report: Report) -> Iterator[None]:
            if output is not None and folder:
                output.mkdir(mode=0o700, exist_ok=True)
            noted = _noted(entries, report, _count(workers))
            for where, error in batch.write(noted, judged_by, wanted, output):
                report.say(where, error)
                yield

        _run(paths, columns, pages, output, list, folder=folder, patient=patient)
    if how == "report":
        from bvnscreen import report as paper

        def save(found: Iterator[Any]) -> None:
            paper.save(found, output)

        _run(paths, columns, reviews, output, save, folder=paper.is_folder(output), patient=patient)
    if how == "table" and policy == "all":
        how = "overview"
    _run(paths, columns, rows, output, _into(output, how, writers.CRITERION_COLUMNS), patient=patient)


def _noted(entries: Iterable[Entry], report: Report, count: int) -> Iterator[tuple[Entry, Any]]:
    """Each entry with what was read in it; what could not be read is said."""
    from bvnscreen import workers as work

    for entry, outcome in work.read_entries(entries, count):
        report.note(entry, outcome)
        yield entry, outcome


class ShardFormat(StrEnum):
    """Output formats of run."""

    jsonl = "jsonl"
    parquet = "parquet"


@app.command("run", epilog=_EXIT_CODES)
def run_(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A file or a folder, as for extract.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A new folder for the results.")],
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run of this input into DIR was stopped.")
    ] = False,
    form: Annotated[ShardFormat, typer.Option("--format", "-f")] = ShardFormat.jsonl,
    workers: WorkersOption = None,
    text_col: TextCol = "text",
    id_col: IdCol = "note_id",
    patient_col: PatientCol = "patient_id",
    date_col: DateCol = "note_date",
    type_col: TypeCol = "note_type",
) -> None:
    """Extract from any number of notes into a folder: files of 1,000 rows and a manifest.

    A run that was stopped, in whatever way, goes on with --resume and ends with the same files. A note that
    crashes a process or takes longer than a minute becomes a row with `error`.

    [bold]Examples[/bold]

    bvnscreen run export.parquet --out facts/ --format parquet --text-col note_text

    bvnscreen run export.parquet --out facts/ --format parquet --text-col note_text --resume
    """
    import time

    from bvnscreen import batch, readers
    from bvnscreen.workers import SetupError

    columns = readers.Columns(text_col, id_col, patient_col, date_col, type_col)
    start = time.monotonic()
    try:
        with _long_progress() as (began, tick):
            report = Report(tick)

            def told(entry: Entry, error: str | None) -> None:
                report.tick()
                if error is not None:
                    report.say(entry.where, error)

            done = batch.run(
                source,
                out,
                columns=columns,
                form=form.value,
                processes=_count(workers),
                resume=resume,
                began=began,
                told=told,
                tell=partial(report.lacks, columns, False),
            )
    except batch.BatchError as exc:
        _usage(str(exc))
    except SetupError as exc:
        _complain(str(exc))
        raise typer.Exit(EXIT_INTERNAL) from None
    except OSError as exc:
        again = "; go on with --resume" if batch.kept(out) else ""
        _usage(f"{out}: cannot be written ({exc.strerror or type(exc).__name__}){again}")
    except KeyboardInterrupt:
        _complain(f"stopped with {_count_of(batch.kept(out), 'note')} done in {out}; go on with --resume")
        raise typer.Exit(_INTERRUPTED) from None
    report.close()
    seconds = time.monotonic() - start
    new = done.notes - done.before
    said = f"{_count_of(done.notes, 'note')} in {_count_of(done.shards, 'file')} in {out}"
    pace = f"{seconds:,.1f} s, {new / seconds:,.{0 if new >= 10 * seconds else 1}f} a second"
    if done.before:
        pace = f"{new:,} of them now, in {pace}" if new else "nothing was left to do"
    _complain(f"{said}, {done.unreadable:,} could not be read; {pace}")
    raise typer.Exit(EXIT_UNREAD if done.unreadable else 0)


# -- running -----------------------------------------------------------------------------------


class Report:
    """What is said on standard error: unreadable input, by file and row, and how far the run is."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self.unread = self.lacking = 0
        self.tick = tick

    def note(self, entry: Entry, outcome: object) -> None:
        """Count a note, and name it when it could not be read."""
        from bvnscreen.readers import Unreadable

        self.tick()
        if isinstance(outcome, Unreadable):
            self.say(entry.where, outcome.error)

    def say(self, where: str, error: str) -> None:
        """One line for what could not be read; only the first few, the output has them all."""
        self.unread += 1
        if self.unread <= _MESSAGES:
            _complain(f"{where}: {error}")

    def lacks(self, columns: Columns, one_patient: bool, where: str, names: Collection[str]) -> None:
        """Say which columns of a table go by no expected name, and what follows from that."""
        from bvnscreen.readers import Columns, shown_columns

        usual, said = Columns(), []
        if columns.text not in names and "notes" not in names:
            return  # each row says so
        if columns.patient == usual.patient and not one_patient and not {usual.patient, "notes"} & {*names}:
            said.append(
                f"no column {usual.patient!r}, so each row is its own patient (--patient-col names it)"
            )
        if columns.date == usual.date and usual.date not in names:
            said.append(f"no column {usual.date!r}, so only a date in the text counts (--date-col names it)")
        self.lacking += bool(said)
        if said and self.lacking <= _MESSAGES:
            _complain(f"{where}: {'; '.join(said)}; {shown_columns(names)}")

    def close(self) -> None:
        """How many more there were."""
        if self.unread > _MESSAGES:
            _complain(f"and {self.unread - _MESSAGES} more; each has a line with `error` in the output")


def _run(
    paths: list[str],
    columns: Any,
    rows: Callable[[Iterable[Entry], Report], Iterator[Any]],
    output: Path | None,
    write: Callable[[Iterator[Any]], object],
    *,
    folder: bool = False,
    new: bool = False,
    patient: str | None = None,
) -> NoReturn:
    """Read the paths, make rows of the entries and write them.

    `folder`: -o names one; `new`: it must not name a file that holds something; `patient`: whose all
    entries are.
    """
    from bvnscreen import readers
    from bvnscreen import workers as work
    from bvnscreen.writers import WriteError

    if paths.count(readers.STDIN) > 1:
        _usage("- (standard input) can be read once only")
    if readers.STDIN in paths and sys.stdin.isatty():
        typer.echo("Paste the text, then press Ctrl-D (Windows: Ctrl-Z, Enter).", err=True)
    with _progress(output) as tick:
        report = Report(tick)
        try:
            if output is not None:
                _check_output(paths, output, folder, new)
            entries = readers.read(paths, columns, partial(report.lacks, columns, patient is not None))
            write(rows(entries if patient is None else work.of_patient(entries, patient), report))
        except (WriteError, readers.InputError) as exc:
            _usage(str(exc))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_BROKEN_PIPE) from None
        except work.SetupError as exc:
            _complain(str(exc))
            raise typer.Exit(EXIT_INTERNAL) from None
        except OSError as exc:  # of the output: what is wrong with an input is said of its entry
            _usage(f"{output or 'standard output'}: cannot be written ({exc.strerror or type(exc).__name__})")
        report.close()
    raise typer.Exit(EXIT_UNREAD if report.unread else 0)


def _check_output(paths: list[str], output: Path, folder: bool, new: bool) -> None:
    """Refuse an -o that would cost something that is there, or that cannot be made."""
    from bvnscreen import readers

    if not output.exists():
        if not output.absolute().parent.is_dir():
            _usage(f"-o {output}: not in a folder that exists")
        return
    for source in (Path(p) for p in paths if p != readers.STDIN):
        files = readers.files_below(source)[0] if source.is_dir() else [source]
        if any(f.exists() and f.samefile(output) for f in files):
            _usage(f"-o {output} is an input and would be overwritten; name another file")
    if output.is_dir() != folder:
        _usage(f"-o {output} is a {'file; name a folder' if folder else 'folder; name a file'}")
    if any(output.iterdir()) if folder else new and output.is_file() and output.stat().st_size:
        _usage(f"-o {output} is not empty; name a new {'folder' if folder else 'file'}")


def _into(output: Path | None, form: str, csv_columns: list[str]) -> Callable[[Iterator[Any]], None]:
    from bvnscreen import writers

    def write(found: Iterator[Any]) -> None:
        with writers.opened(output) as stream:
            writers.write(found, form, stream, csv_columns)

    return write


_ENDINGS = {"": "jsonl", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv"}
_SCREEN_ENDINGS = _ENDINGS | {".html": "html", ".htm": "html", ".md": "report", ".docx": "report"}


def _format(form: StrEnum | None, output: Path | None, endings: dict[str, str] = _ENDINGS) -> str:
    if form is not None:
        return form.value
    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    if (ending := output.suffix.lower()) not in endings:
        hint = "; `bvnscreen run` writes Parquet" if ending == ".parquet" else ""
        names = ", ".join(filter(None, endings))
        _usage(f"-o {output}: no format has this ending; use one of {names}, or say --format{hint}")
    return endings[ending]


def _count(workers: int | None) -> int:
    from bvnscreen.workers import default_workers

    return workers or default_workers()


def _policies(policy_id: str, directory: Path | None, as_of: str | None) -> list[Policy]:
    from bvnscreen import policy

    day = _day(as_of)
    try:
        if policy_id == "all":
            return list(policy.available(directory=directory, as_of=day))
        return [policy.load(policy_id, directory=directory, as_of=day)]
    except policy.PolicyError as exc:
        _usage(str(exc))


def _day(as_of: str | None) -> date | None:
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError:
        _usage("--as-of: not a date; write it as YYYY-MM-DD")


def _count_of(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _complain(message: str) -> None:
    from bvnscreen.writers import shown

    typer.echo(f"bvnscreen: {shown(message, 1000)}", err=True)


def _usage(message: str) -> NoReturn:
    _complain(message)
    raise typer.Exit(EXIT_USAGE)


@contextmanager
def _progress(output: Path | None) -> Iterator[Callable[[], None]]:
    """A counter on standard error, for people only, and only when the run takes a while."""
    if not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.completed} notes"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("notes", total=None)
        yield lambda: progress.advance(task)


@contextmanager
def _long_progress() -> Iterator[tuple[Callable[[int, int | None], None], Callable[[], None]]]:
    """How far a run is, how fast, and how long it will take, on standard error and for people only."""
    if not sys.stderr.isatty():
        yield (lambda before, total: None), (lambda: None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} notes a second" if task.speed else "starting")

    columns = BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("notes", total=None)
        yield (
            lambda before, total: progress.update(task, completed=before, total=total),
            lambda: progress.advance(task),
        )


# -- policies and rules --------------------------------------------------------------------------


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def _json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@policies_app.command("list", epilog="Example: bvnscreen policies list --as-of 2024-01-01")
def policies_list(
    form: ListFormatOption = ListFormat.table, policies: PoliciesOption = None, as_of: AsOfOption = None
) -> None:
    """All policies, with issuer, date and stance."""
    found = _policies("all", policies, as_of)
    if form is ListFormat.json:
        _json([_policy_row(p) for p in found])
        return
    from rich.padding import Padding
    from rich.text import Text

    console = _console()
    for p in found:
        console.print(Text(p.id, "bold").append(f"  {p.kind}, {_since(p)}, {_STANCES[p.stance]}", "not bold"))
        console.print(Padding(f"{p.title} ({p.issuer})", (0, 0, 0, 4)))


_STANCES = {
    "criteria": "criteria apply",
    "never_covered": "never covered",
    "routed_elsewhere": "routed elsewhere",
}


def _since(p: Policy) -> str:
    return f"in force {p.effective}" if p.effective else "undated"


def _policy_row(p: Policy) -> dict[str, Any]:
    return {
        "id": p.id,
        "title": p.title,
        "issuer": p.issuer,
        "kind": p.kind,
        "version": p.version,
        "effective": p.effective,
        "stance": p.stance,
        "source": p.source.ref,
        "grade": p.source.grade,
    }


@policies_app.command("show", epilog="Example: bvnscreen policies show candidacy")
def policies_show(
    policy_id: Annotated[str, typer.Argument(metavar="ID")],
    form: ListFormatOption = ListFormat.table,
    policies: PoliciesOption = None,
    as_of: AsOfOption = None,
) -> None:
    """One policy: its criteria in plain words, what silence means, and the source of each."""
    (found,) = _policies(policy_id, policies, as_of)
    if form is ListFormat.json:
        _json(_policy_row(found) | {"criteria": [_criterion_row(found, c) for c in found.criteria]})
        return
    from rich.padding import Padding
    from rich.text import Text

    console = _console()
    sources: dict[str, int] = {}

    def cite(source: Source) -> str:
        return f"[{sources.setdefault(source.ref, len(sources) + 1)}, grade {source.grade}]"

    console.print(Text(f"{found.id}  {found.title}", "bold"))
    head = f"{found.issuer}; {found.kind}; version {found.version}; {_since(found)}; {_STANCES[found.stance]}"
    console.print(f"{head} {cite(found.source)}")
    if found.note:
        console.print(found.note)
    for c in found.criteria:
        console.print(Text(f"\n{found.id}.{c.id}", "bold"))
        console.print(Padding(f"{c.plain} {cite(c.source)}", (0, 0, 0, 2)))
        blocks = "" if c.blocks else ", does not block"
        tests = f" {'and' if c.combine == 'all' else 'or'} ".join(map(_test, c.checks))
        kind = "must hold" if c.kind == "include" else "must not be present"
        told = f"{kind}: {tests}; if silent: {c.on_silent.replace('_', ' ')}{blocks}"
        console.print(Padding(Text(told, "dim"), (0, 0, 0, 2)))
    for caution in found.cautions:
        console.print(Text("\ncaution", "bold"))
        console.print(Padding(f"{caution.text} {cite(caution.source)}", (0, 0, 0, 2)))
    console.print()
    for ref, n in sources.items():
        console.print(f"[{n}] {ref}", soft_wrap=True)
    cited = [found.source, *(c.source for c in found.criteria), *(c.source for c in found.cautions)]
    grades = {s.grade for s in cited}
    console.print("Grades: " + "; ".join(f"{g} {words}" for g, words in _GRADES.items() if g in grades) + ".")


_GRADES = {
    "A": "the issuer's own text was read",
    "B": "a third party's summary was read",
    "H": "only its header was read",
    "I": "inferred",
}


def _test(check: Check) -> str:
    def short(value: object) -> str:
        return f"{len(value)} names" if isinstance(value, tuple) and len(value) > 6 else _plain(value)

    said = ", ".join(f"{k} {short(v)}" for k, v in check.params.items() if v not in (None, (), False, 0, inf))
    return f"{check.name} ({said})" if said else check.name


def _criterion_row(p: Policy, c: Criterion) -> dict[str, str]:
    kind = "must hold" if c.kind == "include" else "must not be present"
    return {
        "id": f"{p.id}.{c.id}",
        "meaning": c.plain,
        "kind": kind,
        "if silent": c.on_silent + ("" if c.blocks else " (does not block)"),
        "what to get": c.cure.replace("{levels}", "each requested level"),
        "source": f"{c.source.ref} (grade {c.source.grade}: {_GRADES[c.source.grade]})",
    }


@policies_app.command("diff", epilog="Example: bvnscreen policies diff candidacy fda-label")
def policies_diff(
    first: Annotated[str, typer.Argument(metavar="A")],
    second: Annotated[str, typer.Argument(metavar="B")],
    form: ListFormatOption = ListFormat.table,
    policies: PoliciesOption = None,
    as_of: AsOfOption = None,
) -> None:
    """What two policies differ in: criteria that only one has, and other thresholds."""
    from bvnscreen import policy

    (a,), (b,) = _policies(first, policies, as_of), _policies(second, policies, as_of)
    found = policy.diff(a, b)
    if form is ListFormat.json:
        from bvnscreen.facts import to_dict

        _json({"a": a.id, "b": b.id} | to_dict(found))
        return
    from rich.padding import Padding
    from rich.text import Text

    console = _console()
    for only, ids in ((a, found.only_in_a), (b, found.only_in_b)):
        console.print(Text(f"only in {only.id}", "bold"))
        for criterion in only.criteria:
            if criterion.id in ids:
                console.print(Padding(f"{criterion.id}: {criterion.plain}", (0, 0, 0, 2)))
        if not ids:
            console.print("  nothing")
    console.print(Text("in both, but different", "bold"))
    plain = [{c.id: c.plain for c in p.criteria} for p in (a, b)]
    for one, other in found.pairs:
        said = one if one == other else f"{one}, {other}"
        console.print(f"  {said}")
        for p, known, criterion_id in ((a, plain[0], one), (b, plain[1], other)):
            console.print(Padding(f"{p.id}: {known[criterion_id]}", (0, 0, 0, 4)))
        for key, x, y in ((k, x, y) for i, k, x, y in found.changed if i == one):
            console.print(Padding(Text(f"{key}: {_plain(x)} | {_plain(y)}", "dim"), (0, 0, 0, 4)))
    if not found.changed:
        console.print("  nothing")


def _plain(value: object) -> str:
    """A parameter in words: of a rule with many fields those that say something."""
    if is_dataclass(value):
        parts = {f.name: getattr(value, f.name) for f in fields(value)}
        return " ".join(
            _plain(v) if k == "concept" else f"{k} {_plain(v)}"
            for k, v in parts.items()
            if v not in (None, (), False)
        )
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "no limit" if value == inf else f"{value:g}"
    return "none" if value is None else str(value)


@rules_app.command("check", epilog="Exit codes: 0 all hold; 1 some rule is wrong; 2 wrong usage.")
def rules_check(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", show_default="those of bvnscreen", help="A folder of rule files."),
    ] = None,
) -> None:
    """Whether each rule has a source and examples that hold, and none is twice or never wins.

    [bold]Example[/bold]

    bvnscreen rules check our-patterns/
    """
    from bvnscreen import resources

    if folder is not None:
        if not any(folder.glob("*.toml")):
            _usage(f"{folder}: no rule files (*.toml) there")
        resources.choose(folder)
    from bvnscreen.language.rule_check import check

    faults = check()
    for fault in faults:
        typer.echo(str(fault))
    _complain(_count_of(len(faults), "fault") if faults else "all rules hold")
    raise typer.Exit(EXIT_UNREAD if faults else 0)


@app.command(epilog="Examples: bvnscreen explain modic.named; bvnscreen explain candidacy.modic_1_or_2")
def explain(
    rule_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help=f"A rule or POLICY.CRITERION; without POLICY, {_POLICY}.",
        ),
    ] = None,
    policies: PoliciesOption = None,
) -> None:
    """What a rule or criterion means, where it comes from, and examples. Without ID: all ids."""
    known = _rules(policies)
    if rule_id not in known and f"{_POLICY}.{rule_id}" in known:
        rule_id = f"{_POLICY}.{rule_id}"
    if rule_id is None:
        typer.echo("\n".join(sorted(known)))
        return
    if rule_id not in known:
        if rule_id in [p.id for p in _policies("all", policies, None)]:
            _usage(f"{rule_id} is a policy; `bvnscreen policies show {rule_id}` shows it")
        from difflib import get_close_matches

        part = rule_id.rpartition(".")[2].lower()
        near = get_close_matches(rule_id, known, n=5, cutoff=0.5)
        near += [k for k in sorted(known) if part and part in k.lower() and k not in near][: 5 - len(near)]
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        _usage(f"no rule or criterion {rule_id!r}{hint} (`bvnscreen explain` lists all)")
    from rich.padding import Padding
    from rich.text import Text

    console = _console()
    console.print(Text(rule_id, "bold"))
    for key, value in known[rule_id].items():
        if key == "id" or value in (None, "", []):
            continue
        label = {"positive": "examples", "negative": "not matched by it"}.get(key, key)
        if key in ("positive", "negative"):
            console.print(f"{label}:")
            for line in value:
                console.print(Padding(f"- {line}", (0, 0, 0, 2)))
        else:
            console.print(f"{label}: {_plain(value)}")


def _rules(directory: Path | None) -> dict[str, dict[str, Any]]:
    """Every rule of patterns/*.toml and every criterion of every policy, by id."""
    import tomllib

    from bvnscreen import resources

    known: dict[str, dict[str, Any]] = {}
    for path in sorted(resources.root().glob("*.toml")):
        for tables in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for rule in tables if isinstance(tables, list) else []:
                if isinstance(rule, dict) and "id" in rule:
                    known[rule["id"]] = rule
    for p in _policies("all", directory, None):
        for c in p.criteria:
            row = _criterion_row(p, c)
            known[row["id"]] = row
    return known


# -- measuring -------------------------------------------------------------------------------------


class Tool(StrEnum):
    """Annotation tools that `annotate` writes for."""

    brat = "brat"
    label_studio = "label-studio"
    doccano = "doccano"


@app.command(epilog=_EXIT_CODES)
def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="Annotated notes: .toml, brat, Label Studio, Doccano; or folders."
        ),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against", metavar="PATH", help="A second annotation of the same notes, instead of our reading."
        ),
    ] = None,
    form: ListFormatOption = ListFormat.table,
) -> None:
    """How well notes are read: figures with intervals, and each disagreement with its words.

    [bold]Examples[/bold]

    bvnscreen evaluate corpora/reports/test

    bvnscreen evaluate first-annotator/ --against second-annotator/
    """
    from bvnscreen import evaluation

    try:
        typer.echo(evaluation.command(paths, against=against or (), form=form.value), nl=False)
    except evaluation.GoldError as exc:
        _complain(str(exc))
        raise typer.Exit(EXIT_UNREAD) from None


@app.command(epilog=_EXIT_CODES)
def annotate(
    paths: Paths,
    tool: Annotated[Tool, typer.Option("--tool", help="The annotation tool to write for.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PATH", help="A file; for brat a folder.")
    ],
    workers: WorkersOption = None,
    text_col: TextCol = "text",
    id_col: IdCol = "note_id",
    patient_col: PatientCol = "patient_id",
    date_col: DateCol = "note_date",
    type_col: TypeCol = "note_type",
) -> None:
    """Write what was read in each note for an annotation tool, to be corrected and evaluated.

    [bold]Example[/bold]

    bvnscreen annotate notes.jsonl --tool brat -o to-correct/
    """
    from bvnscreen import evaluation, readers

    def read(entries: Iterable[Entry], report: Report) -> Iterator[Any]:
        for entry, outcome in _noted(entries, report, _count(workers)):
            if not isinstance(outcome, readers.Unreadable):
                yield entry.note, outcome

    def write(found: Iterator[Any]) -> None:
        evaluation.WRITERS[tool.value](output, list(found))

    columns = readers.Columns(text_col, id_col, patient_col, date_col, type_col)
    _run(paths, columns, read, output, write, folder=tool is Tool.brat, new=True)


# -- the page --------------------------------------------------------------------------------------


def _web(module: str) -> Any:
    """A module of the page, which needs packages that a plain installation lacks."""
    from importlib import import_module

    try:
        return import_module(f"bvnscreen.web.{module}")
    except ModuleNotFoundError as exc:
        if (exc.name or "").startswith("bvnscreen"):
            raise
        _usage(
            f"the page needs more packages ({exc.name} is missing): .venv/bin/pip install -e '.[web,files]'"
        )


@app.command(epilog="Exit codes: 130 ended by Ctrl-C; 2 wrong usage, or the port is taken.")
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8321,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Serve other computers; needs --allow-network.")
    ] = "127.0.0.1",
    allow_network: Annotated[
        bool,
        typer.Option("--allow-network", help="Others who know the printed token may read what is sent."),
    ] = False,
) -> None:
    """The reviewer's page: paste notes, see what is documented, where, and what is missing.

    Only this computer can reach it. Nothing is stored, nothing leaves the computer.

    [bold]Example[/bold]

    bvnscreen serve --open
    """
    from bvnscreen.readers import InputError

    if host != "127.0.0.1" and not allow_network:
        _usage(f"--host {host} lets other computers in, unencrypted; say --allow-network if that is meant")
    server = _web("server")

    def say(address: str) -> None:
        typer.echo(f"The page is at {address}")
        typer.echo("Ctrl-C ends it.", err=True)
        sys.stdout.flush()

    try:
        server.serve(port, host, browse=browse, say=say)
    except InputError as exc:
        _usage(str(exc))


def main() -> None:
    """Run the command line; a fault of the program is named by its type and place, never its message."""
    try:
        app()
    except SystemExit as exc:
        # How click and rich end when nobody reads on.
        if isinstance(exc.__context__, BrokenPipeError):
            sys.exit(_BROKEN_PIPE)
        raise
    except Exception as exc:
        import traceback

        last = traceback.extract_tb(exc.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        _complain(f"internal error ({type(exc).__name__} at {place}); please report it without patient data")
        sys.exit(EXIT_INTERNAL)
