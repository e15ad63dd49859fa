"""Sentences as clinicians, patients and reports write them, and what they say of pain.

Every sentence is invented. After the arrow stand the keys that are tested: `-` means "not said", and
`nothing` that the sentence says nothing of this patient's pain.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bvnscreen.facts import Note, Pain, to_dict
from bvnscreen.language.document import read_document
from bvnscreen.language.lexicon import Lexicon, Rule, rules
from bvnscreen.language.pain import read_pain
from bvnscreen.resources import root

TABLE = r"""
Low back and left leg pain, the leg much the worse.
    => predominant=leg
Pain distribution (back / leg / both): ____________
    => nothing
Low back pain. Bending is by far the worst.
    => low_back=present; aggravating=flexion
Right leg pain was the problem before her surgery in 2015; now it is the low back.
    => region=low_back; predominant=back
The leg pain on the right is worse than the back pain.
    => predominant=leg
It grabs him when he bends; low back pain.
    => low_back=present; aggravating=flexion
Chronic LBP for 4 years.
    => region=low_back; low_back=present; leg_pain=-; axial=-; radiation=-; midline=-
CC: lumbago.
    => region=low_back
Upper back ache between the shoulder blades.
    => region=thoracic; low_back=-
Neck pain radiating to the right arm. No back pain.
    => region=neck; low_back=absent; leg_pain=-; radiation_to=-
Axial neck pain after a car accident.
    => region=neck; axial=-
Coccydynia since childbirth, worse with sitting.
    => region=coccyx; aggravating=sitting
Right SI joint pain, points with one finger to the PSIS.
    => region=sacroiliac; side=right; focal=yes
Left buttock pain, no low back pain.
    => region=buttock; side=left; low_back=absent
Left leg pain down to the foot, no back pain.
    => region=leg; low_back=absent; leg_pain=present; below_knee=yes; side=left; radiation_to=foot
Back issues for years.
    => region=low_back
Pain in the small of the back.
    => region=low_back
Pain in both knees and the left shoulder.
    => nothing
Chest pain radiating to the left arm.
    => nothing
Bilateral knee pain. Low back pain, right sided.
    => region=low_back; side=right
Neck and low back pain.
    => region=low_back
Pain is all axial and nonradicular.
    => axial=yes; radiation=no; leg_pain=absent
Nonradiating low back pain.
    => region=low_back; axial=yes; radiation=no
The leg is by far the worse of the two, though the low back aches too.
    => predominant=leg
Between the back and the leg, the back is by far the bigger problem.
    => predominant=back
Sciatica to the left foot troubles her more than the back does.
    => predominant=leg
Pain shoots down the thigh into the foot; the back itself hardly bothers her.
    => predominant=leg; leg_pain=present
The back barely hurts today.
    => predominant=-
He is troubled chiefly by left leg pain; the back is a minor complaint.
    => predominant=leg
Pt points with a single finger to one place at the lumbosacral junction.
    => focal=yes
She can put a fingertip on the exact place in her low back that hurts.
    => focal=yes
Where does it hurt? Low back
    => region=low_back
Where is your pain?
Lower back, both buttocks
    => region=low_back; radiation_to=buttock
Do you have leg pain? No. Do you have low back pain? Yes
    => leg_pain=absent; low_back=present
Does your pain go into your legs? No
    => leg_pain=absent
Is your back pain worse than your leg pain? No
    => leg_pain=-
Do you have leg pain?
    => leg_pain=-
Back pain worse w/ sitting, better w/ lying.
    => aggravating=sitting; relieving=lying
Left leg pain far exceeds his back pain (70% leg, 30% back).
    => predominant=leg; leg_pct=70; back_pct=30
Pain split: back 60 leg 40
    => predominant=back; back_pct=60; leg_pct=40
Low back, right lateral thigh pain to the knee, not beyond.
    => below_knee=no
it's my lower back mostly, right in the middle
    => midline=yes; region=low_back
Nothing down the legs. Aching across the low back.
    => leg_pain=absent; region=low_back
The ache keeps to the small of the back and goes nowhere else.
    => region=low_back; radiation=no
Low back pain never leaves the back.
    => radiation=no; axial=yes
Localised low back pain without radicular features.
    => axial=yes; leg_pain=absent
Low back pain; painful sitting, eases lying flat.
    => aggravating=sitting; relieving=lying
Low back pain confined to the back.
    => axial=yes; region=low_back
Mechanical low back pain.
    => axial=yes
Pain in the center of the low back, right at the belt line.
    => region=low_back; midline=yes; side=-
Dull ache across the low back, no leg symptoms.
    => region=low_back; axial=yes; leg_pain=absent
LBP slightly to the left of midline.
    => midline=no; side=left
Axial T2 images show no compression. Low back pain.
    => axial=-
Axial spondyloarthritis, on adalimumab, with low back pain.
    => axial=-
Low back pain aggravated by axial loading.
    => axial=-
MRI: central stenosis at L4-5; low back pain.
    => midline=-
Low back pain. Midline incision well healed.
    => midline=-
Diffuse low back pain.
    => focal=no
Low back pain without focal neurologic deficit.
    => focal=-
Low back pain radiating to the left hip and groin.
    => radiation=yes; radiation_to=groin,hip; side=left; below_knee=-
LBP shooting down the right leg to the big toe.
    => radiation=yes; below_knee=yes; leg_pain=present; side=right; radiation_to=foot
Low back pain with radiation into the posterior thigh stopping at the knee.
    => radiation=yes; radiation_to=thigh; below_knee=no
Pain travels into the buttocks but never past the knee.
    => radiation=yes; radiation_to=buttock; below_knee=no
Radiates to the right calf.
    => radiation=yes; below_knee=yes; radiation_to=calf; side=right
Pain in an L5 distribution on the right.
    => radiation=yes; leg_pain=present; side=right; levels=-
Low back pain with bilateral sciatica.
    => leg_pain=present; region=low_back
Low back pain. Denies radiation.
    => radiation=no; leg_pain=absent; below_knee=no
Low back pain, denies numbness, tingling or leg pain.
    => leg_pain=absent; low_back=present
Denies numbness, tingling, weakness, leg pain. Low back pain is midline.
    => leg_pain=absent; midline=yes
Denies any leg numbness. Low back pain.
    => leg_pain=-; radiation=-
No radiation, pain is worse with sitting.
    => radiation=no; aggravating=sitting
The pain does not go down her legs.
    => leg_pain=absent; radiation=no; below_knee=no
It has never been in the legs, only in the low back.
    => leg_pain=absent; axial=yes; region=low_back
Low back pain, not below the knee.
    => below_knee=no
No new leg pain. Back pain unchanged.
    => leg_pain=-; low_back=present
Prior left sciatica has resolved; low back pain continues.
    => leg_pain=historical; low_back=present; side=-
Leg pain is gone since the microdiscectomy, low back pain remains.
    => leg_pain=historical; low_back=present
He used to have pain down the right leg before surgery; now low back pain only.
    => leg_pain=historical; axial=yes
The leg pain has not resolved.
    => leg_pain=present
No leg component now.
    => leg_pain=absent
Leg pain: none. Back pain: 7/10.
    => leg_pain=absent; low_back=present
Leg pain is absent.
    => leg_pain=absent
Low back pain. No right leg pain.
    => leg_pain=-
Received radiation therapy for breast cancer in 2015. Low back pain.
    => radiation=-
History of radiation to the pelvis; low back pain.
    => radiation=-
Call if leg pain develops. Low back pain today.
    => leg_pain=-
Her father has back pain and sciatica.
    => nothing
Patients with low back pain and leg pain may benefit.
    => nothing
Straight leg raise negative. Leg strength 5/5. Low back pain.
    => leg_pain=-
She went back to work and takes pain medication.
    => nothing
Referred to pain management clinic. Pain-free.
    => nothing
Pain is 70/30 back to leg.
    => back_pct=70; leg_pct=30; predominant=back
80/20 leg/back.
    => back_pct=20; leg_pct=80; predominant=leg
90% of the pain is in the low back.
    => back_pct=90; predominant=back
