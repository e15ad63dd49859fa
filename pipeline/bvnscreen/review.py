"""The write-up of one determination, sentence by sentence, as a careful utilisation reviewer would.

Every sentence is made from the chart and the determination. One that states a fact of the notes
carries the words that show it; where the notes say nothing, "not documented" is all that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bvnscreen import policy, spine, writers
from bvnscreen.chart import Chart, modic_discs
from bvnscreen.facts import Evidence, Finding, Modic, Procedure, to_dict
from bvnscreen.policy import CriterionResult, Determination
from bvnscreen.policy.checks.modic_change import level_state
from bvnscreen.policy.checks.pain import ruled_out
from bvnscreen.policy.checks.request import cpt_units
from bvnscreen.policy.checks.words import DONE, counted, join, type_words

# What a sentence rests on. `notes` has evidence; `silence`: the notes do not say; `request`: what is
# asked for; `policy`: a rule whatever the notes say; `person`: for a person to settle; `file`: which
# notes were read; `criteria`: a summary of statuses that are shown with their own evidence.
Basis = Literal["notes", "silence", "request", "policy", "person", "file", "criteria"]
TYPES = ("1", "2")
_MOST_REASONS = 3
NOT_DOCUMENTED = "Not documented: "

# Conditions to manage before an ablation: not a matter of where the pain comes from.
BEFORE = {
    "Blood thinners and bleeding": ("anticoagulant", "bleeding_disorder"),
    "Bone disease": ("osteoporosis", "osteopenia", "metabolic_bone_disease", "fracture"),
    "Implants": ("implanted_stimulator", "pacemaker", "icd_device", "spinal_hardware", "prior_fusion"),
    "Other": ("pregnancy", "skeletal_immaturity", "severe_cardiopulmonary_disease", "infection"),
}
_PATIENT = {c for concepts in BEFORE.values() for c in concepts} - {"fracture", "infection"}
SOURCES = {
    "Facet joints": ("facet_mediated_pain", ("MBB", "facet_injection", "RFA")),
    "Sacroiliac joints": ("si_joint_pain", ("SIJ_injection",)),
    "Disc": ("", ("discography", "IDET")),
}
# Short names of treatments, for people.
NAMES = {
    "PT": "physical therapy",
    "HEP": "home exercise",
    "CBT": "cognitive behavioural therapy",
    "ESI": "epidural steroid injection",
    "TFESI": "transforaminal epidural steroid injection",
    "ILESI": "interlaminar epidural steroid injection",
    "caudal_ESI": "caudal epidural steroid injection",
    "SNRB": "selective nerve root block",
    "MBB": "medial branch block",
    "RFA": "radiofrequency ablation of facet or sacroiliac nerves",
    "SIJ_injection": "sacroiliac joint injection",
    "SCS": "spinal cord stimulation",
    "SCS_explant": "removal of a spinal cord stimulator",
    "BVNA": "basivertebral nerve ablation",
}
_DISC = ("disc_extrusion", "disc_protrusion", "disc_herniation", "annular_fissure")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`label`: the rule or the question it answers. `source` and `grade`: where a rule was read."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    basis: Basis = "notes"
    label: str = ""
    status: str = ""
    source: str = ""
    grade: str = ""

    def __post_init__(self) -> None:
        if (self.basis == "notes") != bool(self.evidence):
            raise ValueError("a sentence rests on the notes if and only if it carries their words")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the review, in the order in which it is read."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


def sections(chart: Chart, determination: Determination) -> list[Section]:
    """The whole review; a part without a sentence is left out."""
    d = determination
    base = {c.id: c for c in policy.judge(chart, _candidacy()).criteria}
    parts = [
        ("determination", "Determination", _determination(chart, d)),
        ("met", "Criteria met", _criteria(d, "met")),
        ("not_met", "Criteria not met", _criteria(d, "not_met")),
        ("unclear", "Criteria that are unclear", _criteria(d, "unclear")),
        ("undocumented", "Criteria not documented", _criteria(d, "undocumented")),
        ("anatomy", "Anatomic agreement", _anatomy(chart, base)),
        ("care", "Conservative care", _care(chart, base["failed_conservative_care"])),
        ("procedures", "Earlier procedures", _procedures(chart)),
        ("other_causes", "Other possible causes of the pain", _other_causes(chart, base)),
        ("cautions", "Cautions and contradictions", _cautions(d)),
        ("next_steps", "Next steps", _next_steps(d)),
        ("questions", "What a patient should ask", _questions(chart, base)),
        ("notes", "Notes read", _notes(chart)),
    ]
    found = [Section(name, title, tuple(sentences)) for name, title, sentences in parts]
    return [s for s in found if s.sentences]


@cache
def _candidacy() -> policy.Policy:
    """The default screen answers what a policy may not ask: anatomy, care, other sources."""
    return policy.load("candidacy")


def _of(evidence: Iterable[Evidence], silent: Basis = "silence") -> tuple[tuple[Evidence, ...], Basis]:
    words = tuple(dict.fromkeys(evidence))
    return words, "notes" if words else silent


def _said(text: str, evidence: Iterable[Evidence], label: str = "", silent: Basis = "silence") -> Sentence:
    words, basis = _of(evidence, silent)
    return Sentence(text, words, basis, label)


def _result(c: CriterionResult, label: str = "") -> Sentence:
    """A criterion as a sentence: the policy's rule, what the chart shows, and why."""
    words, basis = _of(c.evidence, c.basis if c.basis != "notes" else "silence")
    rule = c.plain if c.plain != c.reason else "Position of the policy"
    return Sentence(c.reason, words, basis, label or rule, c.status, c.source, c.grade)


