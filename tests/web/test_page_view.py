"""What the page shows of given facts: marks, drawing, timeline, words."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("jinja2")
from bvnscreen import policy
from bvnscreen.facts import Duration, Evidence, Finding, Modic, Note, NoteFacts, Pain, Procedure
from bvnscreen.readers import Unreadable
from bvnscreen.web import render
from bvnscreen.web.view import ChartView, Segment, build, guess_date

TEXT = (
    "L4-L5: Modic type 2 change. L5-S1: no Modic change. L1-L2: possible disc extrusion. Old L3 fracture, "
    "healed. Mother has osteoporosis. Low back pain for 2 to 3 years. PT June to November 2024. "
    "ESI declined. Plan: BVN ablation L4-L5."
)


def at(words: str, *cues: str, rule: str = "some.rule") -> Evidence:
    start = TEXT.index(words)
    return Evidence("n1", start, start + len(words), words, "findings", cues, rule)


FACTS = NoteFacts(
    "n1",
    "p1",
    "2025-03-04",
    kind="mri_report",
    describes_spine=True,
    modic=(
        Modic(("2",), "present", at("Modic type 2"), ("L4-L5",)),
        Modic(("unspecified",), "absent", at("Modic change", "no"), ("L5-S1",)),
    ),
    findings=(
        Finding("disc_extrusion", "possible", at("disc extrusion", "possible"), ("L1-L2",), severity="mild"),
        Finding("fracture", "historical", at("fracture", "healed"), vertebrae=("L3",)),
        Finding("osteoporosis", "family", at("osteoporosis", "Mother")),
    ),
    procedures=(
        Procedure("PT", "done", at("PT"), date="2024-06", date_end="2024-11", response="none"),
        Procedure("ESI", "declined", at("ESI", "declined")),
        Procedure("BVNA", "planned", at("BVN ablation"), levels=("L4-L5",)),
    ),
    pain=Pain(at("back pain"), region="low_back", levels=("L4-L5",)),
    duration=Duration(at("Low back pain for 2 to 3 years"), months_min=24, months_max=36, ge_6mo=True),
)


def view(*policies: str, facts: NoteFacts = FACTS) -> ChartView:
    every = policy.available()
    chosen = [p for p in every if p.id in (policies or ("candidacy",))]
    return build([(Note(TEXT, "n1", "p1", "2025-03-04"), facts)], (), chosen, every)


def segments(v: ChartView) -> list[Segment]:
    return list(v.notes[0].segments)


def test_segments_are_the_text() -> None:
    assert "".join(s.text for s in segments(view())) == TEXT


@pytest.mark.parametrize(
    ("words", "css"),
    [
        ("Modic type 2", "f-modic a-present"),
        ("Modic change", "f-modic a-absent"),
        ("disc extrusion", "f-findings a-possible"),
        ("fracture", "f-findings a-historical"),
        ("osteoporosis", "f-findings a-family"),
        ("PT", "f-procedures a-present"),
        ("ESI", "f-procedures a-absent"),
        ("BVN ablation", "f-procedures a-hypothetical"),
        ("back pain", "f-pain a-present"),
    ],
)
def test_a_mark_shows_family_and_assertion(words: str, css: str) -> None:
    (segment,) = (s for s in segments(view()) if s.text == words)
    assert segment.css == f"{css} starts"


def test_marks_within_marks() -> None:
    """ "back pain" lies within the words of the duration: both anchors, both tips, the exact one's look."""
    around = [s for s in segments(view()) if s.tips and any("Duration" in t for t in s.tips)]
    assert [s.text for s in around] == ["Low ", "back pain", " for 2 to 3 years"]
    assert [len(s.ids) for s in around] == [1, 1, 0]
    assert any("Pain" in t for t in around[1].tips)
    assert any("Duration" in t for t in around[1].tips)


def test_tip_names_cue_and_rule() -> None:
    (segment,) = (s for s in segments(view()) if s.text == "disc extrusion")
    assert segment.tips == (
        "Findings disc extrusion · L1-L2 · possible · mild · cue “possible” · rule some.rule",
    )


def test_every_link_leads_to_its_words_and_back() -> None:
    v = view()
    html = render.chart_file(v)
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)
    by_id = {i: s for s in segments(v) for i in s.ids}
    for row in v.panels[0].rows:
        for link in row.links:
            mark = by_id[link.href[1:]]
            assert link.text.startswith(mark.text.strip())
    backs = {b.href[1:] for s in segments(v) for b in s.backs}
    assert backs == {r.anchor for r in v.panels[0].rows if r.links}


