"""What the words around a finding make of it: there, not there, perhaps, no more, somebody else's."""

from __future__ import annotations

import pytest
from tables import parametrised

from bvnscreen.facts import Note
from bvnscreen.language import read

# The assertion of the words between the marks; `-` when nothing, or nothing but a question, is read there.
TABLE = """
# there
Exercise tolerance over 4 ⟨METS⟩. => -
The second scan settles the ⟨infection⟩ question. => absent
R/B/A discussed incl bleeding and ⟨infection⟩. => -
A skin ⟨infection⟩ in May, healed. => -
No dizziness since the ⟨pacemaker⟩. => present
Pacemaker N. ⟨Nerve stimulator⟩ N. Insulin pump N. => absent
AICD was discussed but never placed: no ⟨ICD⟩. => absent
⟨ICD⟩ was recommended in 2020 and not implanted. => absent
L3-4 ⟨discitis⟩ in 2016, treated with oral antibiotics and cleared. => historical
The ⟨fracture⟩ has largely but not fully resolved. => present
⟨Fracture⟩ of L2 suspected. => possible
⟨Fracture⟩ suspected at L2. => possible
Indeterminate ⟨marrow lesion⟩ in L3. => possible
⟨Infection⟩ is not a concern. => absent
⟨Fracture⟩. None. => absent
Do you have: ⟨pacemaker⟩ (N) insulin pump (N) => absent
Do you have: ⟨pacemaker⟩ (Y) insulin pump (N) => present
Could you be ⟨pregnant⟩? (n) => absent
There is ⟨discitis⟩ at L4-5. => present
Findings consistent with ⟨discitis⟩. => present
Minimal ⟨disc bulge⟩ at L4-5. => present
Unchanged ⟨disc protrusion⟩ at L5-S1. => present
No interval change in the ⟨disc protrusion⟩ at L5-S1. => present
Not only ⟨stenosis⟩ but instability. => present
No doubt there is ⟨spondylolisthesis⟩ at L4-5. => present
No fracture but ⟨scoliosis⟩ is seen. => present
No fracture; mild ⟨scoliosis⟩. => present
⟨Disc protrusion⟩ without stenosis. => present
⟨Scoliosis⟩ is not thought to be the cause of her pain. => present
No prior imaging. ⟨Scoliosis⟩ of 12 degrees. => present
Spine allodynia. My neighbor has a ⟨pacemaker⟩. => family
[x] no ⟨pacemaker⟩ => absent
[ ] no ⟨pacemaker⟩ => -
She hopes to become ⟨pregnant⟩ next year. => -
MRI LUMBAR WITH AND WITHOUT⏎Lesions consistent with ⟨metastases⟩. => present
The page was scanned in error and belongs to another patient. Severe ⟨central stenosis⟩. => -
⟨Pacemaker⟩, two teeth extracted last year. => present
Has a ⟨pacemaker⟩, appendix was removed. => present
⟨Pacemaker⟩ 2014, extracted 5/2022 and not replaced. => historical
Pt ed: rare infection, ⟨fx⟩, nerve injury. => -
# not there
No ⟨fracture⟩. => absent
No evidence of ⟨discitis⟩. => absent
Negative for ⟨fracture⟩ or infection. => absent
MRI is negative for fracture or ⟨infection⟩. => absent
No fracture, ⟨infection⟩ or tumor. => absent
Neither fracture nor ⟨tumor⟩. => absent
⟨Fracture⟩ is not seen. => absent
⟨Discitis⟩ has been ruled out. => absent
⟨Fracture⟩: none. => absent
Denies ⟨radicular pain⟩. => absent
Nothing to suggest ⟨infection⟩. => absent
Bulge without ⟨stenosis⟩. => absent
[ ] yes [x] no ⟨pacemaker⟩ => absent
⟨Pacemaker⟩: [ ] yes [x] no => absent
[x] yes [ ] no ⟨pacemaker⟩ => present
⟨Pacemaker⟩  Y [ ]  N [x] => absent
Yes [ ] No [x] Are you ⟨pregnant⟩? => absent
⟨Pacemaker⟩ ☐ Yes ☒ No; Osteoporosis ☒ Yes ☐ No => absent
Pacemaker ☐ Yes ☒ No; ⟨Osteoporosis⟩ ☒ Yes ☐ No => present
⟨Pacemaker⟩ [ ] yes [ ] no => -
⟨Pacemaker⟩: yes / no => -
Blood thinner [x]  ⟨Pacemaker⟩ [ ]  Seizures [ ] => -
⟨Osteoporosis⟩ [x] yes [ ] no [ ] unsure => present
⟨Pacemaker⟩: no => absent
⟨Discitis⟩ is unlikely. => absent
# perhaps
Possible ⟨discitis⟩ at L4-5. => possible
Cannot exclude ⟨fracture⟩ of L1. => possible
⟨Discitis⟩ is not excluded. => possible
⟨Discitis⟩ is difficult to exclude. => possible
Suspicious for ⟨discitis⟩. => possible
May represent ⟨infection⟩. => possible
? ⟨fracture⟩ of L1 => possible
Degenerative change versus ⟨discitis⟩. => possible
# no more, others, no patient
Previously seen ⟨disc extrusion⟩ is no longer present. => historical
The ⟨radiculopathy⟩ has resolved. => historical
Her mother has ⟨osteoporosis⟩. => family
⟨Osteoporosis⟩ runs in the family. => family
Seen with her mother, has ⟨osteoporosis⟩. => present
Rule out ⟨fracture⟩. => -
INDICATION: evaluate for ⟨stenosis⟩. => -
Risks include ⟨infection⟩. => -
Exclusion criteria include ⟨pregnancy⟩. => -
Call if you have signs of ⟨infection⟩. => -
"""


def assertion_of(marked: str) -> str:
    text = marked.replace("⟨", "").replace("⟩", "")
    begin, end = marked.index("⟨"), marked.index("⟩") - 1
    found = {
        f.assertion
        for f in read(Note(text)).findings
        if f.evidence.start < end and begin < f.evidence.end and f.assertion != "hypothetical"
    }
    return "/".join(sorted(found)) or "-"


@pytest.mark.parametrize(("text", "said"), parametrised("assertion", TABLE))
def test_assertion(text: str, said: str) -> None:
    assert assertion_of(text) == said
