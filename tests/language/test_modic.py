"""Endplate change as reports, notes and letters write it (notation: tables.py)."""

from __future__ import annotations

import pytest
from tables import ASSERTIONS, entries, parametrised

from bvnscreen.facts import Note
from bvnscreen.language import read

TABLE = """
# what is taken back
# then and now
Modic 1 change at L3-4 on the 2017 study has been replaced by type 2. => historical: 1 at L3-L4; 2 at L3-L4
Endplate signal is again normal at every level. => absent: unspecified
Not only Modic type 1 change but also a fissure is seen at L3-4. => 1 at L3-L4
When the scan is here I will check it for Modic type 1. => nothing
In 2018 there was Modic I at L3-4; this has since converted to Modic II. => historical: 1 at L3-L4; 2 at L3-L4
Please send within 14 days:⏎- a report that documents Modic type 1 => nothing
Evolution of endplate change at L5-S1 from Modic 1 (2019) to Modic 2. => historical: 1 at L5-S1; 2 at L5-S1
Modic 1 at L3-4 has since evolved into Modic 2. => historical: 1 at L3-L4; 2 at L3-L4
2019 MRI: Modic 1 at L3-4. 2023 MRI: Modic 2 at L4-5. => historical: 1 at L3-L4; 2 at L4-L5
If the next scan comes back showing Modic 1, she qualifies. => nothing
Questionable type 1 endplate change at L2-3; definite type 2 at L3-4. => possible: 1 at L2-L3; 2 at L3-L4
No leg pain, known Modic 2 at L5-S1. => 2 at L5-S1
# places in words
Between the first and second lumbar vertebrae the endplates show Modic 2 change. => 2 at L1-L2
Modic type 1 change flanks the disc between the fifth lumbar vertebra and the sacrum. => 1 at L5-S1
Modic 2 change at every level from L4 all the way to the sacrum. => 2 at L4-L5,L5-S1
Modic 1 lines the underside of L2 and the top of L3. => 1 at L2-L3
Both levels beside the old L4-5 fusion are worn, the one above it with Modic 2 change. => 2 at L3-L4
L2-3 bulges; the next one down shows Modic type 1 change. => 1 at L3-L4
The Modic I signal, which is small, straddles the L3-4 disc. => 1 at L3-L4
L3-4 protrusion, no Modic change at any level. => absent: unspecified
Facet arthropathy at L4-5, fatty endplate change at L5-S1. => 2 at L5-S1
Fatty Modic change at L4-5, the edematous kind at L3-4. => 2 at L4-L5; 1 at L3-L4
# codes in a column, and boxes for the place
Disc / endplates / canal⏎L4-5 - dry / M1 / ok⏎L5-S1 - ok / M0 / ok => 1 at L4-L5; absent: unspecified at L5-S1
MRI 2/2018 - Modic 1 at L3-4⏎MRI 3/2024 - L3-4 normal. Modic 2 at L5-S1. => historical: 1 at L3-L4; 2 at L5-S1
Fatty (M2) change at L3-4. => 2 at L3-L4
Modic: [ ] type 1 [x] type 2⏎Where: [ ] L3/4 [x] L4/5 => 2 at L4-L5
# the signal in plain words
The endplates at L3-4 show an inner rim of fat and an outer halo of edema. => 1/2 at L3-L4
A thin band of edema lines both endplates at L4-5. => 1 at L4-L5
The bone next to the L4-5 disc is bright on T1 and stays bright on T2, from wear of the disc. => 2 at L4-L5
On both sides of the L5-S1 disc the marrow is black on every sequence, degenerative. => 3 at L5-S1
STIR lights up the subchondral marrow about the degenerated L3-4 disc, T1 is dark there. => 1 at L3-L4
There is a degenerative reaction in the endplates at L5-S1. => unspecified at L5-S1
# whose word, how sure
The plan wants us to document Modic type 1. => nothing
He has been reading about Modic type 2 changes. => nothing
I saw nothing at L4-5 that I could call Modic change. => absent: unspecified at L4-L5
I lean towards Modic 1 at L2-3. => possible: 1 at L2-L3
Whether this is Modic 2 at L4-5 is hard to say. => possible: 2 at L4-L5
It might be Modic 1 at L4-5, and I agree that it is. => 1 at L4-L5
"Modic I" at L2-3 should read "Modic III". => absent: 1 at L2-L3; 3 at L2-L3
# how many is no type
Modic changes, three levels. => unspecified
Modic change of two vertebral bodies. => unspecified
Modic changes (2 levels), type 1. => 1
Modic 2 levels L2-3 and L3-4. => 2 at L2-L3,L3-L4
# what is left out is denied, and so is all the rest
Modic type 1 at every lumbar level except L1-2. => 1 at L2-L3,L3-L4,L4-L5,L5-S1; absent: 1 at L1-L2
No Modic change at L4-5 or at any other level. => absent: unspecified at L4-L5; absent: unspecified
Neither L4-5 nor any other disc now has Modic change. => absent: unspecified at L4-L5; absent: unspecified
The Modic type 2 change at L5-S1 has extended and now affects L4-5 too. => 2 at L5-S1,L4-L5
Bulges at L1-2, L2-3 and L3-4, the middle one with Modic type 1 change. => 1 at L2-L3
L3-4 endplates: T1↓ T2↑, degenerative. => 1 at L3-L4
# looked for and not found
I searched the films: looked carefully for Modic changes and found none. => absent: unspecified
Modic change. None seen at any level. => absent: unspecified
Insurers pay for it only if Modic type 1 or 2 is shown. => nothing
Bright STIR marrow about the L2-3 disc. Modic 1 versus discitis at L2-3. => possible: 1 at L2-L3
# other sources, other relief
Modic 2 at L5-S1, SI joint and facets excluded. => 2 at L5-S1
Two years of care without lasting relief and Modic type 1 change at L4-5. => 1 at L4-L5
Modic 1 was incorrectly stated at L4-5. Modic 1 is at L5-S1. => absent: 1 at L4-L5; 1 at L5-S1
# the name and its type, in every order
Modic change type 2 of the two lowest levels. => 2 at L4-L5,L5-S1
Modic type II endplate changes at L4-5. => 2 at L4-L5
Type 1 Modic change at L5-S1. => 1 at L5-S1
Modic III at L3-4. => 3 at L3-L4
Modic: II at L4-5 => 2 at L4-L5
Modic = 2 at L4-5 => 2 at L4-L5
Modic changes of type two at L4-5. => 2 at L4-L5
Modic typeII change at L5-S1. => 2 at L5-S1
Modic change, type ll, at L4-5. => 2 at L4-L5
MC1 at L5-S1 on the lumbar MRI. => 1 at L5-S1
Type 2 endplate degeneration at L4-5. => 2 at L4-L5
Modec Type I , noted at L4/L5 => 1 at L4-L5
VESC type 1 at L5-S1. => 1 at L5-S1
# mixtures
Mixed Modic I/II change at L4-5. => 1/2 at L4-L5
Modic type 1 and type 2 changes at L5-S1. => 1/2 at L5-S1
Modic 2-3 at L4-5. => 2/3 at L4-L5
# no type: unspecified, not a guess
Modic changes at L5-S1. => unspecified at L5-S1
Degenerative endplate changes at L4-5. => unspecified at L4-L5
Reactive endplate marrow change at L5-S1. => unspecified at L5-S1
Chronic degenerative endplate changes at L4-5. => unspecified at L4-L5
# described by its signal
Degenerative endplate signal at L4-5, dark on T1 and bright on T2. => 1 at L4-L5
Degenerative endplate signal at L4-5, bright on T1 and T2. => 2 at L4-L5
Degenerative endplate signal at L4-5, dark on T1 and T2. => 3 at L4-L5
Fatty endplate changes at L5-S1. => 2 at L5-S1
Discogenic endplate edema at L5-S1. => 1 at L5-S1
STIR bright signal along the L4-5 endplates, degenerative. => 1 at L4-L5
Reactive change of the L4-5 endplates: high on STIR, low on T1, enhancing after contrast. => 1 at L4-L5
Degenerative endplate band at L3-4, high T1, high FSE T2, suppressing with fat saturation. => 2 at L3-L4
Degenerative endplate signal at L5-S1, low on T1 and T2 hyperintense. => 1 at L5-S1
Degenerative endplate signal at L5-S1, reduced on all sequences. => 3 at L5-S1
Mainly fatty endplate change at L4-5, with a rim of STIR hyperintense edema. => 1/2 at L4-L5
Fatty endplate change at L4-5 without edema. => 2 at L4-L5
# numbers that are no type
Type 2 diabetes. Modic changes at L5-S1. => unspecified at L5-S1
Type 1 diabetic with Modic type 2 change at L4-5. => 2 at L4-L5
Grade 1 retrolisthesis and Modic 3 at L5-S1. => 3 at L5-S1
Pfirrmann IV disc with Modic I at L4-5. => 1 at L4-L5
Sagittal T1 and T2 images show Modic changes at L4-5. => unspecified at L4-L5
1. Modic changes at L4-5. => unspecified at L4-L5
# not endplate change
Schmorl's node with surrounding marrow edema at L2. => nothing
Endplate spurring at L4-5. => nothing
Superior endplate fracture of L1 with marrow edema. => nothing
Hemangioma of L3, bright on T1 and T2. => nothing
The endplates were prepared with a curette. => nothing
On fluoroscopy the L4 endplates were squared off. => nothing
Reactive marrow edema on both sides of the acromioclavicular joint. => nothing
Annular fissure with high T2 signal at L4-5. => nothing
Medical type 2 diabetes. => nothing
Radiographs: endplate sclerosis at L4-5. => nothing
# level by level
L4-5: Modic type 2. L5-S1: Modic type 1. => 2 at L4-L5; 1 at L5-S1
Type 2 at L3-4 and L4-5, and type 1 at L5-S1 Modic changes. => 2 at L3-L4,L4-L5; 1 at L5-S1
Modic types I and II at L4-5 and L5-S1, respectively. => 1 at L4-L5; 2 at L5-S1
Modic type 1 in the L4 and L5 vertebral bodies. => 1 at L4,L5
Modic type 2 change of the inferior endplate of L4 and superior endplate of L5. => 2 at L4-L5
No Modic change at L4-5; type 1 at L5-S1. => absent: unspecified at L4-L5; 1 at L5-S1
Disc height is lost at L5-S1. Modic type 1 change at this level. => 1 at L5-S1
L2-3, L3-4 and L5-S1 have Modic type 1, 2 and 2 change respectively. => 1 at L2-L3; 2 at L3-L4; 2 at L5-S1
Protrusions at L3-4 and L4-5, the last with Modic type 2 change. => 2 at L4-L5
The L3-4 disc is narrow. Modic type 1 change at the level above. => 1 at L2-L3
Extrusion at L4-5 contacting the L5 root, and Modic 2 at L5-S1. => 2 at L5-S1
Degenerative endplate change at L4-5 and, to an even lesser degree, L3-4. => unspecified at L4-L5,L3-L4
| | L2-3 | L3-4 | L5-S1 |⏎|-|-|-|-|⏎|Modic|0|1|2| => absent: unspecified at L2-L3; 1 at L3-L4; 2 at L5-S1
LEVEL,BULGE,MODIC,CANAL⏎L3-4,none,0,normal⏎L5-S1,yes,II,normal => absent: unspecified at L3-L4; 2 at L5-S1
Level | L3-4 | L4-5⏎Modic change | none | type 2 => absent: unspecified at L3-L4; 2 at L4-L5
|Level|Disc|Modic|⏎|L4-5|bulge|2|⏎|L5-S1|normal|none| => 2 at L4-L5; absent: unspecified at L5-S1
Modic type 2 change next to the old L3-4 fusion, at L2-3. => 2 at L2-L3
Edematous Modic change at L3-4. => 1 at L3-L4
Modic II at L2/3 and L4/5, Modic I at the intervening level. => 2 at L2-L3,L4-L5; 1 at L3-L4
M0dic type 1 endp1ate change, L4-LS and LS-Sl. => 1 at L4-L5,L5-S1
Type II Modic endplate change: L3 inferior and L4 superior. => 2 at L3-L4
Narrow L3-4 and L4-5 discs; the upper shows Modic type 1, the lower type 2. => 1 at L3-L4; 2 at L4-L5
# assertion
L4-5: Modic type 1 on the 2020 study, now Modic type 2. => historical: 1 at L4-L5; 2 at L4-L5
Vague endplate signal at L4-5 may represent Modic type 1 change. => possible: 1 at L4-L5
Modic I at L3/4 in 2019; now only type II signal is seen there. => historical: 1 at L3-L4; 2 at L3-L4
Modic I->II at L4-5 since 2021. => historical: 1 at L4-L5; 2 at L4-L5
Neither L3-4 nor L4-5 has Modic change. => absent: unspecified at L3-L4,L4-L5
IMPRESSION: Modic type 2 at L2-3.⏎ADDENDUM: This should read Modic type 2 at L3-4. => 2 at L3-L4
The previously reported Modic type 2 at L4-5 is again seen. => 2 at L4-L5
The previously reported Modic type 2 at L4-5 is no longer seen. => historical: 2 at L4-L5
Modic type 1 at L5-S1, not seen on the study of 2020. => 1 at L5-S1
Were the new MRI to show Modic 1 change, ablation would be offered. => nothing
Had the scan shown Modic 1 change, ablation would have been offered. => nothing
Type 1 edema at L4-5 has given way to fat (type 2 Modic). => historical: 1 at L4-L5; 2 at L4-L5
No Modic changes. => absent: unspecified
Modic changes are absent at L4-5. => absent: unspecified at L4-L5
No interval change in Modic type 2 at L4-5. => 2 at L4-L5
Stable Modic type 2 at L4-5. => 2 at L4-L5
Possible Modic type 1 change at L5-S1. => possible: 1 at L5-S1
Modic type 1 versus early discitis at L4-5. => possible: 1 at L4-L5
Cannot exclude Modic type 1 change at L4-5. => possible: 1 at L4-L5
Findings in keeping with Modic type 1 at L5-S1. => 1 at L5-S1
The Modic type 1 change at L4-5 has resolved. => historical: 1 at L4-L5
Type 1 change at L4-5 has converted to Modic type 2. => historical: 1 at L4-L5; 2 at L4-L5
INDICATION: Modic changes? => nothing
Evaluate for Modic type 1 change. => nothing
BVN ablation requires Modic type 1 or 2 changes. => nothing
COMPARISON: MRI 2019 with Modic type 1 at L4-5. => historical: 1 at L4-L5
Not only Modic type 2 at L4-5 but severe stenosis. => 2 at L4-L5
No fracture, but there is Modic type 1 at L4-5. => 1 at L4-L5
Modic type 2 at L4-5 without stenosis. => 2 at L4-L5
Modic changes? Yes, type 1 at L5-S1. => 1 at L5-S1
Modic (Y/N): N => absent: unspecified
# a type has its own noun: what else is numbered by types, after Modic was named
No Modic changes. Neurofibromatosis type 1. => absent: unspecified
Modic changes: none. SLAP lesion, type II. => absent: unspecified
No Modic change. Spinal muscular atrophy type 2. => absent: unspecified
No Modic change. Lenke type 1 curve, endplates tilted. => absent: unspecified
No Modic change. Schmorl node type 1 at L2-3. => absent: unspecified
No Modic change. Wedge fracture type 2 of L2 with marrow edema. => absent: unspecified
No Modic change at L3-4. New type 2 change at L4-5. => absent: unspecified at L3-L4; 2 at L4-L5
# another cause owns the words, though a level stands between
Discitis L4-5: endplate edema and enhancement, T1 dark T2 bright. => nothing
Acute fracture of L1, superior endplate edema type 1 signal, low on T1. => nothing
Hemangioma type II (fatty) in L3, adjacent to the inferior endplate. => nothing
# other joints, other endplates
Knee MRI: reactive marrow edema along the tibial plateau, degenerative. => nothing
Subchondral marrow edema of the acetabulum, degenerative. => nothing
Motor endplate disease, type 2 fiber atrophy. => nothing
# a radiograph or CT shows no marrow
X-RAYS: degenerative endplate changes at L5-S1. => nothing
CT: sclerosis of the L4-5 endplates. => nothing
# signal in other words
T1 hypointense, STIR hyperintense signal in the endplates flanking the L4-5 disc. => 1 at L4-L5
The opposing endplates at L5-S1 follow fat on all sequences. => 2 at L5-S1
Endplate marrow at L5-S1 is hyperintense on T1 and suppresses on STIR. => 2 at L5-S1
Bright T1 signal paralleling the L4-5 endplates, isointense on T2. => 2 at L4-L5
Altered signal, hypo on T1 and hyper on T2, in the opposing end plates at L4/5. => 1 at L4-L5
Hyperintense T1 and T2 signal in the endplates of L5/S1. => 2 at L5-S1
On T1 the L4-5 endplates are dark and on T2 they are bright. => 1 at L4-L5
Endplates at L4-5: low T1, high T2 signal. => 1 at L4-L5
Endplates at L4-5 are low on all sequences. => 3 at L4-L5
Sagittal T1 and T2 images show reduced disc height and endplate change at L4-5. => unspecified at L4-L5
Fatty marrow conversion adjacent to the L5-S1 disc. => 2 at L5-S1
High STIR signal in the L3-4 endplates. => 1 at L3-L4
# places
Modic type 2 in the adjoining end plates of L4 and L5. => 2 at L4-L5
Modic type 1 at L3-4 (anterior) and L4-5 (diffuse). => 1 at L3-L4,L4-L5
Modic changes: L3-4 none, L4-5 type 1. => absent: unspecified at L3-L4; 1 at L4-L5
Endplates: L4-5 type 1; L5-S1 type 2. => 1 at L4-L5; 2 at L5-S1
No Modic changes above L4-5. => absent: unspecified
Subtle Modic 1 at L5/S1, if any. => possible: 1 at L5-S1
Type 2 with some residual type 1 Modic at L5-S1. => 1/2 at L5-S1
Modic 2 at T8-9 and Modic 1 at L4-5. => 2 at T8-T9; 1 at L4-L5
Narrowed discs at L2-3, L3-4 and L4-5, with type 2 Modic change at the lowest of the three. => 2 at L4-L5
L3-4 and L4-5 are dry; Modic 1 sits at the upper of the two levels. => 1 at L3-L4
L4-5: no slip, Modic type 1 marrow signal. => 1 at L4-L5
L4-5: no slip, Modic type 1 marrow signal or fracture. => absent: 1 at L4-L5
Endplate edema seen at L2-3 in May has given way to Modic type 2. => historical: 1 at L2-L3; 2 at L2-L3
MRI 2019: Modic 2 at L3-4.⏎MRI today: no Modic change. => historical: 2 at L3-L4; absent: unspecified
Modic change seen:  [ ] Yes  [x] No  [ ] Not evaluated => absent: unspecified
Modic type 1 change at⏎⏎ROE, J.   Page 2 of 4   MRN 77⏎⏎L4-5 with a bulge. => 1 at L4-L5
Nothing at L2-3 or L3-4 that one could describe as Modic change. => absent: unspecified at L2-L3,L3-L4
No new Modic change; her known type 1 at L3/4 is still seen. => 1 at L3-L4
Fatty Modic 2 change at L3-4 with a thin active (type 1) component. => 1/2 at L3-L4
There is not merely a bulge but Modic 1 at L3-4. => 1 at L3-L4
The endplate edema that was noted at L3-4 in 2021 has cleared. => historical: 1 at L3-L4
Stable or if anything fainter Modic 2 signal at L3-4. => 2 at L3-L4
If it shows Modic type 1 we will submit. => nothing
Once the scan confirms Modic type 2 a request follows. => nothing
Modic 1 L3-4, L4-5 normal. => 1 at L3-L4; absent: unspecified at L4-L5
MRI, endplates of the third Modic type at L4-5. => 3 at L4-L5
Modic 1 edema seen at L3/4 in May has faded away, leaving type 2 change. => historical: 1 at L3-L4; 2 at L3-L4
Modic type [ ] 0 [X] 1 [ ] 2 [ ] 3⏎Level [X] L3/4 [ ] L4/5 [ ] L5/S1 => 1 at L3-L4
Modic 1 at L5-51. => 1 at L5-S1
Outside MRI: Modic 1 at L3-4. => 1 at L3-L4
Modic 2 at L2-3.⏎ADDENDUM: the Modic change is at L3-4, not L2-3. => 2 at L3-L4; absent: unspecified at L2-L3
L4-5 shows MC type 2. => 2 at L4-L5
MRI lumbar 4/2017: Modic 1, L4-5. MRI lumbar 3/2024: no Modic. => historical: 1 at L4-L5; absent: unspecified
Modic type 2 at L4-5.⏎ADDENDUM: On review the level is L5-S1, not L4-5. => 2 at L5-S1
Endplate edema, indeterminate between Modic type 1 and early discitis, L4-5. => possible: 1 at L4-L5
"""


def said_of(text: str) -> list[tuple[str, str, str, dict[str, str]]]:
    found = []
    for m in read(Note(text)).modic:
        if m.assertion in ASSERTIONS:
            types = "/".join(m.types)
            found.append((m.assertion, types, ",".join(m.levels or m.vertebrae), {}))
    return sorted(found, key=repr)


@pytest.mark.parametrize(("text", "said"), parametrised("modic", TABLE))
def test_modic(text: str, said: str) -> None:
    assert said_of(text) == entries(said)


def test_columns_of_levels() -> None:
    """A table that names its levels over the columns and leaves its corner blank."""
    text = """\
            L2-3    L3-4    L4-5
Modic        1      none     2
Canal        ok      ok      ok
"""
    assert said_of(text) == entries("1 at L2-L3; absent: unspecified at L3-L4; 2 at L4-L5")
