"""A language layer for tests of the desk: reads "Modic 1 at L4-L5" and fails on "CRASH"."""

from __future__ import annotations

import re

from bvnscreen.facts import Duration, Evidence, Modic, Note, NoteFacts, Pain, Procedure


def read(note: Note) -> NoteFacts:
    """Facts of a note, with evidence; raises ValueError that quotes the note, as a library might."""
    if "CRASH" in note.text:
        raise ValueError(note.text)

    def evidence(m: re.Match[str]) -> Evidence:
        return Evidence(note.note_id, m.start(), m.end(), m[0], "findings", (), "modic.typed")

    pain = re.search(r"low back pain", note.text)
    return NoteFacts(
        note.note_id,
        note.patient_id,
        note.date,
        note.type,
        kind="mri_report",
        describes_spine=True,
        modic=tuple(
            Modic((m[1],), "present", evidence(m), (m[2],))
            for m in re.finditer(r"Modic ([123]) at (L\d-[LS]\d)", note.text)
        ),
        procedures=tuple(
            Procedure("PT", "done", evidence(m), duration_months=3.0, response="none")
            for m in re.finditer("physical therapy", note.text)
        ),
        pain=Pain(evidence(pain), region="low_back", axial=True) if pain else None,
        duration=Duration(evidence(pain), months_min=24, months_max=24, ge_6mo=True) if pain else None,
    )