70% low back, 15% right leg, 15% right buttock pain.
    => back_pct=70; leg_pct=15; predominant=back
Pain: 60% leg, 40% back.
    => back_pct=40; leg_pct=60; predominant=leg
Back pain 50%, leg pain 50%.
    => back_pct=50; leg_pct=50; predominant=-
50% relief of back pain after ESI.
    => back_pct=-; predominant=-
LBP > LE pain.
    => predominant=back
Back pain is worse than leg pain.
    => predominant=back; leg_pain=present
Leg pain greater than back pain.
    => predominant=leg
Right leg pain worse than low back pain.
    => predominant=leg; region=leg; side=right
Predominantly left leg pain with some low back pain.
    => predominant=leg
Mostly low back pain, some thigh pain.
    => predominant=back
Left-sided low back pain.
    => side=left; worse_side=-
b/l low back pain, R>L.
    => side=bilateral; worse_side=right
Bilateral lower back pain, worse on the left.
    => side=bilateral; worse_side=left
Rt paraspinal pain.
    => side=right
LLE pain and low back pain.
    => side=left; leg_pain=present
She left work early because of low back pain.
    => side=-
Low back pain. L spine MRI ordered.
    => side=-
Low back pain right now 7/10.
    => side=-
Low back pain. Right knee replacement.
    => side=-
Pain localises to L4-5.
    => levels=L4-L5
TTP at L1-2.
    => levels=L1-L2
Exam: tenderness over the left L3-4 paraspinals.
    => levels=L3-L4; side=left
Focal tenderness at L5-S1.
    => levels=L5-S1; focal=yes
L4-5 tenderness in the midline.
    => levels=L4-L5
No tenderness at L4-5. Low back pain.
    => levels=-
Low back pain. MRI shows disc bulge at L4-5.
    => levels=-
Vertebrogenic low back pain at L5-S1.
    => levels=-; region=low_back
Low back pain worse with extension and standing, relieved by sitting.
    => aggravating=extension,standing; relieving=sitting
Worse sitting, better standing and walking. Low back pain.
    => aggravating=sitting; relieving=standing,walking
Low back pain. Sitting makes it worse, lying down helps.
    => aggravating=sitting; relieving=lying
Low back pain, worst going from sit to stand.
    => aggravating=sit_to_stand
Low back pain, hurts to cough or sneeze and when bending.
    => aggravating=cough,flexion
Low back pain. No pain with flexion.
    => aggravating=-
Low back pain worse with standing, not with sitting or flexion.
    => aggravating=standing
Longstanding low back pain.
    => aggravating=-
Exam: flexion reproduces his low back pain, extension painless.
    => aggravating=flexion
Bending, lifting and prolonged sitting aggravate the low back pain.
    => aggravating=flexion,sitting
Low back pain improves when leaning forward on a shopping cart; worse with walking.
    => relieving=flexion; aggravating=walking
Low back pain with facet loading bilaterally.
    => aggravating=facet_loading
Pain not relieved by lying down. Low back.
    => relieving=-
Low back pain alleviated by lying supine, aggravated by prolonged sitting, driving and Valsalva.
    => relieving=lying; aggravating=sitting,cough
Pain is worse with standing and walking, relieved by sitting or leaning on a shopping cart.
    => aggravating=standing,walking; relieving=sitting
Pain over the right PSIS, below L5, points with one finger.
    => region=sacroiliac; side=right; focal=yes; levels=-
Stiffness (scale as 70%) in the back.
    => back_pct=-; region=low_back
Back and leg pain are equal.
    => predominant=-; leg_pain=present; low_back=present
Burning in both feet from diabetic neuropathy; low back pain midline.
    => leg_pain=-; below_knee=-; radiation=-; midline=yes
Groin pain from hip osteoarthritis.
    => region=-; radiation=-
LBP, 100% axial.
    => axial=yes; region=low_back
Pain reproduced at L1-2 with palpation.
    => levels=L1-L2
He has pain at the L3-4 level on the left.
    => levels=L3-L4; side=left
LBP w/o radic sx.
    => leg_pain=absent; radiation=no
LBP without radicular features.
    => leg_pain=absent; radiation=no; below_knee=no
Low back pain with no leg symptoms whatsoever.
    => leg_pain=absent
There is no radiation below the knee.
    => below_knee=no
Constant LBP w/ intermittent RLE radiation to the ankle.
    => region=low_back; radiation=yes; side=right; below_knee=yes; radiation_to=foot
Low back pain extends to both buttocks.
    => radiation=yes; radiation_to=buttock; side=bilateral
Pain in low back with referral to the right gluteal region and posterior thigh, non-dermatomal.
    => radiation=yes; radiation_to=buttock,thigh; side=right; below_knee=-
The pain wraps around to the groin.
    => radiation=yes; radiation_to=groin
Electric pain from the back down the left leg into the foot.
    => leg_pain=present; below_knee=yes; radiation=yes; radiation_to=foot; side=left
Pain does not radiate.
    => radiation=no; leg_pain=absent
Pain doesn't go past her knees.
    => below_knee=no
it hurts right across my belt line and never goes down my legs
    => region=low_back; leg_pain=absent; radiation=no; axial=yes; side=-
my lower back aches all day esp when driving, no leg stuff
    => region=low_back; aggravating=sitting
Backache, worse on forward bending, getting up from a chair and coughing; better lying flat.
    => region=low_back; aggravating=flexion,sit_to_stand,cough; relieving=lying
Deep midline ache just above the sacrum, worse sitting in meetings.
    => region=low_back; midline=yes; aggravating=sitting
She localizes the pain to the lumbosacral junction in the midline.
    => region=low_back; midline=yes
Low back pain, left > right, with left lateral thigh pain.
    => side=bilateral; worse_side=left; radiation=yes; radiation_to=thigh
Low back pain more on the right than the left.
    => worse_side=right; side=bilateral
Right low back pain. The left side is pain-free.
    => side=right
Pain on both sides of the low back.
    => side=bilateral; region=low_back
Left L5 radiculopathy.
    => levels=-
Leg pain resolved after surgery in 2019, no back pain now.
    => leg_pain=historical; low_back=absent
Low back pain resolved after RFA.
    => low_back=historical
He previously had right leg pain, which went away after microdiscectomy. Central low back pain persists.
    => leg_pain=historical; midline=yes; low_back=present; side=-
She no longer has leg pain. Her back pain is unchanged.
    => leg_pain=historical; low_back=present
Leg pain has improved but persists; low back pain too.
    => leg_pain=present
Denies back pain.
    => low_back=absent; region=-
No back pain, no leg pain.
    => low_back=absent; leg_pain=absent; region=-
Mid back pain at T8.
    => region=thoracic; levels=-
Thoracic pain with numbness, low back fine.
    => region=thoracic
INDICATION: Low back pain radiating to left leg.\nFINDINGS: Disc bulge at L4-5.
    => region=low_back; leg_pain=present; side=left; radiation=yes; levels=-
INDICATION: Low back pain, evaluate for Modic change.\nIMPRESSION: No Modic change.
    => region=low_back; axial=-; radiation=-
HISTORY: Lumbago.\nTECHNIQUE: Sagittal and axial T1 and T2.\nFINDINGS: Central disc protrusion at L5-S1
touching the left S1 root.
    => region=low_back; axial=-; midline=-; side=-
TECHNIQUE: axial T2. FINDINGS: L4-L5 Modic type 1. IMPRESSION: Modic 1.
    => nothing
Consent: risks include worsening back pain and leg pain.
    => nothing
Inclusion criteria: axial low back pain for 6 months, no radicular pain.
    => nothing
You may feel back soreness after the procedure.
    => nothing
If he has leg pain we will get an EMG. For now midline low back pain.
    => leg_pain=-; midline=yes
Mother with chronic low back pain.
    => nothing
Her mother has sciatica. She has right low back pain.
    => leg_pain=-; side=right
ROS: MSK positive for back pain, negative for joint pain.
    => region=low_back
Extension is comfortable, flexion is painful. Low back pain.
    => aggravating=flexion
Extension painless. Low back pain worse with flexion.
    => aggravating=flexion
