"""The desk: rows of the output contract as JSON, CSV for people, tables for a terminal, HTML.

A writer shows what was decided and decides nothing. Text of a note is data: control characters,
terminal escapes, mark-up and spreadsheet formulas in it are made harmless before it is shown.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = Mapping[str, Any]

CLOSING = "Supports judgement, does not replace it."
# The words that stand out, and the rest of the sentence.
DETERMINATIONS = {
    "meets": ("Documented", ": all that {policy} requires is met on the documented facts."),
    "does_not_meet": ("Does not meet", " {policy} on the documented facts."),
    "needs_review": ("Needs review", ": something decisive for {policy} is unclear or contradicts itself."),
    "needs_documentation": ("Not documented", ": {policy} asks for something that is not in the notes."),
    "not_covered": ("Not covered", ": {policy} never covers this procedure, whatever the notes say."),
}
STATUS_WORDS = {
    "met": "met",
    "not_met": "does not meet",
    "unclear": "unclear",
    "undocumented": "not documented",
}
ICONS = {"met": "✔", "not_met": "✘", "unclear": "?", "undocumented": "○"}
_PLAIN_ICONS = {"met": "+", "not_met": "x", "unclear": "?", "undocumented": "o"}
_STYLES = {
    "met": "green",
    "not_met": "red",
    "unclear": "yellow",
    "undocumented": "blue",
    "meets": "bold green",
    "does_not_meet": "bold red",
    "not_covered": "bold red",
    "needs_review": "bold yellow",
    "needs_documentation": "bold blue",
    "present": "bold",
    "absent": "dim",
    "denied": "dim",
    "not_done": "dim",
    "possible": "yellow",
}


class WriteError(ValueError):
    """Something cannot be written; the message says why and holds no note text."""


def headline(determination: str, policy: str, statuses: Iterable[str]) -> tuple[str, str]:
    """The word that stands out and the rest of the sentence, for criteria of these statuses."""
    word, rest = DETERMINATIONS[determination]
    open_ = sum(s != "met" for s in statuses) if determination == "meets" else 0
    if open_:
        points = "1 further point is" if open_ == 1 else f"{open_} further points are"
        rest = f": all that decides for {{policy}} is met on the documented facts; {points} open."
    return word, rest.format(policy=policy)


# -- where it goes ---------------------------------------------------------------------------------


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when all of it was written."""
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write(rows: Iterable[Row], form: str, stream: TextIO, columns: Sequence[str]) -> None:
    """Write rows as `form`: table, overview (one line a policy), json, jsonl or csv (with these columns)."""
    if isinstance(stream, io.TextIOWrapper):
        if form in ("table", "overview"):  # a terminal that lacks a character shows "?"
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", newline="")
    if form == "csv":
        _csv(rows, stream, columns)
    else:
        {"table": _table, "overview": _overview, "json": _json, "jsonl": _jsonl}[form](rows, stream)


# -- for machines ----------------------------------------------------------------------------------


