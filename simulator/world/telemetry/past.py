"""What was true at a second that has passed, and when a condition began and ceased to hold.

Rule 1: read from the history of steps; the present second asks the engine's own truth.
Rule 2: what holds at second 0 held before it: a normal day, or trouble older than the drill; but
for gauges whose author wrote what was before.
Rule 3: conditions somebody will ask about later are kept time of from second 0 on, because a
`for 30s` cannot be judged afterwards.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from simulator.brief.conditions import Condition, Found, Name, holds, lastings
from simulator.brief.scenario.gauges import Point
from simulator.journal.facts import Lookup
from simulator.journal.situation.parts import State
from simulator.journal.units import PPM, natural
from simulator.world.history import History, in_natural_units, step_at
from simulator.world.surroundings import Surroundings


def lookup_at(around: Surroundings, at: int) -> Lookup:
    """What names stood for at a second, the present one included."""
    if at >= around.stage.now:
        return around.stage.true()

    def look(name: Name) -> Found | None:
        return value_at(around, name.text, at)

    return look


def value_at(around: Surroundings, text: str, at: int) -> Found | None:
    """What one name stood for at a second that has passed, in natural units."""
    history = around.history
    if text in history.states:
        return state_at(history, text, at)
    if text in history.gauges:
        return gauge_at(around, text, at)
    if text == "now":
        return at
    head, _, item = text.partition(".")
    if item and head in history.signals:
        return in_natural_units(history.signal_at(head, at), item)
    if text in history.facts:
        return natural(text, step_at(history.facts[text], at))
    if head == "fault":
        return history.fault_at(item, at) / PPM
    if head == "cured":
        return _began(history, item, at) and not history.fault_at(item, at)
    return _done(around, text, at)


def gauge_at(around: Surroundings, name: str, at: int) -> float:
    """A gauge's level at a second; before second 0 by what its author wrote was before."""
    level = around.history.gauge_at(name, max(0, at))
    if at >= 0:
        return level
    written = around.variant.before.get(name, around.scenario.system.gauges[name].before)
    return before(knots(written), at, level)


def knots(written: Sequence[Point]) -> list[tuple[int, float]]:
    """An author's points of a gauge as seconds of the drill, oldest first."""
    return sorted((-round(point.ago), point.is_) for point in written)


def before(points: Sequence[tuple[int, float]], at: int, level: float) -> float:
    """A gauge's level at a second before the drill, by its points and its level at second 0."""
    if not points:
        return level
    place = bisect_left(points, (at + 1,))
    if place == 0:
        return points[0][1]
    from_s, first = points[place - 1]
    to_s, then = points[place] if place < len(points) else (0, level)
    return first + (then - first) * (at - from_s) / (to_s - from_s)


def _done(around: Surroundings, text: str, at: int) -> Found | None:
    """What people had done and said by a second."""
    situation = around.stage.situation
    head, _, item = text.partition(".")
    marks = {name for name, when in situation.marks.items() if when <= at}
    match head:
        case "elapsed":
            return at - situation.marks["fired"] if "fired" in marks else None
        case "done" | "said":
            kind = f"done:{item}" if head == "done" else f"message:{item}"
            return any(deed.at <= at for deed in situation.deeds.get(kind, ()))
        case "debt":
            debt = situation.debts.get(item)
            return debt is not None and debt.at <= at and not debt.settled
    return True if text in marks else None


def state_at(history: History, name: str, at: int) -> State | None:
    """A row of the state table at a second; None before a row that came later existed."""
    steps = history.states.get(name)
    if not steps or (steps[0][0] > 0 and at < steps[0][0]):
        return None
    return step_at(steps, at)


def fact_at(history: History, name: str, at: int) -> Any:
    """A true fact at a second, in the journal's units; None where nobody stated it."""
    steps = history.facts.get(name)
    return step_at(steps, at) if steps else None


def _began(history: History, fault: str, at: int) -> bool:
    steps = history.faults.get(fault)
    return steps is not None and steps[0][0] <= at


def keep_time(around: Surroundings, conditions: Iterable[Condition]) -> None:
    """From now on remember when each of these begins and ceases to hold; said once a drill."""
    for condition in dict.fromkeys(conditions):
        steps = around.history.held[condition] = []
        around.watch.follow(condition, partial(_keep, around, steps))


def _keep(around: Surroundings, steps: list[tuple[int, bool]], since: int | None) -> None:
    now = around.stage.now
    if since is None and steps[-1][0] == now:
        steps.pop()
    steps.append((now, since is not None))


def held_at(around: Surroundings, condition: Condition, at: int) -> bool:
    """Whether a condition held at a second, exactly for the present one."""
    if not lastings(condition):
        return holds(condition, lookup_at(around, at))
    steps = around.history.held.get(condition, [])
    position = bisect_right(steps, at, key=lambda step: step[0]) - 1
    if position < 0:
        return steps[:1] == [(0, True)]
    return steps[position][1]


def first_held(around: Surroundings, condition: Condition) -> int | None:
    """The second at which a condition that is kept time of first held."""
    return next((at for at, held in around.history.held.get(condition, ()) if held), None)


def stretches(
    held: Mapping[Condition, Sequence[tuple[int, bool]]], condition: Condition, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The stretches [from, to) between two seconds in which a kept condition held."""
    begun: int | None = None
    for at, on in held.get(condition, ()):
        if on:
            begun = start if at == 0 else at
        elif begun is not None:
            if begun < end and at > start:
                yield max(begun, start), min(at, end)
            begun = None
    if begun is not None and begun < end:
        yield max(begun, start), end


def onsets(held: Mapping[Condition, Sequence[tuple[int, bool]]], condition: Condition) -> list[int]:
    """Every second at which a kept condition began to hold."""
    return [at for at, on in held.get(condition, ()) if on]
