"""Who is seen and when: the age of the patient and the date of the note."""

from __future__ import annotations

from ..facts import Evidence
from .dates import DAYS_A_MONTH, find_dates, months_between, number_of, to_date
from .document import Document
from .duration_cues import RELATIVE
from .rx import rx


def read_age(document: Document) -> tuple[float, Evidence] | None:
    """The patient's age in years and its words; not a relative's, an injury's or the age at an event."""
    lower = document.lower
    number = (
        r"(\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|"
        r"four|five|six|seven|eight|nine))?|[a-z]{3,5}teen)"
    )
    pattern = rx(
        r"\b"
        + number
        + r"(?:[\s-]{0,2}(?:years?|yrs?)[\s-]{0,2}(?:old|of[ -]age)\b|[\s-]?(?:y[/. ]?o\b|y\.o\.|"
        r"yr[ -]?o\b|year o\b))"
        r"|\b(?:age|aged)(?: today| now)?\s?[:=]?\s?(\d{1,3})\b(?:[^/]|$)"
        r"|(?:^|[\s(:])(\d{2})[ -]?(?:yo)?(?:m|f|male|female|man|woman)\b"
        r"|\b(?:mr|mrs|ms|patient|pt|he|she)\b\.?[^.\n]{0,20} is (?:a |an )?(\d{2})\b[.,; ]"
        r"|\bi(?:'?m| am) (?:a )?(\d{2})\b(?:[.,;)]|$)"
        r"|\b(?:he|she|i)(?:'s|'m| is| am) (\d{2}) now\b"
        r"|\bnow (?:aged )?(\d{2})(?:[.,;)]|$)"
        r"|\b(?:he|she|i)(?:'s|'m| is| am) (?:now )?((?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|"
        r"four|five|six|seven|eight|nine))?)(?: now\b|[.,;)]|$)"
    )
    for match in pattern.finditer(lower):
        before, after = (
            lower[max(0, match.start() - 40) : match.start()],
            lower[match.end(2) if match.group(2) else match.end() :][:30],
        )
        if rx(
            r"^[ -]*(?:[a-z]+ ){0,2}(?:injury|accident|fracture|scar|problem|complaint|son|daughter|"
            r"child|grand|brother|sister|mother|father|twins?|implant|hardware)\b"
        ).search(after):
            continue
        if rx(r"\b(?:since|at|until|by|before|from|the|of|onset|start)(?: the| his| her| an?)?\s$").search(
            before
        ) and match.group(2):
            continue
        relative = list(
            rx(RELATIVE + r"|\b(?:child|baby|kid|boy|girl|twins|youngest|oldest|toddler)\b").finditer(before)
        )
        if relative and not rx(r"[.;\n]").search(before[relative[-1].end() :]):
            continue
        sentence = document.sentence_at(match.start())
        if sentence is not None and sentence.section in ("family", "education", "criteria"):
            continue
        value = number_of(next(g for g in match.groups() if g))
        if value is not None and 0 < value <= 115:
            return value, evidence_at(document, match.start(), match.end(), "patient.age")
    born = rx(r"\b(?:dob|d\.o\.b\.?|date of birth|born)\s?[:=]?\s?(?:on\s)?").search(lower)
    if born:
        dates = find_dates(lower[born.end() : born.end() + 24], None)
        today = to_date(document.once(note_date))
        if dates and dates[0].first and today:
            years = int(months_between(dates[0].first, today) * DAYS_A_MONTH / 365.25)
            end = born.end() + dates[0].end
            return float(years), evidence_at(document, born.start(), end, "patient.birth")
    return None


_THEN = r"\s?[:=#,(-]{0,2}\s?(?:on\s|the\s)?"
_LABEL = (
    r"\b(?:dos|d\.o\.s\.?|date of (?:this |the )?(?:service|visit|encounter|exam(?:ination)?|evaluation|study|"
    r"procedure|dictation|consultation|report)|"
    r"(?:visit|service|encounter|exam(?:ination)?|evaluation|office visit|appointment|clinic|note|study|consultation|report) date|"
    r"(?:date )?(?:dictated|signed|seen|visited|reviewed|examined|evaluated)(?: (?:here|in (?:the )?clinic))?(?: today)?(?: on)?|"
    r"i saw (?:him|her|them|this \w+|the patient|mrs?\.? \w+|ms\.? \w+)(?: (?:here|in (?:the )?clinic|today))*(?: on)?|today(?:'s date| is)?|"
    r"electronically signed(?: by [^\n\d]{0,40})?(?: on)?|as of|"
    r"(?:interval history|progress note|office visit|follow ?up visit|clinic note|visit)(?: on| of)?)"
)
_BARE_LABEL = (
    r"(?:^|[\n.] ?)\s*(?:date|clinic)"  # a search of its own: it starts at the line's end before a label
)


def note_date(document: Document) -> str | None:
    """The date of service: the note's own, else the one its text states, else None. ISO."""
    if document.note.date:
        return document.note.date
    labels = [m for label in (_LABEL, _BARE_LABEL) for m in rx(label + _THEN).finditer(document.lower)]
    for match in sorted(labels, key=lambda m: m.start()):
        if rx(r"\b(?:last|previously|first|originally|initially|when) $").search(
            document.lower[max(0, match.start() - 12) : match.start()]
        ) and rx(r"^(?:seen|visited|reviewed|examined|evaluated|i saw)").search(match.group(0)):
            continue  # of an earlier visit
        for when in find_dates(document.lower[match.end() : match.end() + 28], None)[:1]:
            if when.start <= 2 and when.iso and len(when.iso) == 10:
                return when.iso
    return None


def evidence_at(document: Document, start: int, end: int, rule: str) -> Evidence:
    """The evidence of a stretch of text, in the section of its sentence."""
    sentence = document.sentence_at(start)
    return document.evidence(start, end, rule, sentence.section if sentence else "")