def dumps(row: object) -> str:
    """One line of JSON; a lone surrogate, which no encoding can write, is escaped."""
    text = json.dumps(row, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(row)
    return text


def _jsonl(rows: Iterable[Row], stream: TextIO) -> None:
    for row in rows:
        stream.write(dumps(row) + "\n")


def _json(rows: Iterable[Row], stream: TextIO) -> None:
    separator = "[\n"
    for row in rows:
        stream.write(separator + dumps(row))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


# -- flat: one line a fact or a criterion ----------------------------------------------------------

FACT_COLUMNS = [
    "note_id",
    "patient_id",
    "note_date",
    "family",
    "name",
    "levels",
    "assertion",
    "detail",
    "section",
    "start",
    "end",
    "evidence",
    "cues",
    "rule",
    "error",
]
CRITERION_COLUMNS = [
    "patient_id",
    "policy",
    "policy_effective",
    "determination",
    "requested_levels",
    "criterion",
    "status",
    "reason",
    "evidence",
    "evidence_notes",
    "source",
    "note_id",
    "error",
]
_FAMILIES = {
    "modic": "Modic",
    "findings": "Findings",
    "procedures": "Procedures",
    "pain": "Pain",
    "duration": "Duration",
    "scores": "Scores",
}
_NAMED = {
    "name",
    "concept",
    "types",
    "levels",
    "vertebrae",
    "endplates",
    "nerves",
    "assertion",
    "status",
    "evidence",
    "support",
    "region",
    "symptom",
    "months_min",
    "months_max",
    "ge_6mo",
    "attribution",
    "duration_at_least",
    "value",
}


def facts(row: Row) -> Iterator[dict[str, Any]]:
    """The facts of an `extract` row, one dict each with the keys of FACT_COLUMNS."""
    note = {key: row.get(key) for key in ("note_id", "patient_id", "note_date")}
    for family in _FAMILIES:
        value = row.get(family)
        for fact in [value] if isinstance(value, Mapping) else value or []:
            evidence = fact["evidence"]
            yield note | {
                "family": family,
                "name": _name(family, fact),
                "levels": [
                    p for k in ("levels", "vertebrae", "endplates", "nerves") for p in fact.get(k) or []
                ],
                "assertion": fact.get("assertion") or fact.get("status") or "present",
                "detail": detail(fact),
                "section": evidence.get("section", ""),
                "start": evidence["start"],
                "end": evidence["end"],
                "evidence": evidence["text"],
                "cues": list(evidence.get("cues") or []),
                "rule": evidence.get("rule", ""),
            }


def _name(family: str, fact: Row) -> str:
    if family == "modic":
        types = "/".join(fact["types"])
        return f"type {types}" if types != "unspecified" else "untyped"
    if family == "duration":
        return " ".join([fact["symptom"], *_months(fact)])
    if family == "scores":
        return f"{fact['name']} {fact['value']:g}"
    return str(fact.get("concept") or fact.get("name") or fact.get("region") or "pain")


def _months(duration: Row) -> Iterator[str]:
    low, high = duration.get("months_min"), duration.get("months_max")
    if low is not None and high is not None:
        yield f"{low:.3g} months" if low == high else f"{low:.3g} to {high:.3g} months"
    elif low is not None:
        yield f"{low:.3g} months or more"
    elif high is not None:
        yield f"up to {high:.3g} months"
    enough = duration.get("ge_6mo")
    yield "(6 months or more: cannot be told)" if enough is None else f"(6 months or more: {_word(enough)})"


# What is said beside a name; what is not here is shown as "key: value".
_DETAILS = {
    "severity": "{}",
    "side": "{}",
    "acuity": "{}",
    "drug": "{}",
    "date": "{}",
    "chronicity": "{}",
    "direction": "{}listhesis",
    "grade": "grade {}",
    "size_mm": "{} mm",
    "slip_pct": "{}% slip",
    "t_score": "T-score {}",
    "roots": "root {}",
    "count": "{} times",
    "sessions": "{} sessions",
    "date_end": "to {}",
    "duration_months": "for {}",
    "relief_pct": "{}% relief",
    "relief_months": "relief for {}",
    "radiation_to": "to {}",
    "episode_days": "flare of {} days",
    "basis": "{}, not named",
}


def detail(fact: Row) -> str:
    parts = []
    for key, value in fact.items():
        if key in _NAMED or value in (None, [], "", "stated"):
            continue
        if key == "low_back" and value == "present" and fact.get("region") == "low_back":
            continue
        if key in ("duration_months", "relief_months"):
            least = "at least " if key == "duration_months" and fact.get("duration_at_least") else ""
            value = least + length_words(value)
        if isinstance(value, bool):
            denied = "no " if key == "radiation" else "not "
            parts.append(("" if value else denied) + key.replace("_", " "))
        else:
            parts.append(_DETAILS.get(key, key.replace("_", " ") + ": {}").format(_word(value)))
    return ", ".join(parts)


def length_words(months: float) -> str:
    """Months; below two, weeks or days, as they were told."""
    if months >= 2:
        return f"{months:.3g} months"
    days = round(months * 30.4)
    weeks = round(days / 7)
    if days >= 7 and abs(days - 7 * weeks) <= 1:
        return f"{weeks} week" + ("" if weeks == 1 else "s")
    return "1 month" if days == 30 else f"{days} day" + ("" if days == 1 else "s")


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def criteria(row: Row) -> Iterator[dict[str, Any]]:
    """The criteria of a `screen` row, one dict each with the keys of CRITERION_COLUMNS."""
    keys = ("patient_id", "policy", "policy_effective", "determination", "requested_levels")
    patient = {key: row.get(key) for key in keys}
    for criterion in row.get("criteria") or []:
        evidence = criterion.get("evidence") or []
        yield patient | {
            "criterion": criterion["id"],
            "status": criterion["status"],
            "reason": criterion.get("reason", ""),
            "evidence": [e["text"] for e in evidence],
            "evidence_notes": list(dict.fromkeys(e["note_id"] for e in evidence)),
            "source": criterion.get("source", ""),
        }


def _csv(rows: Iterable[Row], stream: TextIO, columns: Sequence[str]) -> None:
    """CSV for people: a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.DictWriter(stream, columns, restval="")
    writer.writeheader()
    for row in rows:
        flat = criteria(row) if "criteria" in row else [row] if "error" in row else facts(row)
        for line in flat:
            writer.writerow({key: _cell(value) for key, value in line.items()})


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = " | ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = text.encode("utf-8", "replace").decode()
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


# -- for a terminal --------------------------------------------------------------------------------

_ESCAPES = re.compile(r"\x1b\[[0-9;:?]*[ -/]?[@-~]|\x9b[0-9;:?]*[@-~]")


def shown(text: str, limit: int = 160) -> str:
    """Words of a note on one line: no control, direction or escape characters, cut at `limit`."""
    text = " ".join(_ESCAPES.sub("", text[: 4 * limit]).split())
    text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else "" for c in text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _table(rows: Iterable[Row], stream: TextIO) -> None:
    from rich.console import Console

    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    screened = False
    for row in rows:
        if "error" in row and "criteria" not in row:
            _print_error(console, row)
        elif "criteria" in row:
            screened = True
            _print_determination(console, row)
        else:
            _print_note(console, row)
    if screened:
        console.print(CLOSING, style="italic")


def _overview(rows: Iterable[Row], stream: TextIO) -> None:
    """One line a policy for each patient: the determination and what decides it."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    for (patient,), group in groupby(rows, key=lambda row: (row.get("patient_id"),)):
        del patient
        judged = []
        for row in group:
            if "criteria" in row:
                judged.append(row)
            else:
                _print_error(console, row)
        if judged:
            _print_policies(console, judged)
    console.print(CLOSING, style="italic")


def _print_policies(console: Console, rows: Sequence[Row]) -> None:
    from rich.table import Table

    _heading(console, rows[0]["patient_id"], "all policies")
    _print_request(console, rows[0])
    console.print()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", expand=True)
    for title in ("policy", "in force", "determination"):
        table.add_column(title, no_wrap=True)
    table.add_column("what decides", ratio=1)
    for row in rows:
        word, _ = DETERMINATIONS[row["determination"]]
        table.add_row(
            _text(row["policy"], "bold"),
            _text(row["policy_effective"] or "undated"),
            _text(word.lower(), _STYLES[row["determination"]]),
            _text(_what_decides(row)),
        )
    console.print(table)
    console.print()


def _what_decides(row: Row) -> str:
    """What is not met; without that, what has to be shown: the unclear, then the undocumented."""
    if row["stance"] == "never_covered":
        return "the policy, whatever the notes say"
    if row["stance"] == "routed_elsewhere":
        return "the policy sends the reader elsewhere"
    open_: dict[str, list[str]] = {}
    for c in row["criteria"]:
        open_.setdefault(c["status"], []).append(c["id"].replace("_", " "))
    if "not_met" in open_:
        return "not met: " + _some(open_["not_met"])
    needed = {i.replace("_", " ") for change in row["changes"][:1] for i in change["criteria"]}
    parts = []
    for status in ("unclear", "undocumented"):
        names = [n for n in open_.get(status, []) if n in needed]
        if names:
            parts.append(f"{STATUS_WORDS[status]}: {_some(names)}")
    return "; ".join(parts) or "all that is required is met on the documented facts"


def _some(names: Sequence[str]) -> str:
    """Three of them and how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _text(value: object, style: str = "") -> Text:
    from rich.text import Text

    return Text(shown(str(value), 600), style)


def _heading(console: Console, name: object, *rest: object) -> None:
    from rich.rule import Rule

    parts = [shown(str(p), 60) for p in (name, *rest) if p]
    console.print(Rule(" · ".join(parts), align="left", style="dim", characters=_line(console)))


def _line(console: Console) -> str:
    return "-" if console.options.ascii_only else "─"


def _print_error(console: Console, row: Row) -> None:
    _heading(console, row["note_id"])
    console.print(_text(f"could not be read: {row['error']}", "red"))
    console.print()


def _quote(evidence: Row, console: Console, source: bool = False) -> Text:
    from rich.text import Text

    words = shown(evidence["text"])
    text = Text(f'"{words}"' if console.options.ascii_only else f"“{words}”", "italic")
    cues = [cue for cue in evidence.get("cues") or [] if cue.lower() not in words.lower()]
    if cues:
        text.append(f"  by {', '.join(shown(c, 40) for c in cues)}", "not italic dim")
    if source:
        text.append(f"  [{shown(evidence['note_id'], 60)}]", "not italic dim")
    return text


def _print_note(console: Console, row: Row) -> None:
    from rich.table import Table
    from rich.text import Text

    _heading(console, row["note_id"], row.get("note_date"), row.get("note_type"))
    by_family: dict[str, list[dict[str, Any]]] = {}
    for fact in facts(row):
        by_family.setdefault(fact["family"], []).append(fact)
    for family, title in _FAMILIES.items():
        found = by_family.get(family, [])
        if not found:
            if family != "scores":
                console.print(Text(title, "bold cyan").append("  none stated", "not bold dim"))
            continue
        console.print(Text(title, "bold cyan"))
        # Pain, duration and scores have no level and no assertion of their own: more room for words.
        asserted = family in ("modic", "findings", "procedures")
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=1)
        grid.add_column(ratio=5)
        if asserted:
            grid.add_column(width=12)
            grid.add_column(width=12)
        grid.add_column(ratio=6, no_wrap=True, overflow="ellipsis")
        for fact in found:
            style = _STYLES.get(fact["assertion"], "cyan")
            what = _text(str(fact["name"]).replace("_", " "), style)
            if fact["detail"]:
                what.append_text(_text(f", {fact['detail']}", "not bold"))
            cells = [_text(", ".join(fact["levels"])), _text(fact["assertion"].replace("_", " "), style)]
            grid.add_row(
                "",
                what,
                *(cells if asserted else []),
                _quote({"text": fact["evidence"], "cues": fact["cues"]}, console),
            )
        console.print(grid)
    console.print()


def _print_determination(console: Console, row: Row) -> None:
    from rich.text import Text

    determination, policy = row["determination"], row["policy"]
    since = row.get("policy_effective")
    _heading(console, row["patient_id"], f"{policy} ({since})" if since else policy)
    word, rest = headline(determination, policy, (c["status"] for c in row["criteria"]))
    console.print(Text(word.upper(), _STYLES[determination]).append(rest, "not bold"))
    _print_request(console, row)
    _print_criteria(console, row)
    _print_lists(console, row)
    console.print()


def _print_request(console: Console, row: Row) -> None:
    from rich.text import Text

    said = "Requested: " + (", ".join(row.get("requested_levels") or []) or "no level stated")
    if row.get("requested_from") == "notes":
        said += ", read from the notes"
    if row.get("vertebral_bodies"):
        said += f" (bodies {', '.join(row['vertebral_bodies'])})"
    console.print(Text(said))
    for modic in row.get("current_modic") or []:
        where = ", ".join(modic.get("levels") or modic.get("vertebrae") or []) or "no level stated"
        start = Text(f"Current Modic: {_name('modic', modic)} at {where}  ")
        _print_cut(console, start.append_text(_quote(modic["evidence"], console)))
    if not row.get("current_modic"):
        console.print(Text("Current Modic: none documented in an imaging report"))


def _print_criteria(console: Console, row: Row) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print()
    icons = _PLAIN_ICONS if console.options.ascii_only else ICONS
    wide = console.width >= 100
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=16, no_wrap=True)
    if wide:
        grid.add_column(width=27)
    grid.add_column(ratio=1)
    for criterion in row.get("criteria") or []:
        status, name = criterion["status"], Text(criterion["id"], "bold")
        mark = Text(f"{icons[status]} {STATUS_WORDS[status]}", _STYLES[status])
        reason = _text(criterion.get("reason", ""))
        if wide:
            grid.add_row(mark, name, reason)
        else:
            grid.add_row(mark, name)
            grid.add_row("", reason)
        for evidence in _few(criterion.get("evidence")):
            quoted = _quote(evidence, console, source=True)
            quoted.no_wrap, quoted.overflow = True, "ellipsis"
            grid.add_row(*[""] * (1 + wide), quoted)
    console.print(grid)


def _print_lists(console: Console, row: Row) -> None:
    from rich.table import Table
    from rich.text import Text

    lists: dict[str, Any] = {k: row.get(k) for k in ("missing", "cautions", "conflicts")}
    lists["what would change it"] = list(_what_would_change(row))
    for title, items in lists.items():
        if items:
            console.print(Text(f"\n{title.capitalize()}", "bold"))
        for item in items or ():
            told = item if isinstance(item, Mapping) else {"text": item}
            bullets = Table.grid(padding=(0, 1))
            bullets.add_row(" -", _text(told["text"]))
            console.print(bullets)
            for evidence in _few(told.get("evidence")):
                _print_cut(console, Text("   ").append_text(_quote(evidence, console, source=True)))


def _what_would_change(row: Row) -> Iterator[str]:
    """The smallest sets of open criteria whose answer leads to another determination."""
    changes = row.get("changes") or []
    for change in (c for c in changes if c["to"] == "meets"):
        yield f"It meets {row['policy']} once all of these are shown: {_ids(change['criteria'])}."
    against = [i for c in changes if c["to"] == "does_not_meet" for i in c["criteria"]]
    if against:
        yield f"It does not meet {row['policy']} as soon as one of these does not hold: {_ids(against)}."


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(i.replace("_", " ") for i in ids)


def _few(evidence: Iterable[Row] | None) -> list[Row]:
    """At most three places, the same words of one note once."""
    return list({(e["note_id"], e["text"].lower()): e for e in reversed(list(evidence or []))}.values())[
        :-4:-1
    ]


def _print_cut(console: Console, text: Text) -> None:
    console.print(text, no_wrap=True, overflow="ellipsis")


# -- for a notebook --------------------------------------------------------------------------------

_COLOURS = {"modic": "#fde68a", "procedures": "#bfdbfe", "pain": "#fbcfe8", "duration": "#ddd6fe"}


def safe_html(text: object) -> str:
    """Escaped text in which a control or direction character shows as a box instead of acting."""
    kept = (
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else "\N{WHITE SQUARE}"
        for c in str(text).replace("\r\n", " \n")
    )
    return html.escape("".join(kept))


def note_html(text: str, row: Row) -> str:
    """The text of a note with what was read in it marked, and its facts listed below."""
    found = list(facts(row))
    cuts = sorted({0, len(text)} | {f[k] for f in found for k in ("start", "end")})
    parts = []
    for start, end in pairwise(cuts):
        over = [f for f in found if f["start"] <= start and end <= f["end"]]
        piece = safe_html(text[start:end])
        if over:
            title = safe_html("; ".join(f"{f['family']}: {f['name']}, {f['assertion']}" for f in over))
            colour = _COLOURS.get(over[0]["family"], "#bbf7d0")
            piece = f'<mark style="background:{colour};color:#000" title="{title}">{piece}</mark>'
        parts.append(piece)
    columns = ("family", "name", "levels", "assertion", "detail", "evidence")
    return (
        f'<div class="bvnscreen"><div style="white-space:pre-wrap;text-align:left">{"".join(parts)}</div>'
        + _html_table(columns, ([_word(f[c]) for c in columns] for f in found))
        + "</div>"
    )


def determination_html(row: Row) -> str:
    """A determination with its criteria, their reasons and the words that show them."""
    word, rest = headline(row["determination"], row["policy"], (c["status"] for c in row["criteria"]))
    lines = (
        [
            f"{ICONS[c['status']]} {STATUS_WORDS[c['status']]}",
            c["criterion"],
            c["reason"],
            " | ".join(c["evidence"]),
        ]
        for c in criteria(row)
    )
    todo = "".join(f"<li>{safe_html(m)}</li>" for m in row.get("missing") or [])
    said = f"<strong>{safe_html(word)}</strong>{safe_html(rest)}"
    return (
        f'<div class="bvnscreen"><p>{said}</p>'
        + _html_table(("status", "criterion", "reason", "evidence"), lines)
        + (f"<p>Missing</p><ul>{todo}</ul>" if todo else "")
        + f"<p><em>{CLOSING}</em></p></div>"
    )


def _html_table(columns: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{safe_html(c)}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{safe_html(v)}</td>' for v in line) + "</tr>"
        for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
