"""Whether the rule files say what they mean: every rule has a source and examples, and its examples hold.

Each entry of patterns/*.toml needs a unique `id`, a `source`, and at least one `positive` and one
`negative` text. A [[rule]] or [[cue]] is tried in the company it is matched in, so a rule that another
one takes the words of is found out. An entry with `by = "code"` has no words of its own: its texts are
read whole, and the rule must show in what was read. RE2 compiles every expression, so none backtracks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..facts import Note, to_dict
from ..resources import root
from .clean import clean
from .lexicon import Lexicon, Rule
from .rx import Pattern, phrase, rx
from .sections import find_sections
from .spelling import mend

TABLES = ("rule", "cue", "section", "word")
_EXPRESSIONS = ("not_before", "not_after", "before_needs", "after_needs", "not_near")
_PLAIN = rx(r"^[a-z0-9 '/-]+$")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule: file, rule id ("" for the file itself), words for the one who wrote it.

    `broken`: the rule files can't be read as they are.
    """

    file: str
    rule: str
    what: str
    broken: bool = False

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.rule, self.what) if part)


def check() -> list[Fault]:
    """All faults of the rule files in use, file by file; what code reads is tried once the files are sound."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    coded: list[tuple[str, dict[str, Any]]] = []
    for path in sorted(root().glob("*.toml")):
        file = path.name
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            faults.append(Fault(file, "", f"is no TOML ({exc})", True))
            continue
        shape, whole = _shapes(file, data, seen)
        faults += shape
        coded += [(file, e) for _, e in whole if e.get("by") == "code"]
        faults += [
            Fault(file, rule, what)
            for rule, what in (
                *_matched([e for t, e in whole if t in ("rule", "cue") and e.get("by") != "code"], file),
                *_sections([e for t, e in whole if t == "section"]),
                *_spelling([e for t, e in whole if t == "word"]),
            )
        ]
    if not any(f.broken for f in faults):
        faults += [Fault(file, entry["id"], what) for file, entry in coded for what in _coded(entry)]
    return faults


def _shapes(
    file: str, data: dict[str, Any], seen: dict[str, str]
) -> tuple[list[Fault], list[tuple[str, dict[str, Any]]]]:
    """What is wrong with the entries of a file by themselves, and the sound entries with their table."""
    faults: list[Fault] = []
    whole = []
    for table, content in data.items():
        if isinstance(content, dict):  # named expressions
            faults += [Fault(file, table, w, True) for k in content for w in _expression(k, content[k])]
        elif table not in TABLES:
            faults.append(Fault(file, "", f"[[{table}]] is not one of {', '.join(TABLES)}"))
        else:
            for entry in content:
                name = str(entry.get("id", ""))
                wrong = list(_shape(table, entry))
                faults += [Fault(file, name, what, True) for what in wrong]
                if name in seen:
                    faults.append(Fault(file, name, f"the id is taken in {seen[name]}"))
                seen.setdefault(name, file)
                if not wrong:
                    whole.append((table, entry))
    return faults, whole


# -- one entry ---------------------------------------------------------------------------------------


def _shape(table: str, entry: dict[str, Any]) -> Iterator[str]:
    """Faults that an entry shows by itself."""
    for key in ("id", "source"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"{key} is missing"
    for key in ("positive", "negative"):
        texts = entry.get(key)
        if not isinstance(texts, list) or not texts or not all(isinstance(t, str) and t for t in texts):
            yield f"{key} needs at least one example"
    words = {"section": "titles", "word": "words"}.get(table, "match")
    fragments = entry.get(words)
    if not isinstance(fragments, list) or not all(isinstance(f, str) for f in fragments):
        yield f"{words} is missing"
        return
    if entry.get("by") == "code":
        if fragments:
            yield "a rule by code has no words of its own"
        return
    if not fragments:
        yield f"{words} is empty"
    for twice in sorted({f for f in fragments if fragments.count(f) > 1}):
        yield f"{twice!r} is there twice"
    if words == "match":
        for fragment in fragments:
            yield from _expression("match", fragment)
        for key in _EXPRESSIONS:
            if key in entry:
                yield from _expression(key, entry[key])


def _expression(key: str, pattern: Any) -> Iterator[str]:
    try:
        compiled = Pattern(phrase(pattern) if key == "match" else pattern)
    except Exception as exc:  # re2.error, and TypeError for what is no string
        yield f"{key}: {pattern!r} is no RE2 expression ({exc})"
        return
    if key == "match" and compiled.search(""):
        yield f"{key}: {pattern!r} matches nothing at all, and so everywhere"


# -- rules among their like --------------------------------------------------------------------------


def _company(file: str, entry: dict[str, Any]) -> tuple[str, ...]:
    """The names of the automata in which a rule competes for words."""
    if file == "pain.toml":
        return (entry.get("family", ""),)
    if file == "treatment_context.toml":
        if entry.get("category") in ("generic", "patient"):
            return ("kind",)
        both = entry.get("category") in ("terminate", "pseudo") or entry.get("direction") == "both"
        return ("forward", "backward") if both else (entry.get("direction", ""),)
    return ("",)


def _matched(entries: list[dict[str, Any]], file: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield from ((entry["id"], what) for what in _twin(entry, entries, file))
    for name in dict.fromkeys(name for entry in entries for name in _company(file, entry)):
        rules = [Rule(e["id"], "", "rule", e) for e in entries if name in _company(file, e)]
        found = Lexicon(rules)
        for rule in rules:
            for fragment in rule.data["match"]:
                if _PLAIN.search(fragment):
                    winner = _whole(found, fragment)
                    if winner not in ("", rule.id):
                        yield rule.id, f"{fragment!r} never wins: {winner} comes first and matches it"
            for text in rule.data["positive"]:
                hits = {h.rule.id for h in found.find(_lower(text))}
                if rule.id not in hits:
                    yield rule.id, f"does not match its example {text!r}{_instead(hits)}"
            for text in rule.data["negative"]:
                if rule.id in {h.rule.id for h in found.find(_lower(text))}:
                    yield rule.id, f"matches {text!r}, which it must not"


def _twin(entry: dict[str, Any], entries: list[dict[str, Any]], file: str) -> Iterator[str]:
    """Fragments that an earlier rule of the same company has too: they never win."""
    for other in entries[: entries.index(entry)]:
        if set(_company(file, entry)) & set(_company(file, other)):
            for fragment in entry["match"]:
                if fragment in other["match"] and not _PLAIN.search(fragment):
                    yield f"{fragment!r} never wins: {other['id']} comes first and has it too"


def _whole(found: Lexicon, fragment: str) -> str:
    """The rule that takes all of these words, if one does."""
    hits = found.find(fragment)
    return hits[0].rule.id if len(hits) == 1 and hits[0].end - hits[0].start == len(fragment) else ""


def _instead(ids: Iterable[str]) -> str:
    names = ", ".join(sorted(ids))
    return f" (shadowed by {names})" if names else ""


def _lower(text: str) -> str:
    return clean(text).text.lower()


# -- sections, spelling, code ------------------------------------------------------------------------


def _sections(entries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    owner: dict[str, str] = {}
    for entry in entries:
        for title in entry["titles"]:
            if title in owner:
                yield entry["id"], f"the heading {title!r} is taken by {owner[title]}"
            owner[title] = entry["id"]
    for entry in entries:
        for key, wanted in (("positive", True), ("negative", False)):
            for text in entry[key]:
                plain = clean(text).text
                titles = [s.title for s in find_sections(plain, plain.lower())]
                ids = {owner.get(t) or owner.get(t.split("(")[0].strip()) for t in titles}
                if (entry["id"] in ids) != wanted:
                    yield entry["id"], _verdict(text, wanted, "find its heading in")


def _spelling(entries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    owner: dict[str, str] = {}
    for entry in entries:
        for word in entry["words"]:
            if word in owner:
                yield entry["id"], f"{word!r} is taken by {owner[word]}"
            owner[word] = entry["id"]
    for entry in entries:
        keep = entry.get("keep", [])
        for word in sorted({w for w in keep if keep.count(w) > 1}):
            yield entry["id"], f"{word!r} is kept twice"
        for word in sorted(set(keep) & owner.keys()):
            yield entry["id"], f"{word!r} is both a word to mend to and one to keep"
        for key, wanted in (("positive", True), ("negative", False)):
            for text in entry[key]:
                cleaned = clean(text)
                before = set(cleaned.text.lower().split())
                mend(cleaned)
                if bool((set(cleaned.text.lower().split()) - before) & set(entry["words"])) != wanted:
                    yield entry["id"], _verdict(text, wanted, "mend")


def _coded(entry: dict[str, Any]) -> Iterator[str]:
    from .read import read  # the whole reading, and with it spaCy: only where it is needed

    for key, wanted in (("positive", True), ("negative", False)):
        for text in entry[key]:
            try:
                facts = read(Note(text, date="2024-06-01"))
            except FileNotFoundError as exc:
                yield f"can't be tried: {exc.filename} is missing"
                return
            if (entry.get("shows", entry["id"]) in set(_shown(to_dict(facts)))) != wanted:
                yield _verdict(text, wanted, "show in what is read in")


def _shown(value: Any) -> Iterator[str]:
    """Every rule id, and every cue, in what was read."""
    if isinstance(value, dict):
        if "rule" in value:
            yield value["rule"]
            yield from value["cues"]
        for part in value.values():
            yield from _shown(part)
    elif isinstance(value, list):
        for part in value:
            yield from _shown(part)


def _verdict(text: str, wanted: bool, verb: str) -> str:
    return f"does not {verb} {text!r}" if wanted else f"does {verb} {text!r}, which it must not"