No pain with extension; low back pain with forward flexion.
    => aggravating=flexion
Denies pain with sitting. Low back pain worse with walking.
    => aggravating=walking
Sitting more than 20 minutes, bending and lifting all make the low back pain worse.
    => aggravating=sitting,flexion
Low back pain. Aggravating factors: sitting, bending. Alleviating factors: standing, walking.
    => aggravating=sitting,flexion; relieving=standing,walking
Low back pain. Worse: standing. Better: sitting.
    => aggravating=standing; relieving=sitting
Low back pain is not affected by sitting.
    => aggravating=-; relieving=-
Standing films show no instability. Low back pain.
    => aggravating=-; relieving=-
Low back pain worse with lumbar extension/rotation and facet loading.
    => aggravating=facet_loading
Low back pain when rising from a seated position.
    => aggravating=sit_to_stand
Standing in place and sneezing bring on the low back pain.
    => aggravating=standing,cough
Walking eases the back pain.
    => relieving=walking; aggravating=-
Back pain 75%, leg pain 25%.
    => back_pct=75; leg_pct=25; predominant=back
Pain ratio back:leg 60:40.
    => back_pct=60; leg_pct=40; predominant=back
He describes 85% low back and 15% left thigh pain.
    => back_pct=85; predominant=back; side=left
20% back and 80% right leg.
    => back_pct=20; leg_pct=80; predominant=leg; side=right
100% back pain, 0% leg pain.
    => back_pct=100; leg_pct=0; predominant=back
Back pain improved 60%, leg pain improved 90%.
    => back_pct=-; leg_pct=-; predominant=-
PT gave 30% relief of the low back pain.
    => back_pct=-
The back hurts more than the legs.
    => predominant=back
Leg symptoms are worse than the back pain.
    => predominant=leg
Primarily right radicular leg pain.
    => predominant=leg; side=right
Her main complaint is low back pain.
    => predominant=back
Leg-dominant pain.
    => predominant=leg
Back-predominant pain with mild buttock ache.
    => predominant=back; radiation_to=buttock
axial > radicular pain
    => predominant=back
TTP L4-5 and L5-S1 midline.
    => levels=L4-L5,L5-S1; midline=yes
Non-tender at L4-5. Low back pain.
    => levels=-
Low back pain; L5-S1 ESI gave relief.
    => levels=-
Point tenderness over the L5-S1 interspace.
    => levels=L5-S1; focal=yes
Palpation at L3-4 reproduces the pain.
    => levels=L3-L4
Tailbone soreness after a fall; sitting hurts.
    => region=coccyx; aggravating=sitting
Radiates down left leg
    => radiation=yes; leg_pain=present; side=left
Low back pain radiating down the back of the left thigh.
    => radiation=yes; radiation_to=thigh; side=left; region=low_back
No shooting pain. Axial LBP.
    => axial=yes; radiation=no
Low back pain traveling up to the neck.
    => region=low_back
Low back pain with pain in the left foot after a fracture.
    => region=low_back
Pt had back surgery. No pain.
    => nothing
Numbness in the left leg, low back pain.
    => leg_pain=-; side=-
Strictly axial LBP; never any sciatica.
    => axial=yes; leg_pain=absent; predominant=-
Low back pain w/ b/l LE radiation to the calves.
    => radiation=yes; side=bilateral; below_knee=yes; radiation_to=calf
Pain starts in the low back and runs along the outside of the right leg to the knee.
    => radiation=yes; leg_pain=present; side=right; region=low_back
Left lower back pain which radiates to the left buttock, not to the leg.
    => side=left; radiation=yes; radiation_to=buttock; leg_pain=absent
Low back pain associated with bilateral leg pain, legs worse.
    => leg_pain=present; region=low_back
Denies lower extremity pain, numbness or weakness. Back pain only.
    => leg_pain=absent; axial=yes
Chronic low back pain 2/2 lumbar spondylosis, no radiculopathy.
    => region=low_back
HPI: 52M with 3 years of LBP. It is in the midline, deep and aching. It does not radiate. Worse with
sitting and flexion, better lying down.\nPMH: neck pain s/p ACDF.\nExam: SLR neg, TTP midline L5-S1.
    => region=low_back; axial=yes; midline=yes; radiation=no; leg_pain=absent;
       aggravating=flexion,sitting; relieving=lying; levels=L5-S1
1. Neck pain radiating to the left arm, worse with extension.\n2. Low back pain, midline, worse with
sitting. No leg pain.
    => region=low_back; side=-; aggravating=sitting; midline=yes; leg_pain=absent
CC: right shoulder pain. Also has low back pain across the belt.
    => region=low_back; side=-
Low back pain, 8/10. The pain is 90% in the back and 10% in the right leg above the knee.
    => back_pct=90; leg_pct=10; predominant=back; side=right; below_knee=no
Impression: L4-5 disc extrusion with left leg pain.
    => leg_pain=present; side=left
Low back pain and right leg pain following the S1 dermatome to the lateral foot. Leg is worse than back.
    => leg_pain=present; below_knee=yes; side=right; predominant=leg; radiation_to=foot
Pain across the low back with occasional tingling in the toes, no pain in the legs.
    => region=low_back; leg_pain=absent; below_knee=no
Plan: TFESI for left leg pain.\nHPI: Low back pain only.
    => axial=yes; leg_pain=-
Low back pain only occasionally goes to the buttocks.
    => radiation=yes; radiation_to=buttock
Sharp pain in the left low back, just lateral to the midline at L4-5.
    => side=left; levels=L4-L5
Patient c/o low back pain w/ radiation to R hip, not below knee.
    => radiation=yes; radiation_to=hip; side=right; below_knee=no
PATIENT REPORTS LOW BACK PAIN NO RADIATION
    => radiation=no; region=low_back
Lbp, non radiating, x 2 yrs
    => radiation=no; axial=yes
Her pain is located in the lower lumbar region and refers into the posterior thighs bilaterally; it
never reaches the calves.
    => region=low_back; radiation_to=thigh; side=bilateral; radiation=yes; below_knee=no
Pain: low back 7/10, leg 2/10.
    => low_back=present; back_pct=-
His low back pain began after lifting. He left the ER against advice.
    => side=-
Low back pain for 5 years. Denies bowel or bladder changes, weakness, or radiating leg pain.
    => leg_pain=absent; low_back=present
Low back pain without numbness or tingling in the legs.
    => leg_pain=-
Negative for leg pain. Positive for back pain.
    => leg_pain=absent; low_back=present
She has had neither leg pain nor numbness. Low back pain is central.
    => leg_pain=absent; midline=yes
The pain is not axial; it is in the left leg.
    => axial=no; leg_pain=present; side=left
Low back pain radiating to either leg? [ ] Yes [x] No
    => region=low_back
Where is your pain? [ ] neck [x] low back [ ] leg
    => region=low_back; leg_pain=-
Low back pain began after radiation for cervical cancer.
    => radiation=-
Central low back pain, worse when she coughs, sneezes or gets up from the sofa.
    => midline=yes; aggravating=cough,sit_to_stand
The low back pain is worse with sitting than with standing.
    => aggravating=sitting
Low back pain; can sit only 10 minutes, walking helps.
    => relieving=walking
Low back pain that he describes as a band across the waist.
    => region=low_back
Back pain with referral to the tip of the right trochanter.
    => radiation=yes; radiation_to=hip; side=right
Vertebrogenic LBP, concordant with Modic 1 at L4-5.
    => levels=-; region=low_back
Low back pain localized at L4-L5 and L5-S1 by palpation.
    => levels=L4-L5,L5-S1
She has 5-day history of severe right-sided pain at L2-3.
    => levels=L2-L3; side=right
Low back pain is 6/10 at rest. Left-handed. Right total hip replacement.
    => side=-
LBP, L>R, into L buttock.
    => side=bilateral; worse_side=left; radiation_to=buttock
Low back pain with pain in the right groin from his hernia.
    => region=low_back
Her typical pain is low back; for five days left-sided pain at L1-2.
    => levels=L1-L2; side=left
