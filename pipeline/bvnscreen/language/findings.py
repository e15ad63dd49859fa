"""Competing findings and conditions: what is seen, where, how severe, with what assertion.

Words and names are in patterns/findings.toml; here is what one word alone can't tell: what a stenosis
narrows, what is compressed (a root, a foramen, a canal), and which level belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..facts import Finding
from .assertion import Reading, read_assertion
from .attach import Attachment, Spot
from .context import Target, context
from .document import Document, Sentence
from .kind import Kind
from .levels import Level, find_levels
from .lexicon import Rule
from .plain_words import Told, below, read_collapses, read_motion, read_ones, read_slips, read_sources
from .rx import rx
from .structures import Said, grade, read_structures, side_of

_ROOTS = r"(?:neural (?:elements?|structures?)|neural\b|nerve ?-?roots?(?: sleeves?)?|root sleeves?|nerveroots?|nerrve roots?|roots?\b|(?:exiting|exit|traversing|descending|spinal) (?:[lst]\d )?nerves?(?: roots?)?|[ls]\d nerves?(?: roots?)?(?: sleeves?)?|ganglion)"
_FORAMINA = (
    r"(?:(?:neural |exit |exiting |intervertebral |nerve |root )*(?:foramen|foramina|foraminas|foramens|neuroforamen|neuroforamina|neuroforaminal|foraminal)"
    r"|(?:exit(?:ing)? |neural |exit neural |nerve )+(?:canals?|neural\b)|exit(?:ing)? neural|neural canals?|exit canals?|exit(?:ing)? \w{4,9} canals?)"
)
_CANAL = r"(?:(?:central |spinal |lumbar |vertebral |bony |secondary )*canal|thecal canal)"
_RECESS = (
    r"(?:lateral recess(?:es)?|subarticular (?:zones?|recess(?:es)?|spaces?)|subarticular|recess(?:es|us)?)"
)
_VERB = (
    r"(?:compress(?:ing|es|ed|ion)?|encroach(?:ing|es|ed|ment)?(?: up ?on| on)?|abut(?:s|ting|ted|ment)?|contact(?:s|ing|ed)?|displac(?:e|ing|es|ed|ement)|imping(?:e|ing|es|ed|ement)?(?: up ?on| on)?|"
    r"impress(?:ing|es)?|indent(?:ing|s|ed|ation)?|touch(?:ing|es|ed)?|press(?:ing|es|ure)?(?: up ?on| on)?|deform(?:ing|s|ed)?|narrow(?:ing|s|ed)?|effac(?:e|ing|es|ed|ement)|crowd(?:ing|s|ed)?|irritat(?:ing|es|ion)|distort(?:ing|s|ion)?|"
    r"obliterat(?:ing|es|ion)|flatten(?:ing|s)?|obstruct(?:ing|s)?|involv(?:ing|es)|occup(?:ying|ies)|compromis(?:ing|es|e)|stenos[ie]s|in contact|affect(?:ing|s|ed|ion)|causing|mass effect|entrap(?:ping|ment)?|displacing)"
)
_RELATION = rx(rf"\b{_VERB}\b")
# what only a root suffers: `pressed up against`, `is squeezing`, `rests on`
_ROOT_RELATION = rx(
    rf"\b(?:{_VERB}|(?:press(?:ed|es|ing)?|push(?:ed|es|ing)?|lies|lying|rest(?:s|ing)?|sits|sitting|lean(?:s|ing)?|butt(?:s|ing)?|jam(?:s|med|ming)|hard|right)(?: (?:up|hard|right|directly|firmly|snugly))* (?:against|on|onto|upon)|"
    r"push(?:es|ed|ing)?|shov(?:es|ed|ing)|squash(?:es|ed|ing)?|squeez(?:es|ed|ing)|pinch(?:es|ed|ing)?|trap(?:s|ped|ping)|catch(?:es|ing)|caught|kink(?:s|ed|ing)|stretch(?:es|ed|ing)|crush(?:es|ed|ing)|nip(?:s|ped|ping)|hits|hitting|encas(?:es|ed|ing))\b"
)
_ROOT_SUFFERS = r"pinched|trapped|entrapped|caught|squeezed|squashed|pushed|pressed|stretched|kinked|nipped|shoved|crushed|encased"
_ROOT_FREE = rx(
    r"^(?: (?:is|are|remains?|appears?|looks?|both|all|well|quite|completely|entirely))* (?:free|clear|spared|untouched|unaffected|uncompressed|undisturbed|unimpeded|uncompromised|alone|escapes?|(?:exits?|leaves?|pass(?:es)?|runs?) (?:freely|unimpeded|undisturbed))(?:[.,;)]|$| (?:at|on|and|of|throughout|in|here)\b)"
)
_ROOT_LEFT_ALONE = rx(
    r"\b(?:(?:stays?|keeps?|stops?|is|are|lies|remains?|well|steers?) (?:well )?(?:clear|short|away) (?:of|from)|(?:does|do|did|is|are)(?: not|n't) (?:quite )?(?:reach(?:ing)?|touch(?:ing)?|involv(?:e|ing)|get to)|spar(?:es|ing)|not (?:reaching|touching)|(?:plenty of|ample|enough|adequate) (?:room|space) (?:around|for))"
    r"(?: (?:the|both|either|any|its|of|traversing|exiting|descending|adjacent|left|right|bilateral|[ls]\d))*\s*$"
)
_OBJECT = rx(rf"\b(?:({_FORAMINA})|({_ROOTS})|({_RECESS})|({_CANAL}))")
_OBJECT_OR_CENTRAL = rx(rf"\b(?:{_FORAMINA}|{_RECESS}|{_CANAL}|central|spinal)")
_PLAIN_STENOSIS = rx(r"\b(?:stenos[ie]s|stenotic|narrowing|narrowed|encroachment|compromise|nfn)\b")
_NARROW_GATE = rx(
    r"root|nerve|foram|canal|recess|subartic|stenos|narrow|encroach|neural|ganglion|adequate|capacious|theca|facet|nfn|calib|height|signal|hydration|dis[ck]|apophys|pars"
)
_ADJECTIVES = rx(
    rf"((?:(?:{_CANAL}|central|spinal|lumbar|canal|{_RECESS}|lateral|{_FORAMINA}|bilateral|left|right|rt|lt|neural|mild|moderate|severe|minimal|significant|associated|secondary|"
    r"degenerative|acquired|congenital|both|sided|marked|mod|sev|high grade|low grade|b/l|bilat|to|and|or|nor|&|/|\+|,|-)\s*)+)$"
)
_OTHER_BONE = rx(
    r"\b(?:hips?|femoral|femur|ulnar?|tibial|fibular|humeral|scaphoid|calcane(?:us|al)|forearm|jaw|sternum|sternal|femurs|wrists|ankles|orbital|facial|ribs?|wrist|ankle|foot|tibia|humerus|clavicle|pelvic|radius|radial|knee|shoulder|hand|finger|toe|metatarsal|skull|intertrochanteric|elbow|fibula|nasal|patella|arm|leg)\b"
)
_BONE_AFTER = rx(
    r"^s?,?(?: (?:repair|fixation|surgery|orif|dislocation|of|in|to|at|involving|both|the|his|her|their|a|an|left|right|l|r|lt|rt|distal|proximal|"
    r"mid|shaft|neck|head|medial|lateral|fifth|5th),?)* [a-z]+"
)
_NOT_SPINE_CANCER = rx(
    r"\b(?:breast|lung|prostate|colon|skin|thyroid|cervical cancer|ovarian|basal|squamous|bladder|kidney|renal|uterine|endometrial|testicular|small cell|pancrea|gastric|liver|throat|colorectal|melanoma|rectal)\b"
)
_SEVERITY = rx(
    r"\b(mild|minimal|minor|slight|small|tiny|trace|subtle|moderate|mod|severe|sev|critical|high ?-?grade|moderately severe|marked|advanced)(?:ly)?(?:(?: ?-? ?(?:to|or|/|-) ?-? ?)(mild|moderate|severe|marked))?\b"
)
_GRADE = {
    "mod": "moderate",
    "sev": "severe",
    "mild": "mild", "minimal": "mild", "minor": "mild", "slight": "mild", "trace": "mild", "subtle": "mild", "moderate": "moderate",
    "severe": "severe", "critical": "severe", "high-grade": "severe", "high grade": "severe", "moderately severe": "severe",
}  # fmt: skip
_SIDE = rx(
    r"\b(?:(bilateral(?:ly)?|both|b/l|bilat|left and right|right and left)|(left|lt)|(right|rt))\b|\b(?:(l)|(r)) (?:[ls]\d|foram|recess|lateral rec|subart|paracent|neur|root|exit|travers|descend)"
)
_SIZE = rx(r"\b(\d{1,2}(?:\.\d)?)\s?-?\s?(mm|cm)\b")
_LISTHESIS_GRADE = rx(
    r"\b(?:grade|gr\.?|meyerding(?:'s)?(?: grade)?)[\s-]*(iv|iii|ii|i|[1-4]|one|two|three|four)\b|\b(first|second|third)[ -]degree\b"
)
_NUMBER = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_SLIP = rx(r"\b(\d{1,3})\s?(?:%|percent)")
_ACUITY = rx(
    r"\b(subacute|acute(?: to subacute| or subacute)?|chronic|old|remote|healed|age[- ]indeterminate|recent|new|fresh|prior|previous|longstanding)\b"
)
# `? recent ? old fracture`, `recent or old`: which of the two is open
_OF_ANY_AGE = rx(r"\?|\b(?:or|vs|versus)\b|/")
# an infection of another part says nothing of the spine
_PARTS = r"(?:toe|foot|finger|nail|hand|skin|sinus|ear|throat|dental|tooth|gum|chest|lung|respiratory|urinary(?: tract)?|bladder|kidney|yeast|viral|covid|eye|breast|leg|knee|bowel|fungal)"
_ELSEWHERE_INFECTED = rx(rf"\b{_PARTS} $")
_INFECTED_PART = rx(rf"^ (?:of|in) (?:the |his |her |a |left |right )*{_PARTS}\b")
# What may stand between a word of age and the fracture, another finding's name apart.
_JOINED = rx(r"^[ /-]*(?:(?:[tl]\d{1,2}|vertebral|body|wedge|superior|inferior|endplate)[ /-]*)*$")
_TSCORE = rx(
    r"t[ -]?scores?(?: (?:of|is|was|at|lowest|in|the|femoral|neck|lumbar|spine|hip|total|left|right|=))*[ :=]*((?:-|minus)? ?\d(?:\.\d{1,2})?)"
)
# `discitis in 2016, and there has been no sign of it since`: over, whatever stands between
_GONE_SINCE = rx(
    r"\b(?:no (?:sign|trace|evidence|hint|suggestion|return|recurrence|relapse)s?(?: of (?:it|this|that|them|(?:the|that) (?:kind|sort)|recurrence|relapse|infection))?(?: at all)?,? (?:ever )?(?:since|afterwards|any ?more)"
    r"|nothing (?:(?:of (?:the|that) (?:kind|sort)|like (?:it|that)|further|more) )?(?:ever )?since|never (?:came back|come back|returned|recurred|relapsed)|never (?:bothered|troubled) (?:her|him|them|me) (?:again|since)"
    r"|(?:has|have|had)(?: not|n't| never) (?:come back|returned|recurred|relapsed|reappeared|been back)|in (?:\w+ )?remission|(?:no|without)(?: any)? (?:recurrence|relapse)|there is no trace|no trace (?:of it|is left|remains)|no longer there"
    r"|(?:been|being|was|were) (?:re-?)?absorbed|(?:melted|shrunk|shrivelled) away|nothing (?:is )?left of it)\b"
)
_BACK_TO_IT = rx(
    r"^\W*(?:(?:there|it|this|that|they|these|he|she|and|has|have|had|been|is|was|since|with|today|now|then|but|currently)[\s,]+)*$"
)
_AWAITED = rx(r"\b(?:cultures?|biops\w+|results?|bloods?|labs?|swabs?|report)\b[^.;]{0,20}$")
# `the radiculopathy of last autumn settled by New Year`
_OVER = rx(
    r"^(?:[^,;:.]| \([^)]*\)){0,60}?(?:,? (?:which|that|then|since|and|but|has|had|all|long|now|soon|finally|eventually))*,? "
    r"(?:settled|subsided|resolved|died (?:down|away)|burn(?:ed|t) (?:itself )?out|eased off|came to an end|(?:is|was) (?:a thing of the past|history|behind (?:her|him))|cleared(?: up)?|faded|let up|recovered|vanished|disappeared|went away|gone|lasted (?:\w+ ){1,3}(?:days?|weeks?|months?))"
    r"(?: (?:down|away|off|out|up))?(?:[.,;)]|$| (?:by|with|within|in|after|over|during|since|completely|fully|entirely|while|when|before|following|and|but|for|spontaneously|again|long|years?|months?)\b)"
)
_NOT_OVER = rx(
    r"\b(?:not|never|hardly|barely|part(?:ly|ially)|largely|mostly|only|yet|all but|almost|nearly|and (?:her|his|the|my)|but (?:her|his|the|my))\b|n't\b"
)
_PASSING = frozenset(
    {
        "radiculopathy",
        "radicular_pain",
        "neurogenic_claudication",
        "cauda_equina_syndrome",
        "si_joint_pain",
        "facet_mediated_pain",
    }
)
_SLIPS = rx(r"listhes[ie]s|\bslips?\b|slippage")
_UNSTEADY = rx(
    r"^ (?:gait|angina|housing|mood|ambulat|walking|on (?:his|her|my|their|the) feet|when walking|vital|wound|knee|ankle)"
)
_MOVED = rx(
    r"^ (?:on|with|in|during|between|at) (?:the )?(?:dynamic|flex|ext|bending|standing|upright|motion|movement)"
)
_DRUGS = {
    "eliquis": "apixaban", "xarelto": "rivaroxaban", "coumadin": "warfarin", "pradaxa": "dabigatran", "savaysa": "edoxaban",
    "lovenox": "enoxaparin", "plavix": "clopidogrel", "brilinta": "ticagrelor", "effient": "prasugrel",
}  # fmt: skip
_EITHER = frozenset({"osteophyte", "spinal_hardware"})  # named at discs or at bodies
_GLOBAL = frozenset(
    {"spondylolisthesis", "fracture", "tumor", "scoliosis", "instability", "hemangioma", "spondylolysis"}
)
_STENOSES = frozenset({"foraminal_stenosis", "lateral_recess_stenosis", "stenosis", "facet_arthropathy"})
_ICD_CODE = rx(r"^\s*[a-tv-z]\d{2}(?:\.[0-9a-z]{1,4})?\b")
_RULES = {name: Rule(f"finding.{name}", name, "rule", {"label": "FINDING", "place": "disc"}) for name in (
    "central_stenosis", "foraminal_stenosis", "lateral_recess_stenosis", "nerve_root_compression", "stenosis", "disc_space_narrowing", "facet_arthropathy", "disc_desiccation", "spondylolisthesis", "instability")}  # fmt: skip
_RULES |= {
    name: Rule(f"condition.{name}", name, "rule", {"label": "CONDITION", "place": "none"})
    for name in ("si_joint_pain", "facet_mediated_pain")
}
_RULES |= {name: Rule(f"finding.{name}", name, "rule", {"label": "FINDING", "place": "body"}) for name in ("fracture", "spondylolysis")}  # fmt: skip


@dataclass(slots=True, eq=False)
class _Candidate:
    start: int
    end: int
    concept: str
    rule: Rule
    sentence: Sentence
    forced: str | None = None
    target: Target | None = None
    said: Said | None = None
    told: Told | None = None
    since: int = 0  # `an old fracture and an acute one`: the words before here are the first one's


def read_findings(document: Document, kind: Kind) -> tuple[Finding, ...]:
    """Imaging findings and clinical conditions of a note, in order."""
    candidates: dict[int, list[_Candidate]] = {}
    for hit in document.hits("findings.toml"):
        sentence = document.sentence_at(hit.start)
        if sentence is None:
            continue
        candidate = _Candidate(hit.start, min(hit.end, sentence.end), hit.rule.name, hit.rule, sentence)
        if _wanted(document, candidate):
            candidates.setdefault(sentence.index, []).append(candidate)
    narrow = document.holding(_NARROW_GATE)
    for sentence in document.sentences:
        group = candidates.get(sentence.index, [])
        if group or sentence.topic or sentence.index in narrow:
            group = _narrowings(document, sentence, group, sentence.index in narrow)
        group = _in_plain_words(document, sentence, group)
        group = _further(document, sentence, group, candidates.get(sentence.index - 1, []))
        if group:
            candidates[sentence.index] = group
    out: list[Finding] = []
    for index in sorted(candidates):
        out += _sentence(document, document.sentences[index], candidates[index], kind)
    out += _bone_density(document)
    return tuple(_tidy(out))


# --- candidates -------------------------------------------------------------------------------------


def _wanted(document: Document, c: _Candidate) -> bool:
    lower, text = document.lower, c.sentence.text
    words = lower[c.start : c.end]
    before = lower[max(c.sentence.start, c.start - 40) : c.start]
    after = lower[c.end : min(c.sentence.end, c.end + 40)]
    name = c.concept
    if name == "fracture":
        named = _BONE_AFTER.search(after)  # "fracture of the left wrist", "fracture repair of the humerus"
        near = before[-26:] + " " + (named.group(0) if named else after[:16])
        if _OTHER_BONE.search(near) and not rx(r"vertebr|spine|spinal|lumbar|compression|\bl\d").search(near):
            return False
        return not rx(r"^\s*risk|^ clinic|^ care").search(after)
    if name == "infection":
        if words.startswith(("infection", "sepsis", "septic", "abscess")):
            if rx(
                r"urinary|\buti\b|sinus|respiratory|throat|ear\b|skin|nail|yeast|tooth|dental|covid|lung|wound|knee"
            ).search(before[-24:]):
                return False
        return not rx(r"^ (?:control|prevention)").search(after)
    if name == "anticoagulant":
        return not rx(r"\b(?:allerg\w+|intoleran\w+|reaction) (?:[a-z]+ ){0,3}$").search(before)
    if name == "tumor":
        return not (rx(r"\blesions?\b").search(words) and rx(r"annular").search(before))
    if name == "disc_protrusion" and rx(r"\b(?:tongue|uvula|abdomen|eyes?) $").search(before):
        return False
    if name == "disc_protrusion" and rx(r"annular$").search(before):
        return True
    if name == "annular_fissure" and words in ("fissure", "fissures", "fissuring"):
        return bool(rx(r"an?nul|dis[ck]").search(text))
    if (
        name == "annular_fissure"
        and words.endswith(("tear", "tears"))
        and not rx(r"an?nul|dis[ck]|posterior|central").search(text)
    ):
        return False
    if name == "osteophyte" and words.startswith("ridg"):
        return bool(rx(r"bulge|bulging|dis[ck]|end ?plate|osteophyt|spondyl").search(text))
    if name == "disc_extrusion" and "migrat" in words:
        if rx(r"(?:no|without) *$").search(before):
            return False
        return bool(rx(r"protru|hernia|extru|fragment|sequest").search(text))
    if name == "disc_desiccation":
        return not words.startswith(("dehydration", "dehydrated")) or bool(
            rx(r"dis[ck]|\b[lst]\d|levels?\b").search(text)
        )
    if (
        name == "disc_space_narrowing"
        and "dis" not in words
        and rx(r"fractur|wedg|crush|squash|compression def").search(text)
    ):
        return False
    if name == "disc_space_narrowing" and words in ("height loss",):
        return not rx(r"vertebra|fractur|body|bodies|compression").search(before[-30:])
    if name == "disc_space_narrowing" and "dis" not in words and rx(r"vertebral body|vertebrae").search(text):
        return False
    if name == "disc_space_narrowing" and rx(r"vertebral (?:body )?$").search(before):
        return False
    if name == "spondylolisthesis" and words.endswith(("displacement", "offset", "shift", "step")):
        return rx(r"^ of (?:the )?[lts]\d{1,2}\b").search(after) is not None
    if name == "spondylolisthesis" and words in ("slip", "slippage"):
        if rx(
            r"^ (?:and |or |on |at |in |down )(?:a )?(?:fall|fell|ice|wet|stairs|the (?:ice|snow|stairs)|work|home|shower|[a-z]+ floor)"
        ).search(after):
            return False
        return bool(
            rx(
                r"grade|listhe|\b[ls]\d|stable|forward|films|x-?rays?|radiograph|scan|mri|degenerative|vertebra|alignment|fracture|infection|none|the\s+slip|wonder|asked"
            ).search(text)
        )
    if name == "schmorl_node":
        return (
            "schmorl" in words
            or "morl" in words
            or "moral" in words
            or words.startswith(("limbus", "intravert"))
        )
    if name == "stenosis":
        return False  # _narrowings tells which
    if name == "instability":
        if words == "unstable" and not (
            _SLIPS.search(text) or _MOVED.search(after) or rx(r"\b[ls]\d\b").search(text)
        ):
            return False
        if _UNSTEADY.search(after):
            return False
        return not rx(r"knee|shoulder|ankle|hemodynamic|joint|gait|patell|hip\b|mood|emotional").search(
            before[-24:]
        )
    if name == "spinal_hardware" and words.startswith("cage"):
        return not rx(r"rib *$").search(before)
    if name == "radicular_pain":
        return (
            not rx(r"non ?-?$|without *$|\bnon radicular|not *$").search(before[-8:])
            or "without" in before[-10:]
        )
    if name == "pacemaker" and rx(r"device").search(words):
        return bool(rx(r"\bno\b|without|denies|not ").search(before)) or "cied" in words
    if name == "icd_device" and words == "icd":
        return not rx(r"^[ -]*(?:9|10|code|cm)|^[ -]?[a-z]\d").search(after)
    if name == "implanted_stimulator":
        if rx(r"bone growth|trial").search(words + after[:16]) and not rx(
            r"implant|in place|permanent"
        ).search(words + after):
            return False
        if words in ("stimulator", "stimulators") and rx(r"tens *$|muscle *$|nerve *$").search(before):
            return rx(r"nerve").search(before) is not None
        return not rx(r"\bpump$").search(words) or "insulin" not in before
    if name == "pregnancy":
        return (
            not rx(
                r"\bfirst |second |third |prior |last |following |since (?:her|the) |during |after |g\dp\d|history of "
            ).search(before[-26:])
            or rx(r"pregnant|weeks|wks").search(words) is not None
        )
    if name == "cauda_equina_syndrome" and words == "ces":
        return False
    if name == "skeletal_immaturity":
        return True
    if name == "transitional_anatomy" and words == "l6":
        return not rx(r"medial branch|dorsal").search(after)
    if name == "neurogenic_claudication":
        return not rx(r"vascular|intermittent|peripheral|arterial").search(before[-20:])
    return True


def _narrowings(
    document: Document, sentence: Sentence, group: list[_Candidate], named: bool
) -> list[_Candidate]:
    """Stenosis of canal, recess and foramina, and compression of roots; `named` where a word of these stands."""
    text, base, _lower = sentence.text, sentence.start, document.lower
    found: list[_Candidate] = []

    def add(concept: str, start: int, end: int, forced: str | None = None) -> None:
        if not any(f.concept == concept and abs(f.start - start) < 3 for f in found):
            found.append(_Candidate(start, end, concept, _RULES[concept], sentence, forced))

    covered: list[tuple[int, int]] = []
    for said in read_structures(text, sentence.topic) if named or sentence.topic else ():
        a, b = base + said.start, base + said.end
        forced = "absent" if said.absent else None
        found.append(_Candidate(a, b, said.concept, _RULES[said.concept], sentence, forced, said=said))
        covered.append((a, b))
    told = [(a - base, b - base) for a, b in covered]
    if "root" in sentence.topic and (acted := _RELATION.search(text, _label_end(sentence))):
        add("nerve_root_compression", base + acted.start(), base + acted.end())
    for match in _PLAIN_STENOSIS.finditer(text) if named or "compromise" in text else ():
        head, a, b = match.group(0), base + match.start(), base + match.end()
        if any(x < b and a < y for x, y in covered):
            continue
        before = _ADJECTIVES.search(text[max(0, match.start() - 90) : match.start()])
        adjectives = before.group(1) if before else ""
        kinds = _kinds(adjectives)
        start = a
        if before:
            first = _OBJECT.search(adjectives) or rx(r"central|spinal|canal|lateral|subartic|foram").search(
                adjectives
            )
            if first:
                start = a - len(adjectives) + first.start()
        if not kinds:
            tail = rx(
                rf"^ (?:of|in|within|involving|at) (?:the |both |bilateral |left |right |lt |rt |neural )*(?:({_FORAMINA})|({_RECESS})|({_CANAL}))"
            ).search(text[match.end() : match.end() + 60])
            if tail:
                kinds = (
                    {"foraminal_stenosis"}
                    if tail.group(1)
                    else {"lateral_recess_stenosis"}
                    if tail.group(2)
                    else {"central_stenosis"}
                )
                b += tail.end()
        if "spinal" in adjectives and "canal" not in adjectives and _ICD_CODE.search(text):
            kinds = {"stenosis"}  # the code text names no canal
        if head == "nfn":
            kinds = {"foraminal_stenosis"}
        if not kinds and (_kinds(sentence.topic) or rx(r"\bcanal\b").search(sentence.topic)):
            continue  # said by its column or label
        if not kinds and head == "narrowed" and _disc_is_narrowed(text, match.start(), match.end()):
            found.append(_Candidate(a, b, "disc_space_narrowing", _RULES["disc_space_narrowing"], sentence))
            continue
        if (
            not kinds
            and head == "narrowed"
            and rx(r"[lst]\d\s*(?:(?:is|disc|markedly|mildly|severely|also) )*$").search(
                text[max(0, match.start() - 24) : match.start()]
            )
        ):
            found.append(_Candidate(a, b, "disc_space_narrowing", _RULES["disc_space_narrowing"], sentence))
            continue
        if not kinds and head.startswith("stenos"):
            if rx(r"\b(?:aortic|carotid|valve|pyloric|arterial|renal)\b").search(text):
                continue
            measured = rx(r"\bcanal\b[^;.]{0,40}\bmm\b[^;.]{0,16}$").search(text[: match.start()])
            kinds = {"central_stenosis" if measured else "stenosis"}
        if (
            head in ("narrowed",)
            and kinds
            and not rx(
                r"(?:is|are|appears?|appear|being|mildly|moderately|severely|slightly|markedly)\s*$|^$"
            ).search(adjectives + text[max(0, match.start() - 14) : match.start()])
        ):
            pass
        for concept in sorted(kinds):
            add(concept, start, b)
            if len(kinds) > 1 and (each := _each(adjectives, concept)):
                found[-1].said = Said(concept, 0, 0, False, *each)
        if kinds:
            covered.append((start, b))
    for match in _OBJECT.finditer(text) if named else ():
        a, b = base + match.start(), base + match.end()
        if any(x < b and a < y for x, y in covered):
            continue
        if match.group(2) and (
            _ROOT_FREE.search(text[match.end() :]) or _ROOT_LEFT_ALONE.search(text[: match.start()])
        ):
            add("nerve_root_compression", a, b, "absent")
            continue
        concept = (
            "foraminal_stenosis" if match.group(1) else "nerve_root_compression" if match.group(2)
            else "lateral_recess_stenosis" if match.group(3) else "central_stenosis"
        )  # fmt: skip
        span = _acted_on(sentence, match, concept, told)
        if span:
            negated = span[1] == match.end() and rx(r"^[\s\w]{0,24}\bnot\b").search(text[match.end() :])
            add(concept, base + span[0], base + span[1], "absent" if negated else None)
    kept = [
        c
        for c in group
        if not any(
            f.start < c.end
            and c.start < f.end
            and (f.concept == c.concept or (c.concept == "disc_space_narrowing" and f.concept in _STENOSES))
            for f in found
        )
    ]
    parts = [part for c in found for part in _by_side(c)]
    return sorted(kept + parts, key=lambda c: c.start)


def _in_plain_words(document: Document, sentence: Sentence, group: list[_Candidate]) -> list[_Candidate]:
    """With the slips and the sources of pain that are told without their name."""
    told = [*read_motion(sentence), *read_sources(document, sentence)]
    if bones := [g for g in document.levels(sentence) if g.kind == "vertebra" and len(g.vertebrae) == 1]:
        told = [*read_slips(document, sentence, bones), *read_collapses(document, sentence, bones), *told]
    if not told:
        return group
    found = [
        _Candidate(
            sentence.start + t.start, sentence.start + t.end, t.concept, _RULES[t.concept], sentence,
            "absent" if t.absent else None, told=t,
        )
        for t in told
    ]  # fmt: skip
    slid = any(c.concept == "spondylolisthesis" for c in found)
    kept = [
        c
        for c in group
        if not any(
            f.start < c.end and c.start < f.end and c.concept in (f.concept, "disc_space_narrowing")
            for f in found
        )
        and not (slid and c.concept == "spondylolisthesis" and _SLIPS.search(document.lower[c.start : c.end]))
    ]
    return sorted(kept + found, key=lambda c: c.start)


_REPEATED = (
    "disc_", "annular", "fracture", "hemangioma", "schmorl", "tumor", "spondylol", "osteophyte", "foraminal", "central",
)  # fmt: skip


def _further(
    document: Document, sentence: Sentence, group: list[_Candidate], previous: list[_Candidate]
) -> list[_Candidate]:
    """With the second of `a fracture of L1 and an acute one at T12`: a place of its own for the same thing."""
    known = [c for c in (*(previous if sentence.soft else ()), *group) if c.concept.startswith(_REPEATED)]
    if not known:
        return group
    out = list(group)
    levels = [g.start for g in document.levels(sentence) if g.kind != "root"]
    for a, b in read_ones(sentence):
        start, end = sentence.start + a, sentence.start + b
        before = [c for c in known if c.end <= start]
        low = max((c.end for c in out if c.end <= start), default=start)
        high = min((c.start for c in out if c.start >= end), default=sentence.end)
        apart = document.lower[low:start]
        near = any(end <= at <= min(high, end + 40) for at in levels) or rx(
            r"(?:,|\bat|\bin)(?: the)? [lts]\d{1,2}(?:[-/][lts]?\d)?,?\s*$"
        ).search(apart)
        if before and near and not any(c.start < end and start < c.end for c in out):
            out.append(
                replace(
                    before[-1], start=start, end=end, sentence=sentence, since=before[-1].end,
                    forced=None, said=None, told=None,
                )
            )  # fmt: skip
    parts = [c.since for c in out if c.since]
    return sorted(
        (c for c in out if parts.count(c.end) < 2), key=lambda c: c.start
    )  # `two: one at .. one at ..`


_GRADED_SIDE = (
    r"(?:\b(mild|minimal|slight|minor|trace|moderate|mod|severe|sev|marked|advanced|high ?-?grade)(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?(mild|moderate|severe|marked))?"
    r"(?:[ ,-]+(?:on|at|in|the|stenosis|narrowing|narrowed|for))*[ -]+(left|right|lt|rt)\b"
    r"|\b(left|right|lt|rt)(?: side)?(?: \(|[ :,=-]+| is | side )(mild|minimal|slight|minor|trace|moderate|mod|severe|sev|marked|advanced|high ?-?grade)(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?(mild|moderate|severe|marked))?\b)"
)
_TWO_SIDES = rx(
    rf"{_GRADED_SIDE}[^;:.]{{0,40}}?(?:,|\band\b|/|&|;|\bthan\b|\bwith\b)[^;:.]{{0,24}}?{_GRADED_SIDE}"
)


def _by_side(c: _Candidate) -> list[_Candidate]:
    """`Moderate left and mild right foraminal stenosis` says two things."""
    if c.concept not in _STENOSES or c.forced:
        return [c]
    text, base = c.sentence.text, c.sentence.start
    low = max(0, c.start - base - 60)
    for match in _TWO_SIDES.finditer(text, low, min(len(text), c.end - base + 60)):
        words = match.groups()
        sides = [side_of(words[k + 2] or words[k + 3]) for k in (0, 6)]
        near = match.start() < c.end - base + 12 and c.start - base < match.end() + 30
        between = text[match.end() : max(match.end(), c.start - base)]
        if len(set(sides)) < 2 or not near or rx(r"[;.,]").search(between):
            continue
        grades = [" ".join(w for w in (*words[k : k + 2], *words[k + 4 : k + 6]) if w) for k in (0, 6)]
        a, b = min(c.start, base + match.start()), max(c.end, base + match.end())
        return [
            replace(c, start=a, end=b, said=Said(c.concept, a, b, False, side, grade(words)))
            for side, words in zip(sides, grades, strict=True)
        ]
    return [c]


def _each(adjectives: str, concept: str) -> tuple[str | None, str | None] | None:
    """Side and grade of one of several: `mild central canal and moderate bilateral foraminal narrowing`."""
    side = severity = None
    last = 0
    for match in _OBJECT_OR_CENTRAL.finditer(adjectives):
        own = adjectives[last : match.start()]
        if graded := _SEVERITY.search(own):
            severity = grade(graded.group(0))
        side = _side(own, "", "", concept) or side
        last = match.end()
        if concept in _kinds(match.group(0)):
            return (None if concept == "central_stenosis" else side), severity
    return None


def _disc_is_narrowed(text: str, start: int, end: int) -> bool:
    """`discs at L2-3 and L5-S1 are narrowed`, `the narrowed L4-5 disc`."""
    if rx(r"^ (?:and \w+ )?(?:[lst]\d ?[-/]? ?[lst]?\d? )?dis[ck]s?\b").search(text[end : end + 24]):
        return True
    before = text[max(0, start - 70) : start]
    subject = rx(
        r"\bdis[ck]s?\b(?:[^.;:]{0,50})(?:is|are|both|appears?|markedly|severely|moderately|mildly|slightly|also|which|,)\s*$"
    ).search(before)
    return subject is not None and _OBJECT.search(subject.group(0)) is None


def _kinds(adjectives: str) -> set[str]:
    kinds: set[str] = set()
    if not adjectives:
        return kinds
    if rx(rf"{_FORAMINA}|foramin").search(adjectives):
        kinds.add("foraminal_stenosis")
    if "lateral" in adjectives or "subart" in adjectives:
        if rx(r"lateral recess|subarticular|\blateral\b").search(adjectives):
            kinds.add("lateral_recess_stenosis")
    if not any(w in adjectives for w in ("central", "canal", "spinal")):
        return kinds
    if rx(r"\bcentral\b|(?:^|[^l] )\bcanal|spinal|lumbar canal").search(
        rx(r"(?:exit|exiting|neural|nerve) +canals?").sub("", adjectives)
    ):
        kinds.add("central_stenosis")
    return kinds


def _label_end(sentence: Sentence) -> int:
    return len(sentence.topic) if sentence.text.startswith(sentence.topic) else 0


# `contacts but does not displace the root`: the touch is stated
_FALLS_SHORT = rx(
    r"^[\s,]*(?:(?:but|and|though|it)\s+)*(?:(?:does|do|is|are)\s+)?(?:not|no|without|rather than)\s+(?:(?:\w+ly|frank|evidence|of|any)\s+)*$"
)


def _acted_on(
    sentence: Sentence, match: Any, concept: str, told: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """The span from the verb to the object when something compresses, contacts or narrows the object."""
    text = sentence.text
    before, after = text[: match.start()], text[match.end() : match.end() + 60]
    if rx(r"\b(?:cauda equina|conus)\b").search(text[max(0, match.start() - 30) : match.end()]):
        return None
    location = rx(
        r"\b(?:within|in|at|through|into|to|toward|towards|from|along|extending (?:in)?to|level of)\s+(?:the |its |both |left |right |lt |rt |bilateral )*$"
    ).search(before)
    nominal = rx(rf"^(?: (?:or thecal sac|level))? ?({_VERB})\b").search(after)
    if nominal and not rx(r"^ ?(?:causing|involving|narrowed|contacting|compressing|in contact)").search(
        after
    ):
        words = nominal.group(1)
        if concept == "nerve_root_compression" and not words.startswith(
            ("narrow", "stenos", "caus", "involv")
        ):
            return match.start(), match.end() + nominal.end()
        if concept != "nerve_root_compression":
            if concept == "central_stenosis" and not words.startswith(
                ("narrow", "stenos", "compromise", "encroach", "effac", "compress")
            ):
                return None
            return match.start(), match.end() + nominal.end()
    passive = rx(
        r"^[\s,]*(?:(?:is|are|appears?|appear|being|also|not|seen|mildly|moderately|severely|slightly|markedly|minimally|gently|just|both|may|might|could|be|been|has|have|partially|slightly) )*(irritated|affected|compressed|narrowed|encroached|effaced|displaced|contacted|abutted|impinged|stenosed|stenotic|obliterated|compromised|touched|deformed|flattened|crowded|"
        + _ROOT_SUFFERS
        + r")\b"
    ).search(after)
    if passive and concept != "nerve_root_compression" and rx(_ROOT_SUFFERS).search(passive.group(1)):
        passive = None
    if passive:
        if concept == "nerve_root_compression" or not passive.group(1).startswith(("contacted", "touched")):
            return match.start(), match.end() + (0 if " not " in passive.group(0) else passive.end())
    last, reach = None, 0
    relation = _ROOT_RELATION if concept == "nerve_root_compression" else _RELATION
    for verb in relation.finditer(before):
        if concept != "nerve_root_compression" and any(a <= verb.start() < b for a, b in told):
            continue  # the state of something else
        if last is None or not _FALLS_SHORT.search(before[reach : verb.start()]):
            last = verb
        reach = verb.end()
    if last is None:
        return None
    word = last.group(0)
    gap = before[reach:]
    if (
        location
        and concept != "nerve_root_compression"
        and rx(r"^(?:compress|imping|contact|abut|touch|displac|irritat|entrap)").search(word)
    ):
        return None  # `root impingement in the lateral recess`
    if (
        location
        and rx(r"\b(?:within|in|at|extending|through|into|along|to|from)\b").search(location.group(0))
        and not rx(r"^(?: of| on| upon)?\s*$").search(gap[: max(0, len(gap) - len(location.group(0)))])
    ):
        return None
    if rx(
        r"[;:]|\b(?:extending|noted|seen|with no|without|but|adequate|associated|there (?:is|are)|which|leading|migrat\w*|both exit through)\b"
    ).search(gap):
        return None
    if len(gap) > 110:
        return None
    if word.startswith("stenos") and concept == "nerve_root_compression":
        return None
    if word.startswith(("caus", "involv", "occup")) and concept == "central_stenosis":
        return None
    if word.startswith("caus") and not rx(r"thecal|^\s*(?:the )?(?:at |both |lt |rt |left |right )*$").search(
        gap
    ):
        return None
    if concept == "central_stenosis" and word.startswith(
        ("indent", "touch", "contact", "abut", "impress", "deform", "displac")
    ):
        return None
    if concept == "nerve_root_compression" and word.startswith("narrow"):
        return None
    return last.start(), match.end() if reach == last.end() else last.end()


# --- one sentence -----------------------------------------------------------------------------------


def _sentence(document: Document, sentence: Sentence, group: list[_Candidate], kind: Kind) -> list[Finding]:
    if sentence.section in ("allergies", "technique"):
        return []
    targets = []
    for c in group:
        c.target = Target(c.start, c.end, c.rule.data.get("label", "FINDING"), c.rule, sentence)
        targets.append(c.target)
    context().apply(document, targets)
    for c in group:
        if c.target and c.since:
            c.target.cues = [q for q in c.target.cues if q.category != "historical" or q.start >= c.start]
    attachment = Attachment(document, sentence)
    spots = [
        Spot(
            c.start,
            c.end,
            "disc" if c.rule.data.get("place") == "disc" and c.concept not in _EITHER else "body",
        )
        for c in group
    ]
    extra = [] if "modic" not in sentence.text and "endplate" not in sentence.text else [
        Spot(sentence.start + m.start(), sentence.start + m.end(), "modic") for m in rx(r"modic|end ?plates?").finditer(sentence.text)
        if not any(c.start <= sentence.start + m.start() < c.end for c in group)
    ]  # fmt: skip
    merged = sorted(spots + extra, key=lambda s: s.start)
    placed = dict(zip(((s.start, s.end) for s in merged), attachment.place(merged), strict=True))
    out = []
    for c, spot in zip(group, spots, strict=True):
        fact = _fact(document, sentence, c, placed[(spot.start, spot.end)], kind, group)
        if fact:
            level = placed[(spot.start, spot.end)]
            if level and level.excepted and fact.levels and fact.assertion == "present":
                out.append(replace(fact, levels=level.excepted, assertion="absent", severity=None))
            stop = min((g.start for g in group if g.start >= c.end), default=sentence.end)
            out += _graded(document, sentence, c, fact, stop)
            if other := c.rule.data.get("also"):
                out.append(replace(fact, concept=other))
    return out


_GRADE_BEFORE = rx(
    r"(?:^|[,;:(\s])(mild|minimal|slight|minor|trace|moderate|mod|severe|sev|marked|advanced|high ?-?grade|no|none|nil|absent)(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?(mild|moderate|severe|marked))?"
    r"(?: (?:degree|stenosis|narrowing|changes?|disease))?(?: (?:at|on|in|for|of))?(?: the)? $"
)
_GRADE_BEHIND = rx(
    r"^(?: (?:is|are|being|level|disc))*[\s:=(-]{1,3}(mild|minimal|slight|minor|trace|moderate|mod|severe|sev|marked|advanced|high ?-?grade|no|none|nil|absent)(?:ly)?(?: ?-? ?(?:to|/|-) ?-? ?(mild|moderate|severe|marked))?(?:[,;.)]|$| and\b)"
)


_AT = rx(r"^ (?:at|of|in|on)(?: the)? $")
_NONE = frozenset(("no", "none", "nil", "absent"))


def _each_of(lower: str, level: Level) -> list[Level]:
    """The members of `L3-4 (mild), L4-5 (moderate)`, which stand as one level."""
    if ")" not in lower[level.start : level.end]:
        return [level]
    out, at = [], level.start
    for piece in lower[level.start : level.end].split(")"):
        out += find_levels(lower, at, at + len(piece))
        at += len(piece) + 1
    return out


def _graded(document: Document, sentence: Sentence, c: _Candidate, fact: Finding, stop: int) -> list[Finding]:
    """`mild at L3-4, moderate at L4-5 and severe at L5-S1` grades each level by itself; `stop`: the next finding."""
    if not fact.levels or fact.assertion not in ("present", "possible"):
        return [fact]
    behind = [g for g in document.levels(sentence) if g.discs and c.end <= g.start < stop]
    own = [part for g in behind for part in _each_of(document.lower, g)]
    sizes = [_size(document.lower[max(c.end - 1, g.start - 16) : g.start], "") for g in own]
    if len(own) > 1 and None not in sizes and len(set(sizes)) > 1:  # `3 mm at L3-4 and 5 mm at L4-5`
        return [replace(fact, levels=g.discs, size_mm=mm) for g, mm in zip(own, sizes, strict=True)]
    for look in (_GRADE_BEFORE, _GRADE_BEHIND):
        grades: dict[str, list[str]] = {}
        for g in own:
            a, b = (max(c.end - 1, g.start - 40), g.start) if look is _GRADE_BEFORE else (g.end, g.end + 30)
            if found := look.search(document.lower[a:b]):
                words = " ".join(w for w in found.groups() if w)
                grades.setdefault("absent" if words in _NONE else grade(words) or "", []).extend(g.discs)
            elif g is own[0] and fact.severity and _AT.search(document.lower[c.end : g.start]):
                grades[fact.severity] = [*g.discs]  # `mild narrowing at L3-4 and severe at L4-5`
        told = {d for discs in grades.values() for d in discs}
        if len(grades) > 1 and all(set(g.discs) <= told for g in own) and not told.isdisjoint(fact.levels):
            return [
                replace(fact, levels=tuple(discs), assertion="absent", severity=None)
                if how == "absent"
                else replace(fact, levels=tuple(discs), severity=how)
                for how, discs in grades.items()
            ]
    return [fact]


def _within(c: _Candidate) -> bool:
    """Whether all that denies stands inside of the phrase, which has weighed it."""
    assert c.target is not None
    cues = [q for q in c.target.cues if q.category == "absent"]
    return bool(cues) and all(c.start <= q.start and q.end <= c.end for q in cues)


_TURNED = rx(
    r"\b(?:no|not|without|lacks?|loss of|never)(?: (?:an?|the|any|longer|fully|entirely|completely))*\s*$"
)


def _fact(
    document: Document,
    sentence: Sentence,
    c: _Candidate,
    level: Level | None,
    kind: Kind,
    group: list[_Candidate],
) -> Finding | None:
    assert c.target is not None
    reading = read_assertion(document, c.target, kind)
    if reading is None or (reading.assertion == "hypothetical" and kind.generic(sentence)):
        return None
    lower = document.lower
    if c.forced:  # `no bulge and a patent canal` denies the bulge alone
        turned = (
            c.forced == "absent"
            and not c.told
            and _TURNED.search(lower[max(sentence.start, c.start - 24) : c.start])
        )
        reading = Reading("present" if turned else c.forced, reading.cues)  # type: ignore[arg-type]
    elif c.said and reading.assertion == "absent" and _within(c):
        reading = Reading("present", reading.cues)  # `the canal is not patent`
    i = group.index(c)
    low = max((g.end for g in group[:i] if g.end <= c.start), default=sentence.start)
    high = min((g.start for g in group[i + 1 :] if g.start >= c.end), default=sentence.end)
    before, after = lower[c.start if c.since else low : c.start], lower[c.end : high]
    if c.said and c.said.clause and not c.forced and reading.assertion == "absent":
        reading = Reading("present")  # `no canal stenosis, foramina tight`
    slots: dict[str, Any] = {}
    words = lower[c.start : c.end]
    place = c.rule.data.get("place", "none")
    side = (
        c.told.side
        if c.told
        else c.said.side or _side_behind(after)
        if c.said
        else _side(before[-50:], words, after[:40], c.concept)
    )
    if side and c.concept != "prior_fusion":
        slots["side"] = side
    behind = lower[c.end : min(high + 1, sentence.end)]
    severity = (c.said.severity or _said_grade(behind)) if c.said else _severity(before, words, behind)
    if severity:
        slots["severity"] = severity
    if c.concept == "spondylolisthesis":
        slots |= _listhesis(words, before, after)
        if c.told:
            slots["direction"] = c.told.direction
        elif level is None:
            level = next(
                (
                    below(g)
                    for g in document.levels(sentence)
                    if g.kind == "vertebra" and lower[c.end : g.start] in (" of ", " of the ")
                ),
                None,
            )
    elif size := _size(before, after):
        if c.concept.startswith("disc_") or c.concept in (
            "hemangioma",
            "schmorl_node",
            "tumor",
            "osteophyte",
        ):
            slots["size_mm"] = size
    if c.concept == "fracture":
        # the nearest word before it: `since the prior study a new fracture`, `acute osteoporotic fracture`
        near = lower[
            max(
                sentence.start,
                c.start - 40,
                *(g.end for g in group[:i] if not _JOINED.search(lower[g.end : c.start])),
            ) : c.end
        ]
        told = list(_ACUITY.finditer(words if c.since else near))
        found = told[-1] if told else _ACUITY.search(after[:60])
        if found:
            slots["acuity"] = _acuity(found.group(1))
        around = before[-30:] + words + after[:50]
        ages = {_acuity(m.group(1)) for m in _ACUITY.finditer(around)}
        if {"acute", "chronic"} <= ages and _OF_ANY_AGE.search(around):
            slots["acuity"], reading = None, Reading("possible", reading.cues)
        if rx(r"\b(?:healed|(?:has|have|now|well|fully) (?:united|knitted|mended|consolidated))\b").search(
            before[-30:] + after[:60]
        ):
            slots["acuity"] = "healed"
        age = rx(r"\b(?:old|remote|chronic)\b").search(before[-30:] + after[:50])
        if reading.assertion == "historical" and (age or "healed" in before[-30:]):
            reading = Reading("present", reading.cues)  # an old fracture is seen, with its age
    if c.concept in ("radiculopathy", "radicular_pain", "nerve_root_compression"):
        roots = tuple(
            v
            for g in document.levels(sentence)
            if g.kind in ("root", "vertebra") and low - 12 <= g.start <= high
            for v in g.vertebrae
        )
        if roots:
            slots["roots"] = tuple(dict.fromkeys(roots))
    if c.concept == "anticoagulant":
        slots["drug"] = _DRUGS.get(
            words, words if words in _DRUGS.values() or words in ("heparin",) else None
        )
        if reading.assertion == "present" and rx(
            r"\b(?:stopped|discontinued|off|no longer|finished|completed|took|was on|were on|previously on|used to take)\b"
        ).search(before[-24:] + after[:80]):
            reading = Reading("historical", reading.cues)
    if reading.assertion in ("present", "absent") and (gone := _gone(document, sentence, c, after, high)):
        reading = Reading("historical", (*reading.cues, gone))
    adjusted = _special(sentence, c, reading, before, after, words, kind)
    if adjusted is None:
        return None
    reading = adjusted
    levels: tuple[str, ...] = ()
    vertebrae: tuple[str, ...] = ()
    level = c.told.level if c.told and c.told.level else level
    if level is None and reading.assertion == "possible" and c.concept in ("tumor", "fracture", "infection"):
        level = _of_its_lesion(document, sentence, c.start)
    if reading.assertion == "absent" and c.concept in _GLOBAL and level is not None and level.end <= c.start:
        if sentence.heading is None or level.start != sentence.heading.start:
            level = None  # `Modic 1 at L4-5 without listhesis` clears the whole spine of listhesis
    if level is not None and place == "disc":
        levels = level.discs
        vertebrae = () if level.discs else level.vertebrae
    elif level is not None and place == "body":
        vertebrae = level.vertebrae
        levels = level.discs if not vertebrae else ()
    return Finding(
        concept=c.concept,
        assertion=reading.assertion,
        evidence=document.evidence(c.start, c.end, c.rule.id, sentence.section, reading.cues),
        levels=levels,
        vertebrae=vertebrae,
        **slots,
    )


def _gone(document: Document, sentence: Sentence, c: _Candidate, after: str, high: int) -> str | None:
    """The words that say it has passed for good, up to the next finding or in the next sentence."""
    following = document.sentences[sentence.index + 1 :][:1] if high == sentence.end else []
    told = _GONE_SINCE.search(after)
    if told is None and following and following[0].block == sentence.block:
        sequel = _GONE_SINCE.search(following[0].text)
        told = sequel if sequel and _BACK_TO_IT.search(following[0].text[: sequel.start()]) else None
    if told and not _AWAITED.search(after[: told.start()]):
        return str(told.group(0))
    if c.concept not in _PASSING:
        return None
    over = _OVER.search(after)
    return None if over is None or _NOT_OVER.search(over.group(0)) else str(over.group(0).strip(" ,.;"))


def _of_its_lesion(document: Document, sentence: Sentence, start: int) -> Level | None:
    """`Dark focus in the L3 body; metastasis cannot be excluded`: the cause is where the lesion is."""
    before = [
        s
        for s in document.sentences[max(0, sentence.index - 1) : sentence.index]
        if s.block == sentence.block
    ]
    for told in (sentence, *before):
        seen = rx(r"\b(?:lesions?|foc(?:us|i)|abnormality|signal|collection|deformity|mass|edema)\b").search(
            told.text
        )
        levels = [g for g in document.levels(told) if g.end <= start] if seen else []
        if levels:
            return levels[-1]
    return None


_RULED_OUT = rx(
    r"^(?:,? (?:has|have|had|was|were|is|are|been|both|now|also|being|effectively|clinically|reasonably|largely|thereby|therefore))* (?:ruled out|excluded|eliminated|discounted|not the (?:main |primary )?(?:source|cause|generator)s?)\b"
)
_HAD_IT = rx(
    r"^(?:(?:past |prior |previous |remote )?(?:medical |surgical |cardiac )?(?:history|hx)\b|h/o|s/p|status post|pmh)"
)
# `they talked about a stimulator`, `a pacemaker has been suggested`
_SPOKEN_OF = rx(
    r"\b(?:talk\w* (?:about|of|through)|spoke about|offer\w*|suggest\w*|propos\w*|mention\w*|recommend\w*|advis\w*|declin\w*|refus\w*|want\w*|need\w*|interested in|thinking (?:about|of)|brochure (?:on|about))(?: (?:him|her|me|them|having|getting|the idea of|to have|with))*(?: (?:a|an|the|possible|permanent))*\s*$"
)
_CARE_OF_IT = rx(
    r"^ (?:checks?|interrogat\w*|clearance|reps?|clinic|programm?\w*|adjust\w*|battery|reprogram\w*|off|settings?|magnet)\b"
)
_WAS_SPOKEN_OF = rx(
    r"^ (?:was|were|is|has been|had been|might be|may be|will be) (?:suggested|offered|proposed|discussed|mentioned|recommended|advised|considered|talked about|declined|refused|needed)\b"
)


def _special(
    sentence: Sentence,
    c: _Candidate,
    reading: Reading,
    before: str,
    after: str,
    words: str,
    kind: Kind,
) -> Reading | None:
    """Concepts whose presence is said in their own way."""
    name, text = c.concept, sentence.text
    if name == "slr_positive":
        tail = rx(
            r"^[\s:()\w,-]{0,40}?\b(negative|neg|positive|pos|normal|unremarkable|painless|free|-ve|\+ve|reproduc\w+|provok\w+|elicit\w*|bring\w* on|brought on)\b|^ ?\(?([-+])\)?"
        ).search(after)
        head = rx(r"\b(negative|neg|positive|pos|normal)\b[\w\s]{0,20}$").search(before)
        word = (tail.group(1) or tail.group(2)) if tail else head.group(1) if head else None
        if word is None:
            if rx(r"^[\s\w]{0,12}\d{2} ?(?:deg|degrees)?").search(after) and rx(
                r"\bneg|\bwithout\b|\bno (?:leg )?pain|painless"
            ).search(after):
                word = "negative"
            else:
                return None if reading.assertion == "present" else reading
        return Reading(
            "absent"
            if word in ("negative", "neg", "normal", "unremarkable", "painless", "free", "-ve", "-")
            or (tail and rx(r"\b(?:not?|n't|never)\b|n't\b").search(tail.group(0)) and word[0] in "repb")
            else "present",
            (word,),
        )
    if name == "pregnancy":
        if "hcg" in words or "test" in words:
            found = rx(r"\b(neg(?:ative)?|pos(?:itive)?)\b").search(text)
            return (
                Reading("absent" if found and found.group(1).startswith("neg") else "present", ())
                if found
                else None
            )
        if words == "pregnancy" and reading.assertion == "present":
            if not rx(r"\bweeks?\b|current|confirmed|early|positive").search(text) or rx(
                r"since|after|during|second|first|last|prior"
            ).search(before[-24:]):
                return None
        if reading.assertion == "present" and (
            rx(r"\b(?:was|were|had been|became|got) (?:\w+ )?$").search(before)
            or rx(r"\bdelivered\b|\bpost-?partum\b|\bgave birth\b").search(after)
        ):
            return Reading("historical", reading.cues)
        return reading
    if name == "tumor" and reading.assertion in ("present", "possible"):
        if _NOT_SPINE_CANCER.search(text) and not rx(r"metasta|\bmets\b|lesion|vertebra|spine").search(text):
            return None if rx(r"\bcancer\b|carcinoma|lymphoma|malign|tumou?r").search(words) else reading
        if words in ("cancer", "carcinoma") and not rx(r"spin|vertebr|bone").search(text):
            return (
                Reading("historical", reading.cues)
                if rx(r"history|treated|\b(?:19|20)\d\d|hx|survivor|remission").search(text)
                else None
            )
        if words.endswith(("mass", "masses")) and not rx(r"spin|epidural|dural|canal|vertebr").search(
            words + before[-20:]
        ):
            return None
        if not kind.is_report and words in ("tumor", "tumors", "neoplasm"):
            return reading if rx(r"spin|vertebr|l\d|cord|epidural").search(text) else None
    if (
        name == "fracture"
        and reading.assertion == "present"
        and rx(r"\bfractures? ?(?:risk|clinic|liaison|brace)").search(text)
    ):
        return None
    if name in ("pacemaker", "icd_device", "implanted_stimulator"):
        assert c.target is not None
        past = [q for q in c.target.cues if q.category == "historical"]
        if reading.assertion == "historical" and all(_HAD_IT.search(q.text.lower()) for q in past):
            reading = Reading("present", reading.cues)  # a device stays until it is taken out
        spoken = _SPOKEN_OF.search(before) and not _CARE_OF_IT.search(after)
        if reading.assertion in ("present", "possible") and (spoken or _WAS_SPOKEN_OF.search(after)):
            return Reading("hypothetical", reading.cues)
        if rx(r"\b(?:scheduled|trial|consider\w*|candidate|planned|discussed|refer\w*|option)\b").search(
            text
        ):
            if reading.assertion == "present" and not rx(r"implanted in|in place|in situ|s/p|placed").search(
                text
            ):
                return Reading("hypothetical", reading.cues)
        if sentence.section == "plan" and reading.assertion == "present":
            return Reading("hypothetical", reading.cues)
    if c.rule.data.get("tests"):
        found = rx(r"\b(negative|neg|normal|unremarkable|0/\d|0 of \d|none|positive|pos|[1-5]/\d)\b").search(
            rx(r"[.;]").split(after[:80])[0]
        ) or rx(r"\b(negative|neg|no|positive)\b[\w ]*$").search(before[-30:])
        if found is None:
            return None
        return Reading(
            "possible" if rx(r"^(?:pos|[1-5]/)").search(found.group(1)) else "absent", (found.group(1),)
        )
    if c.rule.data.get("denied_only"):
        return Reading("absent", reading.cues) if _RULED_OUT.search(after) else None
    if c.rule.data.get("also"):
        out = rx(
            r"^[\s\w,]{0,24}\b(?:unlikely|excluded|ruled out|less likely|negative|not (?:the|a|felt|thought)|have been ruled|doubtful)\b"
        ).search(after) or rx(r"\b(?:no|not|without|ruled out|excluded|against)\b[\w ]{0,20}$").search(
            before[-40:]
        )
        return Reading("absent", reading.cues) if out else None
    if name == "facet_mediated_pain" and rx(
        r"\b(?:unlikely|excluded|ruled out|less likely|not (?:the|a)|negative)\b"
    ).search(after[:50]):
        return Reading("absent", reading.cues)
    if words == "mets" and rx(r"\d\+? ?$|toleran\w*[^.;]{0,12}$").search(before[-24:]):
        return None  # metabolic equivalents
    if name == "infection" and words.startswith("infection"):
        if _ELSEWHERE_INFECTED.search(before[-24:]) or _INFECTED_PART.search(after[:30]):
            return None
    if name in ("infection", "tumor", "fracture") and sentence.section in ("consent", "education"):
        return None
    if name == "skeletal_immaturity" and words.startswith("risser"):
        return reading if words[-1] in "01234" else None
    if name == "prior_fusion":
        if sentence.section in ("plan", "assessment_plan", "procedure") or rx(
            r"\b(?:recommend\w*|declin\w*|refus\w*|consider\w*|discuss\w*|offered|candidate|option|versus|consult|avoid|request\w*|plan\w*|opinion|schedul\w*|propos\w*)\b"
        ).search(text):
            return None
        if reading.assertion == "historical":
            reading = Reading("present", reading.cues)  # a fusion stays
    if (
        name == "osteoporosis"
        and reading.assertion == "present"
        and rx(r"\b(?:screen\w*|prevent\w*|risk (?:of|for))\b").search(before[-30:])
    ):
        return None
    if (
        name == "transitional_anatomy"
        and words.startswith(("six", "four")) is False
        and rx(r"^five").search(words)
    ):
        return None
    if name in ("radiculopathy", "radicular_pain") and rx(r"\b(?:cervical|arm|c\d)\b").search(
        before[-30:] + words
    ):
        return None
    if name == "disc_herniation" and rx(r"(?:inguinal|hiatal|umbilical|ventral|abdominal) $").search(before):
        return None
    return reading


# --- slots ------------------------------------------------------------------------------------------


_SIDE_BEHIND = rx(
    r"^[\s,(]*(?:at |of )?(?:[lst]\d{1,2}(?: ?[-/] ?[lst]?\d{1,2})?[\s,(]+)?(bilateral(?:ly)?|bilat|b/l|both sides|left|right|lt|rt)(?: side(?:d)?)?\s*(?:[.,;)]|$)"
)


def _side_behind(after: str) -> str | None:
    """`facet arthropathy L4-5, bilateral`: a side that ends the phrase."""
    found = _SIDE_BEHIND.search(after[:48])
    return side_of(found.group(1)) if found else None


def _side(before: str, words: str, after: str, concept: str) -> str | None:
    sides = set()
    found = False
    for match in _SIDE.finditer(before + " " + words):
        found = True
        sides.add("bilateral" if match.group(1) else "left" if match.group(2) or match.group(4) else "right")
    if not found and concept not in ("disc_bulge",):
        near = rx(
            r"^[\s,]*(?:(?:but|and|though|does|do|not|without|displac\w*|compress\w*|contact\w*|imping\w*|at|on|to|in|of|the|side|level|is|are|noted|seen|more|test|negative|positive|neg|pos|reproduces|provokes|elicits|brings|:|[lst]\d[-/]?[lst]?\d?)[\s,]*)*\b(bilateral(?:ly)?|bilat|b/l|both|left|right|lt|rt)\b"
        ).search(after)
        if near:
            word = near.group(1)
            sides.add("bilateral" if word.startswith("b") else "left" if word[0] == "l" else "right")
    if not sides:
        return None
    if "bilateral" in sides or len(sides) == 2:
        return "bilateral"
    return sides.pop()


# `scoliosis is mild`, `Scoliosis: mild.`, `canal stenosis at L4-5, which I would call severe`
_SAID_GRADE = rx(
    r"^(?:(?: (?:is|are|appears?|remains?)| ?[:=-]{1,2}) ?(mild|moderate|severe|minimal|marked)(?:ly)?(?: ?(?:to|-) ?(moderate|severe))?(?: ?(?:[.,;)]|$)| (?:at|on|in|to|and|but|with|left|right|convex|levo|dextro|bilateral))"
    r"|(?: (?:at|of|in|on) (?:the )?(?:[tls]\d{1,2}(?: ?[-/] ?[tls]?\d{1,2})?|canal|left|right|same level|this level))*"
    r"(?: ?[,:;(=-]| (?:is|are|was|appears?|remains?|looks?|seems?|which|that|i|would|could|say|graded?|call|rated?|it|this|as|of|an?|on|the|to|judged|now|still|rather|really|quite|not (?:mild|moderate|severe) but)\b)+"
    r" ?(mild|moderate|severe|minimal|marked)(?:ly so)?(?:,? (?:to|verging on|bordering on|approaching|almost|if not) (moderate|severe))?"
    r"(?: ?(?:[.,;)]|$)| (?:degree|side|grade|extent|severity|in (?:degree|severity|extent)|on (?:the )?(?:left|right))\b))"
)


def _said_grade(after: str) -> str | None:
    said = _SAID_GRADE.search(after)
    if said is None:
        return None
    return _GRADE.get(said.group(2) or said.group(1) or said.group(4) or said.group(3), "severe")


def _severity(before: str, words: str, after: str) -> str | None:
    if said := _said_grade(after):
        return said
    clause = rx(r"[;:.]|\band\b|\bwith\b|,").split(before)[-1] if before else ""
    clause = (
        clause
        if _SEVERITY.search(clause + words)
        else before[-24:]
        if rx(r"(?:and|or|,|/)\s*[\w ]*$").search(before)
        else clause
    )
    last = None
    for match in _SEVERITY.finditer(clause + words):
        last = match
    if last is None:
        tail = rx(r"^[\s,]*(?:\(|is |which is |, )?(mild|moderate|severe|minimal)(?:ly)?\b").search(after)
        return _GRADE.get(tail.group(1)) if tail else None
    return _GRADE.get(last.group(2) or last.group(1)) if last.group(1) != "small" else None


def _size(before: str, after: str) -> float | None:
    found = None
    if "mm" not in (around := before[-40:] + after[:44]) and "cm" not in around:
        return None
    for match in _SIZE.finditer(before[-40:]):
        found = match
    found = found or _SIZE.search(after[:44])
    if not found:
        return None
    return float(found.group(1)) * (10 if found.group(2) == "cm" else 1)


def _listhesis(words: str, before: str, after: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if grade := _LISTHESIS_GRADE.search(before[-50:] + words + after[:70]):
        slots["grade"] = _NUMBER[grade.group(1) or grade.group(2)]
    if (size := _size(words, after) or _size(before, after)) is not None:
        slots["size_mm"] = size
    if slip := _SLIP.search(after[:90]) or _SLIP.search(before[-40:]):
        slots["slip_pct"] = float(slip.group(1))
    way = rx(r"^ of (?:the )?[lts]\d{1,2} (forward|anterior|backward|posterior|lateral)").search(after)
    for word, name in (
        ("retro", "retro"),
        ("backward", "retro"),
        ("posterior", "retro"),
        ("latero", "latero"),
        ("lateral", "latero"),
        ("antero", "antero"),
        ("anterior", "antero"),
        ("forward", "antero"),
    ):
        if word in words or (way and word == way.group(1)):
            slots["direction"] = name
            break
    return slots


def _acuity(word: str) -> str | None:
    if word.startswith("acute"):
        return "acute"
    return {"subacute": "subacute", "chronic": "chronic", "old": "chronic", "remote": "chronic", "healed": "healed", "prior": "chronic",
            "previous": "chronic", "longstanding": "chronic", "recent": "acute", "new": "acute", "fresh": "acute"}.get(word)  # fmt: skip


def _bone_density(document: Document) -> list[Finding]:
    """A T-score tells osteoporosis (at or below -2.5) or osteopenia (WHO)."""
    out = []
    for match in _TSCORE.finditer(document.lower):
        sentence = document.sentence_at(match.start())
        if sentence is None or sentence.section in ("criteria", "education"):
            continue
        value = float(match.group(1).replace("minus", "-").replace(" ", ""))
        if value > -1:
            continue
        concept = "osteoporosis" if value <= -2.5 else "osteopenia"
        evidence = document.evidence(match.start(), match.end(), "finding.t_score", sentence.section)
        out.append(Finding(concept, "present", evidence, t_score=value))
    return out


# --- the same fact once -----------------------------------------------------------------------------


def _tidy(found: list[Finding]) -> list[Finding]:
    """The same fact once, and the finer name where two name the same thing."""
    present = [f for f in found if f.assertion == "present"]
    finer = {
        d for f in present if f.concept in ("disc_protrusion", "disc_extrusion") for d in (*f.levels, "")
    }
    placed = {f.concept for f in present if f.levels or f.vertebrae}
    measured = {f.concept for f in present if f.t_score is not None}
    doubted = [f for f in found if f.concept == "fracture" and f.assertion == "possible"]
    out: list[Finding] = []
    fused = any(f.concept == "prior_fusion" for f in found)
    for fact in found:
        if doubted and fact.concept == "fracture" and fact.assertion == "present":
            fact = _only_a_shape(fact, doubted)
        if fact.assertion == "present":
            if fact.concept == "disc_herniation" and finer & (set(fact.levels) or {""}):
                continue
            if (
                fact.evidence.section == "impression"
                and fact.concept in placed
                and not fact.levels
                and not fact.vertebrae
            ):
                continue  # the impression repeats it without its level
            if fact.concept in measured and fact.t_score is None:
                continue
        out.append(fact)
        if fact.concept == "spinal_hardware" and fact.assertion == "present" and not fused:
            if rx(r"cage|interbody|fusion").search(fact.evidence.text.lower()):
                out.append(replace(fact, concept="prior_fusion"))
                fused = True
    return out


def _only_a_shape(fact: Finding, doubted: list[Finding]) -> Finding:
    """A deformity is possible where the same note calls the fracture behind it possible."""
    if "deformit" not in fact.evidence.text.lower():
        return fact
    bones = set(fact.vertebrae)
    behind = next((f for f in doubted if not (bones and f.vertebrae) or bones & set(f.vertebrae)), None)
    if behind is None:
        return fact
    return replace(fact, assertion="possible", evidence=replace(fact.evidence, cues=behind.evidence.cues))
