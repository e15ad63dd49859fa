"""The review: every sentence from the chart, every quotation from the notes, nothing that acts."""

from __future__ import annotations

import html.parser
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bvnscreen import chart, policy, report, review, writers
from bvnscreen.chart import Chart
from bvnscreen.facts import Duration, Evidence, Finding, Modic, Note, NoteFacts, Pain, Procedure
from bvnscreen.review import Section, Sentence

ROOT = Path(__file__).parents[1]
CHARTS = sorted((ROOT / "corpora" / "charts" / "dev").glob("*.toml"))
POLICIES = policy.available()
WHAT_A_PATIENT_ASKS = {
    "Are there Modic changes, of which type, at which levels?",
    "Is the basivertebral nerve the likely source?",
    "Was this ruled out: facet joints?",
    "Was this ruled out: sacroiliac joints?",
    "Was this ruled out: disc?",
    "How many levels?",
    "To manage before: blood thinners and bleeding",
    "To manage before: bone disease",
    "To manage before: implants",
}


def ev(text: str, note: str = "mri", start: int = 0, section: str = "") -> Evidence:
    return Evidence(note, start, start + len(text), text, section)


def the(c: Chart, policy_id: str = "candidacy") -> dict[str, Section]:
    verdict = policy.judge(c, policy.load(policy_id))
    return {s.id: s for s in review.sections(c, verdict)}


def texts(section: Section, label: str | None = None) -> list[str]:
    return [s.text for s in section.sentences if label is None or s.label == label]


MRI = NoteFacts(
    "mri",
    note_date="2025-03-01",
    kind="mri_report",
    region="lumbar",
    describes_spine=True,
    modic=(Modic(("1",), "present", ev("Modic type 1", section="findings"), ("L4-L5",)),),
    findings=(
        Finding("disc_extrusion", "present", ev("disc extrusion", start=40), ("L1-L2",), side="left"),
        Finding("central_stenosis", "absent", ev("no stenosis", start=80)),
    ),
)
VISIT = NoteFacts(
    "visit",
    note_date="2025-04-01",
    kind="clinic_note",
    duration=Duration(ev("3 years", "visit"), months_min=36, months_max=36, ge_6mo=True),
    pain=Pain(
        ev("midline pain", "visit", 20), region="low_back", low_back="present", axial=True, midline=True
    ),
    procedures=(
        Procedure("PT", "done", ev("PT for 8 months", "visit", 60), duration_months=8, response="none"),
        Procedure("acupuncture", "declined", ev("declined acupuncture", "visit", 90)),
        Procedure("MBB", "done", ev("MBB no relief", "visit", 120), levels=("L4-L5",), response="none"),
    ),
    findings=(Finding("anticoagulant", "present", ev("on apixaban", "visit", 150), drug="apixaban"),),
)
GOOD = chart.merge([MRI, VISIT], ["L4-L5"])


def test_parts_come_in_the_order_in_which_a_reviewer_reads() -> None:
    assert list(the(GOOD)) == [
        "determination", "met", "undocumented", "anatomy", "care", "procedures", "other_causes",
        "cautions", "next_steps", "questions", "notes",
    ]  # fmt: skip


def test_what_a_chart_documents_is_said_with_its_words() -> None:
    found = the(GOOD)
    assert texts(found["determination"])[0] == (
        "Documented: all that decides for candidacy is met on the documented facts; 1 further point is open."
    )
    assert "The MRI report states Modic type 1 at L4-L5." in texts(found["anatomy"])
    care = {s.text: [e.text for e in s.evidence] for s in found["care"].sentences}
    assert care["Physical therapy: done, response: none, for 8 months."] == ["PT for 8 months"]
    assert care["Acupuncture: declined (does not count as care)."] == ["declined acupuncture"]
    assert "Medial branch block at L4-L5: done, response: none." in texts(found["procedures"])
    causes = texts(found["other_causes"])
    assert causes[:2] == ["Disc extrusion at L1-L2: documented, left.", "Central stenosis: stated as absent."]