Pt denies any pain radiating to the lower extremities.
    => radiation=no; leg_pain=absent; below_knee=no
He had leg pain in 2018 that resolved with a TFESI. Now only LBP.
    => leg_pain=historical; region=low_back
Since the fusion the leg pain is gone but the back pain is worse.
    => leg_pain=historical; low_back=present
Back pain much greater than leg pain.
    => predominant=back
Pain is predominantly in the low back.
    => predominant=back
Axial back pain > leg pain
    => predominant=back; axial=yes
Low back pain on the left
    => side=left
Pain is mainly right sided low back pain
    => side=right; predominant=back
Minimal leg pain; mainly low back.
    => predominant=back
Discomfort in the lumbar area on both sides.
    => region=low_back; side=bilateral
Burning pain in low back shooting into the left buttock and down to the ankle.
    => radiation=yes; below_knee=yes; radiation_to=buttock,foot; side=left; leg_pain=present
No pain below the waist.
    => below_knee=-
Her pain is exclusively in the low back.
    => axial=yes; predominant=back; region=low_back
Low back pain without any leg involvement.
    => leg_pain=absent
LBP without LE symptoms.
    => leg_pain=absent
He denies radiation of the pain into the legs.
    => radiation=no; leg_pain=absent; below_knee=no
The back pain sometimes spreads to the hips.
    => radiation=yes; radiation_to=hip; low_back=present
No pain radiating past the buttock.
    => below_knee=no
Right-sided sciatica with back pain.
    => side=right; leg_pain=present
Sciatica on the left, which resolved in 2020. Now isolated axial back pain.
    => leg_pain=historical; axial=yes
Pain intensity 8/10, mostly in the back (85%), the rest in the left leg (15%).
    => back_pct=85; leg_pct=15; predominant=back
Back pain accounts for 70% of her symptoms.
    => back_pct=70; predominant=back
LBP 60%, LLE 40%
    => back_pct=60; leg_pct=40; predominant=back; side=left
Leg > back.
    => predominant=leg
R>L low back pain
    => side=bilateral; worse_side=right
Bilateral low back pain, right worse than left, no radiation.
    => side=bilateral; worse_side=right; radiation=no
Pain to palpation over L4-5 midline and bilateral L4-5 paraspinals.
    => levels=L4-L5
Mild tenderness to palpation L5-S1.
    => levels=L5-S1
Low back pain increased with coughing and straining at stool.
    => aggravating=cough
Low back pain worsens throughout the day with standing; sitting down relieves it.
    => aggravating=standing; relieving=sitting
Low back pain exacerbated by prolonged sitting and bending forward. Relieved by lying flat and walking.
    => aggravating=sitting,flexion; relieving=lying,walking
sitting kills my back
    => region=low_back; aggravating=sitting
I can't sit because of my low back pain
    => region=low_back; aggravating=sitting
Low back pain, cannot stand for more than 10 minutes.
    => aggravating=standing
My back is fine when I lie down but kills me when I get up
    => aggravating=sit_to_stand
Pain with extension and rotation, none with flexion. Low back.
    => aggravating=extension
SI joint pain on the left below the belt line.
    => region=sacroiliac; side=left
Pain in the sacroiliac region, negative FABER.
    => region=sacroiliac
Pain localized to the tailbone.
    => region=coccyx
Neck pain greater than low back pain.
    => predominant=-
Neck pain. Denies low back pain or leg pain.
    => region=neck; low_back=absent; leg_pain=absent
Interscapular pain, worse with sitting.
    => region=thoracic; aggravating=sitting
Radicular symptoms in the left arm.
    => leg_pain=-
Low back pain radiates up the spine, not down.
    => leg_pain=-
Calf cramps at night. Low back pain midline.
    => radiation_to=-; midline=yes
Low back pain, centered over the spinous processes.
    => midline=yes
Low back pain, centrally located, non-radiating.
    => midline=yes; radiation=no; axial=yes
Deep central low lumbar pain.
    => region=low_back; midline=yes
No midline pain; left paraspinal low back pain.
    => midline=no; side=left
Left L5 TFESI helped the left leg pain for two months.
    => leg_pain=-
ESI: 90% relief of leg pain, back pain unchanged.
    => low_back=present; leg_pct=-
Low back pain since lifting a box, with muscle spasm.
    => region=low_back
Low back pain with bilateral foot numbness.
    => leg_pain=-; radiation=-; side=-
LBP with neurogenic claudication, legs ache after one block.
    => leg_pain=present
No leg pain at rest but leg pain with walking; low back pain.
    => leg_pain=present
He describes pain as 'like a knife in the middle of my lower back'.
    => region=low_back; midline=yes
Pain is 100% low back.
    => back_pct=100; predominant=back
Pain in the low back, 6/10, and in the right leg, 3/10.
    => low_back=present; leg_pain=present; side=right
S: dull ache belt-line, nil down legs. Agg: sitting. Ease: lying supine.
    => region=low_back; leg_pain=absent; aggravating=sitting; relieving=lying
Numbness and burning down the left leg past the knee into the foot.
    => below_knee=yes; side=left; radiation_to=foot
Vertebrogenic pattern: midline, worse sitting and bending, no leg pain.
    => midline=yes; aggravating=sitting,flexion; leg_pain=absent
the pain is smack in the middle of my lower back and it doesnt go anywhere
    => region=low_back; midline=yes; radiation=no
hurts worse when i stand up from the couch, lower back right in the center
    => region=low_back; midline=yes; aggravating=sit_to_stand
Leg pain far exceeds back pain.
    => predominant=leg
Pain split 60/40 back to leg.
    => back_pct=60; leg_pct=40; predominant=back
Back pain is about 70%, legs 30.
    => back_pct=70; predominant=back
Equal back and leg pain.
    => region=low_back; leg_pain=present; predominant=-
The chief complaint is left leg pain; the back hardly bothers her.
    => predominant=leg; leg_pain=present; side=left
The legs are not the problem, it is the back.
    => predominant=back
Intermittent radiation to the right lateral thigh, never distal to the knee. Low back pain constant.
    => radiation=yes; radiation_to=thigh; below_knee=no; side=right
Left-sided L5 radiculopathy with shooting pain to the big toe.
    => leg_pain=present; side=left; below_knee=yes; radiation_to=foot
Cramps in both calves at night. Axial low back pain.
    => axial=yes; region=low_back
No lower limb pain, paraesthesia or weakness. Low back pain only.
    => leg_pain=absent; axial=yes; region=low_back
Patient is negative for radiating leg pain.
    => leg_pain=absent
Pain remains localized to the lumbosacral junction without radiation.
    => region=low_back; radiation=no; axial=yes
Pain is axial > radicular.
    => axial=yes; predominant=back
Discogenic-type central low back pain, flexion intolerant.
    => region=low_back; midline=yes; aggravating=flexion
LBP aggravated by Valsalva, coughing and sneezing.
    => region=low_back; aggravating=cough
Low back pain eases when he stands up and walks around.
    => relieving=standing,walking; region=low_back
Sitting, driving and forward bending increase the low back pain, standing decreases it.
    => aggravating=sitting,flexion; relieving=standing
Pain levels rise with standing in one place; low back.
    => aggravating=standing; region=low_back
Tenderness over L4-5 and L5-S1 midline.
    => levels=L4-L5,L5-S1; midline=yes
Focal midline tenderness L4-L5, no paraspinal spasm.
    => focal=yes; levels=L4-L5
Pain at L1-L2 on the left for 5 days, new and different.
    => levels=L1-L2; side=left
R>L low back pain.
    => region=low_back; side=bilateral; worse_side=right
low back pain more on the right
    => worse_side=right
Bilateral lower lumbar ache.
    => region=low_back; side=bilateral
Left-handed man with low back pain.
    => region=low_back; side=-
Low back pain right at the waist.
    => region=low_back; side=-
Prior right leg radiculopathy, resolved following microdiscectomy; axial low back pain persists.
    => leg_pain=historical; axial=yes; low_back=present
She no longer has any leg pain. Low back pain remains 7/10.
    => leg_pain=historical; low_back=present
