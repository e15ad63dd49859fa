"""Treatments read from sentences as clinicians write them.

Each line: the sentence, and what it must give. `PT done response=none` is one treatment; several are
parted by semicolons; nothing after the sentence means that nothing was done, is under way or planned.
What is not named (a date, a side) is not checked. Sentences were written for this test.
"""

# ruff: noqa: E501 - a table that is read line by line
from __future__ import annotations

from typing import Any

import pytest

from bvnscreen.facts import Note, Procedure
from bvnscreen.language.document import read_document
from bvnscreen.language.lexicon import lexicon, rules
from bvnscreen.language.procedures import read_procedures

CASES = [
    # a patient of the practice is not a course of care
    ("She has been under my care for four years with low back pain.", ""),
    ("She has been under medical care for a year.", "conservative_care done duration_months=12"),
    ("Her daughter says she had a kyphoplasty.", "kyphoplasty done"),
    ("Procedure: BVN ablation (Intracept) of L4 and L5.", "BVNA done vertebrae=L4,L5"),
    # lists, their time and their results
    ("Care before the blocks: PT for 5 months, naproxen.", "PT done duration_months=5; NSAID done"),
    (
        "He tried PT, acupuncture and injections over the past two years.",
        "PT done duration_months=24; acupuncture done duration_months=24; injection done",
    ),
    (
        "PT 5 months, etodolac. Not one of them has lasted.",
        "PT done response=temporary; NSAID done response=temporary",
    ),
    ("Chiropractic for 6 months. She is very pleased with the result.", "chiropractic done response=good"),
    ("Finished 5 months of PT and is slowly improving.", "PT done response=mixed"),
    ("Negative for stimulator, pacemaker.", "SCS not_done"),
    ("SCS ......... 7-day trial only 2021, failed", "SCS done response=none"),
    ("No earlier injections (ESI, facet).", "ESI not_done; injection not_done"),
    ("PRIOR AUTHORIZATION REQUEST FORM\nProcedure: basivertebral nerve ablation", "BVNA planned"),
    ("Facet source ruled out (MBB in May 2024).", "MBB done date=2024-05"),
    ("Start pregabalin 75 mg nightly and titrate as tolerated.", "gabapentinoid planned"),
    ("PT in clinic and at home, March to August 2023.", "PT done date=2023-03 date_end=2023-08"),
    ("PT x12 visits. Goals: all met.", "PT done response=good"),
    ("PT x12 visits. Goals: not met.", "PT done response=none"),
    ("He has kept up conservative care: PT, naproxen.", "PT done; NSAID done"),
    # what looks like these and is not
    ("She had an ESI that helped. She has not had any since.", "ESI done response=good"),
    ("He got an ESI and has not had one since.", "ESI done"),
    ("She takes naproxen. She has not had any stomach upset.", "NSAID ongoing"),
    ("Gabapentin was suggested. He never took it.", "gabapentinoid not_done"),
    (
        "She has failed: 1) PT, 2) NSAIDs, 3) chiropractic.",
        "PT done response=none; NSAID done response=none; chiropractic done response=none",
    ),
    ("He saw a surgeon, back surgery was recommended.", "spine_surgery planned"),
    ("PT was ordered and given to the front desk.", "PT planned"),
    ("Currently gabapentin 300 mg three times a day (neuropathy from her back).", "gabapentinoid ongoing"),
    ("Gabapentin (for sciatica) and duloxetine (for mood) nightly.", "gabapentinoid ongoing"),
    ("PT - some days better, some worse", "PT done"),
    ("Continue to use TENS.", "TENS ongoing"),
    # what a few days, a dose left alone, a mark of time and plain praise say of the result
    ("A prednisone taper gave him two good weeks.", "systemic_steroid done response=temporary"),
    ("The ESI gave her one good month.", "ESI done response=temporary"),
    ("An osteopath saw him monthly; each visit helped for a day.", "chiropractic done response=temporary"),
    ("PT was stopped because she was more sore after it.", "PT done response=worse"),
    ("She quit massage because it left her sorer.", "massage done response=worse"),
    ("Yoga on Sundays, looser for that day only.", "yoga done response=temporary"),
    ("L5-S1 fusion in 2017. The back was better for only six months.", "fusion done response=temporary"),
    (
        "Codeine and paracetamol give partial control.",
        "opioid ongoing response=mixed; acetaminophen ongoing response=mixed",
    ),
    (
        "He takes gabapentin and baclofen; the two together give reasonable control.",
        "gabapentinoid ongoing response=mixed; muscle_relaxant ongoing response=mixed",
    ),
    ("She takes naproxen with adequate pain control.", "NSAID ongoing response=good"),
    (
        "Caudal ESI 2019: a couple of weeks of relief",
        "caudal_ESI done response=temporary date=2019",
    ),
    ("PT for 8 weeks, pain unchanged.", "PT done response=none"),
    ("He finished PT in 2022, which he found worthwhile.", "PT done response=good"),
    ("The massages were not worth the effort.", "massage done response=none"),
    ("Chiropractic 2019, no sig improvement", "chiropractic done response=none date=2019"),
    ("ESI x2 w/o signif relief", "ESI done response=none"),
    ("RFA 2018, helped approx 10 mos", "RFA done response=temporary relief_months=10"),
    (
        "Facet injections ahead of the fusion, relief was brief",
        "facet_injection done response=temporary; fusion done",
    ),
    (
        "Physical therapy lasted three months in 2023 and did not help.",
        "PT done duration_months=3 response=none",
    ),
    (
        "Eight acupuncture visits were done; she felt better for an evening or two after each.",
        "acupuncture done response=temporary",
    ),
    ("She does tai chi on Mondays and feels stronger for it.", "yoga ongoing response=good"),
    ("CBT was the best thing she ever did.", "CBT done response=good"),
    ("He reports the left side is 60% improved since the RFA.", "RFA done relief_pct=60"),
    (
        "L4-5 fusion in 2015 and a second operation in 2018.",
        "fusion done date=2015; spine_surgery done date=2018",
    ),
    # gone back to, given in an emergency, thrown away, of another condition, a mark of time, offered and had
    (
        "She went back for six more sessions of physical therapy in 2023, again without benefit.",
        "PT done date=2023",
    ),
    ("She came back for another epidural in May 2023 and got two weeks out of it.", "ESI done date=2023-05"),
    ("She is to go back to physical therapy.", "PT planned"),
    ("The emergency room gave him oxycodone; he took two and flushed the rest.", "opioid done"),
    ("The ED gave her a few Percocet for the back.", "opioid done"),
    ("A walk-in clinic gave him prednisone for five days.", "systemic_steroid done"),
    ("He was prescribed tramadol and threw the bottle away.", "opioid done"),
    ("Her doctor gave her gabapentin, which she takes at night.", "gabapentinoid ongoing"),
    ("- Brace: bought one online, wears it for yard work", "bracing ongoing"),
    ("Home traction: has one, uses it daily", "traction ongoing"),
    ("TENS: had a unit, used it for a month, no help", "TENS done"),
    ("He takes nortriptyline, but that is for his migraines.", ""),
    ("She takes duloxetine 60 mg daily, which was started for depression.", ""),
    ("She takes duloxetine, which was started for her back.", "antidepressant ongoing"),
    ("She takes amitriptyline; it is for sleep.", ""),
    ("Lyrica was prescribed in 2019 for fibromyalgia.", ""),
    ("Duloxetine was prescribed by his psychiatrist for depression.", ""),
    ("Gabapentin was started by her neurologist for the back pain.", "gabapentinoid done"),
    ("L4-5 fusion in 2017. Since the surgery she has had PT without benefit.", "fusion done; PT done"),
    ("Had three ESIs before surgery. L5-S1 microdiscectomy 2019.", "ESI done count=3; microdiscectomy done"),
    ("Plan: L5-S1 fusion in June. Stop naproxen a week before surgery.", "fusion planned"),
    ("He has had back pain since the operation in 2014.", "spine_surgery done"),
    ("Lumbar surgery is not under consideration at this time.", ""),
    ("Surgery on the back is not planned.", ""),
    ("I am not considering fusion.", ""),
    ("Since the accident he completed six weeks of physical therapy in 2023.", "PT done"),
    ("Since her pain recurred she tried acupuncture in 2022.", "acupuncture done"),
    ("Since January 2024 she has done home exercises.", "HEP ongoing"),
    ("He will wear an LSO for six weeks afterwards.", "bracing planned"),
    ("She is discharged on tramadol and will wear a corset.", "opioid planned; bracing planned"),
    ("Plan: wear the brace when up.", "bracing planned"),
    ("She had a total knee replacement in 2018 followed by home physical therapy.", ""),
    ("Right knee arthroscopy 2016, then physical therapy.", ""),
    ("He had a hip replacement in 2019 and takes meloxicam for his back.", "NSAID ongoing"),
    ("Eight chiropractic visits were approved and completed.", "chiropractic done"),
    ("An ESI was scheduled and performed in May 2023.", "ESI done date=2023-05"),
    ("Acupuncture was recommended and tried for six weeks.", "acupuncture done"),
    ("Caudal epidural is authorized and booked for 3 March.", "caudal_ESI planned"),
    ("She was offered an ESI and had it in May 2022.", "ESI done"),
    ("He was offered facet injections but he hates needles.", "facet_injection considered"),
    ("Another ESI was possible, but he does not want any more injections.", "ESI declined"),
    ("RFA helped her husband a great deal, but she has never tried it.", "RFA not_done"),
    ("Her cousin, she says, got a year out of an RFA. She has never had it.", "RFA not_done"),
    ("She could wait or have another epidural.", "ESI considered"),
    ("She is here with her sister, who herself had a fusion in 2015.", "fusion family"),
    ("Accompanied by her son, who also underwent a microdiscectomy here.", "microdiscectomy family"),
    ("He attends with his wife, a nurse. He had a lumbar discectomy in 2011.", "discectomy done"),
    ("L5-S1 ILESI - consult ordered.", "ILESI planned"),
    ("SCS consult placed.", ""),
    ("We reviewed home exercises he must do every day.", "HEP planned"),
    ("We talked about aquatic therapy, which she will begin in May.", "PT planned"),
    ("He has not tried acupuncture; his wife proposed it and he declined.", "acupuncture declined"),
    ("She has never had an injection; one was offered and she refused.", "injection declined"),
    ("Dr. Hill, Orthopaedic Spine Surgery, has seen her.", ""),
    ("Attending: J. Lo, MD, Division of Spine Surgery", ""),
    ("Spine surgery in 2011, L4-5.", "spine_surgery done"),
    (
        "Massage, then traction, no benefit from either.",
        "massage done response=none; traction done response=none",
    ),
    (
        "Gabapentin and later pregabalin, little benefit from either.",
        "gabapentinoid done drug=gabapentin response=minimal; gabapentinoid done drug=pregabalin response=minimal",
    ),
    ("MEDICATIONS: naproxen (last taken Friday), tramadol 50 mg prn", "NSAID ongoing; opioid ongoing"),
    # results, offers, what rules a drug out, sets, fractions and unused referrals in natural prose
    ("A brace was supplied, and he has it on whenever he is out of bed.", "bracing done"),
    (
        "BVNA of L4 and L5 was carried out: bipolar RF 85 C for 15 minutes at each body.",
        "BVNA done vertebrae=L4,L5",
    ),
    ("The RFA made him 80% better and it held for seven months.", "RFA done relief_pct=80 relief_months=7"),
    (
        "She worked her way through six months of chiropractic and later a TENS unit, neither of which made the slightest difference.",
        "chiropractic done response=none; TENS done response=none",
    ),
    (
        "Gabapentin and then duloxetine, neither of which she thought worth the trouble, came to nothing.",
        "gabapentinoid done response=none; antidepressant done response=none",
    ),
    (
        "Massage, yoga and dry heat were all tried; none of them did her the least good.",
        "massage done response=none; yoga done response=none",
    ),
    (
        "He had a course of physiotherapy and then two epidurals, and neither was of any use to him.",
        "PT done response=none; ESI done response=none",
    ),
    (
        "Tried naproxen and after that meloxicam, neither of which has been any help.",
        "NSAID done drug=naproxen response=none; NSAID done drug=meloxicam response=none",
    ),
    (
        "Facet injections in May and an ESI in July, neither of which brought him any relief.",
        "facet_injection done response=none; ESI done response=none",
    ),
    (
        "Chiropractic, which helped, and acupuncture, which did her no good.",
        "chiropractic done response=good; acupuncture done response=none",
    ),
    (
        "She paid privately for an epidural and got three months of relief out of it.",
        "ESI done relief_months=3",
    ),
    ("Had an RFA in 2021 and had a good eight months out of it.", "RFA done relief_months=8"),
    (
        "Caudal epidural last spring; she got perhaps six weeks' relief from it.",
        "caudal_ESI done relief_months=1.38",
    ),
    (
        "He funded the TFESI himself in the end and enjoyed four months' relief from it.",
        "TFESI done relief_months=4",
    ),
    (
        "She bought an epidural with her savings instead and was given a year of relief by it.",
        "ESI done relief_months=12",
    ),
    ("The surgeon offered to fuse L5-S1 but he would not entertain it.", "fusion declined levels=L5-S1"),
    ("Dr. Osei wanted to fuse L4 to S1, and she said no.", "fusion declined"),
    ("We offered to inject the facets and she turned it down.", "facet_injection declined"),
    ("Neurosurgery proposed fusing L4-5; he won't hear of it.", "fusion declined levels=L4-L5"),
    ("I offered her an epidural but she would have none of it.", "ESI declined"),
    ("She was offered a spinal cord stimulator trial and will not hear of it.", "SCS declined"),
    ("They offered to ablate the medial branches but he was having none of it.", "RFA declined"),
    ("Offered fusion L4-5, would not countenance surgery.", "fusion declined levels=L4-L5"),
    (
        "Her ulcer rules out NSAIDs, so she takes Tylenol three times a day.",
        "NSAID not_done; acetaminophen ongoing",
    ),
    (
        "Warfarin means no anti-inflammatories; he takes acetaminophen and gabapentin, and came off oxycodone in March.",
        "NSAID not_done; acetaminophen ongoing; gabapentinoid ongoing; opioid done",
    ),
    (
        "Because of her kidneys anti-inflammatories are out, so she takes duloxetine at night.",
        "NSAID not_done; antidepressant ongoing",
    ),
    ("NSAIDs are ruled out by his gastric bypass.", "NSAID not_done"),
    (
        "His heart failure precludes NSAIDs, so he uses lidocaine patches and takes tramadol.",
        "NSAID not_done; topical ongoing; opioid ongoing",
    ),
    (
        "CKD 3b puts ibuprofen off limits; she manages with paracetamol, and she gave up baclofen last winter.",
        "NSAID not_done; acetaminophen ongoing; muscle_relaxant done",
    ),
    (
        "She takes pregabalin at night and came off morphine two years ago.",
        "gabapentinoid ongoing; opioid done",
    ),
    (
        "The first set of medial branch blocks, L4 and L5 on the right, gave 90 percent relief, the second set two weeks later none.",
        "MBB done side=right relief_pct=90; MBB done response=none",
    ),
    (
        "The first epidural, at L4-5, helped for a month, whereas the second did nothing at all.",
        "ESI done relief_months=1; ESI done response=none",
    ),
    (
        "First round of MBBs bilaterally at L3-5 took away 85 percent of the pain; the second round made no difference.",
        "MBB done side=bilateral relief_pct=85; MBB done response=none",
    ),
    (
        "The first RFA took away 70 percent of it, while the second one a year later did not help.",
        "RFA done relief_pct=70; RFA done response=none",
    ),
    (
        "Medial branch blocks, L3 to L5 on both sides: first set 80 percent relief, second set 75 percent relief.",
        "MBB done side=bilateral relief_pct=80; MBB done relief_pct=75",
    ),
    ("RFA of L3 to L5 on both sides took away 60 percent of it.", "RFA done side=bilateral relief_pct=60"),
    ("An epidural in labour with her first, a section for the second.", ""),
    ("Obstetric history: G2P2, epidural with each delivery.", ""),
    ("She had an epidural when her son was born.", ""),
    ("Epidural for the caesarean in 2012.", ""),
    ("Spinal for the first birth and an epidural for her twins' delivery.", ""),
    (
        "Epidurals with both her pregnancies; lumbar ESI in 2021 did not help.",
        "ESI done date=2021 response=none",
    ),
    (
        "A 25G needle was advanced into the right L4-5 foramen and 1 mL of betamethasone was given transforaminally.",
        "TFESI done side=right levels=L4-L5",
    ),
    (
        "Under fluoroscopy the needle was placed in the left L5-S1 neural foramen; dexamethasone was then injected transforaminally.",
        "TFESI done side=left levels=L5-S1",
    ),
    (
        "With the needle tip in the right L4-5 neuroforamen, Depo-Medrol was delivered by the transforaminal route.",
        "TFESI done side=right levels=L4-L5",
    ),
    (
        "After loss of resistance at L4-5 in the midline, Kenalog was injected by the interlaminar route.",
        "ILESI done levels=L4-L5",
    ),
    (
        "Needles were guided into the left L4-5 and L5-S1 foramina and dexamethasone was injected by the transforaminal route.",
        "TFESI done side=left levels=L4-L5,L5-S1",
    ),
    ("The PT referral expired because he never showed up.", "PT not_done"),
    ("Her chiropractic referral lapsed, unused.", "chiropractic not_done"),
    ("Referred to physical therapy in May but he never went.", "PT not_done"),
    ("The acupuncture referral was closed after she failed to attend.", "acupuncture not_done"),
    ("Physio referral ran out before he made a single appointment.", "PT not_done"),
    (
        "He let the order for physical therapy lapse and never attended; the meloxicam he does take, each morning.",
        "PT not_done; NSAID ongoing",
    ),
    ("The brace she does wear, every day.", "bracing ongoing"),
    (
        "RFA of the left SI joint in March: two thirds better, and it held for seven months.",
        "RFA done side=left relief_pct=67 relief_months=7",
    ),
    (
        "Caudal ESI last year, was half better, and it lasted four months.",
        "caudal_ESI done relief_pct=50 relief_months=4",
    ),
    (
        "She had a TFESI on the right, was about three quarters better, and that held up for ten weeks.",
        "TFESI done side=right relief_pct=75 relief_months=2.3",
    ),
    (
        "An RFA two winters ago took away three quarters of the pain and lasted eleven months.",
        "RFA done relief_pct=75 relief_months=11",
    ),
    (
        "After L4-5 ESI he was nine tenths better and stayed so for five months.",
        "ESI done relief_pct=90 relief_months=5",
    ),
    (
        "Cooled RF of the right SI joint gave two-thirds relief for a year.",
        "RFA done side=right relief_pct=67 relief_months=12",
    ),
    (
        "SI joint injection on the left, a third better for two months.",
        "SIJ_injection done side=left relief_pct=33 relief_months=2",
    ),
    (
        "Physiotherapy, then a brace; neither got her anywhere.",
        "PT done response=none; bracing done response=none",
    ),
    (
        "He was put on tramadol and later on gabapentin, none of which was worth the side effects.",
        "opioid done response=none; gabapentinoid done response=none",
    ),
    (
        "Neither the acupuncture nor the massage did her any good.",
        "acupuncture done response=none; massage done response=none",
    ),
    (
        "Took ibuprofen and saw a chiropractor, neither of which changed anything.",
        "NSAID done response=none; chiropractic done response=none",
    ),
    (
        "PT helped a little; the epidural and the RFA after it did not, neither of them making any difference.",
        "PT done response=minimal; ESI done response=none; RFA done response=none",
    ),
    ("Her TFESI in June got her through ten weeks.", "TFESI done"),
    (
        "When RFA was refused by the plan he paid cash for a facet injection and had three months of relief.",
        "RFA denied; facet_injection done relief_months=3",
    ),
    (
        "The insurer denied RFA in May, so she had an epidural instead, with two months of benefit.",
        "RFA denied; ESI done relief_months=2",
    ),
    (
        "After the carrier declined the RFA she underwent a second epidural in June which gave four months of relief.",
        "RFA denied; ESI done relief_months=4",
    ),
    (
        "The plan turned down the stimulator and he settled for a caudal epidural, which bought him six months.",
        "SCS denied; caudal_ESI done relief_months=6",
    ),
    ("The insurer turned down both the RFA and the epidural.", "RFA denied; ESI denied"),
    ("Insurance denied PT and acupuncture.", "PT denied; acupuncture denied"),
    ("Two surgeons have offered to fuse her spine; she refused both times.", "fusion declined"),
    ("He is being asked whether he would let them fuse L5-S1.", "fusion considered levels=L5-S1"),
    ("The plan is to fuse L4-5 in May.", "fusion planned levels=L4-L5"),
    ("L4 and L5 failed to fuse.", ""),
    ("I suggested injecting the SI joints, to which she said no.", "SIJ_injection declined"),
    ("Offered to refer her to physical therapy but she would not hear of it.", "PT declined"),
    ("Dr. Wu offered to repeat the RFA; he would not countenance it.", "RFA declined"),
    ("A spinal cord stimulator was put to him and he would not hear of it.", "SCS declined"),
    ("We offered to put in a stimulator and he told us no.", "SCS declined"),
    (
        "Not able to have NSAIDs because of his kidneys, and he came off gabapentin in May.",
        "NSAID not_done; gabapentinoid done",
    ),
    ("I have not ruled out fusion.", ""),
    (
        "She takes naproxen twice daily, uses a heating pad, and came off opioids in 2021.",
        "NSAID ongoing; opioid done",
    ),
    ("His stomach ulcers make NSAIDs impossible.", "NSAID not_done"),
    ("NSAIDs are out on account of her kidney function.", "NSAID not_done"),
    (
        "He can have no anti-inflammatories with his kidneys; takes tramadol at night.",
        "NSAID not_done; opioid ongoing",
    ),
    ("Anti-inflammatories are off the table because of apixaban.", "NSAID not_done"),
    ("Physical therapy was ruled out by the fracture of her ankle.", "PT not_done"),
    ("We ruled out an epidural because of his warfarin.", "ESI not_done"),
    (
        "The first TFESI gave three months; the second a year later gave two weeks.",
        "TFESI done relief_months=3",
    ),
    (
        "Facet injections twice: the first took the pain away for a month, the second took away nothing.",
        "facet_injection done",
    ),
    ("RFA for pain on both sides.", "RFA done"),
    ("Had an epidural for the birth of her daughter.", ""),
    ("She has had two epidurals, one of them for back pain in 2022.", "ESI done"),
    ("An epidural in each labor, none since.", ""),
    ("Back pain since an epidural in labor in 2016.", ""),
    (
        "Pain began after the birth of her son; an epidural in 2023 gave four weeks of relief.",
        "ESI done date=2023",
    ),
    (
        "Her low back pain started after delivery, and a lumbar epidural did not help.",
        "ESI done response=none",
    ),
    (
        "TFESI in 2022. The needle was advanced into the left L5-S1 foramen.",
        "TFESI done levels=L5-S1 side=left",
    ),
    (
        "The left L4-5 facet joint was entered with a spinal needle and a facet injection performed.",
        "facet_injection done",
    ),
    (
        "MRI shows L4-5 stenosis; the needle was placed at L5-S1 and a caudal epidural given.",
        "caudal_ESI done",
    ),
    ("PT was ordered but she never turned up.", "PT not_done"),
    ("Referral to chiropractic went unused.", "chiropractic not_done"),
    ("He was signed up for aquatic therapy and never set foot in the pool.", "PT not_done"),
    ("Sent to acupuncture twice, never kept the appointment.", "acupuncture not_done"),
    ("PT referral lapsed because she did not attend.", "PT not_done"),
    ("The tramadol he does take, but only at night.", "opioid ongoing"),
    (
        "RFA took away two thirds of her pain and held up for ten months.",
        "RFA done relief_pct=67 relief_months=10",
    ),
    ("ESI in May: half better for six weeks.", "ESI done relief_pct=50 relief_months=1.38"),
    ("Pulsed RF of the L5 root gave no relief.", "RFA done response=none"),
    ("Cooled RF to the genicular nerves of the knee, two thirds better.", ""),
    ("After RFA three quarters of the pain was gone for a year.", "RFA done relief_pct=75 relief_months=12"),
    ("A quarter of it went with the epidural.", "ESI done"),
    ("Half of the pain is in the leg; ESI did not help.", "ESI done response=none"),
    (
        "The pain fell by two thirds after RFA and stayed that way for eight months.",
        "RFA done relief_pct=67 relief_months=8",
    ),
    ("L5-S1 levels did not fuse.", ""),
    ("He agreed to let us fuse L5-S1 in the spring.", "fusion planned levels=L5-S1"),
    ("Dr. Bell fused L4-5 in 2015.", "fusion done levels=L4-L5 date=2015"),
    ("She was told her levels had begun to fuse.", ""),
    ("Insurance paid for twelve sessions of PT.", "PT done sessions=12"),
    ("The plan has not paid for acupuncture.", ""),
    ("Takes ibuprofen; has never turned up a good alternative.", "NSAID ongoing"),
    ("Did PT; missed the last visit because she failed to book.", "PT done"),
    ("ESI gave 3 months of relief.", "ESI done relief_months=3"),
    ("The brace held up for two years before it broke.", "bracing done"),
    ("He took gabapentin, and he came off it in March.", "gabapentinoid done"),
    ("Naproxen daily; came off the ladder in May and hurt her back.", "NSAID ongoing"),
    ("Of his three epidurals the second was the best.", "ESI done"),
    ("Second MBB made him pain free for six hours.", "MBB done"),
    ("A third of the patients in the trial had RFA.", ""),
    ("Took half a tablet of tramadol at night.", "opioid done"),
    ("ESI on the right reduced her leg pain by half for three weeks.", "ESI done side=right relief_pct=50"),
    ("Half of her pain is back pain. ESI in 2022 did not help.", "ESI done response=none"),
    ("NSAIDs do nothing for it.", "NSAID ongoing response=none"),
    ("She cannot rule out having surgery later.", ""),
    ("Xray to rule out fracture, PT to start next week.", "PT planned"),
    (
        "She has been in labor law for years; an epidural in 2021 gave two months of relief.",
        "ESI done date=2021",
    ),
    (
        "Since her pregnancy in 2010 she has had back pain, and a lumbar ESI in 2021 failed.",
        "ESI done date=2021 response=none",
    ),
    ("Two ESIs since delivering her second child, no relief.", "ESI done response=none"),
    ("An epidural was given for her labor pain and she has hurt since.", ""),
    ("If PT does him any good we will carry on.", ""),
    (
        "Nothing has been of any use: PT, gabapentin, ESI.",
        "PT done response=none; gabapentinoid done response=none; ESI done response=none",
    ),
    (
        "The needle was placed at L4-5 for an epidurogram; TFESI on the right at L5-S1 followed.",
        "TFESI done side=right levels=L5-S1",
    ),
    ("He does do his exercises.", "HEP ongoing"),
    ("Home exercises, which she does do, help.", "HEP ongoing"),
    ("Plan to ablate the left L4-5 facet joints.", "RFA planned"),
    ("We will inject the L4-5 facets next week.", "facet_injection planned"),
    ("We went on to inject the left L4-5 facet joint under fluoroscopy.", "facet_injection done"),
    ("The PT referral has expired; please renew.", "PT planned"),
    ("Her tablets have run out; gabapentin is off limits on this plan.", "gabapentinoid not_done"),
    ("ESI in 2020 helped; she would not hear of another.", "ESI done response=good"),
    ("Neither PT nor acupuncture helped.", "PT done response=none; acupuncture done response=none"),
    (
        "Neither the acupuncture nor the massage did her any good.",
        "acupuncture done response=none; massage done response=none",
    ),
    (
        "Neither PT, yoga nor an ESI has been helpful.",
        "PT done response=none; yoga done response=none; ESI done response=none",
    ),
    (
        "Neither gabapentin nor duloxetine was effective.",
        "gabapentinoid done response=none; antidepressant done response=none",
    ),
    ("Neither surgery nor an ESI has been tried.", "spine_surgery not_done; ESI not_done"),
    ("She has had neither PT nor injections.", "PT not_done; injection not_done"),
    (
        "Nothing has helped: PT, gabapentin, ESI.",
        "PT done response=none; gabapentinoid done response=none; ESI done response=none",
    ),
    ("He does do his exercises.", "HEP ongoing"),
    ("She does take naproxen daily.", "NSAID ongoing"),
    ("Xray to rule out fracture, PT to start next week.", "PT planned"),
    ("We offered to put in a stimulator and he told us no.", "SCS declined"),
    ("Her plan would not pay for an RFA.", "RFA denied"),
    ("ESI on the right reduced her leg pain by half for three weeks.", "ESI done side=right relief_pct=50"),
    (
        "First MBB made her 80% better; the second, a month later, nothing.",
        "MBB done relief_pct=80; MBB done response=none",
    ),
    (
        "The first facet block eased it for a day, the second one two weeks later none at all.",
        "facet_injection done response=none",
    ),
    ("Spinal cord stimulator explanted in 2019.", "SCS_explant done date=2019"),
    ("ASC scheduling order form\nProcedure: BVNA L4 L5", "BVNA planned"),
    ("Called about PT scheduling. Has not filled the meloxicam yet.", "PT planned; NSAID not_done"),
    (
        "He has done everything suggested: physiotherapy, ibuprofen and a brace.",
        "PT done; NSAID done; bracing done",
    ),
    ("As for her shoulder, she had a steroid injection in May.", ""),
    ("PLAN: He was handed a sheet of home exercises and will start them tomorrow.", "HEP planned"),
    ("The operation is for the legs and might do little for the back.", ""),
    ("He borrowed his father's TENS unit and it did nothing.", "TENS done response=none"),
    ("PLAN: I want her to return to physical therapy.", "PT planned"),
    ("PLAN: She may use Tylenol.", "acetaminophen planned"),
    ("PLAN: I told her to stay off ibuprofen.", ""),
    ("She is followed by Dr. Ames in spine surgery.", ""),
    ("PLAN: wean out of the brace next month.", ""),
    ("Stimulator trial discussed; she will read about it.", "SCS considered"),
    ("We received the request for 64628 at L4-5.", "BVNA planned"),
    # care of another part
    ("The right elbow, which was treated with therapy and two injections, is better.", ""),
    ("Plantar fasciitis, given calf stretches.", ""),
    ("Right knee. Old injury. PT for two years, gel injections.", ""),
    ("1. Trigeminal neuralgia - gabapentin 300 tid\n2. Low back pain - naproxen 500 bid", "NSAID ongoing"),
    ("PSH: meniscus repair 2018, PT after.", ""),
    ("Gabapentin for restless legs; PT for frozen shoulder.", ""),
    ("PT for the neck and the low back.", "PT done"),
    # a relative's, all of it
    ("Her sister did PT, had two epidurals and took Lyrica before hers.", ""),
    ("Friend tried acupuncture and yoga for a year.", ""),
    # the whole of it
    ("She is nine weeks into treatment.", "conservative_care done duration_months=2.07"),
    (
        "Under treatment with the spine clinic for the past 14 months.",
        "conservative_care ongoing duration_months=14",
    ),
    ("Treatment of the back has been limited to five weeks.", "conservative_care done duration_months=1.15"),
    (
        "PT and Celebrex. That is eleven consecutive months.",
        "PT done; NSAID done; conservative_care done duration_months=11",
    ),
    ("Treated for low back pain of 3 years.", ""),
    ("Our guideline asks for six months of care.", ""),
    ("Physiotherapy 6/52, naproxen 8/12.", "PT done duration_months=1.38; NSAID done duration_months=8"),
    ("PT since May. Until then she had just put up with it.", "PT done; conservative_care not_done"),
    ("PT since May. Nothing earlier.", "PT done; conservative_care not_done"),
    ("Nothing was done about it until last month.", ""),
    (
        "Lyrica for four months, then PT for three months.",
        "gabapentinoid done duration_months=4; PT done duration_months=3; conservative_care done duration_months=7",
    ),
    ("Seven months now of supervised exercise.", "PT done duration_months=7"),
    ("For ten months he has been under his physiotherapist for it.", "PT done duration_months=10"),
    (
        "From March to November 2023 she worked through acupuncture.",
        "acupuncture done date=2023-03 duration_months=8",
    ),
    (
        "2/2023-6/2023 PT, 7/2023-12/2023 chiropractic",
        "PT done date=2023-02 duration_months=4; chiropractic done date=2023-07 duration_months=5",
    ),
    ("Chiropractic records from 3/1/2023 to 9/1/2023.", "chiropractic done date=2023-03-01"),
    # offered, asked, refused
    ("Massage: would not want that. NSAIDs: does not want pills.", "massage declined; NSAID declined"),
    ("What was done for it? (therapy, injections, medicines)", ""),
    ("Physical therapy: 7 months   helped? no", "PT done response=none duration_months=7"),
    ("The ablation of the facets was asked for, and the carrier did not authorize it.", "RFA denied"),
    ("A fusion was offered, which the claimant does not want.", "fusion declined"),
    ("No contraindication to manipulation.", ""),
    ("Discography would add nothing.", ""),
    ("RFA after two positive diagnostic blocks.", "RFA done; MBB done count=2 response=good"),
    ("03/04/24 bilateral L3-5 MBB, lidocaine 2%, 85% relief", "MBB done date=2024-03-04 relief_pct=85"),
    ("Plan: refer for CBT.", "CBT planned"),
    ("ICD explanted in 2020.", ""),
    ("SCS placed 2016, explanted 2018.", "SCS done; SCS_explant done date=2018"),
    (
        "No improvement whatever from chiropractic or the epidural.",
        "chiropractic done response=none; ESI done response=none",
    ),
    ("The file does not give dates or results of physical therapy.", ""),
    ("Excellent and sustained response to nonoperative care.", "conservative_care done response=good"),
    ("ESI: current. Brace: current.", "ESI done; bracing ongoing"),
    ("Further injections are no longer recommended.", ""),
    ("She has a prescription for Norco that she has not filled.", "opioid not_done"),
    ("He would not benefit from further acupuncture.", ""),
    ("She should be weaned from oxycodone.", ""),
    ("MBB was recommended but never approved.", "MBB denied"),
    ("Basivertebral nerve ablation is reasonable and medically necessary.", "BVNA planned"),
    ("You can try heat. She may take Tylenol.", "acetaminophen planned"),
    ("Excellent early response to RFA.", "RFA done response=good"),
    ("Paracetamol/naproxen some days.", "acetaminophen ongoing; NSAID ongoing"),
    ("Baclofen and Tylenol on bad days.", "muscle_relaxant ongoing; acetaminophen ongoing"),
    ("Meds amlodipine, pregabalin, Aleve prn", "gabapentinoid ongoing; NSAID ongoing"),
    ("Meds reviewed: Robaxin 500 tid, Celebrex", "muscle_relaxant ongoing; NSAID ongoing"),
    (
        "She is being prescribed tramadol and nortriptyline by her GP.",
        "opioid ongoing; antidepressant ongoing",
    ),
    ("Current repeat medication: codeine 30 mg, paracetamol 500 mg", "opioid ongoing; acetaminophen ongoing"),
    ("Opioids: Percocet prn, current", "opioid ongoing drug=oxycodone"),
    (
        "NSAIDs: etodolac (2019), meloxicam (2022 to present)",
        "NSAID done drug=etodolac; NSAID ongoing drug=meloxicam",
    ),
    ("He could not get on with pregabalin.", "gabapentinoid done drug=pregabalin"),
    ("Lumbar corset at work.", "bracing ongoing"),
    ("A second RFA was approved, but she has decided against having it.", "RFA declined"),
    ("The patient opted not to pursue fusion.", "fusion declined"),
    ("He does not wish to proceed with any neurosurgical intervention.", "spine_surgery declined"),
    ("I suggested that she not restart her Norco.", ""),
    ("I would be grateful if you would not prescribe gabapentin.", ""),
    ("I advised him to take naproxen with food for a fortnight.", "NSAID planned"),
    ("L5-S1 TLIF discussed at length; she will think it over.", "fusion considered levels=L5-S1"),
    ("Neurosurgical consult with Ms Bell re: laminectomy.", "laminectomy considered"),
    ("Sent to Dr. Roe for consideration of Intracept.", "BVNA considered"),
    (
        "I went over the alternatives and options. These include continued injections, fusion or an artificial disc replacement.",
        "injection considered; fusion considered; disc_replacement considered",
    ),
    ("Treatment will consist of spinal manipulation and massage.", "chiropractic planned; massage planned"),
    ("Discharge meds: ibuprofen 600 mg, Robaxin 750 mg", "NSAID planned; muscle_relaxant planned"),
    ("HEP handout provided today.", "HEP planned"),
    ("No epidural run-off was seen. Spinal needles were placed at L4-5.", ""),
    ("Epidural of L4-5 through a Racz catheter.", "ESI done levels=L4-L5"),
    ("Advised relative rest for 1 day.", ""),
    ("EMG shows chronic denervation in the left L5 myotome.", ""),
    ("Listed for lumbar denervation.", "RFA planned"),
    (
        "Two earlier operations: L4-5 laminectomy 2014 and L5-S1 fusion 2016.",
        "laminectomy done date=2014; fusion done date=2016",
    ),
    ("Injected transforaminally at L4-5 using the same technique.", "TFESI done levels=L4-L5"),
    ("PT: goes twice a week. Explained to pt.", "PT ongoing"),
    ("Knee: PT 8 months, injections. Back: ibuprofen 2 weeks.", "NSAID done duration_months=0.46"),
    ("Tx: Left shoulder - PT x 6 mo. Low back - naproxen 2 weeks.", "NSAID done duration_months=0.46"),
    ("Treatment for her neck has been PT and two ESIs.", ""),
    ("Meloxicam was prescribed but she never filled it.", "NSAID not_done"),
    (
        "Bilateral MBB 5/2024: 90% relief. Repeat MBB 6/2024: 85% relief.",
        "MBB done relief_pct=90; MBB done relief_pct=85",
    ),
    (
        "OPERATIVE REPORT\nIntracept of L4 and L5\nProne, trocar through the left pedicle, 15 min burn each.",
        "BVNA done vertebrae=L4,L5",
    ),
    ("SCS was placed in 2019. It was removed in 2021.", "SCS done date=2019; SCS_explant done date=2021"),
    ("He didn't find that PT helped.", "PT done response=none"),
    (
        "ESI helped 50% for 3 months. Will repeat it in June.",
        "ESI done relief_pct=50 relief_months=3; ESI planned",
    ),
    ("Works as a chiropractor. PT x 0.", "PT not_done"),
    (
        "Naproxen upset her stomach so she switched to meloxicam.",
        "NSAID done drug=naproxen; NSAID ongoing drug=meloxicam",
    ),
    (
        "She isn't keen on another operation and wasn't willing to try gabapentin.",
        "spine_surgery declined; gabapentinoid declined drug=gabapentin",
    ),
    (
        "Left S1 TFESI helped tremendously for two months, then wore off.",
        "TFESI done side=left nerves=S1 response=temporary relief_months=2",
    ),
    (
        "RFA gave 7 months of 70% relief before the pain crept back.",
        "RFA done response=temporary relief_pct=70 relief_months=7",
    ),
    (
        "Caudal epidural: 60% better, pain back within two weeks.",
        "caudal_ESI done relief_pct=60 response=temporary relief_months=0.46",
    ),
    ("PT [x]   Chiropractic [ ]   Epidurals [x]   Back surgery [ ]", "PT done; ESI done"),
    ("Plan:\n[ ] PT\n[x] L4-5 ILESI\n[ ] Rx meloxicam", "ILESI planned levels=L4-L5"),
    (
        "Finished chiropractic in 2020, will begin another course in May.",
        "chiropractic done date=2020; chiropractic planned",
    ),
    ("Dorsal column stimulator placed in 2017 and later removed.", "SCS done date=2017; SCS_explant done"),
    ("Plan: right L2, L3 medial branch + L4 dorsal ramus blocks.", "MBB planned nerves=L2,L3,L4 side=right"),
    (
        "The L3 and L4 medial branches and the L5 dorsal ramus were ablated on the left.",
        "RFA done nerves=L3,L4,L5 side=left",
    ),
    (
        "Procedure: left transforaminal epidural steroid injection. The needle was advanced into the L4-5 foramen.",
        "TFESI done side=left levels=L4-L5",
    ),
    (
        "Basivertebral nerve ablation was done. The introducer was placed in the L5 body. The probe was then passed into the S1 body.",
        "BVNA done vertebrae=L5,S1",
    ),
    (
        "| Treatment | When | Result |\n|---|---|---|\n| PT | Mar-Jul 2023 | no help |\n| ESI L5-S1 | 2/2024 | 40% x 3 wks |\n| RFA | not done | |\n| Yoga | - | declined |",
        "PT done date=2023-03 response=none; ESI done levels=L5-S1 date=2024-02 relief_pct=40; RFA not_done; yoga declined",
    ),
    ("MBB was negative so neurotomy was not pursued.", "MBB done response=none; RFA not_done"),
    ("If the blocks are positive we would move to RFA.", "RFA considered"),
    ("Pt denies h/o lumbar fusion.", "fusion not_done"),
    ("No further injections planned.", ""),
    ("Discussed repeat caudal epidural and SCS.", "caudal_ESI considered; SCS considered"),
    ("The risks and benefits of Intracept were reviewed; she will think it over.", "BVNA considered"),
    ("Cortisone shot to the R knee; C6-7 ILESI in 2021.", "ILESI done levels=C6-C7 date=2021"),
    ("L4-5 laminectomy 2016, left hip replacement 2021.", "laminectomy done levels=L4-L5 date=2016"),
    ("INR 1.1, PT 13 s. Interested in SCS trial.", "SCS considered"),
    ("On pregabalin. Opioids avoided.", "gabapentinoid ongoing drug=pregabalin; opioid not_done"),
    ("Denied by the carrier: L4-5 TFESI.", "TFESI denied levels=L4-L5"),
    ("Could not complete PT due to pain.", "PT done"),
    (
        "Both sacroiliac joints were injected in 2022 without benefit.",
        "SIJ_injection done date=2022 response=none",
    ),
    (
        "Physcial therapy and duloxitine did not help.",
        "PT done response=none; antidepressant done drug=duloxetine response=none",
    ),
    ("He agrees to PT but refuses NSAIDs. RTC 3 weeks after ESI.", "PT planned; NSAID declined; ESI planned"),
    (
        "Nothing was gained from physiotherapy, two epidurals or the neurotomy.",
        "PT done; ESI done count=2; RFA done",
    ),
    (
        "Ibuprofen and PT with no benefit.",
        "NSAID done response=none; PT done response=none",
    ),
    (
        "Over three years she has done PT, yoga and two ESIs, none with lasting relief.",
        "PT done response=temporary duration_months=36; yoga done response=temporary; ESI done count=2 response=temporary",
    ),
    (
        "Has not responded to 8 months of PT and NSAIDs.",
        "PT done duration_months=8 response=none; NSAID done response=none",
    ),
    (
        "She has been managed conservatively for nine months and remains symptomatic.",
        "conservative_care done duration_months=9 response=none",
    ),
    (
        "Pain persists despite a year and a half of physical therapy.",
        "PT done duration_months=18 response=none",
    ),
    (
        "Treatment options discussed: repeat epidural, spinal cord stimulation, lumbar fusion.",
        "ESI considered; SCS considered; fusion considered",
    ),
    (
        "Caudal epidural 4/9/2024, good relief, still ongoing.",
        "caudal_ESI done date=2024-04-09 response=good",
    ),
    (
        "Coflex implanted at L2-3 and L3-4 in 2020.",
        "interspinous_spacer done levels=L2-L3,L3-L4 date=2020",
    ),
    (
        "BVNA performed 1/15/24 at L5 and S1.",
        "BVNA done vertebrae=L5,S1 date=2024-01-15",
    ),
    (
        "Physiotherapy (heat, traction) for 3 months, no relief.",
        "PT done duration_months=3 response=none; traction done response=none",
    ),
    (
        "Medications tried: meloxicam (no help), tizanidine (sleepy).",
        "NSAID done drug=meloxicam response=none; muscle_relaxant done drug=tizanidine",
    ),
    (
        "Chiropractic helped; back injections did not.",
        "chiropractic done response=good; injection done response=none",
    ),
    (
        "PT in 2022 was unhelpful, as was acupuncture.",
        "PT done date=2022 response=none; acupuncture done response=none",
    ),
    (
        "Prednisone burst: great for five days then right back.",
        "systemic_steroid done drug=prednisone response=temporary",
    ),
    (
        "Meloxicam helped for the first month, then stopped working.",
        "NSAID done drug=meloxicam response=temporary",
    ),
    (
        "Diagnostic MBB negative so RFA was not pursued.",
        "MBB done response=none; RFA not_done",
    ),
    (
        "TLIF at L4-5 was offered; he would like to avoid it.",
        "fusion declined levels=L4-L5",
    ),
    (
        "Consider MBB next visit.",
        "MBB considered",
    ),
    (
        "Lyrica made her gain weight so she came off it.",
        "gabapentinoid done drug=pregabalin",
    ),
    (
        "Neck pain was treated with a C5-6 ESI.",
        "ESI done levels=C5-C6",
    ),
    (
        "Allergies: tramadol, naproxen. Home exercises daily.",
        "HEP ongoing",
    ),
    (
        "She does not meet criteria for RFA.",
        "",
    ),
    (
        "Six weeks of physical therapy at the pool did little for her.",
        "PT done response=minimal",
    ),
    # what was done, and what it brought
    (
        "No relief with PT, ESI or RFA.",
        "PT done response=none; ESI done response=none; RFA done response=none",
    ),
    (
        "Has failed PT, NSAIDs and two L4-5 ESIs.",
        "PT done response=none; NSAID done response=none; ESI done response=none count=2 levels=L4-L5",
    ),
    ("Failed to start PT.", "PT not_done"),
    ("Did not attend physical therapy.", "PT not_done"),
    ("She is currently in PT and takes meloxicam 15 mg daily.", "PT ongoing; NSAID ongoing drug=meloxicam"),
    ("PT x 6 weeks without benefit.", "PT done response=none duration_months=1.38"),
    ("Completed 12 sessions of physical therapy with partial relief.", "PT done sessions=12 response=mixed"),
    ("Physical therapy 24 visits over 2022-2023, no benefit.", "PT done sessions=24 response=none"),
    (
        "Acupuncture x 10, massage, and TENS all gave short-lived relief.",
        "acupuncture done sessions=10 response=temporary; massage done response=temporary; TENS done response=temporary",
    ),
    (
        "Right L5 TFESI 3/2/2024 with 80% relief for 3 months.",
        "TFESI done side=right nerves=L5 date=2024-03-02 relief_pct=80 relief_months=3",
    ),
    ("L L4 and L5 TFESI gave no relief.", "TFESI done side=left nerves=L4,L5 response=none"),
    (
        "Bilateral L3, L4 medial branch and L5 dorsal ramus blocks x2, positive.",
        "MBB done nerves=L3,L4,L5 side=bilateral count=2 response=good",
    ),
    ("MBB #1 negative.", "MBB done response=none"),
    (
        "Lumbar RFA in 2021 helped for 8 months, repeat RFA 2023 did nothing.",
        "RFA done date=2021 relief_months=8; RFA done date=2023 response=none",
    ),
    ("Her insurance denied the SI joint fusion.", "other_spine_procedure denied"),
    ("RFA was not approved by Aetna.", "RFA denied"),
    ("The patient denies prior back surgery.", "spine_surgery not_done"),
    ("Patient denies any injections.", "injection not_done"),
    ("He wishes to avoid surgery.", "spine_surgery declined"),
    ("Not interested in opioids.", "opioid declined"),
    ("Offered gabapentin, declined.", "gabapentinoid declined"),
    ("ESI was recommended but she refused.", "ESI declined"),
    ("We discussed spinal cord stimulation and fusion.", "SCS considered; fusion considered"),
    ("She is a candidate for BVN ablation.", "BVNA considered"),
    ("He is not a surgical candidate.", ""),
    ("Not a candidate for RFA because of his pacemaker.", ""),
    ("Scheduled for L4-5 ILESI next week.", "ILESI planned levels=L4-L5"),
    ("Will refer to PT.", "PT planned"),
    ("PLAN: Continue HEP. Start duloxetine 30 mg.", "HEP ongoing; antidepressant planned drug=duloxetine"),
    (
        "A/P: LBP s/p L5-S1 microdiscectomy. Order L5-S1 TFESI on the left.",
        "microdiscectomy done levels=L5-S1; TFESI planned levels=L5-S1 side=left",
    ),
    (
        "PSH: L4-S1 fusion 2015, C5-6 ACDF 2012, cholecystectomy.",
        "fusion done levels=L4-L5,L5-S1 date=2015; ACDF done date=2012",
    ),
    ("PSH: Left TKA 2019. R shoulder arthroscopy.", ""),
    ("Steroid injection in the right knee helped.", ""),
    ("Genicular RFA of the left knee 2022.", ""),
    ("Right hip injection last year.", ""),
    ("Endometrial ablation 2019. Atrial fibrillation ablation 2020.", ""),
    ("Had an epidural for labor in 2010.", ""),
    ("Triage ESI level 3.", ""),
    ("ALLERGIES: codeine (nausea), ibuprofen (hives).", ""),
    (
        "MEDICATIONS: gabapentin 300 mg TID, lisinopril 10 mg, aspirin 81 mg.",
        "gabapentinoid ongoing drug=gabapentin",
    ),
    ("Versed 2 mg and fentanyl 50 mcg were given for sedation.", ""),
    ("CONSENT: Risks of epidural injection discussed including infection.", ""),
    ("Her mother had an L4-5 fusion.", "fusion family"),
    ("PT/INR 1.2. PT is a 60 y/o male.", ""),
    ("PT helped somewhat.", "PT done response=mixed"),
    ("Pt did PT for 3 months with minimal improvement.", "PT done duration_months=3 response=minimal"),
    ("pt tried pt x 8 wks, no help.", "PT done duration_months=1.84 response=none"),
    ("PATIENT COMPLETED PT WITHOUT RELIEF. PT IS A 45 YO MALE", "PT done response=none"),
    ("Chiropractic made it worse.", "chiropractic done response=worse"),
    ("Naproxen stopped due to GI upset.", "NSAID done drug=naproxen"),
    ("Could not tolerate gabapentin.", "gabapentinoid done drug=gabapentin"),
    ("NSAIDs contraindicated (CKD).", "NSAID not_done"),
    ("Cannot take NSAIDs due to apixaban.", "NSAID not_done"),
    ("Allergic to naproxen.", ""),
    ("Tylenol #3 prn.", "opioid ongoing drug=codeine"),
    (
        "Takes Norco 10/325 twice daily with moderate relief.",
        "opioid ongoing drug=hydrocodone response=mixed",
    ),
    (
        "Lidocaine patches and Voltaren gel used without much benefit.",
        "topical done drug=lidocaine; topical done drug=diclofenac",
    ),
    ("Toradol injection in the ER.", "NSAID done drug=ketorolac"),
    (
        "Completed a Medrol Dosepak with temporary improvement.",
        "systemic_steroid done drug=methylprednisolone response=temporary",
    ),
    (
        "TREATMENTS: PT, chiro, acupuncture. None of these helped.",
        "PT done response=none; chiropractic done response=none; acupuncture done response=none",
    ),
    (
        "Conservative care for over 8 months has failed.",
        "conservative_care done duration_months=8 response=none",
    ),
    (
        "She has failed more than 6 months of conservative management including PT, NSAIDs and ESI.",
        "conservative_care done duration_months=6 response=none; PT done response=none; NSAID done response=none; ESI done response=none",
    ),
    ("No treatment yet.", "conservative_care not_done"),
    ("He has tried nothing for it so far.", "conservative_care not_done"),
    (
        "Intracept of L4 and L5 on 5/1/2023 with 90% relief.",
        "BVNA done vertebrae=L4,L5 date=2023-05-01 relief_pct=90",
    ),
    ("Plan: BVNA L4-5.", "BVNA planned levels=L4-L5"),
    ("Requesting CPT 64628 at L5-S1.", "BVNA planned levels=L5-S1"),
    ("BVN ablation L3-S1 done 2022.", "BVNA done vertebrae=L3,L4,L5,S1 date=2022"),
    ("Kyphoplasty T12 and L1 in 2019.", "kyphoplasty done vertebrae=T12,L1 date=2019"),
    ("L4-S1 PLIF with pedicle screws.", "fusion done levels=L4-L5,L5-S1"),
    ("SCS trial 2019 failed, never implanted.", "SCS done date=2019 response=none"),
    (
        "Spinal cord stimulator implanted 2016, removed in 2020.",
        "SCS done date=2016; SCS_explant done date=2020",
    ),
    ("Spinal cord stimulator trial was discussed.", "SCS considered"),
    ("No implanted stimulator.", "SCS not_done"),
    ("Discography at L3-S1 positive at L4-5.", "discography done"),
    (
        "Right SI joint injection 85% relief x 3 wks.",
        "SIJ_injection done side=right relief_pct=85 relief_months=0.69",
    ),
    (
        "Trigger point injections x3 with no lasting relief.",
        "trigger_point_injection done count=3 response=temporary",
    ),
    ("Caudal epidural 2022, temporary.", "caudal_ESI done date=2022 response=temporary"),
    ("Intercept procedure scheduled.", "BVNA planned"),
    ("If ESI fails, consider fusion.", "fusion considered"),
    ("Patient does not want another epidural.", "ESI declined"),
    ("She never tried chiropractic or acupuncture.", "chiropractic not_done; acupuncture not_done"),
    ("Has not tried PT.", "PT not_done"),
    ("PT: Yes  ESI: No  Surgery: none", "PT done; ESI not_done; spine_surgery not_done"),
    ("[x] PT [ ] ESI [x] NSAIDs", "PT done; NSAID done"),
    ("Physical therapy: [x] completed [ ] ordered", "PT done"),
    ("Physical therapy: yes [x] no [ ]", "PT done"),
    ("Yes [ ] No [x] Have you had physical therapy?", "PT not_done"),
    ("[x] yes [ ] no physical therapy\n[ ] yes [x] no acupuncture", "PT done; acupuncture not_done"),
    ("Physical therapy [x]  Acupuncture [ ]  TENS [x]", "PT done; TENS done"),
    ("Chiropractic Y [ ] N [x]  Massage Y [x] N [ ]", "chiropractic not_done; massage done"),
    ("NSAID [ ] completed [ ] current [x] declined", "NSAID declined"),
    ("Patients with Modic changes should try physical therapy for six months before ablation.", ""),
    ("The policy requires failure of at least 6 months of conservative care.", ""),
    ("You may need physical therapy after your procedure.", ""),
    ("He had radiation therapy for prostate cancer.", ""),
    ("Cognitive behavioral therapy was helpful.", "CBT done response=good"),
    ("Wears a back brace.", "bracing ongoing"),
    ("Knee brace on the right.", ""),
    ("Heat and ice.", ""),
    ("She continues PT; new referral to acupuncture placed.", "PT ongoing; acupuncture planned"),
    (
        "The first epidural gave excellent relief for three months; the second gave 30%.",
        "ESI done relief_months=3; ESI done relief_pct=30",
    ),
    ("Two rounds of PT, the last ending in 2024, brought nothing.", "PT done count=2"),
    (
        "Pain persists despite gabapentin and cyclobenzaprine.",
        "gabapentinoid done response=none; muscle_relaxant done response=none",
    ),
    ("Refractory to conservative treatment.", "conservative_care done response=none"),
    (
        "Thermal destruction of the intraosseous basivertebral nerve at L4 and L5 is requested.",
        "BVNA planned vertebrae=L4,L5",
    ),
    (
        "Underwent right L4-5 hemilaminectomy and microdiscectomy in March 2019.",
        "laminectomy done levels=L4-L5 side=right; microdiscectomy done levels=L4-L5 date=2019-03",
    ),
    ("Anterior lumbar interbody fusion L5-S1 (2018).", "fusion done levels=L5-S1 date=2018"),
    (
        "Duloxetine 60 mg for 6 months was not helpful.",
        "antidepressant done drug=duloxetine duration_months=6 response=none",
    ),
    ("Ibuprofen 800 mg TID with some relief.", "NSAID ongoing drug=ibuprofen response=mixed"),
    ("She was prescribed tizanidine and got no relief.", "muscle_relaxant done response=none"),
    ("Recommend PT 2x/week for 6 weeks.", "PT planned"),
    ("The patient was referred to PT but has not started.", "PT not_done"),
    ("PT was ordered in May but he never went.", "PT not_done"),
    ("Home exercises performed daily since 2023.", "HEP ongoing"),
    ("Had LESI x 3 in 2023, last 10/2023, each with < 2 weeks of relief.", "ESI done count=3"),
    (
        "Facet injections L4-5, L5-S1 bilaterally, 50% better for 1 month.",
        "facet_injection done levels=L4-L5,L5-S1 side=bilateral relief_pct=50 relief_months=1",
    ),
    ("He declined PT, acupuncture and injections.", "PT declined; acupuncture declined; injection declined"),
    # prose, lists and letters
    ('")[0])', ""),
    ("C=", ""),
    # names, slots and look-alikes
    ('")[0])', ""),
    ("C=", ""),
]