# -- the parts -------------------------------------------------------------------------------------


def _determination(chart: Chart, d: Determination) -> Iterator[Sentence]:
    word, rest = writers.headline(d.determination, d.policy, (c.status for c in d.criteria))
    if d.stance == "routed_elsewhere":
        word, rest = "Needs review", f": {d.policy} does not decide this and sends the reader elsewhere."
    yield Sentence(word + rest, basis="criteria", status=d.determination)
    dated = f"effective {d.policy_effective}" if d.policy_effective else "undated"
    yield Sentence(f"Judged by {d.policy_title} ({dated}).", basis="policy")
    yield _request(chart)
    if d.stance == "criteria":
        deciding = _deciding(d)
        for c in deciding[:_MOST_REASONS]:
            words, basis = _of(c.evidence, c.basis if c.basis != "notes" else "silence")
            yield Sentence(f"{_words(c.id)}: {_lower(c.reason)}", words, basis, "What decides")
        if more := deciding[_MOST_REASONS:]:
            text = f"And {counted(len(more), 'more point')}: {join(c.id for c in more)}."
            yield Sentence(text, basis="criteria", label="What decides")


def _request(chart: Chart) -> Sentence:
    if not chart.vertebral_bodies:
        return _said(NOT_DOCUMENTED + "no level is requested.", ())
    asked = join(chart.requested_levels) or "vertebral bodies alone"
    origin = ", read from the notes" if chart.requested_from == "notes" else ""
    bodies = f"bodies {join(chart.vertebral_bodies)}, CPT {cpt_units(chart.vertebral_bodies)}"
    return _said(f"Requested{origin}: {asked} ({bodies}).", chart.requested_evidence, silent="request")


def _deciding(d: Determination) -> list[CriterionResult]:
    wanted = {
        "does_not_meet": ("not_met",),
        "needs_review": ("unclear",),
        "needs_documentation": ("undocumented",),
    }.get(d.determination, ())
    blocking = d.determination == "needs_documentation"
    return [c for c in d.criteria if c.status in wanted and (c.blocks or not blocking)]


def _criteria(d: Determination, status: str) -> Iterator[Sentence]:
    return (_result(c) for c in d.criteria if c.status == status)


def _anatomy(chart: Chart, base: dict[str, CriterionResult]) -> Iterator[Sentence]:
    yield _request(chart)
    yield from _modic_now(chart)
    for disc in chart.requested_levels:
        state = level_state(chart, disc, TYPES, "accept")
        yield _said(state.reason, state.evidence, label=f"Modic type 1 or 2 at {disc}")
    for note in chart.notes:
        pain = note.pain
        if pain is not None and pain.levels:
            focal = "Focal pain or tenderness" if pain.focal else "Pain or tenderness"
            yield _said(
                f"{focal} is located at {join(pain.levels)}.",
                (pain.evidence, *pain.support),
                "Place of the pain",
            )
    yield _result(base["axial_predominant"], "Pattern of the pain")
    yield _result(base["level_concordance"], "Agreement of request, image and pain")
    yield from _findings(chart, ["transitional_anatomy"])


def _modic_now(chart: Chart) -> Iterator[Sentence]:
    for m in chart.current_modic:
        yield _said(_modic_words(m, "The MRI report states"), [m.evidence])
        spare = [x for x in modic_discs(m) if x not in chart.requested_levels]
        if chart.requested_levels and spare and set(m.types) & set(TYPES):
            yield _said(f"{join(spare)} shows such change and is not requested.", [m.evidence])