Left hip pain with groin radiation, no back pain.
    => low_back=absent
Dx: M54.51 vertebrogenic low back pain
    => region=low_back
IMPRESSION: Chronic axial low back pain, likely vertebrogenic.
    => axial=yes; region=low_back
Patients with axial low back pain may be candidates for ablation.
    => nothing
SLR neg. Facet loading positive bilaterally. LBP.
    => region=low_back
Does pain travel below the knee?  [ ] Yes [x] No. Low back pain.
    => below_knee=no
Lower back [x]  Leg [ ]  Buttock [x]
    => region=low_back; leg_pain=-
What makes it worse: sitting, bending. What makes it better: lying down. Low back.
    => aggravating=sitting,flexion; relieving=lying; region=low_back
Claimant denies lower extremity radicular symptoms.
    => leg_pain=absent
C/o severe backache, radiating to rt lower limb upto foot, with tingling.
    => region=low_back; leg_pain=present; below_knee=yes; side=right; radiation_to=foot
H/o low back pain with radiation to left LL.
    => region=low_back; leg_pain=present; side=left
Mech LBP. No sciatica. Worse bending/sitting.
    => axial=yes; leg_pain=absent; aggravating=flexion,sitting
Pain map shows midline lumbar pain with symmetric buttock referral.
    => region=low_back; midline=yes; radiation_to=buttock
Backache that spreads into the hips and the front of the thighs but stops short of the knees.
    => region=low_back; radiation_to=hip,thigh; below_knee=no; radiation=yes
Pt reports central LBP 7/10, denies LE sx. Sit > stand > walk for pain.
    => region=low_back; midline=yes; leg_pain=absent
The discomfort sits right in the midline at the level of the iliac crests and does not travel.
    => midline=yes; radiation=no
Lumbar pain, nil radicular. Pain on flexion, extension NAD.
    => region=low_back; leg_pain=absent; aggravating=flexion
Low back pain with Lt LL radiculopathy.
    => region=low_back; leg_pain=present; side=left
LBP with B/L gluteal radiation.
    => region=low_back; side=bilateral; radiation_to=buttock; radiation=yes
it's my back not my legs
    => predominant=back
when i cough or sneeze my low back lights up
    => region=low_back
i cant sit for more than 10 min because of my lower back
    => region=low_back; aggravating=sitting
She describes a toothache-like pain deep in the center of her low back.
    => region=low_back; midline=yes
There is no associated lower extremity radiation.
    => leg_pain=absent; radiation=no
Left lower extremity radicular symptoms are her predominant complaint.
    => leg_pain=present; side=left; predominant=leg
Back greater than leg.
    => predominant=back
She rates it as 85% low back, 15% buttock.
    => back_pct=85; predominant=back
Back pain improved 80% after the block.
    => back_pct=-; predominant=-
Axial to radicular pain ratio 90:10.
    => back_pct=90; leg_pct=10; predominant=back
Chronic low back pain without sciatica.
    => region=low_back; leg_pain=absent
Assessment: 1. Vertebrogenic low back pain. 2. No radiculopathy.
    => region=low_back
Worst when getting out of bed or up from a chair. Low back pain.
    => aggravating=sit_to_stand; region=low_back
Low back pain made worse by driving to work.
    => aggravating=sitting
LBP alleviated by position change, walking.
    => relieving=walking; region=low_back
Pain worse w/ flex, better w/ ext. LBP.
    => aggravating=flexion; relieving=extension
Exam: TTP midline L5-S1. No SI tenderness.
    => levels=L5-S1; midline=yes
Pain is localized at L4-L5.
    => levels=L4-L5
Left PSIS pain, points with one finger below L5.
    => region=sacroiliac; side=left; focal=yes
Mid thoracic pain, T8, no lower back pain.
    => region=thoracic; low_back=absent
Cervicalgia with left arm radiation. Chronic LBP too.
    => leg_pain=-; radiation_to=-
Chest pain, no back pain.
    => low_back=absent
Low back pain R>L with radiation to right buttock.
    => region=low_back; side=bilateral; worse_side=right; radiation_to=buttock
Right-sided low back pain radiating down the right leg.
    => side=right; leg_pain=present
Low back pain, slightly right of midline.
    => midline=no; side=right
Symmetric low back pain.
    => region=low_back
Left sciatica in 2018 has never come back; low back pain since 2020.
    => leg_pain=historical; region=low_back
The sciatica that sent him to surgery is gone. Low back pain remains.
    => leg_pain=historical; low_back=present
His back pain has resolved. Continues to have left foot numbness.
    => low_back=historical
Go to the ER for leg weakness, numbness in the groin, or worsening back pain.
    => leg_pain=-; radiation_to=-
Rule out radiculopathy.
    => leg_pain=-
Leg pain: Yes. Side: Right. Below knee: Yes.
    => leg_pain=present; below_knee=yes
Pain radiates: (X) No ( ) Yes. Location: low back
    => region=low_back; radiation=no
CONSTANT LOW BACK PAIN, NO RADIATION, WORSE WITH SITTING AND BENDING
    => region=low_back; radiation=no; axial=yes; aggravating=sitting,flexion
Applicant reports low back pain radiating to bilateral lower extremities, right greater than left.
    => leg_pain=present; side=bilateral; worse_side=right
ROS: MSK: + back pain, - leg pain.
    => region=low_back; leg_pain=absent
Low back pain without LE pain, numbness, tingling, weakness.
    => region=low_back; leg_pain=absent
Band of pain at the waistline, central.
    => region=low_back; midline=yes
LBP w/ B glut ache, nil below knee, nil P&N.
    => region=low_back; below_knee=no
Pain worsens when sitting and leaning forward, and improves when standing and lying supine. Low back.
    => aggravating=sitting,flexion; relieving=standing,lying; region=low_back
Coughing makes the low back pain worse.
    => aggravating=cough; region=low_back
No pain with facet loading. Low back pain.
    => aggravating=-; region=low_back
Pain spreads to both buttocks but not further.
    => radiation_to=buttock; radiation=yes; side=bilateral
Low back pain; she feels it in the groin at times too.
    => region=low_back
Right leg pain and numbness in S1 distribution; minimal back pain.
    => leg_pain=present; side=right; predominant=leg
Sharp electric pain from the left buttock to the ankle.
    => side=left; below_knee=yes
He says the back is 9 and the leg is 2 out of 10.
    => nothing
90/10 back to leg.
    => back_pct=90; leg_pct=10; predominant=back
No leg pain; 100% back.
    => leg_pain=absent; back_pct=100; predominant=back
Predominantly axial low back pain.
    => predominant=back; axial=yes; region=low_back
Pain primarily in the left leg.
    => predominant=leg; leg_pain=present; side=left
legs are fine. its the lower back thats killing me
    => region=low_back
hurts to bend over and tie my shoes, lower back
    => region=low_back; aggravating=flexion
feels better when i stand up and stretch. lower back pain
    => relieving=standing
Severe LBA with bilateral LL radiation, Rt > Lt.
    => region=low_back; leg_pain=present; side=bilateral; worse_side=right
Pain increases on bending forward, sitting for long time and relieved on lying supine. Low back.
    => aggravating=flexion,sitting; relieving=lying
Maximal tenderness at L4-5 in the midline; no tenderness over the SI joints.
    => levels=L4-L5; midline=yes
Nontender lumbar spine. Low back pain with flexion.
    => levels=-; aggravating=flexion
Bilateral SI joint tenderness, FABER positive.
    => side=bilateral
Denies neck pain. Reports low back pain.
    => region=low_back
Neck pain resolved. Low back pain persists.
    => region=low_back
History of sciatica, none currently. Low back pain.
    => leg_pain=historical; region=low_back
No recurrence of leg pain since surgery. Back pain is constant.
    => region=low_back; low_back=present
Side effects may include leg weakness, back pain.
    => nothing
What is low back pain? Low back pain is very common.
    => nothing
Pain below knee? no
    => below_knee=no
Pain radiation: buttocks b/l
    => radiation=yes; radiation_to=buttock; side=bilateral