CLAIMS = ("done", "ongoing", "planned")


def read(text: str, date: str | None = None) -> tuple[Procedure, ...]:
    return read_procedures(read_document(Note(text, date=date)))


def wanted(expected: str) -> list[tuple[str, str, dict[str, Any]]]:
    out = []
    for part in filter(None, (p.strip() for p in expected.split(";"))):
        name, status, *details = part.split()
        out.append((name, status, {k: _value(k, v) for k, v in (d.split("=") for d in details)}))
    return out


def _value(key: str, text: str) -> Any:
    if key in ("levels", "nerves", "vertebrae"):
        return tuple(sorted(text.split(",")))
    if key in ("count", "sessions", "relief_pct", "relief_months", "duration_months"):
        return pytest.approx(float(text), abs=0.01)
    return text


def check(text: str, expected: str) -> None:
    found = read(text)
    claimed = {(p.name, p.status) for p in found if p.status in CLAIMS}
    want = wanted(expected)
    assert claimed == {(n, s) for n, s, _ in want if s in CLAIMS}
    for name, status, details in want:
        same = [p for p in found if (p.name, p.status) == (name, status)]
        assert any(all(_of(p, k) == v for k, v in details.items()) for p in same), (
            name,
            status,
            details,
            same,
        )


def _of(procedure: Procedure, key: str) -> Any:
    value = getattr(procedure, key)
    return tuple(sorted(value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentence(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), CASES)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda t: t.rstrip("."),
        lambda t: t.replace(". ", ".\r\n"),
        lambda t: t.replace("L4-5", "L4/5"),
    ],
    ids=["capitals", "no full stop", "crlf", "slash"],
)
def test_same_answer_however_it_is_written(text: str, expected: str, change: Any) -> None:
    check(change(text), expected)


