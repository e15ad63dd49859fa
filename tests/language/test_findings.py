"""Competing findings and conditions (notation: tables.py; slots are tested where given)."""

# ruff: noqa: E501 - a table that is read line by line

from __future__ import annotations

from typing import Any

import pytest
from tables import ASSERTIONS, entries, parametrised

from bvnscreen.facts import Finding, Note
from bvnscreen.language import read

TABLE = """
# whose device, and answers without a mark
Her husband, who came along today, has a pacemaker. => family: pacemaker
Pregnant no (postmenopausal). => absent: pregnancy
Cochlear implant none. Pacemaker no, on no blood thinner. => absent: implanted_stimulator; absent: pacemaker; absent: anticoagulant
SI provocation negative x5. => absent: si_joint_pain
# discs
The disc at L3-4 bulges; the next one down has a protrusion that contacts the left L5 root. => disc_bulge at L3-L4; disc_protrusion at L4-L5; nerve_root_compression at L4-L5 {side=left}
L3-4 and L4-5 have lost their T2 signal. => disc_desiccation at L3-L4,L4-L5
COPD, very severe, on long term oxygen. => severe_cardiopulmonary_disease; severe_cardiopulmonary_disease
L3-4 bulge, mild central⏎L4-5 severe loss of height => disc_bulge at L3-L4; disc_space_narrowing at L4-L5 {severity=severe}
Scoliosis: moderate. => scoliosis {severity=moderate}
Facet arthropathy: mild at L3-4. => facet_arthropathy at L3-L4 {severity=mild}
Facet arthropathy: mild foraminal narrowing. => facet_arthropathy; foraminal_stenosis {severity=mild}
L2 wedge fracture, recent or old. => possible: fracture at L2
Diffuse disc bulge at L4-5. => disc_bulge at L4-L5
Left paracentral disc protrusion at L5-S1 measuring 6 mm. => disc_protrusion at L5-S1 {side=left, size_mm=6.0}
Extruded disc fragment at L4-5 with caudal migration. => disc_extrusion at L4-L5
No disc herniation. => absent: disc_herniation
Annular fissure at L4-5. => annular_fissure at L4-L5
Disc desiccation and height loss at L5-S1. => disc_desiccation at L5-S1; disc_space_narrowing at L5-S1
# canals and roots
Moderate central canal stenosis at L4-5. => central_stenosis at L4-L5 {severity=moderate}
Mild left foraminal narrowing at L5-S1. => foraminal_stenosis at L5-S1 {severity=mild, side=left}
Severe right lateral recess stenosis at L4-5. => lateral_recess_stenosis at L4-L5 {severity=severe, side=right}
The canal and foramina are patent. => absent: central_stenosis; absent: foraminal_stenosis
No central or foraminal stenosis at L3-4. => absent: central_stenosis at L3-L4; absent: foraminal_stenosis at L3-L4
L5-S1 protrusion compressing the left S1 root. => disc_protrusion at L5-S1; nerve_root_compression at L5-S1 {side=left}
# alignment and bone
Grade 1 anterolisthesis of L4 on L5, 4 mm. => spondylolisthesis at L4-L5 {grade=1, size_mm=4.0, direction=antero}
Bilateral pars defects at L5. => spondylolysis at L5 {side=bilateral}
Acute compression fracture of L1. => fracture at L1 {acuity=acute}
No acute fracture. => absent: fracture
Since the prior examination there is a new fracture of L3. => fracture at L3 {acuity=acute}
Acute osteoporotic fracture of L2. => osteoporosis; fracture at L2 {acuity=acute}
Chronic osteoporotic T12 fracture. => osteoporosis; fracture at T12 {acuity=chronic}
Discussed possible side effects: infection, fracture. => nothing
Time 30 min. Reviewed side effects: soreness, infection. => nothing
Hemangioma of the L2 vertebral body. => hemangioma at L2
Schmorl's node at L2. => schmorl_node at L2
No metastatic lesion. => absent: tumor
No discitis or osteomyelitis. => absent: infection
DEXA T-score -2.7. => osteoporosis {t_score=-2.7}
Facet arthropathy at L4-5 and L5-S1. => facet_arthropathy at L4-L5,L5-S1
Partial sacralization of L5. => transitional_anatomy at L5
Pedicle screws at L4-5 from prior fusion. => spinal_hardware at L4-L5; prior_fusion at L4-L5
# conditions
Left L5 radiculopathy. => radiculopathy {side=left, roots=L5}
No radiculopathy. => absent: radiculopathy
Spondylosis without myelopathy or radiculopathy, lumbar region. => absent: radiculopathy
SLR negative bilaterally. => absent: slr_positive
Positive straight leg raise on the left. => slr_positive {side=left}
She has a pacemaker. => pacemaker
No pacemaker or defibrillator. => absent: pacemaker; absent: icd_device
ICD-10 code M54.51. => nothing
Takes Eliquis for atrial fibrillation. => anticoagulant {drug=apixaban}
No blood thinners. => absent: anticoagulant
Pregnancy test negative. => absent: pregnancy
Her mother has osteoporosis. => family: osteoporosis
# not the spine, not a finding
Fracture of the left wrist in 2010. => nothing
Fractured her tibia in 2015; fracture repair of the distal humerus. => nothing
Fractures, ribs and left ankle, 2019. => nothing
72-year-old woman with osteoporosis. => osteoporosis
64-year-old, pacemaker. => pacemaker
15 year old with open physes. => skeletal_immaturity
Inguinal hernia repair. => nothing
Knee joint instability. => nothing
Risks include infection and fracture. => nothing
Patient slipped on ice. => nothing
Fracture of the distal radius in 2019. => nothing
Bulge at L4-5. Protrusion at the same level compressing both exiting L4 roots. => disc_bulge at L4-L5; disc_protrusion at L4-L5; nerve_root_compression at L4-L5
# a touch that falls short of more
L5-S1: protrusion abuts without compressing the right S1 nerve root. => disc_protrusion at L5-S1; nerve_root_compression at L5-S1
The bulge at L4-5 contacts but does not displace the L5 roots. => disc_bulge at L4-L5; nerve_root_compression at L4-L5
The bulge at L4-5 does not displace the L5 roots. => disc_bulge at L4-L5; absent: nerve_root_compression at L4-L5
L4-5: No instability. => absent: instability at L4-L5
4 mm retrolisthesis of L3 on L4, unstable in flexion. => spondylolisthesis at L3-L4; instability at L3-L4
L4-5 slip opens to 7 mm on bending films and is unstable. => spondylolisthesis at L4-L5; instability at L4-L5
L4-5 spondylolisthesis. Unstable gait. => spondylolisthesis at L4-L5
The tongue protrudes in the midline. => nothing
# a text on two parts of the spine: each denial holds for its own
CERVICAL SPINE:⏎Severe canal stenosis.⏎LUMBAR SPINE:⏎No canal stenosis. => central_stenosis {region=cervical}; absent: central_stenosis {region=lumbar}
MRI cervical spine: no fracture. MRI lumbar spine: fracture of L1. => absent: fracture {region=cervical}; fracture at L1
1. Cervical: severe canal stenosis.⏎2. Lumbar: no canal stenosis. => central_stenosis {region=cervical}; absent: central_stenosis {region=lumbar}
Breast cancer screening is up to date. => nothing
# treated, dated, hedged
Discitis at L2-3 in 2015, treated, no recurrence. => historical: infection at L2-L3
Epidural abscess drained in 2018, without recurrence. => historical: infection
Dark T1 focus in the L3 vertebral body; metastasis cannot be excluded. => possible: tumor at L3
G2P1 at 24 weeks with low back pain. => pregnancy
G1P0, 30 weeks gestation. => pregnancy
G2P2, low back pain since the second delivery. => nothing
Prior L5-S1 fusion 2014. => prior_fusion at L5-S1
EF of 20%. => severe_cardiopulmonary_disease
Allergic to Plavix. => nothing
Osteoporosis: denies. Pacemaker: denies. => absent: osteoporosis; absent: pacemaker
No implanted electrical devices. => absent: pacemaker
SI joint provocation tests (FABER, thigh thrust, compression) negative. => absent: si_joint_pain
[L3-4] Dry disc. Narrow foramina.⏎[L4-5] Patent canal. => disc_desiccation at L3-L4; foraminal_stenosis at L3-L4; absent: central_stenosis at L4-L5
Do you have:  Pacemaker N   Blood thinner Y (warfarin)   Cancer N => absent: pacemaker; anticoagulant; absent: tumor
No change in the L3-4 bulge nor in the slip of L4 on L5. => disc_bulge at L3-L4; spondylolisthesis at L4-L5
# a structure and the word for its state, in either order
L5-S1: No bulge and a patent canal. => absent: disc_bulge at L5-S1; absent: central_stenosis at L5-S1
No bulge, canal patent. => absent: disc_bulge; absent: central_stenosis
L4-5: The canal is not patent. => central_stenosis at L4-L5
L3-4: Canal and both foramina widely patent. => absent: central_stenosis at L3-L4; absent: foraminal_stenosis at L3-L4
L3-4: Normal canal, recesses and neural foramina. => absent: central_stenosis at L3-L4; absent: lateral_recess_stenosis at L3-L4; absent: foraminal_stenosis at L3-L4
L4-5: The left foramen was slightly compromised. => foraminal_stenosis at L4-L5 {side=left, severity=mild}
L4-5: The left foramen is moderately narrowed, the right is clear. => foraminal_stenosis at L4-L5 {side=left, severity=moderate}; absent: foraminal_stenosis at L4-L5
L4-5: Patent canal, tight foramina bilaterally. => absent: central_stenosis at L4-L5; foraminal_stenosis at L4-L5 {side=bilateral}
L4-5: No canal stenosis, foramina tight bilat. => absent: central_stenosis at L4-L5; foraminal_stenosis at L4-L5 {side=bilateral}
L4-5: The canal is not narrowed. => absent: central_stenosis at L4-L5
L4-5: Neurofarmina narrowed left more than right. => foraminal_stenosis at L4-L5 {side=bilateral}
L4-5 disc: signal low, height decreased. => disc_desiccation at L4-L5; disc_space_narrowing at L4-L5
L4-5: Reduced T2 signal and height of the disc. => disc_desiccation at L4-L5; disc_space_narrowing at L4-L5
L4-5: Height reduction of the disc. => disc_space_narrowing at L4-L5
Reduced height of the L2 vertebral body. => nothing
L5-S1: degenerative changes affecting both facets. => facet_arthropathy at L5-S1 {side=bilateral}
L5-S1: Facets unremarkable. => absent: facet_arthropathy at L5-S1
L4-5: Canal: AP diameter reduced to 8 mm. Facets: mild arthrosis. => central_stenosis at L4-L5; facet_arthropathy at L4-L5 {severity=mild}
L4-5: S1 root sleeve impingement in the right lateral recess. => nerve_root_compression at L4-L5 {roots=S1}
# one of several with its own grade
L4-5: Mild central canal and moderate lateral recess narrowing. => central_stenosis at L4-L5 {severity=mild}; lateral_recess_stenosis at L4-L5 {severity=moderate}
# what follows goes on at its level
At L4/5 the disc bulges. The right foramen is narrowed. => disc_bulge at L4-L5; foraminal_stenosis at L4-L5 {side=right}
Broad bulge at L4-5. This results in moderate narrowing of the canal. => disc_bulge at L4-L5; central_stenosis at L4-L5 {severity=moderate}
In segment L4/5 small protrusion. Canal narrowed.⏎In segment L5/S1 mild bulge. Foramina free. => disc_protrusion at L4-L5; central_stenosis at L4-L5; disc_bulge at L5-S1; absent: foraminal_stenosis at L5-S1
L4-5 bulge. L5-S1 bulge. No fracture. No stenosis. => disc_bulge at L4-L5; disc_bulge at L5-S1; absent: fracture; absent: stenosis
Indeterminate lesion of the L2 body; metastasis cannot be excluded. => possible: tumor at L2
L5-S1: protrusion in contact with the S1 root. => disc_protrusion at L5-S1; nerve_root_compression at L5-S1
"""


