"""Journeys of a reviewer in a real browser: mouse, keyboard, no JavaScript, a phone, hostile text."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bvnscreen.facts import Note

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

Browse = Callable[..., Any]

REPORT = """MRI LUMBAR SPINE
Exam date: 02/11/2025
FINDINGS:
L4-L5: Modic type 2 endplate change. Mild disc bulge. No central canal stenosis.
L5-S1: Possible Modic type 1 change. No fracture.
IMPRESSION: Modic type 2 endplate change at L4-L5.
"""
VISIT = """HPI: 54-year-old man with axial low back pain for 3 years.
Physical therapy for 8 months without relief.
PLAN: Basivertebral nerve ablation at L4-L5.
"""


def judged(page: Any, text: str = REPORT) -> Any:
    page.goto("/")
    page.locator("textarea").fill(text)
    with page.expect_navigation():  # the whole page with its script, not its first words
        page.get_by_role("button", name="Show what is documented").click()
    return page


def verdict(page: Any) -> Any:
    return page.get_by_role("heading", level=1)


def in_view(page: Any, selector: str) -> bool:
    return bool(
        page.evaluate(
            """(s) => { const e = document.querySelector(s), b = e.getBoundingClientRect();
            const p = e.closest(".pane"), c = p ? p.getBoundingClientRect() : {top: 0, bottom: innerHeight};
            return b.top >= Math.max(0, c.top) - 1 && b.bottom <= Math.min(innerHeight, c.bottom) + 1; }""",
            selector,
        )
    )


def test_from_paste_to_export(browse: Browse, tmp_path: Path) -> None:
    page = browse(viewport={"width": 1280, "height": 720})
    page.goto("/")
    page.locator("textarea").fill(REPORT)
    page.get_by_role("button", name="Add another note").click()
    second = page.get_by_role("group", name="Note 2")
    second.locator("textarea").fill(VISIT)
    second.get_by_label("Date").fill("2025-03-04")
    second.get_by_label("Kind").select_option("clinic note")
    page.get_by_label("L4-L5").check()
    page.get_by_role("button", name="Show what is documented").click()

    expect(verdict(page)).to_contain_text("on the documented facts")
    row = page.locator("#c-modic_1_or_2")
    expect(row).to_contain_text("documented")
    # To the words and back.
    link = row.locator("a.quote").first
    anchor = str(link.get_attribute("href"))
    link.click()
    mark = page.locator(anchor)
    expect(mark).to_be_focused()
    assert mark.evaluate("e => e.firstChild.textContent").startswith("Modic type 2")
    assert in_view(page, anchor)
    tip = mark.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("L4-L5")
    expect(tip).to_contain_text("rule modic.")
    mark.locator("xpath=following-sibling::a[1]").click()
    expect(page.locator(".criterion:focus")).to_have_count(1)
    # The date was read in the report, and may be corrected.
    again = page.get_by_role("group", name="Note 1")
    expect(again.locator("input[name=date]")).to_have_value("2025-02-11")
    expect(again).to_contain_text("guessed, please check")
    # The drawing says the same as its table.
    assert "Modic 2" in page.locator("svg.spine").text_content()
    page.get_by_text("The same in words", exact=True).click()
    expect(page.locator("#levels-table tr", has=page.get_by_role("rowheader", name="L4-L5"))).to_contain_text(
        "Modic 2"
    )

    with page.expect_download() as download:
        page.get_by_role("button", name="Save as JSON").click()
    saved = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert saved["screen"][0]["requested_levels"] == ["L4-L5"]
    texts = {n["note_id"]: n["text"] for n in saved["notes"]}
    evidence = [e for c in saved["screen"][0]["criteria"] for e in c["evidence"]]
    assert evidence
    assert all(texts[e["note_id"]][e["start"] : e["end"]] == e["text"] for e in evidence)

    with page.expect_download() as download:
        page.get_by_role("button", name="Save as HTML").click()
    file = tmp_path / "result.html"
    file.write_bytes(Path(download.value.path()).read_bytes())
    page.goto(file.as_uri())
    assert verdict(page).inner_text()
    page.locator("#c-modic_1_or_2 a.quote").first.click()
    expect(page.locator(anchor)).to_be_focused()
    assert len(page.pdf()) > 10_000


def test_another_policy_from_the_table_and_all_of_them(browse: Browse) -> None:
    page = judged(browse())
    page.get_by_role("button", name="fda-label").click()
    expect(verdict(page)).to_contain_text("fda-label")
    page.locator("select[name=policy]").select_option("all")
    page.get_by_role("button", name="Show what is documented").click()
    expect(verdict(page)).to_contain_text("policies, one chart")
    page.locator(".policies").get_by_role("link", name="intracept").click()
    expect(page.locator("#policy-intracept details.panel")).to_have_attribute("open", "")


def test_keyboard_only(browse: Browse) -> None:
    page = browse()
    page.goto("/")

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to("textarea")
    page.keyboard.insert_text(REPORT)
    tab_to("#judge")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_attached()
    page.wait_for_load_state()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") != first
    expect(page.locator("mark:focus .tip")).to_be_visible()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("k")
    last = page.evaluate("document.activeElement.id")
    assert last == page.locator("mark[id]").last.get_attribute("id")
    assert in_view(page, f"#{last}")
    # Back to a criterion that rests on the words, and by Tab to its evidence.
    page.keyboard.press("j")
    while not page.evaluate("!!document.activeElement.nextElementSibling?.matches('a.back')"):
        page.keyboard.press("j")
    page.keyboard.press("b")
    expect(page.locator(".criterion:focus")).to_have_count(1)
    tab_to("a.quote")
    page.keyboard.press("Enter")
    expect(page.locator("mark:focus")).to_have_count(1)
    # The keys can be turned off, and do nothing while one writes.
    page.get_by_text("Legend and keys").click()
    page.locator("#keys").uncheck()
    before = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == before


def test_without_javascript(browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/")
    page.locator("textarea").fill(REPORT)
    page.get_by_role("button", name="Add another note").click()
    expect(page.locator("textarea").first).to_have_value(REPORT)
    page.locator("textarea").nth(1).fill(VISIT)
    page.get_by_role("button", name="Show what is documented").click()
    page.locator("#c-modic_1_or_2 a.quote").first.click()
    assert "#e" in page.url
    expect(page.locator("mark:target")).to_have_count(1)
    page.locator("mark:target").hover()
    expect(page.locator("mark:target .tip")).to_be_visible()
    page.get_by_text("Legend and keys").click()
    mark = page.locator(".note mark.f-modic").first
    page.get_by_role("checkbox", name="Modic").uncheck()
    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize(
    "address", ["/", "/example/documented", "/example/contradiction", "/example/against"]
)
def test_narrow_screen(browse: Browse, address: str) -> None:
    page = browse(viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if address != "/":
        page.locator("a.quote").first.tap()
        mark = page.locator("mark:focus")
        expect(mark).to_be_in_viewport()
        expect(mark.locator(".tip")).to_be_in_viewport(ratio=1)


HOSTILE = """<script>document.title = "owned"</script><img src=x onerror="document.title = 'owned'">
<svg onload="document.title = 'owned'"><a href="javascript:alert(1)">x</a></svg> </textarea></form>
<h1>owned</h1> {{ 7 * 7 }} &lt;b&gt; \x07\u2066\ufeff
L4-L5: \u202eModic type 2\u202c endplate change. L5-S1: Modic <b>type 1</b> change.
"""


def test_hostile_text_is_text(browse: Browse, tmp_path: Path) -> None:
    page = judged(browse(), HOSTILE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as HTML").click()
    file = tmp_path / "result.html"
    file.write_bytes(Path(download.value.path()).read_bytes())
    for address in (None, file.as_uri()):
        if address:
            page.goto(address)
        shown = page.locator(".note-text").text_content()
        assert '<script>document.title = "owned"</script>' in shown
        assert "{{ 7 * 7 }} &lt;b&gt;" in shown
        assert not set(shown) & set("\u202e\u202c\u2066\ufeff\x07")
        assert "owned" not in page.title()
        assert page.locator("h1").count() == 1
        assert page.locator(".note-text script, .note-text img, .note-text svg, .note-text b").count() == 0


def test_a_megabyte(browse: Browse) -> None:
    page = browse()
    page.set_default_timeout(120_000)
    text = ("<b>low back pain</b> \u202e & so on; lorem ipsum dolor sit amet. " * 20_000)[:999_000]
    judged(page, text)
    expect(verdict(page)).to_contain_text("candidacy", timeout=120_000)
    page.goto("/")
    page.locator("textarea").fill("x" * 1_000_001)
    page.get_by_role("button", name="Show what is documented").click()
    expect(page.get_by_role("alert")).to_contain_text("longer than 1,000,000 characters")


def test_keys_lead_through_sixteen_hundred_highlights(browse: Browse) -> None:
    lines = (
        f"L{i % 4 + 1}-L{i % 4 + 2}: Modic type {i % 2 + 1} change. Bulge. No fracture. Facet arthropathy."
        for i in range(400)
    )
    page = judged(browse(), "FINDINGS:\n" + "\n".join(lines))
    assert page.locator("mark[id]").count() >= 1600
    for key in "jjjjj":
        page.keyboard.press(key)
    expect(page.locator("mark:focus")).to_have_count(1)


AXE_PAGES = ["/", "/example/documented", "/example/contradiction", "/nothing-here"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", AXE_PAGES)
def test_axe_finds_nothing(browse: Browse, address: str, scheme: str) -> None:
    page = browse(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    _axe(page)


def test_axe_finds_nothing_under_all_policies_and_in_files(browse: Browse, tmp_path: Path) -> None:
    page = judged(browse())
    page.locator("select[name=policy]").select_option("all")
    page.get_by_role("button", name="Show what is documented").click()
    _axe(page)
    _batch(tmp_path)
    for name in ("index.html", "chart-0001.html"):
        page.goto((tmp_path / name).as_uri())
        _axe(page)


def _axe(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:5]) for v in found] == []


def _batch(folder: Path) -> None:
    from bvnscreen import policy, workers
    from bvnscreen.readers import Entry
    from bvnscreen.web import batch

    texts = {"A": REPORT, "B": VISIT, "C": "No Modic change at L4-L5 on lumbar MRI."}
    pairs = []
    for name, text in texts.items():
        note = Note(text, f"{name}-1", name, "2025-01-01")
        pairs.append((Entry(note, name, name), workers.read_one(note)))
    batch.write(pairs, [policy.load("candidacy")], (), folder)


@pytest.mark.parametrize("javascript", [True, False])
def test_index_of_a_batch_filters(browse: Browse, tmp_path: Path, javascript: bool) -> None:
    _batch(tmp_path)
    page = browse(java_script_enabled=javascript)
    page.goto((tmp_path / "index.html").as_uri())
    rows = page.locator(".index tbody tr")
    shown = page.locator(".index tbody tr:visible")
    expect(shown).to_have_count(3)
    box = page.locator("#filters input[type=checkbox]").first
    kind = str(box.get_attribute("id")).removeprefix("only-")
    left = 3 - page.locator(f".index tr.d-{kind}").count()
    assert left < 3
    box.uncheck()
    expect(shown).to_have_count(left)
    box.check()
    expect(shown).to_have_count(3)
    if javascript:
        page.get_by_label("Search").fill("no such words")
        expect(shown).to_have_count(0)
        expect(page.locator("#found")).to_have_text("0 of 3 shown")
        page.get_by_label("Search").fill("")
    page.get_by_role("link", name="A", exact=True).click()
    expect(verdict(page)).to_contain_text("candidacy")
    page.get_by_role("link", name="All charts").click()
    expect(rows).to_have_count(3)


def test_files_dropped_or_chosen(browse: Browse) -> None:
    word = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(word, "w") as archive:
        text = "MRI lumbar spine. L4-L5: Modic type 1 change."
        archive.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        )
    page = browse()
    page.goto("/")
    page.locator("#files").set_input_files(
        [
            {"name": "mri.docx", "mimeType": "application/zip", "buffer": word.getvalue()},
            {
                "name": "visit.rtf",
                "mimeType": "text/rtf",
                "buffer": rb"{\rtf1 Low back pain for 2 years.\par}",
            },
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"},
        ]
    )
    expect(page.locator("#chosen")).to_contain_text("3 files: mri.docx")
    page.get_by_role("button", name="Show what is documented").click()
    expect(page.get_by_role("alert")).to_contain_text("scan.pdf: it is damaged")
    expect(page.locator("article.note")).to_have_count(2)
    expect(page.locator(".facts")).to_contain_text("type 1 at L4-L5")


def test_nothing_is_kept_in_the_browser(browse: Browse) -> None:
    page = judged(browse())
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url.rstrip("/").count("/") == 2
    assert "?" not in page.url
