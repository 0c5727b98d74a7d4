"""Many drills on many cores, the same answer for any number of them.

Rule 1: results stand in the order they were asked in, whoever played them and whenever.
Rule 2: Ctrl-C, or a worker that dies, ends the round early; what was played is kept and labelled.
Rule 3: one worker means this process alone: no pool, no start-up.
"""

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Literal, TypeAlias

from simulator.authoring.rehearsal import Played, Rehearsal, rehearse

Progress: TypeAlias = Callable[[int, int], None]
"""Told (played, asked) after each drill, in the process of whoever asked."""
Stopped: TypeAlias = Literal["", "interrupted", "worker_died"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What was played."""

    played: tuple[Played, ...]
    """In the order asked; without those that were not reached."""
    asked: int
    stopped: Stopped = ""
    """Why it ended early; empty where everything was played."""


def play_all(
    documents: str,
    asked: Sequence[Rehearsal],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Round:
    """Play every drill asked for, on so many processes (each core one, unless given)."""
    told = progress or (lambda _done, _of: None)
    count = min(workers or os.cpu_count() or 1, max(1, len(asked)))
    done: dict[int, Played] = {}
    stopped: Stopped = ""
    try:
        if count == 1:
            _alone(documents, asked, done, told)
        else:
            _together(documents, asked, done, told, count)
    except KeyboardInterrupt:
        stopped = "interrupted"
    except BrokenProcessPool:
        stopped = "worker_died"
    played = tuple(done[number] for number in sorted(done))
    return Round(played=played, asked=len(asked), stopped=stopped)


def _alone(
    documents: str, asked: Sequence[Rehearsal], done: dict[int, Played], told: Progress
) -> None:
    for number, one in enumerate(asked):
        done[number] = rehearse(documents, one)
        told(len(done), len(asked))


def _together(
    documents: str, asked: Sequence[Rehearsal], done: dict[int, Played], told: Progress, count: int
) -> None:
    """Keep every worker busy and two drills waiting, so that an interrupt leaves little to end."""
    # Started afresh, not forked: whoever asks may have threads, and a fork would copy their locks.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_deaf)
    waiting = iter(enumerate(asked))
    running: dict[Future[Played], int] = {}
    try:
        while True:
            for number, one in islice(waiting, count + 2 - len(running)):
                running[pool.submit(rehearse, documents, one)] = number
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                done[running.pop(future)] = future.result()
                told(len(done), len(asked))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _deaf() -> None:
    """A worker leaves Ctrl-C to the process that asked, which lets it end its drill."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
