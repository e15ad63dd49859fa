"""What a level mention stands for: discs, vertebrae, endplates, roots and medial branches are kept apart.

After the arrow: the kind, then the discs or (for what is no disc) the vertebrae or endplates; a range of
vertebrae is both, shown by its discs. Two mentions are parted by a semicolon.
"""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.facts import Note
from bvnscreen.language.document import read_document

TABLE = """
# one disc, as it is written
L4-5                                => disc L4-L5
L4-L5                               => disc L4-L5
L4/5                                => disc L4-L5
L4/L5                               => disc L4-L5
L4–5                                => disc L4-L5
L 4-5                               => disc L4-L5
L4 -5                               => disc L4-L5
L4- 5                               => disc L4-L5
L4,5                                => disc L4-L5
L4 5                                => disc L4-L5
L4_5                                => disc L4-L5
L45                                 => disc L4-L5
L5S1                                => disc L5-S1
L5-S-1                              => disc L5-S1
L5-1                                => disc L5-S1
L-4/5                               => disc L4-L5
l4-l5                               => disc L4-L5
the 4-5 disc                        => disc L4-L5
lumbosacral junction                => disc L5-S1
thoracolumbar junction              => disc T12-L1
fourth lumbar interspace            => disc L4-L5
L4 on L5                            => disc L4-L5
L5-S1 facet joint                   => disc L5-S1
# dictated, glossed, scanned
L four five                         => disc L4-L5
L for 5                             => disc L4-L5
L4 dash 5                           => disc L4-L5
lumbar four-five                    => disc L4-L5
lumbar 5-sacral 1                   => disc L5-S1
lumbar (L)4-L5                      => disc L4-L5
L (lumbar) 2-3                      => disc L2-L3
L5-S (sacral)1                      => disc L5-S1
L5 (fifth lumbar vertebra)-S1       => disc L5-S1
LS-S1                               => disc L5-S1
L4-LS                               => disc L4-L5
I4-5                                => disc L4-L5
Ll-2                                => disc L1-L2
L5-Sl                               => disc L5-S1
L4-⏎L5                              => disc L4-L5
# other parts of the spine, other names
D12-L1                              => disc T12-L1
T12-L1                              => disc T12-L1
C5-6                                => disc C5-C6
L5-6                                => disc L5-L6
L6-S1                               => disc L6-S1
# several
L4-5 and L5-S1                      => disc L4-L5 L5-S1
L4-5, L5-S1                         => disc L4-L5 L5-S1
L4-5, 5-1                           => disc L4-L5 L5-S1
L34, L45, L5S1                      => disc L3-L4 L4-L5 L5-S1
L4-L5&L5/S1                         => disc L4-L5 L5-S1
L4-5 > L5-S1                        => disc L4-L5 L5-S1
L4-L5-S1                            => disc L4-L5 L5-S1
L3/4/5                              => disc L3-L4 L4-L5
L3-4 through L5-S1                  => disc L3-L4 L4-L5 L5-S1
from L3-4 to L5-S1                  => disc L3-L4 L4-L5 L5-S1
all lumbar levels                   => disc L1-L2 L2-L3 L3-L4 L4-L5 L5-S1
L3-5                                => range L3-L4 L4-L5
L3-S1                               => range L3-L4 L4-L5 L5-S1
L3 to S1                            => range L3-L4 L4-L5 L5-S1
L3 thru S1                          => range L3-L4 L4-L5 L5-S1
# vertebrae and endplates are no discs
L4 and L5                           => vertebra L4 L5
L4, L5 and S1 vertebral bodies      => vertebra L4 L5 S1
L5 vertebral body                   => vertebra L5
D12                                 => vertebra T12
L5 pars                             => vertebra L5
inferior endplate of L4             => endplate L4-inferior
L5 superior endplate                => endplate L5-superior
inferior endplate of L5 and superior endplate of S1 => endplate L5-S1
# roots and medial branches
L5 nerve root                       => root L5
L5 radiculopathy                    => root L5
pain in an L5 distribution          => root L5
traversing S1 nerve                 => root S1
L5 TFESI                            => root L5
exiting L4 root at L4-5             => root L4; disc L4-L5
L3, L4, L5 medial branch blocks     => branch L3 L4 L5
L4 medial branch and L5 dorsal ramus => branch L4; branch L5
# not a level
Sagittal T1 and T2 weighted images  => nothing
S1 and S2 normal, no murmur         => nothing
Strength 5/5 in both legs           => nothing
Pain 4-5/10                         => nothing
For 4-5 weeks                       => nothing
Vitamin B12                         => nothing
Conus at L1-2                       => nothing
ICD M51.27, CPT 64628               => nothing
Seen on 4/5/2024                    => nothing
22 gauge needle, 3 mL               => nothing
L4-5 5 mm protrusion                => disc L4-L5
"""


def shown(text: str) -> str:
    document = read_document(Note(text))
    out = []
    for sentence in document.sentences:
        for g in document.levels(sentence):
            names = g.discs or g.endplates or g.vertebrae
            names = g.vertebrae if g.kind in ("root", "branch") else names
            out.append(" ".join((g.kind, *names)))
    return "; ".join(out) or "nothing"


@pytest.mark.parametrize(("text", "said"), parametrised("levels", TABLE))
def test_level(text: str, said: str) -> None:
    assert shown(text) == said