Low back pain - axial - no radicular features.
    => axial=yes; leg_pain=absent
LBP aggravated by transitions from sit to stand.
    => aggravating=sit_to_stand
Low back pain, mostly left.
    => region=low_back
The pain shifts from side to side across the low back.
    => region=low_back
Low back pain with bilateral foot numbness from neuropathy.
    => region=low_back; leg_pain=-; below_knee=-
47 y/o M w/ axial LBP, worse w/ sitting & fwd bending, better standing/walking. Denies LE radiation.
    => axial=yes; region=low_back; aggravating=sitting,flexion; relieving=standing,walking; leg_pain=absent
C/o persistent LBP midline L4-S1, no radiculopathy sx.
    => midline=yes; levels=L4-L5,L5-S1; leg_pain=absent; region=low_back
Mrs. T describes a constant dull ache low in the back which is central and does not spread to the legs.
    => region=low_back; midline=yes; leg_pain=absent
Pain stays in the back and has never gone into the legs.
    => leg_pain=absent; axial=yes; region=low_back
There is some aching into the left buttock when the back pain is severe.
    => radiation_to=buttock; side=left; region=low_back
LBP referring into bilat glutes.
    => radiation_to=buttock; side=bilateral; radiation=yes
Central low back pain spreading bilaterally along the belt line.
    => region=low_back; midline=yes
Low back pain with shooting pains down both legs to the feet.
    => leg_pain=present; below_knee=yes; side=bilateral; radiation_to=foot
Leg pain is the main issue, back pain is minimal.
    => predominant=leg; leg_pain=present
Pain is mainly in the back with only occasional leg ache.
    => predominant=back; leg_pain=present
the main problem is my lower back. legs ok
    => predominant=back; region=low_back
back pain way worse than leg pain
    => predominant=back
Back 8/10 leg 3/10, back pain predominates.
    => predominant=back
70% low back / 30% left leg.
    => back_pct=70; leg_pct=30; predominant=back; side=left
Of her pain, 20% is leg and 80% is low back.
    => back_pct=80; leg_pct=20; predominant=back
Sitting makes it worse, lying down makes it better. Low back pain.
    => aggravating=sitting; relieving=lying
Pain with prolonged sitting and with bending, relieved when he lies down. LBP.
    => aggravating=sitting,flexion; relieving=lying
Worst position: sitting. Best position: lying. LBP
    => aggravating=sitting; relieving=lying
Aggravators - sitting, flexion. Relievers - standing, extension. LBP
    => aggravating=sitting,flexion; relieving=standing,extension
Low back pain provoked by flexion and sitting, not by extension.
    => aggravating=flexion,sitting
Low back pain, no relief with lying down.
    => relieving=-
Low back pain. Standing does not help.
    => relieving=-
Low back pain, no worse with sitting.
    => aggravating=-
Painful arc on return from flexion. LBP.
    => region=low_back
LBP worse getting in and out of the car and rolling in bed.
    => region=low_back; aggravating=sit_to_stand
TTP over L5 SP and L5-S1 interspace, midline. LBP.
    => midline=yes; levels=L5-S1; region=low_back
Left low back pain at L5-S1.
    => side=left; levels=L5-S1; region=low_back
Bilateral L4-5 and L5-S1 facet tenderness, left worse than right.
    => side=bilateral; worse_side=left; levels=L4-L5,L5-S1
Right greater than left low back pain.
    => side=bilateral; worse_side=right; region=low_back
Low back pain on the left more than the right.
    => side=bilateral; worse_side=left
L sided LBP.
    => side=left; region=low_back
Pt is right handed, low back pain.
    => side=-
He left work because of back pain.
    => side=-; region=low_back
Sciatica: resolved. LBP: ongoing.
    => leg_pain=historical; low_back=present
Radicular leg pain has fully resolved since the epidural, she is left with axial back pain.
    => leg_pain=historical; axial=yes; side=-
Previously radiated to the left foot; no longer does. Back pain continues.
    => leg_pain=historical; low_back=present
Leg pain 90% better after microdiscectomy. Back pain persists.
    => low_back=present; leg_pct=-
Complains of neck pain. Back pain absent.
    => region=neck; low_back=absent
Thoracolumbar pain. No leg symptoms.
    => leg_pain=absent
Back pain with menses only.
    => region=low_back
Negative for sciatica. Positive for low back pain.
    => leg_pain=absent; region=low_back
No back pain or leg pain.
    => low_back=absent; leg_pain=absent
Pain does not radiate. Low back.
    => radiation=no; region=low_back
Any radiation to the legs? No. Low back pain? Yes.
    => leg_pain=absent; region=low_back
Pain below the knee: [ ] Y [x] N
    => below_knee=no
Leg pain:  yes [ ]  no [x]
    => leg_pain=absent
[X]Y [ ]N  low back pain   [ ]Y [X]N  leg pain
    => region=low_back; leg_pain=absent
[X] axial back pain  [ ] radicular leg pain
    => axial=yes; region=low_back; leg_pain=-
LBP - midline, no rad to LEs, worse c sit/bend.
    => midline=yes; leg_pain=absent; aggravating=sitting,flexion
Patient's pain is axial in nature and without radiation.
    => axial=yes; radiation=no
Persistent ache in the small of the back on bending forwards.
    => region=low_back; aggravating=flexion
Low back pain with occasional pins and needles in the right foot.
    => region=low_back
pain in my lower back and down my left leg past my knee
    => region=low_back; leg_pain=present; side=left; below_knee=yes
hip pain and lower back pain, right side
    => region=low_back; side=right
just my low back. nothing in the legs.
    => region=low_back; leg_pain=absent
Pain: lumbar, central; leg: none.
    => region=low_back; midline=yes; leg_pain=absent
Back and left leg pain, 50:50.
    => predominant=-; leg_pain=present; side=left
The patient rates back pain as 75% of overall pain and leg pain 25%.
    => back_pct=75; leg_pct=25; predominant=back
Leg pain predominant (80%).
    => predominant=leg
Pain is back-predominant.
    => predominant=back
Her worst pain is in the low back.
    => predominant=back; region=low_back
LBP aggravated by sitting >30 min, FF, STS.
    => aggravating=flexion,sitting
Relieved by lying flat and by walking; aggravated by sitting. Low back pain.
    => relieving=lying,walking; aggravating=sitting
Low back pain which eases on lying down.
    => relieving=lying
Low back pain worsens as the day goes on with sitting at work.
    => aggravating=sitting
Walking more than a block causes low back pain.
    => aggravating=walking
Low back pain with standing >10 minutes; sitting relieves.
    => aggravating=standing; relieving=sitting
Extension relieves, flexion provokes. LBP.
    => relieving=extension; aggravating=flexion
Flexion painful, extension painless. LBP.
    => aggravating=flexion
Palpation L4 to S1 midline tender.
    => levels=L4-L5,L5-S1; midline=yes
Point tender at L4-5 on left.
    => levels=L4-L5; side=left
Right L5-S1 paraspinal tenderness.
    => levels=L5-S1; side=right
Pain over right SI joint and buttock.
    => side=right
Tailbone pain after a fall.
    => region=coccyx
Back pain between the shoulder blades.
    => region=thoracic
No current low back pain.
    => low_back=absent
Leg pain has resolved.
    => leg_pain=historical
Leg pain has not resolved.
    => leg_pain=present
Prior history of left sciatica, resolved 2019.
    => leg_pain=historical
Brother has chronic back pain.
    => nothing
Seek care if you develop new leg weakness or back pain.
    => nothing
Candidates have low back pain without leg pain.
    => nothing
LBP without myelopathy or radiculopathy.
    => region=low_back
Pain radiates into the hips bilaterally, not the legs.
    => radiation_to=hip; leg_pain=absent; radiation=yes
Low back pain with radiation of pain into right buttock and right posterior thigh to the knee.
    => radiation_to=buttock,thigh; below_knee=no; side=right; radiation=yes
Radiates to groin, L>R. LBP.
    => radiation_to=groin; worse_side=left
LBP. Denies radiation below the knees.
    => below_knee=no; radiation=-
