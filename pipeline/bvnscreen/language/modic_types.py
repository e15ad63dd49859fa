"""How a Modic type is written: 1, I, l, "two", `type 1/2`, `mixed I and II`."""

from __future__ import annotations

from .rx import rx

NUM = r"(?:[0123]|iii|ii|il|i|lll|ll|li|l|\|\||\||one|two|three|zero)"
SEP = r"(?: ?(?:/|-|&|\+|,|>|and|or|to|with|versus|vs\.?|into|plus)+ ?(?:types? ?-?)?)"
NUMS = rf"({NUM}(?:{SEP}{NUM}){{0,4}})"
TYPE = rx(
    rf"\b(?:mixed|pure(?:ly)?|combined) {NUMS}\b|\b(?:mixed )?(?:types?|typ|ty)[\s:=-]{{0,3}}{NUMS}\b|\btypes?({NUM})\b"
)
VALUE = {
    "0": "0", "zero": "0", "1": "1", "i": "1", "l": "1", "|": "1", "one": "1", "2": "2", "ii": "2", "ll": "2", "il": "2",
    "li": "2", "||": "2", "two": "2", "3": "3", "iii": "3", "lll": "3", "three": "3",
}  # fmt: skip


def types_in(words: str, each: bool = False) -> tuple[str, ...] | None:
    """The types in these words; three of them are a scale, not a finding, unless `each` level has its own."""
    found = []
    for token in rx(NUM).findall(words):
        value = VALUE.get(token)
        if value and value not in found:
            found.append(value)
    if found in ([], ["1", "3"]) and rx(r"\b(?:i|1)\s?(?:-|to)\s?(?:iii|3)\b").search(words):
        return None  # `scale 1-3`
    if "0" in found and len(found) > 1:
        return None
    if len(found) == 3 and not each and not rx(r"mixed|component").search(words):
        return None
    return tuple(sorted(found)) or None
