"""Where the rule files are."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_chosen: Path | None = None


def choose(folder: Path) -> None:
    """Another `patterns` folder for this process. Rules already read stay: choose before anything is read."""
    global _chosen
    _chosen = folder


def root() -> Path:
    """The `patterns` folder: inside an installed package, else beside `pipeline/` in a checkout."""
    if _chosen is not None:
        return _chosen
    package = Path(__file__).resolve().parent
    inside = package / "patterns"
    return inside if inside.is_dir() else package.parents[1] / "patterns"


def rules_hash() -> str:
    """SHA-256 over the names and contents of all rule and policy files."""
    digest = sha256()
    for path in sorted(root().rglob("*.toml")):
        digest.update(path.relative_to(root()).as_posix().encode() + b"\0")
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
