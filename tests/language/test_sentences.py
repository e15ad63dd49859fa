"""Where a statement ends: wrapped lines are one, list lines are not. Sentences are parted by `|`."""

# ruff: noqa: E501 - a table that is read line by line

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.facts import Note
from bvnscreen.language.document import read_document

TABLE = """
No stenosis. Mild bulge. => No stenosis. | Mild bulge.
Seen by Dr. Abel for 2 y.o. injury. => Seen by Dr. Abel for 2 y.o. injury.
Approx. 3 mm slip vs. artifact. => Approx. 3 mm slip vs. artifact.
Mod. stenosis at L4-5. => Mod. stenosis at L4-5.
T-score of -2.6 at the hip. => T-score of -2.6 at the hip.
1. Bulge at L4-5.⏎2. No fracture. => 1. Bulge at L4-5. | 2. No fracture.
- Bulge at L4-5⏎- No fracture => - Bulge at L4-5 | - No fracture
No fracture; L4-5 Modic 2. => No fracture; | L4-5 Modic 2.
# lines that a machine cut
There are degenerative endplate changes at⏎L4-5 with Modic type 2 signal. => There are degenerative endplate changes at L4-5 with Modic type 2 signal.
There is a broad based disc bulge at the L4-5 level which⏎causes mild stenosis. => There is a broad based disc bulge at the L4-5 level which causes mild stenosis.
Nine months of supervised therapy and one interlaminar epidural⏎failed to help her. => Nine months of supervised therapy and one interlaminar epidural failed to help her.
# lines that the author ended
Disc desiccation noted⏎Modic type II noted at L5-S1⏎Hemangioma of L1 => Disc desiccation noted | Modic type II noted at L5-S1 | Hemangioma of L1
L4-5: bulge⏎L5-S1: normal => L4-5: bulge | L5-S1: normal
Straightening of lordosis⏎No fracture => Straightening of lordosis | No fracture
"""


@pytest.mark.parametrize(("text", "said"), parametrised("sentences", TABLE))
def test_sentences(text: str, said: str) -> None:
    document = read_document(Note(text))
    found = [" ".join(document.text[s.start : s.end].split()) for s in document.sentences]
    assert found == said.split(" | ")


# The level heading that the last sentence stands under; `-` for none.
HEADINGS = """
L4-5: Bulge. Mild stenosis. => L4-L5
L4-5: Bulge.⏎L5-S1: Normal. => L5-S1
L5-S1 level:⏎Disc desiccation⏎Modic type II noted => L5-S1
L4-5⏎Disc bulge⏎Modic type II noted => L4-L5
At the L4-L5 level: bulge. No stenosis. => L4-L5
|L4-5|bulge|none| => L4-L5
L4-5⏎Bulge.⏎⏎The conus is normal. => -
L4-5: Bulge.⏎⏎Hemangioma of the sacrum. => -
L4-5: Bulge.⏎IMPRESSION: No stenosis. => -
L4-5: Bulge.⏎- Sacrum normal. => -
- L4-5: Bulge.⏎- Sacrum normal. => -
"""


@pytest.mark.parametrize(("text", "said"), parametrised("headings", HEADINGS))
def test_level_heading_holds_for(text: str, said: str) -> None:
    last = read_document(Note(text)).sentences[-1]
    assert (last.heading.discs[0] if last.heading else "-") == said


def test_a_line_without_end_is_cut_so_that_cost_stays_linear() -> None:
    document = read_document(Note("disc bulge at L4-5 and " * 4000))
    assert max(s.end - s.start for s in document.sentences) <= 1200
