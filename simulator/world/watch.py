"""Waiting for a condition over the truth: evaluated when what it names is touched, never polled.

Rule 1: a moving gauge, the clock and a `for 30s` are computed ahead: the watch sleeps until the
next second at which a condition could turn by itself.
Rule 2: conditions that come to hold in one second wake in the order they were asked for.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import simpy

from simulator.brief.conditions import (
    Comparison,
    Condition,
    Lasting,
    Name,
    Negation,
    Quantity,
    comparisons,
    holds,
    lasted,
    lastings,
    names,
)
from simulator.journal.entry import Entry
from simulator.journal.events import world
from simulator.journal.events.base import Event
from simulator.journal.events.work import Found
from simulator.journal.facts import Lookup
from simulator.stage import Process, Stage

Turned: TypeAlias = Callable[[int | None], None]
"""Told the second at which a condition began to hold, or None when it holds no more."""


@dataclass(slots=True)
class _Waiting:
    """Somebody who waits for a condition."""

    condition: Condition
    heads: frozenset[str]
    wakes: simpy.Event
    steady: bool
    """Whether it turns only when what it names is touched: neither people nor time turn it."""
    lasting: tuple[Lasting, ...]
    compared: tuple[Comparison, ...]
    """What time alone may turn."""
    since: dict[int, int] = field(default_factory=dict)
    """For each lasting part that holds: since when.

    Parts of one condition are told apart by identity: to hash a condition is to walk it.
    """


class Watch:
    """All conditions somebody waits for; lives as long as the stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._waiting: list[_Waiting] = []
        self._touched: set[str] = set()
        self._nudge = stage.env.event()
        stage.watchers.append(self._hear)
        stage.play(self._process(), of_world=True)

    def until(self, condition: Condition) -> simpy.Event:
        """An event that comes when the condition holds: now, if it does."""
        heads = frozenset(_head(name) for name in names(condition))
        lasting = lastings(condition)
        waiting = _Waiting(
            condition,
            heads,
            self._stage.env.event(),
            steady=not lasting and all(self._is_of_world(head) for head in heads),
            lasting=lasting,
            compared=tuple(c for c in comparisons(condition) if self._may_cross(c)),
        )
        self._waiting.append(waiting)
        self._touched |= heads | {"*new"}
        self._wake()
        return waiting.wakes

    def follow(self, condition: Condition, turned: Turned) -> None:
        """From now on tell whenever the condition begins or ceases to hold, once a second at most.

        Nothing is told while it has not held yet.
        """
        self._stage.play(self._follows(condition, turned), of_world=True)

    def _follows(self, condition: Condition, turned: Turned) -> Process:
        begins = condition
        while True:
            yield self.until(begins)
            turned(self._stage.now)
            # What has lasted goes on lasting while it holds: its wait is not asked for again.
            yield self.until(Negation(part=lasted(condition)))
            turned(None)
            begins = lasted(condition, negated=True)
            yield self._stage.pause(1)

    def _may_cross(self, comparison: Comparison) -> bool:
        """Whether time alone may carry what is compared past its amount."""
        name, gauges = comparison.name.text, self._stage.brief.scenario.system.gauges
        return isinstance(comparison.value, Quantity) and name in (*gauges, "now", "elapsed")

    def _is_of_world(self, name: str) -> bool:
        """Whether only a row, a signal or a fault can be meant, each of which is told by name."""
        world, (head, _, item) = self._stage.situation.world, name.partition(".")
        if name in world.gauges:
            return False
        if name in world.state or head in ("fault", "cured"):
            return True
        return head in world.signals and item in _SIGNALS

    def _hear(self, entry: Entry) -> None:
        touched = _touched_by(entry)
        if touched:
            self._touched |= touched
            self._wake()

    def _wake(self) -> None:
        if not self._nudge.triggered:
            self._nudge.succeed()

    def _process(self) -> Process:
        stage = self._stage
        while True:
            self._evaluate()
            self._nudge = stage.env.event()
            turn = self._next_turn()
            if turn is None:
                yield self._nudge
            else:
                yield self._nudge | stage.until(turn)
                if stage.now >= turn:
                    self._touched.add("*time")

    def _evaluate(self) -> None:
        touched, self._touched = self._touched, set()
        look, now = self._stage.true(), self._stage.now
        is_time, is_new = "*time" in touched, "*new" in touched
        left = []
        for waiting in self._waiting:
            asked = is_time or (is_new and not waiting.steady)
            asked = asked or not waiting.heads.isdisjoint(touched)
            if not asked or not self._holds(waiting, look, now):
                left.append(waiting)
                continue
            waiting.wakes.succeed()
        self._waiting = left

    def _holds(self, waiting: _Waiting, look: Lookup, now: int) -> bool:
        if not waiting.lasting:
            return holds(waiting.condition, look)
        since = waiting.since
        for part in waiting.lasting:
            if holds(part.part, look):
                since.setdefault(id(part.part), now)
            else:
                since.pop(id(part.part), None)

        def held_for(part: Condition) -> float:
            began = since.get(id(part))
            return -1 if began is None else now - began

        return holds(waiting.condition, look, held_for)

    def _next_turn(self) -> int | None:
        """The next second at which a waiting condition may turn without being touched."""
        moving = [waiting for waiting in self._waiting if not waiting.steady]
        return min((turn for waiting in moving for turn in self._turns(waiting)), default=None)

    def _turns(self, waiting: _Waiting) -> Iterator[int]:
        now = self._stage.now
        for part in waiting.lasting:
            began = waiting.since.get(id(part.part))
            if began is not None and began + part.seconds > now:
                yield began + part.seconds
        for comparison in waiting.compared:
            turns = crossing(self._stage, comparison)
            if turns is not None and turns > now:
                yield turns


