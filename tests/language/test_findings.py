"""Competing findings and conditions (notation: tables.py; slots are tested where given)."""

# ruff: noqa: E501 - a table that is read line by line

from __future__ import annotations

from typing import Any

import pytest
from tables import ASSERTIONS, entries, parametrised

from bvnscreen.facts import Finding, Note
from bvnscreen.language import read

TABLE = """
# what must not be denied, passed or made up
PMH: never smoker, scoliosis, osteoporosis. => scoliosis; osteoporosis
She has never smoked and has osteoporosis. => osteoporosis
She has never had surgery, has a slip at L4-5. => spondylolisthesis at L4-L5
The pain goes nowhere else and the MRI shows stenosis at L4-5. => stenosis at L4-L5
Bulge at L3-4 and, one level lower, at L4-5, a protrusion. => disc_bulge at L3-L4; disc_protrusion at L4-L5
There is a bulge at L4-5. One of her legs is weak at L5. => disc_bulge at L4-L5
The disc, not the facets, is the source. => absent: facet_mediated_pain
I don't think the pain is coming from the facets. => absent: facet_mediated_pain
The pain comes from the disc rather than from the SI joint. => nothing
Stenosis at L4-5. Her lymphoma is in remission. => stenosis at L4-L5; historical: tumor
Bulge at L4-5 treated with an epidural that lasted three weeks. => disc_bulge at L4-L5
The sciatica has gone on for years. => radicular_pain
The sciatica went down both legs. => radicular_pain
Needs a pacemaker check before the procedure. => pacemaker
Her son says that she has a pacemaker. => pacemaker
According to her husband she has a pacemaker. => pacemaker
Her son has a pacemaker. => family: pacemaker
L1 endplate deformity, possibly a recent fracture. => possible: fracture at L1; possible: fracture at L1
L1 compression deformity. Possible fracture of L3. => fracture at L1; possible: fracture at L3
She needs a pacemaker. => nothing
Offered a spinal cord stimulator last year, not keen. => nothing
Has a pacemaker and was offered an ICD. => pacemaker
Discitis suspected, cultures have not come back. => possible: infection
The slip at L4-5 is stable; nothing has changed since. => spondylolisthesis at L4-L5
Facet arthropathy at L4-5 with fluid in the joints. => facet_arthropathy at L4-L5
A cyst is coming from the L4-5 facet joint. => nothing
The facet joint is the cause of the foraminal narrowing at L4-5. => foraminal_stenosis at L4-L5
Needle placed in the SI joint. => nothing
L4 lies on L5 in normal alignment. => nothing
L5 nerve root slides freely over S1. => nothing
The patient slipped backwards and fell on L4. => nothing
L1 has kept its height. => nothing
T12 is not wedged. => absent: fracture at T12
The vertebrae have not lost height. => nothing
The canal is not tight at L4-5. => absent: central_stenosis at L4-L5
Pars defect of L5, one on each side. => spondylolysis at L5
Two haemangiomas, one in L1 and one in L3. => hemangioma at L1; hemangioma at L3
Old fracture of L1; no new one. => fracture at L1 {acuity=chronic}
The report does not state how severe the stenosis at L4-5 is. => stenosis at L4-L5
I can't find the report of the fracture clinic. => nothing
She does not recall when the fracture of L1 happened. => fracture at L1
He could not tolerate gabapentin for the radiculopathy. => radiculopathy
He did not have PT for his radiculopathy. => radiculopathy
Without treatment the discitis at L3-4 has progressed. => infection at L3-L4
She did not respond to injections for spondylolisthesis at L5-S1. => spondylolisthesis at L5-S1
She has not worked since the fracture of L1. => fracture at L1
No help from the brace for the scoliosis. => scoliosis
Not a surgical candidate because of severe osteoporosis. => osteoporosis
No surgery was offered in spite of the slip at L4-5. => spondylolisthesis at L4-L5
# structural exclusions as clinicians tell them
He has an untreated discitis at L3-4, on IV antibiotics. => infection at L3-L4
She is on antibiotics for a urinary infection. => nothing
The L3 body is eaten away by a metastasis from her breast cancer. => tumor at L3
She had breast cancer in 2015 and has been clear since. => nothing
Prostate cancer with bony deposits in L2 and L4. => tumor at L2,L4
A lesion in L3 that I do not like the look of. => nothing
She cannot feel when she wipes and has lost control of her bladder: cauda equina syndrome. => cauda_equina_syndrome
No saddle numbness, bladder and bowels working, so no cauda equina. => nothing
No red flags for cauda equina syndrome. => absent: cauda_equina_syndrome
His walking distance is limited by neurogenic claudication to 100 yards. => neurogenic_claudication
She leans on the shopping trolley, classic neurogenic claudication. => neurogenic_claudication
Claudication is not something he complains of. => absent: neurogenic_claudication
The slip opens from 3 to 8 mm on flexion, frankly unstable. => spondylolisthesis; instability
Flexion and extension films show no movement at the slip. => spondylolisthesis
On bending the slip at L4-5 does not budge. => spondylolisthesis at L4-L5
The L4-5 slip is stable on dynamic films. => spondylolisthesis at L4-L5
There is 5 mm of movement at L4-5 between flexion and extension. => instability at L4-L5
A subacute fracture of the L2 endplate. => fracture at L2 {acuity=subacute}
L1 went in a fall three weeks ago and is still bright on STIR. => nothing
A three-week-old fracture of L1. => fracture at L1
Kyphoplasty of an old L1 fracture in 2018. => fracture at L1 {acuity=chronic}
The fracture line at L1 is still visible. => fracture at L1
No vertebra has collapsed. => absent: fracture
None of the vertebrae is crushed. => absent: fracture
# patients
She had a cochlear implant in 2011. => implanted_stimulator
He has had a spinal cord stimulator since 2018, switched off but still in. => implanted_stimulator
Her stimulator was taken out in 2022. => historical: implanted_stimulator
They talked about a stimulator but she did not want one. => nothing
A stimulator trial is planned. => nothing
He may need a pacemaker. => nothing
No metal in her body, no pacemaker. => absent: pacemaker
She gave birth in May and is not pregnant. => absent: pregnancy
Trying for a baby. => nothing
Period is late; pregnancy test positive. => pregnancy
LMP last week, test negative. => nothing
He gets breathless climbing a single flight, severe COPD on home oxygen. => severe_cardiopulmonary_disease
Mild asthma only. => nothing
The heart failure is mild. => nothing
He is fifteen and his growth plates are open. => skeletal_immaturity
Has haemophilia A. => bleeding_disorder
No bleeding tendency. => absent: bleeding_disorder
Bruises easily but bloods showed no bleeding disorder. => absent: bleeding_disorder
Bone scan: T-score minus 2.7 at the hip. => osteoporosis
T score -1.8. => osteopenia
DEXA normal, no osteoporosis. => absent: osteoporosis
Her bones are strong on DEXA. => nothing
Osteoporosis has been ruled out by DEXA. => absent: osteoporosis
# legs
The nerve conduction study confirmed a left L5 radiculopathy. => radiculopathy {side=left, roots=L5}
EMG excludes a radiculopathy. => absent: radiculopathy
There is nothing radicular about it. => absent: radicular_pain
It is not a radicular pain. => absent: radicular_pain
Nothing in the examination suggests a radiculopathy. => absent: radiculopathy
Her sciatica is the least of her problems. => radicular_pain
Free of sciatica since the operation. => absent: radicular_pain
The sciatica comes and goes. => radicular_pain
The sciatica is better but still there. => radicular_pain
The sciatica has all but gone. => radicular_pain
Radiculopathy clinically unlikely. => absent: radiculopathy
It could be a radiculopathy. => possible: radiculopathy
Query L5 radiculopathy. => possible: radiculopathy
# neither ... nor
# never
# pseudo-cleft
# asked, answered behind a stop
# letters and dictation: presence and absence
The radiologist saw no slip and no fracture, and neither did I. => absent: spondylolisthesis; absent: fracture
Fractures, infection and tumour have all been excluded. => absent: fracture; absent: infection; absent: tumor
Happily the scan rules out anything sinister such as a tumour or infection. => absent: tumor; absent: infection
There is nothing sinister on the scan, no tumour, no infection. => absent: tumor; absent: infection
The scan is free of fracture, infection or tumour. => absent: fracture; absent: infection; absent: tumor
Fortunately the scan did not bear out the suspicion of discitis. => absent: infection
The suspected fracture of L2 was not borne out. => absent: fracture at L2
The discitis suspected at L4-5 turned out to be nothing of the kind. => absent: infection at L4-L5
MRI put paid to the idea of discitis. => absent: infection
No one would call this stenosis. => absent: stenosis
The canal is of good width throughout. => absent: central_stenosis
Both foramina at L4-5 are roomy. => absent: foraminal_stenosis at L4-L5
There is not the slightest slip on the standing films. => absent: spondylolisthesis
There is not a hint of instability on bending. => absent: instability
Not a trace of discitis. => absent: infection
Nowhere is the canal narrowed. => absent: central_stenosis
Nowhere do I find a fracture. => absent: fracture
By no means is there instability. => absent: instability
Hardly any stenosis. => stenosis
There is little to suggest instability. => possible: instability
L4-5: no bulge, no protrusion, no nothing. => absent: disc_bulge at L4-L5; absent: disc_protrusion at L4-L5
Sans stenosis. => absent: stenosis
(-) fracture, (-) infection => absent: fracture; absent: infection
fx -, infxn -, listhesis + => absent: fracture; spondylolisthesis
No listhesis/fx/infection/tumor. => absent: spondylolisthesis; absent: fracture; absent: infection; absent: tumor
Neg listhesis, neg fx. => absent: spondylolisthesis; absent: fracture
Fx none. Listhesis none. => absent: fracture; absent: spondylolisthesis
Denies pacer/ICD/SCS. => absent: pacemaker; absent: icd_device
Not preg. => nothing
PM: none. AICD: none. Preg: no. => absent: icd_device
Is she pregnant? She says not. => absent: pregnancy
She assures me she is not pregnant. => absent: pregnancy
There is no possibility of pregnancy. => absent: pregnancy
She cannot be pregnant, having had a hysterectomy. => absent: pregnancy
He does not have, and has never had, a pacemaker. => absent: pacemaker
No pacemaker, nor any other implanted device. => absent: pacemaker
Not on any blood thinners. => absent: anticoagulant
No blood thinners apart from baby aspirin. => absent: anticoagulant
She takes no anticoagulants. => absent: anticoagulant
Anticoagulation was stopped last year. => historical: anticoagulant
She used to take warfarin but no longer does. => historical: anticoagulant
# other people
Her sister has a spondylolisthesis. => family: spondylolisthesis
My father had the same, a slip at L5-S1, he says. => family: spondylolisthesis at L5-S1
Unlike her sister she has no scoliosis. => absent: scoliosis
Osteoporosis on the mother's side. => family: osteoporosis
# when
The 2019 films showed a slip at L4-5; today's do not. => historical: spondylolisthesis at L4-L5
The extrusion seen last year at L4-5 is still there. => disc_extrusion at L4-L5
The extrusion seen last year at L4-5 is smaller but still there. => disc_extrusion at L4-L5
The bulge at L4-5 is new since 2021. => disc_bulge at L4-L5
Compared with 2021 the slip at L4-5 has gone from 3 to 6 mm. => spondylolisthesis at L4-L5
The fracture of L1 has united. => fracture at L1 {acuity=healed}
The fracture of L1 has knitted well. => fracture at L1 {acuity=healed}
L1 fracture, now eight weeks old, still oedematous. => fracture at L1
An insufficiency fracture of the sacrum six weeks ago. => fracture
Discitis cured in 2017. => historical: infection
She got over her discitis in 2017. => historical: infection
She has had her share of sciatica in the past. => historical: radicular_pain
Years ago he had a bout of sciatica. => historical: radicular_pain
Once had a DVT and took warfarin for six months. => historical: anticoagulant
# severity, side, roots
Disc narrowing is slight at L2-3, moderate at L3-4 and marked at L4-5. => disc_space_narrowing at L2-L3 {severity=mild}; disc_space_narrowing at L3-L4 {severity=moderate}; disc_space_narrowing at L4-L5 {severity=severe}
Facet arthropathy: L2-3 none, L3-4 mild, L4-5 severe. => absent: facet_arthropathy at L2-L3; facet_arthropathy at L3-L4 {severity=mild}; facet_arthropathy at L4-L5 {severity=severe}
Canal stenosis L2-3 (moderate), L3-4 (mild). => central_stenosis at L2-L3 {severity=moderate}; central_stenosis at L3-L4 {severity=mild}
Mild canal stenosis at L2-3 and severe at L3-4. => central_stenosis at L2-L3 {severity=mild}; central_stenosis at L3-L4 {severity=severe}
Discitis at L3/4 was queried by the ward team but dismissed. => absent: infection at L3-L4
A fracture was feared, but radiograph and MRI both ruled it out. => absent: fracture
Complications listed on the form include infection and fracture. => nothing
Bulge at L2-3, L3-4 clear. => disc_bulge at L2-L3
Discs are dry from L2-3 to L5-S1, sparing L4-5. => disc_desiccation at L2-L3,L3-L4,L5-S1; absent: disc_desiccation at L4-L5
History of ICD placement. => icd_device
Hx of pacemaker, removed in 2019. => historical: pacemaker
Facet source excluded by two blocks. => absent: facet_mediated_pain
SI joints have been ruled out. Facet joints are arthritic. => absent: si_joint_pain; facet_arthropathy
The neuralgia she used to have is controlled by her spinal cord stimulator. => implanted_stimulator
The radiologist raises discitis at L4-5. => possible: infection at L4-L5
Not only a bulge but a fracture of L2. => disc_bulge; fracture at L2
Protrusions of 4 mm at L3-4 and 6 mm at L4-5. => disc_protrusion at L3-L4 {size_mm=4.0}; disc_protrusion at L4-L5 {size_mm=6.0}
Modic 1 at L4-5. One level up there is a bulge with severe canal stenosis. => disc_bulge at L3-L4; central_stenosis at L3-L4 {severity=severe}
I am worried about a T12 fracture. => possible: fracture at T12
Facet-related axial LBP. => facet_mediated_pain
Facet hypertrophy L3-4 b/l. => facet_arthropathy at L3-L4 {side=bilateral}
Discitis at L2-3 has not yet been ruled out. => possible: infection at L2-L3
Negative: weight loss, ICD, osteoporosis. => absent: icd_device; absent: osteoporosis
osteopenia (-)   scoliosis (+)   pacemaker (-) => absent: osteopenia; absent: pacemaker; scoliosis
The L3-4 fusion appears solid. => prior_fusion at L3-L4
A tight canal at L4-5, I would say severe. => central_stenosis at L4-L5 {severity=severe}
The canal at L3-4 is severely narrowed. => central_stenosis at L3-L4 {severity=severe}
Canal stenosis at L3-4 is on the severe side. => central_stenosis at L3-L4 {severity=severe}
Central stenosis at L3-4, which I would grade as moderate. => central_stenosis at L3-L4 {severity=moderate}
Stenosis of the canal at L3-4, severe. => central_stenosis at L3-L4 {severity=severe}
Canal stenosis at L3-4 of moderate degree. => central_stenosis at L3-L4 {severity=moderate}
The canal at L4-5 measures 7 mm, severe stenosis. => central_stenosis at L4-L5 {severity=severe}
Canal stenosis at L4-5: moderate verging on severe. => central_stenosis at L4-L5 {severity=severe}
Stenosis at L4-5 is not severe but moderate. => stenosis at L4-L5 {severity=moderate}
Grade two slip of L4 on L5. => spondylolisthesis at L4-L5 {grade=2}
Second degree slip at L4-5. => spondylolisthesis at L4-L5 {grade=2}
A slip of a quarter of the vertebral depth at L5-S1. => spondylolisthesis at L5-S1
A slip of under a centimetre at L4-5. => spondylolisthesis at L4-L5
# doubt in prose
I am not convinced there is a fracture of L2. => possible: fracture at L2
There may be a bit of instability at L4-5, hard to be sure. => possible: instability at L4-L5
I could not say for certain whether this is a slip. => nothing
Whether or not she has osteoporosis is unclear. => possible: osteoporosis
The jury is still out on discitis. => possible: infection
I doubt very much that this is discitis. => possible: infection
There is a hint of instability at L4-5. => possible: instability at L4-L5
On balance I favour a small protrusion at L5-S1. => possible: disc_protrusion at L5-S1
Discitis seems improbable. => absent: infection
A fracture is hard to exclude. => possible: fracture
This could pass for discitis. => possible: infection
It looks for all the world like a fracture of L1. => fracture at L1
Nobody could miss the fracture of L1. => fracture at L1
There is no mistaking the fracture of L1. => fracture at L1
There is no getting away from the fact that L4-5 is unstable. => instability at L4-L5
You cannot overlook the extrusion at L4-5. => disc_extrusion at L4-L5
There is no denying the stenosis at L4-5. => stenosis at L4-L5
It would be wrong to say there is no stenosis at L4-5. => stenosis at L4-L5
I do not doubt that there is a fracture. => fracture
Contrary to the first report there is no fracture. => absent: fracture
What looked like a fracture turns out to be a limbus vertebra. => absent: fracture; schmorl_node
# presupposed
She has never had surgery for her scoliosis. => scoliosis
He never took anything for his osteoporosis. => osteoporosis
She had never had sciatica until the fall in May. => radicular_pain
He had never had sciatica before this. => radicular_pain
The fracture never healed. => fracture
The radiculopathy has never gone away. => radiculopathy
She has never been free of sciatica. => radicular_pain
Nothing helps the sciatica. => radicular_pain
Nothing has been done about the spondylolisthesis at L4-5. => spondylolisthesis at L4-L5
No one has explained the stenosis to her. => stenosis
She does not wear a brace for the scoliosis. => scoliosis
He has not had tablets for the osteoporosis. => osteoporosis
She never missed a dose of warfarin. => anticoagulant
Not on account of the stenosis but of the slip at L4-5 she was referred. => stenosis; spondylolisthesis at L4-L5
# no more / without
The scan was done without contrast; there is a fracture of L1. => fracture at L1
No change in the slip at L4-5. => spondylolisthesis at L4-L5
She walks without difficulty despite the stenosis at L3-4. => stenosis at L3-L4
The fracture is not acute. => fracture
The stenosis is not severe. => stenosis
The fracture at L1 is not new. => fracture at L1
It is not the stenosis that bothers her. => stenosis
The slip at L4-5 does not move on bending. => spondylolisthesis at L4-L5
The slip does not increase on flexion. => spondylolisthesis
The extrusion does not reach the canal. => disc_extrusion
# conditions in plain words
She is expecting her second child. => pregnancy
She is 14 weeks along. => pregnancy
He has a pacemaker fitted in 2020. => pacemaker
He carries a defibrillator. => icd_device
She has a stimulator for her bladder in place. => implanted_stimulator
He takes Eliquis for atrial fibrillation. => anticoagulant {drug=apixaban}
She takes a blood thinner. => anticoagulant
Her bones are osteoporotic, T-score -3.1. => osteoporosis
SLR reproduces left leg pain at 40 degrees. => slr_positive {side=left}
Straight leg raising does not reproduce leg pain. => absent: slr_positive
SLR to 80 degrees without leg pain. => absent: slr_positive
SLR full and painless both sides. => absent: slr_positive
SLR was free on both sides. => absent: slr_positive
She has an L5 radiculopathy proven on EMG. => radiculopathy {roots=L5}
EMG showed no radiculopathy. => absent: radiculopathy
EMG normal, so no radiculopathy. => absent: radiculopathy
No leg symptoms to suggest radiculopathy. => absent: radiculopathy
Her legs are strong and there is no claudication. => absent: neurogenic_claudication
He can walk as far as he likes, no claudication. => absent: neurogenic_claudication
She has nothing implanted, no pacemaker, no stimulator. => absent: pacemaker; absent: implanted_stimulator
There is metal from an old L4-5 fusion. => prior_fusion at L4-L5
L4-5 was fused in 2015. => prior_fusion at L4-L5
# gone, over
The sciatica went away by Christmas. => historical: radicular_pain
Her L5 radiculopathy burned itself out over the summer. => historical: radiculopathy
The left leg sciatica has since cleared up. => historical: radicular_pain
The radicular pain is a thing of the past. => historical: radicular_pain
His sciatica came to an end after the microdiscectomy. => historical: radicular_pain
She had sciatica in 2019 that lasted six weeks. => historical: radicular_pain
The radiculopathy had gone within three months. => historical: radiculopathy
Radiculopathy, since recovered. => historical: radiculopathy
S1 radiculopathy 2018, settled with gabapentin. => historical: radiculopathy
The sciatica settled within weeks. => historical: radicular_pain
The sciatica has not settled. => radicular_pain
The sciatica never settled. => radicular_pain
The radiculopathy has yet to settle. => radiculopathy
The sciatica settles when she lies down. => radicular_pain
The radiculopathy died down. => historical: radiculopathy
Sciatica eased off in March and has not returned. => historical: radicular_pain
Sciatica: none since the operation. => absent: radicular_pain
Discitis at L3-4 in 2015; nothing of the kind since. => historical: infection at L3-L4
Discitis in 2018, never came back. => historical: infection
He had an epidural abscess ten years ago without recurrence. => historical: infection
She had osteomyelitis of L3 as a teenager, and it has not come back. => historical: infection
Lymphoma of the spine in 2009, in remission ever since. => historical: tumor
L2 discitis was treated in 2017 with no recurrence since. => historical: infection
There was a disc extrusion at L4-5 in 2021; today it is no longer there. => historical: disc_extrusion at L4-L5
The extrusion at L5-S1 of two years ago has been reabsorbed. => historical: disc_extrusion at L5-S1
The protrusion at L4-5 has melted away. => historical: disc_protrusion at L4-L5
Of the extruded fragment at L4-5 seen in 2022 there is no trace. => historical: disc_extrusion at L4-L5
He wore a pacemaker until 2019, when it was taken out. => historical: pacemaker
She came off warfarin in 2020. => historical: anticoagulant
He was on apixaban for six months after a clot, finished two years ago. => historical: anticoagulant
She is no longer on blood thinners. => historical: anticoagulant
She has come off Eliquis. => historical: anticoagulant
# roots
The extruded disc at L4-5 is pressed up against the left L5 root. => disc_extrusion at L4-L5; nerve_root_compression at L4-L5 {side=left}
The L5-S1 disc lies against the right S1 root. => nerve_root_compression at L5-S1 {side=right}
The protrusion at L4-5 pushes the left L5 root backwards. => disc_protrusion at L4-L5; nerve_root_compression at L4-L5 {side=left}
The L5 root is pinched between disc and facet at L4-5. => nerve_root_compression at L4-L5
The left S1 root is caught by the fragment at L5-S1. => nerve_root_compression at L5-S1 {side=left}
The disc at L4-5 rests on the right L5 root. => nerve_root_compression at L4-L5 {side=right}
At L4-5 the disc leans on the traversing L5 root. => nerve_root_compression at L4-L5
At L4-5 the fragment is squashing the right L5 root. => nerve_root_compression at L4-L5 {side=right}
At L4-5 the disc butts up against the left L5 root. => nerve_root_compression at L4-L5 {side=left}
At L4-5 the bulge comes close to but does not reach the L5 root. => disc_bulge at L4-L5; absent: nerve_root_compression at L4-L5
At L5-S1 the disc stays clear of both S1 roots. => absent: nerve_root_compression at L5-S1
At L5-S1 the S1 roots are free. => absent: nerve_root_compression at L5-S1
At L4-5 the L5 root is trapped in the lateral recess. => nerve_root_compression at L4-L5
At L5-S1 the exiting L5 nerve is squeezed on the left. => nerve_root_compression at L5-S1 {side=left}
At L5-S1 the protrusion is shoving the left S1 root aside. => disc_protrusion at L5-S1; nerve_root_compression at L5-S1 {side=left}
At L5-S1 the protrusion leaves the S1 roots alone. => disc_protrusion at L5-S1; absent: nerve_root_compression at L5-S1
At L4-5 neither L5 root is touched. => absent: nerve_root_compression at L4-L5
At L4-5 the disc hits the left L5 root. => nerve_root_compression at L4-L5 {side=left}
Both L5 roots escape. => absent: nerve_root_compression
There is plenty of room around the L5 roots. => absent: nerve_root_compression
The S1 roots exit freely. => absent: nerve_root_compression
# plain words for findings
The disc at L4-5 has lost height. => disc_space_narrowing at L4-L5
L4-5 and L5-S1 have both lost their T2 signal. => disc_desiccation at L4-L5,L5-S1
L4-5 has dried out. => disc_desiccation at L4-L5
L5-S1 is down to half its normal height. => disc_space_narrowing at L5-S1
The canal is tight at L4-5. => central_stenosis at L4-L5
The canal is wide open. => absent: central_stenosis
Plenty of room in the canal. => absent: central_stenosis
L1 is crushed to half its height. => fracture at L1
L1 has collapsed. => fracture at L1
L1 has lost a third of its height, anteriorly, years ago. => fracture at L1
T12 is wedged anteriorly. => fracture at T12
There is a crack in the pars of L5. => spondylolysis at L5
Both pars are broken at L5. => spondylolysis at L5 {side=bilateral}
The pars interarticularis is intact at every level. => absent: spondylolysis
A piece of disc has broken off at L4-5 and lies behind L5. => disc_extrusion at L4-L5
L4-5 disc has burst. => disc_herniation at L4-L5
The facets at L4-5 are worn on both sides. => facet_arthropathy at L4-L5
The facets at L4-5 are worn out. => facet_arthropathy at L4-L5
The facet joints look healthy. => absent: facet_arthropathy
There is wear and tear in the L5-S1 facets. => facet_arthropathy at L5-S1
The spine curves to the left, 15 degrees. => scoliosis
The spine is straight. => nothing
Bones are thin on DEXA. => nothing
The segment moves abnormally at L4-5 on bending films. => instability at L4-L5
# slips in plain words
L5 has slid forward on S1 by about a third of the endplate, a grade II slip. => spondylolisthesis at L5-S1 {grade=2, direction=antero}
L4 has slipped forward on L5 by 5 mm. => spondylolisthesis at L4-L5 {size_mm=5.0, direction=antero}
L4 sits 4 mm in front of L5. => spondylolisthesis at L4-L5 {size_mm=4.0, direction=antero}
L4 sits slightly forward of L5. => spondylolisthesis at L4-L5 {direction=antero}
L3 is displaced backwards on L4 by 3 mm. => spondylolisthesis at L3-L4 {size_mm=3.0, direction=retro}
There is 3 mm of backward displacement of L5 on S1. => spondylolisthesis at L5-S1 {size_mm=3.0, direction=retro}
L4 is offset anteriorly by 6 mm relative to L5. => spondylolisthesis at L4-L5 {size_mm=6.0, direction=antero}
L2 has shifted to the left on L3. => spondylolisthesis at L2-L3 {direction=latero}
L4 has stepped forward on L5, 25% of its depth. => spondylolisthesis at L4-L5 {slip_pct=25.0, direction=antero}
L5 slips 8 mm forward over S1 on standing, grade 1. => spondylolisthesis at L5-S1 {size_mm=8.0, grade=1, direction=antero}
L4 has not slipped on L5. => absent: spondylolisthesis at L4-L5
L4 has not moved forward on L5. => absent: spondylolisthesis at L4-L5
The slip of L4 on L5 is unchanged at 4 mm. => spondylolisthesis at L4-L5 {size_mm=4.0}
A forward slip of L5 upon S1, Meyerding I. => spondylolisthesis at L5-S1 {grade=1, direction=antero}
Meyerding 2 slip at L5-S1. => spondylolisthesis at L5-S1 {grade=2}
Forward slip of L4 amounting to 30% of the body below. => spondylolisthesis at L4-L5 {direction=antero}
L4 has crept forward on L5 since 2020. => spondylolisthesis at L4-L5 {direction=antero}
He slipped on wet tiles and landed on L4. => nothing
She slid forward off the chair. => nothing
L4 on L5 degen slip gr 1, stable flex/ext. => spondylolisthesis at L4-L5 {grade=1}
Loss of the normal step-free line: L4 lies 5 mm anterior to L5. => spondylolisthesis at L4-L5 {size_mm=5.0, direction=antero}
L4 is well aligned on L5 with no step. => nothing
L4 slides 5 mm further forward on L5 when she bends. => spondylolisthesis at L4-L5
# one and one
Old fracture of L1 and a new one of L3. => fracture at L1 {acuity=chronic}; fracture at L3 {acuity=acute}
Two compression fractures: the one at T12 is old, the one at L2 acute. => fracture at T12 {acuity=chronic}; fracture at L2 {acuity=acute}
L1 fracture is healed; a second one, at L2, is recent. => fracture at L1 {acuity=healed}; fracture at L2 {acuity=acute}
Small protrusion at L4-5 and a larger one at L5-S1. => disc_protrusion at L4-L5; disc_protrusion at L5-S1
There is a haemangioma in L2 and a smaller one in L4. => hemangioma at L2; hemangioma at L4
A chronic wedge fracture of T11 and another at T12. => fracture at T11 {acuity=chronic}; fracture at T12
Annular tear at L4-5, with another at L5-S1. => annular_fissure at L4-L5; annular_fissure at L5-S1
Severe foraminal stenosis on the left at L5-S1 and a mild one on the right at L4-5. => foraminal_stenosis at L5-S1 {severity=severe, side=left}; foraminal_stenosis at L4-L5 {severity=mild, side=right}
The T12 compression fracture is long healed whereas the one at L1 is fresh. => fracture at T12 {acuity=healed}; fracture at L1 {acuity=acute}
A bulge at L3-4 and a slightly bigger one at L4-5. => disc_bulge at L3-L4; disc_bulge at L4-L5
She has one Schmorl's node at L1 and one at L2. => schmorl_node at L1; schmorl_node at L2
# source of pain by test
Lidocaine into the right SI joint took away 90% of it for the afternoon, so the joint is where this is coming from. => si_joint_pain {side=right}
Her pain went for six hours after the left SI joint was numbed, so that is where it comes from. => si_joint_pain {side=left}
Bilateral L4-5 facet blocks abolished his pain twice, so the facets are the source. => facet_mediated_pain
Both sets of medial branch blocks took away 90% of his pain, so it is coming from the facet joints. => facet_mediated_pain
The pain is coming from the right sacroiliac joint. => si_joint_pain {side=right}
The SI joint is the pain generator. => si_joint_pain
The left SI joint is the culprit. => si_joint_pain {side=left}
I blame the left sacroiliac joint for most of this. => si_joint_pain {side=left}
The facets are to blame. => facet_mediated_pain
Her pain arises from the facet joints. => facet_mediated_pain
Pain is of facet origin. => facet_mediated_pain
The facet joints are what hurts. => facet_mediated_pain
SI joint injection gave no relief, so the joint is not where it comes from. => absent: si_joint_pain
An SI joint block did nothing, so the joint is not the source. => absent: si_joint_pain
Facet blocks negative, so the facets are not the source. => absent: facet_mediated_pain
The pain does not come from the SI joints. => absent: si_joint_pain
We have excluded the SI joint as a source. => absent: si_joint_pain
The sacroiliac joints are not the generator. => absent: si_joint_pain
Facet joints ruled out as the source with two negative blocks. => absent: facet_mediated_pain
His pain may be coming from the facet joints. => possible: facet_mediated_pain
# neither ... nor
Neither the central canal nor either foramen is narrowed at L4-5. => absent: central_stenosis at L4-L5; absent: foraminal_stenosis at L4-L5
At L3-4 neither the canal nor the foramina are compromised. => absent: central_stenosis at L3-L4; absent: foraminal_stenosis at L3-L4
Neither foramen is narrowed at L5-S1. => absent: foraminal_stenosis at L5-S1
Neither the canal nor the lateral recesses are tight. => absent: central_stenosis; absent: lateral_recess_stenosis
Neither of the foramina at L4-5 is stenosed. => absent: foraminal_stenosis at L4-L5
L4-5: neither canal nor foramina narrowed. => absent: central_stenosis at L4-L5; absent: foraminal_stenosis at L4-L5
Neither the left nor the right foramen is narrowed. => absent: foraminal_stenosis
Neither exiting root is compressed at L4-5. => absent: nerve_root_compression at L4-L5
The disc does not narrow the canal, nor does it touch either root. => absent: central_stenosis; absent: nerve_root_compression
There is narrowing of neither the canal nor the foramina. => absent: central_stenosis; absent: foraminal_stenosis
Neither disc is dehydrated. => absent: disc_desiccation
Not a single foramen is narrowed. => absent: foraminal_stenosis
None of the foramina is narrowed. => absent: foraminal_stenosis
None of the lumbar foramina are stenotic and the canal is roomy throughout. => absent: foraminal_stenosis; absent: central_stenosis
# never
She has never broken a vertebra. => absent: fracture
He has never broken a bone in his back. => absent: fracture
She has never had a spinal fracture, a spinal infection or a spinal tumor. => absent: fracture; absent: infection; absent: tumor
Nobody has ever found a tumor in his spine. => absent: tumor
No one has ever told her she has osteoporosis. => absent: osteoporosis
At no time has he had a discitis. => absent: infection
He has not once had sciatica. => absent: radicular_pain
Never fractured a vertebra. => absent: fracture
He never did develop a radiculopathy. => absent: radiculopathy
She has never been pregnant. => absent: pregnancy
She has never been on a blood thinner. => absent: anticoagulant
She has never carried a pacemaker. => absent: pacemaker
Nor is there any instability on the bending films. => absent: instability
Nor have I found any evidence of discitis. => absent: infection
Nothing in the history or the blood tests points to an infection. => absent: infection
Nothing here looks like a fracture. => absent: fracture
There is nothing about the marrow that would make me think of metastasis. => absent: tumor
At no level is there stenosis. => absent: stenosis
On no sequence do I see a fracture. => absent: fracture
I would not call this a fracture. => absent: fracture
I have looked for a pars defect and cannot find one. => absent: spondylolysis
I searched for a fracture line without finding one. => absent: fracture
We looked for instability on the bending films and there was not any. => absent: instability
# pseudo-cleft
What the films don't show is any slip; what they do show is a pars defect of L5. => absent: spondylolisthesis; spondylolysis at L5
What I do not see is a fracture; what I do see is scoliosis. => absent: fracture; scoliosis
What is missing is any sign of infection. => absent: infection
What we did not find was a fracture. => absent: fracture
What the MRI doesn't demonstrate is any stenosis. => absent: stenosis
The one thing the scan does not show is a slip. => absent: spondylolisthesis
What there isn't is any canal stenosis. => absent: central_stenosis
Absent from these images is any sign of discitis. => absent: infection
Missing is any evidence of fracture. => absent: fracture
Not seen: fracture, slip, infection. => absent: fracture; absent: spondylolisthesis; absent: infection
What the scan shows is a disc extrusion at L4-5. => disc_extrusion at L4-L5
Slip there is none, on standing or lying films. => absent: spondylolisthesis
# asked, answered behind a stop
You asked about a fracture at L1. I see none. => absent: fracture at L1
The question was of instability at L4-5. There isn't any. => absent: instability at L4-L5
The referrer wonders about a slip. None is seen. => absent: spondylolisthesis
Clinical concern for discitis. None. => absent: infection
Asked to look for spondylolysis at L5. Not present. => absent: spondylolysis at L5
Query fracture T12. There is one, and it is recent. => fracture at T12
You asked whether there is stenosis at L3-4. There is not. => absent: stenosis at L3-L4
You asked whether there is stenosis at L3-4. There is. => stenosis at L3-L4
Is there a fracture? No. => absent: fracture
Does she have instability? She does not. => absent: instability
I looked for a pars defect at L5. I found none. => absent: spondylolysis at L5
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