def test_unique_anchors_with_all_policies() -> None:
    every = policy.available()
    html = render.chart_file(view(*(p.id for p in every)))
    anchors = re.findall(r' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))


def test_words_of_a_status() -> None:
    words = {r.name: r.word for r in view().panels[0].rows}
    assert words["Modic 1 or 2"] == "documented"
    assert words["No patient exclusion"] == "nothing against it"
    assert words["Other generators excluded"] == "not documented"
    claim = Modic(("1",), "present", at("Modic type 2"), ("L5-S1",), attribution="clinician")
    denied = NoteFacts("n1", kind="mri_report", describes_spine=True, modic=(*FACTS.modic[1:], claim))
    contradicted = {r.name: r.word for r in view(facts=denied).panels[0].rows}
    assert contradicted["Modic 1 or 2"] == "contradicted"


def test_drawing_places_what_is_documented() -> None:
    d = view().drawing
    bands = {b.name: b.bands for b in d.bodies if b.bands}
    assert bands == {"L4": (("bottom", "2", "current"),), "L5": (("top", "2", "current"),)}
    assert {b.name for b in d.bodies if b.requested} == {"L4", "L5"}
    assert {x.name for x in d.discs if x.requested} == {x.name for x in d.discs if x.pain} == {"L4-L5"}
    rows = {r.level: r for r in d.rows}
    assert rows["L4-L5"].modic == ("Modic 2",)
    assert rows["L5-S1"].modic == ("no Modic change",)
    assert rows["L1-L2"].findings == ("possible mild disc extrusion",)
    assert rows["L2-L3"].modic == rows["L2-L3"].findings == ()
    # Healed, and of the mother: neither is drawn.
    assert not [r for r in d.rows if "fracture" in str(r.findings)]
    assert d.elsewhere == ()


def test_labels_do_not_overlap() -> None:
    concepts = (
        "disc_bulge",
        "facet_arthropathy",
        "foraminal_stenosis",
        "central_stenosis",
        "annular_fissure",
    )
    levels = ("L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
    crowded = NoteFacts(
        "n1",
        kind="mri_report",
        describes_spine=True,
        findings=tuple(Finding(c, "present", at("disc extrusion"), (d,)) for c in concepts for d in levels),
    )
    d = view(facts=crowded).drawing
    assert len(d.labels) == 5
    for label, below in zip(d.labels, d.labels[1:], strict=False):
        assert label.y + 16 * (len(label.lines) - 1) < below.y - 10
    assert d.labels[-1].y + 16 * (len(d.labels[-1].lines) - 1) < d.height
    assert d.labels[0].lines[-1][0] == "and 2 more, see the table"


def test_timeline_in_order_with_bars() -> None:
    events = view().timeline.events
    assert [(e.kind, e.name) for e in events] == [
        ("pain", "low back pain"),
        ("treatment", "PT"),
        ("note", "MRI report"),
        ("treatment", "ESI"),
        ("treatment", "BVNA"),
    ]
    pain, pt, note, esi, _ = events
    assert pain.when == "2 years to 3 years"
    # Certain for two years, perhaps a third before.
    assert pain.x is not None
    assert pain.maybe == pytest.approx(pain.width / 2, rel=0.01)
    assert (pt.when, pt.detail) == ("2024-06 to 2024-11", "no relief")
    assert pt.x is not None
    assert note.x is not None
    assert pain.x < pt.x < note.x
    assert (esi.x, esi.status) == (None, "declined")


def test_unreadable_note_is_shown_as_such() -> None:
    every = policy.available()
    read = [(Note(TEXT, "n1"), FACTS), (Note("", "n2"), Unreadable("n2", "it is empty"))]
    v = build(read, (), every[:1])
    assert v.unread == 1
    assert "1 of the notes could not be read" in render.chart_file(v)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("MRI LUMBAR SPINE 03/19/2025\nFINDINGS", "2025-03-19"),
        ("DOB: 01/02/1970 Exam date: 2/11/25", "2025-02-11"),
        ("Name: X\nDate of birth: 01/02/1970\nDate of service: March 4, 2025", "2025-03-04"),
        ("Visit 12 Jan 2024: low back pain since 01/01/2020", "2024-01-12"),
        ("2024-11-05 progress note", "2024-11-05"),
        ("DOB 01/02/1970", None),
        ("Pain 3/10 at L4-5 for 3 years", None),
        ("Seen on 02/30/2025", None),
        ("x" * 400 + " ESI on 01/05/2024", None),
        ("x" * 400 + " Exam date: 01/05/2024", "2024-01-05"),
    ],
)
def test_date_guess(text: str, date: str | None) -> None:
    assert guess_date(text) == date
