"""Which level belongs to which finding; a wrong level is worse than none. `-` is no level.

After the arrow the levels of the marked findings, in order.
"""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.facts import Note
from bvnscreen.language import read

TABLE = """
# in the phrase
⟨Disc bulge⟩ at L4-5. => L4-L5
L4-5 ⟨disc bulge⟩. => L4-L5
At L4-5 there is a ⟨disc bulge⟩. => L4-L5
⟨Disc bulge⟩ (L4-5). => L4-L5
⟨Disc bulges⟩ at L3-4 and L4-5. => L3-L4,L4-L5
L4-5 ⟨extrusion⟩ and L5-S1 ⟨protrusion⟩. => L4-L5 | L5-S1
⟨Bulge⟩ at L4-5 and ⟨protrusion⟩ at L5-S1. => L4-L5 | L5-S1
⟨Bulge⟩ at L4-5, with ⟨stenosis⟩ at L3-4. => L4-L5 | L3-L4
# findings that share a level
⟨Facet arthropathy⟩ and 4 mm ⟨protrusion⟩ at L5-S1. => L5-S1 | L5-S1
At L4-5 a ⟨bulge⟩ causes ⟨stenosis⟩. => L4-L5 | L4-L5
# respectively, former and latter, emphasis, exception
⟨Extrusion⟩ and ⟨protrusion⟩ at L4-5 and L5-S1, respectively. => L4-L5 | L5-S1
⟨Disc bulges⟩ at L3-4 and L4-5, worst at L4-5. => L3-L4,L4-L5
⟨Disc bulges⟩ from L2-3 to L5-S1. => L2-L3,L3-L4,L4-L5,L5-S1
All lumbar levels show ⟨disc desiccation⟩ except L1-2. => L2-L3,L3-L4,L4-L5,L5-S1
⟨Stenosis⟩ at L5-S1 but not L4-5. => L5-S1
# at this level
Disc height is lost at L5-S1. A ⟨protrusion⟩ is seen at this level. => L5-S1
# told level by level
L2-3 is dry. L3-4 bulges. No ⟨central stenosis⟩. L4-5 is narrowed. The ⟨foramina⟩ are patent. => L3-L4 | L4-L5
L3-4 is dry. ⟨Foraminal stenosis⟩ is mild. Paraspinal muscles normal. No ⟨central stenosis⟩. => L3-L4 | -
# headings
L4-5: ⟨Bulge⟩. Mild ⟨stenosis⟩. => L4-L5 | L4-L5
L4-5: ⟨Bulge⟩.⏎L5-S1: ⟨Protrusion⟩. => L4-L5 | L5-S1
L5/S1 level :⏎Disc dessication⏎⟨Protrusion⟩ noted => L5-S1
|L4-5|⟨bulge⟩|none| => L4-L5
# levels that must not leak
⟨Protrusion⟩ at L5-S1.⏎Hemangioma of the L1 => L5-S1
⟨Scoliosis⟩. Bulge at L4-5. => -
Disc ⟨extrusion⟩ above the L5-S1 fusion. => L4-L5
The L5 nerve root is contacted by a ⟨protrusion⟩ at L4-5. => L4-L5
Conus at L1. ⟨Disc desiccation⟩ is seen. => -
"""


@pytest.mark.parametrize(("text", "said"), parametrised("attach", TABLE))
def test_levels_of_findings(text: str, said: str) -> None:
    plain = text.replace("⟨", "").replace("⟩", "")
    found = read(Note(plain)).findings
    out = []
    at = 0
    for i, piece in enumerate(text.split("⟨")[1:], 1):
        at = text.index("⟨", at) + 1
        begin = at - (2 * i - 1)
        end = begin + piece.index("⟩")
        places = {
            ",".join(f.levels) or "-" for f in found if f.evidence.start < end and begin < f.evidence.end
        }
        out.append("/".join(sorted(places)) or "nothing read")
    assert " | ".join(out) == said