def crossing(stage: Stage, comparison: Comparison) -> int | None:
    """The second at which a gauge or the clock passes the compared amount, if it is on its way."""
    amount = comparison.value
    if not isinstance(amount, Quantity):
        return None
    situation, name = stage.situation, comparison.name.text
    if name == "now":
        return math.ceil(amount.amount)
    if name == "elapsed":
        fired = situation.marks.get("fired")
        return None if fired is None else fired + math.ceil(amount.amount)
    gauge = situation.world.gauges.get(name)
    if gauge is None or not gauge.slope:
        return None
    away = (amount.amount - gauge.level / 1000) * 1_000_000 / gauge.slope
    # One second beyond, so that `>` and `<` have turned as well as `>=` and `<=`.
    return gauge.at + math.ceil(away) + (away == int(away)) if away >= 0 else None


def _head(name: Name) -> str:
    """What must be touched for a name to change."""
    return name.text


def _touched_by(entry: Entry) -> set[str]:
    what = entry.what
    match what:
        case world.SignalsChanged(services=services):
            return {f"{name}.{signal}" for name, values in services.items() for signal in _SIGNALS}
        case world.StateSet(name=name):
            return {name}
        case world.GaugeMoved(gauge=gauge):
            return {gauge}
        case world.FaultBegan(fault=fault) | world.FaultBent(fault=fault):
            return {f"fault.{fault}", f"cured.{fault}"}
        case world.FaultCured(fault=fault):
            return {f"fault.{fault}", f"cured.{fault}"}
        case Found(clues=clues):
            return {f"found.{clue}" for clue in clues}
        case world.AlertFired(alert=alert) | world.AlertResolved(alert=alert):
            return {f"firing.{alert}"}
        case world.ImpactCounted():
            return set()
    # Everything people do, and the marks: rare beside signals, so whoever names one is asked.
    return {"*new"} if isinstance(what, Event) and type(what).__name__ not in _QUIET else set()


_SIGNALS = (
    "errors", "degraded", "saturation", "p95", "latency", "offered", "served", "failed", "extra",
    "ready",
)  # fmt: skip
_QUIET = frozenset({"WorkBegan", "WorkEnded", "LookEnded", "ActionProgressed", "Refused"})
