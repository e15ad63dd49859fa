"""Policy files: found, checked, turned into values. Versions of one policy stand side by side."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import resources
from .checks import CHECKS
from .model import Caution, Check, Criterion, Policy, PolicyError, Source

if TYPE_CHECKING:
    from .schema import CriterionFile, SourceFile

GROUPS = "groups.toml"


def load(policy_id: str, *, directory: Path | None = None, as_of: date | None = None) -> Policy:
    """The version of a policy in force on `as_of` (default: the newest one).

    Raises PolicyError when there is none or when a file is wrong.
    """
    every = _read_all(directory or resources.root() / "policies")
    wanted = policy_id.lower()
    versions = [p for p in every if p.id == wanted]
    if not versions:
        if not every:
            raise PolicyError(f"{directory}: no policy files; give a folder with policy files (*.toml)")
        known = ", ".join(dict.fromkeys(p.id for p in every))
        raise PolicyError(f"no such policy; known are: {known}")
    valid = [p for p in versions if as_of is None or _begins(p) <= as_of.isoformat()]
    if not valid:
        first = min(p.effective for p in versions)
        raise PolicyError(f"policy {wanted} has no version before {first}; choose a later date")
    return max(valid, key=_begins)


def available(directory: Path | None = None, as_of: date | None = None) -> list[Policy]:
    """One version of every policy, by id; those not yet in force on `as_of` are left out."""
    best: dict[str, Policy] = {}
    for p in _read_all(directory or resources.root() / "policies"):
        begun = as_of is None or _begins(p) <= as_of.isoformat()
        if begun and (p.id not in best or _begins(p) >= _begins(best[p.id])):
            best[p.id] = p
    return [best[k] for k in sorted(best)]


def _begins(policy: Policy) -> str:
    """The first day of a date that may be a year or a month alone; "" sorts before all."""
    e = policy.effective
    return e + "-01-01"[len(e) - 4 :] if e else ""


def _read_all(directory: Path) -> tuple[Policy, ...]:
    if not directory.is_dir():
        raise PolicyError(f"{directory}: no such folder; give a folder with policy files (*.toml)")
    # An edited file is read again.
    stamps = tuple((p, p.stat().st_mtime_ns) for p in sorted(directory.glob("*.toml")))
    return _read_files(directory, stamps)


@lru_cache(maxsize=8)
def _read_files(directory: Path, stamps: tuple[tuple[Path, int], ...]) -> tuple[Policy, ...]:
    paths = [path for path, _ in stamps if path.name != GROUPS]
    groups = _groups(directory)
    policies = tuple(_read(path, groups) for path in paths)
    seen: dict[tuple[str, str], str] = {}
    for path, p in zip(paths, policies, strict=True):
        other = seen.setdefault((p.id, p.version), path.name)
        if other != path.name:
            both = f"{other} and {path.name}: both are policy {p.id}, version {p.version}"
            raise PolicyError(f"{both}; remove one or give it another version")
    return policies


def _groups(directory: Path) -> dict[str, Any]:
    """The named lists of groups.toml: the folder's own, else those that come with the package."""
    own = directory / GROUPS
    return _parse(own if own.is_file() else resources.root() / "policies" / GROUPS)[1]


