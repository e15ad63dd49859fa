"""`python tests/benchmarks [PART ...]`: measure, and renew docs/benchmark.md and its plot.

Parts: speed, stages, growth, pathological, latency, workers, memory, kill (default: all, an hour or two).
EDS-NLP does not install beside medspaCy everywhere: EDSNLP_PYTHON names an interpreter that has it.
"""

from __future__ import annotations

import json
import math
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import page
import texts
from contenders import CONTENDERS

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
ROUNDS = 5
# Notes a round: enough seconds of each, not more.
NOTES = {"medspaCy": 6, "medspaCy, sentencizer": 30}
SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


class Contender:
    """A reader in its own process."""

    def __init__(self, name: str) -> None:
        python = os.environ.get("EDSNLP_PYTHON", sys.executable) if name == "EDS-NLP" else sys.executable
        self.process = subprocess.Popen(
            [python, HERE / "contenders.py", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def read(self, notes: Iterable[str]) -> dict[str, float] | None:
        """CPU seconds, entities and peak memory in MB so far; None when it does not run here."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(list(notes)) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        line = self.process.stdout.readline()
        answer: dict[str, float] | None = json.loads(line) if line else None
        return answer

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def speed() -> dict[str, Any]:
    """Marginal CPU time of a note: n notes less one note, in turn, round after round."""
    team = {name: Contender(name) for name in CONTENDERS}
    found: dict[str, Any] = {}
    for name, contender in list(team.items()):
        warm = texts.warm_up()
        if contender.read(warm[:6] if name == "medspaCy" else warm) is None:
            say(f"{name} does not run here and is left out")
            contender.close()
            del team[name]
    for number in range(ROUNDS):
        for name, contender in team.items():
            count = NOTES.get(name, 60)
            notes = list(texts.notes(count, first=number * 100))
            all_of_them, one = contender.read(notes), contender.read(notes[:1])
            assert all_of_them is not None
            assert one is not None
            mine = found.setdefault(name, {"seconds": [], "entities": []})
            mine["seconds"].append((all_of_them["cpu"] - one["cpu"]) / (count - 1))
            mine["entities"].append(all_of_them["found"] / count)
            mine["peak_mb"] = all_of_them["peak_mb"]
        say(f"speed: round {number + 1} of {ROUNDS}")
    for contender in team.values():
        contender.close()
    return {
        name: {
            "ms": round(1000 * statistics.median(m["seconds"]), 3),
            "entities": round(statistics.mean(m["entities"]), 1),
            "peak_mb": m["peak_mb"],
        }
        for name, m in found.items()
    }


def stages() -> dict[str, float]:
    """Milliseconds a note in each function that `language.read` calls."""
    from bvnscreen.facts import Note
    from bvnscreen.language import read

    home = sys.modules["bvnscreen.language.read"]
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **more)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start

        return call

    notes = [Note(t) for t in texts.notes(200)]
    for text in texts.warm_up():
        read(Note(text))
    for name, value in list(vars(home).items()):
        if name.startswith("read_") and callable(value):
            setattr(home, name, timed(name, value))
    start = time.process_time()
    for note in notes:
        read(note)
    total = time.process_time() - start
    spent["rest"] = total - sum(spent.values())
    ranked = sorted(spent.items(), key=lambda item: -item[1])
    return {name: round(1000 * seconds / len(notes), 3) for name, seconds in ranked}


def growth() -> dict[str, Any]:
    """CPU time by size, and the exponent of a power law through it."""
    ours = Contender("ours")
    ours.read(texts.warm_up())
    points = []
    for size in SIZES:
        count = max(3, 60_000 // size)
        notes = [texts.note(i, size) for i in range(count)]
        runs = [ours.read(notes) for _ in range(3)]
        seconds = min(r["cpu"] for r in runs if r) / count
        points.append((size, seconds))
        say(f"growth: {size:,} characters, {1000 * seconds:.1f} ms")
    ours.close()
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    slope, _ = statistics.linear_regression(xs, ys)
    return {"points": points, "exponent": round(slope, 3)}


def pathological() -> dict[str, float]:
    """CPU time of a text beside ordinary text of its size."""
    ours = Contender("ours")
    ours.read(texts.warm_up())
    found = {}
    for name, text in texts.pathological().items():
        pair = []
        for one in (text, texts.note(0, len(text))):
            runs = [ours.read([one]) for _ in range(3)]
            pair.append(min(r["cpu"] for r in runs if r))
        found[name] = round(pair[0] / pair[1], 2)
        say(f"pathological: {name}, {found[name]}")
    ours.close()
    return found


def latency() -> dict[str, float]:
    """Start to end of the command for one report, beside `import spacy`; medians of 7, in turn.

    Both from compiled bytecode, as in any installation: the first run may write it and does not count.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    folder = Path(tempfile.mkdtemp())
    report = folder / "report.txt"
    report.write_text(texts.corpus()["report"][0], encoding="utf-8")
    main = "from bvnscreen.cli import main; main()"
    commands = {
        "import spacy": [sys.executable, "-c", "import spacy"],
        "bvnscreen extract": [sys.executable, "-c", main, "extract", str(report)],
        "bvnscreen --help": [sys.executable, "-c", main, "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(8):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    shutil.rmtree(folder)
    return {name: round(statistics.median(t[1:]), 3) for name, t in taken.items()}


# -- batch runs ------------------------------------------------------------------------------------


def written(path: Path, count: int, characters: int) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        for i, text in enumerate(texts.notes(count, characters)):
            stream.write(json.dumps({"note_id": f"n{i}", "patient_id": f"p{i // 4}", "text": text}) + "\n")
    return path


def run_command(source: Path, out: Path, *more: object, shard: int = 1000) -> list[str]:
    code = f"from bvnscreen import batch, cli; batch.SHARD_NOTES = {shard}; cli.main()"
    return [sys.executable, "-c", code, "run", str(source), "--out", str(out), *map(str, more)]


def workers() -> dict[str, float]:
    """Notes a second of one and of two processes once they run, in turn, and of a bare loop beside them.

    On a machine with other work, two bare loops are not twice one either.
    """
    from bvnscreen import workers as work
    from bvnscreen.facts import Note

    notes = [Note(t, f"n{i}") for i, t in enumerate(texts.notes(1200))]
    rates: dict[int, list[float]] = {1: [], 2: []}
    loops: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for count in (1, 2):
            begun = 0.0
            for number, _row in enumerate(work.each(iter(notes), work.read_one, count)):
                if number == 200:
                    begun = time.perf_counter()
            rates[count].append((len(notes) - 200) / (time.perf_counter() - begun))
            loops[count].append(_bare_loops(count))
    found = {f"{n} notes/s": round(max(r), 1) for n, r in rates.items()}
    ratios = {
        "ratio": max(rates[2]) / max(rates[1]),
        "ratio of bare loops": max(loops[2]) / max(loops[1]),
    }
    return found | {k: round(v, 2) for k, v in ratios.items()}


def _bare_loops(count: int) -> float:
    code = "import time\nt, n = time.monotonic(), 0\nwhile time.monotonic() - t < 2:\n    n += 1\nprint(n)"
    team = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(count)]
    return float(sum(int(p.communicate()[0]) for p in team))


def memory() -> dict[str, Any]:
    """Peak memory of the parent and of all processes together, for more and more short notes."""
    folder = Path(tempfile.mkdtemp())
    found: dict[str, Any] = {}
    for count in (10_000, 50_000, 200_000):
        source = written(folder / f"{count}.jsonl", count, 300)
        process = subprocess.Popen(run_command(source, folder / f"out-{count}"), stderr=subprocess.DEVNULL)
        parent = total = 0
        while process.poll() is None:
            sizes = _memory_of(process.pid)
            parent, total = max(parent, sizes.get(process.pid, 0)), max(total, sum(sizes.values()))
            time.sleep(0.5)
        found[f"{count:,}"] = {"parent_mb": round(parent / 1024), "all_mb": round(total / 1024)}
        say(f"memory: {count:,} notes, {found[f'{count:,}']}")
        source.unlink()
    shutil.rmtree(folder)
    return found


def _memory_of(root: int) -> dict[int, int]:
    """Resident kB by process, of a process and all below it (Linux)."""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:  # it ended meanwhile
            continue
        pid = int(status.parent.name)
        parents[pid], sizes[pid] = int(fields["PPid"]), int(fields.get("VmRSS", "0").split()[0])
    family = {root}
    while new := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= new
    return {pid: sizes[pid] for pid in family if pid in sizes}


def kill() -> dict[str, int]:
    """Twenty runs killed at random moments, each then ended with --resume and compared."""
    folder = Path(tempfile.mkdtemp())
    source = written(folder / "notes.jsonl", 3000, 600)  # long enough for kills in mid-run
    whole = folder / "whole"
    start = time.perf_counter()
    subprocess.run(run_command(source, whole, shard=20), stderr=subprocess.DEVNULL, check=True)
    longest = time.perf_counter() - start
    rng = random.Random()
    expected = {p.name: p.read_bytes() for p in whole.iterdir()}
    same = moments = 0
    for number in range(20):
        out = folder / f"out-{number}"
        process = subprocess.Popen(run_command(source, out, "--resume", shard=20), stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, longest))
        process.kill()
        process.wait()
        manifest = out / "manifest.json"
        moments += manifest.exists() and not json.loads(manifest.read_text())["complete"]
        subprocess.run(run_command(source, out, "--resume", shard=20), stderr=subprocess.DEVNULL, check=True)
        same += {p.name: p.read_bytes() for p in out.iterdir()} == expected
        say(f"kill: {number + 1} of 20, {same} the same")
    shutil.rmtree(folder)
    return {"kills": 20, "between the first shard and the last": moments, "the same": same}


PARTS: dict[str, Callable[[], Any]] = {
    "speed": speed,
    "stages": stages,
    "growth": growth,
    "pathological": pathological,
    "latency": latency,
    "workers": workers,
    "memory": memory,
    "kill": kill,
}


def machine() -> dict[str, str]:
    def installed(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "-"

    return {
        "python": platform.python_version(),
        "cores": str(os.cpu_count()),
    } | {name: installed(name) for name in ("bvnscreen", "spacy", "medspacy", "negspacy")}


def main() -> None:
    asked = sys.argv[1:] or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        sys.exit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for part in asked:
        say(part)
        results[part] = PARTS[part]()
        results["machine"] = machine()
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        page.write(results)


if __name__ == "__main__":  # the workers import this file again
    main()
