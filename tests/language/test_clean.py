"""Text as systems send it, made plain; what is found in it is shown in the words of the note."""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.language.clean import clean

CASES = [
    ("Windows line ends", "L4-5: bulge.\r\nL5-S1: normal.", "L4-5: bulge.\nL5-S1: normal."),
    ("old Mac line ends", "L4-5: bulge.\rL5-S1: normal.", "L4-5: bulge.\nL5-S1: normal."),
    ("en dash, minus, smart quotes", "L4–5 “bulge” Schmorl’s T −2.6", "L4-5 \"bulge\" Schmorl's T -2.6"),
    ("blank that does not break", "L4-5\u00a0disc", "L4-5 disc"),
    ("zero-width and soft hyphen", "L4\u200b-5 end\u00adplate", "L4-5 endplate"),
    ("ticked and empty boxes", "☒ PT ☐ ESI", "[x] PT [ ] ESI"),
    ("at least, at most", "pain ≥6 months", "pain >6 months"),
    ("Roman numeral characters", "Modic Ⅱ", "Modic II"),
    ("accents lose their mark", "naïve café", "naive cafe"),
    ("a word cut at a line end", "end-\nplate change", "endplate change"),
    ("a level cut at a line end", "at L4-\nL5", "at L4-L5"),
    ("gloss between letter and digit", "lumbar (L)4-L5", "L4-L5"),
    ("gloss behind a vertebra", "L5 (fifth lumbar vertebra)-S1", "L5-S1"),
    ("dictated level", "at L four five", "at L4-5"),
    ("dictated level across a line end", "at L\nfour five", "at L4-5"),
    ("dictated stops", "no fracture period no stenosis period", "no fracture. no stenosis."),
    ("HL7: only the text of OBX", "MSH|^~\\&|X\rOBX|1|TX|R^IMP||L4-5 bulge||||||F", "\nL4-5 bulge"),
    ("HL7 escapes", "OBX|1|TX|R||A \\T\\ B\\.br\\C~D", "A & B\nC\nD"),
    ("RTF", "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\b Modic\\b0  1\\par L4-5}", "Modic 1\nL4-5"),
    ("RTF characters", "{\\rtf1 Schmorl\\'92s node}", "Schmorl's node"),
    ("HTML", "<p>Modic&nbsp;1</p><b>L4-5</b><br/>pain &gt;6 mo", "\nModic 1\nL4-5\npain >6 mo"),
    ("a bare less-than sign is no tag", "pain <6 weeks, BMI <40", "pain <6 weeks, BMI <40"),
    ("a year behind the region is no level", "MRI lumbar 2018 and 3/2024", "MRI lumbar 2018 and 3/2024"),
    ("circled answers", "Pacemaker Y (N)   PT (Y) N", "Pacemaker: no; PT: yes;"),
    ("an open question", "Pacemaker? Y / N\n", "Pacemaker: ***;"),
    ("cells that end in a letter", "Have you: pacer N   pump Y", "Have you: pacer: no; pump: yes; "),
    ("blanks behind their labels", "Tried: PT ___ chiro ___", "Tried: PT: ***; chiro: ***;"),
    ("only what is circled stands", "Circle the worst: back / ((leg)) / neck", "Circle the worst: leg, "),
    ("a menu nobody marked", "Care so far: PT  chiro  surgery [nothing circled]", "Care so far: ***"),
    ("an answer in brackets is one", "Prior surgery: (none)", "Prior surgery: (none)"),
    ("letters of no language we read", "痛 at L4-5", "\x7f at L4-5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_cleaned(text: str, plain: str) -> None:
    assert clean(text).text.strip("\n") == plain.strip("\n")


BACK = """
L4–5 has ⟨Modic Ⅱ⟩ change                     => Modic II
{\\rtf1 the \\b ⟨disc\\b0  bulge⟩ at L4-5}    => disc bulge
<p>has&nbsp;⟨disc&nbsp;bulge⟩</p>             => disc bulge
at ⟨lumbar (L)4-L5⟩ only                      => L4-L5
⟨L\u200b4-5⟩ bulge                            => L4-5
has ⟨end-⏎plate⟩ change                       => endplate
at ⟨L four five⟩ there                        => L4-5
"""


@pytest.mark.parametrize(("text", "words"), parametrised("clean_offsets", BACK))
def test_what_is_found_leads_back_to_what_was_typed(text: str, words: str) -> None:
    begin, end = text.index("⟨"), text.index("⟩") - 1
    typed = text.replace("⟨", "").replace("⟩", "")
    cleaned = clean(typed)
    at = cleaned.text.index(words)
    assert typed[slice(*cleaned.span(at, at + len(words)))] == typed[begin:end]