def test_questions_are_answered() -> None:
    questions = the(GOOD)["questions"]
    assert {s.label for s in questions.sentences} >= WHAT_A_PATIENT_ASKS

    def answer(label: str) -> list[str]:
        return texts(questions, label)

    assert answer("Are there Modic changes, of which type, at which levels?") == [
        "Yes: the MRI report states Modic type 1 at L4-L5."
    ]
    (likely,) = answer("Is the basivertebral nerve the likely source?")
    assert likely.startswith("What is documented agrees with it: ")
    assert answer("Was this ruled out: facet joints?")[0] == (
        "A statement or a block without effect speaks against this source."
    )
    assert answer("Was this ruled out: sacroiliac joints?") == [
        "Not documented: no statement and no block that rules it out."
    ]
    assert answer("How many levels?") == [
        "Requested: 1 disc level, 2 vertebral bodies (L4 and L5), CPT 64628.",
        "Modic type 1 or 2 is documented at 1 level: L4-L5.",
    ]
    assert answer("To manage before: blood thinners and bleeding") == ["Anticoagulant: documented, apixaban."]
    assert answer("To manage before: implants")[0].startswith("Not documented: ")


@pytest.mark.parametrize(
    ("modic", "answer", "source"),
    [
        ((), "Not documented: the lumbar MRI text says nothing of Modic change.", "Not settled by"),
        (
            (Modic(("unspecified",), "absent", ev("No Modic change")),),
            "Not of type 1 or 2 at a treatable level: the report states no Modic change.",
            "What is documented speaks against it",
        ),
        (
            (Modic(("1",), "possible", ev("possible Modic 1"), ("L4-L5",)),),
            "Not settled: modic change at L4-L5 is hedged.",
            "Not settled by",
        ),
    ],
)
def test_what_is_not_there_is_not_said(modic: tuple[Modic, ...], answer: str, source: str) -> None:
    from dataclasses import replace

    c = chart.merge([replace(MRI, modic=modic), VISIT], ["L4-L5"])
    questions = the(c)["questions"]
    got = texts(questions, "Are there Modic changes, of which type, at which levels?")
    assert [got[0].lower()] == [answer.lower()]
    assert texts(questions, "Is the basivertebral nerve the likely source?")[0].startswith(source)


def test_an_empty_chart_says_only_that_nothing_is_documented() -> None:
    found = the(chart.merge([NoteFacts("n", kind="other")]))
    assert all(not s.evidence for section in found.values() for s in section.sentences)
    assert texts(found["questions"], "How many levels?") == ["Not documented: no level is requested."]


def test_never_covered_and_routed_elsewhere() -> None:
    assert texts(the(GOOD, "uhc")["next_steps"]) == ["Nothing in the notes would change this determination."]
    routed = the(GOOD, "anthem-surg-00052")
    assert "sends the reader elsewhere" in texts(routed["determination"])[0]
    assert "look up the guideline" in texts(routed["next_steps"])[0]


def test_next_steps_are_the_work_list() -> None:
    c = chart.merge([MRI, NoteFacts("visit", note_date="2025-04-01", kind="clinic_note")], ["L4-L5"])
    verdict = policy.judge(c, policy.load("candidacy"))
    tasks = [t for change in verdict.changes if change.to == "meets" for t in change.tasks]
    assert tasks
    assert set(tasks) <= set(texts(the(c)["next_steps"]))


def test_the_radiologist_is_asked_about_the_requested_levels() -> None:
    silent = NoteFacts("mri", note_date="2025-03-01", kind="mri_report", describes_spine=True)
    verdict = policy.judge(chart.merge([silent, VISIT], ["L4-5", "L5-S1"]), policy.load("candidacy"))
    (cure,) = (c.cure for c in verdict.criteria if c.id == "modic_1_or_2")
    assert cure.endswith("states the Modic type at L4-L5 and L5-S1.")


def test_a_sentence_on_the_notes_has_their_words() -> None:
    with pytest.raises(ValueError, match="if and only if"):
        Sentence("The report states Modic type 1.")
    with pytest.raises(ValueError, match="if and only if"):
        Sentence("Not documented.", (ev("x"),), "silence")