No low back pain radiating past the knee.
    => below_knee=no; radiation=-
Left shin pain is the complaint; the back scarcely bothers her.
    => predominant=leg; leg_pain=present; below_knee=yes
Low back pain. Does it travel? Yes, to the left calf.
    => radiation=yes; below_knee=yes; radiation_to=calf
Low back pain. Does it radiate? No.
    => radiation=no
Low back pain. What makes it worse? [x] bending [ ] walking [x] sitting
    => aggravating=flexion,sitting
LBP. What eases the pain? Lying flat, standing.
    => relieving=lying,standing
Pain radiates: [ ] left leg [ ] right leg. Low back pain.
    => radiation=-; leg_pain=-
Radiation of pain: No  Numbness: No  Low back pain: Yes
    => radiation=no; low_back=present
She used to have sciatica but now it is just the back.
    => leg_pain=historical; predominant=back
No back pain, only right leg pain.
    => predominant=leg; low_back=absent
Chief complaint: left leg pain. Minimal back pain.
    => predominant=leg; region=leg
Back pain is 8/10, leg pain is 3/10.
    => predominant=back
VAS back 3, leg 7.
    => predominant=leg
Back pain 6/10, leg pain 5/10.
    => predominant=-
The back is more of a nuisance than the leg.
    => predominant=back
Her most limiting symptom is right leg pain.
    => predominant=leg
Everything makes her low back pain worse, especially sitting.
    => aggravating=sitting
When he drives for an hour his low back aches.
    => aggravating=sitting
When she lies down her low back pain eases.
    => relieving=lying; aggravating=-
Low back pain. Can sit 15 minutes before pain.
    => aggravating=sitting
He prefers to lie down because sitting increases his low back pain.
    => aggravating=sitting
Low back pain. Leans on the shopping cart for relief.
    => aggravating=-
Activities that increase pain: driving, stooping. Low back.
    => aggravating=flexion,sitting
Non-radiating lumbar pain.
    => low_back=present; radiation=no
Non-specific low back pain.
    => low_back=present
Dear colleague, as you may recall, her low back pain is midline and spares the legs.
    => low_back=present; midline=yes
Low back pain. Walking does not bother her. Driving does.
    => aggravating=sitting
Low back pain. Sitting doesn't hurt. Standing does not either.
    => aggravating=-
Lying flat does not help his low back pain, standing does.
    => relieving=standing; aggravating=-
LBP. Stooping does not hurt her; driving and lifting do.
    => aggravating=sitting
Back pain worse with walking? No. Bending does.
    => aggravating=flexion
LBP. Driving? Terrible. Walking? Helps. Standing? Fine.
    => aggravating=sitting; relieving=walking
Axial LBP. Aggravators: sitting +, bending +, walking -.
    => aggravating=sitting,flexion
LBP: + driving, + stooping, - standing
    => aggravating=sitting,flexion
Low back pain, triggers: standing neg, sitting pos
    => aggravating=sitting
Low back pain. Sitting - worse. Walking - better.
    => aggravating=sitting; relieving=walking
Where: lumbar area, midline. Legs are fine. What eases it: walking around. What stirs it up: driving.
    => midline=yes; leg_pain=absent; relieving=walking; aggravating=sitting
Legs OK. The low back aches.
    => leg_pain=absent; low_back=present
LBP. The left leg is fine.
    => leg_pain=-
LBP. Leg strength fine.
    => leg_pain=-
Low back pain 3 weeks after a fall; resolved.
    => low_back=historical
Low back pain after a fall in May; gone by June.
    => low_back=historical
Pain is central, nothing in the lower extremities.
    => midline=yes; leg_pain=absent
Pain is not in the legs; it is in the low back.
    => leg_pain=absent; low_back=present
No leg pain, the low back is what brings her here.
    => leg_pain=absent; low_back=present
Low back pain, stops at the thigh.
    => low_back=present; below_knee=no
Sneezing gives her a stab in the low back. Low back pain.
    => aggravating=cough
Low back pain, sitting 20 min at most before the back hurts. Reclining is her only relief.
    => aggravating=sitting; relieving=lying
It sits right on the spine, low back pain.
    => midline=yes
Lumbar ache for two years, bending and driving, no legs.
    => leg_pain=absent
Low back pain, no leg weakness.
    => leg_pain=-
Aching in the middle of the low back. Both legs are fine.
    => leg_pain=absent; midline=yes
Pain location: low back Radiation: buttocks
    => radiation_to=buttock; below_knee=-
Where: [x] low back, centre [ ] thigh [ ] below knee
    => below_knee=-; midline=yes
Where: [x] low back [ ] thigh [x] below knee
    => below_knee=yes
Lumbar pain. What helps: standing up.
    => relieving=standing
The sciatica has taken over; the backache is an old story.
    => predominant=leg
Pain in the shin and foot, well ahead of the low back these days.
    => predominant=leg
Her lumbar ache she shrugs off. It is the right leg that brought her in.
    => predominant=leg
Low back pain and left leg pain. The leg is the main source of her trouble.
    => predominant=leg
Back pain is nothing beside the sciatica down to his foot. Left leg pain too.
    => predominant=leg
Low back pain with left leg pain, but the leg she hardly notices.
    => predominant=back
Low back pain 7/10. Right leg pain 3/10.
    => predominant=back
Lumbar pain, rated 3 out of 10. Left leg pain, which is a 7.
    => predominant=leg
Low back pain 5/10, right leg pain 6/10.
    => predominant=-
Usual back pain (0-10): 2\nUsual leg pain (0-10): 6
    => predominant=leg
Share out 100 points: Back 70 Left leg 20 Right leg 10
    => predominant=back; back_pct=70; leg_pct=20
He gives 60% to the back and 40% to the leg.
    => predominant=back; back_pct=60; leg_pct=40
Low back pain and right leg pain.\nWhich is worse for you: [ ] back [x] leg [ ] same
    => predominant=leg
Low back and leg pain.\nWhich hurts more, the back or the leg? The leg.
    => predominant=leg
HPI: Low back pain and leg pain, mostly back.\nAssessment: Pain is predominantly in the leg.
    => predominant=-; disputed=yes
CC: low back pain. Main problem today: low back pain.
    => leg_pain=-
Lumbar pain. Site: [x] midline [ ] left [ ] right\nRadiation: [x] none [ ] thigh [ ] below knee
    => midline=yes; radiation=no; leg_pain=absent
Lumbar pain. Site: [ ] midline [x] left
    => midline=-
Low back pain at low tables and with vegetables to peel.
    => leg_pain=-
Low back ache. Nothing in the thighs, calves or feet.
    => leg_pain=absent
Low back ache. No bother in the legs.
    => leg_pain=absent
Lumbar ache. Legs: no complaints.
    => leg_pain=absent
Low back pain, and sciatica to the foot. She ranks the leg first, the back a distant second.
    => predominant=leg
Lumbar ache for years, overtaken by pain in the left leg.
    => predominant=leg
Back ache for years, not the reason for today. Left leg pain.
    => predominant=leg
Pain score 6 back, 0 legs.
    => leg_pain=absent; predominant=back
My lower back is sore, doesnt go in my legs.
    => leg_pain=absent
Low back pain. Nil down the legs.
    => low_back=present; leg_pain=absent
Chief complaint: left leg pain to the foot. Low back sore too.
    => predominant=leg
Lumbar ache for ages that he has learned to live with. Sciatica in the left leg is the new problem.
    => predominant=leg
Right hip pain years ago. Pain score: back 7, leg 2
    => predominant=back
Low back and leg pain; leg component only to the mid-thigh, back most troublesome.
    => predominant=back
Low back pain, nil below the belt line.
    => leg_pain=absent; radiation=no
Low back pain. Twenty minutes in a chair brings the pain on.
    => aggravating=sitting
Lumbar pain that a long meeting in a hard chair will bring on; standing eases it.
    => aggravating=sitting; relieving=standing
She spends eight hours at the computer. Low back pain worse with bending.
    => aggravating=flexion
Seventy percent of the pain is in the back and the remaining thirty in the leg.
    => back_pct=70; leg_pct=30; predominant=back