def _modic_words(m: Modic, start: str) -> str:
    kind = "endplate change without a type" if "unspecified" in m.types else type_words(m)
    signs = " (signs described, type not named)" if m.basis == "described" else ""
    place = [*modic_discs(m), *(v for v in m.vertebrae if not modic_discs(m))]
    where = f" at {join(place)}" if place else ", no level stated"
    ends = f" (endplates {join(m.endplates)})" if m.endplates else ""
    return f"{start} {kind}{where}{ends}{signs}."


def _care(chart: Chart, result: CriterionResult) -> Iterator[Sentence]:
    yield from _treatments(chart, _conservative())
    yield _result(result, "Six months of care without lasting relief")


@cache
def _conservative() -> frozenset[str]:
    """Care that is neither needle nor knife, by the lists of the default screen."""
    (check,) = next(c for c in _candidacy().criteria if c.id == "failed_conservative_care").checks
    return frozenset(check.params["care"]) - frozenset(check.params["passing"])


def _procedures(chart: Chart) -> Iterator[Sentence]:
    done = list(_treatments(chart, chart.treatments.keys() - _conservative()))
    yield from done
    if not done:
        yield _said(NOT_DOCUMENTED + "no injection, ablation or operation is mentioned.", ())
    if not any(t.procedure.status in DONE for t in chart.treatments.get("BVNA", ())):
        yield _said(NOT_DOCUMENTED + "no earlier basivertebral nerve ablation is mentioned.", ())


def _treatments(chart: Chart, names: Iterable[str]) -> Iterator[Sentence]:
    """One sentence for each thing that is said of a treatment, oldest note first."""
    said: dict[str, list[Evidence]] = {}
    wanted = set(names)
    for note in chart.notes:
        for p in note.procedures:
            if p.name in wanted:
                said.setdefault(_treatment_words(p), []).append(p.evidence)
    return (_said(text, evidence) for text, evidence in said.items())


def _treatment_words(p: Procedure) -> str:
    place = [*p.levels, *p.vertebrae, *p.nerves]
    where = f" at {join(place)}" if place else ""
    detail = writers.detail(to_dict(p))
    counts = "" if p.status in DONE else " (does not count as care)"
    status = p.status.replace("_", " ")
    return f"{_words(p.name)}{where}: {status}{', ' + detail if detail else ''}{counts}."


def _other_causes(chart: Chart, base: dict[str, CriterionResult]) -> Iterator[Sentence]:
    yield from _findings(chart, sorted(chart.mentions.keys() - _PATIENT - {"transitional_anatomy"}))
    yield _result(base["no_structural_exclusion"])
    yield _result(base["other_generators_excluded"])


def _findings(chart: Chart, concepts: Iterable[str]) -> Iterator[Sentence]:
    """What is said of these, present before absent; questions and family history say nothing."""
    order = ("present", "possible", "historical", "absent")
    said: dict[tuple[int, str], list[Evidence]] = {}
    for concept in concepts:
        for mention in chart.mentions.get(concept, ()):
            f = mention.finding
            if f.assertion in order:
                key = (order.index(f.assertion), _finding_words(f))
                said.setdefault(key, []).append(f.evidence)
    return (_said(text, said[rank, text]) for rank, text in sorted(said, key=lambda k: k[0]))


def _finding_words(f: Finding) -> str:
    place = [*f.levels, *f.vertebrae]
    where = f" at {join(place)}" if place else ""
    detail = writers.detail(to_dict(f))
    stated = {"present": "documented", "absent": "stated as absent", "historical": "in the past"}
    how = stated.get(f.assertion, "possible, hedged")
    return f"{_words(f.concept)}{where}: {how}{', ' + detail if detail else ''}."


def _words(name: str) -> str:
    words = NAMES.get(name, name).replace("_", " ")
    return words[:1].upper() + words[1:]


def _cautions(d: Determination) -> Iterator[Sentence]:
    for text, evidence in d.cautions:
        yield _said(text, evidence, silent="policy")
    for c in d.conflicts:
        yield _said(c.text, c.evidence, "Contradiction")


def _next_steps(d: Determination) -> Iterator[Sentence]:
    if d.stance == "never_covered":
        yield Sentence("Nothing in the notes would change this determination.", basis="policy")
        return
    if d.determination == "does_not_meet":
        names = join(c.id for c in _deciding(d))
        yield Sentence(
            f"Not met on the documented facts: {names}. Unless these are corrected or the request "
            "changes, further documents do not change the determination.",
            basis="criteria",
        )
        for task in d.missing:
            yield Sentence(task, basis="criteria", label="Open in any case")
        return
    for change in (c for c in d.changes if c.to == "meets"):
        by_task: dict[str, list[str]] = {}
        for criterion, task in zip(change.criteria, change.tasks, strict=True):
            by_task.setdefault(task, []).append(criterion)
        yield Sentence(f"To meet {d.policy}, all of these have to be shown:", basis="criteria")
        for task, ids in by_task.items():
            yield Sentence(task, basis="criteria", label=_words(join(ids)))
    against = [c.criteria[0] for c in d.changes if c.to == "does_not_meet"]
    if against:
        text = f"If one of these turns out not to hold, the chart does not meet {d.policy}: {join(against)}."
        yield Sentence(text, basis="criteria")
    if not d.changes:
        for task in d.missing:
            yield Sentence(task, basis="policy")