# -- over charts as they are read --------------------------------------------------------------------


@cache
def read(path: Path) -> tuple[dict[str, str], Chart]:
    from bvnscreen import language

    raw = tomllib.loads(path.read_text("utf-8"))
    notes = [Note(n["text"], n["id"], raw["id"], n.get("date"), n.get("type")) for n in raw["note"]]
    read_notes = [language.read(n) for n in notes]
    return {n.note_id: n.text for n in notes}, chart.merge(read_notes, raw.get("requested_levels", ()))


def sentences(c: Chart) -> list[Sentence]:
    return [
        s for p in POLICIES for section in review.sections(c, policy.judge(c, p)) for s in section.sentences
    ]


_PLACE = re.compile(r"\b[CTLS]\d{1,2}(?:-[CTLS]\d{1,2})?\b")


@pytest.mark.parametrize("path", CHARTS, ids=lambda p: p.stem)
def test_every_quotation_stands_in_the_notes(path: Path) -> None:
    notes, c = read(path)
    found = sentences(c)
    assert any(s.evidence for s in found)
    for s in found:
        for e in s.evidence:
            assert e.text
            assert notes[e.note_id][e.start : e.end] == e.text


LEVELS = st.lists(st.sampled_from(["L2-L3", "L3-L4", "L4-L5", "L5-S1"]), unique=True, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.data(), LEVELS, st.sampled_from(POLICIES))
def test_any_notes_any_request_any_policy(data: st.DataObject, levels: list[str], p: policy.Policy) -> None:
    """Notes of several patients thrown together: what is quoted still stands in them."""
    texts: dict[str, str] = {}
    facts: list[NoteFacts] = []
    for path in data.draw(st.lists(st.sampled_from(CHARTS), min_size=1, max_size=3, unique=True)):
        notes, c = read(path)
        kept = data.draw(st.lists(st.sampled_from(c.notes), min_size=1, unique_by=lambda n: n.note_id))
        facts += kept
        texts |= {n.note_id: notes[n.note_id] for n in kept}
    mixed = chart.merge(facts, levels)
    for section in review.sections(mixed, policy.judge(mixed, p)):
        for s in section.sentences:
            assert all(texts[e.note_id][e.start : e.end] == e.text for e in s.evidence)


@pytest.mark.parametrize("path", CHARTS, ids=lambda p: p.stem)
def test_a_sentence_without_words_of_the_notes_states_no_fact_of_them(path: Path) -> None:
    """No level, length, drug or amount, but for what is requested and what the policy itself says."""
    _, c = read(path)
    known = {*c.requested_levels, *c.vertebral_bodies}
    for p in POLICIES:
        rules = " ".join([p.note, *(x.plain + x.cure for x in p.criteria), *(x.text for x in p.cautions)])
        for section in review.sections(c, policy.judge(c, p)):
            for s in section.sentences:
                if s.evidence or s.basis == "file":
                    continue
                assert set(_PLACE.findall(s.text)) <= known | set(_PLACE.findall(rules)), s.text
                if s.basis == "silence":
                    assert not re.search(r"\d (?:months|years|weeks|sessions|mm|%)", s.text), s.text


@pytest.mark.parametrize("path", CHARTS[:5], ids=lambda p: p.stem)
def test_what_is_written_quotes_the_notes_alone(path: Path, tmp_path: Path) -> None:
    notes, c = read(path)
    report.save([report.of(c, policy.judge(c, policy.load("candidacy")))], tmp_path / "r.html")
    seen = Text()
    seen.feed((tmp_path / "r.html").read_text("utf-8"))
    known = [" ".join(text.split()) for text in notes.values()]
    quotes = re.findall(r"“([^”]*)”", seen.text)
    assert quotes
    for quote in quotes:
        assert any(quote.removesuffix("…") in text for text in known)


# -- whatever a note holds ---------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "# Heading\n\n* list\n1. number",
    "`code` **bold** | table |",
    "\x1b]8;;https://example.org\x07link\x1b[31m",
    "\u202eevil\u2066",
    "&lt;b&gt; &amp;",
    "</blockquote></article><h1>Determination: meets</h1>",
]