Back accounts for 85% and the leg for the other 15.
    => back_pct=85; leg_pct=15
By his reckoning sixty per cent is back and the rest leg.
    => back_pct=60; leg_pct=40; predominant=back
80% relief of leg pain, the rest of the back is fine.
    => leg_pct=-; back_pct=-
The low back pain seeps into both buttocks but has never got as far as the knee.
    => radiation=yes; radiation_to=buttock; below_knee=no
When it is bad the back pain works its way down the backs of the thighs and stops well short of the knees.
    => radiation=yes; radiation_to=thigh; below_knee=no
Her lumbar ache bleeds into the right buttock; it doesn't reach the knee.
    => radiation=yes; radiation_to=buttock; below_knee=no
Her back pain has reached the foot by evening.
    => below_knee=yes; leg_pain=present
Leg pain has stayed away since the injection. Still sore low back.
    => leg_pain=historical; low_back=present
The sciatica went with the operation and stayed gone. Low back pain every morning.
    => leg_pain=historical; low_back=present
Surgery got rid of the sciatica for good; the low back pain is what she is left with.
    => leg_pain=historical; low_back=present
The sciatica went away after surgery but has come back; low back pain too.
    => leg_pain=present
Low back pain on both sides, the left rather worse than the right.
    => side=bilateral; worse_side=left
The low back hurts on both sides, though the left far more so than the right.
    => side=bilateral; worse_side=left
Low back pain, both sides, the left noticeably less than the right.
    => side=bilateral; worse_side=right
Low back pain both sides, the right being the worse of the two.
    => side=bilateral; worse_side=right
It is the left leg, burning to the ankle, that troubles him much more than the low back.
    => side=left; leg_pain=present; predominant=leg; below_knee=yes
The left leg, not the low back, is what hurts him most.
    => side=left; leg_pain=present; predominant=leg
It is the leg weakness that bothers her. Low back pain too.
    => leg_pain=-
Her legs have never hurt. Palpation at L3-4, but at no other level, provokes her typical low back pain.
    => leg_pain=absent; focal=yes; levels=L3-L4
Low back pain on pressing with the thumb over the L5-S1 interspace.
    => levels=L5-S1
Tender at L5-S1 and nowhere else. Low back pain.
    => focal=yes; levels=L5-S1
Palpation over L4-5 does not reproduce his low back pain.
    => levels=-
The legs don't hurt as much as the low back.
    => low_back=present
The low back ache goes into the buttocks, yet has not once gone down to the knees.
    => low_back=present; radiation=yes; radiation_to=buttock; below_knee=no
Low back pain; now and then it creeps into the thighs, never lower than mid-thigh.
    => radiation=yes; below_knee=no
Leg symptoms ended with the fusion. Axial low back pain persists.
    => leg_pain=historical; low_back=present
The leg pain he had operated on in 2016 is a thing of the past; now the low back hurts.
    => leg_pain=historical; low_back=present
Both sides ache across the low back; it is the left that gives her more trouble.
    => side=bilateral; worse_side=left
Low back pain on both sides, with the right the more troublesome.
    => side=bilateral; worse_side=right
What brings her is the left leg, with pain shooting to the heel, rather than the back.
    => side=left; predominant=leg; leg_pain=present
Ninety percent of what he feels is in the low back; the last ten is in the buttock.
    => back_pct=90
"""

KEYS = {f.name: f for f in fields(Pain)}


def value(key: str, word: str) -> Any:
    if word == "-":
        return None
    if word in ("yes", "no"):
        return word == "yes"
    if key in ("levels", "radiation_to", "aggravating", "relieving"):
        return sorted(word.split(","))
    return float(word) if key.endswith("_pct") else word


def rows() -> list[tuple[str, dict[str, Any] | None]]:
    """The table; a row without an arrow or with an unknown key is an error, not a skipped test."""
    out: list[tuple[str, dict[str, Any] | None]] = []
    text: list[str] = []
    answer = ""
    for line in [*TABLE.strip().splitlines(), ""]:
        if line.startswith("    "):
            answer += line.strip() + " "
            continue
        if answer:
            pairs = [p.strip().split("=") for p in answer.removeprefix("=>").split(";")]
            nothing = pairs == [["nothing"]]
            expected = None if nothing else {k: value(k, v) for k, v in pairs}
            assert expected is None or set(expected) <= KEYS.keys(), answer
            out.append((" ".join(text).replace(r"\n", "\n"), expected))
            text, answer = [], ""
        text.append(line)
    assert text == [""], text
    return out


SENTENCES = rows()

SEED_LIKE = """Seen urgently for low back pain. It is higher than her usual pain.
Exam: focal tenderness on the left at L1-L2.
Plan: basivertebral nerve ablation L4-L5."""


def read(text: str) -> Pain | None:
    return read_pain(read_document(Note(text)))


def ways(text: str) -> Iterator[str]:
    """The same words in capitals, with Windows line ends, and without a full stop."""
    yield text
    yield text.upper()
    yield text.replace(". ", ".\r\n")
    yield text.rstrip(".")


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[t[:60] for t, _ in SENTENCES])
def test_sentence(text: str, expected: dict[str, Any] | None) -> None:
    for way in ways(text):
        pain = read(way)
        if expected is None:
            assert pain is None, way
            continue
        got = to_dict(pain) if pain else dict.fromkeys(expected)
        for key, want in expected.items():
            have: Any = got[key]
            have = sorted(have) if isinstance(have, list) else have
            assert (have or None if isinstance(have, list) else have) == want, (way, key)


def test_note_silent_on_the_pattern_stays_silent() -> None:
    pain = read(SEED_LIKE)
    assert pain is not None
    assert (pain.region, pain.focal, pain.side, pain.levels) == ("low_back", True, "left", ("L1-L2",))
    unsaid = (pain.axial, pain.midline, pain.predominant, pain.leg_pain, pain.radiation, pain.below_knee)
    assert unsaid == (None,) * 6


@pytest.mark.parametrize("level", ["L1-2", "L3-4", "L4-5", "L5-S1"])
def test_any_level(level: str) -> None:
    pain = read(f"Focal tenderness at {level}.")
    assert pain is not None
    upper, lower = level.split("-")
    assert pain.levels == (f"{upper}-{lower if lower[0] == 'S' else 'L' + lower}",)


@pytest.mark.parametrize("text", [t for t, e in SENTENCES if e], ids=lambda t: t[:60])
def test_every_value_has_its_words(text: str) -> None:
    pain = read(text)
    if pain is None:
        return
    for evidence in (pain.evidence, *pain.support):
        assert text[evidence.start : evidence.end] == evidence.text
        assert evidence.text.strip()
        assert evidence.rule


def test_words_and_cue_of_a_denial() -> None:
    pain = read("Low back pain. She denies any leg pain.")
    assert pain is not None
    denial = next(e for e in pain.support if "leg" in e.text)
    assert denial.text == "denies any leg pain"
    assert denial.cues == ("denies",)


@pytest.mark.parametrize("rule", rules("pain.toml"), ids=lambda r: r.id)
def test_rule_examples(rule: Rule) -> None:
    """A rule matches its positive examples in competition with its family, and no negative one."""
    family = Lexicon([r for r in rules("pain.toml") if r.data["family"] == rule.data["family"]])
    for example in rule.data["positive"]:
        assert rule.id in {h.rule.id for h in family.find(example.lower())}, example
    for example in rule.data["negative"]:
        assert rule.id not in {h.rule.id for h in family.find(example.lower())}, example


def test_rule_ids_are_unique() -> None:
    data = tomllib.loads((root() / "pain.toml").read_text("utf-8"))
    ids = [r["id"] for r in data["rule"]]
    assert len(ids) == len(set(ids))


@given(st.text(max_size=200), st.sampled_from([t for t, _ in SENTENCES]))
def test_any_text_is_read(noise: str, text: str) -> None:
    whole = f"{noise} {text} {noise}"
    pain = read(whole)
    for evidence in (pain.evidence, *pain.support) if pain else ():
        assert whole[evidence.start : evidence.end] == evidence.text