NOTES = [
    (
        "a drug left as it is in the plan says nothing of its effect",
        "HPI: low back pain.\nPlan:\n1. Baclofen unchanged.\n2. Gabapentin 300 mg tid, same dose.\n3. Duloxetine: no changes.",
        "muscle_relaxant ongoing; gabapentinoid ongoing; antidepressant ongoing",
    ),
    (
        "each of one treatment is not each of all",
        "She has done home exercises.\nA chiropractor saw him; each adjustment held for a day.",
        "HEP done; chiropractic done response=temporary",
    ),
    (
        "a drug's parenthesis names another condition",
        "HPI: low back pain.\nMEDICATIONS:\n venlafaxine 75 mg daily (anxiety)\n prednisone 5 mg (polymyalgia)\n gabapentin 300 mg tid (nerve pain)",
        "gabapentinoid ongoing",
    ),
    (
        "the heading says that it is still to come",
        "PROCEDURE SCHEDULED: L4-5 TLIF, 03/04/2026\nHPI: low back pain.",
        "fusion planned levels=L4-L5",
    ),
    (
        "what followed an operation elsewhere",
        "PAST SURGICAL HISTORY:\n1. L4-5 laminectomy 2012.\n2. Left shoulder arthroscopy, 2018. Took oxycodone for ten days after.\n"
        "3. Hip replacement 2019, had home PT.",
        "laminectomy done levels=L4-L5",
    ),
    (
        "an operation of the back after one elsewhere",
        "HPI: low back pain.\nPSH: shoulder surgery 2012, microdiscectomy 2015, SI joint injection 2023",
        "microdiscectomy done date=2015; SIJ_injection done date=2023",
    ),
    (
        "an item of the plan that opens with a condition elsewhere",
        "Assessment and plan:\n1. Lumbar strain. Start naproxen.\n"
        "2. Left carpal tunnel syndrome, moderate. Brace at night. Steroid injection if it stays.",
        "NSAID planned",
    ),
    (
        "a patient's job is no title",
        "NEW PATIENT\nPatient: 40 M   Occupation: dental technician\nMassage for 8 weeks, no help.",
        "massage done response=none",
    ),
    (
        "interventions of a plan of care",
        "HPI: low back pain x 4 weeks.\nPLAN OF CARE\nPhysiotherapy once a week.\nInterventions: massage, traction.",
        "PT planned; massage planned; traction planned",
    ),
    (
        "a surgeon's signature is no operation",
        "She may return to work.\n\nYours sincerely,\nA. Brown, MD\nSpine Surgery",
        "",
    ),
    (
        "an item that opens with a condition of the back",
        "HPI: low back pain.\nPlan:\n1. Sacroiliitis, right. SI joint injection next week.\n2. Lumbar facet arthropathy, severe. Medial branch blocks.\n"
        "3. Depression, stable. Continue duloxetine.\n4. Cervical MRI ordered. Continue gabapentin.",
        "SIJ_injection planned; MBB planned; gabapentinoid ongoing",
    ),
    (
        "asked about, and no candidate for it",
        "She asked about Intracept. I explained she is not a candidate.\nPlan: PT.",
        "PT planned",
    ),
    (
        "the record of a block tells its relief further down",
        "PROCEDURE: Left L3 and L4 medial branch blocks\nDx: spondylosis\nBupivacaine 0.5% each.\nDiary: 85% relief for 5 hours.",
        "MBB done relief_pct=85",
    ),
    (
        "blocks told by number alone",
        "Block #1 on 9/3/2024 gave 90%. Block #2 on 10/8/2024 gave 80%.",
        "MBB done relief_pct=90; MBB done relief_pct=80",
    ),
    (
        "relief that holds has no end",
        "She is doing very well after her therapy course. Relief of 80% has held for ten months.",
        "PT done response=good relief_pct=80",
    ),
    (
        "courses dated apart have lengths of their own",
        "PT for 12 weeks in 2022 and again for 4 months in 2024, home exercises since then.",
        "PT done date=2022 duration_months=2.76; PT done date=2024 duration_months=4; HEP ongoing",
    ),
    (
        "months and years of two ranges",
        "PT (1/23 - 4/23; 8/24 - 12/24)",
        "PT done date=2023-01 duration_months=3; PT done date=2024-08",
    ),
    ("a form asks how long", "PT: Yes   How long? 10 weeks", "PT done duration_months=2.3"),
    (
        "a relative asks for it",
        "Her daughter asks about BVNA L4-5; request submitted.",
        "BVNA considered levels=L4-L5",
    ),
    (
        "what the patient does already is not planned anew",
        "S: She does yoga at home and takes Lyrica.\nPLAN:\n1. Yoga and walking.\n2. Lyrica 75 mg.",
        "yoga ongoing; gabapentinoid ongoing",
    ),
    (
        "a refusal in one item is not of the item before",
        "PLAN:\n- Dr. Vale for BVNA eval\n- Wants to hold off on surgery",
        "BVNA considered; spine_surgery declined",
    ),
    ("an order to the patient", "PLAN:\n1. Take naproxen with food.", "NSAID planned"),
    (
        "known to the patient",
        "Injection in 2020 (level unknown to pt), no relief.",
        "injection done date=2020 response=none",
    ),
    (
        "a letter that opens with its plan goes on to tell what was",
        "Dear Dr Shah\nDiagnosis: discogenic pain\nPlan: caudal epidural\n\nThank you for referring this retired nurse with a nine year history of low back pain, worse on sitting.\n\nNaproxen made her sick and she gave it up. She had acupuncture without benefit.",
        "caudal_ESI planned; NSAID done; acupuncture done response=none",
    ),
    (
        "the items of a list of options",
        "PLAN: We discussed treatment options with her including:\n1. Observation.\n2. Repeat facet injections.\n3. Fusion.\nShe will call us.",
        "facet_injection considered; fusion considered",
    ),
    (
        "an item of a plan takes back what its head names",
        "PLAN:\n1. SCS: she should hold off on a trial for now.\n2. PT: start at the pool.",
        "PT planned",
    ),
    (
        "a drug told as tried and continued is one drug in use",
        "HPI: back pain despite Lyrica and PT.\nPLAN:\n- continue Lyrica",
        "gabapentinoid ongoing; PT done response=none",
    ),
    (
        "the condition is no proposal of its own",
        "PLAN:\n1. L4-S1 MBB next month.\n2. Denervation if the medial branch blocks prove helpful.",
        "MBB planned; RFA considered",
    ),
    (
        "as needed is of its own item only",
        "PLAN: acupuncture if needed, traction, yoga",
        "acupuncture considered; traction planned; yoga planned",
    ),
    ("first the one, then the other", "PLAN:\n1. Finish PT, then HEP for good.", "PT ongoing; HEP planned"),
    (
        "plan of an operation note",
        "OPERATIVE REPORT\nPROCEDURE: L4-5 microdiscectomy\nDESCRIPTION: The disc was removed.\nPOSTOPERATIVE PLAN: Oxycodone prescribed. Resume physical therapy in a month.",
        "microdiscectomy done levels=L4-L5; opioid planned; PT planned",
    ),
    (
        "the title of a first visit is no course of therapy",
        "PHYSICAL THERAPY INITIAL EVALUATION\nS: no prior PT.\nTreatment today: eval, pt education, issued HEP.\nPLAN: PT 2x/wk\nGOALS: independent w/ HEP",
        "PT not_done; PT planned; HEP planned",
    ),
    (
        "the therapist's own exercises, and those done at home",
        "PHYSICAL THERAPY DISCHARGE SUMMARY\nTREATMENT: therapeutic exercise, traction.\nPLAN: D/c. Patient is independent with HEP and is doing it daily.",
        "PT done; traction done; HEP ongoing",
    ),
    (
        "a chiropractor's letterhead",
        "Harbor Chiropractic\nRe-Examination 04/2025\n9 visits so far.\nPLAN: Continue care once a week.",
        "chiropractic ongoing",
    ),
    (
        "a telephone note tells of the patient",
        "Spoke w/ pt about the letter. Called pt again, pt not home.",
        "",
    ),
    (
        "a table: the last word of the line is the result",
        "Prior treatments:\nPT (12 wks, 2023) none\nChiro (10 visits) minimal\nRFA not tried",
        "PT done date=2023 response=none; chiropractic done sessions=10 response=minimal; RFA not_done",
    ),
    (
        "the exercises of a session are the therapy, not a home program",
        "PT DAILY NOTE\nS: back 5/10.\nO: core strengthening x 20 min.\nP: continue PT 2x/wk.",
        "PT ongoing",
    ),
    (
        "the answer to what was discussed may follow in a sentence of its own",
        "I discussed L5-S1 ALIF. He is not ready for fusion.",
        "fusion declined levels=L5-S1",
    ),
    (
        "a result told after the list is for the list",
        "TREATMENTS:\n- Physical therapy, 2022 and 2024\n- Ibuprofen\n- L4-5 ESI 3/2023\n\nNone of it has lasted.",
        "PT done response=temporary; NSAID done response=temporary; ESI done response=temporary levels=L4-L5",
    ),
    (
        "what the emergency room started is not part of the earlier care",
        "She was started on prednisone in the ER; today is day 4 of that regimen.\n\n"
        "Earlier treatment included an RFA at L4-5. None of it gave durable relief.",
        "systemic_steroid ongoing; RFA done response=temporary levels=L4-L5",
    ),
    (
        "care of the neck is not care of the back",
        "1) Neck: PT for four weeks. Plan: continue PT, cervical epidural if it stays.\n\n"
        "2) Low back: PT in 2023, no help.",
        "PT done response=none date=2023",
    ),
    (
        "boxes: done, ordered, declined, not yet",
        "PT            [ ] completed   [x] ordered   [ ] unable\n"
        "NSAID         [ ] completed   [ ] current   [x] declined\n"
        "Injections    [ ] done   [x] not yet\n",
        "PT planned; NSAID declined; injection not_done",
    ),
    (
        "criteria in a letter are no treatment, the patient's sentences are",
        "Our policy considers this service when ALL are met: (a) low back pain of 6 months; (b) failure of 6 months of "
        "conservative care; (c) Modic type 1.\nIn your case, you had physical therapy in 2022 without lasting relief.",
        "PT done date=2022 response=temporary",
    ),
    (
        "a letter that denies the request it names",
        "Notice of adverse determination\nService requested: CPT 64628, L5 and S1\nDear Member: we are unable to approve it.",
        "BVNA denied vertebrae=L5,S1",
    ),
    (
        "a checklist for a procedure is no earlier procedure",
        "Checklist used in this office before BVNA: pain at least 6 months ... yes\nPlan: BVNA L4-5.",
        "BVNA planned levels=L4-L5",
    ),
    (
        "the therapist's note: visits, dates and outcome belong to the therapy",
        "PHYSICAL THERAPY DISCHARGE SUMMARY\nVisits: 18 of 18 (06/03/24 - 09/12/24).\n"
        "Subjective: back about the same as at the start, no improvement.\nPlan: discharge to HEP.",
        "PT done sessions=18 date=2024-06-03 date_end=2024-09-12 response=none; HEP planned",
    ),
    (
        "a whole course told in one sentence",
        "She had PT, ibuprofen and chiropractic care. There has been little change over these nine months.",
        "PT done; NSAID done; chiropractic done; conservative_care done duration_months=9 response=minimal",
    ),
    (
        "several dated courses",
        "Prior: PT 1/2023-4/2023 and 3/2024-7/2024; naproxen.",
        "PT done date=2023-01 date_end=2023-04; PT done date=2024-03 date_end=2024-07; NSAID done",
    ),
    (
        "a list item's heading ends with the item",
        "PLAN:\n1. Submit for BVN ablation, L5-S1.\n2. Risks discussed: bleeding, infection.\n3. Consider a second epidural.",
        "BVNA planned levels=L5-S1; ESI considered",
    ),
    (
        "drugs under a heading that says they failed",
        "CURRENT MEDS: Celebrex 200 mg daily\nPAST PAIN MEDS (failed): Mobic, Robaxin",
        "NSAID ongoing drug=celecoxib; NSAID done drug=meloxicam response=none; muscle_relaxant done response=none",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_note(text: str, expected: str) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("PT for 4 months in 2022 and 3 months last year.", 7.0),
        ("PT for 3 months last spring, then another 2 months this fall.", 5.0),
        ("PT for 3 months in 2022 and naproxen for 5 months.", 3.0),
    ],
)
def test_courses_told_one_after_the_other_add_up(text: str, months: float) -> None:
    assert sum(p.duration_months or 0 for p in read(text, "2024-06-20") if p.name == "PT") == months


