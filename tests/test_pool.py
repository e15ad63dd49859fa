"""Processes that die, hang or never start cost what they must and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bvnscreen import language, pool, workers
from bvnscreen.facts import Note, NoteFacts
from bvnscreen.readers import Unreadable

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def run(items: Iterable[str], job: Callable[[str], object], **more: Any) -> Iterator[Any]:
    options: dict[str, Any] = {
        "workers": 2,
        "start": ready,
        "preload": "bvnscreen.warm",
        "blame": blamed,
        "weight": len,
        "seconds": 60.0,
    }
    return pool.run(items, job, **options | more)


def ready() -> None:
    pass


def blamed(item: str, reason: str) -> str:
    return f"{item}: {reason}"


def act(item: str) -> str:
    """What an item asks for: "die", "hang", "die once PATH"."""
    if item == "die" or (item.startswith("die once") and not Path(item[9:]).exists()):
        if item != "die":
            Path(item[9:]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hang":
        time.sleep(1000)
    return item.upper()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def unpicklable(item: str) -> object:
    return (lambda: 1) if item == "odd" else item


def test_results_come_in_order() -> None:
    items = [str(i) for i in range(1000)]
    assert list(run(items, act)) == items


@pytest.mark.parametrize("where", [0, 15, 16, 17, 99])
def test_an_item_that_ends_its_process_costs_only_itself(where: int) -> None:
    items = [f"n{i}" for i in range(100)]
    items[where] = "die"
    found = list(run(items, act))
    assert found[where] == "DIE: IT ENDED ITS PROCESS"
    assert [f for f in found if f != found[where]] == [i.upper() for i in items if i != "die"]


def test_nothing_but_such_items() -> None:
    assert list(run(["die"] * 3, act)) == ["DIE: IT ENDED ITS PROCESS"] * 3


def test_an_item_is_not_blamed_for_one_death(tmp_path: Path) -> None:
    """Somebody else may have ended the process, for want of memory say."""
    item = f"die once {tmp_path / 'died'}"
    assert list(run(["a", item, "b"], act)) == ["A", item.upper(), "B"]


def test_an_item_that_hangs_runs_out_of_its_time() -> None:
    found = list(run(["a", "hang", "b", *["c"] * 100], act, seconds=0.5))
    assert found == ["A", "HANG: IT TOOK LONGER THAN 0.5 SECONDS", "B", *["C"] * 100]


def test_a_slow_consumer_is_no_hanging_item() -> None:
    found = []
    for result in run([str(i) for i in range(200)], act, seconds=0.2):
        found.append(result)
        if len(found) in (1, 70):
            time.sleep(0.6)
    assert found == [str(i) for i in range(200)]


def test_only_a_little_is_read_ahead() -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for i in range(100_000):
            taken += 1
            yield str(i)

    results = run(items(), act)
    for _ in range(50):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= 50 + 16 * (2 * pool._AHEAD + 2)


def test_processes_that_do_not_start_end_the_run() -> None:
    with pytest.raises(pool.StartError):
        list(run(["a"], act, start=die))


def test_a_result_that_cannot_be_sent(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(run(["odd"], unpicklable)) == ["odd: it ended its process"]
    with pytest.raises(pool.StartError):  # where not even that can be sent
        list(run(["odd"], unpicklable, blame=lambda item, reason: item))
    assert capfd.readouterr().err == ""


def test_no_process_is_left_behind() -> None:
    results = run([str(i) for i in range(100)], act)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


# -- with notes ------------------------------------------------------------------------------------

MANY = [Note(f"IMPRESSION: Modic type {1 + i % 3} at L4-L5. {i}", f"n{i}") for i in range(workers.FEW + 40)]


def fragile(note: Note | Unreadable) -> NoteFacts | Unreadable:
    if isinstance(note, Note) and note.note_id == "n40":
        os.kill(os.getpid(), signal.SIGKILL)
    return workers.read_one(note)


def test_a_note_that_ends_its_process_becomes_an_error() -> None:
    found = list(workers.each(MANY, fragile, 2))
    assert [f.note_id for f in found] == [n.note_id for n in MANY]
    assert [f for f in found if isinstance(f, Unreadable)] == [
        Unreadable("n40", "the note could not be read (it ended its process)")
    ]


def test_one_process_and_several_give_the_same() -> None:
    assert list(workers.read_all(MANY, 1)) == list(workers.read_all(MANY, 2))


def _broken(_: Note) -> NoteFacts:
    raise KeyError("modic.toml, line 3")


def test_processes_that_cannot_start_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Iterator[object]:
        raise pool.StartError

    monkeypatch.setattr(pool, "run", fail)
    with pytest.raises(workers.SetupError, match="enough memory"):
        list(workers.each(MANY, workers.read_one, 2))
    monkeypatch.setattr(language, "read", _broken)
    with pytest.raises(workers.SetupError, match="line 3"):
        list(workers.each(MANY, workers.read_one, 2))


def test_few_notes_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(pool, "run", fail)
    few = MANY[: workers.FEW - 1]
    assert len(list(workers.read_all(few, 8))) == len(few)
    assert len(list(workers.read_all(MANY, 1))) == len(MANY)
