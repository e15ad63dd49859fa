"""One reader in a process of its own: notes in by pipe, CPU seconds out.

`python contenders.py NAME` reads lines of JSON, lists of texts, from standard input and answers each with
{"cpu": seconds, "found": entities, "peak_mb": memory}. Each is set up as its own manual says, with the same
targets.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATTERNS = Path(__file__).parents[2] / "patterns"
COMMON = """
modic|endplate change|endplate changes|marrow edema|vertebrogenic|basivertebral|disc bulge|disc protrusion|
disc extrusion|disc herniation|annular fissure|annular tear|disc desiccation|loss of disc height|
disc space narrowing|spondylolisthesis|anterolisthesis|retrolisthesis|spondylolysis|canal stenosis|
central stenosis|foraminal stenosis|foraminal narrowing|lateral recess|nerve root|facet arthropathy|
facet hypertrophy|scoliosis|compression fracture|fracture|infection|hemangioma|schmorl|osteophyte|
pars defect|hardware|osteoporosis|osteopenia|instability|radiculopathy|radicular pain|claudication|
cauda equina|straight leg raise|pacemaker|pregnant|physical therapy|home exercise|chiropractic|acupuncture|
massage|tens|traction|bracing|nsaid|ibuprofen|naproxen|meloxicam|acetaminophen|opioid|oxycodone|tramadol|
gabapentin|pregabalin|duloxetine|cyclobenzaprine|prednisone|epidural steroid injection|esi|tfesi|
medial branch block|radiofrequency ablation|rfa|facet injection|trigger point injection|discography|
spinal cord stimulator|fusion|laminectomy|discectomy|low back pain|back pain|leg pain|axial|midline|
buttock|l1-l2|l2-l3|l3-l4|l4-l5|l5-s1|l3-4|l4-5|l5/s1
"""


def targets() -> list[str]:
    """150 words and phrases: the common ones, and literal ones of patterns/."""
    found = [t.strip() for t in COMMON.replace("\n", "").split("|")]
    for name in ("modic", "findings", "procedures"):
        for rule in tomllib.loads((PATTERNS / f"{name}.toml").read_text("utf-8"))["rule"]:
            found += [m for m in rule["match"] if re.fullmatch("[a-z0-9][a-z0-9 ]{3,}", m)]
    return list(dict.fromkeys(found))[:150]


def ours() -> Callable[[str], int]:
    from bvnscreen import language
    from bvnscreen.facts import Note

    def read(text: str) -> int:
        found = language.read(Note(text))
        return len(found.modic) + len(found.findings) + len(found.procedures)

    return read


def _medspacy(nlp: Any) -> Callable[[str], int]:
    from medspacy.ner import TargetRule

    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(t, "TARGET") for t in targets()])
    return lambda text: len(nlp(text).ents)


def medspacy_stock() -> Callable[[str], int]:
    import medspacy
    from loguru import logger

    logger.disable("PyRuSH")  # else it would be timed writing its log
    return _medspacy(medspacy.load())


def medspacy_sentencizer() -> Callable[[str], int]:
    import medspacy

    nlp = medspacy.load(medspacy_enable={"medspacy_tokenizer", "medspacy_target_matcher", "medspacy_context"})
    nlp.add_pipe("sentencizer", first=True)
    return _medspacy(nlp)


def edsnlp() -> Callable[[str], int]:
    import edsnlp
    from loguru import logger

    logger.remove()
    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.matcher", config={"terms": {"target": targets()}, "attr": "LOWER"})
    for name in ("negation", "hypothesis", "history", "family"):
        nlp.add_pipe(f"eds.{name}")
    return lambda text: len(nlp(text).ents)


def negspacy() -> Callable[[str], int]:
    import spacy
    from negspacy.negation import Negex  # noqa: F401, registers the component

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "TARGET", "pattern": t} for t in targets()])
    nlp.add_pipe("negex", config={"ent_types": ["TARGET"]})
    return lambda text: len(nlp(text).ents)


def tokenisation() -> Callable[[str], int]:
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return lambda text: 0 * len(nlp.make_doc(text))


CONTENDERS = {
    "ours": ours,
    "medspaCy": medspacy_stock,
    "medspaCy, sentencizer": medspacy_sentencizer,
    "EDS-NLP": edsnlp,
    "negspaCy": negspacy,
    "spaCy tokenisation": tokenisation,
}


def main() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = CONTENDERS[sys.argv[1]]()
        for line in sys.stdin:
            start, found = time.process_time(), 0
            for text in json.loads(line):
                found += read(text)
            cpu = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            sys.stdout.write(json.dumps({"cpu": cpu, "found": found, "peak_mb": round(peak)}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