@pytest.mark.parametrize(
    "text",
    [
        "L4-5: Moderate left and mild right foraminal stenosis.",
        "L4-5: Foraminal narrowing, moderate on the left and mild on the right.",
        "L4-5: Foramina: mild right, moderate left narrowing.",
        "L4-5: Foramina show moderate stenosis on the left, mild on the right.",
    ],
)
def test_two_sides_with_two_grades(text: str) -> None:
    found = read(Note(text)).findings
    assert {(f.concept, f.side, f.severity, f.levels) for f in found} == {
        ("foraminal_stenosis", "left", "moderate", ("L4-L5",)),
        ("foraminal_stenosis", "right", "mild", ("L4-L5",)),
    }


def _places(f: Finding) -> str:
    return ",".join(f.levels or f.vertebrae)


def _slot(value: Any) -> str:
    return "/".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("text", "said"), parametrised("findings", TABLE))
def test_findings(text: str, said: str) -> None:
    found: dict[tuple[str, str, str], Finding] = {}
    for f in read(Note(text)).findings:
        if f.assertion in ASSERTIONS:
            found.setdefault((f.assertion, f.concept, _places(f)), f)
    want = {e[:3]: e[3] for e in entries(said)}
    assert sorted(found) == sorted(want)
    shown = {k: {slot: _slot(getattr(found[k], slot)) for slot in asked} for k, asked in want.items()}
    assert shown == want