# -- the questions ---------------------------------------------------------------------------------


def _questions(chart: Chart, base: dict[str, CriterionResult]) -> Iterator[Sentence]:
    which = "Are there Modic changes, of which type, at which levels?"
    for m in chart.current_modic:
        yield _said(_modic_words(m, "Yes: the MRI report states"), [m.evidence], which)
    modic = base["modic_1_or_2"]
    if not chart.current_modic or modic.status != "met":
        start = {"not_met": "Not of type 1 or 2 at a treatable level: ", "unclear": "Not settled: "}
        yield _said(start.get(modic.status, NOT_DOCUMENTED) + _lower(modic.reason), modic.evidence, which)
    yield _likely(base)
    for name, (concept, blocks) in SOURCES.items():
        yield from _ruled_out(chart, name, concept, blocks)
    yield _result(
        base["other_generators_excluded"], "Facet and sacroiliac joints and nerve roots, taken together"
    )
    yield from _how_many(chart)
    for title, concepts in BEFORE.items():
        label = f"To manage before: {_lower(title)}"
        found = list(_findings(chart, concepts))
        for s in found:
            yield _said(s.text, s.evidence, label)
        if not found:
            yield _said(NOT_DOCUMENTED + f"{join(concepts)}.", (), label)


def _likely(base: dict[str, CriterionResult]) -> Sentence:
    label = "Is the basivertebral nerve the likely source?"
    asked = [
        base[k]
        for k in ("modic_1_or_2", "level_concordance", "axial_predominant", "other_generators_excluded")
    ]
    against = [c for c in asked if c.status == "not_met"]
    # Other sources that nobody wrote about leave agreement as it is, as the screen itself does.
    open_ = [c for c in asked[:3] if c.status != "met"] + [c for c in asked[3:] if c.status == "unclear"]
    start, shown = "What is documented agrees with it: ", [c for c in asked if c.status == "met"]
    if against:
        start, shown = "What is documented speaks against it: ", against
    elif open_:
        start, shown = "Not settled by the documents: ", open_
    return _said(
        start + " ".join(dict.fromkeys(c.reason for c in shown)),
        (e for c in shown for e in c.evidence),
        label,
    )


def _ruled_out(chart: Chart, name: str, concept: str, blocks: Sequence[str]) -> Iterator[Sentence]:
    label = f"Was this ruled out: {_lower(name)}?"
    proof = ruled_out(chart, concept, blocks)
    if proof:
        yield _said("A statement or a block without effect speaks against this source.", proof, label)
    else:
        yield _said(NOT_DOCUMENTED + "no statement and no block that rules it out.", (), label)
    shown = [concept, *(_DISC if name == "Disc" else ())]
    for s in (*_findings(chart, shown), *_treatments(chart, blocks)):
        yield _said(s.text, s.evidence, label)


def _how_many(chart: Chart) -> Iterator[Sentence]:
    label = "How many levels?"
    n, bodies = len(chart.requested_levels), chart.vertebral_bodies
    if bodies:
        count = f"{counted(n, 'disc level')}, {len(bodies)} vertebral bodies"
        text = f"Requested: {count} ({join(bodies)}), CPT {cpt_units(bodies)}."
        yield _said(text, chart.requested_evidence, label, silent="request")
    else:
        yield _said(NOT_DOCUMENTED + "no level is requested.", (), label)
    shown = [m for m in chart.current_modic if set(m.types) & set(TYPES)]
    discs = sorted({x for m in shown for x in modic_discs(m)}, key=spine.order)
    if discs:
        many = counted(len(discs), "level")
        yield _said(
            f"Modic type 1 or 2 is documented at {many}: {join(discs)}.", (m.evidence for m in shown), label
        )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _notes(chart: Chart) -> Iterator[Sentence]:
    for i, note in enumerate(chart.notes):
        kind = note.kind.replace("_", " ")
        speaks = "; the MRI report that speaks" if i in chart.report_notes and chart.is_report(i) else ""
        dated = note.note_date or "undated"
        yield Sentence(f"{note.note_id}: {kind}, {dated}{speaks}.", basis="file")
