"""Misspelt words that are mended, and real words beside them that are not."""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.language.clean import clean
from bvnscreen.language.spelling import distance, mend

TABLE = """
Modec type I change => Modic type I change
Modik II at L4-5 => Modic II at L4-5
Motic changes type 2 => Modic changes type 2
MODEC TYPE II => MODIC TYPE II
Medic type 1 endplate change => Modic type 1 endplate change
The medic came at 2 pm => The medic came at 2 pm
Mobic 2 tabs at night => Mobic 2 tabs at night
Mobic changes type 2 => Modic changes type 2
medical type 2 diabetes => medical type 2 diabetes
Endpalte degeneration => Endplate degeneration
End palte changes => Endplate changes
end palate changes at L5-S1 => endplate changes at L5-S1
cleft palate repair => cleft palate repair
and plate changes (Modic) => endplate changes (Modic)
screws and plates => screws and plates
degenertaive chnages => degenerative changes
disc protruion => disc protrusion
central stensois => central stenosis
herniaton => herniation
spondylolithesis => spondylolisthesis
spondylosis => spondylosis
spondylitis => spondylitis
foramnal narowing => foraminal narrowing
radiculpathy => radiculopathy
lumber spine => lumbar spine
works in a lumber yard => works in a lumber yard
MRI LUMBER SPINE => MRI LUMBAR SPINE
MRI lumbar 3/2024 => MRI lumbar 3/2024
lumbar 4 views => lumbar 4 views
basovertebral nerve => basivertebral nerve
transforminal injection => transforaminal injection
gabapentine 300 mg => gabapentin 300 mg
articular surface => articular surface
neutral position => neutral position
retroperitoneal => retroperitoneal
no depression => no depression
"""


@pytest.mark.parametrize(("text", "said"), parametrised("spelling", TABLE))
def test_mended(text: str, said: str) -> None:
    cleaned = clean(text)
    mend(cleaned)
    assert cleaned.text == said


@pytest.mark.parametrize(
    ("a", "b", "steps"),
    [("modic", "modec", 1), ("endplate", "endpalte", 1), ("stenosis", "stenosis", 0), ("modic", "media", 2)],
)
def test_distance_counts_a_swap_of_neighbours_once(a: str, b: str, steps: int) -> None:
    assert distance(a, b, 3) == distance(b, a, 3) == steps


def test_distance_stops_at_its_limit() -> None:
    assert distance("modic", "degenerative", 2) == 3