def _expand(value: Any, groups: dict[str, Any], path: Path, text: str) -> Any:
    """Put the members of a group where a list says "@group"."""
    if isinstance(value, dict):
        return {k: _expand(v, groups, path, text) for k, v in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    for item in value:
        if isinstance(item, str) and item.startswith("@"):
            if item[1:] not in groups:
                line = next((i for i, s in enumerate(text.splitlines(), 1) if f'"{item}"' in s), 1)
                raise PolicyError(f"{path.name}, line {line}: no group named {item}; add it to {GROUPS}")
            out += groups[item[1:]]
        else:
            out.append(_expand(item, groups, path, text))
    return out


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        at = re.search(r"line (\d+)", str(e))
        line = at.group(1) if at else "?"
        raise PolicyError(f"{path.name}, line {line}: not valid TOML; correct the line") from None
    except (OSError, UnicodeDecodeError) as e:
        raise PolicyError(f"{path.name}: cannot be read ({type(e).__name__}); check the file") from None


def _read(path: Path, groups: dict[str, Any]) -> Policy:
    from pydantic import ValidationError

    from .schema import PolicyFile

    text, raw = _parse(path)
    raw = _expand(raw, groups, path, text)
    try:
        parsed = PolicyFile.model_validate(raw)
    except ValidationError as e:
        raise _wrong(path, text, (), e) from None
    ids = [c.id for c in parsed.criterion]
    for i, name in enumerate(ids):
        if name in ids[:i]:
            line = _line(text, ("criterion", i, "id"))
            raise PolicyError(f"{path.name}, line {line}: criterion id {name} is used twice; rename one")
    if parsed.stance == "criteria" and not ids:
        line = _line(text, ("stance",))
        raise PolicyError(
            f"{path.name}, line {line}: stance criteria needs at least one [[criterion]]; add it"
        )
    return Policy(
        id=parsed.id,
        title=parsed.title,
        issuer=parsed.issuer,
        kind=parsed.kind,
        version=parsed.version,
        effective=parsed.effective,
        stance=parsed.stance,
        source=_source(parsed.source),
        note=parsed.note,
        criteria=tuple(_criterion(path, text, i, c) for i, c in enumerate(parsed.criterion)),
        cautions=tuple(
            Caution(_check(path, text, ("caution", i), c.test, c.params), c.text, _source(c.source))
            for i, c in enumerate(parsed.caution)
        ),
    )


def _criterion(path: Path, text: str, i: int, c: CriterionFile) -> Criterion:
    given = [bool(c.test), bool(c.any), bool(c.all)]
    if sum(given) != 1:
        line = _line(text, ("criterion", i, "test"))
        raise PolicyError(
            f"{path.name}, line {line}: criterion {c.id} needs exactly one of test, any, all; keep one"
        )
    named = [(c.test, c.params)] if c.test else [(x.test, x.params) for x in (c.any or c.all)]
    checks = tuple(_check(path, text, ("criterion", i), test, params) for test, params in named)
    return Criterion(
        id=c.id,
        kind=c.kind,
        combine="all" if c.all else "any",
        checks=checks,
        on_silent=c.on_silent,
        blocks=c.blocks,
        cure=c.cure,
        plain=c.plain,
        source=_source(c.source),
    )


def _source(s: SourceFile) -> Source:
    return Source(s.ref, s.grade)


def _check(path: Path, text: str, where: tuple[str | int, ...], name: str, params: dict[str, Any]) -> Check:
    from pydantic import ValidationError

    from .schema import PARAMS

    if name not in CHECKS:
        line = _line(text, (*where, "test"))
        known = ", ".join(sorted(CHECKS))
        raise PolicyError(f"{path.name}, line {line}: no test named {name!r}; known are: {known}")
    try:
        model = PARAMS[name].model_validate(params)
    except ValidationError as e:
        raise _wrong(path, text, (*where, "params"), e) from None
    values = {k: getattr(model, k) for k in type(model).model_fields}
    return Check(name=name, params=values, run=CHECKS[name], key=f"{name}{sorted(values.items())!r}")


def _wrong(path: Path, text: str, where: tuple[str | int, ...], error: Any) -> PolicyError:
    # A key that is not known is most often the missing one misspelt, so it is named first.
    every = error.errors(include_input=False, include_url=False)
    first = next((e for e in every if e["type"] == "extra_forbidden"), every[0])
    loc = (*where, *first["loc"])
    key = ".".join(str(part) for part in loc)
    line = _line(text, loc)
    if first["type"] == "extra_forbidden":
        return PolicyError(f"{path.name}, line {line}: {key} is not a key here; correct or remove it")
    if first["type"] == "missing":
        return PolicyError(f"{path.name}, line {line}: {key} is missing; add it")
    return PolicyError(f"{path.name}, line {line}: {key}: {first['msg']}; correct or remove it")


def _line(text: str, loc: tuple[str | int, ...]) -> str:
    """The line of a key, or of its table where the key itself is missing."""
    lines = text.splitlines()
    start = 0
    if len(loc) > 1 and isinstance(loc[1], int):
        heads = [i for i, line in enumerate(lines) if line.strip() == f"[[{loc[0]}]]"]
        start = heads[loc[1]] if loc[1] < len(heads) else 0
    keys = [str(part) for part in loc if isinstance(part, str)]
    for key in reversed(keys):
        for i in range(start, len(lines)):
            if re.match(rf"[^#]*\b{re.escape(key)}\s*=", lines[i]):
                return str(i + 1)
            if i > start and lines[i].startswith("[["):
                break
    return str(start + 1)