@pytest.mark.parametrize(
    "text",
    [
        "PT made her 90% better and the improvement has held for eight months.",
        "Relief of about 80% after PT has held for a year.",
    ],
)
def test_relief_that_has_held_has_no_end(text: str) -> None:
    (therapy,) = read(text)
    assert (therapy.name, therapy.relief_months) == ("PT", None)


def test_an_unchanged_drug_has_no_result() -> None:
    (drug,) = read("HPI: low back pain.\nPlan: Baclofen unchanged.")
    assert (drug.status, drug.response) == ("ongoing", None)


def test_a_daily_dose_is_no_year() -> None:
    (drug,) = read("Neurontin to 2700/day, then stopped")
    assert (drug.status, drug.date) == ("done", None)


def test_month_without_a_year_takes_it_from_the_note() -> None:
    (block,) = read("Medial branch blocks L3-L5 in December: no relief.", date="2025-01-23")
    assert (block.name, block.date, block.response) == ("MBB", "2024-12", "none")


@pytest.mark.parametrize("text", [t for t, _ in CASES])
def test_evidence_points_at_the_words(text: str) -> None:
    text = text.replace(". ", ".\r\n")
    for procedure in read(text):
        e = procedure.evidence
        assert text[e.start : e.end] == e.text != ""


@pytest.mark.parametrize("file", ["procedures.toml", "treatment_context.toml"])
def test_rule_examples(file: str) -> None:
    found = lexicon(file)
    ids = [r.id for r in rules(file)]
    assert len(ids) == len(set(ids))
    for rule in rules(file):
        for text in rule.data["positive"]:
            assert rule.id in {h.rule.id for h in found.find(text.lower())}, (rule.id, text)
        for text in rule.data["negative"]:
            assert rule.id not in {h.rule.id for h in found.find(text.lower())}, (rule.id, text)


