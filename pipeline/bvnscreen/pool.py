"""Worker processes: an item that ends its process, or never ends, costs only itself.

A process gets a chunk of items at a time over a pipe of its own and counts in shared memory the
items it has begun, so when it dies or stands still the parent knows at which item. (A pool of
concurrent.futures is lost when one process dies, and cannot end one that hangs.)
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, cast

# Chunks read ahead for each process, so that a slow one does not keep the others waiting.
_AHEAD = 4
_MOST_ITEMS = 16
_MOST_WEIGHT = 200_000
_FAILED_STARTS = 3


class StartError(RuntimeError):
    """The processes end before they are ready, or whatever they are given."""


@dataclass(slots=True)
class _Chunk:
    items: list[Any]
    results: list[Any] | None = None
    suspect: int | None = None  # a process ended at this item once
    blamed: set[int] = field(default_factory=set)


class _Worker:
    def __init__(self, context: Any, start: Callable[[], None], job: Callable[[Any], Any]) -> None:
        self.begun = context.RawValue("Q", 0)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.begun, start, job), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.chunk: _Chunk | None = None
        self.before = self.seen = 0
        self.since = 0.0

    def give(self, chunk: _Chunk) -> None:
        """A process that is given a chunk waits for it, so this does not block."""
        self.chunk, self.before, self.since = chunk, self.begun.value, time.monotonic()
        self.seen = self.before
        with suppress(OSError):  # it died; the pipe says so when it is read
            self.pipe.send(chunk.items)

    def stands_still(self, seconds: float) -> bool:
        """Whether it has been at one item for so long."""
        now, begun = time.monotonic(), self.begun.value
        if begun != self.seen:
            self.seen, self.since = begun, now
        return self.chunk is not None and now - self.since > seconds

    def blamed(self, reason: str | None, blame: Callable[[Any, str], Any]) -> _Chunk:
        """The chunk it was at, to be done again, without the item that is to blame."""
        assert self.chunk is not None
        chunk, at = self.chunk, self.begun.value - self.before - 1
        if 0 <= at < len(chunk.items):
            if reason is None and chunk.suspect != at:
                chunk.suspect = at  # perhaps somebody ended the process
            elif at in chunk.blamed:
                raise StartError  # even the report of it ends the process: no item's fault
            else:
                chunk.items[at] = blame(chunk.items[at], reason or "it ended its process")
                chunk.blamed.add(at)
        return chunk

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run(
    items: Iterable[Any],
    job: Callable[[Any], Any],
    *,
    workers: int,
    start: Callable[[], None],
    preload: str,
    blame: Callable[[Any, str], Any],
    weight: Callable[[Any], int],
    seconds: float,
) -> Iterator[Any]:
    """`job(item)` of each item, in order, in constant memory.

    `start` runs first in each process; the module `preload` is imported once for all of them. An item
    whose process died twice at it, or that takes longer than `seconds`, is given to `job` once more as
    `blame(item, reason)`. `start` and `job` are functions of a module, and `job` must not raise.
    Raises StartError.
    """
    # Not fork: the parent may run threads (a progress bar does).
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([preload])
    chunks = _chunks(items, weight)
    order: deque[_Chunk] = deque()
    again: deque[_Chunk] = deque()
    failed = 0
    team = [_Worker(context, start, job) for _ in range(workers)]

    def replace(number: int, reason: str | None) -> None:
        worker = team[number]
        worker.end()
        if worker.chunk is not None:
            again.append(worker.blamed(reason, blame))
        team[number] = _Worker(context, start, job)

    try:
        while True:
            for worker in team:
                if worker.ready and worker.chunk is None:
                    if again:
                        worker.give(again.popleft())
                    elif len(order) < _AHEAD * workers and (chunk := next(chunks, None)):
                        order.append(chunk)
                        worker.give(chunk)
            if not order and any(w.ready for w in team):
                return  # one was free and there was nothing to give
            finished = bool(order) and order[0].results is not None
            numbers = {w.pipe: number for number, w in enumerate(team)}
            for pipe in wait(list(numbers), 0 if finished else min(1.0, seconds / 4)):
                number = numbers[cast(Connection, pipe)]
                worker = team[number]
                try:
                    results = worker.pipe.recv()
                except (EOFError, OSError):
                    failed += not worker.ready
                    if failed >= _FAILED_STARTS:
                        raise StartError from None
                    replace(number, None)
                    continue
                if worker.chunk is not None:
                    worker.chunk.results, worker.chunk = results, None
                worker.ready = True
            for number, worker in enumerate(team):
                if worker.stands_still(seconds):
                    replace(number, f"it took longer than {seconds:g} seconds")
            if finished:
                yield from order.popleft().results or ()
    finally:
        for worker in team:
            worker.end()


def _chunks(items: Iterable[Any], weight: Callable[[Any], int]) -> Iterator[_Chunk]:
    """Runs of items that are worth a message; a run ends early when it is heavy."""
    chunk: list[Any] = []
    total = 0
    for item in items:
        chunk.append(item)
        total += weight(item)
        if len(chunk) >= _MOST_ITEMS or total >= _MOST_WEIGHT:
            yield _Chunk(chunk)
            chunk, total = [], 0
    if chunk:
        yield _Chunk(chunk)


def _serve(pipe: Connection, begun: Any, start: Callable[[], None], job: Callable[[Any], Any]) -> None:
    """The life of a process. Whatever goes wrong, nothing is printed: the parent says what it must."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
        threading.Thread(target=_follow_the_parent, daemon=True).start()
        start()
        gc.freeze()  # rules live for ever; looking at them again and again costs time
        pipe.send(None)
        while True:
            results = []
            for item in pipe.recv():
                begun.value += 1
                results.append(job(item))
            pipe.send(results)
    except BaseException:
        os._exit(1)


def _follow_the_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