class Text(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_review(text: str) -> report.Review:
    note = NoteFacts(
        text,
        text,
        note_date="2025-03-01",
        kind="mri_report",
        describes_spine=True,
        modic=(Modic(("1",), "present", Evidence(text, 0, len(text), text, text), ("L4-L5",)),),
        procedures=(Procedure("NSAID", "done", Evidence(text, 0, len(text), text), drug=text),),
    )
    c = chart.merge([note], ["L4-L5"])
    return report.of(c, policy.judge(c, policy.load("candidacy")))


TAGS = {"article", "h1", "h2", "section", "dl", "dt", "dd", "blockquote", "span", "ol", "li", "a", "p", "em"}


def check_html(text: str) -> None:
    page = report.html(hostile_review(text))
    seen, plain = Text(), Text()
    seen.feed(page)
    plain.feed(report.html(hostile_review("words")))
    assert set(seen.tags) <= TAGS
    assert seen.tags == plain.tags


def check_markdown(text: str) -> None:
    lines = "".join(report._markdown([hostile_review(text)])).splitlines()
    usual = "".join(report._markdown([hostile_review("words")])).splitlines()
    # The same lines begin the same way: no new heading, list or rule.
    assert [re.match(r"[ #*-]*", a)[0] for a in lines] == [re.match(r"[ #*-]*", a)[0] for a in usual]  # type: ignore[index]
    body = "\n".join(line for line in lines if not re.match(r"\d+\. <", line))
    assert not re.search(r"(?<!\\)[<>`\[\]|!]", body)
    assert "\x1b" not in body


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str, tmp_path: Path) -> None:
    check_html(text)
    check_markdown(text)
    docx = pytest.importorskip("docx")
    report.save([hostile_review(text)], tmp_path / "r.docx")
    shown = "\n".join(p.text for p in docx.Document(str(tmp_path / "r.docx")).paragraphs)
    assert writers.shown(text, 300) in shown


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda t: writers.shown(t).strip()))
def test_no_text_does_anything(text: str) -> None:
    check_html(text)
    check_markdown(text)


# -- where it goes -----------------------------------------------------------------------------------


def run(*args: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from bvnscreen.cli import main; sys.argv[0] = 'bvnscreen'; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8", cwd=ROOT
    )


def test_two_patients_one_after_the_other_and_in_a_folder(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    two = [{"text": "MRI lumbar spine. Modic type 1 at L4-L5.", "patient_id": p} for p in ("a/../b", "c")]
    rows.write_text("".join(json.dumps(r) + "\n" for r in two))
    whole = run("screen", str(rows), "--format", "report")
    assert whole.returncode == 0, whole.stderr
    assert re.findall(r"^# (.*)$", whole.stdout, re.M) == [
        "Review of a/../b, candidacy",
        "Review of c, candidacy",
    ]
    assert "“Modic type 1" in whole.stdout
    folder = run("screen", str(rows), "--format", "report", "-o", str(tmp_path / "out"))
    assert folder.returncode == 0, folder.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a_b-candidacy.md", "c-candidacy.md"]


@pytest.mark.parametrize(
    ("name", "start"), [("r.md", b"# Review of "), ("r.docx", b"PK"), ("r.html", b"<!doctype html>")]
)
def test_the_ending_picks_the_form(name: str, start: bytes, tmp_path: Path) -> None:
    if name.endswith(".docx"):
        pytest.importorskip("docx")
    done = run("screen", "corpora/seed.jsonl", "--format", "report", "-o", str(tmp_path / name))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_extract_has_no_report() -> None:
    done = run("extract", "corpora/seed.jsonl", "--format", "report")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'table', 'json', 'jsonl', 'csv'" in done.stderr
    assert not {"html", "report"} & set(run("extract", "--help").stdout.split())
    done = run("extract", "corpora/seed.jsonl", "-o", "review.md")
    assert done.returncode == 2
    assert "use one of .jsonl, .ndjson, .json, .csv" in done.stderr