@pytest.mark.parametrize(
    "text", ["", "PT", "\0PT \U0001f600 failed", "PT \ud800", "no " * 3000 + "PT", "PT, ESI, " * 500]
)
def test_odd_text_is_read(text: str) -> None:
    assert isinstance(read(text), tuple)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a side, a date
        ("Left SI joint injection 3/4/24, right 3/18/24.", "SIJ_injection done side=left date=2024-03-04; SIJ_injection done side=right date=2024-03-18"),
        ("Facet injections: left on 4/2, right on 4/16.", "facet_injection done side=left date=2024-04-02; facet_injection done side=right date=2024-04-16"),
        ("TFESI 2 weeks ago without relief.", "TFESI done date=2024-06-06 response=none"),
        ("Had an ESI 8/22 which did not help.", "ESI done date=2022-08 response=none"),
        ("Microdiscectomy '07, fusion '15.", "microdiscectomy done date=2007; fusion done date=2015"),
        ("- 5/2023 L4-5 ILESI: no relief", "ILESI done levels=L4-L5 date=2023-05 response=none"),
        ("SURGERY DATE: 2/9/2021\nPROCEDURE: L5-S1 microdiscectomy", "microdiscectomy done levels=L5-S1 date=2021-02-09"),
        # nerves
        ("Right L2/3/4 RFA in 2022.", "RFA done side=right nerves=L2,L3,L4 date=2022"),
        # forms, tables, codes
        ("Massage (Y) N\nTENS Y (N)", "massage done; TENS not_done"),
        ("yoga (-), massage (+)", "yoga not_done; massage done"),
        ("Chiropractor: yes, helped? a little", "chiropractic done response=minimal"),
        ("| Therapy tried | Used | Benefit |\n| Massage | yes | no |\n| Caudal ESI | no | |", "massage done response=none; caudal_ESI not_done"),
        ("Care             Tried   Helped\nMassage          Y       Some\nTrigger point    N       -\nAcupuncture      N", "massage done response=mixed; acupuncture not_done"),
        ("DOS 4/2/2024: 64483, 64484", "TFESI done date=2024-04-02"),
        ("DOS 5/6/2024: 64628, basivertebral nerve ablation", "BVNA done date=2024-05-06"),
        ("The medical director declined authorization for the Intracept procedure.", "BVNA denied"),
        ("Allergies: codeine\nAll: tramadol", ""),
        # responses and plans
        ("No benefit so far from massage, yoga or a brace.", "massage done response=none; yoga done response=none; bracing done response=none"),
        ("Chiropractic has helped a little.", "chiropractic done response=minimal"),
        ("Little relief with baclofen and no relief with gabapentin.", "muscle_relaxant done response=minimal; gabapentinoid done response=none"),
        ("Duloxetine and a TENS unit help.", "antidepressant ongoing response=good; TENS ongoing response=good"),
        ("PT eval scheduled.", "PT planned"),
        ("Not taking anything except occasional ibuprofen.", "NSAID ongoing"),
        ("Tried several measures such as massage and yoga.", "massage done; yoga done"),
        ("We discussed RFA and she wishes to proceed.", "RFA planned"),
        ("We talked about basivertebral nerve ablation. Will obtain prior auth.", "BVNA planned"),
        ("The surgeon raised TLIF or disc replacement at L4-5 as possibilities.", "fusion considered levels=L4-L5; disc_replacement considered levels=L4-L5"),
        ("Was in massage therapy and never went back.", "massage done"),
        ("Sent a PA for BVN ablation L5-S1 with the 2023 report.", "BVNA planned levels=L5-S1"),
        ("Please send us a list of treatments you have had: PT, acupuncture, injections.", ""),
        ("We need a summary of previous therapy: chiropractic, PT.", ""),
        ("The health plan's form asks about the conservative treatment that was tried.", ""),
        ("Treatments so far: [x] PT [ ] RFA\nRequested today: [ ] ESI [x] BVN ablation", "PT done; BVNA planned"),
    ],
)  # fmt: skip
def test_ordinary_lines(text: str, expected: str) -> None:
    found = sorted(
        (
            p.name,
            p.status,
            *(getattr(p, k) for k in ("side", "date", "response")),
            *sorted((*p.levels, *p.nerves)),
        )
        for p in read(text, "2024-06-20")
    )
    want = sorted(
        (
            name,
            status,
            *(details.get(k) for k in ("side", "date", "response")),
            *(v for k in ("levels", "nerves") for v in details.get(k, ())),
        )
        for name, status, details in wanted(expected)
    )
    assert found == want
