"""The decisions of a recorded drill played on many times, on many cores, the same for any number.

Rule 1: every future is a value of (record, decision, way, number): results stand in that order,
whoever played them and whenever.
Rule 2: futures are played round by round over all decisions, so that a part is a fair part; Ctrl-C,
or a worker that dies, ends the rounds early, and what was played until then is labelled.
Rule 3: one worker means this process alone: no pool, no start-up.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from typing import Final, TypeAlias, TypeVar

from simulator.brief.brief import Brief
from simulator.debrief.regret.arms import (
    WAYS,
    Outcome,
    Possible,
    Way,
    orders_at,
    outcome,
    played_on,
    possible,
    standing_before,
)
from simulator.debrief.regret.decisions import Decision, decisions
from simulator.debrief.regret.estimate import FEWEST
from simulator.debrief.regret.verdict import Regret, Replayed, Stopped, weighed
from simulator.debrief.replay import brief_of, entries_of, opened_of
from simulator.errors import UnknownNameError
from simulator.journal.entry import Entry
from simulator.journal.record import Line
from simulator.journal.situation import Situation
from simulator.response.facilitation import limit_of

FUTURES: Final = 40
MOST_REPLAYED: Final = 6
"""Decisions that are played twice."""
FIRST: Final = 10
"""Futures after which a decision is left whose differences lie within their own error: it would
hardly tell anything, and leaving it early can only hide a difference, never invent one."""
MOST_TRIED: Final = 12
"""Decisions that are asked whether they were open to their seat."""
Record: TypeAlias = tuple[Line, ...]
Progress: TypeAlias = Callable[[int, int], None]
"""Told (played, asked) in drills, in the process of whoever asked."""
A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One future of one decision, both ways."""

    number: int
    """The decision's place among those replayed."""
    decision: Decision
    future: int


def regret(
    lines: Sequence[Line],
    *,
    futures: int = FUTURES,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Regret:
    """What the weightiest decisions of a recorded drill cost, or were worth.

    Raises EngineError where this version would tell the record otherwise, UnknownNameError for
    fewer futures than say anything.
    """
    if futures < FEWEST:
        raise UnknownNameError(f"{futures} futures say nothing: ask for {FEWEST} or more")
    record = tuple(lines)
    entries, brief = _read(record)
    found = decisions(entries, brief)
    tried, stopped = _all(_try, record, found[:MOST_TRIED], workers, lambda _done: None)
    asked = [tried[n] for n in sorted(tried)]
    open_ones = tuple(one.decision for one in asked if not one.why_not)[:MOST_REPLAYED]
    recorded, limit = _recorded(record)
    rounds = _Rounds(record, open_ones, recorded, workers, progress or (lambda _done, _of: None))
    if not stopped:
        stopped = rounds.play(range(1, min(FIRST, futures) + 1), range(len(open_ones)))
    if not stopped and futures > FIRST:
        promising = [number for number, one in enumerate(rounds.weighed()) if one.promising]
        stopped = rounds.play(range(FIRST + 1, futures + 1), promising)
    return Regret(
        head=lines[-1].hash,
        asked=futures,
        found=len(found),
        recorded=recorded,
        limit_s=limit,
        replayed=rounds.weighed(),
        not_open=tuple((one.decision, one.why_not) for one in asked if one.why_not),
        stopped=stopped,
    )


class _Rounds:
    """The futures of all decisions; lives for one call of `regret`."""

    def __init__(
        self,
        record: Record,
        asked: Sequence[Decision],
        recorded: Outcome,
        workers: int | None,
        told: Progress,
    ) -> None:
        self._record, self._asked, self._recorded = record, asked, recorded
        self._workers, self._told = workers, told
        self._futures: list[dict[tuple[Way, int], Outcome]] = [{} for _ in asked]
        self._played = 0

    def play(self, futures: Iterable[int], of: Sequence[int]) -> Stopped:
        """Play these futures of these decisions both ways; why it ended early, if it did."""
        rounds = [
            _Round(number=number, decision=self._asked[number], future=future)
            for future in futures
            for number in of
        ]
        before, whole = self._played, self._played + len(WAYS) * len(rounds)
        self._told(before, whole)
        played, stopped = _all(
            _play, self._record, rounds, self._workers,
            lambda done: self._told(before + len(WAYS) * done, whole),
        )  # fmt: skip
        for place, both in played.items():
            one = rounds[place]
            for way, came in zip(WAYS, both, strict=True):
                self._futures[one.number][way, one.future] = came
        self._played += len(WAYS) * len(played)
        return stopped

    def weighed(self) -> tuple[Replayed, ...]:
        """What was played so far, decision by decision."""
        return tuple(
            weighed(one, futures, self._recorded)
            for one, futures in zip(self._asked, self._futures, strict=True)
        )


def _recorded(record: Record) -> tuple[Outcome, int]:
    """What the drill itself came to, and its limit from T0."""
    entries, brief = _read(record)
    final = Situation()
    for entry in entries:
        final = final.after(entry)
    limit = limit_of(brief, opened_of(record).variant)
    return outcome(entries, final, limit), limit - final.marks.get("fired", 0)


@lru_cache(maxsize=2)
def _read(record: Record) -> tuple[tuple[Entry, ...], Brief]:
    """The record read once by each process."""
    return entries_of(record), brief_of(record)


def _try(record: Record, decision: Decision) -> Possible:
    return possible(*_read(record), decision)


def _play(record: Record, one: _Round) -> tuple[Outcome, Outcome]:
    entries, brief = _read(record)
    first, second = (
        played_on(
            standing_before(entries, brief, one.decision.at),
            orders_at(entries, one.decision, way),
            one.future,
        )
        for way in WAYS
    )
    return first, second


def _all(
    work: Callable[[Record, A], R],
    record: Record,
    asked: Sequence[A],
    workers: int | None,
    told: Callable[[int], None],
) -> tuple[dict[int, R], Stopped]:
    """Everything asked for, by its place, and why some of it is missing."""
    count = min(workers or os.cpu_count() or 1, max(1, len(asked)))
    done: dict[int, R] = {}
    try:
        if count == 1:
            for number, one in enumerate(asked):
                done[number] = work(record, one)
                told(len(done))
        else:
            for number, result in _together(work, record, asked, count):
                done[number] = result
                told(len(done))
    except KeyboardInterrupt:
        return done, "interrupted"
    except BrokenProcessPool:
        return done, "worker_died"
    return done, ""


def _together(
    work: Callable[[Record, A], R], record: Record, asked: Sequence[A], count: int
) -> Iterator[tuple[int, R]]:
    """Keep every worker busy and as many rounds waiting, so that an interrupt leaves little."""
    # Started afresh, not forked: whoever asks may have threads, and a fork would copy their locks.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_deaf)
    waiting = iter(enumerate(asked))
    running: dict[Future[R], int] = {}
    try:
        while True:
            for number, one in islice(waiting, 2 * count - len(running)):
                running[pool.submit(work, record, one)] = number
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _deaf() -> None:
    """A worker leaves Ctrl-C to the process that asked, which lets it end its round."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
